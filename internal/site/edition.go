package site

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"nwioi/internal/markdown"
)

// Options say which edition of a site is wanted.
type Options struct {
	AsOf    Date   // the day on which it is published
	BaseURL string // where; empty: the url of the settings
	Drafts  bool   // show drafts too
	Preview bool   // for the live server: the search index is made when somebody asks for it
}

// An Edition is what a Site publishes on one day under one base URL.
type Edition struct {
	*Site
	Options
	Base Base
	Book *FactBook // every fact that a page can cite; the same as in the edition before if it says the same

	Published []*Page   // every page that is published, by URL; news and the rest
	News      []*Page   // the posts among them, newest first
	People    []*Person // those in the directory's results, in the published order
	Profiles  []*Person // everyone who has a page (active, paused, alumni), by id
	Listings  []*Listing
	Branches  []Branch   // of "where am I?"
	Redirects []Redirect // by the address they lead from
	Clashes   []Clash
	Routes    *Routes

	targets map[string]*Target
	pages   map[string]*Page // by path of the file
	made    map[*Practitioner]*projection
	people  map[string]*projection // of each person in People, by id
	listing map[[2]string]*Listing
}

// A Target is something that stands at an address.
type Target struct {
	URL    string
	Title  string
	Source string // path of the file it comes from; of data/site.yaml where it is generated
	Page   *Page  // nil where it is not a page of content/
	Course *Course
}

// Doc returns the text whose headings are anchors of the target, or nil where it has none.
func (t *Target) Doc() *markdown.Doc {
	switch {
	case t == nil:
		return nil
	case t.Page != nil:
		return t.Page.Body
	case t.Course != nil:
		return t.Course.Body
	}
	return nil
}

// A Redirect leads from a former address to the present one.
type Redirect struct {
	From, To string
	Title    string // of what it leads to
	Source   string // path of the file that has the alias
}

// A Clash is two sources that want the same address.
type Clash struct{ URL, First, Second string }

// A Publisher makes one edition after another and remembers what it made of each record. It is not safe
// for concurrent use.
type Publisher struct {
	day          Date
	vocabularies []*Vocabulary
	made         map[*Practitioner]*projection // for the day and the vocabularies
	slots        map[[2]string]int             // the number of each facet and value that somebody had, for the same
	listing      map[[2]string]*Listing
	book         *FactBook
	routes       *Routes
}

// A projection is all that an edition makes of one record.
type projection struct {
	person *Person
	values []FacetValue
	slots  []int // the numbers of the values
	turn   uint64
}

// Publish makes the edition of the site that the options describe. A Person is the same as in the edition
// before if all that it is made from is: the record, the day and the vocabularies. So is a Listing of the
// same people.
func (b *Publisher) Publish(s *Site, o Options) *Edition {
	var vocabularies []*Vocabulary
	for _, facet := range Vocabularies {
		vocabularies = append(vocabularies, s.Vocabulary(facet))
	}
	if b.day != o.AsOf || !slices.Equal(b.vocabularies, vocabularies) {
		*b = Publisher{day: o.AsOf, vocabularies: vocabularies, slots: map[[2]string]int{}}
	}
	e := publish(s, o, b)
	b.made, b.listing, b.book, b.routes = e.made, e.listing, e.Book, e.Routes
	return e
}

// Publish makes the edition of the site that the options describe.
func Publish(s *Site, o Options) *Edition { return new(Publisher).Publish(s, o) }

// publish makes an edition out of the records and what was made of them before.
func publish(s *Site, o Options, before *Publisher) *Edition {
	if o.BaseURL == "" {
		o.BaseURL = s.Settings.URL
	}
	base, err := NewBase(o.BaseURL)
	if err != nil {
		base, _ = NewBase("https://site.invalid/") // the settings' mistake is reported by check
	}
	e := &Edition{
		Site: s, Options: o, Base: base, Book: s.FactBook(),
		targets: make(map[string]*Target, len(s.Pages)+len(s.Practitioners)+256),
		made:    make(map[*Practitioner]*projection, len(s.Practitioners)),
		people:  make(map[string]*projection, len(s.Practitioners)),
		listing: map[[2]string]*Listing{},
		pages:   make(map[string]*Page, len(s.Pages)),
	}
	if sameFacts(before.book, e.Book) {
		e.Book = before.book
	}
	for _, p := range s.Pages {
		e.pages[p.File.Path] = p
	}
	e.choosePeople(before)
	e.choosePages()
	e.list(before)
	e.Routes = &Routes{targets: e.address(), redirects: e.Redirects, pages: e.Pages}
	if leadAlike(before.routes, e.Routes) {
		e.Routes = before.routes
	}
	return e
}

// Visible reports whether the edition publishes the page: it is no draft, its day has come and it
// has not expired.
func (e *Edition) Visible(p *Page) bool {
	f := p.Front
	if e.Drafts {
		return true
	}
	return !f.Draft && !f.Date.After(e.AsOf) && (f.Expires.IsZero() || !f.Expires.Before(e.AsOf))
}

func (e *Edition) choosePages() {
	for _, p := range e.Pages {
		if !e.Visible(p) {
			continue
		}
		e.Published = append(e.Published, p)
		if p.IsNews() {
			e.News = append(e.News, p)
		}
	}
	slices.SortStableFunc(e.News, func(a, b *Page) int {
		return cmp.Or(b.Front.Date.Compare(a.Front.Date), strings.Compare(a.File.Path, b.File.Path))
	})
}

// choosePeople projects every record that may be published and puts those in the results in order:
// by freshness, then by the week's rotation.
func (e *Edition) choosePeople(before *Publisher) {
	week := e.AsOf.ISOWeek()
	certifications := e.Vocabulary(Certification)
	var results []*projection
	for _, record := range e.Practitioners {
		if !record.Consented(e.AsOf) {
			continue
		}
		p := before.made[record]
		if p == nil {
			p = &projection{person: record.Public(e.AsOf, certifications)}
			if p.person.Status == "active" {
				p.values, p.turn = e.FacetValues(p.person), rotation(week, record.ID)
				p.slots = before.number(p.values)
			}
		}
		e.made[record] = p
		e.Profiles = append(e.Profiles, p.person)
		if p.person.Status == "active" {
			e.people[record.ID] = p
			results = append(results, p)
		}
	}
	slices.SortFunc(results, func(a, b *projection) int {
		return cmp.Or(cmp.Compare(a.person.Freshness, b.person.Freshness), cmp.Compare(a.turn, b.turn), strings.Compare(a.person.ID, b.person.ID))
	})
	e.People = make([]*Person, len(results))
	for i, r := range results {
		e.People[i] = r.person
	}
}

// number returns the number of each value, which is that of its listing while an edition is made: numbers
// are quicker to look up than names.
func (b *Publisher) number(values []FacetValue) []int {
	slots := make([]int, len(values))
	for i, v := range values {
		key := [2]string{v.Facet, v.Value}
		slot, known := b.slots[key]
		if !known {
			slot = len(b.slots)
			b.slots[key] = slot
		}
		slots[i] = slot
	}
	return slots
}

// list makes the listing of every facet value that somebody has. One that says the same as in the edition
// before is the same.
func (e *Edition) list(before *Publisher) {
	made := make([]*Listing, len(before.slots))
	for _, person := range e.People {
		p := e.people[person.ID]
		for i, v := range p.values {
			l := made[p.slots[i]]
			if l == nil {
				l = &Listing{Facet: v.Facet, Value: v.Value, Label: v.Label, Term: v.Term}
				if old := before.listing[[2]string{v.Facet, v.Value}]; old != nil {
					l.People = make([]*Person, 0, len(old.People)+1)
				}
				made[p.slots[i]] = l
			}
			l.People = append(l.People, person)
		}
	}
	for _, l := range made {
		if l == nil {
			continue // nobody has it any more
		}
		key := [2]string{l.Facet, l.Value}
		if old := before.listing[key]; old != nil && old.Label == l.Label && old.Term == l.Term && slices.Equal(old.People, l.People) {
			l = old
		}
		e.listing[key] = l
		e.Listings = append(e.Listings, l)
	}
	order := make(map[string]int, len(Facets))
	for i, f := range Facets {
		order[f] = i
	}
	slices.SortFunc(e.Listings, func(a, b *Listing) int {
		return cmp.Or(cmp.Compare(order[a.Facet], order[b.Facet]), strings.Compare(a.Value, b.Value))
	})
}

// Listing returns the listing of a facet value, or nil where nobody has it.
func (e *Edition) Listing(facet, value string) *Listing { return e.listing[[2]string{facet, value}] }

// Values returns the facet values of a person in People.
func (e *Edition) Values(p *Person) []FacetValue {
	if made := e.people[p.ID]; made != nil {
		return made.values
	}
	return nil
}

// Pages of a listing of n people: at least one.
func Pages(n int) int { return max(1, (n+PageSize-1)/PageSize) }

// address fills the table of addresses, finds clashes and collects redirects. It returns what is in the
// table.
func (e *Edition) address() []*Target {
	const generated = "data/site.yaml"
	order := make([]*Target, 0, len(e.Site.Pages)+2*len(e.Profiles)+256)
	put := func(t Target) {
		if old := e.targets[t.URL]; old != nil {
			e.Clashes = append(e.Clashes, Clash{t.URL, old.Source, t.Source})
			return
		}
		e.targets[t.URL] = &t
		order = append(order, &t)
	}
	for _, p := range e.Published {
		put(Target{URL: p.URL(), Title: p.Front.Title, Source: p.File.Path, Page: p})
	}
	// A list that no page introduces still stands at its address.
	list := func(url, title string) {
		if e.targets[url] == nil {
			put(Target{URL: url, Title: title, Source: generated})
		}
	}
	list("/", e.Settings.Title)
	list(NotFoundURL, "This page does not exist")
	list(DirectoryURL, "Directory")
	list(OrderURL, "How results are ordered")
	if len(e.News) > 0 {
		list(NewsURL, "News")
		put(Target{URL: AtomURL, Title: "News as an Atom feed", Source: generated})
		put(Target{URL: JSONFeedURL, Title: "News as a JSON feed", Source: generated})
		for page := 2; page <= Pages(len(e.News)); page++ {
			put(Target{URL: PagedURL(NewsURL, page), Title: "News", Source: generated})
		}
		for _, t := range e.Tags() {
			for page := 1; page <= Pages(len(t.Posts)); page++ {
				put(Target{URL: PagedURL(TagURL(t.Slug), page), Title: t.Label, Source: generated})
			}
		}
	}
	if e.Site.Pathway != nil {
		list(PathwayURL, e.Site.Pathway.Title)
		for _, s := range e.Site.Pathway.Steps {
			list(StepURL(s.ID), s.Title)
		}
		list(PrintURL, "The whole guide on one page")
		e.Branches, _ = e.Site.Pathway.Branches()
		for i, b := range e.Branches {
			if i == 0 {
				list(WhereURL, "Where am I?")
				continue
			}
			put(Target{URL: b.URL, Title: "Where am I?", Source: e.Site.Pathway.File.Path})
		}
	}
	for _, set := range e.Requirements {
		if e.BeyondSteps(set) {
			put(Target{URL: RulesURL(set.ID), Title: set.Name, Source: set.File.Path})
		}
	}
	if e.CountsHours() {
		list(PlannerURL, "Keep count of your hours")
		put(Target{URL: PathwayDataURL, Title: "What is asked, as data", Source: generated})
	}
	if len(e.Courses) > 0 {
		list(CoursesURL, "Courses")
	}
	for _, c := range e.Courses {
		put(Target{URL: CourseURL(c.ID), Title: c.Name, Source: c.File.Path, Course: c})
		for _, i := range c.Instances {
			if !i.Start.IsZero() {
				put(Target{URL: InstanceURL(c.ID, i.ID), Title: c.Name, Source: c.File.Path})
			}
		}
	}
	if e.Dated() {
		list(EventsURL, "Events")
	}
	for _, v := range e.Events {
		put(Target{URL: EventURL(v.ID), Title: v.Title, Source: v.File.Path})
		put(Target{URL: EventCalendarURL(v.ID), Title: v.Title, Source: v.File.Path})
	}
	if e.Dated() {
		put(Target{URL: CalendarURL, Title: "Calendar", Source: generated})
	}
	for _, p := range e.Profiles {
		put(Target{URL: ProfileURL(p.ID), Title: p.Name.Full(), Source: p.File.Path})
		if p.Status != "alumni" {
			put(Target{URL: VCardURL(p.ID), Title: p.Name.Full(), Source: p.File.Path})
		}
	}
	for _, m := range e.Months() {
		put(Target{URL: MonthURL(m), Title: m.MonthYear(), Source: generated})
	}
	for page := 2; page <= Pages(len(e.People)); page++ {
		put(Target{URL: PagedURL(DirectoryURL, page), Title: "Directory", Source: generated})
	}
	for i, l := range e.Listings { // sorted by facet
		if i == 0 || e.Listings[i-1].Facet != l.Facet {
			put(Target{URL: OverviewURL(l.Facet), Title: FacetTitle(l.Facet), Source: generated})
		}
		for page := 1; page <= Pages(len(l.People)); page++ {
			put(Target{URL: PagedURL(l.URL(), page), Title: l.Label, Source: generated})
		}
	}
	if len(e.Supervisors()) > 0 {
		list(SupervisorsURL, "Supervisors")
	}
	if len(e.Profiles) > 0 {
		put(Target{URL: RecordsURL, Title: "The directory as data", Source: generated})
		put(Target{URL: SchemaURL, Title: "Schema of the directory's data", Source: generated})
	}
	put(Target{URL: SearchURL, Title: "Search this site", Source: generated})
	for _, url := range []string{"/sitemap.xml", "/robots.txt", "/_headers", "/_redirects"} {
		put(Target{URL: url, Title: url, Source: generated})
	}
	for _, f := range e.Static {
		put(Target{URL: "/" + strings.TrimPrefix(f.Path, "static/"), Title: path.Base(f.Path), Source: f.Path})
	}
	// A former address redirects, unless something stands there or another file had it before.
	led := map[string]string{} // by address: the file that has the alias
	redirect := func(r Redirect) {
		if old := e.targets[r.From]; old != nil {
			e.Clashes = append(e.Clashes, Clash{r.From, old.Source, r.Source})
		} else if other, taken := led[r.From]; taken {
			e.Clashes = append(e.Clashes, Clash{r.From, other, r.Source})
		} else {
			led[r.From] = r.Source
			e.Redirects = append(e.Redirects, r)
		}
	}
	for _, p := range e.Published {
		for _, alias := range p.Front.Aliases {
			redirect(Redirect{From: directoryOf(alias), To: p.URL(), Title: p.Front.Title, Source: p.File.Path})
		}
	}
	for _, p := range e.Profiles {
		for _, alias := range p.Aliases {
			redirect(Redirect{From: ProfileURL(alias), To: ProfileURL(p.ID), Title: p.Name.Full(), Source: p.File.Path})
		}
	}
	slices.SortFunc(e.Redirects, func(a, b Redirect) int {
		return cmp.Or(strings.Compare(a.From, b.From), strings.Compare(a.Source, b.Source))
	})
	slices.SortFunc(e.Clashes, func(a, b Clash) int {
		return cmp.Or(strings.Compare(a.URL, b.URL), strings.Compare(a.First, b.First), strings.Compare(a.Second, b.Second))
	})
	return order
}

// directoryOf gives a former address the form of a page's: from "/" and with a slash at the end,
// unless it names a file.
func directoryOf(alias string) string {
	clean := path.Clean("/" + alias)
	if clean == "/" || path.Ext(clean) != "" {
		return clean
	}
	return clean + "/"
}

// Target returns what stands at a URL path, or nil.
func (e *Edition) Target(urlPath string) *Target { return e.targets[urlPath] }

// Targets returns everything that has an address, by address.
func (e *Edition) Targets() []*Target {
	all := make([]*Target, 0, len(e.targets))
	for _, t := range e.targets {
		all = append(all, t)
	}
	slices.SortFunc(all, func(a, b *Target) int { return strings.Compare(a.URL, b.URL) })
	return all
}

// FactText returns the words of the fact with the id, or "".
func (e *Edition) FactText(id string) string {
	f, _ := e.Book.Fact(id)
	return f.Text()
}

// Page returns the page of content/ that stands at a URL path, or nil.
func (e *Edition) Page(urlPath string) *Page {
	if t := e.targets[urlPath]; t != nil {
		return t.Page
	}
	return nil
}

// Supervisors returns the people of the results who supervise, in the published order.
func (e *Edition) Supervisors() []*Person {
	var out []*Person
	for _, p := range e.People {
		if p.Supervision != nil {
			out = append(out, p)
		}
	}
	return out
}

// CountsHours reports whether any requirement is weighed against a log of hours.
func (e *Edition) CountsHours() bool {
	for _, set := range e.Requirements {
		for _, r := range set.Requirements {
			if r.Counts != nil {
				return true
			}
		}
	}
	return false
}

// Dated reports whether anything belongs in the calendar.
func (e *Edition) Dated() bool {
	if len(e.Events) > 0 {
		return true
	}
	for _, c := range e.Courses {
		for _, i := range c.Instances {
			if !i.Start.IsZero() {
				return true
			}
		}
	}
	return false
}

// Months returns the first day of every month in which a course or an event takes place, in time.
func (e *Edition) Months() []Date {
	var months []Date
	add := func(start, last Date) {
		if start.IsZero() || last.Before(start) {
			return
		}
		for m := (Date{start.Year, start.Month, 1}); !m.After(last); m = m.AddDays(31) {
			m.Day = 1
			months = append(months, m)
		}
	}
	for _, c := range e.Courses {
		for _, i := range c.Instances {
			add(i.Start, i.Last())
		}
	}
	for _, v := range e.Events {
		add(v.Start, v.Last())
	}
	slices.SortFunc(months, Date.Compare)
	return slices.Compact(months)
}

// A Tag is a subject of news posts.
type Tag struct {
	Slug, Label string
	Posts       []*Page // newest first
}

// Tags returns the tags of the published posts, by slug.
func (e *Edition) Tags() []*Tag {
	bySlug := map[string]*Tag{}
	var tags []*Tag
	for _, p := range e.News {
		for _, label := range p.Front.Tags {
			slug := Slug(label)
			t := bySlug[slug]
			if t == nil {
				t = &Tag{Slug: slug, Label: label}
				bySlug[slug] = t
				tags = append(tags, t)
			}
			if len(t.Posts) == 0 || t.Posts[len(t.Posts)-1] != p {
				t.Posts = append(t.Posts, p)
			}
		}
	}
	slices.SortFunc(tags, func(a, b *Tag) int { return strings.Compare(a.Slug, b.Slug) })
	return tags
}
