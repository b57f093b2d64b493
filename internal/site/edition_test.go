package site

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"nwioi/internal/source"
)

// of returns a site with the given pages and people.
func of(pages []*Page, people ...*Practitioner) *Site {
	slices.SortFunc(people, func(a, b *Practitioner) int { return strings.Compare(a.ID, b.ID) })
	return &Site{
		Settings:     &Settings{Title: "Small", URL: "https://example.org/", File: &source.File{Path: "data/site.yaml"}},
		Vocabularies: map[string]*Vocabulary{}, Pages: pages, Practitioners: people, Pictures: map[string]*Image{},
	}
}

func pageAt(path string, front FrontMatter) *Page {
	if front.Title == "" {
		front.Title = path
	}
	return &Page{File: &source.File{Path: path}, Front: front}
}

func openPerson(id string) *Practitioner {
	return &Practitioner{
		ID: id, File: &source.File{Path: "data/practitioners/" + id + ".yaml"}, Status: "active", Name: Name{Given: id, Family: "Example"},
		Availability: Availability{Status: "open", ConfirmedOn: today}, Consent: &Consent{AgreedOn: today.AddDays(-100)}, LastConfirmed: today,
	}
}

// Over a year nobody stands before the others: among people with the same to offer, everyone's mean
// place is near the middle (within 35%, four standard errors of a hash), and over many years everyone comes
// first about equally often.
func TestRotationIsFair(t *testing.T) {
	const weeks, years = 52, 20
	// The chi-square that is passed by chance once in a thousand, by the degrees of freedom n-1.
	for n, most := range map[int]float64{2: 10.83, 5: 18.47, 24: 49.73, 60: 98.32} {
		var people []*Practitioner
		for i := range n {
			p := openPerson(fmt.Sprintf("person-%02d", i))
			p.Availability.ConfirmedOn = Date{2047, 12, 31} // equally fresh in every week
			people = append(people, p)
		}
		s := of(nil, people...)
		places := map[string]int{}
		firsts := map[string]int{}
		for week := range weeks * years {
			e := Publish(s, Options{AsOf: today.AddDays(7 * week)})
			if len(e.People) != n {
				t.Fatalf("week %d lists %d people of %d", week, len(e.People), n)
			}
			for place, p := range e.People {
				if week < weeks {
					places[p.ID] += place + 1
				}
			}
			firsts[e.People[0].ID]++
		}
		middle := float64(n+1) / 2
		expected := float64(weeks*years) / float64(n)
		chi := 0.0
		for _, p := range people {
			if mean := float64(places[p.ID]) / weeks; mean < middle*0.65 || mean > middle*1.35 {
				t.Errorf("over a year the mean place of %s is %.1f, and the middle is %.1f", p.ID, mean, middle)
			}
			d := float64(firsts[p.ID]) - expected
			chi += d * d / expected
		}
		if chi > most {
			t.Errorf("who comes first of %d is not even: chi-square %.1f, %v", n, chi, firsts)
		}
	}
}

// The order is that of the week: the same on each of its days, and another in the next.
func TestOrderChangesWithTheWeek(t *testing.T) {
	var people []*Practitioner
	for i := range 12 {
		people = append(people, openPerson(fmt.Sprintf("p%02d", i)))
	}
	s := of(nil, people...)
	order := func(day Date) string {
		var ids []string
		for _, p := range Publish(s, Options{AsOf: day}).People {
			ids = append(ids, p.ID)
		}
		return strings.Join(ids, " ")
	}
	monday := Date{2026, 11, 16}
	if order(monday) != order(monday.AddDays(6)) {
		t.Error("the order changes within a week")
	}
	if order(monday) == order(monday.AddDays(7)) || order(monday) == order(monday.AddDays(-1)) {
		t.Error("the order is that of the week before or after")
	}
	// Somebody who comes or goes moves nobody else past another.
	without := order(monday)
	s.Practitioners = append(s.Practitioners, openPerson("zoe"))
	if with := strings.Join(strings.Fields(strings.Replace(order(monday), "zoe", "", 1)), " "); with != without {
		t.Errorf("a new person reorders the others: %s, before %s", with, without)
	}
}

func TestWhoIsWhere(t *testing.T) {
	paused, alumni, silent := openPerson("paused"), openPerson("alumni"), openPerson("silent")
	paused.Status, alumni.Status, silent.Consent = "paused", "alumni", nil
	e := Publish(of(nil, openPerson("active"), paused, alumni, silent), Options{AsOf: today})
	ids := func(people []*Person) string {
		var all []string
		for _, p := range people {
			all = append(all, p.ID)
		}
		return strings.Join(all, " ")
	}
	if got := ids(e.People); got != "active" {
		t.Errorf("the results hold %q", got)
	}
	if got := ids(e.Profiles); got != "active alumni paused" {
		t.Errorf("the profiles are %q", got)
	}
	for url, want := range map[string]bool{
		ProfileURL("active"): true, ProfileURL("paused"): true, ProfileURL("alumni"): true, ProfileURL("silent"): false,
		VCardURL("active"): true, VCardURL("alumni"): false,
	} {
		if got := e.Target(url) != nil; got != want {
			t.Errorf("something stands at %s: %t", url, got)
		}
	}
}

func TestVisible(t *testing.T) {
	for name, test := range map[string]struct {
		front FrontMatter
		want  bool
	}{
		"plain": {FrontMatter{}, true}, "draft": {FrontMatter{Draft: true}, false}, "today": {FrontMatter{Date: today}, true}, "tomorrow": {FrontMatter{Date: today.AddDays(1)}, false},
		"last day": {FrontMatter{Expires: today}, true}, "over": {FrontMatter{Expires: today.AddDays(-1)}, false},
	} {
		p := pageAt("content/a.md", test.front)
		if got := Publish(of([]*Page{p}), Options{AsOf: today}).Visible(p); got != test.want {
			t.Errorf("%s: %t", name, got)
		}
		if !Publish(of([]*Page{p}), Options{AsOf: today, Drafts: true}).Visible(p) {
			t.Errorf("%s: not in a preview", name)
		}
	}
}

// Two sources of one address are a clash, whichever they are.
func TestClashes(t *testing.T) {
	ada, bea := openPerson("ada"), openPerson("bea")
	bea.Aliases = []string{"ada", "cleo"}
	pages := []*Page{
		pageAt("content/about.md", FrontMatter{Aliases: []string{"/old/"}}), pageAt("content/about/index.md", FrontMatter{}),
		pageAt("content/other.md", FrontMatter{Aliases: []string{"/old", "/directory/cleo/"}}), pageAt("content/directory/ada.md", FrontMatter{}),
	}
	e := Publish(of(pages, ada, bea), Options{AsOf: today})
	var got []string
	for _, c := range e.Clashes {
		got = append(got, c.URL)
	}
	if want := []string{"/about/", "/directory/ada/", "/directory/ada/", "/directory/cleo/", "/old/"}; !slices.Equal(got, want) {
		t.Errorf("the clashes are %q, want %q", got, want)
	}
	seen := map[string]bool{}
	for _, r := range e.Redirects {
		if seen[r.From] || e.Target(r.From) != nil {
			t.Errorf("%s is led on twice, or stands already", r.From)
		}
		seen[r.From] = true
	}
}
