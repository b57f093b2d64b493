package assemble

import (
	"cmp"
	"slices"

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
	a.describe(&v.Frame, a.homeLD()...)
	if a.Site.Pathway != nil {
		v.Steps = list(a, a.stepLinks())
	}
	v.Dates = list(a, a.comingDates())
	v.News = a.posts(a.News[:min(3, len(a.News))])
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
	"/", site.DirectoryURL, site.OrderURL, site.PathwayURL, site.WhereURL, site.PlannerURL, site.PrintURL, site.CoursesURL, site.EventsURL, site.NewsURL, site.SupervisorsURL,
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
		v := a.pageView(url, p, "", "")
		if url == site.GlossaryURL {
			if terms := termsLD(&v); terms != nil {
				a.describe(&v.Frame, terms)
			}
		}
		a.page(url, "page", v)
	}
	missing := theme.NotFoundView{PageView: a.pageView(site.NotFoundURL, a.Page(site.NotFoundURL), "This page does not exist",
		"The address may have changed. The menu leads to everything that is here.")}
	missing.NoIndex = true
	missing.Script = a.asset(homeScript)
	a.page(site.NotFoundURL, "not-found", missing)
}
