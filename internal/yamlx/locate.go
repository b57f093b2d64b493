package yamlx

import (
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"nwioi/internal/diag"
)

// Locate returns the place of a value in a YAML text whose first line is line firstLine of its file:
// where it begins, how many characters it takes on that line, and the line. The field is a path of
// keys and of numbers counted from 0, such as "licenses[0].expires" or "name.family"; "" is the whole
// text. A group or list that is written over several lines stands at its key. Where the field is
// absent, the place is that of the nearest value around it, and in the end the first line.
func Locate(data []byte, firstLine int, field string) (pos diag.Pos, width int, sourceLine string) {
	return NewIndex(data, firstLine).Find(field)
}

// An Index finds many places in one text, which it reads once. It belongs to one goroutine.
type Index struct {
	doc  document
	root *yaml.Node
}

// NewIndex returns the index of a YAML text whose first line is line firstLine of its file. A text
// that cannot be read has an index that knows the first line only.
func NewIndex(data []byte, firstLine int) *Index {
	clean, problems := CheckText("", data)
	if problems != nil {
		return &Index{doc: document{first: firstLine}}
	}
	root, _ := parse(clean)
	return &Index{document{data: clean, first: firstLine}, root}
}

// Find returns the place of a field as Locate does.
func (x *Index) Find(field string) (pos diag.Pos, width int, sourceLine string) {
	at, _, _ := x.find(field)
	if at == nil {
		return diag.Pos{Line: x.doc.first, Col: 1}, 0, x.doc.line(1)
	}
	return diag.Pos{Line: at.Line + x.doc.first - 1, Col: at.Column}, x.doc.width(at), x.doc.line(at.Line)
}

// Within returns the place in the file of a place within the text of a field, such as a word of a
// Markdown text: at counts lines and columns of the value from 1. It is exact for a block of text
// after | and for a text on one line without escapes; otherwise it is where the value begins.
func (x *Index) Within(field string, at diag.Pos) (pos diag.Pos, sourceLine string) {
	_, n, ok := x.find(field)
	if !ok || n.Kind != yaml.ScalarNode {
		pos, _, sourceLine = x.Find(field)
		return pos, sourceLine
	}
	line, col := n.Line, n.Column
	switch {
	case n.Style&yaml.LiteralStyle != 0:
		_, indent := x.doc.block(n)
		line, col = n.Line+max(1, at.Line), indent+max(1, at.Col)
	case n.Style&yaml.FoldedStyle == 0 && at.Line <= 1 && strings.Contains(x.doc.rest(n), n.Value):
		if n.Style != 0 {
			col++ // the quotation mark
		}
		col += max(1, at.Col) - 1
	}
	return diag.Pos{Line: line + x.doc.first - 1, Col: col}, x.doc.line(line)
}

// find returns the node that shows where the field is (nil for the whole text), the field's own node,
// and whether all of the path was found.
func (x *Index) find(field string) (at, value *yaml.Node, ok bool) {
	value = x.root
	for field != "" && value != nil {
		var key, next *yaml.Node
		switch value.Kind {
		case yaml.MappingNode:
			key, next, field = longestKey(value, strings.TrimPrefix(field, "."))
		case yaml.SequenceNode:
			next, field = item(value, field)
		}
		if next == nil {
			return at, value, false
		}
		if at = next; key != nil && overLines(next) {
			at = key
		}
		value = next
	}
	return at, value, value != nil
}

// longestKey returns the key of a mapping that begins the path, its value, and the path after it.
// Keys may hold dots themselves: the longest wins.
func longestKey(n *yaml.Node, path string) (key, value *yaml.Node, rest string) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		after, ok := strings.CutPrefix(path, k.Value)
		if ok && (after == "" || after[0] == '.' || after[0] == '[') && (key == nil || len(k.Value) > len(key.Value)) {
			key, value, rest = k, n.Content[i+1], after
		}
	}
	return key, value, rest
}

// item returns the item of a sequence whose number begins the path, and the path after it.
func item(n *yaml.Node, path string) (value *yaml.Node, rest string) {
	number, rest, ok := strings.Cut(strings.TrimPrefix(path, "["), "]")
	i, err := strconv.Atoi(number)
	if !ok || err != nil || i < 0 || i >= len(n.Content) {
		return nil, ""
	}
	return n.Content[i], rest
}

// overLines reports whether a node is shown by its key: a group or list of several lines, or nothing.
func overLines(n *yaml.Node) bool {
	switch n.Kind {
	case yaml.MappingNode, yaml.SequenceNode:
		return n.Style&yaml.FlowStyle == 0
	case yaml.ScalarNode:
		return n.Style == 0 && n.Value == ""
	}
	return false
}
