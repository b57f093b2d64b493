package assemble

import (
	"cmp"
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"nwioi/internal/markdown"
	"nwioi/internal/output"
	"nwioi/internal/search"
	"nwioi/internal/site"
	"nwioi/internal/theme"
)

// directory makes the listing of everyone, the listing of every facet value, their further pages, and
// the page that explains the order.
func (a *assembler) directory() {
	intro := a.Page(site.DirectoryURL)
	form := a.form()
	script := a.existingScript()
	lead := "Everyone listed here is a Certified Integrated Intimacy Practitioner (CIIP)."
	title := "Directory"
	if intro != nil {
		title = intro.Front.Title
	}
	a.listing(roster{url: site.DirectoryURL, title: title, people: a.People}, func(url string, page int) theme.ListingView {
		if page > 1 {
			further := ""
			if intro == nil {
				further = lead
			}
			return theme.ListingView{PageView: a.pageView(url, nil, title, further)}
		}
		v := theme.ListingView{PageView: a.pageView(url, intro, title, lead), Form: form}
		v.Script = script
		return v
	})
	menu := list(a, a.menu)
	for _, l := range a.Listings {
		key := valueKey{
			l, a.theme.Layout("listing"), a.related(l), a.above(l.URL() + "page/2"), a.cardsIn, menu,
			a.Settings, a.Base, a.shared, a.header(l.URL()), a.footer,
		}
		a.recipes = append(a.recipes, output.Memo(a.pool, key, func() []output.Recipe { return a.valueListing(l, key.related) })...)
	}
	a.overviews()
	a.order()
}

// A valueKey holds everything that the pages of a facet value's listing depend on. The way to its further
// pages has all that stands above any of them.
type valueKey struct {
	listing        *site.Listing
	layout         *theme.Layout
	related        *theme.List[theme.Link]
	above          *theme.List[theme.Link]
	cards          *cardsContext
	menu           *theme.List[site.MenuItem]
	settings       *site.Settings
	base           site.Base
	shared         *theme.Shared
	header, footer *theme.Fragment
}

// valueListing returns the recipes of the pages of a facet value's listing.
func (a *assembler) valueListing(l *site.Listing, related *theme.List[theme.Link]) []output.Recipe {
	in := *a
	in.recipes = nil
	shown := roster{url: l.URL(), title: a.listingTitle(l), people: l.People, term: l.Term, related: related}
	in.listing(shown, func(url string, _ int) theme.ListingView {
		v := theme.ListingView{PageView: a.pageView(url, nil, shown.title, "")}
		if t := l.Term; t != nil {
			v.Lead, v.Formal = t.Description, t.Clinical()
			v.Description = cmp.Or(t.Description, v.Description)
			v.Related = related
		}
		return v
	})
	return in.recipes
}

// overviews makes, for each facet, the page that leads to all its listings, those with most people
// first. The directory itself shows the most used values only.
func (a *assembler) overviews() {
	for _, facet := range site.Facets {
		var links []theme.CountedLink
		for _, l := range a.Listings {
			if l.Facet == facet {
				links = append(links, theme.CountedLink{Label: l.Label, URL: a.href(l.URL()), Count: len(l.People)})
			}
		}
		if len(links) == 0 {
			continue
		}
		slices.SortStableFunc(links, func(x, y theme.CountedLink) int { return cmp.Compare(y.Count, x.Count) })
		url := site.OverviewURL(facet)
		v := theme.OverviewView{PageView: a.pageView(url, nil, site.FacetTitle(facet), ""), Links: list(a, links)}
		v.NoIndex = !slices.ContainsFunc(a.People, func(p *site.Person) bool { return !p.Sample })
		a.page(url, "overview", v)
	}
}

// A roster is what has a listing: everyone, or those with a value of a facet.
type roster struct {
	url, title string
	people     []*site.Person
	term       *site.Term
	related    *theme.List[theme.Link]
}

// A listingKey holds everything that a page of a listing depends on, but for the first page of everyone,
// which has a text and the form.
type listingKey struct {
	url            string
	crumbs         *theme.List[theme.Link]
	cards          *theme.List[*theme.Fragment]
	page, people   int
	noIndex        bool
	term           *site.Term
	related        *theme.List[theme.Link]
	settings       *site.Settings
	base           site.Base
	shared         *theme.Shared
	header, footer *theme.Fragment
}

// listing makes the pages of one listing: as many as it has people for, at least one. view makes the part of
// a page that does not depend on the people.
func (a *assembler) listing(l roster, view func(url string, page int) theme.ListingView) {
	pages := site.Pages(len(l.people))
	noIndex := !slices.ContainsFunc(l.people, func(p *site.Person) bool { return !p.Sample })
	cards := make([]*theme.Fragment, 0, site.PageSize)
	for page := 1; page <= pages; page++ {
		url := site.PagedURL(l.url, page)
		cards = cards[:0]
		for _, p := range l.people[(page-1)*site.PageSize : min(page*site.PageSize, len(l.people))] {
			cards = append(cards, a.cards[p.ID].fragment)
		}
		key := listingKey{
			url, a.crumbs(url, l.title), list(a, cards), page, len(l.people), noIndex, l.term, l.related,
			a.Settings, a.Base, a.shared, a.header(url), a.footer,
		}
		made := func() *theme.ListingView {
			v := view(url, page)
			a.fillListing(&v, l, key, pages)
			return &v
		}
		if l.url == site.DirectoryURL && page == 1 {
			a.page(url, "listing", *made())
		} else {
			a.page(url, "listing", *output.Memo(a.pool, key, made))
		}
	}
}

// fillListing adds to a page of a listing what all of them have.
func (a *assembler) fillListing(v *theme.ListingView, l roster, key listingKey, pages int) {
	page := key.page
	if page > 1 {
		v.Title = v.Heading + ", page " + strconv.Itoa(page) + " · " + a.Settings.Title
	}
	v.Cards = key.cards
	v.Count, v.CountText = key.people, peopleText(key.people)
	v.Page, v.Pages = page, pages
	v.OrderURL = a.href(site.OrderURL)
	v.ReferralURL = a.referral(l.url, v.Heading)
	// A list of nothing but sample records is nothing to find.
	v.NoIndex = key.noIndex && l.url != site.DirectoryURL || page > 1 && key.noIndex
	if page > 1 {
		v.Previous = theme.Link{Label: "Previous page", URL: a.href(site.PagedURL(l.url, page-1))}
	}
	if page < pages {
		v.Next = theme.Link{Label: "Next page", URL: a.href(site.PagedURL(l.url, page+1))}
	}
	v.PageLinks = list(a, a.pageLinks(l.url, page, pages))
}

// referral returns a link that opens a mail which asks the institute for a referral, or "" where it has no
// address. On the directory's page the script adds what was chosen; elsewhere the list itself says it.
func (a *assembler) referral(listing, heading string) template.URL {
	to := a.Settings.Contact.Email
	if to == "" {
		return ""
	}
	link := "mailto:" + to + "?subject=" + url.PathEscape("A referral")
	if listing != site.DirectoryURL {
		link += "&body=" + url.PathEscape("Hello,\r\n\r\nI was looking at this list in your directory: "+heading+"\r\n\r\nCould you suggest somebody?\r\n\r\n")
	}
	return template.URL(link)
}

// pageLinks returns links to the first, the last and the neighbouring pages; a link without a URL
// stands for those left out.
func (a *assembler) pageLinks(listing string, page, pages int) []theme.Link {
	if pages == 1 {
		return nil
	}
	var links []theme.Link
	last := 0
	for n := 1; n <= pages; n++ {
		if n != 1 && n != pages && (n < page-1 || n > page+1) {
			continue
		}
		if n > last+1 {
			links = append(links, theme.Link{Label: "…"})
		}
		links = append(links, theme.Link{Label: strconv.Itoa(n), URL: a.href(site.PagedURL(listing, n)), Current: n == page})
		last = n
	}
	return links
}

func peopleText(n int) string {
	if n == 1 {
		return "1 person"
	}
	return strconv.Itoa(n) + " people"
}

// listingTitle is the heading of a facet value's page.
func (a *assembler) listingTitle(l *site.Listing) string {
	switch l.Facet {
	case site.City, site.State:
		return "Practitioners in " + l.Label
	case site.Language:
		return "Practitioners who speak " + l.Label
	case site.InsurancePlan:
		return "Practitioners who work with " + l.Label
	}
	return l.Label
}

// related returns the listings of the terms that a term names as related.
func (a *assembler) related(l *site.Listing) *theme.List[theme.Link] {
	if l.Term == nil {
		return nil
	}
	var links []theme.Link
	for _, id := range l.Term.Related {
		if other := a.Listing(l.Facet, site.Slug(id)); other != nil && other != l {
			links = append(links, theme.Link{Label: other.Label, URL: a.href(other.URL())})
		}
	}
	return list(a, links)
}

// shownOptions is how many values of a facet the form offers before "All 22 languages"; of concerns it
// offers twice as many. The page has to stay light however many languages a site has.
const shownOptions = 6

// form makes the search form.
func (a *assembler) form() *theme.Fragment {
	v := theme.FormView{
		Site: a.shared, Action: a.href(site.DirectoryURL), Index: a.searchIndex(), Today: a.AsOf.String(), PageSize: site.PageSize,
	}
	var groups []theme.FormGroup
	for _, q := range questions {
		if (q.key == "zip" || q.key == "within") && !a.near() {
			continue // nothing to measure
		}
		g := theme.FormGroup{Key: q.key, Legend: q.legend, Kind: q.kind, Hint: q.hint}
		var options []theme.FormOption
		if q.options != nil {
			options = q.options(a)
		} else if q.kind == "any" {
			for _, l := range a.Listings {
				if l.Facet == q.key {
					o := theme.FormOption{Value: l.Choice(), Label: strings.TrimPrefix(l.Label, "By video in "), URL: a.href(l.URL()), Count: len(l.People)}
					if l.Term != nil {
						o.Formal = l.Term.Clinical()
					}
					options = append(options, o)
				}
			}
			slices.SortStableFunc(options, func(x, y theme.FormOption) int { return cmp.Compare(y.Count, x.Count) })
			shown := shownOptions
			if q.key == site.Concern {
				shown = 2 * shownOptions
			}
			if len(options) > shown {
				g.More = theme.Link{Label: "All " + strconv.Itoa(len(options)) + " " + strings.ToLower(site.FacetTitle(q.key)), URL: a.href(site.OverviewURL(q.key))}
				options = options[:shown]
			}
		}
		if q.kind == "any" && len(options) == 0 {
			continue
		}
		g.Options = list(a, options)
		groups = append(groups, g)
	}
	v.Groups = list(a, groups)
	return theme.NewFragment(a.pool, a.theme.Layout("form"), v)
}

// questions are the form's, in the order in which people ask them. The keys are those of the
// fragment.
var questions = []struct {
	key, legend, kind, hint string
	options                 func(*assembler) []theme.FormOption
}{
	{site.Concern, "What would you like help with?", "any", "", nil},
	{"format", "In the office or by video?", "any", "", func(a *assembler) []theme.FormOption {
		return a.fixed([]string{"in_person", "In the office", "telehealth", "By video"}, func(p *site.Person) []string {
			var have []string
			if p.InPerson {
				have = append(have, "in_person")
			}
			if len(p.Telehealth) > 0 {
				have = append(have, "telehealth")
			}
			return have
		})
	}},
	{site.Telehealth, "By video: which state are you in?", "any", "The therapist needs a licence where you are.", nil},
	{"availability", "Who is taking new clients?", "any", "", func(a *assembler) []theme.FormOption {
		return a.fixed([]string{"open", "Taking new clients", "waitlist", "Has a waiting list"}, func(p *site.Person) []string { return []string{p.State()} })
	}},
	{site.InsurancePlan, "How will you pay?", "any", "", nil},
	{"fee_max", "The most you can pay for a session, in dollars", "number", "A sliding scale counts.", nil},
	{site.City, "In which city?", "any", "", nil},
	{site.State, "In which state is the office?", "any", "", nil},
	{"zip", "Near which ZIP code?", "zip", "We never ask where you are.", nil},
	{"within", "Within how many miles of it?", "one", "", func(*assembler) []theme.FormOption {
		options := []theme.FormOption{{Label: "Usual (" + strconv.Itoa(search.DefaultWithin) + ")"}}
		for _, miles := range []string{"5", "10", "25", "50", "100"} {
			options = append(options, theme.FormOption{Value: miles, Label: miles})
		}
		return options
	}},
	{"clients", "Who is it for?", "any", "", func(a *assembler) []theme.FormOption {
		return a.ofVocabulary(site.Client, func(p *site.Person) []string { return p.Clients })
	}},
	{"ages", "How old?", "any", "", func(a *assembler) []theme.FormOption {
		return a.ofVocabulary(site.Age, func(p *site.Person) []string { return p.Ages })
	}},
	{site.Community, "Is there a community you belong to?", "any", "", nil},
	{site.Language, "In which language?", "any", "", nil},
	{site.Modality, "Is there an approach you want?", "any", "", nil},
	{site.Credential, "Which licence or certification?", "any", "", nil},
	{"sort", "In which order?", "one", "", func(a *assembler) []theme.FormOption {
		orders := []theme.FormOption{{Value: "match", Label: "Best match"}, {Value: "soonest", Label: "Soonest opening"}, {Value: "name", Label: "Name"}}
		if a.near() {
			orders = append(orders, theme.FormOption{Value: "distance", Label: "Nearest to the ZIP code"})
		}
		return orders
	}},
}

// fixed counts the people with each of a few values: pairs of value and label.
func (a *assembler) fixed(pairs []string, have func(*site.Person) []string) []theme.FormOption {
	counts := map[string]int{}
	for _, p := range a.People {
		for _, v := range have(p) {
			counts[v]++
		}
	}
	var options []theme.FormOption
	for i := 0; i < len(pairs); i += 2 {
		options = append(options, theme.FormOption{Value: pairs[i], Label: pairs[i+1], Count: counts[pairs[i]]})
	}
	return options
}

// ofVocabulary counts the people with each term of a vocabulary that somebody has, the most used first.
func (a *assembler) ofVocabulary(facet string, have func(*site.Person) []string) []theme.FormOption {
	v := a.Vocabulary(facet)
	if v == nil {
		return nil
	}
	pairs := make([]string, 0, 2*len(v.Terms))
	for _, t := range v.Terms {
		pairs = append(pairs, t.ID, t.Label)
	}
	options := slices.DeleteFunc(a.fixed(pairs, have), func(o theme.FormOption) bool { return o.Count == 0 })
	slices.SortStableFunc(options, func(x, y theme.FormOption) int { return cmp.Compare(y.Count, x.Count) })
	return options
}

// order makes the page that explains how results are ordered.
func (a *assembler) order() {
	p := a.Page(site.OrderURL)
	v := a.pageView(site.OrderURL, p, "How results are ordered", "The same rule for everybody, and nobody can pay to stand higher.")
	if p == nil {
		v.Body = a.body(orderText(), "content/directory/how-we-order.md", site.OrderURL)
	}
	a.page(site.OrderURL, "page", v)
}

// orderText is the explanation for a site that has not written its own. Its numbers are facts, so
// they are those that the code uses.
var orderText = sync.OnceValue(func() *markdown.Doc {
	doc, _ := markdown.Parse("content/directory/how-we-order.md", []byte(`## How well words match

When you search, each person gets points, and fewer points stand higher. The points of all words are
added up. At most {{fact "order.most-words"}} words count.

| What a word matches | Points |
|---|---|
| A whole word of the name | {{fact "order.name"}} |
| A concern that the person named first | {{fact "order.top-concern"}} |
| Any other concern | {{fact "order.concern"}} |
| A place, letters after the name, a nickname or another detail | {{fact "order.detail"}} |
| A whole word of a text | {{fact "order.text"}} |
| The beginning of a word of a text | {{fact "order.text-part"}} |

| What is added for names, concerns and details | Points |
|---|---|
| Only the beginning was typed, or one word of a longer name | {{fact "order.part"}} |
| The spelling is one letter off | {{fact "order.one-letter"}} |
| The spelling is two letters off | {{fact "order.two-letters"}} |

Two words that are a name, such as "Wanda Smith", cost {{fact "order.longer-name"}} more for each that stands in a
name of more than two words. Beside a concern or a place, a word that only texts have need not be there.
Where it is missing it costs {{fact "order.unsaid"}}.

## Among equals

People with the same points, and everybody where you only browse, come in this order.

1. Those who take new clients and said so within {{fact "order.open-days"}}.
2. Those who keep a waiting list and said so within {{fact "order.open-days"}}.
3. Those who said so longer ago, up to {{fact "order.counts-days"}}.
4. Those who have not confirmed it since. They no longer count as open.
5. Those who take no new clients.

Within each group the order changes every {{fact "order.rotation-days"}}. It follows from the week and the
person's address on this site, so everybody is first equally often.

## Distances

They are measured in a straight line from the middle of a ZIP code, within {{fact "order.near-miles"}} miles
unless you say otherwise. The middles of ZIP codes come from [GeoNames](https://www.geonames.org/), under
the [Creative Commons Attribution 4.0 licence](https://creativecommons.org/licenses/by/4.0/), with
changes, and from the Gazetteer of the U.S. Census Bureau.
`), 1, markdown.Options{Facts: true, TopHeading: 2, AnchorPrefix: "s-"})
	return doc
})
