package search

import (
	"fmt"
	"strings"
)

// A span is a phrase of the query from token i up to token j, that was read as a term, or one word
// that was read as a postcode.
type span struct {
	i, j  int
	ref   termRef // postcode for a postcode
	add   Tier    // on top of the term's own tier: 0, Partial, OneEdit or TwoEdits
	exact bool
}

// postcode marks a span that is the postcode its token says.
var postcode = termRef{facet: -1}

// spans returns the phrases among tokens. near holds, for words that are searched by spelling, the
// vocabulary words within reach.
func (ix *Index) spans(tokens []token, near []map[int]int) []span {
	v := &ix.vocab
	var spans []span
	for i, t := range tokens {
		if ix.isPostcode(t.word) {
			spans = append(spans, span{i: i, j: i + 1, ref: postcode, exact: true})
		}
		for first, words := range v.first {
			if _, ok := v.same(tokens, near, i, first); !ok && !v.begins(tokens[i], first) {
				continue
			}
			for _, p := range words {
				if s, ok := v.match(tokens, near, i, v.phrases[p]); ok {
					spans = append(spans, s)
				}
			}
		}
	}
	return spans
}

// same reports whether token i is the vocabulary's word, and by how many edits.
func (v *vocabulary) same(tokens []token, near []map[int]int, i, word int) (edits int, ok bool) {
	if v.words[word] == tokens[i].word {
		return 0, true
	}
	if near != nil && near[i] != nil {
		edits, ok = near[i][word]
	}
	return edits, ok
}

func (v *vocabulary) begins(t token, word int) bool {
	return t.typing && strings.HasPrefix(v.words[word], t.word)
}

// match compares a phrase with the tokens from i on. The phrase may go on where the tokens end,
// once two of its words were typed.
func (v *vocabulary) match(tokens []token, near []map[int]int, i int, p phrase) (span, bool) {
	s := span{i: i, ref: p.termRef, exact: true}
	worst := 0
	for k, word := range p.words {
		at := i + k
		if at == len(tokens) {
			if k < 2 {
				return s, false
			}
			s.j, s.add, s.exact = at, max(s.add, Partial), false
			return s, true
		}
		edits, ok := v.same(tokens, near, at, word)
		if !ok {
			if k < 1 || !v.begins(tokens[at], word) {
				return s, false
			}
			s.add, s.exact = max(s.add, Partial), false
			s.j = at + 1
			return s, true
		}
		if worst = max(worst, edits); worst > 0 {
			s.add, s.exact = editTier(worst), false
		}
	}
	s.j = i + len(p.words)
	return s, true
}

func editTier(edits int) Tier {
	if edits == 1 {
		return OneEdit
	}
	return TwoEdits
}

// chips returns the exact phrases from left to right.
func (ix *Index) chips(tokens []token, spans []span) []Chip {
	var chips []Chip
	for _, s := range units(tokens, spans) {
		words := joined(tokens[s.i:s.j])
		switch {
		case !s.exact:
		case s.ref == postcode:
			chips = append(chips, Chip{words, "zip", words, fmt.Sprintf("Within %d miles of %s", DefaultWithin, words)})
		default:
			f := &ix.facets[s.ref.facet]
			term := &f.Terms[s.ref.term]
			chips = append(chips, Chip{words, f.Key, term.ID, term.Label})
		}
	}
	return chips
}

// units cuts tokens into exact phrases, from left to right and the longest first where they overlap, and
// the single words between them. Of equal phrases the first in the vocabulary stands.
func units(tokens []token, spans []span) []span {
	var all []span
	for i := 0; i < len(tokens); {
		best := span{i: i, j: i + 1}
		for _, s := range spans {
			if s.exact && s.i == i && (!best.exact || s.j > best.j || s.j == best.j && compareRefs(s.ref, best.ref) < 0) {
				best = s
			}
		}
		all = append(all, best)
		i = best.j
	}
	return all
}
