package check

import "nwioi/internal/diag"

// urlClash finds two files that want the same address.
func urlClash() rule {
	return rule{
		Rule: Rule{ID: "url/clash", Severity: diag.Error, Summary: "No two files stand at one address.", Fixed: true},
		edition: func(p *pass) {
			for _, c := range p.Clashes {
				if c.First == c.Second {
					if p.Target(c.URL) == nil { // otherwise url/loop
						p.found = append(p.found, diag.Diagnostic{
							Path: c.Second, Severity: p.severity["url/clash"], Rule: "url/clash",
							Message: "the alias " + quote(c.URL) + " stands in this file twice", Hint: "remove one of the two",
						})
					}
					continue
				}
				p.found = append(p.found, diag.Diagnostic{
					Path: c.Second, Severity: p.severity["url/clash"], Rule: "url/clash",
					Message: quote(c.URL) + " is already the address of " + c.First,
					Hint:    "rename one of the two files, or give one of them another slug or alias",
				})
			}
		},
	}
}
