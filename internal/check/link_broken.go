package check

import (
	"nwioi/internal/diag"
	"nwioi/internal/site"
)

// linkBroken finds links to pages of the site that do not exist or are not published.
func linkBroken() rule {
	return rule{
		Rule: Rule{ID: "link/broken", Severity: diag.Error, Summary: "A link within the site leads to something that is published."},
		edition: func(p *pass) {
			p.eachLink(func(s *sheet, l link, r site.Resolved) {
				switch {
				case r.Target != nil || r.Redirect != nil:
				case r.Hidden != nil:
					p.wrongLink(s, l, "link/broken", quote(l.to)+" leads to a page that is not published",
						"remove the link until it is, or look at draft:, date: and expires: in "+r.Hidden.File.Path)
				default:
					p.wrongLink(s, l, "link/broken", quote(l.to)+" leads to nothing on this site", p.nearestAddress(s, l.to))
				}
			})
		},
	}
}
