package check

import (
	"regexp"
	"strings"

	"nwioi/internal/diag"
	"nwioi/internal/markdown"
)

// wordingColon finds a lead-in that ends in a colon and leads to nothing: no list, table, quotation,
// picture or link follows. It is what is left where a link or a list was lost in copying.
func wordingColon() rule {
	const id = "wording/colon"
	const hint = "add the link or the list that belongs here, or end with a full stop"
	return rule{
		Rule:  Rule{ID: id, Severity: diag.Warning, Summary: "A text that ends in a colon leads to a list, a table or a link."},
		words: []string{"here", "link", "links", "below", "website"},
		word: func(r *reading) { // "sign up here: We look forward to seeing you."
			end := int(r.words[r.at].end)
			if end < len(r.text.words) && r.text.words[end] == ':' && r.at+1 < len(r.words) && r.text.kind == markdown.Paragraph && !r.linked() {
				r.wrong(r.at, r.at, id, "what comes after "+quote(r.word(r.at)+":")+" is no link", hint)
			}
		},
		text: func(r *reading) {
			if r.text.kind != markdown.Paragraph || !endsInColon(r.text.words) || r.leads() || len(r.words) == 0 {
				return
			}
			last := len(r.words) - 1
			r.wrong(last, last, id, "this text ends in a colon and leads to nothing", hint)
		},
	}
}

func endsInColon(text string) bool {
	return strings.HasSuffix(strings.TrimRight(text, " \n\t*_”’\"'"), ":")
}

// linked reports whether the paragraph of the text holds a link.
func (r *reading) linked() bool {
	if r.text.doc == nil {
		return strings.Contains(r.text.words, "://")
	}
	return r.hasLink.answered(func() bool { return r.written("](", "][", "://") })
}

// leadIn is what ends with a colon in the HTML of a body: a paragraph, an item, or words before a list
// within an item.
var leadIn = regexp.MustCompile(`:[”’"\s]*(?:</(?:strong|em|del|a|span|code)>[”’"\s]*)*(?:</p>|</li>|</dd>|\n<(?:ul|ol|dl|pre|blockquote|table|div|p)\b)`)

// leads reports whether something follows the text that ends in a colon: a list, table, quotation,
// block of code or picture, or a paragraph with a link.
func (r *reading) leads() bool {
	doc := r.text.doc
	if doc == nil {
		return false
	}
	html, all := r.leadIns(doc)
	n := r.colons.seen
	r.colons.seen++
	if len(all) <= n {
		return true // written in a way that is not known here
	}
	rest := html[all[n][0]:all[n][1]]
	if i := strings.LastIndex(rest, "\n<"); i >= 0 {
		return true
	}
	if strings.HasSuffix(rest, "</li>") {
		return false
	}
	rest = strings.TrimLeft(html[all[n][1]:], " \n")
	if paragraph, ok := strings.CutPrefix(rest, "<p>"); ok {
		paragraph, _, _ = strings.Cut(paragraph, "</p>")
		return strings.Contains(paragraph, "<a ") || strings.Contains(paragraph, "<img")
	}
	for _, begin := range []string{"</", "<h", "<hr", "<section"} {
		if strings.HasPrefix(rest, begin) {
			return false
		}
	}
	return rest != ""
}

// leadIns returns the HTML of a body and where in it something ends in a colon.
func (r *reading) leadIns(doc *markdown.Doc) (html string, all [][]int) {
	if r.colons.doc != doc {
		html = doc.HTML(func(i int) string {
			if doc.Holes[i].Kind == markdown.HoleImage {
				return "<img>"
			}
			return "-"
		})
		r.colons = colons{doc: doc, html: html, all: leadIn.FindAllStringIndex(html, -1)}
	}
	return r.colons.html, r.colons.all
}

// colons is what leadIns remembers of the body it was last asked for.
type colons struct {
	doc  *markdown.Doc
	html string
	all  [][]int
	seen int // how many of them were asked about
}
