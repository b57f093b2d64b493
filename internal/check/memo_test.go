package check_test

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nwioi/internal/check"
	"nwioi/internal/diag"
	"nwioi/internal/read"
	"nwioi/internal/site"
	"nwioi/internal/source"
)

// A Checker that saw other editions before finds what a new one finds: after edits of pages, records,
// vocabularies, courses and facts, and on another day.
func TestCheckerRemembers(t *testing.T) {
	const person = `name: {given: Ada, family: Okafor}
status: active
headline: I work with the SAR
bio: Next month I move.
licenses: [{state: WA, type: LMFT, number: "1", expires: 2027-01-31}]
ciip: {since: 2020}
specialties: {top: [desire-low]}
clients: [individuals]
ages: [adults]
languages: [en]
formats: {in_person: false, telehealth: true}
availability: {status: open, confirmed_on: 2026-09-01}
fees: {ask: true}
contact: {email: a@example.org}
consent: {agreed_on: 2026-01-10}
last_confirmed: 2026-06-01
`
	choices := map[string][]string{
		"data/site.yaml": {"title: A site\nurl: https://example.org/\n", "title: A site\nurl: https://example.org/\nmenu: [{label: About, url: /about/}]\n"},
		"content/about.md": {
			"---\ntitle: About\n---\n\nThe SAR and tele-health. See [b](b.md#one), a {{fact \"a.b\"}} day.\n",
			"---\ntitle: About\n---\n\nThe S.A.R. and telehealth. See [b](/b/).\n", "---\ntitle: About\ndraft: true\n---\n\n[gone](gone.md)\n", "",
		},
		"content/b.md":                        {"---\ntitle: B\n---\n\n## One\n\nHeld until 2027. You may come until 2027.\n", "---\ntitle: B\naliases: [/about/]\n---\n\n## Two\n\nThe the weekend.\n", ""},
		"content/news/a.md":                   {"---\ntitle: A\ndate: 2026-01-01\ntags: [One]\n---\n\nThe first weekend is in May 2027 and will be in June 2027.\n", "---\ntitle: A\ndate: 2026-01-01\ntags: [one]\n---\n", ""},
		"content/news/b.md":                   {"---\ntitle: B\ndate: 2027-03-01\ntags: [One, one]\nreview_by: 2026-12-01\n---\n", ""},
		"data/courses/sar.yaml":               {"name: The first weekend\nshort: SAR\nsummary: A weekend.\ndescription: A weekend.\n", "name: Another\nsummary: A weekend.\ndescription: A weekend.\n", ""},
		"data/facts.yaml":                     {"a.b: {value: 8, unit: day, source: X, as_of: 2026-01-01, review_by: 2026-12-01}\n", "a.b: {value: 7, unit: day, source: X, as_of: 2026-01-01, review_by: 2027-12-01}\n", ""},
		"data/vocabulary/concern.yaml":        {"- {id: desire-low, label: Low}\n", "- {id: desire-high, label: High}\n", ""},
		"data/practitioners/ada.yaml":         {person, strings.Replace(person, "LMFT", "LMFTA", 1), ""},
		"data/practitioners/ben.yaml":         {person, strings.Replace(person, "Ada", "Ben", 1), ""},
		"data/vocabulary/license.yaml":        {"- {id: LMFT, label: L, state: WA, tier: associate}\n", ""},
		"data/vocabulary/certification.yaml":  {"- {id: SAR, label: SAR}\n", ""},
		"content/consumer-health-data.md":     {"---\ntitle: Notice\n---\n", ""},
		"content/index.md":                    {"---\ntitle: Home\n---\n\n[About](about.md)\n", "---\ntitle: Home\n---\n", ""},
		"data/practitioners/photos/broken.md": {""},
	}
	paths := slices.Sorted(func(yield func(string) bool) {
		for p := range choices {
			if !yield(p) {
				return
			}
		}
	})
	r := rand.New(rand.NewPCG(1, 2))
	tree := source.NewTree(builtin(t)...)
	var reader read.Reader
	var checker check.Checker
	days := []string{"2026-11-22", "2026-11-22", "2026-11-22", "2027-04-01", "2028-01-01"}
	fired := map[string]bool{}
	for range 400 {
		changed := map[string][]byte{}
		for range 1 + r.IntN(2) {
			p := paths[r.IntN(len(paths))]
			text := choices[p][r.IntN(len(choices[p]))]
			changed[p] = []byte(text)
			if text == "" {
				changed[p] = nil
			}
		}
		tree = tree.Update(changed)
		s, _ := reader.Site(tree)
		e := site.Publish(s, site.Options{AsOf: day(t, days[r.IntN(len(days))]), Drafts: r.IntN(8) == 0})
		got, want := checker.Edition(e), check.Edition(e)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("a checker that saw other editions differs (-new +used):\n%s", diff)
		}
		for _, d := range want {
			fired[d.Rule] = true
		}
	}
	if len(fired) < 15 {
		t.Errorf("only %d rules had anything to say: the edits prove too little", len(fired))
	}
}

// Every rule id that the steps before report is in the table, with the right severity to start from, and
// the table has no other.
func TestTable(t *testing.T) {
	table := map[string]check.Rule{}
	for _, r := range check.Rules() {
		if _, twice := table[r.ID]; twice {
			t.Errorf("the rule %s stands in the table twice", r.ID)
		}
		if r.Summary == "" || !strings.HasSuffix(r.Summary, ".") || r.Severity == diag.Off {
			t.Errorf("the rule %s needs a sentence and a severity", r.ID)
		}
		table[r.ID] = r
	}
	id := regexp.MustCompile(`^(yaml|date|markdown|file|page|record|site|vocabulary|practitioner|course|requirement|picture|theme|award|event|fact|link|menu|referral|url|wording)/[a-z-]+$`)
	used := map[string]bool{}
	err := fs.WalkDir(os.DirFS(".."), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || path == "check/rules_earlier.go" {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), "../"+path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if _, imports := n.(*ast.ImportSpec); imports {
				return false
			}
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if text, _ := strconv.Unquote(lit.Value); id.MatchString(text) {
					used[text] = true
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for text := range used {
		if _, ok := table[text]; !ok {
			t.Errorf("%s is reported by a step before, and rules_earlier.go does not have it", text)
		}
	}
	for text := range table {
		if !used[text] && !check.Own(text) {
			t.Errorf("rules_earlier.go has %s, which nothing reports", text)
		}
	}
}

var update = flag.Bool("update", false, "write README.md anew")

// The list of rules in README.md is the table.
func TestReadme(t *testing.T) {
	var b strings.Builder
	for _, r := range check.Rules() {
		severity := r.Severity.String()
		if r.Fixed {
			severity += ", always"
		}
		b.WriteString("| `" + r.ID + "` | " + severity + " | " + r.Summary + " |\n")
	}
	const head = "|---|---|---|\n"
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	intro, rest, found := strings.Cut(string(text), head)
	if !found {
		t.Fatal("README.md has no table")
	}
	_, outro, _ := strings.Cut(rest, "\n\n")
	want := intro + head + b.String() + "\n" + outro
	if *update {
		if err := os.WriteFile("README.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if diff := cmp.Diff(want, string(text)); diff != "" {
		t.Errorf("README.md is not the table any more; go test ./internal/check -run Readme -update writes it:\n%s", diff)
	}
}
