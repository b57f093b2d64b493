package site

import (
	"time"
	_ "time/tzdata" // the rules of every zone, so that a machine without them makes the same bytes
)

// Zone returns a time zone by its name in the IANA database, such as America/Los_Angeles, and whether
// there is one. "Local" is none: it differs from machine to machine.
func Zone(name string) (zone *time.Location, ok bool) {
	if name == "" || name == "Local" {
		return nil, false
	}
	zone, err := time.LoadLocation(name)
	return zone, err == nil
}

// At returns the instant of a time of day such as "18:30" on a day in a zone. Where the clocks go forward
// and leave the time out, it is what a clock that nobody changed would show; where they go back and it
// comes twice, it is the first. ok is false where the time is no time or is left out.
func At(d Date, clock string, zone *time.Location) (at time.Time, ok bool) {
	t, err := time.Parse("15:04", clock)
	if err != nil {
		return d.Midnight(), false
	}
	at = time.Date(d.Year, d.Month, d.Day, t.Hour(), t.Minute(), 0, 0, zone)
	return at, at.Hour() == t.Hour() && at.Minute() == t.Minute()
}
