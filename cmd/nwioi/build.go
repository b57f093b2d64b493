package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"nwioi/internal/build"
	"nwioi/internal/diag"
	"nwioi/internal/site"
	"nwioi/internal/write"
)

func buildCommand(stdout, stderr io.Writer) *cobra.Command {
	var (
		at   location
		out  string
		o    build.Options
		base string
	)
	c := &cobra.Command{
		Use:     "build",
		Short:   "Publish the site into a folder, all or nothing",
		Example: "  nwioi build --out public --base-url https://example.org/",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			start := time.Now()
			if base != "" {
				if _, err := site.NewBase(base); err != nil {
					return fmt.Errorf("--base-url: %w", err)
				}
			}
			o.BaseURL = base
			in, err := at.dated(c.Context())
			if err != nil {
				return err
			}
			if !c.Flags().Changed("out") {
				out = filepath.Join(in.root, "public")
			}
			if err := write.Allowed(out, in.root); err != nil {
				return err
			}
			o.AsOf = in.day
			finished := progress(stderr, "Building the site")
			result, stats, err := build.New(o).Publish(c.Context(), in.tree, out, in.root)
			finished()
			// Notes are for check: they would be said anew at every build.
			if err := show(stderr, result.Problems.AtLeast(diag.Warning)); err != nil {
				return err
			}
			if result.Problems.Failed() {
				fmt.Fprintln(stderr, "Nothing was published: "+diag.Summary(result.Problems)+".")
				return errContent
			}
			if err != nil {
				return published(err)
			}
			if n := result.Samples; n > 0 {
				fmt.Fprintf(stdout, "%s published: invented people, marked as samples.\n", count(n, "sample record", "sample records"))
			}
			fmt.Fprintf(stdout, "Published %s, %s, %s, %s into %s in %s.\n",
				count(result.Pages, "page", "pages"), count(result.People, "person", "people"), count(stats.Files, "file", "files"),
				size(stats.Bytes), out, time.Since(start).Round(time.Millisecond))
			return nil
		},
	}
	at.flags(c)
	c.Flags().StringVar(&out, "out", "public", "the `folder` to publish into (default: public in the site's folder)")
	c.Flags().StringVar(&base, "base-url", "", "the `address` the site will have (default: url in data/site.yaml)")
	c.Flags().BoolVar(&o.Drafts, "drafts", false, "publish drafts too")
	c.Flags().BoolVar(&o.Verify, "verify", false, "make every file twice and compare")
	return c
}

// published tells errors of the machine and of the command line from those of a file that could not
// be made.
func published(err error) error {
	_, failed := errors.AsType[*write.Failed](err)
	_, refused := errors.AsType[*write.Refused](err)
	if failed || refused || errors.Is(err, context.Canceled) {
		return err
	}
	return &unmade{err}
}

// size writes a number of bytes for people.
func size(n int64) string {
	switch {
	case n < 1000:
		return count(int(n), "byte", "bytes")
	case n < 1e6:
		return fmt.Sprintf("%.1f kB", float64(n)/1e3)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
