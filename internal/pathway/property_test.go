package pathway_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"nwioi/internal/pathway"
)

// anyEntry makes an entry, now and then one that nobody can have lived.
func anyEntry(t *rapid.T, i int) pathway.Entry {
	pick := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
	if rapid.Bool().Draw(t, "plain") {
		return pathway.Entry{
			ID: fmt.Sprint("e", i), Date: fmt.Sprintf("2026-03-%02d", rapid.IntRange(1, 28).Draw(t, "day")), Kind: pathway.Supervised, Quarters: 4,
			Session: pick("session", pathway.Individual, pathway.Group), People: 2, Format: pick("format", "in-person", "video"), Supervisor: "Ada",
		}
	}
	return pathway.Entry{
		ID:         fmt.Sprint("e", i),
		Date:       fmt.Sprintf("202%d-%02d-%02d", rapid.IntRange(4, 7).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(1, 31).Draw(t, "day")),
		Kind:       pick("kind", pathway.Supervised, pathway.Supervised, pathway.Supervised, pathway.SexTherapy, pathway.OtherTherapy, pathway.OtherPractice, "gardening"),
		Quarters:   rapid.SampledFrom([]int{0, 1, 2, 3, 4, 4, 6, 8, 20, 80, 97}).Draw(t, "quarters"),
		Session:    pick("session", "", pathway.Individual, pathway.Individual, pathway.Group, pathway.Group),
		People:     rapid.SampledFrom([]int{-1, 0, 0, 1, 1, 2, 2, 3, 4, 5, 6, 7}).Draw(t, "people"),
		Format:     pick("format", "", "in-person", "video"),
		Clients:    pick("clients", "", "one", "couple-or-family", "group"),
		Supervisor: pick("supervisor", "", "Ada", "Bo", "Cy", "Nobody", "\U0001F600", "\uFB01"),
	}
}

func anyLog(t *rapid.T) pathway.Log {
	log := pathway.Log{Entries: []pathway.Entry{}, Supervisors: []pathway.Supervisor{}, Marks: map[string]string{}, Profile: pathway.Profile{}, Tracks: map[string]string{}}
	n := rapid.IntRange(0, 12).Draw(t, "entries")
	for i := range n {
		log.Entries = append(log.Entries, anyEntry(t, i))
	}
	for _, name := range []string{"Ada", "Bo", "Cy", "Ada"} {
		says := func(label string) string { return rapid.SampledFrom([]string{"yes", "yes", "no", ""}).Draw(t, label) }
		log.Supervisors = append(log.Supervisors, pathway.Supervisor{name, says("aasect"), says("aamft")})
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

// limited makes a set whose parts have limits that the same hours can meet.
func limited(t *rapid.T) pathway.Set {
	hours := func(n float64) *pathway.Amount { return &pathway.Amount{Value: n, Unit: "hour"} }
	set := pathway.Set{ID: "set", Series: "series", Requirements: []pathway.Requirement{
		{ID: "a", Target: hours(10), Counts: &pathway.Counts{Kinds: []string{pathway.Supervised}}},
	}}
	for i := range rapid.IntRange(1, 3).Draw(t, "parts") {
		set.Requirements = append(set.Requirements, pathway.Requirement{
			ID: ids[i+1], PartOf: rapid.SampledFrom(append([]string{"a", "a"}, ids[1:i+1]...)).Draw(t, "part of"), AtMost: hours(float64(rapid.IntRange(0, 3).Draw(t, "at most"))),
			Counts: rapid.SampledFrom([]*pathway.Counts{{Session: pathway.Group}, {Session: pathway.Individual}, {Formats: []string{"video"}}, {Formats: []string{"in-person"}}}).Draw(t, "counts"),
		})
	}
	return set
}

// anySet makes a set, mostly one that nobody would write: parts of parts, circles, limits below minimums.
func anySet(t *rapid.T) pathway.Set {
	if rapid.IntRange(0, 2).Draw(t, "limited") == 0 {
		return limited(t)
	}
	set := pathway.Set{ID: "set", Series: "series", Requirements: []pathway.Requirement{}, Tracks: []pathway.Track{{"a", "A"}, {"b", "B"}}}
	n := rapid.IntRange(0, 6).Draw(t, "requirements")
	for i := range n {
		set.Requirements = append(set.Requirements, anyRequirement(t, i))
	}
	return set
}

func anyRequirement(t *rapid.T, i int) pathway.Requirement {
	pick := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
	amount := func(label string) *pathway.Amount {
		return rapid.SampledFrom([]*pathway.Amount{nil, nil, {Value: 2, Unit: "person"}, {Value: 0.3, Unit: "hour"}, {Value: 1, Unit: "hour"}, {Value: 5, Unit: "hour"},
			{Value: -1, Unit: "hour"}, {Value: 25, Unit: "hour"}, {Value: 2, Unit: "month"}, {Value: 4, Unit: "person"}}).Draw(t, label)
	}
	condition := func(label string) pathway.Condition {
		return rapid.SampledFrom([]pathway.Condition{nil, nil, nil, {"degree": {"finished"}}, {"licence": {"associate", "independent"}, "field": {"mft"}}, {"constructor": {"x"}}}).Draw(t, label)
	}
	r := pathway.Requirement{
		ID: ids[i], Track: pick("track", "", "", "a", "b"), OneOf: pick("one of", "", "", "x", "y"), PartOf: pick("part of", "", "", "a", "b", "c", "nothing"),
		Defines: pick("defines", "", "", "", pathway.Individual, pathway.Group), Target: amount("target"), AtLeast: amount("at least"), AtMost: amount("at most"), Shortest: amount("shortest"),
		AppliesTo: condition("applies to"), MetBy: condition("met by"), StartsWhen: condition("starts when"),
		Course: pick("course", "", "", "sar", "gone"), Cost: pick("cost", "", "ask", "$5"),
	}
	if r.Cost == "$5" {
		r.Cents = 500
	}
	r.DependsOn = rapid.SliceOfN(rapid.SampledFrom(ids), 0, 2).Draw(t, "depends on")
	if rapid.IntRange(0, 3).Draw(t, "counts") > 0 {
		r.Counts = &pathway.Counts{
			Kinds:      rapid.SliceOfN(rapid.SampledFrom([]string{pathway.Supervised, pathway.SexTherapy, pathway.OtherTherapy}), 0, 2).Draw(t, "kinds"),
			Session:    pick("session", "", "", pathway.Individual, pathway.Group),
			Clients:    pick("clients", "", "", "couple-or-family"),
			Formats:    rapid.SampledFrom([][]string{nil, nil, {"video"}, {"in-person", "video"}}).Draw(t, "formats"),
			ApprovedBy: pick("approved by", "", "", "aasect", "aamft"),
			OthersMay:  rapid.Bool().Draw(t, "others may"),
			After:      pick("after", "", "", "degree"),
		}
	}
	return r
}

// anySituation makes sets with a log, and courses with dates and prices or without.
func anySituation(t *rapid.T) situation {
	s := situation{Log: anyLog(t), Today: someDay, Sets: []pathway.Set{}, Courses: []pathway.Course{}, Awards: []pathway.Award{}}
	for range rapid.IntRange(1, 2).Draw(t, "sets") {
		s.Sets = append(s.Sets, anySet(t))
	}
	if rapid.Bool().Draw(t, "course") {
		c := pathway.Course{ID: "sar", Price: "ask", Next: []pathway.Span{}}
		if rapid.Bool().Draw(t, "price") {
			c.Price, c.Cents = "$950", 95000
		}
		for range rapid.IntRange(0, 2).Draw(t, "dates") {
			c.Next = append(c.Next, pathway.Span{rapid.SampledFrom([]string{"2026-06-01", "2026-11-23", "2027-06-04"}).Draw(t, "start"), rapid.SampledFrom([]string{"", "2027-06-06"}).Draw(t, "end")})
		}
		s.Courses = append(s.Courses, c)
		s.Awards = append(s.Awards, pathway.Award{ID: "award", Cents: 70000, Courses: []string{"sar"}, Expires: rapid.SampledFrom([]string{"", "2026-11-22", "2026-11-23"}).Draw(t, "expires")})
	}
	s.Rates = pathway.Rates{rapid.SampledFrom([]int{0, 12345}).Draw(t, "alone"), rapid.SampledFrom([]int{0, 6001}).Draw(t, "in a group")}
	return s
}

// TestBothHalvesAgree asks both halves everything about random logs and random sets.
func TestBothHalvesAgree(t *testing.T) {
	b := newBrowser(t)
	rapid.Check(t, func(t *rapid.T) {
		s := anySituation(t)
		if diff := cmp.Diff(plain(t.Fatal, s.outcome()), b.call(t.Fatal, "all", s)); diff != "" {
			t.Fatalf("(-Go +browser)\n%s", diff)
		}
	})
}

// TestBothHalvesKnowTheCalendar compares days, also those that no calendar has.
func TestBothHalvesKnowTheCalendar(t *testing.T) {
	b := newBrowser(t)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom([]string{"2024-02-29", "2023-02-29", "2100-02-29", "2026-1-5", "2026-11-31", "0999-12-31", "1000-01-01", "9999-12-31", "", "2026-11-23T00:00", "today", "1969-12-31", "2026-08-31"}).Draw(t, "text")
		n := rapid.OneOf(rapid.IntRange(0, 40), rapid.IntRange(-800_000, 4_000_000)).Draw(t, "n")
		day, ok := pathway.DayOf(text)
		want := []any{day, pathway.TextOf(n), pathway.AddMonths(day, n%1000)}
		if !ok {
			want[0] = nil
		}
		if diff := cmp.Diff(plain(t.Fatal, want), b.call(t.Fatal, "days", map[string]any{"text": text, "n": n})); diff != "" {
			t.Fatalf("%s, %d (-Go +browser)\n%s", text, n, diff)
		}
	})
}

// TestOneMoreHourLowersNoTotal adds an entry to a log, for any sets.
func TestOneMoreHourLowersNoTotal(t *testing.T) {
	for range 10 { // it takes no browser, so it can look at more
		rapid.Check(t, func(t *rapid.T) {
			s := anySituation(t)
			before := s.outcome()
			s.Log.Entries = append(s.Log.Entries, anyEntry(t, 100))
			lowersNothing(t, before, s.outcome())
		})
	}
}

// lowersNothing demands that nothing that counts, is over a limit or is doubtful became less, and nothing
// that is left became more.
func lowersNothing(t *rapid.T, before, after outcome) {
	for i, w := range before.Weighed {
		for j, a := range w.Requirements {
			b := after.Weighed[i].Requirements[j]
			if b.Counted < a.Counted || b.Over < a.Over || b.Doubtful < a.Doubtful || b.Left > a.Left {
				t.Fatalf("%s/%s: before %+v\nafter %+v", w.Set, a.ID, a, b)
			}
		}
	}
}

// TestOrderNeverMatters asks everything twice, the second time about the same entries in another order.
func TestOrderNeverMatters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anySituation(t)
		want := s.outcome()
		s.Log.Entries = rapid.Permutation(slices.Clone(s.Log.Entries)).Draw(t, "order")
		got := s.outcome()
		got.Faults, want.Faults = nil, nil // which stand in the order of the log
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}
