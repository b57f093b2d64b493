package theme

import (
	"hash/fnv"
	"html/template"
	"strconv"
)

// Mark returns the sign that stands for a person without a photo: a stretch of shoreline, as inline
// SVG of less than 250 bytes. It is a pure function of the id, so a person keeps the same sign, and
// the style sheet gives it its colours.
func Mark(id string) template.HTML {
	h := fnv.New64a()
	h.Write([]byte(id)) // never fails
	bits := h.Sum64()
	// The low bits of FNV are the livelier ones; fold the rest onto them.
	bits ^= bits >> 32
	next := func(low, spread int) int {
		n := low + int(bits%uint64(spread))
		bits = bits/uint64(spread) ^ bits<<7
		return n
	}
	b := make([]byte, 0, 200)
	b = append(b, `<svg class="mark" viewBox="0 0 72 72" aria-hidden="true"><path d="M-2 `...)
	y := next(30, 20)
	b = num(b, y)
	b = append(b, "C4 "...)
	b = num(b, y+next(0, 9)-4)
	// A smooth curve through bays and points at uneven distances: each stretch goes on in the direction
	// of the one before (the S of SVG), so it takes one handle and one end.
	x, separator := -2, " "
	for _, end := range []int{16 + next(0, 8), 38 + next(0, 8), 56 + next(0, 8), 74} {
		to := next(24, 30)
		b = append(b, separator...)
		b = num(b, end-(end-x)/3)
		b = append(b, ' ')
		b = num(b, to+(36-to)/4)
		b = append(b, ' ')
		b = num(b, end)
		b = append(b, ' ')
		b = num(b, to)
		x = end
		separator = "S"
	}
	b = append(b, `V74H-2Z"/></svg>`...)
	return template.HTML(b)
}

func num(b []byte, n int) []byte { return strconv.AppendInt(b, int64(n), 10) }
