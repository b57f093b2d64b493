package webtest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// focused is what has the focus, as a person who cannot see hears it.
const focused = `((e) => (e.innerText || e.labels?.[0]?.innerText || "").trim())(document.activeElement)`

// TestSiteSearch goes by keyboard alone from a page to the search, and from a result to the very
// paragraph that answers, on a desk and on a phone.
func TestSiteSearch(t *testing.T) {
	p := real(t)
	for _, width := range []int{1280, 320} {
		b := open(t)
		b.look(width, "light", still)
		b.visit(p.url("/courses/"))
		p.asked()
		b.asked()
		for range 12 {
			b.keys(kb.Tab)
			if eval[string](b, focused) == "Search" {
				break
			}
		}
		if size := eval[[]float64](b, `((r) => [r.width, r.height])(document.activeElement.getBoundingClientRect())`); size[0] < 44 || size[1] < 44 {
			t.Errorf("%d px: the link is %v, too small for a finger", width, size)
		}
		if past := eval[bool](b, `!document.querySelector("#menu a") || !!(document.querySelector("#menu").compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING)`); !past {
			t.Errorf("%d px: the search does not follow the menu", width)
		}
		b.keys(kb.Enter)
		wait[bool](b, "the search page", `location.pathname.endsWith("/search/") && document.querySelector("#results")?.dataset.settled === ""`)
		if current := eval[string](b, `document.querySelector("header [aria-current=page]")?.innerText.trim() ?? ""`); current != "Search" {
			t.Errorf("%d px: the header marks %q as the page", width, current)
		}
		for range 20 {
			b.keys(kb.Tab)
			if eval[bool](b, `document.activeElement.id === "q"`) {
				break
			}
		}
		b.keys("group size")
		got := settled(b, "q=group+size")
		if got.Count < 1 || got.Count != len(got.IDs) || got.IDs[0] != "/pathway/supervision/#group-size" {
			t.Errorf("%d px: %d results, %v", width, got.Count, got.IDs)
		}
		if words := eval[string](b, `document.querySelector("#result-count").textContent`); !strings.HasSuffix(words, " result") && !strings.HasSuffix(words, " results") {
			t.Errorf("%d px: the count says %q", width, words)
		}
		if wide := eval[int](b, `document.documentElement.scrollWidth`); wide > width {
			t.Errorf("%d px: the page is %d px wide", width, wide)
		}
		// What was typed can be taken to the people, in the fragment.
		carried := wait[string](b, "the way to the people", `((h) => h.includes("#") && h)(document.querySelector("a[data-carry]").href)`)
		if carried != p.url("/directory/")+"#q=group+size" {
			t.Errorf("%d px: the way to the people is %s", width, carried)
		}
		for range 20 {
			b.keys(kb.Tab)
			if eval[bool](b, `document.activeElement.matches("#results li:first-child a")`) {
				break
			}
		}
		b.keys(kb.Enter)
		wait[bool](b, "the requirement", `location.pathname.endsWith("/pathway/supervision/") && document.querySelector(":target")?.id === "group-size"`)
		b.back()
		if again := settled(b, "q=group+size"); fmt.Sprint(again) != fmt.Sprint(got) {
			t.Errorf("%d px: back at the search there is %v, want %v", width, again, got)
		}
		for _, r := range p.asked() {
			if strings.Contains(r.target, "?") || strings.Contains(r.target, "size") || r.referer != "" {
				t.Errorf("%d px: the server was asked for %s from %q", width, r.target, r.referer)
			}
		}
		for _, words := range b.heard() {
			t.Errorf("%d px: the console says: %s", width, words)
		}
	}
}

// TestSiteSearchNarrows chooses a kind of page, and starts again where nothing is found.
func TestSiteSearchNarrows(t *testing.T) {
	b := open(t)
	b.visit(real(t).url("/search/"))
	settled(b, "")
	if shown := eval[bool](b, `document.querySelector(".kinds").checkVisibility()`); shown {
		t.Error("the kinds of pages are offered before there is a result to narrow")
	}
	whole := eval[string](b, `document.querySelector("#results").innerText`)
	all := find(b, "supervision", "q=supervision")
	wait[bool](b, "the numbers of the answers", `[...document.querySelectorAll(".kinds .num")].reduce((n, e) => n + Number(e.textContent), 0) === `+fmt.Sprint(all.Count))
	b.keys(kb.Tab) // whatever is suggested goes
	number := eval[int](b, `Number(document.querySelector("[name=kind][value=step]").closest("li").querySelector(".num").textContent)`)
	b.click(`[name=kind][value=step]`)
	steps := settled(b, "q=supervision&kind=step")
	if steps.Count != number || steps.Count >= all.Count {
		t.Errorf("%d steps are found, %d were promised, of %d in all", steps.Count, number, all.Count)
	}
	none := choose(b, "q=zzzqq")
	note := eval[string](b, `document.querySelector("#result-note").innerText`)
	if none.Count != 0 || !strings.HasPrefix(note, "Nothing matches") || strings.Contains(note, "people") {
		t.Errorf("where nothing is found the page says %q", note)
	}
	b.click("#result-note a")
	settled(b, "")
	if again := eval[string](b, `document.querySelector("#results").innerText`); again != whole {
		t.Error("the list of what is here does not come back")
	}
}

// TestSiteSearchWithoutScripts has no box that would send words away, and leads everywhere.
func TestSiteSearchWithoutScripts(t *testing.T) {
	p := real(t)
	b := open(t)
	b.scripts(false)
	b.visit(p.url("/search/"))
	if boxes := eval[int](b, `[...document.querySelectorAll("input, button:not(.menu)")].filter((e) => e.checkVisibility()).length`); boxes != 0 {
		t.Errorf("%d controls are shown that do nothing without scripts", boxes)
	}
	links := eval[[]string](b, `[...document.querySelectorAll("#results a")].map((a) => a.href)`)
	if len(links) < 20 {
		t.Errorf("the list has %d links", len(links))
	}
	for _, link := range links {
		path := strings.TrimPrefix(link, p.server.URL+p.prefix+"/")
		if p.set.File(path+"index.html") == nil {
			t.Errorf("the list leads to %s, where nothing is", link)
		}
	}
}

// TestSiteSearchAxe looks at the page while it is used.
func TestSiteSearchAxe(t *testing.T) {
	npm(t, "axe-core/axe.min.js")
	b := open(t)
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int{320, 1280} {
			b.look(width, scheme, still)
			b.visit(real(t).url("/search/"))
			loadAxe(t, b)
			for _, fragment := range []string{"", "q=supervision+hours", "q=license&kind=step", "q=zzzqq", "kind=news"} {
				choose(b, fragment)
				axe(t, b, fmt.Sprintf("/search/#%s, %s, %d px", fragment, scheme, width), ":root")
			}
			choose(b, "")
			find(b, "cour", "q=cour")
			wait[bool](b, "suggestions", `document.querySelector("#q").getAttribute("aria-expanded") === "true"`)
			axe(t, b, fmt.Sprintf("/search/ with suggestions, %s, %d px", scheme, width), ".combo")
		}
	}
}
