package markdown

import (
	"strconv"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"nwioi/internal/diag"
)

// The bounds that keep the time and the size of the output in proportion to the source. No page for
// people comes near them.
const (
	maxDepth       = 20      // lists, items and quotations within each other
	maxInlineDepth = 32      // emphasis and links within each other
	maxMarks       = 500     // characters such as * [ ` < in one paragraph
	maxDefinitions = 8 << 10 // bytes of one paragraph of link definitions
	maxGrowth      = 50      // bytes of output for one byte of source
)

// nested is a block parser that stops opening blocks within blocks at maxDepth.
type nested struct{ parser.BlockParser }

func (p nested) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if depth(parent) < maxDepth {
		return p.BlockParser.Open(parent, reader, pc)
	}
	line, at := reader.Position()
	node, _ := p.BlockParser.Open(parent, reader, pc)
	reader.SetPosition(line, at)
	if node != nil {
		s := stateOf(pc)
		s.report(at.Start, at.Start+1, diag.Error, "markdown/too-large",
			"lists and quotations stand more than "+strconv.Itoa(maxDepth/2)+" deep within each other here",
			"use fewer levels; one or two are as many as a reader can follow")
	}
	return nil, parser.NoChildren
}

func depth(n ast.Node) int {
	d := 0
	for ; n != nil; n = n.Parent() {
		d++
	}
	return d
}

// metered is an inline parser that counts how often it is asked in one block and stops reading
// marks where there are too many: what the marks of one block may mean takes time that grows with
// the square of their number.
type metered struct{ parser.InlineParser }

func (p metered) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if !stateOf(pc).spend(parent, block) {
		return nil
	}
	return p.InlineParser.Parse(parent, block, pc)
}

func (s *state) spend(block ast.Node, reader text.Reader) bool {
	if s.metered != block {
		s.metered, s.marks = block, 0
	}
	s.marks++
	if s.marks <= maxMarks {
		return true
	}
	if s.marks == maxMarks+1 {
		_, at := reader.Position()
		s.report(at.Start, at.Start+1, diag.Error, "markdown/too-large",
			"one paragraph has more than "+strconv.Itoa(maxMarks)+" characters such as * and [ that mark up text",
			"divide it into several paragraphs with an empty line between them")
	}
	return false
}

// meteredLink is metered for the link parser, which wants to know where a block ends.
type meteredLink struct{ metered }

func (p meteredLink) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	p.InlineParser.(parser.CloseBlocker).CloseBlock(parent, block, pc)
}

// emphasis leaves underscores inside of words to the text. CommonMark gives them no meaning; not
// splitting the text there keeps names_like_this in one piece for bareAddress.
type emphasis struct{ metered }

func (p emphasis) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if line[0] == '_' && len(line) > 1 && wordy(block.PrecendingCharacter()) {
		if after, _ := utf8.DecodeRune(line[1:]); wordy(after) {
			return nil
		}
	}
	return p.metered.Parse(parent, block, pc)
}

// wordy reports whether r is neither space nor punctuation in CommonMark's sense, nor an underscore.
func wordy(r rune) bool { return !util.IsSpaceRune(r) && !util.IsPunctRune(r) }

// linkDefinitions collects [label]: address lines from paragraphs of a size at which that is quick.
type linkDefinitions struct{}

func (linkDefinitions) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines := node.Lines()
	first, last := lines.At(0), lines.At(lines.Len()-1)
	begin := first.TrimLeftSpace(reader.Source())
	if begin.Len() == 0 || reader.Source()[begin.Start] != '[' {
		return
	}
	if last.Stop-first.Start > maxDefinitions {
		stateOf(pc).report(begin.Start, begin.Start+1, diag.Error, "markdown/too-large",
			"this paragraph begins with a link definition and is too long to look for more of them",
			"put an empty line after every few definitions")
		return
	}
	parser.LinkReferenceParagraphTransformer.Transform(node, reader, pc)
}
