package source

import (
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"nwioi/internal/diag"
)

// ReadDir reads the input files of the site at root: the Folders and nothing else, many at once.
// The builtin files stand below the site's own (see Tree). What could not be read is not in the
// tree; the diagnostics, which the tree's Problems returns as well, say so one by one.
func ReadDir(root string, builtin []*File) (*Tree, diag.List) {
	return Refresh(root, NewTree(builtin...), []string{"."})
}

// Refresh reads the given files and folders again (paths relative to the root with slashes; "." is
// everything) and returns the tree in which they are as the disk has them now: changed, new or gone.
// Everything is compared by bytes, so that a File keeps its identity while it says the same; if
// nothing differs, old itself is returned. Paths that are not Wanted are ignored. The diagnostics
// are those of the whole tree.
//
// A file that is reached through a link is read each time, since its own path does not say when it
// changes.
func Refresh(root string, old *Tree, paths []string) (*Tree, diag.List) {
	if old == nil {
		old = NewTree()
	}
	targets := normalise(paths)
	if len(targets) == 0 {
		return old, old.Problems()
	}
	dir, err := os.OpenRoot(root)
	if err != nil {
		next := *old
		next.problems = maps.Clone(old.problems)
		if next.problems == nil {
			next.problems = map[string]diag.Diagnostic{}
		}
		next.problems["."] = unreadable(".", "the site's folder", err)
		if maps.Equal(old.problems, next.problems) {
			return old, old.Problems()
		}
		return &next, next.Problems()
	}
	defer dir.Close()

	s := newScan(root, dir)
	targets = s.visit(append(targets, old.links...))
	s.read()

	changed := s.data
	for _, target := range targets {
		for own := range old.at(target) {
			if _, seen := s.data[own]; !seen {
				changed[own] = nil
			}
		}
	}
	next := old.Update(changed)
	problems := keepOutside(old.problems, targets)
	delete(problems, ".")
	maps.Copy(problems, s.problems)
	if maps.Equal(problems, old.problems) && slices.Equal(s.links, old.links) {
		return next, next.Problems()
	}
	with := *next
	with.problems, with.links = problems, s.links
	return &with, with.Problems()
}

// normalise returns the wanted paths in their clean form; "." becomes all folders.
func normalise(paths []string) []string {
	var clean []string
	for _, p := range paths {
		p = path.Clean(filepath.ToSlash(p))
		if p == "." {
			return Folders()
		}
		if Wanted(p) {
			clean = append(clean, p)
		}
	}
	return clean
}

// at yields the paths of the site's own files that stand at target or below it.
func (t *Tree) at(target string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		if f := t.files[target]; f != nil && !f.Builtin && !yield(target) {
			return
		}
		for f := range t.Under(target + "/") {
			if !f.Builtin && !yield(f.Path) {
				return
			}
		}
	}
}

// keepOutside returns the problems of the paths that are neither one of targets nor below one.
func keepOutside(problems map[string]diag.Diagnostic, targets []string) map[string]diag.Diagnostic {
	kept := make(map[string]diag.Diagnostic, len(problems))
	for p, d := range problems {
		if !slices.ContainsFunc(targets, func(target string) bool { return within(p, target) }) {
			kept[p] = d
		}
	}
	return kept
}

// within reports whether p is the folder or lies below it.
func within(p, folder string) bool {
	return p == folder || strings.HasPrefix(p, folder) && p[len(folder)] == '/'
}
