package diag

import (
	"flag"
	"os"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write what is printed now into testdata")

// report holds every kind of line that the formats must cope with.
var report = List{
	{Path: "data/practitioners/ada-okafor.yaml", Pos: Pos{7, 13}, Width: 8, Severity: Error, Rule: "practitioner/language",
		Message: `"Swahilli" is not a language we know`, Hint: `did you mean "Swahili"?`, Source: "languages: [Swahilli, English]"},
	{Path: "data/practitioners/zoe.yaml", Pos: Pos{9, 13}, Width: 8, Severity: Error, Rule: "practitioner/language",
		Message: `"Swahilli" is not a language we know`, Hint: `did you mean "Swahili"?`, Source: "languages: [Swahilli]"},
	{Path: "content/about.md", Severity: Note, Rule: "page/orphan", Message: "no page links here"},
	{Path: "content/a b,c: 100%.md", Pos: Pos{3, 1}, Severity: Warning, Rule: "text/doubled-word",
		Message: "the word is doubled\n::error::not a command", Hint: "remove one: 50% less"},
	{Path: "content/wide.md", Pos: Pos{12, 7}, Width: 2, Severity: Warning, Rule: "text/term", Message: "wide characters before the place",
		Source: "日本語é\u0301 ab cd"},
	{Path: "content/tab.md", Pos: Pos{2, 3}, Width: 4, Severity: Error, Rule: "text/x", Message: "tabs before the place", Hint: "use spaces", Source: "\t\tword\r"},
	{Path: "content/evil.md", Pos: Pos{1, 7}, Width: 1, Severity: Error, Rule: "text/x",
		Message: "an escape \x1b[2J and a turn \u202e stay harmless", Source: "abc\x1b[0m\u202e x \x00"},
	{Path: "content/long.md", Pos: Pos{1, 301}, Width: 5, Severity: Error, Rule: "text/x", Message: "the line is long", Hint: "split it",
		Source: strings.Repeat("before ", 42) + "before" + "PLACE" + strings.Repeat(" after", 50)},
	{Path: "content/end.md", Pos: Pos{4, 99}, Width: 9, Severity: Error, Rule: "text/x", Message: "the place is behind the line", Source: "short"},
}

func TestText(t *testing.T) {
	for name, opt := range map[string]TextOptions{
		"text.txt":   {Source: true},
		"color.txt":  {Source: true, Color: true},
		"places.txt": {},
	} {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			if err := Text(&b, report, opt); err != nil {
				t.Fatal(err)
			}
			golden(t, name, b.String()+Summary(report)+"\n")
		})
	}
}

func TestSummary(t *testing.T) {
	for want, l := range map[string]List{
		"no problems":                 nil,
		"1 error":                     {{Severity: Error}},
		"2 errors, 1 warning":         {{Severity: Error, Rule: "a/a"}, {Severity: Warning}, {Severity: Error}},
		"1 error, 2 warnings, 1 note": {{Severity: Error}, {Severity: Note}, {Severity: Warning, Message: "one"}, {Severity: Warning, Message: "two"}},
		"1 error in 2 places":         {{Severity: Error, Path: "a"}, {Severity: Error, Path: "b"}},
		"2 notes in 3 places":         {{Severity: Note, Path: "a"}, {Severity: Note, Path: "b"}, {Severity: Note, Rule: "c/c"}},
	} {
		if got := Summary(l); got != want {
			t.Errorf("Summary = %q, want %q", got, want)
		}
	}
}

// Whatever a file holds, the terminal sees printable characters and line ends, and the mark stands
// within the line.
func TestTextIsSafe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		anything := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }))
		d := Diagnostic{Path: anything.Draw(t, "path"), Message: anything.Draw(t, "message"), Hint: anything.Draw(t, "hint"), Source: anything.Draw(t, "source"),
			Rule: "a/b", Severity: Error, Pos: Pos{rapid.Int().Draw(t, "line"), rapid.Int().Draw(t, "col")}, Width: rapid.Int().Draw(t, "width")}
		var b strings.Builder
		if err := Text(&b, List{d}, TextOptions{Source: true}); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(b.String(), "\n"); n > 3 {
			t.Fatalf("one diagnostic printed %d lines", n)
		}
		for _, r := range b.String() {
			if r != '\n' && (unicode.IsControl(r) || unicode.In(r, unicode.Cf) && r != joiner && r != nonJoiner) {
				t.Fatalf("%U reached the terminal", r)
			}
		}
		if !utf8.ValidString(b.String()) {
			t.Fatal("bytes that are no text reached the terminal")
		}
		line, before, marked := window(d)
		if cells(line) > windowCells+1 || before > leadCells+windowCells || marked > windowCells+1 {
			t.Fatalf("%d cells, mark at %d+%d", cells(line), before, marked)
		}
	})
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := "testdata/" + name
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; what is printed now:\n%s", path, got)
	}
}
