package build

import (
	"reflect"
	"testing"
	"time"

	"nwioi/internal/markdown"
	"nwioi/internal/output"
	"nwioi/internal/search"
	"nwioi/internal/shareimage"
	"nwioi/internal/site"
	"nwioi/internal/source"
	"nwioi/internal/theme"
)

// pointers are the types that a view may point to, with why two equal pointers mean equal contents and
// why what they point to never changes.
var pointers = map[reflect.Type]string{
	reflect.TypeFor[theme.Fragment]():     "interned by its layout and view",
	reflect.TypeFor[theme.Shared]():       "interned by its content",
	reflect.TypeFor[markdown.Doc]():       "parsed once from the bytes of a file",
	reflect.TypeFor[source.File]():        "the bytes of a file themselves",
	reflect.TypeFor[search.File]():        "part of an index that was made from one key",
	reflect.TypeFor[shareimage.Painter](): "made once for its style",
	reflect.TypeFor[site.Person]():        "projected once from a record, the day and the certifications",
}

// incomparable says why a value of the type cannot stand in a view, or "".
func incomparable(t reflect.Type, at string) string {
	if t == reflect.TypeFor[time.Time]() {
		return at + " is a time.Time, which says more than == compares"
	}
	switch t.Kind() {
	case reflect.Slice, reflect.Map, reflect.Interface, reflect.Func, reflect.Chan, reflect.UnsafePointer:
		return at + " is a " + t.Kind().String()
	case reflect.Float32, reflect.Float64, reflect.Complex64, reflect.Complex128:
		return at + " is a number that need not equal itself"
	case reflect.Array:
		return incomparable(t.Elem(), at+"[]")
	case reflect.Struct:
		for i := range t.NumField() {
			if why := incomparable(t.Field(i).Type, at+"."+t.Field(i).Name); why != "" {
				return why
			}
		}
	case reflect.Pointer:
		if pointers[t.Elem()] != "" {
			return ""
		}
		if t.Elem().PkgPath() == reflect.TypeFor[output.Pool]().PkgPath() {
			if items, ok := t.MethodByName("All"); ok {
				return incomparable(items.Type.Out(0).Elem(), at+".All")
			}
		}
		return at + " points to " + t.Elem().String() + ", which nobody interns"
	}
	return ""
}

// A recipe is compared with ==, so a view that held a slice could not be compared, and one that held a
// map or a clock would compare what it should not.
func TestViewsAreComparable(t *testing.T) {
	for name, view := range theme.Views {
		if why := incomparable(reflect.TypeOf(view), name); why != "" {
			t.Error(why)
		}
	}
	seen := map[reflect.Type]bool{}
	for _, f := range New(Options{Options: site.Options{AsOf: day}}).Build(institute(t)).Set.Files {
		view := reflect.TypeOf(f.Recipe.View)
		if seen[view] {
			continue
		}
		seen[view] = true
		if why := incomparable(view, f.Recipe.Path); why != "" {
			t.Error(why)
		}
		if layout := reflect.TypeOf(f.Recipe.Layout); layout.Kind() != reflect.Pointer {
			t.Errorf("%s is made by a %v, which is no pointer", f.Recipe.Path, layout)
		}
	}
	if len(seen) < 20 {
		t.Errorf("the institute's site has only %d kinds of view", len(seen))
	}
	for _, wrong := range []any{struct{ S []string }{}, struct{ M map[string]int }{}, struct{ T time.Time }{}, struct{ E *site.Edition }{}, struct {
		L *theme.List[any]
	}{}} {
		if incomparable(reflect.TypeOf(wrong), "wrong") == "" {
			t.Errorf("%T was let through", wrong)
		}
	}
}
