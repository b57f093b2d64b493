package yamlx_test

import (
	"strings"
	"testing"

	"nwioi/internal/diag"
	"nwioi/internal/yamlx"
)

const someRecord = `# a comment
name: {given: Ada, family: "Okafor"}
bio: |
  One line.

  Another.
licenses:
  - state: WA
    number: 5
  - state: OR
degrees: [PhD, MSW]
languages:
- en
- ig
dotted.key: here
empty:
`

func TestFieldAt(t *testing.T) {
	for place, want := range map[string]string{
		"{given":      "name",
		"given":       "name.given",
		"Ada":         "name.given",
		"family":      "name.family",
		"\"Okafor":    "name.family",
		"bio":         "bio",
		"Another":     "bio",
		"licenses":    "licenses",
		"- state: WA": "licenses[0]",
		"WA":          "licenses[0].state",
		"number":      "licenses[0].number",
		"OR":          "licenses[1].state",
		"PhD":         "degrees[0]",
		"MSW":         "degrees[1]",
		"- ig":        "languages[1]",
		"ig\n":        "languages[1]",
		"here":        "dotted.key",
		"empty":       "empty",
		"# a comment": "",
	} {
		at := strings.Index(someRecord, place)
		before := someRecord[:at]
		pos := diag.Pos{Line: 11 + strings.Count(before, "\n"), Col: at - strings.LastIndex(before, "\n")}
		if got := yamlx.FieldAt([]byte(someRecord), 11, pos); got != want {
			t.Errorf("%q: %q, want %q", place, got, want)
		}
	}
	if got := yamlx.FieldAt([]byte("a: [\n"), 1, diag.Pos{Line: 1, Col: 1}); got != "" {
		t.Errorf("a broken document has the field %q", got)
	}
}

// What Locate finds, FieldAt names again.
func TestFieldAtOfLocate(t *testing.T) {
	for _, field := range []string{"name", "name.given", "name.family", "bio", "licenses", "licenses[0].state", "licenses[0].number",
		"licenses[1].state", "degrees[0]", "degrees[1]", "languages[0]", "languages[1]", "dotted.key", "empty"} {
		pos, _, _ := yamlx.Locate([]byte(someRecord), 1, field)
		// A group on one line begins where its first key does, so a place there may be more exact.
		if got := yamlx.FieldAt([]byte(someRecord), 1, pos); got != field {
			t.Errorf("%s: the field at %d:%d is %q", field, pos.Line, pos.Col, got)
		}
	}
}

func TestRead(t *testing.T) {
	v, err := yamlx.Read([]byte(someRecord))
	if err != nil {
		t.Fatal(err)
	}
	if got := v.Get("licenses").Items[0].Get("number"); got.Form != yamlx.Text || got.Text != "5" {
		t.Errorf("the number is %+v", got)
	}
	if got := v.Get("bio").Text; got != "One line.\n\nAnother.\n" {
		t.Errorf("the text is %q", got)
	}
	if got := v.Get("empty"); got == nil || got.Form != yamlx.Nothing {
		t.Errorf("what is empty is %+v", got)
	}
	if got := strings.Join(v.Keys, " "); got != "name bio licenses degrees languages dotted.key empty" {
		t.Errorf("the keys are %s", got)
	}
	for _, broken := range []string{"a: [", "a: 1\na: 2", "a: &x 1\nb: *x", "? [a]\n: b", "a: \x00"} {
		if _, err := yamlx.Read([]byte(broken)); err == nil {
			t.Errorf("%q is read", broken)
		}
	}
}
