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

	Name           Name          `yaml:"name" need:"yes" doc:"The person's name." title:"Name"`
	Pronouns       string        `yaml:"pronouns" max:"40" doc:"Shown beside the name." example:"she/her"`
	Pronunciation  string        `yaml:"pronunciation" max:"120" doc:"How the name is said, in plain letters; shown below the name." title:"How the name is said" example:"AH-dah oh-KAH-for"`
	Status         string        `yaml:"status" need:"yes" pattern:"^(active|paused|alumni)$" form:"active, paused or alumni" doc:"active, paused (the page stays, out of the results) or alumni (name and dates only)."`
	Headline       string        `yaml:"headline" need:"yes" max:"120" doc:"One line in the person's own words; it stands on the card." example:"A calm place to talk about what is hard to say"`
	BioText        string        `yaml:"bio" need:"yes" format:"markdown" doc:"Who this person is, in Markdown, in the person's own words; it stands on the profile." title:"About the person" example:"I listen first, and we go at your pace."`
	FirstText      string        `yaml:"first_session" format:"markdown" doc:"What a first session is like, in Markdown; it stands on the profile." title:"First session" example:"We meet for 50 minutes and you tell me what brings you."`
	Photo          *Photo        `yaml:"photo" doc:"A picture of the person; it is shown with consent only, and without what a camera hides in it." title:"Photograph"`
	Degrees        []string      `yaml:"degrees" doc:"Shown after the name, in this order." title:"Degrees" example:"[PhD]"`
	Licenses       []License     `yaml:"licenses" need:"yes" doc:"Every state licence, with its number; readers check it with the state." title:"Licences"`
	Compacts       []Compact     `yaml:"compacts" doc:"Explicit permissions to practise by video elsewhere." title:"Compacts"`
	Certifications []Certificate `yaml:"certifications" doc:"Certificates of professional bodies; they stand on the profile."`
	CIIP           Membership    `yaml:"ciip" need:"yes" doc:"Since when the person is a Certified Integrated Intimacy Practitioner." title:"CIIP"`
	Supervision    *Supervision  `yaml:"supervision" doc:"What the person offers to those who need supervised hours; it feeds the list of supervisors."`
	Specialties    Specialties   `yaml:"specialties" need:"yes" doc:"The concerns the person works with: the first three stand on the card." example:"{top: [desire-discrepancy]}"`
	Modalities     []string      `yaml:"modalities" max:"8" words:"modality" doc:"Ways of working, at most eight; readers search by them." title:"Ways of working" example:"[sex-therapy]"`
	Communities    []string      `yaml:"communities" words:"community" doc:"Communities the person knows well; readers search by them." example:"[lgbtq]"`
	Clients        []string      `yaml:"clients" need:"yes" words:"client" doc:"Whom the person sees in one session; readers search by it." title:"Clients" example:"[individuals, couples]"`
	Ages           []string      `yaml:"ages" need:"yes" words:"age" doc:"The ages the person works with; readers search by them." title:"Ages" example:"[adults]"`
	Spirituality   []string      `yaml:"spirituality" words:"spirituality" doc:"Where faith or spirit is welcome in the work." example:"[all-paths]"`
	Languages      []string      `yaml:"languages" need:"yes" words:"language" doc:"The languages in which sessions are held, each as its short tag." example:"[en]"`
	Identity       Identity      `yaml:"identity" doc:"What the person wants readers to know of them."`
	Formats        Formats       `yaml:"formats" need:"yes" doc:"In person, by video or both; each is true or false." title:"How sessions are held" example:"{telehealth: true}"`
	Locations      []Location    `yaml:"locations" doc:"Where sessions are held in person." title:"Offices"`
	Availability   Availability  `yaml:"availability" need:"yes" doc:"Whether the person takes new clients, and since when that is known." title:"Openings"`
	Fees           Fees          `yaml:"fees" need:"yes" doc:"What a session costs, or that one has to ask." example:"{ask: true}"`
	Insurance      []Insurance   `yaml:"insurance" doc:"Plans the person works with."`
	Contact        PersonContact `yaml:"contact" need:"yes" doc:"How readers reach the person: at least one way." title:"How to get in touch" example:"{email: name@example.org}"`
	Practice       string        `yaml:"practice" max:"120" doc:"The name of the person's practice; shown on the profile." example:"Shoreline Therapy"`
	Since          int           `yaml:"practising_since" range:"1900 2200" doc:"The year the person began to practise." title:"Practising since" example:"2009"`
	Links          []string      `yaml:"links" format:"https" doc:"https addresses the person wants readers to see." example:"[\"https://example.org/articles\"]"`
	Training       []string      `yaml:"training" doc:"Trainings, one a line, as they are to be read." example:"[\"Sexual Attitude Reassessment, Northwest Institute on Intimacy, 2016\"]"`
	Aliases        []string      `yaml:"aliases" format:"id" doc:"Former ids; they lead here." title:"Former ids" example:"[ada-smith]"`
	Consent        *Consent      `yaml:"consent" doc:"The person's agreement to be listed; without it nobody is published."`
	LastConfirmed  Date          `yaml:"last_confirmed" need:"yes" doc:"The day the person last said that all of this is right." title:"Last confirmed"`
	Sample         bool          `yaml:"sample" doc:"true marks an invented person." title:"Invented" example:"true"`
	Private        yamlx.Discard `yaml:"private" doc:"Anything; it is read past and never kept. It still stands in the file for whoever can read the repository."`
}

// A Name is a person's name. Compound family names stay whole.
type Name struct {
	Given   string `yaml:"given" need:"yes" max:"80" doc:"The given name, with a middle name if the person uses it." title:"Given name" example:"Ada"`
	Family  string `yaml:"family" need:"yes" max:"80" doc:"The family name; a compound one stays whole." title:"Family name" example:"de la Cruz"`
	Display string `yaml:"display" max:"120" doc:"The whole name, where it is not given and family." title:"Name as it is shown" example:"Dr. Ada de la Cruz"`
	Sort    string `yaml:"sort" max:"120" doc:"Where the name stands in the alphabet." title:"Place in the alphabet" example:"Cruz Ada"`
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
	Alt     string       `yaml:"alt" need:"yes" max:"200" doc:"What the picture shows, for those who do not see it." title:"Description" example:"Ada Okafor, smiling, in a room with plants"`
	Credit  string       `yaml:"credit" max:"120" doc:"Who took the picture; shown below it." example:"Jo Rivera"`
	Consent PhotoConsent `yaml:"consent" need:"yes" doc:"true or the date on which the person agreed that the picture is shown." title:"Consent to show it" example:"2026-11-01"`
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
	State      string `yaml:"state" need:"yes" format:"state" doc:"The state that gave it, by its two letters." example:"WA"`
	Type       string `yaml:"type" need:"yes" words:"license" doc:"The letters as people write them, from the vocabulary." title:"Licence" example:"LMFT"`
	Number     string `yaml:"number" need:"yes" doc:"The number as the state gives it; it is public." example:"LF 60123456"`
	Expires    Date   `yaml:"expires" doc:"The last day on which it is in force." title:"Expires on"`
	VerifiedOn Date   `yaml:"verified_on" doc:"The day the institute checked it." title:"Verified on"`
	VerifyURL  string `yaml:"verify_url" format:"https" doc:"The https address at which readers check it with the state." title:"Where to verify it" example:"\"https://fortress.wa.gov/doh/providercredentialsearch/\""`
	Supervisor string `yaml:"supervisor" doc:"Who supervises an associate." example:"Ruth Delgado, LMFT"`
}

// InForce reports whether the licence counts on this day: it has not expired.
func (l License) InForce(today Date) bool { return l.Expires.IsZero() || !l.Expires.Before(today) }

// A Compact is an explicit privilege to practise in other states.
type Compact struct {
	Name    string   `yaml:"name" need:"yes" doc:"What the permission is called." example:"PSYPACT"`
	States  []string `yaml:"states" need:"yes" format:"state" doc:"The states in which it holds, each by its two letters." example:"[OR, ID]"`
	Expires Date     `yaml:"expires" doc:"The last day on which it is in force." title:"Expires on"`
}

// A Certificate is a certification the person holds.
type Certificate struct {
	Type       string `yaml:"type" need:"yes" words:"certification" doc:"The id of the certificate, from the vocabulary." title:"Certificate" example:"aasect-cst"`
	Number     string `yaml:"number" doc:"The number that the body gave it." example:"C-101"`
	Since      Since  `yaml:"since" doc:"When the person got it."`
	Expires    Date   `yaml:"expires" doc:"The last day on which it is in force." title:"Expires on"`
	VerifiedOn Date   `yaml:"verified_on" doc:"The day the institute checked it." title:"Verified on"`
}

// InForce reports whether the certification has not expired on this day.
func (c Certificate) InForce(today Date) bool {
	return c.Expires.IsZero() || !c.Expires.Before(today)
}

// A Membership is being a Certified Integrated Intimacy Practitioner.
type Membership struct {
	Since  Since `yaml:"since" need:"yes" doc:"When the person became one."`
	Renews Date  `yaml:"renews" doc:"The day by which it is renewed." title:"Renews on"`
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
	AASECT  bool     `yaml:"aasect" doc:"true where AASECT has approved the person to supervise." title:"Approved by AASECT" example:"true"`
	AAMFT   bool     `yaml:"aamft" doc:"true where AAMFT has approved the person to supervise." title:"Approved by AAMFT" example:"true"`
	States  []string `yaml:"states" format:"state" doc:"The states for whose licences the person supervises, by their two letters." example:"[WA]"`
	Formats []string `yaml:"formats" doc:"How supervision is held, such as individual, group, in-person or video." title:"How it is held" example:"[individual, video]"`
	Seats   *int     `yaml:"seats" doc:"How many free places there are; 0 for none." title:"Free places" example:"2"`
	Fee     string   `yaml:"fee" doc:"In words, such as $120 an hour." example:"$120 an hour"`
}

// Specialties are the concerns the person works with.
type Specialties struct {
	Top   []string `yaml:"top" max:"3" words:"concern" doc:"At most three; they stand on the card." title:"On the card" example:"[desire-discrepancy, infidelity]"`
	Other []string `yaml:"other" max:"9" words:"concern" doc:"Up to nine more; they stand on the profile." title:"Others" example:"[menopause]"`
}

// Identity holds what the person wants to be known of themselves. Only what stands under public is
// ever read.
type Identity struct {
	Public yamlx.Map[Words] `yaml:"public" doc:"Only what stands here is ever read; each line under a word of the person's choice." title:"Shown to readers" example:"{faith: Raised Anglican}"`
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
	InPerson   bool `yaml:"in_person" doc:"true where the person sees clients in an office." title:"In person" example:"true"`
	Telehealth bool `yaml:"telehealth" doc:"true where the person sees clients by video; the states follow from the licences." title:"By video" example:"true"`
}

// A Location is an office. Precision says how much of it is shown: exact (all), zip (the ZIP and the
// city) or city.
type Location struct {
	Label         string   `yaml:"label" max:"80" doc:"What the person calls the office." example:"Tacoma, Thursdays"`
	Street        string   `yaml:"street" max:"120" doc:"The street address; it is shown only where precision is exact." example:"100 Example Avenue, Suite 3"`
	City          string   `yaml:"city" need:"yes" max:"80" doc:"The city; it is always shown." example:"Seattle"`
	State         string   `yaml:"state" need:"yes" format:"state" doc:"The state, by its two letters." example:"WA"`
	Zip           string   `yaml:"zip" need:"yes" pattern:"^[0-9]{5}(-[0-9]{4})?$" form:"five digits, or nine as in 98103-1234" doc:"Five digits or nine; readers search by distance from it." title:"ZIP code" example:"\"98102\""`
	Precision     string   `yaml:"precision" pattern:"^(exact|zip|city)$" form:"exact, zip or city" doc:"How much of the place is shown: exact, zip or city." title:"How much is shown"`
	Latitude      *float64 `yaml:"latitude" range:"-90 90" doc:"Degrees north, where the exact place is shown; longitude belongs to it." example:"47.6302"`
	Longitude     *float64 `yaml:"longitude" range:"-180 180" doc:"Degrees east, so a minus here; latitude belongs to it." example:"-122.3216"`
	Accessibility string   `yaml:"accessibility" max:"300" doc:"Steps, elevator, parking, scent: what helps somebody to get in." example:"Elevator, step-free entrance"`
}

// Availability says whether the person takes new clients, and since when that is known.
type Availability struct {
	Status      string   `yaml:"status" need:"yes" pattern:"^(open|waitlist|closed)$" form:"open, waitlist or closed" doc:"open, waitlist or closed, for new clients."`
	ConfirmedOn Date     `yaml:"confirmed_on" need:"yes" doc:"The day the person last said so." title:"Confirmed on"`
	Times       []string `yaml:"times" pattern:"^(day|evening|weekend)$" form:"day, evening or weekend" doc:"When there is room: day, evening or weekend."`
	Note        string   `yaml:"note" max:"200" doc:"A few words on it, such as two openings on Thursdays." example:"Two openings for couples, on Thursdays"`
}

// Fees is what sessions cost, or Ask.
type Fees struct {
	Ask          bool   `yaml:"ask" doc:"true where the fees are not published and readers have to ask." title:"Ask for fees" example:"true"`
	Individual   *Fee   `yaml:"individual" doc:"What a session for one person costs." title:"One person" example:"{amount: 160, minutes: 50}"`
	Couple       *Fee   `yaml:"couple" doc:"What a session for a couple costs." title:"A couple" example:"{amount: 240, minutes: 80}"`
	Group        *Fee   `yaml:"group" doc:"What a session in a group costs each person." title:"A group" example:"{amount: 60, minutes: 90}"`
	SlidingFrom  int    `yaml:"sliding_from" doc:"The lowest fee of the sliding scale, in dollars." title:"Sliding scale from" example:"110"`
	Consultation string `yaml:"consultation" max:"120" doc:"What a first talk costs, in words." title:"First talk" example:"Free 20-minute call"`
	Superbill    bool   `yaml:"superbill" doc:"true where clients get a bill for their insurer." example:"true"`
	AsOf         Date   `yaml:"as_of" doc:"The day on which these fees were given." title:"As of"`
}

// A Fee is a price for a length of time.
type Fee struct {
	Amount  int `yaml:"amount" need:"yes" range:"0 *" doc:"Dollars." example:"160"`
	Minutes int `yaml:"minutes" need:"yes" range:"1 1440" doc:"How long the session is, in minutes." example:"50"`
}

// Insurance is a plan the person works with.
type Insurance struct {
	Plan        string `yaml:"plan" need:"yes" words:"insurance" doc:"The id of the plan, from the vocabulary." example:"premera"`
	Network     string `yaml:"network" need:"yes" pattern:"^(in|out)$" form:"in or out" doc:"in or out of the plan's network."`
	ConfirmedOn Date   `yaml:"confirmed_on" need:"yes" doc:"The day on which the person last said so." title:"Confirmed on"`
}

// PersonContact is how to reach the person; at least one way is needed.
type PersonContact struct {
	Phone        string `yaml:"phone" format:"phone" doc:"The practice's number, shown to readers." example:"\"+12065550101\""`
	Email        string `yaml:"email" format:"email" doc:"The practice's address, shown to readers." title:"E-mail" example:"name@example.org"`
	Website      string `yaml:"website" format:"https" doc:"The https address of the practice." example:"\"https://example.org/\""`
	Booking      string `yaml:"booking" format:"https" doc:"The https address at which one books a session." title:"Booking page" example:"\"https://example.org/book\""`
	Preferred    string `yaml:"preferred" pattern:"^(phone|email|website|booking)$" form:"phone, email, website or booking" doc:"The way that the person likes best; it has to be given too." title:"Preferred way"`
	ResponseDays int    `yaml:"response_days" doc:"Within how many days an answer comes." title:"Days until an answer" example:"2"`
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
	AgreedOn    Date `yaml:"agreed_on" need:"yes" doc:"The day on which the person agreed to be listed." title:"Agreed on"`
	WithdrawnOn Date `yaml:"withdrawn_on" doc:"The day from which the person is not to be listed any more." title:"Withdrawn on"`
}

// Consented reports whether the person may be published on this day: consent was given and not
// withdrawn.
func (p *Practitioner) Consented(today Date) bool {
	c := p.Consent
	return c != nil && !c.AgreedOn.IsZero() && !c.AgreedOn.After(today) && (c.WithdrawnOn.IsZero() || c.WithdrawnOn.After(today))
}
