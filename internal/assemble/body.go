package assemble

import (
	"html/template"

	"nwioi/internal/markdown"
	"nwioi/internal/site"
	"nwioi/internal/theme"
)

// body resolves what the Markdown of a file refers to, for the page at a URL.
func (a *assembler) body(doc *markdown.Doc, file, url string) theme.Body {
	if doc == nil {
		return theme.Body{}
	}
	fill := make([]string, len(doc.Holes))
	for i, h := range doc.Holes {
		switch h.Kind {
		case markdown.HoleLink:
			fill[i] = escapeAttr(a.link(file, url, h.Value))
		case markdown.HoleImage:
			fill[i] = a.image(file, h)
		case markdown.HoleFact:
			fill[i] = a.fact(h.Value)
		}
	}
	return theme.Body{Doc: doc, Fill: list(a, fill)}
}

// link returns the href of a link; one that leads nowhere leads to the page it stands on (check
// reports it, and nothing is published).
func (a *assembler) link(file, url, dest string) string {
	r := a.Resolve(file, url, dest)
	target := url
	switch {
	case r.Target != nil:
		target = r.URL
	case r.Redirect != nil:
		target = r.Redirect.To
	}
	href := a.href(target)
	if r.Fragment != "" {
		fragment := r.Fragment
		if doc := a.Target(target).Doc(); doc != nil {
			if id, ok := doc.Anchor(fragment); ok {
				fragment = id
			}
		}
		if target == url {
			return "#" + fragment
		}
		href += "#" + fragment
	}
	return href
}

// fact returns the element that shows a fact in a sentence.
func (a *assembler) fact(id string) string {
	f, ok := a.Book.Fact(id)
	if !ok {
		return ""
	}
	class := "fact"
	if f.UnderReview(a.AsOf) {
		class = "fact dated"
	}
	return `<span class="` + class + `">` + template.HTMLEscapeString(f.Text()) + `</span>`
}

// cited returns the facts that a document cites, in order.
func (a *assembler) cited(doc *markdown.Doc) []site.Fact {
	if doc == nil {
		return nil
	}
	var facts []site.Fact
	for _, h := range doc.Holes {
		if h.Kind == markdown.HoleFact {
			if f, ok := a.Book.Fact(h.Value); ok {
				facts = append(facts, f)
			}
		}
	}
	return facts
}
