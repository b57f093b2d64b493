// Package shareimage draws the pictures that are shown where a page is shared (Open Graph): 1200 by 630
// pixels, PNG with 4 bits to a pixel. From the top: the kind of page, its title, one line more, and below the
// shoreline the site's name.
//
// A site has one picture for each person, event, course and post, so they have to cost little. Only the
// middle of a picture is its own: the upper band depends on the kind of page, the lower one on the site,
// and both are compressed once. They are joined as a PNG file allows: deflate streams that end at a whole
// byte stand one behind the other, each in a chunk of its own, and their checksums add up. The middle is
// put together from letters that are drawn once for each size, and compressed by one code that suits all
// pictures of a face.
//
// Words stay whole: a title that is long is set smaller and on more lines, and ends in "…" where that
// does not help. A letter that the face lacks is taken from another one; what no face here has is left
// out, so that no empty boxes are drawn. Equal styles and cards make equal bytes on any machine: all
// that is computed is computed in integers.
//
// The package sets text from left to right alone and has no scripts but Latin, Greek and Cyrillic.
package shareimage

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image/color"
	"io"
	"sync"
)

// The size of every picture in pixels.
const (
	Width  = 1200
	Height = 630
)

// edition is raised whenever the same card is drawn in another way, since the names of pictures must
// change with their bytes.
const edition = 1

// A Card is what one picture says. All of it is plain text.
type Card struct {
	Kind   string // of page: "Event"; may be empty
	Title  string
	Line   string // a date, letters or a summary; may be empty
	Sample bool   // of an invented record, which the picture says
}

// Alt describes the picture in words.
func (c Card) Alt() string {
	text := c.Title
	if c.Kind != "" {
		text = c.Kind + ": " + text
	}
	if c.Line != "" {
		text += ". " + c.Line
	}
	if c.Sample {
		text += " (" + sampleText + ")"
	}
	return text
}

const sampleText = "Sample record"

// A Style is what all pictures of a site have in common.
type Style struct {
	Paper, Water, Ink, Accent, Line color.RGBA
	Face                            string // a TrueType font; empty or damaged: the Go face
	Shore                           string // path data of SVG, of M and C alone, in a box of 1200 by 100
	Site                            string // its name
}

// A Painter draws the pictures of one style. It is safe for concurrent use.
type Painter struct {
	style Style
	id    [sha256.Size]byte

	once    sync.Once // for prepare
	palette color.Palette
	letters *letters
	code    *code
	header  []byte // of the file, up to the first chunk of pixels

	mu     sync.Mutex
	bands  map[bandKey]*band
	benchs sync.Pool // of *bench
}

// New returns the painter of a style. It draws nothing yet.
func New(s Style) *Painter {
	p := &Painter{style: s, bands: map[bandKey]*band{}}
	p.id = sha256.Sum256(fmt.Appendf(nil, "%d %v", edition, s))
	p.benchs.New = func() any { return newBench() }
	return p
}

// Name returns a name for the picture of a card, without an extension: 16 hexadecimal digits, which are
// others for every other card and style.
func (p *Painter) Name(c Card) string {
	b := make([]byte, 0, 256)
	b = append(b, p.id[:]...)
	b = fmt.Appendf(b, "%q %q %q %t", c.Kind, c.Title, c.Line, c.Sample)
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

// Write writes the picture of a card as a PNG file.
func (p *Painter) Write(w io.Writer, c Card) error {
	p.once.Do(p.prepare)
	b := p.benchs.Get().(*bench)
	defer p.benchs.Put(b)
	top, bottom := p.band(bandKey{kind: c.Kind}), p.band(bandKey{below: true, sample: c.Sample})
	p.set(b, c)
	_, err := w.Write(p.file(b, top, bottom))
	return err
}

// prepare does what has to be done once for all pictures.
func (p *Painter) prepare() {
	p.palette = paletteOf(p.style)
	p.letters = newLetters(p.style.Face)
	p.header = fileHeader(p.palette)
	p.code = p.learn()
}
