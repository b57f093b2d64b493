package schema_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"nwioi/internal/diag"
	"nwioi/internal/schema"
	"nwioi/internal/site"
	"nwioi/internal/source"
)

var remarked = regexp.MustCompile(`^( *)# ([a-z_]+:.*)$`)

// Whoever takes the # away from a key of a starting file has a key that is right, with its example.
func TestRemarksAreRightKeys(t *testing.T) {
	j := newJudge(t)
	words := j.words()
	today, _ := site.ParseDate("2026-11-23")
	for _, kind := range schema.Beginnings {
		begun, err := schema.Begin(kind, "Jo Rivera", today, words)
		if err != nil {
			t.Fatal(err)
		}
		settings := &source.File{Path: "data/site.yaml", Data: []byte("title: Small\nurl: https://example.org/\n")}
		wrong := func(text string) int {
			found := j.checked(settings, &source.File{Path: begun.Path, Data: []byte(text)})[begun.Path]
			found = slices.DeleteFunc(found, func(d diag.Diagnostic) bool {
				return !slices.Contains(both, d.Rule) && !slices.Contains(unread, d.Rule)
			})
			return len(found)
		}
		lines := strings.Split(string(begun.Data), "\n")
		before, tried := wrong(string(begun.Data)), 0
		if before != len(begun.Blanks) {
			t.Errorf("%s: %d blanks and %d errors", kind, len(begun.Blanks), before)
		}
		for i, line := range lines {
			m := remarked.FindStringSubmatch(line)
			if m == nil {
				continue
			}
			tried++
			with := slices.Clone(lines)
			with[i] = m[1] + m[2]
			if n := wrong(strings.Join(with, "\n")); n > before {
				t.Errorf("%s: %s is wrong without its #", kind, line)
			}
		}
		if tried < 9 {
			t.Errorf("%s: only %d keys are remarks", kind, tried)
		}
		for _, line := range lines {
			if len([]rune(line)) > 110 {
				t.Errorf("%s: %q is a long line", kind, line)
			}
		}
	}
}

// Names divide as their bearers write them, as far as one can tell, and what is told is kept whole.
func TestNamesDivide(t *testing.T) {
	today, _ := site.ParseDate("2026-11-23")
	for name, want := range map[string][3]string{
		"Jo Rivera":                     {"Jo", "Rivera", "jo-rivera"},
		"Ana María de la Cruz":          {"Ana María", "de la Cruz", "ana-maria-de-la-cruz"},
		"de la Cruz, Ana María":         {"Ana María", "de la Cruz", "ana-maria-de-la-cruz"},
		"Beatrix van der Meulen":        {"Beatrix", "van der Meulen", "beatrix-van-der-meulen"},
		"José Ortega y Gasset":          {"José", "Ortega y Gasset", "jose-ortega-y-gasset"},
		"Hannah Rosenfeld-Katz":         {"Hannah", "Rosenfeld-Katz", "hannah-rosenfeld-katz"},
		"Samuel L. Brooks Jr.":          {"Samuel L.", "Brooks Jr.", "samuel-l-brooks-jr"},
		"Seán O’Brien":                  {"Seán", "O’Brien", "sean-obrien"},
		"Cher":                          {"Cher", "", "cher"},
		"  Núñez  de la Vega , Marisol": {"Marisol", "Núñez de la Vega", "marisol-nunez-de-la-vega"},
	} {
		s, err := schema.Begin("practitioner", name, today, nil)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if have := [3]string{s.Given, s.Family, s.ID}; have != want {
			t.Errorf("%s is divided into %q, want %q", name, have, want)
		}
		if blank := slices.Contains(s.Blanks, "name.family"); blank != (want[1] == "") {
			t.Errorf("%s: the family name is a blank: %t", name, blank)
		}
	}
	for _, name := range []string{"", " \t", "index", "Page", "concern", "王芳", "a\x00b", "a\u202eb", "\xff", strings.Repeat("x", 121), "LPT1", "//", "…"} {
		if s, err := schema.Begin("practitioner", name, today, nil); err == nil {
			t.Errorf("%q begins %s", name, s.Path)
		}
	}
}

// The issue form is what GitHub takes for one, asks for what a record needs and a person can say in
// public, and for nothing else.
func TestIssueForm(t *testing.T) {
	var form struct {
		Name, Description, Title string
		Body                     []struct {
			Type, ID   string
			Attributes struct {
				Label, Description, Placeholder, Value string
				Options                                []any
			}
			Validations struct{ Required bool }
		}
	}
	text := schema.IssueForm(newJudge(t).words())
	d := yaml.NewDecoder(strings.NewReader(string(text)))
	if err := d.Decode(&form); err != nil {
		t.Fatal(err)
	}
	if form.Name == "" || form.Description == "" || len(form.Body) < 20 {
		t.Fatalf("no form:\n%s", text)
	}
	ids, labels := map[string]bool{}, map[string]bool{}
	for i, q := range form.Body {
		if q.Type == "markdown" {
			if i == 0 && !strings.Contains(q.Attributes.Value, "about a client") {
				t.Error("nobody is told that this is public")
			}
			continue
		}
		if !regexp.MustCompile(`^[A-Za-z0-9_-]+$`).MatchString(q.ID) || ids[q.ID] || q.Attributes.Label == "" || labels[q.Attributes.Label] {
			t.Errorf("question %d has the id %q and the label %q", i+1, q.ID, q.Attributes.Label)
		}
		ids[q.ID], labels[q.Attributes.Label] = true, true
		seen := map[any]bool{}
		for _, o := range q.Attributes.Options {
			if m, ok := o.(map[string]any); ok {
				o = m["label"]
			}
			if text, ok := o.(string); !ok || text == "" || seen[o] {
				t.Errorf("%s has the option %v", q.ID, o)
			}
			seen[o] = true
		}
		switch q.Type {
		case "checkboxes", "dropdown":
			if len(seen) == 0 {
				t.Errorf("%s has nothing to choose from", q.ID)
			}
		case "input", "textarea":
		default:
			t.Errorf("%s is a %s", q.ID, q.Type)
		}
	}
	for _, p := range schema.Of("practitioner", nil).Properties {
		asked := ids[p.Key]
		for id := range ids {
			asked = asked || strings.HasPrefix(id, p.Key+"-")
		}
		office := slices.Contains([]string{"status", "last_confirmed"}, p.Key)
		if p.Required && asked == office {
			t.Errorf("%s is asked for: %t", p.Key, asked)
		}
	}
	for _, private := range []string{"contact-phone", "contact-email", "private", "identity", "photo"} {
		if ids[private] {
			t.Errorf("%s is asked for in public", private)
		}
	}
}

// Settings of staff stay; ours are added; and what is complete stays byte for byte.
func TestSettings(t *testing.T) {
	fresh, err := schema.Settings(nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, old := range map[string]string{
		"a remark": "{ // ours\n}", "a list": "[]", "a text": `"x"`, "two values": "{} {}", "half": `{"a": `, "a comma too many": `{"a": 1,}`, "not text": "\xff\xfe",
	} {
		if data, err := schema.Settings([]byte(old)); err == nil {
			t.Errorf("%s becomes %s", name, data)
		}
	}
	spaced := strings.ReplaceAll(string(fresh), "\n  ", "\n\t")
	if same, err := schema.Settings([]byte(spaced)); err != nil || string(same) != spaced {
		t.Errorf("settings that are complete are written anew: %v", err)
	}
	added, err := schema.Settings([]byte(`{"z": 1.50, "a": {"b": [null, "<&>"]}, "files.eol": "\r\n"}`))
	if err != nil || !strings.HasPrefix(string(added), "{\n  \"z\": 1.50,\n  \"a\": {\"b\": [null, \"<&>\"]},\n  \"files.eol\": \"\\n\",") {
		t.Errorf("%v:\n%s", err, added)
	}
	list, err := schema.Extensions([]byte(`{"recommendations": ["golang.go"], "unwantedRecommendations": []}`))
	if err != nil || !strings.Contains(string(list), `["golang.go", "redhat.vscode-yaml"]`) || !strings.Contains(string(list), "unwanted") {
		t.Errorf("%v:\n%s", err, list)
	}
}
