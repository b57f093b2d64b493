package fix

import (
	"regexp"
	"slices"
	"strings"

	"nwioi/internal/diag"
	"nwioi/internal/yamlx"
)

// readable repairs what keeps a YAML document from being read: odd spaces, tabs and curly quotation marks
// where YAML wants plain ones. A change is kept only if less of the document is broken with it.
func readable(p string, first int, data []byte) ([]byte, diag.List) {
	var notes diag.List
	problems := broken(data)
	if out, line, ok := withoutTabs(data, problems); ok {
		data, problems = out, broken(out)
		notes = append(notes, note(p, diag.Pos{Line: first + line - 1, Col: 1}, tabs, "the tabs that indent lines of this file become spaces"))
	}
	for at := 0; at < len(problems); {
		d := problems[at]
		lines := strings.SplitAfter(string(data), "\n")
		if d.Pos.Line < 1 || d.Pos.Line > len(lines) {
			break
		}
		line := lines[d.Pos.Line-1]
		next, kind, sentence := repairLine(line)
		if next == line {
			at++
			continue
		}
		lines[d.Pos.Line-1] = next
		try := []byte(strings.Join(lines, ""))
		left := broken(try)
		if len(left) > len(problems) || len(left) == len(problems) && slices.ContainsFunc(left, func(l diag.Diagnostic) bool { return l.Pos.Line == d.Pos.Line }) {
			at++
			continue
		}
		data, problems, at = try, left, 0
		notes = append(notes, note(p, diag.Pos{Line: first + d.Pos.Line - 1, Col: 1}, kind, sentence))
	}
	return data, notes
}

// broken returns what keeps a document from being read.
func broken(data []byte) diag.List {
	var any yamlx.Discard
	var out diag.List
	for _, d := range yamlx.Decode("", data, 1, &any) {
		if d.Rule == "yaml/syntax" || d.Rule == "yaml/refused" {
			out = append(out, d)
		}
	}
	return out
}

// withoutTabs returns a document whose lines are indented with spaces instead of tabs, and the first line
// that changed, if all widths of a tab with which it can be read say the same.
func withoutTabs(data []byte, problems diag.List) (out []byte, line int, ok bool) {
	if !slices.ContainsFunc(problems, func(d diag.Diagnostic) bool { return strings.Contains(d.Message, "tab") }) {
		return data, 0, false
	}
	var says *yamlx.Value
	for _, width := range []int{2, 4, 8} {
		lines := strings.SplitAfter(string(data), "\n")
		for i, text := range lines {
			indent := len(text) - len(strings.TrimLeft(text, " \t"))
			if strings.Contains(text[:indent], "\t") {
				lines[i] = strings.ReplaceAll(text[:indent], "\t", strings.Repeat(" ", width)) + text[indent:]
				if line == 0 {
					line = i + 1
				}
			}
		}
		try := []byte(strings.Join(lines, ""))
		got, err := yamlx.Read(try)
		switch {
		case err != nil:
			continue
		case out == nil:
			out, says = try, got
		case !got.Equal(says):
			return data, 0, false
		}
	}
	return out, line, out != nil && len(broken(out)) < len(problems)
}

const odd = `\x{00A0}\x{1680}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}`

var (
	oddSpaces = regexp.MustCompile(`^(\s*(?:-\s+)*)([` + odd + `][\s` + odd + `]*)|^((?:\s*-|[^\s:#"'\[{][^:#]*:))([ ]*[` + odd + `][\s` + odd + `]*)`)
	entry     = regexp.MustCompile(`^(\s*(?:- +)*(?:[\pL\pN_.-]+: +)?)(["'“”„‘’].*["'“”„‘’])(\s*(?:#.*)?\n?)$`)
)

// repairLine returns a line with plain spaces before its value, or with straight quotation marks around it.
func repairLine(line string) (next, kind, sentence string) {
	if m := oddSpaces.FindStringSubmatchIndex(line); m != nil {
		from, to := m[4], m[5]
		if from < 0 {
			from, to = m[8], m[9]
		}
		spaces := strings.Map(func(r rune) rune {
			if r == '\n' {
				return r
			}
			return ' '
		}, line[from:to])
		return line[:from] + spaces + line[to:], hardSpace, "a space that was copied from elsewhere becomes a plain one"
	}
	if m := entry.FindStringSubmatch(line); m != nil {
		if inner, ok := unquoted(m[2]); ok {
			return m[1] + `"` + inner + `"` + m[3], quotes, "the curly quotation marks around this value become straight ones"
		}
	}
	return line, "", ""
}

// unquoted returns what stands between curly quotation marks that are meant as YAML's own, one of them
// perhaps straight. A text that has others within is left alone: where it ends is not certain.
func unquoted(text string) (inner string, ok bool) {
	runes := []rune(text)
	last := len(runes) - 1
	if last < 1 || !strings.ContainsRune("\"'“”„‘’", runes[0]) || !strings.ContainsRune("\"'“”‘’", runes[last]) {
		return "", false
	}
	inner = string(runes[1:last])
	straight := strings.ContainsRune(`"'`, runes[0]) && strings.ContainsRune(`"'`, runes[last])
	return inner, !straight && !strings.ContainsAny(inner, "\"\\“”„") && strings.TrimSpace(inner) != ""
}
