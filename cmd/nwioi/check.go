package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"nwioi/internal/build"
	"nwioi/internal/diag"
	"nwioi/internal/serve"
)

func checkCommand(stdout, stderr io.Writer) *cobra.Command {
	var (
		at        location
		o         build.Options
		format    string
		fix, diff bool
	)
	c := &cobra.Command{
		Use:     "check",
		Short:   "Say everything that is wrong with the site, in one run",
		Long:    "check says everything that is wrong with the site, in one run.\n\nWith --fix it first repairs what has one safe answer:\n\n" + repairsInWords(),
		Example: "  nwioi check --strict\n  nwioi check --format github\n  nwioi check --fix --diff",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			print := map[string]func(io.Writer, diag.List) error{
				"text":   func(_ io.Writer, l diag.List) error { return show(stderr, l) },
				"json":   diag.JSON,
				"github": diag.GitHub,
				"sarif":  func(w io.Writer, l diag.List) error { return diag.SARIF(w, l, version()) },
			}[format]
			if print == nil {
				return fmt.Errorf("--format %s: the formats are text, json, github and sarif", format)
			}
			if diff && (!fix || format != "text") {
				return errors.New("--diff shows what --fix would change, beside a report as text: nwioi check --fix --diff")
			}
			in, err := at.dated(c.Context())
			if err != nil {
				return err
			}
			o.AsOf = in.day
			finished := progress(stderr, "Reading and checking the site")
			builder := build.New(o)
			last := ""
			if fix {
				repairs := repairsOf(in.tree, builder)
				finished()
				if diff {
					last, err = preview(repairs, stdout)
				} else {
					err = repair(in, repairs, stderr)
				}
				if err != nil {
					return err
				}
				finished = progress(stderr, "Checking the site again")
			}
			result := builder.Build(in.tree)
			finished()
			if err := print(stdout, result.Problems); err != nil {
				return &serve.Failed{Sentence: "the report could not be written", Err: err}
			}
			if format == "text" {
				fmt.Fprintln(stderr, "Checked "+count(result.Pages, "page", "pages")+" and "+count(result.People, "person", "people")+": "+diag.Summary(result.Problems)+".")
			}
			if last != "" {
				fmt.Fprintln(stderr, last)
			}
			if result.Problems.Failed() {
				return errContent
			}
			return nil
		},
	}
	at.flags(c)
	c.Flags().StringVar(&format, "format", "text", "text, json, github or sarif")
	c.Flags().BoolVar(&o.Strict, "strict", false, "turn warnings into errors")
	c.Flags().BoolVar(&fix, "fix", false, "repair what has one safe answer, then check again")
	c.Flags().BoolVar(&diff, "diff", false, "with --fix: show the changes and write nothing")
	return c
}

// show prints diagnostics as people read them, in colour only on a terminal.
func show(w io.Writer, problems diag.List) error {
	return diag.Text(w, problems, diag.TextOptions{Color: colored(w), Source: true})
}

// colored reports whether w is a terminal whose user has not asked for no colour (no-color.org).
func colored(w io.Writer) bool {
	return terminal(w) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// terminal reports whether w is a terminal.
func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
