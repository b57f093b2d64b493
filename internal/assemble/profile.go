package assemble

import (
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"

	"nwioi/internal/output"
	"nwioi/internal/site"
	"nwioi/internal/source"
	"nwioi/internal/theme"
)

// profiles makes the page and the address card of everyone who has a page. What follows from one
// record alone is made once for it and what it was made in.
func (a *assembler) profiles() {
	in := a.profileContext()
	all := make([]*profileViews, len(a.Profiles))
	each(len(a.Profiles), func(i int) {
		p := a.Profiles[i]
		url := site.ProfileURL(p.ID)
		made := output.Memo(a.pool, profileKey{p.File, in, a.cards[p.ID].fragment}, func() *profileViews {
			made := new(profileViews)
			made.page, made.picture = a.profile(p, url)
			if p.Status != "alumni" {
				made.card = a.vcard(p)
			}
			return made
		})
		all[i] = made
	})
	for i, p := range a.Profiles {
		url := site.ProfileURL(p.ID)
		v := all[i].page
		// The links of a text may lead anywhere on the site.
		v.Body = a.body(p.Bio, p.File.Path, url)
		v.FirstSession = a.body(p.First, p.File.Path, url)
		a.page(url, "profile", v)
		a.drawn(all[i].picture)
		if p.Status != "alumni" {
			a.add(site.VCardURL(p.ID), vcardLayout, all[i].card)
		}
	}
}

// profileViews are what a person's record is shown as, but for the texts.
type profileViews struct {
	page    theme.ProfileView
	picture *sharePicture
	card    addressCard
}

// A profileKey holds everything that profileViews depend on: the record, what it is shown in, and the
// card, which has the photo.
type profileKey struct {
	record *source.File
	in     *profileContext
	card   *theme.Fragment
}

// A profileContext is what all profiles depend on.
type profileContext struct {
	settings       *site.Settings
	base           site.Base
	day            site.Date
	shared         *theme.Shared
	header, footer *theme.Fragment
	directory      string // the directory's title, which stands in the way to the page
	vocabularies   *theme.List[*site.Vocabulary]
	listings       *theme.List[listed]
	events         *theme.List[*site.Event]
}

// listed is a listing that profiles link to, with how many people it has.
type listed struct {
	url    string
	people int
}

func (a *assembler) profileContext() *profileContext {
	listings := make([]listed, len(a.Listings))
	for i, l := range a.Listings {
		listings[i] = listed{l.URL(), len(l.People)}
	}
	return output.Intern(a.pool, profileContext{
		settings: a.Settings, base: a.Base, day: a.AsOf, shared: a.shared,
		header: a.header(site.DirectoryURL), footer: a.footer, directory: a.Target(site.DirectoryURL).Title,
		vocabularies: a.vocabularies(), listings: list(a, listings), events: list(a, a.Events),
	})
}

// vocabularies returns the site's vocabularies, in the order of their names.
func (a *assembler) vocabularies() *theme.List[*site.Vocabulary] {
	var all []*site.Vocabulary
	for _, facet := range site.Vocabularies {
		all = append(all, a.Vocabulary(facet))
	}
	return list(a, all)
}

// profile returns the view of a person's page without the texts, and the picture that is shown where it is
// shared.
func (a *assembler) profile(p *site.Person, pageURL string) (theme.ProfileView, *sharePicture) {
	c := a.cards[p.ID].view
	v := theme.ProfileView{
		PageView: a.pageView(pageURL, nil, c.Name, p.Headline),
		Card:     c, Paused: p.Status == "paused", Alumni: p.Status == "alumni",
		Membership: membership(p), LastConfirmed: p.Confirmed.Long(), StaleRecord: p.StaleRecord,
	}
	v.OpenGraph = "profile"
	picture := a.depict(&v.Frame, a.personCard(p))
	v.NoIndex = p.Sample || v.Paused || v.Alumni
	if v.Alumni {
		v.Description = c.Name + ", " + v.Membership
	}
	if !p.Sample { // nobody who does not exist is described to machines
		a.describe(&v.Frame, a.personLD(p, v.Canonical)...)
	}
	if v.Alumni {
		return v, picture
	}
	v.Pronunciation = p.SaidAs
	v.Contact = list(a, a.contacts(p))
	if d := p.Contact.ResponseDays; d > 0 {
		v.ResponseTime = "Answers within " + days(d)
	}
	v.Facets = list(a, a.profileFacets(p))
	v.Licenses = list(a, a.licenses(p))
	var compacts []string
	for _, k := range p.Compacts {
		names := make([]string, len(k.States))
		for i, s := range k.States {
			names[i] = site.StateName(s)
		}
		text := k.Name + ": " + joinWords(names)
		if !k.Expires.IsZero() {
			text += ", valid to " + k.Expires.Long()
		}
		compacts = append(compacts, text)
	}
	v.Compacts = list(a, compacts)
	v.Certifications = list(a, a.certifications(p))
	var video []string
	for _, s := range p.Telehealth {
		video = append(video, site.StateName(s))
	}
	v.Telehealth = joinWords(video)
	v.InPerson = p.InPerson
	v.Locations = list(a, a.locations(p))
	a.profileFees(&v, p.Fees)
	v.Insurance = list(a, a.insurance(p))
	v.Supervises = list(a, supervises(p.Supervision))
	if p.Supervision != nil && !v.Paused {
		v.SupervisorsURL = a.href(site.SupervisorsURL) + "#" + supervisorAnchor(p.ID)
	}
	v.Practice = p.Practice
	if p.Since > 0 {
		v.Since = "practising since " + strconv.Itoa(p.Since)
	}
	v.Training = list(a, p.Training)
	var websites []theme.Link
	for _, link := range p.Links {
		websites = append(websites, theme.Link{Label: strings.TrimSuffix(strings.TrimPrefix(link, "https://"), "/"), URL: link})
	}
	v.Websites = list(a, websites)
	var identity []theme.FactLine
	for _, line := range p.Identity {
		identity = append(identity, theme.FactLine{Label: sentenceCase(strings.ReplaceAll(line.Key, "_", " ")), Value: line.Text})
	}
	v.Identity = list(a, identity)
	var events []theme.EventLine
	for _, e := range a.datesBy[p.ID] {
		if !e.Last().Before(a.AsOf) {
			events = append(events, a.eventLine(e))
		}
	}
	v.Events = list(a, events)
	v.VCardURL = a.href(site.VCardURL(p.ID))
	if !v.Paused {
		v.Script = a.asset("profile.js") // puts the person on a shortlist
	}
	if to := a.Settings.Contact.Email; to != "" {
		v.ReportURL = template.URL("mailto:" + to + "?subject=" + url.PathEscape("A problem with the listing of "+c.Name) + "&body=" + url.PathEscape(v.Canonical+"\n\n"))
	}
	return v, picture
}

// membership says since when a person is, or until when they were, a member.
func membership(p *site.Person) string {
	text := "CIIP since " + p.Member.Since.Date.MonthYear()
	if len(p.Member.Since.Text) == 4 {
		text = "CIIP since " + p.Member.Since.Text
	}
	if p.Status == "alumni" {
		since := strconv.Itoa(p.Member.Since.Year())
		if p.Member.Renews.IsZero() {
			return "CIIP from " + since + ", a member no longer"
		}
		return "CIIP from " + since + " to " + strconv.Itoa(p.Member.Renews.Year)
	}
	return text
}

func days(n int) string {
	if n == 1 {
		return "1 day"
	}
	return strconv.Itoa(n) + " days"
}

func sentenceCase(s string) string {
	if s == "" {
		return s
	}
	first := []rune(s)[0]
	return cases.Upper(language.English).String(string(first)) + s[len(string(first)):]
}

func (a *assembler) contacts(p *site.Person) []theme.ContactItem {
	c := p.Contact
	var items []theme.ContactItem
	if c.Booking != "" {
		items = append(items, webItem("booking", "Booking", c.Booking, c.Preferred == "booking"))
	}
	if c.Phone != "" {
		items = append(items, phoneItem(c.Phone, c.Preferred == "phone"))
	}
	if c.Email != "" {
		items = append(items, emailItem(c.Email, c.Preferred == "email"))
	}
	if c.Website != "" {
		items = append(items, webItem("website", "Website", c.Website, c.Preferred == "website"))
	}
	slices.SortStableFunc(items, func(x, y theme.ContactItem) int {
		switch {
		case x.Preferred == y.Preferred:
			return 0
		case x.Preferred:
			return -1
		}
		return 1
	})
	return items
}

// profileFacets lists what a person works with, each value with a link to the others who do.
func (a *assembler) profileFacets(p *site.Person) []theme.LinkGroup {
	values := a.FacetValues(p)
	var groups []theme.LinkGroup
	for _, facet := range []string{site.Concern, site.Modality, site.Community, site.Language} {
		var links []theme.CountedLink
		for _, v := range values {
			if v.Facet != facet {
				continue
			}
			link := theme.CountedLink{Label: v.Label}
			if l := a.Listing(v.Facet, v.Value); l != nil {
				link.URL, link.Count = a.href(l.URL()), len(l.People)
			}
			links = append(links, link)
		}
		if len(links) > 0 {
			groups = append(groups, theme.LinkGroup{Title: site.FacetTitle(facet), Links: list(a, links)})
		}
	}
	for _, plain := range []struct {
		facet string
		ids   []string
	}{{site.Client, p.Clients}, {site.Age, p.Ages}, {site.Spirituality, p.Spirituality}} {
		var links []theme.CountedLink
		for _, id := range plain.ids {
			links = append(links, theme.CountedLink{Label: a.Vocabulary(plain.facet).Label(id)})
		}
		if len(links) > 0 {
			groups = append(groups, theme.LinkGroup{Title: site.FacetTitle(plain.facet), Links: list(a, links)})
		}
	}
	return groups
}

func (a *assembler) licenses(p *site.Person) []theme.License {
	vocabulary := a.Vocabulary(site.LicenseType)
	var lines []theme.License
	for _, l := range p.Licenses {
		line := theme.License{
			Letters: l.Type, Title: l.Type, State: site.StateName(l.State), Number: l.Number,
			Supervisor: l.Supervisor, VerifyURL: l.VerifyURL, Expired: !l.InForce(a.AsOf),
		}
		if t := vocabulary.License(l.State, l.Type); t != nil {
			line.Title, line.Associate = t.Label, t.Tier == "associate"
		}
		line.Expires, line.Verified = validity(line.Expired, l.Expires, l.VerifiedOn)
		lines = append(lines, line)
	}
	return lines
}

// validity says until when a licence or certification holds, and when the institute checked it; "" for
// what is not known.
func validity(expired bool, expires, verified site.Date) (until, checked string) {
	switch {
	case expired:
		until = "expired " + expires.Long()
	case !expires.IsZero():
		until = "valid to " + expires.Long()
	}
	if !verified.IsZero() {
		checked = "checked " + verified.Long()
	}
	return until, checked
}

func (a *assembler) certifications(p *site.Person) []theme.Certification {
	vocabulary := a.Vocabulary(site.Certification)
	var lines []theme.Certification
	for _, c := range p.Certificates {
		line := theme.Certification{
			Letters: site.CertificateLetters(vocabulary, c.Type), Title: vocabulary.Label(c.Type), Expired: !c.InForce(a.AsOf),
		}
		if !c.Since.IsZero() {
			line.Since = "since " + strconv.Itoa(c.Since.Year())
		}
		line.Expires, line.Verified = validity(line.Expired, c.Expires, c.VerifiedOn)
		lines = append(lines, line)
	}
	return lines
}

func (a *assembler) locations(p *site.Person) []theme.Location {
	if !p.InPerson {
		return nil
	}
	var lines []theme.Location
	for _, l := range p.Locations {
		line := theme.Location{
			Label: l.Label, Street: l.Street, City: l.City, State: l.State, Zip: l.Zip, Accessibility: l.Accessibility,
			URL: a.existing(site.FacetURL(site.City, l.City+" "+l.State)),
		}
		if l.Precision == "zip" || l.Precision == "city" {
			line.Approximate = "The exact address is given when you book."
		}
		lines = append(lines, line)
	}
	return lines
}

func (a *assembler) profileFees(v *theme.ProfileView, f site.Fees) {
	v.FeesAsk, v.Superbill = f.Ask, f.Superbill
	asOf := site.Fact{AsOf: f.AsOf}.AsOfText()
	var lines []theme.FactLine
	for _, fee := range []struct {
		label string
		*site.Fee
	}{{"One person", f.Individual}, {"A couple", f.Couple}, {"In a group", f.Group}} {
		if fee.Fee != nil {
			lines = append(lines, theme.FactLine{Label: fee.label, Value: "$" + strconv.Itoa(fee.Amount) + " for " + strconv.Itoa(fee.Minutes) + " minutes", AsOf: asOf})
		}
	}
	if f.SlidingFrom > 0 {
		lines = append(lines, theme.FactLine{Label: "Sliding scale", Value: "from $" + strconv.Itoa(f.SlidingFrom), AsOf: asOf})
	}
	if f.Consultation != "" {
		lines = append(lines, theme.FactLine{Label: "First talk", Value: f.Consultation})
	}
	v.Fees = list(a, lines)
}

func (a *assembler) insurance(p *site.Person) []theme.Insurance {
	vocabulary := a.Vocabulary(site.InsurancePlan)
	var lines []theme.Insurance
	for _, i := range p.Insurance {
		network := "In network"
		if i.Network == "out" {
			network = "Out of network"
		}
		lines = append(lines, theme.Insurance{
			Plan: vocabulary.Label(i.Plan), Network: network, Confirmed: "confirmed " + i.ConfirmedOn.Long(),
			URL: a.existing(site.FacetURL(site.InsurancePlan, i.Plan)),
		})
	}
	return lines
}

// supervises says in sentences what supervision a person offers.
func supervises(s *site.Supervision) []string {
	if s == nil {
		return nil
	}
	var lines []string
	if text := approvals(s); text != "" {
		lines = append(lines, "Approved by "+text)
	}
	if len(s.States) > 0 {
		lines = append(lines, "For people in "+stateNames(s.States))
	}
	if len(s.Formats) > 0 {
		lines = append(lines, sentenceCase(supervisionFormats(s)))
	}
	if text := seats(s); text != "" {
		lines = append(lines, text)
	}
	if s.Fee != "" {
		lines = append(lines, "Fee: "+s.Fee)
	}
	return lines
}

func stateNames(codes []string) string {
	names := make([]string, len(codes))
	for i, c := range codes {
		names[i] = site.StateName(c)
	}
	return joinWords(names)
}
