// Package render turns recipes into a Set: the files of a build, each made when somebody asks for it.
//
// It is the memo of the whole build. A recipe that the previous set has too keeps its file, and with
// it the bytes that were already made; any other gets a new file. There is nothing to invalidate,
// because recipes are compared with == and so cannot forget a field. The package does not know what
// a page is.
package render

import "nwioi/internal/output"

// Set returns the set of the recipes, which must be sorted by path and have different paths. Files of
// previous (which may be nil) are kept where the recipe is the same.
func Set(previous *output.Set, recipes []output.Recipe) *output.Set {
	made := make([]*output.File, len(recipes))
	old := files(previous)
	for i, r := range recipes {
		for len(old) > 0 && old[0].Recipe.Path < r.Path {
			old = old[1:]
		}
		if len(old) > 0 && old[0].Recipe == r {
			made[i] = old[0]
			continue
		}
		made[i] = &output.File{Recipe: r}
	}
	return output.NewSet(made)
}

// Changed returns the paths whose files are not the same in both sets, sorted: those to make again,
// those that came, and those that went.
func Changed(previous, next *output.Set) []string {
	var paths []string
	old, fresh := files(previous), files(next)
	for len(old) > 0 || len(fresh) > 0 {
		switch {
		case len(fresh) == 0 || len(old) > 0 && old[0].Recipe.Path < fresh[0].Recipe.Path:
			paths = append(paths, old[0].Recipe.Path)
			old = old[1:]
		case len(old) == 0 || fresh[0].Recipe.Path < old[0].Recipe.Path:
			paths = append(paths, fresh[0].Recipe.Path)
			fresh = fresh[1:]
		default:
			if old[0] != fresh[0] {
				paths = append(paths, fresh[0].Recipe.Path)
			}
			old, fresh = old[1:], fresh[1:]
		}
	}
	return paths
}

func files(s *output.Set) []*output.File {
	if s == nil {
		return nil
	}
	return s.Files
}
