package yamlx_test

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"nwioi/internal/diag"
	"nwioi/internal/yamlx"
)

// seeds adds the files of all archives.
func seeds(f *testing.F, add func(data []byte)) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range archives {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range txtar.Parse(data).Files {
			if file.Name != "report" {
				add(unescape(file.Data))
			}
		}
	}
	add([]byte(located))
}

// Whatever a file holds, reading it ends, says the same each time, and points into the file.
func FuzzDecode(f *testing.F) {
	seeds(f, func(data []byte) { f.Add(data, "name.given") })
	for _, s := range []string{"", "a: &a [*a]", "- - - -", "? ? ?", "{{{{", "\"\\x", "|9", "&", "*", "!", "%TAG ! a", "---\n...\n---", "a:\n\t", "\uFEFF\uFEFFa: b", "a: 'b\n\n c' #x", "#1\n: #2", "? |\n a\n: b"} {
		f.Add([]byte(s), "a[0].b")
	}
	f.Fuzz(func(t *testing.T, data []byte, field string) {
		const first = 3
		lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimLeft(string(data), "\uFEFF")), "\n")
		_, broken := yamlx.CheckText("a.yaml", data)
		text := broken == nil
		inside := func(pos diag.Pos, source string) {
			if pos == (diag.Pos{}) && source == "" {
				return
			}
			if pos.Line < first || pos.Line-first >= len(lines) {
				t.Fatalf("line %d of a file of %d", pos.Line-first+1, len(lines))
			}
			if !text {
				return
			}
			if pos.Col < 1 || pos.Col > 1+utf8.RuneCountInString(lines[pos.Line-first]) {
				t.Fatalf("column %d of %q", pos.Col, lines[pos.Line-first])
			}
			if source != lines[pos.Line-first] {
				t.Fatalf("%q is shown for %q", source, lines[pos.Line-first])
			}
		}
		var one, two record
		problems := yamlx.Decode("a.yaml", data, first, &one)
		if !reflect.DeepEqual(problems, yamlx.Decode("a.yaml", data, first, &two)) || !reflect.DeepEqual(one, two) {
			t.Fatal("reads differently the second time")
		}
		for _, p := range problems {
			inside(p.Pos, p.Source)
			if p.Message == "" || p.Rule == "" || strings.Contains(p.Message, "yaml:") || strings.HasSuffix(p.Message, ".") {
				t.Fatalf("not a plain sentence: %+v", p)
			}
		}
		pos, _, line := yamlx.Locate(data, first, field)
		inside(pos, line)
		within, _ := yamlx.NewIndex(data, first).Within(field, diag.Pos{Line: 1, Col: 1})
		if within.Line < first || within.Col < 1 {
			t.Fatalf("a text begins at %v", within)
		}
	})
}

// The parts of a page are parts of the file, in order, and begin on the lines that are said.
func FuzzSplit(f *testing.F) {
	seeds(f, func(data []byte) { f.Add([]byte("---\n" + string(data) + "---\nBody\n")) })
	for _, s := range []string{"", "---", "---\n---", "---\r\na: b\r\n---\r\n", "\n\n--- \n\n ---\nx", "+++\n", "---\n---\n---\n---"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		clean, broken := yamlx.CheckText("a.md", data)
		front, frontLine, body, bodyLine, problems := yamlx.Split("a.md", data)
		if broken != nil {
			if front != nil || body != nil || !reflect.DeepEqual(problems, broken) {
				t.Fatal("parts of a file that is no text")
			}
			return
		}
		if front == nil && len(body) == 0 {
			if problems == nil {
				t.Fatal("nothing, and no word about it")
			}
			return
		}
		if !bytes.HasSuffix(clean, body) {
			t.Fatal("the body is not the end of the file")
		}
		if n := 1 + bytes.Count(clean[:len(clean)-len(body)], []byte("\n")); n != bodyLine && len(body) > 0 {
			t.Fatalf("the body begins on line %d, not %d", n, bodyLine)
		}
		if front == nil {
			return
		}
		lines := strings.SplitAfter(string(clean), "\n")
		if got := strings.Join(lines[frontLine-1:], ""); !strings.HasPrefix(got, string(front)) {
			t.Fatalf("the front matter does not begin on line %d", frontLine)
		}
		yamlx.Decode("a.md", front, frontLine, new(record))
	})
}

// Files that are made to be expensive are refused or read to their end, and neither what they hold nor
// what is reported of them is multiplied. One that would hang makes the tests run out of time.
func TestBombs(t *testing.T) {
	fill := func(s string) string { return strings.Repeat(s, (1<<20-100)/len(s)) }
	laughs := "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
	for _, c := range "bcdefghijklmnopqrstuvwxyz" {
		one := string(c - 1)
		laughs += string(c) + ": &" + string(c) + " [" + strings.Repeat("*"+one+",", 10) + "]\n"
	}
	for name, input := range map[string]string{
		"laughs": laughs, "brackets": fill("["), "braces": fill("{a: "), "hyphens": fill("- "), "questions": fill("? "), "colons": fill(": "),
		"nested": strings.Repeat("[", 9000) + strings.Repeat("]", 9000), "comments": "a: b\n" + fill("# c\n"), "quote": "a: \"" + fill("b\n"),
		"lines": fill("a\n"), "keys": fill("a: b\n"), "tags": fill("!a "), "anchors": fill("&a "), "documents": fill("---\n"), "bracket-lines": fill("a: [\n"),
		"tabs": fill("\t"), "deeper": deeper(), "broken-lines": fill("a: b: c\n"), "escapes": `a: "` + fill(`\x41`) + `"`,
	} {
		t.Run(name, func(t *testing.T) {
			problems := yamlx.Decode("a.yaml", []byte(input), 1, new(record))
			if len(problems) == 0 || len(problems) > 101 {
				t.Errorf("%d problems are reported", len(problems))
			}
		})
	}
}

// deeper indents each line more than the one above.
func deeper() string {
	var b strings.Builder
	for n := 0; b.Len() < 1<<20-3000; n++ {
		b.WriteString(strings.Repeat(" ", n) + "a:\n")
	}
	return b.String()
}
