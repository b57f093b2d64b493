package check

import (
	"nwioi/internal/diag"
	"nwioi/internal/site"
)

// practitionerUnconfirmed notes records that the person has not confirmed for a long time.
func practitionerUnconfirmed() rule {
	const id = "practitioner/unconfirmed"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Note, Summary: "Everyone confirms their record twice a year."},
		record: func(r *record) {
			if r.Status == "alumni" || r.LastConfirmed.IsZero() {
				return
			}
			if age := r.LastConfirmed.DaysUntil(r.pass.AsOf); age > site.FlagDays {
				r.wrong("last_confirmed", id, "nobody confirmed this record for "+days(age)+", and the page says so",
					"send it to the person, and write the day on which they said that all of it is right")
			}
		},
	}
}
