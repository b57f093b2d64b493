package yamlx

import (
	"bytes"
	"slices"
	"sort"
	"strings"
)

// A source is a file's bytes and the clean text that is read from them (see CheckText). Changes are
// worked out on the text and made to the bytes, so that a byte order mark and line ends of any kind stay.
type source struct {
	data []byte
	text []byte
	mark int    // bytes of the byte order mark
	wide []int  // offsets in text of the line ends that take two bytes in data
	eol  string // how lines end where there are none yet
}

// A splice replaces the bytes of text between two offsets.
type splice struct {
	start, end int
	with       string
}

func sourceOf(data []byte, eol string) source {
	s := source{data: data, eol: eol}
	rest := data
	for bytes.HasPrefix(rest, []byte(bom)) {
		rest = rest[len(bom):]
	}
	s.mark = len(data) - len(rest)
	if bytes.IndexByte(rest, '\r') < 0 {
		s.text = rest
		return s
	}
	s.text = make([]byte, 0, len(rest))
	for i := 0; i < len(rest); i++ {
		c := rest[i]
		if c == '\r' {
			c = '\n'
			if i+1 < len(rest) && rest[i+1] == '\n' {
				s.wide = append(s.wide, len(s.text))
				i++
			}
		}
		s.text = append(s.text, c)
	}
	return s
}

// offset returns the offset in data of an offset in text.
func (s source) offset(at int) int { return s.mark + at + sort.SearchInts(s.wide, at) }

// endAt returns how the line before an offset of data ends, or else the first line.
func (s source) endAt(offset int) string {
	line := bytes.LastIndexAny(s.data[:offset], "\r\n")
	if line < 0 {
		if line = bytes.IndexAny(s.data, "\r\n"); line < 0 {
			return s.eol
		}
		if s.data[line] == '\r' && line+1 < len(s.data) && s.data[line+1] == '\n' {
			line++
		}
	}
	if s.data[line] == '\n' && line > 0 && s.data[line-1] == '\r' {
		return "\r\n"
	}
	return string(s.data[line])
}

// splice returns the bytes with changes. What a splice has in common with what it replaces, at its
// beginning and end, stays; new lines end as the line before them.
func (s source) splice(list []splice) []byte {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b splice) int { return a.start - b.start })
	out := make([]byte, 0, len(s.data)+256)
	at := 0
	for _, p := range list {
		for p.start < p.end && p.with != "" && s.text[p.start] == p.with[0] {
			p.start, p.with = p.start+1, p.with[1:]
		}
		for p.start < p.end && p.with != "" && s.text[p.end-1] == p.with[len(p.with)-1] {
			p.end, p.with = p.end-1, p.with[:len(p.with)-1]
		}
		start := s.offset(p.start)
		out = append(out, s.data[at:start]...)
		out = append(out, strings.ReplaceAll(p.with, "\n", s.endAt(start))...)
		at = s.offset(p.end)
	}
	return append(out, s.data[at:]...)
}
