package read_test

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"nwioi/internal/diag"
	"nwioi/internal/read"
	"nwioi/internal/site"
	"nwioi/internal/source"
)

const settings = "title: A site\nurl: https://example.org/\n"

func tree(files map[string]string) *source.Tree {
	var list []*source.File
	if _, ok := files["data/site.yaml"]; !ok {
		list = append(list, &source.File{Path: "data/site.yaml", Data: []byte(settings)})
	}
	for path, text := range files {
		list = append(list, &source.File{Path: path, Data: []byte(text)})
	}
	return source.NewTree(list...)
}

func readSite(files map[string]string) (*site.Site, diag.List) {
	var r read.Reader
	return r.Site(tree(files))
}

var wanted = regexp.MustCompile(`# want ([a-z/ -]+)$`)

// A fixture is a small site. Its YAML carries "# want rule/id" where a problem is expected; what stands
// elsewhere is listed in the section want, one path:line rule/id a line. There may be no other problem.
func TestReading(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no fixtures", err)
	}
	for _, path := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var want []string
			files := map[string]string{}
			for _, f := range archive.Files {
				if f.Name == "want" {
					want = append(want, strings.Split(strings.TrimSpace(string(f.Data)), "\n")...)
					continue
				}
				files[f.Name] = string(f.Data)
				for i, line := range strings.Split(string(f.Data), "\n") {
					if m := wanted.FindStringSubmatch(line); m != nil {
						for _, id := range strings.Fields(m[1]) {
							want = append(want, fmt.Sprintf("%s:%d %s", f.Name, i+1, id))
						}
					}
				}
			}
			_, problems := readSite(files)
			var got []string
			for _, d := range problems {
				got = append(got, fmt.Sprintf("%s:%d %s", d.Path, max(1, d.Pos.Line), d.Rule))
				t.Logf("%s:%d:%d: %s: %s [%s] %s", d.Path, d.Pos.Line, d.Pos.Col, d.Severity, d.Message, d.Rule, d.Hint)
				if strings.HasSuffix(d.Message, ".") || d.Message == "" {
					t.Errorf("the message %q is not a sentence without a full stop", d.Message)
				}
			}
			slices.Sort(want)
			slices.Sort(got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

const person = `name: {given: Ada, family: Okafor}
status: active
headline: A calm place to talk
bio: I listen first.
licenses: [{state: WA, type: LMFT, number: "1"}]
ciip: {since: 2020}
specialties: {top: [desire-low]}
clients: [individuals]
ages: [adults]
languages: [en]
formats: {in_person: false, telehealth: true}
availability: {status: open, confirmed_on: 2026-11-01}
fees: {ask: true}
contact: {email: a@example.org}
consent: {agreed_on: 2026-01-10}
last_confirmed: 2026-10-01
`

// One bad file hides no other: what is right is on the site, and every problem is told.
func TestOneBadFile(t *testing.T) {
	s, problems := readSite(map[string]string{
		"data/practitioners/ada.yaml":   person,
		"data/practitioners/ben.yaml":   "name: {given: Ben\n",
		"data/practitioners/cleo.yaml":  strings.Replace(person, "status: active", "status: activ", 1),
		"data/vocabulary/concern.yaml":  "- id: [\n",
		"data/courses/sar.yaml":         "\xff\xfe",
		"content/a.md":                  "no front matter",
		"content/b.md":                  "---\ntitle: B\n---\n\nHello.\n",
		"content/c.png":                 "no picture",
		"data/pathway.yaml":             "- a list\n",
		"data/requirements/broken.yaml": "name: &a A set\nissuer: X\nas_of: 2026-01-01\nreview_by: 2027-01-01\nsource: X\nrequirements: [{id: a, title: A, explanation: A, kind: course}]\n",
	})
	paths := map[string]int{}
	for _, d := range problems {
		paths[d.Path]++
		if d.Severity != diag.Error {
			t.Errorf("%v is not an error", d)
		}
	}
	for _, path := range []string{"data/practitioners/ben.yaml", "data/practitioners/cleo.yaml", "data/vocabulary/concern.yaml",
		"data/courses/sar.yaml", "content/a.md", "content/c.png", "data/pathway.yaml", "data/requirements/broken.yaml"} {
		if paths[path] == 0 {
			t.Errorf("nothing is said of %s", path)
		}
		if n := paths[path]; n > 1 && path != "data/pathway.yaml" {
			t.Errorf("%s has one fault and %d problems:", path, n)
			for _, d := range problems {
				if d.Path == path {
					t.Errorf("\t%d: %s", d.Pos.Line, d.Message)
				}
			}
		}
	}
	if len(s.Practitioners) == 0 || s.Practitioner("ada") == nil || s.Practitioner("ada").Name.Full() != "Ada Okafor" {
		t.Error("a sound record was lost")
	}
	if len(s.Pages) == 0 || !slices.ContainsFunc(s.Pages, func(p *site.Page) bool { return p.Front.Title == "B" }) {
		t.Error("a sound page was lost")
	}
}

// The same bytes keep the same value, and a file that changed is read again.
func TestReaderRemembers(t *testing.T) {
	var r read.Reader
	before := tree(map[string]string{"data/practitioners/ada.yaml": person, "data/practitioners/ben.yaml": person, "content/a.md": "---\ntitle: A\n---\n[bad](http://x\n"})
	one, first := r.Site(before)
	two, second := r.Site(before.Update(map[string][]byte{"data/practitioners/ada.yaml": []byte(strings.Replace(person, "Ada", "Eve", 1))}))
	if one.Practitioner("ben") != two.Practitioner("ben") || one.Pages[0] != two.Pages[0] {
		t.Error("a file that stayed the same was read again")
	}
	if got := two.Practitioner("ada").Name.Given; got != "Eve" {
		t.Errorf("the changed record has the name %s", got)
	}
	if one.Practitioner("ada").Name.Given != "Ada" {
		t.Error("the site of the tree before was modified")
	}
	if diff := cmp.Diff(first, second); diff != "" {
		t.Errorf("the problems of a file that stayed the same differ:\n%s", diff)
	}
	third, _ := r.Site(before.Update(map[string][]byte{"data/practitioners/ada.yaml": nil}))
	if len(third.Practitioners) != 1 {
		t.Error("a record that is gone is still on the site")
	}
}

// What stands under private, and of identity anything but public, is read past and kept nowhere.
func TestPrivate(t *testing.T) {
	s, problems := readSite(map[string]string{"data/practitioners/ada.yaml": person + `private:
  note: canary
  anything: {canary: [canary, 1, true]}
identity:
  public: {faith: Raised Anglican}
`})
	if len(problems) > 0 {
		t.Errorf("problems: %v", problems)
	}
	p := *s.Practitioner("ada")
	p.File, p.Bio = nil, nil
	if text := fmt.Sprintf("%+v", p); strings.Contains(text, "canary") || !strings.Contains(text, "Anglican") {
		t.Errorf("the record holds %s", text)
	}
}

// Windows line ends, a byte order mark and a missing last line end change nothing.
func TestLineEnds(t *testing.T) {
	page := "---\ntitle: A\n---\n\n## One\n\nTwo [three](b.md)."
	for name, text := range map[string]string{"as it is": page, "CRLF": strings.ReplaceAll(page, "\n", "\r\n"), "BOM": "\ufeff" + page, "both": "\ufeff" + strings.ReplaceAll(page, "\n", "\r\n") + "\r\n"} {
		s, problems := readSite(map[string]string{"content/a.md": text, "data/practitioners/ada.yaml": strings.ReplaceAll(person, "\n", "\r\n")})
		if len(problems) > 0 {
			t.Errorf("%s: %v", name, problems)
			continue
		}
		p := s.Pages[0]
		if p.Front.Title != "A" || p.Body.Text != "One\nTwo three." || p.Body.Holes[0].Pos != (diag.Pos{Line: 7, Col: 13}) {
			t.Errorf("%s: %q, %q, %v", name, p.Front.Title, p.Body.Text, p.Body.Holes)
		}
		if s.Practitioner("ada").Headline != "A calm place to talk" {
			t.Errorf("%s: the record has the headline %q", name, s.Practitioner("ada").Headline)
		}
	}
}

// A problem in a Markdown text of a record is shown where it stands in the file.
func TestMarkdownPlace(t *testing.T) {
	for name, c := range map[string]struct {
		bio       string
		line, col int
	}{
		"a block":         {"bio: |\n  I listen.\n\n  I <b>listen</b>.\n", 19, 5},
		"a block, deeper": {"bio: |\n      I <b>listen</b>.\n", 17, 9},
		"one line":        {"bio: I <b>listen</b>.\n", 16, 8},
		"in quotes":       {"bio: \"I <b>listen</b>.\"\n", 16, 9},
		"with a bracket":  {"bio: a > b, I <b>listen</b>.\n", 16, 15},
	} {
		_, problems := readSite(map[string]string{"data/practitioners/ada.yaml": strings.Replace(person, "bio: I listen first.\n", "", 1) + c.bio})
		if len(problems) == 0 {
			t.Errorf("%s: no problem", name)
			continue
		}
		d := problems[0]
		if d.Rule != "markdown/raw-html" || d.Pos != (diag.Pos{Line: c.line, Col: c.col}) || !strings.Contains(d.Source, "<b>") {
			t.Errorf("%s: %v", name, d)
		}
	}
}

// A site without settings is told so, and the rest of it is read.
func TestNoSettings(t *testing.T) {
	var r read.Reader
	s, problems := r.Site(source.NewTree(&source.File{Path: "content/a.md", Data: []byte("---\ntitle: A\n---\n")}))
	if len(problems) != 1 || problems[0].Rule != "site/missing" || len(s.Pages) != 1 || s.Settings == nil {
		t.Errorf("problems %v, %d pages", problems, len(s.Pages))
	}
	if s, problems = r.Site(source.NewTree()); s.Settings == nil || len(problems) != 1 {
		t.Errorf("an empty tree: %v", problems)
	}
}
