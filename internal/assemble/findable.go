package assemble

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"nwioi/internal/markdown"
	"nwioi/internal/output"
	"nwioi/internal/site"
	"nwioi/internal/theme"
)

// A findable is what one result of the site's search leads to: a page, or a part of one under a
// heading, a requirement's name or a word that is explained.
type findable struct {
	kind    string // "step", "course", "event", "page" or "news": the id of one of findableKinds
	id, url string // url is a link, with the part's anchor
	title   string
	names   string // other names, such as a course's letters
	label   string // what stands above the title: "Step 2", or the page that a part belongs to
	summary string
	text    string
	part    bool
}

// findableKinds are in the order in which the page without scripts lists them. The words are what
// people type for one.
var findableKinds = []struct {
	id, label string
	words     []string
}{
	{"step", "Steps", []string{"step", "pathway"}},
	{"course", "Courses", []string{"course", "class", "classes"}},
	{"event", "Events", []string{"event", "calendar"}},
	{"page", "Pages", nil},
	{"news", "News", []string{"post", "posts"}},
}

// summaryLength is the number of characters of a text that stand for it in a result.
const summaryLength = 150

// findables returns everything that the site's search finds, in the order of findableKinds; the parts
// of a page follow it.
func (a *assembler) findables() []*findable {
	var all []*findable
	for _, f := range slices.Concat(a.findableSteps(), a.findableCourses(), a.findableEvents(), a.findablePages(), a.findableRules()) {
		all = append(all, output.Intern(a.pool, f))
	}
	return append(all, a.findableNews()...)
}

func (a *assembler) findableSteps() []findable {
	way := a.Site.Pathway
	if way == nil {
		return nil
	}
	all := a.findablePage("step", site.PathwayURL, way.Title, way.Summary)
	for i, s := range way.Steps {
		step := a.findablePage("step", site.StepURL(s.ID), s.Title, s.Summary)
		whole := &step[0]
		whole.label, whole.names = "Step "+strconv.Itoa(i+1), s.Short
		texts := append([]string{whole.text, s.Asks, a.factOrWords(s.Cost), a.factOrWords(s.Length), s.CountsTwice}, s.Today...)
		for _, b := range s.Background {
			texts = append(texts, b.Who, b.What)
		}
		for _, g := range a.asked(s, site.StepURL(s.ID)) {
			for _, r := range g.Items.All() {
				part := whole.requirement(r)
				texts = append(texts, r.Title, part.text)
				if r.Title != whole.title { // what the step itself asks
					step = append(step, part)
				}
			}
		}
		step[0].text = strings.Join(texts, " ")
		all = append(all, step...)
	}
	return all
}

// requirement returns the part of a page that explains a requirement.
func (f *findable) requirement(r theme.Requirement) findable {
	says := slices.Concat([]string{r.Target, r.Explanation}, r.Figures.All(), r.AlsoCounts.All())
	return f.partAt(r.ID, r.Title, strings.Join(slices.DeleteFunc(says, func(s string) bool { return s == "" }), ". "))
}

// findableRules returns the pages of requirement sets, and what each of them asks.
func (a *assembler) findableRules() []findable {
	var all []findable
	for _, set := range a.Requirements {
		url := site.RulesURL(set.ID)
		if a.Target(url) == nil {
			continue
		}
		page := findable{kind: "page", id: url, url: a.href(url), title: set.Name, label: set.Issuer, summary: set.Notice}
		all = append(all, page)
		whole := len(all) - 1
		texts := []string{set.Notice, set.Source}
		for _, r := range a.group(set, set.All(), url, site.RequirementAnchor).Items.All() {
			part := page.requirement(r)
			texts = append(texts, part.title, part.text)
			all = append(all, part)
		}
		all[whole].text = strings.Join(texts, " ")
	}
	return all
}

func (a *assembler) findableCourses() []findable {
	if a.Target(site.CoursesURL) == nil {
		return nil
	}
	all := a.findablePage("course", site.CoursesURL, "Courses", "")
	for _, c := range a.inStepOrder() {
		whole := findable{kind: "course", id: site.CourseURL(c.ID), url: a.href(site.CourseURL(c.ID)), title: c.Name, names: c.Short, label: "Course", summary: c.Summary}
		texts := append([]string{c.Summary}, c.Covers...)
		for _, f := range []site.Fact{c.Credits, c.Length, c.Usual, c.Format, c.Price.Fact} {
			texts = append(texts, f.Text(), f.Note)
		}
		for _, in := range c.Instances {
			i := a.instance(c, in)
			texts = append(texts, i.Dates, i.Format, i.Note)
		}
		var parts []findable
		if c.Body != nil {
			texts = append(texts, c.Body.Plain(a.FactText))
			parts = a.parts(whole, c.Body)
		}
		whole.text = strings.Join(texts, " ")
		all = append(append(all, whole), parts...)
	}
	return all
}

func (a *assembler) findableEvents() []findable {
	if a.Target(site.EventsURL) == nil {
		return nil
	}
	all := a.findablePage("event", site.EventsURL, "Events", "")
	events := slices.DeleteFunc(slices.Clone(a.Events), func(e *site.Event) bool { return e.Sample }) // their pages ask not to be listed
	slices.SortStableFunc(events, func(x, y *site.Event) int { return y.Start.Compare(x.Start) })
	for _, e := range events {
		line := a.eventLine(e)
		f := findable{
			kind: "event", id: site.EventURL(e.ID), url: line.URL, title: e.Title, label: line.Dates, summary: e.Summary,
			text: strings.Join([]string{e.Summary, line.By, e.Place, formatWords[e.Format]}, " "),
		}
		if e.Body != nil {
			f.text += " " + e.Body.Plain(a.FactText)
		}
		all = append(all, f)
	}
	return all
}

// findablePages returns every page that is not of another kind, in the order of the site's menus and
// then by address. The page for missing addresses is nothing to find.
func (a *assembler) findablePages() []findable {
	urls := map[string]bool{"/": true, site.DirectoryURL: true, site.OrderURL: true, site.SupervisorsURL: a.Target(site.SupervisorsURL) != nil, site.PlannerURL: a.CountsHours()}
	for _, p := range a.Published {
		if !p.IsNews() {
			urls[p.URL()] = true
		}
	}
	for _, url := range []string{site.NotFoundURL, site.CoursesURL, site.EventsURL, site.NewsURL} {
		urls[url] = false
	}
	if way := a.Site.Pathway; way != nil {
		urls[site.PathwayURL] = false
		for _, s := range way.Steps {
			urls[site.StepURL(s.ID)] = false
		}
	}
	var sorted []string
	for url, is := range urls {
		if is {
			sorted = append(sorted, url)
		}
	}
	place := func(url string) int {
		i := slices.IndexFunc(a.Settings.Menu, func(m site.MenuItem) bool { return m.URL == url })
		if i < 0 {
			return len(a.Settings.Menu)
		}
		return i
	}
	slices.SortFunc(sorted, func(x, y string) int { return cmp.Or(cmp.Compare(place(x), place(y)), strings.Compare(x, y)) })
	var all []findable
	for _, url := range sorted {
		page := a.findablePage("page", url, a.Target(url).Title, "")
		if url == "/" {
			page[0].label = "Home"
		}
		all = append(all, page...)
	}
	return all
}

// findableNews returns the list of posts and the posts, newest first. A post is short: it has no parts.
func (a *assembler) findableNews() []*findable {
	if a.Target(site.NewsURL) == nil {
		return nil
	}
	var all []*findable
	for _, f := range a.findablePage("news", site.NewsURL, "News", "") {
		all = append(all, output.Intern(a.pool, f))
	}
	type key struct {
		page  *site.Page
		base  site.Base
		facts *output.List[site.Fact] // that the text cites
	}
	for _, p := range a.News {
		post := output.Memo(a.pool, key{p, a.Base, list(a, a.cited(p.Body))}, func() *findable {
			post, _ := a.wholePage("news", p.URL(), "", "")
			post.label = p.Front.Date.Long()
			post.text += " " + strings.Join(p.Front.Tags, " ")
			return &post
		})
		all = append(all, post)
	}
	return all
}

// findablePage returns what stands at a URL and after it its parts.
func (a *assembler) findablePage(kind, url, title, summary string) []findable {
	f, doc := a.wholePage(kind, url, title, summary)
	if doc == nil {
		return []findable{f}
	}
	return append([]findable{f}, a.parts(f, doc)...)
}

// wholePage returns what stands at a URL, and its text if it has one. title and summary are used where
// no page of content/ has them.
func (a *assembler) wholePage(kind, url, title, summary string) (findable, *markdown.Doc) {
	f := findable{kind: kind, id: url, url: a.href(url), title: title, summary: summary}
	var doc *markdown.Doc
	if p := a.Page(url); p != nil {
		f.title, f.summary = p.Front.Title, cmp.Or(p.Front.Summary, summary)
		doc = p.Body
	} else if url == site.OrderURL {
		doc = orderText()
	}
	if doc == nil {
		f.text = f.summary
		return f, nil
	}
	f.text = f.summary + " " + doc.Plain(a.FactText)
	if f.summary == "" {
		f.summary = doc.Summary(summaryLength, a.FactText)
	}
	return f, doc
}

// parts returns what stands under each heading of a page's text, and each word that a list of
// definitions explains.
func (a *assembler) parts(page findable, doc *markdown.Doc) []findable {
	var parts []findable
	var heading, anchor string
	var texts []string
	end := func() {
		if len(texts) > 0 && anchor != "" {
			parts = append(parts, page.partAt(anchor, heading, strings.Join(texts, " ")))
		}
		texts = nil
	}
	headings := doc.Headings
	var term string // that the next paragraph explains
	for _, b := range doc.Blocks() {
		text := strings.TrimSpace(markdown.Fill(b.Text, b.Facts, a.FactText))
		switch {
		case b.Kind == markdown.Title && text != "":
			end()
			heading, anchor = text, ""
			// A heading that is nothing but a picture has no block.
			for anchor == "" && len(headings) > 0 {
				if h := headings[0]; markdown.Fill(h.Text, h.Facts, a.FactText) == text {
					anchor = h.ID
				}
				headings = headings[1:]
			}
		case b.Kind == markdown.Term:
			term = text
		case term != "":
			word := page.partAt(anchor, term, text)
			word.id += " " + site.Slug(term)
			parts = append(parts, word)
			term = ""
		case text != "":
			texts = append(texts, text)
		}
	}
	end()
	return parts
}

// partAt returns the part of a page at an anchor.
func (f *findable) partAt(anchor, title, text string) findable {
	p := *f
	p.part, p.title, p.names, p.text = true, title, "", text
	if anchor != "" {
		p.id, p.url = f.id+"#"+anchor, f.url+"#"+anchor
	}
	p.label = f.title
	p.summary = markdown.Shorten(text, summaryLength)
	return p
}

// A spelledOut is a set of letters and what they stand for.
type spelledOut struct{ letters, words, foldedLetters, foldedWords string }

// spelledOut returns the letters that the site's lists of definitions spell out, such as a
// glossary's "CEU" with "Continuing education unit".
func (a *assembler) spelledOut() []spelledOut {
	var all []spelledOut
	for _, p := range a.Published {
		if p.Body == nil || !p.Body.Explains() {
			continue
		}
		letters := ""
		for _, b := range p.Body.Blocks() {
			text := strings.TrimSpace(b.Text)
			if letters != "" {
				words := clause(text)
				all = append(all, spelledOut{letters, words, folded(letters), folded(words)})
			}
			letters = ""
			if b.Kind == markdown.Term && isLetters(text) {
				letters = text
			}
		}
	}
	return all
}

// isLetters reports whether a term is one word with two capitals or more: "SAR", "PhD".
func isLetters(term string) bool {
	capitals := 0
	for _, r := range term {
		if r == ' ' {
			return false
		}
		if 'A' <= r && r <= 'Z' {
			capitals++
		}
	}
	return capitals > 1
}

// clause returns the text up to its first stop, at least two words.
func clause(text string) string {
	for i, r := range text {
		if strings.ContainsRune(",.;:(", r) && strings.Contains(text[:i], " ") {
			return text[:i]
		}
	}
	return text
}
