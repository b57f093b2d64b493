package search

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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

func some[T any](t *rapid.T, label string, from []T) T { return rapid.SampledFrom(from).Draw(t, label) }

func anyDocument(t *rapid.T, i int) Document {
	d := Document{
		ID:     fmt.Sprintf("p%d", i),
		URL:    fmt.Sprintf("/directory/p%d/", i),
		Order:  rapid.IntRange(0, 40).Draw(t, "order"),
		Fields: []Field{{Name, some(t, "given", givenNames)}, {Name, some(t, "family", familyNames)}},
	}
	d.Title = d.Fields[0].Text + " " + d.Fields[1].Text
	d.Card = "<h3><a href='" + d.URL + "'>" + strings.ReplaceAll(d.Title, "'", "&#39;") + "</a></h3>"
	for range rapid.IntRange(0, 6).Draw(t, "words") {
		d.Fields = append(d.Fields, Field{Text, some(t, "text", textWords)})
	}
	if rapid.Bool().Draw(t, "letters") {
		d.Fields = append(d.Fields, Field{Letters, some(t, "letters", []string{"PhD", "LMFT", "PMHNP-BC", "Ph.D."})})
	}
	city := some(t, "city", cities)
	d.Fields = append(d.Fields, Field{Place, city})
	for _, f := range testFacets() {
		for _, term := range f.Terms {
			if term.ID == "never" || rapid.IntRange(0, 2).Draw(t, term.ID) > 0 {
				continue
			}
			v := FacetValue{Facet: f.Key, Value: term.ID, Top: rapid.Bool().Draw(t, "top")}
			if rapid.IntRange(0, 3).Draw(t, "bounded") == 0 {
				v.From, v.Until = rapid.IntRange(0, 20).Draw(t, "from"), rapid.IntRange(0, 20).Draw(t, "until")
			}
			d.Facets = append(d.Facets, v)
			if rapid.IntRange(0, 9).Draw(t, "twice") == 0 {
				d.Facets = append(d.Facets, FacetValue{Facet: f.Key, Value: term.ID, Top: !v.Top, From: 3})
			}
		}
	}
	if rapid.Bool().Draw(t, "fee") {
		low := rapid.IntRange(0, 200).Draw(t, "low")
		d.Ranges = []Range{{"fee", low, low + 50}}
	}
	for range rapid.IntRange(0, 2).Draw(t, "places") {
		d.Places = append(d.Places, Point{rapid.Float64Range(45, 49).Draw(t, "lat"), rapid.Float64Range(-124, -117).Draw(t, "lon")})
	}
	return d
}

func anyInput(t *rapid.T) Input {
	n := rapid.IntRange(0, 30).Draw(t, "documents")
	in := Input{
		Name: "test", Facets: testFacets(), Day: 10, PageSize: rapid.IntRange(1, 8).Draw(t, "page size"),
		Ranges:    []RangeKey{{"fee", "fee_max"}},
		Postcodes: []Postcode{{"98402", Point{47.25, -122.44}}, {"97201", Point{45.51, -122.69}}},
		Filler:    []string{"sex therapist", "therapist", "sex therapy"},
	}
	position := make([]int, n)
	for i := range n {
		in.Documents = append(in.Documents, anyDocument(t, i))
		position[i] = rapid.IntRange(0, n).Draw(t, "position")
	}
	in.Sorts = []Sort{{"name", position}}
	return in
}

// anyText makes what people type: words of every kind, cut, misspelt, in any order.
func anyText(t *rapid.T) string {
	phrases := slices.Concat(givenNames, familyNames, textWords, cities,
		[]string{"painful sex", "vaginismus", "vaginismis", "sex addiction", "low desire", "libido", "erectile",
			"or", "wa", "sex therapist", "therapist", "in", "the", "who takes", "evenings", "after work", "open", "xyzzy", "phd", "washington"})
	var words []string
	for range rapid.IntRange(0, 4).Draw(t, "length") {
		w := []rune(some(t, "word", phrases))
		switch rapid.IntRange(0, 5).Draw(t, "spoil") {
		case 0:
			w = w[:rapid.IntRange(1, len(w)).Draw(t, "cut")]
		case 1:
			i := rapid.IntRange(0, len(w)-1).Draw(t, "at")
			w = slices.Concat(w[:i], []rune{'z'}, w[i:])
		case 2:
			if i := rapid.IntRange(0, len(w)-1).Draw(t, "at"); i > 0 {
				w = slices.Clone(w)
				w[i-1], w[i] = w[i], w[i-1]
			}
		}
		words = append(words, string(w))
	}
	return strings.Join(words, " ") + some(t, "end", []string{"", "", "", " ", ",", "."})
}

func anyFragment(t *rapid.T) string {
	v := url.Values{}
	if rapid.IntRange(0, 4).Draw(t, "with words") > 0 {
		v.Set("q", anyText(t))
	}
	for _, f := range testFacets() {
		for _, term := range f.Terms {
			if rapid.IntRange(0, 7).Draw(t, "choose") == 0 {
				v.Add(f.Key, term.ID)
			}
		}
	}
	maybe := func(key string, values ...string) {
		if rapid.IntRange(0, 4).Draw(t, "choose "+key) == 0 {
			v.Add(key, some(t, key, values))
		}
	}
	maybe("concern", "nothing", "__proto__", "PAIN")
	maybe("fee_max", "0", "100", "220", "-1", "many")
	maybe("zip", "98402", "97201", "00000", "")
	maybe("within", "5", "50", "400", "0", "x")
	maybe("sort", "name", "distance", "match", "other", "constructor")
	maybe("page", "2", "3", "99", "0", "x")
	maybe("__proto__", "x")
	maybe("toString", "x")
	return v.Encode()
}

// answer is what both halves must agree on.
type answer struct {
	Total, Page, Pages int
	IDs                []string
	Scores             []int
	Miles              []float64
	Counts             [][]int
	Reading            []Chip
	Ignored            []string
	Drops              []Drop
}

func answerOf(r Result) answer {
	a := answer{Total: r.Total, Page: r.Page, Pages: r.Pages, Counts: r.Counts, Reading: r.Reading, Ignored: r.Ignored, Drops: r.Drops}
	for _, h := range r.Hits {
		a.IDs = append(a.IDs, h.ID)
		a.Scores = append(a.Scores, h.Score)
		a.Miles = append(a.Miles, h.Miles)
	}
	return a
}

// TestBothHalvesAgree runs random queries over random documents through Go and through the
// browser's half, and demands the same ids in the same order with the same counts.
func TestBothHalvesAgree(t *testing.T) {
	b := newBrowser(t)
	empty := cmp.Transformer("empty", func(s []string) string { return strings.Join(s, "\x00") })
	rapid.Check(t, func(t *rapid.T) {
		ix := Build(anyInput(t))
		if rapid.Bool().Draw(t, "cut into files") {
			ix.limits = limits{shard: 12, block: 3, inline: 60, whole: 0}
		}
		today := rapid.IntRange(5, 25).Draw(t, "today")
		b.open(ix.Files(), today)
		for range 12 {
			fragment := anyFragment(t)
			q := ix.Parse(fragment)
			q.Day = today
			var got answer
			if err := json.Unmarshal([]byte(b.search(fragment)), &got); err != nil {
				t.Fatal(err)
			}
			want := answerOf(ix.Search(q))
			if diff := cmp.Diff(want, got, empty, cmp.Transformer("length", func(s []Drop) string { return fmt.Sprint(s) }),
				cmp.Transformer("chips", func(s []Chip) string { return fmt.Sprint(s) }),
				cmp.Transformer("ints", func(s []int) string { return fmt.Sprint(s) }),
				cmp.Transformer("floats", func(s []float64) string { return fmt.Sprint(s) })); diff != "" {
				t.Fatalf("%s\n(-Go +browser)\n%s", fragment, diff)
			}
		}
	})
}

// TestBothHalvesFoldAlike compares the words that the two halves see in a text.
func TestBothHalvesFoldAlike(t *testing.T) {
	b := newBrowser(t)
	letters := rapid.RuneFrom([]rune("aeiouAEOSZ0129 .'’`´-_/&,éÉñÑüßẞæÆœŒøØłŁđĐþıİςΣσЯйשָׁم’ºª²½ﬁＡ한漢々~×÷€\u00a0\u200b\u2014\u0301"))
	rapid.Check(t, func(t *rapid.T) {
		text := string(rapid.SliceOfN(letters, 0, 60).Draw(t, "text"))
		var got []string
		if err := b.vm.ExportTo(b.call("fold", text), &got); err != nil {
			t.Fatal(err)
		}
		if want := Fold(text); !slices.Equal(got, want) {
			t.Fatalf("Fold(%q) = %q, the browser's fold %q", text, want, got)
		}
	})
}

// TestBothHalvesMeasureAlike compares the walk over the sorted dictionary with the plain distance.
func TestBothHalvesMeasureAlike(t *testing.T) {
	b := newBrowser(t)
	word := rapid.StringOfN(rapid.RuneFrom([]rune("abcñ")), 1, 11, -1)
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfNDistinct(word, 0, 40, rapid.ID[string]).Draw(t, "list")
		slices.Sort(list)
		w := word.Draw(t, "word")
		var got [][2]int
		if err := b.vm.ExportTo(b.call("near", w, list), &got); err != nil {
			t.Fatal(err)
		}
		var want [][2]int
		if reach := reachOf(w); reach > 0 {
			for i, other := range list {
				if d := distance(w, other, reach); d <= reach {
					want = append(want, [2]int{i, d})
				}
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("near %q in %q: Go %v, browser %v", w, list, want, got)
		}
	})
}

// TestBothHalvesReadFragmentsAlike compares what the two halves read out of any fragment.
func TestBothHalvesReadFragmentsAlike(t *testing.T) {
	ix := Build(Input{Name: "test", Facets: testFacets(), Ranges: []RangeKey{{"fee", "fee_max"}}})
	b := newBrowser(t)
	b.open(ix.Files(), 0)
	rapid.Check(t, func(t *rapid.T) {
		pieces := rapid.SliceOfN(rapid.SampledFrom([]string{"q", "concern", "state", "fee_max", "zip", "page", "sort", "__proto__",
			"=", "=", "&", "&", "+", "%20", "%", "%zz", "%ff", "%C3%B1", "é", "pain", "WA", "12", "007", "-3", "1e3", "9999999", ";", "#", "?"}), 0, 20)
		fragment := strings.Join(pieces.Draw(t, "pieces"), "")
		if rapid.IntRange(0, 20).Draw(t, "long") == 0 {
			fragment = strings.Repeat(fragment, 300)
		}
		q := ix.Parse(fragment)
		var got map[string]any
		if err := b.vm.ExportTo(b.call("parse", fragment), &got); err != nil {
			t.Fatal(err)
		}
		want := fmt.Sprintf("%q %q %v %d %d", q.Text, q.Near, q.Sort, q.Within, max(q.Page, 0))
		page := fmt.Sprint(got["page"])
		if page == "1" && q.Page == 0 {
			page = "0"
		}
		if text := fmt.Sprintf("%q %q %v %v %v", got["q"], got["zip"], got["sort"], got["within"], page); text != want {
			t.Fatalf("%q: Go reads %s, the browser %s", fragment, want, text)
		}
		choices := map[string][]string{}
		for _, pair := range got["choices"].([]any) {
			for _, v := range pair.([]any)[1].([]any) {
				choices[pair.([]any)[0].(string)] = append(choices[pair.([]any)[0].(string)], v.(string))
			}
		}
		if diff := cmp.Diff(q.Choices, choices); diff != "" {
			t.Fatalf("%q: (-Go +browser)\n%s", fragment, diff)
		}
		for _, pair := range got["atMost"].([]any) {
			if n := q.AtMost[pair.([]any)[0].(string)]; strconv.Itoa(n) != fmt.Sprint(pair.([]any)[1]) {
				t.Fatalf("%q: bounds: Go %v, browser %v", fragment, q.AtMost, got["atMost"])
			}
		}
	})
}
