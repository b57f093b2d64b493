package diag

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestNearest(t *testing.T) {
	known := []string{"languages", "licenses", "links", "name", "bio", "fees"}
	for word, want := range map[string]string{
		"langauges": "languages",
		"Languages": "languages",
		" license ": "licenses",
		"naem":      "name",
		"boi":       "bio",
		"fee":       "fees",
		"zebra":     "",
		"":          "",
	} {
		if got := Nearest(word, known); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", word, got, want)
		}
	}
	if got := Nearest("ac", []string{"ab", "ad"}); got != "ab" {
		t.Errorf("of two that are equally near %q won, not the first", got)
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "abc", 3}, {"kitten", "sitting", 3}, {"ab", "ba", 1}, {"ca", "abc", 3}, {"é", "e", 1}, {"日本", "日", 1}} {
		if got := Distance(c.a, c.b); got != c.want {
			t.Errorf("Distance(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestDistanceLaws(t *testing.T) {
	word := rapid.StringOf(rapid.SampledFrom([]rune("abcé日")))
	rapid.Check(t, func(t *rapid.T) {
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		d := Distance(a, b)
		if d != Distance(b, a) {
			t.Fatal("not symmetric")
		}
		if (d == 0) != (a == b) {
			t.Fatal("zero for different words, or not zero for the same")
		}
		lengths := []int{len([]rune(a)), len([]rune(b))}
		if low, high := slices.Max(lengths)-slices.Min(lengths), slices.Max(lengths); d < low || d > high {
			t.Fatalf("%d is not between %d and %d", d, low, high)
		}
		if edited := a + "x"; Distance(a, edited) != 1 {
			t.Fatal("one more letter is not one edit")
		}
	})
}
