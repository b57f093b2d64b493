package check

import (
	"nwioi/internal/diag"
	"nwioi/internal/site"
)

// A listed is a key of the practitioner record whose values are ids of a vocabulary.
type listed struct {
	facet string
	name  string // "a concern"
	each  func(p *site.Practitioner, visit func(field, id string))
}

// practitionerVocabulary are the rules that hold the ids of a record against the vocabularies, one rule
// for each: practitioner/concern, practitioner/language and so on. A vocabulary that has no words,
// because its file is broken, is not held against anybody.
func practitionerVocabulary() []rule {
	list := func(field string, of func(p *site.Practitioner) []string) func(*site.Practitioner, func(string, string)) {
		return func(p *site.Practitioner, visit func(field, id string)) {
			for i, id := range of(p) {
				visit(item(field, i), id)
			}
		}
	}
	keys := []listed{
		{site.Concern, "a concern", func(p *site.Practitioner, visit func(field, id string)) {
			for i, id := range p.Specialties.Top {
				visit(item("specialties.top", i), id)
			}
			for i, id := range p.Specialties.Other {
				visit(item("specialties.other", i), id)
			}
		}},
		{site.Modality, "a modality", list("modalities", func(p *site.Practitioner) []string { return p.Modalities })},
		{site.Community, "a community", list("communities", func(p *site.Practitioner) []string { return p.Communities })},
		{site.Client, "a kind of client", list("clients", func(p *site.Practitioner) []string { return p.Clients })},
		{site.Age, "an age group", list("ages", func(p *site.Practitioner) []string { return p.Ages })},
		{site.Spirituality, "a kind of spirituality", list("spirituality", func(p *site.Practitioner) []string { return p.Spirituality })},
		{site.Language, "a language", list("languages", func(p *site.Practitioner) []string { return p.Languages })},
		{site.InsurancePlan, "an insurance plan", func(p *site.Practitioner, visit func(field, id string)) {
			for i, plan := range p.Insurance {
				visit(item("insurance", i)+".plan", plan.Plan)
			}
		}},
		{site.Certification, "a certification", func(p *site.Practitioner, visit func(field, id string)) {
			for i, c := range p.Certifications {
				visit(item("certifications", i)+".type", c.Type)
			}
		}},
	}
	rules := make([]rule, len(keys))
	for i, k := range keys {
		id := "practitioner/" + k.facet
		rules[i] = rule{
			Rule: Rule{ID: id, Severity: diag.Error, Summary: "Every id of a record is in the vocabulary " + k.facet + ".yaml."},
			record: func(r *record) {
				v := r.pass.Vocabulary(k.facet)
				if v == nil || len(v.Terms) == 0 {
					return
				}
				k.each(r.Practitioner, func(field, given string) {
					if given != "" && v.Term(given) == nil && !r.full(id) {
						r.wrong(field, id, quote(given)+" is not "+k.name+" we know", r.pass.meant(v, given))
					}
				})
			},
		}
	}
	return rules
}

// meant returns the hint for an id that a vocabulary does not have: the word that was most likely meant
// and the id to write for it.
func (p *pass) meant(v *site.Vocabulary, given string) string {
	if id := v.Meant(given); id != "" {
		return "write " + quote(id)
	}
	if answer, ok := p.guessed.Load(v.Facet + "\n" + given); ok {
		return answer.(string)
	}
	hint := "the ids stand in data/vocabulary/" + v.Facet + ".yaml; a new one is added there"
	var words []string
	for _, w := range v.Words() {
		if d := len(w) - len(given); -8 < d && d < 8 {
			words = append(words, w)
		}
	}
	if near := diag.Nearest(given, words); near != "" {
		hint = "did you mean " + quote(near) + "?"
		if id := v.Meant(near); id != near {
			hint += " Write " + id
		}
	}
	p.guessed.Store(v.Facet+"\n"+given, hint)
	return hint
}
