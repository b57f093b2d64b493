package check

import (
	"maps"
	"slices"

	"nwioi/internal/diag"
	"nwioi/internal/site"
	"nwioi/internal/source"
)

// factReviewOverdue finds facts that were to be confirmed before today.
func factReviewOverdue() rule {
	const id = "fact/review-overdue"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Note, Summary: "A fact is confirmed again by the day it names."},
		edition: func(p *pass) {
			p.eachFact(func(f *source.File, field string, fact site.Fact) {
				if by := fact.ReviewBy; !by.IsZero() && by.Before(p.AsOf) {
					p.wrong(f, field+".review_by", id, quote(fact.Text())+" was to be confirmed by "+by.Long(),
						"ask the source, then set as_of: to that day and review_by: to a later one")
				}
			})
		},
	}
}

// eachFact calls visit for every fact of the site with the field of the file it stands in.
func (p *pass) eachFact(visit func(f *source.File, field string, fact site.Fact)) {
	for _, id := range slices.Sorted(maps.Keys(p.Facts)) {
		visit(p.FactsFile, id, p.Facts[id])
	}
	for _, c := range p.Courses {
		visit(c.File, "credits", c.Credits)
		visit(c.File, "length", c.Length)
		visit(c.File, "usual", c.Usual)
		visit(c.File, "format", c.Format)
		visit(c.File, "price", c.Price.Fact)
		for _, id := range slices.Sorted(maps.Keys(c.More)) {
			visit(c.File, "more."+id, c.More[id])
		}
	}
	for _, a := range p.Awards {
		visit(a.File, "amount", a.Amount)
		visit(a.File, "for", a.For)
		visit(a.File, "note", a.Note)
	}
}
