package yamlx

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"nwioi/internal/diag"
)

// A document is one YAML text while it is read: where it stands, and what is wrong with it.
type document struct {
	path     string
	data     []byte
	first    int // the file's line on which data begins
	lines    []string
	problems diag.List
}

// errSecond reports that another document follows the first.
type errSecond struct{ line int }

func (e *errSecond) Error() string { return "second document" }

// parse returns the root of the one document in data, or nil where there is nothing but comments. A
// panic of the YAML reader is an error like any other.
func parse(data []byte) (root *yaml.Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			root, err = nil, fmt.Errorf("yaml: %v", r)
		}
	}()
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var doc, next yaml.Node
	if err := decoder.Decode(&doc); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, nil
		}
		return nil, err
	}
	switch err := decoder.Decode(&next); {
	case err == nil:
		return nil, &errSecond{next.Line}
	case !errors.Is(err, io.EOF):
		return nil, err
	}
	if doc.Kind != yaml.DocumentNode || len(doc.Content) == 0 {
		return nil, nil
	}
	return doc.Content[0], nil
}

// line returns the text of a line of data, counted from 1, or "".
func (d *document) line(n int) string {
	if d.lines == nil {
		d.lines = strings.Split(string(d.data), "\n")
	}
	if n < 1 || n > len(d.lines) {
		return ""
	}
	return d.lines[n-1]
}

// maxProblems is how many problems of one file are reported. Nobody mends more at once, and a file that
// is something else entirely would drown all others.
const maxProblems = 100

// report adds an error at a place of data.
func (d *document) report(line, col, width int, rule, message, hint string) {
	switch {
	case len(d.problems) == maxProblems:
		rule, message, hint = "yaml/too-many-problems", "more is wrong in this file than can be listed", "mend what is listed first"
	case len(d.problems) > maxProblems:
		return
	}
	d.problems = append(d.problems, diag.Diagnostic{
		Path: d.path, Pos: diag.Pos{Line: line + d.first - 1, Col: col}, Width: width,
		Severity: diag.Error, Rule: rule, Message: message, Hint: hint, Source: d.line(line),
	})
}

// reportAt adds an error at a node.
func (d *document) reportAt(n *yaml.Node, rule, message, hint string) {
	d.report(n.Line, n.Column, d.width(n), rule, message, hint)
}

// rest returns the text of the node's line from the node on.
func (d *document) rest(n *yaml.Node) string {
	line := d.line(n.Line)
	for col := 1; col < n.Column && line != ""; col++ {
		_, size := utf8.DecodeRuneInString(line)
		line = line[size:]
	}
	return line
}

// width returns how many characters of its first line a node takes.
func (d *document) width(n *yaml.Node) int {
	text := d.rest(n)
	switch {
	case n.Kind == yaml.MappingNode && n.Style&yaml.FlowStyle == 0 && len(n.Content) > 0:
		return d.width(n.Content[0])
	case n.Kind == yaml.SequenceNode && n.Style&yaml.FlowStyle == 0:
		return 1
	case n.Kind == yaml.ScalarNode && n.Style == 0 && strings.HasPrefix(text, n.Value):
		return max(1, utf8.RuneCountInString(n.Value))
	case n.Kind == yaml.ScalarNode && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return 1
	case n.Kind == yaml.AliasNode:
		return 1 + utf8.RuneCountInString(n.Value)
	}
	return max(1, utf8.RuneCountInString(text[:extent(text)]))
}

// extent returns how many bytes of text the quoted text, bracket or words at its beginning take.
func extent(text string) int {
	depth, quote := 0, byte(0)
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quote == '"' && c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
				if depth == 0 {
					return i + 1
				}
			}
		case (c == '"' || c == '\'') && (depth > 0 || i == 0):
			quote = c
		case (c == '[' || c == '{') && (depth > 0 || i == 0):
			depth++
		case (c == ']' || c == '}') && depth > 0:
			if depth--; depth == 0 {
				return i + 1
			}
		case c == '#' && i > 0 && text[i-1] == ' ':
			return len(strings.TrimRight(text[:i], " \t"))
		}
	}
	return len(strings.TrimRight(text, " \t"))
}
