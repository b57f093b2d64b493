package theme_test

import (
	"io"
	"maps"
	"slices"
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

// BenchmarkLayout is the cost of one page or fragment of each layout, with every field filled and
// three entries in every list. A site of ten thousand people renders ten thousand profiles and cards.
func BenchmarkLayout(b *testing.B) {
	worn := institute(b)
	for _, name := range slices.Sorted(maps.Keys(theme.Views)) {
		b.Run(name, func(b *testing.B) {
			layout, view := worn.Layout(name), (&filler{theme: worn}).full(theme.Views[name])
			b.ReportAllocs()
			for b.Loop() {
				if err := layout.Render(io.Discard, view); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
