package read

import (
	"fmt"
	"net/mail"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"nwioi/internal/diag"
	"nwioi/internal/site"
	"nwioi/internal/source"
)

// readPractitioner reads a record and looks at all that can be judged without another file.
func readPractitioner(f *source.File) (any, diag.List) {
	p := &site.Practitioner{File: f}
	r := decode(f, p)
	p.ID = r.id()
	if slices.Contains(site.Reserved, p.ID) {
		r.problems = append(r.problems, diag.Diagnostic{
			Path: f.Path, Severity: diag.Error, Rule: "practitioner/reserved-id",
			Message: quote(p.ID) + " is the name of another part of the directory", Hint: "give the file another name",
		})
	}
	p.Bio = r.markdown("bio", p.BioText, 3)
	p.FirstSession = r.markdown("first_session", p.FirstText, 3)
	// The parsed documents are what is kept.
	p.BioText, p.FirstText = "", ""

	r.licenses(p)
	r.places(p)
	r.contact(p)
	r.fees(p)
	for i, link := range p.Links {
		r.https(at("links[%d]", i), link)
	}
	for i, alias := range p.Aliases {
		if !site.ValidID(alias) || slices.Contains(site.Reserved, alias) {
			r.wrong(at("aliases[%d]", i), "practitioner/alias", quote(alias)+" is not a former id", "write the old file's name without .yaml")
		}
	}
	if p.Photo != nil && p.Photo.File != "" && (strings.ContainsAny(p.Photo.File, "/\\") || !isPicture(p.Photo.Path())) {
		r.wrong("photo.file", "practitioner/photo", quote(p.Photo.File)+" is not the name of a picture", "put a .jpg, .png or .webp into data/practitioners/photos and write its name alone")
	}
	if c := p.Consent; c != nil && !c.WithdrawnOn.IsZero() && c.WithdrawnOn.Before(c.AgreedOn) {
		r.wrong("consent.withdrawn_on", "record/date-order", "consent was withdrawn before it was given", "check both dates")
	}
	if p.Since != 0 && (p.Since < 1900 || p.Since > 2200) {
		r.wrong("practising_since", "practitioner/year", strconv.Itoa(p.Since)+" is not a year in which somebody can have begun", "write the year with four digits")
	}
	return p, r.problems
}

func (r *record) licenses(p *site.Practitioner) {
	state := func(field, code string) {
		if code == "" || site.ValidState(code) {
			return
		}
		hint := "write the two letters of the Postal Service, such as WA"
		if near := diag.Nearest(code, site.StateCodes()); near != "" && strings.EqualFold(near, code) {
			hint = "write " + near
		}
		r.wrong(field, "practitioner/state", quote(code)+" is not a state we know", hint)
	}
	for i, l := range p.Licenses {
		state(at("licenses[%d].state", i), l.State)
		r.https(at("licenses[%d].verify_url", i), l.VerifyURL)
	}
	for i, c := range p.Compacts {
		for j, s := range c.States {
			state(at("compacts[%d].states[%d]", i, j), s)
		}
	}
	for i, l := range p.Locations {
		state(at("locations[%d].state", i), l.State)
	}
	if p.Supervision != nil {
		for i, s := range p.Supervision.States {
			state(at("supervision.states[%d]", i), s)
		}
	}
}

func (r *record) places(p *site.Practitioner) {
	if p.Formats.InPerson && len(p.Locations) == 0 {
		r.wrong("formats.in_person", "practitioner/location", "this person sees clients in person, but the record has no location", "add locations: with at least the city, state and ZIP, or write in_person: false")
	}
	for i, l := range p.Locations {
		if (l.Latitude == nil) != (l.Longitude == nil) {
			r.wrong(at("locations[%d]", i), "practitioner/coordinates", "a place needs both latitude and longitude, or neither", "add the one that is missing")
			continue
		}
		if l.Latitude == nil {
			continue
		}
		lat, lon := *l.Latitude, *l.Longitude
		if lat < -90 || lat > 90 || lon < -180 || lon > 180 || lat != lat || lon != lon {
			hint := "latitude lies between -90 and 90, longitude between -180 and 180"
			if lon >= -90 && lon <= 90 && lat >= -180 && lat <= 180 {
				hint = "the two may be swapped: latitude comes first, as in latitude: 47.6, longitude: -122.3"
			}
			r.wrong(at("locations[%d].latitude", i), "practitioner/coordinates", fmt.Sprintf("%g, %g is no place on Earth", lat, lon), hint)
		}
	}
}

func (r *record) contact(p *site.Practitioner) {
	c := p.Contact
	if c.Phone == "" && c.Email == "" && c.Website == "" && c.Booking == "" && !r.told("contact") {
		r.wrong("contact", "practitioner/contact", "there is no way to reach this person", "add phone:, email:, website: or booking: below contact")
	}
	if c.Phone != "" && !validPhone(c.Phone) {
		r.wrong("contact.phone", "record/phone", quote(c.Phone)+" is not a phone number we can dial", phoneHint)
	}
	if c.Email != "" && !validEmail(c.Email) {
		r.wrong("contact.email", "record/email", quote(c.Email)+" is not an e-mail address", "write it as in name@example.org")
	}
	r.https("contact.website", c.Website)
	r.https("contact.booking", c.Booking)
	given := map[string]string{"phone": c.Phone, "email": c.Email, "website": c.Website, "booking": c.Booking}
	if c.Preferred != "" && given[c.Preferred] == "" {
		r.wrong("contact.preferred", "practitioner/contact", "the preferred way is "+c.Preferred+", but no "+c.Preferred+" is given", "add it, or prefer another way")
	}
}

func (r *record) fees(p *site.Practitioner) {
	f := p.Fees
	priced := f.Individual != nil || f.Couple != nil || f.Group != nil || f.SlidingFrom != 0
	if priced && f.AsOf.IsZero() && !r.told("as_of") {
		r.wrong("fees", "practitioner/fees", "the fees do not say as of which day they hold", "add as_of: with a date")
	}
	if !priced && !f.Ask && f.Consultation == "" && !r.told("fees") {
		r.wrong("fees", "practitioner/fees", "no fee is given", "give individual:, couple: or group: with amount and minutes, or write ask: true")
	}
	if priced && f.Ask {
		r.wrong("fees.ask", "practitioner/fees", "the record names fees and says to ask for them", "keep one of the two")
	}
	for field, fee := range map[string]*site.Fee{"individual": f.Individual, "couple": f.Couple, "group": f.Group} {
		if fee != nil && (fee.Amount < 0 || fee.Minutes < 1 || fee.Minutes > 1440) {
			r.wrong("fees."+field, "practitioner/fees", "a fee is an amount in dollars for a number of minutes", "write it as in {amount: 160, minutes: 50}")
		}
	}
}

const phoneHint = `write it in quotes with the country's number first, as in "+12065550101"`

var phonePattern = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

// validPhone reports whether the number has the international form of ITU-T E.164.
func validPhone(number string) bool { return phonePattern.MatchString(number) }

// validEmail reports whether address is one plain address of RFC 5322 with a domain.
func validEmail(address string) bool {
	a, err := mail.ParseAddress(address)
	if err != nil || a.Address != address || strings.ContainsAny(address, "?&#%\"<>\\ ") {
		return false
	}
	_, domain, _ := strings.Cut(address, "@")
	return strings.Contains(strings.Trim(domain, "."), ".")
}

// https reports a value that is not an https address. An empty value is none.
func (r *record) https(field, value string) {
	if value == "" {
		return
	}
	u, err := url.Parse(value)
	if err == nil && u.Scheme == "https" && u.Host != "" && u.User == nil && !strings.ContainsAny(value, " \\\"<>") {
		return
	}
	hint := "write it as in https://example.org/"
	if err == nil && u.Scheme == "http" {
		hint = "write https:// instead of http://"
	} else if err == nil && u.Scheme == "" && strings.Contains(value, ".") {
		hint = "write https://" + strings.TrimPrefix(value, "//")
	}
	r.wrong(field, "record/url", quote(value)+" is not an https address", hint)
}

func quote(s string) string { return `"` + s + `"` }

func at(format string, args ...any) string { return fmt.Sprintf(format, args...) }

func indexed(field string, i int) string { return at("%s[%d]", field, i) }
