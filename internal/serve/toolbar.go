package serve

import (
	"bytes"
	"cmp"
	"html"
	"net/url"
	"path"
	"slices"
	"strings"
)

// hasForm reports whether an input file can be edited in the browser.
func (e *editor) hasForm(file string) bool {
	return e.config.Edit != nil && file != "" && (e.config.Editable == nil || e.config.Editable(file))
}

// formAt returns where the page at a URL path is edited.
func formAt(urlPath string) string {
	return EditPath + "?" + url.Values{"page": {urlPath}}.Encode()
}

// source returns the input file behind a URL path, or "".
func (s *state) source(urlPath string) string {
	if s.sources == nil {
		return ""
	}
	return s.sources(urlPath)
}

// pagePath returns the URL path of a page by its path in the set, or "" if it is no page.
func pagePath(file string) string {
	switch {
	case !isPage(file):
		return ""
	case path.Base(file) == "index.html":
		return "/" + strings.TrimSuffix(file, "index.html")
	}
	return "/" + file
}

// note returns a link to the page whose own file was saved, for somebody who looks at another page;
// nil if there is none or they are there already.
func (s *state) note(urlPath string) *link {
	edited := s.edited()
	if edited == nil || edited.Href == urlPath || edited.Href == strings.TrimSuffix(urlPath, "index.html") {
		return nil
	}
	return edited
}

// editedPage returns the page whose own file comes first among those that were saved, if that page
// changed with the last step.
func (s *state) editedPage() *link {
	if s.sources == nil || len(s.steps) == 0 || s.steps[len(s.steps)-1].edition != s.edition {
		return nil
	}
	last := s.steps[len(s.steps)-1]
	best, found := len(s.saved), ""
	for _, p := range slices.Concat(last.changed, last.added) {
		at := pagePath(p)
		if at == "" {
			continue
		}
		if i := slices.Index(s.saved, s.sources(at)); i >= 0 && i < best {
			best, found = i, at
		}
	}
	if found == "" {
		return nil
	}
	body, err := pageNow(s.set, found)
	if err != nil {
		return nil
	}
	return &link{Title: cmp.Or(title(body), found), Href: found}
}

// title returns what a page calls itself, without the name of the site.
func title(page []byte) string {
	_, rest, _ := bytes.Cut(page, []byte("<title>"))
	text, _, _ := bytes.Cut(rest, []byte("</title>"))
	own, _, _ := strings.Cut(html.UnescapeString(string(text)), " · ")
	return visible(strings.TrimSpace(own))
}
