package site

import (
	"cmp"
	"slices"
	"strings"

	"nwioi/internal/source"
	"nwioi/internal/yamlx"
)

// A Due is something that is out of date, or will be soon: a fact, a page, a set of requirements, a
// course, an event, an award or a practitioner's record.
type Due struct {
	On    Date   // the day since which, or on which, it is due
	Owner string // who looks after it; empty: nobody is named
	Kind  string // one of the constants below
	ID    string // of the record, of the fact, or the address of the page
	Name  string // as people know it
	Path  string // of the file
	Line  int    // of the field in the file; 1 where the whole file is meant
	What  string // a sentence without its capital and its full stop
	Do    string // what to do about it, in the same form

	Sample bool // of an invented person

	ask, otherwise string // for a reminder: what the person is asked, and what happens without an answer
}

// The kinds of Due.
const (
	DueFact         = "fact"
	DuePage         = "page"
	DueRequirements = "requirements"
	DueCourse       = "course"
	DueEvent        = "event"
	DueAward        = "award"
	DuePractitioner = "practitioner"
)

// Due returns what is out of date on the day of the edition, or falls due within so many days of it, the
// oldest first. A fact that is worked out of others falls due with them and is not listed itself.
func (e *Edition) Due(within int) []Due {
	g := &agenda{Edition: e, within: within}
	g.facts()
	g.pages()
	g.requirements()
	g.courses()
	g.events()
	g.awards()
	g.practitioners()
	slices.SortStableFunc(g.all, func(a, b Due) int {
		return cmp.Or(a.On.Compare(b.On), strings.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line))
	})
	return g.all
}

// An agenda collects what is due.
type agenda struct {
	*Edition
	within int
	all    []Due

	file   *source.File // the last one in which a field was looked for
	fields *yamlx.Index
}

// near reports whether a day has passed or comes within so many days. No day is never near.
func (g *agenda) near(on Date, within int) bool {
	return !on.IsZero() && g.AsOf.DaysUntil(on) <= within
}

// due reports whether a day has passed or comes within the days that are looked ahead.
func (g *agenda) due(on Date) bool { return g.near(on, g.within) }

// over reports whether a day has passed. No day has never passed.
func (g *agenda) over(on Date) bool { return !on.IsZero() && on.Before(g.AsOf) }

// told returns the sentence for a day that has passed, or the one for a day to come.
func (g *agenda) told(on Date, past, coming string) string {
	if g.over(on) {
		return past
	}
	return coming
}

// add puts something on the agenda that stands at a field of a file.
func (g *agenda) add(file *source.File, field string, d Due) {
	d.Path, d.Line = file.Path, g.line(file, field)
	g.all = append(g.all, d)
}

// line returns the line of the file on which a field stands.
func (g *agenda) line(file *source.File, field string) int {
	if g.file != file {
		text, first := file.Data, 1
		if strings.HasSuffix(file.Path, ".md") {
			text, first, _, _, _ = yamlx.Split(file.Path, file.Data)
		}
		g.file, g.fields = file, yamlx.NewIndex(text, first)
	}
	if field == "" {
		return 1
	}
	at, _, _ := g.fields.Find(field)
	return max(1, at.Line)
}

// owner returns who looks after a record: who it says itself, otherwise who looks after the page that
// lists records of its kind.
func (g *agenda) owner(named, listedAt string) string {
	if named != "" {
		return named
	}
	if p := g.Page(listedAt); p != nil {
		return p.Front.Owner
	}
	return ""
}
