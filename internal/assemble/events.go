package assemble

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"nwioi/internal/site"
	"nwioi/internal/theme"
)

// datesScript lets dates go by on pages that nobody made again since.
const datesScript = "dates.js"

// events makes the list of events, the page of each and the months that have dates.
func (a *assembler) events() {
	if a.Target(site.EventsURL) != nil {
		a.eventList()
	}
	for _, e := range a.Events {
		a.event(e)
	}
	a.months()
}

func (a *assembler) eventList() {
	v := theme.EventsView{PageView: a.pageView(site.EventsURL, a.Page(site.EventsURL), "Events", "")}
	var coming, past []theme.EventLine
	for _, e := range a.dates {
		line := a.eventLine(e)
		if e.Last().Before(a.AsOf) {
			past = append(past, line)
		} else {
			coming = append(coming, line)
		}
	}
	slices.Reverse(past) // the latest first
	v.Coming, v.Past = list(a, coming), list(a, past)
	var months []theme.Link
	for _, m := range a.Months() {
		months = append(months, theme.Link{Label: m.MonthYear(), URL: a.href(site.MonthURL(m))})
	}
	v.Months = list(a, months)
	v.CalendarURL = a.existing(site.CalendarURL)
	if len(coming) > 0 {
		v.Script = a.asset(datesScript)
	}
	a.page(site.EventsURL, "events", v)
}

// date puts the events in the order of their days and times.
func (a *assembler) date() {
	a.dates = slices.Clone(a.Events)
	slices.SortStableFunc(a.dates, func(x, y *site.Event) int {
		return cmp.Or(x.Start.Compare(y.Start), strings.Compare(x.Time, y.Time))
	})
	a.datesBy = map[string][]*site.Event{}
	for _, e := range a.dates {
		a.datesBy[e.By] = append(a.datesBy[e.By], e)
	}
}

func (a *assembler) eventLine(e *site.Event) theme.EventLine {
	line := theme.EventLine{
		Title: e.Title, URL: a.href(site.EventURL(e.ID)), Dates: e.Start.Span(e.End), ISO: e.Start.String(), EndISO: e.Last().String(),
		Place: cmp.Or(e.Place, formatWords[e.Format]), Time: timeWords(e.Time, e.Until, cmp.Or(e.Timezone, a.Settings.Timezone)),
		Cancelled: e.Status == "cancelled", Sample: e.Sample,
	}
	if c := a.cards[e.By]; c != nil {
		line.By = c.view.Name
	}
	return line
}

func (a *assembler) event(e *site.Event) {
	url := site.EventURL(e.ID)
	v := theme.EventView{
		PageView: a.pageView(url, nil, e.Title, e.Summary), Event: a.eventLine(e), Price: e.Price,
		Status: instanceStatus[e.Status], SignUp: e.URL, Over: e.Last().Before(a.AsOf),
	}
	if e.Place != "" {
		v.Format = formatWords[e.Format]
	}
	v.Body = a.body(e.Body, e.File.Path, url)
	updated := e.AsOf
	if updated.IsZero() {
		updated = a.Changed(e.File)
	}
	v.Review = a.review(e.File, "", site.Date{}, site.Date{}, updated)
	v.NoIndex = e.Sample
	a.drawn(a.depict(&v.Frame, a.eventCard(e)))
	v.CalendarURL = a.href(site.EventCalendarURL(e.ID))
	if c := a.cards[e.By]; c != nil {
		v.ByURL = c.view.URL
	}
	if v.Over || e.Status == "cancelled" {
		v.SignUp = ""
	}
	if !v.Over {
		v.Script = a.asset(datesScript)
	}
	if !a.invented(e) {
		a.describe(&v.Frame, a.eventLD(e, &v))
	}
	a.page(url, "event", v)
}

// timeWords writes times of day with the zone they are of: "6:30–8:00 pm, Pacific time".
func timeWords(from, until, zone string) string {
	if from == "" {
		return ""
	}
	words := clockWords(from)
	if until != "" {
		begin, half, _ := strings.Cut(words, " ")
		if to := clockWords(until); until > from && strings.HasSuffix(to, half) {
			words = begin + "–" + to
		} else {
			words += " – " + to
		}
	}
	return words + ", " + zoneWords(zone)
}

// clockWords writes a time of day such as "18:30" by the twelve-hour clock: "6:30 pm".
func clockWords(clock string) string {
	t, err := time.Parse("15:04", clock)
	if err != nil {
		return clock
	}
	return t.Format("3:04 pm")
}

// zoneWords names a time zone as people do.
func zoneWords(zone string) string {
	switch zone {
	case "America/Los_Angeles":
		return "Pacific time"
	case "America/Denver", "America/Boise":
		return "Mountain time"
	case "America/Chicago":
		return "Central time"
	case "America/New_York":
		return "Eastern time"
	}
	_, city, _ := strings.Cut(zone, "/")
	if city == "" {
		return zone
	}
	return strings.ReplaceAll(city, "_", " ") + " time"
}
