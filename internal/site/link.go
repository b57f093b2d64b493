package site

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"nwioi/internal/markdown"
)

// A Resolved is where a link of a page leads.
type Resolved struct {
	URL      string  // path on the site, before the base path; empty where Target is nil
	Fragment string  // without #
	Target   *Target // nil where nothing stands there
	Hidden   *Page   // set where the target is a page that this edition does not publish
	Redirect *Redirect
}

// Resolve finds where a link leads that stands in the file at from, on the page at the URL path here.
// A link is a path on the site ("/courses/sar/"), a relative path of a Markdown file
// ("../supervision.md#group"), a path relative to the page, or a fragment ("#fees").
func (e *Edition) Resolve(from, here, link string) Resolved {
	if t := e.targets[link]; t != nil && strings.HasPrefix(link, "/") && !strings.ContainsAny(link, "#?%") {
		return Resolved{URL: link, Target: t} // as most links are written
	}
	dest, fragment, _ := strings.Cut(link, "#")
	dest, _, _ = strings.Cut(dest, "?")
	if unescaped, err := url.PathUnescape(dest); err == nil {
		dest = unescaped
	}
	r := Resolved{Fragment: fragment}
	switch {
	case dest == "":
		r.URL = here
	case strings.HasSuffix(dest, ".md"):
		file := path.Join(path.Dir(from), dest)
		if strings.HasPrefix(dest, "/") {
			file = "content" + path.Clean(dest)
		}
		p := e.pages[file]
		if p == nil {
			return r
		}
		if !e.Visible(p) {
			r.Hidden = p
		}
		r.URL = p.URL()
	case strings.HasPrefix(dest, "/"):
		r.URL = cleanURL(dest)
	default:
		r.URL = cleanURL(here + dest)
	}
	r.Target = e.targets[r.URL]
	if r.Target == nil && !strings.HasSuffix(r.URL, "/") {
		if t := e.targets[r.URL+"/"]; t != nil {
			r.URL, r.Target = r.URL+"/", t
		}
	}
	if r.Target == nil {
		if i, found := slices.BinarySearchFunc(e.Redirects, r.URL, func(d Redirect, url string) int { return strings.Compare(d.From, url) }); found {
			r.Redirect = &e.Redirects[i]
		}
	}
	return r
}

// cleanURL removes "." and ".." from a path and keeps the slash at its end.
func cleanURL(p string) string {
	clean := path.Clean(p)
	if strings.HasSuffix(p, "/") && clean != "/" {
		clean += "/"
	}
	return clean
}

// Routes is all that decides where the links of texts lead: what stands at every address with the anchors
// in it, the former addresses, and the addresses of the pages of content/. It is the same in two editions
// in a row in which every link leads to the same place.
type Routes struct {
	targets   []*Target // in the order in which they got their addresses
	redirects []Redirect
	pages     []*Page
}

// leadAlike reports whether every link leads to the same place by both.
func leadAlike(a, b *Routes) bool {
	return a != nil && b != nil &&
		slices.EqualFunc(a.targets, b.targets, func(s, t *Target) bool {
			return s.URL == t.URL && s.Source == t.Source && (s.Doc() == t.Doc() || slices.Equal(anchors(s.Doc()), anchors(t.Doc())))
		}) &&
		slices.EqualFunc(a.redirects, b.redirects, func(r, s Redirect) bool { return r.From == s.From && r.To == s.To }) &&
		slices.EqualFunc(a.pages, b.pages, func(p, q *Page) bool { return p == q || p.File.Path == q.File.Path && p.URL() == q.URL() })
}

// anchors returns the ids of a text's headings.
func anchors(doc *markdown.Doc) []string {
	if doc == nil {
		return nil
	}
	ids := make([]string, len(doc.Headings))
	for i, h := range doc.Headings {
		ids[i] = h.ID
	}
	return ids
}
