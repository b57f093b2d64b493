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
	Pronouns       string        `yaml:"pronouns" max:"40" doc:"How to speak of the person." example:"she/her"`
	Pronunciation  string        `yaml:"pronunciation" max:"120" doc:"How the name is said." example:"AH-dah oh-KAH-for"`
	Status         string        `yaml:"status" need:"yes" pattern:"^(active|paused|alumni)$" form:"active, paused or alumni" doc:"active, paused (the page stays, out of the results) or alumni (name and dates only)."`
	Headline       string        `yaml:"headline" need:"yes" max:"120" doc:"One line in the person's own words; it stands on the card." example:"For couples who love each other and have stopped touching."`
	BioText        string        `yaml:"bio" need:"yes" doc:"Who this person is, in Markdown." example:"Ada works with couples."`
	FirstText      string        `yaml:"first_session" doc:"What a first session is like, in Markdown." example:"We talk about what brings you."`
	Photo          *Photo        `yaml:"photo" doc:"A picture of the person."`
	Degrees        []string      `yaml:"degrees" doc:"Shown after the name, in this order." example:"MA"`
	Licenses       []License     `yaml:"licenses" need:"yes" doc:"The licences of the person, each of one state. One that has expired does not count."`
	Compacts       []Compact     `yaml:"compacts" doc:"Explicit permissions to practise by video elsewhere."`
	Certifications []Certificate `yaml:"certifications" doc:"What the person is certified as."`
	CIIP           Membership    `yaml:"ciip" need:"yes" doc:"Being a Certified Integrated Intimacy Practitioner."`
	Supervision    *Supervision  `yaml:"supervision" doc:"What the person offers to those who need supervised hours."`
	Specialties    Specialties   `yaml:"specialties" need:"yes" doc:"What the person helps with."`
	Modalities     []string      `yaml:"modalities" words:"modality" max:"8" doc:"How the person works."`
	Communities    []string      `yaml:"communities" words:"community" doc:"Communities the person knows well."`
	Clients        []string      `yaml:"clients" words:"client" need:"yes" doc:"Whom the person sees."`
	Ages           []string      `yaml:"ages" words:"age" need:"yes" doc:"How old clients are."`
	Spirituality   []string      `yaml:"spirituality" words:"spirituality" doc:"Traditions the person works within or knows."`
	Languages      []string      `yaml:"languages" words:"language" need:"yes" doc:"Languages in which sessions are held."`
	Identity       Identity      `yaml:"identity" doc:"What the person wants to be known of themselves."`
	Formats        Formats       `yaml:"formats" need:"yes" doc:"How sessions are held. The states for video follow from the licences."`
	Locations      []Location    `yaml:"locations" doc:"The offices. Needed where sessions are in person."`
	Availability   Availability  `yaml:"availability" need:"yes" doc:"Whether the person takes new clients, and since when that is known."`
	Fees           Fees          `yaml:"fees" need:"yes" doc:"What sessions cost, or ask: true."`
	Insurance      []Insurance   `yaml:"insurance" doc:"The plans the person works with."`
	Contact        PersonContact `yaml:"contact" need:"yes" doc:"How to reach the person; at least one way."`
	Practice       string        `yaml:"practice" max:"120" doc:"The name of the practice." example:"Harbour Counseling"`
	Since          int           `yaml:"practising_since" doc:"The year the person began to practise." example:"2012"`
	Links          []string      `yaml:"links" doc:"https addresses." example:"https://example.org/talk"`
	Training       []string      `yaml:"training" doc:"Further training, each a short line." example:"Level 2 Gottman Method"`
	Aliases        []string      `yaml:"aliases" doc:"Former ids; they lead here." example:"ada-smith"`
	Consent        *Consent      `yaml:"consent" doc:"The agreement to be listed. Without it nobody is published."`
	LastConfirmed  Date          `yaml:"last_confirmed" need:"yes" doc:"The day the person last said that all of this is right."`
	Sample         bool          `yaml:"sample" doc:"true marks an invented person."`
	Private        yamlx.Discard `yaml:"private" doc:"Anything; it is read past and never kept."`
}

// A Name is a person's name. Compound family names stay whole.
type Name struct {
	Given   string `yaml:"given" need:"yes" max:"80" doc:"The given names." example:"Ada"`
	Family  string `yaml:"family" need:"yes" max:"80" doc:"The family name, whole: de la Cruz." example:"Okafor"`
	Display string `yaml:"display" max:"120" doc:"The whole name, where it is not given and family." example:"Ada N. Okafor"`
	Sort    string `yaml:"sort" max:"120" doc:"Where the name stands in the alphabet." example:"Okafor Ada"`
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
	File    string       `yaml:"file" need:"yes" doc:"The file's name in data/practitioners/photos." example:"ada-okafor.jpg"`
	Alt     string       `yaml:"alt" need:"yes" max:"200" doc:"What the picture shows, for those who do not see it." example:"Ada Okafor, smiling, in front of a bookshelf"`
	Credit  string       `yaml:"credit" max:"120" doc:"Who took it." example:"Jo Rivera"`
	Consent PhotoConsent `yaml:"consent" need:"yes" doc:"true or the date on which the person agreed that the picture is shown." example:"2026-11-01"`
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
	State      string `yaml:"state" words:"state" need:"yes" doc:"The state, by its two letters."`
	Type       string `yaml:"type" words:"license" need:"yes" doc:"The letters as people write them, from the vocabulary."`
	Number     string `yaml:"number" need:"yes" doc:"As the state writes it." example:"LF60000000"`
	Expires    Date   `yaml:"expires" doc:"The last day on which it holds."`
	VerifiedOn Date   `yaml:"verified_on" doc:"The day the institute checked it."`
	VerifyURL  string `yaml:"verify_url" doc:"The https address of the state's own record of it." example:"https://example.org/verify"`
	Supervisor string `yaml:"supervisor" doc:"Who supervises an associate." example:"Jo Rivera, LMFT"`
}

// InForce reports whether the licence counts on this day: it has not expired.
func (l License) InForce(today Date) bool { return l.Expires.IsZero() || !l.Expires.Before(today) }

// A Compact is an explicit privilege to practise in other states.
type Compact struct {
	Name    string   `yaml:"name" need:"yes" doc:"What the compact is called." example:"PSYPACT"`
	States  []string `yaml:"states" words:"state" need:"yes" doc:"The states it opens, by their two letters."`
	Expires Date     `yaml:"expires" doc:"The last day on which it holds."`
}

// A Certificate is a certification the person holds.
type Certificate struct {
	Type       string `yaml:"type" words:"certification" need:"yes" doc:"What it is, from the vocabulary."`
	Number     string `yaml:"number" doc:"Its number." example:"1234"`
	Since      Since  `yaml:"since" doc:"Since when."`
	Expires    Date   `yaml:"expires" doc:"The last day on which it holds."`
	VerifiedOn Date   `yaml:"verified_on" doc:"The day the institute checked it."`
}

// InForce reports whether the certification has not expired on this day.
func (c Certificate) InForce(today Date) bool {
	return c.Expires.IsZero() || !c.Expires.Before(today)
}

// A Membership is being a Certified Integrated Intimacy Practitioner.
type Membership struct {
	Since  Since `yaml:"since" need:"yes" doc:"Since when."`
	Renews Date  `yaml:"renews" doc:"The day by which it is renewed."`
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
	AASECT  bool     `yaml:"aasect" doc:"true where AASECT has approved the person as a supervisor."`
	AAMFT   bool     `yaml:"aamft" doc:"true where AAMFT has approved the person as a supervisor."`
	States  []string `yaml:"states" words:"state" doc:"The states for whose licences the person supervises, by their two letters."`
	Formats []string `yaml:"formats" doc:"How: individual, group, in person, by video." example:"group"`
	Seats   *int     `yaml:"seats" doc:"How many more people can begin." example:"2"`
	Fee     string   `yaml:"fee" doc:"In words, such as $120 an hour." example:"$120 an hour"`
}

// Specialties are the concerns the person works with.
type Specialties struct {
	Top   []string `yaml:"top" words:"concern" max:"3" doc:"At most three; they stand on the card."`
	Other []string `yaml:"other" words:"concern" max:"9" doc:"At most nine more."`
}

// Identity holds what the person wants to be known of themselves. Only what stands under public is
// ever read.
type Identity struct {
	Public yamlx.Map[Words] `yaml:"public" doc:"Each a word for what it is and the words of the person: faith: Quaker."`
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
	InPerson   bool `yaml:"in_person" doc:"true where the person sees clients in a room."`
	Telehealth bool `yaml:"telehealth" doc:"true where the person sees clients by video."`
}

// A Location is an office. Precision says how much of it is shown: exact (all), zip (the ZIP and the
// city) or city.
type Location struct {
	Label         string   `yaml:"label" max:"80" doc:"What the office is called." example:"Harbour office"`
	Street        string   `yaml:"street" max:"120" doc:"The street; leave it out to keep it private." example:"12 Harbour Street"`
	City          string   `yaml:"city" need:"yes" max:"80" doc:"The city." example:"Tacoma"`
	State         string   `yaml:"state" words:"state" need:"yes" doc:"The state, by its two letters."`
	Zip           string   `yaml:"zip" need:"yes" pattern:"^[0-9]{5}(-[0-9]{4})?$" form:"five digits, or nine as in 98103-1234" doc:"The ZIP code, in quotes." example:"98402"`
	Precision     string   `yaml:"precision" pattern:"^(exact|zip|city)$" form:"exact, zip or city" doc:"How much of the place is shown: exact, zip or city."`
	Latitude      *float64 `yaml:"latitude" doc:"Degrees north, for the distance." example:"47.25"`
	Longitude     *float64 `yaml:"longitude" doc:"Degrees east; west of Greenwich with a minus." example:"-122.44"`
	Accessibility string   `yaml:"accessibility" max:"300" doc:"How one gets in, and what is there for whom." example:"A ramp at the side door."`
}

// Availability says whether the person takes new clients, and since when that is known.
type Availability struct {
	Status      string   `yaml:"status" need:"yes" pattern:"^(open|waitlist|closed)$" form:"open, waitlist or closed" doc:"Whether the person takes new clients."`
	ConfirmedOn Date     `yaml:"confirmed_on" need:"yes" doc:"The day the person last said so."`
	Times       []string `yaml:"times" pattern:"^(day|evening|weekend)$" form:"day, evening or weekend" doc:"When there are times free."`
	Note        string   `yaml:"note" max:"200" doc:"A line for readers." example:"New couples from January."`
}

// Fees is what sessions cost, or Ask.
type Fees struct {
	Ask          bool   `yaml:"ask" doc:"true in place of figures: people ask."`
	Individual   *Fee   `yaml:"individual" doc:"A session for one."`
	Couple       *Fee   `yaml:"couple" doc:"A session for two."`
	Group        *Fee   `yaml:"group" doc:"A group session."`
	SlidingFrom  int    `yaml:"sliding_from" doc:"The lowest fee of the sliding scale, in dollars." example:"80"`
	Consultation string `yaml:"consultation" max:"120" doc:"What a first talk costs, in words." example:"Free, 20 minutes"`
	Superbill    bool   `yaml:"superbill" doc:"true where clients get a bill for their insurer."`
	AsOf         Date   `yaml:"as_of" doc:"The day on which the fees held."`
}

// A Fee is a price for a length of time.
type Fee struct {
	Amount  int `yaml:"amount" need:"yes" doc:"Dollars." example:"160"`
	Minutes int `yaml:"minutes" need:"yes" doc:"How long it is, in minutes." example:"50"`
}

// Insurance is a plan the person works with.
type Insurance struct {
	Plan        string `yaml:"plan" words:"insurance" need:"yes" doc:"The plan, from the vocabulary."`
	Network     string `yaml:"network" need:"yes" pattern:"^(in|out)$" form:"in or out" doc:"in or out of the plan's network."`
	ConfirmedOn Date   `yaml:"confirmed_on" need:"yes" doc:"The day the person last said so."`
}

// PersonContact is how to reach the person; at least one way is needed.
type PersonContact struct {
	Phone        string `yaml:"phone" doc:"In international form and in quotes, such as \"+12065550101\"." example:"+12065550101"`
	Email        string `yaml:"email" doc:"An e-mail address." example:"ada@example.org"`
	Website      string `yaml:"website" doc:"An https address." example:"https://example.org/"`
	Booking      string `yaml:"booking" doc:"The https address where an appointment can be made." example:"https://example.org/book"`
	Preferred    string `yaml:"preferred" pattern:"^(phone|email|website|booking)$" form:"phone, email, website or booking" doc:"The way the person likes best."`
	ResponseDays int    `yaml:"response_days" doc:"Within how many days an answer comes." example:"2"`
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
	AgreedOn    Date `yaml:"agreed_on" need:"yes" doc:"The day the person agreed."`
	WithdrawnOn Date `yaml:"withdrawn_on" doc:"The day the person took it back; from then on nobody sees the record."`
}

// Consented reports whether the person may be published on this day: consent was given and not
// withdrawn.
func (p *Practitioner) Consented(today Date) bool {
	c := p.Consent
	return c != nil && !c.AgreedOn.IsZero() && !c.AgreedOn.After(today) && (c.WithdrawnOn.IsZero() || c.WithdrawnOn.After(today))
}
