package check

import (
	"strings"

	"nwioi/internal/diag"
)

// menuBroken finds entries of a menu that lead nowhere. An entry is an address on the site, or an https
// address elsewhere.
func menuBroken() rule {
	const id = "menu/broken"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Error, Summary: "An entry of a menu leads somewhere."},
		edition: func(p *pass) {
			for i, m := range p.Settings.Menu {
				field := item("menu", i) + ".url"
				if !strings.HasPrefix(m.URL, "/") || strings.HasPrefix(m.URL, "//") {
					if !strings.HasPrefix(m.URL, "https://") && m.URL != "" {
						p.wrong(p.Settings.File, field, id, quote(m.URL)+" is no address that a menu can lead to",
							"write the address of a page from its first slash, such as /about/, or one with https://")
					}
					continue
				}
				r := p.Resolve(p.Settings.File.Path, "/", m.URL)
				if r.Target != nil || r.Redirect != nil {
					continue
				}
				if hidden := p.hidden(m.URL); hidden != "" {
					p.wrong(p.Settings.File, field, id, quote(m.URL)+" leads to a page that is not published",
						"remove the entry until it is, or look at draft:, date: and expires: in "+hidden)
					continue
				}
				p.wrong(p.Settings.File, field, id, quote(m.URL)+" leads to nothing on this site", p.guess(m.URL))
			}
		},
	}
}

// hidden returns the file of the page that would stand at an address if it were published, or "".
func (p *pass) hidden(url string) string {
	for _, page := range p.Pages {
		if page.URL() == url && !p.Visible(page) {
			return page.File.Path
		}
	}
	return ""
}
