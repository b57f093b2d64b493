package check

import "nwioi/internal/diag"

// linkBroken finds links to pages of the site that do not exist or are not published.
func linkBroken() rule {
	return rule{
		Rule: Rule{ID: "link/broken", Severity: diag.Error, Summary: "A link within the site leads to something that is published."},
		edition: func(p *pass) {
			for _, o := range p.odd {
				s, l, r := o.sheet, o.link, o.to
				switch {
				case r.Target != nil || r.Redirect != nil:
				case r.Hidden != nil:
					p.wrongLink(s, l, "link/broken", quote(l.to)+" leads to a page that is not published",
						"remove the link until it is, or look at draft:, date: and expires: in "+r.Hidden.File.Path)
				default:
					p.wrongLink(s, l, "link/broken", quote(l.to)+" leads to nothing on this site", p.nearestAddress(s, l.to))
				}
			}
		},
	}
}
