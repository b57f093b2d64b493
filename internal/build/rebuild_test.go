package build

import (
	"bytes"
	"crypto/sha256"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"nwioi/internal/diag"
	"nwioi/internal/output"
	"nwioi/internal/render"
	"nwioi/internal/site"
	"nwioi/internal/source"
	"nwioi/internal/theme"
)

// The property runs often enough to meet every kind of edit, and more often with -rapid.checks. With
// -short, which the race detector is content with, a few edits do.
func TestMain(m *testing.M) {
	flag.Parse()
	if f := flag.Lookup("rapid.checks"); f.Value.String() == f.DefValue {
		f.Value.Set("30")
		if testing.Short() {
			f.Value.Set("3")
		}
	}
	os.Exit(m.Run())
}

// An edit changes a site as somebody who works on it would. It says what it did, for the log of a
// failing property.
type edit struct {
	does string
	path string // the file that it writes or takes away
	to   string // where a file that is renamed goes
	text string
	gone bool
}

func (e edit) String() string {
	if e.to != "" {
		return e.does + " " + e.path + " to " + e.to
	}
	return e.does + " " + e.path
}

func (e edit) apply(f files) {
	switch {
	case e.to != "":
		text, ok := f[e.path]
		if !ok {
			return
		}
		delete(f, e.path)
		f[e.to] = text
	case e.gone:
		delete(f, e.path)
	case e.does == "break":
		if text, ok := f[e.path]; ok {
			f[e.path] = broken[e.text](text)
		}
	default:
		f[e.path] = e.text
	}
}

// broken are ways to spoil a file.
var broken = map[string]func(string) string{
	"cut": func(s string) string { return s[:len(s)/2] },
	"key": func(s string) string {
		return strings.Replace("nonsense: 1\n"+s, "nonsense: 1\n---\n", "---\nnonsense: 1\n", 1)
	},
	"tab":       func(s string) string { return strings.Replace(s, "\n", "\n\t", 1) },
	"duplicate": func(s string) string { return s + "\n" + s },
	"encoding":  func(s string) string { return s + "\xff\xfe" },
	"markup": func(s string) string {
		return s + "\n<div onclick=x>{{fact \"no.such\"}} {{.Nothing}} [gone](/gone/)\n"
	},
	"empty": func(string) string { return "" },
}

var slotPaths = slices.Sorted(maps.Keys(slots))

// kinds are the parts of a site; an edit chooses one of them first, so that the few settings change as
// often as the many templates.
var kinds = []string{
	"content/", "content/news/", "data/practitioners/", "data/practitioners/", "data/practitioners/", "data/vocabulary/", "data/site.yaml", "data/facts.yaml", "data/courses/", "data/events/",
	"data/awards/", "data/requirements/", "data/pathway.yaml", "data/practitioners/photos/", "content/shore.png", "static/", "themes/institute/",
}

// edits draws what happens to a site between two builds.
var edits = rapid.Custom(func(t *rapid.T) edit {
	kind := rapid.SampledFrom(kinds).Draw(t, "kind")
	var of []string
	for _, p := range slotPaths {
		if strings.HasPrefix(p, kind) {
			of = append(of, p)
		}
	}
	e := edit{path: rapid.SampledFrom(of).Draw(t, "path")}
	e.does = rapid.SampledFrom([]string{"change", "change", "change", "repair", "remove", "rename", "break"}).Draw(t, "does")
	switch e.does {
	case "change":
		e.text = slots[e.path](func(of ...string) string {
			// Most of a file stays as the sample has it.
			return of[max(0, rapid.IntRange(-2*len(of), len(of)-1).Draw(t, "choice"))]
		})
	case "repair":
		e.text = slots[e.path](first)
	case "remove":
		e.gone = true
	case "rename":
		e.to = path.Dir(e.path) + "/" + rapid.SampledFrom([]string{"a", "b", "eve", "four", "moved", "Not An Id"}).Draw(t, "to") + path.Ext(e.path)
	case "break":
		e.text = rapid.SampledFrom(slices.Sorted(maps.Keys(broken))).Draw(t, "how")
	}
	return e
})

// A builder is what the property is about: Builder, or one that was sabotaged.
type builder interface {
	Build(*source.Tree) *Result
}

// shelf keeps themes by their content, so that the builders which begin afresh need not bundle the
// same style sheet again and again.
type shelf map[[sha256.Size]byte]themes

// fresh returns a builder with nothing to remember but the theme as it was loaded from equal files.
func (s shelf) fresh(o Options, tree *source.Tree) *Builder {
	b := New(o)
	key := sha256.New()
	var now []*source.File
	for f := range tree.Under("themes/institute/") {
		fmt.Fprintf(key, "%s %d\n%s\n", f.Path, len(f.Data), f.Data)
		now = append(now, f)
	}
	sum := [sha256.Size]byte(key.Sum(nil))
	t, ok := s[sum]
	if !ok {
		t.name = "institute"
		t.theme, t.problems = theme.Load(tree, t.name)
		s[sum] = t
	}
	t.files = now
	b.themes = t
	return b
}

// holds builds the sample, and then again after each step of edits, with one builder that remembers
// and with a new one, and says where the two differ.
func holds(remembering builder, s shelf, o Options, steps [][]edit) error {
	now := sample()
	tree := now.tree()
	for i := -1; i < len(steps); i++ {
		if i >= 0 {
			before := maps.Clone(now)
			changed := map[string][]byte{}
			for _, e := range steps[i] {
				e.apply(now)
			}
			for p := range before {
				if _, ok := now[p]; !ok {
					changed[p] = nil
				}
			}
			for p, text := range now {
				changed[p] = append([]byte{}, text...)
			}
			tree = tree.Update(changed)
		}
		got := remembering.Build(tree)
		clean := now.tree()
		if err := differ(got, s.fresh(o, clean).Build(clean)); err != nil {
			return fmt.Errorf("after step %d: %w", i+1, err)
		}
	}
	return nil
}

// differ says in what two builds of one site differ: in paths, bytes, diagnostics or counts.
func differ(got, want *Result) error {
	if a, b := paths(got.Set), paths(want.Set); !slices.Equal(a, b) {
		return fmt.Errorf("the paths differ: %v, want %v", a, b)
	}
	for i, f := range want.Set.Files {
		body, err := got.Set.Files[i].Body()
		wantBody, wantErr := f.Body()
		if fmt.Sprint(err) != fmt.Sprint(wantErr) {
			return fmt.Errorf("%s: the error is %v, want %v", f.Recipe.Path, err, wantErr)
		}
		if !bytes.Equal(body, wantBody) {
			return fmt.Errorf("%s differs: %s", f.Recipe.Path, firstDifference(body, wantBody))
		}
	}
	if !reflect.DeepEqual(normal(got.Problems), normal(want.Problems)) {
		return fmt.Errorf("the diagnostics differ:\n%v\nwant\n%v", got.Problems, want.Problems)
	}
	if got.Pages != want.Pages || got.People != want.People || got.Samples != want.Samples {
		return fmt.Errorf("the counts differ: %d %d %d, want %d %d %d", got.Pages, got.People, got.Samples, want.Pages, want.People, want.Samples)
	}
	return nil
}

func normal(l diag.List) diag.List { return append(diag.List{}, l...) }

func paths(s *output.Set) []string {
	list := make([]string, len(s.Files))
	for i, f := range s.Files {
		list[i] = f.Recipe.Path
	}
	return list
}

func firstDifference(a, b []byte) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	around := func(s []byte) []byte { return s[max(0, min(len(s), i-40)):min(len(s), i+60)] }
	return fmt.Sprintf("at byte %d: %q, want %q", i, around(a), around(b))
}

// drawSteps draws a list of builds, each after one edit or a few.
func drawSteps(t *rapid.T) [][]edit {
	return rapid.SliceOfN(rapid.SliceOfN(edits, 1, 3), 1, 6).Draw(t, "steps")
}

func drawOptions(t *rapid.T) Options {
	return Options{
		Options: site.Options{
			AsOf:    site.Date{Year: 2026, Month: 11, Day: 20},
			BaseURL: rapid.SampledFrom([]string{"", "https://example.org/sub/"}).Draw(t, "base"),
			Drafts:  rapid.Bool().Draw(t, "drafts"),
		},
		Strict: rapid.Bool().Draw(t, "strict"),
	}
}

// The promise of the package: whatever was built before, a build equals one that begins afresh.
func TestRebuildEqualsCleanBuild(t *testing.T) {
	s := shelf{}
	rapid.Check(t, func(t *rapid.T) {
		o := drawOptions(t)
		if err := holds(New(o), s, o, drawSteps(t)); err != nil {
			t.Fatal(err)
		}
	})
}

// alone are files of every kind in which each choice is changed by itself.
var alone = []string{
	"content/about.md", "content/index.md", "content/guide/a.md", "content/directory/index.md", "content/news/one.md", "content/shore.png",
	"data/site.yaml", "data/facts.yaml", "data/pathway.yaml", "data/requirements/basic.yaml", "data/awards/help.yaml", "data/courses/first.yaml", "data/events/talk.yaml",
	"data/practitioners/ann.yaml", "data/practitioners/photos/ann.png", "data/vocabulary/concern.yaml", "data/vocabulary/certification.yaml",
	"data/vocabulary/license.yaml", "data/vocabulary/language.yaml", "data/vocabulary/client.yaml", "static/first.txt",
	"themes/institute/templates/card.html", "themes/institute/templates/_head.html", "themes/institute/styles/tokens.css", "themes/institute/assets/icon.svg", "themes/institute/scripts/directory.ts",
}

// leftOut reports whether -short does without the file at a place in alone.
func leftOut(i int) bool { return testing.Short() && i%8 != 0 }

// The smallest edits there are: one word of one file, and nothing else that could give it away.
func TestRebuildAfterOneWord(t *testing.T) {
	s := shelf{}
	o := Options{Options: site.Options{AsOf: day}}
	b := New(o)
	now := sample()
	tree := now.tree()
	b.Build(tree)
	edits := 0
	for i, p := range alone {
		for k := 0; !leftOut(i); k++ {
			texts := variants(slots[p], k)
			if texts == nil {
				break
			}
			for _, text := range texts {
				changed := maps.Clone(now)
				changed[p] = text
				tree = tree.Update(map[string][]byte{p: []byte(text)})
				clean := changed.tree()
				edits++
				if err := differ(b.Build(tree), s.fresh(o, clean).Build(clean)); err != nil {
					t.Errorf("%s becomes\n%s\n%v", p, text, err)
				}
			}
			// And back, so that each change is the only one.
			tree = tree.Update(map[string][]byte{p: []byte(now[p])})
			b.Build(tree)
		}
	}
	if edits < 150 && !testing.Short() {
		t.Errorf("%d edits: too few to prove anything", edits)
	}
}

// Every way to spoil a file, on a file of every kind: the build ends, and mending the file mends the
// site. An empty course once kept a rule looking for its name for ever.
func TestRebuildAfterEachBreak(t *testing.T) {
	s := shelf{}
	o := Options{Options: site.Options{AsOf: day}}
	now := sample()
	clean := New(o).Build(now.tree())
	for i, p := range alone {
		if leftOut(i) {
			continue
		}
		b := New(o)
		tree := now.tree()
		b.Build(tree)
		for how, spoil := range broken {
			changed := maps.Clone(now)
			changed[p] = spoil(now[p])
			tree = tree.Update(map[string][]byte{p: []byte(changed[p])})
			fresh := changed.tree()
			if err := differ(b.Build(tree), s.fresh(o, fresh).Build(fresh)); err != nil {
				t.Errorf("%s is spoilt (%s): %v", p, how, err)
			}
		}
		tree = tree.Update(map[string][]byte{p: []byte(now[p])})
		if err := differ(b.Build(tree), clean); err != nil {
			t.Errorf("%s is mended: %v", p, err)
		}
	}
}

// variants returns what is written when the choice with a number takes each of its other values and all
// others the first; nil if there is no such choice.
func variants(write func(choice) string, number int) []string {
	var texts []string
	for value := 1; ; value++ {
		n, met, more := -1, false, false
		text := write(func(of ...string) string {
			if n++; n != number {
				return of[0]
			}
			met, more = true, value < len(of)
			if more {
				return of[value]
			}
			return of[0]
		})
		if !met {
			return nil
		}
		if !more {
			return append([]string{}, texts...)
		}
		texts = append(texts, text)
	}
}

// A forgetful builder is sabotaged: its recipes leave one input of the view out of the comparison, as
// a hand-written rule of what may be skipped would.
type forgetful struct {
	*Builder
	forget  string
	layouts map[output.Layout]output.Layout
	set     *output.Set
	views   map[any]any
}

// A blinkered view compares as if one field were always the same.
type blinkered struct {
	path string
	rest any
}

// A blinkeredLayout is shown the whole view.
type blinkeredLayout struct {
	output.Layout
	of *forgetful
}

func (l *blinkeredLayout) Render(w io.Writer, view any) error {
	return l.Layout.Render(w, l.of.views[view])
}

func (b *forgetful) Build(tree *source.Tree) *Result {
	r := b.Builder.Build(tree)
	recipes := make([]output.Recipe, len(r.Set.Files))
	for i, f := range r.Set.Files {
		recipes[i] = b.blinker(f.Recipe)
	}
	b.set = render.Set(b.set, recipes)
	r.Set = b.set
	return r
}

func (b *forgetful) blinker(r output.Recipe) output.Recipe {
	view := reflect.New(reflect.TypeOf(r.View)).Elem()
	view.Set(reflect.ValueOf(r.View))
	if view.Kind() != reflect.Struct {
		return r
	}
	field := view.FieldByName(b.forget)
	if !field.IsValid() || !field.CanSet() {
		return r
	}
	field.SetZero()
	key := blinkered{r.Path, view.Interface()}
	b.views[key] = r.View
	if b.layouts[r.Layout] == nil {
		b.layouts[r.Layout] = &blinkeredLayout{r.Layout, b}
	}
	return output.Recipe{Path: r.Path, Layout: b.layouts[r.Layout], View: key}
}

// The property must be able to fail: with one input left out of the recipes it does. The inputs are
// those that a view holds once; another such as the heading, which the title repeats, is not missed.
func TestSabotageIsFound(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: what it finds does not depend on -short, and takes long to find")
	}
	steps := rapid.Custom(drawSteps)
	options := rapid.Custom(drawOptions)
	s := shelf{}
	for _, forget := range []string{"Body", "Cards", "Form", "Posts", "Newer", "JSONLD", "Header"} {
		t.Run(forget, func(t *testing.T) {
			var found error
			for seed := 0; seed < 100 && found == nil; seed++ {
				o := options.Example(seed)
				b := &forgetful{Builder: New(o), forget: forget, layouts: map[output.Layout]output.Layout{}, views: map[any]any{}}
				found = holds(b, s, o, steps.Example(seed))
			}
			if found == nil {
				t.Errorf("recipes that forget %s went unnoticed", forget)
			}
		})
	}
}

// What the edits begin with is a whole site without an error, and rebuilding it makes every file.
func TestSampleIsWhole(t *testing.T) {
	r := New(Options{Options: site.Options{AsOf: site.Date{Year: 2026, Month: 11, Day: 20}}}).Build(sample().tree())
	for _, p := range r.Problems {
		if p.Severity == diag.Error {
			t.Errorf("%v", p)
		}
	}
	for _, want := range []string{
		"index.html", "404.html", "about/index.html", "news/feed.xml", "news/feed.json", "calendar.ics", "courses/first/2026-12.ics",
		"directory/ann/index.html", "directory/ann/card.vcf", "directory/concern/low/index.html", "data/directory.json", "sitemap.xml",
		"supervisors/index.html", "pathway/learn/index.html", "events/talk/index.html", "first.txt", "_redirects", "_headers",
	} {
		if r.Set.File(want) == nil {
			t.Errorf("there is no %s", want)
		}
	}
	for _, f := range r.Set.Files {
		if _, err := f.Body(); err != nil {
			t.Error(err)
		}
	}
}
