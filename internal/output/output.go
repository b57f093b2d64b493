// Package output says what to make (Recipe) and what was made (File, Set).
//
// A Recipe is a comparable struct: where the file goes, which layout makes it, and the view it is
// made from. Equal recipes make equal bytes; that is the whole of incremental building. A view
// therefore holds no slice, map, interface or time.Time: a list goes by pointer to a value that a
// Pool interned, long text by pointer to the parsed value.
//
// A File is made on demand, once, when somebody asks for its body. No body outlives its recipe.
package output

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
)

// A Layout makes the bytes of a file from a view. Implementations are compared by identity, so they
// are pointers; a layout whose source changed is a new pointer. Render must be a pure function of
// the layout and the view.
type Layout interface {
	Render(w io.Writer, view any) error
}

// A Recipe is one file to make. Recipes are compared with ==.
type Recipe struct {
	// Path is where the file stands in the published folder, such as "directory/index.html".
	Path string
	// Layout makes the file.
	Layout Layout
	// View is all that the layout sees: a comparable struct.
	View any
}

// A File is one output file: its recipe, and its body once somebody asked.
type File struct {
	Recipe Recipe

	once sync.Once
	body []byte
	err  error
}

// Body makes the file the first time it is called and remembers the bytes. It is safe for
// concurrent use. Do not modify the result.
func (f *File) Body() ([]byte, error) {
	f.once.Do(func() {
		var b bytes.Buffer
		f.err = f.render(&b)
		f.body = b.Bytes()
	})
	return f.body, f.err
}

func (f *File) render(w io.Writer) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%s could not be made: %v", f.Recipe.Path, p)
		}
	}()
	if err := f.Recipe.Layout.Render(w, f.Recipe.View); err != nil {
		return fmt.Errorf("%s could not be made: %w", f.Recipe.Path, err)
	}
	return nil
}

// Render makes the file into w without remembering it, for a caller that makes every file once and
// lets it go. The error names the file.
func (f *File) Render(w io.Writer) error { return f.render(w) }

// A Set is the files of one build, in the order of their paths.
type Set struct{ Files []*File }

// NewSet returns the set of files, which must have different paths and be sorted by them.
func NewSet(files []*File) *Set { return &Set{files} }

// File returns the file at path, or nil.
func (s *Set) File(path string) *File {
	if s == nil {
		return nil
	}
	i, found := slices.BinarySearchFunc(s.Files, path, func(f *File, path string) int { return strings.Compare(f.Recipe.Path, path) })
	if !found {
		return nil
	}
	return s.Files[i]
}
