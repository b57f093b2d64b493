package source

import (
	"path"
	"slices"
	"strings"
)

// Folders returns the folders of a site that hold input, in order. Nothing else under the root is
// read.
func Folders() []string { return []string{"content", "data", "static", "themes"} }

// Wanted reports whether the file or folder at p, relative to the root of a site, is input if it
// exists: it lies in one of the Folders (or is one), and no part of its path is a hidden name, the
// backup or lock of an editor, or node_modules. The one hidden name that is wanted is
// static/.well-known, which RFC 8615 gives to files such as security.txt.
func Wanted(p string) bool {
	if p != path.Clean(p) {
		return false
	}
	parts := strings.Split(p, "/")
	if !slices.Contains(Folders(), parts[0]) {
		return false
	}
	for i, name := range parts {
		if i == 1 && parts[0] == "static" && name == ".well-known" {
			continue
		}
		if debris(name) {
			return false
		}
	}
	return true
}

// debris reports whether a file or folder of that name was left by a program and not put there by a
// person.
func debris(name string) bool {
	switch name {
	case "", "4913", "node_modules", "Thumbs.db", "desktop.ini", "__MACOSX":
		return true
	}
	switch {
	case name[0] == '.':
	case name[0] == '#' && name[len(name)-1] == '#':
	case strings.HasSuffix(name, "~"):
	case strings.HasSuffix(name, "___jb_tmp___"), strings.HasSuffix(name, "___jb_old___"), strings.HasSuffix(name, ".vsctmp"):
	case strings.HasSuffix(name, ".swp"), strings.HasSuffix(name, ".swo"), strings.HasSuffix(name, ".swx"):
	default:
		return false
	}
	return true
}

// The bounds of one file in bytes.
const (
	MaxText    = 1 << 20
	MaxPicture = 32 << 20
	maxDepth   = 32 // folders inside one another
)

// limit returns how many bytes the file at p may have, and what kind of file it is in words. A file
// in static/ that is not text, such as a PDF, may be as large as a picture.
func limit(p string) (max int64, kind string) {
	switch strings.ToLower(path.Ext(p)) {
	case ".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif":
		return MaxPicture, "picture"
	case ".md", ".yaml", ".yml", ".html", ".htm", ".css", ".js", ".mjs", ".ts", ".json", ".svg", ".txt", ".xml", ".csv", ".webmanifest":
		return MaxText, "text file"
	}
	if strings.HasPrefix(p, "static/") || strings.HasPrefix(p, "themes/") {
		return MaxPicture, "file"
	}
	return MaxText, "file of this kind"
}
