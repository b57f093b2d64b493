package site

import (
	"strings"
	"testing"
)

// What hours count toward follows from the sets alone: whose approval they ask for, in which state, on
// which day a contract is signed.
func TestHours(t *testing.T) {
	counts := func(by string, othersMay bool) *Counts {
		return &Counts{Kinds: []string{"supervision"}, ApprovedBy: by, OthersMay: othersMay}
	}
	sets := func() []*RequirementSet {
		return []*RequirementSet{
			{ID: "certificate", Name: "Certificate", Requirements: []Requirement{
				{ID: "hours", Counts: counts(AASECT, false)}, {ID: "clients", Counts: &Counts{Kinds: []string{"sex-therapy"}}}, {ID: "form"},
			}},
			{ID: "licence", Name: "Licence", State: "WA", Tracks: []Track{{"c", "Counselor (C)"}, {"f", "Family therapist (F)"}}, Requirements: []Requirement{
				{ID: "c-hours", Track: "c", Counts: counts(AAMFT, true)}, {ID: "f-hours", Track: "f", Counts: counts(AAMFT, true)},
			}},
		}
	}
	none, three := 0, 3
	for name, c := range map[string]struct {
		by     Supervision
		change func([]*RequirementSet)
		want   string // for each: state and tracks, what counts, what to ask about (?), what does not (-); * is twice
	}{
		"both, in Washington": {by: Supervision{AASECT: true, AAMFT: true, States: []string{"WA"}}, want: "WA c f: certificate licence * | : certificate"},
		"both, in Oregon":     {by: Supervision{AASECT: true, AAMFT: true, States: []string{"OR"}}, want: ": certificate"},
		"no state":            {by: Supervision{AASECT: true, AAMFT: true}, want: ": certificate"},
		"AASECT":              {by: Supervision{AASECT: true, States: []string{"WA"}}, want: "WA c f: certificate licence? | : certificate"},
		"AAMFT":               {by: Supervision{AAMFT: true, States: []string{"WA", "OR"}}, want: "WA c f: licence -certificate | : -certificate"},
		"neither":             {by: Supervision{States: []string{"WA"}}, want: "WA c f: licence? -certificate | : -certificate"},
		"the state asks for it": {
			by: Supervision{AASECT: true, States: []string{"WA"}}, change: func(s []*RequirementSet) {
				s[1].Requirements[0].Counts, s[1].Requirements[1].Counts = counts(AAMFT, false), counts(AAMFT, false)
			}, want: "WA c f: certificate -licence | : certificate",
		},
		"the licences differ": {
			by: Supervision{AASECT: true, States: []string{"WA"}}, change: func(s []*RequirementSet) { s[1].Requirements[1].Counts = counts(AAMFT, false) },
			want: "WA c: certificate licence? | WA f: certificate -licence | : certificate",
		},
		"all look at one approval": {
			by: Supervision{AASECT: true, AAMFT: true, States: []string{"WA"}}, change: func(s []*RequirementSet) {
				s[1].Requirements[0].Counts, s[1].Requirements[1].Counts = counts(AASECT, false), counts(AASECT, false)
			}, want: "WA c f: certificate licence | : certificate",
		},
		"no licences named": {
			by: Supervision{AAMFT: true, States: []string{"WA"}}, change: func(s []*RequirementSet) {
				s[1].Tracks, s[1].Requirements = nil, []Requirement{{ID: "hours", Counts: counts(AAMFT, false)}}
			}, want: "WA: licence -certificate | : -certificate",
		},
		"over": {
			by: Supervision{AAMFT: true, States: []string{"WA"}}, change: func(s []*RequirementSet) { s[1].Contracts.Until = Date{2026, 11, 21} }, want: ": -certificate",
		},
		"the last day": {
			by: Supervision{AAMFT: true, States: []string{"WA"}}, change: func(s []*RequirementSet) { s[1].Contracts.Until = Date{2026, 11, 22} },
			want: "WA c f: licence -certificate | : -certificate",
		},
		"not yet": {
			by: Supervision{AASECT: true}, change: func(s []*RequirementSet) { s[0].Contracts.From = Date{2026, 11, 23} }, want: ":",
		},
	} {
		e := &Edition{Site: &Site{Requirements: sets()}, Options: Options{AsOf: Date{2026, 11, 22}}}
		if c.change != nil {
			c.change(e.Requirements)
		}
		var all []string
		for _, h := range e.Hours(&c.by) {
			words := []string{h.State}
			for _, track := range h.Tracks {
				words = append(words, track.ID)
			}
			words[len(words)-1] += ":"
			seen := map[string]bool{}
			for _, g := range h.Counts {
				words = append(words, g.Set.ID)
			}
			for _, g := range h.Ask {
				words = append(words, g.Set.ID+"?")
			}
			for _, g := range h.Missing {
				words = append(words, "-"+g.Set.ID)
			}
			for _, w := range words {
				if seen[w] {
					t.Errorf("%s: %s stands twice", name, w)
				}
				seen[w] = true
			}
			if h.Twice() {
				words = append(words, "*")
			}
			all = append(all, strings.Join(words, " "))
		}
		if got := strings.Join(all, " | "); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	for want, s := range map[string]Supervision{"": {}, "no": {Seats: &none}, "yes": {Seats: &three}} {
		if got := s.Places(); got != want {
			t.Errorf("a free place: %q, want %q", got, want)
		}
	}
}
