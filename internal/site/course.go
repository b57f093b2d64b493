package site

import (
	"nwioi/internal/markdown"
	"nwioi/internal/source"
)

// A Course is one record of data/courses.
type Course struct {
	File *source.File  `yaml:"-"`
	ID   string        `yaml:"-"`
	Body *markdown.Doc `yaml:"-"`

	Name        string     `yaml:"name" need:"yes" max:"120"`
	Short       string     `yaml:"short" max:"20" doc:"The acronym, if there is one."`
	Step        string     `yaml:"step" doc:"The id of the pathway step it belongs to."`
	Summary     string     `yaml:"summary" need:"yes" max:"400" doc:"One or two sentences."`
	Description string     `yaml:"description" need:"yes" doc:"What the course is, in Markdown."`
	Owner       string     `yaml:"owner"`
	Reviewed    Date       `yaml:"reviewed"`
	ReviewBy    Date       `yaml:"review_by"`
	Credits     Fact       `yaml:"credits"`
	Length      Fact       `yaml:"length"`
	Usual       Fact       `yaml:"usual" doc:"When it is usually held."`
	Format      Fact       `yaml:"format"`
	Price       FactOrAsk  `yaml:"price" doc:"A fact, or ask."`
	Covers      []string   `yaml:"covers"`
	Awards      []string   `yaml:"awards" doc:"Ids of data/awards."`
	SignUp      string     `yaml:"sign_up" doc:"The https address of the sign-up page."`
	Programme   string     `yaml:"programme" doc:"The https address of the programme."`
	Instances   []Instance `yaml:"instances"`
	// More holds further facts about the course, each with an id of its own.
	More map[string]Fact `yaml:"more"`
}

// An Instance is a course held at one time. Days are inclusive.
type Instance struct {
	ID        string `yaml:"id" need:"yes" pattern:"^[a-z0-9]+(-[a-z0-9]+)*$" form:"lower-case letters, digits and single hyphens"`
	Start     Date   `yaml:"start"`
	End       Date   `yaml:"end"`
	Weekday   string `yaml:"weekday" pattern:"^(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)$" form:"a day of the week, such as Monday" doc:"That of the first day, to be sure of the date."`
	Time      string `yaml:"time" pattern:"^([01][0-9]|2[0-3]):[0-5][0-9]$" form:"hours and minutes, as in 18:30" doc:"When it begins on the first day."`
	Until     string `yaml:"until" pattern:"^([01][0-9]|2[0-3]):[0-5][0-9]$" form:"hours and minutes, as in 18:30" doc:"When it ends on the last day."`
	Timezone  string `yaml:"timezone" doc:"Of the times; if there is none, that of the site."`
	Place     string `yaml:"place" max:"200"`
	Announced string `yaml:"announced" doc:"What was said, where the days are not known, such as June 2021."`
	Format    string `yaml:"format" pattern:"^(online|in-person|hybrid)$" form:"online, in-person or hybrid"`
	Status    string `yaml:"status" need:"yes" pattern:"^(planned|open|full|held|cancelled)$" form:"planned, open, full, held or cancelled"`
	Note      string `yaml:"note" max:"300"`
	SignUp    string `yaml:"sign_up"`
	Source    string `yaml:"source"`
	AsOf      Date   `yaml:"as_of"`
}

// Last returns the last day, or the zero Date where the days are not known.
func (i Instance) Last() Date { return lastDay(i.Start, i.End, i.Time, i.Until) }

// An Award is one record of data/awards.
type Award struct {
	File *source.File `yaml:"-"`
	ID   string       `yaml:"-"`

	Name       string   `yaml:"name" need:"yes" max:"120"`
	Amount     Fact     `yaml:"amount"`
	For        Fact     `yaml:"for" doc:"Who it is for."`
	Courses    []string `yaml:"courses" doc:"Ids of data/courses."`
	HowToApply string   `yaml:"how_to_apply" max:"400"`
	Deadline   Date     `yaml:"deadline"`
	Expires    Date     `yaml:"expires"`
	Note       Fact     `yaml:"note"`
	Owner      string   `yaml:"owner"`
}

// An Event is one record of data/events; it belongs to a practitioner.
type Event struct {
	File *source.File  `yaml:"-"`
	ID   string        `yaml:"-"`
	Body *markdown.Doc `yaml:"-"`

	Title       string `yaml:"title" need:"yes" max:"120"`
	Summary     string `yaml:"summary" need:"yes" max:"400"`
	Description string `yaml:"description"`
	By          string `yaml:"by" doc:"The id of the practitioner whose event it is."`
	Start       Date   `yaml:"start" need:"yes"`
	End         Date   `yaml:"end"`
	Weekday     string `yaml:"weekday" pattern:"^(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)$" form:"a day of the week, such as Monday" doc:"That of the first day, to be sure of the date."`
	Time        string `yaml:"time" pattern:"^([01][0-9]|2[0-3]):[0-5][0-9]$" form:"hours and minutes, as in 18:30" doc:"When it begins on the first day, such as 18:30."`
	Until       string `yaml:"until" pattern:"^([01][0-9]|2[0-3]):[0-5][0-9]$" form:"hours and minutes, as in 18:30" doc:"When it ends on the last day; earlier than time, it is on the day after."`
	Timezone    string `yaml:"timezone" doc:"Of the times; if there is none, that of the site."`
	Place       string `yaml:"place" max:"200"`
	Format      string `yaml:"format" pattern:"^(online|in-person|hybrid)$" form:"online, in-person or hybrid"`
	URL         string `yaml:"url"`
	Price       string `yaml:"price" max:"80"`
	Status      string `yaml:"status" pattern:"^(planned|open|full|held|cancelled)$" form:"planned, open, full, held or cancelled"`
	AsOf        Date   `yaml:"as_of" doc:"The day on which this was announced, or last changed."`
	Owner       string `yaml:"owner"`
	Sample      bool   `yaml:"sample"`
}

// Last returns the last day of the event.
func (e *Event) Last() Date { return lastDay(e.Start, e.End, e.Time, e.Until) }

// lastDay returns the day on which something ends: a single evening that lasts past midnight ends on the
// day after.
func lastDay(start, end Date, from, until string) Date {
	switch {
	case !end.IsZero():
		return end
	case from != "" && until != "" && until <= from:
		return start.AddDays(1)
	}
	return start
}
