package site

import "nwioi/internal/source"

// A Pathway is data/pathway.yaml: the steps in their order.
type Pathway struct {
	File *source.File `yaml:"-"`

	Title   string `yaml:"title" need:"yes"`
	Summary string `yaml:"summary"`
	Steps   []Step `yaml:"steps" need:"yes"`
}

// A Step is one step of the pathway; its words stand in content/pathway/<id>.md.
type Step struct {
	ID           string       `yaml:"id" need:"yes" pattern:"^[a-z0-9]+(-[a-z0-9]+)*$" form:"lower-case letters, digits and single hyphens"`
	Title        string       `yaml:"title" need:"yes" max:"80"`
	Short        string       `yaml:"short" need:"yes" max:"22" doc:"The label on the rail that joins the steps."`
	Summary      string       `yaml:"summary" need:"yes" max:"300"`
	Asks         string       `yaml:"asks" max:"300" doc:"What the step asks, in a sentence."`
	Requirements []string     `yaml:"requirements" doc:"Requirements, each as set/requirement."`
	Courses      []string     `yaml:"courses" doc:"Ids of data/courses."`
	Cost         string       `yaml:"cost" max:"200" doc:"Words, or the id of a fact."`
	Length       string       `yaml:"length" max:"200" doc:"Words, or the id of a fact."`
	CountsTwice  string       `yaml:"counts_twice" max:"400" doc:"What counts for more than one goal."`
	Background   []Background `yaml:"background" doc:"What changes for a reader of one profession."`
	Today        []string     `yaml:"today" doc:"What to do today."`
}

// A Background says what changes for readers of one profession.
type Background struct {
	Who  string `yaml:"who" need:"yes"`
	What string `yaml:"what" need:"yes"`
}

// A RequirementSet is one record of data/requirements: what one issuer asks, as of one day.
type RequirementSet struct {
	File *source.File `yaml:"-"`
	ID   string       `yaml:"-"`

	Name         string        `yaml:"name" need:"yes" max:"160"`
	Issuer       string        `yaml:"issuer" need:"yes" max:"160"`
	Version      string        `yaml:"version"`
	AsOf         Date          `yaml:"as_of" need:"yes"`
	ReviewBy     Date          `yaml:"review_by" need:"yes"`
	Source       string        `yaml:"source" need:"yes"`
	Notice       string        `yaml:"notice" max:"300" doc:"Such as: check the current rules."`
	Owner        string        `yaml:"owner"`
	Contracts    Period        `yaml:"contracts" doc:"The days of signing a supervision contract for which the set holds."`
	Requirements []Requirement `yaml:"requirements" need:"yes"`
}

// A Period is a range of days; a zero end is open.
type Period struct {
	From  Date `yaml:"from"`
	Until Date `yaml:"until"`
}

// A Requirement is one thing that is asked.
type Requirement struct {
	ID          string   `yaml:"id" need:"yes" pattern:"^[a-z0-9]+(-[a-z0-9]+)*$" form:"lower-case letters, digits and single hyphens"`
	Title       string   `yaml:"title" need:"yes" max:"120"`
	Explanation string   `yaml:"explanation" need:"yes"`
	Kind        string   `yaml:"kind" need:"yes" pattern:"^(education|course|supervision|client-contact|licence|elective|membership|application|experience)$" form:"education, course, supervision, client-contact, licence, elective, membership, application or experience"`
	Step        string   `yaml:"step"`
	Target      Quantity `yaml:"target"`
	AtMost      Limit    `yaml:"at_most"`
	AtLeast     Limit    `yaml:"at_least"`
	AlsoCounts  []string `yaml:"also_counts" doc:"What else the same hour may count toward."`
	DependsOn   []string `yaml:"depends_on" doc:"Ids of requirements of this set that come first."`
	Source      string   `yaml:"source"`
	AsOf        Date     `yaml:"as_of"`
	Changes     []Change `yaml:"changes"`
}

// A Limit is a quantity of a part: at most 25 hours of group.
type Limit struct {
	Value string `yaml:"value" need:"yes"`
	Unit  string `yaml:"unit"`
	Of    string `yaml:"of" doc:"The part it limits."`
}

// Quantity returns the limit without its part.
func (l Limit) Quantity() Quantity { return Quantity{l.Value, l.Unit} }

// A Change is an entry of a requirement's history.
type Change struct {
	On   Date   `yaml:"on" need:"yes"`
	What string `yaml:"what" need:"yes"`
}
