package search

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// answer is what both halves must agree on.
type answer struct {
	Total, Page, Pages int
	IDs                []string
	Scores             []int
	Miles              []float64
	Why                [][]string
	Counts             [][]int
	Reading            []Chip
	Ignored            []string
	Towns              []Town
	Drops              []Drop
}

func answerOf(r Result) answer {
	a := answer{Total: r.Total, Page: r.Page, Pages: r.Pages, Counts: r.Counts, Reading: r.Reading, Ignored: r.Ignored, Towns: r.Towns, Drops: r.Drops}
	for _, h := range r.Hits {
		a.IDs = append(a.IDs, h.ID)
		a.Scores = append(a.Scores, h.Score)
		a.Miles = append(a.Miles, h.Miles)
		a.Why = append(a.Why, h.Why)
	}
	return a
}

// cuts are ways to cut an index into files: every shard of one word, lists of parts, large sets and
// ready beginnings even where there are few documents.
var cuts = []limits{
	{shard: 40, spelling: 20, set: 1000, prefix: 1000, block: 3, inline: 60, list: 1000},
	{shard: 12, spelling: 8, set: 2, prefix: 1000, block: 1, inline: 0, list: 2},
	{shard: 1, spelling: 1, set: 1, prefix: 1, block: 2, inline: 300, list: 10},
	{shard: 100, spelling: 1000, set: 1, prefix: 2, block: 8, inline: 0, list: 0},
}

var corpora = flag.Int("corpora", 80, "how many random corpora TestBothHalvesAgree searches")

// TestBothHalvesAgree runs random queries over random documents through Go and through the
// browser's half, and demands the same ids in the same order with the same counts.
func TestBothHalvesAgree(t *testing.T) {
	n := *corpora
	if testing.Short() {
		n = min(n, 10)
	}
	b := newBrowser(t)
	found, queries := 0, 0
	for seed := range uint64(n) {
		roll := dice(rand.New(rand.NewPCG(seed, 1)).IntN)
		ix := Build(anyInput(roll))
		if !roll.once(4) {
			ix.limits = some(roll, cuts)
		}
		today := roll.between(5, 25)
		b.open(ix.Files(), today)
		for range 20 {
			fragment := anyFragment(roll)
			q := ix.Parse(fragment)
			q.Day = today
			var got answer
			if err := json.Unmarshal([]byte(b.search(fragment)), &got); err != nil {
				t.Fatal(err)
			}
			want := answerOf(ix.Search(q))
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("corpus %d, %s\n(-Go +browser)\n%s", seed, fragment, diff)
			}
			queries++
			if want.Total > 0 {
				found++
			}
		}
	}
	if found < queries/3 {
		t.Errorf("only %d of %d queries found anything: they prove little", found, queries)
	}
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
		w, reach := word.Draw(t, "word"), rapid.IntRange(1, 2).Draw(t, "reach")
		var got map[string]int
		if err := b.vm.ExportTo(b.call("near", w, list, reach), &got); err != nil {
			t.Fatal(err)
		}
		want := map[string]int{}
		for _, other := range list {
			if d := distance(w, other, reach); d <= reach && d <= reachOf(w, other) {
				want[other] = d
			}
		}
		if !maps.Equal(got, want) {
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
