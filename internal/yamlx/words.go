package yamlx

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"gopkg.in/yaml.v3"

	"nwioi/internal/diag"
)

// unknown reports a key that a group does not know.
func (d *decoder) unknown(p *plan, key *yaml.Node, t target) {
	where := "here"
	if t.key != nil {
		where = "in " + t.String()
	}
	message := shown(key) + " is not a key that is known " + where
	if key.Value == "" {
		message = "a key is missing before this colon"
	}
	var hint string
	switch near := diag.Nearest(key.Value, p.keys); {
	case near != "":
		hint = "did you mean " + quoted(near) + "?"
	case len(p.keys) > 0 && len(p.keys) <= 16:
		hint = "the keys are " + strings.Join(p.keys, ", ")
	default:
		hint = "remove it, or look up the keys in a record that works"
	}
	d.reportAt(key, "yaml/unknown-key", message, hint)
}

// twice reports a key that stands in a group a second time.
func (d *decoder) twice(first, again *yaml.Node) {
	message := fmt.Sprintf("%s stands here on line %d and before on line %d", shown(again), again.Line+d.first-1, first.Line+d.first-1)
	if first.Line == again.Line {
		message = fmt.Sprintf("%s stands twice on line %d", shown(again), again.Line+d.first-1)
	}
	d.reportAt(again, "yaml/duplicate-key", message, "keep one of the two; the first was read")
}

// wrong reports a value of the wrong type: what is wanted, and what was found.
func (d *decoder) wrong(p *plan, n *yaml.Node, t target) {
	at := n
	if t.key != nil && !t.item && overLines(n) {
		at = t.key
	}
	d.reportAt(at, "yaml/type", fmt.Sprintf("%s wants %s, but %s stands here", t, wanted(p), found(n)), remedy(p, n))
}

// wanted names what a type wants.
func wanted(p *plan) string {
	if d, ok := reflect.New(p.typ).Interface().(Describer); ok {
		return d.Wanted()
	}
	switch p.kind {
	case kindText:
		return "a text"
	case kindBool:
		return "true or false"
	case kindInt:
		return "a whole number"
	case kindFloat:
		return "a number"
	case kindList:
		return "a list"
	case kindPointer:
		return wanted(p.elem)
	case kindStruct, kindMap, kindOrdered:
		return "keys with values"
	}
	return "a single value"
}

// found names what stands at a node.
func found(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a group of keys with values"
	case yaml.SequenceNode:
		return "a list"
	}
	if n.Value == "" {
		return "an empty text"
	}
	if n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 {
		return "the quoted text " + shown(n)
	}
	return shown(n)
}

// remedy says what to write instead of a value of the wrong type.
func remedy(p *plan, n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode && (p.kind == kindText || p.kind == kindOwn):
		return `where a colon belongs to a text, put the whole text in quotes: "…"`
	case n.Kind == yaml.SequenceNode && (p.kind == kindText || p.kind == kindOwn):
		return "write one value, without brackets and without a hyphen before it"
	case n.Kind == yaml.MappingNode && p.kind == kindList:
		return "begin each item with a hyphen and a space"
	case p.kind == kindList && n.Kind == yaml.ScalarNode && !strings.ContainsAny(n.Value, "\n,:#[]{}\"'") && len(n.Value) < 60:
		return "write [" + n.Value + "]"
	case p.kind == kindList:
		return `write [one, another], or begin each item on a line of its own with "- "`
	case p.kind == kindBool:
		switch strings.ToLower(n.Value) {
		case "yes", "y", "on", "true", "1":
			return "write true, without quotes"
		case "no", "n", "off", "false", "0":
			return "write false, without quotes"
		}
		return "write true or false, without quotes"
	case p.kind == kindInt || p.kind == kindFloat:
		if plain := figure(n.Value); p.kind == kindInt && decimal(plain) || p.kind == kindFloat && number(plain) {
			return "write " + plain + ", without quotes or anything else"
		}
		return "write the figure alone"
	case p.kind == kindStruct && len(p.keys) > 0:
		return "its keys are " + firstOf(p.keys, 8)
	case n.Kind == yaml.SequenceNode:
		return "write it without brackets and without a hyphen before it"
	}
	return "write its keys on the lines below, indented, each with a colon and a value"
}

var thousands = regexp.MustCompile(`^[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$`)

// figure returns what is most likely meant by a number that is not written as one: $1,500 or 007.
func figure(text string) string {
	text = strings.TrimSpace(strings.Trim(text, "$+"))
	if thousands.MatchString(text) {
		text = strings.ReplaceAll(text, ",", "")
	} else {
		text = strings.Replace(text, ",", ".", 1)
	}
	if trimmed := strings.TrimLeft(text, "0"); trimmed != "" && trimmed[0] != '.' {
		return trimmed
	}
	return text
}

// need says what to do about a needed key that is not there, or is there without a value.
func need(f *field, there bool) string {
	hint := "add " + f.key + ":"
	if there {
		hint = "write a value after " + f.key + ":"
	}
	if f.choice != nil {
		hint += " " + oneOf(f.choice)
	}
	if f.doc != "" {
		hint += " (" + strings.TrimSuffix(f.doc, ".") + ")"
	}
	return hint
}

// shown quotes a scalar's text for a sentence, shortened to its first words.
func shown(n *yaml.Node) string {
	text, _, more := strings.Cut(n.Value, "\n")
	runes := []rune(text)
	if len(runes) > 60 {
		runes, more = runes[:57], true
	}
	if more {
		return quoted(string(runes) + "…")
	}
	return quoted(string(runes))
}
