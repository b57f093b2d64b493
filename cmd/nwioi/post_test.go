package main

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// The short form fits whatever it is about, ends with the whole link, and cuts no word in two.
func TestShortPosts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[a-zé]{1,14}`), 1, 80)
		first, more := words.Draw(t, "first"), words.Draw(t, "more")
		p := &post{Link: "https://example.org/events/" + rapid.StringMatching(`[a-z-]{1,60}`).Draw(t, "id") + "/"}
		p.write(strings.Join(first, " "), strings.Join(more, " "))
		if n := utf8.RuneCountInString(p.Short); n > shortest {
			t.Fatalf("%d characters", n)
		}
		text, linked := strings.CutSuffix(p.Short, "\n"+p.Link)
		if !linked {
			t.Fatalf("%q does not end with the link", p.Short)
		}
		known := append(first, more...)
		for _, w := range strings.Fields(text) {
			found := false
			for _, k := range known {
				found = found || k == strings.TrimSuffix(w, "…")
			}
			if !found {
				t.Fatalf("%q is cut in two", w)
			}
		}
	})
}
