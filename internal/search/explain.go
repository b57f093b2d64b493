package search

import (
	"fmt"
	"slices"
)

// Explain answers a query as Search does and says for each hit what its words matched.
func (ix *Index) Explain(q Query) Result {
	r := ix.Search(q)
	day := max(q.Day, ix.in.Day)
	read := ix.read(q.Text, day)
	for i := range r.Hits {
		r.Hits[i].Steps = ix.steps(&read, ix.ids[lower(r.Hits[i].ID)], day)
	}
	return r
}

// What says in words what the step's part of the query matched: "a whole word of the name".
func (s Step) What() string {
	switch {
	case s.Matched == "" && s.Tier == Unsaid:
		return "not there, which is no condition"
	case s.Matched == "":
		return "passed over, but the name of others"
	case s.Longer:
		return (s.Tier - LongerName).String() + " that has more words"
	}
	return s.Tier.String()
}

// Misspelt reports whether the match is with a spelling close to what was typed.
func (s Step) Misspelt() bool {
	_, added := s.Tier.Split()
	return s.Matched != "" && added >= OneEdit
}

// String says the step as a line of an explanation.
func (s Step) String() string {
	if s.Matched == "" {
		return fmt.Sprintf("%q is %s: %d", s.Words, s.What(), s.Tier)
	}
	return fmt.Sprintf("%q matched %q, %s: %d", s.Words, s.Matched, s.What(), s.Tier)
}

// steps returns the best way to cut the words for a document that they find.
func (ix *Index) steps(r *reading, doc, day int) []Step {
	if !r.any {
		return nil
	}
	n := len(r.tokens)
	best := make([][]Step, n+1) // by number of tokens read
	reached := make([]bool, n+1)
	reached[0] = true
	sum := func(steps []Step) (sum Tier) {
		for _, s := range steps {
			sum += s.Tier
		}
		return sum
	}
	join := func(from, to int, s ...Step) {
		steps := slices.Concat(best[from], s)
		if reached[from] && (!reached[to] || sum(steps) < sum(best[to])) {
			best[to], reached[to] = steps, true
		}
	}
	for i, t := range r.tokens {
		for _, s := range r.spans {
			if s.i != i || !ix.meets(*r, s, doc, day) {
				continue
			}
			words := joined(r.tokens[i:s.j])
			if s.ref == postcode {
				join(i, s.j, Step{Words: words, Matched: fmt.Sprintf("within %d miles", DefaultWithin), Tier: Detail})
			} else {
				join(i, s.j, Step{Words: words, Matched: ix.label(s.ref), Tier: ix.tier(s.ref, doc, day) + s.add})
			}
		}
		if r.ignored[i] {
			join(i, i+1)
		}
		if r.extra[i] {
			join(i, i+1, Step{Words: t.word, Tier: Unsaid})
		}
		ix.eachMatch(r, i, func(m match) {
			if m.docs == nil && ix.has(m.ref, doc, day) {
				join(i, i+1, Step{Words: t.word, Matched: ix.label(m.ref), Tier: ix.tier(m.ref, doc, day) + m.tier})
			} else if _, has := slices.BinarySearch(m.docs, doc); has {
				join(i, i+1, Step{Words: t.word, Matched: m.word, Tier: m.tier, Longer: m.longer})
			}
		})
	}
	steps := best[n]
	for _, w := range r.soft {
		if e := ix.entry(w); !slices.Contains(e.names(), doc) {
			steps = append(steps, Step{Words: w, Tier: 1})
		}
	}
	return steps
}

// tier returns what a term that a document has on day is worth there.
func (ix *Index) tier(ref termRef, doc, day int) Tier {
	f := &ix.facets[ref.facet]
	if f.Tier == Concern && slices.ContainsFunc(f.lists[ref.term], func(m member) bool { return m.doc == doc && m.top && m.active(day) }) {
		return TopConcern
	}
	return f.Tier
}

// PassedOver returns the words of text that are not searched for, because they say nothing about what to
// find: "in", "who", "sex therapist".
func (ix *Index) PassedOver(text string) []string {
	words := Fold(cut(text, MaxQuery))
	for _, t := range ix.read(text, ix.in.Day).tokens {
		if i := slices.Index(words, t.word); i >= 0 {
			words = slices.Delete(words, i, i+1)
		}
	}
	return words
}
