package markdown

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// special are the bytes of prose that do not stand for themselves: escapes, entities, what HTML and
// plain text must not hold, and what becomes typographic.
var special = func() (t [256]bool) {
	for c := range 0x20 {
		t[c] = true
	}
	for _, c := range []byte("\\&<>\"'-.\x7f\xef") {
		t[c] = true
	}
	return t
}()

// at notes where the next piece of plain text comes from.
func (w *writer) at(offset int) {
	if w.mute || offset == w.expect {
		return
	}
	p := w.s.pos(offset)
	w.runs = append(w.runs, run{int32(len(w.text)), int32(p.Line), int32(p.Col)})
}

// piece writes source text that stands for itself.
func (w *writer) piece(from, to int) {
	if from >= to {
		return
	}
	w.at(from)
	w.text = append(w.text, w.s.src[from:to]...)
	if !w.mute {
		w.out = append(w.out, w.s.src[from:to]...)
	}
	w.expect = to
}

// glyph writes text that stands in the place of one character of the source.
func (w *writer) glyph(offset int, text string) {
	w.at(offset)
	w.text = append(w.text, text...)
	if !w.mute {
		w.out = appendAttr(w.out, text)
	}
	w.expect = offset + 1
}

// lineEnd writes the end of a line within a paragraph.
func (w *writer) lineEnd() {
	w.text = append(w.text, ' ')
	w.raw("\n")
	w.expect = -1
}

// literal writes source text as it is.
func (w *writer) literal(from, to int) {
	begin := from
	for i := from; i < to; i++ {
		c := w.s.src[i]
		if !special[c] {
			continue
		}
		switch {
		case c == '\n' || c == '\t':
		case c == '<' || c == '>' || c == '&' || c == '"':
			w.piece(begin, i)
			w.glyph(i, string(rune(c)))
			begin = i + 1
		case c < 0x20 || c == 0x7f:
			w.piece(begin, i)
			begin = i + 1
		case c == 0xef && strings.HasPrefix(string(w.s.src[i:min(to, i+3)]), FactMark):
			w.piece(begin, i)
			begin = i + 3
			i += 2
		}
	}
	w.piece(begin, to)
}

// prose writes source text with escapes and entities resolved and with typographic punctuation.
func (w *writer) prose(from, to int) {
	src := w.s.src
	begin := from
	for i := from; i < to; {
		c := src[i]
		if !special[c] {
			i++
			continue
		}
		glyph, width := "", 1
		switch c {
		case '\t', '\n':
			i++
			continue
		case '\\':
			if i+1 >= to || !util.IsPunct(src[i+1]) {
				i++
				continue
			}
			w.piece(begin, i)
			w.glyph(i+1, string(rune(src[i+1])))
			i += 2
			begin = i
			continue
		case '&':
			if glyph, width = entity(src[i:to]); width == 0 {
				glyph, width = "&", 1
			}
		case '<', '>':
			glyph = string(rune(c))
		case '"':
			glyph = w.double(i)
		case '\'':
			glyph = w.single(i)
		case '-':
			for i+width < to && src[i+width] == '-' {
				width++
			}
			switch width {
			case 2:
				glyph = "–"
			case 3:
				glyph = "—"
			default:
				i += width
				continue
			}
		case '.':
			if !bytes.HasPrefix(src[i:to], []byte("...")) {
				i++
				continue
			}
			glyph, width = "…", 3
		case 0xef:
			if !bytes.HasPrefix(src[i:to], []byte(FactMark)) {
				i++
				continue
			}
			width = 3
		}
		w.piece(begin, i)
		if glyph != "" {
			w.glyph(i, glyph)
		}
		i += width
		begin = i
	}
	w.piece(begin, to)
}

// around returns the characters on both sides of a source byte; marks of emphasis are looked
// through, and a line end is a space.
func (w *writer) around(i int) (before, after rune) {
	const far = 8
	src := w.s.src
	b := i
	for b > 0 && i-b < far && strings.IndexByte("*_~", src[b-1]) >= 0 {
		b--
	}
	before = ' '
	if b > 0 {
		before, _ = utf8.DecodeLastRune(src[max(0, b-utf8.UTFMax):b])
	}
	a := i + 1
	for a < len(src) && a-i < far && strings.IndexByte("*_~", src[a]) >= 0 {
		a++
	}
	after = ' '
	if a < len(src) {
		after, _ = utf8.DecodeRune(src[a:])
	}
	return before, after
}

// opens reports whether a quotation mark between the two characters begins a quotation.
func opens(before, after rune) bool {
	return !unicode.IsSpace(after) && !strings.ContainsRune(".,;:!?)]}…", after) &&
		(unicode.IsSpace(before) || strings.ContainsRune("([{<|>-–—/=\"'“‘:", before))
}

// double returns what is shown for the straight double quotation mark at i. One that closes nothing
// behind a number is the sign for inches.
func (w *writer) double(i int) string {
	before, after := w.around(i)
	switch {
	case opens(before, after):
		w.doubles++
		return "“"
	case w.doubles > 0:
		w.doubles--
		return "”"
	case unicode.IsDigit(before), unicode.IsSpace(before):
		return `"`
	}
	return "”"
}

// elisions are words that begin with an apostrophe.
var elisions = []string{"tis", "twas", "em", "til", "cause", "round", "n"}

// single returns what is shown for the straight single quotation mark or apostrophe at i.
func (w *writer) single(i int) string {
	before, after := w.around(i)
	switch {
	case opens(before, after):
		word := w.s.src[i+1:]
		if unicode.IsDigit(after) && w.singles == 0 && len(word) >= 3 && word[2] == 's' {
			return "’" // the '90s
		}
		end := bytes.IndexFunc(word[:min(len(word), 8)], func(r rune) bool { return !unicode.IsLetter(r) })
		if end > 0 {
			for _, e := range elisions {
				if strings.EqualFold(e, string(word[:end])) {
					return "’"
				}
			}
		}
		w.singles++
		return "‘"
	case unicode.IsLetter(before) && unicode.IsLetter(after):
		return "’"
	case w.singles > 0:
		w.singles--
		return "’"
	case unicode.IsDigit(before) && !unicode.IsLetter(after), unicode.IsSpace(before):
		return "'"
	}
	return "’"
}

// entity reads an HTML entity at the beginning of src: its characters and how many bytes it has
// there; 0 if there is none. Characters that text must not hold are left out.
func entity(src []byte) (characters string, width int) {
	end := bytes.IndexByte(src[:min(len(src), 40)], ';')
	if end < 2 {
		return "", 0
	}
	name := string(src[1:end])
	if name[0] != '#' {
		if e, ok := util.LookUpHTML5EntityByName(name); ok {
			return clean(string(e.Characters)), end + 1
		}
		return "", 0
	}
	digits, base := name[1:], 10
	if digits != "" && (digits[0] == 'x' || digits[0] == 'X') {
		digits, base = digits[1:], 16
	}
	if len(digits) == 0 || len(digits) > 7 {
		return "", 0
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil {
		return "", 0
	}
	if n == 0 || n > unicode.MaxRune || 0xD800 <= n && n <= 0xDFFF {
		n = utf8.RuneError
	}
	return clean(string(rune(n))), end + 1
}

// clean drops control characters and the mark for facts.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && (r < 0x20 || r >= 0x7f && r < 0xa0) || r == '\uFFFC' {
			return -1
		}
		return r
	}, text)
}

// unescape resolves escapes and entities, in addresses and titles. Unlike prose it keeps control
// characters, so that an address that has some is refused and not repaired.
func unescape(src []byte) string {
	if bytes.IndexByte(src, '\\') < 0 && bytes.IndexByte(src, '&') < 0 {
		return string(src)
	}
	var b strings.Builder
	for i := 0; i < len(src); i++ {
		switch c := src[i]; {
		case c == '\\' && i+1 < len(src) && util.IsPunct(src[i+1]):
			i++
			b.WriteByte(src[i])
		case c == '&':
			if characters, width := entity(src[i:]); width > 0 {
				if characters == "" {
					characters = "\x00"
				}
				b.WriteString(characters)
				i += width - 1
				continue
			}
			b.WriteByte(c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// appendAttr appends text escaped for an attribute in double quotes and for element content.
func appendAttr(out []byte, text string) []byte {
	for i := range len(text) {
		switch c := text[i]; {
		case c == '&':
			out = append(out, "&amp;"...)
		case c == '<':
			out = append(out, "&lt;"...)
		case c == '>':
			out = append(out, "&gt;"...)
		case c == '"':
			out = append(out, "&#34;"...)
		case c < 0x20 && c != '\n' && c != '\t' || c == 0x7f:
		default:
			out = append(out, c)
		}
	}
	return out
}
