package assemble

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"nwioi/internal/site"
)

// TestFactsAreTold looks for every figure and name that the institute has published on a page where a
// reader would look for it. The words between them are the pages' own.
func TestFactsAreTold(t *testing.T) {
	p := institute(t, site.Options{})
	for page, facts := range map[string][]string{
		"about/index.html":                           {"2015", "Pacific Northwest", "American Association of Sexuality Educators, Counselors and Therapists", "sex-positive", "tele-health", "as a couple", "pay for it", "fit it around your job", "leaves out"},
		"pathway/degree/index.html":                  {"Marriage and Family Therapy", "MSW", "Emotionally Focused Therapy", "Crucible", "Gottman", "sychologist", "ounselor"},
		"pathway/sar/index.html":                     {"Sexual Attitude Reassessment", "21 CEUs", "each June", "as of October 2020"},
		"courses/sar/index.html":                     {"21 CEUs", "each June", "June 2021", "online", "pandemic"},
		"pathway/advanced-course/index.html":         {"46 CEUs", "each November", "evidence"},
		"courses/advanced-course/index.html":         {"46 CEUs", "9–13 November 2020", "5 days", "month before", "$700", "refresher", "not announced"},
		"tuition-award/index.html":                   {"$700", "BIPOC", "clinicians, educators, counselors and healers", "other courses", "2020"},
		"pathway/supervision/index.html":             {"50 hours", "25 hours", "300 hours", "18 months", "2.8 hours", "2 people", "4 people", "video", "Dr. Tina Schermer Sellers, PhD", "AAMFT", "LMFTA", "LMHCA"},
		"pathway/community/index.html":               {"Certified Integrated Intimacy Practitioner", "associate licence counts", "Seattle", "Hebrew Mystic Sexuality Training"},
		"become-a-ciip/index.html":                   {"listing", "referrals", "training", "calendar", "1 CEU", "under 5%", "Hebrew Mystic Sexuality Training"},
		"courses/hebrew-mystic-sexuality/index.html": {"1 CEU", "online", "spirituality"},
		"check-the-rules/index.html": {
			"90 hours", "60 hours", "2025.T.1", "2025.SG.1", "half", "2 years", "1 year", "doctorate", "membership", "references", "fee", "contract", "guarantee",
			"36 months", "3,000 hours", "1,200 hours", "100 hours", "1,000 hours", "500 hours", "200 hours", "246-809-110", "246-809-230",
		},
		"supervision/index.html": {"at most 6 people", "at most 2 people", "one to one"},
		"pathway/index.html":     {"68 CEUs"},
	} {
		text := plainText(t, p.bodies[page])
		for _, fact := range facts {
			if !strings.Contains(strings.ToLower(text), strings.ToLower(fact)) {
				t.Errorf("%s does not say %q", page, fact)
			}
		}
	}
}

// plainText returns what a page says, runs of white space as one space.
func plainText(t *testing.T, page []byte) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(string(page)))
	if err != nil || len(page) == 0 {
		t.Fatalf("the page cannot be read: %v", err)
	}
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "script" {
			b.WriteString(n.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
