package refer

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"nwioi/internal/site"
)

// Evenness says how evenly referrals went round, by the log and the people of today.
type Evenness struct {
	Referrals   int // entries of the log
	Suggestions int // names in them
	Shares      []Share
	// Others is the number of suggestions that named people who are not in the results today.
	Others  int
	Verdict string // sentences
}

// A Share is one person's part.
type Share struct {
	ID, Name  string
	Suggested int
	Last      site.Date // zero where they never were
	// Fit is the number of referrals that they were suggested in, or might have been: they meet the
	// criteria and take new clients today.
	Fit int
	// Even is how often they would have been suggested if each referral had gone round evenly among
	// those who fit it.
	Even float64
}

// Evenness returns how evenly referrals went, most often suggested first.
func (d *Desk) Evenness() *Evenness {
	log := d.log()
	e := &Evenness{Referrals: len(log)}
	shares := make(map[string]*Share, len(d.edition.People))
	for _, p := range d.edition.People {
		shares[p.ID] = &Share{ID: p.ID, Name: p.Name.Full()}
	}
	for _, r := range log {
		fit := people{}
		open, _ := split(d.meeting(d.demands(d.criteriaOf(r)), -1))
		for _, p := range open {
			fit[p.ID] = true
		}
		named := 0
		for _, id := range r.Suggested {
			e.Suggestions++
			s := shares[id]
			if s == nil {
				e.Others++
				continue
			}
			s.Suggested++
			s.Last = r.Date
			fit[id] = true
			named++
		}
		for id := range fit {
			shares[id].Fit++
			shares[id].Even += float64(named) / float64(len(fit))
		}
	}
	for _, p := range d.edition.People {
		e.Shares = append(e.Shares, *shares[p.ID])
	}
	slices.SortFunc(e.Shares, func(a, b Share) int {
		return cmp.Or(cmp.Compare(b.Suggested, a.Suggested), cmp.Compare(b.Fit, a.Fit), strings.Compare(a.ID, b.ID))
	})
	e.Verdict = e.verdict()
	return e
}

// criteriaOf returns the criteria of an entry that can be looked up: all but the nearness to a place.
func (d *Desk) criteriaOf(r site.Referral) []Criterion {
	var criteria []Criterion
	for _, text := range r.Criteria {
		if key, id, ok := site.SplitCriterion(text); ok && key != keyWithin {
			criteria = append(criteria, Criterion{Key: key, ID: id})
		}
	}
	return criteria
}

// verdict says in words who was suggested most above and most below an even share.
func (e *Evenness) verdict() string {
	if e.Referrals == 0 {
		return "No referral is logged yet. Log one with: nwioi refer CRITERIA --log."
	}
	var most, least *Share
	for i := range e.Shares {
		s := &e.Shares[i]
		if s.Fit == 0 {
			continue
		}
		if most == nil || float64(s.Suggested)-s.Even > float64(most.Suggested)-most.Even {
			most = s
		}
		if least == nil || float64(s.Suggested)-s.Even < float64(least.Suggested)-least.Even {
			least = s
		}
	}
	switch {
	case most == nil:
		return "Nobody in the directory today fits any of these referrals."
	case math.Max(float64(most.Suggested)-most.Even, least.Even-float64(least.Suggested)) <= 1:
		return "Referrals went round evenly: nobody is more than one suggestion away from an even share."
	}
	return fmt.Sprintf("Most above an even share: %s. Most below: %s. Best matches come first, so some difference is to be expected.",
		most.sentence(), least.sentence())
}

func (s *Share) sentence() string {
	return fmt.Sprintf("%s, suggested %d times where %.1f would be even", s.Name, s.Suggested, s.Even)
}
