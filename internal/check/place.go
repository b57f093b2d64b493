package check

import (
	"strings"
	"unicode/utf8"

	"nwioi/internal/diag"
	"nwioi/internal/source"
	"nwioi/internal/yamlx"
)

// locate returns the place of a field of a record, or of a page's front matter.
func locate(f *source.File, field string) (diag.Pos, int, string) {
	if strings.HasSuffix(f.Path, ".md") {
		front, first, _, _, _ := yamlx.Split(f.Path, f.Data)
		return yamlx.Locate(front, first, field)
	}
	return yamlx.Locate(f.Data, 1, field)
}

// inside returns where a place of a Markdown text stands in its file: field is the record's key that
// holds the text, or "" for the body of a page, whose places are those of the file.
func inside(f *source.File, field string, at diag.Pos) (diag.Pos, string) {
	if field == "" {
		return at, line(f, at.Line)
	}
	key, _, first := locate(f, field)
	if !isBlock(first, key.Col) {
		return key, first
	}
	at.Line += key.Line
	source := line(f, at.Line)
	at.Col += len(source) - len(strings.TrimLeft(source, " "))
	return at, source
}

// isBlock reports whether the value that begins on a line is a text of several lines (| or >).
func isBlock(line string, col int) bool {
	rest := strings.TrimSpace(after(line, col-1))
	return strings.HasPrefix(rest, "|") || strings.HasPrefix(rest, ">")
}

// after returns what follows the first n characters of a line.
func after(line string, n int) string {
	for ; n > 0 && line != ""; n-- {
		_, size := utf8.DecodeRuneInString(line)
		line = line[size:]
	}
	return line
}

// spot returns the place of words[start:end] of a text.
func (s *sheet) spot(t *text, start, end int) (pos diag.Pos, width int, source string) {
	width = utf8.RuneCountInString(t.words[start:end])
	if t.doc != nil {
		pos, source = inside(s.file, t.field, t.doc.Pos(t.start+start))
		return pos, width, source
	}
	pos, whole, source := locate(s.file, t.field)
	// A plain field may go over several lines, with escapes and folding: the word itself says where
	// it stands, and where it cannot be found the field is shown.
	word, skip := t.words[start:end], strings.Count(t.words[:start], t.words[start:end])
	from := after(source, pos.Col-1)
	for n := pos.Line; n < pos.Line+40; n++ {
		if n > pos.Line {
			source, from = line(s.file, n), line(s.file, n)
		}
		for at := strings.Index(from, word); at >= 0; at = strings.Index(from, word) {
			if skip == 0 {
				col := utf8.RuneCountInString(source[:len(source)-len(from)+at]) + 1
				return diag.Pos{Line: n, Col: col}, width, source
			}
			skip--
			from = from[at+len(word):]
		}
	}
	pos, whole, source = locate(s.file, t.field)
	return pos, whole, source
}

// line returns a line of a file, counted from 1, or "".
func line(f *source.File, n int) string {
	rest := string(f.Data)
	for ; n > 1; n-- {
		_, below, found := strings.Cut(rest, "\n")
		if !found {
			return ""
		}
		rest = below
	}
	first, _, _ := strings.Cut(rest, "\n")
	return strings.TrimPrefix(strings.TrimSuffix(first, "\r"), "\uFEFF")
}
