package assemble

import (
	"cmp"
	"slices"
	"strconv"

	"nwioi/internal/site"
	"nwioi/internal/theme"
)

// weekdays are the columns of a month, as calendars of the United States have them.
var weekdays = []string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}

// A monthDate is something that takes days of a month.
type monthDate struct {
	start, last site.Date
	theme.DayDate
}

// months makes a page for each month in which something takes place.
func (a *assembler) months() {
	months := a.Months()
	if len(months) == 0 {
		return
	}
	var dates []monthDate
	for _, c := range a.Courses {
		for _, in := range c.Instances {
			if !in.Start.IsZero() {
				dates = append(dates, monthDate{in.Start, in.Last(), theme.DayDate{
					Title: c.Name, URL: a.href(site.CourseURL(c.ID)) + "#" + in.ID, Cancelled: in.Status == "cancelled",
				}})
			}
		}
	}
	for _, e := range a.Events {
		dates = append(dates, monthDate{e.Start, e.Last(), theme.DayDate{
			Title: e.Title, URL: a.href(site.EventURL(e.ID)), Cancelled: e.Status == "cancelled", Sample: e.Sample,
		}})
	}
	slices.SortStableFunc(dates, func(x, y monthDate) int { return cmp.Or(x.start.Compare(y.start), x.last.Compare(y.last)) })
	for i, m := range months {
		url := site.MonthURL(m)
		v := theme.MonthView{
			PageView: a.pageView(url, nil, m.MonthYear(), "What takes place in "+m.MonthYear()+"."),
			Month:    m.MonthYear(), Weekdays: list(a, weekdays), Weeks: list(a, a.weeks(m, dates)),
		}
		v.NoIndex = true
		if i > 0 {
			v.Previous = theme.Link{Label: months[i-1].MonthYear(), URL: a.href(site.MonthURL(months[i-1]))}
		}
		if i < len(months)-1 {
			v.Next = theme.Link{Label: months[i+1].MonthYear(), URL: a.href(site.MonthURL(months[i+1]))}
		}
		a.page(url, "month", v)
	}
}

// weeks returns the rows of the month that begins on first.
func (a *assembler) weeks(first site.Date, dates []monthDate) []theme.Week {
	var weeks []theme.Week
	day := first.AddDays(-slices.Index(weekdays, first.Weekday()))
	for day.Before(first) || day.Month == first.Month {
		var days []theme.Day
		for _, weekday := range weekdays {
			cell := theme.Day{Dates: list[theme.DayDate](a, nil)}
			if day.Month == first.Month {
				cell.Number, cell.ISO, cell.Weekday = strconv.Itoa(day.Day), day.String(), weekday
				var here []theme.DayDate
				for _, d := range dates {
					if !day.Before(d.start) && !day.After(d.last) {
						here = append(here, d.DayDate)
					}
				}
				cell.Dates = list(a, here)
			}
			days = append(days, cell)
			day = day.AddDays(1)
		}
		weeks = append(weeks, theme.Week{Days: list(a, days)})
	}
	return weeks
}
