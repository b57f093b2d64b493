package check

import (
	"slices"
	"strconv"

	"nwioi/internal/diag"
	"nwioi/internal/site"
)

// pathwayReserved finds steps whose address belongs to another page of the guide.
func pathwayReserved() rule {
	const id = "pathway/reserved-id"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Error, Summary: "A step's id is not the name of another page of the guide.", Fixed: true},
		edition: func(p *pass) {
			if p.Site.Pathway == nil {
				return
			}
			for i, s := range p.Site.Pathway.Steps {
				if slices.Contains(site.ReservedSteps, s.ID) {
					p.wrong(p.Site.Pathway.File, "steps["+strconv.Itoa(i)+"].id", id,
						quote(site.StepURL(s.ID))+" is the address of another page of the guide", "give the step another id")
				}
			}
		},
	}
}
