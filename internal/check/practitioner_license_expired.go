package check

import (
	"strconv"

	"nwioi/internal/diag"
)

// endingDays is how long before its end a licence is noted.
const endingDays = 60

// practitionerLicenseExpired notes licences, compacts and certifications that have ended or soon will.
// What has ended no longer counts: it gives no letters, no state and no badge.
func practitionerLicenseExpired() rule {
	const id = "practitioner/license-expired"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Note, Summary: "Licences and certifications are renewed before they end."},
		record: func(r *record) {
			if r.Status == "alumni" {
				return
			}
			today := r.pass.AsOf
			for i, l := range r.Licenses {
				switch left := today.DaysUntil(l.Expires); {
				case l.Expires.IsZero():
				case left < 0:
					r.wrong(item("licenses", i)+".expires", id, "this licence ended on "+l.Expires.Long()+", so it no longer counts",
						"ask whether it was renewed, and write the new date")
				case left <= endingDays:
					r.wrong(item("licenses", i)+".expires", id, "this licence ends in "+days(left)+", on "+l.Expires.Long(),
						"ask for the renewal, and write the new date")
				}
			}
			for i, c := range r.Compacts {
				if !c.Expires.IsZero() && c.Expires.Before(today) {
					r.wrong(item("compacts", i)+".expires", id, "this privilege ended on "+c.Expires.Long()+", so it no longer counts",
						"ask whether it was renewed, and write the new date")
				}
			}
			for i, c := range r.Certifications {
				if !c.Expires.IsZero() && c.Expires.Before(today) {
					r.wrong(item("certifications", i)+".expires", id, "this certification ended on "+c.Expires.Long()+", so it no longer counts",
						"ask whether it was renewed, and write the new date")
				}
			}
		},
	}
}

// days returns "1 day" or "12 days".
func days(n int) string {
	if n == 1 {
		return "1 day"
	}
	return strconv.Itoa(n) + " days"
}
