package check_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"nwioi/data"
	"nwioi/internal/check"
	"nwioi/internal/diag"
	"nwioi/internal/read"
	"nwioi/internal/site"
	"nwioi/internal/source"
)

// builtin are the vocabularies that come with the binary.
func builtin(t testing.TB) []*source.File {
	t.Helper()
	var files []*source.File
	err := fs.WalkDir(data.Vocabulary, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := data.Vocabulary.ReadFile(path)
		files = append(files, &source.File{Path: "data/" + path, Data: content, Builtin: true})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func day(t testing.TB, text string) site.Date {
	t.Helper()
	d, err := site.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// problems reads, publishes and checks a site.
func problems(t testing.TB, asOf string, files ...*source.File) diag.List {
	t.Helper()
	var reader read.Reader
	s, found := reader.Site(source.NewTree(append(files, builtin(t)...)...))
	return append(found, check.Edition(site.Publish(s, site.Options{AsOf: day(t, asOf)}))...).Sorted()
}

// The front matter, YAML and records of a fixture carry "# want rule/id" at the end of the line on
// which a problem is expected; what stands in Markdown is listed in the section named want, one
// path:line rule/id a line. The fixture tests the rules it wants and those its comment names after
// "rules:"; of all others it may have notes and warnings, but no errors. "as-of:" sets the day.
var wanted = regexp.MustCompile(`# want ([a-z/ -]+)$`)

func TestRules(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no fixtures", err)
	}
	fired := map[string]bool{}
	for _, path := range archives {
		name := strings.TrimSuffix(filepath.Base(path), ".txtar")
		t.Run(name, func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			asOf, about := "2026-11-22", map[string]bool{}
			for line := range strings.Lines(string(archive.Comment)) {
				if v, ok := strings.CutPrefix(line, "as-of:"); ok {
					asOf = strings.TrimSpace(v)
				}
				if v, ok := strings.CutPrefix(line, "rules:"); ok {
					for _, id := range strings.Fields(v) {
						about[id] = true
					}
				}
			}
			var want []string
			var files []*source.File
			settings := false
			for _, f := range archive.Files {
				if f.Name == "want" {
					want = append(want, strings.Split(strings.TrimSpace(string(f.Data)), "\n")...)
					continue
				}
				settings = settings || f.Name == "data/site.yaml"
				for i, line := range strings.Split(string(f.Data), "\n") {
					if m := wanted.FindStringSubmatch(line); m != nil {
						for _, id := range strings.Fields(m[1]) {
							want = append(want, fmt.Sprintf("%s:%d %s", f.Name, i+1, id))
						}
					}
				}
				files = append(files, &source.File{Path: f.Name, Data: f.Data})
			}
			if !settings {
				files = append(files, &source.File{Path: "data/site.yaml", Data: []byte("title: A site\nurl: https://example.org/\n")})
			}
			for _, w := range want {
				_, id, _ := strings.Cut(w, " ")
				about[id], fired[id] = true, true
			}
			var got []string
			for _, d := range problems(t, asOf, files...) {
				if about[d.Rule] || d.Severity == diag.Error {
					got = append(got, fmt.Sprintf("%s:%d %s", d.Path, max(1, d.Pos.Line), d.Rule))
					t.Logf("%s:%d:%d: %s: %s [%s] %s", d.Path, d.Pos.Line, d.Pos.Col, d.Severity, d.Message, d.Rule, d.Hint)
				}
				if d.Pos.Line > 0 && d.Source == "" && d.Pos.Line > 1 {
					t.Errorf("%s:%d %s does not show its line", d.Path, d.Pos.Line, d.Rule)
				}
			}
			slices.Sort(want)
			slices.Sort(got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
	for _, r := range check.Rules() {
		if check.Own(r.ID) && !fired[r.ID] {
			t.Errorf("no fixture shows the rule %s", r.ID)
		}
	}
}

// The institute's own site has nothing but notes.
func TestInstitute(t *testing.T) {
	root := os.DirFS("../..")
	var files []*source.File
	for _, dir := range []string{"content", "data"} {
		err := fs.WalkDir(root, dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !source.Wanted(path) || strings.HasSuffix(path, ".go") {
				return err
			}
			content, err := fs.ReadFile(root, path)
			files = append(files, &source.File{Path: path, Data: content})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, d := range problems(t, "2026-11-22", files...) {
		if d.Severity >= diag.Warning {
			t.Errorf("%s:%d:%d: %s: %s [%s]\n\t%s\n\t%s", d.Path, d.Pos.Line, d.Pos.Col, d.Severity, d.Message, d.Rule, d.Source, d.Hint)
		} else {
			t.Logf("%s:%d:%d: %s: %s [%s]", d.Path, d.Pos.Line, d.Pos.Col, d.Severity, d.Message, d.Rule)
		}
	}
}
