package site

import (
	"testing"
	"time"
)

func TestDerivedFacts(t *testing.T) {
	day := func(y int, m time.Month, d int) Date { return Date{Year: y, Month: m, Day: d} }
	s := &Site{
		Facts: map[string]Fact{
			"a": {Value: "1,200", Unit: "hour", Source: "A", AsOf: day(2020, 3, 1), ReviewBy: day(2027, 3, 1)},
			"b": {Value: "0.5", Unit: "hour", Source: "B", AsOf: day(2021, 3, 1), ReviewBy: day(2026, 3, 1)},
			"c": {Value: "18", Unit: "month", Source: "A", AsOf: day(2022, 3, 1), ReviewBy: day(2028, 3, 1)},
		},
		Derived: map[string]FactEntry{
			"sum":   {Sum: []string{"a", "b"}, Owner: "Team"},
			"pace":  {Divide: []string{"sum", "c"}, About: true},
			"whole": {Divide: []string{"a", "b"}, Unit: "session"},
			"one":   {Divide: []string{"c", "c"}, About: true, Unit: "hour"},
		},
	}
	b := s.FactBook()
	if len(b.Faults()) > 0 {
		t.Fatal(b.Faults())
	}
	for id, want := range map[string]string{"sum": "1200.5 hours", "pace": "about 66.7 hours", "whole": "2,400 sessions", "one": "about 1 hour"} {
		if f, ok := b.Fact(id); !ok || f.Text() != want {
			t.Errorf("%s is %q, want %q", id, f.Text(), want)
		}
	}
	sum, _ := b.Fact("sum")
	if sum.AsOf != day(2020, 3, 1) || sum.ReviewBy != day(2026, 3, 1) || sum.Owner != "Team" || sum.Source != "Worked out: 1,200 hours + 0.5 hours. From A; B" {
		t.Errorf("the sum is %+v", sum)
	}
}
