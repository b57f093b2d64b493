package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns the words of text as they are compared: compatibility-decomposed (Unicode NFKD),
// without accents, in lower case, with apostrophes closed up ("O'Brien" is "obrien") and the points
// of short abbreviations too ("Ph.D." is "phd"). Everything else that is no letter and no digit
// separates words. Words are cut to maxWord letters.
//
// fold.ts is the same function, and the differential test compares the two. Characters outside
// Unicode's basic plane separate words, so that both halves count and sort letters alike.
func Fold(text string) []string {
	var words []string
	fold(text, func(word []byte) { words = append(words, string(word)) })
	return words
}

// fold calls found with each word of text; the bytes are used again for the next.
func fold(text string, found func(word []byte)) {
	if !ascii(text) {
		text = strings.Map(unicode.ToLower, norm.NFKD.String(text))
	}
	word := make([]byte, 0, 4*maxWord)
	letters := 0
	add := func(s ...rune) {
		for _, r := range s {
			if letters++; letters <= maxWord {
				word = utf8.AppendRune(word, r)
			}
		}
	}
	for i, r := range text {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		switch {
		case r < utf8.RuneSelf && isLetter(r):
			if letters++; letters <= maxWord {
				word = append(word, byte(r))
			}
		case isMark(r), isApostrophe(r):
		case r == '.' && letters > 0 && letters <= 2 && letterAt(text, i+1):
		case isLetter(r):
			if s, ok := spelt[r]; ok {
				add(s...)
			} else {
				add(r)
			}
		case letters > 0:
			found(word)
			word, letters = word[:0], 0
		}
	}
	if letters > 0 {
		found(word)
	}
}

// letterAt reports whether a letter stands at byte i of text.
func letterAt(text string, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return isLetter(unicode.ToLower(r))
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// spelt are letters that no decomposition takes apart but that people type with others.
var spelt = map[rune][]rune{
	'ø': []rune("o"), 'ł': []rune("l"), 'đ': []rune("d"), 'ð': []rune("d"), 'ı': []rune("i"),
	'ß': []rune("ss"), 'æ': []rune("ae"), 'œ': []rune("oe"), 'þ': []rune("th"), 'ς': []rune("σ"),
}

// isLetter reports whether a folded character belongs to a word. Above ASCII everything does but
// the punctuation of Latin-1, the blocks of general punctuation and symbols, and the CJK one; a
// short rule that a browser can follow without Unicode's tables.
func isLetter(r rune) bool {
	if r < 0x80 {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9'
	}
	return r >= 0xC0 && r != 0xD7 && r != 0xF7 &&
		(r < 0x2000 || r > 0x2BFF) && (r < 0x3000 || r > 0x303F) && r < 0xD800
}

// isMark reports combining marks: Latin, Greek and Cyrillic accents, Hebrew and Arabic points.
func isMark(r rune) bool {
	return r >= 0x300 && r <= 0x36F || r >= 0x591 && r <= 0x5C7 || r >= 0x64B && r <= 0x65F
}

func isApostrophe(r rune) bool {
	switch r {
	case '\'', '`', 0xB4, 0x2BC, 0x2BB, 0x2018, 0x2019, 0x201B:
		return true
	}
	return false
}

// folded returns the words of text joined by single spaces.
func folded(text string) string { return strings.Join(Fold(text), " ") }

// cut returns the beginning of text that takes at most n UTF-16 units, for JavaScript counts those.
func cut(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for i, r := range text {
		n--
		if r > 0xFFFF {
			n--
		}
		if n < 0 {
			return text[:i]
		}
	}
	return text
}
