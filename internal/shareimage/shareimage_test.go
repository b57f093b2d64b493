package shareimage

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/image/font/sfnt"
)

// institute is the style of the institute's theme.
func institute(t testing.TB) Style {
	t.Helper()
	read := func(name string) string {
		data, err := os.ReadFile("../../themes/institute/assets/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	return Style{
		Paper: color.RGBA{0xf6, 0xf1, 0xe8, 255}, Water: color.RGBA{0xdd, 0xe8, 0xe0, 255}, Ink: color.RGBA{0x17, 0x33, 0x2f, 255},
		Accent: color.RGBA{0x7f, 0x30, 0x18, 255}, Line: color.RGBA{0x6b, 0x82, 0x7b, 255},
		Face: read("share-font.ttf"), Shore: regexp.MustCompile(` d="([^"]+)"`).FindStringSubmatch(read("shoreline.svg"))[1],
		Site: "Northwest Institute on Intimacy",
	}
}

var cards = []Card{
	{Title: "Northwest Institute on Intimacy", Line: "Find a practitioner. Become one."},
	{Kind: "Event", Title: "Talking about desire: an evening for couples", Line: "12 January 2027, with Maya Quezada-Bjørk"},
	{Kind: "Practitioner", Title: "Nguyễn Thị Ánh Nguyệt", Line: "PhD, LMFT, CST", Sample: true},
	{Kind: "Course", Title: "Sexual Attitude Reassessment", Line: "Dates not announced"},
	{Kind: "News", Title: "What the law on telehealth across state lines means for clients who move between Washington, Oregon and Idaho this year", Line: strings.Repeat("A long summary that never ends, ", 12)},
	{Kind: "News", Title: "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle", Line: "Ελληνικά, кириллица, 李明 🎉 and ḥ"},
	{Kind: "Practitioner", Title: "李明", Line: "LMHC"},
	{},
}

func drawn(t testing.TB, p *Painter, c Card) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := p.Write(&b, c); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// An independent decoder, which checks all sums, reads the same pixels that a plain drawing of the same
// layout has, and no file is large.
func TestPicturesAreAsDrawn(t *testing.T) {
	p := New(institute(t))
	for _, c := range cards {
		data := drawn(t, p, c)
		img, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%q: %v", c.Title, err)
		}
		if img.Bounds() != image.Rect(0, 0, Width, Height) {
			t.Fatalf("%q is %v", c.Title, img.Bounds())
		}
		if len(data) > 20_000 {
			t.Errorf("%q takes %d bytes", c.Title, len(data))
		}
		want := plain(p, c)
		for y := range Height {
			for x := range Width {
				if got := img.(*image.Paletted).ColorIndexAt(x, y); got != want.ColorIndexAt(x, y) {
					t.Fatalf("%q has colour %d at %d, %d and not %d", c.Title, got, x, y, want.ColorIndexAt(x, y))
				}
			}
		}
	}
}

// plain draws a card pixel by pixel.
func plain(p *Painter, c Card) *image.Paletted {
	img := image.NewPaletted(image.Rect(0, 0, Width, Height), p.palette)
	for _, part := range []*image.RGBA{p.upper(c.Kind), p.lower(c.Sample)} {
		for y := part.Rect.Min.Y; y < part.Rect.Max.Y; y++ {
			for x := range Width {
				img.Set(x, y, part.At(x, y))
			}
		}
	}
	var b sfnt.Buffer
	title, under := p.blocks(&b, c)
	for _, t := range []block{title, under} {
		t.each(int(p.letters.letter(&b, ' ').advance), func(of letter, at image.Point) {
			mask := p.letters.draw(&b, maskKey{of, t.size})
			for y := mask.Rect.Min.Y; y < mask.Rect.Max.Y; y++ {
				for x := mask.Rect.Min.X; x < mask.Rect.Max.X; x++ {
					shade := shadeOf(mask.AlphaAt(x, y).A)
					if row := at.Y + y; row >= 0 && row < ownRows {
						img.SetColorIndex(at.X+x, ownTop+row, max(shade, img.ColorIndexAt(at.X+x, ownTop+row)))
					}
				}
			}
		})
	}
	return img
}

// Words stay whole and within the margins, and what is left out is marked.
func TestWordsStayWhole(t *testing.T) {
	p := New(institute(t))
	p.once.Do(p.prepare)
	var b sfnt.Buffer
	blank := int(p.letters.letter(&b, ' ').advance)
	dots := p.letters.letter(&b, '…')
	for n := 1; n < 60; n++ {
		for _, w := range []string{"a", "intimacy", "Sexualtherapeutin", "word-with-hyphens"} {
			title, under := p.blocks(&b, Card{Title: strings.Repeat(w+" ", n), Line: strings.Repeat(w+" ", n)})
			said := 0
			for _, part := range []block{title, under} {
				for _, l := range part.lines {
					if width := pixels(widthOf(l, blank), part.size); width > measure {
						t.Errorf("a line of %d times %q is %d pixels wide", n, w, width)
					}
				}
				if below := part.top + max(0, len(part.lines)-1)*part.space + part.size/4; below > ownRows {
					t.Errorf("%d times %q reach down to %d", n, w, below)
				}
			}
			for _, l := range title.lines {
				for _, got := range l {
					said++
					letters := got.letters
					if last := letters[len(letters)-1]; last.letter == dots {
						letters = letters[:len(letters)-1]
						said = n
					}
					if len(letters) != len(w) {
						t.Errorf("a word of %d times %q has %d letters", n, w, len(letters))
					}
				}
			}
			if said != n {
				t.Errorf("of %d times %q only %d are there, and no dots", n, w, said)
			}
		}
	}
}

// What no face has is left out, and an accent that none has leaves its letter: nothing is ever drawn as an
// empty box.
func TestNoEmptyBoxes(t *testing.T) {
	p := New(institute(t))
	p.once.Do(p.prepare)
	var b sfnt.Buffer
	glyphs := func(text string) (n int) {
		for _, w := range p.letters.words(&b, text) {
			for _, at := range w.letters {
				if n++; at.glyph == 0 {
					t.Errorf("%q is drawn with an empty box", text)
				}
			}
		}
		return n
	}
	for text, want := range map[string]int{"李明": 0, "🎉": 0, "ḥ": 1, "e\u0301": 1, "Ελλάδα": 6, "Nguyễn": 6, "a\u200db": 2, "": 0} {
		if got := glyphs(text); got != want {
			t.Errorf("%q has %d letters, not %d", text, got, want)
		}
	}
	if same(t, p, Card{Kind: "Practitioner", Title: "李明", Line: "LMHC"}, Card{Kind: "Practitioner", Title: "LMHC"}) != true {
		t.Error("a name that cannot be drawn does not leave its place to the line below")
	}
}

func same(t *testing.T, p *Painter, x, y Card) bool {
	return bytes.Equal(drawn(t, p, x), drawn(t, p, y))
}

// A name changes with all that is drawn and tells nothing of it.
func TestNames(t *testing.T) {
	p, seen := New(institute(t)), map[string]bool{}
	for _, c := range []Card{{}, {Kind: "a"}, {Title: "a"}, {Line: "a"}, {Sample: true}, {Kind: "a", Title: "a"}, {Title: `a" "a`}} {
		seen[p.Name(c)] = true
	}
	other := institute(t)
	other.Water = color.RGBA{1, 2, 3, 255}
	seen[New(other).Name(Card{})] = true
	if len(seen) != 8 {
		t.Errorf("8 pictures have %d names", len(seen))
	}
	for name := range seen {
		if !regexp.MustCompile(`^[0-9a-f]{16}$`).MatchString(name) {
			t.Errorf("the name %q", name)
		}
	}
}

// The same card has the same bytes whatever was drawn before, and a style without a face or a shore draws
// too.
func TestBytesAreStable(t *testing.T) {
	p := New(institute(t))
	first := drawn(t, p, cards[1])
	for _, c := range cards {
		drawn(t, p, c)
	}
	if !bytes.Equal(first, drawn(t, p, cards[1])) || !bytes.Equal(first, drawn(t, New(institute(t)), cards[1])) {
		t.Error("a picture depends on what was drawn before")
	}
	for _, shore := range []string{"", "M1", "M1 2C3 4", "Mx yC1 2 3 4 5 6", "M1 2L3 4"} {
		s := Style{Paper: color.RGBA{255, 255, 255, 255}, Ink: color.RGBA{0, 0, 0, 255}, Shore: shore, Face: "no font", Site: "x"}
		if _, err := png.Decode(bytes.NewReader(drawn(t, New(s), cards[1]))); err != nil {
			t.Errorf("with the shore %q: %v", shore, err)
		}
	}
}

// Runs of every length come back, whatever code they are written in.
func TestRuns(t *testing.T) {
	for n := 1; n < 2000; n++ {
		total := 0
		runs(n, func(part int) {
			if part != 1 && (part < 3 || part > longest || total == 0) {
				t.Fatalf("a run of %d has a part of %d behind %d", n, part, total)
			}
			total += part
		})
		if total != n {
			t.Fatalf("a run of %d became one of %d", n, total)
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	p := New(institute(b))
	for _, c := range cards {
		drawn(b, p, c)
	}
	for _, c := range cards[1:5] {
		b.Run(fmt.Sprintf("%s/%dletters", c.Kind, len(c.Title)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := p.Write(io.Discard, c); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
