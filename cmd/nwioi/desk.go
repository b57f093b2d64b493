package main

import (
	"encoding/json"
	"fmt"
	"io"

	"nwioi/internal/assemble"
	"nwioi/internal/build"
	"nwioi/internal/diag"
	"nwioi/internal/search"
	"nwioi/internal/site"
	"nwioi/internal/theme"
)

// A desk is a site that answers staff: nothing of it is published.
type desk struct {
	*input
	edition *site.Edition
	theme   *theme.Theme
	cards   map[string]theme.Card
	index   search.Input
	errors  diag.List
}

// open reads the site for a command that answers from it. Errors of the content are shown; the answer
// comes from what could be read, and the command ends with failed.
func (l *location) open(stderr io.Writer) (*desk, error) {
	in, err := l.read()
	if err != nil {
		return nil, err
	}
	finished := progress(stderr, "Reading the site")
	edition, worn, problems := build.New(build.Options{Options: site.Options{AsOf: in.day}}).Edition(in.tree)
	d := &desk{input: in, edition: edition, theme: worn, errors: problems.AtLeast(diag.Error)}
	d.cards, d.index = assemble.Cards(edition, worn), assemble.SearchInput(edition, worn)
	finished()
	return d, show(stderr, d.errors)
}

// failed returns errContent, and says so, where the content has errors.
func (d *desk) failed(stderr io.Writer) error {
	if !d.errors.Failed() {
		return nil
	}
	fmt.Fprintln(stderr, "The answer comes from what could be read: "+diag.Summary(d.errors)+".")
	return errContent
}

// printJSON writes an answer for a program.
func printJSON(w io.Writer, answer any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(answer)
}
