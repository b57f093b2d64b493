package refer

import (
	"fmt"
	"strings"

	"nwioi/internal/site"
	"nwioi/internal/theme"
)

// Reply returns a letter to paste, or "" where nobody is suggested. It does not repeat what the client
// is looking for: others may see the letter.
func (a *Answer) Reply() string {
	if len(a.Suggestions) == 0 {
		return ""
	}
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("Hello,")
	line("")
	line("Thank you for writing to us. It can take courage to ask, and we are glad you did.")
	if len(a.Suggestions) == 1 {
		line("Here is one practitioner whose work fits what you told us.")
	} else {
		line("Here are %s practitioners whose work fits what you told us. You are free to write to more than", []string{"no", "one", "two", "three"}[len(a.Suggestions)])
		line("one of them, and to choose the one you feel at ease with.")
	}
	for i, s := range a.Suggestions {
		line("")
		line("%d. %s", i+1, Named(s.Card))
		for _, l := range s.details() {
			line("   %s", l)
		}
	}
	line("")
	line("You might ask first:")
	for _, q := range a.questions() {
		line("- %s", q)
	}
	line("")
	line("Openings and fees change, and we know them only as of the days given above, so please")
	line("confirm them with the practitioner. If none of this suits you, write to us again.")
	line("")
	line("With kind regards")
	line("%s", a.site)
	return b.String()
}

// Named is the name of a card with letters, and whether the person is invented.
func Named(c theme.Card) string {
	name := c.Name
	if c.Letters != "" {
		name += ", " + c.Letters
	}
	if c.Sample {
		name += " (sample record: an invented person)"
	}
	return name
}

// Where says where the person of a card sees clients, by video too.
func Where(c theme.Card) string {
	if c.Video != "" {
		return c.Place + ", " + c.Video
	}
	return c.Place
}

// details are what a client needs to know to get in touch, a line each.
func (s *Suggestion) details() []string {
	lines := []string{Where(s.Card), s.Card.Availability.Label + ", " + s.Card.Availability.Confirmed}
	if fee := s.Card.Fee; fee != "" {
		if on := s.Person.Fees.AsOf; !on.IsZero() {
			fee += " (as of " + on.Long() + ")"
		}
		lines = append(lines, fee)
	}
	for i, plan := range s.Plans {
		lines = append(lines, fmt.Sprintf("%s: %s, confirmed %s", s.labels[i], networkText(plan), plan.ConfirmedOn.Long()))
	}
	return append(append(lines, s.reach()...), "About this practitioner: "+s.URL)
}

// reach says how to get in touch, the preferred way first.
func (s *Suggestion) reach() []string {
	c := s.Person.Contact
	ways := []struct{ kind, label, text string }{
		{"phone", "Phone", site.PhoneText(c.Phone)}, {"email", "E-mail", c.Email},
		{"website", "Website", c.Website}, {"booking", "Book online", c.Booking},
	}
	var first, rest []string
	for _, w := range ways {
		if w.text == "" {
			continue
		}
		line := w.label + ": " + w.text
		if w.kind == c.Preferred {
			first = append(first, line+" (preferred)")
			continue
		}
		rest = append(rest, line)
	}
	return append(first, rest...)
}

// questions are what a client might ask before a first session.
func (a *Answer) questions() []string {
	questions := []string{"Do you have an opening now, and at which times?"}
	if len(a.Suggestions[0].Plans) > 0 {
		questions = append(questions, "Does my plan cover our sessions, and what would I pay myself?")
	} else {
		questions = append(questions, "What does a session cost, and is there a sliding scale?")
	}
	questions = append(questions, "How do you work with what brings me to you?")
	for _, c := range a.Criteria {
		if c.Key == site.Telehealth || c.Key == "format" && c.ID == "telehealth" {
			return append(questions, "What do I need for a session by video?")
		}
	}
	return append(questions, "May we talk for a few minutes before I decide?")
}
