package site

import (
	"strconv"
	"strings"

	"nwioi/internal/yamlx"
)

// A Fact is one figure or statement with where it comes from, as of when, and when it is to be
// looked at again. It lives once, in data/; pages cite it by its id.
type Fact struct {
	Value    string `yaml:"value" need:"yes" doc:"The figure or the words." example:"\"21\""`
	Unit     string `yaml:"unit" pattern:"^(hour|CEU|month|week|weekend|day|year|dollar|dollar-per-hour|percent|person|session)$" form:"hour, CEU, month, week, weekend, day, year, dollar, dollar-per-hour, percent, person or session" doc:"What the figure counts."`
	Source   string `yaml:"source" need:"yes" doc:"Where it comes from: a name or an https address." example:"NWIOI newsletter"`
	AsOf     Date   `yaml:"as_of" need:"yes" doc:"The day on which the source said so." title:"As of"`
	ReviewBy Date   `yaml:"review_by" need:"yes" doc:"The day by which somebody looks at it again." title:"Review by"`
	Note     string `yaml:"note" doc:"A remark for readers." example:"Reported, not confirmed"`
	Owner    string `yaml:"owner" doc:"Who looks after it, if not the owner of the record it stands in." example:"Education team"`
}

// ReviewAfter is the age from which a fact that nobody confirmed is shown as being reviewed, in days.
const ReviewAfter = 730

// IsZero reports whether no fact was given.
func (f Fact) IsZero() bool { return f.Value == "" }

// Text returns the value with its unit as pages show it: "21 CEUs", "$700", "under 5%".
func (f Fact) Text() string { return Quantity{f.Value, f.Unit}.Text() }

// UnderReview reports whether the fact is so old on this day that pages say so.
func (f Fact) UnderReview(today Date) bool {
	return !f.AsOf.IsZero() && f.AsOf.DaysUntil(today) > ReviewAfter
}

// AsOfText returns "as of October 2020".
func (f Fact) AsOfText() string {
	if f.AsOf.IsZero() {
		return ""
	}
	return "as of " + f.AsOf.MonthYear()
}

// A Quantity is a value with its unit, part of a record that says the source for all its quantities.
type Quantity struct {
	Value string `yaml:"value" need:"yes" doc:"The figure." example:"\"50\""`
	Unit  string `yaml:"unit" pattern:"^(hour|CEU|month|week|weekend|day|year|dollar|dollar-per-hour|percent|person|session)$" form:"hour, CEU, month, week, weekend, day, year, dollar, dollar-per-hour, percent, person or session" doc:"What it counts."`
}

// Text returns the quantity in words: "50 hours", "1 CEU", "$700".
func (q Quantity) Text() string {
	v := grouped(q.Value)
	switch q.Unit {
	case "":
		return q.Value
	case "dollar":
		return "$" + v
	case "dollar-per-hour":
		return "$" + v + " an hour"
	case "percent":
		return v + "%"
	case "person":
		if v == "1" {
			return "1 person"
		}
		return v + " people"
	}
	if last := v[strings.LastIndexByte(v, ' ')+1:]; last == "1" || last == "one" {
		return v + " " + q.Unit
	}
	return v + " " + q.Unit + "s"
}

// grouped writes a whole number of four or more digits with a comma for each thousand.
func grouped(v string) string {
	if _, err := strconv.ParseUint(v, 10, 64); err != nil || len(v) < 4 || v[0] == '0' {
		return v
	}
	var b strings.Builder
	for i, r := range v {
		if i > 0 && (len(v)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// A FactOrAsk is a fact, or the word "ask" where nobody has published a figure.
type FactOrAsk struct {
	Fact
	Ask bool `yaml:"-"`
}

// Wanted says what is expected where something else was found.
func (f *FactOrAsk) Wanted() string { return "ask, or a value with its source, as_of and review_by" }

// FromScalar accepts the word "ask" in the place of a fact.
func (f *FactOrAsk) FromScalar(text string) error {
	if text != "ask" {
		return &yamlx.Fault{Message: strconv.Quote(text) + " stands where a fact is wanted", Hint: "write ask, or a value with its source, as_of and review_by"}
	}
	f.Ask = true
	return nil
}
