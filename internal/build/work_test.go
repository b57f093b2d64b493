package build

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"nwioi/internal/output"
	"nwioi/internal/render"
	"nwioi/internal/site"
	"nwioi/internal/source"
)

// day is the day on which the tests publish.
var day = site.Date{Year: 2026, Month: 11, Day: 20}

// Work is counted, not timed: this is what one edit makes anew.
func TestEditMakesTheseFiles(t *testing.T) {
	for _, test := range []struct {
		name       string
		path       string
		old, fresh string
		want       []string // the files that are made anew; those of an index without the hash in their names
	}{
		{"nothing", "content/about.md", "Some words.", "Some words.", nil},
		{"the body of a page", "content/about.md", "Some words.", "Better words.", []string{
			// The page, and the site's index with the page that names it.
			"about/index.html", "search/data/site", "search/index.html",
		}},
		{"a bio", "data/practitioners/ann.yaml", "I work slowly.", "I work gently.", []string{
			// The profile, the data (it holds the record) and the index with the page that names it.
			"data/directory.json", "directory/ann/index.html", "directory/index.html", "search/data/directory",
		}},
		{"a headline", "data/practitioners/ben.yaml", "I listen", "I hear you", []string{
			"data/directory.json", "directory/ben/card.vcf", "directory/ben/index.html",
			// Every list that shows the card.
			"directory/city/tacoma-wa/index.html", "directory/community/two/index.html", "directory/concern/kink/index.html", "directory/concern/low/index.html",
			"directory/credential/lmft/index.html", "directory/index.html", "directory/insurance/one/index.html", "directory/language/en/index.html",
			"directory/modality/one/index.html", "directory/state/wa/index.html", "directory/telehealth/wa/index.html", "search/data/directory",
		}},
		{"a private note", "data/practitioners/ann.yaml", "consent:", "private: {note: nobody reads this}\nconsent:", []string{
			// The record is another, so what is made from it is made again: with the same bytes.
			"data/directory.json", "directory/ann/index.html",
		}},
		{"a fact that nobody cites", "data/facts.yaml", `value: "3"`, `value: "4"`, nil},
		{"a file that is copied", "static/first.txt", "one", "eleven", []string{"first.txt"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := sample()
			f["data/practitioners/ben.yaml"] = strings.Replace(f["data/practitioners/ben.yaml"], "other: []", "other: [kink]", 1)
			b := New(Options{Options: site.Options{AsOf: day}})
			tree := f.tree()
			before := b.Build(tree).Set
			text := strings.Replace(f[test.path], test.old, test.fresh, 1)
			if text == f[test.path] && test.want != nil {
				t.Fatalf("%s does not hold %q", test.path, test.old)
			}
			after := b.Build(tree.Update(map[string][]byte{test.path: []byte(text)})).Set
			changed := render.Changed(before, after)
			for i, p := range changed {
				if index, ok := strings.CutPrefix(p, "search/data/"); ok {
					name, _, _ := strings.Cut(index, ".")
					changed[i] = "search/data/" + name
				}
			}
			changed = slices.Compact(changed) // an index has as many files as it needs
			if !slices.Equal(changed, test.want) {
				t.Errorf("made %q, want %q", changed, test.want)
			}
		})
	}
}

// Posts and listings are remembered as a whole, and still an edit makes no more than its own files anew,
// however many edits of others came between.
func TestEditMakesNoNeighbour(t *testing.T) {
	tree := corpus(40, institute(t))
	b := New(Options{Options: site.Options{AsOf: day}})
	before := b.Build(tree).Set
	edit := func(path string) []string {
		text := append(slices.Clone(tree.File(path).Data), "\n  And one more line.\n"...)
		tree = tree.Update(map[string][]byte{path: text})
		after := b.Build(tree).Set
		changed := slices.DeleteFunc(render.Changed(before, after), func(p string) bool { return strings.HasPrefix(p, "search/data/") })
		before = after
		return changed
	}
	for i := range 4 {
		id, post := fmt.Sprintf("p%06d", 7*i), fmt.Sprintf("n%06d", 9*i)
		if got, want := edit("data/practitioners/"+id+".yaml"), []string{"data/directory.json", "directory/index.html", "directory/" + id + "/index.html"}; !slices.Equal(got, want) {
			t.Errorf("an edit of %s made %q, want %q", id, got, want)
		}
		if got, want := edit("content/news/"+post+".md"), []string{"news/" + post + "/index.html", "search/index.html"}; !slices.Equal(got, want) {
			t.Errorf("an edit of %s made %q, want %q", post, got, want)
		}
	}
}

// Building the same tree again makes nothing, and a tree that was read again from the same bytes
// neither.
func TestSaveWithoutChangeMakesNothing(t *testing.T) {
	b := New(Options{Options: site.Options{AsOf: day}})
	tree := sample().tree()
	first := b.Build(tree).Set
	again := map[string][]byte{}
	for p, text := range sample() {
		again[p] = []byte(text)
	}
	for i, same := range []*source.Tree{tree, tree.Update(again)} {
		if changed := render.Changed(first, b.Build(same).Set); len(changed) > 0 {
			t.Errorf("build %d made %q", i+2, changed)
		}
	}
}

// A template that every page shows makes every page new, and not one is made before somebody asks for
// it: the edit costs no more than that of a page.
func TestTemplateEditMakesPagesOnDemand(t *testing.T) {
	b := New(Options{Options: site.Options{AsOf: day}})
	f := sample()
	tree := f.tree()
	before := b.Build(tree).Set
	bodies(t, before)
	const head = "themes/institute/templates/_head.html"
	text := strings.Replace(f[head], "Plain", "Fancy", 1)
	after := b.Build(tree.Update(map[string][]byte{head: []byte(text)})).Set
	changed := render.Changed(before, after)
	for _, file := range after.Files {
		p := file.Recipe.Path
		switch page := strings.HasSuffix(p, ".html"); {
		case page && !slices.Contains(changed, p):
			t.Errorf("%s is still made with the old template", p)
		case page && made(file):
			t.Errorf("%s was made before anybody asked for it", p)
		case !page && !strings.HasPrefix(p, "search/data/") && !strings.HasPrefix(p, "assets/") && slices.Contains(changed, p):
			t.Errorf("%s is new, and no template makes it", p)
		}
	}
	if body, err := after.File("about/index.html").Body(); err != nil || !strings.Contains(string(body), "Fancy") {
		t.Errorf("the page does not show the edit: %v", err)
	}
}

// made reports whether somebody asked for the file.
func made(f *output.File) bool { return reflect.ValueOf(f).Elem().FieldByName("body").Len() > 0 }

// What is private changes no byte of any file.
func TestPrivateNoteChangesNoByte(t *testing.T) {
	f := sample()
	b := New(Options{Options: site.Options{AsOf: day}})
	before := bodies(t, b.Build(f.tree()).Set)
	const ann = "data/practitioners/ann.yaml"
	f[ann] += "private: {note: private-canary, address: 1 Hidden Lane}\n"
	f[ann] = strings.Replace(f[ann], "1 Shore Road", "2 Hidden Lane", 1) // which its precision hides
	after := bodies(t, b.Build(f.tree()).Set)
	for p, body := range after {
		if !bytes.Equal(body, before[p]) {
			t.Errorf("%s differs: %s", p, firstDifference(body, before[p]))
		}
	}
}

// The same files give the same bytes on any number of processors.
func TestAnyNumberOfProcessors(t *testing.T) {
	tree := institute(t)
	all := func(processors int) map[string][]byte {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		return bodies(t, New(Options{Options: site.Options{AsOf: day}}).Build(tree).Set)
	}
	one, many := all(1), all(8)
	if !slices.Equal(slices.Sorted(maps.Keys(one)), slices.Sorted(maps.Keys(many))) {
		t.Fatal("the files are not the same")
	}
	for p, body := range one {
		if !bytes.Equal(body, many[p]) {
			t.Errorf("%s differs: %s", p, firstDifference(many[p], body))
		}
	}
}

// Every layout is a pure function of its view: what was made twice is the same.
func TestVerify(t *testing.T) {
	r := New(Options{Options: site.Options{AsOf: day}}).Build(institute(t))
	if err := Verify(r); err != nil {
		t.Error(err)
	}
	r.Set = render.Set(nil, []output.Recipe{{Path: "clock.txt", Layout: &clock{}}})
	if err := Verify(r); err == nil || !strings.Contains(err.Error(), "clock.txt") {
		t.Errorf("a layout that says something else each time passed: %v", err)
	}
}

// institute returns the institute's own site, which has a theme and vocabularies of its own.
func institute(t testing.TB) *source.Tree {
	t.Helper()
	tree, problems := source.ReadDir("../..", nil)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return tree
}

func bodies(t *testing.T, s *output.Set) map[string][]byte {
	t.Helper()
	all := make(map[string][]byte, len(s.Files))
	for _, f := range s.Files {
		body, err := f.Body()
		if err != nil {
			t.Error(err)
		}
		all[f.Recipe.Path] = body
	}
	return all
}

// A clock is no pure function of its view.
type clock struct{ ticks byte }

func (c *clock) Render(w io.Writer, _ any) error {
	c.ticks++
	_, err := w.Write([]byte{c.ticks})
	return err
}
