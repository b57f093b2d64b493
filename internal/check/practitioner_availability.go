package check

import (
	"nwioi/internal/diag"
	"nwioi/internal/site"
)

// practitionerAvailability notes availability that nobody confirmed for a while: first the page says
// since when, then it no longer counts as open.
func practitionerAvailability() rule {
	const id = "practitioner/availability"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Note, Summary: "Whether someone takes new clients is confirmed every 60 days."},
		record: func(r *record) {
			a := r.Availability
			if r.Status != "active" || a.Status == "closed" || a.ConfirmedOn.IsZero() {
				return
			}
			const hint = "ask the person, and write the day on which they answered"
			switch age := a.ConfirmedOn.DaysUntil(r.pass.AsOf); {
			case age > site.CountsDays:
				counts := "no longer counts as open"
				if a.Status == "waitlist" {
					counts = "no longer counts as a waiting list"
				}
				r.wrong("availability.confirmed_on", id, "nobody confirmed this for "+days(age)+", so it "+counts, hint)
			case age > site.FreshDays:
				r.wrong("availability.confirmed_on", id, "nobody confirmed this for "+days(age)+", and the page says so", hint)
			}
		},
	}
}
