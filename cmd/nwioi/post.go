package main

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"nwioi/internal/theme"
)

// shortest is the number of characters that every network takes.
const shortest = 300

// A post says in words what a page shows.
type post struct {
	Kind  string `json:"kind"`
	ID    string `json:"id"`
	Title string `json:"title"`
	Date  string `json:"date"`
	Link  string `json:"link"`
	Short string `json:"short"`
	Long  string `json:"long"`
	Image string `json:"image"`
	Alt   string `json:"alt"`
}

// wordsOf writes the post about the page with a view. instance is the one of a course that is meant, or "".
func wordsOf(view any, instance string) *post {
	switch v := view.(type) {
	case theme.EventView:
		return eventPost(v)
	case theme.CourseView:
		return coursePost(v, instance)
	case theme.ProfileView:
		return personPost(v)
	case theme.PostView:
		p := newPost(v.Frame, v.Heading)
		p.Date = v.Date
		p.write("New on our site: "+v.Heading+".", v.Lead)
		p.Long = paragraphs("New on our site, "+v.Date+":\n"+v.Heading, v.Lead, "Read it here: "+p.Link)
		return p
	}
	panic(fmt.Sprintf("no post can be written about a %T", view))
}

func newPost(f theme.Frame, title string) *post {
	return &post{Title: title, Link: f.Canonical, Image: f.Image, Alt: f.ImageAlt}
}

func eventPost(v theme.EventView) *post {
	e := v.Event
	p := newPost(v.Frame, v.Heading)
	p.Date = joined(", ", e.Dates, e.Time)
	with := ""
	if e.By != "" {
		with = "with " + e.By
	}
	place := e.Place
	if place != "" && v.Format != "" {
		place += " (" + v.Format + ")"
	} else if place == "" {
		place = v.Format
	}
	switch {
	case e.Cancelled:
		p.write("Cancelled: "+joined(", ", v.Heading, p.Date)+".", "")
		p.Long = paragraphs("Cancelled: "+v.Heading+"\n"+p.Date, "This event will not take place. More here: "+p.Link)
		return p
	case v.Over:
		p.write("Looking back: "+joined(", ", v.Heading, p.Date, with)+".", v.Lead)
		p.Long = paragraphs("Looking back: "+v.Heading+"\n"+joined(", ", p.Date, with), v.Lead, "More here: "+p.Link)
		return p
	}
	p.write("You are welcome: "+joined(", ", v.Heading, p.Date, place, with)+".", v.Lead)
	lines := joined("\n", v.Heading, labelled("When: ", p.Date), labelled("Where: ", place), labelled("With: ", e.By), labelled("Price: ", v.Price), labelled("Status: ", v.Status))
	p.Long = paragraphs("You are welcome to join us.", lines, v.Lead, "All about it: "+p.Link)
	return p
}

func coursePost(v theme.CourseView, instance string) *post {
	p := newPost(v.Frame, v.Heading)
	var held *theme.Instance
	coming := false
	for _, in := range v.Past.All() {
		if in.ID == instance {
			held = &in
		}
	}
	for _, in := range v.Coming.All() {
		if in.ID == instance || instance == "" && held == nil && in.StartISO != "" {
			held, coming = &in, true
		}
	}
	if held == nil {
		p.Date = "Dates not announced"
		p.write(v.Heading+". The next dates are not announced.", v.Lead)
		p.Long = paragraphs(v.Heading, v.Lead, "The next dates are not announced.", "What the course covers, and all we know so far: "+p.Link)
		return p
	}
	p.Date = joined(", ", held.Dates, held.Time)
	place := joined(", ", held.Place, held.Format)
	switch {
	case held.Status == "Cancelled":
		p.write("Cancelled: "+joined(", ", v.Heading, p.Date)+".", "")
		p.Long = paragraphs("Cancelled: "+v.Heading+"\n"+p.Date, held.Note, "About the course: "+p.Link)
	case !coming:
		p.write("Looking back: "+joined(", ", v.Heading, p.Date)+".", v.Lead)
		p.Long = paragraphs("Looking back: "+v.Heading+"\n"+p.Date, v.Lead, "About the course: "+p.Link)
	default:
		p.write("Learn with us: "+joined(", ", v.Heading, p.Date, place)+". "+held.Status+".", v.Lead)
		lines := joined("\n", v.Heading, labelled("When: ", p.Date), labelled("Where: ", place), labelled("Status: ", held.Status), held.Note)
		p.Long = paragraphs("Learn with us.", lines, v.Lead, "What the course covers and how to sign up: "+p.Link)
	}
	return p
}

func personPost(v theme.ProfileView) *post {
	p := newPost(v.Frame, v.Heading)
	named := joined(", ", v.Card.Name, v.Card.Letters)
	p.write("Meet "+named+".", v.Card.Headline)
	p.Long = paragraphs("Meet "+named+".", v.Card.Headline, joined("\n", labelled("Where: ", v.Card.Place), sentence(v.Card.Video), v.Card.Availability.Label),
		"How they work, and how to reach them: "+p.Link)
	return p
}

// write makes the short form: what is said first, as much of more as there is room for, and the link. The
// first part is shortened too where it is long, since the link has to stay.
func (p *post) write(first, more string) {
	room := shortest - utf8.RuneCountInString(p.Link) - 1
	text := cut(first, room)
	if left := room - utf8.RuneCountInString(text) - 1; more != "" && left >= 40 {
		text += " " + cut(more, left)
	}
	p.Short = text + "\n" + p.Link
}

// cut shortens a text to at most n characters, between two words.
func cut(text string, n int) string {
	text = strings.TrimSpace(text)
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	short := string([]rune(text)[:max(0, n-1)])
	if space := strings.LastIndexByte(short, ' '); space > 0 {
		short = short[:space]
	}
	return strings.TrimRight(short, " ,;:.–") + "…"
}

// joined joins the parts that are not empty.
func joined(by string, parts ...string) string {
	var said []string
	for _, part := range parts {
		if part != "" {
			said = append(said, part)
		}
	}
	return strings.Join(said, by)
}

func paragraphs(parts ...string) string { return joined("\n\n", parts...) }

func labelled(label, text string) string {
	if text == "" {
		return ""
	}
	return label + text
}

func sentence(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// text is the post for people: the parts to copy, each under its name.
func (p *post) text() string {
	var b strings.Builder
	part := func(title, text string) { fmt.Fprintf(&b, "----- %s -----\n%s\n\n", title, text) }
	part(fmt.Sprintf("short, %d of %d characters", utf8.RuneCountInString(p.Short), shortest), p.Short)
	part("long", p.Long)
	part("alt text of the picture", p.Alt)
	fmt.Fprintf(&b, "Picture: %s\n", p.Image)
	if p.Date != "" {
		fmt.Fprintf(&b, "Date: %s\n", p.Date)
	}
	return b.String()
}
