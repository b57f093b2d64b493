package site

import (
	"nwioi/internal/diag"
	"nwioi/internal/source"
)

// Settings is data/site.yaml.
type Settings struct {
	File *source.File `yaml:"-"`

	Title       string                 `yaml:"title" need:"yes" doc:"The site's name." example:"Northwest Institute on Intimacy"`
	URL         string                 `yaml:"url" need:"yes" doc:"The address the site is published at, with https." title:"Address" example:"\"https://example.org/\""`
	Description string                 `yaml:"description" doc:"One sentence on what the site is." example:"Therapists for intimacy in the Northwest, and how to become one."`
	Timezone    string                 `yaml:"timezone" format:"timezone" doc:"The time zone of dates and times, such as America/Los_Angeles." title:"Time zone" example:"America/Los_Angeles"`
	Theme       string                 `yaml:"theme" doc:"The folder of themes/ that the site wears." example:"institute"`
	Menu        []MenuItem             `yaml:"menu" doc:"What stands in the menus."`
	Contact     Contact                `yaml:"contact" doc:"How to reach the institute."`
	Rules       map[string]Severity    `yaml:"rules" doc:"How much a rule matters here: error, warning, note or off." example:"{page/orphan: note}"`
	Targets     map[string]Destination `yaml:"targets" doc:"Where deploy publishes to."`
}

// A MenuItem is one entry of the main menu or of the footer.
type MenuItem struct {
	Label string `yaml:"label" need:"yes" doc:"What stands in the menu." example:"Directory"`
	URL   string `yaml:"url" need:"yes" doc:"A page of the site, such as /directory/." title:"Page" example:"/directory/"`
	In    string `yaml:"in" pattern:"^(main|footer)$" form:"main or footer" doc:"main (the default) or footer."`
}

// Contact is how to reach the institute.
type Contact struct {
	Email   string `yaml:"email" format:"email" doc:"The institute's address." title:"E-mail" example:"office@example.org"`
	Phone   string `yaml:"phone" format:"phone" doc:"The institute's number." example:"\"+12065550100\""`
	Address string `yaml:"address" doc:"The institute's postal address." example:"100 Example Avenue, Seattle, WA 98102"`
}

// A Severity is a diag.Severity as settings write it.
type Severity diag.Severity

// UnmarshalText reads error, warning, note or off.
func (s *Severity) UnmarshalText(text []byte) error {
	v, ok := diag.ParseSeverity(string(text))
	if !ok {
		return notSeverity(text)
	}
	*s = Severity(v)
	return nil
}

type notSeverity string

func (e notSeverity) Error() string {
	return "\"" + string(e) + "\" is not a severity: write error, warning, note or off"
}

// A Destination is a place to publish to.
type Destination struct {
	Kind   string `yaml:"kind" need:"yes" doc:"folder, s3 or branch." example:"folder"`
	Path   string `yaml:"path" doc:"The folder, for the kind folder." example:"../published"`
	Bucket string `yaml:"bucket" doc:"The bucket, for the kind s3." example:"example-site"`
	Region string `yaml:"region" doc:"The region of the bucket." example:"us-west-2"`
	URL    string `yaml:"url" doc:"The address of the service, where it is not the usual one." title:"Address" example:"\"https://example.org/\""`
	Branch string `yaml:"branch" doc:"The branch, for the kind branch." example:"published"`
	Remote string `yaml:"remote" doc:"The repository that the branch is pushed to." example:"origin"`
}

// Severities returns the rules' severities for diag.List.WithSeverities.
func (s *Settings) Severities() map[string]diag.Severity {
	rules := make(map[string]diag.Severity, len(s.Rules))
	for rule, severity := range s.Rules {
		rules[rule] = diag.Severity(severity)
	}
	return rules
}
