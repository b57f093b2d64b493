package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"nwioi/data"
	"nwioi/internal/assemble"
	"nwioi/internal/build"
	"nwioi/internal/diag"
	"nwioi/internal/serve"
	"nwioi/internal/site"
	"nwioi/internal/source"
	"nwioi/internal/write"
	"nwioi/themes"
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
	root.AddCommand(serveCommand(stderr), buildCommand(stdout, stderr), checkCommand(stdout, stderr), versionCommand(stdout))
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

// A location is where the site lies and which day it is made for: the flags of every command that
// reads a site.
type location struct{ root, asOf string }

func (l *location) flags(c *cobra.Command) {
	c.Flags().StringVar(&l.root, "root", "", "the site's `folder` (default: the nearest one upwards that has data/site.yaml)")
	c.Flags().StringVar(&l.asOf, "as-of", "", "make the site as of this `day`, YYYY-MM-DD (default: SOURCE_DATE_EPOCH, else today)")
}

// find returns the root of the site.
func (l *location) find() (string, error) {
	if l.root != "" {
		info, err := os.Stat(l.root)
		if err != nil || !info.IsDir() {
			return "", fmt.Errorf("there is no folder %s: name the folder that holds data/site.yaml after --root", l.root)
		}
		return l.root, nil
	}
	dir, err := os.Getwd()
	if err != nil {
		return "", &serve.Failed{Sentence: "the working directory cannot be found", Err: err}
	}
	for at := dir; ; at = filepath.Dir(at) {
		if _, err := os.Stat(filepath.Join(at, "data", "site.yaml")); err == nil {
			return at, nil
		}
		if at == filepath.Dir(at) {
			return "", fmt.Errorf("no data/site.yaml in %s or in a folder above it: go to the site's folder, or name it after --root", dir)
		}
	}
}

// day returns the day the site is made for: --as-of, then SOURCE_DATE_EPOCH, then today.
func (l *location) day() (site.Date, error) {
	if l.asOf != "" {
		day, err := site.ParseDate(l.asOf)
		if err != nil {
			return site.Date{}, fmt.Errorf("--as-of: %w", err)
		}
		return day, nil
	}
	if epoch := os.Getenv("SOURCE_DATE_EPOCH"); epoch != "" {
		seconds, err := strconv.ParseInt(epoch, 10, 64)
		if err != nil {
			return site.Date{}, fmt.Errorf("SOURCE_DATE_EPOCH is %q: it has to be a number of seconds since 1970", epoch)
		}
		return site.DateOf(time.Unix(seconds, 0).UTC()), nil
	}
	return site.DateOf(time.Now()), nil
}

// builtin returns the files that come with the binary: the theme and the vocabularies.
func builtin() ([]*source.File, error) {
	var files []*source.File
	for _, part := range []struct {
		prefix string
		files  fs.FS
	}{{"themes/", themes.Files}, {"data/", data.Vocabulary}} {
		err := fs.WalkDir(part.files, ".", func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			content, err := fs.ReadFile(part.files, path)
			files = append(files, &source.File{Path: part.prefix + path, Data: content, Builtin: true})
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}

// read reads the files of the site at root, with those that come with the binary below them.
//
// A command that builds once keeps most of what it allocates. Collecting the rest early costs about
// a tenth of its processor time and saves a quarter of its memory.
func read(root string) (*source.Tree, error) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(25)
	}
	shipped, err := builtin()
	if err != nil {
		return nil, err
	}
	tree, _ := source.ReadDir(root, shipped) // the tree has the problems too
	return tree, nil
}

func serveCommand(stderr io.Writer) *cobra.Command {
	var (
		at     location
		addr   string
		open   bool
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
			shipped, err := builtin()
			if err != nil {
				return err
			}
			base := "http://" + addr + "/"
			builder := build.New(build.Options{Options: site.Options{AsOf: day, Drafts: drafts, BaseURL: base}})
			return serve.Run(c.Context(), serve.Config{
				Addr: addr, Root: root, Builtin: shipped, Open: open, Log: stderr, Color: colored(stderr), Now: time.Now,
				Policy: assemble.ContentSecurityPolicy,
				Build: func(tree *source.Tree) serve.Result {
					r := builder.Build(tree)
					return serve.Result{Set: r.Set, Problems: r.Problems}
				},
			})
		},
	}
	at.flags(c)
	c.Flags().StringVar(&addr, "addr", "127.0.0.1:4000", "the loopback `address` to serve at")
	c.Flags().BoolVar(&open, "open", false, "open the site in the browser")
	c.Flags().BoolVar(&drafts, "drafts", false, "show drafts too")
	return c
}

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
			root, err := at.find()
			if err != nil {
				return err
			}
			if !c.Flags().Changed("out") {
				out = filepath.Join(root, "public")
			}
			if err := write.Allowed(out, root); err != nil {
				return err
			}
			if o.AsOf, err = at.day(); err != nil {
				return err
			}
			tree, err := read(root)
			if err != nil {
				return err
			}
			finished := progress(stderr, "Building the site")
			result, stats, err := build.New(o).Publish(c.Context(), tree, out, root)
			finished()
			if err := show(stderr, result.Problems); err != nil {
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

func checkCommand(stdout, stderr io.Writer) *cobra.Command {
	var (
		at     location
		o      build.Options
		format string
	)
	c := &cobra.Command{
		Use:     "check",
		Short:   "Say everything that is wrong with the site, in one run",
		Example: "  nwioi check --strict\n  nwioi check --format github",
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
			root, err := at.find()
			if err != nil {
				return err
			}
			if o.AsOf, err = at.day(); err != nil {
				return err
			}
			tree, err := read(root)
			if err != nil {
				return err
			}
			finished := progress(stderr, "Reading and checking the site")
			result := build.New(o).Build(tree)
			finished()
			if err := print(stdout, result.Problems); err != nil {
				return &serve.Failed{Sentence: "the report could not be written", Err: err}
			}
			if format == "text" {
				fmt.Fprintln(stderr, "Checked "+count(result.Pages, "page", "pages")+" and "+count(result.People, "person", "people")+": "+diag.Summary(result.Problems)+".")
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
