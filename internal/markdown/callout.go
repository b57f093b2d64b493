package markdown

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"nwioi/internal/diag"
)

// callouts are the kinds of callouts with their titles.
var callouts = []struct{ kind, title string }{
	{"note", "Note"}, {"tip", "Tip"}, {"important", "Important"}, {"warning", "Warning"}, {"caution", "Caution"},
}

var calloutLine = regexp.MustCompile(`^\[!([A-Za-z]+)\][ \t]*(.*)$`)

// calloutMarker takes the line [!NOTE] off the first paragraph of a quotation and makes the
// quotation a callout of that kind.
type calloutMarker struct{}

func (calloutMarker) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	quotation, ok := node.Parent().(*ast.Blockquote)
	if !ok || quotation.FirstChild() != node {
		return
	}
	line := node.Lines().At(0)
	line = line.TrimLeftSpace(reader.Source())
	line = line.TrimRightSpace(reader.Source())
	m := calloutLine.FindSubmatch(line.Value(reader.Source()))
	if m == nil {
		return
	}
	s := stateOf(pc)
	kind := strings.ToLower(string(m[1]))
	var known []string
	for i, c := range callouts {
		known = append(known, c.kind)
		if c.kind != kind {
			continue
		}
		if len(m[2]) > 0 {
			s.report(line.Start, line.Stop, diag.Error, "markdown/callout",
				"the word that makes a quotation a callout needs a line of its own",
				"move what follows "+strings.ToUpper("[!"+kind+"]")+" to the next line, after another >")
			return
		}
		quotation.SetAttribute([]byte("callout"), i)
		node.Lines().SetSliced(1, node.Lines().Len())
		if node.Lines().Len() == 0 {
			quotation.RemoveChild(quotation, node)
		}
		return
	}
	hint := "use NOTE, TIP, IMPORTANT, WARNING or CAUTION"
	if near := diag.Nearest(kind, known); near != "" {
		hint = "did you mean [!" + strings.ToUpper(near) + "]?"
	}
	s.report(line.Start, line.Start+len(m[1])+3, diag.Error, "markdown/callout",
		quote(string(m[1]))+" is not a kind of callout", hint)
}

// callout writes a quotation that is a callout.
func (w *writer) callout(n *ast.Blockquote, index int) {
	c := callouts[index]
	w.callouts++
	w.raw(`<aside class="callout callout-`, c.kind, `" role="note" aria-labelledby="`)
	w.id("callout", w.callouts, 0)
	w.raw("\">\n<p class=\"callout-title\" id=\"")
	w.id("callout", w.callouts, 0)
	w.raw(`">`, c.title, "</p>\n")
	w.blocks(n)
	w.raw("</aside>\n")
}
