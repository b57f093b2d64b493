package yamlx

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"nwioi/internal/diag"
)

const refused = "yaml/refused"

// inspect refuses the parts of YAML that are not accepted, wherever they stand in the node.
func (d *document) inspect(n *yaml.Node, depth int) {
	switch {
	case n.Kind == yaml.AliasNode:
		d.reportAt(n, refused, "a value that begins with * stands for another value, which is not accepted",
			`write the value itself; where the * belongs to a text, put the text in quotes: "*…"`)
		return
	case n.Anchor != "":
		d.report(n.Line, n.Column, 1+utf8.RuneCountInString(n.Anchor), refused,
			"a value that begins with & has a name for use elsewhere, which is not accepted",
			`remove the name; where the & belongs to a text, put the text in quotes: "&…"`)
	case n.Style&yaml.TaggedStyle != 0:
		d.refuseTag(n)
	}
	if len(n.Content) == 0 {
		d.lostText(n)
		return
	}
	if depth > MaxDepth {
		d.reportAt(n, refused, fmt.Sprintf("lists and groups stand inside one another more than %d levels deep here", MaxDepth),
			"check the brackets and the indentation")
		n.Content = nil
		return
	}
	for i, child := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 {
			switch {
			case child.Kind == yaml.ScalarNode && child.Tag == "!!merge":
				d.reportAt(child, refused, "<< takes in the keys of another group, which is not accepted", "write the keys and values themselves")
			case child.Kind == yaml.MappingNode || child.Kind == yaml.SequenceNode:
				d.reportAt(child, refused, "a key is a single word or text, but "+found(child)+" stands here",
					"put a text in quotes where brackets belong to it")
				continue
			}
		}
		d.inspect(child, depth+1)
	}
}

func (d *document) refuseTag(n *yaml.Node) {
	word, _, _ := strings.Cut(d.rest(n), " ")
	d.report(n.Line, n.Column, max(1, utf8.RuneCountInString(word)), refused,
		"a value that begins with ! says its own type, which is not accepted",
		`remove the word with the !; where it belongs to a text, put the text in quotes: "!…"`)
}

// lostText warns of the rest of a text that became a comment: #1 after a space is one, though nobody
// who writes it means that.
func (d *document) lostText(n *yaml.Node) {
	comment := n.LineComment
	if n.Kind != yaml.ScalarNode || n.Style != 0 || len(comment) < 2 || comment[1] == ' ' || comment[1] == '#' || comment[1] == '\t' {
		return
	}
	text := d.rest(n)
	at := strings.Index(text, comment)
	if at < 0 {
		return
	}
	before := len(d.problems)
	d.report(n.Line, n.Column+utf8.RuneCountInString(text[:at]), utf8.RuneCountInString(comment), "yaml/comment",
		"what follows the # is a comment and is not read", "put the text in quotes, or write a space after the # of a comment")
	for i := range d.problems[before:] {
		d.problems[before+i].Severity = diag.Warning
	}
}

// loneTags refuses an exclamation mark that stands for itself before a value: the YAML reader drops it
// without a trace, so it is looked for where one could be.
func (d *document) loneTags(n *yaml.Node) {
	if n.Style&yaml.TaggedStyle == 0 && n.Kind != yaml.AliasNode && n.Anchor == "" {
		if text := d.rest(n); strings.HasPrefix(text, "! ") || text == "!" {
			d.refuseTag(n)
		}
	}
	for _, child := range n.Content {
		d.loneTags(child)
	}
}

// blankInvisible returns data with a space for each character that cannot be seen and that YAML does not
// allow or reads as the end of a line, and reports the first of each line. Columns stay as they are.
func (d *document) blankInvisible(data []byte) []byte {
	clean := true
	for i, c := range data {
		if c < 0x20 && c != '\n' && c != '\t' || c == 0x7F ||
			c == 0xC2 && data[i+1] < 0xA0 || c == 0xE2 && data[i+1] == 0x80 && data[i+2]&^1 == 0xA8 || c == 0xEF && data[i+1] == 0xBF && data[i+2] >= 0xBE {
			clean = false
			break
		}
	}
	if clean {
		return data
	}
	var out bytes.Buffer
	line, col, last := 1, 1, 0
	for _, r := range string(data) {
		if invisible(r) {
			if line != last {
				hint := "delete it"
				if r == '\u0085' || r == '\u2028' || r == '\u2029' {
					hint = "delete it, and press Enter where a line is to end"
				}
				d.report(line, col, 1, refused, fmt.Sprintf("an invisible character (U+%04X) stands here", r), hint)
			}
			last, r = line, ' '
		}
		out.WriteRune(r)
		if col++; r == '\n' {
			line, col = line+1, 1
		}
	}
	return out.Bytes()
}

func invisible(r rune) bool {
	switch r {
	case '\n', '\t':
		return false
	case '\u2028', '\u2029', '\uFFFE', '\uFFFF':
		return true
	}
	return unicode.IsControl(r)
}

// tabs refuses a tab in the indentation of a line that the YAML reader took all the same. Within a
// block of text (after | or >) it belongs to the text.
func (d *document) tabs(root *yaml.Node) {
	if !bytes.Contains(d.data, []byte("\n\t")) && !bytes.Contains(d.data, []byte(" \t")) && !bytes.HasPrefix(d.data, []byte("\t")) {
		return
	}
	text := map[int]bool{}
	d.textLines(root, text)
	d.line(1)
	for i, line := range d.lines {
		if at := tabAt(line); at > 0 && !text[i+1] && strings.TrimSpace(line) != "" {
			d.refuseTab(i+1, at)
			return
		}
	}
}

func (d *document) refuseTab(line, col int) {
	d.report(line, col, 1, refused, "this line is indented with a tab",
		"indent with spaces, two for each level; an editor can do so for the whole file")
}

// tabAt returns the column of the first tab in a line's indentation, or 0.
func tabAt(line string) int {
	indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
	return strings.IndexByte(indent, '\t') + 1
}

// textLines adds the lines of all blocks of text to lines.
func (d *document) textLines(n *yaml.Node, lines map[int]bool) {
	if n.Kind == yaml.ScalarNode && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		first, indent := d.block(n)
		for l := first; l <= len(d.lines); l++ {
			line := d.line(l)
			if strings.TrimSpace(line) != "" && spaces(line) < indent {
				break
			}
			lines[l] = true
		}
	}
	for _, child := range n.Content {
		d.textLines(child, lines)
	}
}

// block returns the line on which a block of text begins and by how many spaces it is indented.
func (d *document) block(n *yaml.Node) (first, indent int) {
	header := d.rest(n)
	first = n.Line + 1
	for l := first; l <= len(d.lines); l++ {
		line := d.line(l)
		if strings.Trim(line, " ") == "" {
			continue
		}
		indent = spaces(line)
		break
	}
	// An indentation that is given, such as |2, may be less than that of the first line.
	if header, _, _ = strings.Cut(header, " "); strings.ContainsAny(header, "123456789") {
		indent = 1
	}
	return first, max(1, indent)
}

func spaces(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }
