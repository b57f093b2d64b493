package yamlx

import (
	"strings"

	"gopkg.in/yaml.v3"
)

// A writer writes new values in the manner of a document.
type writer struct {
	step     int  // how far keys are indented below a key
	listStep int  // how far hyphens are
	quoted   bool // every text stands between quotation marks
}

// flowWidth is how long a list between brackets may be before its items get lines of their own.
const flowWidth = 80

// writer returns a writer that indents as the document does.
func (d *editing) writer() writer {
	w := writer{step: 2, listStep: 2}
	if d.root != nil {
		d.manner(d.root, &w, map[yaml.Kind]bool{})
	}
	return w
}

// manner looks for the first group and the first list below a key.
func (d *editing) manner(n *yaml.Node, w *writer, seen map[yaml.Kind]bool) {
	for i, value := range n.Content {
		if n.Kind == yaml.MappingNode && n.Style&yaml.FlowStyle == 0 && i%2 == 1 && value.Style&yaml.FlowStyle == 0 && !seen[value.Kind] {
			s := d.spots[value]
			switch by := d.column(s.start) - s.margin; {
			case value.Kind == yaml.MappingNode && by > 0:
				seen[value.Kind], w.step = true, by
			case value.Kind == yaml.SequenceNode && by >= 0:
				seen[value.Kind], w.listStep = true, by
			}
		}
		d.manner(value, w, seen)
	}
}

// fresh writes a single value where none was.
func (w writer) fresh(v any, flow bool) string {
	if text, ok := v.(string); ok && (w.quoted || !plainFor(text, nil)) {
		return doubleQuoted(text)
	}
	return inLine(v, plain, flow)
}

// like writes an item on one line, in the quotation marks of its sibling.
func (w writer) like(v any, sibling *yaml.Node, flow bool) string {
	text, ok := v.(string)
	old := styleOf(sibling)
	switch {
	case !ok:
		return w.flow(v)
	case old == single, old == double:
		return inLine(text, old, flow)
	case !w.quoted && plainFor(text, sibling):
		return inLine(text, plain, flow)
	}
	return w.fresh(text, flow)
}

func (writer) key(key string) string { return writer{}.fresh(key, true) + ":" }

// flow writes a value for a place between brackets.
func (w writer) flow(v any) string {
	var parts []string
	switch v := v.(type) {
	case Group:
		for _, entry := range v {
			parts = append(parts, w.key(entry.Key)+" "+w.flow(entry.Value))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case []any:
		for _, one := range v {
			parts = append(parts, w.flow(one))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return w.fresh(v, true)
}

// block writes the value of a key, or of a hyphen, that stands in a column (from 0): what follows on its
// line, and the lines below.
func (w writer) block(v any, column int, hyphen bool) (head string, body []string) {
	inner := column + w.step
	if hyphen {
		inner = column + len("- ")
	}
	switch v := v.(type) {
	case string:
		if overSeveral(v) && !w.quoted {
			return asBlock(v, block{indent: inner}, column)
		}
	case []any:
		if !hyphen {
			inner = column + w.listStep
		}
		if len(v) == 0 || w.short(v) {
			return w.flow(v), nil
		}
		for _, one := range v {
			head, below := w.block(one, inner, true)
			body = append(append(body, pad(inner)+"- "+head), below...)
		}
	case Group:
		if len(v) == 0 {
			return "{}", nil
		}
		for _, entry := range v {
			body = append(body, w.entry(entry.Key, entry.Value, inner)...)
		}
	}
	switch {
	case body == nil:
		return w.fresh(v, false), nil
	case hyphen:
		return body[0][inner:], body[1:]
	}
	return "", body
}

// entry writes a key in a column with its value.
func (w writer) entry(key string, v any, column int) []string {
	head, body := w.block(v, column, false)
	line := pad(column) + w.key(key)
	if head != "" {
		line += " " + head
	}
	return append([]string{line}, body...)
}

// short reports whether a list reads well between brackets: single values that fit a line.
func (w writer) short(list []any) bool {
	for _, one := range list {
		switch v := one.(type) {
		case Group, []any:
			return false
		case string:
			if strings.Contains(v, "\n") {
				return false
			}
		}
	}
	return len(w.flow(list)) <= flowWidth
}

func pad(n int) string { return strings.Repeat(" ", n) }
