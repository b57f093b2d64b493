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
	all := calendar{name: a.Settings.Title, zone: a.Settings.Timezone}
	var dates []calendarDate
	for _, c := range a.Courses {
		for _, in := range c.Instances {
			if in.Start.IsZero() {
				continue
			}
			d := calendarDate{
				uid: c.ID + "-" + in.ID + "@" + host(a.Edition), title: c.Name, url: a.Base.Absolute(site.CourseURL(c.ID)),
				place: formatWords[in.Format], start: in.Start, last: in.Last(), cancelled: in.Status == "cancelled",
			}
			dates = append(dates, d)
			a.add(site.InstanceURL(c.ID, in.ID), calendarLayout, calendar{all.name, all.zone, list(a, []calendarDate{d})})
		}
	}
	for _, e := range a.Events {
		dates = append(dates, calendarDate{
			uid: "event-" + e.ID + "@" + host(a.Edition), title: e.Title, url: a.Base.Absolute(site.EventURL(e.ID)),
			place: e.Place, start: e.Start, last: e.Last(), from: e.Time, until: e.Until, cancelled: e.Status == "cancelled",
		})
	}
	all.dates = list(a, dates)
	a.add(site.CalendarURL, calendarLayout, all)
}

// A calendar is a list of dates under a name; times of day are those of the zone.
type calendar struct {
	name, zone string
	dates      *theme.List[calendarDate]
}

// A calendarDate takes whole days, or begins at a time of day such as "18:30".
type calendarDate struct {
	uid, title, url, place string
	start, last            site.Date
	from, until            string
	cancelled              bool
}

// calendarLayout makes an iCalendar file (RFC 5545).
var calendarLayout = &goLayout[calendar]{func(w io.Writer, c calendar) error {
	zone, err := time.LoadLocation(c.zone)
	if err != nil {
		return err
	}
	cal := ics.NewCalendarFor("nwioi")
	cal.SetMethod(ics.MethodPublish)
	cal.SetXWRCalName(c.name)
	for _, d := range c.dates.All() {
		v := cal.AddEvent(d.uid)
		v.SetDtStampTime(d.start.Midnight())
		v.SetSummary(d.title)
		v.SetURL(d.url)
		if d.place != "" {
			v.SetLocation(d.place)
		}
		if d.cancelled {
			v.SetStatus(ics.ObjectStatusCancelled)
		}
		if d.from == "" {
			allDay(v, d.start, d.last)
			continue
		}
		v.SetStartAt(clock(d.start, d.from, zone))
		if d.until != "" {
			v.SetEndAt(clock(d.last, d.until, zone))
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
