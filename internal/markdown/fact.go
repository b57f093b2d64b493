package markdown

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"nwioi/internal/diag"
)

// A fact is a citation: {{fact "courses.sar.credits"}}.
type fact struct {
	ast.BaseInline
	id    string
	start int // of the id in the source
}

var kindFact = ast.NewNodeKind("Fact")

func (*fact) Kind() ast.NodeKind { return kindFact }

func (n *fact) Dump(source []byte, level int) {
	ast.DumpHelper(n, source, level, map[string]string{"ID": n.id}, nil)
}

const factHint = `write {{fact "courses.sar.credits"}} with the id of a fact between straight quotes`

var factCall = regexp.MustCompile(`^\{\{[ \t]*fact[ \t]+"([A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*)"[ \t]*\}\}`)

// maxFact is how many bytes a citation may have.
const maxFact = 300

// factParser reads citations before anything else sees their quotes and hyphens. Two braces in text
// mean nothing else, so what begins with them and is no citation is an error.
type factParser struct{}

func (factParser) Trigger() []byte { return []byte{'{'} }

func (factParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if len(line) < 2 || line[1] != '{' {
		return nil
	}
	s := stateOf(pc)
	if !s.spend(parent, block) {
		return nil
	}
	start := segment.Start
	line = line[:min(len(line), maxFact)]
	m := factCall.FindSubmatchIndex(line)
	if m == nil {
		width := 2
		if end := bytes.Index(line, []byte("}}")); end >= 0 {
			width = end + 2
		}
		s.report(start, start+width, diag.Error, "markdown/fact",
			quote(string(line[:width]))+" is not a fact that can be looked up", factHint+`; for plain braces write \{\{`)
		node := ast.NewRawTextSegment(segment.WithStop(segment.Start + 2))
		block.Advance(2)
		return node
	}
	if !s.opt.Facts {
		s.report(start, start+m[1], diag.Error, "markdown/fact",
			"a fact of the institute cannot be cited in this text", "write it in words")
	}
	node := &fact{id: string(line[m[2]:m[3]]), start: start + m[2]}
	node.SetPos(start)
	block.Advance(m[1])
	return node
}
