package site

import (
	"strings"
	"testing"

	"nwioi/internal/source"
)

// What is due is told from the day after its limit, and what runs out from so many days before.
func TestDue(t *testing.T) {
	today := Date{2026, 11, 22}
	record := func(id, status string, confirmed, available, expires Date) *Practitioner {
		return &Practitioner{
			File: &source.File{Path: "data/practitioners/" + id + ".yaml"}, ID: id, Status: status,
			Licenses:     []License{{State: "WA", Type: "LMFT", Expires: expires}},
			Availability: Availability{Status: "open", ConfirmedOn: available},
			Consent:      &Consent{AgreedOn: Date{2026, 1, 1}}, LastConfirmed: confirmed,
		}
	}
	later := today.AddDays(400)
	for name, c := range map[string]struct {
		record *Practitioner
		want   string // what is told, in order
	}{
		"nothing":           {record("a", "active", today.AddDays(-FlagDays+AskDays+1), today.AddDays(-FreshDays+AskDays+1), today.AddDays(61)), ""},
		"record soon":       {record("a", "active", today.AddDays(-FlagDays+AskDays), today, later), "the record is to be confirmed again"},
		"record today":      {record("a", "active", today.AddDays(-FlagDays), today, later), "the record is to be confirmed again"},
		"availability soon": {record("a", "active", today, today.AddDays(-FreshDays+AskDays), later), "the availability is to be confirmed again"},
		"no day of expiry":  {record("a", "active", today, today, Date{}), ""},
		"record":            {record("a", "active", today.AddDays(-FlagDays-1), today, later), "nobody has confirmed the record"},
		"availability":      {record("a", "active", today, today.AddDays(-FreshDays-1), later), "availability has not been confirmed"},
		"a pause":           {record("a", "paused", today, today.AddDays(-FreshDays-1), later), ""},
		"within":            {record("a", "active", today, today, today.AddDays(60)), "runs out on"},
		"last day":          {record("a", "active", today, today, today), "runs out on"},
		"over":              {record("a", "active", today, today, today.AddDays(-1)), "ran out on"},
		"oldest first":      {record("a", "active", today.AddDays(-FlagDays-1), today, today.AddDays(-9)), "ran out on|nobody has confirmed the record"},
		"alumni are let be": {record("a", "alumni", Date{2020, 1, 1}, Date{2020, 1, 1}, Date{2020, 1, 1}), ""},
		"a closed practice": {func() *Practitioner {
			r := record("a", "active", today, Date{2020, 1, 1}, later)
			r.Availability.Status = "closed"
			return r
		}(), ""},
		"consent taken back": {func() *Practitioner {
			r := record("a", "active", Date{2020, 1, 1}, today, later)
			r.Consent.WithdrawnOn = today
			return r
		}(), "withdrew their consent"},
		"no consent": {func() *Practitioner {
			r := record("a", "active", Date{2020, 1, 1}, today, later)
			r.Consent = nil
			return r
		}(), "has not agreed to be listed"},
	} {
		e := Publish(&Site{Settings: &Settings{URL: "https://example.org/"}, Practitioners: []*Practitioner{c.record}}, Options{AsOf: today})
		due := e.Due(60)
		var want []string
		if c.want != "" {
			want = strings.Split(c.want, "|")
		}
		if len(due) != len(want) {
			t.Errorf("%s: %v", name, due)
			continue
		}
		for i, d := range due {
			if !strings.Contains(d.What, want[i]) || d.ID != "a" || d.Path != "data/practitioners/a.yaml" {
				t.Errorf("%s: %+v, want %q", name, d, want[i])
			}
		}
	}
}

// A criterion of a referral is a key and an id, and has no room for words.
func TestSplitCriterion(t *testing.T) {
	for text, want := range map[string]bool{
		"concern=pain-penetration": true, "telehealth=WA": true, "format=in_person": true, "fee_max=150": true, "city=tacoma-wa": true, "within=25": true,
		"": false, "couples": false, "=": false, "concern=": false, "note=sad": false, "zip=98402": false, "concern=she was sad": false, "concern=a=b": false, "Concern=x": false, "concern=-": false,
	} {
		if _, _, ok := SplitCriterion(text); ok != want {
			t.Errorf("%q: %t", text, ok)
		}
	}
}
