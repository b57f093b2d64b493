package check

import (
	"strings"

	"nwioi/internal/diag"
	"nwioi/internal/site"
)

// practitionerSameName notes people who are shown under one name: they may be one person with two
// records.
func practitionerSameName() rule {
	const id = "practitioner/same-name"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Note, Summary: "No two records are of one person."},
		edition: func(p *pass) {
			named := make(map[string][]*site.Practitioner, len(p.Practitioners))
			for _, who := range p.Practitioners {
				name := who.Name.Full()
				named[name] = append(named[name], who)
			}
			for _, who := range p.Practitioners {
				name := who.Name.Full()
				if same := named[name]; len(same) > 1 && same[0] == who && name != "" {
					var others []string
					for _, other := range same[1:min(len(same), 4)] {
						others = append(others, other.File.Path)
					}
					if len(same) > 4 {
						others = append(others, "others")
					}
					p.wrong(who.File, "name", id, quote(name)+" is also the name in "+strings.Join(others, ", "),
						"if this is one person, keep one record and give it the other's id in aliases:")
				}
			}
		},
	}
}
