package assemble

import (
	"io"
	"time"

	ics "github.com/arran4/golang-ical"

	"nwioi/internal/site"
	"nwioi/internal/theme"
)

// events makes the list of events and the page of each.
func (a *assembler) events() {
	if a.Target(site.EventsURL) == nil {
		return
	}
	v := theme.EventsView{PageView: a.pageView(site.EventsURL, a.Page(site.EventsURL), "Events", "")}
	var coming, past []theme.EventLine
	for _, e := range a.Events {
		line := a.eventLine(e)
		if e.Last().Before(a.AsOf) {
			past = append(past, line)
		} else {
			coming = append(coming, line)
		}
	}
	v.Coming, v.Past = list(a, coming), list(a, past)
	a.page(site.EventsURL, "events", v)
	for _, e := range a.Events {
		a.event(e)
	}
}

func (a *assembler) eventLine(e *site.Event) theme.EventLine {
	line := theme.EventLine{
		Title: e.Title, URL: a.href(site.EventURL(e.ID)), Dates: e.Start.Span(e.End), ISO: e.Start.String(), EndISO: e.Last().String(), Place: e.Place,
	}
	if c := a.cards[e.By]; c != nil {
		line.By = c.view.Name
	}
	return line
}

func (a *assembler) event(e *site.Event) {
	url := site.EventURL(e.ID)
	v := theme.EventView{
		PageView: a.pageView(url, nil, e.Title, e.Summary), Event: a.eventLine(e), Format: formatWords[e.Format], Price: e.Price,
		Status: instanceStatus[e.Status], SignUp: e.URL, Over: e.Last().Before(a.AsOf),
	}
	v.Body = a.body(e.Body, e.File.Path, url)
	v.NoIndex = e.Sample
	if e.Time != "" {
		v.Time = e.Time
		if e.Until != "" {
			v.Time += "–" + e.Until
		}
	}
	if c := a.cards[e.By]; c != nil {
		v.ByURL = c.view.URL
	}
	a.page(url, "event", v)
}

// calendar makes the calendar of everything that has days, and one file for each course instance.
func (a *assembler) calendar() {
	if !a.Dated() {
		return
	}
	a.add(site.CalendarURL, calendarLayout, calendar{edition: a.Edition})
	for _, c := range a.Courses {
		for _, in := range c.Instances {
			if !in.Start.IsZero() {
				a.add(site.InstanceURL(c.ID, in.ID), calendarLayout, calendar{a.Edition, c.ID, in.ID})
			}
		}
	}
}

// A calendar is made of one instance of a course, or of everything where none is named.
type calendar struct {
	edition          *site.Edition
	course, instance string
}

// calendarLayout makes an iCalendar file (RFC 5545).
var calendarLayout = &goLayout[calendar]{func(w io.Writer, c calendar) error {
	e := c.edition
	cal := ics.NewCalendarFor("nwioi")
	cal.SetMethod(ics.MethodPublish)
	cal.SetXWRCalName(e.Settings.Title)
	add := func(uid, title, url, place string, start, last site.Date, cancelled bool) *ics.VEvent {
		v := cal.AddEvent(uid)
		v.SetDtStampTime(start.Midnight())
		v.SetSummary(title)
		v.SetURL(url)
		if place != "" {
			v.SetLocation(place)
		}
		if cancelled {
			v.SetStatus(ics.ObjectStatusCancelled)
		}
		return v
	}
	for _, course := range e.Courses {
		if c.course != "" && c.course != course.ID {
			continue
		}
		for _, in := range course.Instances {
			if in.Start.IsZero() || c.instance != "" && c.instance != in.ID {
				continue
			}
			v := add(course.ID+"-"+in.ID+"@"+host(e), course.Name, e.Base.Absolute(site.CourseURL(course.ID)), formatWords[in.Format], in.Start, in.Last(), in.Status == "cancelled")
			allDay(v, in.Start, in.Last())
		}
	}
	if c.course == "" {
		zone, err := time.LoadLocation(e.Settings.Timezone)
		if err != nil {
			return err
		}
		for _, event := range e.Events {
			v := add("event-"+event.ID+"@"+host(e), event.Title, e.Base.Absolute(site.EventURL(event.ID)), event.Place, event.Start, event.Last(), event.Status == "cancelled")
			if event.Time == "" {
				allDay(v, event.Start, event.Last())
				continue
			}
			v.SetStartAt(clock(event.Start, event.Time, zone))
			if event.Until != "" {
				v.SetEndAt(clock(event.Last(), event.Until, zone))
			}
		}
	}
	return cal.SerializeTo(w, ics.WithNewLineWindows)
}}

// allDay sets whole days; the end of RFC 5545 is the day after the last.
func allDay(v *ics.VEvent, start, last site.Date) {
	v.SetAllDayStartAt(start.Midnight())
	v.SetAllDayEndAt(last.AddDays(1).Midnight())
}

// clock returns the instant of a time of day such as "18:30" in a zone.
func clock(d site.Date, at string, zone *time.Location) time.Time {
	t, err := time.Parse("15:04", at)
	if err != nil {
		return d.Midnight()
	}
	return time.Date(d.Year, d.Month, d.Day, t.Hour(), t.Minute(), 0, 0, zone).UTC()
}
