package check

import (
	"nwioi/internal/diag"
	"nwioi/internal/markdown"
	"nwioi/internal/site"
)

// linkAnchor finds links to a heading that the other page does not have. What follows the # of the
// directory is a search, and pages that are made from records alone have no headings to look at.
func linkAnchor() rule {
	return rule{
		Rule: Rule{ID: "link/anchor", Severity: diag.Error, Summary: "A link with # leads to a heading of that page."},
		edition: func(p *pass) {
			p.eachLink(func(s *sheet, l link, r site.Resolved) {
				if r.Fragment == "" || r.Fragment == "top" || r.Target == nil || r.URL == site.DirectoryURL {
					return
				}
				var body *markdown.Doc
				switch {
				case r.Target.Page != nil:
					body = r.Target.Page.Body
				case r.Target.Course != nil:
					body = r.Target.Course.Body
				}
				if body == nil {
					return
				}
				if _, found := body.Anchor(r.Fragment); found {
					return
				}
				hint := "leave out the # and what follows it"
				var ids []string
				for _, h := range body.Headings {
					ids = append(ids, h.ID)
				}
				if near := diag.Nearest(r.Fragment, ids); near != "" {
					hint = "did you mean " + quote("#"+near) + "?"
				}
				p.wrongLink(s, l, "link/anchor", quote(r.Target.Title)+" has no heading "+quote("#"+r.Fragment), hint)
			})
		},
	}
}
