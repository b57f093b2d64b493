package yamlx

import (
	"bytes"

	"github.com/adrg/frontmatter"

	"nwioi/internal/diag"
)

// fence is the line before and after front matter.
const fence = "---"

// fenced is the one format of front matter that is accepted. The splitter hands over the text between
// the fences as it is; Decode gives it to the same YAML reader as every data file.
var fenced = []*frontmatter.Format{frontmatter.NewFormat(fence, fence, func(data []byte, v any) error {
	*v.(*[]byte) = data
	return nil
})}

// Split separates the front matter of a page from its body, and says on which lines of the file the
// two begin, counted from 1. A byte order mark, CRLF and blank lines before the front matter are
// accepted; front and body are clean in the sense of CheckText.
//
// A page without front matter comes back as body with front nil, one whose front matter does not end
// with both nil; either is reported, and the missing title need not be reported again.
func Split(path string, data []byte) (front []byte, frontLine int, body []byte, bodyLine int, problems diag.List) {
	data, problems = CheckText(path, data)
	if problems != nil {
		return nil, 1, nil, 1, problems
	}
	report := func(line int, rule, message, hint string, source []byte) {
		problems = append(problems, diag.Diagnostic{Path: path, Pos: diag.Pos{Line: line, Col: 1}, Width: max(1, len(bytes.TrimSpace(source))),
			Severity: diag.Error, Rule: rule, Message: message, Hint: hint, Source: string(bytes.TrimRight(source, "\n"))})
	}
	opening, openLine, start := firstLine(data)
	switch string(bytes.TrimSpace(opening)) {
	case fence:
	case "+++", ";;;", "{", "---toml", "---json", "---yaml":
		report(openLine, "page/front-matter", "the front matter of a page is YAML between two lines of three hyphens",
			"write --- on the line before the first key and on the line after the last", opening)
		return nil, openLine, nil, openLine, problems
	default:
		report(1, "page/front-matter", "this page does not begin with front matter",
			"begin with a line ---, then title: and the page's title, then another line ---", nil)
		return nil, 1, data, 1, problems
	}
	body, err := frontmatter.MustParse(bytes.NewReader(data), &front, fenced...)
	if err != nil {
		report(openLine, "page/front-matter", "the front matter that begins here does not end",
			"write a line --- after its last key", opening)
		return nil, openLine + 1, nil, openLine + 1, problems
	}
	// The splitter works on a copy; hand out the parts of the file itself.
	front = data[start : start+len(front)]
	body = data[len(data)-len(body):]
	frontLine = openLine + 1
	bodyLine = frontLine + bytes.Count(front, []byte("\n")) + 1
	closing := data[start+len(front) : len(data)-len(body)]
	if closing[0] != '-' {
		report(bodyLine-1, "page/front-matter", "three hyphens on a line end the front matter, but these are indented",
			"move them to the beginning of the line, or write something else where they belong to a text", closing)
	}
	if opening[0] != '-' {
		report(openLine, "page/front-matter", "three hyphens begin the front matter, but these are indented",
			"move them to the beginning of the line", opening)
	}
	return front, frontLine, body, bodyLine, problems
}

// firstLine returns the first line that is not blank, its number, and the offset at which the next
// line begins.
func firstLine(data []byte) (line []byte, number, next int) {
	for number = 1; ; number++ {
		end := bytes.IndexByte(data[next:], '\n')
		if end < 0 {
			return data[next:], number, len(data)
		}
		line = data[next : next+end]
		next += end + 1
		if len(bytes.TrimSpace(line)) > 0 {
			return line, number, next
		}
	}
}
