package yamlx_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"nwioi/internal/diag"
	"nwioi/internal/yamlx"
)

var update = flag.Bool("update", false, "write what is reported now into testdata")

// A record has every kind of field.
type record struct {
	Name     name                  `yaml:"name" need:"yes" doc:"The person's name."`
	Zip      string                `yaml:"zip" pattern:"^[0-9]{5}$" form:"five digits"`
	Status   string                `yaml:"status" pattern:"^(active|paused|alumni)$"`
	Headline string                `yaml:"headline" max:"20"`
	Bio      string                `yaml:"bio" doc:"Who this is."`
	Langs    []string              `yaml:"languages" need:"yes" max:"3"`
	Times    []string              `yaml:"times" pattern:"^(day|evening)$"`
	Licenses []license             `yaml:"licenses"`
	Open     bool                  `yaml:"open"`
	Asked    *bool                 `yaml:"asked"`
	Seats    *int                  `yaml:"seats"`
	Year     int8                  `yaml:"year"`
	Latitude float64               `yaml:"latitude"`
	Since    day                   `yaml:"since"`
	Price    price                 `yaml:"price"`
	Identity yamlx.Map[words]      `yaml:"identity"`
	Rules    map[string]day        `yaml:"rules"`
	More     map[string]*license   `yaml:"more"`
	Places   yamlx.Map[name]       `yaml:"places" max:"2"`
	Private  yamlx.Discard         `yaml:"private"`
	Deep     [][]map[string][]name `yaml:"deep"`
	Skipped  string                `yaml:"-"`
	Untagged string
}

type name struct {
	Given  string `yaml:"given" need:"yes"`
	Family string `yaml:"family" need:"yes" max:"12"`
}

type license struct {
	State  string `yaml:"state" need:"yes"`
	Number string `yaml:"number" need:"yes"`
}

// A day reads itself, and refuses with an error that is no Fault.
type day string

var dayForm = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)

func (d *day) UnmarshalText(text []byte) error {
	if !dayForm.Match(text) {
		return errors.New("is not a date")
	}
	*d = day(text)
	return nil
}

func (day) Wanted() string { return "a date" }
func (day) Rule() string   { return "yaml/date" }

// A price is an embedded struct that may be the word ask.
type price struct {
	amount
	Ask bool `yaml:"-"`
}

type amount struct {
	Dollars int `yaml:"dollars" need:"yes"`
}

func (p *price) FromScalar(text string) error {
	if text != "ask" {
		return &yamlx.Fault{Message: "is neither ask nor a price", Hint: "write ask", Rule: "test/price"}
	}
	p.Ask = true
	return nil
}

// Words are one text or several.
type words struct{ list []string }

func (w *words) FromScalar(text string) error  { w.list = []string{text}; return nil }
func (w *words) FromList(texts []string) error { w.list = texts; return nil }

// Each archive in testdata holds files that are wrong, with "# want rule" on the offending line where
// a comment can stand, and the report of all of them.
func TestReports(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives", err)
	}
	for _, path := range archives {
		t.Run(filepath.Base(path), func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			archive := txtar.Parse(data)
			var all diag.List
			for _, f := range archive.Files {
				if f.Name == "report" {
					continue
				}
				input := unescape(f.Data)
				problems := yamlx.Decode(f.Name, input, 1, new(record))
				all = append(all, problems...)
				if len(problems) == 0 {
					t.Errorf("%s: nothing is reported", f.Name)
				}
				wanted(t, f.Name, input, problems)
			}
			var b bytes.Buffer
			for _, one := range all.Sorted() { // each with its line, though the sentence may be that of another
				if err := diag.Text(&b, diag.List{one}, diag.TextOptions{Source: true}); err != nil {
					t.Fatal(err)
				}
			}
			last := &archive.Files[len(archive.Files)-1]
			if *update {
				last.Data = b.Bytes()
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if last.Name != "report" {
				t.Fatal("the last file of an archive is its report")
			}
			if diff := cmp.Diff(string(last.Data), b.String()); diff != "" {
				t.Errorf("the report differs:\n%s", diff)
			}
		})
	}
}

// unescape lets an archive hold what would not survive an editor.
func unescape(data []byte) []byte {
	return []byte(strings.NewReplacer("«TAB»", "\t", "«CR»", "\r", "«NUL»", "\x00", "«BAD»", "\xE9", "«BELL»", "\a", "«LS»", "\u2028", "«BOM»", "\uFEFF").Replace(string(data)))
}

var wantComment = regexp.MustCompile(`# want ([a-z/ -]+)$`)

// wanted compares what is reported with the comments of a file that has any.
func wanted(t *testing.T, path string, input []byte, problems diag.List) {
	t.Helper()
	var want, got []string
	for i, line := range strings.Split(string(input), "\n") {
		if m := wantComment.FindStringSubmatch(line); m != nil {
			for _, rule := range strings.Fields(m[1]) {
				want = append(want, fmt.Sprintf("%s:%d %s", path, i+1, rule))
			}
		}
	}
	if want == nil {
		return
	}
	for _, p := range problems {
		got = append(got, fmt.Sprintf("%s:%d %s", path, p.Pos.Line, p.Rule))
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what is reported differs from the comments:\n%s", diff)
	}
}

func TestStored(t *testing.T) {
	input := strings.ReplaceAll(`# everything at once
name: {given: Zoë, family: 'O''Malley'}
zip: 01067
status: "active"
headline: yes
bio: |
  First *line*.

  	Indented by a tab, which belongs to the text.
languages: [1.10, No, 0x1F]
times: []
licenses:
- state: WA
  number: 007
- {state: OR, number: "~"}
open: true
asked: false
seats: 0
year: -7
latitude: 47.60
since: 2026-01-02
price: ask
identity: {z: one, a: [two, three], n: ~}
rules: {a: 2026-01-01}
more: {x: {state: ID, number: 1e3}}
places:
  b: {given: Null, family: 1}
  a: {given: &x, family: 1}
private: [anything, {at: [all]}]
deep: [[{k: [{given: a, family: b}]}]]
`, "&x", "x")
	no, zero := false, 0
	want := record{
		Name: name{"Zoë", "O'Malley"}, Zip: "01067", Status: "active", Headline: "yes",
		Bio:   "First *line*.\n\n\tIndented by a tab, which belongs to the text.\n",
		Langs: []string{"1.10", "No", "0x1F"}, Times: []string{},
		Licenses: []license{{"WA", "007"}, {"OR", "~"}},
		Open:     true, Asked: &no, Seats: &zero, Year: -7, Latitude: 47.6, Since: "2026-01-02",
		Price: price{Ask: true}, Identity: yamlx.Map[words]{{"z", words{[]string{"one"}}}, {"a", words{[]string{"two", "three"}}}},
		Rules: map[string]day{"a": "2026-01-01"}, More: map[string]*license{"x": {"ID", "1e3"}},
		Places: yamlx.Map[name]{{"b", name{"Null", "1"}}, {"a", name{"x", "1"}}},
		Deep:   [][]map[string][]name{{{"k": {{"a", "b"}}}}},
	}
	for dress, text := range map[string]string{
		"plain": input, "CRLF": strings.ReplaceAll(input, "\n", "\r\n"), "CR": strings.ReplaceAll(input, "\n", "\r"),
		"BOM": "\uFEFF" + input, "no last newline": strings.TrimSuffix(input, "\n"),
	} {
		t.Run(dress, func(t *testing.T) {
			var got record
			if problems := yamlx.Decode("a.yaml", []byte(text), 1, &got); problems != nil {
				t.Errorf("reported: %+v", problems)
			}
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(price{}, words{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What is right is stored, whatever is wrong around it.
func TestStoredDespiteFaults(t *testing.T) {
	input := `name: {given: A, family: B, middle: C}
zip: 1
headline: a headline that is far too long
languages: [en, [x], fr, {a: b}, es, de]
licenses: [{state: WA}, LMFT, {state: OR, number: 2}]
open: maybe
seats: many
year: 2026
headline: again
price: {dollars: 3}
rules: {a: tomorrow, b: 2026-01-01}
bio: "never closed
since: 2026-01-02
`
	want := record{
		Name: name{"A", "B"}, Headline: "a headline that is far too long", Langs: []string{"en", "fr", "es", "de"},
		Licenses: []license{{"WA", ""}, {"OR", "2"}}, Price: price{amount: amount{3}}, Rules: map[string]day{"b": "2026-01-01"}, Since: "2026-01-02",
	}
	var got record
	problems := yamlx.Decode("a.yaml", []byte(input), 1, &got)
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(price{}, words{})); diff != "" {
		t.Error(diff)
	}
	var rules []string
	for _, p := range problems {
		rules = append(rules, fmt.Sprintf("%d %s", p.Pos.Line, p.Rule))
	}
	wantRules := []string{"1 yaml/unknown-key", "2 yaml/form", "3 yaml/too-long", "4 yaml/type", "4 yaml/type", "4 yaml/too-many",
		"5 yaml/missing-key", "5 yaml/type", "6 yaml/type", "7 yaml/type", "8 yaml/type", "9 yaml/duplicate-key", "11 yaml/date", "12 yaml/syntax"}
	slices.Sort(rules)
	slices.Sort(wantRules)
	if diff := cmp.Diff(wantRules, rules); diff != "" {
		t.Error(diff)
	}
}

// A file may also be a list or a map.
func TestOtherRoots(t *testing.T) {
	var list []license
	if problems := yamlx.Decode("a", []byte("- {state: WA, number: 1}\n- {state: OR, number: 2}\n"), 1, &list); problems != nil || len(list) != 2 {
		t.Error(list, problems)
	}
	var facts yamlx.Map[license]
	if problems := yamlx.Decode("a", []byte("b.c: {state: WA, number: 1}\na: {state: OR, number: 2}\n"), 1, &facts); problems != nil || len(facts) != 2 || facts[0].Key != "b.c" {
		t.Error(facts, problems)
	}
	if l, ok := facts.Get("a"); !ok || l.State != "OR" {
		t.Error("Get does not find a key")
	}
	if _, ok := facts.Get("x"); ok {
		t.Error("Get finds a key that is not there")
	}
	for _, empty := range []string{"", "\n", "# a remark\n", "---\n", "~", "\uFEFF"} {
		var list []license
		if problems := yamlx.Decode("a", []byte(empty), 1, &list); problems != nil {
			t.Errorf("%q as a list: %v", empty, problems)
		}
		if problems := yamlx.Decode("a", []byte(empty), 1, new(record)); len(problems) != 2 || problems[0].Pos != (diag.Pos{Line: 1, Col: 1}) {
			t.Errorf("%q as a record: %v", empty, problems)
		}
	}
}

// Places count characters and the lines of the file, not of the part that is read.
func TestPlaces(t *testing.T) {
	for _, c := range []struct {
		input       string
		pos         diag.Pos
		width       int
		sourceStart string
	}{
		{"héadline: x\n", diag.Pos{Line: 5, Col: 1}, 8, "héadline"},
		{"identity: {日本: ok, '日本': twice}\n", diag.Pos{Line: 5, Col: 20}, 4, "identity"},
		{"# ä\n\nopen: 'ja' # ä\n", diag.Pos{Line: 7, Col: 7}, 4, "open"},
		{"since: \"ä\\\"b\" # x\n", diag.Pos{Line: 5, Col: 8}, 6, "since"},
		{"licenses: {a: [b, 'x]'], c: d} # x\n", diag.Pos{Line: 5, Col: 11}, 20, "licenses"},
		{"bio:\n  a: b\n", diag.Pos{Line: 5, Col: 1}, 3, "bio"},
		{"open:\n  a\n  b\n", diag.Pos{Line: 6, Col: 3}, 1, "  a"},
	} {
		var got diag.Diagnostic
		for _, p := range yamlx.Decode("a.md", []byte(c.input), 5, new(record)) {
			if p.Rule != "yaml/missing-key" {
				got = p
			}
		}
		if got.Pos != c.pos || got.Width != c.width || !strings.HasPrefix(got.Source, c.sourceStart) {
			t.Errorf("%q: %+v, want %v+%d", c.input, got, c.pos, c.width)
		}
	}
}

func TestProgramMistakes(t *testing.T) {
	for what, v := range map[string]any{
		"a channel": new(struct {
			A chan int `yaml:"a"`
		}),
		"a flag in the tag": new(struct {
			A int `yaml:"a,omitempty"`
		}),
		"a bound of letters": new(struct {
			A string `yaml:"a" max:"x"`
		}),
		"two of one key": new(struct {
			A, B string `yaml:"a"`
		}),
		"a map with int keys": new(map[int]string),
	} {
		t.Run(what, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("is taken")
				}
			}()
			yamlx.Decode("a", nil, 1, v)
		})
	}
}
