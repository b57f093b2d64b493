package read_test

import (
	"bytes"
	"io/fs"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"nwioi/internal/diag"
	"nwioi/internal/read"
	"nwioi/internal/source"
)

// fuzz reads a file of any content: reading ends, and every problem is one that can be shown.
func fuzz(t *testing.T, path string, data []byte) {
	var r read.Reader
	s, problems := r.Site(source.NewTree(&source.File{Path: "data/site.yaml", Data: []byte(settings)}, &source.File{Path: path, Data: data}))
	if s == nil || s.Settings == nil {
		t.Fatal("no site")
	}
	lines := bytes.Count(data, []byte("\n")) + bytes.Count(data, []byte("\r")) + 1
	for _, d := range problems {
		switch {
		case d.Path != path:
			t.Errorf("a problem of %s, which is sound: %v", d.Path, d)
		case d.Rule == "" || d.Message == "" || d.Severity == diag.Off:
			t.Errorf("a problem that says nothing: %#v", d)
		case d.Pos.Line < 0 || d.Pos.Line > lines+1 || d.Pos.Col < 0:
			t.Errorf("a problem at %v of a file of %d lines: %v", d.Pos, lines, d)
		case !utf8.ValidString(d.Message + d.Hint + d.Source):
			t.Errorf("a problem that is not text: %#v", d)
		}
	}
}

// seeds adds the files of a folder of the institute's site.
func seeds(f *testing.F, dir, ext string) {
	root := os.DirFS("../..")
	err := fs.WalkDir(root, dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ext) {
			return err
		}
		data, err := fs.ReadFile(root, path)
		f.Add(data)
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
}

func FuzzRecord(f *testing.F) {
	f.Add([]byte(person))
	f.Add([]byte("fees: {individual: {amount: -1, minutes: 99999999999999999999}}\nlocations: [{latitude: .nan, longitude: 1e999}]\n"))
	f.Add([]byte("licenses: [{state: \"\\u0000\"}]\nphoto: {file: \"..\\\\..\", consent: 2026-99-99}\nbio: \"\\uFFFC {{fact \\\"x\\\"}}\"\n"))
	seeds(f, "data/practitioners", ".yaml")
	f.Fuzz(func(t *testing.T, data []byte) { fuzz(t, "data/practitioners/ada.yaml", data) })
}

func FuzzPage(f *testing.F) {
	f.Add([]byte("---\ntitle: A\naliases: [/a/, \"\\uFEFF\"]\nslug: ../x\n---\n\n[a](b.md) ![c](d.jpg) {{fact \"e\"}}\n"))
	seeds(f, "content", ".md")
	f.Fuzz(func(t *testing.T, data []byte) { fuzz(t, "content/news/a.md", data) })
}
