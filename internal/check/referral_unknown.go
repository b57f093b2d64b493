package check

import "nwioi/internal/diag"

// referralUnknown finds people in the log of referrals who never had a record. Those who left keep
// theirs, so nothing is said of them.
func referralUnknown() rule {
	const id = "referral/unknown"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Warning, Summary: "The log of referrals names people who have or had a record."},
		edition: func(p *pass) {
			if p.Referrals == nil {
				return
			}
			known := map[string]bool{}
			var ids []string
			for _, w := range p.Practitioners {
				ids = append(ids, w.ID)
				known[w.ID] = true
				for _, former := range w.Aliases {
					known[former] = true
				}
			}
			for i, r := range p.Referrals.Entries {
				for j, suggested := range r.Suggested {
					if known[suggested] {
						continue
					}
					hint := "write the name of a file of data/practitioners, without .yaml, or take the id out"
					if p.guesses++; p.guesses <= maxGuesses {
						if near := diag.Nearest(suggested, ids); near != "" {
							hint = "did you mean " + quote(near) + "?"
						}
					}
					p.wrong(p.Referrals.File, item("", i)+item(".suggested", j), id, "there is no practitioner "+quote(suggested), hint)
				}
			}
		},
	}
}
