package check

import (
	"bytes"
	"unicode/utf8"

	"nwioi/internal/diag"
)

// hardSpaces are characters that look like a space, or like nothing, and come along when text is
// copied from another page.
var hardSpaces = []struct{ written, name string }{
	{"\u00a0", "a space that does not break"},
	{"\u202f", "a narrow space that does not break"},
	{"&nbsp;", "a space that does not break"},
	{"&#160;", "a space that does not break"},
	{"\u200b", "an invisible space"},
	{"\u2060", "an invisible character"},
}

// wordingHardSpace finds them, once in a line.
func wordingHardSpace() rule {
	const id = "wording/hard-space"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Warning, Summary: "Spaces are plain spaces, as typed on a keyboard."},
		sheet: func(r *reading) {
			for _, s := range hardSpaces {
				if !bytes.Contains(r.file.Data, []byte(s.written)) {
					continue
				}
				data := r.places.text()
				for from := 0; ; {
					at := bytes.Index(data[from:], []byte(s.written))
					if at < 0 || r.full(id) {
						break
					}
					r.told[id]++
					pos := r.places.at(from + at)
					r.found = append(r.found, diag.Diagnostic{
						Path: r.file.Path, Pos: pos, Source: r.places.line(pos.Line), Width: utf8.RuneCountInString(s.written),
						Severity: r.pass.severity[id], Rule: id,
						Message: "here is " + s.name + ", as it comes along when text is copied", Hint: "delete it and type a space",
					})
					next := bytes.IndexByte(data[from+at:], '\n')
					if next < 0 {
						break
					}
					from += at + next
				}
			}
		},
	}
}
