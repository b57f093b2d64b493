package markdown

import (
	"fmt"
	"strings"
	"testing"
)

// rules parses a body and returns the rules that it breaks, each once.
func rules(t *testing.T, body string) (*Doc, string) {
	t.Helper()
	doc, problems := Parse("x.md", []byte(body), 1, Options{Facts: true, AnchorPrefix: "s-"})
	var broken []string
	for _, p := range problems.Sorted() {
		if s := fmt.Sprintf("%s:%d", p.Rule, p.Pos.Line); len(broken) == 0 || broken[len(broken)-1] != s {
			broken = append(broken, s)
		}
	}
	return doc, strings.Join(broken, " ")
}

func TestTableBounds(t *testing.T) {
	table := func(columns, rows int, row string) string {
		return "text\n\n" + strings.Repeat("a|", columns) + "\n" + strings.Repeat("-|", columns) + "\n" + strings.Repeat(row+"\n", rows)
	}
	for label, c := range map[string]struct {
		body, want string
	}{
		"100 columns":               {table(100, 3, strings.Repeat("b|", 100)), ""},
		"101 columns":               {table(101, 3, strings.Repeat("b|", 101)), "markdown/too-wide:3"},
		"19 kB that become 100 MB":  {table(4000, 2800, "|"), "markdown/too-wide:3"},
		"short rows":                {table(100, 150, "b"), "markdown/too-large:3"},
		"many cells":                {table(10, 2500, strings.Repeat("word|", 10)), "markdown/too-large:3"},
		"long but plain":            {table(5, 1000, strings.Repeat("word|", 5)), ""},
		"after a line that is none": {"a|b\n|-:-|\n" + strings.Repeat("a|", 200) + "\n" + strings.Repeat("-|", 200) + "\n", "markdown/too-wide:3"},
	} {
		doc, broken := rules(t, c.body)
		if broken != c.want {
			t.Errorf("%s: broken are %q, want %q", label, broken, c.want)
		}
		if out := doc.HTML(nil); (c.want == "") != strings.Contains(out, "<table>") || len(out) > maxGrowth*len(c.body) {
			t.Errorf("%s: %d bytes became %d", label, len(c.body), len(out))
		}
	}
}

func TestGrowth(t *testing.T) {
	address := "/" + strings.Repeat("x", 1800)
	for label, c := range map[string]struct {
		body, want string
	}{
		"a long address often": {"[a]: " + address + "\n\n" + strings.Repeat("[a]\n\n", 1000), "markdown/too-large:"},
		"a long site often":    {"[a]: https://example.org" + address + "\n\n" + strings.Repeat("[a]\n\n", 1000), "markdown/too-large:"},
		"a long title often":   {"[a]: /x \"" + address + "\"\n\n" + strings.Repeat("[a]\n\n", 1000), "markdown/too-large:"},
		"a long picture often": {"[a]: " + address + "\n\n" + strings.Repeat("![a]\n\n", 1000), "markdown/too-large:"},
		"one footnote often":   {strings.Repeat("[^a]\n\n", 400) + "[^a]: x\n", ""},
		"short things":         {strings.Repeat(">\n\n-\n\n***\n\n", 500), ""},
		"quotations in lists":  {strings.Repeat("> - ", 40) + "x\n", "markdown/too-large:1"},
		"lists in lists":       {strings.Repeat("- ", 40) + "x\n", "markdown/too-large:1"},
		"definitions":          {nestedDefinitions(40), "markdown/too-large:"},
		"marks":                {strings.Repeat("*a _b ", 300), "markdown/too-large:1"},
		"brackets":             {"x" + strings.Repeat("[", 600), "markdown/too-large:1"},
		"braces":               {strings.Repeat("{{", 600), "markdown/fact:1 markdown/too-large:1"},
		"marks in the next":    {strings.Repeat(strings.Repeat("*a* ", 200)+"\n\n", 5), ""},
		"bold in bold":         {strings.Repeat("**a *b ", 60) + strings.Repeat("c* d** ", 60), "markdown/too-large:1"},
		"link definitions":     {strings.Repeat("[a]: /b\n", 2000), "markdown/too-large:1"},
		"footnotes":            {footnotes(400), "markdown/footnote:603"},
		"more than a page":     {strings.Repeat("word ", MaxBody/5+1), "markdown/too-large:1"},
	} {
		doc, broken := rules(t, c.body)
		if c.want == "" && broken != "" || !strings.Contains(broken, c.want) {
			t.Errorf("%s: broken are %q, want %q", label, broken[:min(len(broken), 200)], c.want)
		}
		if out := doc.HTML(func(i int) string { return doc.Holes[i].Value }); len(out) > maxGrowth*len(c.body) {
			t.Errorf("%s: %d bytes became %d", label, len(c.body), len(out))
		}
	}
}

func nestedDefinitions(n int) string {
	var b strings.Builder
	for i := range n {
		indent := strings.Repeat("  ", i)
		b.WriteString(indent + "a\n" + indent + ": b\n\n")
	}
	return b.String()
}

func footnotes(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "[^%d]", i)
	}
	b.WriteString("\n\n")
	for i := range n {
		fmt.Fprintf(&b, "[^%d]: x\n\n", i)
	}
	return b.String()
}
