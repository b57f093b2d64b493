package markdown

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"

	"nwioi/internal/diag"
)

var element = regexp.MustCompile(`^<(/?)[ \t]*([A-Za-z][A-Za-z0-9-]*)`)

// remedies say what to write instead of an element.
var remedies = func() map[string]string {
	m := map[string]string{}
	for remedy, elements := range map[string]string{
		"write **bold** with two asterisks on each side":                                "b strong mark",
		"write *italic* with one asterisk on each side":                                 "i em cite dfn var u ins",
		"write [text](address)":                                                         "a",
		"write ![what the picture shows](file.jpg)":                                     "img picture figure source svg",
		`end the line with a backslash (\), or leave an empty line for a new paragraph`: "br wbr",
		"write --- on a line of its own":                                                "hr",
		"begin the line with ## and a space for a heading":                              "h1 h2 h3 h4 h5 h6 summary details",
		"just leave it out; an empty line begins a new paragraph":                       "p div span section article aside header footer main nav font center small address figcaption body html head",
		"begin each line with - and a space, or with 1. and a space":                    "ul ol li menu dir",
		"write a term, and below it a line that begins with : and a space":              "dl dt dd",
		"write the rows as | one | two | with a line | --- | --- | below the first":     "table thead tbody tfoot tr td th caption col colgroup",
		"put `backticks` around it":                                                     "code kbd samp tt",
		"put a line of three backticks above and below it":                              "pre xmp listing",
		"begin each line with > and a space":                                            "blockquote q",
		"write ~~struck out~~ with two tildes on each side":                             "del s strike",
		"write it in plain text; for a footnote put [^1] behind the word":               "sup sub abbr",
		"write a link to it: [text](https://…)":                                         "iframe video audio embed object frame",
		"leave it out; what a page looks like and does is for the theme":                "script style link meta form input button select textarea label noscript canvas",
	} {
		for _, e := range strings.Fields(elements) {
			m[e] = remedy
		}
	}
	return m
}()

// htmlProblem reports a piece of HTML that stands at an offset. An end tag is reported only where
// its start was not.
func (w *writer) htmlProblem(from, to int) {
	src := w.s.src[from:to]
	m := element.FindSubmatch(src)
	if m == nil {
		message, hint := "this is an instruction for browsers, which pages cannot contain", `leave it out; for a plain < write \<`
		if strings.HasPrefix(string(src), "<!--") {
			message, hint = "comments are not possible in pages", "leave it out; what is not to be read should not be published"
		}
		w.s.report(from, to, diag.Error, "markdown/raw-html", message, hint)
		return
	}
	name := strings.ToLower(string(m[2]))
	if len(m[1]) > 0 && w.s.tags[name] {
		return
	}
	if w.s.tags == nil {
		w.s.tags = map[string]bool{}
	}
	w.s.tags[name] = true
	hint := remedies[name]
	if hint == "" {
		hint = `leave it out; for a plain < write \<`
	}
	shown := "<" + string(m[1]) + name + ">"
	w.s.report(from, to, diag.Error, "markdown/raw-html", Shorten(shown, 40)+" is HTML, which pages cannot contain", hint)
}

// rawHTML reports HTML in a sentence and shows it as text.
func (w *writer) rawHTML(n *ast.RawHTML) {
	if n.Segments.Len() == 0 {
		return
	}
	first := n.Segments.At(0)
	if !w.mute {
		w.htmlProblem(first.Start, first.Stop)
	}
	for i := range n.Segments.Len() {
		s := n.Segments.At(i)
		w.literal(s.Start, s.Stop)
		w.expect = -1
	}
}

// htmlBlock reports a block of HTML and shows it as text.
func (w *writer) htmlBlock(n *ast.HTMLBlock) {
	lines := n.Lines()
	if lines.Len() == 0 {
		return
	}
	first := lines.At(0)
	start := first.TrimLeftSpace(w.s.src)
	stop := first.TrimRightSpace(w.s.src).Stop
	w.htmlProblem(min(start.Start, stop), stop)
	w.raw("<p>")
	w.begin(Code)
	for i := range lines.Len() {
		s := lines.At(i)
		w.literal(s.Start, s.Stop)
		w.expect = -1
	}
	if n.HasClosure() {
		w.literal(n.ClosureLine.Start, n.ClosureLine.Stop)
	}
	w.end()
	w.raw("</p>\n")
}
