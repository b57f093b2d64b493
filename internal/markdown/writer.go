package markdown

import (
	"bytes"
	"slices"
	"strconv"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"nwioi/internal/diag"
)

// A writer makes a Doc of a parsed body in one walk: markup, plain text, places, holes.
type writer struct {
	s    *state
	doc  *Doc
	out  []byte // the markup so far
	text []byte // the plain text so far

	cuts  []int32 // see Doc
	marks []mark
	runs  []run

	expect  int  // the source offset that continues the last run of the text; -1: none
	mute    bool // only plain text is wanted: the description of an image
	inLink  bool
	behind  []*east.FootnoteLink // that stand in a link or a description, and shall stand behind it
	depth   int                  // of inline elements
	stopped bool                 // a bound was exceeded
	hidden  int                  // bytes that the holes will have, at least

	doubles, singles int // quotation marks that are open in this block
	level            int // of the heading before
	callouts         int
	notes            []note
	ids, names       names
}

// document writes the body and returns its Doc.
func (w *writer) document(s *state, root ast.Node) *Doc {
	w.s, w.expect, w.level = s, -1, s.opt.TopHeading-1
	w.doc = &Doc{prefix: s.opt.AnchorPrefix}
	w.blocks(root)
	w.footnoteList()
	if w.full(root) {
		return &Doc{prefix: s.opt.AnchorPrefix}
	}
	d := w.doc
	d.html, d.Text = string(w.out), string(w.text)
	d.cuts, d.marks, d.runs = slices.Clone(w.cuts), slices.Clone(w.marks), slices.Clone(w.runs)
	d.Holes, d.Headings, d.Links = slices.Clip(d.Holes), slices.Clip(d.Headings), slices.Clip(d.Links)
	return d
}

// raw writes markup.
func (w *writer) raw(pieces ...string) {
	if w.mute {
		return
	}
	for _, p := range pieces {
		w.out = append(w.out, p...)
	}
}

// id writes an id of the form "s-fn_2" or "s-fnref_2_3". Slugs have no underscore, so no heading has
// such an id.
func (w *writer) id(kind string, n, part int) {
	if w.mute {
		return
	}
	w.out = appendAttr(w.out, w.s.opt.AnchorPrefix)
	w.out = append(w.out, kind...)
	w.out = append(w.out, '_')
	w.out = strconv.AppendInt(w.out, int64(n), 10)
	if part > 0 {
		w.out = append(w.out, '_')
		w.out = strconv.AppendInt(w.out, int64(part+1), 10)
	}
}

// insert puts markup in at an earlier place.
func (w *writer) insert(at int, markup string) {
	w.out = slices.Insert(w.out, at, []byte(markup)...)
	for i := len(w.cuts) - 1; i >= 0 && int(w.cuts[i]) >= at; i-- {
		w.cuts[i] += int32(len(markup))
	}
}

// hole leaves one open.
func (w *writer) hole(h Hole) {
	w.hidden += len(h.Value) + len(h.Alt) + len(h.Title)
	w.doc.Holes = append(w.doc.Holes, h)
	w.cuts = append(w.cuts, int32(len(w.out)))
}

// begin starts a block of plain text and end ends it; they do not nest. A block without words is
// dropped.
func (w *writer) begin(kind BlockKind) {
	if len(w.text) > 0 {
		w.text = append(w.text, '\n')
	}
	w.expect, w.doubles, w.singles = -1, 0, 0
	facts := int32(0)
	if n := len(w.marks); n > 0 {
		facts = w.marks[n-1].facts
	}
	w.marks = append(w.marks, mark{start: int32(len(w.text)), kind: kind, facts: facts})
}

func (w *writer) end() {
	last := len(w.marks) - 1
	m := &w.marks[last]
	m.end = int32(len(w.text))
	if len(bytes.TrimSpace(w.text[m.start:])) > 0 {
		return
	}
	for n := len(w.runs); n > 0 && w.runs[n-1].text >= m.start; n-- {
		w.runs = w.runs[:n-1]
	}
	w.marks, w.text = w.marks[:last], w.text[:max(int(m.start)-1, 0)]
}

// full stops the walk where the output has outgrown the source.
func (w *writer) full(n ast.Node) bool {
	if !w.stopped && len(w.out)+w.hidden > maxGrowth*len(w.s.src) {
		w.stopped = true
		at := start(n)
		w.s.report(at, at, diag.Error, "markdown/too-large",
			"the page would become more than "+strconv.Itoa(maxGrowth)+" times as large as its text here",
			"shorten what is repeated, or divide it among several pages")
	}
	return w.stopped
}

// start returns where a node begins in the source, as far as it is known.
func start(n ast.Node) int {
	for n != nil {
		if at := n.Pos(); at > 0 {
			return at
		}
		if n.Type() == ast.TypeBlock && n.Lines() != nil && n.Lines().Len() > 0 {
			return n.Lines().At(0).Start
		}
		if n.FirstChild() == nil {
			break
		}
		n = n.FirstChild()
	}
	return 0
}

func (w *writer) blocks(parent ast.Node) {
	for c := parent.FirstChild(); c != nil && !w.full(c); c = c.NextSibling() {
		w.block(c)
	}
}

func (w *writer) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph:
		w.raw("<p>")
		w.paragraph(n)
		w.raw("</p>\n")
	case *ast.TextBlock:
		w.paragraph(n)
		if n.NextSibling() != nil {
			w.raw("\n")
		}
	case *ast.Heading:
		w.heading(n)
	case *ast.Blockquote:
		if kind, ok := n.AttributeString("callout"); ok {
			w.callout(n, kind.(int))
			return
		}
		w.raw("<blockquote>\n")
		w.blocks(n)
		w.raw("</blockquote>\n")
	case *ast.List:
		w.list(n)
	case *ast.ListItem:
		w.raw("<li>")
		if !n.Parent().(*ast.List).IsTight && n.HasChildren() {
			w.raw("\n")
		}
		w.blocks(n)
		w.raw("</li>\n")
	case *ast.CodeBlock:
		w.code(n, nil)
	case *ast.FencedCodeBlock:
		w.code(n, n.Language(w.s.src))
	case *ast.ThematicBreak:
		w.raw("<hr>\n")
	case *ast.HTMLBlock:
		w.htmlBlock(n)
	case *ast.LinkReferenceDefinition:
	case *east.Table:
		w.table(n)
	case *east.DefinitionList:
		w.raw("<dl>\n")
		w.blocks(n)
		w.raw("</dl>\n")
	case *east.DefinitionTerm:
		w.raw("<dt>")
		w.begin(Term)
		w.inlines(n)
		w.end()
		w.raw("</dt>\n")
	case *east.DefinitionDescription:
		w.raw("<dd>")
		if !n.IsTight {
			w.raw("\n")
		}
		w.blocks(n)
		w.raw("</dd>\n")
	case *east.FootnoteList: // written at the end
	default:
		if n.Type() == ast.TypeInline {
			w.inline(n)
			return
		}
		w.blocks(n)
	}
}

func (w *writer) paragraph(n ast.Node) {
	w.begin(Paragraph)
	w.inlines(n)
	w.end()
}

func (w *writer) list(n *ast.List) {
	element := "ul"
	if n.IsOrdered() {
		element = "ol"
	}
	w.raw("<", element)
	if n.IsOrdered() && n.Start != 1 {
		w.raw(` start="`, strconv.Itoa(n.Start), `"`)
	}
	w.raw(">\n")
	w.blocks(n)
	w.raw("</", element, ">\n")
}

// code writes a code block. It can be scrolled with the keyboard (WCAG 2.1.1).
func (w *writer) code(n ast.Node, language []byte) {
	w.raw(`<pre tabindex="0"><code`)
	if len(language) > 0 && len(language) <= 40 && plainName(language) {
		w.raw(` class="language-`, string(language), `"`)
	}
	w.raw(">")
	w.begin(Code)
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		for range line.Padding {
			w.glyph(line.Start, " ")
			w.expect = -1
		}
		w.literal(line.Start, line.Stop)
		if line.ForceNewline && line.Stop > line.Start && w.s.src[line.Stop-1] != '\n' {
			w.glyph(line.Stop, "\n")
		}
		w.expect = -1
	}
	w.end()
	w.raw("</code></pre>\n")
}

// plainName reports whether a name can stand in a class.
func plainName(name []byte) bool {
	for _, c := range name {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '+', c == '#', c == '.', c == '_':
		default:
			return false
		}
	}
	return true
}

func (w *writer) inlines(parent ast.Node) {
	for c := parent.FirstChild(); c != nil; c = c.NextSibling() {
		w.inline(c)
	}
}

func (w *writer) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		if n.IsRaw() {
			w.literal(n.Segment.Start, n.Segment.Stop)
		} else {
			w.prose(n.Segment.Start, n.Segment.Stop)
		}
		switch {
		case n.HardLineBreak():
			w.raw("<br>")
			w.lineEnd()
		case n.SoftLineBreak():
			w.lineEnd()
		}
	case *ast.CodeSpan:
		w.codeSpan(n)
	case *ast.Emphasis:
		if n.Level == 2 {
			w.element("strong", n)
		} else {
			w.element("em", n)
		}
	case *east.Strikethrough:
		w.element("del", n)
	case *ast.Link:
		w.link(n)
	case *ast.AutoLink:
		w.autoLink(n)
	case *ast.Image:
		w.image(n)
	case *ast.RawHTML:
		w.rawHTML(n)
	case *fact:
		w.fact(n)
	case *east.TaskCheckBox:
		if n.IsChecked {
			w.raw(`<span class="task" role="img" aria-label="Done">☑</span> `)
		} else {
			w.raw(`<span class="task" role="img" aria-label="To do">☐</span> `)
		}
	case *east.FootnoteLink:
		w.footnoteLink(n)
	default:
		w.inlines(n)
	}
}

// element writes an inline element, unless it stands too deep within others to mean anything.
func (w *writer) element(name string, n ast.Node) {
	if w.depth >= maxInlineDepth {
		if w.depth == maxInlineDepth {
			at := start(n)
			w.s.report(at, at, diag.Error, "markdown/too-large",
				"bold, italic and struck text stand more than "+strconv.Itoa(maxInlineDepth)+" deep within each other here",
				`write a backslash before * and _ that are only characters: \*`)
		}
		w.depth++
		w.inlines(n)
		w.depth--
		return
	}
	w.depth++
	w.raw("<", name, ">")
	w.inlines(n)
	w.raw("</", name, ">")
	w.depth--
}

// codeSpan writes code in a sentence; line ends in it are spaces.
func (w *writer) codeSpan(n *ast.CodeSpan) {
	w.raw("<code>")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		t, ok := c.(*ast.Text)
		if !ok {
			continue
		}
		from, to := t.Segment.Start, t.Segment.Stop
		if to > from && w.s.src[to-1] == '\n' {
			w.literal(from, to-1)
			w.glyph(to-1, " ")
			w.expect = -1
		} else {
			w.literal(from, to)
		}
	}
	w.raw("</code>")
}

// fact leaves the hole for a cited fact.
func (w *writer) fact(n *fact) {
	if w.mute {
		w.s.report(n.Pos(), n.start+len(n.id)+3, diag.Error, "markdown/fact",
			"a fact cannot be cited in the description of a picture", "write what the picture shows in words")
		return
	}
	w.at(n.start)
	w.text = append(w.text, FactMark...)
	w.expect = -1
	if last := len(w.marks) - 1; last >= 0 {
		w.marks[last].facts++
	}
	w.hole(Hole{Kind: HoleFact, Value: n.id, Pos: w.s.pos(n.start), Width: len(n.id)})
}

// names keeps names unique.
type names map[string]int

// unique returns the name, with the suffix of the first number from 2 that makes it a new one.
func (n *names) unique(name string, suffix func(int) string) string {
	if *n == nil {
		*n = names{}
	}
	used := *n
	if used[name] == 0 {
		used[name] = 1
		return name
	}
	for {
		used[name]++
		if candidate := name + suffix(used[name]); used[candidate] == 0 {
			used[candidate] = 1
			return candidate
		}
	}
}
