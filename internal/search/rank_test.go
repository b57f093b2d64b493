package search

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// A small directory in which every promise about words can be seen. The published order is that of
// the lines.
func town() Input {
	in := Input{
		Name: "town", Facets: testFacets(), Day: 10,
		Ranges: []RangeKey{{"fee", "fee_max"}},
		Filler: []string{"sex therapist", "therapist", "couples therapist"},
	}
	for i, line := range []string{
		"edward   | Edward          | Lund            | Seattle  | desire     |              | boats and hope",
		"other    | Ines            | O'Brien         | Seattle  | -erection  | state:WA     | calm",
		"top      | Maria           | Núñez           | Tacoma   | erection   | city:tacoma-wa state:WA | trauma, as Beth",
		"text     | Jon             | de la Cruz      | Portland |            | state:OR     | for Maria the ED of a school",
		"named    | Ed              | Garcia-Lopez    | Portland |            | city:portland-or state:OR | hope",
		"liz      | Elizabeth       | Kowalczyk       | Spokane  | pain       | availability:evening | hope",
		"tapping  | Vera            | Stone           | Spokane  |            |              | gentle work after painful sex, with tapping",
	} {
		f := strings.Split(line, "|")
		for k := range f {
			f[k] = strings.TrimSpace(f[k])
		}
		d := Document{ID: f[0], Title: f[1] + " " + f[2], Order: i,
			Fields: []Field{{Name, f[1]}, {Name, f[2]}, {Place, f[3]}, {Text, f[6]}}}
		if f[4] != "" {
			id := strings.TrimPrefix(f[4], "-")
			d.Facets = append(d.Facets, FacetValue{Facet: "concern", Value: id, Top: id == f[4]})
		}
		for _, pair := range strings.Fields(f[5]) {
			key, value, _ := strings.Cut(pair, ":")
			d.Facets = append(d.Facets, FacetValue{Facet: key, Value: value})
		}
		in.Documents = append(in.Documents, d)
	}
	return in
}

func found(ix *Index, text string) string {
	var ids []string
	for _, h := range ix.Search(Query{Text: text}).Hits {
		ids = append(ids, h.ID)
	}
	return strings.Join(ids, " ")
}

func TestWordsFindPeopleInOrder(t *testing.T) {
	ix := Build(town())
	for _, test := range []struct{ why, text, want string }{
		{"a whole name, then the concern first among the top three, then the concern, then the beginning of a name", "ED", "named top other edward"},
		{"case, accents and apostrophes do not matter", "nunez", "top"},
		{"case, accents and apostrophes do not matter", "NÚÑEZ", "top"},
		{"an apostrophe may be left out", "obrien", "other"},
		{"an apostrophe may be a typographer's", "O’Brien", "other"},
		{"a part behind an apostrophe is a name", "brien", "other"},
		{"a compound name may be written as one", "garcialopez", "named"},
		{"a compound name may be written as one", "delacruz", "text"},
		{"the end of what is typed may be missing", "kowal", "liz"},
		{"the beginning of a word that is not the last is no word", "kowal elizabeth", "liz"},
		{"one letter wrong", "kowalzcyk", "liz"},
		{"two letters wrong in a long name", "kovalcyk", "liz"},
		{"two letters wrong only where nothing is nearer", "kowalcsik", "liz"},
		{"the first letter wrong", "lowalczyk", "liz"},
		{"nicknames", "liz", "liz"},
		{"nicknames, one for another", "beth kowalczyk", "liz"},
		{"a whole word of the name before a text that has it", "maria", "top text"},
		{"an alias of two words", "painful sex", "liz"},
		{"an alias that is misspelt", "vaginismis", "liz"},
		{"an alias that is being typed", "vagin", "liz"},
		{"a state by its letters, even where they are a word", "therapist or", "text named"},
		{"a city and a concern", "impotence tacoma", "top"},
		{"a sentence", "couples therapist in Tacoma who takes ED", "top"},
		{"a word read as a concern is not looked for in texts", "erections", "top other"},
		{"what nothing matches is left out", "ed lund xyzzyx", "edward"},
		{"what is read as a concern is searched as words where that finds nobody", "painful sex vera", "tapping"},
		{"a word that only texts have is no condition beside what was read", "painful sex tapping", "liz"},
		{"a small word after a name may be the beginning of one", "maria n", "top"},
		{"a small word after a name is no condition", "maria in", "top text"},
		{"the part before an apostrophe may stand apart", "o brien", "other"},
		{"letters left out of a short name", "lnd", "edward"},
		{"two letters that changed places count once", "lnud", "edward"},
		{"a nickname before a text", "beth", "liz top"},
		{"words of a text", "hope", "edward named liz"},
		{"text only where it is all that was typed", "the of", "edward other top text named liz tapping"},
		{"nothing at all", "  ,. ", "edward other top text named liz tapping"},
		{"nothing known", "xyzzyx", ""},
	} {
		if got := found(ix, test.text); got != test.want {
			t.Errorf("%q finds %q, want %q: %s", test.text, got, test.want, test.why)
		}
	}
}

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"O'Brien O’Brien ʻOhana":  "obrien obrien ohana",
		"Núñez, Ærø; straße ŁÓDŹ": "nunez aero strasse lodz",
		"Ph.D. S.A.R. end.Next":   "phd sar end next",
		"PMHNP-BC/LMFT (WA)":      "pmhnp bc lmft wa",
		"ﬁne №9 ½":                "fine no9 1 2",
		"שָׁלוֹם Ольга Ελένης":    "שלום ольга ελενησ",
		strings.Repeat("a", 40):   strings.Repeat("a", maxWord),
		"😀 𝒜da\xff\x00 \ufffd":    "ada",
	} {
		if got := folded(text); got != want {
			t.Errorf("Fold(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestChipsSayWhatWasRead(t *testing.T) {
	r := Build(town()).Search(Query{Text: "Couples therapist in Tacoma, sex addiction"})
	var chips []string
	for _, c := range r.Reading {
		chips = append(chips, c.Facet+"="+c.ID)
	}
	if got := strings.Join(chips, " "); got != "city=tacoma-wa concern=compulsive" {
		t.Errorf("read %q", got)
	}
}

// TestStepsExplainScores: what Explain says of each hit adds up to the score that Search gave it.
func TestStepsExplainScores(t *testing.T) {
	explained := 0
	for seed := range uint64(300) {
		roll := dice(rand.New(rand.NewPCG(seed, 2)).IntN)
		ix := Build(anyInput(roll))
		for range 10 {
			q := ix.Parse(anyFragment(roll))
			for _, h := range ix.Explain(q).Hits {
				sum := Tier(0)
				for _, s := range h.Steps {
					sum += s.Tier
					if s.String() == "" || s.Matched != "" && s.Tier.String() == "nothing" {
						t.Errorf("%+v has no name", s)
					}
					explained++
				}
				if int(sum) != h.Score {
					t.Fatalf("corpus %d, %q: %s has score %d, explained by %v", seed, q.Text, h.ID, h.Score, h.Steps)
				}
			}
		}
	}
	if explained < 300 {
		t.Errorf("only %d steps explained", explained)
	}
}

// TestTownsAndPostcodes: words that stand nowhere but name a town of the postcodes come back with it, and a
// postcode among the words is a place.
func TestTownsAndPostcodes(t *testing.T) {
	in := town()
	in.Documents[0].Places = []Point{{47.2, -122.4}}
	in.Postcodes = []Postcode{
		{"98371", Point{47.19, -122.31}, "Puyallup, WA"}, {"98372", Point{47.2, -122.28}, "Puyallup, WA"},
		{"98335", Point{47.3, -122.6}, "Gig Harbor, WA"}, {"99201", Point{47.66, -117.43}, "Hope, WA"},
	}
	ix := Build(in)
	for text, want := range map[string][]Town{
		"desire puyallup":    {{"puyallup", "Puyallup, WA", "98371"}},
		"puyallup":           {{"puyallup", "Puyallup, WA", "98371"}},
		"gig harbor, desire": {{"gig harbor", "Gig Harbor, WA", "98335"}},
		"hope":               nil, // somebody's text has it
		"xyzzyx":             nil,
	} {
		if got := ix.Search(Query{Text: text}).Towns; !slices.Equal(got, want) {
			t.Errorf("%q names %v, want %v", text, got, want)
		}
	}
	r := ix.Search(Query{Text: "low desire 98371"})
	if len(r.Hits) != 1 || r.Hits[0].ID != "edward" || r.Hits[0].Miles < 1 || len(r.Reading) != 2 || r.Reading[1] != (Chip{"98371", "zip", "98371", "Within 25 miles of 98371"}) {
		t.Errorf("a postcode among the words gives %+v", r)
	}
	if r := ix.Search(Query{Text: "low desire 99201"}); r.Total != 0 || len(r.Drops) == 0 {
		t.Errorf("a postcode far away gives %+v", r)
	}
}

// TestIDs: only the documents that are asked for are found, whatever else is unknown among them.
func TestIDs(t *testing.T) {
	ix := Build(town())
	r := ix.Search(ix.Parse("ids=LIZ&ids=edward&ids=nobody&ids="))
	if r.Total != 2 || r.Hits[0].ID != "edward" || r.Hits[1].ID != "liz" {
		t.Errorf("two people are %+v", r.Hits)
	}
	if r := ix.Search(ix.Parse("ids=nobody")); r.Total != 0 || len(r.Drops) != 1 || r.Drops[0].Key != "ids" && r.Drops[0].Key != "all" {
		t.Errorf("nobody is %+v", r)
	}
}

// TestNoDeadEnd: where nothing is found, every way out that is offered leads to as many people as
// it says, and there always is one.
func TestNoDeadEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		roll := rapidDice(t)
		ix := Build(anyInput(roll))
		q := ix.Parse(anyFragment(roll))
		r := ix.Search(q)
		if r.Total > 0 || len(ix.docs) == 0 {
			return
		}
		if len(r.Drops) == 0 {
			t.Fatalf("%+v finds nobody and offers nothing", q)
		}
		for _, d := range r.Drops {
			if d.Word != "" {
				continue // the differential test covers these: the text has to be cut as the browser cuts it
			}
			goes := func(key string) bool { return d.Key == "all" || (key == d.Key) != d.Only }
			less := q
			less.Choices, less.AtMost = map[string][]string{}, map[string]int{}
			for key, values := range q.Choices {
				if !goes(key) {
					less.Choices[key] = values
				}
			}
			for key, n := range q.AtMost {
				if !goes(key) {
					less.AtMost[key] = n
				}
			}
			if goes("ids") {
				less.IDs = nil
			}
			if goes("zip") {
				less.Near = ""
			}
			if goes("q") {
				less.Text = ""
			}
			if got := ix.Search(less).Total; got != d.Total {
				t.Fatalf("%+v: %+v is said to leave %d and leaves %d", q, d, d.Total, got)
			}
		}
	})
}

// TestChoicesNarrow: a choice of a key that was open never adds anybody, and every count is the
// length of the list that it leads to.
func TestChoicesNarrow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		roll := rapidDice(t)
		ix := Build(anyInput(roll))
		q := ix.Parse(anyFragment(roll))
		q.Day = roll.between(5, 25)
		r := ix.Search(q)
		for f, facet := range ix.facets {
			for i, term := range facet.Terms {
				with := q
				with.Choices = map[string][]string{}
				for key, values := range q.Choices {
					with.Choices[key] = values
				}
				with.Choices[facet.Key] = []string{term.ID}
				got := ix.Search(with)
				if got.Total != r.Counts[f][i] {
					t.Fatalf("%+v: %s=%s is counted %d and lists %d", q, facet.Key, term.ID, r.Counts[f][i], got.Total)
				}
				open := !slices.ContainsFunc(q.Choices[facet.Key], func(id string) bool { _, ok := facet.byID[lower(id)]; return ok })
				if open && got.Total > r.Total {
					t.Fatalf("%+v: choosing %s=%s adds people: %d to %d", q, facet.Key, term.ID, r.Total, got.Total)
				}
			}
		}
	})
}

// TestRangesOverlap: a bound lets everybody pass whose range begins at or below it, and nobody who
// does not say.
func TestRangesOverlap(t *testing.T) {
	in := town()
	in.Documents[0].Ranges = []Range{{"fee", 90, 200}}
	in.Documents[1].Ranges = []Range{{"fee", 150, 150}}
	ix := Build(in)
	for most, want := range map[int]int{89: 0, 90: 1, 149: 1, 150: 2, 999: 2} {
		if got := ix.Search(Query{AtMost: map[string]int{"fee_max": most}}).Total; got != want {
			t.Errorf("%d people for at most %d, want %d", got, most, want)
		}
	}
}

// TestValuesEnd: a value that ends counts on its last day and no longer.
func TestValuesEnd(t *testing.T) {
	in := town()
	in.Documents[0].Facets = append(in.Documents[0].Facets, FacetValue{Facet: "availability", Value: "open", From: 12, Until: 20})
	ix := Build(in)
	for day, want := range map[int]int{0: 0, 11: 0, 12: 1, 20: 1, 21: 0} {
		if got := ix.Search(Query{Day: day, Choices: map[string][]string{"availability": {"open"}}}).Total; got != want {
			t.Errorf("on day %d %d people are open, want %d", day, got, want)
		}
	}
}

func TestDistance(t *testing.T) {
	// Tacoma to Seattle: 25 miles between these points by the haversine formula; checked by hand.
	got := milesBetween(spotOf(Point{47.2529, -122.4443}), spotOf(Point{47.6062, -122.3321}))
	if got < 24 || got > 26 {
		t.Errorf("Tacoma to Seattle is %d miles", got)
	}
	if got := milesBetween(spotOf(Point{0, 0}), spotOf(Point{0, 180})); math.Abs(float64(got)-math.Pi*3958.76) > 1 {
		t.Errorf("half the globe is %d miles", got)
	}
}

// TestEqualsKeepTheirOrder: equal matches stand in the published order, whatever the order of the
// input; and the bytes of the files are the same.
func TestEqualsKeepTheirOrder(t *testing.T) {
	in := town()
	var want []File
	r := rand.New(rand.NewPCG(1, 2))
	for i := range in.Documents {
		in.Documents[i].Order = min(in.Documents[i].Order, 5) // two are equal
	}
	want = Build(in).Files()
	for range 5 {
		r.Shuffle(len(in.Documents), func(i, j int) { in.Documents[i], in.Documents[j] = in.Documents[j], in.Documents[i] })
		ix := Build(in)
		if got := found(ix, "hope"); got != "edward named liz" {
			t.Errorf("hope finds %q", got)
		}
		got := ix.Files()
		if !slices.EqualFunc(got, want, func(a, b File) bool { return a.Name == b.Name && string(a.Data) == string(b.Data) }) {
			t.Error("the files depend on the order of the input")
		}
	}
}
