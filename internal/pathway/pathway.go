// Package pathway holds what the issuers of certificates and licences ask for, as data, and weighs a
// trainee's log of hours against it: what counts for whom, what is over a limit, what is left, when it
// can be done.
//
// The types here are the JSON of /data/pathway.json, which the planner in the browser reads; the scripts'
// half of this package (weigh.ts of the theme) gives the same answers. testdata/cases.json is the
// specification of both: each half runs every case of it.
//
// What always holds: the order of a log's entries never matters; one more hour never lowers a total; no
// hour disappears, for each that does not count there is a flag that names the rule. Hours are whole
// quarters of an hour, days are ISO 8601 text ("2026-11-23"), so that both halves calculate with integers.
//
// The package knows no file, no page and no clock: the day is an argument.
package pathway

// A Condition asks for answers: by question, the answers of which one must have been given. An empty
// Condition always holds.
type Condition map[string][]string

// A Profile is what a reader answered: by question, the answers given.
type Profile map[string][]string

// A Set is what one issuer asks of people whose supervision contract was signed in a range of days.
type Set struct {
	ID      string `json:"id"`
	Series  string `json:"series"` // sets of one series replace each other over time
	Name    string `json:"name"`
	Issuer  string `json:"issuer"`
	Version string `json:"version,omitempty"`
	AsOf    string `json:"as_of"`
	// Reviewed is the day somebody last checked the set against its source.
	Reviewed string `json:"reviewed,omitempty"`
	Source   string `json:"source"`
	Notice   string `json:"notice,omitempty"`
	State    string `json:"state,omitempty"` // whose licence it is, by its two letters
	// From and Until are the first and the last day of signing for which the set holds; empty: open.
	From  string `json:"from,omitempty"`
	Until string `json:"until,omitempty"`
	// Tracks are ways of which a person takes one, such as two licences of one state.
	Tracks       []Track       `json:"tracks,omitempty"`
	Requirements []Requirement `json:"requirements"`
}

// A Track is one of several ways through a set.
type Track struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

// A Requirement is one thing that is asked.
type Requirement struct {
	ID          string `json:"id"`
	Title       string `json:"title"`
	Explanation string `json:"explanation"` // the rule's text, shown with every flag
	Kind        string `json:"kind"`
	Step        string `json:"step,omitempty"`
	Track       string `json:"track,omitempty"`  // asked on this track only
	OneOf       string `json:"one_of,omitempty"` // of the requirements with this name, one is enough
	Course      string `json:"course,omitempty"` // the course that it is
	URL         string `json:"url,omitempty"`    // of its anchor on the site

	Target   *Amount `json:"target,omitempty"`
	Shortest *Amount `json:"shortest,omitempty"` // the least time it takes
	// AtLeast and AtMost bound the hours of a part of another requirement, or, where Defines is set, how
	// many people in training share a session.
	AtLeast *Amount `json:"at_least,omitempty"`
	AtMost  *Amount `json:"at_most,omitempty"`
	PartOf  string  `json:"part_of,omitempty"`
	Defines string  `json:"defines,omitempty"` // "individual" or "group"
	Counts  *Counts `json:"counts,omitempty"`  // nil: not weighed against the log

	AppliesTo  Condition `json:"applies_to,omitempty"`  // it is asked of these people only
	MetBy      Condition `json:"met_by,omitempty"`      // answers that meet it
	StartsWhen Condition `json:"starts_when,omitempty"` // answers without which it cannot begin
	DependsOn  []string  `json:"depends_on,omitempty"`  // requirements of the set that come first

	Cost       string   `json:"cost,omitempty"`  // "$700", "ask"; empty: no cost of its own
	Cents      int      `json:"cents,omitempty"` // of Cost, where it is a sum of dollars
	AlsoCounts []string `json:"also_counts,omitempty"`
}

// An Amount is a figure with its unit: hour, CEU, month, year, person, dollar.
type Amount struct {
	Value float64 `json:"value"`
	Unit  string  `json:"unit"`
	Text  string  `json:"text"` // as pages show it: "50 hours"
}

// Counts says which entries of a log count. A part takes from its whole what it leaves empty.
type Counts struct {
	Kinds   []string `json:"kinds,omitempty"`   // of entry: supervision, sex-therapy, other-therapy, other-practice
	Session string   `json:"session,omitempty"` // individual or group, as the set defines them
	Clients string   `json:"clients,omitempty"` // couple-or-family: sessions with more than one client of one household
	Formats []string `json:"formats,omitempty"` // in-person, video; empty: any
	// ApprovedBy is the association that must have approved the supervisor: aasect or aamft. Where
	// OthersMay is set, a supervisor without the approval makes the hour doubtful, not void.
	ApprovedBy string `json:"approved_by,omitempty"`
	OthersMay  bool   `json:"others_may,omitempty"`
	After      string `json:"after,omitempty"` // degree: hours from the day of the degree on
}
