package refer_test

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"

	"nwioi/data"
	"nwioi/internal/assemble"
	"nwioi/internal/read"
	"nwioi/internal/refer"
	"nwioi/internal/site"
	"nwioi/internal/source"
	"nwioi/internal/theme"
	"nwioi/themes"
)

var builtin = sync.OnceValue(func() []*source.File {
	var files []*source.File
	for prefix, tree := range map[string]fs.FS{"data/": data.Vocabulary, "themes/": themes.Files} {
		fs.WalkDir(tree, ".", func(p string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				content, _ := fs.ReadFile(tree, p)
				files = append(files, &source.File{Path: prefix + p, Data: content, Builtin: true})
			}
			return err
		})
	}
	return files
})

var worn = sync.OnceValue(func() *theme.Theme {
	t, _ := theme.Load(source.NewTree(builtin()...), "institute")
	return t
})

// desk opens the desk of a site whose records are given by path. They have to be right.
func desk(t testing.TB, day string, files map[string]string) *refer.Desk {
	t.Helper()
	list := slices.Clone(builtin())
	list = append(list, &source.File{Path: "data/site.yaml", Data: []byte("title: The Institute\nurl: https://example.org/\n")})
	for p, text := range files {
		list = append(list, &source.File{Path: p, Data: []byte(text)})
	}
	var reader read.Reader
	s, problems := reader.Site(source.NewTree(list...))
	if problems.Failed() {
		t.Fatal(problems)
	}
	asOf, err := site.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	e := site.Publish(s, site.Options{AsOf: asOf})
	return refer.Open(e, assemble.SearchInput(e, worn()), assemble.Cards(e, worn()))
}

const today = "2026-11-22"

// record is a practitioner of Tacoma and by video in Washington; edits are pairs of what stands in the
// record and what replaces it.
func record(name string, edits ...string) string {
	return strings.NewReplacer(edits...).Replace(`name: {given: ` + name + `, family: Example}
status: active
headline: I listen
bio: I work slowly.
licenses: [{state: WA, type: LMFT, number: "1", expires: 2027-08-31}]
ciip: {since: 2018}
specialties: {top: [pain-penetration], other: [desire-low]}
clients: [couples, individuals]
ages: [adults]
languages: [en]
formats: {in_person: true, telehealth: true}
locations: [{city: Tacoma, state: WA, zip: "98402", precision: zip}]
availability: {status: open, confirmed_on: 2026-11-09}
fees: {individual: {amount: 190, minutes: 50}, sliding_from: 110, as_of: 2026-10-01}
insurance: [{plan: premera, network: in, confirmed_on: 2026-10-01}]
contact: {phone: "+12065550101", website: "https://example.org/them", preferred: website}
consent: {agreed_on: 2026-01-10}
last_confirmed: 2026-11-09
`)
}

func path(id string) string { return "data/practitioners/" + id + ".yaml" }

// suggest reads criteria, all of which have to be understood, and answers them.
func suggest(t testing.TB, d *refer.Desk, text string) *refer.Answer {
	t.Helper()
	criteria, unread := d.Read(text)
	if len(unread) > 0 || len(criteria) == 0 {
		t.Fatalf("%q is read as %v, unread are %v", text, criteria, unread)
	}
	return d.Suggest(criteria)
}

func ids(a *refer.Answer) []string {
	var ids []string
	for _, s := range a.Suggestions {
		ids = append(ids, s.Person.ID)
	}
	return ids
}

// Among equals, suggestions that are logged go round: however many were made, any two people's counts
// differ by at most one, whatever the week, and also when one is suggested at a time.
func TestEqualsAreSuggestedEquallyOften(t *testing.T) {
	for _, n := range []int{2, 4, 5, 8} {
		files := map[string]string{}
		for i := range n {
			files[path(fmt.Sprintf("p%d", i))] = record(fmt.Sprintf("P%c", 'a'+i))
		}
		var log []byte
		counts := map[string]int{}
		for call := range 3 * n {
			day := fmt.Sprintf("2026-11-%02d", 10+call/2)
			if log != nil {
				files[site.ReferralsPath] = string(log)
			}
			a := suggest(t, desk(t, day, files), "painful sex, couples")
			var err error
			if log, err = refer.Append(log, a.Entry()); err != nil {
				t.Fatal(err)
			}
			for _, id := range ids(a) {
				counts[id]++
			}
			least, most := 1<<30, 0
			for i := range n {
				c := counts[fmt.Sprintf("p%d", i)]
				least, most = min(least, c), max(most, c)
			}
			if most-least > 1 {
				t.Fatalf("of %d equals, after %d calls: %v", n, call+1, counts)
			}
		}
	}
}

// A newcomer is suggested next, and then goes round with everybody: nobody makes up for the past.
func TestNewcomer(t *testing.T) {
	files := map[string]string{path("new"): record("New")}
	log := ""
	for i := range 4 {
		files[path(fmt.Sprintf("p%d", i))] = record(fmt.Sprintf("P%c", 'a'+i))
	}
	for i := range 40 {
		log += fmt.Sprintf("- {date: 2026-10-01, criteria: [clients=couples], suggested: [p%d, p%d, p%d]}\n", i%4, (i+1)%4, (i+2)%4)
	}
	counts := map[string]int{}
	for call := range 10 {
		files[site.ReferralsPath] = log
		a := suggest(t, desk(t, today, files), "couples")
		if call == 0 && ids(a)[0] != "new" {
			t.Errorf("the newcomer waits, and %v are suggested", ids(a))
		}
		for _, id := range ids(a) {
			counts[id]++
		}
		added, err := refer.Append([]byte(log), a.Entry())
		if err != nil {
			t.Fatal(err)
		}
		log = string(added)
	}
	for _, id := range []string{"new", "p0", "p1", "p2", "p3"} {
		if counts[id] != 6 {
			t.Errorf("of 30 suggestions among five: %v", counts)
			break
		}
	}
}

// Nobody is suggested who must not be.
func TestGates(t *testing.T) {
	gates := map[string]string{
		"expired":   record("Ex", "expires: 2027-08-31", "expires: 2026-11-21"),
		"elsewhere": record("El", "{state: WA, type", "{state: OR, type"),
		"novideo":   record("Nv", "telehealth: true", "telehealth: false"),
		"withdrawn": record("Wd", "agreed_on: 2026-01-10", "agreed_on: 2026-01-10, withdrawn_on: 2026-11-01"),
		"unasked":   record("Un", "consent: {agreed_on: 2026-01-10}\n", ""),
		"paused":    record("Pa", "status: active", "status: paused"),
		"closed":    record("Cl", "status: open", "status: closed"),
		"stale":     record("St", "confirmed_on: 2026-11-09", "confirmed_on: 2026-07-01"),
		"waiting":   record("Wa", "status: open", "status: waitlist"),
	}
	files := map[string]string{
		path("good"):    record("Go"),
		path("compact"): record("Co", "{state: WA, type", "{state: OR, type") + "compacts: [{name: COUNSELING, states: [WA], expires: 2027-01-01}]\n",
		path("lapsed"):  record("La", "{state: WA, type", "{state: OR, type") + "compacts: [{name: COUNSELING, states: [WA], expires: 2026-11-01}]\n",
	}
	for id, text := range gates {
		files[path(id)] = text
	}
	a := suggest(t, desk(t, today, files), "telehealth WA")
	got := ids(a)
	slices.Sort(got)
	if !slices.Equal(got, []string{"compact", "good"}) || a.Fit != 2 || a.Waiting != 1 {
		t.Errorf("suggested are %v of %d who fit, %d wait", got, a.Fit, a.Waiting)
	}
	if len(a.Relax) == 0 || a.Relax[len(a.Relax)-1].Total != 3 {
		t.Errorf("the waiting list is not offered: %v", a.Relax)
	}
	delete(files, path("good"))
	delete(files, path("compact"))
	a = suggest(t, desk(t, today, files), "telehealth WA")
	if got := ids(a); !slices.Equal(got, []string{"waiting"}) || !a.Suggestions[0].Waiting || !strings.Contains(strings.Join(a.Notes, " "), "waiting list") {
		t.Errorf("with nobody open: %v, notes %q", got, a.Notes)
	}
}

// A better match comes before whose turn it is, and a fresher availability too.
func TestMatchBeforeTurn(t *testing.T) {
	files := map[string]string{
		path("first"):      record("Fi"),
		path("second"):     record("Se", "top: [pain-penetration], other: [desire-low]", "top: [desire-low], other: [pain-penetration]"),
		path("out"):        record("Ou", "network: in", "network: out"),
		path("old"):        record("Ol", "confirmed_on: 2026-11-09", "confirmed_on: 2026-09-01"),
		site.ReferralsPath: "- {date: 2026-11-01, criteria: [concern=pain-penetration], suggested: [first]}\n",
	}
	d := desk(t, today, files)
	if got := ids(suggest(t, d, "painful sex, premera")); got[0] != "first" || got[1] != "old" || slices.Contains(got, "nobody") {
		t.Errorf("suggested are %v", got)
	}
	if got := ids(suggest(t, d, "low desire")); got[0] != "second" {
		t.Errorf("for low desire: %v", got)
	}
}

// Every part of the criteria is read, or said to be unread.
func TestReading(t *testing.T) {
	d := desk(t, today, map[string]string{path("ada"): record("Ada"), path("ore"): record("Ore", "Tacoma", "Seattle")})
	for text, want := range map[string]string{
		"couples, painful sex, telehealth WA, Premera": "clients=couples concern=pain-penetration telehealth=WA insurance=premera",
		"Couples PAINFUL sex; telehealth wa premera":   "clients=couples concern=pain-penetration telehealth=WA insurance=premera",
		"a sex therapist in Tacoma for painful sex":    "city=tacoma-wa concern=pain-penetration",
		"telehealth, WA":                     "telehealth=WA",
		"Washington, video":                  "telehealth=WA",
		"WA":                                 "state=WA",
		"under $150, vaginismus, vaginismus": "fee_max=150 concern=pain-penetration",
		"humana":                             "insurance=humana", // nobody has it
		"telehealth montana":                 "telehealth=MT",
		" , ,couples,":                       "clients=couples",
		"":                                   "",
		"!!!":                                "| !!!",
		"kaiser":                             "| kaiser → Kaiser Permanente of Washington/Kaiser Permanente Northwest (Oregon and Southwest Washington)",
		"Puyallup":                           "zip=98371",
		"couples, 98402":                     "clients=couples zip=98402",
		"premra":                             "| premra → Premera",
		"couples, blue hair":                 "clients=couples | blue hair",
		"painful sex blue hair":              "concern=pain-penetration | blue hair",
		"Ada":                                "| ada",
		strings.Repeat("couples ", 20):       "| long",
		"<script>alert(1)</script>":          "| script alert 1 script",
	} {
		criteria, unread := d.Read(text)
		var got []string
		for _, c := range criteria {
			got = append(got, c.String())
		}
		for _, u := range unread {
			got = append(got, "|")
			switch {
			case u.Long:
				got = append(got, "long")
			case len(u.Near) > 0:
				got = append(got, u.Words, "→", strings.Join(u.Near, "/"))
			default:
				got = append(got, u.Words)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q is read as %q, want %q", text, strings.Join(got, " "), want)
		}
	}
}

// Of places, plans and languages any will do; all concerns and people are asked for. What to give up
// is said with the number of people it brings, and that number is right.
func TestAllAndAny(t *testing.T) {
	files := map[string]string{
		path("tacoma"):  record("Ta"),
		path("seattle"): record("Se", "Tacoma", "Seattle", "98402", "98102"),
		path("regence"): record("Re", "plan: premera", "plan: regence"),
		path("single"):  record("Si", "[couples, individuals]", "[individuals]"),
	}
	d := desk(t, today, files)
	for text, want := range map[string]int{
		"Tacoma": 3, "Seattle": 1, "Tacoma, Seattle": 4, "Premera, Regence": 4, "Premera": 3,
		"painful sex, low desire": 4, "couples, individuals": 3, "painful sex, couples, Seattle": 1, "erections": 0,
	} {
		a := suggest(t, d, text)
		if a.Fit != want {
			t.Errorf("%s: %d fit, want %d", text, a.Fit, want)
		}
	}
	a := suggest(t, d, "painful sex, couples, Seattle, Regence")
	if len(a.Suggestions) != 0 || a.Reply() != "" {
		t.Errorf("suggested are %v", ids(a))
	}
	want := map[string]int{"An office in Seattle, WA": 1, "Regence BlueShield and Regence BlueCross BlueShield": 1}
	for _, r := range a.Relax {
		if want[r.Label] != r.Total {
			t.Errorf("without %s there are %d", r.Label, r.Total)
		}
		delete(want, r.Label)
	}
	if len(want) > 0 {
		t.Errorf("nothing is said of %v", want)
	}
}

// The reply says how to reach people and what is known as of when; what the client looks for it keeps
// to itself.
func TestReply(t *testing.T) {
	d := desk(t, today, map[string]string{
		path("ada"): record("Ada") + "sample: true\n", path("ben"): record("Ben"),
	})
	reply := suggest(t, d, "couples, painful sex, telehealth WA, premera").Reply()
	for _, want := range []string{
		"Ada Example, LMFT (sample record: an invented person)", "Ben Example, LMFT\n", "two practitioners",
		"Taking new clients, confirmed 9 November 2026", "$110–$190 a session (as of 1 October 2026)", "in the network, confirmed 1 October 2026",
		"(206) 555-0101", "https://example.org/them (preferred)", "https://example.org/directory/ada/", "by video in WA", "The Institute",
	} {
		if !strings.Contains(reply, want) {
			t.Errorf("the reply does not say %q:\n%s", want, reply)
		}
	}
	for _, not := range []string{"enetration", "painful", "Couples", "!"} {
		if strings.Contains(reply, not) {
			t.Errorf("the reply says %q:\n%s", not, reply)
		}
	}
	if strings.Index(reply, "Website") > strings.Index(reply, "Phone") {
		t.Error("the preferred way does not come first")
	}
}

// What is in the log stays byte for byte, and what is added holds none of the typed words.
func TestAppend(t *testing.T) {
	d := desk(t, today, map[string]string{path("ada"): record("Ada")})
	entry := suggest(t, d, "couples, Vaginismus, 98402").Entry()
	const item = "- date: 2026-11-22\n  criteria: [clients=couples, concern=pain-penetration, within=25]\n  suggested: [ada]\n"
	for name, c := range map[string]struct{ old, more string }{
		"a list":        {"# Mine.\n- {date: 2026-01-01, criteria: [clients=couples]} # kept\n", item},
		"no line end":   {"- {date: 2026-01-01, criteria: [clients=couples]}", "\n" + item},
		"indented":      {"  - date: 2026-01-01\n    criteria: [clients=couples]\n", "  " + strings.ReplaceAll(strings.TrimSpace(item), "\n", "\n  ") + "\n"},
		"Windows":       {"- date: 2026-01-01\r\n  criteria: [clients=couples]\r\n", strings.ReplaceAll(item, "\n", "\r\n")},
		"only comments": {"# Nothing yet.\n", item},
	} {
		added, err := refer.Append([]byte(c.old), entry)
		if err != nil || string(added) != c.old+c.more {
			t.Errorf("%s: %q, %v", name, added, err)
		}
	}
	added, err := refer.Append(nil, entry)
	if err != nil || !strings.HasPrefix(string(added), "# Referrals") || !strings.HasSuffix(string(added), "\n\n"+item) {
		t.Errorf("a new log is %q, %v", added, err)
	}
	for name, old := range map[string]string{
		"a flow list": "[{date: 2026-01-01, criteria: [clients=couples]}]\n", "broken": "- {date: \n", "no list": "date: 2026-01-01\n",
		"a strange key": "- {date: 2026-01-01, criteria: [clients=couples], client: Jo}\n", "ended": "- {date: 2026-01-01, criteria: [clients=couples]}\n...\n",
		"full": strings.Repeat("# "+strings.Repeat("x", 97)+"\n", 10485) + "- {date: 2026-01-01, criteria: [clients=couples]}\n",
	} {
		if added, err := refer.Append([]byte(old), entry); err == nil {
			t.Errorf("%s became %q", name, added[max(0, len(added)-200):])
		} else if !strings.Contains(err.Error(), "nothing was logged") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The report counts by today's ids and calls uneven what is.
func TestEvenness(t *testing.T) {
	files := map[string]string{
		path("ada"): record("Ada") + "aliases: [ada-before]\n", path("ben"): record("Ben"),
		path("cleo"): record("Cleo", "clients: [couples, individuals]", "clients: [individuals]"),
	}
	if e := desk(t, today, files).Evenness(); e.Referrals != 0 || !strings.Contains(e.Verdict, "No referral") {
		t.Errorf("without a log: %+v", e)
	}
	files[site.ReferralsPath] = `- {date: 2026-11-03, criteria: [clients=couples], suggested: [ada, gone]}
- {date: 2026-11-01, criteria: [clients=couples, within=25], suggested: [ada-before]}
- {date: 2026-11-02, criteria: [clients=individuals], suggested: [ada]}
- {date: 2026-11-02, criteria: [clients=couples], suggested: [ada]}
`
	e := desk(t, today, files).Evenness()
	ada := e.Shares[0]
	if e.Referrals != 4 || e.Suggestions != 5 || e.Others != 1 || ada.ID != "ada" || ada.Suggested != 4 || ada.Fit != 4 || ada.Last.String() != "2026-11-03" {
		t.Errorf("%+v", e)
	}
	if got := fmt.Sprintf("%.2f", ada.Even); got != "1.83" { // ½ + ½ + ⅓ + ½
		t.Errorf("an even share is %s", got)
	}
	if !strings.Contains(e.Verdict, "Most above an even share: Ada") || !strings.Contains(e.Verdict, "Most below: Ben") {
		t.Errorf("the verdict is %q", e.Verdict)
	}
}
