package diag

import (
	"strings"
	"unicode/utf8"
)

// Nearest returns the known word that is most likely meant by word, or "" if none is near: at most
// a third of the letters may differ, letter case aside. Among equally near words the first wins, so
// pass them in a stable order.
func Nearest(word string, known []string) string {
	folded := strings.ToLower(strings.TrimSpace(word))
	best, bestDistance := "", max(1, utf8.RuneCountInString(folded)/3)+1
	for _, k := range known {
		d := Distance(folded, strings.ToLower(k))
		if d < bestDistance {
			best, bestDistance = k, d
		}
	}
	return best
}

// Distance is the number of single-letter edits (insertion, removal, replacement, or transposition of
// neighbours) that turn a into b, each letter edited at most once: the optimal string alignment
// distance after Damerau.
func Distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	before := make([]int, len(t)+1)
	last := make([]int, len(t)+1)
	row := make([]int, len(t)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(s); i++ {
		row[0] = i
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(t)]
}
