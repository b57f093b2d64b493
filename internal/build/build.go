// Package build is the whole flow: read, check, assemble, render. The fifth step, write, is for those
// who want the files in a folder; serve keeps them in memory.
//
// A Builder remembers what the steps made, so that building the next tree costs what changed in it.
// It decides nothing about what may be skipped: each step is called again with the new tree, and
// equal inputs meet equal outputs in a memo. Builder.Build(tree) equals new(Builder).Build(tree) in
// paths, bytes and diagnostics, whatever was built before.
package build

import (
	"bytes"
	"fmt"

	"nwioi/internal/assemble"
	"nwioi/internal/check"
	"nwioi/internal/diag"
	"nwioi/internal/output"
	"nwioi/internal/read"
	"nwioi/internal/render"
	"nwioi/internal/site"
	"nwioi/internal/source"
	"nwioi/internal/theme"
)

// Options say what to build.
type Options struct {
	site.Options
	// Strict turns warnings into errors.
	Strict bool
}

// A Result is one build.
type Result struct {
	// Set is the files. It is made even when there are errors, from what could be read.
	Set *output.Set
	// Problems is everything that is wrong, in order, with the severities the site gives its rules.
	// If it has Failed, the set must not be published.
	Problems diag.List
	// Pages, People and Samples count the pages, the people in the directory and how many of them
	// are invented.
	Pages, People, Samples int
}

// A Builder builds one tree after another. It is not safe for concurrent use.
type Builder struct {
	options Options
	reader  read.Reader
	checker check.Checker
	pool    *output.Pool
	set     *output.Set
	themes  themes
}

// New returns a builder with nothing to remember.
func New(o Options) *Builder { return &Builder{options: o, pool: output.NewPool()} }

// Build builds the tree.
func (b *Builder) Build(tree *source.Tree) *Result {
	b.pool.Next()
	s, problems := b.reader.Site(tree)
	problems = append(problems, tree.Problems()...)
	edition := site.Publish(s, b.options.Options)
	problems = append(problems, b.checker.Edition(edition)...)
	worn, wrong := b.themes.load(tree, s.Settings.Theme)
	problems = append(problems, wrong...)
	recipes := assemble.Recipes(edition, worn, b.pool)
	b.set = render.Set(b.set, recipes)
	return &Result{
		Set:      b.set,
		Problems: problems.Sorted().WithSeverities(check.Severities(s.Settings), b.options.Strict),
		Pages:    pages(b.set), People: len(edition.People), Samples: samples(edition),
	}
}

// themes keeps the theme that was loaded last: it is loaded again when one of its files is another.
type themes struct {
	name     string
	files    []*source.File
	theme    *theme.Theme
	problems diag.List
}

func (t *themes) load(tree *source.Tree, name string) (*theme.Theme, diag.List) {
	var files []*source.File
	for f := range tree.Under("themes/" + name + "/") {
		files = append(files, f)
	}
	if t.theme == nil || t.name != name || !same(t.files, files) {
		loaded, problems := theme.Load(tree, name)
		*t = themes{name, files, loaded, problems}
	}
	return t.theme, t.problems
}

func same(a, b []*source.File) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// pages counts the HTML files of a set.
func pages(s *output.Set) int {
	n := 0
	for _, f := range s.Files {
		if len(f.Recipe.Path) > 5 && f.Recipe.Path[len(f.Recipe.Path)-5:] == ".html" {
			n++
		}
	}
	return n
}

func samples(e *site.Edition) int {
	n := 0
	for _, p := range e.Profiles {
		if p.Sample {
			n++
		}
	}
	return n
}

// Verify makes every file of the result that was made before once more from its recipe and compares.
// The error names the first file that differs: its layout is no pure function of its view.
func Verify(r *Result) error {
	for _, f := range r.Set.Files {
		remembered, err := f.Body()
		if err != nil {
			return err
		}
		var again bytes.Buffer
		if err := f.Render(&again); err != nil {
			return err
		}
		if !bytes.Equal(remembered, again.Bytes()) {
			return fmt.Errorf("%s came out differently when it was made again: its layout depends on something else than its view", f.Recipe.Path)
		}
	}
	return nil
}
