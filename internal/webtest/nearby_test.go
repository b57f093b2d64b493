package webtest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"nwioi/internal/place"
)

// TestNearby asks for people near a ZIP code as somebody does on a small phone, and checks who is found
// against the published offices, and that nobody else learns of the ZIP.
func TestNearby(t *testing.T) {
	p := real(t)
	b := open(t)
	b.look(320, "light")
	b.visit(p.url("/directory/"))
	settled(b, "")
	p.asked()
	b.asked()
	for _, key := range []string{"zip", "within"} {
		if value := eval[string](b, `document.querySelector("#directory-form [name=`+key+`]").value`); value != "" {
			t.Errorf("the question %s is answered before anybody asked: %q", key, value)
		}
	}
	b.click(`button[popovertarget="filters"]:not([popovertargetaction])`)
	eval[bool](b, `(document.querySelector("[name=zip]").focus(), true)`)
	b.keys("98402")
	settled(b, "zip=98402")
	pick := func(key, value string) {
		eval[bool](b, `(() => { const s = document.querySelector("[name=`+key+`]"); s.value = `+quote(value)+`; s.dispatchEvent(new Event("input", { bubbles: true })); s.dispatchEvent(new Event("change", { bubbles: true })); return true })()`)
	}
	pick("within", "50")
	settled(b, "zip=98402&within=50")
	if width := eval[[2]int](b, `[document.documentElement.scrollWidth, document.querySelector("#filters").scrollWidth]`); width[0] > 320 || width[1] > 320 {
		t.Errorf("on a screen of 320 pixels the page is %d wide and the questions are %d", width[0], width[1])
	}
	pick("sort", "distance")
	got := settled(b, "zip=98402&within=50&sort=distance")
	here, _ := place.ZIP("98402")
	near := map[string]bool{}
	for _, one := range p.people(t) {
		near[one.ID] = slices.ContainsFunc(one.Offices, func(o struct{ City, State string }) bool {
			town, known := place.Town(o.City, o.State)
			return known && place.Miles(here.Middle, town.Middle) < 45
		})
	}
	for id, is := range near {
		if is && !slices.Contains(got.IDs, id) {
			t.Errorf("%s has an office within 45 miles and is not found", id)
		}
	}
	if got.Count < 3 || got.Count >= len(near) {
		t.Errorf("within 50 miles are %d of %d people", got.Count, len(near))
	}
	miles := eval[[]int](b, `[...document.querySelectorAll("#results > li")].map((li) => Number(/About (\d+) mile/.exec(li.textContent)?.[1] ?? -1))`)
	if !slices.IsSorted(miles) || slices.Contains(miles, -1) || len(miles) > 0 && miles[len(miles)-1] > 50 {
		t.Errorf("by distance, the cards say %v miles", miles)
	}
	for _, address := range append(b.asked(), fmt.Sprint(p.asked())) {
		if strings.Contains(address, "98402") || strings.Contains(address, "zip=") {
			t.Errorf("the ZIP was sent: %s", address)
		}
	}
	nothingLeft(t, p, b)
	// A county is found by its name.
	if counted := choose(b, "q=king+county"); counted.Count < 1 || counted.Count >= len(near) {
		t.Errorf("in King County are %d people", counted.Count)
	}
	for _, words := range b.heard() {
		t.Errorf("the console says: %s", words)
	}
}
