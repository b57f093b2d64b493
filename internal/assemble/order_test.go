package assemble

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"nwioi/internal/search"
	"nwioi/internal/site"
)

// The page that explains the order gives the points of every kind of match as the search counts them:
// its cells are the constants, so whoever changes one changes the page, and a new one has to be
// explained.
func TestOrderIsExplained(t *testing.T) {
	var want []string
	for _, tier := range slices.Concat(search.Tiers, search.Additions) {
		want = append(want, strconv.Itoa(int(tier)))
	}
	cell := regexp.MustCompile(`<td><span class="fact">([0-9]+)</span></td>`)
	small := publish(t, siteOf("data/site.yaml", settings), site.Options{})
	for name, p := range map[string]*published{"the institute's page": institute(t, site.Options{}), "the page of a site without one": small} {
		body := string(p.bodies[site.FileOf(site.OrderURL)])
		var got []string
		for _, m := range cell.FindAllStringSubmatch(body, -1) {
			got = append(got, m[1])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s explains the points %q, and the search counts %q", name, got, want)
		}
		for _, said := range []string{
			`>` + strconv.Itoa(search.DefaultWithin) + `</span> miles`, `>` + strconv.Itoa(search.MaxWords) + `</span> words`,
			strconv.Itoa(site.FreshDays) + " days", strconv.Itoa(site.CountsDays) + " days", "GeoNames", "Census Bureau",
		} {
			if !strings.Contains(body, said) {
				t.Errorf("%s does not say %q", name, said)
			}
		}
	}
	// What the pages say in words.
	if search.WholeName+search.Partial <= search.Concern {
		t.Error("the first letters of a name come before a concern typed in full, and the page says otherwise")
	}
	if !slices.IsSorted(search.Tiers) || !slices.IsSorted(search.Additions) {
		t.Error("the tables do not begin with the best")
	}
}
