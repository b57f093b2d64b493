package markdown

import (
	"bytes"
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
	label, _, closed := bytes.Cut(mark[2:], []byte("]"))
	if closed && len(label) > 0 && bytes.IndexByte(label, '[') < 0 {
		s.report(segment.Start, segment.Start+len(line)-len(mark)+len(label)+3, diag.Error, "markdown/footnote",
			"the footnote "+quote(string(label))+" has no text",
			"add a line [^"+string(label)+"]: with the text at the end of the page")
	}
	return nil
}

// uncitedFootnotes reports the texts that no mark leads to; they are not shown.
func (s *state) uncitedFootnotes() {
	for _, f := range s.footnotes {
		if f.node.Index < 0 {
			label := string(f.node.Ref)
			s.report(f.start, f.start+len(label)+4, diag.Warning, "markdown/footnote",
				"no sentence refers to the footnote "+quote(label)+", so it is not shown",
				"put [^"+label+"] behind the words it explains, or remove it")
		}
	}
}

// footnoteLink writes the number that leads to a footnote.
func (w *writer) footnoteLink(n *east.FootnoteLink) {
	number := strconv.Itoa(n.Index)
	w.raw(`<sup id="`)
	w.id("fnref", n.Index, n.RefIndex)
	w.raw(`"><a class="footnote-ref" role="doc-noteref" href="#`)
	w.id("fn", n.Index, 0)
	w.raw(`" aria-label="Footnote `, number, `">`, number, `</a></sup>`)
}

// footnoteBacklink writes the arrow that leads back to where a footnote is cited.
func (w *writer) footnoteBacklink(n *east.FootnoteBacklink) {
	w.raw(` <a class="footnote-back" role="doc-backlink" href="#`)
	w.id("fnref", n.Index, n.RefIndex)
	w.raw(`" aria-label="Back to the text, from footnote `, strconv.Itoa(n.Index))
	if n.RefCount > 1 {
		w.raw(`, place `, strconv.Itoa(n.RefIndex+1))
	}
	w.raw(`">↩</a>`)
}

// footnoteList writes the footnotes at the end of the body.
func (w *writer) footnoteList(n *east.FootnoteList) {
	w.raw("<div class=\"footnotes\">\n<ol aria-label=\"Footnotes\">\n")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.raw(`<li id="`)
		w.id("fn", c.(*east.Footnote).Index, 0)
		w.raw("\">\n")
		w.blocks(c)
		w.raw("</li>\n")
	}
	w.raw("</ol>\n</div>\n")
}
