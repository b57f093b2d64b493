package site

import (
	"path"
	"strings"

	"nwioi/internal/markdown"
	"nwioi/internal/source"
	"nwioi/internal/yamlx"
)

// A Practitioner is one record of data/practitioners, as staff wrote it. Nothing that shows or
// publishes sees this type: it sees a Person, which an Edition makes.
type Practitioner struct {
	File *source.File  `yaml:"-"`
	ID   string        `yaml:"-"` // the file's name; the URL and the rotation key
	Bio  *markdown.Doc `yaml:"-"`
	// FirstSession is what a first meeting is like; nil where the record does not say.
	FirstSession *markdown.Doc `yaml:"-"`

	Name           Name          `yaml:"name" need:"yes" doc:"The person's name."`
	Pronouns       string        `yaml:"pronouns" max:"40"`
	Pronunciation  string        `yaml:"pronunciation" max:"120" doc:"How the name is said."`
	Status         string        `yaml:"status" need:"yes" pattern:"^(active|paused|alumni)$" form:"active, paused or alumni" doc:"active, paused (the page stays, out of the results) or alumni (name and dates only)."`
	Headline       string        `yaml:"headline" need:"yes" max:"120" doc:"One line in the person's own words; it stands on the card."`
	BioText        string        `yaml:"bio" need:"yes" doc:"Who this person is, in Markdown."`
	FirstText      string        `yaml:"first_session" doc:"What a first session is like, in Markdown."`
	Photo          *Photo        `yaml:"photo"`
	Degrees        []string      `yaml:"degrees" doc:"Shown after the name, in this order."`
	Licenses       []License     `yaml:"licenses" need:"yes"`
	Compacts       []Compact     `yaml:"compacts" doc:"Explicit permissions to practise by video elsewhere."`
	Certifications []Certificate `yaml:"certifications"`
	CIIP           Membership    `yaml:"ciip" need:"yes"`
	Supervision    *Supervision  `yaml:"supervision"`
	Specialties    Specialties   `yaml:"specialties" need:"yes"`
	Modalities     []string      `yaml:"modalities" max:"8"`
	Communities    []string      `yaml:"communities"`
	Clients        []string      `yaml:"clients" need:"yes"`
	Ages           []string      `yaml:"ages" need:"yes"`
	Spirituality   []string      `yaml:"spirituality"`
	Languages      []string      `yaml:"languages" need:"yes"`
	Identity       Identity      `yaml:"identity"`
	Formats        Formats       `yaml:"formats" need:"yes"`
	Locations      []Location    `yaml:"locations"`
	Availability   Availability  `yaml:"availability" need:"yes"`
	Fees           Fees          `yaml:"fees" need:"yes"`
	Insurance      []Insurance   `yaml:"insurance"`
	Contact        PersonContact `yaml:"contact" need:"yes"`
	Practice       string        `yaml:"practice" max:"120"`
	Since          int           `yaml:"practising_since" doc:"The year the person began to practise."`
	Links          []string      `yaml:"links" doc:"https addresses."`
	Training       []string      `yaml:"training"`
	Aliases        []string      `yaml:"aliases" doc:"Former ids; they lead here."`
	Consent        *Consent      `yaml:"consent"`
	LastConfirmed  Date          `yaml:"last_confirmed" need:"yes" doc:"The day the person last said that all of this is right."`
	Sample         bool          `yaml:"sample" doc:"true marks an invented person."`
	Private        yamlx.Discard `yaml:"private" doc:"Anything; it is read past and never kept."`
}

// A Name is a person's name. Compound family names stay whole.
type Name struct {
	Given   string `yaml:"given" need:"yes" max:"80"`
	Family  string `yaml:"family" need:"yes" max:"80"`
	Display string `yaml:"display" max:"120" doc:"The whole name, where it is not given and family."`
	Sort    string `yaml:"sort" max:"120" doc:"Where the name stands in the alphabet."`
}

// Full returns the name as it is shown.
func (n Name) Full() string {
	if n.Display != "" {
		return n.Display
	}
	return strings.TrimSpace(n.Given + " " + n.Family)
}

// SortKey returns the text by which the name is put in alphabetical order.
func (n Name) SortKey() string {
	if n.Sort != "" {
		return n.Sort
	}
	return n.Family + " " + n.Given
}

// A Photo is a picture of the person, published only with consent and without its metadata.
type Photo struct {
	File    string       `yaml:"file" need:"yes" doc:"The file's name in data/practitioners/photos."`
	Alt     string       `yaml:"alt" need:"yes" max:"200" doc:"What the picture shows, for those who do not see it."`
	Credit  string       `yaml:"credit" max:"120"`
	Consent PhotoConsent `yaml:"consent" need:"yes" doc:"true or the date on which the person agreed that the picture is shown."`
}

// A PhotoConsent is true, or the day on which the person agreed.
type PhotoConsent struct {
	Given bool
	On    Date
}

// UnmarshalText reads true, false or a date.
func (c *PhotoConsent) UnmarshalText(text []byte) error {
	switch string(text) {
	case "true":
		c.Given = true
		return nil
	case "false":
		return nil
	}
	c.Given = true
	return c.On.UnmarshalText(text)
}

// Path returns where the picture lies below the root.
func (p *Photo) Path() string { return "data/practitioners/photos/" + path.Base(p.File) }

// A License is a licence of one state.
type License struct {
	State      string `yaml:"state" need:"yes"`
	Type       string `yaml:"type" need:"yes" doc:"The letters as people write them, from the vocabulary."`
	Number     string `yaml:"number" need:"yes"`
	Expires    Date   `yaml:"expires"`
	VerifiedOn Date   `yaml:"verified_on" doc:"The day the institute checked it."`
	VerifyURL  string `yaml:"verify_url"`
	Supervisor string `yaml:"supervisor" doc:"Who supervises an associate."`
}

// InForce reports whether the licence counts on this day: it has not expired.
func (l License) InForce(today Date) bool { return l.Expires.IsZero() || !l.Expires.Before(today) }

// A Compact is an explicit privilege to practise in other states.
type Compact struct {
	Name    string   `yaml:"name" need:"yes"`
	States  []string `yaml:"states" need:"yes"`
	Expires Date     `yaml:"expires"`
}

// A Certificate is a certification the person holds.
type Certificate struct {
	Type       string `yaml:"type" need:"yes"`
	Number     string `yaml:"number"`
	Since      Since  `yaml:"since"`
	Expires    Date   `yaml:"expires"`
	VerifiedOn Date   `yaml:"verified_on"`
}

// InForce reports whether the certification has not expired on this day.
func (c Certificate) InForce(today Date) bool {
	return c.Expires.IsZero() || !c.Expires.Before(today)
}

// A Membership is being a Certified Integrated Intimacy Practitioner.
type Membership struct {
	Since  Since `yaml:"since" need:"yes"`
	Renews Date  `yaml:"renews"`
}

// Since is the beginning of something: a day, a month or a year, in ISO 8601 (2018, 2018-06,
// 2018-06-01).
type Since struct {
	Date Date // month and day are 1 where they were not given
	Text string
}

// UnmarshalText reads a year, a month or a day.
func (s *Since) UnmarshalText(text []byte) error {
	t := string(text)
	full := t
	switch len(t) {
	case 4:
		full += "-01-01"
	case 7:
		full += "-01"
	}
	date, err := ParseDate(full)
	if err != nil {
		_, err = ParseDate(t)
		return err
	}
	*s = Since{date, t}
	return nil
}

// IsZero reports whether no beginning was given.
func (s Since) IsZero() bool { return s.Text == "" }

// Year returns the year, or 0.
func (s Since) Year() int { return s.Date.Year }

// Supervision is what the person offers to those who need supervised hours.
type Supervision struct {
	AASECT  bool     `yaml:"aasect"`
	AAMFT   bool     `yaml:"aamft"`
	States  []string `yaml:"states"`
	Formats []string `yaml:"formats"`
	Seats   *int     `yaml:"seats"`
	Fee     string   `yaml:"fee" doc:"In words, such as $120 an hour."`
}

// Specialties are the concerns the person works with.
type Specialties struct {
	Top   []string `yaml:"top" max:"3" doc:"At most three; they stand on the card."`
	Other []string `yaml:"other" max:"9"`
}

// Identity holds what the person wants to be known of themselves. Only what stands under public is
// ever read.
type Identity struct {
	Public yamlx.Map[Words] `yaml:"public"`
}

// Words is one text or a list of texts.
type Words struct {
	List []string `yaml:"-"`
}

// FromScalar accepts a single text.
func (w *Words) FromScalar(text string) error {
	w.List = []string{text}
	return nil
}

// FromList accepts a list of texts.
func (w *Words) FromList(texts []string) error {
	w.List = texts
	return nil
}

// Formats says how sessions are held.
type Formats struct {
	InPerson   bool `yaml:"in_person"`
	Telehealth bool `yaml:"telehealth"`
}

// A Location is an office. Precision says how much of it is shown: exact (all), zip (the ZIP and the
// city) or city.
type Location struct {
	Label         string   `yaml:"label" max:"80"`
	Street        string   `yaml:"street" max:"120"`
	City          string   `yaml:"city" need:"yes" max:"80"`
	State         string   `yaml:"state" need:"yes"`
	Zip           string   `yaml:"zip" need:"yes" pattern:"^[0-9]{5}(-[0-9]{4})?$" form:"five digits, or nine as in 98103-1234"`
	Precision     string   `yaml:"precision" pattern:"^(exact|zip|city)$" form:"exact, zip or city" doc:"How much of the place is shown: exact, zip or city."`
	Latitude      *float64 `yaml:"latitude"`
	Longitude     *float64 `yaml:"longitude"`
	Accessibility string   `yaml:"accessibility" max:"300"`
}

// Availability says whether the person takes new clients, and since when that is known.
type Availability struct {
	Status      string   `yaml:"status" need:"yes" pattern:"^(open|waitlist|closed)$" form:"open, waitlist or closed"`
	ConfirmedOn Date     `yaml:"confirmed_on" need:"yes" doc:"The day the person last said so."`
	Times       []string `yaml:"times" pattern:"^(day|evening|weekend)$" form:"day, evening or weekend"`
	Note        string   `yaml:"note" max:"200"`
}

// Fees is what sessions cost, or Ask.
type Fees struct {
	Ask          bool   `yaml:"ask"`
	Individual   *Fee   `yaml:"individual"`
	Couple       *Fee   `yaml:"couple"`
	Group        *Fee   `yaml:"group"`
	SlidingFrom  int    `yaml:"sliding_from" doc:"The lowest fee of the sliding scale, in dollars."`
	Consultation string `yaml:"consultation" max:"120" doc:"What a first talk costs, in words."`
	Superbill    bool   `yaml:"superbill" doc:"true where clients get a bill for their insurer."`
	AsOf         Date   `yaml:"as_of"`
}

// A Fee is a price for a length of time.
type Fee struct {
	Amount  int `yaml:"amount" need:"yes" doc:"Dollars."`
	Minutes int `yaml:"minutes" need:"yes"`
}

// Insurance is a plan the person works with.
type Insurance struct {
	Plan        string `yaml:"plan" need:"yes"`
	Network     string `yaml:"network" need:"yes" pattern:"^(in|out)$" form:"in or out" doc:"in or out of the plan's network."`
	ConfirmedOn Date   `yaml:"confirmed_on" need:"yes"`
}

// PersonContact is how to reach the person; at least one way is needed.
type PersonContact struct {
	Phone        string `yaml:"phone" doc:"In international form and in quotes, such as \"+12065550101\"."`
	Email        string `yaml:"email"`
	Website      string `yaml:"website"`
	Booking      string `yaml:"booking"`
	Preferred    string `yaml:"preferred" pattern:"^(phone|email|website|booking)$" form:"phone, email, website or booking"`
	ResponseDays int    `yaml:"response_days" doc:"Within how many days an answer comes."`
}

// PhoneText writes a North American number of ITU-T E.164 as people do; others stay as they are.
func PhoneText(number string) string {
	if len(number) == 12 && strings.HasPrefix(number, "+1") {
		return "(" + number[2:5] + ") " + number[5:8] + "-" + number[8:]
	}
	return number
}

// Consent is the person's agreement to be listed.
type Consent struct {
	AgreedOn    Date `yaml:"agreed_on" need:"yes"`
	WithdrawnOn Date `yaml:"withdrawn_on"`
}

// Consented reports whether the person may be published on this day: consent was given and not
// withdrawn.
func (p *Practitioner) Consented(today Date) bool {
	c := p.Consent
	return c != nil && !c.AgreedOn.IsZero() && !c.AgreedOn.After(today) && (c.WithdrawnOn.IsZero() || c.WithdrawnOn.After(today))
}
