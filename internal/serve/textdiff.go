package serve

import (
	"slices"
	"strings"
	"unicode"
)

// A diffLine is one line of what two texts differ in.
type diffLine struct {
	Kind  string // "same", "removed", "added", or "gap" for lines that are alike and left out
	Parts []diffPart
}

// A diffPart is a piece of a line; Changed marks the words that differ.
type diffPart struct {
	Text    string
	Changed bool
}

// diffContext is how many lines that are alike stand around those that differ.
const diffContext = 2

// textDiff returns what differs between two texts, line by line, with the words that changed marked in
// lines that took each other's place. Texts that say the same have no lines.
func textDiff(before, after string) []diffLine {
	a, b := linesOf(before), linesOf(after)
	var all []diffLine
	i, j := 0, 0
	for _, m := range append(common(a, b), [2]int{len(a), len(b)}) {
		all = append(all, replaced(a[i:m[0]], b[j:m[1]])...)
		if m[0] < len(a) {
			all = append(all, diffLine{"same", []diffPart{{Text: a[m[0]]}}})
		}
		i, j = m[0]+1, m[1]+1
	}
	return withoutFar(all)
}

// linesOf returns the lines of a text without their ends.
func linesOf(text string) []string {
	if text == "" {
		return nil
	}
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimSuffix(l, "\r")
	}
	return lines
}

// replaced returns the lines of a that gave way to those of b.
func replaced(a, b []string) []diffLine {
	if len(a) == 0 && len(b) == 0 {
		return nil
	}
	gone, come := []diffPart{{strings.Join(a, "\n"), false}}, []diffPart{{strings.Join(b, "\n"), false}}
	if len(a) > 0 && len(b) > 0 {
		x, y := wordsOf(gone[0].Text), wordsOf(come[0].Text)
		pairs := common(x, y)
		// Where little is left of a line, marks on the rest would only be confetti.
		if kept := weight(x, pairs); 3*kept >= len(gone[0].Text) || 3*kept >= len(come[0].Text) {
			gone, come = marked(x, pairs, 0), marked(y, pairs, 1)
		}
	}
	var out []diffLine
	if len(a) > 0 {
		out = append(out, broken("removed", gone)...)
	}
	if len(b) > 0 {
		out = append(out, broken("added", come)...)
	}
	return out
}

// weight returns how many bytes of words are in the pairs; blanks do not count.
func weight(words []string, pairs [][2]int) int {
	n := 0
	for _, p := range pairs {
		if strings.TrimSpace(words[p[0]]) != "" {
			n += len(words[p[0]])
		}
	}
	return n
}

// marked returns the words with those marked that are in no pair, and the blanks between two such; side
// is the one of the pairs that counts them.
func marked(words []string, pairs [][2]int, side int) []diffPart {
	changed := make([]bool, len(words))
	for i := range changed {
		changed[i] = true
	}
	for _, p := range pairs {
		changed[p[side]] = false
	}
	var parts []diffPart
	for i, word := range words {
		between := i > 0 && i < len(words)-1 && changed[i-1] && changed[i+1] && word != "\n" && strings.TrimSpace(word) == ""
		if n := len(parts); n > 0 && parts[n-1].Changed == (changed[i] || between) {
			parts[n-1].Text += word
		} else {
			parts = append(parts, diffPart{word, changed[i] || between})
		}
	}
	return parts
}

// broken breaks parts into lines.
func broken(kind string, parts []diffPart) []diffLine {
	lines := []diffLine{{Kind: kind}}
	for _, p := range parts {
		for i, text := range strings.Split(p.Text, "\n") {
			if i > 0 {
				lines = append(lines, diffLine{Kind: kind})
			}
			if last := &lines[len(lines)-1]; text != "" {
				last.Parts = append(last.Parts, diffPart{text, p.Changed})
			}
		}
	}
	return lines
}

// wordsOf cuts a text into words, blanks and single marks, which together are the text.
func wordsOf(text string) []string {
	kind := func(r rune) int {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), r == '\'', r == '’':
			return 1
		case r == ' ', r == '\t':
			return 2
		}
		return 0
	}
	var words []string
	begin, last := 0, 0
	for i, r := range text {
		if k := kind(r); i > begin && (k == 0 || k != last) {
			words = append(words, text[begin:i])
			begin = i
		}
		last = kind(r)
	}
	if begin < len(text) {
		words = append(words, text[begin:])
	}
	return words
}

// common returns a longest common subsequence of a and b as pairs of their indices. Of texts that are
// too long for that it returns only what they have in common at the beginning and at the end.
func common(a, b []string) [][2]int {
	const most = 4 << 20 // cells of the table
	var head, tail [][2]int
	for len(head) < min(len(a), len(b)) && a[len(head)] == b[len(head)] {
		head = append(head, [2]int{len(head), len(head)})
	}
	first := len(head)
	n, m := len(a), len(b)
	for n > first && m > first && a[n-1] == b[m-1] {
		n, m = n-1, m-1
		tail = append(tail, [2]int{n, m})
	}
	slices.Reverse(tail)
	rows, columns := n-first, m-first
	if rows == 0 || columns == 0 || rows*columns > most {
		return append(head, tail...)
	}
	// length[i][j] is that of the longest one of a[first+i:n] and b[first+j:m].
	length := make([]int32, (rows+1)*(columns+1))
	at := func(i, j int) *int32 { return &length[i*(columns+1)+j] }
	for i := rows - 1; i >= 0; i-- {
		for j := columns - 1; j >= 0; j-- {
			if a[first+i] == b[first+j] {
				*at(i, j) = *at(i+1, j+1) + 1
			} else {
				*at(i, j) = max(*at(i+1, j), *at(i, j+1))
			}
		}
	}
	pairs := head
	for i, j := 0, 0; i < rows && j < columns; {
		switch {
		case a[first+i] == b[first+j]:
			pairs = append(pairs, [2]int{first + i, first + j})
			i, j = i+1, j+1
		case *at(i+1, j) >= *at(i, j+1):
			i++
		default:
			j++
		}
	}
	return append(pairs, tail...)
}

// withoutFar leaves out the lines that are alike and far from any that differ.
func withoutFar(lines []diffLine) []diffLine {
	near := make([]bool, len(lines))
	differ := false
	for i, l := range lines {
		if l.Kind != "same" {
			differ = true
			for k := max(0, i-diffContext); k <= min(len(lines)-1, i+diffContext); k++ {
				near[k] = true
			}
		}
	}
	if !differ {
		return nil
	}
	var out []diffLine
	for i, l := range lines {
		switch {
		case near[i]:
			out = append(out, l)
		case len(out) == 0 || out[len(out)-1].Kind != "gap":
			out = append(out, diffLine{Kind: "gap"})
		}
	}
	return out
}
