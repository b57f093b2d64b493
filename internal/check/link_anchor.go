package check

import (
	"slices"
	"strings"

	"nwioi/internal/diag"
	"nwioi/internal/site"
)

// linkAnchor finds links to a heading or a requirement that the other page does not have. What follows the # of the
// directory is a search, and pages that are made from records alone have no headings to look at.
func linkAnchor() rule {
	const id = "link/anchor"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Error, Summary: "A link with # leads to a heading or a requirement of that page."},
		edition: func(p *pass) {
			for _, o := range p.odd {
				r := o.to
				body := r.Target.Doc()
				ids := p.RequirementAnchors(r.URL)
				if r.Fragment == "" || r.Fragment == "top" || body == nil && len(ids) == 0 || r.URL == site.DirectoryURL {
					continue
				}
				if slices.Contains(ids, r.Fragment) {
					continue
				}
				if body != nil {
					if _, found := body.Anchor(r.Fragment); found {
						continue
					}
				}
				hint := "leave out the # and what follows it"
				if body != nil {
					for _, h := range body.Headings {
						ids = append(ids, strings.TrimPrefix(h.ID, "s-"))
					}
				}
				if p.guesses++; p.guesses <= maxGuesses {
					if near := diag.Nearest(r.Fragment, ids); near != "" {
						hint = "did you mean " + quote("#"+near) + "?"
					}
				}
				p.wrongLink(o.sheet, o.link, id, quote(r.Target.Title)+" has nothing that is called "+quote("#"+r.Fragment), hint)
			}
		},
	}
}
