package read

import (
	"strings"

	"nwioi/internal/diag"
	"nwioi/internal/site"
	"nwioi/internal/source"
)

// aboutClient is why the log of referrals takes no key and no text of anybody's own.
const aboutClient = "nothing about the client belongs here: an entry is a date, criteria and the ids of those suggested"

// readReferrals reads the log of referrals. Its problems never show the line: if somebody did write
// about a client, a report is not to repeat it.
func readReferrals(f *source.File) (any, diag.List) {
	l := &site.ReferralLog{File: f}
	r := decode(f, &l.Entries)
	for i := range r.problems {
		if p := &r.problems[i]; p.Rule == "yaml/unknown-key" && !strings.HasPrefix(p.Hint, "did you mean") {
			p.Hint = aboutClient
		}
	}
	for i, e := range l.Entries {
		for j, c := range e.Criteria {
			if _, _, ok := site.SplitCriterion(c); !ok {
				r.wrong(at("[%d].criteria[%d]", i, j), "referral/criterion", "this is no criterion", "write it as in concern=pain-penetration; "+aboutClient)
			}
		}
		for j, id := range e.Suggested {
			if !site.ValidID(id) {
				r.wrong(at("[%d].suggested[%d]", i, j), "referral/id", "this is not the id of a person", "write the name of a file of data/practitioners, without .yaml; "+aboutClient)
			}
		}
	}
	for i := range r.problems {
		r.problems[i].Source, r.problems[i].Width = "", 0
	}
	return l, r.problems
}
