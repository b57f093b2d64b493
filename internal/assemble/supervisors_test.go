package assemble

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"nwioi/internal/site"
)

// supervising is a site of people who supervise, and of one set of rules for a certificate and one for the
// licences of Washington.
func supervising(t *testing.T, change ...string) *published {
	texts := []string{"data/site.yaml", settings}
	for _, p := range [][2]string{
		{"both", "aasect: true, aamft: true, states: [WA], formats: [individual, group, in-person], seats: 0"},
		{"family", "aasect: false, aamft: true, states: [WA, OR], formats: [group, video], seats: 2"},
		{"open", "aasect: true, aamft: false, states: [ID, WA], formats: [individual, telehealth]"},
		{"sex", "aasect: true, aamft: false, states: [OR], formats: [individual, in_person], seats: 1"},
	} {
		file, text := person(p[0], consent+"sample: true\nsupervision: {"+p[1]+"}\n")
		texts = append(texts, file, text)
	}
	rules := []string{"data/requirements/certificate.yaml", `name: The certificate
issuer: A board
as_of: 2026-01-01
review_by: 2027-01-01
source: A board
notice: Check the current rules of the board.
requirements:
  - id: supervision
    title: Hours
    explanation: With a supervisor.
    kind: supervision
    target: {value: 50, unit: hour}
    counts: {kinds: [supervision], approved_by: aasect}
`, "data/requirements/licence.yaml", `name: The licences
issuer: A state
as_of: 2026-01-01
review_by: 2027-01-01
source: A state
state: WA
tracks: [{id: c, label: Counselor in Training (CT)}, {id: f, label: Family Helper (FH)}]
requirements:
  - id: c-supervision
    title: Hours
    explanation: With a supervisor.
    kind: supervision
    track: c
    target: {value: 50, unit: hour}
    counts: {kinds: [supervision], approved_by: aamft, others_may: true}
  - id: f-supervision
    title: Hours
    explanation: With a supervisor.
    kind: supervision
    track: f
    target: {value: 50, unit: hour}
    counts: {kinds: [supervision], approved_by: aamft, others_may: true}
`}
	text := strings.NewReplacer(change...)
	for _, part := range rules {
		texts = append(texts, text.Replace(part))
	}
	return publish(t, siteOf(texts...), site.Options{})
}

// supervisorsPage returns what the page says of each supervisor, by id, and all of it.
func supervisorsPage(t *testing.T, p *published) (each map[string]string, all string, order []string) {
	t.Helper()
	page := p.bodies["supervisors/index.html"]
	root, err := html.Parse(strings.NewReader(string(page)))
	if err != nil {
		t.Fatal(err)
	}
	each = map[string]string{}
	for n := range root.Descendants() {
		if n.Data != "li" {
			continue
		}
		for _, a := range n.Attr {
			if a.Key == "data-id" {
				var b strings.Builder
				if err := html.Render(&b, n); err != nil {
					t.Fatal(err)
				}
				each[a.Val] = plainText(t, []byte(b.String()))
				order = append(order, a.Val)
			}
		}
	}
	return each, plainText(t, page), order
}

// The page says for each supervisor which hours count for whom, as the rules say, and follows the rules
// when they change.
func TestSupervisors(t *testing.T) {
	each, all, order := supervisorsPage(t, supervising(t))
	if got := strings.Join(order, " "); got != "sex family open both" && got != "family sex open both" {
		t.Errorf("the order is %s: free places first, those to ask about, and then the rest", got)
	}
	for id, want := range map[string][]string{
		"both": {
			"For CTs and FHs in Washington one hour can count twice: toward “The certificate”, and toward “The licences”.",
			"For everyone else an hour can count toward “The certificate”.", "One to one or in a group, in person", "AASECT and AAMFT", "No free place", "Sample record",
		},
		"family": {
			"For CTs and FHs in Washington an hour can count toward “The licences”.", "An hour does not count toward “The certificate”: that takes approval by AASECT.",
			"For a licence of Oregon, ask its board: its rules do not stand here.", "In a group, by video", "2 free places",
		},
		"open": {
			"For CTs and FHs in Washington, ask whether an hour also counts toward “The licences”.", "For everyone else an hour can count toward “The certificate”.",
			"For a licence of Idaho, ask its board", "One to one, by video",
		},
		"sex": {"For everyone an hour can count toward “The certificate”.", "1 free place", "One to one, in person"},
	} {
		for _, text := range want {
			if !strings.Contains(strings.ToLower(each[id]), strings.ToLower(text)) {
				t.Errorf("%s: the page does not say %q but %q", id, text, each[id])
			}
		}
		if (id == "both") != strings.Contains(each[id], "twice") {
			t.Errorf("%s: %q", id, each[id])
		}
	}
	for _, text := range []string{
		"With a supervisor whom both AASECT and AAMFT approve, Counselor in Trainings (CTs) and Family Helpers (FHs) in Washington can count one hour twice",
		"Check the current rules of the board.", "4 supervisors", "With a free place", "Ask about a place", "No free place at the moment",
	} {
		if !strings.Contains(all, text) {
			t.Errorf("the page does not say %q", text)
		}
	}

	for name, c := range map[string]struct {
		change []string
		id     string
		want   string
		not    string
	}{
		"another approval":   {[]string{"approved_by: aamft", "approved_by: aasect"}, "both", "For CTs and FHs in Washington an hour can count toward “The licences”.", "twice"},
		"another state":      {[]string{"state: WA", "state: OR"}, "family", "For CTs and FHs in Oregon an hour can count toward “The licences”.", "licence of Oregon"},
		"other letters":      {[]string{"(FH)", "(FHA)"}, "both", "For CTs and FHAs in Washington", "FHs"},
		"no longer in force": {[]string{"state: WA", "state: WA\ncontracts: {until: 2026-01-01}"}, "both", "For everyone an hour can count toward “The certificate”.", "twice"},
		"another name":       {[]string{"name: The certificate", "name: The diploma"}, "sex", "toward “The diploma”.", "certificate"},
	} {
		each, _, _ := supervisorsPage(t, supervising(t, c.change...))
		if got := each[c.id]; !strings.Contains(got, c.want) || strings.Contains(got, c.not) {
			t.Errorf("%s: the page says %q, want %q and not %q", name, got, c.want, c.not)
		}
	}

	// A profile leads to where the person stands in the list.
	p := supervising(t)
	if !strings.Contains(string(p.bodies["directory/both/index.html"]), `href="/supervisors/#p-both"`) {
		t.Error("the profile does not lead to the list of supervisors")
	}
}

// Without rules the page lists who supervises and says nothing of hours.
func TestSupervisorsWithoutRules(t *testing.T) {
	file, text := person("ada", consent+"supervision: {aasect: true, aamft: true, states: [WA]}\n")
	_, all, order := supervisorsPage(t, publish(t, siteOf("data/site.yaml", settings, file, text), site.Options{}))
	if len(order) != 1 || !strings.Contains(all, "1 supervisor ") || strings.Contains(all, "count") && strings.Contains(all, "twice") || strings.Contains(all, "Narrow the list") {
		t.Errorf("the page says %q of %v", all, order)
	}
}
