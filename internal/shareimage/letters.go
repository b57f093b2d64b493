package shareimage

import (
	"image"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gomedium"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"
)

// letters holds the faces, in the order in which they are asked, and all that was drawn of them.
type letters struct {
	faces []*sfnt.Font

	mu     sync.RWMutex
	byRune map[rune]letter
	masks  map[maskKey]*mask
}

// A letter is a glyph of one of the faces. Lengths are in 1/65536 of the size of the text.
type letter struct {
	face    uint8
	glyph   sfnt.GlyphIndex // 0: no face has it
	advance int32
}

type maskKey struct {
	letter
	size int
}

// newLetters reads the face. The Go face stands in for what it lacks.
func newLetters(face string) *letters {
	l := &letters{byRune: map[rune]letter{}, masks: map[maskKey]*mask{}}
	for _, data := range [][]byte{[]byte(face), gomedium.TTF} {
		if f, err := sfnt.Parse(data); err == nil {
			l.faces = append(l.faces, f)
		}
	}
	return l
}

// letter returns the glyph of a character: its own, else that of the letter without its marks.
func (l *letters) letter(b *sfnt.Buffer, r rune) letter {
	l.mu.RLock()
	found, known := l.byRune[r]
	l.mu.RUnlock()
	if known {
		return found
	}
	found = l.find(b, r)
	if found.glyph == 0 {
		if base := []rune(norm.NFKD.String(string(r)))[0]; base != r {
			found = l.find(b, base)
		}
	}
	l.mu.Lock()
	l.byRune[r] = found
	l.mu.Unlock()
	return found
}

func (l *letters) find(b *sfnt.Buffer, r rune) letter {
	for i, f := range l.faces {
		g, err := f.GlyphIndex(b, r)
		if err != nil || g == 0 {
			continue
		}
		em := fixed.I(int(f.UnitsPerEm()))
		advance, err := f.GlyphAdvance(b, g, em, font.HintingNone)
		if err != nil {
			continue
		}
		return letter{uint8(i), g, int32(int64(advance) << 16 / int64(em))}
	}
	return letter{}
}

// kern returns by how much two letters that stand side by side come closer, as a negative length.
func (l *letters) kern(b *sfnt.Buffer, x, y letter) int32 {
	if x.face != y.face || x.glyph == 0 || y.glyph == 0 {
		return 0
	}
	f := l.faces[x.face]
	em := fixed.I(int(f.UnitsPerEm()))
	k, err := f.Kern(b, x.glyph, y.glyph, em, font.HintingNone)
	if err != nil {
		return 0
	}
	return int32(int64(k) << 16 / int64(em))
}

// mask returns a letter as it is drawn at a size in pixels.
func (l *letters) mask(b *sfnt.Buffer, k maskKey) *mask {
	l.mu.RLock()
	m := l.masks[k]
	l.mu.RUnlock()
	if m == nil {
		m = pack(l.draw(b, k))
		l.mu.Lock()
		l.masks[k] = m
		l.mu.Unlock()
	}
	return m
}

// draw returns the coverage of a letter. Its bounds are those around the point where the letter stands
// on the line.
func (l *letters) draw(b *sfnt.Buffer, k maskKey) *image.Alpha {
	segments, err := l.faces[k.face].LoadGlyph(b, k.glyph, fixed.I(k.size), nil)
	if err != nil || len(segments) == 0 {
		return image.NewAlpha(image.Rectangle{})
	}
	box := segments.Bounds()
	bounds := image.Rect(box.Min.X.Floor(), box.Min.Y.Floor(), box.Max.X.Ceil(), box.Max.Y.Ceil())
	z := newPen(bounds)
	for _, s := range segments {
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			z.move(s.Args[0])
		case sfnt.SegmentOpLineTo:
			z.line(s.Args[0])
		case sfnt.SegmentOpQuadTo:
			z.curve(s.Args[0], fixed.Point26_6{}, s.Args[1], quadratic)
		case sfnt.SegmentOpCubeTo:
			z.curve(s.Args[0], s.Args[1], s.Args[2], cubic)
		}
	}
	return z.coverage()
}

// A mask is a letter in the shades of ink, two pixels to a byte as in the file: once for where it begins
// in the left half of a byte, once for the right one.
type mask struct {
	left, top, height int
	rows              [2][]byte
	stride            [2]int
}

func pack(drawn *image.Alpha) *mask {
	b := drawn.Bounds()
	m := &mask{left: b.Min.X, top: b.Min.Y, height: b.Dy()}
	for half := range 2 {
		stride := (b.Dx() + half + 1) / 2
		rows := make([]byte, stride*b.Dy())
		for y := range b.Dy() {
			for x := range b.Dx() {
				shade := shadeOf(drawn.Pix[y*drawn.Stride+x])
				at := x + half
				rows[y*stride+at/2] |= shade << (4 - 4*(at&1))
			}
		}
		m.rows[half], m.stride[half] = rows, stride
	}
	return m
}
