package site

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"nwioi/internal/yamlx"
)

// A Date is a calendar day without a time zone. The zero Date stands for "not given".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the day of t in t's own location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// ParseDate reads an ISO 8601 calendar date, YYYY-MM-DD. The error is a sentence for an editor.
func ParseDate(text string) (Date, error) {
	if len(text) != 10 || text[4] != '-' || text[7] != '-' || strings.ContainsAny(text[:4]+text[5:7]+text[8:], "+-") {
		return Date{}, notDate(text)
	}
	y, errY := strconv.Atoi(text[:4])
	m, errM := strconv.Atoi(text[5:7])
	d, errD := strconv.Atoi(text[8:])
	if errY != nil || errM != nil || errD != nil || y < 1 || m < 1 || d < 1 {
		return Date{}, notDate(text)
	}
	date := Date{y, time.Month(m), d}
	if DateOf(date.time()) != date {
		return Date{}, &yamlx.Fault{Message: strconv.Quote(text) + " is a day that no calendar has", Hint: "check the month and the day", Rule: "date/impossible"}
	}
	return date, nil
}

func notDate(text string) error {
	return &yamlx.Fault{Message: strconv.Quote(text) + " is not a date", Hint: "write the year, month and day, as in 2026-11-30", Rule: "date/form"}
}

// Wanted says what is expected where something else was found.
func (d *Date) Wanted() string { return "a date such as 2026-11-30" }

// UnmarshalText reads what ParseDate reads.
func (d *Date) UnmarshalText(text []byte) error {
	date, err := ParseDate(string(text))
	if err == nil {
		*d = date
	}
	return err
}

// IsZero reports whether no date was given.
func (d Date) IsZero() bool { return d == Date{} }

// String returns the ISO 8601 form, or "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	if d.Year < 1000 || d.Year > 9999 {
		return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
	}
	var text [10]byte
	b := strconv.AppendInt(text[:0], int64(d.Year), 10)
	b = append(b, '-', byte('0'+d.Month/10), byte('0'+d.Month%10), '-', byte('0'+d.Day/10), byte('0'+d.Day%10))
	return string(b)
}

// Long returns the form that pages show, such as "9 November 2020", or "".
func (d Date) Long() string {
	if d.IsZero() {
		return ""
	}
	return strconv.Itoa(d.Day) + " " + d.Month.String() + " " + strconv.Itoa(d.Year)
}

// MonthYear returns "November 2020", or "".
func (d Date) MonthYear() string {
	if d.IsZero() {
		return ""
	}
	return d.Month.String() + " " + strconv.Itoa(d.Year)
}

// Span writes the days from d to end as pages show them: "9–13 November 2020",
// "30 November – 2 December 2020". A zero end, or one that equals d, is the single day.
func (d Date) Span(end Date) string {
	switch {
	case end.IsZero() || end == d:
		return d.Long()
	case d.IsZero():
		return end.Long()
	case d.Year == end.Year && d.Month == end.Month:
		return strconv.Itoa(d.Day) + "–" + end.Long()
	case d.Year == end.Year:
		return strconv.Itoa(d.Day) + " " + d.Month.String() + " – " + end.Long()
	}
	return d.Long() + " – " + end.Long()
}

// Before reports whether d is earlier than other. The zero Date is before every other.
func (d Date) Before(other Date) bool { return d.Compare(other) < 0 }

// After reports whether d is later than other.
func (d Date) After(other Date) bool { return d.Compare(other) > 0 }

// Compare orders dates in time: -1, 0 or 1.
func (d Date) Compare(other Date) int {
	a := d.Year*10000 + int(d.Month)*100 + d.Day
	b := other.Year*10000 + int(other.Month)*100 + other.Day
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// AddDays returns the date n days later.
func (d Date) AddDays(n int) Date { return DateOf(d.time().AddDate(0, 0, n)) }

// DaysUntil returns the number of days from d to later; negative if later is earlier.
func (d Date) DaysUntil(later Date) int {
	return int(later.time().Sub(d.time()) / (24 * time.Hour))
}

// ISOWeek returns the ISO 8601 week of the date, such as "2026-W47".
func (d Date) ISOWeek() string {
	y, w := d.time().ISOWeek()
	return fmt.Sprintf("%04d-W%02d", y, w)
}

// Weekday returns the English name of the day of the week.
func (d Date) Weekday() string { return d.time().Weekday().String() }

// Midnight returns the beginning of the day in UTC, for formats that want an instant.
func (d Date) Midnight() time.Time { return d.time() }

func (d Date) time() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }
