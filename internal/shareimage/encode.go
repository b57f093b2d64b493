package shareimage

import (
	"encoding/binary"
	"hash/adler32"
	"hash/crc32"
	"image"
	"image/color"

	"golang.org/x/image/font/sfnt"
)

// How a row of pixels is filtered (PNG, section 9): not at all, or by taking off the row above, which
// leaves nothing of upright strokes.
const (
	unfiltered = 0
	fromAbove  = 2
)

const rowBytes = Width / 2 // two pixels to a byte

var zlibHeader = []byte{0x78, 0x01}

// A bench is what one picture is worked out on, kept for the next one.
type bench struct {
	font    sfnt.Buffer
	rows    []byte        // the pixels of a picture's own words
	written [ownRows]bool // rows that are not all paper
	tokens  []token
	out     []byte
}

func newBench() *bench { return &bench{rows: make([]byte, ownRows*rowBytes)} }

// set writes the words of a card into the rows of the bench.
func (p *Painter) set(b *bench, c Card) {
	for y, written := range b.written {
		if written {
			clear(b.rows[y*rowBytes : (y+1)*rowBytes])
			b.written[y] = false
		}
	}
	title, under := p.blocks(&b.font, c)
	blank := int(p.letters.letter(&b.font, ' ').advance)
	for _, t := range []block{title, under} {
		t.each(blank, func(of letter, at image.Point) {
			b.place(p.letters.mask(&b.font, maskKey{of, t.size}), at)
		})
	}
}

// place puts a letter where it stands. Where letters meet, the darker shade wins.
func (b *bench) place(m *mask, at image.Point) {
	x, y := at.X+m.left, at.Y+m.top
	half := x & 1
	stride := m.stride[half]
	if x < 0 || x/2+stride > rowBytes {
		return
	}
	for i := range m.height {
		if y+i < 0 || y+i >= ownRows {
			continue
		}
		b.written[y+i] = true
		to := b.rows[(y+i)*rowBytes+x/2:][:stride]
		for j, shades := range m.rows[half][i*stride:][:stride] {
			if to[j] == 0 {
				to[j] = shades
			} else if shades != 0 {
				to[j] = max(to[j]&0xf0, shades&0xf0) | max(to[j]&0x0f, shades&0x0f)
			}
		}
	}
}

// file puts the picture together. The result is good until the bench is used again.
func (p *Painter) file(b *bench, top, bottom *band) []byte {
	b.out = append(b.out[:0], p.header...)
	b.out = append(b.out, top.chunk...)
	start := len(b.out)
	b.out = append(b.out, 0, 0, 0, 0, 'I', 'D', 'A', 'T')
	sum := b.tokenize(top.sum)
	b.out = closeChunk(p.code.write(b.out, b.tokens), start)
	b.out = append(b.out, bottom.chunk...)
	b.out = appendChunk(b.out, "IDAT", binary.BigEndian.AppendUint32(nil, sum.with(bottom.sum).value()))
	return appendChunk(b.out, "IEND", nil)
}

// A token is a byte of the filtered rows, or a run of zeros: 256 and their number.
type token uint32

// tokenize filters the rows of the bench into its tokens, and returns the checksum of all rows to here.
func (b *bench) tokenize(sum adler) adler {
	tokens, run := b.tokens[:0], 0
	zeros := func() {
		tokens = append(tokens, 256+token(run))
		sum.b += sum.a * uint64(run)
		run = 0
	}
	literal := func(v byte) {
		if run > 0 {
			zeros()
		}
		tokens = append(tokens, token(v))
		sum.a += uint64(v)
		sum.b += sum.a
	}
	above := b.rows[:rowBytes]
	for y := range ownRows {
		row := b.rows[y*rowBytes:][:rowBytes]
		if !b.written[y] {
			run += 1 + rowBytes // unfiltered, and paper
			above = row
			continue
		}
		literal(fromAbove)
		for x := 0; x < rowBytes; x += 8 {
			if binary.LittleEndian.Uint64(row[x:]) == binary.LittleEndian.Uint64(above[x:]) {
				run += 8
				continue
			}
			for i, v := range row[x : x+8] {
				if v -= above[x+i]; v == 0 {
					run++
				} else {
					literal(v)
				}
			}
		}
		sum = sum.reduced()
		above = row
	}
	if run > 0 {
		zeros()
	}
	b.tokens = tokens
	return adler{sum.a, sum.b, sum.n + ownRows*(1+rowBytes)}.reduced()
}

// An adler is an Adler-32 sum (RFC 1950) of n bytes that is not yet reduced.
type adler struct{ a, b, n uint64 }

const adlerBase = 65521

func sumOf(data []byte) adler {
	s := adler32.Checksum(data)
	return adler{uint64(s & 0xffff), uint64(s >> 16), uint64(len(data))}
}

func (s adler) reduced() adler { return adler{s.a % adlerBase, s.b % adlerBase, s.n} }

// with returns the sum of what s is of, followed by what next is of.
func (s adler) with(next adler) adler {
	s = s.reduced()
	return adler{s.a + next.a + adlerBase - 1, s.b + next.b + (s.a+adlerBase-1)*(next.n%adlerBase), s.n + next.n}.reduced()
}

func (s adler) value() uint32 { return uint32(s.b%adlerBase)<<16 | uint32(s.a%adlerBase) }

// fileHeader is a PNG file up to its pixels.
func fileHeader(palette color.Palette) []byte {
	b := []byte("\x89PNG\r\n\x1a\n")
	size := binary.BigEndian.AppendUint32(nil, Width)
	size = binary.BigEndian.AppendUint32(size, Height)
	b = appendChunk(b, "IHDR", append(size, 4, 3, 0, 0, 0)) // 4 bits, a palette, deflate, no interlacing
	var colours []byte
	for _, c := range palette {
		r, g, bl, _ := c.RGBA()
		colours = append(colours, byte(r>>8), byte(g>>8), byte(bl>>8))
	}
	return appendChunk(b, "PLTE", colours)
}

func appendChunk(b []byte, kind string, data []byte) []byte {
	start := len(b)
	b = append(b, 0, 0, 0, 0)
	b = append(b, kind...)
	return closeChunk(append(b, data...), start)
}

// closeChunk ends the chunk that begins at start.
func closeChunk(b []byte, start int) []byte {
	binary.BigEndian.PutUint32(b[start:], uint32(len(b)-start-8))
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[start+4:]))
}

// learn makes the code of the picture's own words from a picture that has letters of every kind.
func (p *Painter) learn() *code {
	b := newBench()
	var often [symbols]int
	for _, c := range []Card{
		{Title: "Introduction to Sex Therapy", Line: "9–13 November 2026, with practitioners of the Northwest"},
		{Title: "Dr. Maya Quezada-Bjørk", Line: "PhD, LMFT, CST, and a few words that say what this is about and for whom it is meant"},
		{Title: "A long title, such as news have: what changed in 2026 for those who have just begun", Line: "The sum"},
	} {
		p.set(b, c)
		b.tokenize(adler{})
		for _, t := range b.tokens {
			if t < 256 {
				often[t]++
			} else {
				runs(int(t-256), func(n int) { often[symbolOf(n)]++ })
			}
		}
	}
	return newCode(often[:])
}
