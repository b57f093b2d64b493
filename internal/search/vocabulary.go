package search

import (
	"maps"
	"slices"
	"strings"
)

// A vocabulary holds the phrases that mean a term: its label, its formal name and its aliases, each
// as the numbers of its words.
type vocabulary struct {
	words   []string      // sorted
	phrases []phrase      // in the order of facets and terms
	first   map[int][]int // phrases by the number of their first word
	terms   [][]termRef   // by word: the terms that have it in one of their phrases
	filler  [][]string    // phrases that are passed over
}

// A termRef names a term by its facet's number and its own.
type termRef struct{ facet, term int }

// A phrase is what people type for a term.
type phrase struct {
	termRef
	words []int
}

func newVocabulary(in Input) vocabulary {
	type spelling struct {
		termRef
		words []string
	}
	var all []spelling
	seen := map[string]bool{}
	numbers := map[string]int{}
	for f := range in.Facets {
		for t := range in.Facets[f].Terms {
			term := &in.Facets[f].Terms[t]
			clear(seen)
			for _, text := range slices.Concat([]string{term.Label, term.Formal}, term.Aliases, term.Deprecated) {
				words := content(Fold(text))
				key := strings.Join(words, " ")
				if len(words) == 0 || len(words) > MaxWords || seen[key] {
					continue
				}
				seen[key] = true
				all = append(all, spelling{termRef{f, t}, words})
				for _, w := range words {
					numbers[w] = 0
				}
			}
		}
	}
	v := vocabulary{words: slices.Sorted(maps.Keys(numbers)), first: map[int][]int{}}
	for i, w := range v.words {
		numbers[w] = i
	}
	v.terms = make([][]termRef, len(v.words))
	for _, s := range all {
		p := phrase{termRef: s.termRef}
		for _, w := range s.words {
			n := numbers[w]
			p.words = append(p.words, n)
			if !slices.Contains(v.terms[n], s.termRef) {
				v.terms[n] = append(v.terms[n], s.termRef)
			}
		}
		v.first[p.words[0]] = append(v.first[p.words[0]], len(v.phrases))
		v.phrases = append(v.phrases, p)
	}
	for _, text := range slices.Concat(fillers, in.Filler) {
		if words := content(Fold(text)); len(words) > 0 {
			v.filler = append(v.filler, words)
		}
	}
	slices.SortFunc(v.filler, slices.Compare[[]string])
	v.filler = slices.CompactFunc(v.filler, slices.Equal[[]string])
	return v
}

// find returns the number of a word, or -1.
func (v *vocabulary) find(word string) int {
	if i, ok := slices.BinarySearch(v.words, word); ok {
		return i
	}
	return -1
}

// content returns words without function words; words that are nothing else stay as they are, so
// that "OR" is still Oregon.
func content(words []string) []string {
	var left []string
	for _, w := range words {
		if !functionWords[w] {
			left = append(left, w)
		}
	}
	if len(left) == 0 {
		return words
	}
	return left
}

// functionWords are passed over in queries and in texts.
var functionWords = set("a an and are as at be been but by can do does for from has have he her his how i if in is it " +
	"its me my of on or our she so that the their them there they this to us was we were what when where which " +
	"who whom whose with would you your")

// fillers are words that say that somebody is looking for something.
var fillers = strings.Fields("accept accepting accepts appointment appointments available dr find good " +
	"help looking near nearby need offer offering offers please practitioner practitioners provider providers " +
	"sees seeing someone somebody speak speaking speaks take takes taking want who work working works")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
