package fix

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"nwioi/internal/diag"
	"nwioi/internal/yamlx"
)

// text repairs what can be told from the characters alone.
func text(p string, data []byte) (out []byte, notes diag.List) {
	clean, problems := yamlx.CheckText(p, data)
	if problems != nil {
		return data, nil
	}
	if bytes.HasPrefix(data, []byte("\uFEFF")) {
		notes = append(notes, note(p, diag.Pos{Line: 1, Col: 1}, byteMark, "the invisible mark at the beginning of the file goes"))
	}
	if bytes.IndexByte(data, '\r') >= 0 {
		notes = append(notes, note(p, diag.Pos{Line: 1, Col: 1}, lineEnds, "the lines end as on other systems, and shall end with LF"))
	}
	file := split(p, clean)
	yaml, found := hardSpaces(p, file.line, file.yaml, false)
	notes = append(notes, found...)
	yaml, found = yamlBlanks(p, file.line, yaml)
	notes = append(notes, found...)
	file.yaml = yaml
	if file.page {
		line := file.line + bytes.Count(file.yaml, []byte("\n"))
		body, found := hardSpaces(p, line, file.body, true)
		notes = append(notes, found...)
		body, found = markdownBlanks(p, line, body)
		notes = append(notes, found...)
		file.body = body
	}
	return file.joined(), notes
}

// The characters that look like a space, or like nothing, as the rule wording/hard-space has them.
var (
	hardAt    = regexp.MustCompile(`[\x{00A0}\x{202F}\x{200B}\x{2060}]|&nbsp;|&#160;`)
	hardEdges = regexp.MustCompile(`^[ \t]*(?:[\x{00A0}\x{202F}\x{200B}\x{2060}][ \t]*)+|[ \t]*(?:(?:[\x{00A0}\x{202F}\x{200B}\x{2060}]|&nbsp;|&#160;)[ \t]*)+$`)
	unseen    = strings.NewReplacer("\u200B", "", "\u2060", "")
	plain     = strings.NewReplacer("\u00A0", " ", "\u202F", " ", "\u200B", "", "\u2060", "", "&nbsp;", " ", "&#160;", " ")
)

// hardSpaces puts plain spaces in the place of others. In Markdown, where spaces at the beginning or end of
// a line mean something, those that stood there go; a line with code keeps what is written out in letters.
func hardSpaces(p string, first int, data []byte, markdown bool) ([]byte, diag.List) {
	var notes diag.List
	fence := ""
	lines := strings.SplitAfter(string(data), "\n")
	for i, line := range lines {
		fence = fenceAfter(fence, line)
		at := hardAt.FindStringIndex(line)
		if at == nil {
			continue
		}
		body := strings.TrimSuffix(line, "\n")
		end := line[len(body):]
		code := markdown && (fence != "" || strings.Contains(line, "`"))
		body = hardEdges.ReplaceAllStringFunc(body, func(edge string) string {
			if code && strings.Contains(edge, "&") {
				return edge
			}
			if strings.HasSuffix(body, edge) && edge != body {
				return ""
			}
			if markdown {
				return strings.Map(func(r rune) rune {
					if r == ' ' || r == '\t' {
						return r
					}
					return -1
				}, edge)
			}
			return unseen.Replace(strings.NewReplacer("\u00A0", " ", "\u202F", " ").Replace(edge))
		})
		if code {
			body = strings.NewReplacer("\u00A0", " ", "\u202F", " ", "\u200B", "", "\u2060", "").Replace(body)
		} else {
			body = plain.Replace(body)
		}
		if body+end != line {
			lines[i] = body + end
			notes = append(notes, note(p, place(first+i, line, at[0]), hardSpace, "a space that was copied from elsewhere becomes a plain one"))
		}
	}
	return []byte(strings.Join(lines, "")), notes
}

func place(line int, text string, offset int) diag.Pos {
	return diag.Pos{Line: line, Col: 1 + utf8.RuneCountInString(text[:offset])}
}

var fenceLine = regexp.MustCompile("^ {0,3}(```+|~~~+)")

// fenceAfter returns the fence of the block of code that a line leaves open, given the one before it.
func fenceAfter(fence, line string) string {
	m := fenceLine.FindStringSubmatch(line)
	switch {
	case m == nil:
		return fence
	case fence == "":
		return m[1]
	case m[1][0] == fence[0] && len(m[1]) >= len(fence) && strings.TrimSpace(line[len(m[0]):]) == "":
		return ""
	}
	return fence
}

// blanksAt returns the offset at which the spaces and tabs at the end of a line begin.
func blanksAt(line string) int { return len(strings.TrimRight(strings.TrimSuffix(line, "\n"), " \t")) }

const noBlanks = "the spaces at the end of this line go"

// yamlBlanks takes away what stands at the end of lines where the document says the same without.
func yamlBlanks(p string, first int, data []byte) ([]byte, diag.List) {
	says, err := yamlx.Read(data)
	if err != nil {
		return data, nil
	}
	lines := strings.SplitAfter(string(data), "\n")
	same := func(lines []string) bool {
		got, err := yamlx.Read([]byte(strings.Join(lines, "")))
		return err == nil && got.Equal(says)
	}
	var where []int
	trimmed := make([]string, len(lines))
	for i, line := range lines {
		trimmed[i] = line
		if at := blanksAt(line); at < len(strings.TrimSuffix(line, "\n")) {
			trimmed[i] = line[:at] + line[len(strings.TrimSuffix(line, "\n")):]
			where = append(where, i)
		}
	}
	if len(where) == 0 {
		return data, nil
	}
	// Within a text the blanks may be part of it. Such a line is found by halving.
	var take func(where []int) diag.List
	take = func(where []int) (notes diag.List) {
		next := append([]string(nil), lines...)
		for _, i := range where {
			next[i] = trimmed[i]
		}
		if same(next) {
			for _, i := range where {
				notes = append(notes, note(p, place(first+i, lines[i], blanksAt(lines[i])), blanks, noBlanks))
			}
			lines = next
			return notes
		}
		if len(where) == 1 {
			return nil
		}
		return append(take(where[:len(where)/2]), take(where[len(where)/2:])...)
	}
	notes := take(where)
	return []byte(strings.Join(lines, "")), notes
}

// markdownBlanks takes away what stands at the end of lines and does not break them. Code stays as it is.
func markdownBlanks(p string, first int, data []byte) ([]byte, diag.List) {
	var notes diag.List
	lines := strings.SplitAfter(string(data), "\n")
	fence := ""
	for i, line := range lines {
		before := fence
		fence = fenceAfter(fence, line)
		body := strings.TrimSuffix(line, "\n")
		at := blanksAt(line)
		if at == len(body) || before != "" && fence != "" || strings.HasPrefix(line, "    ") || strings.HasPrefix(strings.TrimLeft(line, " "), "\t") || strings.Count(line, "`")%2 == 1 {
			continue
		}
		breaks := at > 0 && strings.HasSuffix(body, "  ") && i+1 < len(lines) && strings.TrimSpace(lines[i+1]) != ""
		if breaks {
			continue
		}
		notes = append(notes, note(p, place(first+i, line, at), blanks, noBlanks))
		lines[i] = line[:at] + line[len(body):]
	}
	return []byte(strings.Join(lines, "")), notes
}
