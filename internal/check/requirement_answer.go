package check

import (
	"maps"
	"slices"

	"nwioi/internal/diag"
	"nwioi/internal/site"
	"nwioi/internal/source"
)

// requirementAnswer finds conditions on questions that "where am I?" does not ask, and on answers that it
// does not offer: they would never hold.
func requirementAnswer() rule {
	const id = "requirement/answer"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Error, Summary: "Conditions name questions that are asked and answers that are offered."},
		edition: func(p *pass) {
			if p.Site.Pathway == nil {
				return
			}
			answers := map[string][]string{}
			for _, q := range p.Site.Pathway.Questions {
				list := []string{}
				for _, a := range q.Answers {
					list = append(list, a.ID)
				}
				answers[q.ID] = list
			}
			questions := slices.Sorted(maps.Keys(answers))
			judge := func(f *source.File, field string, c site.Condition) {
				for _, question := range slices.Sorted(maps.Keys(c)) {
					offered, asked := answers[question]
					if !asked {
						p.wrong(f, field+"."+question, id, "no question of data/pathway.yaml has the id "+quote(question), p.nearest(question, questions, "write the id of a question"))
						continue
					}
					for i, a := range c[question] {
						if !slices.Contains(offered, a) {
							p.wrong(f, item(field+"."+question, i), id, quote(a)+" is no answer to the question "+quote(question), p.nearest(a, offered, "write the id of one of its answers"))
						}
					}
				}
			}
			for i, q := range p.Site.Pathway.Questions {
				judge(p.Site.Pathway.File, item("questions", i)+".asked_when", q.AskedWhen)
			}
			for _, set := range p.Requirements {
				for i := range set.Requirements {
					r, at := &set.Requirements[i], item("requirements", i)
					judge(set.File, at+".applies_to", r.AppliesTo)
					judge(set.File, at+".met_by", r.MetBy)
					judge(set.File, at+".starts_when", r.StartsWhen)
				}
			}
		},
	}
}

// nearest returns a hint at the known word that is most like a wrong one, or else another hint.
func (p *pass) nearest(word string, known []string, otherwise string) string {
	if p.guesses++; p.guesses <= maxGuesses {
		if near := diag.Nearest(word, known); near != "" {
			return "did you mean " + quote(near) + "?"
		}
	}
	return otherwise
}
