package yamlx

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// A style is how a single value is written.
type style uint8

const (
	plain style = iota
	single
	double
	literal // after |
	folded  // after >
)

func styleOf(n *yaml.Node) style {
	switch {
	case n.Style&yaml.SingleQuotedStyle != 0:
		return single
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return double
	case n.Style&yaml.LiteralStyle != 0:
		return literal
	case n.Style&yaml.FoldedStyle != 0:
		return folded
	}
	return plain
}

// inLine writes a single value on one line, in a style if the value allows it.
func inLine(v any, s style, flow bool) string {
	text, isText := v.(string)
	switch {
	case !isText:
		return scalarText(v)
	case s == single && oneLine(text):
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	case s == plain && plainly(text, flow):
		return text
	}
	return doubleQuoted(text)
}

// plainFor reports whether a text can stand without quotation marks where an old one does, or where none
// was. What other readers of YAML take for a number or a truth value does so only after another of its kind.
func plainFor(text string, old *yaml.Node) bool {
	kind := otherKind(text)
	return kind == "" || old != nil && styleOf(old) == plain && otherKind(old.Value) == kind && kind != "null"
}

// plainly reports whether a text without quotation marks reads as itself.
func plainly(text string, flow bool) bool {
	if text == "" || !oneLine(text) || text != strings.TrimFunc(text, unicode.IsSpace) ||
		strings.ContainsRune("-?:,[]{}#&*!|>'\"%@`=", rune(text[0])) || text == "<<" || strings.HasPrefix(text, "...") ||
		strings.Contains(text, ": ") || strings.HasSuffix(text, ":") || strings.Contains(text, " #") {
		return false
	}
	return !flow || !strings.ContainsAny(text, ",[]{}?") && !strings.Contains(text, ":\"") && !strings.Contains(text, ":'")
}

// oneLine reports whether a text can be written on one line without escapes.
func oneLine(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r == '\n' || !printable(r) })
}

// printable reports whether a character can stand in a text as it is.
func printable(r rune) bool {
	return r == '\n' || !invisible(r) && r != '\t' && r != '\uFEFF' && r != utf8.RuneError
}

var (
	numbers = regexp.MustCompile(`^[-+]?(\.[0-9][0-9_]*|[0-9][0-9_,]*(\.[0-9_]*)?)([eE][-+]?[0-9]+)?$|^[-+]?0[xob][0-9A-Fa-f_]+$|^[-+]?[0-9][0-9_]*(:[0-9]{1,2})+(\.[0-9_]*)?$|^[-+]?\.(inf|Inf|INF)$|^\.(nan|NaN|NAN)$`)
	truths  = regexp.MustCompile(`^(?i:true|false|yes|no|on|off|y|n)$`)
)

// otherKind names what a text without quotation marks is to other readers of YAML, 1.1 or 1.2: a
// decimal number, a number of another form, a truth value, nothing; "" for a text. A date is a text.
func otherKind(text string) string {
	switch {
	case text == "" || text == "~" || strings.EqualFold(text, "null"):
		return "null"
	case truths.MatchString(text):
		return "truth"
	case number(text):
		return "decimal"
	case numbers.MatchString(text):
		return "number"
	}
	return ""
}

// doubleQuoted writes a text between double quotation marks, with escapes for what cannot be seen.
func doubleQuoted(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case printable(r) || r == utf8.RuneError:
			b.WriteRune(r)
		case r < 0x100:
			fmt.Fprintf(&b, `\x%02X`, r)
		default:
			fmt.Fprintf(&b, `\u%04X`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// overSeveral reports whether a text is best written as a block after |.
func overSeveral(text string) bool { return strings.Contains(text, "\n") && blockable(text) }

// blockable reports whether a text can be written as a block after | or >.
func blockable(text string) bool {
	return strings.TrimSpace(text) != "" && !strings.ContainsFunc(text, func(r rune) bool { return !printable(r) && r != '\t' })
}

// asBlock writes a text as a block after |, in the manner of b: the sign with what is joined to it, and the
// lines. Before what the block belongs to stand margin spaces.
func asBlock(text string, b block, margin int) (head string, body []string) {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	return blockHead("|", text, b, margin), indented(lines, b.indent)
}

func indented(lines []string, indent int) []string {
	body := make([]string, len(lines))
	for i, line := range lines {
		if line != "" {
			body[i] = pad(indent) + line
		}
	}
	return body
}

// blockHead returns the sign before a block of text, with the figure that gives its indentation where the
// first line does not show it, and the sign for how the text ends.
func blockHead(sign, text string, b block, margin int) string {
	words := strings.TrimLeft(text, "\n")
	if b.counted || strings.HasPrefix(words, " ") || strings.HasPrefix(words, "\t") {
		sign += strconv.Itoa(b.indent - max(0, margin))
	}
	switch ends := len(text) - len(strings.TrimRight(text, "\n")); {
	case ends == 0:
		return sign + "-"
	case ends > 1 || b.chomp == '+':
		return sign + "+"
	}
	return sign
}

// asFolded writes a text as a block after >. A paragraph that was there before keeps its lines; another is
// broken where it would get longer than those. Ok is false for a text with lines that begin with a blank,
// which stay as they are in such a block and need care.
func asFolded(text string, old []string, b block, margin int) (head string, body []string, ok bool) {
	kept, width := map[string][]string{}, 40
	var paragraph []string
	for _, line := range append(old, "") {
		width = max(width, utf8.RuneCountInString(line))
		if line != "" {
			paragraph = append(paragraph, line)
			continue
		}
		kept[strings.Join(paragraph, " ")] = paragraph
		paragraph = nil
	}
	var lines []string
	for i, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		switch {
		case line != "" && blank(line[0]):
			return "", nil, false
		case i > 0:
			lines = append(lines, "")
		}
		if same, ok := kept[line]; ok {
			lines = append(lines, same...)
		} else if line != "" {
			lines = append(lines, wrap(line, width)...)
		}
	}
	for range len(text) - len(strings.TrimRight(text, "\n")) - 1 {
		lines = append(lines, "")
	}
	return blockHead(">", text, b, margin), indented(lines, b.indent), true
}

// wrap breaks a text at single spaces into lines of at most width characters, where it can.
func wrap(text string, width int) []string {
	var lines []string
	start, last := 0, -1 // of the line, and where it can end
	for i := 1; i+1 < len(text); i++ {
		if text[i] == ' ' && !blank(text[i-1]) && !blank(text[i+1]) {
			if last > start && utf8.RuneCountInString(text[start:i]) > width {
				lines, start = append(lines, text[start:last]), last+1
			}
			last = i
		}
	}
	if last > start && utf8.RuneCountInString(text[start:]) > width {
		lines, start = append(lines, text[start:last]), last+1
	}
	return append(lines, text[start:])
}
