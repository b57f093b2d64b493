package assemble

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"

	"nwioi/internal/site"
)

// agrees says where a value of decoded JSON does not keep to a schema. It knows the words of JSON Schema
// that ours uses, and fails on any other.
func agrees(schema map[string]any, v any, at string) []string {
	var wrong []string
	say := func(format string, args ...any) { wrong = append(wrong, at+": "+fmt.Sprintf(format, args...)) }
	for word := range schema {
		if !slices.Contains([]string{"$schema", "$id", "title", "description", "type", "items", "properties", "required", "additionalProperties", "minimum"}, word) {
			say("the schema uses %q, which this test does not know", word)
		}
	}
	kind := map[string]bool{}
	switch x := v.(type) {
	case string:
		kind["string"] = true
	case bool:
		kind["boolean"] = true
	case float64:
		kind["number"], kind["integer"] = true, x == float64(int64(x))
		if low, ok := schema["minimum"].(float64); ok && x < low {
			say("%v is less than %v", x, low)
		}
	case []any:
		kind["array"] = true
		items, _ := schema["items"].(map[string]any)
		for i, item := range x {
			wrong = append(wrong, agrees(items, item, fmt.Sprintf("%s[%d]", at, i))...)
		}
	case map[string]any:
		kind["object"] = true
		properties, _ := schema["properties"].(map[string]any)
		required, _ := schema["required"].([]any)
		for _, key := range required {
			if _, has := x[key.(string)]; !has {
				say("%q is missing", key)
			}
		}
		for _, key := range slices.Sorted(maps.Keys(x)) {
			p, known := properties[key].(map[string]any)
			if !known {
				if schema["additionalProperties"] == false {
					say("%q is not in the schema", key)
				}
				continue
			}
			wrong = append(wrong, agrees(p, x[key], at+"."+key)...)
		}
	}
	if want, ok := schema["type"].(string); ok && !kind[want] {
		say("%v is not of the type %s", v, want)
	}
	return wrong
}

// The directory's data keeps to the schema beside it and holds the published people in order.
func TestDataKeepsToItsSchema(t *testing.T) {
	for _, p := range []*published{institute(t, site.Options{}), crowd(t, 3)} {
		var schema, doc map[string]any
		if err := json.Unmarshal(p.bodies["data/directory.schema.json"], &schema); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(p.bodies["data/directory.json"], &doc); err != nil {
			t.Fatal(err)
		}
		for _, wrong := range agrees(schema, doc, "directory") {
			t.Error(wrong)
		}
		if doc["$schema"] != schema["$id"] || schema["$id"] != p.Base.Absolute(site.SchemaURL) {
			t.Errorf("the data names the schema %v, which calls itself %v", doc["$schema"], schema["$id"])
		}
		people := doc["people"].([]any)
		if len(people) != len(p.People) {
			t.Fatalf("%d people in the data, %d in the directory", len(people), len(p.People))
		}
		for i, one := range people {
			if id := one.(map[string]any)["id"]; id != p.People[i].ID {
				t.Errorf("place %d has %v, want %s", i+1, id, p.People[i].ID)
			}
		}
		delete(people[0].(map[string]any), "name")
		people[1].(map[string]any)["fee_low"] = -1.5
		people[1].(map[string]any)["street"] = "hidden"
		if wrong := agrees(schema, doc, "directory"); len(wrong) != 4 {
			t.Errorf("data that breaks the schema in four ways: %v", wrong)
		}
	}
}
