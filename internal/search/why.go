package search

import (
	"cmp"
	"slices"
)

// why says what of the words a document has that its card may not show: the labels of the terms it
// was found by, in the order of the words, and in quotes the words of its texts. Names and places
// explain themselves.
func (ix *Index) why(r reading, doc, day int) []string {
	var why []string
	say := func(label string) {
		if !slices.Contains(why, label) {
			why = append(why, label)
		}
	}
	spans := slices.Clone(r.spans)
	slices.SortFunc(spans, func(a, b span) int {
		return cmp.Or(cmp.Compare(a.i, b.i), cmp.Compare(b.j, a.j), cmp.Compare(a.add, b.add), compareRefs(a.ref, b.ref))
	})
	for i := 0; i < len(r.tokens); {
		next := i + 1
		s := slices.IndexFunc(spans, func(s span) bool { return s.i == i && ix.meets(r, s, doc, day) })
		if s >= 0 {
			if spans[s].ref != postcode {
				say(ix.label(spans[s].ref))
			}
			next = spans[s].j
		} else if t := r.tokens[i]; !ix.isNamed(t, doc) {
			if ref, ok := ix.termWith(t, r.near[i], doc, day); ok {
				say(ix.label(ref))
			} else if ix.isInText(t, doc) {
				say("“" + t.word + "”")
			}
		}
		i = next
	}
	return why
}

func compareRefs(a, b termRef) int {
	return cmp.Or(cmp.Compare(a.facet, b.facet), cmp.Compare(a.term, b.term))
}

func (ix *Index) label(ref termRef) string { return ix.facets[ref.facet].Terms[ref.term].Label }

// meets reports whether a document is what a span says: has its term, or is near its postcode.
func (ix *Index) meets(r reading, s span, doc, day int) bool {
	if s.ref == postcode {
		return ix.isNearby(r.tokens[s.i].word, doc)
	}
	return ix.has(s.ref, doc, day)
}

func (ix *Index) has(ref termRef, doc, day int) bool {
	return slices.ContainsFunc(ix.facets[ref.facet].lists[ref.term], func(m member) bool { return m.doc == doc && m.active(day) })
}

// entriesOf returns the dictionary's entries for a word: its own, and the longer ones while it is
// being typed.
func (ix *Index) entriesOf(t token) []entry {
	from, to := ix.prefix(t.word)
	if !t.typing {
		to = from
	}
	return append(slices.Clone(ix.words[from:to]), ix.entry(t.word))
}

// isNamed reports whether a word stands in a document's name, letters or places.
func (ix *Index) isNamed(t token, doc int) bool {
	return slices.ContainsFunc(ix.entriesOf(t), func(e entry) bool {
		return slices.ContainsFunc(nameKinds, func(k Kind) bool { return slices.Contains(e.docs[k], doc) })
	})
}

func (ix *Index) isInText(t token, doc int) bool {
	return slices.ContainsFunc(ix.entriesOf(t), func(e entry) bool {
		return (e.word == t.word || isLong(t.word)) && slices.Contains(e.docs[Text], doc)
	})
}

// termWith returns the first term of the vocabulary that a document has and that has the word in one
// of its phrases, as typed or nearly.
func (ix *Index) termWith(t token, near map[int]int, doc, day int) (termRef, bool) {
	words := []int{}
	if n := ix.vocab.find(t.word); n >= 0 {
		words = append(words, n)
	}
	if t.typing && isLong(t.word) {
		for n, to := ix.vocab.prefix(t.word); n < to; n++ {
			words = append(words, n)
		}
	}
	for n := range near {
		words = append(words, n)
	}
	best, ok := termRef{}, false
	for _, n := range words {
		for _, ref := range ix.vocab.terms[n] {
			if (!ok || compareRefs(ref, best) < 0) && ix.has(ref, doc, day) {
				best, ok = ref, true
			}
		}
	}
	return best, ok
}
