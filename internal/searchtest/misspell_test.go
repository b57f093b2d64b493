package searchtest

import (
	"slices"
	"unicode"
)

// The misspellings, each by a rule that looks at nothing but the letters.

// An edit spoils a word; it returns "" where it cannot.
type edit func(d dice, word []rune) string

const alphabet = "abcdefghijklmnopqrstuvwxyz"

func leaveOut(d dice, w []rune) string {
	i := 1 + d.IntN(len(w)-1)
	return string(slices.Concat(w[:i], w[i+1:]))
}

func putIn(d dice, w []rune) string {
	i := 1 + d.IntN(len(w))
	extra := rune(alphabet[d.IntN(26)])
	if d.once(2) {
		extra = unicode.ToLower(w[i-1]) // a letter written twice is what people do most
	}
	return string(slices.Concat(w[:i], []rune{extra}, w[i:]))
}

func replace(d dice, w []rune) string { return replaceAt(d, w, 1+d.IntN(len(w)-1)) }

func replaceFirst(d dice, w []rune) string { return replaceAt(d, w, 0) }

func replaceAt(d dice, w []rune, i int) string {
	other := rune(alphabet[d.IntN(26)])
	if unicode.ToLower(w[i]) == other {
		return ""
	}
	w = slices.Clone(w)
	w[i] = other
	return string(w)
}

func swap(d dice, w []rune) string {
	i := 1 + d.IntN(len(w)-1)
	if unicode.ToLower(w[i]) == unicode.ToLower(w[i-1]) {
		return ""
	}
	w = slices.Clone(w)
	w[i-1], w[i] = w[i], w[i-1]
	return string(w)
}

var anyEdit = []edit{leaveOut, putIn, replace, swap}

func once(d dice, w []rune) string { return one(d, anyEdit)(d, w) }

func twice(d dice, w []rune) string {
	first := once(d, w)
	if first == "" {
		return ""
	}
	return once(d, []rune(first))
}

// apart returns by how many edits two texts differ: letters left out, put in, replaced, or neighbours
// swapped (optimal string alignment). Above most it returns more than most.
func apart(a, b string, most int) int {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) > most || len(y)-len(x) > most {
		return most + 1
	}
	before, last, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := range x {
		row[0] = i + 1
		least := row[0]
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
			least = min(least, row[j+1])
		}
		if least > most {
			return most + 1
		}
		before, last, row = last, row, before
	}
	return last[len(y)]
}
