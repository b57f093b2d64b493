package check

import (
	"maps"
	"slices"

	"nwioi/internal/diag"
)

// siteRules looks at the rules: of site.yaml: every id is one of a rule, and no rule that keeps what is
// unsafe from being published is lowered.
func siteRules() rule {
	const id = "site/rules"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Error, Summary: "site.yaml gives severities to rules that exist and may have another.", Fixed: true},
		edition: func(p *pass) {
			if len(p.Settings.Rules) == 0 {
				return
			}
			known := map[string]Rule{}
			for _, r := range Rules() {
				known[r.ID] = r
			}
			for _, name := range slices.Sorted(maps.Keys(p.Settings.Rules)) {
				r, ok := known[name]
				switch {
				case !ok:
					hint := "nwioi check shows the id of a rule in square brackets after each problem"
					if near := diag.Nearest(name, slices.Sorted(maps.Keys(known))); near != "" {
						hint = "did you mean " + quote(near) + "?"
					}
					p.wrong(p.Settings.File, "rules."+name, id, "there is no rule "+quote(name), hint)
				case r.Fixed && diag.Severity(p.Settings.Rules[name]) != r.Severity:
					p.wrong(p.Settings.File, "rules."+name, id, quote(name)+" is always an "+r.Severity.String()+", because what it refuses must not be published",
						"remove this line")
				}
			}
		},
	}
}
