package markdown

import (
	"sort"
	"unicode/utf8"

	"nwioi/internal/diag"
)

// places finds the line and column of byte offsets in the time of a binary search, however long the
// lines are.
type places struct {
	starts []int32 // where each line begins
	counts []int32 // characters before every step-th byte; nil where all are ASCII
	ready  bool
}

const step = 256

func (p *places) prepare(src []byte) {
	p.ready = true
	p.starts = append(make([]int32, 0, len(src)/32+1), 0)
	ascii := true
	for i, c := range src {
		if c == '\n' {
			p.starts = append(p.starts, int32(i+1))
		}
		ascii = ascii && c < utf8.RuneSelf
	}
	if ascii {
		return
	}
	p.counts = make([]int32, 0, len(src)/step+1)
	n := int32(0)
	for i, c := range src {
		if i%step == 0 {
			p.counts = append(p.counts, n)
		}
		if utf8.RuneStart(c) {
			n++
		}
	}
}

// characters counts those that begin before a byte offset.
func (p *places) characters(src []byte, offset int) int {
	if p.counts == nil {
		return offset
	}
	i := min(offset/step, len(p.counts)-1)
	n := int(p.counts[i])
	for _, c := range src[i*step : offset] {
		if utf8.RuneStart(c) {
			n++
		}
	}
	return n
}

// pos returns where a byte offset of the source stands in the file.
func (s *state) pos(offset int) diag.Pos {
	p := &s.places
	if !p.ready {
		p.prepare(s.src)
	}
	offset = min(max(offset, 0), len(s.src))
	line := sort.Search(len(p.starts), func(i int) bool { return int(p.starts[i]) > offset }) - 1
	col := p.characters(s.src, offset) - p.characters(s.src, int(p.starts[line])) + 1
	return diag.Pos{Line: s.firstLine + line, Col: col}
}

// offsetOf returns where a piece of the source begins, if it is one and not a copy.
func (s *state) offsetOf(piece []byte) (offset int, found bool) {
	// A slice of a slice shares the end of its capacity, unless somebody limited it.
	offset = cap(s.src) - cap(piece)
	if len(piece) == 0 || offset < 0 || offset >= len(s.src) || &s.src[offset] != &piece[0] {
		return 0, false
	}
	return offset, true
}
