package shareimage

import "image/color"

// Places in the palette. Each colour of text has two fainter shades for its edges; more would only make files larger.
const (
	paper  = 0
	ink    = 3  // behind its two fainter shades on paper
	accent = 6  // behind two fainter shades on paper
	water  = 7  // before two shades of ink on water
	line   = 10 // before what lies halfway to paper and to water
)

func paletteOf(s Style) color.Palette {
	p := color.Palette{s.Paper}
	for i := 1; i <= ink; i++ {
		p = append(p, between(s.Paper, s.Ink, i, ink))
	}
	for i := 1; i <= 3; i++ {
		p = append(p, between(s.Paper, s.Accent, i, 3))
	}
	return append(p, s.Water, between(s.Water, s.Ink, 1, 3), between(s.Water, s.Ink, 2, 3),
		s.Line, between(s.Line, s.Paper, 1, 2), between(s.Line, s.Water, 1, 2))
}

// between returns the colour i of n steps from one to another.
func between(from, to color.RGBA, i, n int) color.RGBA {
	mix := func(a, b uint8) uint8 { return uint8((int(a)*(n-i) + int(b)*i + n/2) / n) }
	return color.RGBA{mix(from.R, to.R), mix(from.G, to.G), mix(from.B, to.B), 255}
}

// shadeOf returns the place in the palette of ink on paper at a coverage.
func shadeOf(coverage uint8) byte { return byte((int(coverage)*ink + 127) / 255) }
