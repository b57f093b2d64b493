package build

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"nwioi/internal/source"
)

// The words of the synthetic site. Everyone in it is invented.
var (
	givenNames = strings.Fields("Ana Ben Cleo Dana Eli Fay Gus Hana Ivo Jude Kim Leo Mia Noor Omar Pia Quin Rosa Sol Tess Uma Vic Wren Xia Yael Zoe Björn Chloé Inés Élodie")
	familyName = strings.Fields("Abbott Bauer Castillo Dubois Eriksen Farah Gupta Hughes Ibrahim Jensen Kowalski Larsen Mbeki Nguyen Okafor Petrov Rossi Sato Tanaka Vargas Weiss Álvarez Jovanović Müller")
	places     = []string{"Seattle WA 98103", "Tacoma WA 98402", "Bellevue WA 98004", "Spokane WA 99201", "Portland OR 97205", "Eugene OR 97401", "Boise ID 83702", "Olympia WA 98501"}
	licences   = map[string]string{"WA": "LMFT LMHC LICSW", "OR": "LMFT LPC LCSW", "ID": "LMFT LCPC LCSW"}
	words      = strings.Fields("care intimacy couples bodies desire trust attachment repair curiosity shame healing grief partners sessions evidence sexual health spiritual practice clients listen slow safe learn return touch consent pleasure stories family culture faith identity goals")
	terms      = map[string]string{
		"concern":   "desire-low desire-discrepancy arousal erection orgasm pain-penetration sexual-shame religious-trauma trauma-sexual infidelity cnm kink gender orientation perinatal menopause aging body-image premarital",
		"modality":  "eft gottman crucible emdr ifs somatic cbt mindfulness narrative psychodynamic",
		"community": "lgbtq trans-nonbinary kink polyamory survivors disabled neurodivergent bipoc clergy older-adults",
		"language":  "en es fr zh ar hi ja ase", "insurance": "premera regence kaiser-wa aetna cigna molina",
		"client": "individuals couples groups", "age": "adults teens elders",
	}
)

// corpus writes a synthetic site with so many practitioners, as many news posts and a page. It is seeded: the
// same number gives the same bytes. The theme is that of the institute.
func corpus(n int, theme *source.Tree) *source.Tree {
	r := rand.New(rand.NewPCG(8, 8))
	one := func(of []string) string { return of[r.IntN(len(of))] }
	some := func(facet string, low, high int) string {
		all := strings.Fields(terms[facet])
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		return strings.Join(all[:low+r.IntN(high-low+1)], ", ")
	}
	prose := func(n int) string {
		var b strings.Builder
		last := ""
		for i := range n {
			word := one(words)
			for word == last {
				word = one(words)
			}
			last = word
			if i == 0 {
				b.WriteString(strings.ToUpper(word[:1]) + word[1:])
			} else {
				b.WriteString(" " + word)
			}
		}
		return b.String() + "."
	}
	var files []*source.File
	put := func(path string, format string, args ...any) {
		files = append(files, &source.File{Path: path, Data: fmt.Appendf(nil, format, args...)})
	}
	for f := range theme.Under("themes/") {
		files = append(files, f)
	}
	for f := range theme.Under("data/vocabulary/") {
		if strings.Contains(f.Path, "license") || strings.Contains(f.Path, "certification") {
			files = append(files, f)
		}
	}
	put("data/site.yaml", "title: Synthetic institute\nurl: https://example.org/\n")
	for facet, ids := range terms {
		var b strings.Builder
		for _, id := range strings.Fields(ids) {
			fmt.Fprintf(&b, "- {id: %s, label: %q}\n", id, strings.ReplaceAll(id, "-", " "))
		}
		put("data/vocabulary/"+facet+".yaml", "%s", b.String())
	}
	for i := range n {
		at := strings.Fields(one(places))
		concerns := strings.Split(some("concern", 3, 7), ", ")
		low := 80 + 5*r.IntN(17)
		put(fmt.Sprintf("data/practitioners/p%06d.yaml", i), `name: {given: %s, family: %s}
pronouns: they/them
status: active
headline: %q
degrees: [%s]
licenses:
  - {state: %s, type: %s, number: "%s%d", expires: 2028-0%d-28, verified_on: 2026-0%d-15}
ciip: {since: 20%d-0%d-01}
specialties:
  top: [%s]
  other: [%s]
modalities: [%s]
communities: [%s]
clients: [%s]
ages: [%s]
languages: [en, %s]
formats: {in_person: true, telehealth: %t}
locations:
  - {city: %s, state: %s, zip: "%s", precision: zip}
availability: {status: %s, confirmed_on: 2026-%02d-%02d, times: [%s]}
fees: {individual: {amount: %d, minutes: 50}, sliding_from: %d, as_of: 2026-06-01}
insurance:
  - {plan: %s, network: in, confirmed_on: 2026-05-10}
contact: {email: p%d@example.org, phone: "+120655501%02d", website: "https://example.org/p%d"}
consent: {agreed_on: 2026-01-10}
last_confirmed: 2026-10-01
bio: |
  %s **%s** and [%s](https://example.org/).

  %s

  %s
`, one(givenNames), one(familyName), prose(9), one([]string{"MA", "MS", "PhD", "PsyD", "MSW"}),
			at[1], one(strings.Fields(licences[at[1]])), at[1], 60000000+i, 1+r.IntN(9), 1+r.IntN(9), 15+r.IntN(11), 1+r.IntN(9),
			strings.Join(concerns[:3], ", "), strings.Join(concerns[3:], ", "), some("modality", 1, 4), some("community", 0, 4), some("client", 1, 2), some("age", 1, 2),
			one(strings.Fields("es fr zh ar hi ja ase")), r.IntN(2) == 0, at[0], at[1], at[2],
			one([]string{"open", "waitlist", "closed"}), 8+r.IntN(3), 1+r.IntN(28), one([]string{"day", "evening", "weekend"}), low+60, low,
			some("insurance", 1, 1), i, i%100, i, prose(45), one(words), one(words), prose(45), prose(45))
	}
	put("content/about.md", "---\ntitle: About us\n---\n\n%s\n", prose(60))
	for i := range n {
		var b strings.Builder
		for range 6 {
			fmt.Fprintf(&b, "## %s\n\n%s\n\n- %s\n- %s\n- *%s*\n\n> %s\n\n| a | b |\n|---|---|\n| %s | %s |\n\n%s [link](/news/n%06d/)\n\n",
				prose(4), prose(60), prose(8), prose(9), prose(5), prose(20), prose(3), prose(3), prose(70), r.IntN(n))
		}
		put(fmt.Sprintf("content/news/n%06d.md", i), "---\ntitle: %q\ndate: 20%02d-%02d-%02d\ntags: [%s, %s]\n---\n\n%s",
			prose(6), 15+r.IntN(12), 1+r.IntN(10), 1+r.IntN(28), one(words), one(words), b.String())
	}
	return source.NewTree(files...)
}
