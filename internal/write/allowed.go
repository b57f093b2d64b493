package write

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"nwioi/internal/source"
)

// Allowed returns nil if the site at root may be published into dir: dir does not exist, is an empty
// folder, or is one that Dir made. It is a *Refused otherwise, in particular if dir holds the site's
// root, lies among its input, or is a link. Dir asks for itself; ask before a long build to refuse
// early. A *Failed says that the machine did not let us look.
func Allowed(dir, root string) error {
	refuse := func(reason, remedy string) error { return &Refused{dir, reason, remedy} }
	const elsewhere = "name a folder of its own, such as public"
	if dir == "" {
		return &Refused{"The folder to publish into", "has no name", elsewhere}
	}
	target, err := filepath.Abs(dir)
	if err != nil {
		return &Failed{dir, "cannot be found", err}
	}
	info, err := os.Lstat(target)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		info = nil
	case errors.Is(err, syscall.ENOTDIR):
		return refuse("lies inside a file", elsewhere)
	case err != nil:
		return &Failed{dir, "cannot be looked at", err}
	case info.Mode()&fs.ModeSymlink != 0:
		return refuse("is a link", "name the folder that it leads to")
	case !info.IsDir():
		return refuse("is not a folder", elsewhere)
	}
	if reason := touches(target, info, root); reason != "" {
		return refuse(reason, elsewhere)
	}
	if info == nil {
		return nil
	}
	entries, err := os.ReadDir(target)
	if err != nil {
		return &Failed{dir, "cannot be listed", err}
	}
	if len(entries) == 0 {
		return nil
	}
	if !marked(target) {
		return refuse("is not empty and was not made by this program", "name an empty or a new folder, so that nothing of yours is lost")
	}
	if slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == ".git" }) {
		return refuse("holds a git repository, which publishing would remove", "keep the repository elsewhere and copy the published files into it")
	}
	return nil
}

// marked reports whether the folder holds our marker, as a real folder.
func marked(folder string) bool {
	info, err := os.Lstat(filepath.Join(folder, Marker))
	return err == nil && info.IsDir()
}

// touches says how publishing into target would touch the site at root, or "". Folders are compared
// as the system sees them, whatever links or letter case their names go through.
func touches(target string, info fs.FileInfo, root string) string {
	root, err := filepath.Abs(root)
	if err != nil {
		return ""
	}
	if real, err := filepath.EvalSymlinks(root); err == nil {
		root = real
	}
	if info != nil {
		for above := root; ; above = filepath.Dir(above) {
			if at, err := os.Stat(above); err == nil && os.SameFile(at, info) {
				if above == root {
					return "is the site's own folder"
				}
				return "contains the site's own folder"
			}
			if above == filepath.Dir(above) {
				break
			}
		}
	}
	forbidden := append(source.Folders(), ".git")
	real := resolved(target)
	if rel, err := filepath.Rel(root, real); err == nil {
		if top, _, _ := strings.Cut(filepath.ToSlash(rel), "/"); slices.Contains(forbidden, top) {
			return fmt.Sprintf("lies in %s/, where the site's own files are", top)
		}
	}
	for above := real; ; above = filepath.Dir(above) {
		if at, err := os.Stat(above); err == nil {
			for _, folder := range forbidden {
				if input, err := os.Stat(filepath.Join(root, folder)); err == nil && os.SameFile(at, input) {
					return fmt.Sprintf("lies in %s/, where the site's own files are", folder)
				}
			}
		}
		if above == filepath.Dir(above) {
			return ""
		}
	}
}

// resolved returns the path with the links in the part of it that exists followed.
func resolved(path string) string {
	rest := ""
	for at := path; ; at = filepath.Dir(at) {
		if real, err := filepath.EvalSymlinks(at); err == nil {
			return filepath.Join(real, rest)
		}
		if at == filepath.Dir(at) {
			return path
		}
		rest = filepath.Join(filepath.Base(at), rest)
	}
}
