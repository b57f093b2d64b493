package yamlx

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// How much is spent on a document that cannot be read: how often the part that is broken is left out;
// how many lines are tried one by one to find it; and how many bytes are read again for that, beside
// eight times the document.
const (
	maxRepairs   = 8
	nearLines    = 48
	repairBudget = 256 << 10
)

// read parses the document, reports what is refused or broken in it, and returns the root of what can
// be read. Where the YAML reader gives up, the entry of the document that holds the broken line is left
// out and the rest is read, so that one slip does not hide another.
func (d *decoder) read() *yaml.Node {
	text := d.blankInvisible(d.data)
	budget := 8*len(text) + repairBudget
	var root *yaml.Node
	for range maxRepairs {
		var err error
		if root, err = parse(text); err == nil {
			break
		}
		if second, ok := errors.AsType[*errSecond](err); ok {
			d.report(second.line, 1, 3, refused, "a second document begins at this line; a file holds one", "remove the line with the hyphens")
			text = text[:lineStart(text, second.line)]
			continue
		}
		d.partial = true
		line := d.explain(brokenLine(text, err, &budget), err.Error())
		if strings.Contains(err.Error(), tooDeep) {
			break // leaving out one line leaves the depth
		}
		text = withoutEntry(text, line)
	}
	if root != nil {
		d.inspect(root, 1)
		d.tabs(root)
		if bytes.Contains(d.data, []byte("! ")) || bytes.Contains(d.data, []byte("!\n")) || bytes.HasSuffix(d.data, []byte("!")) {
			d.loneTags(root)
		}
	}
	return root
}

var errorLine = regexp.MustCompile(`^yaml: line (\d+): `)

// brokenLine returns the line at which the document stops being YAML: the text before it can be read
// and the text with it, or with any more, cannot. A construct that is opened and never closed is thus
// found where it is opened. Budget is how many bytes may be read to find out; when it is used up,
// the answer is what the YAML reader says.
func brokenLine(text []byte, err error, budget *int) int {
	feed := &lineReader{rest: text}
	yaml.NewDecoder(feed).Decode(new(yaml.Node)) // fails as it did before
	starts := []int{0, 0}                        // of each line, counted from 1, and of the one after the last
	for at := 0; at < len(text); starts = append(starts, at) {
		if n := bytes.IndexByte(text[at:], '\n'); n >= 0 {
			at += n + 1
		} else {
			at = len(text)
		}
	}
	blank := func(line int) bool { return len(bytes.TrimSpace(text[starts[line]:starts[line+1]])) == 0 }
	// readable reports whether the lines before a line can be read.
	readable := func(line int) bool {
		start := starts[line]
		if *budget -= start; *budget < 0 {
			return false
		}
		_, err := parse(text[:start])
		_, second := errors.AsType[*errSecond](err)
		return err == nil || second
	}
	line := min(feed.lines, len(starts)-2)
	last := line
	half := *budget / 2
	for ; line > max(0, last-nearLines) && *budget > half; line-- {
		if !blank(line) && readable(line) {
			return line
		}
	}
	// It lies further up. Find a line before which all is well, then halve what is between.
	good, bad := 1, line+1
	for step := nearLines; bad-step > 1; step *= 16 {
		if readable(bad - step) {
			good = bad - step
			break
		}
		bad -= step
	}
	for bad-good > 1 {
		if middle := (good + bad) / 2; readable(middle) {
			good = middle
		} else {
			bad = middle
		}
	}
	if *budget >= 0 {
		for blank(good) && good < last {
			good++
		}
		return good
	}
	if m := errorLine.FindStringSubmatch(err.Error()); m != nil {
		line, _ := strconv.Atoi(m[1])
		return line
	}
	return 1
}

// A lineReader gives one line at a time, so that lines is about how far its user came.
type lineReader struct {
	rest  []byte
	lines int
	half  bool // the last line was too long to be given at once
}

func (r *lineReader) Read(p []byte) (int, error) {
	if len(r.rest) == 0 {
		return 0, io.EOF
	}
	if !r.half {
		r.lines++
	}
	end := bytes.IndexByte(r.rest, '\n') + 1
	if end == 0 {
		end = len(r.rest)
	}
	n := copy(p, r.rest[:end])
	r.half = n < end
	r.rest = r.rest[n:]
	return n, nil
}

// lineStart returns the offset at which a line begins, counted from 1; the length of text if there is
// no such line.
func lineStart(text []byte, line int) int {
	at := 0
	for ; line > 1; line-- {
		n := bytes.IndexByte(text[at:], '\n')
		if n < 0 {
			return len(text)
		}
		at += n + 1
	}
	return at
}

// withoutEntry returns a copy of text in which the outermost entry that holds a line is blank: from
// the line at the margin where it begins to the next one there.
func withoutEntry(text []byte, line int) []byte {
	atMargin := func(start int) bool {
		return start < len(text) && text[start] != ' ' && text[start] != '\t' && text[start] != '\n' && text[start] != '#'
	}
	start := lineStart(text, line)
	for start > 0 && !atMargin(start) {
		start = bytes.LastIndexByte(text[:start-1], '\n') + 1
	}
	end := lineStart(text, line)
	for end < len(text) {
		next := bytes.IndexByte(text[end:], '\n') + 1
		if next == 0 {
			end = len(text)
			break
		}
		if end += next; atMargin(end) {
			break
		}
	}
	out := bytes.Clone(text)
	for i := start; i < end; i++ {
		if out[i] != '\n' {
			out[i] = ' '
		}
	}
	return out
}
