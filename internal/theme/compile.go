package theme

import (
	"errors"
	"fmt"
	"html/template"
	"io"
	"reflect"
	"strconv"
	"sync"
	"text/template/parse"
)

// html/template decides how every value is escaped where it stands; then it would look up every field
// by its name, again for every page. As the type of a layout's view is known, compile does that once:
// it turns the escaped template into functions that reach fields by their index. A page costs about a
// tenth, and a field that no view has is found at its line when the theme is loaded, in a branch that
// an empty view never takes too.
//
// What compile does not know (another escaper, a template function) is no mistake: the layout is then
// executed by html/template itself. Both ways make the same bytes; a test compares them.

// A program is a compiled template.
type program struct {
	view reflect.Type
	body []op
	vars int
	runs sync.Pool
}

// An op writes a part of the output.
type op func(*run) error

// A run is one execution: what was written so far, the dot and the variables of the template.
type run struct {
	out  []byte
	dot  reflect.Value
	vars []reflect.Value
}

// render executes the program for a view of its type.
func (p *program) render(w io.Writer, view any) (err error) {
	r, _ := p.runs.Get().(*run)
	if r == nil {
		r = &run{vars: make([]reflect.Value, p.vars)}
	}
	defer func() {
		clear(r.vars)
		r.out, r.dot = r.out[:0], reflect.Value{}
		p.runs.Put(r)
		switch v := recover().(type) {
		case nil:
		case nilPointer:
			err = v
		default:
			panic(v)
		}
	}()
	r.dot = reflect.ValueOf(view)
	r.vars[0] = r.dot // $
	if err := r.do(p.body); err != nil {
		return err
	}
	_, err = w.Write(r.out)
	return err
}

func (r *run) do(ops []op) error {
	for _, o := range ops {
		if err := o(r); err != nil {
			return err
		}
	}
	return nil
}

// A nilPointer says which field was asked of nothing.
type nilPointer struct{ field string }

func (n nilPointer) Error() string { return "." + n.field + " of nothing is asked for" }

// errUnsupported says that html/template has to execute this template.
var errUnsupported = errors.New("not compiled")

// A fieldError says that a type of the views lacks a field that a template asks it for.
type fieldError struct {
	at, field string
	in        reflect.Type
}

func (e *fieldError) Error() string {
	return fmt.Sprintf("template: %s: can't evaluate field %s of %s", e.at, e.field, e.in.Name())
}

// compile returns the program of an escaped template for views of a type. The error is errUnsupported
// or a *fieldError.
func compile(t *template.Template, view reflect.Type) (*program, error) {
	if t.Tree == nil {
		return nil, errUnsupported // it could not be escaped
	}
	c := &compiler{set: t, tree: t.Tree}
	body, err := c.template(t, view)
	if err != nil {
		return nil, err
	}
	return &program{view: view, body: body, vars: max(1, c.deepest)}, nil
}

type compiler struct {
	set     *template.Template
	tree    *parse.Tree
	vars    []variable // those in scope
	deepest int
	depth   int
}

type variable struct {
	name string
	slot int
	typ  reflect.Type
}

// template compiles a template that is executed with a value of a type as its dot and its $.
func (c *compiler) template(t *template.Template, dot reflect.Type) ([]op, error) {
	if c.depth++; c.depth > 40 {
		return nil, errUnsupported // it may call itself
	}
	vars, tree := c.vars, c.tree
	c.vars, c.tree = nil, t.Tree
	slot := 0
	if len(vars) > 0 {
		slot = vars[len(vars)-1].slot + 1
	}
	c.declare("$", slot, dot)
	ops, err := c.list(t.Tree.Root, dot)
	c.vars, c.tree = vars, tree
	c.depth--
	return ops, err
}

func (c *compiler) declare(name string, slot int, typ reflect.Type) {
	c.vars = append(c.vars, variable{name, slot, typ})
	c.deepest = max(c.deepest, slot+1)
}

func (c *compiler) list(list *parse.ListNode, dot reflect.Type) ([]op, error) {
	if list == nil {
		return nil, nil
	}
	scope := len(c.vars)
	defer func() { c.vars = c.vars[:scope] }()
	ops := make([]op, 0, len(list.Nodes))
	for _, n := range list.Nodes {
		o, err := c.node(n, dot)
		if err != nil {
			return nil, err
		}
		if o != nil {
			ops = append(ops, o)
		}
	}
	return ops, nil
}

func (c *compiler) node(n parse.Node, dot reflect.Type) (op, error) {
	switch n := n.(type) {
	case *parse.TextNode:
		text := n.Text
		return func(r *run) error { r.out = append(r.out, text...); return nil }, nil
	case *parse.CommentNode:
		return nil, nil
	case *parse.ActionNode:
		return c.action(n.Pipe, dot)
	case *parse.IfNode:
		return c.branch(n.Pipe, n.List, n.ElseList, dot)
	case *parse.WithNode:
		return c.with(n, dot)
	case *parse.RangeNode:
		return c.each(n, dot)
	case *parse.TemplateNode:
		return c.call(n, dot)
	}
	return nil, errUnsupported
}

// action compiles {{value | escapers}} and {{$name := value}}.
func (c *compiler) action(pipe *parse.PipeNode, dot reflect.Type) (op, error) {
	if len(pipe.Cmds) == 0 {
		return nil, errUnsupported
	}
	v, err := c.command(pipe.Cmds[0], dot)
	if err != nil {
		return nil, err
	}
	if len(pipe.Decl) > 0 {
		if pipe.IsAssign || len(pipe.Decl) != 1 || len(pipe.Cmds) != 1 || v.get == nil {
			return nil, errUnsupported
		}
		slot := c.vars[len(c.vars)-1].slot + 1
		c.declare(pipe.Decl[0].Ident[0], slot, v.typ)
		return func(r *run) error { r.vars[slot] = v.get(r); return nil }, nil
	}
	var names []string
	for _, cmd := range pipe.Cmds[1:] {
		id, ok := cmd.Args[0].(*parse.IdentifierNode)
		if !ok || len(cmd.Args) != 1 {
			return nil, errUnsupported
		}
		names = append(names, id.Ident)
	}
	put, err := escaper(names, v.typ)
	if err != nil {
		return nil, err
	}
	switch {
	case v.text != nil:
		return func(r *run) error {
			text, err := v.text(r)
			r.out = put(r.out, text)
			return err
		}, nil
	case v.typ == nil || v.typ.Kind() == reflect.String:
		return func(r *run) error { r.out = put(r.out, v.get(r).String()); return nil }, nil
	case v.typ.Kind() == reflect.Int:
		return func(r *run) error { r.out = strconv.AppendInt(r.out, v.get(r).Int(), 10); return nil }, nil
	}
	return nil, errUnsupported
}

// branch compiles {{if}}.
func (c *compiler) branch(pipe *parse.PipeNode, then, otherwise *parse.ListNode, dot reflect.Type) (op, error) {
	holds, err := c.condition(pipe, dot)
	if err != nil {
		return nil, err
	}
	yes, err := c.list(then, dot)
	if err != nil {
		return nil, err
	}
	no, err := c.list(otherwise, dot)
	if err != nil {
		return nil, err
	}
	return func(r *run) error {
		if holds(r) {
			return r.do(yes)
		}
		return r.do(no)
	}, nil
}

func (c *compiler) with(n *parse.WithNode, dot reflect.Type) (op, error) {
	v, err := c.pipe(n.Pipe, dot)
	if err != nil {
		return nil, err
	}
	if v.get == nil || v.typ == nil {
		return nil, errUnsupported
	}
	yes, err := c.list(n.List, v.typ)
	if err != nil {
		return nil, err
	}
	no, err := c.list(n.ElseList, dot)
	if err != nil {
		return nil, err
	}
	return func(r *run) error {
		value := v.get(r)
		if !truth(value) {
			return r.do(no)
		}
		before := r.dot
		r.dot = value
		err := r.do(yes)
		r.dot = before
		return err
	}, nil
}

// each compiles {{range}} over the elements of a list.
func (c *compiler) each(n *parse.RangeNode, dot reflect.Type) (op, error) {
	pipe := *n.Pipe
	pipe.Decl = nil
	v, err := c.pipe(&pipe, dot)
	if err != nil {
		return nil, err
	}
	if v.get == nil || v.typ == nil || v.typ.Kind() != reflect.Slice {
		return nil, errUnsupported
	}
	scope := len(c.vars)
	slot := c.vars[scope-1].slot + 1
	index, element := -1, -1
	switch len(n.Pipe.Decl) {
	case 1:
		element = slot
		c.declare(n.Pipe.Decl[0].Ident[0], element, v.typ.Elem())
	case 2:
		index, element = slot, slot+1
		c.declare(n.Pipe.Decl[0].Ident[0], index, reflect.TypeFor[int]())
		c.declare(n.Pipe.Decl[1].Ident[0], element, v.typ.Elem())
	}
	body, err := c.list(n.List, v.typ.Elem())
	c.vars = c.vars[:scope]
	if err != nil {
		return nil, err
	}
	no, err := c.list(n.ElseList, dot)
	if err != nil {
		return nil, err
	}
	return func(r *run) error {
		items := v.get(r)
		if items.Len() == 0 {
			return r.do(no)
		}
		before := r.dot
		for i := range items.Len() {
			r.dot = items.Index(i)
			if element >= 0 {
				r.vars[element] = r.dot
			}
			if index >= 0 {
				r.vars[index] = reflect.ValueOf(i)
			}
			if err := r.do(body); err != nil {
				return err
			}
		}
		r.dot = before
		return nil
	}, nil
}

// call compiles {{template "name" value}}.
func (c *compiler) call(n *parse.TemplateNode, dot reflect.Type) (op, error) {
	called := c.set.Lookup(n.Name)
	if called == nil || called.Tree == nil || n.Pipe == nil {
		return nil, errUnsupported
	}
	v, err := c.pipe(n.Pipe, dot)
	if err != nil {
		return nil, err
	}
	if v.get == nil || v.typ == nil {
		return nil, errUnsupported
	}
	slot := c.vars[len(c.vars)-1].slot + 1
	body, err := c.template(called, v.typ)
	if err != nil {
		return nil, err
	}
	return func(r *run) error {
		before := r.dot
		r.dot = v.get(r)
		r.vars[slot] = r.dot
		err := r.do(body)
		r.dot = before
		return err
	}, nil
}
