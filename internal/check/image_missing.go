package check

import (
	"maps"
	"path"
	"slices"
	"strings"

	"nwioi/internal/diag"
	"nwioi/internal/site"
)

// imageMissing finds pictures in a text whose file does not exist. The path of a picture begins at the
// file that shows it.
func imageMissing() rule {
	const id = "image/missing"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Error, Summary: "A picture that a text or a record shows is there."},
		edition: func(p *pass) {
			for _, s := range p.sheets {
				for _, l := range s.shows {
					file := path.Join(path.Dir(s.file.Path), l.to)
					if p.Pictures[file] == nil {
						p.wrongLink(s, l, id, "there is no picture "+quote(file), p.nearestPicture(s, file))
					}
				}
				if who, ok := s.value.(*site.Practitioner); ok && who.Photo != nil && who.Photo.File != "" && p.Pictures[who.Photo.Path()] == nil {
					p.wrong(s.file, "photo.file", id, "there is no picture "+quote(who.Photo.Path()),
						"put the picture there, or remove photo: until there is one")
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
