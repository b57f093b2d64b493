package check

import "nwioi/internal/diag"

// practitionerNoLicense finds people in the results of whom no licence is in force.
func practitionerNoLicense() rule {
	const id = "practitioner/no-license"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Warning, Summary: "Everyone in the results has a licence in force."},
		record: func(r *record) {
			if r.Status != "active" || len(r.Licenses) == 0 {
				return
			}
			for _, l := range r.Licenses {
				if l.InForce(r.pass.AsOf) {
					return
				}
			}
			r.wrong("licenses", id, "no licence of this person is in force any more, and the directory still lists them",
				"write the new date if one was renewed, or set status: paused")
		},
	}
}
