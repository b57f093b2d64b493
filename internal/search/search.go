package search

import (
	"cmp"
	"slices"
	"strings"
)

// Search answers a query. It is the reference that the browser's half must equal.
func (ix *Index) Search(q Query) Result {
	day := max(q.Day, ix.in.Day)
	read := ix.read(q.Text, day)
	gates := ix.gates(q, day)
	failed := ix.failed(read, gates)

	var docs []int
	for doc, f := range failed {
		if f == 0 {
			docs = append(docs, doc)
		}
	}
	miles := ix.miles(q.Near)
	if miles == nil {
		miles = read.miles
	}
	ix.sort(docs, q.Sort, read.scores, miles)

	r := Result{Total: len(docs), Reading: read.chips, Ignored: read.leftOut(), Towns: ix.townsOf(read), Counts: ix.counts(failed, gates, day)}
	r.Pages = max(1, (len(docs)+ix.in.PageSize-1)/ix.in.PageSize)
	r.Page = min(max(q.Page, 1), r.Pages)
	for _, doc := range docs[(r.Page-1)*ix.in.PageSize : min(r.Page*ix.in.PageSize, len(docs))] {
		h := Hit{ID: ix.docs[doc].ID, Score: int(read.scores[doc]), Miles: -1, Why: ix.why(read, doc, day)}
		if miles != nil && miles[doc] < far {
			h.Miles = float64(miles[doc])
		}
		r.Hits = append(r.Hits, h)
	}
	if r.Total == 0 {
		r.Drops = ix.drops(read, gates, failed, day)
	}
	return r
}

// A gate is one choice that documents must pass.
type gate struct {
	key    string
	facet  int // or -1
	passes []bool
}

// lower writes ASCII letters small: ids are compared without regard to case.
func lower(id string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, id)
}

// gates returns what the query's choices let pass, in the order: facets, ranges, distance, ids.
// A key of which no value is known is no gate.
func (ix *Index) gates(q Query, day int) []gate {
	var gates []gate
	for i := range ix.facets {
		f := &ix.facets[i]
		var terms []int
		for _, id := range q.Choices[f.Key] {
			if t, ok := f.byID[lower(id)]; ok {
				terms = append(terms, t)
			}
		}
		if len(terms) == 0 {
			continue
		}
		g := gate{f.Key, i, make([]bool, len(ix.docs))}
		for _, t := range terms {
			for _, m := range f.lists[t] {
				if m.active(day) {
					g.passes[m.doc] = true
				}
			}
		}
		gates = append(gates, g)
	}
	for i, key := range ix.in.Ranges {
		most, ok := q.AtMost[key.AtMost]
		if !ok {
			continue
		}
		g := gate{key.AtMost, -1, make([]bool, len(ix.docs))}
		for doc, r := range ix.numbers[i] {
			g.passes[doc] = r.Key != "" && r.Low <= most
		}
		gates = append(gates, g)
	}
	if miles := ix.miles(q.Near); miles != nil {
		within := q.Within
		if within <= 0 {
			within = DefaultWithin
		}
		g := gate{"zip", -1, make([]bool, len(ix.docs))}
		for doc, m := range miles {
			g.passes[doc] = m <= within
		}
		gates = append(gates, g)
	}
	if len(q.IDs) > 0 {
		g := gate{"ids", -1, make([]bool, len(ix.docs))}
		for _, id := range q.IDs {
			if doc, ok := ix.ids[lower(id)]; ok {
				g.passes[doc] = true
			}
		}
		gates = append(gates, g)
	}
	return gates
}

// failed returns for each document a bit for each gate that it does not pass, and bit 0 where the
// words do not find it.
func (ix *Index) failed(read reading, gates []gate) []uint32 {
	failed := make([]uint32, len(ix.docs))
	for doc := range failed {
		if read.scores[doc] == none {
			failed[doc] = 1
		}
		for i, g := range gates {
			if !g.passes[doc] {
				failed[doc] |= 2 << i
			}
		}
	}
	return failed
}

// counts says for each term how many documents there would be if it were the only choice of its
// facet: those that fail nothing but, perhaps, that facet's own gate.
func (ix *Index) counts(failed []uint32, gates []gate, day int) [][]int {
	counts := make([][]int, len(ix.facets))
	for i := range ix.facets {
		own := uint32(0)
		for g := range gates {
			if gates[g].facet == i {
				own = 2 << g
			}
		}
		f := &ix.facets[i]
		counts[i] = make([]int, len(f.Terms))
		for t, list := range f.lists {
			last := -1
			for _, m := range list {
				if m.doc != last && m.active(day) && failed[m.doc]&^own == 0 {
					counts[i][t]++
					last = m.doc
				}
			}
		}
	}
	return counts
}

// sort orders documents, which come in the published order.
func (ix *Index) sort(docs []int, key string, scores []uint8, miles []int) {
	by := func(doc int) int { return int(scores[doc]) }
	if key == "distance" && miles != nil {
		by = func(doc int) int { return miles[doc] }
	}
	for _, s := range ix.sorts {
		if s.key == key {
			by = func(doc int) int { return s.rank[doc] }
		}
	}
	slices.SortStableFunc(docs, func(a, b int) int { return cmp.Compare(by(a), by(b)) })
}

// drops says what each single choice or word costs where nothing was found. Where no single one
// brings anybody back, it says what each finds alone, and as the last resort what everything is.
func (ix *Index) drops(read reading, gates []gate, failed []uint32, day int) []Drop {
	var drops []Drop
	add := func(d Drop, but uint32, failed []uint32) {
		for _, f := range failed {
			if f&^but == 0 {
				d.Total++
			}
		}
		if d.Total > 0 {
			drops = append(drops, d)
		}
	}
	for i, g := range gates {
		add(Drop{Key: g.key}, 2<<i, failed)
	}
	if parts := units(read.tokens, read.spans); len(parts) > 1 {
		for _, s := range parts {
			rest := slices.Delete(slices.Clone(read.tokens), s.i, s.j)
			add(Drop{Key: "q", Word: joined(read.tokens[s.i:s.j])}, 0, ix.failed(ix.readTokens(rest, nil, day), gates))
		}
	}
	if len(gates) > 0 && read.any {
		add(Drop{Key: "q"}, 1, failed)
	}
	if len(drops) == 0 && len(gates) > 1 {
		add(Drop{Key: "q", Only: true}, ^uint32(1), failed)
		for i, g := range gates {
			add(Drop{Key: g.key, Only: true}, ^uint32(2<<i), failed)
		}
	}
	if len(drops) == 0 {
		add(Drop{Key: "all"}, ^uint32(0), failed)
	}
	return drops
}
