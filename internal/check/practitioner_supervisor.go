package check

import (
	"nwioi/internal/diag"
	"nwioi/internal/site"
)

// practitionerSupervisor finds associates whose record names no supervisor.
func practitionerSupervisor() rule {
	const id = "practitioner/supervisor"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Error, Summary: "An associate's record names the supervisor."},
		record: func(r *record) {
			for i, l := range r.Licenses {
				t := r.pass.Vocabulary(site.LicenseType).License(l.State, l.Type)
				if t != nil && t.Tier == "associate" && l.Supervisor == "" {
					r.wrong(item("licenses", i)+".type", id, quote(l.Type)+" is an associate's licence, and no supervisor is named",
						"add supervisor: and the name to this licence")
				}
			}
		},
	}
}
