package schema_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"

	"nwioi/data"
	"nwioi/internal/check"
	"nwioi/internal/diag"
	"nwioi/internal/read"
	"nwioi/internal/schema"
	"nwioi/internal/site"
	"nwioi/internal/source"
	"nwioi/internal/yamlx"
)

// What a schema has to refuse whenever check does: keys, types, needed keys, choices, lengths and ranges.
var both = []string{
	"yaml/unknown-key", "yaml/missing-key", "yaml/type", "yaml/choice", "yaml/value", "yaml/too-long", "yaml/too-many", "date/form",
	"page/date", "practitioner/state", "requirement/state", "vocabulary/state", "vocabulary/tier", "practitioner/license", "practitioner/supervisor",
	"practitioner/concern", "practitioner/modality", "practitioner/community", "practitioner/client", "practitioner/age",
	"practitioner/spirituality", "practitioner/language", "practitioner/insurance", "practitioner/certification", "practitioner/year",
}

// What a schema may refuse because check does, and cannot always: what it depends on is beyond one key, or
// lost between YAML and JSON.
var either = []string{
	"yaml/form", "date/impossible", "practitioner/contact", "practitioner/fees", "practitioner/location", "practitioner/coordinates",
	"practitioner/alias", "record/fact", "record/url", "record/email", "record/phone", "referral/criterion", "referral/id",
}

// What keeps a file from being turned into JSON.
var unread = []string{"yaml/syntax", "yaml/refused", "yaml/duplicate-key", "yaml/too-many-problems", "page/front-matter", "file/encoding", "file/too-large", "file/unknown"}

// A judge judges files as check and as an editor does.
type judge struct {
	t       *testing.T
	builtin []*source.File
	reader  read.Reader
	schemas map[string]*jsonschema.Schema
}

func newJudge(t *testing.T) *judge {
	j := &judge{t: t}
	names, err := fs.Glob(data.Vocabulary, "vocabulary/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		content, err := data.Vocabulary.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		j.builtin = append(j.builtin, &source.File{Path: "data/" + name, Data: content, Builtin: true})
	}
	return j
}

// words are the vocabularies of a site.
func (j *judge) words(files ...*source.File) schema.Vocabularies {
	var r read.Reader
	s, _ := r.Site(source.NewTree(append(files, j.builtin...)...))
	return s.Vocabularies
}

// learn compiles the schemas for a site's vocabularies.
func (j *judge) learn(words schema.Vocabularies) {
	j.schemas = map[string]*jsonschema.Schema{}
	for _, k := range schema.Kinds() {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema.Of(k.ID, words).JSON()))
		if err != nil {
			j.t.Fatalf("%s: %v", k.ID, err)
		}
		c := jsonschema.NewCompiler()
		c.DefaultDraft(jsonschema.Draft7)
		if err := c.AddResource(k.File(), doc); err != nil {
			j.t.Fatalf("%s: %v", k.ID, err)
		}
		if j.schemas[k.ID], err = c.Compile(k.File()); err != nil {
			j.t.Fatalf("%s is no schema of draft-07: %v", k.ID, err)
		}
	}
}

// checked returns the errors of a site that check reports, by file.
func (j *judge) checked(files ...*source.File) map[string]diag.List {
	s, found := j.reader.Site(source.NewTree(append(slices.Clone(files), j.builtin...)...))
	asOf, _ := site.ParseDate("2026-11-23")
	found = append(found, check.Edition(site.Publish(s, site.Options{AsOf: asOf, Drafts: true}))...)
	by := map[string]diag.List{}
	for _, d := range found {
		if d.Severity == diag.Error {
			by[d.Path] = append(by[d.Path], d)
		}
	}
	return by
}

// kindOf returns the kind of a file by its path.
func kindOf(file string) (schema.Kind, bool) {
	for _, k := range schema.Kinds() {
		for _, pattern := range k.Files {
			if ok, _ := path.Match(pattern, file); ok && (k.ID != "news" || path.Base(file) != "index.md") {
				return k, true
			}
			if k.ID == "page" && strings.HasPrefix(file, "content/") && path.Ext(file) == ".md" {
				return k, true
			}
		}
	}
	return schema.Kind{}, false
}

// judged says what the schema thinks of a file, and whether it could be asked.
func (j *judge) judged(f *source.File) (refused error, asked bool) {
	k, ok := kindOf(f.Path)
	if !ok {
		return nil, false
	}
	text := f.Data
	if k.Markdown {
		front, _, _, _, problems := yamlx.Split(f.Path, f.Data)
		if problems.Failed() {
			return nil, false
		}
		text = front
	}
	text, problems := yamlx.CheckText(f.Path, text)
	var root yaml.Node
	if problems.Failed() || yaml.Unmarshal(text, &root) != nil {
		return nil, false
	}
	var value any
	if len(root.Content) > 0 {
		value = asJSON(root.Content[0])
	}
	return j.schemas[k.ID].Validate(value), true
}

var (
	whole    = regexp.MustCompile(`^[-+]?[0-9]+$`)
	fraction = regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)
)

// asJSON returns what an editor takes a YAML value for: the core schema of YAML 1.2, in which a day is a text.
func asJSON(n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		o := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			o[n.Content[i].Value] = asJSON(n.Content[i+1])
		}
		return o
	case yaml.SequenceNode:
		list := []any{}
		for _, item := range n.Content {
			list = append(list, asJSON(item))
		}
		return list
	}
	if n.Style != 0 {
		return n.Value
	}
	switch n.Value {
	case "", "~", "null", "Null", "NULL":
		return nil
	case "true", "True", "TRUE":
		return true
	case "false", "False", "FALSE":
		return false
	}
	if whole.MatchString(n.Value) {
		return json.Number(strings.TrimPrefix(n.Value, "+"))
	}
	if x, err := strconv.ParseFloat(n.Value, 64); err == nil && fraction.MatchString(n.Value) {
		return x
	}
	return n.Value
}

// compare holds the two verdicts on a file against each other, and returns whether it is refused.
func (j *judge) compare(name string, f *source.File, found diag.List) (refused, asked bool) {
	j.t.Helper()
	has := func(rules []string) bool {
		return slices.ContainsFunc(found, func(d diag.Diagnostic) bool { return slices.Contains(rules, d.Rule) })
	}
	if has(unread) {
		return false, false
	}
	err, asked := j.judged(f)
	switch {
	case !asked:
		return false, false
	case err != nil && !has(both) && !has(either):
		j.t.Errorf("%s: check accepts what the schema refuses:\n%s\n%v\nof check: %v", name, f.Data, err, found)
	case err == nil && has(both):
		j.t.Errorf("%s: the schema accepts what check refuses:\n%s\n%v", name, f.Data, found)
	}
	return err != nil, true
}

// The institute's own records, and those of every fixture that shows what is wrong, get the same verdict
// from their schemas as from check.
func TestAgreementOnRecords(t *testing.T) {
	j := newJudge(t)
	j.learn(j.words())
	sites := map[string][]*source.File{"the institute's": nil}
	root := os.DirFS("../..")
	for _, folder := range []string{"data", "content"} {
		err := fs.WalkDir(root, folder, func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := fs.ReadFile(root, p)
			sites["the institute's"] = append(sites["the institute's"], &source.File{Path: p, Data: text})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, pattern := range []string{"../check/testdata/*.txtar", "../read/testdata/*.txtar", "../../cmd/nwioi/testdata/*.txtar"} {
		names, _ := filepath.Glob(pattern)
		if len(names) == 0 {
			t.Fatalf("nothing is %s", pattern)
		}
		for _, name := range names {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range archive.Files {
				below := "" // the scripts of the command line have several sites
				if i := strings.Index(f.Name, "/data/"); i >= 0 {
					below = f.Name[:i]
				} else if i := strings.Index(f.Name, "/content/"); i >= 0 {
					below = f.Name[:i]
				}
				file := &source.File{Path: strings.TrimPrefix(strings.TrimPrefix(f.Name, below), "/"), Data: f.Data}
				if strings.HasPrefix(file.Path, "data/") || strings.HasPrefix(file.Path, "content/") {
					sites[name+" "+below] = append(sites[name+" "+below], file)
				}
			}
		}
	}
	good, bad := 0, 0
	for name, files := range sites {
		own := slices.ContainsFunc(files, func(f *source.File) bool { return strings.HasPrefix(f.Path, "data/vocabulary/") })
		if own {
			j.learn(j.words(files...))
		}
		found := j.checked(files...)
		for _, f := range files {
			if refused, asked := j.compare(name+" "+f.Path, f, found[f.Path]); refused {
				bad++
			} else if asked {
				good++
			}
		}
		if own {
			j.learn(j.words())
		}
	}
	t.Logf("%d records are accepted and %d refused, by both", good, bad)
	if good < 150 || bad < 20 {
		t.Errorf("only %d good records and %d bad ones were judged", good, bad)
	}
}

// One mistake of every kind at every key of every record is refused by both; what stands there by the
// examples is accepted by both.
func TestAgreementOnMistakes(t *testing.T) {
	j := newJudge(t)
	words := j.words()
	j.learn(words)
	good, bad := 0, 0
	for _, k := range schema.Kinds() {
		n := schema.Of(k.ID, words)
		w := &mistakes{try: func(where string, record any, want verdict) {
			f := file(t, k, record)
			files := []*source.File{f}
			if f.Path != "data/site.yaml" {
				files = append(files, &source.File{Path: "data/site.yaml", Data: []byte("title: Small\nurl: https://example.org/\n")})
			}
			refused, asked := j.compare(k.ID+where, f, j.checked(files...)[f.Path])
			switch {
			case !asked:
				t.Errorf("%s%s cannot be judged:\n%s", k.ID, where, f.Data)
			case refused && want == sound:
				t.Errorf("%s%s: its own example is refused:\n%s", k.ID, where, f.Data)
			case !refused && want == mistaken:
				t.Errorf("%s%s: a mistake is accepted:\n%s", k.ID, where, f.Data)
			}
			if refused {
				bad++
			} else {
				good++
			}
		}}
		base := clone(n.Example())
		if k.ID == "facts" {
			base = map[string]any{"hours.all": map[string]any{"value": "21", "source": "NWIOI", "as_of": "2026-11-30", "review_by": "2027-11-30"}}
		}
		if k.ID == site.LicenseType {
			base = []any{map[string]any{"id": "LMFT", "label": "Licensed", "state": "WA", "tier": "independent"}}
		}
		w.at("", n, base, func(v any) any { return v })
	}
	t.Logf("%d values are accepted and %d mistakes refused, by both", good, bad)
	if good < 300 || bad < 1500 {
		t.Errorf("only %d good values and %d mistakes were tried", good, bad)
	}
}

// file writes a record of a kind. What JSON looks like is YAML as well.
func file(t *testing.T, k schema.Kind, record any) *source.File {
	t.Helper()
	text, err := json.MarshalIndent(record, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	text = append(text, '\n')
	if k.Markdown {
		return &source.File{Path: k.Folder + "a-record.md", Data: slices.Concat([]byte("---\n"), text, []byte("---\n\nWords.\n"))}
	}
	if k.Folder == "" {
		return &source.File{Path: k.Files[0], Data: text}
	}
	return &source.File{Path: k.Folder + "a-record.yaml", Data: text}
}

// clone returns an example as JSON has it.
func clone(v any) any {
	switch v := v.(type) {
	case yamlx.Group:
		o := map[string]any{}
		for _, e := range v {
			o[e.Key] = clone(e.Value)
		}
		return o
	case []any:
		list := []any{}
		for _, item := range v {
			list = append(list, clone(item))
		}
		return list
	case map[string]any:
		return maps.Clone(v)
	}
	return v
}

// mistakes makes every mistake that can be made in a record.
type mistakes struct {
	try func(where string, record any, want verdict)
}

// company is what has to stand beside a key for its group to be sound.
var company = map[string]map[string]any{
	"latitude": {"longitude": -122.3}, "longitude": {"latitude": 47.6},
	"individual": {"as_of": "2026-11-01", "ask": nil}, "couple": {"as_of": "2026-11-01", "ask": nil},
	"group": {"as_of": "2026-11-01", "ask": nil}, "sliding_from": {"as_of": "2026-11-01", "ask": nil},
	"sum":    {"value": nil, "source": nil, "as_of": nil, "review_by": nil},
	"divide": {"value": nil, "source": nil, "as_of": nil, "review_by": nil},
}

// A verdict is what both are expected to find.
type verdict int

const (
	sound verdict = iota
	mistaken
	perhaps // either, as long as they agree: an optional key without a value may have been the only one
)

// at makes the mistakes at a node, where the record has a sound value; in puts another one there.
func (w *mistakes) at(where string, n *schema.Node, value any, in func(any) any) {
	w.try(where, in(value), sound)
	for name, wrong := range wrong(n) {
		w.try(where+": "+name, in(wrong), mistaken)
	}
	for _, way := range n.Alternatives {
		if example := clone(way.Example()); example != nil && way.Type != "string" {
			w.at(where+" in another way", way, example, in)
		}
	}
	switch group := value.(type) {
	case []any:
		w.at(where+"[0]", n.Items, group[0], func(v any) any { return in([]any{v}) })
		w.try(where+": nothing in the list", in([]any{nil}), mistaken)
	case map[string]any:
		if n.Items != nil {
			for key, value := range group {
				w.at(where+"."+key, n.Items, value, func(v any) any { return in(map[string]any{key: v}) })
			}
			return
		}
		unknown := maps.Clone(group)
		unknown["no_such_key"] = "x"
		w.try(where+": an unknown key", in(unknown), mistaken)
		for _, p := range n.Properties {
			with := func(v any) any {
				other := maps.Clone(group)
				for key, value := range company[p.Key] {
					if _, both := group[key]; value == nil && both {
						delete(other, key)
					} else if value != nil {
						other[key] = value
					}
				}
				other[p.Key] = v
				return in(other)
			}
			if p.Required {
				less := maps.Clone(group)
				delete(less, p.Key)
				w.try(where+"."+p.Key+": missing", in(less), mistaken)
				w.try(where+"."+p.Key+": nothing", with(nil), mistaken)
				if p.Type == "string" {
					w.try(where+"."+p.Key+": an empty text", with(""), mistaken)
				}
				if p.Type == "array" {
					w.try(where+"."+p.Key+": an empty list", with([]any{}), mistaken)
				}
			} else {
				w.try(where+"."+p.Key+": nothing", with(nil), perhaps)
			}
			value := clone(p.Example())
			if g, ok := group[p.Key]; ok {
				value = g
			}
			if value == nil && p.Type == "object" { // none of its keys is needed
				value = map[string]any{}
			}
			if value == nil || p.Key == "in_person" && where == ".formats" {
				continue // without an office nobody sees people in one
			}
			w.at(where+"."+p.Key, p.Node, value, with)
		}
	}
}

// wrong returns values that cannot stand at a node, by what is wrong with them.
func wrong(n *schema.Node) map[string]any {
	group, list := map[string]any{"no_such_key": "x"}, []any{"x"}
	bad := map[string]any{}
	switch n.Type {
	case "string":
		bad["a list"], bad["a group"] = list, group
		if len(n.Enum) > 0 {
			bad["no choice"], bad["a number for a choice"] = "zzz", 5
		}
		if n.Max > 0 && n.Pattern == "" {
			bad["too long"] = strings.Repeat("ä", n.Max+1)
		}
		if n.Pattern != "" {
			bad["another form"] = "?? ??"
		}
		if n.Format == "since" {
			bad["a number that is no year"] = 18
		}
		if n.Format == "date" {
			bad["a number for a day"], bad["a year for a day"] = 20261130, "2026"
		}
	case "boolean":
		bad["a word"], bad["a number"], bad["a list"], bad["a quoted truth"] = "perhaps", 1, list, "true"
	case "integer":
		bad["a word"], bad["a fraction"], bad["a truth"], bad["a list"], bad["a quoted number"] = "many", 1.5, true, list, "5"
	case "number":
		bad["a word"], bad["a truth"], bad["a list"] = "many", true, list
	case "array":
		bad["a text"], bad["a group"] = "x", group
		if n.Max > 0 {
			var many []any
			for i := range n.Max + 1 {
				many = append(many, n.Items.Enum[i].Value)
			}
			bad["too many"] = many
		}
	case "object":
		bad["a text"], bad["a list"] = "x", list
	case "":
		if n.Alternatives != nil {
			bad["a group of another kind"] = group
		}
	}
	if n.Low != nil && n.Type != "string" {
		bad["too low"] = *n.Low - 1
	}
	if n.High != nil && n.Type != "string" {
		bad["too high"] = *n.High + 1
	}
	return bad
}

// The keys that check holds against a vocabulary are those that the schema lists its words for.
func TestAgreementOnVocabularies(t *testing.T) {
	j := newJudge(t)
	n := schema.Of("practitioner", j.words())
	record, want := map[string]any{}, []string{}
	var fill func(n *schema.Node, field string) any
	fill = func(n *schema.Node, field string) any {
		switch {
		case n.Type == "array":
			return []any{fill(n.Items, field+"[0]")}
		case len(n.Properties) > 0:
			o := map[string]any{}
			for _, p := range n.Properties {
				o[p.Key] = fill(p.Node, strings.TrimPrefix(field+"."+p.Key, "."))
			}
			return o
		case n.Facet != "" && n.Facet != site.LicenseType:
			want = append(want, field)
			return "zzz"
		case n.Type == "string" && len(n.Enum) == 0 && n.Pattern == "":
			return "zzz"
		}
		return clone(n.Example())
	}
	record = fill(n, "").(map[string]any)
	k, _ := schema.KindOf("practitioner")
	f := file(t, k, record)
	var have []string
	for _, d := range j.checked(f, &source.File{Path: "data/site.yaml", Data: []byte("title: Small\nurl: https://example.org/\n")})[f.Path] {
		if facet, ok := strings.CutPrefix(d.Rule, "practitioner/"); ok && slices.Contains(site.Vocabularies, facet) && facet != site.LicenseType {
			have = append(have, yamlx.FieldAt(f.Data, 1, d.Pos))
		}
	}
	slices.Sort(want)
	slices.Sort(have)
	if fmt.Sprint(want) != fmt.Sprint(have) || len(want) < 10 {
		t.Errorf("the schema lists words for %v\ncheck looks up %v", want, have)
	}
}
