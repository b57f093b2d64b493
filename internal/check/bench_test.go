package check_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"nwioi/internal/check"
	"nwioi/internal/diag"
	"nwioi/internal/read"
	"nwioi/internal/site"
	"nwioi/internal/source"
)

// vocabulary of the synthetic prose; none of its words means anything to a rule by itself.
var prose = strings.Fields(`care intimacy couples bodies desire trust attachment repair curiosity shame healing grief
	partners sessions evidence sexual health spiritual practice clients listen slow safe learn return touch consent
	pleasure stories family culture faith identity goals`)

// synthetic returns a site of so many practitioners and news posts, the same for the same numbers.
func synthetic(people, news int) []*source.File {
	r := rand.New(rand.NewPCG(8, 8))
	words := func(n int) string {
		out, last := make([]string, n), ""
		for i := range out {
			for out[i] = prose[r.IntN(len(prose))]; out[i] == last; {
				out[i] = prose[r.IntN(len(prose))]
			}
			last = out[i]
		}
		out[0] = strings.ToUpper(out[0][:1]) + out[0][1:]
		return strings.Join(out, " ") + "."
	}
	files := []*source.File{{Path: "data/site.yaml", Data: []byte("title: A site\nurl: https://example.org/\n")}}
	put := func(path, text string) { files = append(files, &source.File{Path: path, Data: []byte(text)}) }
	given, family := strings.Fields("Ana Ben Cleo Dana Eli Fay Gus Hana Ivo Jude"), strings.Fields("Abbott Bauer Castillo Dubois Eriksen Farah Gupta Hughes")
	for i := range people {
		var b strings.Builder
		fmt.Fprintf(&b, "name: {given: %s, family: %s}\nstatus: active\nheadline: %q\n", given[r.IntN(len(given))], family[r.IntN(len(family))], words(9))
		fmt.Fprintf(&b, "licenses:\n  - {state: WA, type: LMFT, number: \"WA%d\", expires: 2028-0%d-28, verified_on: 2026-05-15}\nciip: {since: 2018-03-01}\n", i, 1+r.IntN(9))
		fmt.Fprintf(&b, "specialties:\n  top: [desire-low, erection, orgasm]\n  other: [infidelity, kink]\nmodalities: [sex-therapy, narrative]\ncommunities: [lgbtq, bipoc]\n")
		fmt.Fprintf(&b, "clients: [individuals, couples]\nages: [adults]\nlanguages: [en, es]\nformats: {in_person: true, telehealth: true}\nlocations:\n  - {city: Seattle, state: WA, zip: \"98103\", precision: zip}\n")
		fmt.Fprintf(&b, "availability: {status: open, confirmed_on: 2026-%02d-%02d, times: [day]}\nfees: {individual: {amount: 160, minutes: 50}, as_of: 2026-06-01}\n", 8+r.IntN(3), 1+r.IntN(28))
		fmt.Fprintf(&b, "contact: {email: p%d@example.org}\nconsent: {agreed_on: 2026-01-10}\nlast_confirmed: 2026-10-01\nbio: |\n", i)
		for range 3 {
			fmt.Fprintf(&b, "  %s **%s** and [%s](https://example.org/).\n\n", words(45), prose[r.IntN(len(prose))], prose[r.IntN(len(prose))])
		}
		put(fmt.Sprintf("data/practitioners/p%06d.yaml", i), b.String())
	}
	for i := range news {
		var b strings.Builder
		fmt.Fprintf(&b, "---\ntitle: %q\ndate: 20%02d-%02d-%02d\ntags: [care, trust]\n---\n\n", words(6), 15+r.IntN(12), 1+r.IntN(10), 1+r.IntN(28))
		for range 6 {
			fmt.Fprintf(&b, "## %s\n\n%s\n\n- %s\n- *%s*\n\n> %s\n\n| a | b |\n|---|---|\n| %s | %s |\n\n%s [link](/news/n%06d/)\n\n",
				words(4), words(60), words(8), words(5), words(20), words(3), words(3), words(70), r.IntN(news))
		}
		put(fmt.Sprintf("content/news/n%06d.md", i), b.String())
	}
	return files
}

// A site of records and news alone passes, whatever its prose.
func TestSynthetic(t *testing.T) {
	seen := map[string]bool{}
	for _, d := range problems(t, "2026-11-22", synthetic(60, 40)...) {
		if d.Severity >= diag.Warning {
			t.Errorf("%s:%d: %s: %s [%s]", d.Path, d.Pos.Line, d.Severity, d.Message, d.Rule)
		}
		seen[d.Rule] = true
	}
	if !seen["practitioner/availability"] || !seen["practitioner/same-name"] {
		t.Error("the synthetic site no longer has what the benchmark needs")
	}
}

func edition(b *testing.B, people, news int) *site.Edition {
	var reader read.Reader
	s, _ := reader.Site(source.NewTree(append(synthetic(people, news), builtin(b)...)...))
	return site.Publish(s, site.Options{AsOf: day(b, "2026-11-22")})
}

func BenchmarkCheck(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		e := edition(b, n, n)
		b.Run(fmt.Sprintf("cold/%d+%d", n, n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				check.Edition(e)
			}
		})
		b.Run(fmt.Sprintf("again/%d+%d", n, n), func(b *testing.B) {
			b.ReportAllocs()
			var c check.Checker
			c.Edition(e)
			for b.Loop() {
				c.Edition(e)
			}
		})
	}
}
