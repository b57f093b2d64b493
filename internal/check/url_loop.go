package check

import "nwioi/internal/diag"

// urlLoop finds former addresses that lead in a circle: an alias that is the page's own address. An
// alias that is the address of another page is a clash, so that no longer circle can come about.
func urlLoop() rule {
	const id = "url/loop"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Error, Summary: "No former address leads in a circle.", Fixed: true},
		edition: func(p *pass) {
			for _, c := range p.Clashes {
				if c.First == c.Second && p.Target(c.URL) != nil {
					p.found = append(p.found, diag.Diagnostic{
						Path: c.Second, Severity: p.severity[id], Rule: id,
						Message: "the alias " + quote(c.URL) + " is the address that this file has, so it would lead to itself",
						Hint:    "remove it from aliases:",
					})
				}
			}
		},
	}
}
