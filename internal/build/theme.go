package build

import (
	"slices"

	"nwioi/internal/diag"
	"nwioi/internal/source"
	"nwioi/internal/theme"
)

// themes keeps the theme that was loaded last: it is loaded again when one of its files is another.
type themes struct {
	name     string
	files    []*source.File
	theme    *theme.Theme
	problems diag.List
}

// loading begins to load the theme with the name, if it has to be, and returns what waits for it.
func (t *themes) loading(tree *source.Tree, name string) func() (*theme.Theme, diag.List) {
	files := slices.Collect(tree.Under("themes/" + name + "/"))
	if t.theme != nil && t.name == name && slices.Equal(t.files, files) {
		return func() (*theme.Theme, diag.List) { return t.theme, t.problems }
	}
	done := make(chan themes)
	last := t.theme
	if last == nil {
		last = new(theme.Theme)
	}
	go func() {
		loaded, problems := last.Next(tree, name)
		done <- themes{name, files, loaded, problems}
	}()
	return func() (*theme.Theme, diag.List) {
		*t = <-done
		return t.theme, t.problems
	}
}
