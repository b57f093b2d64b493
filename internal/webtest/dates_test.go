package webtest

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
)

// clockAt makes the pages that are opened from now on believe that it is this instant.
func clockAt(b *tab, instant string) {
	b.t.Helper()
	command(b, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `{
		const Real = Date, at = Real.parse(` + quote(instant) + `);
		globalThis.Date = class extends Real {
			constructor(...given) { super(...(given.length ? given : [at])); }
			static now() { return at; }
		};
	}`})
}

// TestDatesGoBy opens a site that nobody made again since, on later days: what has passed is nowhere told
// as coming. The last minute of the last day counts by the clocks of the site, wherever the reader is.
func TestDatesGoBy(t *testing.T) {
	p := made(t)
	const coming = `[...document.querySelectorAll("[data-zone] li")].map((li) => li.innerText.replaceAll(/\s+/g, " ")).join(" | ")`
	const earlier = `[...document.querySelectorAll("[data-earlier]:not([hidden]) li")].map((li) => li.innerText.replaceAll(/\s+/g, " ")).join(" | ")`
	const none = `[...document.querySelectorAll("[data-none]")].filter((e) => e.checkVisibility()).map((e) => e.innerText).join(" ")`
	for _, test := range []struct {
		name, path, instant      string
		coming, earlier          []string
		notComing, gone, visible string
	}{
		{name: "on the evening itself", path: "/events/", instant: "2027-01-15T02:00:00Z", coming: []string{"An evening talk"}},
		{name: "the last minute of the day in Tacoma", path: "/events/", instant: "2027-01-15T07:59:00Z", coming: []string{"An evening talk"}},
		{name: "the next day", path: "/events/", instant: "2027-01-15T08:01:00Z", coming: []string{"Retreat"}, earlier: []string{"An evening talk"}, notComing: "An evening talk"},
		{name: "when all is over", path: "/events/", instant: "2028-01-01T12:00:00Z", earlier: []string{"Retreat", "Called off"}, notComing: "Retreat", visible: "Nothing is announced at the moment."},
		{name: "an event that is over", path: "/events/evening-talk/", instant: "2027-02-01T12:00:00Z", gone: "Sign up", visible: "This event is over."},
		{name: "a course between two dates", path: "/courses/tides/", instant: "2027-04-01T12:00:00Z", coming: []string{"3 May 2027"}, earlier: []string{"8–12 March 2027"}, notComing: "8–12 March 2027"},
		{name: "a course that is over", path: "/courses/tides/", instant: "2027-06-01T12:00:00Z", earlier: []string{"8–12 March 2027", "Over"}, notComing: "May", gone: "Sign up", visible: "The next dates are not announced."},
		{name: "the list of courses", path: "/courses/", instant: "2027-06-01T12:00:00Z", coming: []string{"Dates not announced."}, notComing: "March 2027"},
		{name: "the first page", path: "/", instant: "2028-01-01T12:00:00Z", notComing: "Retreat", visible: "Not announced yet."},
		{name: "a person's page", path: "/directory/wren-2/", instant: "2028-01-01T12:00:00Z", notComing: "Retreat"},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := open(t)
			clockAt(b, test.instant)
			b.visit(p.url(test.path))
			lists, past := eval[string](b, coming), eval[string](b, earlier)
			for _, want := range test.coming {
				if !strings.Contains(lists, want) {
					t.Errorf("%q is not among what is coming: %s", want, lists)
				}
			}
			for _, want := range test.earlier {
				if !strings.Contains(past, want) {
					t.Errorf("%q is not among what was: %s", want, past)
				}
			}
			if test.notComing != "" && strings.Contains(lists, test.notComing) {
				t.Errorf("%q is told as coming: %s", test.notComing, lists)
			}
			main := eval[string](b, `document.querySelector("main").innerText`)
			if test.gone != "" && strings.Contains(main, test.gone) {
				t.Errorf("the page still says %q", test.gone)
			}
			if test.visible != "" && !strings.Contains(main+eval[string](b, none), test.visible) {
				t.Errorf("the page does not say %q:\n%s", test.visible, main)
			}
		})
	}
}
