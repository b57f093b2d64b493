package assemble

import (
	"html/template"
	"slices"
	"strings"

	"nwioi/internal/site"
	"nwioi/internal/theme"
)

// pathway makes the guide: the overview of the steps, the page of each step, the page of each set of rules
// that reaches beyond the steps, and all of it on one page.
func (a *assembler) pathway() {
	for _, set := range a.Requirements {
		if a.Target(site.RulesURL(set.ID)) != nil {
			a.rules(set)
		}
	}
	way := a.Site.Pathway
	if way == nil {
		return
	}
	v := theme.PathwayView{
		PageView: a.pageView(site.PathwayURL, a.Page(site.PathwayURL), way.Title, way.Summary),
		Steps:    list(a, a.steps("")), Tools: list(a, a.guideTools("")), Rules: list(a, a.rulesLinks()),
	}
	a.describe(&v.Frame, a.stepsLD())
	facts := a.cited(nil)
	for _, s := range way.Steps {
		facts = append(facts, a.taskFacts(s)...)
	}
	if p := a.Page(site.PathwayURL); p != nil {
		facts = append(facts, a.cited(p.Body)...)
	}
	a.cite(&v.PageView, facts)
	a.page(site.PathwayURL, "pathway", v)
	for i := range way.Steps {
		a.step(i)
	}
	a.printed()
}

// stepLinks returns the steps as the shoreline shows them, without their tasks.
func (a *assembler) stepLinks() []theme.StepLink {
	var links []theme.StepLink
	for i, s := range a.Site.Pathway.Steps {
		links = append(links, theme.StepLink{
			Number: i + 1, Title: s.Title, Short: s.Short, Summary: s.Summary, URL: a.href(site.StepURL(s.ID)),
			Cost: a.factOrWords(s.Cost), Length: a.stepLength(s.Length),
		})
	}
	return links
}

// steps returns the steps with their tasks; current is the id of the step that is shown.
func (a *assembler) steps(current string) []theme.StepLink {
	links := a.stepLinks()
	for i, s := range a.Site.Pathway.Steps {
		links[i].Tasks = list(a, a.tasks(s))
		links[i].Current = s.ID == current
	}
	return links
}

// guideTools are what helps at every step, but for the one to which the page at the URL belongs.
func (a *assembler) guideTools(url string) []theme.Link {
	var links []theme.Link
	for _, tool := range []theme.Link{
		{Label: "Where am I? Four questions, and your own list", URL: site.WhereURL},
		{Label: "The planner: keep count of your hours", URL: site.PlannerURL},
		{Label: "The whole guide on one page, to print", URL: site.PrintURL},
	} {
		if !strings.HasPrefix(url, tool.URL) && a.Target(tool.URL) != nil {
			tool.URL = a.href(tool.URL)
			links = append(links, tool)
		}
	}
	return links
}

func (a *assembler) rulesLinks() []theme.Link {
	var links []theme.Link
	for _, set := range a.Requirements {
		if url := a.existing(site.RulesURL(set.ID)); url != "" {
			links = append(links, theme.Link{Label: set.Name, URL: url})
		}
	}
	return links
}

// factOrWords returns the text of the fact with the id, or the words themselves.
func (a *assembler) factOrWords(text string) string {
	if f, ok := a.Book.Fact(text); ok {
		return f.Text()
	}
	return text
}

// stepLength says how long a step takes. The least time of a requirement is said to be the least.
func (a *assembler) stepLength(text string) string {
	words := a.factOrWords(text)
	if words != text && strings.HasSuffix(text, ".shortest") {
		return "at least " + words
	}
	return words
}

func (a *assembler) step(i int) {
	way := a.Site.Pathway
	s := way.Steps[i]
	url := site.StepURL(s.ID)
	p := a.Page(url)
	v := theme.StepView{
		PageView: a.pageView(url, p, s.Title, s.Summary), Number: i + 1, Of: len(way.Steps), Steps: list(a, a.steps(s.ID)),
		Asks: s.Asks, Cost: a.factOrWords(s.Cost), Length: a.stepLength(s.Length), CountsTwice: s.CountsTwice,
		Background: list(a, a.background(s)), Today: list(a, s.Today), Tools: list(a, a.guideTools(url)),
		Requirements: list(a, a.asked(s, url)),
	}
	facts := a.taskFacts(s)
	for _, id := range []string{s.Cost, s.Length} {
		if f, ok := a.Book.Fact(id); ok {
			facts = append(facts, f)
		}
	}
	var courses []theme.CourseCard
	for _, id := range s.Courses {
		if c := a.Course(id); c != nil {
			courses = append(courses, a.courseCard(c))
			facts = append(facts, c.Usual, c.Format)
		}
	}
	v.Courses = list(a, courses)
	if slices.ContainsFunc(courses, func(c theme.CourseCard) bool { return c.NextISO != "" }) {
		v.Script = a.asset(datesScript)
	}
	if p != nil {
		facts = append(facts, a.cited(p.Body)...)
	}
	a.cite(&v.PageView, facts)
	if i > 0 {
		v.Previous = theme.Link{Label: way.Steps[i-1].Title, URL: a.href(site.StepURL(way.Steps[i-1].ID))}
	}
	if i < len(way.Steps)-1 {
		v.Next = theme.Link{Label: way.Steps[i+1].Title, URL: a.href(site.StepURL(way.Steps[i+1].ID))}
	}
	a.page(url, "step", v)
}

func (a *assembler) background(s site.Step) []theme.Background {
	var background []theme.Background
	for _, b := range s.Background {
		background = append(background, theme.Background(b))
	}
	return background
}

// rules makes the page of a requirement set.
func (a *assembler) rules(set *site.RequirementSet) {
	url := site.RulesURL(set.ID)
	v := theme.RulesView{PageView: a.pageView(url, nil, set.Name, set.Notice), Tools: list(a, a.guideTools(url))}
	v.About = a.group(set, nil, url, site.RequirementAnchor)
	var groups []theme.RequirementGroup
	for _, t := range append([]site.Track{{Label: "What everyone is asked"}}, set.Tracks...) {
		if g := a.group(set, set.OnTrack(t.ID), url, site.RequirementAnchor); len(g.Items.All()) > 0 {
			g.ID, g.Set = t.ID, t.Label
			groups = append(groups, g)
		}
	}
	v.Groups = list(a, groups)
	v.Review = a.review(set.File, set.Owner, set.Reviewed, set.ReviewBy, a.Changed(set.File))
	if v.About.UnderReview {
		v.AsOf = underReview(set.AsOf)
	}
	a.page(url, "rules", v)
}

// printed makes the whole guide on one page.
func (a *assembler) printed() {
	way := a.Site.Pathway
	v := theme.PrintView{PageView: a.pageView(site.PrintURL, a.Page(site.PrintURL), "The whole guide on one page", way.Summary)}
	v.Heading = way.Title
	v.NoIndex = true // it repeats what stands on other pages
	if p := a.Page(site.PathwayURL); p != nil && v.Body.Empty() {
		v.Body = a.body(p.Body, p.File.Path, site.PrintURL)
	}
	var steps []theme.PrintedStep
	var facts []site.Fact
	for i, link := range a.steps("") {
		s := way.Steps[i]
		id := "step-" + s.ID
		link.URL = "#" + id
		step := theme.PrintedStep{
			StepLink: link, ID: id, Asks: s.Asks, CountsTwice: s.CountsTwice,
			Background: list(a, a.background(s)), Today: list(a, s.Today),
		}
		facts = append(facts, a.taskFacts(s)...)
		if p := a.Page(site.StepURL(s.ID)); p != nil {
			step.Text = partOfPage(a.body(p.Body, p.File.Path, site.PrintURL).HTML(), id+"-")
			facts = append(facts, a.cited(p.Body)...)
		}
		step.Requirements = list(a, a.asked(s, site.PrintURL))
		steps = append(steps, step)
	}
	v.Steps = list(a, steps)
	v.Rules = list(a, a.rulesLinks())
	a.cite(&v.PageView, facts)
	a.page(site.PrintURL, "print", v)
}

// partOfPage makes of the words of one page a part of another: its headings stand two levels lower, and
// its anchors have a prefix. Markdown takes no HTML, so what looks like a tag is one.
func partOfPage(html template.HTML, prefix string) template.HTML {
	return template.HTML(strings.NewReplacer(
		`<h2 id="`, `<h4 id="`+prefix, `</h2>`, `</h4>`,
		`<h3 id="`, `<h5 id="`+prefix, `</h3>`, `</h5>`,
		`<h4 id="`, `<h6 id="`+prefix, `</h4>`, `</h6>`,
		` id="`, ` id="`+prefix, ` href="#`, ` href="#`+prefix,
	).Replace(string(html)))
}
