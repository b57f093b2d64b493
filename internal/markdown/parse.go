package markdown

import (
	"bytes"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"nwioi/internal/diag"
)

// MaxBody is how many bytes a body may have.
const MaxBody = 1 << 20

// Parse reads the body of the file at path, which begins on line firstLine of it. It never fails:
// what cannot be read stands in the output as plain text, or not at all, and in the diagnostics.
// Only a body that is over a bound as a whole yields an empty Doc. body is not modified and not
// kept.
func Parse(path string, body []byte, firstLine int, opt Options) (*Doc, diag.List) {
	if opt.TopHeading == 0 {
		opt.TopHeading = 2
	}
	s := &state{path: path, firstLine: firstLine, opt: opt}
	if len(body) > MaxBody {
		s.src = body[:min(len(body), 200)]
		s.report(0, 0, diag.Error, "markdown/too-large",
			"the text has "+strconv.Itoa(len(body)>>10)+" kB, which is more than one page can hold",
			"divide it among several pages")
		return &Doc{prefix: opt.AnchorPrefix}, s.problems
	}
	s.src = normal(body)
	context := parser.NewContext()
	context.Set(stateKey, s)
	root := commonMark.Parse(text.NewReader(s.src), parser.WithContext(context))

	r := writers.Get().(*writer)
	doc := r.document(s, root)
	*r = writer{out: r.out[:0], text: r.text[:0], cuts: r.cuts[:0], marks: r.marks[:0], runs: r.runs[:0]}
	writers.Put(r)
	return doc, s.problems
}

// writers keeps the buffers of finished documents for the next ones.
var writers = sync.Pool{New: func() any { return new(writer) }}

// normal returns text that is UTF-8 with "\n" at line ends; characters keep their line and column.
func normal(body []byte) []byte {
	if !utf8.Valid(body) {
		body = bytes.ToValidUTF8(body, []byte("\uFFFD"))
	}
	if bytes.IndexByte(body, '\r') >= 0 {
		body = bytes.ReplaceAll(body, []byte("\r\n"), []byte("\n"))
		body = bytes.ReplaceAll(body, []byte("\r"), []byte(" "))
	}
	return body
}

// commonMark is goldmark's parser with its extensions, each behind the bound or the rule of this
// package that concerns it. It is safe for concurrent use. The numbers are goldmark's: parsers with
// lower ones are asked first.
var commonMark = parser.NewParser(
	parser.WithBlockParsers(
		util.Prioritized(parser.NewSetextHeadingParser(), 100),
		util.Prioritized(nested{extension.NewDefinitionListParser()}, 101),
		util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(nested{parser.NewListParser()}, 300),
		util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(parser.NewCodeBlockParser(), 500),
		util.Prioritized(parser.NewATXHeadingParser(), 600),
		util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
		util.Prioritized(nested{parser.NewBlockquoteParser()}, 800),
		util.Prioritized(parser.NewHTMLBlockParser(), 900),
		util.Prioritized(footnoteText{extension.NewFootnoteBlockParser()}, 999),
		util.Prioritized(parser.NewParagraphParser(), 1000),
	),
	parser.WithInlineParsers(
		util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
		util.Prioritized(factParser{}, 50),
		util.Prioritized(metered{parser.NewCodeSpanParser()}, 100),
		util.Prioritized(footnoteMark{extension.NewFootnoteParser()}, 101),
		util.Prioritized(meteredLink{metered{parser.NewLinkParser()}}, 200),
		util.Prioritized(metered{parser.NewAutoLinkParser()}, 300),
		util.Prioritized(metered{parser.NewRawHTMLParser()}, 400),
		util.Prioritized(emphasis{metered{parser.NewEmphasisParser()}}, 500),
		util.Prioritized(metered{extension.NewStrikethroughParser()}, 501),
		util.Prioritized(bareAddress{}, 999),
	),
	parser.WithParagraphTransformers(
		util.Prioritized(calloutMarker{}, 50),
		util.Prioritized(linkDefinitions{}, 100),
		util.Prioritized(boundedTable{}, 200),
	),
	parser.WithASTTransformers(
		util.Prioritized(extension.NewTableASTTransformer(), 0),
	),
)

var stateKey = parser.NewContextKey()

// stateOf returns the state of the body that is being parsed.
func stateOf(pc parser.Context) *state { return pc.Get(stateKey).(*state) }

// A state is what the parsers and the writer of one body share.
type state struct {
	src       []byte
	path      string
	firstLine int
	opt       Options
	problems  diag.List
	places    places

	metered   ast.Node // the block whose marks are counted
	marks     int      // how many it has
	footnotes []footnote
	tags      map[string]bool // HTML elements that were reported
}

// maxProblems bounds the report of one body.
const maxProblems = 1000

// report adds a problem with the source from a byte offset to another.
func (s *state) report(from, to int, severity diag.Severity, rule, message, hint string) {
	if len(s.problems) >= maxProblems {
		return
	}
	from = min(max(from, 0), len(s.src))
	line := s.line(from)
	width := 0
	if to = min(to, from+len(line), len(s.src)); to > from {
		piece, _, _ := bytes.Cut(s.src[from:to], []byte("\n"))
		width = utf8.RuneCount(piece)
	}
	s.problems = append(s.problems, diag.Diagnostic{
		Path: s.path, Pos: s.pos(from), Width: width, Severity: severity,
		Rule: rule, Message: message, Hint: hint, Source: line,
	})
}

// line returns the line around an offset, or "" where it is too long to be shown.
func (s *state) line(offset int) string {
	const most = 2000
	from := bytes.LastIndexByte(s.src[max(0, offset-most):offset], '\n') + 1 + max(0, offset-most)
	to := bytes.IndexByte(s.src[offset:min(len(s.src), offset+most)], '\n')
	if to < 0 {
		to = len(s.src) - offset
	}
	if offset+to-from > most {
		return ""
	}
	return string(s.src[from : offset+to])
}

// quote shows what an author wrote, shortened.
func quote(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	return `"` + Shorten(text, 60) + `"`
}
