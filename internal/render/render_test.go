package render

import (
	"io"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"nwioi/internal/output"
)

// A counter is a layout that counts how often it is asked.
type counter struct{ made int }

func (c *counter) Render(w io.Writer, view any) error {
	c.made++
	_, err := io.WriteString(w, view.(string))
	return err
}

// recipes returns the recipes of files by path, with the text of each as its view.
func recipes(l output.Layout, files map[string]string) []output.Recipe {
	var list []output.Recipe
	for _, p := range slices.Sorted(maps.Keys(files)) {
		list = append(list, output.Recipe{Path: p, Layout: l, View: files[p]})
	}
	return list
}

// An equal recipe keeps its file and the bytes that were made; nothing is made until somebody asks.
func TestEqualRecipesKeepTheirFiles(t *testing.T) {
	l := &counter{}
	first := Set(nil, recipes(l, map[string]string{"a": "1", "b": "2", "c": "3"}))
	if l.made != 0 {
		t.Fatalf("%d files were made before anybody asked", l.made)
	}
	for _, f := range first.Files {
		f.Body()
	}
	second := Set(first, recipes(l, map[string]string{"a": "1", "b": "changed", "d": "3"}))
	if l.made != 3 {
		t.Errorf("%d files are made, want 3", l.made)
	}
	if second.File("a") != first.File("a") || second.File("b") == first.File("b") || second.File("c") != nil {
		t.Error("the wrong files are kept")
	}
	if body, _ := second.File("a").Body(); string(body) != "1" || l.made != 3 {
		t.Errorf("the kept file says %q and %d files are made", body, l.made)
	}
	if body, _ := second.File("b").Body(); string(body) != "changed" {
		t.Errorf("the changed file says %q", body)
	}
	// Another layout, or another path, is another file.
	if other := Set(first, recipes(&counter{}, map[string]string{"a": "1"})); other.File("a") == first.File("a") {
		t.Error("a file outlives its layout")
	}
}

// Changed says exactly which files came, went or are others.
func TestChanged(t *testing.T) {
	l := &counter{}
	sites := rapid.MapOf(rapid.SampledFrom([]string{"a", "b", "b/c", "c", "d"}), rapid.SampledFrom([]string{"1", "2"}))
	rapid.Check(t, func(t *rapid.T) {
		before, after := sites.Draw(t, "before"), sites.Draw(t, "after")
		old := Set(nil, recipes(l, before))
		if rapid.Bool().Draw(t, "first") {
			old, before = nil, nil
		}
		var want []string
		for _, p := range []string{"a", "b", "b/c", "c", "d"} {
			x, in := before[p]
			y, out := after[p]
			if x != y || in != out {
				want = append(want, p)
			}
		}
		next := Set(old, recipes(l, after))
		if got := Changed(old, next); !slices.Equal(got, want) {
			t.Fatalf("from %v to %v changes %q, want %q", before, after, got, want)
		}
	})
}
