package yamlx

import (
	"encoding"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// A kind is how a Go type is read.
type kind uint8

const (
	kindText kind = iota
	kindBool
	kindInt
	kindFloat
	kindOwn // reads itself from its text
	kindPointer
	kindList
	kindStruct
	kindMap
	kindOrdered
	kindDiscard
)

// A plan is what reading into a Go type takes, worked out once for each type.
type plan struct {
	kind   kind
	typ    reflect.Type
	elem   *plan          // of a pointer, list or map
	fields []field        // of a struct
	byKey  map[string]int // the field of a key
	keys   []string       // of a struct, in the order of its fields
	scalar bool           // implements ScalarReader
	list   bool           // implements ListReader
}

// A field is one key of a struct.
type field struct {
	key     string
	index   []int
	plan    *plan
	need    bool
	max     int // 0: no bound
	pattern *regexp.Regexp
	choice  []string // the words of a pattern that is nothing but a choice
	form    string   // the pattern in words
	doc     string
}

var (
	textType    = reflect.TypeFor[encoding.TextUnmarshaler]()
	scalarType  = reflect.TypeFor[ScalarReader]()
	listType    = reflect.TypeFor[ListReader]()
	orderedType = reflect.TypeFor[interface{ ordered() }]()
	discardType = reflect.TypeFor[Discard]()

	plans sync.Map // reflect.Type → *plan
)

// planOf returns the plan of a type. It panics for a type or a tag that cannot be read: that is a
// mistake in the program, which the first test of the type finds.
func planOf(t reflect.Type) *plan {
	if p, ok := plans.Load(t); ok {
		return p.(*plan)
	}
	p := planner{}.plan(t)
	plans.Store(t, p)
	return p
}

// A planner holds the plans that are being made, so that a type may contain itself.
type planner map[reflect.Type]*plan

func (m planner) plan(t reflect.Type) *plan {
	if p := m[t]; p != nil {
		return p
	}
	p := &plan{typ: t}
	m[t] = p
	pointer := reflect.PointerTo(t)
	p.scalar = pointer.Implements(scalarType)
	p.list = pointer.Implements(listType)
	switch {
	case t == discardType:
		p.kind = kindDiscard
		return p
	case t.Kind() != reflect.Pointer && pointer.Implements(textType):
		p.kind = kindOwn
		return p
	}
	switch t.Kind() {
	case reflect.String:
		p.kind = kindText
	case reflect.Bool:
		p.kind = kindBool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		p.kind = kindInt
	case reflect.Float32, reflect.Float64:
		p.kind = kindFloat
	case reflect.Pointer:
		p.kind, p.elem = kindPointer, m.plan(t.Elem())
	case reflect.Slice:
		if t.Implements(orderedType) {
			p.kind, p.elem = kindOrdered, m.plan(t.Elem().Field(1).Type)
			break
		}
		p.kind, p.elem = kindList, m.plan(t.Elem())
	case reflect.Map:
		if t.Key().Kind() != reflect.String {
			panic(fmt.Sprintf("yamlx: the keys of %v are not text", t))
		}
		p.kind, p.elem = kindMap, m.plan(t.Elem())
	case reflect.Struct:
		p.kind, p.byKey = kindStruct, map[string]int{}
		m.fields(p, t, nil)
	default:
		panic(fmt.Sprintf("yamlx: %v cannot be read from a file", t))
	}
	return p
}

// fields adds the keys of struct type t, which stands at index in the type of p.
func (m planner) fields(p *plan, t reflect.Type, index []int) {
	for i := range t.NumField() {
		f := t.Field(i)
		at := append(index[:len(index):len(index)], i)
		key, tagged := f.Tag.Lookup("yaml")
		switch {
		case !tagged && f.Anonymous && f.Type.Kind() == reflect.Struct:
			m.fields(p, f.Type, at)
			continue
		case !tagged || key == "-":
			continue
		case key == "" || strings.Contains(key, ",") || !f.IsExported():
			panic(fmt.Sprintf("yamlx: field %s of %v has a tag that cannot be read", f.Name, t))
		}
		if _, twice := p.byKey[key]; twice {
			panic(fmt.Sprintf("yamlx: %v has the key %q twice", p.typ, key))
		}
		one := field{key: key, index: at, plan: m.plan(f.Type), need: f.Tag.Get("need") == "yes",
			form: f.Tag.Get("form"), doc: f.Tag.Get("doc")}
		if max := f.Tag.Get("max"); max != "" {
			n, err := strconv.Atoi(max)
			if err != nil || n < 1 {
				panic(fmt.Sprintf("yamlx: field %s of %v has a bound that is no number", f.Name, t))
			}
			one.max = n
		}
		if pattern := f.Tag.Get("pattern"); pattern != "" {
			one.pattern = regexp.MustCompile(pattern)
			one.choice = choiceOf(pattern)
		}
		p.byKey[key] = len(p.fields)
		p.fields = append(p.fields, one)
		p.keys = append(p.keys, key)
	}
}

// choiceOf returns the words of a pattern of the form ^(a|b|c)$, or nil for any other.
func choiceOf(pattern string) []string {
	inner, ok := strings.CutPrefix(pattern, "^(")
	inner, closed := strings.CutSuffix(inner, ")$")
	if !ok || !closed {
		return nil
	}
	words := strings.Split(inner, "|")
	for _, w := range words {
		if w == "" || regexp.QuoteMeta(w) != w {
			return nil
		}
	}
	return words
}
