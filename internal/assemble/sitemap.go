package assemble

import (
	"encoding/xml"
	"io"
	"net/url"
	"strings"

	"nwioi/internal/output"
	"nwioi/internal/site"
	"nwioi/internal/source"
	"nwioi/internal/theme"
)

// redirects makes the page at each former address and the file that hosts read.
func (a *assembler) redirects() {
	var lines strings.Builder
	for _, r := range a.Redirects {
		a.page(r.From, "redirect", theme.RedirectView{Site: a.shared, Title: r.Title, Target: a.href(r.To), Canonical: a.Base.Absolute(r.To)})
		lines.WriteString(a.href(r.From) + " " + a.href(r.To) + " 301\n")
	}
	a.add("/_redirects", textLayout, lines.String())
}

// A sitemap is made from the pages that search engines may list.
type sitemap struct {
	urls *theme.List[sitemapURL]
}

type sitemapURL struct{ Loc, LastMod string }

// sitemap makes sitemap.xml and robots.txt. It lists every page that does not ask to be left out, with
// the date of its content where there is one.
func (a *assembler) sitemap() {
	var urls []sitemapURL
	for _, r := range a.recipes {
		view, ok := r.View.(interface{ Indexable() (string, bool) })
		if !ok {
			continue
		}
		if canonical, indexable := view.Indexable(); indexable {
			urls = append(urls, sitemapURL{Loc: canonical, LastMod: a.contentDate(strings.TrimPrefix(canonical, a.Base.Absolute("")))})
		}
	}
	a.add("/sitemap.xml", sitemapLayout, sitemap{list(a, urls)})
	a.add("/robots.txt", textLayout, "User-agent: *\nAllow: /\n\nSitemap: "+a.Base.Absolute("/sitemap.xml")+"\n")
}

// contentDate returns the day on which what stands at a URL path last changed, or "": the latest that
// its authors noted, or that git knows of where they noted no change.
func (a *assembler) contentDate(url string) string {
	if p := a.Page(url); p != nil {
		latest := p.Front.Date
		for _, d := range []site.Date{a.updated(p, url), p.Front.Reviewed} {
			if d.After(latest) {
				latest = d
			}
		}
		return latest.String()
	}
	if t := a.Target(url); t != nil && t.Course != nil {
		return a.Changed(t.Course.File).String()
	}
	if id, ok := strings.CutPrefix(url, site.DirectoryURL); ok {
		if p := a.Practitioner(strings.TrimSuffix(id, "/")); p != nil {
			return p.LastConfirmed.String()
		}
	}
	return ""
}

// sitemapLayout makes a sitemap (sitemaps.org, version 0.9).
var sitemapLayout = &goLayout[sitemap]{func(w io.Writer, s sitemap) error {
	type entry struct {
		Loc     string `xml:"loc"`
		LastMod string `xml:"lastmod,omitempty"`
	}
	doc := struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URLs    []entry  `xml:"url"`
	}{}
	for _, u := range s.urls.All() {
		doc.URLs = append(doc.URLs, entry(u))
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", " ")
	return enc.Encode(doc)
}}

// ContentSecurityPolicy is what the published pages allow: nothing but files of the site itself.
const ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

// headersFile makes the file from which Netlify and Cloudflare take their response headers.
func (a *assembler) headersFile() {
	base := a.Base.Path()
	a.add("/_headers", textLayout, base+`/*
  Content-Security-Policy: `+ContentSecurityPolicy+`
  Referrer-Policy: no-referrer
  X-Content-Type-Options: nosniff
  Cross-Origin-Opener-Policy: same-origin
  Cross-Origin-Resource-Policy: same-origin
  Strict-Transport-Security: max-age=63072000; includeSubDomains
  Permissions-Policy: accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=(), browsing-topics=()
`+base+`/assets/*
  Cache-Control: public, max-age=31536000, immutable
`+base+`/pictures/*
  Cache-Control: public, max-age=31536000, immutable
`+base+`/share/*
  Cache-Control: public, max-age=31536000, immutable
`+base+site.IndexURL+`*
  Cache-Control: public, max-age=31536000, immutable
`)
}

// rawLayout copies bytes.
var rawLayout = &goLayout[*source.File]{func(w io.Writer, f *source.File) error {
	_, err := w.Write(f.Data)
	return err
}}

type assetKey struct{ path, data string }

// assets adds the theme's files and those of static/.
func (a *assembler) assets() {
	for _, f := range a.theme.Assets {
		// A theme that is read anew has the same assets but for those that were edited: an open page
		// then takes the new stylesheet and need not be loaded anew.
		f := output.Memo(a.pool, assetKey{f.Path, string(f.Data)}, func() *source.File { return f })
		a.recipes = append(a.recipes, output.Recipe{Path: strings.TrimPrefix(f.Path, "/"), Layout: rawLayout, View: f})
	}
	for _, f := range a.Static {
		a.recipes = append(a.recipes, output.Recipe{Path: strings.TrimPrefix(f.Path, "static/"), Layout: rawLayout, View: f})
	}
}

func host(e *site.Edition) string {
	u, err := url.Parse(e.Base.Origin())
	if err != nil {
		return "site.invalid"
	}
	return u.Hostname()
}
