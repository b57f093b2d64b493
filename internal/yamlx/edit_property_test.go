package yamlx_test

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"nwioi/internal/yamlx"
)

// A scribe writes a document as nobody in particular would: any indentation, quotation marks, brackets
// or lines, comments, blank lines and line ends. It knows nothing of how edits are made.
type scribe struct {
	t        *rapid.T
	out      strings.Builder
	lineEnds []string
	comments int
	leaves   []leaf
	entries  []int // where the lines of each key at the margin begin, and the end
}

// A leaf is a single value that stands on one line.
type leaf struct {
	path       string
	start, end int
}

func (s *scribe) pick(label string, n int) int { return rapid.IntRange(0, n-1).Draw(s.t, label) }

func (s *scribe) newline() {
	s.out.WriteString(rapid.SampledFrom(s.lineEnds).Draw(s.t, "line end"))
}

// end ends a line, perhaps with blanks or a comment.
func (s *scribe) end(indent int) {
	switch s.pick("end", 8) {
	case 0:
		s.out.WriteString("  ")
	case 1:
		s.comments++
		fmt.Fprintf(&s.out, " # c%d.", s.comments)
	}
	s.newline()
	switch s.pick("between", 12) {
	case 0:
		s.newline()
	case 1:
		s.comments++
		fmt.Fprintf(&s.out, "%s# c%d.", strings.Repeat(" ", indent), s.comments)
		s.newline()
	}
}

func (s *scribe) scalar(path string, v any, flow bool) {
	text, ok := v.(string)
	if !ok {
		text = fmt.Sprint(v)
	}
	written := text
	if ok {
		switch style := s.pick("style", 4); {
		case style == 0 && !strings.ContainsAny(text, "\n"):
			written = "'" + strings.ReplaceAll(text, "'", "''") + "'"
		case style == 1 || text == "" || strings.ContainsAny(text, "\n:#,[]{}?'\"\\&*!|>%@`~-") || strings.TrimSpace(text) != text || text == "null" || text == "<<" || text == "=":
			written = strconv.Quote(text)
		}
	}
	start := s.out.Len()
	s.out.WriteString(written)
	s.leaves = append(s.leaves, leaf{path, start, s.out.Len()})
}

func (s *scribe) space() {
	s.out.WriteString([]string{" ", "", "", "  "}[s.pick("space", 4)])
}

// flow writes a value between brackets, over several lines where lines allows it.
func (s *scribe) flow(path string, v any, indent int, lines bool) {
	gap := func() {
		if lines && s.pick("break", 4) == 0 {
			s.end(indent + 2)
			s.out.WriteString(strings.Repeat(" ", indent+2))
			return
		}
		s.space()
	}
	switch v := v.(type) {
	case yamlx.Group:
		s.out.WriteString("{")
		for i, e := range v {
			if i > 0 {
				s.out.WriteString(",")
			}
			gap()
			s.out.WriteString(e.Key + ": ")
			s.flow(join(path, e.Key), e.Value, indent, lines)
		}
		if len(v) > 0 && s.pick("comma", 5) == 0 {
			s.out.WriteString(",")
		}
		gap()
		s.out.WriteString("}")
	case []any:
		s.out.WriteString("[")
		for i, e := range v {
			if i > 0 {
				s.out.WriteString(",")
			}
			gap()
			s.flow(fmt.Sprintf("%s[%d]", path, i), e, indent, lines)
		}
		if len(v) > 0 && s.pick("comma", 5) == 0 {
			s.out.WriteString(",")
		}
		gap()
		s.out.WriteString("]")
	default:
		s.scalar(path, v, true)
	}
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// value writes what follows a colon or hyphen, to the end of its lines.
func (s *scribe) value(path string, v any, indent int, hyphen bool) {
	text, isText := v.(string)
	group, isGroup := v.(yamlx.Group)
	list, isList := v.([]any)
	if isText && strings.Contains(text, "\n") && strings.TrimSpace(text) != "" && s.pick("block", 4) > 0 && !strings.Contains(text, "\t") {
		s.block(text, indent)
		return
	}
	if !isGroup && !isList || len(group)+len(list) == 0 || s.pick("flow", 3) == 0 {
		s.out.WriteString(" ")
		s.flow(path, v, indent, true)
		s.end(indent)
		return
	}
	inner := indent + 1 + s.pick("indent", 4)
	if isList {
		if inner = indent + s.pick("indent", 4); hyphen {
			inner++
		}
	}
	if !hyphen || s.pick("apart", 5) == 0 {
		s.end(inner)
	} else {
		inner = indent + 2
		s.out.WriteString(" ")
	}
	fresh := strings.HasSuffix(s.out.String(), "\n") || strings.HasSuffix(s.out.String(), "\r")
	pad := func() {
		if fresh {
			s.out.WriteString(strings.Repeat(" ", inner))
		}
		fresh = true
	}
	for _, e := range group {
		pad()
		s.out.WriteString(e.Key + ":")
		s.value(join(path, e.Key), e.Value, inner, false)
	}
	for i, e := range list {
		pad()
		s.out.WriteString("-")
		s.value(fmt.Sprintf("%s[%d]", path, i), e, inner, true)
	}
}

// block writes a text after | or >.
func (s *scribe) block(text string, indent int) {
	inner := indent + 1 + s.pick("indent", 4)
	body := strings.TrimRight(text, "\n")
	ends := len(text) - len(body)
	lines := strings.Split(body, "\n")
	sign := "|"
	indented := slices.ContainsFunc(lines, func(l string) bool { return strings.HasPrefix(l, " ") })
	if s.pick("fold", 3) == 0 && !indented {
		sign = ">"
		var folded []string
		for i, l := range lines {
			if i > 0 {
				folded = append(folded, "")
			}
			if l != "" {
				// Two words that one blank parts may stand on two lines.
				at := strings.Index(l, " ")
				if at > 0 && at+1 < len(l) && l[at+1] != ' ' && s.pick("fold here", 2) == 0 {
					folded = append(folded, l[:at], l[at+1:])
				} else {
					folded = append(folded, l)
				}
			}
		}
		lines = folded
	}
	if strings.HasPrefix(strings.TrimLeft(text, "\n"), " ") || s.pick("figure", 5) == 0 {
		sign += strconv.Itoa(inner - indent)
	}
	if ends == 0 {
		sign += "-"
	} else if ends > 1 {
		sign += "+"
	}
	s.out.WriteString(" " + sign)
	if s.pick("comment", 6) == 0 {
		s.comments++
		fmt.Fprintf(&s.out, " # c%d.", s.comments)
	}
	s.newline()
	for _, l := range lines {
		if l != "" {
			s.out.WriteString(strings.Repeat(" ", inner) + l)
		}
		s.newline()
	}
	for range ends - 1 {
		s.newline()
	}
	if ends < 2 && s.pick("blank", 4) == 0 {
		s.newline()
	}
}

func (s *scribe) document(root yamlx.Group) string {
	s.lineEnds = [][]string{{"\n"}, {"\r\n"}, {"\n", "\r\n"}}[s.pick("line ends", 3)]
	if s.pick("mark", 8) == 0 {
		s.out.WriteString("\uFEFF")
	}
	if s.pick("head", 4) == 0 {
		s.out.WriteString("# c0.")
		s.newline()
		s.newline()
	}
	for _, e := range root {
		s.entries = append(s.entries, s.out.Len())
		s.out.WriteString(e.Key + ":")
		s.value(e.Key, e.Value, 0, false)
	}
	s.entries = append(s.entries, s.out.Len())
	return s.out.String()
}

var editedTexts = rapid.OneOf(
	rapid.SampledFrom([]string{"", "yes", "1.10", "2026-01-01", "01067", "null", "a: b", "a #b", "+12065550123", "#x", "- a", "it's", `say "x"`, "a, b", "[x]", "trail ", " lead",
		"one\ntwo\n", "one two three\n\nfour\n", "no end\nhere", "ends\n\n\n", "\n  first is blank\n", "  begins indented\nthen not\n", "# not a comment\n", "---\n", "a\\b", "é ü 日本", "key:", "~", "x\n \ny\n", "\t", "\n", "%", "? a", "a\tb", "...", "words that go on for rather long so that a folded text has to be broken somewhere, and then some more\nand another\n"}),
	rapid.StringMatching(`[a-z]{1,6}( [a-z]{1,6}){0,3}`),
	rapid.StringMatching(`[a-z]{1,6}( [a-z]{1,6}){0,3}\n([a-z]{1,6} [a-z]{1,6}\n){0,3}`),
	rapid.StringOfN(rapid.SampledFrom([]rune("ab \n:#-[]{}\"'|>&*!%@`,?~0\\")), 0, 12, -1),
)

func editedValues(depth int) *rapid.Generator[any] {
	kinds := []*rapid.Generator[any]{
		rapid.Map(editedTexts, func(s string) any { return s }), rapid.Map(editedTexts, func(s string) any { return s }),
		rapid.Map(rapid.IntRange(-20, 3000), func(n int) any { return n }),
		rapid.Map(rapid.Bool(), func(b bool) any { return b }),
		rapid.Map(rapid.SliceOfN(rapid.StringMatching(`[a-z]{1,5}`), 0, 4), func(l []string) any {
			out := []any{}
			for _, s := range l {
				out = append(out, s)
			}
			return out
		}),
	}
	if depth > 0 {
		kinds = append(kinds, rapid.Map(editedGroups(depth-1, 0), func(g yamlx.Group) any { return g }),
			rapid.Map(rapid.SliceOfN(editedValues(depth-1), 0, 3), func(l []any) any {
				if l == nil {
					l = []any{}
				}
				return l
			}))
	}
	return rapid.OneOf(kinds...)
}

func editedGroups(depth, least int) *rapid.Generator[yamlx.Group] {
	return rapid.Custom(func(t *rapid.T) yamlx.Group {
		keys := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"name", "given", "state", "number", "bio", "phone", "top", "other", "as_of", "note"}), least, 5, rapid.ID[string]).Draw(t, "keys")
		group := yamlx.Group{}
		for _, k := range keys {
			group = append(group, yamlx.Entry[any]{Key: k, Value: editedValues(depth).Draw(t, k)})
		}
		return group
	})
}

// said turns what a file says, and the values of edits, into one form for comparing.
func said(v any) any {
	switch v := v.(type) {
	case *yamlx.Value:
		switch {
		case v == nil:
			return map[string]any{}
		case v.Form == yamlx.Text:
			return v.Text
		case v.Form == yamlx.Nothing:
			return nil
		case v.Form == yamlx.List:
			list := []any{}
			for _, one := range v.Items {
				list = append(list, said(one))
			}
			return list
		}
		group := map[string]any{}
		for i, key := range v.Keys {
			group[key] = said(v.Items[i])
		}
		return group
	case yamlx.Group:
		group := map[string]any{}
		for _, e := range v {
			group[e.Key] = said(e.Value)
		}
		return group
	case []any:
		list := []any{}
		for _, one := range v {
			list = append(list, said(one))
		}
		return list
	}
	return fmt.Sprint(v)
}

// drawEdit walks into a value as said returns it, changes a part of it, and returns the value and the edit.
func drawEdit(t *rapid.T, v any, path string) (any, yamlx.Edit) {
	deeper := rapid.IntRange(0, 2).Draw(t, "deeper") > 0
	switch v := v.(type) {
	case map[string]any:
		keys := make([]string, 0, len(v))
		for k := range v {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		if len(keys) > 0 && deeper {
			key := rapid.SampledFrom(keys).Draw(t, "into")
			below, edit := drawEdit(t, v[key], join(path, key))
			if edit.Value == nil && edit.Path == join(path, key) {
				delete(v, key)
			} else {
				v[key] = below
			}
			return v, edit
		}
		if path == "" || rapid.Bool().Draw(t, "add") {
			value := editedValues(1).Draw(t, "value")
			key := rapid.SampledFrom([]string{"new", "fresh"}).Draw(t, "key")
			if _, there := v[key]; !there {
				edit := yamlx.Edit{Path: join(path, key), Value: value}
				if rapid.Bool().Draw(t, "ordered") {
					edit.After = rapid.SliceOfN(rapid.SampledFrom(append(keys, "x")), 0, 2).Draw(t, "after")
				}
				v[key] = said(value)
				return v, edit
			}
			delete(v, key)
			return v, yamlx.Edit{Path: join(path, key)}
		}
	case []any:
		if len(v) > 0 && deeper {
			i := rapid.IntRange(0, len(v)-1).Draw(t, "item")
			here := fmt.Sprintf("%s[%d]", path, i)
			below, edit := drawEdit(t, v[i], here)
			if edit.Value == nil && edit.Path == here {
				return slices.Delete(v, i, i+1), edit
			}
			v[i] = below
			return v, edit
		}
		if rapid.Bool().Draw(t, "insert") {
			i := rapid.IntRange(0, len(v)).Draw(t, "at")
			value := editedValues(1).Draw(t, "value")
			return slices.Insert(v, i, said(value)), yamlx.Edit{Path: fmt.Sprintf("%s[%d]", path, i), Value: value, Insert: true}
		}
	}
	if rapid.IntRange(0, 3).Draw(t, "remove") == 0 {
		return nil, yamlx.Edit{Path: path}
	}
	value := editedValues(2).Draw(t, "value")
	return said(value), yamlx.Edit{Path: path, Value: value}
}

// A document after an edit says what it said with the edit applied, and nothing else of it is touched:
// whatever stands before and after the key at the margin that the edit names is the same, byte for
// byte; a value that stands on one line and stays on one line changes between its own two ends; no
// comment is lost unless what it stands at or in is removed.
func TestEditsKeepEverythingElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		root := editedGroups(2, 1).Draw(t, "root")
		s := scribe{t: t}
		data := s.document(root)
		before, err := yamlx.Read([]byte(data))
		if err != nil {
			t.Fatalf("the scribe wrote what cannot be read: %v\n%s", err, data)
		}
		if diff := cmp.Diff(said(root), said(before)); diff != "" {
			t.Fatalf("the scribe wrote something else:\n%s\n%s", data, diff)
		}
		want, edit := drawEdit(t, said(root), "")
		out, err := yamlx.Apply([]byte(data), edit)
		if err != nil {
			t.Fatalf("%+v: %v\n%s", edit, err, data)
		}
		after, err := yamlx.Read(out)
		if err != nil {
			t.Fatalf("%+v: the result cannot be read: %v\n%s", edit, err, out)
		}
		if diff := cmp.Diff(want, said(after)); diff != "" {
			t.Fatalf("%+v\n%s\nbecame\n%s\n%s", edit, data, out, diff)
		}

		key, _, _ := strings.Cut(edit.Path, ".")
		key, _, _ = strings.Cut(key, "[")
		for i, e := range root {
			if e.Key != key {
				continue
			}
			if !bytes.HasPrefix(out, []byte(strings.TrimRight(data[:s.entries[i]], " \r\n"))) || !bytes.HasSuffix(out, []byte(data[s.entries[i+1]:])) {
				t.Fatalf("%+v changed what stands around it:\n%q\n%q", edit, data, out)
			}
		}
		text, isText := edit.Value.(string)
		for _, l := range s.leaves {
			if l.path == edit.Path && !edit.Insert && isText && !strings.Contains(text, "\n") {
				if !strings.HasPrefix(string(out), data[:l.start]) || !strings.HasSuffix(string(out), data[l.end:]) {
					t.Fatalf("%+v changed more than the value:\n%q\n%q", edit, data, out)
				}
			}
		}
		if isText || edit.Insert {
			for i := range s.comments + 1 {
				comment := fmt.Sprintf("# c%d.", i)
				if strings.Contains(data, comment) && !strings.Contains(string(out), comment) && slices.ContainsFunc(s.leaves, func(l leaf) bool { return l.path == edit.Path }) {
					t.Fatalf("%+v lost the comment %s:\n%s\n%s", edit, comment, data, out)
				}
			}
		}
	})
}
