package check

import "nwioi/internal/diag"

// coursePast finds dates of courses and awards that have passed while the record still speaks of them as
// to come.
func coursePast() rule {
	const id = "course/past"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Note, Summary: "A course that was held and an award that ended say so."},
		edition: func(p *pass) {
			for _, c := range p.Courses {
				for i, in := range c.Instances {
					last := in.Last()
					if last.IsZero() || !last.Before(p.AsOf) || in.Status == "held" || in.Status == "cancelled" {
						continue
					}
					p.wrong(c.File, item("instances", i)+".status", id, "this was to end on "+last.Long()+", and the record still says "+in.Status,
						"write status: held or status: cancelled once it is known")
				}
			}
			for _, a := range p.Awards {
				if !a.Expires.IsZero() && a.Expires.Before(p.AsOf) {
					p.wrong(a.File, "expires", id, "this award ended on "+a.Expires.Long(), "remove the record, or give it a new date")
				} else if !a.Deadline.IsZero() && a.Deadline.Before(p.AsOf) {
					p.wrong(a.File, "deadline", id, "the last day to apply was "+a.Deadline.Long(), "give the next one, or remove the line")
				}
			}
		},
	}
}
