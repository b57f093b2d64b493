package theme

import (
	"hash/fnv"
	"html/template"
	"strconv"
)

// Mark returns the quiet mark that stands on a card without a photo: two contour lines of a shore,
// drawn from the person's id, so that it is always the same for one person and seldom for two.
// It is decoration with a job, telling cards apart, and hidden from assistive technology.
func Mark(id string) template.HTML {
	h := fnv.New64a()
	h.Write([]byte(id))
	bits := h.Sum64()
	next := func(n uint64) int {
		v := bits % n
		bits /= n
		return int(v)
	}
	line := func(y int) string {
		c1, y1, y2, y3 := 8+next(9), y-next(10), y-4+next(9), y-6+next(11)
		return `<path d="M0 ` + strconv.Itoa(y) + "Q" + strconv.Itoa(c1) + " " + strconv.Itoa(y1) + " 24 " + strconv.Itoa(y2) + "T48 " + strconv.Itoa(y3) + `"/>`
	}
	upper := line(18 + next(8))
	lower := line(30 + next(8))
	return template.HTML(`<svg class="mark mark-` + strconv.Itoa(next(3)+1) + `" viewBox="0 0 48 48" aria-hidden="true">` + upper + lower + `</svg>`)
}
