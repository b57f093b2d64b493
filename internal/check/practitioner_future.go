package check

import (
	"nwioi/internal/diag"
	"nwioi/internal/site"
)

// practitionerFuture notes something that is said to have been confirmed or checked on a day still to
// come: it would look fresh until long after.
func practitionerFuture() rule {
	const id = "practitioner/future"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Note, Summary: "Nothing was confirmed on a day still to come."},
		record: func(r *record) {
			judge := func(field string, on site.Date) {
				if on.After(r.pass.AsOf) {
					r.wrong(field, id, on.Long()+" is still to come", "write the day on which it was confirmed")
				}
			}
			judge("last_confirmed", r.LastConfirmed)
			judge("availability.confirmed_on", r.Availability.ConfirmedOn)
			for i, l := range r.Licenses {
				judge(item("licenses", i)+".verified_on", l.VerifiedOn)
			}
			for i, plan := range r.Insurance {
				judge(item("insurance", i)+".confirmed_on", plan.ConfirmedOn)
			}
		},
	}
}
