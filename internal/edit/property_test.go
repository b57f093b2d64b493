package edit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	builds "nwioi/internal/build"
	"nwioi/internal/site"
	"nwioi/internal/source"
	"nwioi/internal/yamlx"
)

// collected is what edit.js collects of a field.
func collected(f *field) any {
	switch f.Control {
	case controlGroup, controlEntries:
		group := map[string]any{}
		for _, child := range f.Fields {
			if v := collected(child); v != nil {
				group[child.Key] = v
			}
		}
		return group
	case controlList:
		list := []any{}
		for _, child := range f.Fields {
			list = append(list, map[string]any{"from": child.From, "value": collected(child)})
		}
		return list
	case controlChoices:
		list := []any{}
		for _, c := range f.Choices {
			if c.Chosen {
				list = append(list, c.Value)
			}
		}
		return list
	case controlRadio, controlSelect:
		for _, c := range f.Choices {
			if c.Chosen {
				return c.Value
			}
		}
		return ""
	case controlKept:
		return nil
	}
	return f.Text
}

// said is what a form says, without what is empty and where items came from.
func said(posted any) any {
	switch v := posted.(type) {
	case map[string]any:
		if value, item := v["value"]; item && len(v) == 2 {
			if _, from := v["from"]; from {
				return said(value)
			}
		}
		group := map[string]any{}
		for key, child := range v {
			if s := said(child); s != nil {
				group[key] = s
			}
		}
		if len(group) > 0 {
			return group
		}
	case []any:
		list := []any{}
		for _, child := range v {
			if s := said(child); s != nil {
				list = append(list, s)
			}
		}
		if len(list) > 0 {
			return list
		}
	case string:
		if s := strings.TrimRight(v, "\n"); strings.TrimSpace(s) != "" {
			return s
		}
	}
	return nil
}

// words are what people type, and what YAML could take for something else.
var typedWords = []string{"plain words", "yes", "no", "null", "~", "1.10", "01067", "# not a comment", "a: b", "- item", "'quoted'", `say "yes"`,
	"{brace}", "[bracket]", "*star", "&and", "!bang", "%percent", "@at", "`tick`", "trailing colon:", "  spaces around  ", "Zoë Ünal", "日本語", "🌊",
	"two\nlines", "a paragraph\n\nand another\n", "  indented\nlines", "2026-11-23", "true", "12", "http://x.test/#a", "back\\slash", "|", ">", "a # b", "---"}

// An author changes one thing of a form, at random.
type author struct{ *rapid.T }

// change changes one field below f, and returns its path. It returns "" where it found nothing to change.
func (a author) change(f *field) string {
	switch f.Control {
	case controlGroup, controlEntries:
		if len(f.Fields) == 0 {
			return ""
		}
		return a.change(f.Fields[rapid.IntRange(0, len(f.Fields)-1).Draw(a.T, "field")])
	case controlList:
		n := len(f.Fields)
		switch what := rapid.IntRange(0, 4).Draw(a.T, "what"); {
		case what == 0 && n > 0:
			i := rapid.IntRange(0, n-1).Draw(a.T, "removed")
			f.Fields = append(f.Fields[:i:i], f.Fields[i+1:]...)
		case what == 1 && n > 1:
			i, j := rapid.IntRange(0, n-1).Draw(a.T, "moved"), rapid.IntRange(0, n-1).Draw(a.T, "to")
			f.Fields[i], f.Fields[j] = f.Fields[j], f.Fields[i]
		case what == 2:
			fresh := *f.Blank
			fresh.Fields = nil
			for _, child := range f.Blank.Fields {
				one := *child
				fresh.Fields = append(fresh.Fields, &one)
			}
			a.change(&fresh)
			at := rapid.IntRange(0, n).Draw(a.T, "at")
			f.Fields = append(f.Fields[:at:at], append([]*field{&fresh}, f.Fields[at:]...)...)
		case n > 0:
			a.change(f.Fields[rapid.IntRange(0, n-1).Draw(a.T, "item")])
		}
	case controlChoices, controlRadio, controlSelect:
		i := rapid.IntRange(0, len(f.Choices)-1).Draw(a.T, "choice")
		if f.Control == controlChoices {
			f.Choices[i].Chosen = !f.Choices[i].Chosen
			break
		}
		for j := range f.Choices {
			f.Choices[j].Chosen = i == j
		}
	case controlCheck:
		if f.Text == "" || f.Text == "false" {
			f.Text = "true"
		} else {
			f.Text = "false"
		}
	case controlKept:
		return ""
	default:
		f.Text = rapid.SampledFrom(append(typedWords, "")).Draw(a.T, "text")
		if f.Control == controlText && strings.Contains(f.Text, "\n") {
			f.Text = "one line"
		}
	}
	return f.Path
}

// blocks cuts a YAML text or front matter into what belongs to each key at the margin. What follows front
// matter is a block of its own.
func blocks(text string) map[string]string {
	parts, key := map[string]string{}, ""
	start := regexp.MustCompile(`^([A-Za-z_]+):`)
	for line := range strings.Lines(strings.TrimPrefix(text, "\uFEFF")) {
		if m := start.FindStringSubmatch(line); m != nil && key != "---" {
			key = m[1]
		} else if strings.HasPrefix(line, "---") && key != "" {
			key = "---"
		}
		parts[key] += line
	}
	return parts
}

// What a form says after one change is what the form of the saved file says, and every other key of the
// file keeps its bytes; a form that nobody touched changes nothing.
func TestRandomEdits(t *testing.T) {
	root := "../.."
	tree, _ := source.ReadDir(root, nil)
	edition := builds.New(builds.Options{Options: site.Options{AsOf: site.Date{Year: 2026, Month: 11, Day: 23}}}).Build(tree).Edition
	var files []string
	for _, pattern := range []string{"data/practitioners/*.yaml", "data/events/*.yaml", "data/courses/*.yaml", "data/awards/*.yaml", "content/*.md", "content/news/*.md"} {
		found, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	original := map[string][]byte{}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		original[f] = data
	}
	rapid.Check(t, func(t *rapid.T) {
		file := rapid.SampledFrom(files).Draw(t, "file")
		p, _ := filepath.Rel(root, file)
		p = filepath.ToSlash(p)
		data := original[file]
		if rapid.Bool().Draw(t, "CRLF") {
			data = bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))
		}
		if rapid.Bool().Draw(t, "byte order mark") {
			data = append([]byte("\uFEFF"), data...)
		}
		k := kindOf(p)
		r := recordOf(k, p, data, edition)
		if r.fault != "" {
			t.Fatalf("%s: %s", p, r.fault)
		}
		form := former{}.field(r.node, r.value, "", "")

		untouched := posted(t, form)
		if same, n, err := r.with(&request{Values: untouched}); err != nil || n != 0 || !bytes.Equal(same, data) {
			t.Fatalf("%s: a form that nobody touched makes %d changes (%v)", p, n, err)
		}
		path := author{t}.change(form)
		values := posted(t, form)
		next, _, err := r.with(&request{Values: values})
		if err != nil {
			t.Fatalf("%s, %s: %v", p, path, err)
		}
		again := recordOf(k, p, next, edition)
		if again.fault != "" {
			t.Fatalf("%s, %s: the file cannot be read any more: %s\n%s", p, path, again.fault, next)
		}
		want, got := said(values), said(posted(t, former{}.field(again.node, again.value, "", "")))
		if !reflect.DeepEqual(want, got) {
			t.Fatalf("%s, %s: the form said\n%v\nand the file says\n%v", p, path, want, got)
		}
		if again.body != r.body {
			t.Fatalf("%s, %s: the body changed", p, path)
		}
		top := path
		if i := strings.IndexAny(path, ".["); i >= 0 {
			top = path[:i]
		}
		before, after := blocks(string(data)), blocks(string(next))
		for key, text := range before {
			if key != top && after[key] != text && !strings.HasPrefix(after[key], strings.TrimRight(text, "\r\n")) {
				t.Fatalf("%s, %s: %s changed from\n%q\nto\n%q", p, path, key, text, after[key])
			}
		}
		if k.markdown {
			return
		}
		if _, err := yamlx.Read(next); err != nil {
			t.Fatal(err)
		}
	})
}

// posted is what the server receives of a form.
func posted(t interface{ Fatal(...any) }, form *field) map[string]any {
	text, err := json.Marshal(collected(form))
	if err != nil {
		t.Fatal(err)
	}
	var values map[string]any
	if err := json.Unmarshal(text, &values); err != nil {
		t.Fatal(fmt.Sprint(err))
	}
	return values
}
