// Package source holds the input files of a site at one moment.
//
// A Tree is an immutable map from a path to a File. Rebuilding takes a new Tree: With and Without
// return one that shares every unchanged File, and a File keeps its identity while its bytes are
// the same. That identity is what the later steps memoise on, so watch events are hints for speed
// and the Tree alone is the truth.
//
// The package knows where files come from (a directory, files built into the binary) and how large
// they may be, and nothing of what is in them. It is one of the few that touch the operating system.
package source

import (
	"bytes"
	"iter"
	"maps"
	"slices"
	"strings"
)

// A File is one input file. It is never modified.
type File struct {
	// Path is relative to the root of the site, cleaned, with slashes.
	Path string
	// Data is the whole content. Do not modify it.
	Data []byte
	// Builtin says that the file came with the binary, not from the site's folder.
	Builtin bool
}

// A Tree is the set of input files at one moment. The zero Tree is empty. Trees are never modified.
type Tree struct {
	files map[string]*File
	paths []string // sorted
}

// NewTree returns the tree of the given files. Of two files with one path the first wins, so that
// a site's own files can be put before the built-in ones.
func NewTree(files ...*File) *Tree {
	t := &Tree{files: make(map[string]*File, len(files))}
	for _, f := range files {
		if _, taken := t.files[f.Path]; !taken {
			t.files[f.Path] = f
		}
	}
	t.paths = slices.Sorted(maps.Keys(t.files))
	return t
}

// File returns the file at path, or nil if there is none.
func (t *Tree) File(path string) *File {
	if t == nil {
		return nil
	}
	return t.files[path]
}

// Len returns the number of files.
func (t *Tree) Len() int { return len(t.paths) }

// Under yields the files whose path begins with the folder prefix (such as "content/"; "" for all),
// in the order of their paths.
func (t *Tree) Under(prefix string) iter.Seq[*File] {
	return func(yield func(*File) bool) {
		if t == nil {
			return
		}
		first, _ := slices.BinarySearch(t.paths, prefix)
		for _, p := range t.paths[first:] {
			if !strings.HasPrefix(p, prefix) || !yield(t.files[p]) {
				return
			}
		}
	}
}

// Update returns the tree in which each path of changed has the given content, or is gone where the
// content is nil. A file whose bytes are the same stays the same File; if nothing differs, t itself
// is returned.
func (t *Tree) Update(changed map[string][]byte) *Tree {
	var next map[string]*File
	moved := false
	for path, data := range changed {
		old := t.files[path]
		if old == nil && data == nil || old != nil && data != nil && bytes.Equal(old.Data, data) {
			continue
		}
		if next == nil {
			next = maps.Clone(t.files)
		}
		if data == nil {
			delete(next, path)
		} else {
			next[path] = &File{Path: path, Data: data}
		}
		moved = moved || old == nil || data == nil
	}
	if next == nil {
		return t
	}
	paths := t.paths
	if moved {
		paths = slices.Sorted(maps.Keys(next))
	}
	return &Tree{files: next, paths: paths}
}
