package pathway

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// anyEntry makes an entry, now and then one that nobody can have lived.
func anyEntry(t *rapid.T, i int) Entry {
	pick := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
	return Entry{
		ID:         fmt.Sprint("e", i),
		Date:       fmt.Sprintf("202%d-%02d-%02d", rapid.IntRange(4, 7).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(1, 31).Draw(t, "day")),
		Kind:       pick("kind", Supervised, Supervised, Supervised, SexTherapy, OtherTherapy, OtherPractice, "gardening"),
		Quarters:   rapid.SampledFrom([]int{0, 1, 2, 3, 4, 4, 6, 8, 20, 80, 97}).Draw(t, "quarters"),
		Session:    pick("session", "", Individual, Individual, Group, Group),
		People:     rapid.SampledFrom([]int{-1, 0, 0, 1, 1, 2, 2, 3, 4, 5, 6, 7}).Draw(t, "people"),
		Format:     pick("format", "", "in-person", "video"),
		Clients:    pick("clients", "", "one", "couple-or-family", "group"),
		Supervisor: pick("supervisor", "", "Ada", "Bo", "Cy", "Nobody", "\U0001F600", "\uFB01"),
	}
}

func anyLog(t *rapid.T) Log {
	log := Log{Entries: []Entry{}, Supervisors: []Supervisor{}, Marks: map[string]string{}, Profile: Profile{}, Tracks: map[string]string{}}
	n := rapid.IntRange(0, 12).Draw(t, "entries")
	for i := range n {
		log.Entries = append(log.Entries, anyEntry(t, i))
	}
	for _, name := range []string{"Ada", "Bo", "Cy", "Ada"} {
		says := func(label string) string { return rapid.SampledFrom([]string{"yes", "yes", "no", ""}).Draw(t, label) }
		log.Supervisors = append(log.Supervisors, Supervisor{name, says("aasect"), says("aamft")})
	}
	log.Degree = rapid.SampledFrom([]string{"", "2024-06-01", "2025-06-31"}).Draw(t, "degree")
	log.Contract = rapid.SampledFrom([]string{"", "2024-07-01", "2026-01-31"}).Draw(t, "contract")
	answer := func(question string, of ...string) {
		if a := rapid.SampledFrom(append(of, "")).Draw(t, question); a != "" {
			log.Profile[question] = []string{a}
		}
	}
	answer("degree", "not-yet", "enrolled", "finished", "finished")
	answer("field", "mft", "msw")
	answer("licence", "none", "associate", "independent")
	answer("training", "sar", "none")
	if track := rapid.SampledFrom([]string{"", "a", "b", "lmft", "lmhc", "constructor"}).Draw(t, "track"); track != "" {
		log.Tracks[rapid.SampledFrom([]string{"set", "series", "washington-associate"}).Draw(t, "of")] = track
	}
	return log
}

const someDay = "2026-11-23"

var ids = []string{"a", "b", "c", "d", "e", "constructor"}

// anySet makes a set that nobody would write: parts of parts, circles, limits below minimums.
func anySet(t *rapid.T) Set {
	set := Set{ID: "set", Series: "series", Requirements: []Requirement{}, Tracks: []Track{{"a", "A"}, {"b", "B"}}}
	n := rapid.IntRange(0, 6).Draw(t, "requirements")
	for i := range n {
		set.Requirements = append(set.Requirements, anyRequirement(t, i))
	}
	return set
}

func anyRequirement(t *rapid.T, i int) Requirement {
	pick := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
	amount := func(label string) *Amount {
		return rapid.SampledFrom([]*Amount{nil, nil, {Value: 2, Unit: "person"}, {Value: 0.3, Unit: "hour"}, {Value: 1, Unit: "hour"}, {Value: 5, Unit: "hour"},
			{Value: -1, Unit: "hour"}, {Value: 25, Unit: "hour"}, {Value: 2, Unit: "month"}, {Value: 4, Unit: "person"}}).Draw(t, label)
	}
	condition := func(label string) Condition {
		return rapid.SampledFrom([]Condition{nil, nil, nil, {"degree": {"finished"}}, {"licence": {"associate", "independent"}, "field": {"mft"}}, {"constructor": {"x"}}}).Draw(t, label)
	}
	r := Requirement{
		ID: ids[i], Track: pick("track", "", "", "a", "b"), OneOf: pick("one of", "", "", "x", "y"), PartOf: pick("part of", "", "", "a", "b", "c", "nothing"),
		Defines: pick("defines", "", "", "", Individual, Group), Target: amount("target"), AtLeast: amount("at least"), AtMost: amount("at most"), Shortest: amount("shortest"),
		AppliesTo: condition("applies to"), MetBy: condition("met by"), StartsWhen: condition("starts when"),
		Course: pick("course", "", "", "sar", "gone"), Cost: pick("cost", "", "ask", "$5"),
	}
	if r.Cost == "$5" {
		r.Cents = 500
	}
	r.DependsOn = rapid.SliceOfN(rapid.SampledFrom(ids), 0, 2).Draw(t, "depends on")
	if rapid.IntRange(0, 3).Draw(t, "counts") > 0 {
		r.Counts = &Counts{
			Kinds:      rapid.SliceOfN(rapid.SampledFrom([]string{Supervised, SexTherapy, OtherTherapy}), 0, 2).Draw(t, "kinds"),
			Session:    pick("session", "", "", Individual, Group),
			Clients:    pick("clients", "", "", "couple-or-family"),
			Formats:    rapid.SampledFrom([][]string{nil, nil, {"video"}, {"in-person", "video"}}).Draw(t, "formats"),
			ApprovedBy: pick("approved by", "", "", "aasect", "aamft"),
			OthersMay:  rapid.Bool().Draw(t, "others may"),
			After:      pick("after", "", "", "degree"),
		}
	}
	return r
}

// TestBothHalvesWeighAlike weighs random logs by random sets.
func TestBothHalvesWeighAlike(t *testing.T) {
	b := newBrowser(t)
	rapid.Check(t, func(t *rapid.T) {
		set, log := anySet(t), anyLog(t)
		want := plain(t.Fatal, Weigh(&set, log, someDay))
		got := b.call(t.Fatal, "weigh", map[string]any{"set": set, "log": log, "today": someDay})
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-Go +browser)\n%s", diff)
		}
	})
}

// TestOneMoreHourLowersNoTotal adds an entry to a log, for any set: nothing that counts, is over a limit or
// is doubtful becomes less, and nothing that is left becomes more.
func TestOneMoreHourLowersNoTotal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set, log := anySet(t), anyLog(t)
		before := Weigh(&set, log, someDay)
		log.Entries = append(log.Entries, anyEntry(t, 100))
		after := Weigh(&set, log, someDay)
		for i, a := range before.Requirements {
			b := after.Requirements[i]
			if b.Counted < a.Counted || b.Over < a.Over || b.Doubtful < a.Doubtful || b.Left > a.Left || b.Counted+b.Over < a.Counted+a.Over {
				t.Fatalf("%s: before %+v\nafter %+v", a.ID, a, b)
			}
		}
	})
}

// TestOrderNeverMatters weighs a log twice, its entries in another order.
func TestOrderNeverMatters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set, log := anySet(t), anyLog(t)
		want := Weigh(&set, log, someDay)
		log.Entries = rapid.Permutation(slices.Clone(log.Entries)).Draw(t, "order")
		if diff := cmp.Diff(want, Weigh(&set, log, someDay)); diff != "" {
			t.Fatal(diff)
		}
	})
}
