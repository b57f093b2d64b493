package assemble

import (
	"cmp"
	"slices"
	"strings"

	"nwioi/internal/site"
	"nwioi/internal/theme"
)

// homeScript is the script of pages whose search box leads to the directory.
const homeScript = "home.js"

// home makes the first page.
func (a *assembler) home() {
	v := theme.HomeView{PageView: a.pageView("/", a.Page("/"), a.Settings.Title, a.Settings.Description), People: len(a.People)}
	v.Title = a.Settings.Title
	v.Script = a.asset(homeScript)
	v.JSONLD = a.homeLD()
	if a.Site.Pathway != nil {
		v.Steps = list(a, a.steps(""))
	}
	v.Dates = list(a, a.comingDates())
	v.News = list(a, a.posts(a.News[:min(3, len(a.News))]))
	var concerns []theme.Link
	common := slices.Clone(a.Listings)
	slices.SortStableFunc(common, func(x, y *site.Listing) int { return cmp.Compare(len(y.People), len(x.People)) })
	for _, l := range common {
		if l.Facet == site.Concern && len(concerns) < 6 {
			concerns = append(concerns, theme.Link{Label: l.Label, URL: a.href(l.URL())})
		}
	}
	v.Concerns = list(a, concerns)
	a.page("/", "home", v)
}

// generated are the addresses whose pages are made elsewhere in this package, with the page of
// content/ as their introduction.
var generated = []string{
	"/", site.DirectoryURL, site.OrderURL, site.PathwayURL, site.CoursesURL, site.EventsURL, site.NewsURL, site.SupervisorsURL,
}

// pages makes every page of prose and the page for missing addresses.
func (a *assembler) pages() {
	steps := map[string]bool{}
	if a.Site.Pathway != nil {
		for _, s := range a.Site.Pathway.Steps {
			steps[site.StepURL(s.ID)] = true
		}
	}
	for _, p := range a.Published {
		url := p.URL()
		if p.IsNews() || url == site.NotFoundURL || steps[url] {
			continue
		}
		// An introduction to steps that the site does not have is a page like any other.
		if slices.Contains(generated, url) && (url != site.PathwayURL || a.Site.Pathway != nil) {
			continue
		}
		a.page(url, "page", a.pageView(url, p, "", ""))
	}
	missing := theme.NotFoundView{PageView: a.pageView(site.NotFoundURL, a.Page(site.NotFoundURL), "This page does not exist",
		"The address may have changed. The menu leads to everything that is here.")}
	missing.NoIndex = true
	missing.Script = a.asset(homeScript)
	a.page(site.NotFoundURL, "not-found", missing)
}

// pathway makes the overview of the steps and the page of each step.
func (a *assembler) pathway() {
	way := a.Site.Pathway
	if way == nil {
		return
	}
	v := theme.PathwayView{PageView: a.pageView(site.PathwayURL, a.Page(site.PathwayURL), way.Title, way.Summary), Steps: list(a, a.steps(""))}
	v.JSONLD = a.stepsLD()
	a.page(site.PathwayURL, "pathway", v)
	for i := range way.Steps {
		a.step(i)
	}
}

// steps returns the links of the shoreline rail; current is the id of the step that is shown.
func (a *assembler) steps(current string) []theme.StepLink {
	var links []theme.StepLink
	for i, s := range a.Site.Pathway.Steps {
		links = append(links, theme.StepLink{
			Number: i + 1, Title: s.Title, Short: s.Short, Summary: s.Summary, URL: a.href(site.StepURL(s.ID)),
			Cost: a.factOrWords(s.Cost), Length: a.factOrWords(s.Length), Current: s.ID == current,
		})
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

func (a *assembler) step(i int) {
	way := a.Site.Pathway
	s := way.Steps[i]
	url := site.StepURL(s.ID)
	p := a.Page(url)
	v := theme.StepView{
		PageView: a.pageView(url, p, s.Title, s.Summary), Number: i + 1, Of: len(way.Steps), Steps: list(a, a.steps(s.ID)),
		Asks: s.Asks, Cost: a.factOrWords(s.Cost), Length: a.factOrWords(s.Length), CountsTwice: s.CountsTwice, Today: list(a, s.Today),
	}
	var background []theme.Background
	for _, b := range s.Background {
		background = append(background, theme.Background(b))
	}
	v.Background = list(a, background)
	groups, facts := a.requirements(s.Requirements)
	v.Requirements = list(a, groups)
	for _, id := range []string{s.Cost, s.Length} {
		if f, ok := a.Book.Fact(id); ok {
			facts = append(facts, f)
		}
	}
	var courses []theme.CourseCard
	for _, id := range s.Courses {
		if c := a.Course(id); c != nil {
			courses = append(courses, a.courseCard(c))
			facts = append(facts, c.Credits, c.Usual, c.Format)
		}
	}
	v.Courses = list(a, courses)
	if p != nil {
		facts = append(facts, a.cited(p.Body)...)
	}
	a.cite(&v.PageView, slices.DeleteFunc(facts, site.Fact.IsZero))
	if i > 0 {
		v.Previous = theme.Link{Label: way.Steps[i-1].Title, URL: a.href(site.StepURL(way.Steps[i-1].ID))}
	}
	if i < len(way.Steps)-1 {
		v.Next = theme.Link{Label: way.Steps[i+1].Title, URL: a.href(site.StepURL(way.Steps[i+1].ID))}
	}
	a.page(url, "step", v)
}

// requirements resolves references such as "nwioi-five-steps/sar", grouped by set in their order.
func (a *assembler) requirements(refs []string) ([]theme.RequirementGroup, []site.Fact) {
	var order []*site.RequirementSet
	items := map[*site.RequirementSet][]theme.Requirement{}
	var facts []site.Fact
	for _, ref := range refs {
		setID, id, _ := strings.Cut(ref, "/")
		set := a.RequirementSet(setID)
		if set == nil {
			continue
		}
		r := set.Requirement(id)
		if r == nil {
			continue
		}
		if items[set] == nil {
			order = append(order, set)
		}
		item := theme.Requirement{ID: r.ID, Title: r.Title, Explanation: r.Explanation, AlsoCounts: list(a, r.AlsoCounts)}
		if r.Target.Value != "" {
			item.Target = r.Target.Text()
		}
		var limits, needs []string
		for _, l := range []struct {
			words string
			site.Limit
		}{{"At least ", r.AtLeast}, {"At most ", r.AtMost}} {
			if l.Value == "" {
				continue
			}
			text := l.words + set.Bound(r, l.Limit).Text()
			if l.Of != "" {
				text += " in " + l.Of
			}
			limits = append(limits, text)
		}
		for _, id := range r.DependsOn {
			if other := set.Requirement(id); other != nil {
				needs = append(needs, other.Title)
			}
		}
		item.Limits, item.Needs = list(a, limits), list(a, needs)
		items[set] = append(items[set], item)
		for _, field := range []string{"target", "at_least", "at_most"} {
			if f, ok := a.Book.Fact("requirements." + ref[:len(setID)] + "." + id + "." + field); ok {
				facts = append(facts, f)
			}
		}
	}
	var groups []theme.RequirementGroup
	for _, set := range order {
		dated := site.Fact{AsOf: set.AsOf}
		groups = append(groups, theme.RequirementGroup{
			Set: set.Name, Issuer: set.Issuer, Version: set.Version, Notice: set.Notice, Source: set.Source,
			AsOf: dated.AsOfText(), UnderReview: dated.UnderReview(a.AsOf), Items: list(a, items[set]),
		})
	}
	return groups, facts
}
