package site

import (
	"fmt"
	"slices"
	"strings"
)

// AnswerDays is by when a reminder asks for an answer, in days from the day it is written.
const AnswerDays = 14

// A Reminder is the text of a mail that asks a practitioner about what is due in their record. Staff
// send it themselves.
type Reminder struct {
	ID, Name string
	To       string // the e-mail address of the record; empty: it has none
	Phone    string // of the record, as people write it; empty: it has none
	Subject  string
	Body     string // lines that are not wrapped, each paragraph parted by an empty one
}

// Reminders returns the mails to those of whom something is due, in the order of their names. Invented
// people get none, and neither do those who took their consent back.
func (e *Edition) Reminders(due []Due) []Reminder {
	asked := map[string][]Due{}
	var people []*Practitioner
	for _, d := range due {
		if d.Kind != DuePractitioner || d.Sample || d.ask == "" {
			continue
		}
		if asked[d.ID] == nil {
			people = append(people, e.Practitioner(d.ID))
		}
		asked[d.ID] = append(asked[d.ID], d)
	}
	slices.SortFunc(people, func(a, b *Practitioner) int {
		return strings.Compare(a.Name.SortKey()+" "+a.ID, b.Name.SortKey()+" "+b.ID)
	})
	mails := make([]Reminder, len(people))
	for i, p := range people {
		mails[i] = e.reminder(p, asked[p.ID])
	}
	return mails
}

func (e *Edition) reminder(p *Practitioner, due []Due) Reminder {
	by := e.AsOf.AddDays(AnswerDays).Long()
	subject := "Is your page in our directory still right?"
	opening := "People who look for help rely on your page in our directory:\n" + e.Base.Absolute(ProfileURL(p.ID))
	answer := "“All of it is right” is enough, or write what has changed, and we change it for you. If you edit your record yourself, set the dates in " + p.File.Path + "."
	thanks := "An answer puts it right at any time. Thank you for keeping your page true."
	if !p.Consented(e.AsOf) {
		subject = "May we list you in our directory?"
		opening = "We keep a record for a page of yours in our directory. It is not published."
		answer = "“Yes” or “no” is enough. If no, we remove the record."
		thanks = "You can change your mind at any time. Thank you for an answer."
	}
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("Hello %s,", p.Name.Given)
	line("")
	line("%s", opening)
	line("")
	line("Would you take a minute and tell us by %s:", by)
	line("")
	for _, d := range due {
		line("- %s", d.ask)
	}
	line("")
	line("To answer, reply to this mail. %s", answer)
	line("")
	line("Please write nothing about a client, not even a first name.")
	line("")
	line("If we do not hear from you:")
	line("")
	var said []string
	for _, d := range due {
		if !slices.Contains(said, d.otherwise) {
			said = append(said, d.otherwise)
			line("- %s", d.otherwise)
		}
	}
	line("")
	line("%s", thanks)
	line("")
	line("With kind regards")
	line("%s", e.Settings.Title)
	return Reminder{
		ID: p.ID, Name: p.Name.Full(), To: p.Contact.Email, Phone: PhoneText(p.Contact.Phone),
		Subject: subject + " Please answer by " + by, Body: b.String(),
	}
}
