package schema_test

import (
	"encoding/json"
	"testing"

	"nwioi/internal/schema"
)

// Every key of every record is explained, and every one that people write a value into has an example.
func TestEveryKeyIsExplained(t *testing.T) {
	var look func(where string, n *schema.Node)
	look = func(where string, n *schema.Node) {
		for _, p := range n.Properties {
			at := where + "." + p.Key
			if p.Title == "" || p.Doc == "" {
				t.Errorf("%s: title %q, doc %q", at, p.Title, p.Doc)
			}
			if p.Example() == nil && p.Type != "object" && p.Type != "" && p.Type != "array" {
				t.Errorf("%s has no example", at)
			}
			look(at, p.Node)
		}
		if n.Items != nil {
			look(where+"[]", n.Items)
		}
		for _, way := range n.Alternatives {
			look(where, way)
		}
	}
	for _, k := range schema.Kinds() {
		n := schema.Of(k.ID, nil)
		if !json.Valid(n.JSON()) {
			t.Errorf("the schema of a %s is no JSON", k.Noun)
		}
		look(k.ID, n)
	}
}
