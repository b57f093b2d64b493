package assemble

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"nwioi/internal/read"
	"nwioi/internal/search"
	"nwioi/internal/site"
)

// Words change nothing about the turns that equal people take: whoever matches as well as the others
// stands, over a year of weeks, before as many of them as behind, and comes first as often.
func TestSearchIsFair(t *testing.T) {
	const weeks = 52
	// The chi-square that one year in a thousand passes by chance, by the degrees of freedom n-1.
	for n, most := range map[int]float64{3: 13.82, 8: 24.32, 24: 49.73} {
		texts := []string{"data/site.yaml", settings}
		for i := range n {
			file, text := person(fmt.Sprintf("p%03d", i), consent)
			texts = append(texts, file, strings.Replace(text, "confirmed_on: 2026-11-01", "confirmed_on: 2027-12-31", 1)) // fresh in every week
		}
		var reader read.Reader
		s, problems := reader.Site(siteOf(texts...))
		if problems.Failed() {
			t.Fatal(problems)
		}
		for _, words := range []string{"", "vaginismus", "painful sex tacoma", "exampel"} {
			sum, first := map[string]int{}, map[string]int{}
			for week := range weeks {
				e := site.Publish(s, site.Options{AsOf: today.AddDays(7 * week)})
				ids := found(search.Build(SearchInput(e, worn(t, nil))), words)
				if len(ids) != n {
					t.Fatalf("%q finds %d of %d people", words, len(ids), n)
				}
				for i, id := range ids {
					sum[id] += i + 1
					if e.People[i].ID != id {
						t.Fatalf("%q in week %d: %s stands where it is the turn of %s", words, week, id, e.People[i].ID)
					}
				}
				first[ids[0]]++
			}
			middle := float64(n+1) / 2
			chi := 0.0
			for id := range sum {
				if mean := float64(sum[id]) / weeks; mean < middle*0.65 || mean > middle*1.35 {
					t.Errorf("%q: over a year the mean place of %s is %.1f of %d", words, id, mean, n)
				}
				expected := float64(weeks) / float64(n)
				chi += (float64(first[id]) - expected) * (float64(first[id]) - expected) / expected
			}
			if chi > most {
				t.Errorf("%q: who comes first of %d is not even: chi-square %.1f, %v", words, n, chi, first)
			}
		}
	}
}

// found returns the ids of everyone that words find, over all pages.
func found(index *search.Index, words string) []string {
	var ids []string
	for page := 1; ; page++ {
		r := index.Search(search.Query{Text: words, Page: page})
		for _, h := range r.Hits {
			ids = append(ids, h.ID)
		}
		if page >= r.Pages {
			return ids
		}
	}
}

// Names stand as in a printed directory of the United States: accents and case aside, compound family
// names whole, and sort: where the record says so.
func TestNamesInOrder(t *testing.T) {
	// Each is a family name, a given name and what the record says of the order, in the order wanted.
	want := [][3]string{
		{"Åkesson", "Zoe", ""},
		{"Alder", "Ben", ""},
		{"de la Vega", "Ana", ""},
		{"Delacroix", "Ana", ""},
		{"Muñiz", "Eva", ""},
		{"Munoz", "Ada", ""},
		{"Muñoz", "Ada", ""},
		{"Muñoz", "Bea", ""},
		{"Núñez de la Vega", "Marisol", ""},
		{"Oakley", "Zoe", ""},
		{"obrien", "Al", ""},
		{"O'Brien", "Cy", ""},
		{"Öberg", "Di", "Oeberg Di"},
		{"van der Meulen", "Bea", "Ulen"},
		{"Zhou", "Li", ""},
	}
	texts := []string{"data/site.yaml", settings}
	var wanted []string
	for i, name := range want {
		id := fmt.Sprintf("p%02d", (i*4+3)%len(want))
		file, text := person(id, consent)
		_, rest, _ := strings.Cut(text, "\n")
		line := fmt.Sprintf("name: {given: %s, family: %q", name[1], name[0])
		if name[2] != "" {
			line += ", sort: " + name[2]
		}
		texts = append(texts, file, line+"}\n"+rest)
		wanted = append(wanted, id)
	}
	p := publish(t, siteOf(texts...), site.Options{})
	index := search.Build(SearchInput(p.Edition, worn(t, nil)))
	var got []string
	for _, h := range index.Search(search.Query{Sort: "name"}).Hits {
		got = append(got, h.ID)
	}
	if !slices.Equal(got, wanted) {
		names := func(ids []string) (all []string) {
			for _, id := range ids {
				all = append(all, want[slices.Index(wanted, id)][0])
			}
			return all
		}
		t.Errorf("names stand in the order %q, want %q", names(got), names(wanted))
	}
}
