package schema

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"nwioi/internal/yamlx"
)

// An object is a JSON object whose keys stay in their order.
type object []member

type member struct {
	key   string
	value any // nil, bool, int, float64, string, []any or object
}

// JSON returns the node as a JSON Schema of draft-07, indented, with a line feed at the end.
func (n *Node) JSON() []byte {
	o := append(object{{"$schema", "http://json-schema.org/draft-07/schema#"}}, n.schema(n.Items != nil)...) // a list may be empty
	return append(encode(o, ""), '\n')
}

// schema returns the node for JSON Schema. A key that may be left out may also stand without a value,
// which YAML takes for null.
func (n *Node) schema(open bool) object {
	var o object
	add := func(key string, value any) { o = append(o, member{key, value}) }
	if n.Title != "" {
		add("title", n.Title)
	}
	if doc := n.description(); doc != "" {
		add("description", doc)
	}
	if len(n.Alternatives) > 0 {
		var ways []any
		for _, way := range n.Alternatives {
			ways = append(ways, way.schema(false))
		}
		if open {
			ways = append(ways, object{{"type", "null"}})
		}
		add("anyOf", ways)
	} else {
		n.kind(add, open)
	}
	if example := n.Example(); example != nil && n.Title != "" && len(n.Enum) == 0 {
		add("examples", []any{plainJSON(example)})
	}
	return o
}

// description is all that there is to say about a node in words.
func (n *Node) description() string {
	parts := []string{sentence(n.Doc)}
	form := n.Form
	if form == "" && n.Items != nil {
		form = n.Items.Form
	}
	if form != "" && !strings.Contains(n.Doc, form) && !strings.Contains(n.Doc, "https") {
		parts = append(parts, sentence("Write "+form))
	}
	return strings.TrimSpace(strings.Join(parts, " "))
}

// kind adds what holds for the type of a node.
func (n *Node) kind(add func(string, any), open bool) {
	switch types := n.types(open); {
	case n.free():
		// Editors that complete would offer true, false and null for every text if this stood outside.
		add("if", true)
		add("then", object{{"type", types}, {"errorMessage", "Write a text here, without brackets and without a hyphen before it."}})
	case len(types) == 1:
		add("type", types[0])
	case len(types) > 1:
		add("type", types)
	}
	switch n.Type {
	case "string":
		n.text(add, open)
	case "integer", "number":
		if n.Low != nil {
			add("minimum", *n.Low)
		}
		if n.High != nil {
			add("maximum", *n.High)
		}
	case "array":
		if n.Required {
			add("minItems", 1)
		}
		if n.Max > 0 {
			add("maxItems", n.Max)
		}
		add("items", n.Items.schema(false))
	case "object":
		if n.Items != nil {
			if n.Required {
				add("minProperties", 1)
			}
			add("additionalProperties", n.Items.schema(true))
			return
		}
		var required []any
		var properties object
		for _, p := range n.Properties {
			if p.Required {
				required = append(required, p.Key)
			}
			properties = append(properties, member{p.Key, p.schema(!p.Required)})
		}
		if required != nil {
			add("required", required)
		}
		add("properties", properties)
		add("additionalProperties", false)
		if len(n.conditions) > 0 {
			var all []any
			for _, c := range n.conditions {
				all = append(all, c)
			}
			add("allOf", all)
		}
	}
}

// text adds what holds for texts.
func (n *Node) text(add func(string, any), open bool) {
	if len(n.Enum) > 0 {
		var values, labels []any
		labelled := false
		for _, c := range n.Enum {
			values, labels = append(values, c.Value), append(labels, c.Label)
			labelled = labelled || c.Label != ""
		}
		if open {
			values, labels = append(values, nil), append(labels, "no answer yet")
		}
		add("enum", values)
		if labelled {
			add("enumDescriptions", labels)
			add("markdownEnumDescriptions", labels)
		}
		return
	}
	if n.Format == "since" { // a year, where it is a number
		add("minimum", 1000)
		add("maximum", 9999)
	}
	if n.Required {
		add("minLength", 1)
	}
	if n.Max > 0 {
		add("maxLength", n.Max)
	}
	switch {
	case n.Pattern != "":
		add("pattern", n.Pattern)
		if n.Form != "" {
			add("patternErrorMessage", sentence("Write "+n.Form))
		}
	case n.Required:
		add("pattern", `\S`)
		add("patternErrorMessage", "Write something here.")
	}
}

// free reports whether any text can stand at the node.
func (n *Node) free() bool {
	return n.Type == "string" && len(n.Enum) == 0 && !slices.Contains([]string{"date", "since", "consent"}, n.Format)
}

// types are the JSON types of a node. What looks like a number or a truth value is a text where a text is
// wanted, but an editor reads it as what it looks like.
func (n *Node) types(open bool) []any {
	var types []any
	switch {
	case n.Type == "":
		return nil
	case n.free():
		types = []any{"string", "number", "boolean"}
	case n.Format == "since":
		types = []any{"string", "integer"}
	case n.Format == "consent":
		types = []any{"string", "boolean"}
	default:
		types = []any{n.Type}
	}
	if open {
		types = append(types, "null")
	}
	return types
}

// plainJSON returns a value of a file in the types of this file.
func plainJSON(value any) any {
	switch v := value.(type) {
	case []any:
		list := []any{}
		for _, item := range v {
			list = append(list, plainJSON(item))
		}
		return list
	case yamlx.Group:
		o := object{}
		for _, e := range v {
			o = append(o, member{e.Key, plainJSON(e.Value)})
		}
		return o
	}
	return value
}

// encode writes JSON with two blanks for each level; what is short stands on one line.
func encode(value any, indent string) []byte {
	var open, shut string
	var parts [][]byte
	switch v := value.(type) {
	case object:
		open, shut = "{", "}"
		for _, m := range v {
			parts = append(parts, append(append(encode(m.key, ""), ": "...), encode(m.value, indent+"  ")...))
		}
	case []any:
		open, shut = "[", "]"
		for _, item := range v {
			parts = append(parts, encode(item, indent+"  "))
		}
	default:
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if err := e.Encode(value); err != nil {
			panic("schema: a value has no JSON: " + err.Error())
		}
		return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
	}
	line := open + string(bytes.Join(parts, []byte(", "))) + shut
	if len(indent)+len(line) <= 100 && !strings.Contains(line, "\n") {
		return []byte(line)
	}
	var b bytes.Buffer
	b.WriteString(open)
	for i, part := range parts {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n" + indent + "  ")
		b.Write(part)
	}
	b.WriteString("\n" + indent + shut)
	return b.Bytes()
}
