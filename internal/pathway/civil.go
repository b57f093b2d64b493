package pathway

import "time"

// Days are counted from 1 January 1970, and written in ISO 8601 with a year of four digits.

const (
	firstDay = -354285 // 1000-01-01
	lastDay  = 2932896 // 9999-12-31
)

// dayOf returns the number of a day, and whether the text is a day that the calendar has.
func dayOf(text string) (int, bool) {
	t, err := time.Parse(time.DateOnly, text)
	day := numberOf(t)
	if err != nil || day < firstDay {
		return 0, false
	}
	return day, true
}

// textOf writes a day. What lies outside of the years 1000 to 9999 becomes the day nearest to it.
func textOf(day int) string { return timeOf(day).Format(time.DateOnly) }

// addMonths returns the same day n months later, or the last day of that month where it is shorter.
func addMonths(day, n int) int {
	year, month, d := timeOf(day).Date()
	last := time.Date(year, month+time.Month(n)+1, 0, 0, 0, 0, 0, time.UTC)
	return numberOf(last) - last.Day() + min(d, last.Day())
}

func timeOf(day int) time.Time {
	return time.Unix(int64(min(max(day, firstDay), lastDay))*86400, 0).UTC()
}

func numberOf(t time.Time) int {
	return int(t.Unix() / 86400)
}
