package markdown

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"nwioi/internal/diag"
)

// The bounds of tables. Rows are filled up to the width of the header, so that a short row costs as
// much as a long one: a few kilobytes could become a hundred megabytes.
const (
	maxColumns = 100
	maxCells   = 20000
	cellBytes  = len("<td></td>")
)

// boundedTable makes tables of paragraphs, after it has looked at how large they would become.
type boundedTable struct{}

var tables = extension.NewTableParagraphTransformer()

func (boundedTable) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines := node.Lines()
	src := reader.Source()
	for i := 1; i < lines.Len(); i++ {
		line := lines.At(i)
		if !delimits(src[line.Start:line.Stop]) {
			continue
		}
		header := lines.At(i - 1)
		s := stateOf(pc)
		columns := columns(src[line.Start:line.Stop])
		start := header.TrimLeftSpace(src).Start
		rows := lines.Len() - i
		switch {
		case columns > maxColumns:
			s.report(start, header.Stop, diag.Error, "markdown/too-wide",
				"this table has "+strconv.Itoa(columns)+" columns, and "+strconv.Itoa(maxColumns)+" are the most",
				"divide it into several tables; more than five columns are hard to read on a phone")
			return
		case columns*rows > maxCells, columns*rows*cellBytes > maxGrowth*len(src):
			s.report(start, header.Stop, diag.Error, "markdown/too-large",
				"this table would have "+strconv.Itoa(columns*rows)+" cells, which is more than a page can hold",
				"divide it into several tables, or leave out the columns that are empty")
			return
		}
	}
	tables.Transform(node, reader, pc)
}

// delimits reports whether a line may be the one between the header and the rows of a table.
func delimits(line []byte) bool {
	dash, other := false, false
	for _, c := range line {
		switch c {
		case '-':
			dash = true
		case '|', ':':
			other = true
		case ' ', '\t', '\n':
		default:
			return false
		}
	}
	return dash && other
}

// columns counts the columns that a delimiter line announces.
func columns(line []byte) int {
	line = bytes.TrimSpace(line)
	line = bytes.TrimSuffix(bytes.TrimPrefix(line, []byte("|")), []byte("|"))
	return bytes.Count(line, []byte("|")) + 1
}

// table writes a table in a region that can be scrolled with the keyboard where it is too wide for
// the screen (WCAG 2.1.1). The region's name is made of the header, and no two are the same.
func (w *writer) table(n *east.Table) {
	header, _ := n.FirstChild().(*east.TableHeader)
	w.raw(`<div class="table" tabindex="0" role="region" aria-label="`)
	name := len(w.out)
	w.raw("\">\n<table>\n")
	if header != nil {
		from := len(w.text)
		w.raw("<thead>\n")
		w.row(header, "th")
		w.raw("</thead>\n")
		label := w.tableName(string(w.text[from:]))
		w.insert(name, label)
	}
	first := true
	for c := n.FirstChild(); c != nil && !w.stopped; c = c.NextSibling() {
		row, ok := c.(*east.TableRow)
		if !ok {
			continue
		}
		if first {
			w.raw("<tbody>\n")
			first = false
		}
		w.row(row, "td")
	}
	if !first {
		w.raw("</tbody>\n")
	}
	w.raw("</table>\n</div>\n")
}

// row writes the cells of a row. An empty header cell is an ordinary cell: a header without words
// names nothing.
func (w *writer) row(n ast.Node, tag string) {
	w.raw("<tr>\n")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		cell, ok := c.(*east.TableCell)
		if !ok {
			continue
		}
		element := tag
		if !cell.HasChildren() {
			element = "td"
		}
		w.raw("<", element)
		if element == "th" {
			w.raw(` scope="col"`)
		}
		switch cell.Alignment {
		case east.AlignRight:
			w.raw(` class="right"`)
		case east.AlignCenter:
			w.raw(` class="center"`)
		}
		w.raw(">")
		w.begin(Cell)
		w.inlines(cell)
		w.end()
		w.raw("</", element, ">\n")
	}
	w.raw("</tr>\n")
}

// tableName makes the name of a table's region, escaped, of the text of its header cells.
func (w *writer) tableName(cells string) string {
	var names []string
	for cell := range strings.SplitSeq(strings.ReplaceAll(cells, FactMark, ""), "\n") {
		if cell = strings.Join(strings.Fields(cell), " "); cell != "" {
			names = append(names, cell)
		}
	}
	name := "Table"
	if len(names) > 0 {
		name = "Table: " + Shorten(strings.Join(names, ", "), 80)
	}
	return string(appendAttr(nil, w.names.unique(name, func(n int) string { return " (" + strconv.Itoa(n) + ")" })))
}
