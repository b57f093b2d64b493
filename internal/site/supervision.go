package site

import (
	"cmp"
	"slices"
)

// The associations that approve supervisors, as records and requirements write them.
const (
	AASECT = "aasect"
	AAMFT  = "aamft"
)

// ApprovedBy reports whether an association has approved the supervisor.
func (s *Supervision) ApprovedBy(association string) bool {
	return association == AASECT && s.AASECT || association == AAMFT && s.AAMFT
}

// Places returns whether the supervisor has a free place: yes, no, or "" where the record does not say.
func (s *Supervision) Places() string {
	switch {
	case s.Seats == nil:
		return ""
	case *s.Seats > 0:
		return "yes"
	}
	return "no"
}

// A Goal is a requirement toward which hours of supervision count.
type Goal struct {
	Set *RequirementSet
	*Requirement
}

// Hours says toward what the hours with one supervisor count, for one kind of person in training.
type Hours struct {
	State   string  // of the licence that they seek; empty: for everyone, whatever licence they hold
	Tracks  []Track // the licences, of which they seek one; empty with a State: any that the State gives
	Counts  []Goal  // toward these; those of the state come last
	Ask     []Goal  // toward these perhaps: the supervisor lacks an approval that is not always asked for
	Missing []Goal  // not toward these: the supervisor lacks the approval
}

// Twice reports whether one hour counts for two who each look at an approval of their own.
func (h Hours) Twice() bool {
	return slices.ContainsFunc(h.Counts, func(g Goal) bool {
		return g.Requirement.Counts.ApprovedBy != h.Counts[0].Requirement.Counts.ApprovedBy
	})
}

// Hours returns toward what hours with the supervisor count under a contract that is signed on the day of
// the edition: for people who seek a licence of each state that the supervisor names, by state, and then
// for everyone. It looks at requirements that name who must have approved the supervisor.
func (e *Edition) Hours(s *Supervision) []Hours {
	var all []Hours
	anyone := Hours{}
	for _, set := range e.Requirements {
		if set.Contracts.Holds(e.AsOf) && set.State == "" {
			anyone.add(s, set, "")
		}
	}
	for _, set := range e.Requirements {
		if !set.Contracts.Holds(e.AsOf) || set.State == "" || !slices.Contains(s.States, set.State) {
			continue
		}
		// Licences whose hours are judged alike stand together.
		var alike []Hours
		tracks := set.Tracks
		if len(tracks) == 0 {
			tracks = []Track{{}}
		}
		for _, track := range tracks {
			h := Hours{
				State: set.State, Tracks: []Track{track},
				Counts: slices.Clone(anyone.Counts), Ask: slices.Clone(anyone.Ask), Missing: slices.Clone(anyone.Missing),
			}
			h.add(s, set, track.ID)
			if i := slices.IndexFunc(alike, h.like); i >= 0 {
				alike[i].Tracks = append(alike[i].Tracks, track)
				continue
			}
			alike = append(alike, h)
		}
		for _, h := range alike {
			if len(set.Tracks) == 0 {
				h.Tracks = nil
			}
			all = append(all, h)
		}
	}
	slices.SortStableFunc(all, func(a, b Hours) int { return cmp.Compare(StateName(a.State), StateName(b.State)) })
	return append(all, anyone)
}

// add puts what a set asks on a track where it belongs.
func (h *Hours) add(s *Supervision, set *RequirementSet, track string) {
	for i := range set.Requirements {
		r := &set.Requirements[i]
		c := r.Counts
		if c == nil || c.ApprovedBy == "" || !slices.Contains(c.Kinds, "supervision") || r.Track != "" && r.Track != track {
			continue
		}
		g := Goal{set, r}
		switch {
		case s.ApprovedBy(c.ApprovedBy):
			h.Counts = append(h.Counts, g)
		case c.OthersMay:
			h.Ask = append(h.Ask, g)
		default:
			h.Missing = append(h.Missing, g)
		}
	}
}

// like reports whether hours count toward goals of the same sets in the same way.
func (h Hours) like(other Hours) bool {
	same := func(a, b []Goal) bool { return slices.EqualFunc(a, b, func(x, y Goal) bool { return x.Set == y.Set }) }
	return same(h.Counts, other.Counts) && same(h.Ask, other.Ask) && same(h.Missing, other.Missing)
}

// Holds reports whether a day lies in the period.
func (p Period) Holds(day Date) bool {
	return !day.Before(p.From) && (p.Until.IsZero() || !day.After(p.Until))
}
