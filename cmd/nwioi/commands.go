package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"nwioi/internal/serve"
	"nwioi/internal/source"
	"nwioi/internal/write"
)

// The exit statuses.
const (
	done          = 0
	contentErrors = 1
	wrongUsage    = 2
	machineFailed = 3
)

// errContent says that the content has errors, which were already printed.
var errContent = errors.New("the content has errors")

// commands returns the command line. Results go to stdout, everything else to stderr.
func commands(stdout, stderr io.Writer) *cobra.Command {
	root := &cobra.Command{
		Use:           "nwioi",
		Short:         "Make the institute's website",
		Long:          "nwioi turns the pages in content/ and the records in data/ into a website,\nshows it while you edit, checks it and publishes it.",
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetOut(stdout)
	root.SetErr(stderr)
	root.AddCommand(serveCommand(stderr), buildCommand(stdout, stderr), checkCommand(stdout, stderr), searchCommand(stdout, stderr), referCommand(stdout, stderr), reportCommand(stdout, stderr), shareCommand(stdout, stderr), newCommand(stdout), schemaCommand(stdout, stderr), versionCommand(stdout))
	return root
}

// execute runs the command that args name and returns the exit status.
func execute(ctx context.Context, root *cobra.Command, args []string, stderr io.Writer) int {
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return done
	case errors.Is(err, errContent):
		return contentErrors
	}
	fmt.Fprintln(stderr, "nwioi: "+err.Error())
	if _, ok := errors.AsType[*write.Failed](err); ok {
		return machineFailed
	}
	if _, ok := errors.AsType[*serve.Failed](err); ok {
		return machineFailed
	}
	if _, ok := errors.AsType[*source.Unsaved](err); ok {
		return machineFailed
	}
	if errors.Is(err, context.Canceled) {
		return machineFailed
	}
	if _, ok := errors.AsType[*unmade](err); ok {
		return contentErrors
	}
	return wrongUsage
}

// unmade says that a file of a site without errors could not be made.
type unmade struct{ error }
