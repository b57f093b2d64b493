package search

import (
	"fmt"
	"testing"
)

func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{50, 1000, 10000} {
		b.Run(fmt.Sprintf("people=%d", n), func(b *testing.B) {
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
	for _, n := range []int{1000, 10000} {
		ix := Build(manyPeople(n))
		for _, fragment := range []string{"q=ann", "q=painful+sex&state=WA", "q=elizabteh+lunkifin"} {
			b.Run(fmt.Sprintf("people=%d/%s", n, fragment), func(b *testing.B) {
				q := ix.Parse(fragment)
				for b.Loop() {
					ix.Search(q)
				}
			})
		}
	}
}
