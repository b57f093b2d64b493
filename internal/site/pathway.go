package site

import (
	"slices"
	"strconv"
	"strings"

	"nwioi/internal/source"
)

// A Pathway is data/pathway.yaml: the steps in their order.
type Pathway struct {
	File *source.File `yaml:"-"`

	Title   string `yaml:"title" need:"yes" doc:"The name of the pathway; it becomes the heading of its page." example:"Five steps"`
	Summary string `yaml:"summary" doc:"One or two sentences; shown below the heading." example:"From your degree to your certificate."`
	Steps   []Step `yaml:"steps" need:"yes" doc:"The steps, in their order."`
	// Questions are what "where am I?" asks, in this order. The question training has the courses of the
	// steps as its answers.
	Questions []Question `yaml:"questions" doc:"What “where am I?” asks, in this order." title:"Questions of “where am I?”"`
}

// A Condition asks for answers to the questions of the pathway: by question, those of which one must be given.
type Condition map[string][]string

// A Question is one that "where am I?" asks.
type Question struct {
	ID        string    `yaml:"id" need:"yes" pattern:"^[a-z0-9]+(-[a-z0-9]+)*$" form:"lower-case letters, digits and single hyphens" doc:"A short name of the question; it never changes." example:"degree"`
	Ask       string    `yaml:"ask" need:"yes" max:"120" doc:"The question, with its question mark." example:"Do you have your degree?"`
	Hint      string    `yaml:"hint" max:"200" doc:"A sentence below the question that helps to answer it." example:"A master's degree or a doctorate."`
	Several   bool      `yaml:"several" doc:"true where several answers can be given." title:"Several answers" example:"true"`
	AskedWhen Condition `yaml:"asked_when" doc:"Answers to earlier questions without which it is not asked." title:"Asked when" example:"{degree: [yes]}"`
	Otherwise string    `yaml:"otherwise" doc:"The answer of those who are not asked." example:"no"`
	Answers   []Answer  `yaml:"answers" doc:"The answers to choose from."`
}

// An Answer is one of those that a question offers.
type Answer struct {
	ID     string `yaml:"id" need:"yes" pattern:"^[a-z0-9]+(-[a-z0-9]+)*$" form:"lower-case letters, digits and single hyphens" doc:"A short name of the answer; it never changes." example:"yes"`
	Label  string `yaml:"label" need:"yes" max:"80" doc:"The answer, as readers see it." example:"Yes, it is posted"`
	Course string `yaml:"course" doc:"The id of the course that the answer names." example:"sar"`
	Who    string `yaml:"who" max:"80" doc:"The people who give it, in words: social workers." example:"social workers"`
	When   string `yaml:"when" max:"80" doc:"What is then true of the reader: you have your degree." example:"you have your degree"`
}

// People returns who gives the answer, in words.
func (a Answer) People() string {
	if a.Who != "" {
		return a.Who
	}
	return "those who answer “" + a.Label + "”"
}

// State returns what is true of a reader who gives the answer, in words.
func (a Answer) State() string {
	if a.When != "" {
		return a.When
	}
	return "your answer is “" + a.Label + "”"
}

// A Step is one step of the pathway; its words stand in content/pathway/<id>.md.
type Step struct {
	ID           string       `yaml:"id" need:"yes" pattern:"^[a-z0-9]+(-[a-z0-9]+)*$" form:"lower-case letters, digits and single hyphens" doc:"A short name of the step; it is its address and never changes." example:"sar"`
	Title        string       `yaml:"title" need:"yes" max:"80" doc:"The step's heading." example:"Sexual Attitude Reassessment"`
	Short        string       `yaml:"short" need:"yes" max:"22" doc:"The label on the rail that joins the steps." title:"Label on the rail" example:"Attitudes"`
	Summary      string       `yaml:"summary" need:"yes" max:"300" doc:"One or two sentences; shown in the list of steps." example:"A weekend of looking at your own views."`
	Asks         string       `yaml:"asks" max:"300" doc:"What the step asks, in a sentence." title:"What it asks" example:"Take the weekend once."`
	Requirements []string     `yaml:"requirements" doc:"Requirements, each as set/requirement." example:"[aasect-certification/sar]"`
	Courses      []string     `yaml:"courses" doc:"Ids of data/courses." example:"[sar]"`
	Cost         string       `yaml:"cost" max:"200" doc:"Words, or the id of a fact." example:"courses.sar.price"`
	Length       string       `yaml:"length" max:"200" doc:"Words, or the id of a fact." example:"courses.sar.length"`
	CountsTwice  string       `yaml:"counts_twice" max:"400" doc:"What counts for more than one goal." title:"What counts twice" example:"The hours count toward the licence too."`
	Background   []Background `yaml:"background" doc:"What changes for a reader of one profession."`
	Today        []string     `yaml:"today" doc:"What to do today." title:"What to do today" example:"[\"Ask when the next weekend is\"]"`
}

// A Background says what changes for readers of one profession.
type Background struct {
	Who  string `yaml:"who" need:"yes" doc:"The readers of one profession." example:"Social workers"`
	What string `yaml:"what" need:"yes" doc:"What is different for them." example:"Your licence asks for an ethics course."`
}

// A RequirementSet is one record of data/requirements: what one issuer asks, as of one day.
type RequirementSet struct {
	File *source.File `yaml:"-"`
	ID   string       `yaml:"-"`

	Name         string        `yaml:"name" need:"yes" max:"160" doc:"What the set is called." example:"AASECT certification"`
	Issuer       string        `yaml:"issuer" need:"yes" max:"160" doc:"Who asks for it." example:"AASECT"`
	Version      string        `yaml:"version" doc:"The issuer's own name of this version." example:"\"2026\""`
	AsOf         Date          `yaml:"as_of" need:"yes" doc:"The day on which the source said so." title:"As of"`
	ReviewBy     Date          `yaml:"review_by" need:"yes" doc:"The day by which somebody checks it again." title:"Review by"`
	Source       string        `yaml:"source" need:"yes" doc:"Where it comes from: a name or an https address." example:"\"https://www.aasect.org/\""`
	Notice       string        `yaml:"notice" max:"300" doc:"Such as: check the current rules." example:"Check the current rules before you rely on this."`
	Owner        string        `yaml:"owner" doc:"Who looks after the record." example:"Education team"`
	State        string        `yaml:"state" pattern:"^[A-Z]{2}$" form:"two capital letters, as in WA" format:"state" doc:"The state whose licence it is, by its two letters." example:"WA"`
	Reviewed     Date          `yaml:"reviewed" doc:"The day somebody last checked the set against its source." title:"Reviewed on"`
	Series       string        `yaml:"series" pattern:"^[a-z0-9]+(-[a-z0-9]+)*$" form:"lower-case letters, digits and single hyphens" doc:"Sets of one series replace each other over time; if there is none, the sets of one issuer do." example:"washington-associate"`
	Contracts    Period        `yaml:"contracts" doc:"The days of signing a supervision contract for which the set holds."`
	Tracks       []Track       `yaml:"tracks" doc:"Ways of which a person takes one, such as two licences of one state."`
	Changes      []Change      `yaml:"changes" doc:"What changed in all of the set, the latest first."`
	Requirements []Requirement `yaml:"requirements" need:"yes" doc:"What is asked, one by one."`
}

// A Period is a range of days; a zero end is open.
type Period struct {
	From  Date `yaml:"from" doc:"The first day; left out where there is none."`
	Until Date `yaml:"until" doc:"The last day; left out where there is none."`
}

// A Track is one of several ways through a set.
type Track struct {
	ID    string `yaml:"id" need:"yes" pattern:"^[a-z0-9]+(-[a-z0-9]+)*$" form:"lower-case letters, digits and single hyphens" doc:"A short name of the track; it never changes." example:"lmft"`
	Label string `yaml:"label" need:"yes" max:"120" doc:"What readers call it." example:"Marriage and family therapist"`
}

// A Requirement is one thing that is asked. Package pathway says how it is weighed against a log of hours.
type Requirement struct {
	ID          string    `yaml:"id" need:"yes" pattern:"^[a-z0-9]+(-[a-z0-9]+)*$" form:"lower-case letters, digits and single hyphens" doc:"A short name of the requirement; it never changes." example:"supervision"`
	Title       string    `yaml:"title" need:"yes" max:"120" doc:"What is asked, in a few words." example:"Hours of supervision"`
	Explanation string    `yaml:"explanation" need:"yes" format:"markdown" doc:"What it means, in Markdown, with the conditions." example:"Fifty hours with an approved supervisor."`
	Kind        string    `yaml:"kind" need:"yes" pattern:"^(education|course|supervision|client-contact|licence|elective|membership|application|experience)$" form:"education, course, supervision, client-contact, licence, elective, membership, application or experience" doc:"What kind of thing is asked."`
	Step        string    `yaml:"step" doc:"The id of the step that it belongs to." title:"Step of the pathway" example:"supervision"`
	Track       string    `yaml:"track" doc:"The id of the set's track on which alone it is asked." example:"lmft"`
	OneOf       string    `yaml:"one_of" pattern:"^[a-z0-9]+(-[a-z0-9]+)*$" form:"lower-case letters, digits and single hyphens" doc:"A name; of the requirements with the same name one is enough." title:"One of" example:"degree"`
	Course      string    `yaml:"course" doc:"The id of the course that it is; the course has the credits, the length and the price." example:"sar"`
	Target      Quantity  `yaml:"target" doc:"How much is asked." example:"{value: 50, unit: hour}"`
	Shortest    Quantity  `yaml:"shortest" doc:"The least time it takes." example:"{value: 18, unit: month}"`
	AtMost      Limit     `yaml:"at_most" doc:"The most that counts." title:"At most" example:"{value: 25, unit: hour}"`
	AtLeast     Limit     `yaml:"at_least" doc:"The least that is asked of this part." title:"At least" example:"{value: 10, unit: hour}"`
	PartOf      string    `yaml:"part_of" doc:"The requirement of this set whose hours these are a part of." title:"Part of" example:"supervision"`
	Defines     string    `yaml:"defines" pattern:"^(individual|group)$" form:"individual or group" doc:"The kind of session whose size this is, in people in training."`
	Counts      *Counts   `yaml:"counts" doc:"Which hours of a log count." title:"Which hours count"`
	AppliesTo   Condition `yaml:"applies_to" doc:"It is asked only of those who gave these answers." title:"Applies to" example:"{degree: [yes]}"`
	MetBy       Condition `yaml:"met_by" doc:"Answers that meet it." title:"Met by" example:"{degree: [yes]}"`
	StartsWhen  Condition `yaml:"starts_when" doc:"Answers without which it cannot begin." title:"Starts when" example:"{degree: [yes]}"`
	DependsOn   []string  `yaml:"depends_on" doc:"Ids of requirements of this set that come first." title:"Depends on" example:"[supervision]"`
	Cost        FactOrAsk `yaml:"cost" doc:"What it costs, with its source; or ask." example:"ask"`
	AlsoCounts  []string  `yaml:"also_counts" doc:"What else the same hour may count toward." title:"Also counts toward" example:"[\"The hours of the licence\"]"`
	Source      string    `yaml:"source" doc:"Where it comes from, if not the source of the set." example:"\"https://www.aasect.org/\""`
	AsOf        Date      `yaml:"as_of" doc:"The day on which the source said so." title:"As of"`
	Reviewed    Date      `yaml:"reviewed" doc:"The day somebody last checked it against its source." title:"Reviewed on"`
	Changes     []Change  `yaml:"changes" doc:"What changed, the latest first."`
}

// Counts says which hours of a log count. A part takes from its whole what it leaves empty.
type Counts struct {
	Kinds      []string `yaml:"kinds" pattern:"^(supervision|sex-therapy|other-therapy|other-practice)$" form:"supervision, sex-therapy, other-therapy or other-practice" doc:"What the hours were spent on."`
	Session    string   `yaml:"session" pattern:"^(individual|group)$" form:"individual or group" doc:"As this set defines the two."`
	Clients    string   `yaml:"clients" pattern:"^(couple-or-family)$" form:"couple-or-family" doc:"Whom the hours were spent with."`
	Formats    []string `yaml:"formats" pattern:"^(in-person|video)$" form:"in-person or video" doc:"How the hours were held." title:"How it is held"`
	ApprovedBy string   `yaml:"approved_by" pattern:"^(aasect|aamft)$" form:"aasect or aamft" doc:"Who must have approved the supervisor." title:"Approved by"`
	OthersMay  bool     `yaml:"others_may" doc:"true where a supervisor without the approval may count: ask." title:"Others may" example:"true"`
	After      string   `yaml:"after" pattern:"^(degree)$" form:"degree" doc:"Hours count from this on."`
}

// A Limit is a quantity of a part: at most 25 hours of group.
type Limit struct {
	Value string `yaml:"value" need:"yes" doc:"The figure." example:"\"25\""`
	Unit  string `yaml:"unit" doc:"hour, percent or person." example:"hour"`
	Of    string `yaml:"of" doc:"The part it limits." example:"individual"`
}

// Bound returns the quantity of a limit of requirement r. Percent are those of the target of what it is a
// part of, so that the half of a number is written nowhere but in the number.
func (set *RequirementSet) Bound(r *Requirement, l Limit) Quantity {
	q := Quantity{l.Value, l.Unit}
	if l.Unit != "percent" {
		return q
	}
	whole := set.Requirement(r.PartOf)
	if whole == nil {
		return q
	}
	share, err1 := strconv.ParseFloat(l.Value, 64)
	of, err2 := strconv.ParseFloat(whole.Target.Value, 64)
	if err1 != nil || err2 != nil {
		return q
	}
	return Quantity{strconv.FormatFloat(share*of/100, 'f', -1, 64), whole.Target.Unit}
}

// All returns the requirements of the set, in its order.
func (set *RequirementSet) All() []*Requirement {
	all := make([]*Requirement, len(set.Requirements))
	for i := range set.Requirements {
		all[i] = &set.Requirements[i]
	}
	return all
}

// OnTrack returns the requirements that are asked on a track of the set alone; of "", those that are asked
// of everyone.
func (set *RequirementSet) OnTrack(track string) []*Requirement {
	return slices.DeleteFunc(set.All(), func(r *Requirement) bool { return r.Track != track })
}

// BeyondSteps reports whether a set asks for something that is in no step of the pathway; it then has a
// page of its own.
func (s *Site) BeyondSteps(set *RequirementSet) bool {
	for _, r := range set.Requirements {
		if strings.HasPrefix(s.RequirementURL(set, r.ID), RulesURL(set.ID)) {
			return true
		}
	}
	return false
}

// A Change is an entry of a requirement's history.
type Change struct {
	On   Date   `yaml:"on" need:"yes" doc:"The day from which it holds."`
	What string `yaml:"what" need:"yes" doc:"What changed, in a sentence." example:"The hours went from 60 to 50."`
}
