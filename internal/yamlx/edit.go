package yamlx

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"nwioi/internal/diag"
)

// An Edit is one change to what a YAML document says.
type Edit struct {
	// Path names the value as for Locate: "contact.phone", "licenses[0].number". A key that is not there
	// is added, and so are the groups around it; the number that follows the last of a list adds an item.
	Path string
	// Value is what it shall be: a string, bool, int, float64, []any, []string or Group. Nil removes the
	// key or item. In a Group or list, nil is left out; CRLF in a text counts as one line end.
	Value any
	// Insert puts Value before the item at Path instead of in its place.
	Insert bool
	// Rename gives the key at the end of Path this name; its value stays, and Value is not looked at.
	Rename string
	// After names the keys of the same group that a new key follows, in any order: it is put behind the
	// last of them in the file, or first where none of them is there. Nil puts it at the end.
	After []string
}

// A Group is the keys and values of a group to be written, in their order.
type Group = Map[any]

// Apply makes changes to a YAML document, one after the other, each in what the one before left. Only
// what an edit changes is written anew: a group or list is compared with what stands there, key by key
// and item by item. Every other byte stays, whatever the comments, order, quotation marks, indentation
// and line ends are; a changed text keeps its quotation marks where it can.
//
// The result, when it is read, says exactly what the document said, with the edits. Where that cannot be
// had, because the document is broken or uses what Decode refuses, or a path is not there, the error
// is a sentence that says so, and no bytes are returned.
func Apply(data []byte, edits ...Edit) ([]byte, error) {
	return editor{}.apply(data, edits)
}

// ApplyFront makes changes to the front matter of a page as Apply does. The body stays as it is.
func ApplyFront(data []byte, edits ...Edit) ([]byte, error) {
	front, line, _, _, problems := Split("", data)
	if problems != nil {
		return nil, errors.New(problems[0].Message)
	}
	s := sourceOf(data, "\n")
	at := lineStart(s.text, line)
	start, end := s.offset(at), s.offset(at+len(front))
	out, err := editor{front: true, eol: s.endAt(start)}.apply(data[start:end], edits)
	if err != nil {
		return nil, err
	}
	return slices.Concat(data[:start], out, data[end:]), nil
}

// ReplaceBody returns a page with another body and the same front matter; a file without front matter
// is all body. Line ends in body become those of the file, and lines that stay keep their own.
func ReplaceBody(data []byte, body string) []byte {
	s := sourceOf(data, "\n")
	body = oneLineEnd(body)
	front, _, _, line, _ := Split("", data)
	if front == nil {
		return s.splice([]splice{{0, len(s.text), body}})
	}
	start := lineStart(s.text, line)
	if !bytes.HasSuffix(s.text[:start], []byte("\n")) {
		body = "\n" + body // nothing follows the closing fence yet
	}
	return s.splice([]splice{{start, len(s.text), body}})
}

// An editor makes edits to one document.
type editor struct {
	front bool   // the document is front matter, which a line of three hyphens would end
	eol   string // how lines end where the document has none yet; "" is \n
}

func (e editor) apply(data []byte, edits []Edit) ([]byte, error) {
	for _, edit := range edits {
		next, err := e.edit(data, edit)
		if err != nil {
			return nil, fmt.Errorf("%q cannot be changed: %w", edit.Path, err)
		}
		data = next
	}
	return data, nil
}

func (e editor) edit(data []byte, edit Edit) ([]byte, error) {
	v, err := normal(edit.Value, MaxDepth)
	if err != nil {
		return nil, err
	}
	d, err := e.open(data)
	if err != nil {
		return nil, err
	}
	found, rest, err := d.resolve(edit.Path)
	switch {
	case err != nil:
		return nil, err
	case edit.Rename != "":
		if len(rest) > 0 || len(found) == 0 || found[len(found)-1].item || !utf8.ValidString(edit.Rename) {
			return nil, errors.New("there is no such key")
		}
		return d.rename(found, edit.Rename)
	case edit.Insert && (v == nil || len(rest) > 1 || len(rest) == 0 && (len(found) == 0 || !found[len(found)-1].item)):
		return nil, errors.New("a value can only be put before an item of a list")
	case edit.Insert && len(rest) == 0:
		return d.insert(found, v)
	case len(rest) > 0 && v == nil:
		return nil, errors.New("it is not there")
	case len(rest) > 0:
		return d.add(found, rest, v, edit.After)
	case v == nil:
		return d.remove(found)
	}
	return e.set(data, found, v)
}

// set gives a value that is there another content, changing only what differs.
func (e editor) set(data []byte, at []step, v any) ([]byte, error) {
	d, err := e.open(data)
	if err != nil {
		return nil, err
	}
	n := d.node(at)
	if n != nil && same(n, v) {
		return data, nil
	}
	switch v := v.(type) {
	case Group:
		if n != nil && n.Kind == yaml.MappingNode && len(n.Content) > 0 && len(v) > 0 {
			return e.setGroup(d, at, v)
		}
	case []any:
		if n != nil && n.Kind == yaml.SequenceNode && len(n.Content) > 0 && len(v) > 0 {
			return e.setList(d, at, v)
		}
	}
	return d.replace(at, v)
}

// setGroup changes a group key by key: first what is there, then what is new, then what goes.
func (e editor) setGroup(d *editing, at []step, v Group) (data []byte, err error) {
	n, data := d.node(at), d.data
	before := make([]string, 0, len(v))
	for _, entry := range v {
		if here := child(at, step{key: entry.Key}); valueOfKey(n, entry.Key) != nil {
			data, err = e.set(data, here, entry.Value)
		} else if d, err = e.open(data); err == nil {
			data, err = d.add(at, []step{{key: entry.Key}}, entry.Value, before)
		}
		if err != nil {
			return nil, err
		}
		before = append(before, entry.Key)
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i].Value
		if _, stays := v.Get(key); stays {
			continue
		}
		if d, err = e.open(data); err == nil {
			data, err = d.remove(child(at, step{key: key}))
		}
		if err != nil {
			return nil, err
		}
	}
	return data, nil
}

// setList changes a list item by item, leaving those that are the same at its beginning and end.
func (e editor) setList(d *editing, at []step, v []any) (data []byte, err error) {
	old, data := d.node(at).Content, d.data
	first := 0
	for first < min(len(old), len(v)) && same(old[first], v[first]) {
		first++
	}
	oldEnd, newEnd := len(old), len(v)
	for oldEnd > first && newEnd > first && same(old[oldEnd-1], v[newEnd-1]) {
		oldEnd, newEnd = oldEnd-1, newEnd-1
	}
	for i := first; i < max(oldEnd, newEnd) && err == nil; i++ {
		switch {
		case i < oldEnd && i < newEnd:
			data, err = e.set(data, child(at, step{item: true, index: i}), v[i])
		case i < newEnd:
			if d, err = e.open(data); err == nil {
				data, err = d.insert(child(at, step{item: true, index: i}), v[i])
			}
		default: // the items that are too many move up as they go
			if d, err = e.open(data); err == nil {
				data, err = d.remove(child(at, step{item: true, index: newEnd}))
			}
		}
	}
	if err != nil {
		return nil, err
	}
	return data, nil
}

// A step of a path is a key or the number of an item.
type step struct {
	key   string
	item  bool
	index int
}

func child(at []step, s step) []step { return append(at[:len(at):len(at)], s) }

// An editing is a document about to be changed once.
type editing struct {
	editor
	*layout
	says *Value // what it says now
}

func (e editor) open(data []byte) (*editing, error) {
	var anything Discard
	for _, d := range Decode("", data, 1, &anything) {
		if d.Severity == diag.Error {
			return nil, fmt.Errorf("line %d cannot be read: %s", max(1, d.Pos.Line), d.Message)
		}
	}
	if e.eol == "" {
		e.eol = "\n"
	}
	text := sourceOf(data, e.eol)
	says, err := Read(data)
	if err != nil {
		return nil, err
	}
	root, err := parse(text.text)
	if err != nil {
		return nil, err
	}
	if root != nil && root.Kind == yaml.ScalarNode && says.Form == Nothing {
		root, says = nil, nil
	}
	where, err := layoutOf(text, root)
	if err != nil {
		return nil, err
	}
	return &editing{e, where, says}, nil
}

// resolve returns the steps of a path that are there, and those that are not.
func (d *editing) resolve(path string) (found, rest []step, err error) {
	n := d.root
	for path != "" && n != nil {
		var next *yaml.Node
		after := path
		switch n.Kind {
		case yaml.MappingNode:
			var key *yaml.Node
			if key, next, after = longestKey(n, strings.TrimPrefix(path, ".")); next != nil {
				found = append(found, step{key: key.Value})
			}
		case yaml.SequenceNode:
			if next, after = item(n, path); next != nil {
				found = append(found, step{item: true, index: slices.Index(n.Content, next)})
			}
		}
		if next == nil {
			break
		}
		n, path = next, after
	}
	for path != "" {
		if number, ok := strings.CutPrefix(path, "["); ok {
			number, after, closed := strings.Cut(number, "]")
			i, err := strconv.Atoi(number)
			if !closed || err != nil || i < 0 {
				return nil, nil, errors.New("this is no path")
			}
			rest, path = append(rest, step{item: true, index: i}), after
			continue
		}
		path = strings.TrimPrefix(path, ".")
		end := strings.IndexAny(path, ".[")
		if end < 0 {
			end = len(path)
		}
		if end == 0 {
			return nil, nil, errors.New("this is no path")
		}
		rest, path = append(rest, step{key: path[:end]}), path[end:]
	}
	if len(found)+len(rest) > MaxDepth {
		return nil, nil, fmt.Errorf("a value stands at most %d levels deep", MaxDepth)
	}
	return found, rest, nil
}

// node returns the value at a path that is there.
func (d *editing) node(at []step) *yaml.Node {
	n := d.root
	for _, s := range at {
		if s.item {
			n = n.Content[s.index]
		} else {
			n = valueOfKey(n, s.key)
		}
	}
	return n
}

func valueOfKey(n *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// try returns the first of several ways to write a change that reads back as it shall.
func (d *editing) try(want *Value, ways ...[]splice) ([]byte, error) {
	for _, way := range ways {
		out := d.splice(way)
		if got, err := Read(out); err != nil || !got.Equal(want) {
			// A block of text at the end of a file needs a line end there.
			out = append(out, d.endAt(len(d.data))...)
		}
		if d.front && slices.ContainsFunc(bytes.Split(sourceOf(out, "\n").text, []byte("\n")), func(line []byte) bool {
			return string(bytes.TrimSpace(line)) == fence
		}) {
			continue
		}
		if got, err := Read(out); err == nil && got.Equal(want) {
			return out, nil
		}
	}
	return nil, errors.New("it is written in a way that can only be changed by hand")
}

// same reports whether a node says what a value of an edit says.
func same(n *yaml.Node, v any) bool {
	switch v := v.(type) {
	case Group:
		if n.Kind != yaml.MappingNode || len(n.Content) != 2*len(v) {
			return false
		}
		for _, entry := range v {
			if value := valueOfKey(n, entry.Key); value == nil || !same(value, entry.Value) {
				return false
			}
		}
		return true
	case []any:
		return n.Kind == yaml.SequenceNode && slices.EqualFunc(n.Content, v, same)
	}
	if n.Kind != yaml.ScalarNode {
		return false
	}
	switch v := v.(type) {
	case string:
		return n.Value == v && valueFrom(n).Form == Text
	case float64:
		x, err := strconv.ParseFloat(n.Value, 64)
		return n.Style == 0 && number(n.Value) && err == nil && x == v
	}
	return n.Style == 0 && n.Value == scalarText(v)
}
