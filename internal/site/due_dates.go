package site

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// announceMonths is how long before its usual month the dates of a course are wanted.
const announceMonths = 2

// courses lists the courses themselves, their facts, what was held and does not say so, and dates that are
// not announced.
func (g *agenda) courses() {
	for _, c := range g.Courses {
		d := Due{Owner: g.owner(c.Owner, CoursesURL), Kind: DueCourse, ID: c.ID, Name: c.Name}
		if on := c.ReviewBy; g.due(on) {
			d.On, d.What, d.Do = on, g.toReview("the course", on), readThrough
			g.add(c.File, "review_by", d)
		}
		facts := []struct {
			field string
			Fact
		}{{"credits", c.Credits}, {"length", c.Length}, {"usual", c.Usual}, {"format", c.Format}, {"price", c.Price.Fact}}
		for _, f := range facts {
			g.fact(c.File, f.field, f.Fact, d.Owner, "courses."+c.ID+"."+f.field, c.Name+", "+f.field)
		}
		for _, field := range slices.Sorted(maps.Keys(c.More)) {
			g.fact(c.File, "more."+field, c.More[field], d.Owner, "courses."+c.ID+"."+field, c.Name+", "+field)
		}
		for i, in := range c.Instances {
			g.instance(c, d, i, in)
		}
		for _, month := range usualMonths(c.Usual.Value) {
			g.announcement(c, d, month)
		}
	}
}

// instance lists an instance whose days have passed while the record still speaks of them as to come.
func (g *agenda) instance(c *Course, d Due, i int, in Instance) {
	if in.Status == "held" || in.Status == "cancelled" {
		return
	}
	on := in.Last()
	what := "this was to end on " + on.Long()
	if on.IsZero() {
		on = endOfMonth(in.Announced)
		what = "this was announced for " + in.Announced
	}
	if !g.over(on) {
		return
	}
	d.On, d.Name, d.What = on, c.Name+", "+in.ID, what+", and the record still says "+in.Status
	d.Do = "write status: held or status: cancelled once it is known"
	g.add(c.File, "instances["+strconv.Itoa(i)+"].status", d)
}

// announcement lists a course without dates from announceMonths before the month in which it is usually
// held until that month is over.
func (g *agenda) announcement(c *Course, d Due, month time.Month) {
	year := g.AsOf.Year
	if month < g.AsOf.Month {
		year++
	}
	first := Date{year, month, 1}
	on := DateOf(first.time().AddDate(0, -announceMonths, 0))
	if !g.due(on) || slices.ContainsFunc(c.Instances, func(in Instance) bool { return in.Status != "cancelled" && !in.Start.Before(on) }) {
		return
	}
	d.On = on
	d.What = "this is usually held " + c.Usual.Value + ", and no dates for " + first.MonthYear() + " are announced"
	d.Do = "ask who plans it, and add an instance with start: and end:; if it will not be held, say so on the course's page"
	g.add(c.File, "usual", d)
}

// usualMonths returns the months that a text names, such as "each November".
func usualMonths(text string) []time.Month {
	var months []time.Month
	for month := time.January; month <= time.December; month++ {
		if slices.Contains(strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' || r == '.' || r == ';' }), month.String()) {
			months = append(months, month)
		}
	}
	return months
}

// endOfMonth returns the last day of a month such as "June 2021", or the zero Date for other words.
func endOfMonth(text string) Date {
	first, err := time.Parse("January 2006", text)
	if err != nil {
		return Date{}
	}
	return DateOf(first.AddDate(0, 1, -1))
}

// events lists those that have passed and are still open, and those that are open without a way to sign up.
func (g *agenda) events() {
	for _, v := range g.Events {
		d := Due{Owner: g.owner(v.Owner, EventsURL), Kind: DueEvent, ID: v.ID, Name: v.Title, Sample: v.Sample}
		coming := v.Status == "planned" || v.Status == "open" || v.Status == "full"
		switch {
		case coming && g.over(v.Last()):
			d.On = v.Last()
			d.What = "this was on " + v.Start.Span(v.End) + ", and the record still says " + v.Status
			d.Do = "write status: held or status: cancelled"
			g.add(v.File, "status", d)
		case v.Status == "open" && v.URL == "" && !g.over(v.Last()):
			d.On = g.AsOf
			d.What = "people can sign up for this event of " + v.Start.Span(v.End) + ", but no link says where"
			d.Do = "ask whose event it is for the link and write it after url:, or set status: planned"
			g.add(v.File, "status", d)
		}
	}
}

// awards lists those that end, their last days to apply, and their facts.
func (g *agenda) awards() {
	for _, w := range g.Awards {
		d := Due{Owner: g.owner(w.Owner, CoursesURL), Kind: DueAward, ID: w.ID, Name: w.Name}
		if on := w.Expires; g.due(on) {
			d.On, d.What = on, g.told(on, "this award ended on ", "this award ends on ")+on.Long()
			d.Do = g.told(on, "remove the record, or give it a new date", "ask whether it goes on, and give it a new date")
			g.add(w.File, "expires", d)
		}
		if on := w.Deadline; g.due(on) && !g.over(w.Expires) {
			d.On, d.What = on, g.told(on, "the last day to apply was ", "the last day to apply is ")+on.Long()
			d.Do = g.told(on, "give the next one, or remove the line", "tell people in time, and write the next one afterwards")
			g.add(w.File, "deadline", d)
		}
		facts := []struct {
			field string
			Fact
		}{{"amount", w.Amount}, {"for", w.For}, {"note", w.Note}}
		for _, f := range facts {
			g.fact(w.File, f.field, f.Fact, d.Owner, "awards."+w.ID+"."+f.field, w.Name+", "+f.field)
		}
	}
}
