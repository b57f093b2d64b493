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

	Name        string     `yaml:"name" need:"yes" max:"120" doc:"What the course is called." example:"Sexual Attitude Reassessment"`
	Short       string     `yaml:"short" max:"20" doc:"The acronym, if there is one." example:"SAR"`
	Step        string     `yaml:"step" doc:"The id of the pathway step it belongs to." example:"sar"`
	Summary     string     `yaml:"summary" need:"yes" max:"400" doc:"One or two sentences." example:"A weekend of looking at your own views of sexuality."`
	Description string     `yaml:"description" need:"yes" doc:"What the course is, in Markdown." example:"You come as you are, and listen."`
	Owner       string     `yaml:"owner" doc:"Who looks after the record." example:"Education team"`
	Reviewed    Date       `yaml:"reviewed" doc:"The day somebody last checked the record."`
	ReviewBy    Date       `yaml:"review_by" doc:"The day by which it is to be checked again."`
	Credits     Fact       `yaml:"credits" doc:"What it counts for, with its unit and its source."`
	Length      Fact       `yaml:"length" doc:"How long it takes."`
	Usual       Fact       `yaml:"usual" doc:"When it is usually held."`
	Format      Fact       `yaml:"format" doc:"How it is held."`
	Price       FactOrAsk  `yaml:"price" doc:"A fact, or ask."`
	Covers      []string   `yaml:"covers" doc:"Its subjects, each a short line." example:"Values and attitudes"`
	Awards      []string   `yaml:"awards" doc:"Ids of data/awards." example:"early-registration"`
	SignUp      string     `yaml:"sign_up" doc:"The https address of the sign-up page." example:"https://example.org/sign-up"`
	Programme   string     `yaml:"programme" doc:"The https address of the programme." example:"https://example.org/programme"`
	Instances   []Instance `yaml:"instances" doc:"The times it is held; with none, the page says that dates are not announced."`
	// More holds further facts about the course, each with an id of its own.
	More map[string]Fact `yaml:"more" doc:"Further facts about the course, each with an id of its own."`
}

// An Instance is a course held at one time. Days are inclusive.
type Instance struct {
	ID        string `yaml:"id" need:"yes" pattern:"^[a-z0-9]+(-[a-z0-9]+)*$" form:"lower-case letters, digits and single hyphens" doc:"The last part of the address of its calendar file; it never changes." example:"2027-11"`
	Start     Date   `yaml:"start" doc:"The first day."`
	End       Date   `yaml:"end" doc:"The last day, where there is more than one."`
	Weekday   string `yaml:"weekday" pattern:"^(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)$" form:"a day of the week, such as Monday" doc:"That of the first day, to be sure of the date."`
	Time      string `yaml:"time" pattern:"^([01][0-9]|2[0-3]):[0-5][0-9]$" form:"hours and minutes, as in 18:30" doc:"When it begins on the first day." example:"18:30"`
	Until     string `yaml:"until" pattern:"^([01][0-9]|2[0-3]):[0-5][0-9]$" form:"hours and minutes, as in 18:30" doc:"When it ends on the last day." example:"21:00"`
	Timezone  string `yaml:"timezone" doc:"Of the times; if there is none, that of the site." example:"America/Los_Angeles"`
	Place     string `yaml:"place" max:"200" doc:"Where it is held." example:"Seattle, WA"`
	Announced string `yaml:"announced" doc:"What was said, where the days are not known, such as June 2021." example:"June 2027"`
	Format    string `yaml:"format" pattern:"^(online|in-person|hybrid)$" form:"online, in-person or hybrid" doc:"In a room, online, or both."`
	Status    string `yaml:"status" need:"yes" pattern:"^(planned|open|full|held|cancelled)$" form:"planned, open, full, held or cancelled" doc:"How far it is: planned, open for sign-up, full, held or cancelled."`
	Note      string `yaml:"note" max:"300" doc:"A remark for readers." example:"Bring a notebook."`
	SignUp    string `yaml:"sign_up" doc:"The https address where people sign up, if not that of the course." example:"https://example.org/sign-up"`
	Source    string `yaml:"source" doc:"Where the dates come from." example:"Letter of the institute, October 2020"`
	AsOf      Date   `yaml:"as_of" doc:"The day on which the source said so."`
}

// Last returns the last day, or the zero Date where the days are not known.
func (i Instance) Last() Date { return lastDay(i.Start, i.End, i.Time, i.Until) }

// An Award is one record of data/awards.
type Award struct {
	File *source.File `yaml:"-"`
	ID   string       `yaml:"-"`

	Name       string   `yaml:"name" need:"yes" max:"120" doc:"What the award is called." example:"Early registration award"`
	Amount     Fact     `yaml:"amount" doc:"How much it is, with its source."`
	For        Fact     `yaml:"for" doc:"Who it is for."`
	Courses    []string `yaml:"courses" doc:"Ids of data/courses." example:"advanced-course"`
	HowToApply string   `yaml:"how_to_apply" max:"400" doc:"What somebody does to ask for it." example:"Write to the institute before you register."`
	Deadline   Date     `yaml:"deadline" doc:"The last day to apply."`
	Expires    Date     `yaml:"expires" doc:"The last day it is given; after it the pages say that it has ended."`
	Note       Fact     `yaml:"note" doc:"A further fact that readers should know."`
	Owner      string   `yaml:"owner" doc:"Who looks after the record." example:"Education team"`
}

// An Event is one record of data/events; it belongs to a practitioner.
type Event struct {
	File *source.File  `yaml:"-"`
	ID   string        `yaml:"-"`
	Body *markdown.Doc `yaml:"-"`

	Title       string `yaml:"title" need:"yes" max:"120" doc:"What the event is called." example:"An evening on desire"`
	Summary     string `yaml:"summary" need:"yes" max:"400" doc:"One or two sentences; shown in lists." example:"A talk with time for questions."`
	Description string `yaml:"description" doc:"What it is, in Markdown." example:"Come as you are."`
	By          string `yaml:"by" doc:"The id of the practitioner whose event it is." example:"ada-okafor"`
	Start       Date   `yaml:"start" need:"yes" doc:"The first day."`
	End         Date   `yaml:"end" doc:"The last day, where there is more than one."`
	Weekday     string `yaml:"weekday" pattern:"^(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)$" form:"a day of the week, such as Monday" doc:"That of the first day, to be sure of the date."`
	Time        string `yaml:"time" pattern:"^([01][0-9]|2[0-3]):[0-5][0-9]$" form:"hours and minutes, as in 18:30" doc:"When it begins on the first day, such as 18:30." example:"18:30"`
	Until       string `yaml:"until" pattern:"^([01][0-9]|2[0-3]):[0-5][0-9]$" form:"hours and minutes, as in 18:30" doc:"When it ends on the last day; earlier than time, it is on the day after." example:"21:00"`
	Timezone    string `yaml:"timezone" doc:"Of the times; if there is none, that of the site." example:"America/Los_Angeles"`
	Place       string `yaml:"place" max:"200" doc:"Where it is held." example:"Tacoma, WA"`
	Format      string `yaml:"format" pattern:"^(online|in-person|hybrid)$" form:"online, in-person or hybrid" doc:"In a room, online, or both."`
	URL         string `yaml:"url" doc:"The https address where people sign up." example:"https://example.org/evening"`
	Price       string `yaml:"price" max:"80" doc:"What it costs, in a few words." example:"$20"`
	Status      string `yaml:"status" pattern:"^(planned|open|full|held|cancelled)$" form:"planned, open, full, held or cancelled" doc:"How far it is: planned, open for sign-up, full, held or cancelled."`
	AsOf        Date   `yaml:"as_of" doc:"The day on which this was announced, or last changed."`
	Owner       string `yaml:"owner" doc:"Who looks after the record." example:"Directory team"`
	Sample      bool   `yaml:"sample" doc:"true marks an invented event."`
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
