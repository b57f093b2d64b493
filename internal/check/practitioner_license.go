package check

import (
	"strings"

	"nwioi/internal/diag"
	"nwioi/internal/site"
)

// practitionerLicense finds licences that the vocabulary does not know in their state.
func practitionerLicense() rule {
	const id = "practitioner/license"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Error, Summary: "A licence is one that its state gives."},
		record: func(r *record) {
			v := r.pass.Vocabulary(site.LicenseType)
			if v == nil || len(v.Terms) == 0 {
				return
			}
			for i, l := range r.Licenses {
				if l.Type == "" || !site.ValidState(l.State) || v.License(l.State, l.Type) != nil {
					continue
				}
				var here, elsewhere []string
				for j := range v.Terms {
					if t := &v.Terms[j]; t.State == l.State {
						here = append(here, t.ID)
					} else if strings.EqualFold(t.ID, l.Type) {
						elsewhere = append(elsewhere, t.State)
					}
				}
				hint := "the licences of each state stand in data/vocabulary/license.yaml; a new one is added there"
				if near := diag.Nearest(l.Type, here); near != "" {
					hint = "did you mean " + quote(near) + "?"
				} else if len(elsewhere) > 0 {
					hint = "that is a licence of " + site.StateName(elsewhere[0]) + "; check the state, or add it to data/vocabulary/license.yaml"
				}
				r.wrong(item("licenses", i)+".type", id, quote(l.Type)+" is not a licence of "+site.StateName(l.State)+" we know", hint)
			}
		},
	}
}
