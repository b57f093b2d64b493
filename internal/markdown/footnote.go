package markdown

import (
	"bytes"
	"slices"
	"strconv"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"nwioi/internal/diag"
)

// maxFootnotes bounds the footnotes of one body: every citation looks through them.
const maxFootnotes = 300

// A footnote is the text of one, as found.
type footnote struct {
	node  *east.Footnote
	start int // of its line in the source
}

// footnoteText reads [^1]: lines where they begin a block of the body itself; within lists and
// quotations goldmark would lose them.
type footnoteText struct{ parser.BlockParser }

func (p footnoteText) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, at := reader.Position()
	node, state := p.BlockParser.Open(parent, reader, pc)
	if node == nil {
		return nil, state
	}
	s := stateOf(pc)
	note := node.(*east.Footnote)
	refuse := func(message, hint string) (ast.Node, parser.State) {
		reader.SetPosition(line, at)
		s.report(at.Start, at.Start+len(note.Ref)+4, diag.Error, "markdown/footnote", message, hint)
		return nil, parser.NoChildren
	}
	if _, ok := parent.(*ast.Document); !ok {
		return refuse("the text of a footnote stands within something else here",
			"move it to the end of the page, at the start of a line")
	}
	if len(s.footnotes) == maxFootnotes {
		return refuse("the page has more than "+strconv.Itoa(maxFootnotes)+" footnotes", "divide it among several pages")
	}
	for _, other := range s.footnotes {
		if bytes.Equal(other.node.Ref, note.Ref) {
			return refuse("there are two texts for the footnote "+quote(string(note.Ref)), "give each its own number")
		}
	}
	s.footnotes = append(s.footnotes, footnote{note, at.Start})
	return node, state
}

// footnoteMark reads [^1] in text.
type footnoteMark struct{ parser.InlineParser }

func (p footnoteMark) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	mark := bytes.TrimPrefix(line, []byte("!"))
	if len(mark) < 3 || mark[0] != '[' || mark[1] != '^' {
		return nil
	}
	s := stateOf(pc)
	if !s.spend(parent, block) {
		return nil
	}
	node := p.InlineParser.Parse(parent, block, pc)
	if node != nil {
		return node
	}
	label, rest, closed := bytes.Cut(mark[2:], []byte("]"))
	text := len(rest) > 0 && rest[0] == ':' // footnoteText has said what is wrong with it
	if closed && !text && len(label) > 0 && bytes.IndexByte(label, '[') < 0 {
		s.report(segment.Start, segment.Start+len(line)-len(mark)+len(label)+3, diag.Error, "markdown/footnote",
			"the footnote "+quote(string(label))+" has no text",
			"add a line [^"+string(label)+"]: with the text at the end of the page")
	}
	return nil
}

// A note is a footnote that is cited in what was written so far.
type note struct {
	footnote
	citations int
	end       int // of its text in the output, where the ways back belong
}

// footnoteLink writes the number that leads to a footnote. Notes are numbered in the order in which
// they are cited. Within a link or the description of an image there can be no other link, so the
// number comes behind.
func (w *writer) footnoteLink(n *east.FootnoteLink) {
	if w.mute || w.inLink {
		w.behind = append(w.behind, n)
		return
	}
	i := slices.IndexFunc(w.notes, func(note note) bool { return note.node.Index == n.Index })
	if i < 0 {
		j := slices.IndexFunc(w.s.footnotes, func(f footnote) bool { return f.node.Index == n.Index })
		if j < 0 {
			return
		}
		i = len(w.notes)
		w.notes = append(w.notes, note{footnote: w.s.footnotes[j]})
	}
	w.raw(`<sup id="`)
	w.id("fnref", i+1, w.notes[i].citations)
	w.raw(`"><a class="footnote-ref" role="doc-noteref" href="#`)
	w.id("fn", i+1, 0)
	number := strconv.Itoa(i + 1)
	w.raw(`" aria-label="Footnote `, number, `">`, number, `</a></sup>`)
	w.notes[i].citations++
}

// footnotesBehind writes the numbers that could not stand within what ends here.
func (w *writer) footnotesBehind() {
	if w.mute || w.inLink {
		return
	}
	for _, n := range w.behind {
		w.footnoteLink(n)
	}
	w.behind = w.behind[:0]
}

// footnoteList writes the footnotes that were cited, among them those that other footnotes cite, and
// reports the others.
func (w *writer) footnoteList() {
	if len(w.notes) > 0 {
		w.raw("<div class=\"footnotes\">\n<ol aria-label=\"Footnotes\">\n")
		for i := 0; i < len(w.notes); i++ {
			w.raw(`<li id="`)
			w.id("fn", i+1, 0)
			w.raw("\">\n")
			w.note(i)
			w.raw("</li>\n")
		}
		w.raw("</ol>\n</div>\n")
		for i := len(w.notes) - 1; i >= 0; i-- {
			w.insert(w.notes[i].end, w.waysBack(i))
		}
	}
	for _, f := range w.s.footnotes {
		if !slices.ContainsFunc(w.notes, func(n note) bool { return n.node == f.node }) {
			label := string(f.node.Ref)
			w.s.report(f.start, f.start+len(label)+4, diag.Warning, "markdown/footnote",
				"no sentence refers to the footnote "+quote(label)+", so it is not shown",
				"put [^"+label+"] behind the words it explains, or remove it")
		}
	}
}

// note writes the text of a footnote; the ways back shall end its last paragraph.
func (w *writer) note(i int) {
	for c := w.notes[i].node.FirstChild(); c != nil && !w.full(c); c = c.NextSibling() {
		if p, ok := c.(*ast.Paragraph); ok && c.NextSibling() == nil {
			w.raw("<p>")
			w.paragraph(p)
			w.notes[i].end = len(w.out)
			w.raw("</p>\n")
			return
		}
		w.block(c)
	}
	w.notes[i].end = len(w.out)
}

// waysBack makes the arrows that lead from a footnote to where it is cited.
func (w *writer) waysBack(i int) string {
	var b []byte
	for place := range w.notes[i].citations {
		number := strconv.Itoa(i + 1)
		id := "fnref_" + number
		label := "Back to the text, from footnote " + number
		if place > 0 {
			id += "_" + strconv.Itoa(place+1)
			label += ", place " + strconv.Itoa(place+1)
		}
		b = append(b, ` <a class="footnote-back" role="doc-backlink" href="#`...)
		b = appendAttr(b, w.s.opt.AnchorPrefix+id)
		b = append(b, `" aria-label="`+label+`">↩</a>`...)
	}
	return string(b)
}
