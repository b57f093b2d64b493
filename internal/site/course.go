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

	Name        string     `yaml:"name" need:"yes" max:"120" doc:"The course's name; it becomes the heading of its page." example:"Sexual Attitude Reassessment"`
	Short       string     `yaml:"short" max:"20" doc:"The acronym, if there is one." title:"Acronym" example:"SAR"`
	Step        string     `yaml:"step" doc:"The id of the pathway step it belongs to." title:"Step of the pathway" example:"sar"`
	Summary     string     `yaml:"summary" need:"yes" max:"400" doc:"One or two sentences; shown in lists." example:"A weekend of looking at your own views of sexuality."`
	Description string     `yaml:"description" need:"yes" format:"markdown" doc:"What the course is, in Markdown; it stands on its page." example:"You look at what you were taught, and at what you believe."`
	Owner       string     `yaml:"owner" doc:"Who looks after the record." example:"Education team"`
	Reviewed    Date       `yaml:"reviewed" doc:"The day somebody last checked the record." title:"Reviewed on"`
	ReviewBy    Date       `yaml:"review_by" doc:"The day by which it is to be checked again." title:"Review by"`
	Credits     Fact       `yaml:"credits" doc:"How many credits it gives, with its source."`
	Length      Fact       `yaml:"length" doc:"How long it is, with its source."`
	Usual       Fact       `yaml:"usual" doc:"When it is usually held." title:"Usual time"`
	Format      Fact       `yaml:"format" doc:"Online, in person or both, with its source." title:"How it is held"`
	Price       FactOrAsk  `yaml:"price" doc:"What it costs, with its source; or ask." example:"ask"`
	Covers      []string   `yaml:"covers" doc:"What it covers, one a line." title:"What it covers" example:"[\"Your own attitudes, and where they come from\"]"`
	Awards      []string   `yaml:"awards" doc:"Ids of data/awards: help with the cost." example:"[tuition-award]"`
	SignUp      string     `yaml:"sign_up" format:"https" doc:"The https address of the sign-up page." title:"Sign-up page" example:"\"https://example.org/sign-up\""`
	Programme   string     `yaml:"programme" format:"https" doc:"The https address of the programme." title:"Programme" example:"\"https://example.org/programme\""`
	Instances   []Instance `yaml:"instances" doc:"The times at which it is held, the latest first." title:"When it is held"`
	// More holds further facts about the course, each with an id of its own.
	More map[string]Fact `yaml:"more" doc:"Further facts about the course, each under an id of its own." title:"Further facts"`
}

// An Instance is a course held at one time. Days are inclusive.
type Instance struct {
	ID        string `yaml:"id" need:"yes" pattern:"^[a-z0-9]+(-[a-z0-9]+)*$" form:"lower-case letters, digits and single hyphens" doc:"A short name of this time, such as 2027-06; it never changes." example:"\"2027-06\""`
	Start     Date   `yaml:"start" doc:"The first day, where it is known." title:"First day"`
	End       Date   `yaml:"end" doc:"The last day; left out where it is the first." title:"Last day"`
	Weekday   string `yaml:"weekday" pattern:"^(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)$" form:"a day of the week, such as Monday" doc:"That of the first day, to be sure of the date." title:"Day of the week"`
	Time      string `yaml:"time" pattern:"^([01][0-9]|2[0-3]):[0-5][0-9]$" form:"hours and minutes, as in 18:30" doc:"When it begins on the first day." title:"Begins at" example:"\"18:30\""`
	Until     string `yaml:"until" pattern:"^([01][0-9]|2[0-3]):[0-5][0-9]$" form:"hours and minutes, as in 18:30" doc:"When it ends on the last day." title:"Ends at" example:"\"21:00\""`
	Timezone  string `yaml:"timezone" format:"timezone" doc:"Of the times; if there is none, that of the site." title:"Time zone" example:"America/Los_Angeles"`
	Place     string `yaml:"place" max:"200" doc:"Where it is held; shown as it is written." example:"Example Hall, Seattle"`
	Announced string `yaml:"announced" doc:"What was said, where the days are not known, such as June 2021." example:"June 2027"`
	Format    string `yaml:"format" pattern:"^(online|in-person|hybrid)$" form:"online, in-person or hybrid" doc:"Online, in-person or hybrid: in a room and by video." title:"How it is held"`
	Status    string `yaml:"status" need:"yes" pattern:"^(planned|open|full|held|cancelled)$" form:"planned, open, full, held or cancelled" doc:"planned, open (for sign-up), full, held or cancelled."`
	Note      string `yaml:"note" max:"300" doc:"A remark for readers." example:"Lunch is included"`
	SignUp    string `yaml:"sign_up" format:"https" doc:"The https address of the sign-up page, if not that of the course." title:"Sign-up page" example:"\"https://example.org/sign-up\""`
	Source    string `yaml:"source" doc:"Where this comes from: a name or an https address." example:"NWIOI newsletter"`
	AsOf      Date   `yaml:"as_of" doc:"The day on which the source said so." title:"As of"`
}

// Last returns the last day, or the zero Date where the days are not known.
func (i Instance) Last() Date { return lastDay(i.Start, i.End, i.Time, i.Until) }

// An Award is one record of data/awards.
type Award struct {
	File *source.File `yaml:"-"`
	ID   string       `yaml:"-"`

	Name       string   `yaml:"name" need:"yes" max:"120" doc:"The award's name." example:"Tuition award"`
	Amount     Fact     `yaml:"amount" doc:"How much it is, with its source."`
	For        Fact     `yaml:"for" doc:"Who it is for." title:"Who it is for"`
	Courses    []string `yaml:"courses" doc:"Ids of data/courses for which it is given." example:"[sar]"`
	HowToApply string   `yaml:"how_to_apply" max:"400" doc:"What to do to get it, in a sentence or two." title:"How to apply" example:"Write to the education team before you sign up."`
	Deadline   Date     `yaml:"deadline" doc:"The last day to apply."`
	Expires    Date     `yaml:"expires" doc:"The last day on which it is given." title:"Ends on"`
	Note       Fact     `yaml:"note" doc:"A remark with its source."`
	Owner      string   `yaml:"owner" doc:"Who looks after the record." example:"Education team"`
}

// An Event is one record of data/events; it belongs to a practitioner.
type Event struct {
	File *source.File  `yaml:"-"`
	ID   string        `yaml:"-"`
	Body *markdown.Doc `yaml:"-"`

	Title       string `yaml:"title" need:"yes" max:"120" doc:"What it is called; it becomes the heading of its page." example:"An evening on desire"`
	Summary     string `yaml:"summary" need:"yes" max:"400" doc:"One or two sentences; shown in lists." example:"A talk for couples, with time for questions."`
	Description string `yaml:"description" format:"markdown" doc:"What it is, in Markdown; it stands on its page." example:"Come as you are. Nobody is asked to share anything."`
	By          string `yaml:"by" doc:"The id of the practitioner whose event it is." title:"Given by" example:"ada-okafor"`
	Start       Date   `yaml:"start" need:"yes" doc:"The first day." title:"First day"`
	End         Date   `yaml:"end" doc:"The last day; left out where it is the first." title:"Last day"`
	Weekday     string `yaml:"weekday" pattern:"^(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)$" form:"a day of the week, such as Monday" doc:"That of the first day, to be sure of the date." title:"Day of the week"`
	Time        string `yaml:"time" pattern:"^([01][0-9]|2[0-3]):[0-5][0-9]$" form:"hours and minutes, as in 18:30" doc:"When it begins on the first day, such as 18:30." title:"Begins at" example:"\"18:30\""`
	Until       string `yaml:"until" pattern:"^([01][0-9]|2[0-3]):[0-5][0-9]$" form:"hours and minutes, as in 18:30" doc:"When it ends on the last day; earlier than time, it is on the day after." title:"Ends at" example:"\"21:00\""`
	Timezone    string `yaml:"timezone" format:"timezone" doc:"Of the times; if there is none, that of the site." title:"Time zone" example:"America/Los_Angeles"`
	Place       string `yaml:"place" max:"200" doc:"Where it is held; shown as it is written." example:"Example Hall, Seattle"`
	Format      string `yaml:"format" pattern:"^(online|in-person|hybrid)$" form:"online, in-person or hybrid" doc:"online, in-person or hybrid: in a room and by video." title:"How it is held"`
	URL         string `yaml:"url" format:"https" doc:"The https address at which people sign up or read more." title:"Sign-up page" example:"\"https://example.org/evening\""`
	Price       string `yaml:"price" max:"80" doc:"What it costs, in words." example:"$20, or what you can"`
	Status      string `yaml:"status" pattern:"^(planned|open|full|held|cancelled)$" form:"planned, open, full, held or cancelled" doc:"planned, open (for sign-up), full, held or cancelled."`
	AsOf        Date   `yaml:"as_of" doc:"The day on which this was announced, or last changed." title:"As of"`
	Owner       string `yaml:"owner" doc:"Who looks after the record." example:"Communications team"`
	Sample      bool   `yaml:"sample" doc:"true marks an invented event." title:"Invented" example:"true"`
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
