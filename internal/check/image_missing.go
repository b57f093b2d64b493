package check

import (
	"maps"
	"path"
	"slices"
	"strings"

	"nwioi/internal/diag"
)

// imageMissing finds pictures in a text whose file does not exist. The path of a picture begins at the
// file that shows it.
func imageMissing() rule {
	return rule{
		Rule: Rule{ID: "image/missing", Severity: diag.Error, Summary: "A picture that a text shows is a file beside it."},
		edition: func(p *pass) {
			for _, s := range p.sheets {
				for _, l := range s.shows {
					file := path.Join(path.Dir(s.file.Path), l.to)
					if p.Pictures[file] == nil {
						p.wrongLink(s, l, "image/missing", "there is no picture "+quote(file), p.nearestPicture(s, file))
					}
				}
			}
		},
	}
}

// nearestPicture returns the hint for a picture that does not exist.
func (p *pass) nearestPicture(s *sheet, file string) string {
	known := slices.Sorted(maps.Keys(p.Pictures))
	for _, other := range known {
		if strings.EqualFold(path.Base(other), path.Base(file)) {
			return "did you mean " + quote(relative(s.file.Path, other)) + "?"
		}
	}
	if p.guesses++; p.guesses <= maxGuesses {
		if near := diag.Nearest(file, known); near != "" {
			return "did you mean " + quote(relative(s.file.Path, near)) + "?"
		}
	}
	return "put the picture there, or write its path from this file"
}
