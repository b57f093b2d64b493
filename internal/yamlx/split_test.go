package yamlx_test

import (
	"bytes"
	"strings"
	"testing"

	"nwioi/internal/yamlx"
)

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		input, front string
		frontLine    int
		body         string
		bodyLine     int
		problem      string
	}{
		{"---\ntitle: A\n---\nBody\n", "title: A\n", 2, "Body\n", 4, ""},
		{"---\r\ntitle: A\r\n---\r\nBody\r\n", "title: A\n", 2, "Body\n", 4, ""},
		{"\uFEFF---\ntitle: A\n---\n", "title: A\n", 2, "", 4, ""},
		{"\n \n---  \ntitle: A\n---\t\n\nBody", "title: A\n", 4, "\nBody", 6, ""},
		{"---\n---\nBody\n---\nmore", "", 2, "Body\n---\nmore", 3, ""},
		{"---\ntitle: A\n---", "title: A\n", 2, "", 4, ""},
		{"# Title\n\nBody", "", 1, "# Title\n\nBody", 1, "does not begin with front matter"},
		{"", "", 1, "", 1, "does not begin with front matter"},
		{"\n\n", "", 1, "\n\n", 1, "does not begin with front matter"},
		{"----\n", "", 1, "----\n", 1, "does not begin with front matter"},
		{"---\ntitle: A\n\nBody\n", "", 2, "", 2, "that begins here does not end"},
		{"---", "", 2, "", 2, "that begins here does not end"},
		{"---\ntitle: A\nbio: |\n  ---\n---\nBody\n", "title: A\nbio: |\n", 2, "---\nBody\n", 5, "these are indented"},
		{"+++\ntitle = 1\n+++\nBody", "", 1, "", 1, "is YAML between"},
		{"---\ntitle: \xff\n---\n", "", 1, "", 1, "not UTF-8"},
	} {
		front, frontLine, body, bodyLine, problems := yamlx.Split("a.md", []byte(c.input))
		if string(front) != c.front || frontLine != c.frontLine || string(body) != c.body || bodyLine != c.bodyLine {
			t.Errorf("%q: front %q at %d, body %q at %d", c.input, front, frontLine, body, bodyLine)
		}
		switch {
		case c.problem == "" && problems != nil:
			t.Errorf("%q: reported %v", c.input, problems)
		case c.problem != "" && (len(problems) != 1 || !strings.Contains(problems[0].Message, c.problem)):
			t.Errorf("%q: reported %v, want %q", c.input, problems, c.problem)
		}
	}
}

func TestCheckText(t *testing.T) {
	same := []byte("a\nb ä\n")
	if clean, problems := yamlx.CheckText("a", same); problems != nil || &clean[0] != &same[0] {
		t.Error("clean text is copied or reported")
	}
	crlf := []byte("\uFEFFa\r\nb\rc\n\r")
	before := bytes.Clone(crlf)
	if clean, problems := yamlx.CheckText("a", crlf); problems != nil || string(clean) != "a\nb\nc\n\n" || !bytes.Equal(crlf, before) {
		t.Errorf("%q, %v", clean, problems)
	}
	for input, want := range map[string]string{
		"a\xff":                           "1:2 this file is not UTF-8 text",
		"\uFEFFä\r\nb\r\r\nc\xe9d\nx":     "4:2 this file is not UTF-8 text",
		"\xff\xfea\x00":                   "0:0 this file is UTF-16 text",
		"ab\n\x00":                        "2:1 this is not a text file",
		strings.Repeat("a", 1<<20+1):      "0:0 this file has 1025 KiB",
		strings.Repeat("a", 1<<20) + "\n": "0:0 this file has 1025 KiB",
	} {
		clean, problems := yamlx.CheckText("a", []byte(input))
		if clean != nil || len(problems) != 1 {
			t.Errorf("%.20q: %q, %v", input, clean, problems)
			continue
		}
		p := problems[0]
		if got := place(p) + " " + p.Message; !strings.HasPrefix(got, want) || strings.ContainsAny(p.Source, "\r\n\uFEFF") {
			t.Errorf("%.20q: %q with %q, want %q", input, got, p.Source, want)
		}
	}
	if clean, problems := yamlx.CheckText("a", bytes.Repeat([]byte("a"), 1<<20)); problems != nil || len(clean) != 1<<20 {
		t.Error("a file of 1 MiB is refused")
	}
}
