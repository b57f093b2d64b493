package schema

import (
	"fmt"
	"strconv"
	"strings"

	"nwioi/internal/yamlx"
)

// A Node is what may stand at one place of a record.
type Node struct {
	Title        string // in plain words: "First session"
	Doc          string // what to write, and who sees it
	Type         string // as JSON Schema calls it: string, boolean, integer, number, object, array; "" for anything, or where there are Alternatives
	Format       string // date, or the format that the tag names; "" for none
	Pattern      string // a regular expression that a text matches; "" for none
	Form         string // the pattern in words
	Required     bool   // the record cannot be without it
	Max          int    // characters of a text, items of a list; 0 for any number
	Low, High    *float64
	Examples     []any      // string, bool, int, float64, []any or yamlx.Group, as in yamlx.Edit
	Facet        string     // the vocabulary that Enum comes from, or ""
	Enum         []Choice   // the texts that it can be; none: any
	Properties   []Property // of an object with known keys, in order
	Items        *Node      // of a list; of an object without Properties, its values under keys of any name
	Alternatives []*Node    // ways to write it, of which each will do

	conditions []object // what the keys of a group ask of each other, in JSON Schema
}

// A Property is a key of a group.
type Property struct {
	Key string
	*Node
}

// A Choice is a text that a value can be, and what it means.
type Choice struct{ Value, Label string }

// Property returns the node of a key, or nil.
func (n *Node) Property(key string) *Node {
	if n == nil {
		return nil
	}
	for _, p := range n.Properties {
		if p.Key == key {
			return p.Node
		}
	}
	return nil
}

// Example returns a value that can stand at the node: an example that is given, the first choice, or for a
// group that of its required keys. It is nil where there is nothing to show.
func (n *Node) Example() any {
	switch {
	case len(n.Examples) > 0:
		return n.Examples[0]
	case len(n.Enum) > 0:
		return n.Enum[0].Value
	case len(n.Alternatives) > 0:
		return n.Alternatives[0].Example()
	case n.Type == "array":
		if one := n.Items.Example(); one != nil {
			return []any{one}
		}
	case n.Type == "object":
		var g yamlx.Group
		for _, p := range n.Properties {
			if one := p.Example(); p.Required && one != nil {
				g = append(g, yamlx.Entry[any]{Key: p.Key, Value: one})
			}
		}
		if g != nil {
			return g
		}
	}
	return nil
}

// choose makes choices of a node's texts.
func (n *Node) choose(choices []Choice) { n.Enum, n.Pattern, n.Form = choices, "", "" }

// A maker makes nodes with the words of the vocabularies.
type maker struct{ words Vocabularies }

func (m maker) root(k Kind) *Node { return m.node(yamlx.ShapeOf(k.typ)) }

// node makes the node of a type.
func (m maker) node(s yamlx.Shape) *Node {
	if own := m.own(s); own != nil {
		return own
	}
	n := &Node{}
	switch s.Writing() {
	case yamlx.WrittenAnyhow:
	case yamlx.WrittenText:
		n.Type = "string"
	case yamlx.WrittenBool:
		n.Type = "boolean"
	case yamlx.WrittenInteger:
		n.Type = "integer"
	case yamlx.WrittenNumber:
		n.Type = "number"
	case yamlx.WrittenList:
		n.Type, n.Items = "array", m.node(s.Item())
	case yamlx.WrittenEntries:
		n.Type, n.Items = "object", m.node(s.Item())
	case yamlx.WrittenGroup:
		m.group(n, s)
	default:
		panic(fmt.Sprintf("schema: nobody says how a %v is written", s.Type()))
	}
	return n
}

// group makes the keys of a node.
func (m maker) group(n *Node, s yamlx.Shape) {
	n.Type = "object"
	for _, k := range s.Keys() {
		n.Properties = append(n.Properties, Property{k.Name, m.key(k)})
	}
	n.conditions = m.conditions(s.Type())
}

// key makes the node of a key, with all that its tags say.
func (m maker) key(k yamlx.Key) *Node {
	n := m.node(k.Shape)
	n.Title = k.Tag.Get("title")
	if n.Title == "" {
		n.Title = plain(k.Name)
	}
	n.Doc, n.Required, n.Max = k.Doc, k.Needed, k.Max
	// What is said of texts holds for each text of a list.
	one := n
	if n.Type == "array" {
		one = n.Items
	}
	if k.Pattern != nil {
		one.Pattern, one.Form = k.Pattern.String(), k.Form
	}
	if k.Choice != nil {
		var choices []Choice
		for _, word := range k.Choice {
			choices = append(choices, Choice{word, ""})
		}
		one.choose(choices)
	}
	if format := k.Tag.Get("format"); format != "" {
		one.format(format)
	}
	if facet := k.Tag.Get("words"); facet != "" {
		one.Facet = facet
		one.choose(m.choices(facet))
	}
	if bounds := k.Tag.Get("range"); bounds != "" {
		low, high, _ := strings.Cut(bounds, " ")
		n.Low, n.High = bound(low), bound(high)
	}
	if example := k.Tag.Get("example"); example != "" {
		v, err := yamlx.Read([]byte(example))
		if err != nil {
			panic(fmt.Sprintf("schema: the example of %s cannot be read: %v", k.Name, err))
		}
		n.Examples = []any{n.value(v)}
	}
	return n
}

func bound(text string) *float64 {
	if text == "*" {
		return nil
	}
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		panic("schema: a bound is no number: " + text)
	}
	return &x
}

// value returns what a file says at a node, with numbers and truth values as such.
func (n *Node) value(v *yamlx.Value) any {
	switch v.Form {
	case yamlx.List:
		list := []any{}
		for _, item := range v.Items {
			list = append(list, n.Items.value(item))
		}
		return list
	case yamlx.Keyed:
		g := yamlx.Group{}
		for i, key := range v.Keys {
			of := n.Property(key)
			if of == nil {
				of = n.Items
			}
			for _, other := range n.Alternatives {
				if of == nil {
					of = other.Property(key)
				}
			}
			g = append(g, yamlx.Entry[any]{Key: key, Value: of.value(v.Items[i])})
		}
		return g
	}
	switch n.Type {
	case "boolean":
		return v.Text == "true"
	case "integer":
		i, _ := strconv.Atoi(v.Text)
		return i
	case "number":
		x, _ := strconv.ParseFloat(v.Text, 64)
		return x
	}
	return v.Text
}

// plain turns a key or noun into words that begin with a capital: "first_session" into "First session".
func plain(key string) string {
	words := strings.ReplaceAll(key, "_", " ")
	return strings.ToUpper(words[:1]) + words[1:]
}
