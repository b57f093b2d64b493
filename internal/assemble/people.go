package assemble

import (
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"nwioi/internal/output"
	"nwioi/internal/site"
	"nwioi/internal/theme"
)

// A card is a person in a list: the view, and the fragment that lists place.
type card struct {
	view     theme.Card
	fragment *theme.Fragment
}

// people makes the card of everyone who has a page.
func (a *assembler) people() {
	a.cards = make(map[string]*card, len(a.Profiles))
	photos := make([]*site.Image, len(a.Profiles))
	for i, p := range a.Profiles {
		photos[i] = a.photo(p)
		if photos[i] != nil {
			a.picture(photos[i], p.Photo.Alt, p.Photo.Credit) // whose files are made in every edition
		}
	}
	in := output.Intern(a.pool, cardContext{a.Vocabulary(site.Concern), a.theme.Layout("card"), a.Base, a.AsOf})
	for i, p := range a.Profiles {
		a.cards[p.ID] = output.Memo(a.pool, cardKey{p, photos[i], in}, func() *card {
			v := a.card(p)
			return &card{v, theme.NewFragment(a.pool, in.layout, v)}
		})
	}
	a.cardsIn = output.Intern(a.pool, cardsContext{in, list(a, slices.DeleteFunc(photos, func(img *site.Image) bool { return img == nil }))})
}

// A cardKey holds everything that a card depends on.
type cardKey struct {
	person *site.Person
	photo  *site.Image
	in     *cardContext
}

// A cardContext is what all cards depend on.
type cardContext struct {
	concerns *site.Vocabulary
	layout   *theme.Layout
	base     site.Base
	day      site.Date
}

// A cardsContext is all that the cards of any people depend on, but for the people.
type cardsContext struct {
	*cardContext
	photos *theme.List[*site.Image] // of everyone who has one
}

func (a *assembler) card(p *site.Person) theme.Card {
	v := theme.Card{
		ID: p.ID, URL: a.href(site.ProfileURL(p.ID)), Name: p.Name.Full(), Sample: p.Sample,
		Letters: strings.Join(p.Letters, ", "), Pronouns: p.Pronouns, Headline: p.Headline,
	}
	if p.Status == "alumni" {
		v.Mark = a.mark(p.ID)
		return v
	}
	if img := a.photo(p); img != nil {
		v.Photo = a.picture(img, p.Photo.Alt, p.Photo.Credit)
	} else {
		v.Mark = a.mark(p.ID)
	}
	concerns := a.Vocabulary(site.Concern)
	labels := make([]string, 0, 3)
	for _, id := range p.Top {
		labels = append(labels, concerns.Label(id))
	}
	v.Concerns = list(a, labels)
	v.Place = placeText(p)
	switch {
	case len(p.Telehealth) > 0 && v.Place == videoOnly:
		v.Place += " in " + strings.Join(p.Telehealth, ", ")
	case len(p.Telehealth) > 0:
		v.Video = "by video in " + strings.Join(p.Telehealth, ", ")
	}
	v.Availability = a.availability(p)
	v.Fee = feeRange(p.Fees)
	return v
}

// mark returns the generated mark of a person without a photo.
func (a *assembler) mark(id string) template.HTML {
	return output.Memo(a.pool, markOf(id), func() template.HTML { return theme.Mark(id) })
}

type markOf string

// photo returns the picture of a person, or nil.
func (a *assembler) photo(p *site.Person) *site.Image {
	if p.Photo == nil {
		return nil
	}
	return a.Pictures[p.Photo.Path()]
}

// videoOnly is the place of a person who has no office.
const videoOnly = "By video only"

// placeText says where a person sees clients: "Tacoma, WA", "Seattle and Bellevue, WA".
func placeText(p *site.Person) string {
	if !p.InPerson || len(p.Locations) == 0 {
		if p.Video {
			return videoOnly
		}
		return ""
	}
	var names []string
	for i, l := range p.Locations {
		name := l.City
		if i == len(p.Locations)-1 || p.Locations[i+1].State != l.State {
			name += ", " + l.State
		}
		if len(names) == 0 || names[len(names)-1] != name {
			names = append(names, name)
		}
	}
	return joinWords(names)
}

// availability says whether a person takes clients, and since when that is known.
func (a *assembler) availability(p *site.Person) theme.Availability {
	av := p.Availability
	on := av.ConfirmedOn.Long()
	v := theme.Availability{State: p.State(), ISO: av.ConfirmedOn.String(), Note: av.Note}
	switch p.Freshness {
	case site.OpenNow, site.WaitNow, site.Closed:
		v.Confirmed = "confirmed " + on
		v.Until, v.Then = av.ConfirmedOn.AddDays(site.FreshDays).String(), "not confirmed since "+on
	case site.Ageing, site.Unconfirmed:
		v.Confirmed, v.Stale = "not confirmed since "+on, true
	}
	switch {
	case p.Freshness == site.Unconfirmed:
		v.Label = "Ask about openings"
	case av.Status == "open":
		v.Label = "Taking new clients"
	case av.Status == "waitlist":
		v.Label = "Waiting list"
	default:
		v.Label = "Not taking new clients"
		if av.ConfirmedOn.DaysUntil(a.AsOf) > site.FreshDays {
			v.Confirmed, v.Stale, v.Until, v.Then = "not confirmed since "+on, true, "", ""
		}
	}
	times := make([]string, len(av.Times))
	for i, t := range av.Times {
		times[i] = t + "s"
	}
	v.Times = joinWords(times)
	return v
}

// feeRange says what a session costs, from the least to the most.
func feeRange(f site.Fees) string {
	low, high := feeBounds(f)
	switch {
	case high == 0 && f.Ask:
		return "Ask about fees"
	case high == 0:
		return ""
	case low == high:
		return "$" + strconv.Itoa(high) + " a session"
	}
	return "$" + strconv.Itoa(low) + "–$" + strconv.Itoa(high) + " a session"
}

// feeBounds returns the least and the most that a session costs, in dollars; zeros where no fee is
// published. Group sessions do not count: they are another kind of thing.
func feeBounds(f site.Fees) (low, high int) {
	for _, fee := range []*site.Fee{f.Individual, f.Couple} {
		if fee == nil {
			continue
		}
		if low == 0 || fee.Amount < low {
			low = fee.Amount
		}
		high = max(high, fee.Amount)
	}
	if f.SlidingFrom > 0 && (low == 0 || f.SlidingFrom < low) {
		low = f.SlidingFrom
	}
	return low, max(low, high)
}

// joinWords joins texts as a sentence does: "a", "a and b", "a, b and c".
func joinWords(words []string) string { return enumerate(words, "and") }

// enumerate joins texts as a sentence does, with the given word before the last: "a, b or c".
func enumerate(words []string, last string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " " + last + " " + words[len(words)-1]
}

func phoneItem(number string, preferred bool) theme.ContactItem {
	return theme.ContactItem{Kind: "phone", Label: "Phone", Text: site.PhoneText(number), URL: template.URL("tel:" + number), Preferred: preferred}
}

func emailItem(address string, preferred bool) theme.ContactItem {
	return theme.ContactItem{
		Kind: "email", Label: "E-mail", Text: address, Preferred: preferred,
		URL: template.URL("mailto:" + strings.ReplaceAll(url.PathEscape(address), "%40", "@")), Hint: "opens your mail app",
	}
}

func webItem(kind, label, address string, preferred bool) theme.ContactItem {
	text := strings.TrimSuffix(strings.TrimPrefix(address, "https://"), "/")
	if kind == "booking" {
		text = "Book online"
	}
	return theme.ContactItem{Kind: kind, Label: label, Text: text, URL: template.URL(address), Preferred: preferred}
}
