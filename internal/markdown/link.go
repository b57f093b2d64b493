package markdown

import (
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"nwioi/internal/diag"
)

// place returns where an address of the source stands, or else where its link begins.
func (w *writer) place(n ast.Node, written []byte) (from, to int) {
	if at, ok := w.s.offsetOf(written); ok {
		return at, at + len(written)
	}
	at := max(n.Pos(), 0)
	return at, at + 1
}

func (w *writer) link(n *ast.Link) {
	if w.mute || w.inLink || w.full(n) {
		w.inlines(n)
		return
	}
	from, to := w.place(n, n.Destination)
	closing := w.open(unescape(n.Destination), unescape(n.Title), from, to)
	text, holes := len(w.text), len(w.doc.Holes)
	w.inLink = true
	w.inlines(n)
	w.inLink = false
	w.raw(closing)
	w.footnotesBehind()
	if strings.TrimSpace(string(w.text[text:])) == "" && len(w.doc.Holes) == holes && closing != "" {
		w.s.report(n.Pos(), n.Pos()+1, diag.Error, "markdown/link",
			"this link has no words to click on", "write them between the square brackets: [our courses](/courses/)")
	}
}

// autoLink writes an address that stands for itself, bare or between < and >.
func (w *writer) autoLink(n *ast.AutoLink) {
	label := n.Label(w.s.src)
	from, to := w.place(n, label)
	if w.mute || w.inLink || w.full(n) {
		w.literal(from, to)
		return
	}
	address := string(n.URL(w.s.src))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(address), "mailto:") {
		address = "mailto:" + address
	}
	closing := w.open(address, "", from, to)
	w.literal(from, to)
	w.raw(closing)
}

// open writes the start tag of a link to an address and returns its end tag; both are empty where
// the address is refused.
func (w *writer) open(address, title string, from, to int) (closing string) {
	kind, target, problem, hint := classify(address)
	if kind == refused {
		w.s.report(from, to, diag.Error, "markdown/scheme", problem, hint)
		return ""
	}
	if kind == nowhere {
		w.s.report(from, to, diag.Error, "markdown/link", problem, hint)
		return ""
	}
	w.raw(`<a href="`)
	pos, width := w.s.pos(from), utf8.RuneCount(w.s.src[from:min(to, len(w.s.src))])
	if kind == external {
		w.out = appendAttr(w.out, target)
		w.doc.Links = append(w.doc.Links, Link{URL: target, Pos: pos, Width: width})
	} else {
		w.hole(Hole{Kind: HoleLink, Value: target, Title: clean(title), Pos: pos, Width: width})
	}
	w.raw(`"`)
	if title != "" {
		w.raw(` title="`)
		w.out = appendAttr(w.out, clean(title))
		w.raw(`"`)
	}
	w.raw(">")
	return "</a>"
}

// image leaves the hole for an image.
func (w *writer) image(n *ast.Image) {
	defer w.footnotesBehind()
	text, expect, mute := w.text, w.expect, w.mute
	w.text, w.mute = nil, true
	w.inlines(n)
	alt := strings.Join(strings.Fields(string(w.text)), " ")
	w.text, w.expect, w.mute = text, expect, mute
	if w.mute {
		w.text = append(w.text, alt...)
		return
	}
	if w.full(n) {
		return
	}
	from, to := w.place(n, n.Destination)
	kind, target, problem, hint := classify(unescape(n.Destination))
	switch {
	case kind == external:
		w.s.report(from, to, diag.Error, "markdown/scheme",
			"a picture from another site would tell it who reads this page", "save the picture next to this file and write its name")
		return
	case kind == refused:
		w.s.report(from, to, diag.Error, "markdown/scheme", problem, hint)
		return
	case kind == nowhere || strings.HasPrefix(target, "#") || strings.HasPrefix(target, "?"):
		w.s.report(from, to, diag.Error, "markdown/link", "this picture has no file", "write the file's name in the brackets: ![what it shows](photo.jpg)")
		return
	}
	if alt == "" {
		w.s.report(n.Pos(), n.Pos()+2, diag.Error, "markdown/alt",
			"this picture has no description for people who cannot see it",
			"say between the square brackets what it shows: ![two chairs by a window]("+Shorten(target, 40)+")")
	}
	w.hole(Hole{
		Kind: HoleImage, Value: target, Alt: alt, Title: clean(unescape(n.Title)),
		Pos: w.s.pos(from), Width: utf8.RuneCount(w.s.src[from:min(to, len(w.s.src))]),
	})
}
