package check_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"nwioi/internal/check"
	"nwioi/internal/read"
	"nwioi/internal/site"
	"nwioi/internal/source"
)

// A file that breaks one rule over and over is told so a hundred times.
func TestEnough(t *testing.T) {
	for _, text := range []string{"the the\n\n", "next month, ", "in 2020 we will go\n\n", "tele-health or telehealth, ", "[x](/nowhere/)\n\n"} {
		page := &source.File{Path: "content/a.md", Data: []byte("---\ntitle: A\n---\n\n" + strings.Repeat(text, 300))}
		settings := &source.File{Path: "data/site.yaml", Data: []byte("title: A site\nurl: https://example.org/\n")}
		count := map[string]int{}
		for _, d := range problems(t, "2026-11-22", settings, page) {
			count[d.Rule]++
		}
		delete(count, "page/orphan")
		if len(count) != 1 {
			t.Errorf("%q breaks %v", text, count)
		}
		for rule, n := range count {
			if n != 100 {
				t.Errorf("%q is told %d times by %s", text, n, rule)
			}
		}
	}
}

// Whatever a page says, the rules come to an end, and what they say can be shown.
func FuzzProse(f *testing.F) {
	archives, _ := filepath.Glob("testdata/wording_*.txtar")
	for _, path := range archives {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range txtar.Parse(data).Files {
			if file.Name == "content/a.md" {
				f.Add(string(file.Data))
			}
		}
	}
	f.Add("---\ntitle: A an 8\n---\n\nA\u2011B's  a 8. In 2020-13-99 we will. S.A.R.S. 1/1/2020: a {{fact \"order.open-days\"}}:\n")
	course := &source.File{Path: "data/courses/sar.yaml", Data: []byte("name: A\nshort: SAR\nsummary: B.\ndescription: C.\n")}
	settings := &source.File{Path: "data/site.yaml", Data: []byte("title: A site\nurl: https://example.org/\n")}
	f.Fuzz(func(t *testing.T, text string) {
		page := &source.File{Path: "content/a.md", Data: []byte(text)}
		var reader read.Reader
		s, _ := reader.Site(source.NewTree(settings, course, page))
		for _, d := range check.Edition(site.Publish(s, site.Options{AsOf: site.Date{Year: 2026, Month: 11, Day: 22}})) {
			if d.Rule == "" || d.Message == "" || d.Pos.Line < 0 || d.Width < 0 || !utf8.ValidString(d.Message+d.Hint+d.Source) {
				t.Errorf("a problem that cannot be shown: %#v", d)
			}
		}
	})
}
