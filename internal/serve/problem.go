package serve

import (
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"unicode"

	"nwioi/internal/diag"
)

// A problem is a diagnostic as the browser shows it: finished text, which is only ever set as text.
type problem struct {
	Severity string `json:"severity"`
	Place    string `json:"place"` // path:line:col
	Message  string `json:"message"`
	Hint     string `json:"hint,omitempty"`
	Rule     string `json:"rule"`
	Excerpt  string `json:"excerpt,omitempty"` // the line with carets below
}

// shownProblems returns the problems as a page shows them, errors before warnings and notes not at
// all, and how many more there are.
func shownProblems(list diag.List) (shown []problem, more int) {
	list = list.Sorted().AtLeast(diag.Warning)
	slices.SortStableFunc(list, func(a, b diag.Diagnostic) int { return cmp.Compare(b.Severity, a.Severity) })
	shown = []problem{}
	for i, d := range list {
		if i == mostProblems {
			return shown, len(list) - mostProblems
		}
		shown = append(shown, problem{
			Severity: d.Severity.String(),
			Place:    fmt.Sprintf("%s:%d:%d", visible(d.Path), max(1, d.Pos.Line), max(1, d.Pos.Col)),
			Message:  visible(d.Message), Hint: visible(d.Hint), Rule: d.Rule,
			Excerpt: excerpt(d),
		})
	}
	return shown, 0
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
	Problems    []problem
	More        int
}

// problems answers with the diagnostics: there is no site yet.
func (h *handler) problems(w http.ResponseWriter, now *state) {
	shown, more := shownProblems(now.problems)
	h.own(w, http.StatusServiceUnavailable, now, ownPage{
		Title:    "The site cannot be shown yet",
		Lead:     "This page turns into the site as soon as these are put right: " + errorsIn(now.problems) + ".",
		Problems: shown, More: more,
	})
}

// unmade answers for a file that could not be made.
func (h *handler) unmade(w http.ResponseWriter, now *state, path string, err error) {
	h.own(w, http.StatusInternalServerError, now, ownPage{
		Title: "This page could not be made",
		Lead:  "The other pages are as they should be.",
		Problems: []problem{{Severity: "error", Place: visible(path), Message: visible(err.Error()), Rule: "build/unmade",
			Hint: "undo the last change to the theme or to what this page shows"}},
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
