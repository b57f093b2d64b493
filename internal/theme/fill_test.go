package theme_test

import (
	"fmt"
	"html/template"
	"reflect"
	"strings"
	"unsafe"

	"nwioi/internal/markdown"
	"nwioi/internal/theme"
)

// A filler makes values in which every field says something, and something awkward: text that would be
// markup if a template did not escape it, three entries in every list, every flag set.
type filler struct {
	theme *theme.Theme
	n     int // distinguishes ids and headings
	kinds int // of questions, in turn
	flags bool
}

// full returns a value of the type of the view with every field filled.
func (f *filler) full(view any) any {
	v := reflect.New(reflect.TypeOf(view)).Elem()
	f.fill(v, "")
	return v.Interface()
}

func (f *filler) fill(v reflect.Value, field string) {
	f.n++
	switch v.Interface().(type) {
	case template.HTML:
		v.SetString(string(theme.Mark(fmt.Sprint("person-", f.n))))
		return
	case template.JS:
		v.SetString(`{"@context":"https://schema.org","name":"\u003c/script\u003e"}`)
		return
	case template.URL:
		v.SetString("mailto:ada@example.org")
		return
	case theme.Body:
		doc, _ := markdown.Parse("content/x.md", []byte("A sentence with *stress*.\n\n## A heading\n\n- one\n- two\n"), 1, markdown.Options{AnchorPrefix: fmt.Sprint("s", f.n, "-")})
		v.Set(reflect.ValueOf(theme.Body{Doc: doc}))
		return
	case *theme.Fragment:
		name := map[string]string{"Header": "header", "Footer": "footer", "Form": "form"}[field]
		if name == "" {
			name = "card"
		}
		v.Set(reflect.ValueOf(&theme.Fragment{Layout: f.theme.Layout(name), View: f.full(theme.Views[name])}))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(f.text(field))
	case reflect.Bool:
		v.SetBool(f.flags)
	case reflect.Int:
		v.SetInt(int64(2 + f.n%7))
	case reflect.Struct:
		for i := range v.NumField() {
			f.fill(v.Field(i), v.Type().Field(i).Name)
		}
	case reflect.Pointer:
		p := reflect.New(v.Type().Elem())
		if items := p.Elem().FieldByName("items"); p.Elem().Kind() == reflect.Struct && items.IsValid() {
			list := reflect.MakeSlice(items.Type(), 3, 3)
			for i := range 3 {
				f.fill(list.Index(i), field)
			}
			// The elements of a list are reached by its methods alone; a test may do more.
			reflect.NewAt(items.Type(), unsafe.Pointer(items.UnsafeAddr())).Elem().Set(list)
		} else {
			f.fill(p.Elem(), field)
		}
		v.Set(p)
	default:
		panic("a view holds a " + v.Type().String() + ", which cannot be compared or placed")
	}
}

func (f *filler) text(field string) string {
	switch {
	case field == "URL", strings.HasSuffix(field, "URL"), field == "Src", field == "Target", field == "Action", field == "Index":
		return fmt.Sprintf("/a/%d/?x=1&y=2", f.n)
	case strings.HasSuffix(field, "ISO"), field == "Today":
		return "2026-11-22"
	case field == "ID", field == "Key":
		return fmt.Sprint("id-", f.n)
	case field == "Kind":
		f.kinds++
		return []string{"any", "one", "number"}[f.kinds%3]
	case field == "State":
		return "open"
	case field == "Srcset":
		return "/a.jpg 96w, /b.jpg 192w"
	case field == "Stylesheet", field == "FontURL", field == "Icon", field == "TouchIcon", field == "Script":
		return "/assets/" + strings.ToLower(field)
	}
	return fmt.Sprintf(`%s <i>"%d" & 'co'</i>`, field, f.n)
}
