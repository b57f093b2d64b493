package search

import (
	"fmt"
	"testing"
)

// TestBytesToFirstResult: on a cold visit to a directory of a thousand people, the index files that
// a reader waits for are few and small. The script, which comes on top, has its own test.
func TestBytesToFirstResult(t *testing.T) {
	in := manyPeople(1000)
	files := Build(in).Files()
	size := map[string]int{}
	for _, f := range files {
		size[hashOf(f)] = len(f.Data)
	}
	person := in.Documents[333]
	first, last := person.Fields[0].Text, person.Fields[1].Text
	for _, test := range []struct {
		kind, fragment string
		most           int
	}{
		{"name", "q=" + first + "+" + last, 22_000},
		{"name with a typo", "q=" + first + "+" + last[1:], 26_000},
		{"concern", "concern=c7", 35_000},
		{"concern in words, and state", "q=" + in.Facets[0].Terms[12].Aliases[0] + "+washington", 35_000},
	} {
		b := newBrowser(t)
		b.open(files, in.Day)
		found := b.ask("first", test.fragment)
		bytes := len(files[0].Data)
		for _, name := range b.asked {
			bytes += size[name]
		}
		t.Log(fmt.Sprintf("%-28s %6d bytes in %2d files, %s found", test.kind, bytes, len(b.asked)+1, found))
		if bytes > test.most {
			t.Errorf("%s needs %d bytes, want at most %d", test.kind, bytes, test.most)
		}
		if found == "0" {
			t.Errorf("%s finds nobody", test.kind)
		}
	}
}
