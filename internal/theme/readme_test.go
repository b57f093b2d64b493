package theme_test

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"html/template"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"nwioi/internal/theme"
)

var update = flag.Bool("update", false, "rewrite the tables of the theme's README from views.go")

const (
	readme = "../../themes/institute/README.md"
	begin  = "<!-- what follows is written by go test ./internal/theme -update -->\n"
)

// TestReadme compares what the theme's README says of the views with the views themselves: every
// layout, every type it can reach, every field with its type and its comment.
func TestReadme(t *testing.T) {
	data, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	prose, said, found := bytes.Cut(data, []byte(begin))
	if !found {
		t.Fatalf("%s has no line %q", readme, begin)
	}
	want := reference(t)
	if *update {
		if err := os.WriteFile(readme, []byte(string(prose)+begin+want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if string(said) != want {
		line := 0
		was, is := strings.Split(string(said), "\n"), strings.Split(want, "\n")
		for line < min(len(was), len(is))-1 && was[line] == is[line] {
			line++
		}
		t.Errorf("the README does not describe the views: it says %q where they say %q; run go test ./internal/theme -update", was[line], is[line])
	}
	for name := range theme.Views {
		if _, err := os.Stat("../../themes/institute/templates/" + name + ".html"); err != nil {
			t.Error(err)
		}
	}
}

// reference writes the tables of the README.
func reference(t *testing.T) string {
	about := comments(t)
	var b strings.Builder
	b.WriteString("\n## Layouts\n\n| layout | its view |\n|---|---|\n")
	var queue []reflect.Type
	for _, name := range slices.Sorted(maps.Keys(theme.Views)) {
		view := reflect.TypeOf(theme.Views[name])
		fmt.Fprintf(&b, "| `%s.html` | %s |\n", name, link(view))
		queue = append(queue, view)
	}
	b.WriteString("\n## Views\n")
	done := map[reflect.Type]bool{}
	for len(queue) > 0 {
		view := queue[0]
		queue = queue[1:]
		if done[view] {
			continue
		}
		done[view] = true
		fmt.Fprintf(&b, "\n### %s\n\n%s\n\n| field | holds | |\n|---|---|---|\n", view.Name(), about[view.Name()])
		for i := range view.NumField() {
			f := view.Field(i)
			if !f.IsExported() {
				continue
			}
			element, words := holds(f.Type)
			if f.Anonymous {
				words = "all of " + words
			}
			fmt.Fprintf(&b, "| `.%s` | %s | %s |\n", f.Name, words, about[view.Name()+"."+f.Name])
			if element != nil {
				queue = append(queue, element)
			}
		}
	}
	return b.String()
}

// holds says in words what a field holds, and which type of the views that leads to, if any.
func holds(t reflect.Type) (reflect.Type, string) {
	switch t {
	case reflect.TypeFor[template.HTML]():
		return nil, "markup"
	case reflect.TypeFor[template.JS]():
		return nil, "JSON"
	case reflect.TypeFor[template.URL]():
		return nil, "address"
	case reflect.TypeFor[*theme.Fragment]():
		return nil, "fragment: `.HTML`"
	case reflect.TypeFor[theme.Body]():
		return nil, "Markdown: `.HTML`, `.Empty`"
	}
	switch t.Kind() {
	case reflect.String:
		return nil, "text"
	case reflect.Bool:
		return nil, "yes or no"
	case reflect.Int:
		return nil, "number"
	case reflect.Interface:
		return nil, "a view"
	case reflect.Pointer:
		if all, ok := t.MethodByName("All"); ok {
			element, words := holds(all.Type.Out(0).Elem())
			return element, "list of " + words
		}
		return holds(t.Elem())
	}
	return t, link(t)
}

func link(t reflect.Type) string {
	return fmt.Sprintf("[%s](#%s)", t.Name(), strings.ToLower(t.Name()))
}

// comments returns the words of views.go about each type, and about each field as "Type.Field".
func comments(t *testing.T) map[string]string {
	file, err := parser.ParseFile(token.NewFileSet(), "views.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	words := func(groups ...*ast.CommentGroup) string {
		for _, g := range groups {
			if text := strings.Join(strings.Fields(g.Text()), " "); text != "" {
				return strings.ReplaceAll(text, "|", "\\|")
			}
		}
		return ""
	}
	about := map[string]string{}
	for _, d := range file.Decls {
		general, ok := d.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, s := range general.Specs {
			spec, ok := s.(*ast.TypeSpec)
			if !ok {
				continue
			}
			about[spec.Name.Name] = words(spec.Doc, general.Doc)
			if about[spec.Name.Name] == "" {
				t.Errorf("views.go says nothing about %s", spec.Name.Name)
			}
			if fields, ok := spec.Type.(*ast.StructType); ok {
				for _, f := range fields.Fields.List {
					for _, name := range f.Names {
						about[spec.Name.Name+"."+name.Name] = words(f.Comment, f.Doc)
					}
				}
			}
		}
	}
	return about
}

// TestViewsCompare makes sure that two views can be compared with ==, which building rests on.
func TestViewsCompare(t *testing.T) {
	for name, view := range theme.Views {
		if !reflect.TypeOf(view).Comparable() {
			t.Errorf("the view of %s cannot be compared", name)
		} else if view != view {
			t.Errorf("the view of %s is not equal to itself", name)
		}
	}
}
