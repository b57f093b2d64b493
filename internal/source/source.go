// Package source holds the input files of a site at one moment.
//
// A Tree is an immutable map from a path to a File. Rebuilding takes a new Tree: With and Without
// return one that shares every unchanged File, and a File keeps its identity while its bytes are
// the same. That identity is what the later steps memoise on, so watch events are hints for speed
// and the Tree alone is the truth.
//
// The package knows where files come from (a directory, files built into the binary, a commit of git),
// how large they may be and when they were last changed, how one is saved without losing what somebody
// else saved meanwhile, and nothing of what is in them. It is one of the few that touch the operating system, and the only one that runs git.
package source

import (
	"bytes"
	"iter"
	"maps"
	"slices"
	"strings"

	"nwioi/internal/diag"
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
//
// A tree knows the files that came with the binary apart from the site's own: a file of the site
// hides the built-in one at the same path, and removing it brings the built-in one back. A theme
// goes as a whole: one file of the site under themes/<name>/ hides every built-in file there.
type Tree struct {
	files    map[string]*File // what stands at a path: the site's own file or else the built-in one
	paths    []string         // of files, sorted
	builtin  map[string]*File // every built-in file, hidden or not
	problems map[string]diag.Diagnostic
	links    []string // the paths that were read through a symbolic link, sorted
	history  *History // what git knows of the files; nil if nobody asked
}

// NewTree returns the tree of the given files. Of two files with one path the first wins, except
// that a site's own file wins over a built-in one wherever it stands.
func NewTree(files ...*File) *Tree {
	t := &Tree{files: make(map[string]*File, len(files)), builtin: map[string]*File{}}
	themes := map[string]bool{}
	for _, f := range files {
		into := t.files
		if f.Builtin {
			into = t.builtin
		} else {
			themes[themeOf(f.Path)] = true
		}
		if _, taken := into[f.Path]; !taken {
			into[f.Path] = f
		}
	}
	delete(themes, "")
	for path, f := range t.builtin {
		if t.files[path] == nil && !themes[themeOf(path)] {
			t.files[path] = f
		}
	}
	t.paths = slices.Sorted(maps.Keys(t.files))
	return t
}

// themeOf returns the folder "themes/<name>/" that path lies in, or "" if it lies in none.
func themeOf(path string) string {
	rest, ok := strings.CutPrefix(path, "themes/")
	if name, _, inside := strings.Cut(rest, "/"); ok && inside {
		return "themes/" + name + "/"
	}
	return ""
}

// File returns the file at path, or nil if there is none.
func (t *Tree) File(path string) *File {
	if t == nil {
		return nil
	}
	return t.files[path]
}

// Len returns the number of files.
func (t *Tree) Len() int {
	if t == nil {
		return 0
	}
	return len(t.paths)
}

// Problems returns what stopped files from being read, in order: a file that is too large, a link
// that leaves the site's folder. Such a file is not part of the tree. What keeps git from knowing the
// files is among them.
func (t *Tree) Problems() diag.List {
	if t == nil {
		return nil
	}
	all := diag.List(slices.Collect(maps.Values(t.problems)))
	if note := t.history.Note(); note != nil {
		all = append(all, *note)
	}
	return all.Sorted()
}

// Linked reports whether the file at path was read through a symbolic link, its own or that of a folder.
func (t *Tree) Linked(path string) bool {
	return t != nil && slices.ContainsFunc(t.links, func(link string) bool { return path == link || strings.HasPrefix(path, link+"/") })
}

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

// Update returns the tree in which the site's own file at each path of changed has the given
// content, or is gone where the content is nil. A file whose bytes are the same stays the same File;
// if nothing differs, t itself is returned.
func (t *Tree) Update(changed map[string][]byte) *Tree {
	var next map[string]*File
	moved := false
	themes := map[string]bool{}
	for path, data := range changed {
		old := t.files[path]
		own := old != nil && !old.Builtin
		if !own && data == nil || own && data != nil && bytes.Equal(old.Data, data) {
			continue
		}
		if next == nil {
			if next = maps.Clone(t.files); next == nil {
				next = map[string]*File{}
			}
		}
		switch {
		case data != nil:
			next[path] = &File{Path: path, Data: data}
		case t.builtin[path] != nil:
			next[path] = t.builtin[path]
		default:
			delete(next, path)
		}
		moved = moved || old == nil || next[path] == nil
		if theme := themeOf(path); theme != "" && (data == nil || !own) {
			themes[theme] = true
		}
	}
	if next == nil {
		return t
	}
	for theme := range themes {
		t.settle(next, theme)
		moved = true
	}
	paths := t.paths
	if moved {
		paths = slices.Sorted(maps.Keys(next))
	}
	return &Tree{files: next, paths: paths, builtin: t.builtin, problems: t.problems, links: t.links, history: t.history}
}

// settle shows or hides the built-in files of a theme in files: they stand there while the site has
// no file of its own in that folder.
func (t *Tree) settle(files map[string]*File, theme string) {
	replaced := false
	for path, f := range files {
		if !f.Builtin && strings.HasPrefix(path, theme) {
			replaced = true
			break
		}
	}
	for path, f := range t.builtin {
		if !strings.HasPrefix(path, theme) {
			continue
		}
		if !replaced {
			files[path] = f
		} else if at := files[path]; at != nil && at.Builtin {
			delete(files, path)
		}
	}
}
