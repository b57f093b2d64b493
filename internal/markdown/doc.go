// Package markdown turns Markdown into HTML, links, headings and plain text.
//
// A Doc depends on the bytes of its body and its Options alone. What a page says about the rest of
// the site stays open: the address of a link to another page, a picture, a cited fact are holes, in
// order, and whoever knows the answers fills them when the HTML is placed. So one parsed body serves
// every build until its own file changes.
//
// The Markdown is CommonMark with GitHub's tables, strikethrough, task lists and bare addresses, and
// footnotes, definition lists, typographic punctuation, callouts (> [!NOTE]) and {{fact "id"}}. Raw
// HTML is refused with the Markdown to use instead, and only https, mailto, tel and relative
// addresses lead anywhere; so the output is safe to place whoever wrote the source. Parse never
// fails: it returns what it could read, and diagnostics. Nesting, table size, marks in one paragraph
// and output size are bounded, which bounds its time.
//
// The package deliberately knows no page, no file and no fact: whether a link is broken is for
// package check. It is the only one that imports goldmark.
package markdown

import (
	"io"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"nwioi/internal/diag"
)

// Options say what a body may contain and how its anchors are named.
type Options struct {
	// Facts allows {{fact "id"}}; where it is false a fact is an error.
	Facts bool
	// TopHeading is the highest heading level that the body may use: 2 for a page, whose title is the
	// H1, 3 for a text that stands below an H2. 0 means 2.
	TopHeading int
	// AnchorPrefix begins every id in the output, such as "s-", so that none can shadow a name of
	// the DOM. Texts that share a page need different prefixes.
	AnchorPrefix string
}

// A HoleKind says what a hole wants.
type HoleKind uint8

// The kinds of holes, each with the markup that fills it.
const (
	HoleLink  HoleKind = iota // the value of href, escaped for an attribute in double quotes
	HoleImage                 // a whole <img> element
	HoleFact                  // inline markup: the fact's value
)

// A Hole is a place in the HTML that depends on the rest of the site.
type Hole struct {
	Kind HoleKind
	// Value is the destination of a link or the file of an image with escapes and entities resolved,
	// never empty, never with a scheme, a backslash or a control character and never beginning
	// with "//"; or the id of a fact.
	Value string
	// Alt is the description of an image and Title the title of a link or an image, as plain text.
	Alt, Title string
	// Pos is where Value stands in the file (of a reference link: in its definition), Width how many
	// characters it has there.
	Pos   diag.Pos
	Width int
}

// A Heading is a heading of the body.
type Heading struct {
	Level int    // 2 to 6, as rendered
	ID    string // of the element, with Options.AnchorPrefix
	Text  string // plain text; FactMark stands for each of Facts
	Facts []string
	Pos   diag.Pos
}

// A Link is a link that leads out of the site: https, mailto or tel.
type Link struct {
	URL   string // as in the HTML, before escaping
	Pos   diag.Pos
	Width int
}

// FactMark stands in plain text for a cited fact: U+FFFC, the object replacement character. It
// stands there for nothing else, since it is dropped from the source.
const FactMark = "\uFFFC"

// A BlockKind says what kind of text a Block is.
type BlockKind uint8

// The kinds of blocks.
const (
	Paragraph BlockKind = iota // also of a list item, a quotation, a footnote
	Title                      // a heading
	Cell                       // of a table
	Term                       // of a definition list
	Code                       // a code block: not prose
)

// A Block is the plain text of one paragraph, heading, table cell or code block.
type Block struct {
	Kind  BlockKind
	Text  string   // without line ends, but for Code; FactMark stands for each of Facts
	Facts []string // ids of the facts it cites, in order
	Start int      // byte offset of Text in Doc.Text
}

// A Doc is a parsed body. It is immutable and goes by pointer. The zero Doc is an empty one.
type Doc struct {
	// Holes are what fill of HTML is asked for, in the order of the output.
	Holes []Hole
	// Headings are the headings in order.
	Headings []Heading
	// Links are the links that lead out of the site, in order; they are not holes.
	Links []Link
	// Text is the plain text, one line a block: for search and for rules about words. FactMark
	// stands for each fact, in the order of Holes.
	Text string

	prefix string // of the anchors
	html   string
	cuts   []int32 // hole i stands before html[cuts[i]]
	marks  []mark  // where the blocks begin in Text
	runs   []run   // where pieces of Text come from
}

type mark struct {
	start, end int32
	facts      int32 // how many facts are cited up to its end
	kind       BlockKind
}

type run struct {
	text      int32 // offset in Text
	line, col int32
}

// HTML returns the markup. fill gives the trusted markup for hole i, see HoleKind.
func (d *Doc) HTML(fill func(i int) string) string {
	if len(d.cuts) == 0 {
		return d.html
	}
	var b strings.Builder
	b.Grow(len(d.html) + 64*len(d.cuts))
	d.WriteHTML(&b, fill)
	return b.String()
}

// WriteHTML writes what HTML returns. It stops at the first error of w and returns it.
func (d *Doc) WriteHTML(w io.Writer, fill func(i int) string) error {
	at := int32(0)
	for i, cut := range d.cuts {
		if _, err := io.WriteString(w, d.html[at:cut]); err != nil {
			return err
		}
		if _, err := io.WriteString(w, fill(i)); err != nil {
			return err
		}
		at = cut
	}
	_, err := io.WriteString(w, d.html[at:])
	return err
}

// Blocks returns the text block by block. It is computed anew on each call.
func (d *Doc) Blocks() []Block {
	facts := d.facts()
	blocks := make([]Block, len(d.marks))
	for i, m := range d.marks {
		text := d.Text[m.start:m.end]
		n := strings.Count(text, FactMark)
		blocks[i] = Block{Kind: m.kind, Text: text, Start: int(m.start)}
		if n > 0 {
			blocks[i].Facts = facts[m.facts-int32(n) : m.facts : m.facts]
		}
	}
	return blocks
}

// Explains reports whether the body has a list of definitions.
func (d *Doc) Explains() bool {
	return slices.ContainsFunc(d.marks, func(m mark) bool { return m.kind == Term })
}

func (d *Doc) facts() []string {
	var ids []string
	for _, h := range d.Holes {
		if h.Kind == HoleFact {
			ids = append(ids, h.Value)
		}
	}
	return ids
}

// Pos returns where the character at a byte offset of Text stands in the file.
func (d *Doc) Pos(offset int) diag.Pos {
	i := sort.Search(len(d.runs), func(i int) bool { return int(d.runs[i].text) > offset }) - 1
	if i < 0 {
		return diag.Pos{}
	}
	r := d.runs[i]
	offset = min(offset, len(d.Text))
	return diag.Pos{Line: int(r.line), Col: int(r.col) + utf8.RuneCountInString(d.Text[r.text:offset])}
}

// Plain returns Text with every fact in words.
func (d *Doc) Plain(value func(id string) string) string { return Fill(d.Text, d.facts(), value) }

// Fill puts the words of facts where FactMark stands for them in text.
func Fill(text string, facts []string, value func(id string) string) string {
	if len(facts) == 0 {
		return text
	}
	var b strings.Builder
	for _, id := range facts {
		before, after, found := strings.Cut(text, FactMark)
		if !found {
			break
		}
		b.WriteString(before)
		b.WriteString(value(id))
		text = after
	}
	b.WriteString(text)
	return b.String()
}

// Summary returns the first paragraph as plain text of at most limit characters, cut after a word
// and marked with an ellipsis if it is longer. value gives the words of a fact.
func (d *Doc) Summary(limit int, value func(id string) string) string {
	for _, b := range d.Blocks() {
		if b.Kind == Paragraph && strings.TrimSpace(b.Text) != "" {
			return Shorten(strings.TrimSpace(Fill(b.Text, b.Facts, value)), limit)
		}
	}
	return ""
}

// Shorten cuts text after a word so that it has at most limit characters.
func Shorten(text string, limit int) string {
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	runes := []rune(text)[:max(limit-1, 0)]
	cut := string(runes)
	if space := strings.LastIndexByte(cut, ' '); space > 0 {
		cut = cut[:space]
	}
	return strings.TrimRight(cut, " ,;:.–—") + "…"
}

// Anchor returns the id of the heading that a fragment means: "cost" and, with Options.AnchorPrefix
// "s-", also "s-cost".
func (d *Doc) Anchor(fragment string) (id string, found bool) {
	for _, h := range d.Headings {
		if h.ID == fragment || h.ID == d.prefix+fragment {
			return h.ID, true
		}
	}
	return "", false
}
