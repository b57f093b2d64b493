package site

import (
	"nwioi/internal/diag"
	"nwioi/internal/source"
)

// Settings is data/site.yaml.
type Settings struct {
	File *source.File `yaml:"-"`

	Title       string                 `yaml:"title" need:"yes" doc:"The site's name."`
	URL         string                 `yaml:"url" need:"yes" doc:"The address the site is published at, with https."`
	Description string                 `yaml:"description" doc:"One sentence on what the site is."`
	Timezone    string                 `yaml:"timezone" doc:"The time zone of dates and times, such as America/Los_Angeles."`
	Theme       string                 `yaml:"theme" doc:"The folder of themes/ that the site wears."`
	Menu        []MenuItem             `yaml:"menu" doc:"What stands in the menus."`
	Contact     Contact                `yaml:"contact" doc:"How to reach the institute."`
	Rules       map[string]Severity    `yaml:"rules" doc:"How much a rule matters here: error, warning, note or off."`
	Targets     map[string]Destination `yaml:"targets" doc:"Where deploy publishes to."`
}

// A MenuItem is one entry of the main menu or of the footer.
type MenuItem struct {
	Label string `yaml:"label" need:"yes"`
	URL   string `yaml:"url" need:"yes" doc:"A page of the site, such as /directory/."`
	In    string `yaml:"in" pattern:"^(main|footer)$" form:"main or footer" doc:"main (the default) or footer."`
}

// Contact is how to reach the institute.
type Contact struct {
	Email   string `yaml:"email"`
	Phone   string `yaml:"phone"`
	Address string `yaml:"address"`
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
	Kind   string `yaml:"kind" need:"yes" doc:"folder, s3 or branch."`
	Path   string `yaml:"path"`
	Bucket string `yaml:"bucket"`
	Region string `yaml:"region"`
	URL    string `yaml:"url"`
	Branch string `yaml:"branch"`
	Remote string `yaml:"remote"`
}

// Severities returns the rules' severities for diag.List.WithSeverities.
func (s *Settings) Severities() map[string]diag.Severity {
	rules := make(map[string]diag.Severity, len(s.Rules))
	for rule, severity := range s.Rules {
		rules[rule] = diag.Severity(severity)
	}
	return rules
}
