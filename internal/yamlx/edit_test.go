package yamlx_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"nwioi/internal/yamlx"
)

type edit = yamlx.Edit

func group(pairs ...any) yamlx.Group {
	var g yamlx.Group
	for i := 0; i < len(pairs); i += 2 {
		g = append(g, yamlx.Entry[any]{Key: pairs[i].(string), Value: pairs[i+1]})
	}
	return g
}

func TestApply(t *testing.T) {
	for _, c := range []struct {
		name  string
		edits []edit
		from  string
		to    string
	}{
		{"a text keeps its marks", []edit{{Path: "a", Value: "it's"}, {Path: "b", Value: "x"}, {Path: "c", Value: "four"}},
			"a: 'one' # first\nb: \"two\"\nc: three   \n", "a: 'it''s' # first\nb: \"x\"\nc: four   \n"},
		{"a text gets marks where it needs them", []edit{{Path: "a", Value: "b: c"}, {Path: "b", Value: "x #y"}, {Path: "c", Value: "null"}, {Path: "d", Value: "yes"}, {Path: "e", Value: "1.10"}, {Path: "f", Value: ""}, {Path: "g", Value: "2027-01-31"}},
			"a: x\nb: x\nc: x\nd: x\ne: x\nf: x\ng: x\n", "a: \"b: c\"\nb: \"x #y\"\nc: \"null\"\nd: \"yes\"\ne: \"1.10\"\nf: \"\"\ng: 2027-01-31\n"},
		{"a figure without marks stays one, unless it begins with a nought", []edit{{Path: "a", Value: "98101"}, {Path: "b", Value: "01067"}},
			"a: 98103\nb: 98103\n", "a: 98101\nb: \"01067\"\n"},
		{"a phone number stays in marks", []edit{{Path: "contact.phone", Value: "+12065550102"}, {Path: "contact.fax", Value: "+12065550103"}},
			"contact: {phone: \"+12065550101\"}\n", "contact: {phone: \"+12065550102\", fax: \"+12065550103\"}\n"},
		{"true, false and figures have no marks", []edit{{Path: "a", Value: true}, {Path: "b", Value: 12}, {Path: "c", Value: 2.5}},
			"a: \"x\"\nb: 'x'\nc: x\n", "a: true\nb: 12\nc: 2.5\n"},
		{"the same value changes nothing", []edit{{Path: "a", Value: []any{"x", 1, true}}, {Path: "b", Value: group("d", "2", "c", 1.5)}},
			"a: [ 'x' , 1, true ] # c\nb:\n    c: 1.50\n\n    d: '2'\n", "a: [ 'x' , 1, true ] # c\nb:\n    c: 1.50\n\n    d: '2'\n"},
		{"several lines become a block", []edit{{Path: "a", Value: "one\n\n  two\n"}, {Path: "b.c", Value: "x\ny"}},
			"a: x # c\nb:\n    c: z\n", "a: | # c\n    one\n\n      two\nb:\n    c: |-\n        x\n        y\n"},
		{"a block keeps its lines", []edit{{Path: "a", Value: "one\nthree\n"}}, "a: |  # c\n     one\n     two\n\nb: 1\n", "a: |  # c\n     one\n     three\n\nb: 1\n"},
		{"a folded paragraph that stays keeps its lines", []edit{{Path: "a", Value: "one two three\nfive six\n"}},
			"a: >\n  one\n  two three\n\n  four\nb: 1\n", "a: >\n  one\n  two three\n\n  five six\nb: 1\n"},
		{"a key that is new goes to the end of its group", []edit{{Path: "a.e", Value: "x"}, {Path: "f", Value: "y"}},
			"a:\n  b: 1\n  d: 2 # c\n\n# about g\ng: 3", "a:\n  b: 1\n  d: 2 # c\n  e: x\n\n# about g\ng: 3\nf: \"y\""},
		{"or to its place", []edit{{Path: "b", Value: 2, After: []string{"a", "x"}}, {Path: "z", Value: 0, After: []string{}}},
			"# head\na: 1\nc: 3\n", "# head\nz: 0\na: 1\nb: 2\nc: 3\n"},
		{"groups around it come with it", []edit{{Path: "a.b.c", Value: "x"}, {Path: "d[0].e", Value: "z"}},
			"k: 1\n", "k: 1\na:\n  b:\n    c: x\nd:\n  - e: z\n"},
		{"an item follows its siblings", []edit{{Path: "a[2]", Value: "z"}, {Path: "b[0]", Value: "x", Insert: true}, {Path: "c[1]", Value: group("s", "OR", "m", "2")}, {Path: "d[1]", Value: group("s", "OR", "m", "2")}},
			"a: ['x', 'y']\nb:\n    -   one\nc:\n- {s: WA, m: \"1\"}\nd:\n  - s: WA\n    m: 1\n",
			"a: ['x', 'y', 'z']\nb:\n    -   x\n    -   one\nc:\n- {s: WA, m: \"1\"}\n- {s: OR, m: \"2\"}\nd:\n  - s: WA\n    m: 1\n  - s: OR\n    m: \"2\"\n"},
		{"what goes takes its comment along", []edit{{Path: "b"}, {Path: "c[1]"}, {Path: "d.e"}},
			"a: 1\n# above\nb: 2 # gone\nc: [x, y, z]\nd: {e: 1, f: 2}\n", "a: 1\n# above\nc: [x, z]\nd: {f: 2}\n"},
		{"a paragraph goes as a whole", []edit{{Path: "b"}}, "a: 1\n\n# what b is\n# for\nb:\n  - 2\n\nc: 3\n", "a: 1\n\n\nc: 3\n"},
		{"the last of a group or list leaves an empty one", []edit{{Path: "a.b"}, {Path: "c[0]"}, {Path: "d[0].e"}},
			"a: # c\n  b: 1\nc:\n  - x\nd:\n  - e: 1\n", "a: {} # c\nc: []\nd:\n  - {}\n"},
		{"the first key beside a hyphen", []edit{{Path: "a[0].b"}, {Path: "a[1].b"}},
			"a:\n  - b: 1\n    c: 2\n  - b: 1 # gone\n    # about c\n    c: 2\n", "a:\n  - c: 2\n  -\n    # about c\n    c: 2\n"},
		{"a list is changed item by item", []edit{{Path: "a", Value: []string{"w", "x", "z"}}},
			"a:\n  - x # one\n  - y # two\n  - z # three\n", "a:\n  - w # one\n  - x # two\n  - z # three\n"},
		{"an item that goes from the middle takes nothing else", []edit{{Path: "a", Value: []string{"x", "z"}}},
			"a:\n  - x # one\n  - y # two\n  - z # three\n", "a:\n  - x # one\n  - z # three\n"},
		{"a group is changed key by key", []edit{{Path: "a", Value: group("b", "1", "d", 4, "c", "3")}},
			"a: # c\n  x: 0\n  c: 2 # two\n  b: 1\n", "a: # c\n  c: 3 # two\n  b: 1\n  d: 4\n"},
		{"one kind of value after another", []edit{{Path: "a", Value: group("b", 1)}, {Path: "c", Value: "x"}, {Path: "d", Value: []any{group("e", 1)}}},
			"a: x # one\nc: # two\n  - y\n  - z\nd: {}\nf: 1\n", "a: # one\n  b: 1\nc: x # two\nd:\n  - e: 1\nf: 1\n"},
		{"nothing becomes something", []edit{{Path: "a", Value: "x"}, {Path: "b", Value: []string{"y"}}, {Path: "c", Value: "z\nz\n"}, {Path: "d.e", Value: 1}},
			"a:\nb: # c\nc: ~\nd: null\n", "a: x\nb: [\"y\"] # c\nc: |\n  z\n  z\nd:\n  e: 1\n"},
		{"a key has another name", []edit{{Path: "a.b-c", Rename: "b_c"}, {Path: "“a”", Rename: "d"}}, "a: {b-c: 1} # x\n“a”: 2\n", "a: {b_c: 1} # x\nd: 2\n"},
		{"an empty document", []edit{{Path: "a", Value: "x"}, {Path: "b", Value: "z"}}, "", "a: x\nb: z\n"},
		{"a document of comments", []edit{{Path: "a", Value: 1}}, "# nothing yet\n", "# nothing yet\na: 1\n"},
		{"a list as a document", []edit{{Path: "[1].id", Value: "z"}, {Path: "[2]", Value: group("id", "c", "label", "C")}},
			"- id: a\n\n- id: b # c\n", "- id: a\n\n- id: z # c\n- id: c\n  label: C\n"},
		{"line ends and the mark stay", []edit{{Path: "b", Value: "x\nz\n"}, {Path: "c", Value: 3}, {Path: "e", Value: 5}},
			"\uFEFFa: 1\r\nb: 2\r\nc: 2\nd: 4", "\uFEFFa: 1\r\nb: |\r\n  x\r\n  z\r\nc: 3\nd: 4\ne: 5"},
		{"behind a text whose blank lines count", []edit{{Path: "c", Value: 1, After: []string{"a"}}}, "a: |+\n  x\n\n\nb: 1\n", "a: |+\n  x\n\n\nc: 1\nb: 1\n"},
		{"behind a text that ends with the file", []edit{{Path: "b", Value: 1}}, "a: |\n  x", "a: |-\n  x\nb: 1"},
		{"whatever its sign says of that", []edit{{Path: "b", Value: 1}}, "a: |2+\n  x", "a: |2-\n  x\nb: 1"},
		{"blank lines at the end that would join a text", []edit{{Path: "b"}}, "a: |+\n  x\nb: 1\n\n", "a: |+\n  x\n"},
		{"blank lines that would join a text go too", []edit{{Path: "b"}}, "a: |+\n  x\nb: 1\n\nc: 2\n", "a: |+\n  x\nc: 2\n"},
		{"a comment that would join a text goes too", []edit{{Path: "b"}}, "a: |\n  x\nb: 1\n    # c\nc: 2\n", "a: |\n  x\nc: 2\n"},
		{"a comment stays with its item between brackets", []edit{{Path: "a[2]", Value: "z"}, {Path: "b[0]"}}, "a: [\n  x, # one\n  v # two\n]\nb: [\n  x, # one\n  v # two\n]\n",
			"a: [\n  x, # one\n  v, # two\n  z\n]\nb: [\n  v # two\n]\n"},
		{"a figure after the sign stays", []edit{{Path: "a", Value: "z\n"}}, "a: |1 # c\n x\nb: 1\n", "a: |1 # c\n z\nb: 1\n"},
		{"keys with dots", []edit{{Path: "institute.founded.value", Value: "2016"}}, "institute.founded:\n  value: \"2015\"\n", "institute.founded:\n  value: \"2016\"\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := yamlx.Apply([]byte(c.from), c.edits...)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != c.to {
				t.Errorf("became\n%s\nwant\n%s\n%q", got, c.to, got)
			}
		})
	}
}

// What cannot be done is said in a sentence, and nothing is returned.
func TestApplyRefuses(t *testing.T) {
	for _, c := range []struct {
		from, says string
		edit       edit
	}{
		{"a: [1\nb: 2\n", "cannot be read", edit{Path: "b", Value: 1}},
		{"a: 1\na: 2\n", "stands before it too", edit{Path: "a", Value: 3}},
		{"a: 1\n", "not there", edit{Path: "b"}},
		{"a: 1\n", "not there", edit{Path: "a.b"}},
		{"a: 1\n", "another kind of value", edit{Path: "a.b", Value: 1}},
		{"a: [1]\n", "no such item", edit{Path: "a[2]", Value: 1}},
		{"a: {b: 1}\n", "another kind of value", edit{Path: "a[0]", Value: 1}},
		{"a: 1\n", "before an item", edit{Path: "a", Value: 1, Insert: true}},
		{"a: 1\n", "no path", edit{Path: "b[x]", Value: 1}},
		{"a: 1\n", "no path", edit{Path: "b..c", Value: 1}},
		{"a: 1\n", "levels deep", edit{Path: "b" + strings.Repeat("[0]", 40), Value: 1}},
		{"a: 1\nb: 2\n", "new name already", edit{Path: "a", Rename: "b"}},
		{"a: 1\n", "cannot be written", edit{Path: "a", Value: struct{}{}}},
		{"a: 1\n", "not UTF-8", edit{Path: "a", Value: "\xFF"}},
		{"a: 1\nb: ! 2\n", "line 2 cannot be read", edit{Path: "a", Value: "x"}},
		{"a: \xFF\n", "UTF-8", edit{Path: "a", Value: "x"}},
		{"a: &x 1\nb: 2\n", "line 1 cannot be read", edit{Path: "b", Value: "x"}},
	} {
		got, err := yamlx.Apply([]byte(c.from), c.edit)
		if err == nil || got != nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%+v in %q: %q, %v; want a sentence with %q", c.edit, c.from, got, err, c.says)
		}
	}
}

func TestApplyFront(t *testing.T) {
	const page = "\uFEFF---\r\ntitle: One # c\r\n---\r\nBody --- \r\ntitle: no\n"
	got, err := yamlx.ApplyFront([]byte(page), edit{Path: "title", Value: "Two"}, edit{Path: "summary", Value: "a\n---\nb\n"}, edit{Path: "tags", Value: []string{"x"}})
	want := "\uFEFF---\r\ntitle: Two # c\r\nsummary: \"a\\n---\\nb\\n\"\r\ntags: [x]\r\n---\r\nBody --- \r\ntitle: no\n"
	if err != nil || string(got) != want {
		t.Errorf("became %q, %v; want %q", got, err, want)
	}
	for from, want := range map[string]string{"---\r\n---\r\n": "---\r\ntitle: One\r\n---\r\n", "---\n---": "---\ntitle: One\n---", "---\n\n---\nx": "---\n\ntitle: One\n---\nx"} {
		if got, err := yamlx.ApplyFront([]byte(from), edit{Path: "title", Value: "One"}); err != nil || string(got) != want {
			t.Errorf("%q became %q, %v; want %q", from, got, err, want)
		}
	}
	if got, err := yamlx.ApplyFront([]byte("No front matter\n"), edit{Path: "title", Value: "One"}); err == nil {
		t.Errorf("a page without front matter became %q", got)
	}
}

func TestReplaceBody(t *testing.T) {
	for _, c := range [][3]string{
		{"---\na: 1\n---\nold\n", "new\n", "---\na: 1\n---\nnew\n"},
		{"---\r\na: 1\r\n---\r\none\r\ntwo\r\n", "one\nmore\ntwo\n", "---\r\na: 1\r\n---\r\none\r\nmore\r\ntwo\r\n"},
		{"---\na: 1\n---\none\r\ntwo\n", "one\r\nthree\r\n", "---\na: 1\n---\none\r\nthree\n"},
		{"---\na: 1\n---", "new\n", "---\na: 1\n---\nnew\n"},
		{"---\na: 1\n---\nold", "", "---\na: 1\n---\n"},
		{"no front matter\n", "new\n", "new\n"},
	} {
		if got := string(yamlx.ReplaceBody([]byte(c[0]), c[1])); got != c[2] {
			t.Errorf("%q with %q became %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

// records returns the institute's own files of YAML.
func records(t testing.TB) map[string][]byte {
	found := map[string][]byte{}
	for _, pattern := range []string{"../../data/*.yaml", "../../data/*/*.yaml"} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			if found[path], err = os.ReadFile(path); err != nil {
				t.Fatal(err)
			}
		}
	}
	return found
}

// In every real record a single value changes between its own ends, and comes back to the same bytes.
func TestApplyToRecords(t *testing.T) {
	var visit func(v *yamlx.Value, path string, each func(path string, v *yamlx.Value))
	visit = func(v *yamlx.Value, path string, each func(string, *yamlx.Value)) {
		for i, item := range v.Items {
			if v.Form == yamlx.List {
				visit(item, path+"["+strconv.Itoa(i)+"]", each)
			} else {
				visit(item, strings.TrimPrefix(path+"."+v.Keys[i], "."), each)
			}
		}
		if v.Form == yamlx.Text {
			each(path, v)
		}
	}
	for file, data := range records(t) {
		says, err := yamlx.Read(data)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		tried := 0
		visit(says, "", func(path string, v *yamlx.Value) {
			if tried++; tried%31 != 0 {
				return
			}
			text := strings.ToUpper(v.Text)
			out, err := yamlx.Apply(data, edit{Path: path, Value: text})
			if err != nil {
				t.Errorf("%s: %v", file, err)
				return
			}
			lines, changed := strings.Split(string(data), "\n"), 0
			for i, line := range strings.Split(string(out), "\n") {
				if i >= len(lines) || lines[i] != line {
					changed++
				}
			}
			if most := max(1, strings.Count(v.Text, "\n")); changed > most {
				t.Errorf("%s: %d lines changed with %s, want at most %d", file, changed, path, most)
			}
			if back, err := yamlx.Apply(out, edit{Path: path, Value: v.Text}); err != nil || string(back) != string(data) {
				t.Errorf("%s: %s does not come back: %v", file, path, err)
			}
		})
	}
}

// Whatever a document and an edit are, the answer is a document that says what was asked, or an error.
func FuzzApply(f *testing.F) {
	seeds(f, func(data []byte) { f.Add(data, "name.given", "x", 0) })
	for _, data := range records(f) {
		f.Add(data, "bio", "one\ntwo\n", 0)
		f.Add(data, "name", "", 1)
	}
	for _, s := range []string{"a: 1", "a: [b, {c: d}]", "a:\n- b: |+\n   c\n\n", "? a\n: b", "{a, b: [c: d]}", "--- # c\na: 1\n...\n", "a: \"b\\\n  c\"", "a: 'b\n\n c' #x", "\"a\" : b\r\n", "a:\tb", "- - - a", "a: b\n c\nd: >2-\n   e", "!", "a: !"} {
		f.Add([]byte(s), "a", "x: y", 2)
		f.Add([]byte(s), "a[0].b", "x\n", 0)
	}
	f.Fuzz(func(t *testing.T, data []byte, path, text string, kind int) {
		e := edit{Path: path, Value: text}
		switch kind & 7 {
		case 1:
			e.Value = nil
		case 2:
			e.Value = []string{text, "second"}
		case 3:
			e.Value = group("key", text, "other", []any{1, group("deep", text)})
		case 4:
			e.Insert = true
		case 5:
			e.After = []string{text, "a"}
		case 6:
			e.Rename = text
		}
		out, err := yamlx.Apply(data, e)
		if err != nil {
			if out != nil {
				t.Fatal("an error and bytes")
			}
			return
		}
		before, err := yamlx.Read(data)
		if err != nil {
			t.Fatalf("%q was changed, though it cannot be read: %v", data, err)
		}
		after, err := yamlx.Read(out)
		if err != nil {
			t.Fatalf("%q became %q: %v", data, out, err)
		}
		if kind&7 == 0 || kind&7 > 6 {
			again, err := yamlx.Apply(out, e)
			if err != nil || string(again) != string(out) {
				t.Fatalf("%+v of %q gave %q, and a second time %q, %v", e, data, out, again, err)
			}
		}
		if kind&7 == 1 && after.Equal(before) {
			t.Fatalf("%+v changed nothing in %q", e, data)
		}
		page := append([]byte("---\n"), data...)
		yamlx.ApplyFront(append(page, "\n---\nbody\n"...), e)
		yamlx.ReplaceBody(data, text)
	})
}
