package check

import (
	"slices"
	"strings"

	"nwioi/internal/diag"
	"nwioi/internal/site"
)

// pageLayout finds pages that ask for a layout which pages cannot have.
func pageLayout() rule {
	const id = "page/layout"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Error, Summary: "A page asks for a layout that pages can have."},
		edition: func(p *pass) {
			for _, page := range p.Published {
				layout := page.Front.Layout
				if layout == "" || slices.Contains(site.Layouts, layout) {
					continue
				}
				usual := *page
				usual.Front.Layout = ""
				if layout == usual.LayoutName() {
					continue
				}
				hint := "write " + strings.Join(site.Layouts, " or ") + ", or remove this line"
				if near := diag.Nearest(layout, site.Layouts); near != "" {
					hint = "did you mean " + quote(near) + "?"
				}
				p.wrong(page.File, "layout", id, quote(layout)+" is no layout that a page can ask for", hint)
			}
		},
	}
}
