package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"nwioi/internal/diag"
	"nwioi/internal/read"
	"nwioi/internal/schema"
	"nwioi/internal/serve"
	"nwioi/internal/source"
)

func schemaCommand(stdout, stderr io.Writer) *cobra.Command {
	var (
		at    location
		check bool
	)
	c := &cobra.Command{
		Use:   "schema",
		Short: "Write what editors need to complete and check records while you type",
		Long: "schema writes a JSON Schema for each kind of record and the settings of Visual Studio Code that go\n" +
			"with them into .vscode/, and the issue form for new practitioners where there are issue forms.\n" +
			"Settings that you wrote yourself stay as they are.",
		Example: "  nwioi schema\n  nwioi schema --check",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			in, err := at.read()
			if err != nil {
				return err
			}
			words, problems := vocabularies(in.tree)
			if problems.Failed() {
				if err := show(stderr, problems); err != nil {
					return err
				}
				fmt.Fprintln(stderr, "Nothing was written: the schemas need every vocabulary.")
				return errContent
			}
			root, err := os.OpenRoot(in.root)
			if err != nil {
				return &serve.Failed{Sentence: "the site's folder cannot be opened", Err: err}
			}
			defer root.Close()
			files, err := editorFiles(root, words)
			if err != nil {
				return err
			}
			if check {
				return current(files, stdout, stderr)
			}
			for _, f := range files {
				if err := f.write(root); err != nil {
					return err
				}
				fmt.Fprintln(stdout, "Wrote "+f.path)
			}
			if len(files) == 0 {
				fmt.Fprintln(stdout, "All of it is up to date already.")
				return nil
			}
			fmt.Fprintln(stdout, "Open the folder in Visual Studio Code and agree to the extension that it recommends:\nfrom then on it completes and checks records while you type.")
			return nil
		},
	}
	at.flags(c)
	c.Flags().BoolVar(&check, "check", false, "write nothing, and fail if something is out of date")
	return c
}

// current says which files are out of date.
func current(files []editorFile, stdout, stderr io.Writer) error {
	for _, f := range files {
		fmt.Fprintln(stderr, f.path+" is out of date")
	}
	if len(files) > 0 {
		fmt.Fprintln(stderr, "Run nwioi schema and commit what it writes.")
		return errContent
	}
	fmt.Fprintln(stdout, "All of it is up to date.")
	return nil
}

// vocabularies reads the vocabularies of a site, and nothing else of it.
func vocabularies(tree *source.Tree) (schema.Vocabularies, diag.List) {
	var r read.Reader
	s, problems := r.Site(source.NewTree(slices.Collect(tree.Under("data/vocabulary/"))...))
	problems = slices.DeleteFunc(problems, func(d diag.Diagnostic) bool { return d.Rule == "site/missing" })
	return s.Vocabularies, problems
}

// An editorFile is a file that differs from what it should be.
type editorFile struct {
	path string
	data []byte
}

// issueForm is the form on GitHub with which people ask to be listed.
const issueForm = ".github/ISSUE_TEMPLATE/new-practitioner.yml"

// editorFiles returns the files for editors that are missing or out of date.
func editorFiles(root *os.Root, words schema.Vocabularies) ([]editorFile, error) {
	var files []editorFile
	put := func(name string, data, old []byte) {
		if !bytes.Equal(data, old) {
			files = append(files, editorFile{name, data})
		}
	}
	for _, k := range schema.Kinds() {
		old, err := readIn(root, k.File())
		if err != nil {
			return nil, err
		}
		put(k.File(), schema.Of(k.ID, words).JSON(), old)
	}
	for name, merged := range map[string]func([]byte) ([]byte, error){schema.SettingsFile: schema.Settings, schema.ExtensionsFile: schema.Extensions} {
		old, err := readIn(root, name)
		if err != nil {
			return nil, err
		}
		data, err := merged(old)
		if err != nil {
			return nil, fmt.Errorf("%s stays as it is: %w", name, err)
		}
		put(name, data, old)
	}
	slices.SortFunc(files, func(a, b editorFile) int { return strings.Compare(a.path, b.path) })
	if info, err := root.Stat(path.Dir(issueForm)); err == nil && info.IsDir() {
		old, err := readIn(root, issueForm)
		if err != nil {
			return nil, err
		}
		put(issueForm, schema.IssueForm(words), old)
	}
	return files, nil
}

// readIn reads a file below the root; nil where there is none.
func readIn(root *os.Root, name string) ([]byte, error) {
	data, err := root.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, &serve.Failed{Sentence: name + " cannot be read", Err: err}
	}
	return data, nil
}

// write writes the file in one step, so that no editor sees half of it.
func (f editorFile) write(root *os.Root) error {
	failed := func(err error) error {
		return &serve.Failed{Sentence: f.path + " cannot be written", Err: err}
	}
	if err := root.MkdirAll(path.Dir(f.path), 0o755); err != nil {
		return failed(err)
	}
	half := f.path + ".new"
	if err := root.WriteFile(half, f.data, 0o644); err != nil {
		return failed(err)
	}
	if err := root.Rename(half, f.path); err != nil {
		root.Remove(half)
		return failed(err)
	}
	return nil
}
