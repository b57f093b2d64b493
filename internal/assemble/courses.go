package assemble

import (
	"cmp"
	"slices"

	"nwioi/internal/site"
	"nwioi/internal/theme"
)

// courses makes the list of courses and the page of each.
func (a *assembler) courses() {
	if a.Target(site.CoursesURL) == nil {
		return
	}
	v := theme.CoursesView{PageView: a.pageView(site.CoursesURL, a.Page(site.CoursesURL), "Courses", "")}
	var cards []theme.CourseCard
	for _, c := range a.inStepOrder() {
		cards = append(cards, a.courseCard(c))
	}
	v.Courses = list(a, cards)
	if slices.ContainsFunc(cards, func(c theme.CourseCard) bool { return c.NextISO != "" }) {
		v.Script = a.asset(datesScript)
	}
	a.page(site.CoursesURL, "courses", v)
	for _, c := range a.Courses {
		a.course(c)
	}
}

// inStepOrder returns the courses in the order of the steps they belong to.
func (a *assembler) inStepOrder() []*site.Course {
	position := func(c *site.Course) int {
		if a.Site.Pathway != nil {
			for i, s := range a.Site.Pathway.Steps {
				if s.ID == c.Step || slices.Contains(s.Courses, c.ID) {
					return i
				}
			}
		}
		return 1 << 20
	}
	sorted := slices.Clone(a.Courses)
	slices.SortStableFunc(sorted, func(x, y *site.Course) int { return cmp.Compare(position(x), position(y)) })
	return sorted
}

func (a *assembler) courseCard(c *site.Course) theme.CourseCard {
	card := theme.CourseCard{
		Name: c.Name, URL: a.href(site.CourseURL(c.ID)), Summary: c.Summary,
		Next: "Dates not announced", UnderReview: a.reviewTag(c.Credits),
	}
	if !c.Credits.IsZero() {
		card.Credits = c.Credits.Text()
	}
	if !c.Format.IsZero() {
		card.Format = c.Format.Text()
	}
	if !c.Usual.IsZero() {
		card.Usual = c.Usual.Text()
	}
	for _, in := range c.Instances {
		if a.coming(in) && !in.Start.IsZero() {
			card.Next, card.NextISO = in.Start.Span(in.End), in.Last().String()
			break
		}
	}
	return card
}

// coming reports whether an instance lies ahead. One whose days nobody announced lies ahead only while
// what was said of it is not yet old.
func (a *assembler) coming(in site.Instance) bool {
	if in.Status == "held" || in.Status == "cancelled" {
		return false
	}
	if last := in.Last(); !last.IsZero() {
		return !last.Before(a.AsOf)
	}
	return !site.Fact{AsOf: in.AsOf}.UnderReview(a.AsOf)
}

func (a *assembler) course(c *site.Course) {
	url := site.CourseURL(c.ID)
	v := theme.CourseView{PageView: a.pageView(url, nil, c.Name, c.Summary), Short: c.Short, Covers: list(a, c.Covers), SignUp: c.SignUp}
	v.Body = a.body(c.Body, c.File.Path, url)
	v.Review = a.review(c.File, c.Owner, c.Reviewed, c.ReviewBy, a.Changed(c.File))
	var lines []theme.FactLine
	var facts []site.Fact
	for _, f := range []struct {
		label string
		fact  site.Fact
	}{{"Credits", c.Credits}, {"Length", c.Length}, {"When", c.Usual}, {"Format", c.Format}, {"Price", c.Price.Fact}} {
		if f.fact.IsZero() {
			if f.label == "Price" {
				lines = append(lines, theme.FactLine{Label: "Price", Value: "Ask the institute"})
			}
			continue
		}
		facts = append(facts, f.fact)
		line := theme.FactLine{Label: f.label, Value: f.fact.Text()}
		if line.UnderReview = f.fact.UnderReview(a.AsOf); line.UnderReview {
			line.AsOf = f.fact.AsOfText()
		}
		if f.fact.Note != "" {
			line.Value += ". " + f.fact.Note
		}
		lines = append(lines, line)
	}
	v.Facts = list(a, lines)
	var coming, past []theme.Instance
	for _, in := range c.Instances {
		i := a.instance(c, in)
		if a.coming(in) {
			coming = append(coming, i)
		} else {
			past = append(past, i)
		}
	}
	v.Coming, v.Past = list(a, coming), list(a, past)
	if len(coming) > 0 {
		v.Script = a.asset(datesScript)
	}
	var awards []theme.Award
	for _, w := range a.Awards {
		if !slices.Contains(c.Awards, w.ID) && !slices.Contains(w.Courses, c.ID) {
			continue
		}
		facts = append(facts, w.Amount, w.For)
		awards = append(awards, theme.Award{
			Name: w.Name, URL: a.existing("/" + w.ID + "/"), Amount: w.Amount.Text(), For: w.For.Text(), HowToApply: w.HowToApply,
			Deadline: w.Deadline.Long(), AsOf: w.Amount.AsOfText(), UnderReview: w.Amount.UnderReview(a.AsOf),
			Expired: !w.Expires.IsZero() && w.Expires.Before(a.AsOf),
			Closed:  !w.Deadline.IsZero() && w.Deadline.Before(a.AsOf),
		})
	}
	v.Awards = list(a, awards)
	if a.Site.Pathway != nil {
		for _, s := range a.Site.Pathway.Steps {
			if s.ID == c.Step {
				v.Step = theme.Link{Label: s.Title, URL: a.href(site.StepURL(s.ID))}
			}
		}
	}
	facts = append(facts, a.cited(c.Body)...)
	a.cite(&v.PageView, slices.DeleteFunc(facts, site.Fact.IsZero))
	a.describe(&v.Frame, a.courseLD(c, v.Canonical))
	a.drawn(a.depict(&v.Frame, a.courseImage(c)))
	a.page(url, "course", v)
}

var instanceStatus = map[string]string{
	"planned": "Announced", "open": "Open for sign-up", "full": "Full", "held": "Held", "cancelled": "Cancelled",
}

func (a *assembler) instance(c *site.Course, in site.Instance) theme.Instance {
	i := theme.Instance{
		ID: in.ID, Dates: in.Start.Span(in.End), StartISO: in.Start.String(), EndISO: in.Last().String(),
		Time:   timeWords(in.Time, in.Until, cmp.Or(in.Timezone, a.Settings.Timezone)),
		Format: formatWords[in.Format], Place: in.Place, Status: instanceStatus[in.Status], Note: in.Note, SignUp: in.SignUp,
	}
	if in.Start.IsZero() {
		i.Dates = in.Announced
		if i.Dates == "" {
			i.Dates = "Dates not announced"
		}
	} else if a.coming(in) {
		i.CalendarURL = a.href(site.InstanceURL(c.ID, in.ID))
	}
	if !a.coming(in) {
		i.SignUp = ""
		if in.Status == "open" || in.Status == "full" {
			i.Status = "Over"
		}
	}
	return i
}

var formatWords = map[string]string{"online": "online", "in-person": "in person", "hybrid": "in person and online"}

// comingDates are the next dates of courses and events, soonest first, at most four. Invented events are
// no dates to come to.
func (a *assembler) comingDates() []theme.DateLine {
	var lines []theme.DateLine
	for _, c := range a.Courses {
		for _, in := range c.Instances {
			if a.coming(in) && !in.Start.IsZero() {
				lines = append(lines, theme.DateLine{What: c.Name, URL: a.href(site.CourseURL(c.ID)), Dates: in.Start.Span(in.End), ISO: in.Start.String(), EndISO: in.Last().String()})
			}
		}
	}
	for _, e := range a.Events {
		if !e.Last().Before(a.AsOf) && e.Status != "cancelled" && !e.Sample {
			lines = append(lines, theme.DateLine{What: e.Title, URL: a.href(site.EventURL(e.ID)), Dates: e.Start.Span(e.End), ISO: e.Start.String(), EndISO: e.Last().String()})
		}
	}
	slices.SortStableFunc(lines, func(x, y theme.DateLine) int { return cmp.Compare(x.ISO, y.ISO) })
	return lines[:min(4, len(lines))]
}
