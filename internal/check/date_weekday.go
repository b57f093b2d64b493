package check

import (
	"slices"
	"time"

	"nwioi/internal/diag"
	"nwioi/internal/site"
)

// dateWeekday finds a day of the week that is not that of its date: "Tuesday, 9 November 2020". One of the
// two is wrong, and readers come on the wrong day.
func dateWeekday() rule {
	const id = "date/weekday"
	days := []string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}
	return rule{
		Rule:  Rule{ID: id, Severity: diag.Error, Summary: "A day of the week is that of its date."},
		words: days,
		word: func(r *reading) {
			said := r.at
			for year := said + 1; year <= said+6 && year < len(r.words); year++ {
				d, ok := r.dateAt(year)
				if !ok || d.first != said+1 || !r.near(d.first) {
					continue
				}
				on, ok := r.dayOf(d)
				if !ok {
					return
				}
				// "Monday–Friday, 9–13 November 2020": the second is that of the last day.
				if said > 0 && r.words[said].gap != space && r.any(said-1, said, days...) {
					on = d.end
				}
				if is := on.Weekday(); is != time.Weekday(slices.Index(days, r.lower(said))).String() && !r.full(id) {
					r.wrong(said, d.last, id, on.Long()+" is a "+is, "check the date, or write "+is)
				}
				return
			}
		},
	}
}

// dayOf returns the first day of a date in a text; ok is false where it names none.
func (r *reading) dayOf(d dated) (on site.Date, ok bool) {
	if d.last-d.first == 2 && r.words[d.first].kind == digit && len(r.word(d.first)) == 4 {
		return d.end, true // 2021-06-05
	}
	day := r.day(d.first)
	if day == 0 {
		day = r.day(d.first + 1) // June 5, 2021
	} else if r.slash(d.first + 1) {
		day = d.end.Day // 6/5/2021
	}
	return site.Date{Year: d.end.Year, Month: d.end.Month, Day: day}, d.exact && day > 0
}
