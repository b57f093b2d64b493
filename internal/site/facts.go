package site

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"nwioi/internal/search"
)

// FactBook resolves the ids of facts: those of data/facts.yaml, the fields of courses, awards and
// requirements ("courses.sar.credits"), what is worked out of these, and the constants by which people are ordered ("order.…").
type FactBook struct {
	facts  map[string]Fact
	faults []Fault
}

// FactBook returns the facts of the site.
func (s *Site) FactBook() *FactBook {
	b := &FactBook{facts: make(map[string]Fact, 64)}
	put := func(f Fact, id ...string) {
		if !f.IsZero() {
			b.facts[strings.Join(id, ".")] = f
		}
	}
	for _, c := range s.Courses {
		put(c.Credits, "courses", c.ID, "credits")
		put(c.Length, "courses", c.ID, "length")
		put(c.Usual, "courses", c.ID, "usual")
		put(c.Format, "courses", c.ID, "format")
		put(c.Price.Fact, "courses", c.ID, "price")
		for field, f := range c.More {
			put(f, "courses", c.ID, field)
		}
	}
	for _, a := range s.Awards {
		put(a.Amount, "awards", a.ID, "amount")
		put(a.For, "awards", a.ID, "for")
		put(a.Note, "awards", a.ID, "note")
	}
	for _, set := range s.Requirements {
		for i := range set.Requirements {
			r := &set.Requirements[i]
			put(set.fact(r, r.Target), "requirements", set.ID, r.ID, "target")
			put(set.fact(r, r.Shortest), "requirements", set.ID, r.ID, "shortest")
			put(set.fact(r, set.Bound(r, r.AtMost)), "requirements", set.ID, r.ID, "at_most")
			put(set.fact(r, set.Bound(r, r.AtLeast)), "requirements", set.ID, r.ID, "at_least")
			put(r.Cost.Fact, "requirements", set.ID, r.ID, "cost")
		}
	}
	maps.Copy(b.facts, orderFacts)
	maps.Copy(b.facts, s.Facts)
	b.derive(s.Derived)
	return b
}

// Fact returns the fact with the id.
func (b *FactBook) Fact(id string) (Fact, bool) {
	f, ok := b.facts[id]
	return f, ok
}

// sameFacts reports whether both hold the same facts, without a fault.
func sameFacts(a, b *FactBook) bool {
	return a != nil && b != nil && len(a.faults)+len(b.faults) == 0 && maps.Equal(a.facts, b.facts)
}

// IDs returns all ids, sorted.
func (b *FactBook) IDs() []string { return slices.Sorted(maps.Keys(b.facts)) }

// fact returns a quantity of a requirement as a fact: it has the source and dates of its set.
func (set *RequirementSet) fact(r *Requirement, q Quantity) Fact {
	if q.Value == "" {
		return Fact{}
	}
	f := Fact{Value: q.Value, Unit: q.Unit, Source: set.Source, AsOf: set.AsOf, ReviewBy: set.ReviewBy}
	if r.Source != "" {
		f.Source = r.Source
	}
	if !r.AsOf.IsZero() {
		f.AsOf = r.AsOf
	}
	return f
}

// orderFacts are the constants of the listing's order and of the search's ranking, so that the page which
// explains the order cannot say anything else than what the code does.
var orderFacts = map[string]Fact{
	"order.open-days":     {Value: strconv.Itoa(FreshDays), Unit: "day"},
	"order.counts-days":   {Value: strconv.Itoa(CountsDays), Unit: "day"},
	"order.flag-days":     {Value: strconv.Itoa(FlagDays), Unit: "day"},
	"order.page-size":     {Value: strconv.Itoa(PageSize), Unit: "person"},
	"order.rotation-days": {Value: strconv.Itoa(7), Unit: "day"},
	"order.near-miles":    {Value: strconv.Itoa(search.DefaultWithin)},
	"order.most-words":    {Value: strconv.Itoa(search.MaxWords)},

	// The points of a match: fewer stand higher.
	"order.name":        points(search.WholeName),
	"order.top-concern": points(search.TopConcern),
	"order.concern":     points(search.Concern),
	"order.detail":      points(search.Detail),
	"order.text":        points(search.InText),
	"order.text-part":   points(search.TextPrefix),
	// What is added to those of names, concerns and details.
	"order.part":        points(search.Partial),
	"order.one-letter":  points(search.OneEdit),
	"order.two-letters": points(search.TwoEdits),
	"order.longer-name": points(search.LongerName),
	// What a word counts that need not be there and is not.
	"order.unsaid": points(search.Unsaid),
}

func points(t search.Tier) Fact { return Fact{Value: strconv.Itoa(int(t))} }
