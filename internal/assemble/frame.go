package assemble

import (
	"encoding/json"
	"html/template"
	"maps"
	"slices"
	"strings"

	"nwioi/internal/markdown"
	"nwioi/internal/output"
	"nwioi/internal/site"
	"nwioi/internal/source"
	"nwioi/internal/theme"
)

// share makes what all pages have in common.
func (a *assembler) share() {
	s := a.Settings
	a.painter = a.sharePainter()
	picture := a.sitePicture()
	a.drawn(picture)
	a.shared = output.Intern(a.pool, theme.Shared{
		SiteTitle: s.Title, SiteDescription: s.Description,
		HomeURL:           a.href("/"),
		Timezone:          s.Timezone,
		DirectoryURL:      a.existing(site.DirectoryURL),
		PathwayURL:        a.existing(site.PathwayURL),
		NewsURL:           a.existing(site.NewsURL),
		ConsumerHealthURL: a.existing(site.HealthDataURL),
		PrivacyURL:        a.existing(site.PrivacyURL),
		AtomURL:           a.existing(site.AtomURL),
		JSONFeedURL:       a.existing(site.JSONFeedURL),
		Stylesheet:        a.asset("site.css"),
		ShoreStyles:       a.asset("shore.css"),
		GuideStyles:       a.asset("guide.css"),
		FinderStyles:      a.asset("finder.css"),
		ProfileStyles:     a.asset("profile.css"),
		LaterStyles:       a.asset("later.css"),
		SupervisorStyles:  a.asset("supervisors.css"),
		PlannerStyles:     a.asset("planner.css"),
		MonthStyles:       a.asset("month.css"),
		FontURL:           a.asset("font.woff2"),
		Icon:              a.asset("icon.svg"),
		TouchIcon:         a.asset("touch-icon.png"),
		ShareImage:        a.Base.Absolute(picture.url),
	})
	a.album = list(a, slices.SortedFunc(maps.Values(a.Pictures), func(x, y *site.Image) int { return strings.Compare(x.File.Path, y.File.Path) }))
	a.menu = a.mainMenu()
	var footer []theme.Link
	for _, m := range s.Menu {
		if m.In == "footer" {
			footer = append(footer, theme.Link{Label: m.Label, URL: a.menuURL(m.URL)})
		}
	}
	if len(footer) == 0 {
		for _, url := range []string{site.OrderURL, site.PrivacyURL, site.HealthDataURL, "/accessibility/", "/contact/"} {
			if t := a.Target(url); t != nil {
				footer = append(footer, theme.Link{Label: t.Title, URL: a.href(url)})
			}
		}
	}
	a.footer = theme.NewFragment(a.pool, a.theme.Layout("footer"), theme.FooterView{
		Site: a.shared, Menu: list(a, footer), Contact: list(a, instituteContact(s.Contact)),
	})
}

// asset returns the link to a file of the theme, or "" if it has none of that name.
func (a *assembler) asset(name string) string { return a.href(a.theme.AssetURL(name)) }

// menuURL returns the link of a menu entry: a path of the site, or an address elsewhere.
func (a *assembler) menuURL(url string) string {
	if strings.HasPrefix(url, "/") {
		return a.href(url)
	}
	return url
}

func instituteContact(c site.Contact) []theme.ContactItem {
	var items []theme.ContactItem
	if c.Phone != "" {
		items = append(items, phoneItem(c.Phone, false))
	}
	if c.Email != "" {
		items = append(items, emailItem(c.Email, false))
	}
	if c.Address != "" {
		items = append(items, theme.ContactItem{Kind: "address", Label: "Address", Text: c.Address})
	}
	return items
}

// header returns the header of the pages in the section of a URL.
func (a *assembler) header(url string) *theme.Fragment {
	items := a.menu
	section := ""
	for _, m := range items {
		if strings.HasPrefix(url, m.URL) && len(m.URL) > len(section) && m.URL != "/" {
			section = m.URL
		}
	}
	if url == site.SearchURL {
		section = url
	}
	if h := a.headers[section]; h != nil {
		return h
	}
	links := make([]theme.Link, len(items))
	for i, m := range items {
		links[i] = theme.Link{Label: m.Label, URL: a.menuURL(m.URL), Current: m.URL == section}
	}
	h := theme.NewFragment(a.pool, a.theme.Layout("header"), theme.HeaderView{
		Site: a.shared, Menu: list(a, links),
		Search: theme.Link{Label: "Search", URL: a.href(site.SearchURL), Current: url == site.SearchURL},
	})
	a.headers[section] = h
	return h
}

// mainMenu returns the main menu: what the settings say and every page that asks to be in it; without
// either, the parts that the site has.
func (a *assembler) mainMenu() []site.MenuItem {
	var items []site.MenuItem
	for _, m := range a.Settings.Menu {
		if m.In != "footer" {
			items = append(items, m)
		}
	}
	for _, p := range a.Published {
		if p.Front.Menu != "" {
			items = append(items, site.MenuItem{Label: p.Front.Menu, URL: p.URL()})
		}
	}
	if len(items) > 0 {
		return items
	}
	for _, m := range []site.MenuItem{
		{Label: "Find a practitioner", URL: site.DirectoryURL}, {Label: "Become one", URL: site.PathwayURL},
		{Label: "Courses", URL: site.CoursesURL}, {Label: "News", URL: site.NewsURL},
	} {
		if a.Target(m.URL) != nil {
			items = append(items, m)
		}
	}
	return items
}

// frame returns the frame of the page at a URL.
func (a *assembler) frame(url, title, description string) theme.Frame {
	f := theme.Frame{
		Site: a.shared, Title: title, Description: description,
		Canonical: a.Base.Absolute(url), Header: a.header(url), Footer: a.footer,
		Crumbs: a.crumbs(url, title), OpenGraph: "website", Image: a.shared.ShareImage, ImageAlt: a.Settings.Title,
	}
	a.describeWay(&f)
	if f.Description == "" {
		f.Description = a.Settings.Description
	}
	if url != "/" && title != a.Settings.Title {
		f.Title = title + " · " + a.Settings.Title
	}
	return f
}

// crumbs returns the way from the home page to the page at a URL.
func (a *assembler) crumbs(url, title string) *theme.List[theme.Link] {
	if url == "/" || url == site.NotFoundURL {
		return nil
	}
	type key struct {
		above *theme.List[theme.Link]
		here  theme.Link
	}
	k := key{a.above(strings.TrimSuffix(url, "/")), theme.Link{Label: title, URL: a.href(url), Current: true}}
	return output.Memo(a.pool, k, func() *theme.List[theme.Link] {
		return list(a, append(slices.Clone(k.above.All()), k.here))
	})
}

// above returns the way from the home page to the last page above a URL path, which has no slash at its end.
func (a *assembler) above(url string) *theme.List[theme.Link] {
	folder := url[:strings.LastIndexByte(url, '/')+1]
	if known, ok := a.ways.Load(folder); ok {
		return known.(*theme.List[theme.Link])
	}
	links := []theme.Link{{Label: "Home", URL: a.href("/")}}
	for i, r := range folder {
		if r != '/' || i == 0 {
			continue
		}
		if t := a.Target(folder[:i+1]); t != nil {
			links = append(links, theme.Link{Label: t.Title, URL: a.href(t.URL)})
		}
	}
	way := list(a, links)
	a.ways.Store(folder, way)
	return way
}

// pageView returns the common part of the page at a URL. p is the page of content/ that stands there
// or nil where the page is generated; title and lead are used where p has none.
func (a *assembler) pageView(url string, p *site.Page, title, lead string) theme.PageView {
	if p == nil {
		return theme.PageView{Frame: a.frame(url, title, lead), Heading: title, Lead: lead}
	}
	f := p.Front
	if f.Title != "" {
		title = f.Title
	}
	if f.Summary != "" {
		lead = f.Summary
	}
	v := theme.PageView{
		Frame: a.frame(url, title, lead), Heading: title, Lead: lead,
		Body:   a.body(p.Body, p.File.Path, url),
		Review: a.review(p.File, f.Owner, f.Reviewed, f.ReviewBy, a.updated(p, url)),
	}
	v.Drafts = f.Draft
	if p.Body != nil {
		var contents []theme.Link
		for _, h := range p.Body.Headings {
			if h.Level == 2 {
				contents = append(contents, theme.Link{Label: markdown.Fill(h.Text, h.Facts, a.FactText), URL: "#" + h.ID})
			}
		}
		if len(contents) >= 4 {
			v.Contents = list(a, contents)
		}
	}
	a.cite(&v, a.cited(p.Body))
	return v
}

// updated returns the day of the last change to the page that stands at a URL. What is mostly made of
// records has none but that which its authors noted: the day of the words above a list says nothing of
// the list.
func (a *assembler) updated(p *site.Page, url string) site.Date {
	if slices.Contains(generated, url) {
		return p.Front.Updated
	}
	return a.Updated(p)
}

// review says when what a file holds was last looked over and changed.
func (a *assembler) review(f *source.File, owner string, reviewed, next, updated site.Date) theme.Review {
	return theme.Review{
		Owner:    owner,
		Reviewed: reviewed.Long(), ReviewedISO: reviewed.String(),
		Next: next.Long(), NextISO: next.String(),
		Updated: updated.Long(), UpdatedISO: updated.String(),
		Uncommitted: updated.IsZero() && a.Uncommitted(f),
		Overdue:     !next.IsZero() && next.Before(a.AsOf),
	}
}

// cite lists the sources of facts below the page and sets its dated tag.
func (a *assembler) cite(v *theme.PageView, facts []site.Fact) {
	type origin struct {
		source string
		asOf   site.Date
	}
	var order []origin
	what := map[origin][]string{}
	oldest := site.Date{}
	for _, f := range facts {
		if f.Source == "" {
			continue
		}
		o := origin{f.Source, f.AsOf}
		if _, known := what[o]; !known {
			order = append(order, o)
		}
		if !slices.Contains(what[o], f.Text()) {
			what[o] = append(what[o], f.Text())
		}
		if f.UnderReview(a.AsOf) && (oldest.IsZero() || f.AsOf.Before(oldest)) {
			oldest = f.AsOf
		}
	}
	var sources []theme.Source
	for _, o := range order {
		s := theme.Source{What: strings.Join(what[o], "; "), From: o.source, AsOf: site.Fact{AsOf: o.asOf}.AsOfText(), UnderReview: site.Fact{AsOf: o.asOf}.UnderReview(a.AsOf)}
		if strings.HasPrefix(o.source, "https://") {
			s.URL = o.source
		}
		sources = append(sources, s)
	}
	v.Sources = list(a, sources)
	if !oldest.IsZero() {
		v.AsOf = underReview(oldest)
	}
}

func underReview(asOf site.Date) string { return "as of " + asOf.MonthYear() + ", being reviewed" }

// reviewTag returns the dated tag of a fact, or "" where it needs none.
func (a *assembler) reviewTag(f site.Fact) string {
	if f.UnderReview(a.AsOf) {
		return underReview(f.AsOf)
	}
	return ""
}

// jsonLD writes a schema.org description for a page. Marshal escapes what could end a script.
func jsonLD(v any) template.JS {
	text, err := json.Marshal(v)
	if err != nil {
		panic("a description for search engines cannot be written as JSON: " + err.Error())
	}
	return template.JS(text)
}
