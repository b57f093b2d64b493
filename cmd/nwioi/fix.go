package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"nwioi/internal/build"
	"nwioi/internal/diag"
	"nwioi/internal/fix"
	"nwioi/internal/serve"
	"nwioi/internal/site"
	"nwioi/internal/source"
)

// repairsOf returns what of a site has one safe answer.
func repairsOf(tree *source.Tree, builder *build.Builder) []fix.Repair {
	return fix.Site(tree, func(tree *source.Tree) (*site.Edition, diag.List) {
		edition, _, problems := builder.Edition(tree)
		return edition, problems
	})
}

// repairsInWords lists the kinds of repair, for the help of the command.
func repairsInWords() string {
	var b strings.Builder
	for _, k := range fix.Kinds() {
		fmt.Fprintf(&b, "  %-22s %s\n", k.ID, k.Summary)
	}
	return strings.TrimRight(b.String(), "\n")
}

// preview shows the repairs as a diff, and returns in a sentence what to do about them.
func preview(repairs []fix.Repair, stdout io.Writer) (string, error) {
	if _, err := io.WriteString(stdout, harmless(stdout, fix.Diff(repairs))); err != nil {
		return "", &serve.Failed{Sentence: "the changes could not be shown", Err: err}
	}
	if len(repairs) == 0 {
		return "Nothing here has one safe answer, so --fix would change nothing.", nil
	}
	return "Nothing was written. To make the changes shown above in " + count(len(repairs), "file", "files") + ", leave out --diff.", nil
}

// repair writes the repairs into the site's folder, puts them into the tree at hand, and says each place.
func repair(in *input, repairs []fix.Repair, stderr io.Writer) error {
	var made []fix.Repair
	var notes diag.List
	for _, r := range repairs {
		switch err := source.Save(in.root, r.Path, r.Before, r.After); {
		case errors.Is(err, source.ErrChanged):
			fmt.Fprintf(stderr, "%s changed while it was checked, and was left alone; run the command again\n", r.Path)
			continue
		case err != nil:
			return err
		}
		made, notes = append(made, r), append(notes, r.Notes...)
	}
	in.tree = fix.Tree(in.tree, made)
	if err := diag.Text(stderr, notes, diag.TextOptions{Color: colored(stderr)}); err != nil {
		return &serve.Failed{Sentence: "the report could not be written", Err: err}
	}
	said := "Nothing was repaired."
	if len(made) > 0 {
		said = "Repaired " + count(len(notes), "place", "places") + " in " + count(len(made), "file", "files") + "."
	}
	fmt.Fprintln(stderr, said)
	return nil
}

// harmless returns text with the pictures of control characters instead of themselves where it goes to a
// terminal. Anywhere else it stays as it is, so that a diff can be applied.
func harmless(w io.Writer, text string) string {
	if !terminal(w) {
		return text
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r < 0x20:
			return 0x2400 + r
		case r >= 0x7F && r < 0xA0 || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069:
			return 0xFFFD
		}
		return r
	}, text)
}
