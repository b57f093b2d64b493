package build

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"nwioi/internal/diag"
	"nwioi/internal/output"
	"nwioi/internal/render"
	"nwioi/internal/site"
)

// The benchmarks build a synthetic site of so many practitioners and as many news posts, in the
// institute's theme. Run them with
//
//	go test -run '^$' -bench . -benchtime 3x ./internal/build

// BenchmarkBuild is a cold build: everything is read, checked, assembled, and every file is made.
func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			tree := corpus(n, institute(b))
			b.ReportAllocs()
			b.ResetTimer()
			var made int
			for range b.N {
				r := New(Options{Options: site.Options{AsOf: day}}).Build(tree)
				sound(b, r)
				makeAll(b, r.Set.Files)
				made = len(r.Set.Files)
			}
			b.ReportMetric(float64(made), "files")
		})
	}
}

// BenchmarkRebuild makes one edit of a large site under preview, builds, and makes the pages that changed: what
// a save costs. What a preview makes when somebody asks for it is left out: the search indexes, the feeds and
// the data, and, where an edit changes many pages, all of them but the first. files is how many files changed.
//
// 100,000 people need 8 GB of memory and some minutes; -short leaves them out.
func BenchmarkRebuild(b *testing.B) {
	for _, n := range []int{1000, 10000, 100000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			if n > 10000 && testing.Short() {
				b.Skip("needs much memory")
			}
			tree := corpus(n, institute(b))
			builder := New(Options{Options: site.Options{AsOf: day, Preview: true}})
			before := builder.Build(tree)
			sound(b, before)
			for _, edit := range []struct{ name, path, old, fresh string }{
				{"bio", "data/practitioners/p000500.yaml", "bio: |\n", "bio: |\n  Now with %s and %s.\n\n"},
				{"post", "content/news/n000500.md", "\n---\n\n", "\n---\n\nNow with %s and %s.\n\n"},
				{"page", "content/about.md", "\n---\n\n", "\n---\n\nNow with %s and %s.\n\n"},
				{"label", "data/vocabulary/concern.yaml", "label: \"kink\"", "label: \"kink, %s and %s\""},
			} {
				b.Run(edit.name, func(b *testing.B) {
					text := tree.File(edit.path).Data
					if !bytes.Contains(text, []byte(edit.old)) {
						b.Fatalf("%s has no place for the edit", edit.path)
					}
					b.ReportAllocs()
					changed := 0
					for i := 0; b.Loop(); i++ {
						fresh := fmt.Appendf(nil, edit.fresh, words[i%len(words)], givenNames[i%len(givenNames)])
						tree = tree.Update(map[string][]byte{edit.path: bytes.Replace(text, []byte(edit.old), fresh, 1)})
						after := builder.Build(tree)
						paths := render.Changed(before.Set, after.Set)
						makeLooked(b, after.Set, paths)
						before, changed = after, len(paths)
					}
					b.ReportMetric(float64(changed), "files")
				})
			}
		})
	}
}

// makeLooked makes the pages at paths that somebody may be looking at: those of an edit of one record or text
// and, of an edit that changes many, the first.
func makeLooked(b *testing.B, set *output.Set, paths []string) {
	b.Helper()
	const many = 8
	made := 0
	for _, p := range paths {
		if f := set.File(p); f != nil && strings.HasSuffix(p, ".html") {
			makeAll(b, []*output.File{f})
			if made++; len(paths) > many {
				return
			}
		}
	}
}

func sound(b *testing.B, r *Result) {
	b.Helper()
	for _, p := range r.Problems {
		if p.Severity == diag.Error {
			b.Fatalf("the synthetic site has an error: %v", p)
		}
	}
}

func makeAll(b *testing.B, files []*output.File) {
	b.Helper()
	for _, f := range files {
		if err := f.Render(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

// The same number gives the same synthetic site, without an error.
func TestCorpusIsSound(t *testing.T) {
	theme := institute(t)
	tree, again := corpus(30, theme), corpus(30, theme)
	for f := range tree.Under("") {
		if other := again.File(f.Path); other == nil || !bytes.Equal(f.Data, other.Data) {
			t.Errorf("%s is not the same twice", f.Path)
		}
	}
	r := New(Options{Options: site.Options{AsOf: day}}).Build(tree)
	for _, p := range r.Problems {
		if p.Severity == diag.Error {
			t.Errorf("%v", p)
		}
	}
	if r.People != 30 {
		t.Errorf("%d people, want 30", r.People)
	}
}
