package edit

import (
	"reflect"
	"strconv"
	"strings"

	"nwioi/internal/site"
)

// stand-in until package schema is there
type Node struct {
	Title, Doc, Type, Format, Pattern, Form string
	Required                                bool
	Max                                     int
	Properties                              []Property
	Items                                   *Node
	Enum                                    []Choice
	Alternatives                            []*Node
}
type Property struct {
	Key string
	*Node
}
type Choice struct{ Value, Label string }

func nodeOf(kind string, e *site.Edition) *Node {
	var v any
	switch kind {
	case "practitioner":
		v = site.Practitioner{}
	case "course":
		v = site.Course{}
	case "event":
		v = site.Event{}
	case "award":
		v = site.Award{}
	case "news", "page":
		v = site.FrontMatter{}
	case "facts":
		v = map[string]site.FactEntry{}
	}
	n := reflectNode(reflect.TypeOf(v))
	if kind == "practitioner" {
		for _, p := range [][2]string{{"modalities", "modality"}, {"communities", "community"}, {"clients", "client"}, {"ages", "age"}, {"languages", "language"}, {"spirituality", "spirituality"}} {
			n.Property(p[0]).Items.Enum = words(e, p[1])
		}
		n.Property("specialties").Property("top").Items.Enum = words(e, "concern")
		n.Property("specialties").Property("other").Items.Enum = words(e, "concern")
		n.Property("insurance").Items.Property("plan").Enum = words(e, "insurance")
		n.Property("certifications").Items.Property("type").Enum = words(e, "certification")
	}
	return n
}
func words(e *site.Edition, facet string) (out []Choice) {
	if v := e.Vocabulary(facet); v != nil {
		for _, t := range v.Terms {
			out = append(out, Choice{t.ID, t.Label})
		}
	}
	return
}
func (n *Node) Property(key string) *Node {
	for _, p := range n.Properties {
		if p.Key == key {
			return p.Node
		}
	}
	return nil
}
func reflectNode(t reflect.Type) *Node {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	n := &Node{}
	switch t.Name() {
	case "Date":
		return &Node{Type: "string", Format: "date"}
	case "Since", "PhotoConsent":
		return &Node{Type: "string"}
	case "Words":
		return &Node{Alternatives: []*Node{{Type: "string"}, {Type: "array", Items: &Node{Type: "string"}}}}
	case "Discard":
		return &Node{}
	}
	switch t.Kind() {
	case reflect.String:
		n.Type = "string"
	case reflect.Bool:
		n.Type = "boolean"
	case reflect.Int:
		n.Type = "integer"
	case reflect.Float64:
		n.Type = "number"
	case reflect.Map:
		n.Type, n.Items = "object", reflectNode(t.Elem())
	case reflect.Slice:
		if t.Elem().Name() != "" && strings.HasPrefix(t.Elem().Name(), "Entry") {
			n.Type, n.Items = "object", reflectNode(t.Elem().Field(1).Type)
			break
		}
		n.Type, n.Items = "array", reflectNode(t.Elem())
	case reflect.Struct:
		n.Type = "object"
		fields(n, t)
	}
	return n
}
func fields(n *Node, t reflect.Type) {
	for i := range t.NumField() {
		f := t.Field(i)
		key, ok := f.Tag.Lookup("yaml")
		if !ok && f.Anonymous {
			fields(n, f.Type)
			continue
		}
		if !ok || key == "-" {
			continue
		}
		c := reflectNode(f.Type)
		c.Title = strings.ToUpper(key[:1]) + strings.ReplaceAll(key[1:], "_", " ")
		c.Doc, c.Form, c.Pattern = f.Tag.Get("doc"), f.Tag.Get("form"), f.Tag.Get("pattern")
		c.Required = f.Tag.Get("need") == "yes"
		if strings.Contains(c.Doc, "Markdown") {
			c.Format = "markdown"
		}
		c.Max, _ = strconv.Atoi(f.Tag.Get("max"))
		if inner, ok := strings.CutPrefix(c.Pattern, "^("); ok && !strings.ContainsAny(inner, "[") {
			target := c
			if c.Type == "array" {
				target = c.Items
			}
			for _, w := range strings.Split(strings.TrimSuffix(inner, ")$"), "|") {
				target.Enum = append(target.Enum, Choice{w, w})
			}
		}
		n.Properties = append(n.Properties, Property{key, c})
	}
}
