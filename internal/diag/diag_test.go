package diag

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestSortedIsTotal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := diagnostics().Draw(t, "list")
		shuffled := List(rapid.Permutation([]Diagnostic(l)).Draw(t, "shuffled"))
		before := slices.Clone(shuffled)
		if !slices.Equal(l.Sorted(), shuffled.Sorted()) {
			t.Fatal("the order depends on the order of finding")
		}
		if !slices.Equal(before, shuffled) {
			t.Fatal("Sorted changed its list")
		}
	})
}

func TestWithSeverities(t *testing.T) {
	l := List{{Rule: "a/a", Severity: Warning}, {Rule: "b/b", Severity: Error}, {Rule: "c/c", Severity: Note}, {Rule: "d/d", Severity: Warning}}
	rules := map[string]Severity{"a/a": Off, "b/b": Note, "c/c": Warning}
	for strict, want := range map[bool]List{
		false: {{Rule: "b/b", Severity: Note}, {Rule: "c/c", Severity: Warning}, {Rule: "d/d", Severity: Warning}},
		true:  {{Rule: "b/b", Severity: Note}, {Rule: "c/c", Severity: Error}, {Rule: "d/d", Severity: Error}},
	} {
		got := l.WithSeverities(rules, strict)
		if !slices.Equal(got, want) {
			t.Errorf("strict %v: %+v", strict, got)
		}
		if got.Failed() != strict {
			t.Errorf("strict %v: Failed is %v", strict, got.Failed())
		}
	}
}

func TestSeverityWords(t *testing.T) {
	for _, s := range []Severity{Off, Note, Warning, Error} {
		if got, ok := ParseSeverity(s.String()); !ok || got != s {
			t.Errorf("%v reads back as %v", s, got)
		}
	}
	if _, ok := ParseSeverity("fatal"); ok {
		t.Error("fatal is read as a severity")
	}
}
