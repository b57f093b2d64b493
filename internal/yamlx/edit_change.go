package yamlx

import (
	"errors"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// replace gives the value at a path another content.
func (d *editing) replace(at []step, v any) ([]byte, error) {
	want := valueFor(v)
	if len(at) > 0 {
		want = changed(d.says, at, func(*Value) *Value { return want })
	}
	w := d.writer()
	quoted := w
	quoted.quoted = true
	if len(at) == 0 {
		return d.try(want, d.whole(w, v), d.whole(quoted, v))
	}
	n := d.node(at)
	s := d.spots[n]
	var ways [][]splice
	text, isText := v.(string)
	if old := styleOf(n); isText && n.Kind == yaml.ScalarNode {
		multi := strings.Contains(text, "\n")
		switch {
		case (old == literal || old == folded) && blockable(text):
			b := s.block
			if b.indent == 0 {
				b.indent = max(0, s.margin) + w.step
			}
			if head, body, ok := asFolded(text, d.blockLines(s), b, s.margin); ok && old == folded {
				ways = append(ways, d.put(n, head, body))
			}
			head, body := asBlock(text, b, s.margin)
			ways = append(ways, d.put(n, head, body))
		case multi && old == double && strings.Contains(n.Value, "\n"), !multi && (old == double || old == single), !multi && plainFor(text, n):
			ways = append(ways, d.put(n, inLine(text, old, s.flow()), nil))
		}
	}
	for _, w := range []writer{w, quoted} {
		if s.flow() {
			ways = append(ways, d.put(n, w.flow(v), nil))
			continue
		}
		head, body := w.block(v, s.margin, s.parent.Kind == yaml.SequenceNode)
		ways = append(ways, d.put(n, head, body))
	}
	return d.try(want, ways...)
}

// rename gives a key another name.
func (d *editing) rename(at []step, name string) ([]byte, error) {
	up, old := at[:len(at)-1], at[len(at)-1].key
	n := d.node(up)
	if name != old && valueOfKey(n, name) != nil {
		return nil, errors.New("there is a key of the new name already")
	}
	want := changed(d.says, up, func(group *Value) *Value {
		out := *group
		out.Keys = slices.Clone(group.Keys)
		out.Keys[slices.Index(out.Keys, old)] = name
		return &out
	})
	key := n.Content[2*d.spots[d.node(at)].index]
	s := d.spots[key]
	w := writer{}
	return d.try(want, []splice{{s.start, s.end, w.like(name, key, true)}}, []splice{{s.start, s.end, doubleQuoted(name)}})
}

// whole writes a value as all that the document says.
func (d *editing) whole(w writer, v any) []splice {
	head, body := w.block(v, 0, true)
	for i := range body {
		body[i] = strings.TrimPrefix(body[i], "  ")
	}
	text := strings.Join(append([]string{head}, body...), "\n")
	if d.root != nil {
		s := d.spots[d.root]
		return []splice{{s.start, s.end, text}}
	}
	end := len(d.text)
	switch {
	case end == 0:
		text += "\n"
	case d.text[end-1] == '\n':
		text += "\n"
	default:
		text = "\n" + text
	}
	return []splice{{end, end, text}}
}

// put replaces the value of a key or hyphen by what stands on its line and the lines below. Comments stay.
func (d *editing) put(n *yaml.Node, head string, body []string) []splice {
	s := d.spots[n]
	below := ""
	if len(body) > 0 {
		below = "\n" + strings.Join(body, "\n")
	}
	behind := ""
	if head != "" {
		behind = " " + head
	}
	switch {
	case s.open < 0:
		return []splice{{s.end, s.end, ":" + behind}}
	case s.start == s.end:
		eol := d.lineEnd(s.open)
		return []splice{{s.open, s.open, behind}, {eol, eol, below}}
	case s.flow():
		return []splice{{s.start, s.end, head}}
	}
	later := slices.Contains(d.text[s.open:s.start], '\n')
	block := n.Kind == yaml.ScalarNode && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0
	start, with := s.start, head
	if head == "" {
		start, with = s.open, ""
	}
	switch collection := n.Kind != yaml.ScalarNode && n.Style&yaml.FlowStyle == 0; {
	case later && (collection || block || body != nil):
		eol := d.lineEnd(s.open)
		return []splice{{s.open, s.open, behind}, {eol, eol, below}, {d.lineStart(s.start) - 1, d.lineEnd(s.end), ""}}
	case block:
		first := d.lineEnd(s.block.head)
		return []splice{{start, s.block.head, with}, {first, max(first, s.end), below}}
	}
	eol := d.lineEnd(s.end)
	return []splice{{start, s.end, with}, {eol, eol, below}}
}

// blockLines returns the lines of a block of text without their indentation.
func (d *editing) blockLines(s spot) []string {
	if s.end <= s.block.body {
		return nil
	}
	lines := strings.Split(string(d.text[s.block.body:s.end]), "\n")
	for i, line := range lines {
		lines[i] = line[min(len(line), s.block.indent):]
	}
	return lines
}

// add puts a value where the path ends that is there: a key of a group, or an item behind the last.
func (d *editing) add(at, rest []step, v any, after []string) ([]byte, error) {
	for i := len(rest) - 1; i > 0; i-- {
		if v = wrapped(rest[i], v); v == nil {
			return nil, errors.New("there is no such item")
		}
	}
	first := rest[0]
	n := d.root
	if n != nil {
		n = d.node(at)
	}
	switch {
	case n == nil, n.Kind == yaml.ScalarNode && valueFrom(n).Form == Nothing, len(n.Content) == 0 && n.Kind != yaml.ScalarNode && first.item == (n.Kind == yaml.SequenceNode):
		if v = wrapped(first, v); v == nil {
			return nil, errors.New("there is no such item")
		}
		return d.replace(at, v)
	case n.Kind == yaml.SequenceNode && first.item && first.index == len(n.Content):
		return d.insert(child(at, first), v)
	case n.Kind == yaml.SequenceNode && first.item:
		return nil, errors.New("there is no such item")
	case n.Kind != yaml.MappingNode || first.item:
		return nil, errors.New("another kind of value stands there")
	}
	want := changed(d.says, at, func(group *Value) *Value {
		out := *group
		out.Keys, out.Items = append(slices.Clone(group.Keys), first.key), append(slices.Clone(group.Items), valueFor(v))
		return &out
	})
	behind := len(n.Content)/2 - 1
	if after != nil {
		behind = -1
		for i := 0; i+1 < len(n.Content); i += 2 {
			if slices.Contains(after, n.Content[i].Value) {
				behind = i / 2
			}
		}
	}
	w := d.writer()
	quoted := w
	quoted.quoted = true
	var ways [][]splice
	for _, w := range []writer{w, quoted} {
		if n.Style&yaml.FlowStyle != 0 {
			ways = append(ways, d.between(n, behind+1, w.key(first.key)+" "+w.flow(v)))
			continue
		}
		ways = append(ways, d.lay(n, behind+1, w.entry(first.key, v, d.column(d.spots[n].start)))...)
	}
	return d.try(want, ways...)
}

// wrapped returns the group or list that holds one value, or nil where the path cannot mean one.
func wrapped(s step, v any) any {
	switch {
	case !s.item:
		return Group{{s.key, v}}
	case s.index == 0:
		return []any{v}
	}
	return nil
}

// insert puts a value before an item, or behind the last one.
func (d *editing) insert(at []step, v any) ([]byte, error) {
	n, i := d.node(at[:len(at)-1]), at[len(at)-1].index
	want := changed(d.says, at[:len(at)-1], func(list *Value) *Value {
		out := *list
		out.Items = slices.Insert(slices.Clone(list.Items), i, valueFor(v))
		return &out
	})
	w := d.writer()
	quoted := w
	quoted.quoted = true
	sibling := n.Content[min(i, len(n.Content)-1)]
	s := d.spots[sibling]
	var ways [][]splice
	for _, w := range []writer{w, quoted} {
		if n.Style&yaml.FlowStyle != 0 {
			ways = append(ways, d.between(n, i, w.like(v, sibling, true)))
			continue
		}
		column := d.column(s.from)
		head, body := w.block(v, column, true)
		if text, ok := v.(string); ok && !overSeveral(text) || sibling.Style&yaml.FlowStyle != 0 {
			head, body = w.like(v, sibling, false), nil
		}
		gap := " "
		if body == nil && s.start > s.open && d.lineStart(s.start) == d.lineStart(s.open) {
			gap = string(d.text[s.open:s.start])
		}
		ways = append(ways, d.lay(n, i, append([]string{pad(column) + "-" + gap + head}, body...))...)
	}
	return d.try(want, ways...)
}

// lay puts the lines of a new entry before entry i of a group or list over several lines, or behind the last.
func (d *editing) lay(n *yaml.Node, i int, lines []string) [][]splice {
	text := strings.Join(lines, "\n")
	if i == 0 {
		from := d.spots[entryValue(n, 0)].from
		return [][]splice{{{from, from, strings.TrimLeft(text, " ") + "\n" + pad(d.column(from))}}}
	}
	if n.Kind == yaml.SequenceNode && i < len(n.Content) {
		start := d.lineStart(d.spots[n.Content[i]].from)
		return [][]splice{{{start, start, text + "\n"}}}
	}
	last := d.lastIn(entryValue(n, i-1))
	end := d.lineEnd(d.spots[last].end)
	way := []splice{{end, end, "\n" + text}}
	ways := [][]splice{way}
	if b := d.spots[last].block; b.head > 0 && end == len(d.text) {
		// The last line of this text had no line end, and gets one now.
		start := b.head
		if b.chomp != 0 {
			start--
		}
		ways = append(ways, append([]splice{{start, b.head, "-"}}, way...))
	}
	return ways
}

// entryValue returns the value of entry i of a group or list.
func entryValue(n *yaml.Node, i int) *yaml.Node {
	if n.Kind == yaml.MappingNode {
		return n.Content[2*i+1]
	}
	return n.Content[i]
}

// lastIn returns the single value or bracket with which a value ends.
func (d *editing) lastIn(n *yaml.Node) *yaml.Node {
	for n.Style&yaml.FlowStyle == 0 && len(n.Content) > 0 {
		n = n.Content[len(n.Content)-1]
	}
	return n
}

// ownLine reports whether an entry begins its line.
func (d *editing) ownLine(s spot) bool { return d.blanks(d.lineStart(s.from)) == s.from }

// between puts a new entry before entry i between brackets, or behind the last.
func (d *editing) between(n *yaml.Node, i int, text string) []splice {
	entries := len(n.Content)
	if n.Kind == yaml.MappingNode {
		entries /= 2
	}
	if i < entries {
		s := d.spots[entryValue(n, i)]
		if d.ownLine(s) {
			return []splice{{s.from, s.from, text + ",\n" + string(d.text[d.lineStart(s.from):s.from])}}
		}
		return []splice{{s.from, s.from, text + ", "}}
	}
	s := d.spots[entryValue(n, entries-1)]
	comma := d.next(s.end)
	trailing := d.has(comma, ',')
	at := s.end
	if trailing {
		at = comma + 1
	}
	if !d.ownLine(s) {
		if trailing {
			return []splice{{at, at, " " + text}}
		}
		return []splice{{at, at, ", " + text}}
	}
	if behind := d.blanks(at); behind == len(d.text) || d.text[behind] == '\n' || d.text[behind] == '#' {
		at = d.lineEnd(behind)
	}
	text = "\n" + string(d.text[d.lineStart(s.from):s.from]) + text
	if trailing {
		return []splice{{at, at, text + ","}}
	}
	return []splice{{s.end, s.end, ","}, {at, at, text}}
}

// remove takes an entry away with the comment at its end. Lines of comment before it stay, unless they
// and it are a paragraph of their own.
func (d *editing) remove(at []step) ([]byte, error) {
	if len(at) == 0 {
		return nil, errors.New("the whole file cannot be removed here")
	}
	up := at[:len(at)-1]
	n := d.node(at)
	s := d.spots[n]
	entries := len(s.parent.Content)
	if s.parent.Kind == yaml.MappingNode {
		entries /= 2
	}
	if entries == 1 && (len(up) > 0 || s.parent.Kind == yaml.SequenceNode || s.flow()) {
		if s.parent.Kind == yaml.MappingNode {
			return d.replace(up, Group{})
		}
		return d.replace(up, []any{})
	}
	want := changed(d.says, up, func(v *Value) *Value {
		out := *v
		out.Items = slices.Delete(slices.Clone(v.Items), s.index, s.index+1)
		if v.Form == Keyed {
			out.Keys = slices.Delete(slices.Clone(v.Keys), s.index, s.index+1)
		}
		return &out
	})
	next := len(d.text) // where the next entry begins
	if s.index+1 < entries {
		next = d.spots[entryValue(s.parent, s.index+1)].from
	}
	if s.flow() {
		return d.try(want, d.cut(n, next, entries)...)
	}
	end := d.lineEnd(s.end)
	behind := min(end+1, len(d.text))
	if !d.ownLine(s) {
		if len(strings.TrimSpace(string(d.text[end:next]))) == 0 && d.blanks(s.end) == end {
			return d.try(want, []splice{{s.from, next, ""}})
		}
		from := s.from
		for from > 0 && (d.text[from-1] == ' ' || d.text[from-1] == '\t') {
			from--
		}
		return d.try(want, []splice{{from, end, ""}}, []splice{{s.from, next, ""}})
	}
	start := d.lineStart(s.from)
	blankLines := behind
	for blankLines < len(d.text) && d.blanks(blankLines) == d.lineEnd(blankLines) {
		blankLines = min(d.lineEnd(blankLines)+1, len(d.text))
	}
	ways := [][]splice{{{start, behind, ""}}, {{start, blankLines, ""}}}
	if s.index+1 < entries {
		ways = append(ways, []splice{{start, d.lineStart(next), ""}})
	}
	if above := d.paragraph(start); above < start && (blankLines > behind || behind == len(d.text)) {
		ways = slices.Insert(ways, 0, []splice{{above, behind, ""}})
	}
	return d.try(want, ways...)
}

// paragraph returns where the lines of comment begin that stand right above a line and have a blank line
// above them, or start.
func (d *editing) paragraph(start int) int {
	at := start
	for at > 0 {
		line := d.lineStart(at - 1)
		words := d.blanks(line)
		switch {
		case d.has(words, '#'):
			at = line
			continue
		case words == at-1 && at < start:
			return at
		}
		return start
	}
	return start
}

// cut takes away an entry between brackets with one comma.
func (d *editing) cut(n *yaml.Node, next, entries int) [][]splice {
	s := d.spots[n]
	behind, comma := s.end, d.next(s.end)
	trailing := d.has(comma, ',')
	if trailing {
		behind = comma + 1
	}
	eol := d.blanks(behind)
	alone := eol == len(d.text) || d.text[eol] == '\n' || d.text[eol] == '#'
	var ways [][]splice
	switch {
	case alone && d.ownLine(s):
		ways = append(ways, []splice{{d.lineStart(s.from), min(d.lineEnd(eol)+1, len(d.text)), ""}})
	case s.index+1 < entries && alone:
		ways = append(ways, []splice{{s.from, d.lineEnd(eol), ""}})
	}
	switch {
	case s.index+1 < entries:
		ways = append(ways, []splice{{s.from, next, ""}})
	case trailing:
		ways = append(ways, []splice{{s.from, d.blanks(behind), ""}})
	default:
		before := d.spots[entryValue(s.parent, s.index-1)].end
		ways = append(ways, []splice{{before, s.end, ""}}, []splice{{s.from, s.end, ""}})
		if slices.Contains(d.text[before:s.from], '#') {
			slices.Reverse(ways[len(ways)-2:])
		}
	}
	return ways
}
