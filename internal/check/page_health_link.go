package check

import (
	"nwioi/internal/diag"
	"nwioi/internal/site"
)

// pageHealthLink asks the home page of a site that lists practitioners for a link to the consumer health
// data notice, as Washington's My Health My Data Act does (RCW 19.373.010 and .030). A link in the text
// and one in a menu both count. A site without a home page of its own is not asked.
func pageHealthLink() rule {
	const id = "page/health-link"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Warning, Summary: "The home page links to the consumer health data notice."},
		edition: func(p *pass) {
			home := p.Page("/")
			if home == nil || len(p.Profiles) == 0 {
				return
			}
			footer := false
			for _, m := range p.Settings.Menu {
				footer = footer || m.In == "footer"
				if p.Resolve(p.Settings.File.Path, "/", m.URL).URL == site.HealthDataURL {
					return
				}
			}
			if notice := p.Page(site.HealthDataURL); notice != nil && (!footer || notice.Front.Menu != "") {
				return // the footer leads to it by itself
			}
			for i, s := range p.sheets {
				if s.file == home.File {
					for _, t := range p.targets[i] {
						if t != nil && t.URL == site.HealthDataURL {
							return
						}
					}
				}
			}
			p.wrong(home.File, "", id, "the home page does not link to the consumer health data notice, which Washington law asks for",
				"write content/consumer-health-data.md and add a link to it, or an entry in the footer menu: in data/site.yaml")
		},
	}
}
