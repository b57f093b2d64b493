package read

import (
	"maps"
	"path"
	"slices"
	"strings"

	"nwioi/internal/diag"
	"nwioi/internal/markdown"
	"nwioi/internal/site"
	"nwioi/internal/source"
	"nwioi/internal/yamlx"
)

// A record is one YAML file while it is read: it collects what is wrong with it.
type record struct {
	file     *source.File
	data     []byte
	problems diag.List
	index    *yamlx.Index
}

// fields returns where the fields of the file stand. The file is read once more when there is something
// to complain about, and only once however much that is.
func (r *record) fields() *yamlx.Index {
	if r.index == nil {
		r.index = yamlx.NewIndex(r.data, 1)
	}
	return r.index
}

// decode reads the file into v and returns the record for further questions.
func decode(f *source.File, v any) *record {
	r := &record{file: f}
	r.data, r.problems = yamlx.CheckText(f.Path, f.Data)
	if !r.problems.Failed() {
		r.problems = append(r.problems, yamlx.Decode(f.Path, r.data, 1, v)...)
	}
	return r
}

// wrong adds an error at a field such as "licenses[0].state".
func (r *record) wrong(field, rule, message, hint string) {
	r.add(diag.Error, field, rule, message, hint)
}

func (r *record) add(severity diag.Severity, field, rule, message, hint string) {
	pos, width, line := r.fields().Find(field)
	r.problems = append(r.problems, diag.Diagnostic{
		Path: r.file.Path, Pos: pos, Width: width, Source: line,
		Severity: severity, Rule: rule, Message: message, Hint: hint,
	})
}

// told reports whether a key that is missing or could not be read has been reported as such, so that
// nothing more is to be said of its value.
func (r *record) told(key string) bool {
	for _, p := range r.problems {
		if p.Rule == "yaml/syntax" || strings.HasPrefix(p.Rule, "file/") || p.Rule == "yaml/refused" ||
			p.Rule == "yaml/missing-key" && strings.Contains(p.Message, quote(key)) || strings.Contains(p.Source, key+":") {
			return true
		}
	}
	return false
}

// markdown parses the Markdown text of a field; problems are shown where the text stands in the file.
func (r *record) markdown(field, text string, topHeading int) *markdown.Doc {
	if text == "" {
		return nil
	}
	prefix := "s-"
	if field == "first_session" {
		prefix = "s-first-" // it stands on one page with the bio
	}
	doc, problems := markdown.Parse(r.file.Path, []byte(text), 1, markdown.Options{
		Facts: topHeading == 2, TopHeading: topHeading, AnchorPrefix: prefix,
	})
	if len(problems) == 0 {
		return doc
	}
	for _, p := range problems {
		p.Pos, p.Source = r.fields().Within(field, p.Pos)
		r.problems = append(r.problems, p)
	}
	return doc
}

// id returns the id that the file's name gives the record.
func (r *record) id() string {
	id := strings.TrimSuffix(path.Base(r.file.Path), ".yaml")
	if !site.ValidID(id) {
		hint := "rename the file to " + site.Slug(id) + ".yaml"
		if site.Slug(id) == "" {
			hint = "use lower-case letters, digits and single hyphens"
		}
		r.problems = append(r.problems, diag.Diagnostic{
			Path: r.file.Path, Severity: diag.Error, Rule: "record/id",
			Message: "the file's name becomes the address, and \"" + id + "\" cannot stand in one", Hint: hint,
		})
	}
	return id
}

func readSettings(f *source.File) (any, diag.List) {
	s := &site.Settings{File: f}
	r := decode(f, s)
	if s.URL != "" {
		if _, err := site.NewBase(s.URL); err != nil {
			r.wrong("url", "site/url", err.Error(), "")
		}
	}
	if s.Contact.Email != "" && !validEmail(s.Contact.Email) {
		r.wrong("contact.email", "record/email", quote(s.Contact.Email)+" is not an e-mail address", "write it as in office@example.org")
	}
	if s.Contact.Phone != "" && !validPhone(s.Contact.Phone) {
		r.wrong("contact.phone", "record/phone", quote(s.Contact.Phone)+" is not a phone number we can dial", phoneHint)
	}
	if s.Theme == "" {
		s.Theme = "institute"
	}
	if s.Timezone == "" {
		s.Timezone = "America/Los_Angeles"
	}
	if !r.zone("timezone", s.Timezone) {
		s.Timezone = "America/Los_Angeles"
	}
	return s, r.problems
}

// readFacts reads data/facts.yaml. What is worked out of other facts has its dates and its source from them.
func readFacts(f *source.File) (any, diag.List) {
	entries := map[string]site.FactEntry{}
	r := decode(f, &entries)
	unread := r.problems
	book := factBook{f, map[string]site.Fact{}, map[string]site.FactEntry{}}
	for _, id := range slices.Sorted(maps.Keys(entries)) {
		e := entries[id]
		for _, key := range []struct {
			name  string
			given bool
		}{{"value", e.Value != ""}, {"source", e.Source != ""}, {"as_of", !e.AsOf.IsZero()}, {"review_by", !e.ReviewBy.IsZero()}} {
			switch {
			case e.Derived() && key.given:
				r.wrong(id+"."+key.name, "record/fact", "this fact is worked out of others, and so is its "+key.name, "remove "+key.name+", or remove sum and divide")
			case !e.Derived() && !key.given && !slices.ContainsFunc(unread, func(d diag.Diagnostic) bool { return strings.Contains(d.Source, key.name+":") }):
				r.wrong(id, "yaml/missing-key", "the key "+quote(key.name)+" is missing in "+quote(id), "add "+key.name+":, or say how the value is worked out with sum or divide")
			}
		}
		if e.Derived() {
			book.derived[id] = e
		} else {
			book.facts[id] = e.Fact()
		}
	}
	return book, r.problems
}

func readVocabulary(f *source.File) (any, diag.List) {
	facet := strings.TrimSuffix(path.Base(f.Path), ".yaml")
	if !slices.Contains(site.Vocabularies, facet) {
		hint := "the vocabularies are " + strings.Join(site.Vocabularies, ", ")
		if near := diag.Nearest(facet, site.Vocabularies); near != "" {
			hint = "did you mean " + near + ".yaml?"
		}
		return nil, unknown(f, hint)
	}
	var terms []site.Term
	r := decode(f, &terms)
	seen := map[string]int{}
	claimed := map[string]int{} // id, label, alias or old word, folded → index of the term that has it
	v := site.NewVocabulary(facet, f, terms)
	for i, t := range terms {
		key := v.Key(t.State, t.ID)
		if first, taken := seen[key]; taken && t.ID != "" {
			r.wrong(at("[%d].id", i), "vocabulary/duplicate-id", quote(t.ID)+" stands in this list twice", at("the first is entry %d; remove one of them", first+1))
		}
		seen[key] = i
		if facet == site.LicenseType {
			if !site.ValidState(t.State) {
				r.wrong(at("[%d]", i), "vocabulary/state", "the licence "+quote(t.ID)+" has no state that we know", "write the two letters, such as state: WA")
			}
			if t.Tier == "" {
				r.wrong(at("[%d]", i), "vocabulary/tier", "the licence "+quote(t.ID)+" does not say its tier", "write tier: independent or tier: associate")
			}
			continue
		}
		// Two concerns may well share a clinical name.
		for _, words := range [][]string{{t.ID, t.Label}, t.Aliases, t.Deprecated} {
			for _, word := range words {
				folded := site.Slug(word)
				if other, taken := claimed[folded]; taken && terms[other].ID != t.ID && folded != "" {
					r.wrong(at("[%d]", i), "vocabulary/alias-claimed", quote(word)+" is claimed by both "+quote(terms[other].ID)+" and "+quote(t.ID), "leave it with one of them")
				}
				claimed[folded] = i
			}
		}
	}
	return v, r.problems
}

func readCourse(f *source.File) (any, diag.List) {
	c := &site.Course{File: f}
	r := decode(f, c)
	c.ID = r.id()
	c.Body = r.markdown("description", c.Description, 2)
	r.https("sign_up", c.SignUp)
	r.https("programme", c.Programme)
	seen := map[string]bool{}
	for i, in := range c.Instances {
		if seen[in.ID] {
			r.wrong(at("instances[%d].id", i), "course/duplicate-instance", "two instances have the id "+quote(in.ID), "give one of them another id")
		}
		seen[in.ID] = true
		r.span(at("instances[%d].", i), span{in.Start, in.End, in.Weekday, in.Time, in.Until, in.Timezone})
		r.https(at("instances[%d].sign_up", i), in.SignUp)
		if in.Status == "open" && in.SignUp == "" && c.SignUp == "" {
			r.wrong(at("instances[%d]", i), "course/sign-up", "people can sign up for this, but no link says where", "add sign_up: with the https address, or set status: planned")
		}
	}
	return c, r.problems
}

func readAward(f *source.File) (any, diag.List) {
	a := &site.Award{File: f}
	r := decode(f, a)
	a.ID = r.id()
	if !a.Expires.IsZero() && a.Deadline.After(a.Expires) {
		r.wrong("deadline", "record/date-order", "people can apply until "+a.Deadline.Long()+", after the award ends on "+a.Expires.Long(), "check both dates")
	}
	return a, r.problems
}

func readEvent(f *source.File) (any, diag.List) {
	e := &site.Event{File: f}
	r := decode(f, e)
	e.ID = r.id()
	e.Body = r.markdown("description", e.Description, 2)
	r.https("url", e.URL)
	r.span("", span{e.Start, e.End, e.Weekday, e.Time, e.Until, e.Timezone})
	if e.Status == "open" && e.URL == "" {
		r.wrong("status", "event/sign-up", "people can sign up for this, but no link says where", "add url: with the https address, or set status: planned")
	}
	return e, r.problems
}
