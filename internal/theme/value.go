package theme

import (
	"html/template"
	"reflect"
	"text/template/parse"

	"nwioi/internal/markdown"
)

// A value is a compiled expression: get reaches the value, or text makes markup. The type is nil where
// it is known only when the template runs.
type value struct {
	typ  reflect.Type
	get  func(*run) reflect.Value
	text func(*run) (string, error)
}

var (
	fragmentType = reflect.TypeFor[*Fragment]()
	bodyType     = reflect.TypeFor[Body]()
	markupType   = reflect.TypeFor[template.HTML]()
	boolType     = reflect.TypeFor[bool]()
)

func (c *compiler) pipe(pipe *parse.PipeNode, dot reflect.Type) (value, error) {
	if len(pipe.Cmds) != 1 || len(pipe.Decl) > 0 {
		return value{}, errUnsupported
	}
	return c.command(pipe.Cmds[0], dot)
}

// command compiles a value, or index of a list.
func (c *compiler) command(cmd *parse.CommandNode, dot reflect.Type) (value, error) {
	if len(cmd.Args) == 1 {
		return c.operand(cmd.Args[0], dot)
	}
	function, ok := cmd.Args[0].(*parse.IdentifierNode)
	if !ok || function.Ident != "index" || len(cmd.Args) != 3 {
		return value{}, errUnsupported
	}
	list, err := c.operand(cmd.Args[1], dot)
	if err != nil {
		return value{}, err
	}
	at, ok := cmd.Args[2].(*parse.NumberNode)
	if !ok || !at.IsInt || list.get == nil || list.typ == nil || list.typ.Kind() != reflect.Slice {
		return value{}, errUnsupported
	}
	return value{typ: list.typ.Elem(), get: func(r *run) reflect.Value {
		items := list.get(r)
		if int(at.Int64) >= items.Len() {
			panic(nilPointer{"index"})
		}
		return items.Index(int(at.Int64))
	}}, nil
}

func (c *compiler) operand(n parse.Node, dot reflect.Type) (value, error) {
	self := value{typ: dot, get: func(r *run) reflect.Value { return r.dot }}
	switch n := n.(type) {
	case *parse.DotNode:
		return self, nil
	case *parse.FieldNode:
		return c.fields(n, self, n.Ident)
	case *parse.VariableNode:
		for i := len(c.vars) - 1; i >= 0; i-- {
			if v := c.vars[i]; v.name == n.Ident[0] {
				return c.fields(n, value{typ: v.typ, get: func(r *run) reflect.Value { return r.vars[v.slot] }}, n.Ident[1:])
			}
		}
	case *parse.ChainNode:
		start, err := c.operand(n.Node, dot)
		if err != nil {
			return value{}, err
		}
		return c.fields(n, start, n.Field)
	case *parse.PipeNode:
		return c.pipe(n, dot)
	}
	return value{}, errUnsupported
}

func (c *compiler) fields(n parse.Node, v value, names []string) (value, error) {
	var err error
	for _, name := range names {
		if v, err = c.field(n, v, name); err != nil {
			return value{}, err
		}
	}
	return v, nil
}

// field compiles value.name.
func (c *compiler) field(n parse.Node, v value, name string) (value, error) {
	get := v.get
	if get == nil || v.typ == nil {
		return value{}, errUnsupported
	}
	if v.typ.Kind() == reflect.Interface {
		// Which view a fragment shows is known only when it is there.
		return value{get: func(r *run) reflect.Value {
			field := get(r).Elem().FieldByName(name)
			if field.Kind() != reflect.String {
				panic(nilPointer{name})
			}
			return field
		}}, nil
	}
	switch {
	case v.typ == fragmentType && name == "HTML":
		return value{typ: markupType, text: func(r *run) (string, error) {
			html, err := (*Fragment)(get(r).UnsafePointer()).HTML()
			return string(html), err
		}}, nil
	case v.typ == bodyType && (name == "HTML" || name == "Empty"):
		body := func(r *run) Body {
			b := get(r)
			return Body{(*markdown.Doc)(b.Field(0).UnsafePointer()), (*List[string])(b.Field(1).UnsafePointer())}
		}
		if name == "HTML" {
			return value{typ: markupType, text: func(r *run) (string, error) { return string(body(r).HTML()), nil }}, nil
		}
		return value{typ: boolType, get: func(r *run) reflect.Value { return reflect.ValueOf(body(r).Empty()) }}, nil
	case v.typ.Kind() == reflect.Pointer && name == "All":
		if list, ok := v.typ.Elem().FieldByName("items"); ok {
			none := reflect.Zero(list.Type)
			return value{typ: list.Type, get: func(r *run) reflect.Value {
				if p := get(r); !p.IsNil() {
					return p.Elem().FieldByIndex(list.Index)
				}
				return none
			}}, nil
		}
	}
	typ := v.typ
	if typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
		get = func(r *run) reflect.Value {
			p := v.get(r)
			if p.IsNil() {
				panic(nilPointer{name})
			}
			return p.Elem()
		}
	}
	if typ.Kind() == reflect.Struct {
		if f, ok := typ.FieldByName(name); ok && f.IsExported() {
			if len(f.Index) == 1 {
				at := f.Index[0]
				return value{typ: f.Type, get: func(r *run) reflect.Value { return get(r).Field(at) }}, nil
			}
			return value{typ: f.Type, get: func(r *run) reflect.Value { return get(r).FieldByIndex(f.Index) }}, nil
		}
	}
	if _, ok := v.typ.MethodByName(name); ok {
		return value{}, errUnsupported
	}
	at, _ := c.tree.ErrorContext(n)
	return value{}, &fieldError{at, name, typ}
}

// condition compiles what {{if}} asks.
func (c *compiler) condition(pipe *parse.PipeNode, dot reflect.Type) (func(*run) bool, error) {
	if len(pipe.Cmds) != 1 || len(pipe.Decl) > 0 {
		return nil, errUnsupported
	}
	args := pipe.Cmds[0].Args
	function, ok := args[0].(*parse.IdentifierNode)
	if !ok || function.Ident == "index" {
		v, err := c.command(pipe.Cmds[0], dot)
		if err != nil {
			return nil, err
		}
		if v.get == nil {
			return nil, errUnsupported
		}
		return func(r *run) bool { return truth(v.get(r)) }, nil
	}
	switch function.Ident {
	case "not", "and", "or":
		var parts []func(*run) bool
		for _, arg := range args[1:] {
			part, err := c.part(arg, dot)
			if err != nil {
				return nil, err
			}
			parts = append(parts, part)
		}
		switch {
		case function.Ident == "not" && len(parts) == 1:
			return func(r *run) bool { return !parts[0](r) }, nil
		case function.Ident == "and":
			return func(r *run) bool {
				for _, part := range parts {
					if !part(r) {
						return false
					}
				}
				return true
			}, nil
		case function.Ident == "or":
			return func(r *run) bool {
				for _, part := range parts {
					if part(r) {
						return true
					}
				}
				return false
			}, nil
		}
	case "eq", "lt":
		return c.compare(function.Ident, args[1:], dot)
	}
	return nil, errUnsupported
}

// part compiles an argument of not, and, or.
func (c *compiler) part(arg parse.Node, dot reflect.Type) (func(*run) bool, error) {
	if pipe, ok := arg.(*parse.PipeNode); ok {
		return c.condition(pipe, dot)
	}
	v, err := c.operand(arg, dot)
	if err != nil {
		return nil, err
	}
	if v.get == nil {
		return nil, errUnsupported
	}
	return func(r *run) bool { return truth(v.get(r)) }, nil
}

// compare compiles eq of a text or a number with a constant, and lt of a number.
func (c *compiler) compare(function string, args []parse.Node, dot reflect.Type) (func(*run) bool, error) {
	if len(args) != 2 {
		return nil, errUnsupported
	}
	v, err := c.operand(args[0], dot)
	if err != nil {
		return nil, err
	}
	if v.get == nil || v.typ == nil {
		return nil, errUnsupported
	}
	switch constant := args[1].(type) {
	case *parse.StringNode:
		if function == "eq" && v.typ.Kind() == reflect.String {
			return func(r *run) bool { return v.get(r).String() == constant.Text }, nil
		}
	case *parse.NumberNode:
		if constant.IsInt && v.typ.Kind() == reflect.Int {
			if function == "eq" {
				return func(r *run) bool { return v.get(r).Int() == constant.Int64 }, nil
			}
			return func(r *run) bool { return v.get(r).Int() < constant.Int64 }, nil
		}
	}
	return nil, errUnsupported
}

// truth is what templates hold for true: a yes, a text or list with something in it, a number other
// than 0, a pointer to something, any struct.
func truth(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Bool:
		return v.Bool()
	case reflect.String, reflect.Slice:
		return v.Len() > 0
	case reflect.Int:
		return v.Int() != 0
	case reflect.Pointer, reflect.Interface:
		return !v.IsNil()
	}
	return v.IsValid()
}
