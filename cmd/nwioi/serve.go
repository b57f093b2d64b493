package main

import (
	"cmp"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"nwioi/internal/assemble"
	"nwioi/internal/build"
	"nwioi/internal/edit"
	"nwioi/internal/serve"
	"nwioi/internal/site"
	"nwioi/internal/source"
)

func serveCommand(stderr io.Writer) *cobra.Command {
	var (
		at     location
		addr   string
		open   bool
		editor string
		drafts bool
	)
	c := &cobra.Command{
		Use:     "serve",
		Short:   "Show the site and rebuild it while you edit",
		Example: "  nwioi serve --open",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			root, err := at.find()
			if err != nil {
				return err
			}
			day, err := at.day()
			if err != nil {
				return err
			}
			opens, err := serve.ParseEditor(cmp.Or(editor, os.Getenv("NWIOI_EDITOR"), serve.Editors[0]))
			if err != nil {
				return err
			}
			shipped, err := builtin()
			if err != nil {
				return err
			}
			// Each of these has a memory of its own, so that none meets what another one shows.
			builds := func(basePath string, drafts bool) func(*source.Tree) *build.Result {
				options := site.Options{AsOf: day, Drafts: drafts, BaseURL: "http://" + addr + basePath, Preview: true}
				return build.New(build.Options{Options: options}).Build
			}
			served, published, typed := builds("/", drafts), builds(serve.PublishedPath, drafts), builds(edit.PreviewPath, true)
			forms := edit.New(edit.Config{Root: root, Today: day, MediaType: serve.MediaType, Build: func(tree *source.Tree) edit.Built {
				r := typed(tree)
				return edit.Built{Set: r.Set, Problems: r.Problems, Edition: r.Edition}
			}})
			return serve.Run(c.Context(), serve.Config{
				Addr: addr, Root: root, Builtin: shipped, Editor: opens, Open: open, Log: stderr, Color: colored(stderr), Now: time.Now,
				Policy: assemble.ContentSecurityPolicy,
				Build: func(tree *source.Tree) serve.Result {
					r := served(tree)
					forms.Follow(tree, r.Edition)
					return serve.Result{Set: r.Set, Problems: r.Problems, Sources: r.Sources}
				},
				Published: func(tree *source.Tree) serve.Result {
					r := published(tree)
					return serve.Result{Set: r.Set, Problems: r.Problems, Sources: r.Sources}
				},
				Edit: forms, Editable: edit.HasForm,
			})
		},
	}
	at.flags(c)
	c.Flags().StringVar(&addr, "addr", "127.0.0.1:4000", "the loopback `address` to serve at")
	c.Flags().StringVar(&editor, "editor", "", "the `program` that links to a file open: "+strings.Join(serve.Editors, ", ")+" (default NWIOI_EDITOR, or "+serve.Editors[0]+")")
	c.Flags().BoolVar(&open, "open", false, "open the site in the browser")
	c.Flags().BoolVar(&drafts, "drafts", false, "show drafts too")
	return c
}
