package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"nwioi/internal/markdown"
)

// A word is a run of letters and digits, or one cited fact. "tele-health" is two words with a hyphen
// between them, "S.A.R." three.
type word struct {
	start, end int32
	gap        gap
	kind       kind
	fresh      bool // a sentence begins with it
}

// A gap is what stands between a word and the one before.
type gap uint8

const (
	none       gap = iota // it is the first word
	space                 // white space alone
	hyphen                // a hyphen alone
	dot                   // a full stop alone
	apostrophe            // an apostrophe alone
	other                 // anything else
)

// A kind is what a word consists of; several may hold.
type kind uint8

const (
	lower  kind = 1 << iota // ASCII letters
	upper                   // ASCII capitals
	digit                   // ASCII digits
	letter                  // letters beyond ASCII
	fact                    // a cited fact
)

// classes says of each byte what it is in a word: 0 nothing, or a kind.
var classes = func() (t [256]kind) {
	for c := 'a'; c <= 'z'; c++ {
		t[c] = lower
	}
	for c := 'A'; c <= 'Z'; c++ {
		t[c] = upper
	}
	for c := '0'; c <= '9'; c++ {
		t[c] = digit
	}
	return t
}()

// words appends the words of a text to a list.
func words(list []word, text string) []word {
	last := 0 // where the word before ended
	for i := 0; i < len(text); {
		k := classes[text[i]]
		if k == 0 {
			if text[i] < utf8.RuneSelf {
				i++
				continue
			}
			r, size := utf8.DecodeRuneInString(text[i:])
			switch {
			case string(r) == markdown.FactMark:
				k = fact
			case unicode.IsLetter(r):
				k = letter
			default:
				i += size
				continue
			}
		}
		start, all := i, k
		if k == fact {
			i += len(markdown.FactMark)
		} else {
			for i < len(text) {
				if k = classes[text[i]]; k != 0 {
					all |= k
					i++
					continue
				}
				if text[i] < utf8.RuneSelf {
					break
				}
				r, size := utf8.DecodeRuneInString(text[i:])
				if !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) {
					break
				}
				all |= letter
				i += size
			}
		}
		w := word{start: int32(start), end: int32(i), kind: all}
		w.gap, w.fresh = between(text[last:start], len(list) == 0)
		list = append(list, w)
		last = i
	}
	return list
}

// between says what the characters between two words are, and whether a sentence ends in them.
func between(text string, first bool) (gap, bool) {
	if first {
		return none, true
	}
	switch text {
	case " ": // nearly always
		return space, false
	case "-", "\u2011":
		return hyphen, false
	case ".":
		return dot, false
	case "'", "’":
		return apostrophe, false
	}
	spaces, ends := true, false
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case ' ', '\n', '\t', '\r':
		case '.', '!', '?':
			spaces = false
			ends = ends || strings.ContainsAny(text[i:], " \n\t")
		default:
			spaces = false
		}
	}
	if spaces {
		return space, false
	}
	return other, ends
}
