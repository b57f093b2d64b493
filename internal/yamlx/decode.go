package yamlx

import (
	"cmp"
	"encoding"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"nwioi/internal/diag"
)

// Decode reads one YAML document, the content of the file at path or its front matter, into v, a
// pointer to a struct, slice or map. FirstLine is the line of the file on which data begins.
//
// Decode never fails: what is right is stored, and all that is wrong is reported, in the order of
// the file. A text that is too long and a list that has too many items are stored nevertheless; a
// value of the wrong type or form is left out.
func Decode(path string, data []byte, firstLine int, v any) diag.List {
	clean, problems := CheckText(path, data)
	if problems != nil {
		for i := range problems {
			if problems[i].Pos.Line > 0 {
				problems[i].Pos.Line += firstLine - 1
			}
		}
		return problems
	}
	out := reflect.ValueOf(v).Elem()
	d := decoder{document: document{path: path, data: clean, first: firstLine}}
	root := d.read()
	p := planOf(out.Type())
	switch {
	case root != nil && root.Kind == yaml.ScalarNode && d.partial: // what is left when the rest is broken
	case root != nil && !absent(p, root):
		d.value(p, nil, root, target{}, out)
	case p.kind == kindStruct:
		d.missing(p, nil, target{})
	}
	return d.problems.Sorted()
}

// A decoder reads the nodes of a document into Go values.
type decoder struct {
	document
	partial bool // parts of the document could not be read, so what seems missing may be there
}

// A target names a value in sentences: the key it belongs to, and whether it is an item of it.
type target struct {
	key  *yaml.Node // nil for the whole file
	item bool
}

func (t target) String() string {
	switch {
	case t.key == nil && t.item:
		return "an item of this list"
	case t.key == nil:
		return "this file"
	case t.item:
		return "an item of " + quoted(t.key.Value)
	}
	return quoted(t.key.Value)
}

// value reads a node and reports whether it was right.
func (d *decoder) value(p *plan, f *field, n *yaml.Node, t target, out reflect.Value) bool {
	if n.Kind == yaml.AliasNode {
		return false // was refused by inspect
	}
	if p.kind == kindPointer {
		fresh := reflect.New(p.elem.typ)
		if !d.value(p.elem, f, n, t, fresh.Elem()) {
			return false
		}
		out.Set(fresh)
		return true
	}
	switch {
	case p.scalar && n.Kind == yaml.ScalarNode:
		return d.accept(out.Addr().Interface().(ScalarReader).FromScalar(n.Value), p, n)
	case p.list && n.Kind == yaml.SequenceNode:
		texts := make([]string, 0, len(n.Content))
		if !d.value(planOf(reflect.TypeFor[[]string]()), f, n, t, reflect.ValueOf(&texts).Elem()) {
			return false
		}
		return d.accept(out.Addr().Interface().(ListReader).FromList(texts), p, n)
	}
	switch p.kind {
	case kindDiscard:
		return true
	case kindList:
		return d.list(p, f, n, t, out)
	case kindStruct:
		return d.group(p, n, t, out)
	case kindMap, kindOrdered:
		return d.pairs(p, f, n, t, out)
	}
	if n.Kind != yaml.ScalarNode {
		d.wrong(p, n, t)
		return false
	}
	switch p.kind {
	case kindText:
		return d.text(f, n, t, out)
	case kindOwn:
		own := reflect.New(p.typ)
		if f != nil && !d.matches(f, n) || !d.accept(own.Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(n.Value)), p, n) {
			return false
		}
		out.Set(own.Elem())
		return true
	case kindBool:
		if n.Style == 0 && (n.Value == "true" || n.Value == "false") {
			out.SetBool(n.Value == "true")
			return true
		}
	case kindInt:
		if n.Style == 0 && decimal(n.Value) {
			i, err := strconv.ParseInt(n.Value, 10, 64)
			if err == nil && !out.OverflowInt(i) {
				out.SetInt(i)
				return true
			}
			d.reportAt(n, "yaml/type", fmt.Sprintf("%s is too large a number: %s", t, n.Value), "check the figure")
			return false
		}
	case kindFloat:
		if n.Style == 0 && number(n.Value) {
			x, err := strconv.ParseFloat(n.Value, 64)
			if err == nil && !math.IsInf(x, 0) && !out.OverflowFloat(x) {
				out.SetFloat(x)
				return true
			}
			d.reportAt(n, "yaml/type", fmt.Sprintf("%s is too large a number: %s", t, n.Value), "check the figure")
			return false
		}
	}
	d.wrong(p, n, t)
	return false
}

// text reads a scalar as the text it is.
func (d *decoder) text(f *field, n *yaml.Node, t target, out reflect.Value) bool {
	if f != nil {
		if f.pattern != nil && !d.matches(f, n) {
			return false
		}
		if f.max > 0 && !t.item && len(n.Value) > f.max {
			if have := utf8.RuneCountInString(n.Value); have > f.max {
				d.reportAt(n, "yaml/too-long", fmt.Sprintf("%s has %d characters, and %d are the most", t, have, f.max),
					fmt.Sprintf("shorten it by %d", have-f.max))
			}
		}
	}
	out.SetString(n.Value)
	return true
}

// matches reports whether a scalar has the form that its key asks for.
func (d *decoder) matches(f *field, n *yaml.Node) bool {
	if f.pattern == nil || f.pattern.MatchString(n.Value) {
		return true
	}
	if f.choice == nil {
		hint := cmp.Or(f.form, f.doc)
		if hint != "" {
			hint = "write " + hint
			if f.form == "" {
				hint = f.doc
			}
		}
		d.reportAt(n, "yaml/form", fmt.Sprintf("%s does not have the form that %s asks for", shown(n), quoted(f.key)), hint)
		return false
	}
	hint := "write " + oneOf(f.choice)
	if near := diag.Nearest(n.Value, f.choice); near != "" {
		hint = "did you mean " + quoted(near) + "?"
	}
	d.reportAt(n, "yaml/choice", fmt.Sprintf("%s is not a choice for %s: it is %s", shown(n), quoted(f.key), oneOf(f.choice)), hint)
	return false
}

// list reads a sequence.
func (d *decoder) list(p *plan, f *field, n *yaml.Node, t target, out reflect.Value) bool {
	if n.Kind != yaml.SequenceNode {
		d.wrong(p, n, t)
		return false
	}
	if f != nil && f.max > 0 && !t.item && len(n.Content) > f.max {
		d.reportAt(n.Content[f.max], "yaml/too-many", fmt.Sprintf("%s has %d items, and %d are the most", t, len(n.Content), f.max),
			fmt.Sprintf("remove %d", len(n.Content)-f.max))
	}
	t.item = true
	list, right := reflect.MakeSlice(p.typ, len(n.Content), len(n.Content)), 0
	for _, item := range n.Content {
		if absent(p.elem, item) {
			d.reportAt(item, "yaml/type", t.String()+" is empty", "write something after the hyphen, or remove it")
			continue
		}
		if d.value(p.elem, f, item, t, list.Index(right)) {
			right++
		} else {
			list.Index(right).SetZero()
		}
	}
	out.Set(list.Slice(0, right))
	return true
}

// group reads a mapping into a struct. A group with a wrong value is kept with the right ones.
func (d *decoder) group(p *plan, n *yaml.Node, t target, out reflect.Value) bool {
	if n.Kind != yaml.MappingNode {
		d.wrong(p, n, t)
		return false
	}
	var few [48]*yaml.Node
	seen := few[:]
	if len(p.fields) > len(few) {
		seen = make([]*yaml.Node, len(p.fields))
	}
	var unknown map[string]*yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, val := n.Content[i], n.Content[i+1]
		if !plainKey(key) {
			continue
		}
		at, known := p.byKey[key.Value]
		if !known {
			if first := unknown[key.Value]; first != nil {
				d.twice(first, key)
				continue
			}
			if unknown == nil {
				unknown = map[string]*yaml.Node{}
			}
			unknown[key.Value] = key
			if !d.partial || t.key != nil || t.item {
				d.unknown(p, key, t)
			}
			continue
		}
		if seen[at] != nil {
			d.twice(seen[at], key)
			continue
		}
		f := &p.fields[at]
		seen[at] = key
		switch {
		case f.need && (absent(f.plan, val) || empty(f.plan, val)):
			d.reportAt(key, "yaml/missing-key", quoted(f.key)+" is needed, but is empty here", need(f, true))
			continue
		case absent(f.plan, val):
			continue
		}
		d.value(f.plan, f, val, target{key: key}, out.FieldByIndex(f.index))
	}
	d.missingBut(p, seen, n, t)
	return true
}

// missing reports every needed key of a group that is not there at all.
func (d *decoder) missing(p *plan, n *yaml.Node, t target) {
	d.missingBut(p, make([]*yaml.Node, len(p.fields)), n, t)
}

// missingBut reports the needed keys of a group that were not seen.
func (d *decoder) missingBut(p *plan, seen []*yaml.Node, n *yaml.Node, t target) {
	if d.partial && t.key == nil && !t.item {
		return
	}
	for i := range p.fields {
		f := &p.fields[i]
		if !f.need || seen[i] != nil {
			continue
		}
		switch {
		case t.key == nil && !t.item:
			d.report(1, 1, 0, "yaml/missing-key", "the key "+quoted(f.key)+" is missing", need(f, false))
		case t.key != nil && !t.item && overLines(n):
			d.reportAt(t.key, "yaml/missing-key", "the key "+quoted(f.key)+" is missing in "+t.String(), need(f, false))
		default:
			d.reportAt(n, "yaml/missing-key", "the key "+quoted(f.key)+" is missing in "+t.String(), need(f, false))
		}
	}
}

// pairs reads a mapping with keys of any name.
func (d *decoder) pairs(p *plan, f *field, n *yaml.Node, t target, out reflect.Value) bool {
	if n.Kind != yaml.MappingNode {
		d.wrong(p, n, t)
		return false
	}
	if f != nil && f.max > 0 && !t.item && len(n.Content)/2 > f.max {
		d.reportAt(n.Content[2*f.max], "yaml/too-many", fmt.Sprintf("%s has %d entries, and %d are the most", t, len(n.Content)/2, f.max),
			fmt.Sprintf("remove %d", len(n.Content)/2-f.max))
	}
	if p.kind == kindMap {
		out.Set(reflect.MakeMapWithSize(p.typ, len(n.Content)/2))
	} else {
		out.Set(reflect.MakeSlice(p.typ, 0, len(n.Content)/2))
	}
	seen := make(map[string]*yaml.Node, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, val := n.Content[i], n.Content[i+1]
		if !plainKey(key) {
			continue
		}
		if first := seen[key.Value]; first != nil {
			d.twice(first, key)
			continue
		}
		seen[key.Value] = key
		if absent(p.elem, val) {
			continue
		}
		if p.kind == kindMap {
			fresh := reflect.New(p.elem.typ).Elem()
			if d.value(p.elem, nil, val, target{key: key}, fresh) {
				out.SetMapIndex(reflect.ValueOf(key.Value).Convert(p.typ.Key()), fresh)
			}
			continue
		}
		fresh := reflect.New(p.typ.Elem()).Elem()
		if d.value(p.elem, nil, val, target{key: key}, fresh.Field(1)) {
			fresh.Field(0).SetString(key.Value)
			out.Set(reflect.Append(out, fresh))
		}
	}
	return true
}

// accept reports the error with which a type refused a value, and whether there was none.
func (d *decoder) accept(err error, p *plan, n *yaml.Node) bool {
	if err == nil {
		return true
	}
	message, hint, rule := err.Error(), "", ""
	if fault, ok := errors.AsType[*Fault](err); ok {
		message, hint, rule = fault.Message, fault.Hint, fault.Rule
	} else {
		var hinting interface{ Hint() string }
		var ruling interface{ Rule() string }
		if errors.As(err, &hinting) {
			hint = hinting.Hint()
		}
		if errors.As(err, &ruling) {
			rule = ruling.Rule()
		} else if ruling, ok := reflect.New(p.typ).Interface().(interface{ Rule() string }); ok {
			rule = ruling.Rule()
		}
	}
	if !strings.HasPrefix(message, `"`) {
		message = shown(n) + " " + message
	}
	d.reportAt(n, cmp.Or(rule, "yaml/value"), message, hint)
	return false
}

// absent reports whether a node stands for no value: nothing, null or ~. The word Null is a text
// where a text is wanted, because it is a family name too.
func absent(p *plan, n *yaml.Node) bool {
	if n.Kind != yaml.ScalarNode || n.Style != 0 {
		return false
	}
	switch n.Value {
	case "", "~", "null":
		return true
	case "Null", "NULL":
		for p.kind == kindPointer {
			p = p.elem
		}
		return p.kind != kindText && p.kind != kindOwn
	}
	return false
}

// empty reports whether a node is an empty text or list, which does not count as given where a value
// is needed.
func empty(p *plan, n *yaml.Node) bool {
	switch n.Kind {
	case yaml.ScalarNode:
		return strings.TrimSpace(n.Value) == ""
	case yaml.SequenceNode:
		return len(n.Content) == 0
	case yaml.MappingNode:
		return len(n.Content) == 0 && (p.kind == kindMap || p.kind == kindOrdered)
	}
	return false
}

// plainKey reports whether a node can be the key of a value; inspect has refused any other.
func plainKey(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Tag != "!!merge"
}

// decimal reports whether text is a whole number as people write it.
func decimal(text string) bool {
	digits := strings.TrimPrefix(text, "-")
	if digits == "" || digits[0] == '0' && len(digits) > 1 {
		return false
	}
	return !strings.ContainsFunc(digits, func(r rune) bool { return r < '0' || r > '9' })
}

// number reports whether text is a whole number or a decimal fraction.
func number(text string) bool {
	whole, fraction, dotted := strings.Cut(text, ".")
	if !decimal(whole) {
		return false
	}
	return !dotted || fraction != "" && !strings.ContainsFunc(fraction, func(r rune) bool { return r < '0' || r > '9' })
}

func quoted(text string) string { return `"` + text + `"` }

// oneOf writes a choice in words: "a, b or c".
func oneOf(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// firstOf returns at most n words, for a hint.
func firstOf(words []string, n int) string {
	return strings.Join(words[:min(n, len(words))], ", ")
}
