package yamlx

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

const (
	syntax  = "yaml/syntax"
	tooDeep = "exceeded max depth" // the YAML reader's words for more than 10,000 levels
)

// explain reports why the document cannot be read at a line, and returns the line that is to blame.
// The line itself says more than the YAML reader does, whose words (raw) are about what it was waiting
// for; they decide where the line leaves it open.
func (d *document) explain(line int, raw string) int {
	text := d.line(line)
	if key, start := valueOf(text); strings.Contains(raw, "mapping values") && key != "" && spaces(text) == 0 && colonIn(text[start:]) < 0 {
		// A key at the margin is right where it stands: the line above is a text without a key.
		for above := line - 1; above >= 1; above-- {
			if t := strings.TrimSpace(d.line(above)); t != "" && t[0] != '#' {
				line, text, raw = above, d.line(above), "could not find expected ':'"
				break
			}
		}
	}
	d.explainLine(line, text, raw)
	return line
}

func (d *document) explainLine(line int, text, raw string) {
	if at := tabAt(text); at > 0 {
		d.refuseTab(line, at)
		return
	}
	at := func(offset, width int, rule, message, hint string) {
		d.report(line, 1+utf8.RuneCountInString(text[:offset]), width, rule, message, hint)
	}
	indent := spaces(text)
	length := max(1, utf8.RuneCountInString(strings.TrimSpace(text)))
	key, start := valueOf(text)
	value := text[start:]
	said := func(parts ...string) bool {
		for _, p := range parts {
			if strings.Contains(raw, p) {
				return true
			}
		}
		return false
	}

	switch {
	case strings.HasPrefix(text[indent:], ":"):
		at(indent, 1, syntax, "a key is missing before this colon", "write the key, or put the text in quotes")
	case said(tooDeep):
		at(indent, length, refused, fmt.Sprintf("lists and groups stand inside one another more than %d levels deep here", MaxDepth),
			"check the brackets and the indentation")
	case strings.HasPrefix(value, "*") && said("unknown anchor"):
		at(start, extent(value), refused, "a value that begins with * stands for another value, which is not accepted",
			`write the value itself; where the * belongs to a text, put the text in quotes: "*…"`)
	case said("unknown anchor"):
		at(indent, length, refused, "a word in this line begins with * and stands for another value, which is not accepted",
			`where the * belongs to a text, put the text in quotes: "*…"`)
	case said("unknown escape", "hexdecimal", "invalid Unicode"):
		offset := max(0, badEscape(text))
		at(offset, 2, syntax, `within "…" a backslash begins a special character, and there is none of this name`,
			`write two backslashes, \\, or put the text in single quotes: '…'`)
	case value != "" && strings.ContainsRune("@`%&*!|>", rune(value[0])) && said("cannot start", "alphabetic", "expected whitespace", "comment or line break", "tag", "'!'", "indentation indicator", "URI"),
		value != "" && strings.ContainsRune("]},?", rune(value[0])) && said("node content", "mapping keys", "expected key"):
		d.explainSign(value, start, key, at)
	case d.explainBrackets(value, start, key, at):
	case said("comment or line break"):
		at(start, extent(value), syntax, "this text begins on the line of the sign that announces it", "begin the text on the next line, indented")
	case spaceless.MatchString(text) && said("could not find expected ':'", "expected key", "mapping values", "document start"):
		m := spaceless.FindStringSubmatchIndex(text)
		at(m[2], m[3]-m[2]+1, syntax, "a space is missing after this colon", "write "+quoted(text[m[2]:m[3]]+": …"))
	case said("mapping values"):
		if i := colonIn(value); i >= 0 {
			hint := "put the whole text in quotes"
			if key != "" {
				hint = "put the text after " + quoted(key+":") + " in quotes"
			}
			at(start+i, 1, syntax, "this colon makes a second key of the text before it", hint)
			return
		}
		at(indent, length, syntax, "this line is indented under a line that has a value of its own",
			"begin it in the same column as the keys around it, or remove the value above")
	case said("sequence entries"):
		at(max(start, indent), 1, syntax, "a list cannot begin on the line of its key",
			`begin it on the next line with "- ", or write it as [one, another]`)
	case said("could not find expected ':'", "document start"):
		at(indent, length, syntax, "this line is neither a key with a value nor part of the text above it",
			"write it as key: value, or indent it if it belongs to the text above")
	case said("expected '-' indicator"):
		at(indent, length, syntax, "this line stands among the items of a list but does not begin with a hyphen",
			`begin it with "- ", or indent it as what it belongs to`)
	case said("expected key"):
		at(indent, length, syntax, "this line begins in another column than the lines it belongs to",
			"begin all keys of one level, and all hyphens of one list, in the same column")
	case said("node content"):
		at(indent, length, syntax, "a value is missing between the commas or brackets of this line",
			"remove what is too much, or put a text with commas or brackets in quotes")
	case said("expected ','"):
		at(indent, length, syntax, "what stands between the brackets cannot be told apart",
			"put a comma between two values, and a text with a colon, a comma or brackets in quotes")
	case said("tab character"):
		at(max(0, strings.IndexByte(text, '\t')), 1, refused, "a tab stands here where spaces are wanted", "use spaces")
	case said("directive"):
		at(0, length, refused, "a line that begins with % gives the reader orders, which is not accepted", "remove it")
	default:
		at(indent, length, syntax, "this line cannot be read: it is not clear what is a key and what is a value",
			`write it as key: value, with the value in quotes where it holds : # [ ] { } " or '`)
	}
}

// reporter reports a problem at a byte offset of the line.
type reporter func(offset, width int, rule, message, hint string)

// explainSign reports a value that begins with a sign which means something else there.
func (d *document) explainSign(value string, start int, key string, at reporter) {
	switch sign := value[:1]; sign {
	case "!":
		at(start, extent(value), refused, "a value that begins with ! says its own type, which is not accepted",
			`where the ! belongs to a text, put the text in quotes: "!…"`)
	case "|", ">":
		at(start, extent(value), syntax, "after "+sign+" the text begins on the next line",
			"move the text to the next line and indent it, or put it in quotes where the "+sign+" belongs to it")
	default:
		at(start, extent(value), syntax, "a text that begins with "+sign+" must stand in quotes", "write "+quoted(firstWord(value)+"…"))
	}
}

// explainBrackets reports a quotation mark or bracket at the beginning of the value that is not closed
// on its line, or text behind the closed one, and whether there was one.
func (d *document) explainBrackets(value string, start int, key string, at reporter) bool {
	if value == "" || !strings.ContainsRune(`"'[{`, rune(value[0])) {
		return false
	}
	sign := value[:1]
	closing := map[string]string{`"`: `"`, "'": "'", "[": "]", "{": "}"}[sign]
	end := extent(value)
	if !closed(value) {
		kind := "bracket"
		if sign == closing {
			kind = "quotation mark"
		}
		hint := "add " + closing + " at the end"
		if sign == "'" {
			hint += "; within '…' an apostrophe is written twice, or use \"…\""
		}
		at(start, 1, syntax, "the "+kind+" "+sign+" that stands here is not closed on this line", hint)
		return true
	}
	after := strings.TrimLeft(value[end:], " ")
	if after == "" || after[0] == '#' || after[0] == ',' {
		return false
	}
	offset := start + len(value) - len(after)
	message, hint := "this stands behind the closing "+closing, "put all of the text in quotes: \"…\""
	if sign == `"` {
		hint = `put all of the text in one pair of quotes, with \" for a quotation mark within it`
	} else if sign == "'" {
		hint = `put all of the text in one pair of quotes, with '' for an apostrophe within it`
	}
	at(offset, utf8.RuneCountInString(strings.TrimRight(after, " ")), syntax, message, hint)
	return true
}

// closed reports whether the quotation mark or bracket that begins value is closed in it.
func closed(value string) bool {
	end := extent(value)
	if end < 2 {
		return false
	}
	depth, quote := 0, byte(0)
	for i := 0; i < end; i++ {
		switch c := value[i]; {
		case quote == '"' && c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			if i == 0 || depth > 0 {
				quote = c
			}
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			depth--
		}
	}
	return depth <= 0 && quote == 0
}

var (
	dashes    = regexp.MustCompile(`^\s*(- +)*`)
	keyed     = regexp.MustCompile(`^("[^"]*"|'[^']*'|[^\s"'\[\]{}#:][^:#]*):(\s+|$)`)
	spaceless = regexp.MustCompile(`^\s*(?:- +)*([a-z][a-z_]*):[^\s:/]`)
)

// valueOf returns the key of a line, or "", and the offset at which its value begins, after
// indentation, hyphens and key.
func valueOf(text string) (key string, start int) {
	start = len(dashes.FindString(text))
	if m := keyed.FindStringSubmatch(text[start:]); m != nil {
		return m[1], start + len(m[0])
	}
	return "", start
}

// colonIn returns the offset of a colon that ends a key within an unquoted value, or -1.
func colonIn(value string) int {
	if i := strings.Index(value, ": "); i >= 0 {
		return i
	}
	if trimmed := strings.TrimRight(value, " "); strings.HasSuffix(trimmed, ":") {
		return len(trimmed) - 1
	}
	return -1
}

// badEscape returns the offset of the first backslash whose next character names none of YAML's
// escapes, or -1.
func badEscape(text string) int {
	for i := 0; i+1 < len(text); i++ {
		if text[i] != '\\' {
			continue
		}
		if !strings.ContainsRune("0abt\tnvfre \"'/\\N_LP", rune(text[i+1])) {
			return i
		}
		i++
	}
	return strings.IndexByte(text, '\\')
}

func firstWord(text string) string {
	word, _, _ := strings.Cut(text, " ")
	if runes := []rune(word); len(runes) > 12 {
		word = string(runes[:12])
	}
	return word
}
