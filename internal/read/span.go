package read

import (
	"nwioi/internal/site"
)

// A span is when something takes place, as a record says it.
type span struct {
	start, end  site.Date
	weekday     string
	time, until string
	zone        string
}

// span looks at the days and times of a span, whose fields begin with prefix.
func (r *record) span(prefix string, s span) {
	if !s.end.IsZero() && s.end.Before(s.start) {
		r.wrong(prefix+"end", "record/date-order", "this ends on "+s.end.Long()+", before it begins on "+s.start.Long(), "check both dates")
	}
	if s.end == s.start && s.time != "" && s.until != "" && s.until <= s.time {
		r.wrong(prefix+"until", "record/date-order", "this ends at "+s.until+", and begins at "+s.time+" of the same day",
			"check both times, or leave end: out where it lasts past midnight")
	}
	if day := s.start.Weekday(); !s.start.IsZero() && s.weekday != "" && s.weekday != day {
		r.wrong(prefix+"weekday", "record/weekday", s.start.Long()+" is a "+day+", not a "+s.weekday, "check the date, or write weekday: "+day)
	}
	if s.until != "" && s.time == "" {
		r.wrong(prefix+"until", "record/time", "this says when it ends and not when it begins", "add time: with the hour, as in 18:30")
	}
	if s.time != "" && s.start.IsZero() {
		r.wrong(prefix+"time", "record/time", "this has a time and no day", "add start: with the date, or remove the time until it is known")
	}
	r.zone(prefix+"timezone", s.zone)
}

// zone reports whether a time zone, if one is given, is known.
func (r *record) zone(field, name string) bool {
	if name == "" {
		return true
	}
	if _, ok := site.Zone(name); !ok {
		r.wrong(field, "site/timezone", quote(name)+" is not a time zone that is known", "write it as in America/Los_Angeles")
		return false
	}
	return true
}
