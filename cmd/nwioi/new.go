package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"nwioi/internal/schema"
	"nwioi/internal/source"
)

func newCommand(stdout io.Writer) *cobra.Command {
	var at location
	c := &cobra.Command{
		Use:   "new KIND NAME",
		Short: "Begin a practitioner, course, event, news post or page",
		Long: "new writes a starting file with every key explained and a blank for each that is needed.\n" +
			"KIND is " + strings.Join(schema.Beginnings, ", ") + ". NAME is what people read. A person's name\n" +
			"may be written with the family name first and a comma: \"de la Cruz, Ana María\".",
		Example:   "  nwioi new practitioner \"Jo Rivera\"\n  nwioi new event \"An evening on desire\"\n  nwioi new news \"Course dates for spring\"",
		Args:      newArguments,
		ValidArgs: schema.Beginnings,
		RunE: func(c *cobra.Command, args []string) error {
			in, err := at.read()
			if err != nil {
				return err
			}
			words, _ := vocabularies(in.tree) // a broken one leaves its choices out of the remarks
			s, err := schema.Begin(args[0], args[1], in.day, words)
			if err != nil {
				return err
			}
			if err := create(in.root, s.Path, s.Data); err != nil {
				return err
			}
			fmt.Fprintf(stdout, "Wrote %s\n", s.Path)
			fmt.Fprint(stdout, next(args[0], s))
			return nil
		},
	}
	at.flags(c)
	return c
}

// newArguments says what is missing in words that help.
func newArguments(_ *cobra.Command, args []string) error {
	kinds := strings.Join(schema.Beginnings, ", ")
	switch len(args) {
	case 0:
		return fmt.Errorf("new what? Write one of %s, and a name: nwioi new practitioner \"Jo Rivera\"", kinds)
	case 1:
		return fmt.Errorf("the name is missing: nwioi new %s \"Name\"", args[0])
	case 2:
		return nil
	}
	return fmt.Errorf("these are %d words where a kind and a name are wanted: put the name in quotes, as in nwioi new %s %q", len(args), args[0], strings.Join(args[1:], " "))
}

// next says what to do with a new file.
func next(kind string, s *schema.Start) string {
	var b strings.Builder
	if kind == "practitioner" {
		fmt.Fprintf(&b, "The given name is %q and the family name %q. If that is not how the name divides,\nchange the two lines; the file keeps its name.\n", s.Given, s.Family)
	}
	if n := len(s.Blanks); n > 0 {
		fmt.Fprintf(&b, "Open it and fill in %s: the keys with nothing after their colon.\n", count(n, "blank", "blanks"))
		b.WriteString("nwioi check says what is still missing, and nwioi serve --open shows the page.\n")
	}
	switch kind {
	case "practitioner":
		b.WriteString("Nobody is listed before the record says that the person agreed: see consent.\n")
	case "news", "page":
		b.WriteString("Write the text below the second line of hyphens; nwioi serve --open --drafts shows it.\nIt is a draft, and published once you delete the line draft.\n")
	}
	return b.String()
}

// create writes a new file below the root. What is there stays.
func create(root, name string, data []byte) error {
	err := source.Save(root, name, nil, data)
	if errors.Is(err, source.ErrChanged) {
		return fmt.Errorf("there is a %s already: edit that file, or choose another name", name)
	}
	return err
}
