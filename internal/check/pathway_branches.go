package check

import (
	"strconv"

	"nwioi/internal/diag"
	"nwioi/internal/site"
)

// pathwayBranches finds questions of "where am I?" with so many paths of answers that the site could not
// have a page for each.
func pathwayBranches() rule {
	const id = "pathway/branches"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Error, Summary: "The answers to “where am I?” make no more than " + strconv.Itoa(site.MaxBranches) + " pages.", Fixed: true},
		edition: func(p *pass) {
			if p.Site.Pathway == nil {
				return
			}
			if _, all := p.Site.Pathway.Branches(); !all {
				p.wrong(p.Site.Pathway.File, "questions", id, "the answers to these questions make more than "+strconv.Itoa(site.MaxBranches)+" pages, one for every way to answer them",
					"offer fewer answers, ask a question only after certain answers (asked_when), or let one answer be given where several: is true")
			}
		},
	}
}
