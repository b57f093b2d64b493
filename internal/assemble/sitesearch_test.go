package assemble

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"nwioi/internal/output"
	"nwioi/internal/read"
	"nwioi/internal/search"
	"nwioi/internal/site"
)

// siteIndexOf builds the index of the whole site, and returns it with what is in it by id.
func siteIndexOf(t testing.TB, p *published) (*search.Index, map[string]*findable) {
	t.Helper()
	a := newAssembler(p.Edition, worn(t, nil), nil)
	a.share()
	a.people()
	found := a.findables()
	byID := map[string]*findable{}
	for _, f := range found {
		if _, twice := byID[f.id]; twice {
			t.Errorf("%s is there twice", f.id)
		}
		byID[f.id] = f
	}
	key := siteSearchKey{list(a, found), list(a, a.spelledOut()), a.theme.Layout("found")}
	return search.Build(key.input()), byID
}

// TestSiteSearch asks what trainees and clients ask, of the institute's own content.
func TestSiteSearch(t *testing.T) {
	ix, found := siteIndexOf(t, institute(t, site.Options{}))
	for query, want := range map[string]string{
		"SAR":                          "/pathway/sar/",
		"sexual attitude reassessment": "/pathway/sar/",
		"sexual atitude reasessment":   "/pathway/sar/",
		"tuition award":                "/tuition-award/",
		"how many hours":               "/supervision/#s-how-many-hours",
		"supervision":                  "/pathway/supervision/",
		"supervision hours":            "/pathway/supervision/",
		"client hours":                 "/pathway/supervision/#client-contact",
		"group size":                   "/pathway/supervision/#group-size",
		"supervisor":                   "/supervisors/",
		"supervisor ":                  "/supervisors/",
		"cost":                         "/pathway/advanced-course/#s-help-with-the-cost",
		"when is the next course":      "/questions/#s-when-is-the-next-course",
		"how long does it take":        "/questions/#s-how-long-does-it-all-take",
		"LMFT":                         "/glossary/#s-letters lmft",
		"superbill":                    "/glossary/#s-words-for-how-care-works a-bill-you-hand-to-your-insurer-superbill",
		"what aasect asks":             "/check-the-rules/#s-what-aasect-asks-for",
		"refresher":                    "/courses/advanced-course/#s-the-refresher-offer-of-2020-has-ended",
		"calendar":                     "/events/",
		"courses":                      "/courses/",
		"news":                         "/news/",
		"privacy":                      "/privacy/",
		"license":                      "/pathway/rules/washington-associate/",
		"degree":                       "/pathway/degree/",
		"who comes first":              "/questions/#s-how-do-you-decide-who-comes-first",
	} {
		r := ix.Search(search.Query{Text: query})
		if len(r.Hits) == 0 {
			t.Errorf("%q finds nothing", query)
		} else if r.Hits[0].ID != want {
			t.Errorf("%q finds %s first, want %s", query, r.Hits[0].ID, want)
		}
	}
	// A search for news, courses or steps finds the pages of that kind, those before their parts.
	r := ix.Search(search.Query{Text: "courses"})
	for i, h := range r.Hits {
		if f := found[h.ID]; i < 4 && (f.kind != "course" || f.part) {
			t.Errorf("a search for courses finds %s among the first", h.ID)
		}
	}
}

// TestSiteSearchLeadsToAnchors follows every result: there is such a page, and such an anchor on it.
func TestSiteSearchLeadsToAnchors(t *testing.T) {
	p := institute(t, site.Options{})
	_, found := siteIndexOf(t, p)
	pages := map[string]*parsed{}
	parts := 0
	for _, f := range found {
		url, anchor, part := strings.Cut(f.url, "#")
		if pages[url] == nil {
			pages[url] = parsePage(t, url, p.bodies[site.FileOf(url)])
		}
		if pages[url].robots != "" {
			t.Errorf("%s is found, and asks not to be listed", url)
		}
		if part != f.part {
			t.Errorf("%s is a part: %v", f.id, f.part)
		}
		if part && !pages[url].ids[anchor] {
			t.Errorf("%s leads to an anchor that is not there", f.url)
		}
		if part {
			parts++
		}
	}
	if parts < 100 {
		t.Errorf("%d parts are found, which are few", parts)
	}
	for _, one := range p.Published {
		if url := one.URL(); url != site.NotFoundURL && found[url].id == "" {
			t.Errorf("%s is published and not found", url)
		}
	}
}

// hidden is a site with what must not be found, a person of the directory among it.
var hidden = []string{
	"data/site.yaml", settings,
	"content/open.md", "---\ntitle: Open\nsummary: For all.\n---\n\n## A part\n\nWords with heather.\n",
	"content/draft.md", "---\ntitle: Draft\ndraft: true\n---\n\nWords with heather.\n",
	"content/old.md", "---\ntitle: Old\nexpires: 2026-01-01\n---\n\nWords with heather.\n",
	"content/404.md", "---\ntitle: Gone\n---\n\nWords with heather.\n",
	"content/news/later.md", "---\ntitle: Later\ndate: 2027-05-05\n---\n\nWords with heather.\n",
	"content/news/now.md", "---\ntitle: Now\ndate: 2026-10-05\ntags: [Heather]\n---\n\nGood.\n",
	"data/practitioners/ann.yaml", aPerson,
}

const aPerson = `name: {given: Ann, family: Heather}
status: active
headline: Heather
bio: Heather.
licenses: [{state: WA, type: LMFT, number: LF1}]
ciip: {since: 2018}
specialties: {top: [low-desire]}
clients: [individuals]
ages: [adults]
languages: [en]
formats: {in_person: false, telehealth: true}
availability: {status: open, confirmed_on: 2026-11-10}
fees: {ask: true}
contact: {phone: "+12065550101"}
consent: {agreed_on: 2026-01-01}
last_confirmed: 2026-11-10
`

func TestSiteSearchFindsWhatIsPublished(t *testing.T) {
	for _, test := range []struct {
		drafts bool
		want   []string
	}{
		{false, []string{"/news/now/", "/open/", "/open/#s-a-part"}},
		{true, []string{"/draft/", "/news/later/", "/news/now/", "/old/", "/open/", "/open/#s-a-part"}},
	} {
		ix, _ := siteIndexOf(t, publish(t, siteOf(hidden...), site.Options{Drafts: test.drafts}))
		var got []string
		for _, h := range ix.Search(search.Query{Text: "heather "}).Hits {
			got = append(got, h.ID)
		}
		slices.Sort(got)
		if !slices.Equal(got, test.want) {
			t.Errorf("drafts %v: heather is found at %q, want %q", test.drafts, got, test.want)
		}
	}
}

func TestSpelledOutLettersAreFound(t *testing.T) {
	ix, _ := siteIndexOf(t, publish(t, siteOf("data/site.yaml", settings,
		"content/words.md", "---\ntitle: Words\n---\n\n## Letters\n\nCEU\n: Continuing education unit, a measure.\n\nOf course\n: No letters.\n",
		"content/short.md", "---\ntitle: Short\n---\n\nYou get 21 CEU for it.\n",
		"content/long.md", "---\ntitle: Long\n---\n\nEach continuing education unit counts.\n",
	), site.Options{}))
	for _, query := range []string{"CEU", "continuing education unit"} {
		var got []string
		for _, h := range ix.Search(search.Query{Text: query}).Hits {
			got = append(got, h.ID)
		}
		if want := []string{"/words/#s-letters ceu", "/long/", "/short/", "/words/"}; !slices.Equal(got, want) {
			t.Errorf("%q is found at %q, want %q", query, got, want)
		}
	}
}

// TestSearchPage is a list of what is here for whoever has no scripts.
func TestSearchPage(t *testing.T) {
	p := institute(t, site.Options{})
	page := parsePage(t, "search", p.bodies["search/index.html"])
	_, found := siteIndexOf(t, p)
	for _, f := range found {
		if listed := slices.Contains(page.hrefs, f.url); listed == f.part && !f.part {
			t.Errorf("%s is not listed", f.url)
		}
	}
	if page.robots != "noindex" || strings.Contains(string(p.bodies["sitemap.xml"]), "/search/") {
		t.Error("web search engines are asked to list the page")
	}
	for name, other := range p.pages(t) {
		if !slices.Contains(other.hrefs, "/search/") && !bytes.Contains(p.bodies[name], []byte("http-equiv")) {
			t.Errorf("%s has no link to the search", name)
		}
	}
}

func TestSearchPageStaysShort(t *testing.T) {
	texts := []string{"data/site.yaml", settings}
	for i := range 30 {
		name := string(rune('a'+i%26)) + string(rune('a'+i/26))
		texts = append(texts, "content/news/"+name+".md", "---\ntitle: Post "+name+"\ndate: 2026-10-05\n---\n\nGood.\n")
	}
	body := string(publish(t, siteOf(texts...), site.Options{}).bodies["search/index.html"])
	if n := strings.Count(body, "Post "); n != shownPosts {
		t.Errorf("the page lists %d of 30 posts, want %d", n, shownPosts)
	}
	if !strings.Contains(body, `>All 30<`) || !strings.Contains(body, "34 pages") {
		t.Error("the page does not say how many there are")
	}
}

// TestSiteIndexHasTheSameBytes makes the index twice, from nothing.
func TestSiteIndexHasTheSameBytes(t *testing.T) {
	p := institute(t, site.Options{})
	n := 0
	for i, r := range Recipes(p.Edition, worn(t, nil), output.NewPool()) {
		if !strings.HasPrefix(r.Path, "search/data/site.") {
			continue
		}
		n++
		if p.recipes[i].Path != r.Path || !bytes.Equal(p.recipes[i].View.(*search.File).Data, r.View.(*search.File).Data) {
			t.Errorf("%s has other bytes the second time", r.Path)
		}
	}
	if n == 0 {
		t.Error("there is no index of the site")
	}
}

// TestSiteIndexOutlivesABio edits a person, then a page, while somebody looks at a preview: the index
// is made when a browser asks for it, and again only for the page.
func TestSiteIndexOutlivesABio(t *testing.T) {
	pool := output.NewPool()
	tree := siteOf(hidden...)
	var reader read.Reader
	index := func(old, fresh string) any {
		changed := map[string][]byte{}
		for f := range tree.Under("") {
			if text := bytes.ReplaceAll(f.Data, []byte(old), []byte(fresh)); old != "" && !bytes.Equal(text, f.Data) {
				changed[f.Path] = text
			}
		}
		tree = tree.Update(changed)
		s, problems := reader.Site(tree)
		if problems.Failed() {
			t.Fatal(problems)
		}
		pool.Next()
		recipes := Recipes(site.Publish(s, site.Options{AsOf: today, Preview: true}), worn(t, nil), pool)
		i := slices.IndexFunc(recipes, func(r output.Recipe) bool { return r.Path == "search/data/site.idx" })
		if i < 0 {
			t.Fatal("a preview has no index of the site")
		}
		return recipes[i].View
	}
	first := index("", "")
	if index("bio: Heather.", "bio: Bracken.") != first {
		t.Error("a bio makes the site's index anew")
	}
	if index("Words with heather", "Words with bracken") == first {
		t.Error("a page that says something else leaves the site's index as it was")
	}
}

func TestNothingElseStandsAtTheSearch(t *testing.T) {
	p := publish(t, siteOf("data/site.yaml", settings), site.Options{})
	if len(p.Clashes) != 0 || p.bodies["search/index.html"] == nil {
		t.Errorf("a site of one file has no search page, or %v", p.Clashes)
	}
	e := site.Publish(&site.Site{Settings: p.Settings, Pages: []*site.Page{{File: siteOf("content/search.md", "x").File("content/search.md")}}}, site.Options{AsOf: today})
	if len(e.Clashes) != 1 || e.Clashes[0].URL != site.SearchURL {
		t.Errorf("a page at /search/ clashes with %v, want the search", e.Clashes)
	}
}
