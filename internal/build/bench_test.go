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

// BenchmarkRebuild edits one bio of a large site under preview, builds, and makes the pages that changed.
// The search index, which a preview makes when somebody searches, is left out.
func BenchmarkRebuild(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			tree := corpus(n, institute(b))
			builder := New(Options{Options: site.Options{AsOf: day, Preview: true}})
			before := builder.Build(tree)
			sound(b, before)
			makeAll(b, before.Set.Files)
			const path = "data/practitioners/p000500.yaml"
			text := tree.File(path).Data
			b.ReportAllocs()
			b.ResetTimer()
			var made int
			for i := range b.N {
				edited := bytes.Replace(text, []byte("bio: |\n"), fmt.Appendf(nil, "bio: |\n  Now with %s and %s.\n\n", words[i%len(words)], givenNames[i%len(givenNames)]), 1)
				tree = tree.Update(map[string][]byte{path: edited})
				after := builder.Build(tree)
				var fresh []*output.File
				for _, p := range render.Changed(before.Set, after.Set) {
					if f := after.Set.File(p); f != nil && !strings.HasPrefix(p, "search/data/") {
						fresh = append(fresh, f)
					}
				}
				makeAll(b, fresh)
				before, made = after, len(fresh)
			}
			b.ReportMetric(float64(made), "files")
		})
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
