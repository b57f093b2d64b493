package theme_test

import (
	"testing"

	"nwioi/internal/theme"
)

// BenchmarkLoad is the cost of a theme on the start path: parsing every layout, trying it, bundling.
func BenchmarkLoad(b *testing.B) {
	tree := builtin(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, problems := theme.Load(tree, "institute"); problems.Failed() {
			b.Fatal(problems)
		}
	}
}
