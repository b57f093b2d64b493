package check

import "nwioi/internal/diag"

// factDerived finds facts that cannot be worked out of those they name.
func factDerived() rule {
	const id = "fact/derived"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Error, Summary: "A fact that is worked out of others names figures that exist and can be calculated with."},
		edition: func(p *pass) {
			for _, f := range p.Book.Faults() {
				p.wrong(p.FactsFile, f.ID, id, f.Message, f.Hint)
			}
		},
	}
}
