package search

import (
	"flag"
	"fmt"
	"strings"
	"sync"
	"testing"
)

// The benchmarks of 100,000 people take minutes: ask for them by name, as in -bench people=100000.
var sizes = []int{50, 1_000, 10_000, 100_000}

func BenchmarkBuild(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprintf("people=%d", n), func(b *testing.B) {
			if n == 100_000 && !strings.Contains(flag.Lookup("test.bench").Value.String(), "100000") {
				b.Skip("ask for it by name")
			}
			in := manyPeople(n)
			b.ReportAllocs()
			for b.Loop() {
				files := Build(in).Files()
				size := 0
				for _, f := range files {
					size += len(f.Data)
				}
				b.ReportMetric(float64(len(files)), "files")
				b.ReportMetric(float64(len(files[0].Data))/1000, "root-kB")
				b.ReportMetric(float64(size)/1000, "kB")
			}
		})
	}
}

func BenchmarkSearch(b *testing.B) {
	for _, n := range sizes {
		ix := sync.OnceValue(func() *Index { return Build(manyPeople(n)) })
		for _, fragment := range []string{"q=ann", "q=painful+sex&state=WA", "q=elizabteh+lunkifin"} {
			b.Run(fmt.Sprintf("people=%d/%s", n, fragment), func(b *testing.B) {
				if n == 100_000 && !strings.Contains(flag.Lookup("test.bench").Value.String(), "100000") {
					b.Skip("ask for it by name")
				}
				q := ix().Parse(fragment)
				for b.Loop() {
					ix().Search(q)
				}
			})
		}
	}
}
