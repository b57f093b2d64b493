package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// bareAddress makes links of addresses in text that nothing marks up, as GitHub does: https://…,
// www.… and name@example.org. It is asked at the character in their midst, and not at every space,
// and takes back what of the address the text before already holds.
type bareAddress struct{}

func (bareAddress) Trigger() []byte { return []byte{':', '.', '@'} }

// maxAddress bounds how far an address is followed.
const maxAddress = 2000

func (bareAddress) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	last, ok := parent.LastChild().(*ast.Text)
	if !ok {
		return nil
	}
	line, segment := block.PeekLine()
	if last.IsRaw() || last.SoftLineBreak() || last.HardLineBreak() || last.Segment.Stop != segment.Start || segment.Padding != 0 {
		return nil
	}
	before := block.Source()[last.Segment.Start:segment.Start]
	line = line[:min(len(line), maxAddress)]
	head, tail := 0, 0 // bytes of the address before the position, and from it
	kind, protocol := ast.AutoLinkURL, ""
	switch line[0] {
	case ':':
		if !bytes.HasPrefix(line, []byte("://")) {
			return nil
		}
		for _, scheme := range []string{"https", "http"} {
			if ends(before, scheme) {
				head = len(scheme)
				break
			}
		}
		if head == 0 {
			return nil
		}
		if tail = address(line, 3); tail <= 3 || bytes.IndexByte(line[3:tail], '.') < 0 {
			return nil
		}
	case '.':
		if !ends(before, "www") {
			return nil
		}
		head, protocol = 3, "https"
		if tail = address(line, 1); tail <= 1 || bytes.IndexByte(line[1:tail], '.') < 0 {
			return nil
		}
	case '@':
		kind = ast.AutoLinkEmail
		for head < len(before) && (alphanumeric(before[len(before)-1-head]) || bytes.IndexByte([]byte("._+-"), before[len(before)-1-head]) >= 0) {
			head++
		}
		tail = 1
		for tail < len(line) && (alphanumeric(line[tail]) || line[tail] == '-' || line[tail] == '_' || line[tail] == '.') {
			tail++
		}
		for tail > 1 && line[tail-1] == '.' {
			tail--
		}
		if head == 0 || tail == 1 || bytes.IndexByte(line[1:tail], '.') < 1 || !alphanumeric(line[tail-1]) {
			return nil
		}
	}
	if pc.IsInLinkLabel() {
		return nil
	}
	start := segment.Start - head
	last.Segment.Stop = start
	if last.Segment.Start == start {
		parent.RemoveChild(parent, last)
	}
	block.Advance(tail)
	node := ast.NewAutoLink(kind, ast.NewTextSegment(text.NewSegment(start, segment.Start+tail)))
	if protocol != "" {
		node.Protocol = []byte(protocol)
	}
	node.SetPos(start)
	return node
}

// ends reports whether text ends with a whole word, in any case.
func ends(text []byte, word string) bool {
	i := len(text) - len(word)
	return i >= 0 && bytes.EqualFold(text[i:], []byte(word)) && (i == 0 || !alphanumeric(text[i-1]))
}

func alphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// address returns where an address that begins before from ends in line: at a space, at "<", and
// without punctuation that belongs to the sentence (GFM, extended autolinks).
func address(line []byte, from int) int {
	end := from
	for end < len(line) && line[end] > ' ' && line[end] != '<' && line[end] != 0x7f && line[end] != '\\' && line[end] != '"' {
		end++
	}
	for end > from {
		switch line[end-1] {
		case '?', '!', '.', ',', ':', '*', '_', '~', '\'', ']':
			end--
			continue
		case ')':
			if bytes.Count(line[:end], []byte(")")) > bytes.Count(line[:end], []byte("(")) {
				end--
				continue
			}
		case ';':
			if i := bytes.LastIndexByte(line[:end], '&'); i >= from && end-i < 12 {
				end = i
				continue
			}
		}
		break
	}
	if end > from && !alphanumeric(line[from]) {
		return from
	}
	return end
}
