package search

import (
	"flag"
	"fmt"
	"testing"
)

// scriptBytes is what the page's first script may take, and what comes with the first words.
const scriptBytes = 10_240 + 800

var large = flag.Bool("large", false, "let TestBytesToFirstResult measure 100,000 people too")

// TestBytesToFirstResult: on a cold visit what a reader waits for is small: the script, and the few
// index files that the first page of results needs.
func TestBytesToFirstResult(t *testing.T) {
	for _, size := range []struct {
		people, files               int
		name, typo, concern, places int // kB at most
	}{
		{50, 100, 20, 20, 20, 20},
		{1_000, 500, 32, 36, 45, 45},
		{10_000, 3_500, 36, 42, 60, 60},
		{100_000, 4_800, 40, 55, 100, 100},
	} {
		if testing.Short() && size.people > 1_000 || size.people > 10_000 && !*large {
			continue
		}
		in := manyPeople(size.people)
		files := Build(in).Files()
		if len(files) > size.files {
			t.Errorf("%d people take %d files, want at most %d", size.people, len(files), size.files)
		}
		bytesOf := map[string]int{}
		for _, f := range files {
			bytesOf[hashOf(f)] = len(f.Data)
		}
		person := in.Documents[33]
		first, last := person.Fields[0].Text, person.Fields[1].Text
		for _, visit := range []struct {
			kind, fragment string
			most           int
		}{
			{"exact name", "q=" + first + "+" + last, size.name},
			{"name with a typo", "q=" + first + "+" + last[:1] + last[2:], size.typo},
			{"concern", "concern=c7", size.concern},
			{"concern in words", "q=" + in.Facets[0].Terms[12].Aliases[0], size.concern},
			{"city and concern", "q=" + in.Facets[0].Terms[12].Aliases[0] + "+tacoma", size.places},
		} {
			b := newBrowser(t)
			b.open(files, in.Day)
			found := b.ask("first", visit.fragment)
			bytes := scriptBytes + len(files[0].Data)
			for _, hash := range b.asked {
				bytes += bytesOf[hash]
			}
			t.Log(fmt.Sprintf("%6d people, %-16s %6d bytes, %2d index files, %s found", size.people, visit.kind, bytes, len(b.asked)+1, found))
			if bytes > visit.most*1024 {
				t.Errorf("%s among %d people needs %d bytes, want at most %d kB", visit.kind, size.people, bytes, visit.most)
			}
			if found == "0" {
				t.Errorf("%s among %d people finds nobody", visit.kind, size.people)
			}
		}
	}
}
