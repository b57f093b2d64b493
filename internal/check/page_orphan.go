package check

import (
	"slices"

	"nwioi/internal/diag"
	"nwioi/internal/site"
)

// pageOrphan finds pages that readers cannot come to: no page, menu or generated list links to them.
func pageOrphan() rule {
	const id = "page/orphan"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Warning, Summary: "A link, a menu or a list leads to every page."},
		edition: func(p *pass) {
			reached := map[string]bool{
				"/": true, site.NotFoundURL: true, site.DirectoryURL: true, site.OrderURL: true, site.PathwayURL: true,
				site.CoursesURL: true, site.EventsURL: true, site.NewsURL: true, site.SupervisorsURL: true,
			}
			if p.Site.Pathway != nil {
				for _, s := range p.Site.Pathway.Steps {
					reached[site.StepURL(s.ID)] = true
				}
			}
			footer := false
			for _, m := range p.Settings.Menu {
				reached[p.Resolve(p.Settings.File.Path, "/", m.URL).URL] = true
				footer = footer || m.In == "footer"
			}
			if !footer { // the pages that the footer then leads to
				for _, url := range []string{site.PrivacyURL, site.HealthDataURL, "/accessibility/", "/contact/"} {
					reached[url] = true
				}
			}
			var lonely []*site.Page
			for _, page := range p.Published {
				if !page.IsNews() && page.Front.Menu == "" && !reached[page.URL()] {
					lonely = append(lonely, page)
				}
			}
			for i, s := range p.sheets {
				if len(lonely) == 0 {
					return
				}
				for _, t := range p.targets[i] {
					if t != nil && t.Page != nil && t.Page.File != s.file {
						lonely = slices.DeleteFunc(lonely, func(page *site.Page) bool { return page == t.Page })
					}
				}
			}
			for _, page := range lonely {
				p.wrong(page.File, "", id, "no page, menu or list leads to this page",
					"link to it from another page, give it menu: and a label, or set draft: true")
			}
		},
	}
}
