package search

import (
	"encoding/json"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestCountsLeadToLists: in the browser every count is the length of the list that it leads to, and a
// choice of a question that was open never adds anybody, however the index is cut.
// TestChoicesNarrow proves the same of the reference.
func TestCountsLeadToLists(t *testing.T) {
	b := newBrowser(t)
	total := func(v url.Values) answer {
		var a answer
		if err := json.Unmarshal([]byte(b.search(v.Encode())), &a); err != nil {
			t.Fatal(err)
		}
		return a
	}
	followed := 0
	for seed := range uint64(24) {
		roll := dice(rand.New(rand.NewPCG(seed, 3)).IntN)
		ix := Build(anyInput(roll))
		ix.limits = some(roll, cuts)
		b.open(ix.Files(), roll.between(5, 25))
		v, _ := url.ParseQuery(anyFragment(roll))
		v.Del("page")
		before := total(v)
		for f, facet := range ix.facets {
			chosen := v[facet.Key]
			for i, term := range facet.Terms {
				v[facet.Key] = []string{term.ID}
				after := total(v)
				if after.Total != before.Counts[f][i] {
					t.Fatalf("corpus %d, %s: counted %d, lists %d", seed, v.Encode(), before.Counts[f][i], after.Total)
				}
				if len(chosen) == 0 && after.Total > before.Total {
					t.Fatalf("corpus %d, %s adds people: %d to %d", seed, v.Encode(), before.Total, after.Total)
				}
				followed += after.Total
			}
			v[facet.Key] = chosen
			if len(chosen) == 0 {
				v.Del(facet.Key)
			}
		}
	}
	if followed < 100 {
		t.Errorf("the lists hold only %d people: they prove little", followed)
	}
}

// TestBothHalvesSpellAlike: among names that are nearly the same the browser, which reads a few shards
// of words from their beginning and from their end, finds exactly those that the reference finds by
// comparing with all: one edit away, and two only where none is nearer.
func TestBothHalvesSpellAlike(t *testing.T) {
	b := newBrowser(t)
	byEdits := map[Tier]int{}
	for seed := range uint64(30) {
		roll := dice(rand.New(rand.NewPCG(seed, 4)).IntN)
		word := func() string {
			letters := make([]rune, roll.between(3, 10))
			for i := range letters {
				letters[i] = some(roll, []rune("abcñ"))
			}
			return string(letters)
		}
		in := Input{Name: "test", PageSize: 100}
		var names []string
		for i := range 60 {
			names = append(names, word())
			in.Documents = append(in.Documents, Document{ID: names[i], Order: i, Fields: []Field{{Name, names[i]}}})
		}
		ix := Build(in)
		ix.limits = some(roll, cuts)
		b.open(ix.Files(), 0)
		for range 20 {
			typed := []rune(some(roll, names))
			for range roll.between(1, 2) {
				switch i := roll(len(typed)); roll(4) {
				case 0:
					typed = slices.Concat(typed[:i], []rune{'c'}, typed[i:])
				case 1:
					typed = slices.Concat(typed[:i], typed[i+1:])
				case 2:
					typed[i] = 'b'
				default:
					if i > 0 {
						typed[i-1], typed[i] = typed[i], typed[i-1]
					}
				}
				if len(typed) == 0 {
					typed = []rune("a")
				}
			}
			fragment := url.Values{"q": {string(typed) + " "}}.Encode()
			var got answer
			if err := json.Unmarshal([]byte(b.search(fragment)), &got); err != nil {
				t.Fatal(err)
			}
			r := ix.Search(ix.Parse(fragment))
			if diff := cmp.Diff(answerOf(r), got, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("corpus %d, %s among %q\n(-Go +browser)\n%s", seed, string(typed), names, diff)
			}
			if len(r.Hits) > 0 {
				_, added := Tier(r.Hits[0].Score).Split()
				byEdits[added]++
			}
		}
	}
	if byEdits[OneEdit] < 80 || byEdits[TwoEdits] < 10 {
		t.Errorf("found by edits: %v", byEdits)
	}
}

// TestHostileQueries: queries of nothing, of symbols, of names of JavaScript's own and of ten megabytes
// are answered alike by both halves, and soon.
func TestHostileQueries(t *testing.T) {
	in := town()
	in.Postcodes = []Postcode{{"98402", Point{47.25, -122.44}, "Tacoma, WA"}}
	ix := Build(in)
	b := newBrowser(t)
	for _, cut := range append(cuts, usual) {
		ix.limits = cut
		b.open(ix.Files(), in.Day)
		for _, text := range []string{
			"__proto__", "constructor hasOwnProperty", "toString", "\x00\x01", "!!! ??? …", "the of and in", "'", "\u202e\u0301", "98402 98402", "00000",
			strings.Repeat("ed ", 200), strings.Repeat("a", 5000), strings.Repeat("painful sex ", 1_000_000)[:10_000_000], "ﬁﬁﬁ½½", "😀😀", strings.Repeat("é", 399) + "😀",
		} {
			fragment := url.Values{"q": {text}}.Encode()
			start := time.Now()
			var got answer
			if err := json.Unmarshal([]byte(b.search(fragment)), &got); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(answerOf(ix.Search(ix.Parse(fragment))), got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%.40q: (-Go +browser)\n%s", text, diff)
			}
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("%.40q takes %s", text, took)
			}
		}
	}
}
