package check

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"nwioi/internal/diag"
	"nwioi/internal/source"
	"nwioi/internal/yamlx"
)

// A places finds where in a file something stands. It reads the file again when it is first asked,
// because that happens only when there is something to complain about.
type places struct {
	file  *source.File
	index *yamlx.Index
	data  []byte // as it is read
	lines []int  // where each line begins
	shown string // the line that was asked for last
	nth   int
}

// fields returns the index of the fields of a record, or of a page's front matter.
func (p *places) fields() *yamlx.Index {
	if p.index == nil {
		if strings.HasSuffix(p.file.Path, ".md") {
			front, first, _, _, _ := yamlx.Split(p.file.Path, p.file.Data)
			p.index = yamlx.NewIndex(front, first)
		} else {
			p.index = yamlx.NewIndex(p.file.Data, 1)
		}
	}
	return p.index
}

// field returns the place of a field of a record, or of a page's front matter.
func (p *places) field(name string) (diag.Pos, int, string) {
	if p.index == nil && len(p.file.Data) < 32<<10 && strings.HasSuffix(p.file.Path, ".yaml") {
		if pos, width, line, found := glance(p.text(), name); found {
			return pos, width, line
		}
	}
	return p.fields().Find(name)
}

// inside returns where a place of a Markdown text stands in the file: field is the record's key that
// holds the text, or "" for the body of a page, whose places are those of the file.
func (p *places) inside(field string, at diag.Pos) (diag.Pos, string) {
	if field == "" {
		return at, p.line(at.Line)
	}
	return p.fields().Within(field, at)
}

// spot returns the place of words[start:end] of a text.
func (p *places) spot(t *text, start, end int) (pos diag.Pos, width int, source string) {
	width = utf8.RuneCountInString(t.words[start:end])
	if t.doc != nil {
		pos, source = p.inside(t.field, t.doc.Pos(t.start+start))
		return pos, width, source
	}
	at := diag.Pos{Line: 1, Col: 1 + utf8.RuneCountInString(t.words[:start])}
	if pos, source = p.fields().Within(t.field, at); strings.HasPrefix(after(source, pos.Col-1), t.words[start:end]) {
		return pos, width, source
	}
	// The field goes over several lines or has escapes: the word itself says where it stands, and
	// where it cannot be found the field is shown.
	pos, whole, source := p.fields().Find(t.field)
	word, skip := t.words[start:end], strings.Count(t.words[:start], t.words[start:end])
	for n := pos.Line; n < pos.Line+40; n++ {
		text := p.line(n)
		rest := text
		if n == pos.Line {
			rest = after(text, pos.Col-1)
		}
		for at := strings.Index(rest, word); at >= 0; at = strings.Index(rest, word) {
			if skip == 0 {
				return diag.Pos{Line: n, Col: 1 + utf8.RuneCountInString(text[:len(text)-len(rest)+at])}, width, text
			}
			skip--
			rest = rest[at+len(word):]
		}
	}
	return pos, whole, source
}

// line returns a line of the file, counted from 1, or "".
func (p *places) line(n int) string {
	if p.lines == nil {
		p.lines = []int{0}
		p.data, _ = yamlx.CheckText(p.file.Path, p.file.Data)
		for at, c := range p.data {
			if c == '\n' {
				p.lines = append(p.lines, at+1)
			}
		}
	}
	if n < 1 || n > len(p.lines) {
		return ""
	}
	if p.nth != n { // many problems may stand on one long line
		end := len(p.data)
		if n < len(p.lines) {
			end = p.lines[n] - 1
		}
		p.shown, p.nth = string(p.data[p.lines[n-1]:end]), n
	}
	return p.shown
}

// text returns the file as it is read: without a byte order mark, each line ending in \n.
func (p *places) text() []byte {
	p.line(1)
	return p.data
}

// at returns the line and column of a byte of the text.
func (p *places) at(offset int) diag.Pos {
	p.line(1)
	n, _ := slices.BinarySearch(p.lines, offset+1)
	return diag.Pos{Line: n, Col: 1 + utf8.RuneCount(p.data[p.lines[n-1]:offset])}
}

// after returns what follows the first n characters of a line.
func after(line string, n int) string {
	for ; n > 0 && line != ""; n-- {
		_, size := utf8.DecodeRuneInString(line)
		line = line[size:]
	}
	return line
}

// glance finds a field such as "availability.confirmed_on" or "licenses[2].expires" without reading
// the YAML: notes about age stand in most records of a site that nobody looked after for a while, and
// reading all of those again would take longer than building the site. It finds what is written the
// usual way and leaves the rest to yamlx.
func glance(data []byte, field string) (pos diag.Pos, width int, source string, found bool) {
	key, rest, _ := strings.Cut(field, ".")
	key, number, listed := strings.Cut(key, "[")
	if strings.Contains(rest, ".") || strings.Contains(rest, "[") {
		return pos, 0, "", false
	}
	start := 0
	if !bytes.HasPrefix(data, []byte(key+":")) {
		if start = bytes.Index(data, []byte("\n"+key+":")) + 1; start == 0 {
			return pos, 0, "", false
		}
	}
	end := start + 1
	for end < len(data) { // to the next line that begins a key
		next := bytes.IndexByte(data[end:], '\n')
		if next < 0 {
			end = len(data)
			break
		}
		end += next + 1
		if end < len(data) && strings.IndexByte(" -\r\n", data[end]) < 0 {
			break
		}
	}
	at, limit := start, end
	if listed {
		n := 0
		for _, digit := range strings.TrimSuffix(number, "]") {
			n = n*10 + int(digit-'0')
		}
		if at, limit, found = entry(data, start, end, n); !found {
			return pos, 0, "", false
		}
	}
	if rest != "" {
		value := bytes.Index(data[at:limit], []byte(rest+":"))
		if value < 1 || strings.IndexByte(" {,-", data[at+value-1]) < 0 {
			return pos, 0, "", false
		}
		at += value + len(rest) + 1
		for at < limit && data[at] == ' ' {
			at++
		}
		width = bytes.IndexAny(data[at:limit], ",}\r\n#")
		if width < 1 || strings.IndexByte(`"'|>&*!{[`, data[at]) >= 0 {
			return pos, 0, "", false
		}
		width = len(bytes.TrimRight(data[at:at+width], " "))
	} else {
		width = len(key)
	}
	from := bytes.LastIndexByte(data[:at], '\n') + 1
	to := len(data)
	if i := bytes.IndexByte(data[at:], '\n'); i >= 0 {
		to = at + i
	}
	pos = diag.Pos{Line: 1 + bytes.Count(data[:from], []byte("\n")), Col: 1 + utf8.RuneCount(data[from:at])}
	return pos, width, strings.TrimSuffix(string(data[from:to]), "\r"), true
}

// entry returns where item n of the list of a key begins and ends, if its items begin with a hyphen on
// lines of their own.
func entry(data []byte, start, end, n int) (from, to int, found bool) {
	indent := -1
	for at := start; at < end; {
		next := end
		if i := bytes.IndexByte(data[at:end], '\n'); i >= 0 {
			next = at + i + 1
		}
		text := bytes.TrimLeft(data[at:next], " ")
		spaces := next - at - len(text)
		if at > start && bytes.HasPrefix(text, []byte("- ")) && (indent < 0 || spaces == indent) {
			indent = spaces
			if found {
				return from, at, true
			}
			if n == 0 {
				from, found = at+spaces+1, true
			}
			n--
		}
		at = next
	}
	return from, end, found
}
