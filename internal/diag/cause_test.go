package diag

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// An id that is misspelt in forty files is one message with forty places, all of them named.
func TestOneCauseInManyFiles(t *testing.T) {
	var l List
	for i := range 40 {
		l = append(l, Diagnostic{Path: fmt.Sprintf("data/practitioners/person-%02d.yaml", i), Pos: Pos{7, 13}, Width: 8, Severity: Error,
			Rule: "practitioner/language", Message: `"Swahilli" is not a language we know`, Hint: `did you mean "Swahili"?`, Source: "languages: [Swahilli]"})
	}
	l = append(l, Diagnostic{Path: "content/a.md", Severity: Warning, Rule: "page/orphan", Message: "no page links here"})
	var b strings.Builder
	if err := Text(&b, l, TextOptions{Source: true}); err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(b.String(), "is not a language we know"); got != 1 {
		t.Errorf("the message stands %d times", got)
	}
	for _, d := range l {
		if !strings.Contains(b.String(), fmt.Sprintf("%s:%d:%d", d.Path, d.line(), d.col())) {
			t.Errorf("%s is not named", d.Path)
		}
	}
	for _, line := range strings.Split(b.String(), "\n") {
		if cells(line) > windowCells && !strings.Contains(line, "error:") {
			t.Errorf("a line takes %d cells: %s", cells(line), line)
		}
	}
	golden(t, "causes.txt", b.String()+Summary(l)+"\n")
}

// Causes tell everything that a list holds once, whatever its order is, and the worst first.
func TestCauses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := diagnostics().Draw(t, "list")
		for i := range l { // few words, so that some are the same
			l[i].Message, l[i].Hint = l[i].Message[:min(1, len(l[i].Message))], ""
		}
		causes := l.Causes()
		if !slices.EqualFunc(causes, List(rapid.Permutation([]Diagnostic(l)).Draw(t, "shuffled")).Causes(), func(a, b Cause) bool {
			return a.Diagnostic == b.Diagnostic && slices.Equal(a.Places, b.Places)
		}) {
			t.Fatal("the causes depend on the order of finding")
		}
		var told List
		for i, c := range causes {
			if c.at(c.Places[0]) != c.Diagnostic {
				t.Fatalf("%+v does not stand at its first place %+v", c.Diagnostic, c.Places[0])
			}
			for _, p := range c.Places {
				told = append(told, c.at(p))
			}
			if i > 0 && (causes[i-1].Severity < c.Severity || causes[i-1].Severity == c.Severity && causes[i-1].Path > c.Path) {
				t.Fatalf("%+v stands before %+v", causes[i-1], c)
			}
			for _, other := range causes[:i] {
				if other.Rule == c.Rule && other.Message == c.Message && other.Severity == c.Severity {
					t.Fatalf("%q is told twice", c.Message)
				}
			}
		}
		if !slices.Equal(told.Sorted(), l.Sorted()) {
			t.Fatalf("told %+v of %+v", told.Sorted(), l.Sorted())
		}
	})
}
