package check

import "nwioi/internal/diag"

// pageUnknownFact finds facts that a text cites and no record holds.
func pageUnknownFact() rule {
	return rule{
		Rule: Rule{ID: "page/unknown-fact", Severity: diag.Error, Summary: "A cited fact stands in data/."},
		edition: func(p *pass) {
			for _, s := range p.sheets {
				for _, l := range s.cites {
					if _, known := p.Book.Fact(l.to); known {
						continue
					}
					hint := "add it to data/facts.yaml with its value, source, as_of and review_by"
					if p.guesses++; p.guesses <= maxGuesses {
						if near := diag.Nearest(l.to, p.Book.IDs()); near != "" {
							hint = "did you mean " + quote(near) + "?"
						}
					}
					p.wrongLink(s, l, "page/unknown-fact", "there is no fact "+quote(l.to), hint)
				}
			}
		},
	}
}
