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
			first := make(map[string]*site.Practitioner, len(p.Practitioners))
			same := map[*site.Practitioner][]*site.Practitioner{}
			for _, s := range p.sheets {
				who, ok := s.value.(*site.Practitioner)
				if !ok || s.name == "" {
					continue
				}
				if one := first[s.name]; one != nil {
					same[one] = append(same[one], who)
				} else {
					first[s.name] = who
				}
			}
			if len(same) == 0 {
				return
			}
			for _, who := range p.Practitioners {
				others := same[who]
				if len(others) == 0 {
					continue
				}
				var files []string
				for _, other := range others[:min(len(others), 3)] {
					files = append(files, other.File.Path)
				}
				if len(others) > 3 {
					files = append(files, "others")
				}
				p.wrong(who.File, "name", id, quote(who.Name.Full())+" is also the name in "+strings.Join(files, ", "),
					"if this is one person, keep one record and give it the other's id in aliases:")
			}
		},
	}
}
