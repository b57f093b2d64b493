package shareimage

import (
	"bytes"
	"compress/flate"
	"image"
	"image/color"
	"image/draw"
	"strconv"
	"strings"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// A bandKey names one of the bands that many pictures share: the one above a picture's own words, which
// says the kind of page, or the one below.
type bandKey struct {
	below  bool
	kind   string
	sample bool
}

// A band is rows of pixels as they stand in a file.
type band struct {
	chunk []byte // complete, with a part of the deflate stream that ends at a whole byte
	sum   adler
}

// band returns a band, which is made the first time.
func (p *Painter) band(k bandKey) *band {
	p.mu.Lock()
	defer p.mu.Unlock()
	b := p.bands[k]
	if b == nil {
		if k.below {
			b = packBand(p.lower(k.sample), p.palette, k)
		} else {
			b = packBand(p.upper(k.kind), p.palette, k)
		}
		p.bands[k] = b
	}
	return b
}

// packBand compresses a band as well as can be.
func packBand(img *image.RGBA, palette color.Palette, k bandKey) *band {
	var rows []byte
	var last color.RGBA
	place := byte(palette.Index(last))
	for y := range img.Rect.Dy() {
		rows = append(rows, unfiltered)
		for x := 0; x < Width; x++ {
			if c := img.RGBAAt(img.Rect.Min.X+x, img.Rect.Min.Y+y); c != last {
				last, place = c, byte(palette.Index(c))
			}
			if x%2 == 0 {
				rows = append(rows, place<<4)
			} else {
				rows[len(rows)-1] |= place
			}
		}
	}
	var stream bytes.Buffer
	if !k.below {
		stream.Write(zlibHeader)
	}
	z, _ := flate.NewWriter(&stream, flate.BestCompression) // a valid level
	z.Write(rows)                                           // to memory: never fails
	if k.below {
		z.Close()
	} else {
		z.Flush()
	}
	return &band{chunk: appendChunk(nil, "IDAT", stream.Bytes()), sum: sumOf(rows)}
}

// upper draws the band that says the kind of page.
func (p *Painter) upper(kind string) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, Width, ownTop))
	draw.Draw(img, img.Rect, image.NewUniform(p.style.Paper), image.Point{}, draw.Src)
	p.write(img, kind, margin, kindLine, measure, p.style.Accent)
	return img
}

// lower draws the shore, with the site's name in the water.
func (p *Painter) lower(sample bool) *image.RGBA {
	const (
		box   = ownBottom - 20 // the upper edge of the shore's box
		half  = 112            // of the line's width, in 1/64 of a pixel
		name  = 588
		stone = 1032 // where somebody stands
	)
	img := image.NewRGBA(image.Rect(0, ownBottom, Width, Height))
	draw.Draw(img, img.Rect, image.NewUniform(p.style.Paper), image.Point{}, draw.Src)
	shore := shorePoints(p.style.Shore)
	for i := range shore {
		shore[i].Y += fixed.I(box)
	}
	// Never more than 512 pixels at once: see pen.
	for x := 0; x < Width; x += 400 {
		part := image.Rect(x, ownBottom, x+400, Height)
		fill := func(colour color.RGBA, outline ...fixed.Point26_6) {
			z := newPen(part)
			z.move(outline[0])
			for _, to := range outline[1:] {
				z.line(to)
			}
			draw.DrawMask(img, part, image.NewUniform(colour), image.Point{}, z.coverage(), part.Min, draw.Over)
		}
		first, last := shore[0], shore[len(shore)-1]
		fill(p.style.Water, append(shore[:len(shore):len(shore)],
			fixed.Point26_6{X: last.X, Y: fixed.I(Height)}, fixed.Point26_6{X: first.X, Y: fixed.I(Height)})...)
		var edge []fixed.Point26_6
		for _, at := range shore {
			edge = append(edge, at.Sub(fixed.Point26_6{Y: half}))
		}
		for i := len(shore) - 1; i >= 0; i-- {
			edge = append(edge, shore[i].Add(fixed.Point26_6{Y: half}))
		}
		fill(p.style.Line, edge...)
	}
	p.stone(img, heightAt(shore, fixed.I(stone)))

	room := measure
	if sample {
		width := p.width(sampleText)
		p.write(img, sampleText, Width-margin-width, name, width, p.style.Ink)
		room -= width + margin/2
	}
	p.write(img, p.style.Site, margin, name, room, p.style.Ink)
	return img
}

// stone draws "you are here" on the shoreline.
func (p *Painter) stone(img *image.RGBA, at fixed.Point26_6) {
	const r, handle = 16 << 6, 16 << 6 * 5523 / 10000
	x, y := at.X.Floor(), at.Y.Floor()
	bounds := image.Rect(x-20, y-20, x+20, y+20)
	z := newPen(bounds)
	to := func(dx, dy fixed.Int26_6) fixed.Point26_6 { return at.Add(fixed.Point26_6{X: dx, Y: dy}) }
	z.move(to(r, 0))
	z.curve(to(r, handle), to(handle, r), to(0, r), cubic)
	z.curve(to(-handle, r), to(-r, handle), to(-r, 0), cubic)
	z.curve(to(-r, -handle), to(-handle, -r), to(0, -r), cubic)
	z.curve(to(handle, -r), to(r, -handle), to(r, 0), cubic)
	draw.DrawMask(img, bounds, image.NewUniform(p.style.Accent), image.Point{}, z.coverage(), bounds.Min, draw.Over)
}

// write sets one line of text, shortened to the room there is.
func (p *Painter) write(img *image.RGBA, text string, x, y, room int, colour color.RGBA) {
	var b sfnt.Buffer
	words := p.letters.words(&b, text)
	if len(words) == 0 {
		return
	}
	t := block{lines: p.letters.shortened(&b, words, lineSize, 1, room), size: lineSize, top: y}
	t.each(int(p.letters.letter(&b, ' ').advance), func(of letter, at image.Point) {
		mask := p.letters.draw(&b, maskKey{of, lineSize})
		to := mask.Rect.Add(at).Add(image.Pt(x-margin, 0))
		draw.DrawMask(img, to, image.NewUniform(colour), image.Point{}, mask, mask.Rect.Min, draw.Over)
	})
}

// width returns how wide a line of text is, in pixels.
func (p *Painter) width(text string) int {
	var b sfnt.Buffer
	return pixels(widthOf(p.letters.words(&b, text), int(p.letters.letter(&b, ' ').advance)), lineSize)
}

// shorePoints reads path data. What is no line of M and C gives a straight one.
func shorePoints(path string) []fixed.Point26_6 {
	straight := []fixed.Point26_6{{X: 0, Y: fixed.I(50)}, {X: fixed.I(Width), Y: fixed.I(50)}}
	path = strings.NewReplacer("M", " ", "C", " ", ",", " ", "-", " -").Replace(path)
	var at []fixed.Point26_6
	numbers := strings.Fields(path)
	for i := 0; i+1 < len(numbers); i += 2 {
		x, err := strconv.ParseFloat(numbers[i], 64)
		y, err2 := strconv.ParseFloat(numbers[i+1], 64)
		if err != nil || err2 != nil || max(x, -x) > 2*Width || max(y, -y) > Height {
			return straight
		}
		at = append(at, fixed.Point26_6{X: fixed.Int26_6(x * 64), Y: fixed.Int26_6(y * 64)})
	}
	if len(at) < 4 || len(at)%3 != 1 {
		return straight
	}
	line := at[:1:1]
	for i := 1; i < len(at); i += 3 {
		curve(at[i-1], at[i], at[i+1], at[i+2], cubic, func(to fixed.Point26_6) { line = append(line, to) })
	}
	return line
}

// heightAt returns the point of a line at x.
func heightAt(line []fixed.Point26_6, x fixed.Int26_6) fixed.Point26_6 {
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		if a.X <= x && x < b.X {
			return fixed.Point26_6{X: x, Y: a.Y + fixed.Int26_6(int64(b.Y-a.Y)*int64(x-a.X)/int64(b.X-a.X))}
		}
	}
	return fixed.Point26_6{X: x, Y: line[0].Y}
}
