package webtest

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp/kb"

	"nwioi/internal/site"
)

// press clicks the button, or follows the link, whose visible words are these.
func press(b *tab, words string) {
	b.t.Helper()
	wait[bool](b, "the button "+words, `(() => {
		const e = [...document.querySelectorAll("main button, main a[href]")].find((e) => e.checkVisibility() && e.innerText.trim() === `+quote(words)+`);
		e?.click();
		return !!e;
	})()`)
}

// save presses the button that saves a person in the list.
func save(b *tab, id string) {
	b.t.Helper()
	before := wait[string](b, "the button that saves "+id, `document.querySelector("li[data-id='`+id+`'] .save").ariaPressed`)
	b.click(`li[data-id="` + id + `"] .save`)
	wait[bool](b, "the button to be the other way", `document.querySelector("li[data-id='`+id+`'] .save").ariaPressed !== `+quote(before))
}

// idsOf is the fragment that shows people as a shortlist.
func idsOf(ids ...string) string { return "ids=" + strings.Join(ids, "&ids=") }

const stored = `Object.entries(localStorage).flat().join(" ")`

// shortlistText is what stands above a list that an address names, as soon as it does.
func shortlistText(b *tab) string {
	b.t.Helper()
	return wait[string](b, "the shortlist", `document.querySelector("#result-note .shortlist").innerText`)
}

// TestJourney goes the whole way: types, picks a suggestion by keyboard, filters, pages, saves people,
// goes back and forward, and opens the copied link in a fresh profile. No request says anything of it.
func TestJourney(t *testing.T) {
	p := made(t)
	b := open(t)
	command(b, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `
		Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => { window.copied = text } } });
	`})
	b.visit(p.url("/directory/"))
	settled(b, "")
	p.asked()
	start := eval[int](b, "history.length")

	find(b, "painf", "q=painf")
	wait[bool](b, "suggestions", `document.querySelector("#q").ariaExpanded === "true" && !document.querySelector("#suggestions").hidden`)
	b.keys(kb.ArrowDown)
	if chosen := eval[string](b, `document.getElementById(document.querySelector("#q").getAttribute("aria-activedescendant"))?.innerText ?? ""`); !strings.HasPrefix(chosen, "Painful or difficult penetration") {
		t.Errorf("the first suggestion for painf is %q", chosen)
	}
	b.keys(kb.Enter)
	concern := settled(b, "concern=pain-penetration")
	if concern.Count != 9 || concern.Query != "" {
		t.Errorf("after the suggestion %d people are found and the box says %q, want 9 and nothing", concern.Count, concern.Query)
	}

	eval[bool](b, `(document.querySelector("#result-chips a").click(), true)`)
	settled(b, "")
	b.click(`#directory-form input[name="format"][value="in_person"]`)
	office := settled(b, "format=in_person")
	press(b, "Next")
	second := settled(b, "format=in_person&page=2")
	if office.Count != len(inventedNames) || second.Count != office.Count || len(second.IDs) != office.Count-site.PageSize {
		t.Fatalf("in the office there are %d people, on the second page %d", office.Count, len(second.IDs))
	}
	chosen := []string{second.IDs[0], second.IDs[2]}
	save(b, chosen[0])
	save(b, chosen[1])
	b.back()
	settled(b, "format=in_person")
	chosen = append(chosen, office.IDs[4])
	save(b, office.IDs[4])
	b.forward()
	settled(b, second.Fragment)
	if pressed := eval[[]string](b, `[...document.querySelectorAll(".save[aria-pressed=true]")].map((s) => s.closest("li").dataset.id)`); !slices.Equal(pressed, chosen[:2]) {
		t.Errorf("after going back and forward %q are shown as saved, want %q", pressed, chosen[:2])
	}
	press(b, "See them")
	mine := settled(b, idsOf(chosen...))
	if text := shortlistText(b); mine.Count != 3 || !strings.HasPrefix(text, "Your shortlist: 3 people") {
		t.Errorf("the shortlist counts %d people and says %q", mine.Count, text)
	}
	press(b, "Copy the link")
	copied := wait[string](b, "the copied link", "window.copied")
	if want := p.url("/directory/#" + idsOf(chosen...)); copied != want {
		t.Errorf("the copied link is %s, want %s", copied, want)
	}
	b.back()
	settled(b, second.Fragment)
	b.forward()
	settled(b, mine.Fragment)
	if n := eval[int](b, "history.length") - start; n > 6 {
		t.Errorf("the journey left %d entries in the history, for six steps", n)
	}
	nothingLeft(t, p, b)

	other := open(t)
	other.visit(copied)
	theirs := settled(other, mine.Fragment)
	if !slices.Equal(theirs.IDs, mine.IDs) {
		t.Errorf("the copied link shows %q, want %q", theirs.IDs, mine.IDs)
	}
	if text := shortlistText(other); !strings.HasPrefix(text, "A shortlist of 3 people") {
		t.Errorf("in a fresh profile the list is called %q", text)
	}
	if kept := eval[string](other, stored); kept != "" {
		t.Errorf("opening a link kept %q on the device", kept)
	}
	press(other, "Save these on this device")
	if text := shortlistText(other); !strings.HasPrefix(text, "Your shortlist: 3 people") {
		t.Errorf("after saving, the list is called %q", text)
	}
	other.asked() // the page itself
	for _, r := range p.asked() {
		if strings.Contains(r.target, "?") || strings.Contains(r.target, "ids") || r.referer != "" {
			t.Errorf("the server was asked for %s from %q", r.target, r.referer)
		}
	}
}

// TestShortlistStaysOnTheDevice: nothing is kept before somebody saves a person, and nothing once the
// list is cleared; clearing can be undone.
func TestShortlistStaysOnTheDevice(t *testing.T) {
	p := real(t)
	b := open(t)
	b.visit(p.url("/directory/"))
	list := settled(b, "")
	choose(b, "q=tacoma")
	choose(b, "")
	wait[bool](b, "the buttons", `document.querySelectorAll("#results .save").length === `+fmt.Sprint(len(list.IDs)))
	if kept := eval[string](b, stored); kept != "" {
		t.Fatalf("before anybody is saved the device keeps %q", kept)
	}
	first, second := list.IDs[0], list.IDs[1]
	name := eval[string](b, `document.querySelector("#results h2").textContent`)
	if said := eval[string](b, `document.querySelector(".save").textContent`); said != "Save "+name {
		t.Errorf("the button is called %q, want %q", said, "Save "+name)
	}
	save(b, first)
	save(b, second)
	save(b, second)
	save(b, second)
	if kept := eval[string](b, stored); !strings.Contains(kept, first+" "+second) {
		t.Errorf("the device keeps %q, not %s and %s", kept, first, second)
	}
	b.reload()
	settled(b, "")
	if text := wait[string](b, "the line at the foot", `document.querySelector("#saved:not([hidden])").innerText`); !strings.HasPrefix(text, "Saved: 2 people") {
		t.Errorf("after a reload the foot of the list says %q", text)
	}
	press(b, "See them")
	settled(b, idsOf(first, second))
	shortlistText(b)
	if on := eval[string](b, `document.activeElement.textContent`); on != "Your shortlist: 2 people" {
		t.Errorf("the focus is on %q, not on the shortlist", on)
	}
	press(b, "Clear")
	settled(b, "")
	if kept := eval[string](b, stored); kept != "" {
		t.Errorf("once cleared the device keeps %q", kept)
	}
	press(b, "Undo")
	settled(b, idsOf(first, second))
	if kept := eval[string](b, stored); !strings.Contains(kept, first+" "+second) {
		t.Errorf("after undoing the device keeps %q", kept)
	}
	// On the person's own page.
	b.visit(p.url("/directory/" + first + "/"))
	if pressed := wait[string](b, "the button", `document.querySelector("[data-save]").ariaPressed`); pressed != "true" {
		t.Errorf("the page of %s does not show that she is saved", first)
	}
	b.click("[data-save]")
	if kept := eval[string](b, stored); strings.Contains(kept, first) || !strings.Contains(kept, second) {
		t.Errorf("taken off the list on the page itself, the device keeps %q", kept)
	}
	if text := eval[string](b, `document.querySelector("[data-save] + a").innerText`); text != "Saved: 1 person" {
		t.Errorf("the page says %q", text)
	}
	press(b, "Saved: 1 person")
	settled(b, idsOf(second))
	// Back on the list after taking somebody off it elsewhere.
	eval[bool](b, `(document.querySelector("#results a").click(), true)`)
	wait[bool](b, "the page of a saved person", `document.querySelector("[data-save]").ariaPressed === "true"`)
	b.click("[data-save]")
	b.back()
	wait[bool](b, "the list without her", `document.querySelector("li[data-id='`+second+`'] .save").ariaPressed === "false" && document.querySelector("#saved").hidden`)
}

// TestShortlistWithoutStorage: where a browser keeps nothing the list lives as long as the page, and the
// page says so.
func TestShortlistWithoutStorage(t *testing.T) {
	p := real(t)
	b := open(t)
	command(b, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `
		Object.defineProperty(window, "localStorage", { get() { throw new DOMException("refused", "SecurityError") } });
	`})
	b.visit(p.url("/directory/"))
	list := settled(b, "")
	save(b, list.IDs[0])
	save(b, list.IDs[2])
	if text := eval[string](b, `document.querySelector("#saved").innerText`); !strings.HasPrefix(text, "Saved: 2 people") || !strings.Contains(text, "until you leave") {
		t.Errorf("where nothing is kept, the foot of the list says %q", text)
	}
	press(b, "See them")
	settled(b, idsOf(list.IDs[0], list.IDs[2]))
	for _, words := range b.heard() {
		t.Errorf("the console says: %s", words)
	}
}

// TestUnlisted opens shortlists with people whom the directory does not list, or no more.
func TestUnlisted(t *testing.T) {
	p := real(t)
	b := open(t)
	one := p.people(t)[0].ID
	b.visit(p.url("/directory/#" + idsOf(one, "nobody-like-this")))
	if got := settled(b, idsOf(one, "nobody-like-this")); !slices.Equal(got.IDs, []string{one}) {
		t.Errorf("the list shows %q", got.IDs)
	}
	if text := shortlistText(b); !strings.HasPrefix(text, "A shortlist of 1 person") || !strings.Contains(text, "One person on this list is no longer listed.") {
		t.Errorf("the page says %q", text)
	}
	choose(b, idsOf("gone", "also-gone"))
	if text := eval[string](b, `document.querySelector("#result-note").innerText`); !strings.Contains(text, "2 people on this list are no longer listed.") || !strings.Contains(text, "everyone") {
		t.Errorf("where all are gone the page says %q", text)
	}
	for _, hostile := range []string{"ids=__proto__", "ids=%3Cimg%20src%3Dx%3E", strings.Repeat("ids=x&", 3_000)} {
		b.visit("about:blank")
		b.visit(p.url("/directory/#" + hostile))
		shortlistText(b)
		for _, words := range b.heard() {
			t.Errorf("#%s: the console says: %s", short(hostile), short(words))
		}
	}
}

// TestContactsOfAShortlist saves one file with all address cards and prints a sheet; another program reads the file.
func TestContactsOfAShortlist(t *testing.T) {
	p := made(t)
	b := open(t)
	command(b, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `
		const made = URL.createObjectURL;
		URL.createObjectURL = (blob) => { blob.text().then((text) => { window.saved = text }); return made.call(URL, blob) };
		window.print = () => { window.printed = document.querySelector("#sheet").innerText || document.querySelector("#sheet").textContent };
	`})
	ids := []string{"wren-3", "wren-0", "wren-8"}
	b.visit(p.url("/directory/#" + idsOf(append(ids, "nobody-like-this")...)))
	shortlistText(b)
	press(b, "Save as contacts")
	text := wait[string](b, "the file", "window.saved")
	folded(t, "the file of a shortlist", text)
	read := map[string]map[string][]string{}
	node(t, "vcard.mjs", map[string]string{"shortlist.vcf": text}, &read)
	if got, want := read["shortlist.vcf"]["fn"], []string{"Dev Wren", "Aino Wren", "Iris Wren"}; !slices.Equal(got, want) {
		t.Errorf("the file is read as the cards of %q, want %q", got, want)
	}
	wait[bool](b, "a word about the file", `document.querySelector(".shortlist").innerText.includes("address cards of 3 people is saved")`)
	press(b, "Print")
	sheet := wait[string](b, "the sheet", "window.printed")
	for _, want := range []string{"A shortlist of 3 people", "Dev Wren", "(206) 555-0103", "wren3@example.org", p.url("/directory/wren-3/"), "Tacoma, WA 98402", "LMFT"} {
		if !strings.Contains(sheet, want) {
			t.Errorf("the sheet lacks %q:\n%s", want, sheet)
		}
	}
	eval[bool](b, `(dispatchEvent(new Event("afterprint")), true)`)
	if eval[bool](b, `!!document.querySelector("#sheet")`) {
		t.Error("after printing the sheet is still there")
	}
	for _, words := range b.heard() {
		if !strings.Contains(words, "404") { // the card of nobody
			t.Errorf("the console says: %s", words)
		}
	}
}

// TestReferralByMail: the mail holds the criteria in the form's words, never what was typed, and names
// only of a shortlist that somebody asks about.
func TestReferralByMail(t *testing.T) {
	p := made(t)
	b := open(t)
	b.visit(p.url("/directory/#q=spanish+zanzibar&concern=pain-penetration&telehealth=WA&fee_max=200&sort=name"))
	mail := func(selector string) (to, subject, body string) {
		t.Helper()
		link := wait[string](b, "the mail's address", `(() => { const e = document.querySelector(`+quote(selector)+`); return e.href.includes("body=") && e.href })()`)
		address, err := url.Parse(link)
		if err != nil || address.Scheme != "mailto" {
			t.Fatalf("%s is no mail's address: %v", link, err)
		}
		return address.Opaque, address.Query().Get("subject"), address.Query().Get("body")
	}
	to, subject, body := mail("#referral")
	if to != "desk@shore.example" || subject == "" {
		t.Errorf("the mail goes to %q with the subject %q", to, subject)
	}
	for _, want := range []string{"What would you like help with? Painful or difficult penetration", "By video: which state are you in? By video in Washington", "In which language? Spanish", "Up to $200"} {
		if !strings.Contains(body, want) {
			t.Errorf("the mail lacks %q:\n%s", want, body)
		}
	}
	for _, unasked := range []string{"zanzibar", "Wren", "wren", "name", "http"} {
		if strings.Contains(body, unasked) {
			t.Errorf("the mail says %q, which nobody chose to say:\n%s", unasked, body)
		}
	}
	choose(b, idsOf("wren-0", "wren-3"))
	if _, _, body := mail("#referral"); strings.Contains(body, "Wren") || strings.Contains(body, "hortlist") {
		t.Errorf("a mail that asks for a referral names people:\n%s", body)
	}
	if _, _, body := mail(".shortlist a[href^=mailto]"); !strings.Contains(body, "Aino Wren") || !strings.Contains(body, "Dev Wren") || !strings.Contains(body, p.url("/directory/#"+idsOf("wren-0", "wren-3"))) {
		t.Errorf("a mail about a shortlist does not name it:\n%s", body)
	}

	// Without scripts, and on other lists, the link is there too.
	profile := string(p.body(t, "directory/wren-3/index.html"))
	if !strings.Contains(profile, "mailto:desk@shore.example?subject=A%20problem%20with%20the%20listing%20of%20Dev%20Wren") {
		t.Error("a profile has no link to report a problem with it")
	}
	if list := string(p.body(t, "directory/city/tacoma-wa/index.html")); !strings.Contains(list, "mailto:desk@shore.example?subject=A%20referral&amp;body=") {
		t.Error("the list of a city has no link to ask for a referral")
	}
	// The institute's own site gives no address, so it offers neither.
	own := real(t)
	for _, name := range []string{"directory/index.html", "directory/ada-okafor/index.html"} {
		if strings.Contains(string(own.body(t, name)), "opens your mail app)") {
			t.Errorf("%s offers to write to the institute, which gives no address", name)
		}
	}
}
