//go:build unix

package source_test

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"nwioi/internal/diag"
	"nwioi/internal/source"
)

// site makes a folder with the given files and returns its path.
func site(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for p, text := range files {
		put(t, root, p, text)
	}
	return root
}

func put(t *testing.T, root, p, text string) {
	t.Helper()
	full := filepath.Join(root, p)
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, root, p string) {
	t.Helper()
	if err := os.RemoveAll(filepath.Join(root, p)); err != nil {
		t.Fatal(err)
	}
}

func paths(tree *source.Tree) []string {
	list := []string{}
	for f := range tree.Under("") {
		list = append(list, f.Path)
	}
	return list
}

func TestReadDirReadsTheFourFoldersOnly(t *testing.T) {
	root := site(t, map[string]string{
		"content/index.md":                "home",
		"content/empty.md":                "",
		"data/site.yaml":                  "title: x",
		"data/practitioners/ada.yaml":     "a",
		"static/.well-known/security.txt": "s",
		"static/robots.txt":               "r",
		"themes/own/a.css":                "c",

		"README.md":                       "outside",
		"public/index.html":               "outside",
		"content/.draft.md":               "hidden",
		"content/.git/config":             "hidden",
		"content/.well-known/x.md":        "hidden here",
		"content/index.md~":               "backup",
		"content/.index.md.swp":           "swap",
		"content/x.swp":                   "swap",
		"content/#index.md#":              "emacs",
		"content/4913":                    "vim",
		"content/node_modules/a/index.md": "modules",
		"data/site.yaml___jb_tmp___":      "jetbrains",
	})
	tree, problems := source.ReadDir(root, nil)
	if len(problems) != 0 {
		t.Errorf("problems: %v", problems)
	}
	want := []string{"content/empty.md", "content/index.md", "data/practitioners/ada.yaml", "data/site.yaml",
		"static/.well-known/security.txt", "static/robots.txt", "themes/own/a.css"}
	if got := paths(tree); !slices.Equal(got, want) {
		t.Errorf("read %q\nwant %q", got, want)
	}
	if f := tree.File("content/index.md"); string(f.Data) != "home" || f.Builtin {
		t.Errorf("content/index.md is %+v", f)
	}
	if f := tree.File("content/empty.md"); f.Data == nil {
		t.Error("an empty file has no data, which would read as a removed one")
	}
}

func TestBuiltinFilesStandBelowTheSites(t *testing.T) {
	builtin := []*source.File{
		{Path: "data/vocabulary/concern.yaml", Data: []byte("built in"), Builtin: true},
		{Path: "data/vocabulary/state.yaml", Data: []byte("built in"), Builtin: true},
		{Path: "themes/institute/a.css", Data: []byte("built in"), Builtin: true},
		{Path: "themes/institute/b.css", Data: []byte("built in"), Builtin: true},
	}
	root := site(t, map[string]string{"data/site.yaml": "x", "data/vocabulary/concern.yaml": "own"})
	tree, _ := source.ReadDir(root, builtin)
	expect := func(step string, want ...string) {
		t.Helper()
		var got []string
		for f := range tree.Under("") {
			if f.Builtin {
				got = append(got, f.Path+"=built in")
			} else {
				got = append(got, f.Path+"="+string(f.Data))
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n got %q\nwant %q", step, got, want)
		}
	}
	refresh := func(p string) { tree, _ = source.Refresh(root, tree, []string{p}) }
	const site, own, concern, state = "data/site.yaml=x", "data/vocabulary/concern.yaml=own",
		"data/vocabulary/concern.yaml=built in", "data/vocabulary/state.yaml=built in"
	const a, b = "themes/institute/a.css=built in", "themes/institute/b.css=built in"

	expect("a vocabulary is replaced file by file", site, own, state, a, b)
	remove(t, root, "data/vocabulary/concern.yaml")
	refresh("data/vocabulary/concern.yaml")
	expect("removing it brings the built-in one back", site, concern, state, a, b)
	put(t, root, "themes/institute/c.css", "own")
	refresh("themes/institute/c.css")
	expect("one file replaces the theme as a whole", site, concern, state, "themes/institute/c.css=own")
	put(t, root, "themes/institute/a.css", "built in")
	refresh("themes")
	expect("also with the same bytes", site, concern, state, "themes/institute/a.css=built in", "themes/institute/c.css=own")
	if f := tree.File("themes/institute/a.css"); f.Builtin {
		t.Error("the site's own file is taken for the built-in one")
	}
	remove(t, root, "themes/institute")
	refresh(".")
	expect("removing the folder brings the theme back", site, concern, state, a, b)
	if tree.File("themes/institute/a.css") != builtin[2] {
		t.Error("the built-in file lost its identity")
	}
	put(t, root, "themes/other/a.css", "o")
	refresh("themes/other/a.css")
	expect("another theme hides nothing", site, concern, state, a, b, "themes/other/a.css=o")
}

func TestRefreshKeepsWhatDidNotChange(t *testing.T) {
	root := site(t, map[string]string{"content/a.md": "a", "content/b.md": "b", "content/n/c.md": "c", "content-x/a.md": "x"})
	first, _ := source.ReadDir(root, nil)
	put(t, root, "content/a.md", "a") // another time stamp, the same bytes
	for _, hint := range []string{"content/a.md", "content/none.md", "content", ".", "README.md", "content/a.md~", "../x", ""} {
		if same, _ := source.Refresh(root, first, []string{hint}); same != first {
			t.Errorf("hint %q: nothing changed, and yet there is another tree", hint)
		}
	}
	put(t, root, "content/a.md", "A")
	put(t, root, "content/b.md", "B")
	second, _ := source.Refresh(root, first, []string{"content/a.md"})
	if string(second.File("content/a.md").Data) != "A" || string(second.File("content/b.md").Data) != "b" {
		t.Error("not exactly the named file was read again")
	}
	if second.File("content/n/c.md") != first.File("content/n/c.md") {
		t.Error("an unchanged file lost its identity")
	}
	if string(first.File("content/a.md").Data) != "a" {
		t.Error("the older tree changed")
	}
	remove(t, root, "content/n")
	put(t, root, "content/n", "a file now")
	third, _ := source.Refresh(root, second, []string{"content/n/c.md"})
	if got := paths(third); !slices.Equal(got, []string{"content/a.md", "content/b.md", "content/n"}) {
		t.Errorf("a folder that became a file reads as %q", got)
	}
	remove(t, root, "content")
	if fourth, _ := source.Refresh(root, third, []string{"content/a.md"}); fourth.Len() != 0 {
		t.Errorf("the folder is gone, and the tree has %q", paths(fourth))
	}
}

// one returns the only diagnostic at p.
func one(t *testing.T, problems diag.List, p string) diag.Diagnostic {
	t.Helper()
	var found diag.List
	for _, d := range problems {
		if d.Path == p {
			found = append(found, d)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%s has %d diagnostics, want one: %v", p, len(found), problems)
	}
	return found[0]
}

func TestWhatCannotBeReadIsSaid(t *testing.T) {
	root := site(t, map[string]string{
		"content/fine.md":        "fine",
		"content/full.md":        strings.Repeat("x", source.MaxText),
		"content/long.md":        strings.Repeat("x", source.MaxText+1),
		"content/folder.md/a.md": "a",
		"content/bad\xff.md":     "x",
		"content/bad\u202e.md":   "x",
		"static/leaflet.pdf":     strings.Repeat("x", source.MaxText+1),
		"data/site.yaml":         "title: x",
		"secret.yaml":            "private",
	})
	outside := filepath.Join(t.TempDir(), "outside.md")
	os.WriteFile(outside, []byte("outside"), 0o644)
	os.Mkdir(filepath.Join(root, "content/real"), 0o755)
	for link, target := range map[string]string{
		"content/out.md":       outside,
		"content/up.md":        "../secret.yaml",
		"content/record.md":    "../data/site.yaml",
		"content/nothing.md":   "nowhere.md",
		"content/loop.md":      "loop.md",
		"content/dir":          "real",
		"content/good.md":      "fine.md",
		"content/real/good.md": "../full.md",
		"themes":               t.TempDir(),
	} {
		if err := os.Symlink(target, filepath.Join(root, link)); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(root, "content/pipe.md"), 0o644); err != nil {
		t.Fatal(err)
	}
	// A socket's path is short by nature, so the working directory leads there.
	t.Chdir(filepath.Join(root, "content"))
	l, err := net.Listen("unix", "socket.md")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	huge, err := os.Create(filepath.Join(root, "content/huge.png"))
	if err != nil {
		t.Fatal(err)
	}
	huge.Truncate(5_000_000_000)
	huge.Close()

	tree, problems := source.ReadDir(root, nil)
	want := []string{"content/fine.md", "content/folder.md/a.md", "content/full.md", "content/good.md",
		"content/real/good.md", "data/site.yaml", "static/leaflet.pdf"}
	if got := paths(tree); !slices.Equal(got, want) {
		t.Errorf("read %q\nwant %q", got, want)
	}
	for p, words := range map[string][2]string{
		"content/long.md":      {"file/too-large", "1.1 MiB, and a text file may have 1 MiB at most"},
		"content/huge.png":     {"file/too-large", "a picture may have 32 MiB at most"},
		"content/folder.md":    {"file/kind", "folder"},
		"content/bad\ufffd.md": {"file/name", "not valid text"},
		"content/bad\u202e.md": {"file/name", "character"},
		"content/out.md":       {"file/link", "leads out of the site's folder"},
		"content/up.md":        {"file/link", `leads out of "content/"`},
		"content/record.md":    {"file/link", `leads out of "content/"`},
		"content/nothing.md":   {"file/link", "leads to nothing"},
		"content/loop.md":      {"file/link", "leads to nothing"},
		"content/dir":          {"file/link", "leads to a folder"},
		"content/pipe.md":      {"file/kind", "a pipe"},
		"content/socket.md":    {"file/kind", "a socket"},
		"themes":               {"file/kind", "must be a real folder, and it is a link"},
	} {
		d := one(t, problems, p)
		if d.Rule != words[0] || !strings.Contains(d.Message, words[1]) || d.Severity != diag.Error || d.Hint == "" {
			t.Errorf("%s: got %s %q, want %s with %q", p, d.Rule, d.Message, words[0], words[1])
		}
	}
	if len(problems) != 14 {
		t.Errorf("%d problems, want 14: %v", len(problems), problems)
	}

	// A problem stays while its file does, and goes with it.
	put(t, root, "content/fine.md", "finer")
	tree, problems = source.Refresh(root, tree, []string{"data/site.yaml"})
	if len(problems) != 14 {
		t.Errorf("another file was read, and there are %d problems", len(problems))
	}
	if got := string(tree.File("content/good.md").Data); got != "finer" {
		t.Errorf("what is read through a link did not follow its file: %q", got)
	}
	put(t, root, "content/long.md", "short")
	remove(t, root, "content/folder.md")
	remove(t, root, "content/bad\xff.md")
	tree, problems = source.Refresh(root, tree, []string{"content/long.md", "content/folder.md", "content/bad\xff.md"})
	if len(problems) != 11 || tree.File("content/long.md") == nil {
		t.Errorf("repaired files left %d problems, want 11: %v", len(problems), problems)
	}
}

func TestUnreadableFilesAreSaid(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("the superuser may read everything")
	}
	root := site(t, map[string]string{"content/a.md": "a", "content/n/b.md": "b"})
	os.Chmod(filepath.Join(root, "content/a.md"), 0)
	os.Chmod(filepath.Join(root, "content/n"), 0)
	defer os.Chmod(filepath.Join(root, "content/n"), 0o755)
	_, problems := source.ReadDir(root, nil)
	for _, p := range []string{"content/a.md", "content/n"} {
		if d := one(t, problems, p); d.Rule != "file/unreadable" || !strings.Contains(d.Message, "permission denied") {
			t.Errorf("%s: %s %q", p, d.Rule, d.Message)
		}
	}
}

func TestAMissingRootKeepsTheTree(t *testing.T) {
	root := site(t, map[string]string{"content/a.md": "a"})
	tree, _ := source.ReadDir(root, nil)
	if err := os.Rename(root, root+"-moved"); err != nil {
		t.Fatal(err)
	}
	gone, problems := source.Refresh(root, tree, []string{"."})
	if d := one(t, problems, "."); d.Rule != "file/unreadable" || gone.Len() != 1 {
		t.Errorf("got %v and %q", problems, paths(gone))
	}
	os.Rename(root+"-moved", root)
	if _, problems := source.Refresh(root, gone, []string{"."}); len(problems) != 0 {
		t.Errorf("the root is back, and there are still problems: %v", problems)
	}
}

// A tree that was refreshed by hints is the tree that a fresh look at the folder gives, whatever
// happened in between.
func TestRefreshEqualsReadDir(t *testing.T) {
	builtin := []*source.File{
		{Path: "themes/a/f1", Data: []byte("built in"), Builtin: true},
		{Path: "themes/a/d1/f2", Data: []byte("built in"), Builtin: true},
		{Path: "data/f1", Data: []byte("built in"), Builtin: true},
	}
	for seed := range uint64(8) {
		random := rand.New(rand.NewPCG(seed, 1))
		root := t.TempDir()
		tree, _ := source.ReadDir(root, builtin)
		name := func() string {
			p := []string{"content", "data", "themes/a", "themes/b"}[random.IntN(4)]
			for range random.IntN(3) {
				p += fmt.Sprintf("/d%d", random.IntN(2))
			}
			return p + fmt.Sprintf("/f%d", random.IntN(3))
		}
		for step := range 50 {
			var hints []string
			for range 1 + random.IntN(3) {
				p := name()
				full := filepath.Join(root, p)
				switch random.IntN(6) {
				case 0, 1, 2:
					os.MkdirAll(filepath.Dir(full), 0o755)
					os.Remove(full) // else a link's target changes, which nobody would hint at
					os.WriteFile(full, []byte{byte('a' + random.IntN(2))}, 0o644)
				case 3:
					os.RemoveAll(full)
				case 4:
					p = filepath.Dir(p)
					os.RemoveAll(filepath.Join(root, p))
				case 5:
					os.MkdirAll(filepath.Dir(full), 0o755)
					os.RemoveAll(full)
					os.Symlink(fmt.Sprintf("f%d", random.IntN(3)), full)
				}
				hints = append(hints, p)
			}
			var problems diag.List
			tree, problems = source.Refresh(root, tree, hints)
			fresh, freshProblems := source.ReadDir(root, builtin)
			if got, want := contents(tree), contents(fresh); !maps.Equal(got, want) {
				t.Fatalf("seed %d, step %d, hints %q:\n got %v\nwant %v", seed, step, hints, got, want)
			}
			if !slices.Equal(problems, freshProblems) {
				t.Fatalf("seed %d, step %d, hints %q:\n got %v\nwant %v", seed, step, hints, problems, freshProblems)
			}
		}
	}
}

func contents(tree *source.Tree) map[string]string {
	m := map[string]string{}
	for f := range tree.Under("") {
		m[f.Path] = string(bytes.Clone(f.Data))
	}
	return m
}

func BenchmarkReadDir(b *testing.B) {
	root := b.TempDir()
	for i := range 10_000 {
		p := filepath.Join(root, fmt.Sprintf("data/practitioners/p%05d.yaml", i))
		os.MkdirAll(filepath.Dir(p), 0o755)
		os.WriteFile(p, bytes.Repeat([]byte("key: value\n"), 200), 0o644)
	}
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			source.ReadDir(root, nil)
		}
	})
	tree, _ := source.ReadDir(root, nil)
	b.Run("rescan", func(b *testing.B) {
		for b.Loop() {
			source.Refresh(root, tree, []string{"."})
		}
	})
	b.Run("one", func(b *testing.B) {
		for b.Loop() {
			source.Refresh(root, tree, []string{"data/practitioners/p05000.yaml"})
		}
	})
}
