package assemble

import (
	"cmp"
	"io"
	"slices"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"nwioi/internal/site"
	"nwioi/internal/theme"
)

// calendar makes the calendar of everything that has days, and one file for each course instance and event.
func (a *assembler) calendar() {
	if !a.Dated() {
		return
	}
	var all []calendarDate
	add := func(url string, d calendarDate) {
		all = append(all, d)
		a.add(url, calendarLayout, calendar{a.Settings.Title, list(a, []calendarDate{d})})
	}
	for _, c := range a.Courses {
		for _, in := range c.Instances {
			if !in.Start.IsZero() {
				add(site.InstanceURL(c.ID, in.ID), a.instanceDate(c, in))
			}
		}
	}
	for _, e := range a.Events {
		add(site.EventCalendarURL(e.ID), a.eventDate(e))
	}
	a.add(site.CalendarURL, calendarLayout, calendar{a.Settings.Title, list(a, all)})
}

// instanceDate is what a calendar says of a course held at one time.
func (a *assembler) instanceDate(c *site.Course, in site.Instance) calendarDate {
	return calendarDate{
		uid: c.ID + "-" + in.ID + "@" + host(a.Edition), title: c.Name, summary: c.Summary, url: a.Base.Absolute(site.CourseURL(c.ID)),
		place: cmp.Or(in.Place, formatWords[in.Format]), start: in.Start, last: in.Last(), stamp: in.AsOf,
		from: in.Time, until: in.Until, zone: cmp.Or(in.Timezone, a.Settings.Timezone), status: calendarStatus(in.Status),
	}
}

// eventDate is what a calendar says of an event. A sample's title says that it is one.
func (a *assembler) eventDate(e *site.Event) calendarDate {
	d := calendarDate{
		uid: "event-" + e.ID + "@" + host(a.Edition), title: e.Title, summary: e.Summary, url: a.Base.Absolute(site.EventURL(e.ID)),
		place: cmp.Or(e.Place, formatWords[e.Format]), start: e.Start, last: e.Last(), stamp: e.AsOf,
		from: e.Time, until: e.Until, zone: cmp.Or(e.Timezone, a.Settings.Timezone), status: calendarStatus(e.Status),
	}
	if e.Sample {
		d.title = "Sample: " + d.title
	}
	return d
}

// calendarStatus is the STATUS of RFC 5545, section 3.8.1.11: what is only planned may still change.
func calendarStatus(status string) ics.ObjectStatus {
	switch status {
	case "cancelled":
		return ics.ObjectStatusCancelled
	case "", "planned":
		return ics.ObjectStatusTentative
	}
	return ics.ObjectStatusConfirmed
}

// A calendar is a list of dates under a name.
type calendar struct {
	name  string
	dates *theme.List[calendarDate]
}

// A calendarDate takes whole days, or begins at a time of day such as "18:30" of a zone.
type calendarDate struct {
	uid, title, summary, url, place string

	start, last       site.Date
	from, until, zone string
	stamp             site.Date // the day on which the record was last right; zero: not known
	status            ics.ObjectStatus
}

// timed reports whether the date has a time of day.
func (d calendarDate) timed() bool { return d.from != "" }

// calendarLayout makes an iCalendar file (RFC 5545). What changes with the day of the build stands
// nowhere in it: DTSTAMP is the day of the record.
var calendarLayout = &goLayout[calendar]{func(w io.Writer, c calendar) error {
	cal := ics.NewCalendarFor("nwioi")
	cal.SetMethod(ics.MethodPublish)
	cal.SetXWRCalName(c.name)
	for _, zone := range timezones(c.dates.All()) {
		cal.AddVTimezone(zone)
	}
	for _, d := range c.dates.All() {
		v := cal.AddEvent(d.uid)
		stamp := d.stamp
		if stamp.IsZero() {
			stamp = d.start
		}
		v.SetDtStampTime(stamp.Midnight())
		v.SetSummary(d.title)
		v.SetDescription(d.summary)
		v.SetURL(d.url)
		v.SetStatus(d.status)
		if d.place != "" {
			v.SetLocation(d.place)
		}
		if !d.timed() {
			v.SetAllDayStartAt(d.start.Midnight())
			v.SetAllDayEndAt(d.last.AddDays(1).Midnight()) // the first day after it
			continue
		}
		at(v, ics.ComponentPropertyDtStart, d.start, d.from, d.zone)
		if d.until != "" {
			at(v, ics.ComponentPropertyDtEnd, d.last, d.until, d.zone)
		}
	}
	return cal.SerializeTo(w, ics.WithNewLineWindows)
}}

// localTime is a date with local time (RFC 5545, section 3.3.5).
const localTime = "20060102T150405"

// at sets a property to a time of day in a zone.
func at(v *ics.VEvent, property ics.ComponentProperty, day site.Date, clock, zone string) {
	where, ok := site.Zone(zone)
	if !ok {
		where = time.UTC // check has said that the zone is unknown
	}
	t, _ := site.At(day, clock, where)
	v.SetProperty(property, t.Format(localTime), ics.WithTZID(zone))
}

// timezones returns the VTIMEZONE of each zone that a timed date needs, for the years that the dates are in.
func timezones(dates []calendarDate) []*ics.VTimezone {
	type years struct{ first, last int }
	needed := map[string]years{}
	var names []string
	for _, d := range dates {
		if !d.timed() {
			continue
		}
		y, known := needed[d.zone]
		if !known {
			names = append(names, d.zone)
			y = years{d.start.Year, d.last.Year}
		}
		needed[d.zone] = years{min(y.first, d.start.Year), max(y.last, d.last.Year)}
	}
	slices.Sort(names)
	var zones []*ics.VTimezone
	for _, name := range names {
		if zone, ok := site.Zone(name); ok {
			zones = append(zones, timezone(name, zone, needed[name].first, needed[name].last))
		}
	}
	return zones
}

// timezone describes the offsets of a zone from a year before first to a year after last (RFC 5545,
// section 3.6.5): one observance for each kind of change, with all its beginnings.
func timezone(name string, zone *time.Location, first, last int) *ics.VTimezone {
	type observance struct {
		abbreviation string
		from, to     int // offsets before and after, in seconds east of UTC
		daylight     bool
	}
	var order []observance
	begins := map[observance][]string{}
	until := time.Date(last+2, 1, 1, 0, 0, 0, 0, time.UTC)
	for t := time.Date(first-1, 1, 1, 0, 0, 0, 0, time.UTC).In(zone); t.Before(until); {
		start, end := t.ZoneBounds()
		o := observance{daylight: t.IsDST()}
		o.abbreviation, o.to = t.Zone()
		o.from = o.to
		begin := time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC) // of a zone that has always been so
		if !start.IsZero() {
			_, o.from = start.Add(-time.Second).In(zone).Zone()
			begin = start.UTC().Add(time.Duration(o.from) * time.Second) // by the clocks before the change
		}
		if begins[o] == nil {
			order = append(order, o)
		}
		begins[o] = append(begins[o], begin.Format(localTime))
		if end.IsZero() {
			break
		}
		t = end.In(zone)
	}
	v := ics.NewTimezone(name)
	for _, o := range order {
		var part ics.ComponentBase
		set := func(property, value string) {
			part.Properties = append(part.Properties, ics.IANAProperty{BaseProperty: ics.BaseProperty{IANAToken: property, Value: value}})
		}
		set("DTSTART", begins[o][0])
		for _, more := range begins[o][1:] {
			set("RDATE", more)
		}
		set("TZOFFSETFROM", offset(o.from))
		set("TZOFFSETTO", offset(o.to))
		set("TZNAME", o.abbreviation)
		if o.daylight {
			v.Components = append(v.Components, &ics.Daylight{ComponentBase: part})
		} else {
			v.Components = append(v.Components, &ics.Standard{ComponentBase: part})
		}
	}
	return v
}

// offset writes an offset from UTC in seconds as RFC 5545 does: -0800.
func offset(seconds int) string {
	sign := "+"
	if seconds < 0 {
		sign, seconds = "-", -seconds
	}
	return sign + strings.ReplaceAll(time.Time{}.Add(time.Duration(seconds)*time.Second).Format("15:04"), ":", "")
}
