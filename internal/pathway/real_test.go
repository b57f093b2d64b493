package pathway_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"nwioi/internal/pathway"
	"nwioi/internal/read"
	"nwioi/internal/source"
)

// realSets are those of data/requirements.
func realSets(t *testing.T) []pathway.Set {
	tree, problems := source.ReadDir("../..", nil)
	if problems.Failed() {
		t.Fatal(problems)
	}
	s, _ := new(read.Reader).Site(tree)
	sets := s.RuleSets()
	if len(sets) < 3 {
		t.Fatalf("data/requirements has %d sets", len(sets))
	}
	return sets
}

// TestRealSets weighs random logs by the sets of this repository: the halves agree, no hour disappears, and
// one more hour lowers no total.
func TestRealSets(t *testing.T) {
	sets := realSets(t)
	b := newBrowser(t)
	counted, flagged := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		s := anySituation(t)
		s.Sets = sets
		before := s.outcome()
		if diff := cmp.Diff(plain(t.Fatal, before), b.call(t.Fatal, "all", s)); diff != "" {
			t.Fatalf("(-Go +browser)\n%s", diff)
		}
		for i, set := range sets {
			for _, v := range before.Weighed[i].Entries {
				at := slices.IndexFunc(s.Log.Entries, func(e pathway.Entry) bool { return e.ID == v.Entry })
				if len(v.Counts) == 0 && len(v.Flags) == 0 && asksFor(set, s.Log, s.Log.Entries[at].Kind) {
					t.Fatalf("%s says nothing of %+v", set.ID, s.Log.Entries[at])
				}
				if len(v.Counts) > 0 {
					counted++
				}
				if len(v.Flags) > 0 {
					flagged++
				}
			}
		}
		s.Log.Entries = append(s.Log.Entries, anyEntry(t, 100))
		lowersNothing(t, before, s.outcome())
	})
	if counted < 100 || flagged < 100 {
		t.Errorf("%d verdicts count and %d have flags: they prove little", counted, flagged)
	}
}

// asksFor reports whether a set has hours of a kind, for the person whose log it is.
func asksFor(set pathway.Set, log pathway.Log, kind string) bool {
	states := pathway.Weigh(&set, log, someDay).Requirements
	for i, r := range set.Requirements {
		if r.Counts != nil && slices.Contains(r.Counts.Kinds, kind) && states[i].State != pathway.NotAsked {
			return true
		}
	}
	return false
}

// TestRealFigures weighs what the sources say in words: half and half are all the hours, and an hour with a
// supervisor whom both approve counts for the associations and for the State.
func TestRealFigures(t *testing.T) {
	sets := realSets(t)
	log := pathway.Log{
		Supervisors: []pathway.Supervisor{{Name: "Ada", AASECT: "yes", AAMFT: "yes"}},
		Profile:     pathway.Profile{"degree": {"finished"}},
		Tracks:      map[string]string{"washington-associate": "lmft"},
	}
	half := func(set pathway.Set) int {
		for _, r := range set.Requirements {
			if r.ID == "supervision" {
				return int(r.Target.Value) / 2
			}
		}
		t.Fatalf("%s has no supervision", set.ID)
		return 0
	}
	for i := range sets {
		set := &sets[i]
		if set.ID == "washington-associate" {
			continue
		}
		log.Entries = nil
		for range half(*set) {
			log.Entries = append(log.Entries,
				pathway.Entry{Date: "2026-01-02", Kind: pathway.Supervised, Quarters: 4, Session: pathway.Individual, Format: "video", Supervisor: "Ada"},
				pathway.Entry{Date: "2026-01-09", Kind: pathway.Supervised, Quarters: 4, Session: pathway.Group, People: 2, Format: "in-person", Supervisor: "Ada"})
		}
		for _, tally := range pathway.Weigh(set, log, someDay).Requirements {
			if tally.ID == "supervision" && tally.State != pathway.Done {
				t.Errorf("%s: half and half leave %+v", set.ID, tally)
			}
		}
	}
	for i := range sets {
		want := map[string]string{"aasect-certification": pathway.Group, "nwioi-five-steps": pathway.Group, "washington-associate": pathway.Individual}[sets[i].ID]
		v := pathway.Weigh(&sets[i], log, someDay).Entries[len(log.Entries)-1]
		if want != "" && (v.Session != want || v.Quarters != 4) {
			t.Errorf("%s: two trainees with one supervisor are %+v", sets[i].ID, v)
		}
	}
}
