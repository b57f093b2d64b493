// Package build is the whole flow: read, check, assemble, render and, for those who want the files in a
// folder, write. The live server keeps them in memory.
//
// A Builder remembers what the steps made, so that building the next tree costs what changed in it.
// It decides nothing about what may be skipped: each step is called again with the new tree, and
// equal inputs meet equal outputs in a memo. Builder.Build(tree) equals new(Builder).Build(tree) in
// paths, bytes and diagnostics, whatever was built before.
package build

import (
	"context"

	"nwioi/internal/assemble"
	"nwioi/internal/check"
	"nwioi/internal/diag"
	"nwioi/internal/output"
	"nwioi/internal/read"
	"nwioi/internal/render"
	"nwioi/internal/site"
	"nwioi/internal/source"
	"nwioi/internal/theme"
	"nwioi/internal/write"
)

// Options say what to build.
type Options struct {
	site.Options
	// Strict turns warnings into errors.
	Strict bool
	// Verify makes every file twice before it is published, and compares.
	Verify bool
}

// A Builder builds one tree after another. It is not safe for concurrent use.
type Builder struct {
	options   Options
	reader    read.Reader
	publisher site.Publisher
	checker   check.Checker
	pool      *output.Pool
	set       *output.Set
	themes    themes
}

// New returns a builder with nothing to remember.
func New(o Options) *Builder { return &Builder{options: o, pool: output.NewPool()} }

// Build builds the tree.
func (b *Builder) Build(tree *source.Tree) *Result {
	b.pool.Next()
	edition, worn, problems := b.Edition(tree)
	recipes := assemble.Recipes(edition, worn, b.pool)
	b.set = render.Set(b.set, recipes)
	return &Result{
		Set: b.set, Problems: problems,
		Pages: pages(b.set), People: len(edition.People), Samples: samples(edition), Edition: edition, Sources: sources(edition),
	}
}

// Edition reads and checks the tree and makes nothing of it, for commands that answer from the site
// without publishing it. The problems are those of Build.
func (b *Builder) Edition(tree *source.Tree) (*site.Edition, *theme.Theme, diag.List) {
	s, problems := b.reader.Site(tree)
	problems = append(problems, tree.Problems()...)
	loaded := b.themes.loading(tree, s.Settings.Theme) // meanwhile
	edition := b.publisher.Publish(s, b.options.Options)
	problems = append(problems, b.checker.Edition(edition)...)
	worn, wrong := loaded()
	problems = append(problems, wrong...)
	return edition, worn, problems.Sorted().WithSeverities(check.Severities(s.Settings), b.options.Strict)
}

// Publish builds the tree and writes its files into dir, all or none. root is the site's folder, which
// dir must not touch. If the content has errors nothing is written, and the result says which; the
// error is one of Verify or of write.Dir.
func (b *Builder) Publish(ctx context.Context, tree *source.Tree, dir, root string) (*Result, write.Stats, error) {
	r := b.Build(tree)
	if r.Problems.Failed() {
		return r, write.Stats{}, nil
	}
	if b.options.Verify {
		if err := Verify(r); err != nil {
			return r, write.Stats{}, err
		}
	}
	stats, err := write.Dir(ctx, dir, root, r.Set, write.Options{})
	return r, stats, err
}
