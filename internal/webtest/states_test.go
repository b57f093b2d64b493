package webtest

import (
	"cmp"
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp/kb"
)

// TestAxeInEveryState looks at the directory as it is while people use it, on a phone and on a desk, in every mood.
func TestAxeInEveryState(t *testing.T) {
	npm(t, "axe-core/axe.min.js")
	p := made(t)
	for _, state := range []struct {
		name, fragment string
		within         string // a part of the page, where the rest is covered
		blocked        bool
		reach          func(b *tab)
	}{
		{name: "choices", fragment: "q=spanish&concern=pain-penetration&telehealth=WA"},
		{name: "suggestions", within: ".combo", reach: func(b *tab) {
			suggested(b, "aino")
			b.keys(kb.ArrowDown)
		}},
		{name: "nobody", fragment: "q=zanzibar&concern=desire-low&language=es&city=tacoma-wa"},
		{name: "a word left out", fragment: "q=couples+zanzibar"},
		{name: "load error", fragment: "q=wren", blocked: true, reach: func(b *tab) {
			wait[bool](b, "a word about the search", `document.querySelector("#result-note").innerText.length > 10`)
		}},
		{name: "saved", reach: func(b *tab) { save(b, p.people(t)[0].ID) }},
		{name: "own shortlist", reach: func(b *tab) {
			save(b, p.people(t)[0].ID)
			save(b, p.people(t)[1].ID)
			press(b, "See them")
			shortlistText(b)
			press(b, "Copy the link")
			wait[bool](b, "a word about the link", `document.querySelector(".shortlist").innerText.includes("link")`)
		}},
		{name: "cleared", reach: func(b *tab) {
			save(b, p.people(t)[0].ID)
			press(b, "See them")
			shortlistText(b)
			press(b, "Clear")
			wait[bool](b, "a way back", `document.querySelector("#saved").innerText.includes("Undo")`)
		}},
		{name: "shared list", fragment: "ids=wren-0&ids=wren-3&ids=nobody-like-this", reach: func(b *tab) { shortlistText(b) }},
	} {
		t.Run(state.name, func(t *testing.T) {
			b := open(t)
			if state.blocked {
				command(b, network.SetBlockedURLs, network.SetBlockedURLsParams{URLPatterns: []*network.BlockPattern{{URLPattern: "*://*:*/*.idx*", Block: true}}})
			}
			b.look(320, "light", still)
			address := p.url("/directory/")
			if state.fragment != "" {
				address += "#" + state.fragment
			}
			b.visit(address)
			if !state.blocked {
				settled(b, state.fragment)
				wait[bool](b, "the buttons", `document.querySelectorAll(".save").length === document.querySelectorAll("#results > li").length`)
			}
			if state.reach != nil {
				state.reach(b)
			}
			loadAxe(t, b)
			for _, mood := range moods {
				for _, width := range []int{320, 1280} {
					b.look(width, mood.scheme, mood.features...)
					axe(t, b, fmt.Sprintf("%s, %s, %d px", state.name, mood.name, width), cmp.Or(state.within, ":root"))
				}
			}
		})
	}
}

// TestPanel opens the questions on a phone: the list stays in sight, the button says how many there are,
// and the panel comes back as it was left.
func TestPanel(t *testing.T) {
	npm(t, "axe-core/axe.min.js")
	p := real(t)
	b := open(t)
	b.look(320, "light", still)
	b.visit(p.url("/directory/"))
	settled(b, "")
	wait[bool](b, "the buttons", `!!document.querySelector(".save")`)
	b.click(`button[popovertarget="filters"]`)
	b.click(`#filters details:first-of-type summary`)
	b.click(`#filters input[name="concern"]`)
	found := wait[list](b, "the answer", `location.hash.startsWith("#concern=") && document.querySelector("#results").dataset.settled === location.hash.slice(1) && `+readList)
	button := `#filters button[popovertargetaction="hide"]`
	if words, want := wait[string](b, "the button", `document.querySelector(`+quote(button)+`).innerText`), fmt.Sprintf("Show %d people", found.Count); words != want {
		t.Errorf("the panel's button says %q, want %q", words, want)
	}
	if !eval[bool](b, `(() => {
		const panel = document.querySelector("#filters").getBoundingClientRect(), count = document.querySelector("#result-count").getBoundingClientRect();
		const card = document.querySelector("#results > li").getBoundingClientRect();
		return count.top >= 0 && count.bottom < panel.top && card.top < panel.top;
	})()`) {
		t.Error("while the panel is open, the count and the first card are not in sight")
	}
	loadAxe(t, b)
	axe(t, b, "panel open on a phone", "#filters")
	eval[bool](b, `(document.querySelector("#filters").scrollTop = 300, true)`)
	wait[bool](b, "the panel to scroll", `document.querySelector("#filters").scrollTop === 300`)
	eval[bool](b, `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`)
	b.click(button)
	wait[bool](b, "the panel to close", `!document.querySelector("#filters").matches(":popover-open")`)
	b.click(`button[popovertarget="filters"]`)
	wait[bool](b, "the panel as it was", `document.querySelector("#filters").scrollTop === 300 && document.querySelector("#filters details").open`)
}
