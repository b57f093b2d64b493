package check

import (
	"path"
	"slices"
	"strings"

	"nwioi/internal/diag"
	"nwioi/internal/site"
)

// An odd link is one that rules look at more closely: it leads nowhere, by a redirect, or to a heading.
type oddLink struct {
	sheet *sheet
	link  link
	to    site.Resolved
}

// resolve finds where every link to the site itself leads.
func (p *pass) resolve() {
	p.targets = make([][]*site.Target, len(p.sheets))
	odd := make([][]oddLink, len(p.sheets))
	each(len(p.sheets), func(i int) {
		s := p.sheets[i]
		if len(s.links) == 0 {
			return
		}
		p.targets[i] = make([]*site.Target, len(s.links))
		for j, l := range s.links {
			r := p.Resolve(s.file.Path, s.url, l.to)
			if r.Target == nil && r.Redirect != nil {
				p.targets[i][j] = p.Target(r.Redirect.To)
			} else {
				p.targets[i][j] = r.Target
			}
			if r.Target == nil || r.Fragment != "" {
				odd[i] = append(odd[i], oddLink{s, l, r})
			}
		}
	})
	p.odd = slices.Concat(odd...)
}

// wrongLink reports a problem at a reference of a text.
func (p *pass) wrongLink(s *sheet, l link, rule, message, hint string) {
	if p.full(s.file, rule) {
		return
	}
	d := diag.Diagnostic{Path: s.file.Path, Severity: p.severity[rule], Rule: rule, Message: message, Hint: hint, Width: l.width}
	d.Pos, d.Source = p.in(s.file).inside(l.field, l.pos)
	p.found = append(p.found, d)
}

// maxGuesses bounds how many wrong addresses of one edition get a guess of what was meant: guessing
// compares with every address there is.
const maxGuesses = 40

// nearestAddress returns the hint for a link that leads nowhere: the address that was most likely
// meant, in the form in which the link is written.
func (p *pass) nearestAddress(s *sheet, to string) string {
	dest, _, _ := strings.Cut(to, "#")
	if !strings.HasSuffix(dest, ".md") {
		if !strings.HasPrefix(dest, "/") {
			dest = path.Join(s.url, dest) + "/"
		}
		return p.guess(dest)
	}
	wanted := path.Join(path.Dir(s.file.Path), dest)
	if strings.HasPrefix(dest, "/") {
		wanted = "content" + path.Clean(dest)
	}
	if p.guesses++; p.guesses <= maxGuesses {
		var files []string
		for _, page := range p.Published {
			if path.Base(page.File.Path) == path.Base(wanted) && path.Base(wanted) != "index.md" {
				return "did you mean " + quote(relative(s.file.Path, page.File.Path)) + "?"
			}
			files = append(files, page.File.Path)
		}
		if near := diag.Nearest(wanted, files); near != "" {
			return "did you mean " + quote(relative(s.file.Path, near)) + "?"
		}
	}
	return "write the path from this file to the other, such as ../about.md, or the address, such as /about/"
}

// guess returns the hint for an address at which nothing stands.
func (p *pass) guess(url string) string {
	if p.guesses++; p.guesses <= maxGuesses {
		var urls []string
		for _, t := range p.Targets() {
			urls = append(urls, t.URL)
		}
		if near := diag.Nearest(url, urls); near != "" {
			return "did you mean " + quote(near) + "?"
		}
	}
	return "write the address of a page of this site, such as /about/, or remove it"
}

// relative returns the path of a file as a link in the file from writes it.
func relative(from, to string) string {
	dir := strings.Split(path.Dir(from), "/")
	parts := strings.Split(to, "/")
	for len(dir) > 0 && len(parts) > 1 && dir[0] == parts[0] {
		dir, parts = dir[1:], parts[1:]
	}
	return strings.Repeat("../", len(dir)) + strings.Join(parts, "/")
}
