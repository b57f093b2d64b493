package site

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"nwioi/internal/markdown"
	"nwioi/internal/source"
)

// A Person is the public projection of a Practitioner on one day: the only form in which a record
// reaches a page, a file or the search index.
type Person struct {
	ID                                                              string
	File                                                            *source.File // for messages; nothing of it is published
	Name                                                            Name
	Status                                                          string // active, paused or alumni
	Sample                                                          bool
	Pronouns                                                        string
	SaidAs                                                          string
	Headline                                                        string
	Bio                                                             *markdown.Doc
	First                                                           *markdown.Doc
	Photo                                                           *Photo // nil without consent
	Letters                                                         []string
	Member                                                          Membership
	Top, Other                                                      []string // concern ids
	Modalities, Communities, Clients, Ages, Spirituality, Languages []string
	Licenses                                                        []License     // all, in force or not; pages say which
	Compacts                                                        []Compact     // in force
	Certificates                                                    []Certificate // all
	Credentials                                                     []string      // slugs of licences and certifications in force
	Telehealth                                                      []string      // states in which the person may see clients by video, sorted
	InPerson                                                        bool
	Video                                                           bool
	Locations                                                       []Location // without what the precision hides
	Availability                                                    Availability
	Freshness                                                       Freshness
	Fees                                                            Fees
	Insurance                                                       []Insurance
	Supervision                                                     *Supervision
	Contact                                                         PersonContact
	Practice                                                        string
	Since                                                           int
	Links                                                           []string
	Training                                                        []string
	Identity                                                        []IdentityLine
	Confirmed                                                       Date
	StaleRecord                                                     bool // not confirmed for more than FlagDays
	Aliases                                                         []string
}

// An IdentityLine is one thing that a person says of themselves.
type IdentityLine struct{ Key, Text string }

// The constants of the published order, in days but for PageSize. /directory/how-we-order/ is written
// from them.
const (
	FreshDays  = 60  // older: "not confirmed since"
	CountsDays = 120 // older: no longer counts as open
	FlagDays   = 180 // a record that nobody confirmed for longer is flagged
	PageSize   = 20  // people on a page
)

// Freshness is how much an availability can be relied on; smaller is better. The listing puts
// people in this order first.
type Freshness uint8

// The kinds of Freshness.
const (
	OpenNow     Freshness = iota // open, confirmed within FreshDays
	WaitNow                      // a waiting list, confirmed within FreshDays
	Ageing                       // open or waiting list, confirmed within CountsDays
	Unconfirmed                  // open or waiting list, confirmed longer ago: does not count as open
	Closed                       // takes no new clients
)

// String says in words what the people of the group have in common.
func (f Freshness) String() string {
	switch f {
	case OpenNow:
		return fmt.Sprintf("takes new clients, and said so within %d days", FreshDays)
	case WaitNow:
		return fmt.Sprintf("keeps a waiting list, and said so within %d days", FreshDays)
	case Ageing:
		return fmt.Sprintf("open or with a waiting list, but said so more than %d days ago", FreshDays)
	case Unconfirmed:
		return fmt.Sprintf("has not confirmed it for more than %d days, so it no longer counts as open", CountsDays)
	}
	return "takes no new clients"
}

// FreshnessOf returns how much an availability can be relied on this day.
func FreshnessOf(a Availability, today Date) Freshness {
	age := a.ConfirmedOn.DaysUntil(today)
	switch {
	case a.Status == "closed":
		return Closed
	case age > CountsDays:
		return Unconfirmed
	case age > FreshDays:
		return Ageing
	case a.Status == "waitlist":
		return WaitNow
	}
	return OpenNow
}

// State returns the value of the availability filter that the person matches: open, waitlist, closed
// or unconfirmed.
func (p *Person) State() string {
	if p.Freshness == Unconfirmed {
		return "unconfirmed"
	}
	return p.Availability.Status
}

// Public makes the projection of the record on a day. vocabulary is that of certifications.
func (p *Practitioner) Public(today Date, certifications *Vocabulary) *Person {
	q := &Person{
		ID: p.ID, File: p.File, Name: p.Name, Status: p.Status, Sample: p.Sample, Member: p.CIIP,
		Confirmed: p.LastConfirmed, Aliases: p.Aliases,
	}
	if p.Status == "alumni" {
		return q
	}
	q.Pronouns, q.SaidAs, q.Headline, q.Bio, q.First = p.Pronouns, p.Pronunciation, p.Headline, p.Bio, p.FirstSession
	if p.Photo != nil && p.Photo.Consent.Given {
		q.Photo = p.Photo
	}
	q.Top, q.Other = p.Specialties.Top, p.Specialties.Other
	q.Modalities, q.Communities, q.Clients, q.Ages = p.Modalities, p.Communities, p.Clients, p.Ages
	q.Spirituality, q.Languages = p.Spirituality, p.Languages
	q.Licenses, q.Certificates = p.Licenses, p.Certifications
	q.InPerson, q.Video = p.Formats.InPerson, p.Formats.Telehealth
	q.Fees, q.Insurance, q.Supervision, q.Contact = p.Fees, p.Insurance, p.Supervision, p.Contact
	q.Practice, q.Since, q.Links, q.Training = p.Practice, p.Since, p.Links, p.Training
	q.Availability = p.Availability
	q.Freshness = FreshnessOf(p.Availability, today)
	q.StaleRecord = p.LastConfirmed.DaysUntil(today) > FlagDays

	q.Letters = slices.Clone(p.Degrees)
	var states []string
	for _, l := range p.Licenses {
		if !l.InForce(today) {
			continue
		}
		states = append(states, l.State)
		q.Letters = append(q.Letters, l.Type)
		q.Credentials = append(q.Credentials, Slug(l.Type))
	}
	for _, c := range p.Compacts {
		if c.Expires.IsZero() || !c.Expires.Before(today) {
			q.Compacts = append(q.Compacts, c)
			states = append(states, c.States...)
		}
	}
	for _, c := range p.Certifications {
		if c.InForce(today) {
			q.Letters = append(q.Letters, CertificateLetters(certifications, c.Type))
			q.Credentials = append(q.Credentials, Slug(c.Type))
		}
	}
	q.Letters = unique(q.Letters)
	q.Credentials = unique(q.Credentials)
	if q.Video {
		slices.Sort(states)
		q.Telehealth = slices.Compact(states)
	}
	for _, l := range p.Locations {
		q.Locations = append(q.Locations, l.Shown())
	}
	for _, e := range p.Identity.Public {
		q.Identity = append(q.Identity, IdentityLine{e.Key, strings.Join(e.Value.List, ", ")})
	}
	return q
}

// Shown returns the location without what its precision hides. Without a precision the street is
// shown only where it was given.
func (l Location) Shown() Location {
	switch l.Precision {
	case "city":
		l.Zip = ""
		fallthrough
	case "zip":
		l.Street, l.Latitude, l.Longitude = "", nil, nil
	}
	return l
}

// CertificateLetters returns the letters that stand after a name for a certification: those after
// the issuer in its id ("aasect-cst-s" is "CST-S"), and for other bodies the first alias.
func CertificateLetters(v *Vocabulary, id string) string {
	if t := v.Term(id); t != nil {
		for _, alias := range t.Aliases {
			if strings.EqualFold(alias, strings.TrimPrefix(id, "aasect-")) {
				return alias
			}
		}
		if len(t.Aliases) > 0 && !strings.HasPrefix(id, "aasect-") {
			return t.Aliases[0]
		}
	}
	return strings.ToUpper(strings.TrimPrefix(id, "aasect-"))
}

// rotation is the person's place in the week's rotation: a hash of the ISO week and the id, so that
// nobody is always first and everybody is first equally often.
func rotation(week, id string) uint64 {
	sum := sha256.Sum256([]byte(week + ":" + id))
	return binary.BigEndian.Uint64(sum[:8])
}

// unique returns the texts in order, each once.
func unique(texts []string) []string {
	out := texts[:0]
	for _, t := range texts {
		if !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}
