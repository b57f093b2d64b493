package check

import (
	"regexp"
	"strings"

	"nwioi/internal/diag"
	"nwioi/internal/site"
	"nwioi/internal/source"
)

// factID is the form of a fact's id, in places that take words as well.
var factID = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9_-]+)+$`)

// recordUnknown finds records that speak of a record which does not exist: a course of the pathway, an
// award of a course, the practitioner of an event, a step, a requirement, a fact.
func recordUnknown() rule {
	const id = "record/unknown"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Error, Summary: "A record speaks of records that exist."},
		edition: func(p *pass) {
			var courses, awards, people, steps, requirements []string
			for _, c := range p.Courses {
				courses = append(courses, c.ID)
			}
			for _, a := range p.Awards {
				awards = append(awards, a.ID)
			}
			for _, w := range p.Practitioners {
				people = append(people, w.ID)
			}
			for _, set := range p.Requirements {
				for _, r := range set.Requirements {
					requirements = append(requirements, set.ID+"/"+r.ID)
				}
			}
			var way []site.Step
			if p.Site.Pathway != nil {
				way = p.Site.Pathway.Steps
			}
			for _, s := range way {
				steps = append(steps, s.ID)
			}
			facts := p.Book.IDs()
			judge := func(f *source.File, field, kind, given string, known []string, where string) {
				if given == "" {
					return
				}
				for _, k := range known {
					if k == given {
						return
					}
				}
				p.wrong(f, field, id, "there is no "+kind+" "+quote(given), p.nearest(given, known, "write "+where))
			}
			const record = "the name of a file of data/%, without .yaml"
			in := func(folder string) string { return strings.Replace(record, "%", folder, 1) }

			for _, c := range p.Courses {
				if p.Site.Pathway != nil {
					judge(c.File, "step", "step", c.Step, steps, "the id of a step of data/pathway.yaml")
				}
				for i, a := range c.Awards {
					judge(c.File, item("awards", i), "award", a, awards, in("awards"))
				}
			}
			for _, a := range p.Awards {
				for i, c := range a.Courses {
					judge(a.File, item("courses", i), "course", c, courses, in("courses"))
				}
			}
			for _, v := range p.Events {
				judge(v.File, "by", "practitioner", v.By, people, in("practitioners"))
			}
			for i, s := range way {
				f, at := p.Site.Pathway.File, item("steps", i)
				for j, r := range s.Requirements {
					judge(f, at+item(".requirements", j), "requirement", r, requirements, "it as in aasect-certification/licence: the set's file, a slash, the requirement's id")
				}
				for j, c := range s.Courses {
					judge(f, at+item(".courses", j), "course", c, courses, in("courses"))
				}
				for field, words := range map[string]string{".cost": s.Cost, ".length": s.Length} {
					if factID.MatchString(words) {
						judge(f, at+field, "fact", words, facts, "the id of a fact, or words")
					}
				}
			}
			if p.Site.Pathway != nil {
				for i, q := range p.Site.Pathway.Questions {
					for j, a := range q.Answers {
						judge(p.Site.Pathway.File, item("questions", i)+item(".answers", j)+".course", "course", a.Course, courses, in("courses"))
					}
				}
				for _, set := range p.Requirements {
					for i, r := range set.Requirements {
						judge(set.File, item("requirements", i)+".step", "step", r.Step, steps, "the id of a step of data/pathway.yaml")
					}
				}
			}
			for _, set := range p.Requirements {
				for i, r := range set.Requirements {
					judge(set.File, item("requirements", i)+".course", "course", r.Course, courses, in("courses"))
				}
			}
		},
	}
}
