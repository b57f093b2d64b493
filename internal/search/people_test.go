package search

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// manyPeople makes a directory of n invented people whose records are about as long as real ones:
// the measure for benchmarks and for how the index is cut. The same n gives the same people.
func manyPeople(n int) Input {
	r := rand.New(rand.NewPCG(uint64(n), 7))
	given := strings.Fields("Mary Ana Elizabeth Noor Kim Maria Edward Jonas Priya Ruth Wei Amara Tomás Ingrid Samir Leilani Hannah Diego Mei Oksana")
	syllables := strings.Fields("ba ce do fin gar hol ki lun mar nor os pel quin rath sol tam ul ven wes yar zim ston berg ley ford")
	textWords := make([]string, 1500)
	for i := range textWords {
		for range 2 + r.IntN(2) {
			textWords[i] += syllables[r.IntN(len(syllables))]
		}
	}
	textWords[0], textWords[1] = "gentle", "seldom"
	in := Input{Name: "many", Facets: testFacets(), Ranges: []RangeKey{{"fee", "fee_max"}}, Filler: []string{"sex therapist"}}
	for i := range 40 {
		in.Facets[0].Terms = append(in.Facets[0].Terms, Term{ID: fmt.Sprintf("c%d", i), Label: textWords[r.IntN(1500)] + " " + textWords[r.IntN(1500)], Aliases: []string{textWords[r.IntN(1500)]}})
	}
	for i := range n {
		family := syllables[r.IntN(len(syllables))] + syllables[r.IntN(len(syllables))] + syllables[r.IntN(len(syllables))]
		d := Document{ID: fmt.Sprintf("person-%d", i), URL: fmt.Sprintf("/directory/person-%d/", i), Order: i}
		d.Title = given[r.IntN(len(given))] + " " + strings.ToUpper(family[:1]) + family[1:]
		first, last, _ := strings.Cut(d.Title, " ")
		d.Fields = []Field{{Name, first}, {Name, last}, {Letters, "LMFT"}, {Place, cities[r.IntN(len(cities))]}}
		var bio strings.Builder
		for range 150 {
			bio.WriteString(textWords[int(float64(len(textWords))*r.Float64()*r.Float64())])
			bio.WriteByte(' ')
		}
		d.Fields = append(d.Fields, Field{Text, bio.String()})
		for k := range 10 {
			d.Facets = append(d.Facets, FacetValue{Facet: "concern", Value: fmt.Sprintf("c%d", r.IntN(40)), Top: k < 3})
		}
		d.Facets = append(d.Facets, FacetValue{Facet: "state", Value: []string{"WA", "OR"}[r.IntN(2)]},
			FacetValue{Facet: "availability", Value: "open", Until: 100 + r.IntN(60)})
		low := 80 + 10*r.IntN(12)
		d.Ranges = []Range{{"fee", low, low + 40}}
		d.Card = fmt.Sprintf(`<svg class="mark" viewBox="0 0 64 64" aria-hidden="true"><path d="M0 %d C20 %d 40 %d 64 %d"/></svg><div><h2><a href="%s">%s</a></h2><p class="letters">LMFT · she/her</p></div><p class="says">%s</p><ul class="terms"><li>%s</li><li>%s</li></ul><ul class="key"><li class="open">Taking new clients<small>confirmed 3 November 2026</small></li><li>Tacoma, WA</li><li>$%d a session</li></ul>`,
			r.IntN(64), r.IntN(64), r.IntN(64), r.IntN(64), d.URL, d.Title, bio.String()[:60], in.Facets[0].Terms[r.IntN(40)].Label, in.Facets[0].Terms[r.IntN(40)].Label, low)
		in.Documents = append(in.Documents, d)
	}
	return in
}
