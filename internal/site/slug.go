package site

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// ValidID reports whether id has the form of the ids of records: lower-case ASCII letters and digits
// in groups joined by single hyphens.
func ValidID(id string) bool {
	hyphen := true // as if one stood before the first group
	for i := range len(id) {
		c := id[i]
		switch {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			hyphen = false
		case c == '-' && !hyphen:
			hyphen = true
		default:
			return false
		}
	}
	return !hyphen
}

// Slug turns any text into the form that stands in URLs: accents folded, lower case, every run of
// other characters one hyphen ("PT, DPT" → "pt-dpt", "Coeur d’Alene" → "coeur-dalene").
func Slug(text string) string {
	if ValidID(text) {
		return text
	}
	var b strings.Builder
	hyphen := false
	for _, r := range norm.NFKD.String(strings.ToLower(text)) {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLower(r) || unicode.IsDigit(r)):
			if hyphen && b.Len() > 0 {
				b.WriteByte('-')
			}
			hyphen = false
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r) || r == '\'' || r == '’':
		case letters[r] != "":
			if hyphen && b.Len() > 0 {
				b.WriteByte('-')
			}
			hyphen = false
			b.WriteString(letters[r])
		default:
			hyphen = true
		}
	}
	return b.String()
}

// letters are those that Unicode does not decompose into a base letter and a mark.
var letters = map[rune]string{'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'ł': "l", 'þ': "th", 'ħ': "h", 'ı': "i"}
