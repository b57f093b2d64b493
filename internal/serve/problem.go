package serve

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"unicode"

	"nwioi/internal/diag"
)

// A report is what a build found wrong, as the browser shows it: finished text, which is only ever set
// as text. Notes are left out.
type report struct {
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
	// Summary says how many errors there are in words, if there are any.
	Summary string `json:"summary,omitempty"`
	// Broken are the files that something is wrong with, those with errors first.
	Broken []brokenFile `json:"broken,omitempty"`
	// More counts the problems that are too many to show.
	More int `json:"more,omitempty"`
}

// A brokenFile is an input file and what is wrong with it.
type brokenFile struct {
	Path     string    `json:"path"`
	Edit     string    `json:"edit,omitempty"` // the form to edit it with, or ""
	Problems []problem `json:"problems"`
}

// A problem is one cause, at one place or at several.
type problem struct {
	Severity string  `json:"severity"`
	Message  string  `json:"message"`
	Hint     string  `json:"hint,omitempty"`
	Rule     string  `json:"rule"`
	Excerpt  string  `json:"excerpt,omitempty"` // the line with carets below
	Places   []place `json:"places"`            // the first is that of the excerpt
	More     int     `json:"more,omitempty"`    // counts the places that are too many to show
}

// A place is where something is wrong.
type place struct {
	At string `json:"at"` // path:line:col
	// Open is an address that opens the file there in the author's own editor, or "". It is made of one
	// of our own schemes.
	Open template.URL `json:"open,omitempty"`
}

const (
	mostProblems = 100
	mostPlaces   = 50 // of one problem
)

// report says what is wrong at a state in full.
func (e *editor) report(s *state) report {
	r := report{Errors: s.problems.Count(diag.Error), Warnings: s.problems.Count(diag.Warning)}
	if r.Errors > 0 {
		r.Summary = errorsIn(s.problems)
	}
	list := s.problems.Sorted().AtLeast(diag.Warning)
	slices.SortStableFunc(list, func(a, b diag.Diagnostic) int { return cmp.Compare(b.Severity, a.Severity) })
	type cause struct {
		severity            diag.Severity
		rule, message, hint string
	}
	type spot struct{ file, problem int }
	unseen := spot{-1, -1}
	known := map[cause]spot{}
	files := map[string]int{}
	shown := 0
	for _, d := range list {
		c := cause{d.Severity, d.Rule, d.Message, d.Hint}
		at, again := known[c]
		if !again {
			if shown == mostProblems {
				r.More++
				known[c] = unseen
				continue
			}
			shown++
			file, seen := files[d.Path]
			if !seen {
				file = len(r.Broken)
				files[d.Path] = file
				r.Broken = append(r.Broken, brokenFile{Path: visible(d.Path), Edit: e.formOf(s, d.Path)})
			}
			problems := &r.Broken[file].Problems
			at = spot{file, len(*problems)}
			known[c] = at
			*problems = append(*problems, problem{
				Severity: d.Severity.String(), Rule: d.Rule, Message: visible(d.Message), Hint: visible(d.Hint), Excerpt: excerpt(d),
			})
		}
		if at == unseen {
			continue
		}
		p := &r.Broken[at.file].Problems[at.problem]
		if len(p.Places) == mostPlaces {
			p.More++
			continue
		}
		p.Places = append(p.Places, e.place(s, d))
	}
	return r
}

// brief returns the report as every page gets it: problems that stop nothing are only counted.
func (s *state) brief() report {
	if s.report == nil {
		return report{}
	}
	if s.failed() {
		return s.report()
	}
	return report{Warnings: s.problems.Count(diag.Warning)}
}

// place returns where a diagnostic is about.
func (e *editor) place(s *state, d diag.Diagnostic) place {
	line, col := max(1, d.Pos.Line), max(1, d.Pos.Col)
	p := place{At: fmt.Sprintf("%s:%d:%d", visible(d.Path), line, col)}
	// A file of the binary is not on the disk.
	if f := s.tree.File(d.Path); f != nil && !f.Builtin {
		p.Open = e.config.Editor.link(e.root, d.Path, line, col)
	}
	return p
}

// errorsIn says how many errors a list has: "2 errors".
func errorsIn(list diag.List) string { return count(list.Count(diag.Error), "error") }

// excerpt returns the line that a diagnostic is about, with carets below, as the terminal shows it.
func excerpt(d diag.Diagnostic) string {
	if d.Source == "" {
		return ""
	}
	d.Hint = ""
	var b strings.Builder
	if err := diag.Text(&b, diag.List{d}, diag.TextOptions{Source: true}); err != nil {
		return ""
	}
	_, rest, _ := strings.Cut(b.String(), "\n")
	return strings.TrimRight(rest, "\n")
}

// visible returns text in which no character moves the others around unseen.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) && r != '\u200c' && r != '\u200d' {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

//go:embed page.html
var pageText string

// pages are the server's own: the diagnostics when there is no site to show yet, and a file that
// could not be made.
var pages = template.Must(template.New("page").Parse(pageText))

type ownPage struct {
	Title, Lead string
	Files       []brokenFile
	More        int
}

// problems answers with the diagnostics: there is no site yet.
func (h *handler) problems(w http.ResponseWriter, now *state) {
	all := now.report()
	h.own(w, http.StatusServiceUnavailable, now, ownPage{
		Title: "The site cannot be shown yet",
		Lead:  "This page turns into the site as soon as these are put right: " + all.Summary + ".",
		Files: all.Broken, More: all.More,
	})
}

// allProblems answers with the whole report.
func (h *handler) allProblems(w http.ResponseWriter) {
	w.Header().Set("Content-Type", MediaType(".json"))
	_ = json.NewEncoder(w).Encode(h.editor.now.Load().report()) // somebody who went away needs no answer
}

// unmade answers for a file that could not be made.
func (h *handler) unmade(w http.ResponseWriter, now *state, path string, err error) {
	h.own(w, http.StatusInternalServerError, now, ownPage{
		Title: "This page could not be made",
		Lead:  "The other pages are as they should be.",
		Files: []brokenFile{{Path: visible(path), Problems: []problem{{Severity: "error", Message: visible(err.Error()), Rule: "build/unmade",
			Hint: "undo the last change to the theme or to what this page shows"}}}},
	})
}

func (h *handler) own(w http.ResponseWriter, status int, now *state, p ownPage) {
	var b strings.Builder
	if err := pages.Execute(&b, p); err != nil {
		refuse(w, http.StatusInternalServerError, "This page could not be made.")
		return
	}
	h.html(w, status, withLive([]byte(b.String()), h.token, now.edition))
}
