package write

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"nwioi/internal/output"
)

// checkPaths returns an *Unsafe, or several joined, for the paths of the set that cannot stand in a
// published folder on every system: the folder may be served from a disk that knows no upper case,
// or copied to one.
func checkPaths(set *output.Set) error {
	var faults []error
	seen := make(map[string]string, 2*len(set.Files)) // a folded path to the path, folders with a last slash
	reported := map[string]bool{}
	for _, file := range set.Files {
		p := file.Recipe.Path
		if reason := fault(p); reason != "" {
			faults = append(faults, &Unsafe{p, reason})
			continue
		}
		folded := strings.ToLower(p)
		if other, taken := seen[folded]; taken {
			reason := "is made twice"
			if other != p {
				reason = alike(other)
			}
			faults = append(faults, &Unsafe{p, reason})
			continue
		}
		seen[folded] = p
		for i, c := range p {
			if c != '/' {
				continue
			}
			folder := p[:i+1]
			key := strings.ToLower(folder)
			if other, taken := seen[key]; !taken {
				seen[key] = folder
			} else if other != folder && !reported[folder] {
				reported[folder] = true
				faults = append(faults, &Unsafe{folder, alike(other)})
			}
		}
	}
	for _, file := range set.Files {
		if p := file.Recipe.Path; seen[strings.ToLower(p)+"/"] != "" {
			faults = append(faults, &Unsafe{p, "is both a file and a folder"})
		}
	}
	return errors.Join(faults...)
}

func alike(other string) string {
	return fmt.Sprintf("and %q differ by upper and lower case alone, and many systems take them for one", other)
}

// fault says why a path cannot stand in a published folder, or "".
func fault(p string) string {
	switch {
	case p == "":
		return "is no path"
	case !utf8.ValidString(p):
		return "is not valid text"
	case path.IsAbs(p):
		return "is an absolute path"
	case p != path.Clean(p) || !fs.ValidPath(p) || p == ".":
		return "is not a plain path inside the published folder"
	case len(p) > 1024:
		return "is longer than 1024 bytes"
	}
	for _, r := range p {
		if strings.ContainsRune(`\<>:"|?*`, r) || unicode.IsControl(r) {
			return fmt.Sprintf("holds the character %q, which not every system can store", r)
		}
	}
	for i, name := range strings.Split(p, "/") {
		stem, _, _ := strings.Cut(strings.ToLower(name), ".")
		switch {
		case i == 0 && strings.ToLower(name) == Marker:
			return "is where the build keeps its own notes"
		case len(name) > 255:
			return "holds a name longer than 255 bytes"
		case strings.HasSuffix(name, ".") || strings.HasSuffix(name, " "):
			return "holds a name that ends in a dot or a space, which not every system can store"
		case stem == "con", stem == "prn", stem == "aux", stem == "nul",
			len(stem) == 4 && (stem[:3] == "com" || stem[:3] == "lpt") && stem[3] >= '1' && stem[3] <= '9':
			return fmt.Sprintf("holds %q, a name that Windows keeps for itself", name)
		}
	}
	return ""
}
