package searchtest

import (
	"slices"
	"testing"

	"nwioi/internal/site"
)

// The ruler itself is measured here: what everything else is judged by.

func TestApart(t *testing.T) {
	for _, test := range []struct {
		a, b  string
		edits int
	}{
		{"nunez", "nunez", 0}, {"nunez", "nuez", 1}, {"nunez", "nunnez", 1}, {"nunez", "nunes", 1}, {"nunez", "nuenz", 1},
		{"nunez", "unez", 1}, {"nunez", "munes", 2}, {"ana smith", "ana smiht", 1}, {"ana", "anabel", 3}, {"", "", 0},
	} {
		if got := apart(test.a, test.b, 2); min(got, 3) != test.edits {
			t.Errorf("%q and %q are %d edits apart, want %d", test.a, test.b, got, test.edits)
		}
		if got := apart(test.b, test.a, 2); min(got, 3) != test.edits {
			t.Errorf("%q and %q are %d edits apart, want %d", test.b, test.a, got, test.edits)
		}
	}
}

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"Núñez": "nunez", "O’Brien-Høgh": "obrien hogh", " de la  Cruz, Ph.D.": "de la cruz phd", "Weiß": "weiss", "?!": "",
	} {
		if got := fold(text); got != want {
			t.Errorf("%q is folded to %q, want %q", text, got, want)
		}
	}
}

// TestMisspellings: every misspelling is as far from the word as its rule says.
func TestMisspellings(t *testing.T) {
	d := newDice(1, 1)
	for name, spoil := range map[string]edit{"left out": leaveOut, "put in": putIn, "replaced": replace, "first replaced": replaceFirst, "swapped": swap} {
		for range 300 {
			if word := spoil(d, []rune("castellanos")); word != "" && apart(word, "castellanos", 3) != 1 {
				t.Errorf("%s: %q is not one edit from castellanos", name, word)
			}
		}
	}
}

// TestSeeds: the same seeds give the same people and queries, others give others, every query has a
// right answer, and of each kind there are as many as asked for.
func TestSeeds(t *testing.T) {
	invent := func(seed uint64) *directory {
		return &directory{world: develop, people: develop.people(400, seed, vocabularies()), phrases: newPhrasebook(vocabularies())}
	}
	one, same, other := invent(1), invent(1), invent(2)
	if one.people[7].record(7) != same.people[7].record(7) {
		t.Error("the same seed gives another record")
	}
	if one.people[7].record(7) == other.people[7].record(7) {
		t.Error("another seed gives the same record")
	}
	queries, again := one.queries(3, 30), same.queries(3, 30)
	if !slices.Equal(texts(queries), texts(again)) {
		t.Error("the same seed gives other queries")
	}
	if slices.Equal(texts(queries), texts(one.queries(4, 30))) {
		t.Error("another seed gives the same queries")
	}
	of := map[string]int{}
	for _, q := range queries {
		of[q.kind]++
		if !slices.Contains(q.right, true) {
			t.Errorf("nobody is a right answer to %q", q.text)
		}
	}
	for _, k := range kinds {
		if of[k.name] != 30 {
			t.Errorf("%s: %d queries, want 30", k.name, of[k.name])
		}
	}
}

// TestWorlds: the world of the report shares no city and hardly a name with the one to work with.
func TestWorlds(t *testing.T) {
	for _, c := range develop.cities {
		if slices.ContainsFunc(report.cities, func(o city) bool { return o.name == c.name }) {
			t.Errorf("%s is in both worlds", c.name)
		}
	}
	shared := 0
	for _, list := range [][2][]string{{develop.given, report.given}, {develop.family, report.family}} {
		for _, name := range list[0] {
			if slices.ContainsFunc(list[1], func(o string) bool { return fold(o) == fold(name) }) {
				shared++
			}
		}
	}
	if shared > 8 {
		t.Errorf("%d names are in both worlds", shared)
	}
}

// TestRightAnswers checks by hand whom some queries mean.
func TestRightAnswers(t *testing.T) {
	p := &person{
		name: "ana de la cruz", words: []string{"ana", "de", "la", "cruz"}, video: true, offices: []city{develop.cities[2]},
		licences: []licence{{"WA", "LMFT", false}, {"OR", "LMFT", true}}, top: []string{"erection"}, status: "open", confirmed: today.AddDays(-site.CountsDays),
	}
	says := newPhrasebook(vocabularies()).meaning
	for what, right := range map[string]bool{
		"ED means erections": says("ED")(p), "Washington by video": p.videoIn("WA"), "Pierce County": p.inCounty("Pierce", ""), "within 30 miles of Seattle": p.near(develop.cities[0], 30),
		"counts as open to the last day": p.open(), "sees Washington": p.sees("WA"), "has the letters": p.letters("LMFT"),
	} {
		if !right {
			t.Errorf("%s: the person is no right answer", what)
		}
	}
	for what, wrong := range map[string]bool{
		"an expired licence": p.videoIn("OR"), "Benton County": p.inCounty("Benton", ""), "Pierce County, OR": p.inCounty("Pierce", "OR"), "within 30 miles of Spokane": p.near(develop.cities[3], 30),
		"EFT": says("EFT")(p), "no phrase": says("xyzzy")(p),
	} {
		if wrong {
			t.Errorf("%s: the person is a right answer", what)
		}
	}
}
