package serve

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// written writes a comparison as people type one: "-" and "+" before lines, [words] that changed.
func written(lines []diffLine) string {
	signs := map[string]string{"same": " ", "removed": "-", "added": "+", "gap": "…"}
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(signs[l.Kind])
		for _, p := range l.Parts {
			if p.Changed {
				b.WriteString("[" + p.Text + "]")
			} else {
				b.WriteString(p.Text)
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestTextDiff(t *testing.T) {
	for name, c := range map[string]struct{ before, after, want string }{
		"the same":      {"a\nb\n", "a\nb\n", ""},
		"line ends":     {"a\nb\n", "a\r\nb\r\n", ""},
		"one word":      {"1\n2\n3\nstatus: open\n5\n6\n7\n", "1\n2\n3\nstatus: waitlist\n5\n6\n7\n", "…\n 2\n 3\n-status: [open]\n+status: [waitlist]\n 5\n 6\n…\n"},
		"some words":    {"Who it is for, and what is known\n", "Who it is for, and how we work\n", "-Who it is for, and [what is known]\n+Who it is for, and [how we work]\n"},
		"a new line":    {"a\nb\n", "a\nnew\nb\n", " a\n+new\n b\n"},
		"a line less":   {"a\nold\nb\n", "a\nb\n", " a\n-old\n b\n"},
		"all is new":    {"", "a\nb\n", "+a\n+b\n"},
		"all is gone":   {"a\n", "", "-a\n"},
		"nothing alike": {"wholly one thing\n", "quite another\n", "-wholly one thing\n+quite another\n"},
		"across a line": {"We meet on\nMonday at noon.\n", "We meet on Monday\nat noon.\n", "-We meet on[]\n-Monday at noon.\n+We meet on Monday[]\n+at noon.\n"},
	} {
		got := written(textDiff(c.before, c.after))
		if name == "across a line" { // where the break stands is not a word
			got, c.want = strings.NewReplacer("[", "", "]", "").Replace(got), strings.NewReplacer("[", "", "]", "").Replace(c.want)
		}
		if got != c.want {
			t.Errorf("%s:\n%swant\n%s", name, got, c.want)
		}
	}
}

// What is removed and what stays is the text before; what is added and what stays is the one after.
func TestTextDiffIsWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "a b", "b a c", "", "c"}), 0, 12)
		before, after := strings.Join(text.Draw(t, "before"), "\n"), strings.Join(text.Draw(t, "after"), "\n")
		a, b := linesOf(before), linesOf(after)
		var was, is []string
		i, j := 0, 0
		for _, m := range append(common(a, b), [2]int{len(a), len(b)}) {
			for _, l := range replaced(a[i:m[0]], b[j:m[1]]) {
				line := ""
				for _, p := range l.Parts {
					line += p.Text
				}
				if l.Kind == "removed" {
					was = append(was, line)
				} else {
					is = append(is, line)
				}
			}
			if m[0] < len(a) {
				if a[m[0]] != b[m[1]] {
					t.Fatalf("%q and %q are said to be the same line", a[m[0]], b[m[1]])
				}
				was, is = append(was, a[m[0]]), append(is, b[m[1]])
			}
			i, j = m[0]+1, m[1]+1
		}
		if strings.Join(was, "\n") != strings.Join(a, "\n") || strings.Join(is, "\n") != strings.Join(b, "\n") {
			t.Fatalf("before: %q, after: %q", was, is)
		}
	})
}
