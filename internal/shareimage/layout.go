package shareimage

import (
	"image"
	"strings"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// Where things stand, in pixels. The band of a picture's own words reaches from ownTop to ownBottom.
const (
	margin    = 84
	measure   = Width - 2*margin // how wide a line may be
	ownTop    = 120
	ownBottom = 472
	ownRows   = ownBottom - ownTop
	kindLine  = 104 // where the letters of the kind stand
	lineSize  = 40  // of all text but the title; a quarter of it in a thumbnail
	lineSpace = 50
	foot      = 12 // below the letters of the last line, for those that reach down
)

// titleSizes are tried in this order, each with its most lines.
var titleSizes = []struct{ size, lines int }{{96, 2}, {80, 3}, {66, 3}, {54, 4}}

// A word is the letters between two spaces. Lengths are in 1/65536 of the size.
type word struct {
	letters []placed
	width   int
}

type placed struct {
	letter
	x int // from the beginning of the word
}

// words reads a text. What no face can draw is left out.
func (l *letters) words(b *sfnt.Buffer, text string) []word {
	text = norm.NFC.String(text)
	all := make([]placed, 0, len(text))
	var words []word
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }) {
		w := word{letters: all[len(all):]}
		var last letter
		for _, r := range part {
			next := l.letter(b, r)
			if next.glyph == 0 {
				continue
			}
			w.width += int(l.kern(b, last, next))
			w.letters = append(w.letters, placed{next, w.width})
			w.width += int(next.advance)
			last = next
		}
		if len(w.letters) > 0 {
			all = all[:len(all)+len(w.letters)]
			words = append(words, w)
		}
	}
	return words
}

// pixels returns a length at a size, rounded up.
func pixels(length, size int) int { return (length*size + 1<<16 - 1) >> 16 }

// wrapped sets words on lines of at most limit, as few as can be. A word that is wider has a line of its
// own, and fits is false.
func wrapped(words []word, space, limit int) (lines [][]word, fits bool) {
	fits = true
	first, width := 0, 0
	for i, w := range words {
		fits = fits && w.width <= limit
		if i > first && width+space+w.width > limit {
			lines = append(lines, words[first:i])
			first, width = i, 0
		}
		if i > first {
			width += space
		}
		width += w.width
	}
	if first < len(words) {
		lines = append(lines, words[first:])
	}
	return lines, fits
}

// balanced sets words on as many lines as wrapped does, of widths that are more alike.
func balanced(words []word, space, limit int) ([][]word, bool) {
	lines, fits := wrapped(words, space, limit)
	for step := limit / 24; fits && len(lines) > 1 && limit > step; limit -= step {
		closer, still := wrapped(words, space, limit-step)
		if !still || len(closer) != len(lines) {
			break
		}
		lines = closer
	}
	return lines, fits
}

// shortened sets words on at most n lines of a width in pixels. What has no room is left out, and "…"
// says so.
func (l *letters) shortened(b *sfnt.Buffer, words []word, size, n, room int) [][]word {
	limit, space := room<<16/size, int(l.letter(b, ' ').advance)
	lines, fits := wrapped(words, space, limit)
	if fits && len(lines) <= n {
		return lines
	}
	n = min(n, len(lines))
	for i, line := range lines[:n] {
		if line[0].width > limit { // a word without end: only here a word is cut
			n = i + 1
		}
	}
	last := append([]word(nil), lines[n-1]...)
	dots := l.letter(b, '…')
	for len(last) > 1 && widthOf(last, space)+int(dots.advance) > limit {
		last = last[:len(last)-1]
	}
	end := &last[len(last)-1]
	end.letters = append([]placed(nil), end.letters...)
	for len(end.letters) > 1 && widthOf(last, space)+int(dots.advance) > limit {
		end.width = end.letters[len(end.letters)-1].x
		end.letters = end.letters[:len(end.letters)-1]
	}
	end.letters = append(end.letters, placed{dots, end.width})
	end.width += int(dots.advance)
	return append(append([][]word(nil), lines[:n-1]...), last)
}

func widthOf(line []word, space int) int {
	width := (len(line) - 1) * space
	for _, w := range line {
		width += w.width
	}
	return width
}

// A block is lines of one size; the letters of the first stand at row top.
type block struct {
	lines            [][]word
	size, top, space int
}

// blocks lays out the words of a card: the title as large as its words allow, and the line below it.
func (p *Painter) blocks(b *sfnt.Buffer, c Card) (title, under block) {
	l := p.letters
	words, more := l.words(b, c.Title), l.words(b, c.Line)
	if len(words) == 0 {
		words, more = more, nil
	}
	blank := int(l.letter(b, ' ').advance)
	below := func(title block) int {
		return title.top + (len(title.lines)-1)*title.space + title.size*3/8 + lineSpace
	}
	for i, try := range titleSizes {
		title = block{size: try.size, top: try.size * 95 / 100, space: try.size * 11 / 10}
		var fits bool
		title.lines, fits = balanced(words, blank, measure<<16/try.size)
		end := below(title) - lineSpace
		if len(more) > 0 {
			end = below(title) + foot
		}
		if fits && len(title.lines) <= try.lines && end <= ownRows {
			break
		}
		if i == len(titleSizes)-1 {
			title.lines = l.shortened(b, words, try.size, try.lines, measure)
		}
	}
	if len(more) > 0 {
		under = block{size: lineSize, top: below(title)}
		under.lines = l.shortened(b, more, lineSize, 1, measure)
	}
	return title, under
}

// each calls draw for every letter of the block with where it stands.
func (t block) each(blank int, draw func(letter, image.Point)) {
	for i, line := range t.lines {
		x := 0
		for _, w := range line {
			for _, at := range w.letters {
				draw(at.letter, image.Pt(margin+(x+at.x)*t.size>>16, t.top+i*t.space))
			}
			x += w.width + blank
		}
	}
}
