package yamlx

import (
	"fmt"
	"strconv"

	"gopkg.in/yaml.v3"

	"nwioi/internal/diag"
)

// A Form is what a value is written as.
type Form uint8

// The forms of a Value.
const (
	Nothing Form = iota // no value, null or ~
	Text
	List
	Keyed // a group of keys with values
)

// A Value is what a file says at one place, before any type is asked of it.
type Value struct {
	Form  Form
	Text  string   // of a Text: what its characters say, without quotation marks
	Items []*Value // of a List, and of a Keyed in the order of Keys
	Keys  []string // of a Keyed, in the order of the file
}

// Get returns the value of a key, or nil.
func (v *Value) Get(key string) *Value {
	if v != nil && v.Form == Keyed {
		for i, k := range v.Keys {
			if k == key {
				return v.Items[i]
			}
		}
	}
	return nil
}

// Read returns what a YAML document says, with the keys in their order; nil where it says nothing. The
// error is a sentence that says why it cannot be read that way: it is broken, or it has what Decode
// refuses (an alias, a key that is no text, a key that stands twice).
func Read(data []byte) (*Value, error) {
	clean, problems := CheckText("", data)
	if problems != nil {
		return nil, fmt.Errorf("%s", problems[0].Message)
	}
	root, err := parse(clean)
	if err != nil {
		return nil, err
	}
	if root == nil {
		return nil, nil
	}
	return written(root)
}

func written(n *yaml.Node) (*Value, error) {
	switch n.Kind {
	case yaml.ScalarNode:
		if n.Style == 0 && (n.Value == "" || n.Value == "~" || n.Value == "null") {
			return &Value{}, nil
		}
		return &Value{Form: Text, Text: n.Value}, nil
	case yaml.SequenceNode:
		v := &Value{Form: List}
		for _, item := range n.Content {
			one, err := written(item)
			if err != nil {
				return nil, err
			}
			v.Items = append(v.Items, one)
		}
		return v, nil
	case yaml.MappingNode:
		v := &Value{Form: Keyed}
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i]
			if !plainKey(key) {
				return nil, fmt.Errorf("line %d has a key that is no text", key.Line)
			}
			if v.Get(key.Value) != nil {
				return nil, fmt.Errorf("line %d has the key %q, which stands before it too", key.Line, key.Value)
			}
			one, err := written(n.Content[i+1])
			if err != nil {
				return nil, err
			}
			v.Keys, v.Items = append(v.Keys, key.Value), append(v.Items, one)
		}
		return v, nil
	}
	return nil, fmt.Errorf("line %d repeats another value instead of giving its own", n.Line)
}

// FieldAt is Locate the other way round: the path of the innermost field that is written at a place of
// the file, such as "licenses[0].expires" for the line and column of its date; "" where it is none.
func FieldAt(data []byte, firstLine int, at diag.Pos) string {
	return NewIndex(data, firstLine).FieldAt(at)
}

// FieldAt returns the path of the innermost field at a place of the file.
func (x *Index) FieldAt(at diag.Pos) string {
	line := at.Line - x.doc.first + 1
	begun := func(n *yaml.Node) bool { return n.Line < line || n.Line == line && n.Column <= at.Col }
	path := ""
	for n := x.root; n != nil; {
		var next *yaml.Node
		switch n.Kind {
		case yaml.MappingNode:
			key := ""
			for i := 0; i+1 < len(n.Content) && begun(n.Content[i]); i += 2 {
				key, next = n.Content[i].Value, n.Content[i+1]
			}
			if next != nil && path != "" {
				key = "." + key
			}
			path += key
		case yaml.SequenceNode:
			index := 0
			for i, item := range n.Content {
				// The hyphen before an item belongs to it.
				if !begun(item) && (n.Style&yaml.FlowStyle != 0 || item.Line != line || n.Column > at.Col) {
					break
				}
				index, next = i, item
			}
			if next != nil {
				path += "[" + strconv.Itoa(index) + "]"
			}
		}
		n = next
	}
	return path
}
