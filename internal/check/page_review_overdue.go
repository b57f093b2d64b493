package check

import (
	"nwioi/internal/diag"
	"nwioi/internal/site"
	"nwioi/internal/source"
)

// pageReviewOverdue finds pages, courses and requirements that were to be looked at again before today.
func pageReviewOverdue() rule {
	const id = "page/review-overdue"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Note, Summary: "A page is looked at again by the day it names."},
		edition: func(p *pass) {
			judge := func(f *source.File, by site.Date, owner string) {
				if by.IsZero() || !by.Before(p.AsOf) {
					return
				}
				who := "somebody"
				if owner != "" {
					who = owner
				}
				p.wrong(f, "review_by", id, "this was to be reviewed by "+by.Long(),
					who+" reads it through, then sets reviewed: to that day and review_by: to a later one")
			}
			for _, page := range p.Published {
				judge(page.File, page.Front.ReviewBy, page.Front.Owner)
			}
			for _, c := range p.Courses {
				judge(c.File, c.ReviewBy, c.Owner)
			}
			for _, set := range p.Requirements {
				judge(set.File, set.ReviewBy, set.Owner)
			}
		},
	}
}
