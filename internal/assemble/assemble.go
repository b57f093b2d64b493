// Package assemble turns an edition of a site into recipes: for every file of the published site the
// layout that makes it and the view that the layout sees.
//
// It runs in full on every build. There is no partial assembly, so renames, removals and listings are
// right for free; it is cheap because views hold finished strings and interned pointers, and what
// belongs to one person alone is memoised on that person's record. Each kind of output is one file
// of this package.
//
// Invariants: views are comparable and hold no slice, map, interface or time.Time; equal recipes make
// equal bytes; only site.Person, never site.Practitioner, is read here; every address comes from
// package site. The package renders no page and touches no file.
package assemble

import (
	"html/template"
	"io"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"nwioi/internal/output"
	"nwioi/internal/shareimage"
	"nwioi/internal/site"
	"nwioi/internal/theme"
)

// Recipes returns the recipe of every file of the edition, sorted by path. pool keeps the identity of
// what many views share from build to build; nil interns nothing.
func Recipes(e *site.Edition, t *theme.Theme, pool *output.Pool) []output.Recipe {
	a := newAssembler(e, t, pool)
	a.share()
	a.people()
	a.together(
		func(a *assembler) { a.profiles(); a.directory(); a.supervisors() },
		func(a *assembler) {
			a.home()
			a.pages()
			a.pathway()
			a.whereAmI()
			a.planner()
			a.courses()
			a.events()
			a.calendar()
			a.news()
		},
		func(in *assembler) { in.find(); a.found, a.foundIndex = in.found, in.foundIndex },
	)
	a.siteSearch()
	a.records()
	a.redirects()
	a.sitemap()
	a.headersFile()
	a.assets()
	slices.SortFunc(a.recipes, func(x, y output.Recipe) int { return strings.Compare(x.Path, y.Path) })
	return a.recipes
}

// An assembler is the state of one call of Recipes.
type assembler struct {
	*site.Edition
	theme *theme.Theme
	pool  *output.Pool

	shared     *theme.Shared
	album      *theme.List[*site.Image] // every picture, by path
	menu       []site.MenuItem          // the main menu
	footer     *theme.Fragment
	headers    map[string]*theme.Fragment // by section
	ways       *sync.Map                  // by folder: the *theme.List[theme.Link] that leads to the pages in it
	cards      map[string]*card           // by person
	cardsIn    *cardsContext
	pictures   map[string]bool // files that are already made
	painter    *shareimage.Painter
	found      []*findable // by the search of the whole site
	foundIndex *searchIndex
	dates      []*site.Event            // the events by their first day and time
	datesBy    map[string][]*site.Event // the same of each practitioner
	recipes    []output.Recipe
}

func newAssembler(e *site.Edition, t *theme.Theme, pool *output.Pool) *assembler {
	a := &assembler{Edition: e, theme: t, pool: pool, headers: map[string]*theme.Fragment{}, ways: new(sync.Map), pictures: map[string]bool{}}
	a.date()
	return a
}

// together runs parts of the assembly at the same time, each in an assembler of its own, and then adds
// their recipes in the order of the parts.
func (a *assembler) together(parts ...func(*assembler)) {
	of := make([]*assembler, len(parts))
	var wait sync.WaitGroup
	for i, part := range parts {
		in := *a
		in.recipes, in.headers, in.pictures = nil, maps.Clone(a.headers), maps.Clone(a.pictures)
		of[i] = &in
		wait.Go(func() { part(of[i]) })
	}
	wait.Wait()
	for _, in := range of {
		a.join(in.recipes)
	}
}

// join appends recipes that another assembler made. A picture that more than one of them made is made once.
func (a *assembler) join(recipes []output.Recipe) {
	for _, r := range recipes {
		if r.Layout == pictureLayout || r.Layout == shareLayout {
			url := "/" + r.Path
			if a.pictures[url] {
				continue
			}
			a.pictures[url] = true
		}
		a.recipes = append(a.recipes, r)
	}
}

// add appends the recipe of what stands at a URL path.
func (a *assembler) add(url string, layout output.Layout, view any) {
	a.recipes = append(a.recipes, output.Recipe{Path: site.FileOf(url), Layout: layout, View: view})
}

// page appends the recipe of a page that the theme lays out.
func (a *assembler) page(url, layout string, view any) {
	a.add(url, a.theme.Layout(layout), view)
}

// href returns the link to a URL path of the site, or "" for "".
func (a *assembler) href(url string) string {
	if url == "" {
		return ""
	}
	return a.Base.Href(url)
}

// existing returns the link to a URL path if something stands there, else "".
func (a *assembler) existing(url string) string {
	if a.Target(url) == nil {
		return ""
	}
	return a.href(url)
}

// list interns a list.
func list[T comparable](a *assembler, items []T) *theme.List[T] {
	return output.NewList(a.pool, items...)
}

// A goLayout is a layout written in Go, for files that are no pages. There is one value of each, so
// that its address identifies it.
type goLayout[V any] struct {
	make func(w io.Writer, view V) error
}

// Render makes the file.
func (l *goLayout[V]) Render(w io.Writer, view any) error { return l.make(w, view.(V)) }

// textLayout writes text that assemble already has.
var textLayout = &goLayout[string]{func(w io.Writer, text string) error {
	_, err := io.WriteString(w, text)
	return err
}}

func escapeAttr(s string) string { return template.HTMLEscapeString(s) }

// each calls work for 0 to n-1 on all processors and returns when all are done. What work calls may
// read the assembler but not add to it.
func each(n int, work func(i int)) {
	const run = 32
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min((n+run-1)/run, runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			for first := int(next.Add(run)) - run; first < n; first = int(next.Add(run)) - run {
				for i := first; i < min(first+run, n); i++ {
					work(i)
				}
			}
		})
	}
	wait.Wait()
}
