package site

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseDate(t *testing.T) {
	for _, good := range []string{"2026-11-30", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"} {
		d, err := ParseDate(good)
		if err != nil || d.String() != good {
			t.Errorf("%q became %q: %v", good, d, err)
		}
	}
	for _, bad := range []string{
		"", "2026", "2026-11", "2026-2-03", "26-11-30", "2026/11/30", "30-11-2026", "2026-11-31", "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10",
		"2026-10-00", "0000-01-01", "2026-11-30 ", " 2026-11-30", "2026-11-3x", "+026-11-30", "2026-+1-30", "2026-11-+3", "2026--1-30", "2026-11-30T00:00:00Z", "２０２６-11-30",
	} {
		if d, err := ParseDate(bad); err == nil {
			t.Errorf("%q became %v", bad, d)
		}
	}
}

func TestDateWords(t *testing.T) {
	d := func(text string) Date {
		if text == "" {
			return Date{}
		}
		date, err := ParseDate(text)
		if err != nil {
			t.Fatal(err)
		}
		return date
	}
	for _, test := range []struct{ from, to, want string }{
		{"2020-11-09", "2020-11-13", "9–13 November 2020"},
		{"2020-11-30", "2020-12-02", "30 November – 2 December 2020"},
		{"2020-12-30", "2021-01-02", "30 December 2020 – 2 January 2021"},
		{"2020-11-09", "2020-11-09", "9 November 2020"},
		{"2020-11-09", "", "9 November 2020"},
		{"", "2020-11-09", "9 November 2020"},
		{"", "", ""},
	} {
		if got := d(test.from).Span(d(test.to)); got != test.want {
			t.Errorf("from %q to %q is %q, want %q", test.from, test.to, got, test.want)
		}
	}
	if (Date{}).Long() != "" || (Date{}).MonthYear() != "" || (Date{}).String() != "" {
		t.Error("no date is written as something")
	}
	for day, want := range map[string]string{"2026-01-01": "2026-W01", "2027-01-01": "2026-W53", "2024-12-30": "2025-W01"} {
		if got := d(day).ISOWeek(); got != want {
			t.Errorf("%s lies in %s, want %s", day, got, want)
		}
	}
}

// Dates count and compare as days do.
func TestDateArithmetic(t *testing.T) {
	days := rapid.Custom(func(t *rapid.T) Date {
		return DateOf(time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 100000).Draw(t, "day")))
	})
	rapid.Check(t, func(t *rapid.T) {
		a, n := days.Draw(t, "a"), rapid.IntRange(-5000, 5000).Draw(t, "n")
		b := a.AddDays(n)
		if a.DaysUntil(b) != n || b.DaysUntil(a) != -n {
			t.Fatalf("from %v to %v are %d days, want %d", a, b, a.DaysUntil(b), n)
		}
		if a.Before(b) != (n > 0) || a.After(b) != (n < 0) || (a.Compare(b) == 0) != (a == b) {
			t.Fatalf("%v and %v are %d days apart and compare as %d", a, b, n, a.Compare(b))
		}
		if c, err := ParseDate(a.String()); err != nil || c != a {
			t.Fatalf("%v is read as %v: %v", a, c, err)
		}
	})
}
