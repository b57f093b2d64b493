// Package refer suggests practitioners to somebody who asks the institute for a referral: three of
// those who meet every criterion, with the reasons and a reply to paste.
//
// Criteria are read with the vocabularies of the search index, and whom a criterion lets pass is the
// index's answer too, so that a referral and the directory never disagree. Nothing is guessed: a part
// of the criteria that is not understood stops the suggestion, and nobody is suggested who lacks one.
//
// Best matches come first, and among equals those whose turn it is: they stand in a queue, to whose end
// goes whoever is suggested, by the log of referrals. Those who never were come first, in the week's
// rotation. So equals who are asked for in the same way are suggested equally often, give or take one,
// and a newcomer is next, but only once.
//
// The log holds a day, criteria and ids. The words that were typed are never kept, nor a postcode, which
// is the client's. The package reads no file and knows no clock: writing the log is main's.
package refer

import (
	"maps"
	"slices"
	"strings"

	"nwioi/internal/search"
	"nwioi/internal/site"
	"nwioi/internal/theme"
)

// Suggested is how many people are suggested at a time.
const Suggested = 3

// A Desk is where referrals are made: the people of a site on one day.
type Desk struct {
	edition *site.Edition
	cards   map[string]theme.Card
	facets  []search.Facet
	index   *search.Index // with every hit on one page
	turns   map[string]turn
	held    map[string]people // by criterion: those who meet it
}

// A turn is what the log says of one person.
type turn struct {
	times int
	last  site.Date
	place int // in the queue, from 1; 0: never suggested
}

// Open returns the desk of an edition. in is what its directory's index is made from, cards are
// those of its people by id.
func Open(e *site.Edition, in search.Input, cards map[string]theme.Card) *Desk {
	in.PageSize = len(in.Documents)
	d := &Desk{edition: e, cards: cards, facets: in.Facets, index: search.Build(in), turns: map[string]turn{}, held: map[string]people{}}
	place := 0
	for _, r := range d.log() {
		for _, id := range r.Suggested {
			place++
			d.turns[id] = turn{d.turns[id].times + 1, r.Date, place}
		}
	}
	return d
}

// log returns the entries of the log of referrals by day, with former ids replaced by those of today.
func (d *Desk) log() []site.Referral {
	if d.edition.Referrals == nil {
		return nil
	}
	now := map[string]string{}
	for _, p := range d.edition.Practitioners {
		for _, former := range p.Aliases {
			now[former] = p.ID
		}
	}
	entries := slices.Clone(d.edition.Referrals.Entries)
	for i := range entries {
		var suggested []string
		for _, id := range entries[i].Suggested {
			if today, ok := now[id]; ok {
				id = today
			}
			if !slices.Contains(suggested, id) {
				suggested = append(suggested, id)
			}
		}
		entries[i].Suggested = suggested
	}
	slices.SortStableFunc(entries, func(a, b site.Referral) int { return a.Date.Compare(b.Date) })
	return entries
}

// A people is a set of ids.
type people map[string]bool

// holding returns the people who meet a criterion.
func (d *Desk) holding(c Criterion) people {
	found, known := d.held[c.String()]
	if !known {
		found = d.find(c)
		d.held[c.String()] = found
	}
	return found
}

// find asks the index who meets a criterion.
func (d *Desk) find(c Criterion) people {
	q := search.Query{}
	switch c.Key {
	case keyZip:
		q.Near = c.ID
	case keyFee:
		q.AtMost = map[string]int{keyFee: c.dollars()}
	default:
		if !d.known(c.Key, c.ID) {
			return nil // to the index an unknown choice is none
		}
		q.Choices = map[string][]string{c.Key: {c.ID}}
	}
	found := people{}
	for _, h := range d.index.Search(q).Hits {
		found[h.ID] = true
	}
	return found
}

// known reports whether the index has a value of a facet: somebody may have it.
func (d *Desk) known(key, id string) bool {
	return slices.ContainsFunc(d.facets, func(f search.Facet) bool {
		return f.Key == key && slices.ContainsFunc(f.Terms, func(t search.Term) bool { return strings.EqualFold(t.ID, id) })
	})
}

// A demand is what one person must meet: any one of its criteria.
type demand struct {
	criteria []Criterion
	met      people
}

func (m demand) label() string {
	labels := make([]string, len(m.criteria))
	for i, c := range m.criteria {
		labels[i] = c.Label
	}
	return strings.Join(labels, " or ")
}

// either are the keys of which any of several values will do. Of all others every one is asked.
var either = []string{site.City, "county", site.State, keyZip, site.InsurancePlan, site.Language, "format", keyFee, "availability"}

// demands puts the criteria together that stand for each other.
func (d *Desk) demands(criteria []Criterion) []demand {
	var all []demand
	for _, c := range criteria {
		met := d.holding(c)
		i := slices.IndexFunc(all, func(m demand) bool { return m.criteria[0].Key == c.Key })
		if i < 0 || !slices.Contains(either, c.Key) {
			all = append(all, demand{[]Criterion{c}, met})
			continue
		}
		both := people{}
		maps.Copy(both, all[i].met)
		maps.Copy(both, met)
		all[i] = demand{append(all[i].criteria, c), both}
	}
	return all
}

// meeting returns the people of the directory who meet all demands but the one at the place left out
// (-1: none), in the published order.
func (d *Desk) meeting(demands []demand, but int) []*site.Person {
	var found []*site.Person
	for _, p := range d.edition.People {
		meets := true
		for i, m := range demands {
			meets = meets && (i == but || m.met[p.ID])
		}
		if meets {
			found = append(found, p)
		}
	}
	return found
}
