package check

import (
	"nwioi/internal/diag"
)

// recordSample notes people and events that are invented. They are marked on every output; a site that
// is meant for the public raises this rule to error in site.yaml.
func recordSample() rule {
	const id = "record/sample"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Note, Summary: "No invented person or event is published."},
		record: func(r *record) {
			if r.Sample {
				r.wrong("sample", id, "this person is invented, and is marked so wherever they are shown", "remove the record before real people look for help here")
			}
		},
		edition: func(p *pass) {
			for _, v := range p.Events {
				if v.Sample {
					p.wrong(v.File, "sample", id, "this event is invented, and is marked so wherever it is shown", "remove the record before real people look for events here")
				}
			}
		},
	}
}
