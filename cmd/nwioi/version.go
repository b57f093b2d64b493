package main

import (
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

func versionCommand(stdout io.Writer) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version, that of Go and those of the modules",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			info, ok := debug.ReadBuildInfo()
			if !ok {
				return errors.New("this binary does not say what it was built from")
			}
			fmt.Fprintln(stdout, "nwioi "+version())
			fmt.Fprintln(stdout, info.GoVersion)
			for _, m := range info.Deps {
				fmt.Fprintln(stdout, m.Path+" "+m.Version)
			}
			return nil
		},
	}
}

// version is what the binary was built from: a tag, a commit, or "(devel)".
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "(unknown)"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return strings.TrimSpace(info.Main.Version + " " + s.Value)
		}
	}
	return info.Main.Version
}
