package assemble

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"nwioi/internal/output"
	"nwioi/internal/search"
	"nwioi/internal/site"
	"nwioi/internal/source"
	"nwioi/internal/theme"
)

// searchScript is the script of the directory's page.
const searchScript = "directory.js"

func (a *assembler) existingScript() string { return a.asset(searchScript) }

// searchIndex makes the index of the directory and returns the URL of its root.
func (a *assembler) searchIndex() string {
	index := output.Memo(a.pool, a.searchKey(), func() *searchIndex { return newIndex(a.searchInput) })
	return a.publishIndex(searchName, index)
}

// searchName begins the names of the index files.
const searchName = "directory"

// publishIndex adds the files of an index and returns the URL of its root.
//
// A published index is made here, because the names of its files hold hashes of their content. A
// preview's is one file with a fixed name, made when a browser asks for it, so that saving a record
// does not wait for it.
func (a *assembler) publishIndex(name string, index *searchIndex) string {
	if a.Preview {
		url := site.IndexURL + name + ".idx"
		a.add(url, previewLayout, index)
		return a.href(url)
	}
	root := ""
	files := index.files()
	for i := range files {
		f := &files[i]
		url := site.IndexURL + f.Name
		// Most of an index stays when one record changes. The name tells equal contents apart.
		if kept := output.Memo(a.pool, indexName(f.Name), func() *search.File { return f }); bytes.Equal(kept.Data, f.Data) {
			f = kept
		}
		a.add(url, indexLayout, f)
		if root == "" {
			root = a.href(url)
		}
	}
	return root
}

type indexName string

// A searchIndex is the index of one set of records, made at most once.
type searchIndex struct{ files func() []search.File }

func newIndex(input func() search.Input) *searchIndex {
	return &searchIndex{sync.OnceValue(func() []search.File { return search.Build(input()).Files() })}
}

// indexLayout writes a file of a published index.
var indexLayout = &goLayout[*search.File]{func(w io.Writer, f *search.File) error {
	_, err := w.Write(f.Data)
	return err
}}

// previewLayout makes the one file of a preview's index.
var previewLayout = &goLayout[*searchIndex]{func(w io.Writer, index *searchIndex) error {
	for _, f := range index.files() {
		if _, err := w.Write(f.Data); err != nil {
			return err
		}
	}
	return nil
}}

// A searchKey holds everything that the index depends on: the records and their cards, the
// vocabularies, the day and where the site stands.
type searchKey struct {
	people       *output.List[searchPerson]
	vocabularies *output.List[*site.Vocabulary]
	day          site.Date
	base         site.Base
}

type searchPerson struct {
	card   *theme.Fragment
	record *source.File
}

func (a *assembler) searchKey() searchKey {
	people := make([]searchPerson, len(a.People))
	for i, p := range a.People {
		people[i] = searchPerson{a.cards[p.ID].fragment, p.File}
	}
	return searchKey{list(a, people), a.vocabularies(), a.AsOf, a.Base}
}

// SearchInput returns what the directory's index is made from, for whoever asks it without a page.
func SearchInput(e *site.Edition, t *theme.Theme) search.Input {
	a := newAssembler(e, t, nil)
	a.share()
	a.people()
	return a.searchInput()
}

// searchInput describes the people to the search engine, which knows documents and no practitioners.
func (a *assembler) searchInput() search.Input {
	in := search.Input{
		Name: searchName, PageSize: site.PageSize, Day: dayNumber(a.AsOf), Whole: a.Preview,
		Ranges:    []search.RangeKey{{Range: "fee", AtMost: "fee_max"}},
		Filler:    saidOfEverybody,
		Postcodes: a.postcodes(),
	}
	for i, p := range a.People {
		in.Documents = append(in.Documents, a.document(i, p))
	}
	for _, q := range questions {
		if q.kind != "any" {
			continue
		}
		f := search.Facet{Key: q.key, Tier: search.Detail}
		if q.key == site.Concern {
			f.Tier = search.Concern
		}
		f.Terms = a.searchTerms(q.key)
		if len(f.Terms) == 0 && q.options != nil {
			for _, o := range q.options(a) {
				f.Terms = append(f.Terms, search.Term{ID: o.Value, Label: o.Label, Aliases: saidFor[o.Value]})
			}
		}
		in.Facets = append(in.Facets, f)
	}
	// These have no question in the form; words find them.
	in.Facets = append(in.Facets,
		search.Facet{Key: "spirituality", Tier: search.Detail, Terms: a.searchTerms("spirituality")},
		search.Facet{Key: "times", Tier: search.Detail, Terms: []search.Term{
			{ID: "day", Label: "Daytime sessions", Aliases: []string{"daytime", "mornings", "afternoons"}},
			{ID: "evening", Label: "Evening sessions", Aliases: []string{"evening", "evenings", "after work"}},
			{ID: "weekend", Label: "Weekend sessions", Aliases: []string{"weekend", "weekends", "saturday", "sunday"}},
		}},
		search.Facet{Key: county, Tier: search.Detail, Terms: a.counties()})
	byName := make([]int, len(a.People))
	for i := range byName {
		byName[i] = i
	}
	c := collate.New(language.English)
	slices.SortStableFunc(byName, func(x, y int) int {
		return c.CompareString(inAlphabet(a.People[x].Name), inAlphabet(a.People[y].Name))
	})
	name := make([]int, len(a.People))
	for position, i := range byName {
		name[i] = position
	}
	soonest := make([]int, len(a.People))
	for i, p := range a.People {
		soonest[i] = int(p.Freshness)
	}
	in.Sorts = []search.Sort{{Key: "name", Position: name}, {Key: "soonest", Position: soonest}}
	return in
}

// inAlphabet is the text by which a name is put in order: word by word, and without apostrophes, so that
// O'Brien stands among the names that begin with Ob.
func inAlphabet(n site.Name) string {
	return strings.NewReplacer("'", "", "’", "").Replace(n.SortKey())
}

// saidFor are the words that people type for an answer of the form which has no vocabulary.
var saidFor = map[string][]string{
	"in_person":  {"in person", "in office", "face to face"},
	"telehealth": {"telehealth", "tele-health", "online", "video", "virtual", "zoom", "remote"},
	"open":       {"accepting new clients", "new clients", "taking clients", "open now", "available now"},
	"waitlist":   {"waitlist", "wait list"},
}

// saidOfEverybody are words that people type and that are true of everybody in the directory, so that
// they tell nobody apart. They are no words for a term, even where the vocabulary has them.
var saidOfEverybody = []string{
	"sex therapist", "sex therapists", "sex therapy", "therapist", "therapists", "therapy", "counselor", "counselors",
	"counsellor", "counsellors", "counseling", "counselling", "practitioner", "practitioners", "treatment",
	"someone", "somebody", "anyone", "insurance", "state", "near me",
}

// searchTerms returns the terms of a facet that has listings or a vocabulary, those that nobody has
// left out: a word for them would find nothing.
func (a *assembler) searchTerms(key string) []search.Term {
	var terms []search.Term
	term := func(id, label string, t *site.Term) {
		s := search.Term{ID: id, Label: label}
		if t != nil {
			s.Aliases, s.Deprecated = t.Aliases, t.Deprecated
			if len(t.Formal) > 0 {
				// The first clinical name is shown, the others are found.
				s.Formal, s.Aliases = t.Formal[0], append(slices.Clone(t.Aliases), t.Formal[1:]...)
			}
			s.Aliases = slices.DeleteFunc(slices.Clone(s.Aliases), func(alias string) bool { return slices.Contains(saidOfEverybody, alias) })
		}
		switch key {
		case site.State:
			s.Aliases = []string{strings.ToUpper(id)}
		case site.Telehealth:
			code := strings.ToUpper(id)
			s.Aliases = []string{"telehealth in " + site.StateName(code), "telehealth " + code}
			if a.Listing(site.State, strings.ToLower(id)) == nil {
				// Nobody has an office there, so the state's name means those who see people there by video.
				s.Aliases = append(s.Aliases, site.StateName(code), code)
			}
		case site.City:
			city, _, _ := strings.Cut(label, ",")
			s.Aliases = []string{city}
		case site.Credential:
			s.Aliases = append(slices.Clone(s.Aliases), strings.ToUpper(id))
		}
		terms = append(terms, s)
	}
	switch key {
	case "clients", "ages", "spirituality":
		facet := map[string]string{"clients": site.Client, "ages": site.Age, "spirituality": site.Spirituality}[key]
		if v := a.Vocabulary(facet); v != nil {
			for i := range v.Terms {
				term(v.Terms[i].ID, v.Terms[i].Label, &v.Terms[i])
			}
		}
		return terms
	}
	for _, l := range a.Listings {
		if l.Facet == key {
			term(l.Choice(), l.Label, l.Term)
		}
	}
	return terms
}

// document describes one person to the search engine.
func (a *assembler) document(order int, p *site.Person) search.Document {
	c := a.cards[p.ID]
	markup, err := c.fragment.HTML()
	if err != nil {
		markup = "" // the same error stops the pages that show the card
	}
	d := search.Document{ID: p.ID, URL: c.view.URL, Title: c.view.Name, Order: order, Card: string(markup)}
	text := func(kind search.Kind, words string) {
		if words != "" {
			d.Fields = append(d.Fields, search.Field{Kind: kind, Text: words})
		}
	}
	text(search.Name, p.Name.Given)
	text(search.Name, p.Name.Family)
	text(search.Name, p.Name.Display)
	for _, l := range p.Letters {
		text(search.Letters, l)
	}
	offices := located(p)
	for _, o := range offices {
		text(search.Place, o.zip)
		if o.known {
			d.Places = append(d.Places, search.Point(o.at))
		}
	}
	text(search.Text, p.Headline)
	text(search.Text, p.Practice)
	if p.Bio != nil {
		text(search.Text, p.Bio.Plain(a.FactText))
	}
	value := func(key, v string, top bool) {
		d.Facets = append(d.Facets, search.FacetValue{Facet: key, Value: v, Top: top})
	}
	for _, v := range a.Values(p) {
		top := v.Facet == site.Concern && slices.ContainsFunc(p.Top, func(id string) bool { return site.Slug(id) == v.Value })
		value(v.Facet, v.Choice(), top)
	}
	if p.InPerson {
		value("format", "in_person", false)
	}
	if len(p.Telehealth) > 0 {
		value("format", "telehealth", false)
	}
	if state := p.Availability.Status; state != "closed" {
		// Counted until the published limit, in a browser without a new build too.
		d.Facets = append(d.Facets, search.FacetValue{
			Facet: "availability", Value: state, Until: dayNumber(p.Availability.ConfirmedOn.AddDays(site.CountsDays)),
		})
	}
	for _, id := range p.Clients {
		value("clients", id, false)
	}
	for _, id := range p.Ages {
		value("ages", id, false)
	}
	for _, id := range p.Spirituality {
		value("spirituality", id, false)
	}
	for _, t := range p.Availability.Times {
		value("times", t, false)
	}
	for _, o := range offices {
		if o.county != "" {
			value(county, site.Slug(o.county), false)
		}
	}
	if low, high := feeBounds(p.Fees); high > 0 {
		d.Ranges = append(d.Ranges, search.Range{Key: "fee", Low: low, High: high})
	}
	return d
}

// dayNumber is the number of days since 1 January 1970.
func dayNumber(d site.Date) int { return site.Date{Year: 1970, Month: 1, Day: 1}.DaysUntil(d) }
