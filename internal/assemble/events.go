package assemble

import (
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
	a.depict(&v.Frame, a.eventCard(e))
	a.drawn(a.eventCard(e))
	v.CalendarURL = a.href(site.EventCalendarURL(e.ID))
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
