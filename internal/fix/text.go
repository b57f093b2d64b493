package fix

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"nwioi/internal/diag"
	"nwioi/internal/markdown"
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
	asTyped   = strings.NewReplacer("\u00A0", " ", "\u202F", " ", "\u200B", "", "\u2060", "")
	asWritten = strings.NewReplacer("&nbsp;", " ", "&#160;", " ")
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
			return asTyped.Replace(edge)
		})
		body = asTyped.Replace(body)
		if !code {
			body = asWritten.Replace(body)
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

var fenceLine = regexp.MustCompile("^[ >*+.)0-9-]*(```+|~~~+)")

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

// yamlBlanks takes away what stands at the end of lines where the document says the same without.
func yamlBlanks(p string, first int, data []byte) ([]byte, diag.List) {
	before := sync.OnceValues(func() (*yamlx.Value, error) { return yamlx.Read(data) }) // few files have such lines
	return withoutBlanks(p, first, data, func(text []byte) bool {
		says, err := before()
		if err != nil {
			return false
		}
		got, err := yamlx.Read(text)
		return err == nil && got.Equal(says)
	})
}

// markdownBlanks takes away what stands at the end of lines where the page looks the same without: two
// spaces that break a line stay, and so does what belongs to code.
func markdownBlanks(p string, first int, data []byte) ([]byte, diag.List) {
	shown := func(text []byte) string {
		doc, _ := markdown.Parse(p, text, 1, markdown.Options{Facts: true})
		return doc.HTML(func(i int) string { return strconv.Itoa(i) })
	}
	before := sync.OnceValue(func() string { return shown(data) })
	return withoutBlanks(p, first, data, func(text []byte) bool { return shown(text) == before() })
}

// withoutBlanks takes away the blanks at the end of lines as far as the text means the same without them.
func withoutBlanks(p string, first int, data []byte, same func([]byte) bool) ([]byte, diag.List) {
	lines := strings.SplitAfter(string(data), "\n")
	var where []int
	for i, line := range lines {
		if blanksAt(line) < len(strings.TrimSuffix(line, "\n")) {
			where = append(where, i)
		}
	}
	// Lines whose blanks mean something are found by halving.
	var take func(where []int) diag.List
	take = func(where []int) (notes diag.List) {
		if len(where) == 0 {
			return nil
		}
		next := slices.Clone(lines)
		for _, i := range where {
			at := blanksAt(lines[i])
			next[i] = lines[i][:at] + strings.TrimLeft(lines[i][at:], " \t")
			notes = append(notes, note(p, place(first+i, lines[i], at), blanks, "the blanks at the end of this line go"))
		}
		if same([]byte(strings.Join(next, ""))) {
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
