package searchtest

import (
	"cmp"
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"

	"nwioi/internal/search"
)

var (
	peopleFlag = flag.String("people", "", "how many people, such as 50,1000,10000")
	misses     = flag.Bool("misses", false, "with -run Quality: print the queries whose first result is wrong")
)

// A score is how well an engine did on some queries.
type score struct {
	asked, first, nobody int
	reciprocal           float64
}

// add counts one query: found are the people shown, the first ten at most.
func (s *score) add(q *query, found []int) {
	s.asked++
	if len(found) == 0 {
		s.nobody++
	}
	for place, i := range found {
		if i >= 0 && q.right[i] {
			if place == 0 {
				s.first++
			}
			s.reciprocal += 1 / float64(place+1)
			return
		}
	}
}

func (s *score) sum(other score) {
	s.asked += other.asked
	s.first += other.first
	s.nobody += other.nobody
	s.reciprocal += other.reciprocal
}

func (s score) success() float64 { return float64(s.first) / float64(max(s.asked, 1)) }
func (s score) mrr() float64     { return s.reciprocal / float64(max(s.asked, 1)) }
func (s score) none() float64    { return float64(s.nobody) / float64(max(s.asked, 1)) }

// A marking holds the scores of one engine: of every kind, every group and all.
type marking map[string]*score

const allKinds = "all kinds"

// mark scores what an engine found for each query.
func mark(queries []query, found [][]int) marking {
	m := marking{allKinds: {}}
	group := map[string]string{}
	for _, k := range kinds {
		group[k.name] = k.group
	}
	for i := range queries {
		q := &queries[i]
		var s score
		s.add(q, found[i])
		for _, key := range []string{allKinds, q.kind, group[q.kind]} {
			if m[key] == nil {
				m[key] = &score{}
			}
			m[key].sum(s)
		}
	}
	return m
}

// reference answers the queries with the half of our engine that is written in Go.
func reference(d *directory, queries []query) [][]int {
	ix := search.Build(d.input)
	number := map[string]int{}
	for i, p := range d.people {
		number[p.id] = i
	}
	day := d.input.Day
	found := make([][]int, len(queries))
	for i, q := range queries {
		r := ix.Search(search.Query{Text: q.text, Day: day})
		for _, h := range r.Hits[:min(len(r.Hits), 10)] {
			found[i] = append(found[i], number[h.ID])
		}
	}
	return found
}

// TestQuality holds our engine to the bars that the institute has set.
func TestQuality(t *testing.T) {
	for _, n := range sizes(t, "300") {
		d := newDirectory(t, develop, n, 1)
		queries := d.queries(2, 100)
		found := reference(d, queries)
		m := mark(queries, found)
		t.Logf("%d people, records of %s:\n%s", n, d.recordSize(), table(m))
		if *misses {
			for i := range queries {
				explain(t, d, &queries[i], found[i])
			}
		}
		for _, bar := range bars(n) {
			if s := m[bar.of]; s.success() < bar.success || s.mrr() < bar.mrr || s.none() > bar.none {
				t.Errorf("%d people, %s: success@1 %.3f, MRR@10 %.3f, nobody %.3f; want at least %.3f, %.3f and at most %.3f",
					n, bar.of, s.success(), s.mrr(), s.none(), bar.success, bar.mrr, bar.none)
			}
		}
	}
}

// A bar is what our engine must reach for a group of kinds.
type bar struct {
	of           string
	success, mrr float64
	none         float64
}

func bars(people int) []bar {
	if people > 10_000 {
		return []bar{{allKinds, .95, .97, .005}, {misspeltNames, .90, 0, 1}, {nicknames, .90, 0, 1}, {synonyms, .90, 0, 1}, {states, .95, 0, 1}}
	}
	return []bar{{allKinds, .97, .98, .005}, {misspeltNames, .95, 0, 1}, {nicknames, .90, 0, 1}, {synonyms, .90, 0, 1}, {states, .95, 0, 1}}
}

// explain prints what went wrong with a query.
func explain(t *testing.T, d *directory, q *query, found []int) {
	if len(found) > 0 && q.right[found[0]] {
		return
	}
	right := slices.Index(q.right, true)
	line := fmt.Sprintf("%s: %q, right: %d such as %s", q.kind, q.text, count(q.right), d.people[right].id)
	if len(found) == 0 {
		line += "; nobody was shown"
	} else {
		place := slices.IndexFunc(found, func(i int) bool { return q.right[i] })
		p := d.people[found[0]]
		line += fmt.Sprintf("; first is %s (%s), right one at %d", p.id, strings.Join(p.top, " "), place+1)
	}
	t.Log(line)
}

func count(of []bool) int {
	n := 0
	for _, yes := range of {
		if yes {
			n++
		}
	}
	return n
}

// table writes the scores of all kinds, of the groups and of each kind.
func table(m marking) string {
	var b strings.Builder
	keys := append([]string{allKinds}, groups...)
	for _, k := range kinds {
		keys = append(keys, k.name)
	}
	for _, key := range keys {
		if s := m[key]; s != nil {
			fmt.Fprintf(&b, "%-45s %4d queries: success@1 %4s, MRR@10 %4s, nobody %4s\n", key, s.asked, share(s.success()), share(s.mrr()), share(s.none()))
		}
	}
	return b.String()
}

// sizes are the numbers of people asked for by -people.
func sizes(t *testing.T, usual string) []int {
	var list []int
	for _, text := range strings.Split(cmp.Or(*peopleFlag, usual), ",") {
		var n int
		if _, err := fmt.Sscan(text, &n); err != nil || n < 10 {
			t.Fatalf("-people %q: want numbers of at least 10, such as 50,1000", *peopleFlag)
		}
		list = append(list, n)
	}
	return list
}
