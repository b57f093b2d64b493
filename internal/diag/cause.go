package diag

import (
	"cmp"
	"slices"
)

// A Cause is one thing that is wrong, at one place or at many: a vocabulary id that is misspelt in forty
// files is one cause. The Diagnostic is that of its first place.
type Cause struct {
	Diagnostic
	Places []Place // all of them in order, the first one too
}

// A Place is where a cause shows.
type Place struct {
	Path   string
	Pos    Pos
	Width  int
	Source string // the text of the line
}

// Causes returns what is wrong, each thing once: diagnostics of the same severity, rule, message and hint
// are one cause. Errors come first, then warnings, then notes, and each in the order of their files.
func (l List) Causes() []Cause {
	type same struct {
		severity            Severity
		rule, message, hint string
	}
	index := map[same]int{}
	var causes []Cause
	for _, d := range l.Sorted() {
		key := same{d.Severity, d.Rule, d.Message, d.Hint}
		at, known := index[key]
		if !known {
			at = len(causes)
			index[key], causes = at, append(causes, Cause{Diagnostic: d})
		}
		causes[at].Places = append(causes[at].Places, Place{d.Path, d.Pos, d.Width, d.Source})
	}
	slices.SortStableFunc(causes, func(a, b Cause) int { return cmp.Compare(b.Severity, a.Severity) })
	return causes
}

// at returns the diagnostic of a cause at one of its places.
func (c Cause) at(p Place) Diagnostic {
	d := c.Diagnostic
	d.Path, d.Pos, d.Width, d.Source = p.Path, p.Pos, p.Width, p.Source
	return d
}
