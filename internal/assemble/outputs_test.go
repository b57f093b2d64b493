package assemble

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"nwioi/internal/output"
	"nwioi/internal/site"
	"nwioi/internal/theme"
)

// Every address of the edition has a file, and every file an address: links are judged by the table of
// addresses, so one that the two disagree on would be wrong in the published site or wrongly refused.
func TestAddressesAndFilesAgree(t *testing.T) {
	for name, p := range map[string]*published{
		"the institute": institute(t, site.Options{}), "with drafts": institute(t, site.Options{Drafts: true}),
		"many people": crowd(t, 45), "one file": publish(t, siteOf("data/site.yaml", settings), site.Options{}),
		"introductions of nothing": publish(t, siteOf("data/site.yaml", settings, "content/events/index.md", "---\ntitle: Events\n---\n", "content/courses/index.md", "---\ntitle: Courses\n---\n",
			"content/news/index.md", "---\ntitle: News\n---\n", "content/pathway/index.md", "---\ntitle: Way\n---\n", "content/supervisors/index.md", "---\ntitle: Supervisors\n---\n",
			"content/pathway/step.md", "---\ntitle: A step of no pathway\n---\n"), site.Options{}),
	} {
		t.Run(name, func(t *testing.T) {
			for _, target := range p.Targets() {
				if p.bodies[site.FileOf(target.URL)] == nil {
					t.Errorf("%s (from %s) has an address and no file", target.URL, target.Source)
				}
			}
			known := map[string]bool{}
			for _, target := range p.Targets() {
				known[site.FileOf(target.URL)] = true
			}
			for _, r := range p.Redirects {
				known[site.FileOf(r.From)] = true
			}
			for _, r := range p.recipes {
				first, _, _ := strings.Cut(r.Path, "/")
				if !known[r.Path] && !slices.Contains([]string{"assets", "pictures", "search", "share"}, first) {
					t.Errorf("%s is made, and nothing knows its address", r.Path)
				}
			}
		})
	}
}

// Recipes are sorted and no two have one path.
func TestRecipesAreInOrder(t *testing.T) {
	p := institute(t, site.Options{})
	for i := 1; i < len(p.recipes); i++ {
		if p.recipes[i-1].Path >= p.recipes[i].Path {
			t.Errorf("%s stands before %s", p.recipes[i-1].Path, p.recipes[i].Path)
		}
	}
}

// person returns a record that has what every record needs. more are further lines.
func person(id, more string) (file, text string) {
	return "data/practitioners/" + id + ".yaml", `name: {given: ` + strings.ToUpper(id[:1]) + id[1:] + `, family: Example}
status: active
headline: I listen
bio: I work slowly.
licenses: [{state: WA, type: LMFT, number: "1"}]
ciip: {since: 2018}
specialties: {top: [pain-penetration]}
clients: [individuals]
ages: [adults]
languages: [en]
formats: {in_person: true, telehealth: true}
locations: [{city: Tacoma, state: WA, zip: "98402", precision: zip}]
availability: {status: open, confirmed_on: 2026-11-01}
fees: {ask: true}
contact: {email: ` + id + `@example.org}
last_confirmed: 2026-11-01
` + more
}

const consent = "consent: {agreed_on: 2026-01-10}\n"

// crowd is a site of n people who have the same to offer.
func crowd(t testing.TB, n int) *published {
	t.Helper()
	texts := []string{"data/site.yaml", settings}
	for i := range n {
		file, text := person(fmt.Sprintf("p%03d", i), consent)
		texts = append(texts, file, text)
	}
	return publish(t, siteOf(texts...), site.Options{})
}

// shown returns the ids on the cards of a listing's page, in order.
func shown(t testing.TB, p *published, url string) []string {
	t.Helper()
	view, ok := p.recipe(t, url).View.(theme.ListingView)
	if !ok {
		t.Fatalf("%s is no listing", url)
	}
	var ids []string
	for _, f := range view.Cards.All() {
		ids = append(ids, f.View.(theme.Card).ID)
	}
	return ids
}

// Without a script, the directory and each facet page list everyone, 20 a page, in the published order.
func TestListingsInPagesOfTwenty(t *testing.T) {
	p := crowd(t, 45)
	var want []string
	for _, one := range p.People {
		want = append(want, one.ID)
	}
	for _, listing := range []string{"/directory/", "/directory/concern/pain-penetration/", "/directory/city/tacoma-wa/", "/directory/telehealth/wa/", "/directory/credential/lmft/"} {
		var all []string
		for page, size := range []int{20, 20, 5} {
			url := site.PagedURL(listing, page+1)
			ids := shown(t, p, url)
			if len(ids) != size {
				t.Errorf("%s shows %d people, want %d", url, len(ids), size)
			}
			all = append(all, ids...)
			view := p.recipe(t, url).View.(theme.ListingView)
			if view.Count != 45 || view.Page != page+1 || view.Pages != 3 {
				t.Errorf("%s says %d people, page %d of %d", url, view.Count, view.Page, view.Pages)
			}
			if (view.Previous.URL == "") != (page == 0) || (view.Next.URL == "") != (page == 2) {
				t.Errorf("%s leads back to %q and on to %q", url, view.Previous.URL, view.Next.URL)
			}
		}
		if !slices.Equal(all, want) {
			t.Errorf("%s lists %v, want %v", listing, all, want)
		}
		if p.Target(site.PagedURL(listing, 4)) != nil || p.bodies[strings.TrimPrefix(listing, "/")+"page/1/index.html"] != nil {
			t.Errorf("%s has a page too many", listing)
		}
	}
}

// Freshness comes before the rotation.
func TestFreshPeopleComeFirst(t *testing.T) {
	texts := []string{"data/site.yaml", settings}
	kinds := []string{"status: open, confirmed_on: 2026-11-01", "status: waitlist, confirmed_on: 2026-11-01", "status: open, confirmed_on: 2026-09-01", "status: open, confirmed_on: 2026-05-01", "status: closed, confirmed_on: 2026-11-01"}
	for i := range 30 {
		file, text := person(fmt.Sprintf("p%d-%02d", i%5, i), consent)
		texts = append(texts, file, strings.Replace(text, kinds[0], kinds[i%5], 1))
	}
	p := publish(t, siteOf(texts...), site.Options{})
	ids := append(shown(t, p, "/directory/"), shown(t, p, "/directory/page/2/")...)
	for i, id := range ids {
		if want := fmt.Sprintf("p%d-", i/6); !strings.HasPrefix(id, want) {
			t.Errorf("place %d has %s, want somebody of %s", i+1, id, want)
		}
	}
}

// A site needs little: data/site.yaml alone makes one, and people and news make a directory.
func TestSmallSites(t *testing.T) {
	alone := publish(t, siteOf("data/site.yaml", settings), site.Options{})
	for _, want := range []string{"index.html", "404.html", "directory/index.html", "sitemap.xml", "robots.txt", "_headers", "_redirects"} {
		if alone.bodies[want] == nil {
			t.Errorf("there is no %s", want)
		}
	}
	file, text := person("ada", consent)
	some := publish(t, siteOf("data/site.yaml", settings, file, text, "content/news/hello.md", "---\ntitle: Hello\ndate: 2026-11-02\n---\n\nWe are here.\n"), site.Options{})
	for _, want := range []string{"directory/ada/index.html", "directory/ada/card.vcf", "data/directory.json", "data/directory.schema.json", "news/hello/index.html", "news/feed.xml", "news/feed.json", "directory/concern/pain-penetration/index.html"} {
		if some.bodies[want] == nil {
			t.Errorf("there is no %s", want)
		}
	}
}

// The same edition gives equal recipes where a pool remembers, so that nothing is made twice.
func TestEqualEditionsGiveEqualRecipes(t *testing.T) {
	e, worn, pool := institute(t, site.Options{}).Edition, worn(t, nil), output.NewPool()
	before := Recipes(e, worn, pool)
	pool.Next()
	after := Recipes(e, worn, pool)
	if len(before) != len(after) {
		t.Fatalf("%d recipes, then %d", len(before), len(after))
	}
	for i := range before {
		if before[i] != after[i] {
			t.Errorf("%s has another recipe the second time", before[i].Path)
		}
	}
}
