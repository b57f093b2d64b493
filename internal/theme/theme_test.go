package theme_test

import (
	"io/fs"
	"testing"

	"nwioi/internal/source"
	"nwioi/internal/theme"
	"nwioi/themes"
)

// builtin returns a tree of the theme that comes with the binary, as a site would have it that changes it.
func builtin(t testing.TB) *source.Tree {
	t.Helper()
	var files []*source.File
	err := fs.WalkDir(themes.Files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := themes.Files.ReadFile(path)
		files = append(files, &source.File{Path: "themes/" + path, Data: data})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return source.NewTree(files...)
}

// institute returns the theme that comes with the binary, which must have no problem at all.
func institute(t testing.TB) *theme.Theme {
	t.Helper()
	loaded, problems := theme.Load(builtin(t), "institute")
	for _, p := range problems {
		t.Errorf("%s:%d: %s (%s)", p.Path, p.Pos.Line, p.Message, p.Hint)
	}
	return loaded
}
