package site

import (
	"net/url"
	"path"
	"slices"
	"strings"
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
