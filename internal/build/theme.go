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

func (t *themes) load(tree *source.Tree, name string) (*theme.Theme, diag.List) {
	var files []*source.File
	for f := range tree.Under("themes/" + name + "/") {
		files = append(files, f)
	}
	if t.theme == nil || t.name != name || !slices.Equal(t.files, files) {
		loaded, problems := theme.Load(tree, name)
		*t = themes{name, files, loaded, problems}
	}
	return t.theme, t.problems
}
