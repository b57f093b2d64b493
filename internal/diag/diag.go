// Package diag says what is wrong, where, and what to do about it.
//
// A Diagnostic is plain, comparable data: a place, a severity, a rule id, one sentence for a person
// who edits content, and a hint that names the remedy. Deciding and showing are separate: every
// package makes diagnostics; Text, JSON, GitHub and SARIF show them, and what a file holds does nothing
// to a terminal or a log but stand in it.
//
// Diagnostics have one total order (Compare), so the same inputs print the same report on any
// number of cores. The package imports the standard library alone, so everything else may import it.
package diag

import (
	"cmp"
	"slices"
)

// Severity says how much a diagnostic matters: an Error stops publishing, a Warning does so only
// with --strict, a Note never does.
type Severity uint8

// The severities in rising order. Off is what a site's settings give a rule that shall be silent.
const (
	Off Severity = iota
	Note
	Warning
	Error
)

// String returns the word that is written in reports and in site.yaml.
func (s Severity) String() string {
	switch s {
	case Note:
		return "note"
	case Warning:
		return "warning"
	case Error:
		return "error"
	}
	return "off"
}

// ParseSeverity reads the word that String writes.
func ParseSeverity(word string) (Severity, bool) {
	for _, s := range []Severity{Off, Note, Warning, Error} {
		if s.String() == word {
			return s, true
		}
	}
	return Off, false
}

// Pos is a place in a text file. Line and Col count from 1; Col counts characters (code points), as
// editors do. The zero Pos stands for the whole file and is shown as its line 1.
type Pos struct{ Line, Col int }

// A Diagnostic is one problem at one place.
type Diagnostic struct {
	Path     string   // from the root of the site, with slashes
	Pos      Pos      // where it begins
	Width    int      // characters to underline; 0 underlines one
	Severity Severity // how much it matters
	Rule     string   // "area/what", such as "link/broken"
	Message  string   // one plain sentence, no full stop
	Hint     string   // the remedy: what to type instead; may be empty
	Source   string   // the text of the line, for showing; may be empty
}

// Compare orders diagnostics by path, place, rule and words: a total order.
func Compare(a, b Diagnostic) int {
	// Most are told apart by their place, and a large site has thousands.
	if a.Path != b.Path {
		return cmp.Compare(a.Path, b.Path)
	}
	return cmp.Or(
		cmp.Compare(a.Pos.Line, b.Pos.Line),
		cmp.Compare(a.Pos.Col, b.Pos.Col),
		cmp.Compare(a.Rule, b.Rule),
		cmp.Compare(a.Message, b.Message),
		cmp.Compare(a.Hint, b.Hint),
		cmp.Compare(b.Severity, a.Severity),
		cmp.Compare(a.Width, b.Width),
		cmp.Compare(a.Source, b.Source),
	)
}

// List is a report. The zero List is an empty one.
type List []Diagnostic

// Sorted returns the diagnostics in order, each once, in a list of its own.
func (l List) Sorted() List {
	sorted := slices.Clone(l)
	slices.SortFunc(sorted, Compare)
	return slices.Compact(sorted)
}

// Count returns how many diagnostics have exactly this severity.
func (l List) Count(s Severity) int {
	n := 0
	for _, d := range l {
		if d.Severity == s {
			n++
		}
	}
	return n
}

// AtLeast returns the diagnostics that matter as much as s or more, in the same order.
func (l List) AtLeast(s Severity) List {
	var out List
	for _, d := range l {
		if d.Severity >= s {
			out = append(out, d)
		}
	}
	return out
}

// Failed reports whether the list stops publishing: it holds an error.
func (l List) Failed() bool { return l.Count(Error) > 0 }

// WithSeverities returns the list with the severities a site gives its rules: rules maps a rule id
// to the severity it has there, strict turns warnings into errors afterwards, and what is Off is
// left out.
func (l List) WithSeverities(rules map[string]Severity, strict bool) List {
	var out List
	for _, d := range l {
		if s, ok := rules[d.Rule]; ok {
			d.Severity = s
		}
		if strict && d.Severity == Warning {
			d.Severity = Error
		}
		if d.Severity != Off {
			out = append(out, d)
		}
	}
	return out
}
