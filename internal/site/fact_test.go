package site

import "testing"

func TestQuantityText(t *testing.T) {
	for _, test := range []struct{ value, unit, want string }{
		{"21", "CEU", "21 CEUs"}, {"1", "CEU", "1 CEU"}, {"50", "hour", "50 hours"}, {"1", "hour", "1 hour"}, {"one", "week", "one week"},
		{"700", "dollar", "$700"}, {"1500", "dollar", "$1,500"}, {"1234567", "dollar", "$1,234,567"}, {"140", "dollar-per-hour", "$140 an hour"},
		{"under 5", "percent", "under 5%"}, {"40", "percent", "40%"}, {"1", "person", "1 person"}, {"24", "person", "24 people"}, {"1200", "person", "1,200 people"},
		{"18", "month", "18 months"}, {"6 to 8", "weekend", "6 to 8 weekends"}, {"0", "session", "0 sessions"},
		{"each June", "", "each June"}, {"2020", "", "2020"}, {"0123", "day", "0123 days"}, {"1999.5", "day", "1999.5 days"}, {"-1500", "day", "-1500 days"},
	} {
		if got := (Quantity{test.value, test.unit}).Text(); got != test.want {
			t.Errorf("%q of the unit %q is %q, want %q", test.value, test.unit, got, test.want)
		}
	}
}

func TestFactUnderReview(t *testing.T) {
	said := Date{2024, 11, 20}
	for days, want := range map[int]bool{0: false, ReviewAfter: false, ReviewAfter + 1: true} {
		if got := (Fact{AsOf: said}).UnderReview(said.AddDays(days)); got != want {
			t.Errorf("after %d days a fact is under review: %t, want %t", days, got, want)
		}
	}
	if (Fact{}).UnderReview(said) {
		t.Error("a fact without a date is under review")
	}
	if got := (Fact{AsOf: Date{2020, 10, 3}}).AsOfText(); got != "as of October 2020" {
		t.Errorf("it is shown %q", got)
	}
}

// A page cites a record's field by an id, and the constants of the order are facts like any other.
func TestFactBook(t *testing.T) {
	s := &Site{
		Facts:   map[string]Fact{"institute.founded": {Value: "2009"}},
		Courses: []*Course{{ID: "sar", Credits: Fact{Value: "21", Unit: "CEU"}, More: map[string]Fact{"room": {Value: "12", Unit: "person"}}}},
		Awards:  []*Award{{ID: "help", Amount: Fact{Value: "700", Unit: "dollar"}}},
		Requirements: []*RequirementSet{{ID: "five", Source: "the rules", AsOf: Date{2020, 10, 3}, Requirements: []Requirement{
			{ID: "hours", Target: Quantity{"50", "hour"}},
		}}},
	}
	b := s.FactBook()
	for id, want := range map[string]string{
		"institute.founded": "2009", "courses.sar.credits": "21 CEUs", "courses.sar.room": "12 people", "awards.help.amount": "$700",
		"requirements.five.hours.target": "50 hours", "order.open-days": "60 days", "order.counts-days": "120 days", "order.flag-days": "180 days", "order.page-size": "20 people",
	} {
		if f, ok := b.Fact(id); !ok || f.Text() != want {
			t.Errorf("%s is %q (%t), want %q", id, f.Text(), ok, want)
		}
	}
	if f, _ := b.Fact("requirements.five.hours.target"); f.Source != "the rules" || f.AsOf != (Date{2020, 10, 3}) {
		t.Errorf("a requirement's figure has not the source of its set: %+v", f)
	}
	if _, ok := b.Fact("courses.sar.length"); ok {
		t.Error("a field that is not given is a fact")
	}
}
