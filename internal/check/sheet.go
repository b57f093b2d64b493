package check

import (
	"strconv"

	"nwioi/internal/diag"
	"nwioi/internal/markdown"
	"nwioi/internal/site"
	"nwioi/internal/source"
)

// A subject is one file to look at: a page, a record, or another file with prose.
type subject struct {
	file  *source.File
	value any // *site.Page, *site.Practitioner, …
}

// subjects returns the files of the edition that are looked at one by one, in the order of their paths.
func subjects(e *site.Edition) []subject {
	list := make([]subject, 0, len(e.Published)+len(e.Practitioners)+64)
	for _, p := range e.Published {
		list = append(list, subject{p.File, p})
	}
	for _, a := range e.Awards {
		list = append(list, subject{a.File, a})
	}
	for _, c := range e.Courses {
		list = append(list, subject{c.File, c})
	}
	for _, v := range e.Events {
		list = append(list, subject{v.File, v})
	}
	if e.FactsFile != nil {
		list = append(list, subject{e.FactsFile, e.Facts})
	}
	if e.Site.Pathway != nil {
		list = append(list, subject{e.Site.Pathway.File, e.Site.Pathway})
	}
	for _, p := range e.Practitioners {
		list = append(list, subject{p.File, p})
	}
	for _, r := range e.Requirements {
		list = append(list, subject{r.File, r})
	}
	list = append(list, subject{e.Settings.File, e.Settings})
	return list
}

// A sheet is what one file says in prose, where it links, and what the rules found in it that look at
// nothing else.
type sheet struct {
	file  *source.File
	value any
	url   string   // the page on which it is read; "" where there are several
	name  string   // of a practitioner
	links []link   // to the site itself
	out   []string // addresses outside of the site
	cites []link   // facts
	shows []link   // pictures

	found   diag.List
	fitting []fitting // articles before facts
	typed   []typed   // figures with their unit
	terms   []mention // words that another file may spell in another way; form is the key
	odd     bool      // some of them are not written the usual way
	named   []mention // programmes that the page names; form is the course's id
}

// A text is one piece of prose: a block of Markdown, or a field.
type text struct {
	words string
	kind  markdown.BlockKind
	field string        // of the record or front matter; "" for the body of a page
	doc   *markdown.Doc // nil for a plain field
	start int           // of words in doc.Text
	facts []string      // what the marks in words stand for
}

// A link is a reference that stands in a Markdown text.
type link struct {
	to    string
	field string
	pos   diag.Pos // in the document of the field
	width int
}

// open begins to read a subject: it finds its texts and references.
func (r *reading) open(sub subject) {
	s := &sheet{file: sub.file, value: sub.value}
	r.sheet, r.texts, r.places, r.colons = s, r.texts[:0], places{file: sub.file}, colons{}
	r.acronyms, r.strangers = r.acronyms[:0], r.strangers[:0]
	clear(r.told)
	switch v := sub.value.(type) {
	case *site.Page:
		s.url = v.URL()
		r.plain("title", v.Front.Title)
		r.plain("summary", v.Front.Summary)
		r.markdown("", v.Body)
	case *site.Practitioner:
		s.url, s.name = site.ProfileURL(v.ID), v.Name.Full()
		r.plain("headline", v.Headline)
		r.markdown("bio", v.Bio)
		r.markdown("first_session", v.FirstSession)
		r.plain("availability.note", v.Availability.Note)
		r.plain("fees.consultation", v.Fees.Consultation)
		for i, l := range v.Locations {
			if l.Accessibility != "" {
				r.plain(item("locations", i)+".accessibility", l.Accessibility)
			}
		}
	case *site.Course:
		s.url = site.CourseURL(v.ID)
		r.plain("name", v.Name)
		r.plain("summary", v.Summary)
		r.markdown("description", v.Body)
		r.list("covers", v.Covers)
		for i, in := range v.Instances {
			r.plain(item("instances", i)+".note", in.Note)
		}
	case *site.Event:
		s.url = site.EventURL(v.ID)
		r.plain("title", v.Title)
		r.plain("summary", v.Summary)
		r.markdown("description", v.Body)
		r.plain("price", v.Price)
	case *site.Award:
		r.plain("name", v.Name)
		r.plain("how_to_apply", v.HowToApply)
	case *site.Pathway:
		s.url = site.PathwayURL
		r.plain("title", v.Title)
		r.plain("summary", v.Summary)
		for i, q := range v.Questions {
			at := item("questions", i)
			r.plain(at+".ask", q.Ask)
			r.plain(at+".hint", q.Hint)
			for j, a := range q.Answers {
				r.plain(at+item(".answers", j)+".label", a.Label)
			}
		}
		for i, step := range v.Steps {
			at := item("steps", i)
			r.plain(at+".title", step.Title)
			r.plain(at+".summary", step.Summary)
			r.plain(at+".asks", step.Asks)
			r.plain(at+".cost", step.Cost)
			r.plain(at+".length", step.Length)
			r.plain(at+".counts_twice", step.CountsTwice)
			for j, b := range step.Background {
				r.plain(at+item(".background", j)+".who", b.Who)
				r.plain(at+item(".background", j)+".what", b.What)
			}
			r.list(at+".today", step.Today)
		}
	case *site.RequirementSet:
		r.plain("name", v.Name)
		r.plain("issuer", v.Issuer)
		r.plain("notice", v.Notice)
		for i, c := range v.Changes {
			r.plain(item("changes", i)+".what", c.What)
		}
		for i, q := range v.Requirements {
			at := item("requirements", i)
			r.plain(at+".title", q.Title)
			r.plain(at+".explanation", q.Explanation)
			r.list(at+".also_counts", q.AlsoCounts)
			for j, c := range q.Changes {
				r.plain(at+item(".changes", j)+".what", c.What)
			}
		}
	case *site.Settings:
		r.plain("title", v.Title)
		r.plain("description", v.Description)
	}
}

func (r *reading) plain(field, words string) {
	if words != "" {
		r.texts = append(r.texts, text{words: words, field: field})
	}
}

func (r *reading) list(field string, items []string) {
	for i, words := range items {
		r.plain(item(field, i), words)
	}
}

func (r *reading) markdown(field string, doc *markdown.Doc) {
	if doc == nil {
		return
	}
	for _, b := range doc.Blocks() {
		r.texts = append(r.texts, text{b.Text, b.Kind, field, doc, b.Start, b.Facts})
	}
	s := r.sheet
	for _, h := range doc.Holes {
		to := link{h.Value, field, h.Pos, h.Width}
		switch h.Kind {
		case markdown.HoleLink:
			s.links = append(s.links, to)
		case markdown.HoleImage:
			s.shows = append(s.shows, to)
		case markdown.HoleFact:
			s.cites = append(s.cites, to)
		}
	}
	for _, l := range doc.Links {
		s.out = append(s.out, l.URL)
	}
}

func item(field string, i int) string { return field + "[" + strconv.Itoa(i) + "]" }

func quote(s string) string { return `"` + s + `"` }
