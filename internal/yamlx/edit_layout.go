package yamlx

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// A layout says where the values of a document stand in its text. The YAML reader tells where a value
// begins; where it ends, and where its key's colon or its hyphen is, is found here.
type layout struct {
	source
	lines []int // offset of each line
	root  *yaml.Node
	spots map[*yaml.Node]spot
}

// A spot is the place of one value: offsets in the text.
type spot struct {
	start, end int        // of the value itself; equal where there is none
	from       int        // where its entry begins: the key, the hyphen, or between brackets the value
	open       int        // behind the colon or hyphen; -1 where a key has none
	parent     *yaml.Node // nil for the root
	index      int        // among the values of the parent
	margin     int        // the indentation of the parent, for blocks of text
	block      block      // of a block of text
}

// flow reports whether the value's entry stands between brackets.
func (s spot) flow() bool { return s.parent != nil && s.parent.Style&yaml.FlowStyle != 0 }

// A block is a text after | or >.
type block struct {
	head    int // end of the sign and what is joined to it
	body    int // offset of the first line of the text; len(text) if there is none
	indent  int // spaces before each line; 0 where no line has words
	chomp   byte
	counted bool // the indentation is given in figures
}

// errPlace says that the text is not understood well enough to be changed.
type errPlace struct{ line int }

func (e *errPlace) Error() string {
	return fmt.Sprintf("line %d is written in a way that can only be changed by hand", e.line)
}

func layoutOf(text source, root *yaml.Node) (*layout, error) {
	l := &layout{source: text, root: root, lines: []int{0}, spots: map[*yaml.Node]spot{}}
	for i, c := range l.text {
		if c == '\n' {
			l.lines = append(l.lines, i+1)
		}
	}
	if root == nil {
		return l, nil
	}
	_, err := l.measure(root, spot{margin: -1}, 0)
	return l, err
}

func (l *layout) fail(n *yaml.Node) error { return &errPlace{n.Line} }

// offset returns where a node begins.
func (l *layout) offset(n *yaml.Node) (int, error) {
	if n.Line < 1 || n.Line > len(l.lines) {
		return 0, l.fail(n)
	}
	at := l.lines[n.Line-1]
	for col := 1; col < n.Column; col++ {
		if at >= len(l.text) || l.text[at] == '\n' {
			return 0, l.fail(n)
		}
		_, size := utf8.DecodeRune(l.text[at:])
		at += size
	}
	return at, nil
}

// column returns how many characters stand before an offset on its line.
func (l *layout) column(at int) int { return utf8.RuneCount(l.text[l.lineStart(at):at]) }

// lineStart and lineEnd return where the line of an offset begins, and where its line end stands.
func (l *layout) lineStart(at int) int { return bytes.LastIndexByte(l.text[:at], '\n') + 1 }

func (l *layout) lineEnd(at int) int {
	if n := bytes.IndexByte(l.text[at:], '\n'); n >= 0 {
		return at + n
	}
	return len(l.text)
}

// next returns the offset behind blanks, line ends and comments.
func (l *layout) next(at int) int {
	for at < len(l.text) {
		switch c := l.text[at]; {
		case c == ' ' || c == '\t' || c == '\n':
			at++
		case c == '#' && (at == 0 || strings.IndexByte(" \t\n", l.text[at-1]) >= 0):
			at = l.lineEnd(at)
		default:
			return at
		}
	}
	return at
}

func (l *layout) has(at int, c byte) bool { return at < len(l.text) && l.text[at] == c }

// blanks returns the offset behind spaces and tabs.
func (l *layout) blanks(at int) int {
	for l.has(at, ' ') || l.has(at, '\t') {
		at++
	}
	return at
}

// measure finds the spot of a node and of all within it, and returns where it ends. Of its spot is known
// what its parent knows; at is where it can begin at the earliest, and stands if it is nothing.
func (l *layout) measure(n *yaml.Node, s spot, at int) (end int, err error) {
	if n.Anchor != "" || n.Kind == yaml.AliasNode || n.Style&yaml.TaggedStyle != 0 {
		return 0, l.fail(n)
	}
	s.start = at
	if n.Kind != yaml.ScalarNode || n.Style != 0 || n.Value != "" {
		if s.start, err = l.offset(n); err != nil {
			return 0, err
		}
		if s.start < at {
			return 0, l.fail(n)
		}
	}
	switch n.Kind {
	case yaml.ScalarNode:
		s.end, err = l.scalar(n, &s)
	case yaml.SequenceNode:
		s.end, err = l.list(n, s.start)
	case yaml.MappingNode:
		s.end, err = l.group(n, s.start)
	default:
		err = l.fail(n)
	}
	l.spots[n] = s
	return s.end, err
}

func (l *layout) scalar(n *yaml.Node, s *spot) (end int, err error) {
	switch {
	case n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0:
		quote := byte('"')
		if n.Style&yaml.SingleQuotedStyle != 0 {
			quote = '\''
		}
		if !l.has(s.start, quote) {
			return 0, l.fail(n)
		}
		for at := s.start + 1; at < len(l.text); at++ {
			switch {
			case l.text[at] == '\\' && quote == '"':
				at++
			case l.text[at] == quote && quote == '\'' && l.has(at+1, quote):
				at++
			case l.text[at] == quote:
				return at + 1, nil
			}
		}
		return 0, l.fail(n)
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return l.blockEnd(n, s)
	}
	// The value tells how far a text without quotation marks goes: only its blanks are written otherwise.
	at := s.start
	for i := 0; i < len(n.Value); {
		if blank(n.Value[i]) {
			if at >= len(l.text) || !blank(l.text[at]) {
				return 0, l.fail(n)
			}
			for i < len(n.Value) && blank(n.Value[i]) {
				i++
			}
			for at < len(l.text) && blank(l.text[at]) {
				at++
			}
			continue
		}
		if !l.has(at, n.Value[i]) {
			return 0, l.fail(n)
		}
		i, at = i+1, at+1
	}
	return at, nil
}

func blank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' }

// blockEnd finds the lines of a text after | or >. Blank lines behind the last words belong to it only
// where it says so with a plus.
func (l *layout) blockEnd(n *yaml.Node, s *spot) (end int, err error) {
	if !l.has(s.start, '|') && !l.has(s.start, '>') {
		return 0, l.fail(n)
	}
	b := block{head: s.start + 1}
	for ; b.head < len(l.text) && strings.IndexByte("+-123456789", l.text[b.head]) >= 0; b.head++ {
		if c := l.text[b.head]; c == '+' || c == '-' {
			b.chomp = c
		} else {
			b.counted, b.indent = true, max(0, s.margin)+int(c-'0')
		}
	}
	end = b.head
	b.body = min(len(l.text), l.lineEnd(b.head)+1)
	for at := b.body; at < len(l.text); at = l.lineEnd(at) + 1 {
		stop := l.lineEnd(at)
		words := at + spaces(string(l.text[at:stop]))
		switch {
		case words == stop && (b.indent == 0 || words-at <= b.indent):
			if b.chomp == '+' && stop < len(l.text) {
				end = stop
			}
			continue
		case b.indent == 0 && words-at > s.margin:
			b.indent = words - at
		case b.indent == 0 || words-at < b.indent:
			s.block = b
			return end, nil
		}
		end = stop
	}
	s.block = b
	return end, nil
}

func (l *layout) list(n *yaml.Node, at int) (end int, err error) {
	flow := n.Style&yaml.FlowStyle != 0
	margin := l.column(at)
	if flow {
		if !l.has(at, '[') {
			return 0, l.fail(n)
		}
		at++
	}
	for i, item := range n.Content {
		at = l.next(at)
		s := spot{from: at, open: at, parent: n, index: i, margin: margin}
		if !flow {
			if !l.has(at, '-') {
				return 0, l.fail(n)
			}
			s.open = at + 1
		}
		if at, err = l.measure(item, s, s.open); err != nil {
			return 0, err
		}
		if flow {
			if comma := l.next(at); l.has(comma, ',') {
				at = comma + 1
			}
		}
	}
	if flow {
		return l.closed(n, at, ']')
	}
	return at, nil
}

func (l *layout) closed(n *yaml.Node, at int, bracket byte) (end int, err error) {
	if at = l.next(at); !l.has(at, bracket) {
		return 0, l.fail(n)
	}
	return at + 1, nil
}

func (l *layout) group(n *yaml.Node, at int) (end int, err error) {
	flow := n.Style&yaml.FlowStyle != 0
	margin := l.column(at)
	braces := flow && l.has(at, '{')
	if braces {
		at++
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Kind != yaml.ScalarNode || key.Style == 0 && key.Value == "" {
			return 0, l.fail(key)
		}
		if at, err = l.measure(key, spot{}, at); err != nil {
			return 0, err
		}
		s := spot{from: l.spots[key].start, open: -1, parent: n, index: i / 2, margin: margin}
		colon := l.blanks(at)
		if flow {
			colon = l.next(at)
		}
		switch {
		case l.has(colon, ':'):
			at = colon + 1
			s.open = at
		case !flow:
			return 0, l.fail(key)
		}
		if at, err = l.measure(value, s, at); err != nil {
			return 0, err
		}
		if flow && braces {
			if comma := l.next(at); l.has(comma, ',') {
				at = comma + 1
			}
		}
	}
	if braces {
		return l.closed(n, at, '}')
	}
	return at, nil
}
