package search

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// Words that meet often: names that are near one another, that begin others, that are words of
// the vocabulary, filler, function words or nicknames, and some that no ASCII spells.
var (
	givenNames  = []string{"Edward", "Ed", "Elizabeth", "Liz", "Beth", "Maria", "Marie", "Mariam", "An", "Good", "Jörg", "Núñez", "O'Brien", "Grace", "Ольга", "Søren"}
	familyNames = []string{"Smith", "Smyth", "Smithson", "de la Cruz", "Garcia-Lopez", "García", "Tacoma", "Young", "Brown", "Browne", "O’Neil", "Grace", "In", "Nguyen", "Portland"}
	textWords   = []string{"gentle", "gently", "trauma", "painful", "desire", "the", "of", "Tacoma", "Smith", "smithy", "rope", "hope", "calm", "ed", "x", "Ph.D.", "2026", "rituals"}
	cities      = []string{"Tacoma", "Seattle", "Portland", "Spokane"}
)

func testFacets() []Facet {
	return []Facet{
		{Key: "concern", Tier: Concern, Terms: []Term{
			{ID: "pain", Label: "Painful or difficult penetration", Formal: "Genito-pelvic pain", Aliases: []string{"vaginismus", "painful sex", "dyspareunia"}},
			{ID: "erection", Label: "Erections", Formal: "Erectile disorder", Aliases: []string{"ED", "impotence"}},
			{ID: "desire", Label: "Different desire", Aliases: []string{"low desire", "no desire", "libido"}},
			{ID: "compulsive", Label: "Out of control behavior", Aliases: []string{"sex addiction"}, Deprecated: []string{"nymphomania"}},
			{ID: "never", Label: "Never chosen"},
		}},
		{Key: "state", Tier: Detail, Terms: []Term{
			{ID: "WA", Label: "Washington", Aliases: []string{"WA"}},
			{ID: "OR", Label: "Oregon", Aliases: []string{"OR"}},
		}},
		{Key: "city", Tier: Detail, Terms: []Term{
			{ID: "tacoma-wa", Label: "Tacoma, WA", Aliases: []string{"Tacoma"}},
			{ID: "portland-or", Label: "Portland, OR", Aliases: []string{"Portland"}},
		}},
		{Key: "availability", Tier: Detail, Terms: []Term{
			{ID: "open", Label: "Taking new clients"},
			{ID: "evening", Label: "Evenings", Aliases: []string{"evening", "after work"}},
		}},
	}
}

// A dice returns a number from 0 to n-1. The random corpora are made with one, so that the same
// code serves plain random numbers, which are quick and even, and rapid, which makes a failing case
// small but likes small numbers.
type dice func(n int) int

func (d dice) between(low, high int) int { return low + d(high-low+1) }
func (d dice) once(in int) bool          { return d(in) == 0 }

func some[T any](d dice, from []T) T { return from[d(len(from))] }

func rapidDice(t *rapid.T) dice {
	return func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "dice") }
}

func anyDocument(roll dice, i int) Document {
	d := Document{
		ID:     fmt.Sprintf("p%d", i),
		URL:    fmt.Sprintf("/directory/p%d/", i),
		Order:  roll.between(0, 40),
		Fields: []Field{{Name, some(roll, givenNames)}, {Name, some(roll, familyNames)}},
	}
	d.Title = d.Fields[0].Text + " " + d.Fields[1].Text
	d.Card = "<h3><a href='" + d.URL + "'>" + strings.ReplaceAll(d.Title, "'", "&#39;") + "</a></h3>"
	for range roll.between(0, 6) {
		d.Fields = append(d.Fields, Field{Text, some(roll, textWords)})
	}
	if roll.once(2) {
		d.Fields = append(d.Fields, Field{Letters, some(roll, []string{"PhD", "LMFT", "PMHNP-BC", "Ph.D."})})
	}
	city := some(roll, cities)
	d.Fields = append(d.Fields, Field{Place, city})
	for _, f := range testFacets() {
		for _, term := range f.Terms {
			if term.ID == "never" || !roll.once(3) {
				continue
			}
			v := FacetValue{Facet: f.Key, Value: term.ID, Top: roll.once(2)}
			if roll.once(4) {
				v.From, v.Until = roll.between(0, 20), roll.between(0, 20)
			}
			d.Facets = append(d.Facets, v)
			if roll.once(10) {
				d.Facets = append(d.Facets, FacetValue{Facet: f.Key, Value: term.ID, Top: !v.Top, From: 3})
			}
		}
	}
	if roll.once(2) {
		low := roll.between(0, 200)
		d.Ranges = []Range{{"fee", low, low + 50}}
	}
	for range roll.between(0, 2) {
		d.Places = append(d.Places, Point{45 + float64(roll(4000))/1000, -124 + float64(roll(7000))/1000})
	}
	return d
}

func anyInput(roll dice) Input {
	n := roll.between(0, 30)
	in := Input{
		Name: "test", Facets: testFacets(), Day: 10, PageSize: roll.between(1, 8),
		Ranges:    []RangeKey{{"fee", "fee_max"}},
		Postcodes: []Postcode{{"98402", Point{47.25, -122.44}, "Tacoma, WA"}, {"97201", Point{45.51, -122.69}, "Portland, OR"}, {"98371", Point{47.2, -122.3}, "Puyallup, WA"}, {"98390", Point{47.2, -122.2}, "Lake Hope, WA"}, {"97058", Point{45.6, -121.2}, "Lake Hope, OR"}},
		Filler:    []string{"sex therapist", "therapist", "sex therapy"},
	}
	position := make([]int, n)
	for i := range n {
		in.Documents = append(in.Documents, anyDocument(roll, i))
		position[i] = roll.between(0, n)
	}
	in.Sorts = []Sort{{"name", position}}
	return in
}

// anyText makes what people type: words of every kind, cut, misspelt, in any order.
func anyText(roll dice) string {
	phrases := slices.Concat(givenNames, familyNames, textWords, cities,
		[]string{"painful sex", "vaginismus", "vaginismis", "sex addiction", "low desire", "libido", "erectile",
			"or", "wa", "sex therapist", "therapist", "in", "the", "who takes", "evenings", "after work", "open", "xyzzy", "phd", "washington", "98402", "97201", "98371", "98499", "9840", "puyallup", "lake hope", "the lake"})
	var words []string
	for range roll.between(0, 4) {
		w := []rune(some(roll, phrases))
		switch roll.between(0, 5) {
		case 0:
			w = w[:roll.between(1, len(w))]
		case 1:
			i := roll.between(0, len(w)-1)
			w = slices.Concat(w[:i], []rune{'z'}, w[i:])
		case 2:
			if i := roll.between(0, len(w)-1); i > 0 {
				w = slices.Clone(w)
				w[i-1], w[i] = w[i], w[i-1]
			}
		}
		words = append(words, string(w))
	}
	return strings.Join(words, " ") + some(roll, []string{"", "", "", " ", ",", "."})
}

func anyFragment(roll dice) string {
	v := url.Values{}
	if !roll.once(5) {
		v.Set("q", anyText(roll))
	}
	for _, f := range testFacets() {
		for _, term := range f.Terms {
			if roll.once(20) {
				v.Add(f.Key, term.ID)
			}
		}
	}
	maybe := func(key string, values ...string) {
		if roll.once(5) {
			v.Add(key, some(roll, values))
		}
	}
	maybe("concern", "nothing", "__proto__", "PAIN")
	maybe("fee_max", "0", "100", "220", "-1", "many")
	maybe("zip", "98402", "97201", "00000", "")
	maybe("ids", "p1", "P2", "p3", "nobody", "")
	maybe("ids", "p4", "p5", "p6", "")
	maybe("within", "5", "50", "400", "0", "x")
	maybe("sort", "name", "distance", "match", "other", "constructor")
	maybe("page", "2", "3", "99", "0", "x")
	maybe("__proto__", "x")
	maybe("toString", "x")
	return v.Encode()
}
