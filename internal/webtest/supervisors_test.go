package webtest

import (
	"bytes"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp/kb"
	"golang.org/x/net/html"
	"gopkg.in/yaml.v3"

	"nwioi/internal/site"
	"nwioi/internal/source"
)

// A supervisor is what a record says of supervision, as the tests read it themselves.
type supervisor struct {
	ID          string
	Name        struct{ Given, Family, Display string }
	Status      string
	Supervision *struct {
		AASECT, AAMFT   bool
		States, Formats []string
		Seats           *int
	}
}

// has reports whether the supervisor has a value of a key of the page's fragment.
func (s supervisor) has(key, value string) bool {
	v := s.Supervision
	switch key + "=" + value {
	case "approved=both":
		return v.AASECT && v.AAMFT
	case "approved=aasect":
		return v.AASECT
	case "approved=aamft":
		return v.AAMFT
	case "free=yes":
		return v.Seats != nil && *v.Seats > 0
	}
	if key == "state" {
		return slices.Contains(v.States, value)
	}
	return (key == "session" || key == "format") && slices.Contains(v.Formats, value)
}

// fewSite is the institute's site while those who fit nearly every choice take a break, so that a choice can
// leave nobody.
var fewSite = sync.OnceValues(func() (*published, error) {
	tree, _ := source.ReadDir(root, nil)
	changed := map[string][]byte{}
	for _, id := range versatile {
		file := "data/practitioners/" + id + ".yaml"
		changed[file] = bytes.Replace(tree.File(file).Data, []byte("status: active"), []byte("status: paused"), 1)
	}
	return publish("the institute's site with few supervisors", tree.Update(changed), "")
})

var versatile = []string{"ada-okafor", "ruth-anne-delgado-smith"}

// few returns the site of fewSite and its supervisors.
func few(t *testing.T) (*published, []supervisor) {
	t.Helper()
	return wanted(t, fewSite), slices.DeleteFunc(supervisors(t), func(s supervisor) bool { return slices.Contains(versatile, s.ID) })
}

// supervisors reads the records of those who supervise.
func supervisors(t *testing.T) []supervisor {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "data/practitioners/*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no records: %v", err)
	}
	var all []supervisor
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		s := supervisor{ID: strings.TrimSuffix(filepath.Base(file), ".yaml")}
		if err := yaml.Unmarshal(text, &s); err != nil {
			t.Fatal(err)
		}
		if s.Supervision != nil && s.Status == "active" {
			all = append(all, s)
		}
	}
	return all
}

// fitting returns the ids of those whom the choices of a fragment leave, in the order of the alphabet:
// several values of one key, any of them; different keys, all of them.
func fitting(t *testing.T, people []supervisor, fragment string) []string {
	t.Helper()
	choices, err := url.ParseQuery(fragment)
	if err != nil {
		t.Fatal(err)
	}
	ids := []string{}
	for _, s := range people {
		fits := true
		for key, values := range choices {
			fits = fits && slices.ContainsFunc(values, func(value string) bool { return s.has(key, value) })
		}
		if fits {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

// nobodyFits is what leaves nobody of the few.
const nobodyFits = "approved=aamft&session=individual&state=OR"

// readSupervisors returns whom the page shows and what it says of their number.
const readSupervisors = `({
	ids: [...document.querySelectorAll("li[data-id]")].filter((e) => e.checkVisibility()).map((e) => e.dataset.id).sort(),
	count: document.querySelector("#supervisor-count").textContent,
	nobody: document.querySelector("#nobody").checkVisibility(),
	headings: [...document.querySelectorAll(".supervisors h2")].filter((e) => e.checkVisibility()).length,
})`

type supervisorList struct {
	IDs      []string
	Count    string
	Nobody   bool
	Headings int
}

// TestSupervisorFilter compares what the page shows for a fragment with what the records say.
func TestSupervisorFilter(t *testing.T) {
	fewSite, fewPeople := few(t)
	for _, c := range []struct {
		site   *published
		people []supervisor
	}{{real(t), supervisors(t)}, {fewSite, fewPeople}} {
		b := open(t)
		b.visit(c.site.url("/supervisors/"))
		wait[bool](b, "the questions", `!!document.querySelector("#supervisor-filter input")`)
		answers := eval[[]string](b, `[...document.querySelectorAll("#supervisor-filter input")].map((e) => e.name + "=" + e.value)`)
		if len(answers) < 8 {
			t.Errorf("%s: the form has only %v", c.site.name, answers)
		}
		fragments := []string{"", "approved=both&state=WA&state=OR&format=video&session=group&free=yes", nobodyFits}
		for i, one := range answers {
			fragments = append(fragments, one)
			for _, other := range answers[i+1:] {
				fragments = append(fragments, one+"&"+other)
			}
		}
		waysOut := 0
		for _, fragment := range append(fragments, "state=ZZ", "format=%E0%A4%A&x=1", "p-keola-kahananui") {
			got := eval[supervisorList](b, `new Promise((done) => {
				const to = `+quote(fragment)+`;
				if (location.hash.slice(1) === to) return done(`+readSupervisors+`);
				addEventListener("hashchange", () => setTimeout(() => done(`+readSupervisors+`)), { once: true });
				location.hash = to;
			})`)
			asked := fragment
			if !slices.Contains(fragments, fragment) {
				asked = "" // what is no answer is passed over
			}
			want := supervisorList{IDs: fitting(t, c.people, asked), Count: fmt.Sprintf("%d supervisors", len(c.people))}
			if asked != "" {
				want.Count = fmt.Sprintf("%d of %d supervisors", len(want.IDs), len(c.people))
			}
			if !slices.Equal(got.IDs, want.IDs) || got.Count != want.Count || got.Nobody != (len(want.IDs) == 0) || (got.Headings == 0) != got.Nobody {
				t.Errorf("%s, #%s: the page shows %+v, the records say %v", c.site.name, fragment, got, want.IDs)
			}
			if !got.Nobody {
				continue
			}
			// Each way out leads to as many people as it says.
			for _, way := range eval[[]struct{ Href, Text string }](b, `[...document.querySelectorAll("#nobody li a")].map((a) => ({ href: a.getAttribute("href"), text: a.textContent }))`) {
				rest := strings.TrimPrefix(way.Href, "#")
				if rest == "narrow" {
					rest = ""
				}
				if n := len(fitting(t, c.people, rest)); n == 0 || !strings.HasSuffix(way.Text, fmt.Sprintf(": %d", n)) {
					t.Errorf("%s, #%s: %q leads to %d people", c.site.name, fragment, way.Text, n)
				}
				waysOut++
			}
		}
		if c.site == fewSite && waysOut < 10 {
			t.Errorf("only %d ways out of an empty list were looked at", waysOut)
		}
	}
}

// TestSupervisorFilterByKeyboard narrows the list without a mouse, finds it again after a reload, and
// comes out of an empty list.
func TestSupervisorFilterByKeyboard(t *testing.T) {
	p, people := few(t)
	b := open(t)
	b.look(320, "light", still)
	b.visit(p.url("/supervisors/"))
	wait[bool](b, "the questions", `!!document.querySelector("#supervisor-filter input")`)
	tabTo := func(what, condition string) {
		t.Helper()
		for range 80 {
			b.keys(kb.Tab)
			if eval[bool](b, condition) {
				return
			}
		}
		t.Fatalf("the tab key does not come to %s", what)
	}
	tabTo("the questions", `document.activeElement.matches("#narrow > summary")`)
	b.keys(kb.Enter)
	tabTo("Oregon", `document.activeElement.matches("input[name=state][value=OR]")`)
	b.keys(" ")
	now := wait[supervisorList](b, "the shorter list", `location.hash === "#state=OR" && `+readSupervisors)
	if want := fitting(t, people, "state=OR"); !slices.Equal(now.IDs, want) {
		t.Errorf("for Oregon the page shows %v, the records say %v", now.IDs, want)
	}
	b.reload()
	wait[bool](b, "the same list", `document.querySelector("#supervisor-count").textContent.startsWith("`+strconv.Itoa(len(now.IDs))+` of ") && document.querySelector("input[name=state][value=OR]").checked && document.querySelector("#narrow").open`)

	// An empty list: out of it by its first link, and to everyone by the button.
	eval[bool](b, `(location.hash = "#"+`+quote(nobodyFits)+`, true)`)
	wait[bool](b, "the empty list", `document.querySelector("#nobody").checkVisibility()`)
	tabTo("a way out", `document.activeElement.matches("#nobody li a")`)
	b.keys(kb.Enter)
	wait[bool](b, "people again", `!document.querySelector("#nobody").checkVisibility() && document.activeElement.matches("#supervisor-filter input:checked")`)
	tabTo("the button", `document.activeElement.matches("#supervisor-filter button")`)
	b.keys(kb.Enter)
	all := wait[supervisorList](b, "everyone", `!location.hash && !document.querySelector("#supervisor-filter button").checkVisibility() && `+readSupervisors)
	if len(all.IDs) != len(people) || !eval[bool](b, `document.activeElement.matches("#supervisor-filter input")`) {
		t.Errorf("the button leads to %v, and the focus is at %q", all.IDs, eval[string](b, focused))
	}
	if noise := b.heard(); len(noise) > 0 {
		t.Errorf("the page says on its console: %v", noise)
	}
}

// TestSupervisorsWithoutScripts reads the page as it is served: everyone is on it, those with a free place
// first, and each answer leads to the list of those who have it.
func TestSupervisorsWithoutScripts(t *testing.T) {
	people := supervisors(t)
	doc, err := html.Parse(bytes.NewReader(real(t).body(t, site.FileOf("/supervisors/"))))
	if err != nil {
		t.Fatal(err)
	}
	byAnchor := map[string]*html.Node{}
	for n := range doc.Descendants() {
		if id := attribute(n, "id"); id != "" {
			byAnchor[id] = n
		}
	}
	links := func(n *html.Node) (to []string) {
		for d := range n.Descendants() {
			if d.Data == "a" {
				to = append(to, strings.TrimPrefix(attribute(d, "href"), "#"))
			}
		}
		return to
	}
	var served []string
	questions := 0
	for n := range doc.Descendants() {
		if id := attribute(n, "data-id"); id != "" {
			served = append(served, id)
		}
		key, value := attribute(n, "data-key"), attribute(n, "data-value")
		if key == "" {
			continue
		}
		questions++
		want := fitting(t, people, key+"="+value)
		var got []string
		heading := byAnchor[links(n)[0]]
		if heading == nil {
			t.Errorf("%s=%s leads to %v, which is no place", key, value, links(n))
			continue
		}
		list := heading.NextSibling
		for list != nil && list.Data != "ul" {
			list = list.NextSibling
		}
		if heading.Data == "h2" { // the part of the page with those who have a free place
			for d := range list.Descendants() {
				if id := attribute(d, "data-id"); id != "" {
					got = append(got, id)
				}
			}
		} else {
			for _, to := range links(list) {
				person := byAnchor[to]
				if person == nil {
					t.Errorf("%s=%s: %s is no place", key, value, to)
					continue
				}
				got = append(got, attribute(person, "data-id"))
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, want) || len(want) == 0 {
			t.Errorf("%s=%s leads to %v, the records say %v", key, value, got, want)
		}
	}
	free := fitting(t, people, "free=yes")
	for i, id := range served {
		if slices.Contains(free, id) != (i < len(free)) {
			t.Errorf("the order is %v, and those with a free place are %v", served, free)
			break
		}
	}
	slices.Sort(served)
	if !slices.Equal(served, fitting(t, people, "")) || questions < 10 {
		t.Errorf("the page lists %v and has %d answers", served, questions)
	}
}

// TestSupervisorsAxe looks at the list while it is narrowed, and when nobody is left.
func TestSupervisorsAxe(t *testing.T) {
	npm(t, "axe-core/axe.min.js")
	b := open(t)
	p, _ := few(t)
	for name, fragment := range map[string]string{"narrowed": "approved=both&state=WA", "nobody": nobodyFits, "at a person": "p-keola-kahananui"} {
		b.look(320, "light", still)
		b.visit("about:blank")
		b.visit(p.url("/supervisors/#" + fragment))
		wait[bool](b, "the questions", `!!document.querySelector("#supervisor-filter input")`)
		loadAxe(t, b)
		for _, mood := range moods {
			for _, width := range []int{320, 1280} {
				b.look(width, mood.scheme, mood.features...)
				axe(t, b, fmt.Sprintf("supervisors, %s, %s, %d px", name, mood.name, width), ":root")
			}
		}
	}
}
