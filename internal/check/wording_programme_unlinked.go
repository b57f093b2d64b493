package check

import (
	"strings"

	"nwioi/internal/diag"
	"nwioi/internal/markdown"
	"nwioi/internal/site"
)

// A programme is a course that pages name.
type programme struct {
	course *site.Course
	names  []string // as they stand in a text
}

// programmes returns the courses of the edition by the names they go by.
func (p *pass) programmes() []programme {
	var list []programme
	for _, c := range p.Courses {
		var names []string
		if c.Name != "" { // a course that was not read has none, and "" stands everywhere
			names = append(names, c.Name)
		}
		if len(c.Short) >= 3 {
			names = append(names, c.Short)
		}
		list = append(list, programme{c, names})
	}
	return list
}

// names returns all names in one text, to see whether they are the same as before.
func names(list []programme) string {
	var all []string
	for _, c := range list {
		all = append(append(all, c.course.ID), c.names...)
	}
	return strings.Join(all, "\n")
}

// wordingProgrammeUnlinked finds a page that names a course and never links to it: to its page, to the
// step of the pathway it belongs to, or to where people sign up. What is not a course of the site but has
// the name of one ("the Crucible Method", "Advanced Intensive in Sex Therapy") needs a link in one of the
// paragraphs that name it.
func wordingProgrammeUnlinked() rule {
	const id = "wording/programme-unlinked"
	return rule{
		Rule:  Rule{ID: id, Severity: diag.Warning, Summary: "A page that names a course links to it."},
		words: []string{"training", "course", "intensive", "workshop", "seminar", "retreat", "program", "programme", "method"},
		word: func(r *reading) {
			if _, page := r.value.(*site.Page); !page || r.text.doc == nil || r.text.kind == markdown.Title || r.text.kind == markdown.Term {
				return
			}
			if first, last, ok := r.title(); ok && !r.full(id) {
				name := r.text.words[r.words[first].start:r.words[last].end]
				for _, c := range r.pass.named {
					if strings.Contains(c.course.Name, name) || strings.Contains(name, c.course.Name) {
						return // a course of the site
					}
				}
				r.strangers = append(r.strangers, mention{form: name, text: r.keep(), start: int(r.words[first].start), end: int(r.words[last].end)})
			}
		},
		sheet: func(r *reading) {
			told := map[string]bool{}
			for _, m := range r.strangers[:min(len(r.strangers), enough)] {
				if told[m.form] || r.linkedSomewhere(m.form) {
					continue
				}
				told[m.form] = true
				r.wrongAt(m.text, m.start, m.end, id, quote(m.form)+" is named on this page, and no link leads to it",
					"link to its own page where it is named: ["+m.form+"](https://…)")
			}
			switch r.value.(type) {
			case *site.Page, *site.Course, *site.Event:
			default:
				return
			}
			for _, c := range r.pass.named {
				if m, found := r.mentions(c); found {
					r.sheet.named = append(r.sheet.named, m)
				}
			}
		},
		edition: func(p *pass) {
			for i, s := range p.sheets {
				for _, m := range s.named {
					c := p.Course(m.form)
					if c == nil || p.leadsTo(c, i) {
						continue
					}
					name := m.text.words[m.start:m.end]
					p.wrongWords(s, m.text, m.start, m.end, id, quote(name)+" is named on this page, and no link leads to it",
						"make the name a link: ["+name+"]("+site.CourseURL(c.ID)+")")
				}
			}
		},
	}
}

// title returns the words around the word at hand that are written as the name of something: two or more
// with a capital, small words between them aside.
func (r *reading) title() (first, last int, ok bool) {
	capital := func(i int) bool { return r.words[i].kind&upper != 0 && r.words[i].kind&lower != 0 }
	if !capital(r.at) {
		return 0, 0, false
	}
	first, last = r.at, r.at
	for first > max(0, r.at-8) && (r.joined(first) || r.words[first].gap == hyphen || r.words[first].gap == apostrophe) && (capital(first-1) || r.words[first].gap == apostrophe) {
		first--
	}
	if r.words[first].fresh && first < r.at && r.any(first, first+1, "the", "this", "that", "our", "a", "an", "each", "every", "your", "their", "one", "any", "no", "some") {
		first++
	}
	for last+2 < min(len(r.words), r.at+12) && r.joined(last+1) && r.joined(last+2) && r.any(last+1, last+2, "in", "of", "for") && capital(last+2) {
		for last += 2; last < r.at+12 && r.joined(last+1) && capital(last+1); last++ {
		}
	}
	if last == r.at && first == r.at-1 && r.words[first].fresh {
		return 0, 0, false // "In Training"
	}
	return first, last, last > first
}

// linkedSomewhere reports whether one of the paragraphs that name something holds a link.
func (r *reading) linkedSomewhere(name string) bool {
	for i := range r.texts {
		if t := &r.texts[i]; t.doc != nil && strings.Contains(t.words, name) {
			r.text, r.hasLink = t, unasked
			if r.linked() {
				return true
			}
		}
	}
	return false
}

// mentions returns the first place where the file names a course, in its text rather than in its title.
func (r *reading) mentions(c programme) (mention, bool) {
	for _, body := range []bool{true, false} {
		for i := range r.texts {
			t := &r.texts[i]
			if (t.doc != nil) != body {
				continue
			}
			for _, name := range c.names {
				from := 0
				for {
					at := strings.Index(t.words[from:], name)
					if at < 0 {
						break
					}
					at += from
					from = at + len(name)
					if !(at > 0 && classes[t.words[at-1]] != 0) && !(from < len(t.words) && classes[t.words[from]] != 0) {
						kept := *t
						return mention{form: c.course.ID, text: &kept, start: at, end: from}, true
					}
				}
			}
		}
	}
	return mention{}, false
}

// leadsTo reports whether sheet i leads to a course, by a link or because its page shows the course.
func (p *pass) leadsTo(c *site.Course, i int) bool {
	s := p.sheets[i]
	home := map[string]bool{site.CourseURL(c.ID): true}
	if c.Step != "" {
		home[site.StepURL(c.Step)] = true
	}
	if p.Site.Pathway != nil {
		for _, step := range p.Site.Pathway.Steps {
			for _, course := range step.Courses {
				if course == c.ID {
					home[site.StepURL(step.ID)] = true
				}
			}
		}
	}
	if home[s.url] || s.url == site.CoursesURL || s.url == site.PathwayURL {
		return true
	}
	for _, t := range p.targets[i] {
		if t != nil && home[t.URL] {
			return true
		}
	}
	for _, address := range s.out {
		if address == c.Programme || address == c.SignUp {
			return true
		}
	}
	return false
}
