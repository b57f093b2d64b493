package serve

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"unicode"

	"nwioi/internal/diag"
)

// A report is what a build found wrong, as the browser shows it: finished text, which is only ever set
// as text. Notes are left out.
type report struct {
	// Errors and Warnings count the causes.
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
	// Summary says in words how many errors there are and in how many places, if there are any.
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
	var r report
	files := map[string]int{} // where a file stands in r.Broken
	for _, c := range s.problems.AtLeast(diag.Warning).Causes() {
		if c.Severity == diag.Error {
			r.Errors++
		} else {
			r.Warnings++
		}
		if r.Errors+r.Warnings > mostProblems {
			r.More++
			continue
		}
		i, known := files[c.Path]
		if !known {
			i = len(r.Broken)
			files[c.Path] = i
			r.Broken = append(r.Broken, brokenFile{Path: visible(c.Path), Edit: e.formOf(s, c.Path)})
		}
		p := problem{
			Severity: c.Severity.String(), Rule: c.Rule, Message: visible(c.Message), Hint: visible(c.Hint), Excerpt: excerpt(c.Diagnostic),
			More: max(0, len(c.Places)-mostPlaces),
		}
		for _, at := range c.Places[:min(len(c.Places), mostPlaces)] {
			p.Places = append(p.Places, e.place(s, at))
		}
		r.Broken[i].Problems = append(r.Broken[i].Problems, p)
	}
	if r.Errors > 0 {
		r.Summary = errorsIn(s.problems)
	}
	return r
}

// place returns where a problem of a state is.
func (e *editor) place(s *state, at diag.Place) place {
	line, col := max(1, at.Pos.Line), max(1, at.Pos.Col)
	p := place{At: fmt.Sprintf("%s:%d:%d", visible(at.Path), line, col)}
	// A file of the binary is not on the disk.
	if f := s.tree.File(at.Path); f != nil && !f.Builtin {
		p.Open = e.config.Editor.link(e.root, at.Path, line, col)
	}
	return p
}

// formOf returns where an input file of a state is edited in the browser, or "".
func (e *editor) formOf(s *state, file string) string {
	if s.tree.File(file) == nil || !e.hasForm(file) {
		return ""
	}
	return EditPath + "?" + url.Values{"file": {file}}.Encode()
}

// errorsIn says how many errors a list has: "2 errors in 40 places".
func errorsIn(list diag.List) string { return diag.Summary(list.AtLeast(diag.Error)) }

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
