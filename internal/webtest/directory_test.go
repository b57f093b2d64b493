package webtest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp/kb"

	"nwioi/internal/site"
)

// A list is what the directory shows.
type list struct {
	IDs      []string
	Count    int // the number the count begins with; -1 where it has none
	Fragment string
	Query    string // what stands in the box
}

const readList = `({
	ids: [...document.querySelectorAll("#results > li[data-id]")].map((li) => li.dataset.id),
	count: Number(/^\d+/.exec(document.querySelector("#result-count").textContent.trim())?.[0] ?? -1),
	fragment: location.hash.slice(1), query: document.querySelector("#q")?.value ?? "",
})`

// settled waits until the list shows the result of the fragment, and returns it.
func settled(b *tab, fragment string) list {
	b.t.Helper()
	return wait[list](b, "the result of #"+fragment, `document.querySelector("#results").dataset.settled === `+quote(fragment)+` && location.hash.slice(1) === `+quote(fragment)+` && `+readList)
}

// choose puts a fragment into the address bar and returns what the list shows then.
func choose(b *tab, fragment string) list {
	b.t.Helper()
	eval[bool](b, "(location.hash = "+quote(fragment)+", true)")
	return settled(b, fragment)
}

// find types words into the empty box and returns what the list shows for them.
func find(b *tab, words, fragment string) list {
	b.t.Helper()
	eval[bool](b, `(() => { const q = document.querySelector("#q"); q.focus(); q.select(); return true })()`)
	b.keys(words)
	return settled(b, fragment)
}

// served returns the ids that a page lists where scripts are off, in its order.
func served(t *testing.T, p *published, path string) []string {
	t.Helper()
	var ids []string
	for _, m := range dataID.FindAllSubmatch(p.body(t, site.FileOf(path)), -1) {
		ids = append(ids, string(m[1]))
	}
	return ids
}

var dataID = regexp.MustCompile(`<li[^>]* data-id="?([a-z0-9-]+)`)

// TestSearch types what people type and checks the answer against the published records.
func TestSearch(t *testing.T) {
	p := real(t)
	people := map[string]person{}
	for _, one := range p.people(t) {
		people[one.ID] = one
	}
	b := open(t)
	b.visit(p.url("/directory/"))
	everyone := settled(b, "")
	if everyone.Count != len(people) {
		t.Fatalf("the directory counts %d people, and %d are published", everyone.Count, len(people))
	}
	p.asked()
	concern := func(id string) func(person) bool {
		return func(one person) bool { return slices.Contains(one.Concerns, id) }
	}
	for _, c := range []struct {
		words, fragment string
		each            func(person) bool // what everybody who is found has
		all             bool              // and everybody who has it is found
		first           string
	}{
		{words: "vaginismus", fragment: "q=vaginismus", each: concern("pain-penetration"), all: true},
		{words: "ED", fragment: "q=ED", each: concern("erection"), all: true},
		{words: "painful sex", fragment: "q=painful+sex", each: concern("pain-penetration"), all: true},
		{words: "okafor", fragment: "q=okafor", first: "ada-okafor"},
		{words: "nunez", fragment: "q=nunez", first: "marisol-nunez-de-la-vega"},
		{words: "OBrien", fragment: "q=OBrien", first: "declan-obrien"},
		{words: "tacoma", fragment: "q=tacoma", all: true, each: func(one person) bool {
			return slices.ContainsFunc(one.Offices, func(o struct{ City, State string }) bool { return o.City == "Tacoma" })
		}},
		{words: "spanish", fragment: "q=spanish", all: true, each: func(one person) bool { return slices.Contains(one.Languages, "es") }},
	} {
		got := find(b, c.words, c.fragment)
		if got.Query != c.words {
			t.Errorf("%q: the box says %q", c.words, got.Query)
		}
		if got.Count < 1 || len(got.IDs) != min(got.Count, site.PageSize) {
			t.Errorf("%q: the count says %d and the list has %d", c.words, got.Count, len(got.IDs))
			continue
		}
		if c.first != "" && got.IDs[0] != c.first {
			t.Errorf("%q: %s comes first, want %s", c.words, got.IDs[0], c.first)
		}
		if c.each != nil {
			for _, id := range got.IDs {
				if !c.each(people[id]) {
					t.Errorf("%q finds %s, who does not match", c.words, id)
				}
			}
		}
		if c.all {
			for id, one := range people {
				if c.each(one) && !slices.Contains(got.IDs, id) {
					t.Errorf("%q does not find %s", c.words, id)
				}
			}
		}
		if links := eval[[]int](b, `[...document.querySelectorAll("#results > li")].map((li) => li.querySelectorAll("a[href*='/directory/" + li.dataset.id + "/']").length)`); slices.Contains(links, 0) {
			t.Errorf("%q: somebody has no link to the profile: %v", c.words, links)
		}
	}
	if n := eval[int](b, `performance.getEntriesByName("directory-search", "measure").length`); n < 8 {
		t.Errorf("%d searches were measured, want at least 8", n)
	}
	// What was typed may be a word of nobody, hostile, or nothing at all.
	for _, words := range []string{"zzzzqqq", "<img src=x onerror=alert(1)>", "%%% & # ? = + \\ '\"", "the and of"} {
		eval[bool](b, `(() => { const q = document.querySelector("#q"); q.focus(); q.select(); return true })()`)
		b.keys(words)
		wait[bool](b, "an answer to "+words, `document.querySelector("#results").dataset.settled === location.hash.slice(1) && new URLSearchParams(location.hash.slice(1)).get("q") === `+quote(words))
	}
	nothingLeft(t, p, b)
	for _, words := range b.heard() {
		t.Errorf("the console says: %s", words)
	}
}

// nothingLeft checks that no request since the last look carried anything of a query.
func nothingLeft(t *testing.T, p *published, b *tab) {
	t.Helper()
	for _, address := range b.asked() {
		if strings.ContainsAny(address, "?#") || !strings.HasPrefix(address, p.server.URL) {
			t.Errorf("the browser asked for %s", address)
		}
	}
	for _, r := range p.asked() {
		if strings.Contains(r.target, "?") || r.referer != "" {
			t.Errorf("the server was asked for %s from %q", r.target, r.referer)
		}
	}
}

// TestStateLivesInTheFragment goes back and forward, loads anew, and hands the address to somebody
// else.
func TestStateLivesInTheFragment(t *testing.T) {
	p := real(t)
	b := open(t)
	b.visit(p.url("/directory/"))
	everyone := settled(b, "")
	p.asked()
	words := find(b, "couples", "q=couples")
	b.keys(kb.Tab) // whatever is suggested goes
	b.click(`#directory-form input[name="concern"][value="desire-discrepancy"]`)
	both := wait[list](b, "the choice in the fragment", `location.hash.includes("concern=desire-discrepancy") && document.querySelector("#results").dataset.settled === location.hash.slice(1) && `+readList)
	if both.Query != "couples" || both.Count > words.Count {
		t.Errorf("after a choice the box says %q and %d are found, of %d before", both.Query, both.Count, words.Count)
	}
	same := func(what string, got, want list) {
		t.Helper()
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: got %+v, want %+v", what, got, want)
		}
	}
	ticked := `document.querySelector('input[name="concern"][value="desire-discrepancy"]').checked`
	b.back()
	same("back", settled(b, words.Fragment), words)
	if eval[bool](b, ticked) {
		t.Error("after going back the choice is still ticked")
	}
	b.forward()
	same("forward", settled(b, both.Fragment), both)
	if !eval[bool](b, ticked) {
		t.Error("after going forward the choice is not ticked")
	}
	b.reload()
	same("reload", settled(b, both.Fragment), both)
	// To a profile and back.
	b.click("#results > li a[href]")
	wait[bool](b, "a profile", `!document.querySelector("#results") && document.readyState === "complete"`)
	b.back()
	same("back from a profile", settled(b, both.Fragment), both)
	// In a fresh profile of the browser.
	other := open(t)
	other.visit(p.url("/directory/#" + both.Fragment))
	same("the copied address", settled(other, both.Fragment), both)
	same("nothing chosen", choose(b, ""), everyone)
	nothingLeft(t, p, b)
}

// TestAllValues opens the rest of a long question: every value, those with most people first, each with its number.
func TestAllValues(t *testing.T) {
	p := real(t)
	b := open(t)
	b.visit(p.url("/directory/#telehealth=WA"))
	settled(b, "telehealth=WA")
	wait[bool](b, "the numbers", `[...document.querySelectorAll("[name=concern]")].every((c) => c.closest("li").querySelector(".num").textContent !== "")`)
	const concerns = `[...document.querySelectorAll("#directory-form [name=concern]")].map((c) => Number(c.closest("li").querySelector(".num").textContent))`
	shown := len(eval[[]int](b, concerns))
	b.click(`fieldset[aria-labelledby="f-concern"] a.more`)
	all := wait[[]int](b, "all concerns", `(() => { const all = `+concerns+`; return all.length > `+fmt.Sprint(shown)+` && all.every((n) => !Number.isNaN(n)) && all })()`)
	if rest := all[shown:]; !slices.IsSortedFunc(rest, func(x, y int) int { return y - x }) {
		t.Errorf("the values that were added have %v people, not the most used first", rest)
	}
	listed := strings.Count(string(p.body(t, "directory/concern/index.html")), `/directory/concern/`)
	if len(all) > listed || len(all) < shown+5 {
		t.Errorf("%d concerns are offered, of about %d that somebody has", len(all), listed)
	}
	if in := eval[bool](b, `document.activeElement.matches("[name=concern]")`); !in {
		t.Error("the focus is lost when the rest of the values comes")
	}
	for _, words := range b.heard() {
		t.Errorf("the console says: %s", words)
	}
}

// TestHostileFragments opens addresses that nobody should make.
func TestHostileFragments(t *testing.T) {
	p := real(t)
	b := open(t)
	for _, fragment := range []string{
		"__proto__=1&constructor=2", "concern=nothing-like-it", "q=%E0%A4%A", "page=-1", "page=999999", "page=NaN", "fee_max=x&within=y&zip=z",
		"sort=__proto__", "%", "&&&==", "q=" + strings.Repeat("a", 100_000), strings.Repeat("concern=x&", 5_000),
	} {
		b.visit("about:blank")
		b.visit(p.url("/directory/#" + fragment))
		wait[bool](b, "an answer to #"+short(fragment), `document.querySelector("#results").dataset.settled !== undefined && /^\d/.test(document.querySelector("#result-count").textContent.trim())`)
		for _, words := range b.heard() {
			t.Errorf("#%s: the console says: %s", short(fragment), short(words))
		}
	}
}

// TestSameWithoutScripts compares every page of every listing with what the browser's half answers to
// the same single choice: the same people in the same order.
func TestSameWithoutScripts(t *testing.T) {
	for _, p := range []*published{real(t), made(t)} {
		b := open(t)
		b.visit(p.url("/directory/"))
		settled(b, "")
		compared := 0
		for _, path := range p.pages(t) {
			at, inside := strings.CutPrefix(path, "/directory/")
			if !inside || layout(p.set.File(site.FileOf(path))) != "Listing" {
				continue
			}
			at, page, paged := strings.Cut(at, "page/")
			parts := strings.Split(at, "/")
			fragment := ""
			if len(parts) == 3 {
				value := parts[1]
				if parts[0] == site.State || parts[0] == site.Telehealth {
					value = strings.ToUpper(value)
				}
				fragment = parts[0] + "=" + value
			}
			if paged {
				fragment = strings.TrimPrefix(fragment+"&page="+strings.TrimSuffix(page, "/"), "&")
			}
			want := served(t, p, path)
			if got := choose(b, fragment); len(want) == 0 || !slices.Equal(got.IDs, want) {
				t.Errorf("%s: #%s shows\n  %q\nand without scripts %s shows\n  %q", p.name, fragment, got.IDs, path, want)
			}
			compared++
		}
		if compared < 10 {
			t.Errorf("%s: %d lists were compared, which are not all", p.name, compared)
		}
	}
}

// TestWithoutScripts switches them off: everybody can be reached, and nothing is offered that would
// do nothing.
func TestWithoutScripts(t *testing.T) {
	p := real(t)
	b := open(t)
	b.scripts(false)
	b.visit(p.url("/directory/"))
	seen := eval[[]string](b, `[...document.querySelectorAll("#results > li[data-id]")].map((li) => li.dataset.id)`)
	for range 10 {
		next := eval[string](b, `document.querySelector("a[rel=next]")?.href ?? [...document.querySelectorAll("nav.pages a")].find((a) => /^Next/.test(a.textContent.trim()))?.href ?? ""`)
		if next == "" {
			break
		}
		b.visit(next)
		seen = append(seen, eval[[]string](b, `[...document.querySelectorAll("#results > li[data-id]")].map((li) => li.dataset.id)`)...)
	}
	var want []string
	for _, one := range p.people(t) {
		want = append(want, one.ID)
	}
	if !slices.Equal(seen, want) {
		t.Errorf("page by page these are shown\n  %q, want\n  %q", seen, want)
	}
	for _, path := range []string{"/directory/ada-okafor/", "/directory/"} {
		b.visit(p.url(path))
		if idle := eval[[]string](b, `[...document.querySelectorAll("main input, main select, main button")].filter((e) => e.checkVisibility()).map((e) => e.name || e.textContent.trim())`); len(idle) > 0 {
			t.Errorf("%s: these are offered and do nothing without scripts: %q", path, idle)
		}
	}
	links := eval[[]string](b, `[...document.querySelectorAll("main a[href*='/directory/']")].map((a) => new URL(a.href).pathname)`)
	reached := map[string]bool{}
	for _, link := range links {
		reached[link] = true
	}
	// Each facet is offered by links, though the longest lists may stand on a page of their own.
	for _, facet := range []string{"concern", "modality", "community", "language", "insurance", "city", "state", "telehealth"} {
		if !slices.ContainsFunc(links, func(l string) bool { return strings.HasPrefix(l, "/directory/"+facet+"/") }) {
			t.Errorf("no link leads to a list by %s", facet)
		}
	}
}

// TestNoDeadEnd follows every way out of empty lists: each leads to as many people as it says, and
// whoever asked for a place is told who works by video.
func TestNoDeadEnd(t *testing.T) {
	p := real(t)
	b := open(t)
	b.visit(p.url("/directory/"))
	type way struct{ Label, Href, Text string }
	for _, c := range []struct {
		fragment string
		video    bool
		label    string // one of the ways
	}{
		{"q=painful+sex+tacoma", true, "Leave out “painful sex”"},
		{"q=okafor&state=ID", true, "Leave out what you typed"},
		{"q=zzzqqq&concern=desire-low", false, "Leave out what you typed"},
		{"concern=pain-penetration&city=tacoma-wa", true, ""},
		{"concern=pain-penetration&city=tacoma-wa&fee_max=1", false, ""},
	} {
		if empty := choose(b, c.fragment); empty.Count != 0 {
			t.Fatalf("#%s finds %d people: it is no empty list any more", c.fragment, empty.Count)
		}
		ways := wait[[]way](b, "ways out", `(() => { const a = [...document.querySelectorAll("#result-note li a")].map((a) => ({ Label: a.textContent, Href: a.getAttribute("href"), Text: a.parentElement.textContent })); return a.length ? a : null })()`)
		labels := []string{}
		for _, w := range ways {
			labels = append(labels, w.Label)
			var people int
			if _, err := fmt.Sscanf(strings.TrimPrefix(w.Text, w.Label), ": %d", &people); err != nil || people < 1 {
				t.Errorf("#%s: %q does not say how many people it brings back", c.fragment, w.Text)
			}
			if there := choose(b, strings.TrimPrefix(w.Href, "#")); there.Count != people {
				t.Errorf("#%s: %q leads to %d people", c.fragment, w.Text, there.Count)
			}
		}
		if c.label != "" && !slices.Contains(labels, c.label) {
			t.Errorf("#%s offers %q, not %q", c.fragment, labels, c.label)
		}
		if got := slices.Contains(labels, "See who works by video instead"); got != c.video {
			t.Errorf("#%s offers video: %v, want %v (%q)", c.fragment, got, c.video, labels)
		}
	}
}

// TestWithoutIndex loses the index on the way: the list stays usable, and the page says what is wrong.
func TestWithoutIndex(t *testing.T) {
	p := real(t)
	b := open(t)
	command(b, network.SetBlockedURLs, network.SetBlockedURLsParams{URLPatterns: []*network.BlockPattern{{URLPattern: "*://*:*/search/*", Block: true}}})
	b.visit(p.url("/directory/#q=okafor"))
	words := wait[string](b, "a word about the search", `(document.querySelector("#result-note")?.innerText ?? "").trim()`)
	t.Logf("without an index the page says: %s", words)
	if got, want := eval[list](b, readList).IDs, served(t, p, "/directory/"); !slices.Equal(got, want) {
		t.Errorf("without an index the list shows %q, want %q", got, want)
	}
}

// TestSearchFromHome takes the words typed on the first page to the directory, on the device.
func TestSearchFromHome(t *testing.T) {
	p := real(t)
	b := open(t)
	b.visit(p.url("/"))
	p.asked()
	eval[bool](b, `(document.querySelector("main input[type=search]").focus(), true)`)
	b.keys("painful sex" + kb.Enter)
	wait[bool](b, "the directory", `location.pathname === "/directory/" && !!document.querySelector("#results")`)
	if got := settled(b, "q=painful+sex"); got.Query != "painful sex" || got.Count < 1 {
		t.Errorf("the directory shows %+v", got)
	}
	nothingLeft(t, p, b)
}
