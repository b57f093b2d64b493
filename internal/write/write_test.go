//go:build unix

package write_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"

	"nwioi/internal/output"
	"nwioi/internal/write"
)

// text is a layout whose view is the body.
var text = layout(func(w io.Writer, view any) error {
	_, err := io.WriteString(w, view.(string))
	return err
})

type layoutFunc struct {
	render func(io.Writer, any) error
}

func (l *layoutFunc) Render(w io.Writer, view any) error { return l.render(w, view) }

func layout(render func(io.Writer, any) error) output.Layout { return &layoutFunc{render} }

// set returns the set of the given bodies by path. A body that is a layout is made by it.
func set(files map[string]any) *output.Set {
	var list []*output.File
	for p, body := range files {
		f := &output.File{Recipe: output.Recipe{Path: p, Layout: text, View: body}}
		if l, ok := body.(output.Layout); ok {
			f.Recipe.Layout = l
		}
		list = append(list, f)
	}
	slices.SortFunc(list, func(a, b *output.File) int { return strings.Compare(a.Recipe.Path, b.Recipe.Path) })
	return output.NewSet(list)
}

// folders makes the root of a site and returns it with the path to publish into, which does not
// exist yet.
func folders(t *testing.T) (root, out string) {
	t.Helper()
	root = t.TempDir()
	for _, p := range []string{"content", "data"} {
		if err := os.Mkdir(filepath.Join(root, p), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return root, filepath.Join(root, "public")
}

func publish(t *testing.T, out, root string, files map[string]any) write.Stats {
	t.Helper()
	stats, err := write.Dir(t.Context(), out, root, set(files), write.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return stats
}

// contents returns everything in a folder, by path.
func contents(t *testing.T, folder string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(folder, func(p string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(p)
		rel, _ := filepath.Rel(folder, p)
		found[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// expect checks that the folder holds exactly these files and the marker, and that nothing of ours
// stands beside it.
func expect(t *testing.T, out string, want map[string]any) {
	t.Helper()
	got := contents(t, out)
	if got[".nwioi/manifest.json"] == "" {
		t.Error("there is no manifest")
	}
	delete(got, ".nwioi/manifest.json")
	for p, body := range want {
		if got[p] != body {
			t.Errorf("%s is %q, want %q", p, got[p], body)
		}
		delete(got, p)
	}
	for p := range got {
		t.Errorf("%s should be gone", p)
	}
	alone(t, out)
}

func alone(t *testing.T, out string) {
	t.Helper()
	left, _ := filepath.Glob(out + ".*")
	if len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

func TestPublishing(t *testing.T) {
	root, out := folders(t)
	first := map[string]any{"index.html": "home", "a/index.html": "a", "a/b/c/index.html": "deep", "_headers": "", ".well-known/x": "x"}
	if stats := publish(t, out, root, first); stats != (write.Stats{Files: 5, Bytes: 10}) {
		t.Errorf("stats %+v", stats)
	}
	expect(t, out, first)
	second := map[string]any{"index.html": "home again", "a": "a file now"}
	publish(t, out, root, second)
	expect(t, out, second)
	publish(t, out, root, map[string]any{})
	expect(t, out, map[string]any{})
}

func TestManifest(t *testing.T) {
	root, out := folders(t)
	publish(t, out, root, map[string]any{"b.txt": "bee", "a/index.html": "a"})
	data, err := os.ReadFile(filepath.Join(out, ".nwioi/manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var m write.Manifest
	if err := json.Unmarshal(data, &m); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte("bee"))
	if m.Version != 1 || len(m.Files) != 2 || m.Files[0].Path != "a/index.html" ||
		m.Files[1] != (write.Entry{Path: "b.txt", Size: 3, SHA256: hex.EncodeToString(sum[:])}) {
		t.Errorf("manifest %+v", m)
	}
}

func TestTheSameBytesOnAnyNumberOfCores(t *testing.T) {
	files := map[string]any{}
	for i := range 500 {
		files[fmt.Sprintf("p%d/index.html", i)] = strings.Repeat(fmt.Sprint(i), i)
	}
	var want map[string]string
	for _, workers := range []int{1, 2, 7, 64} {
		root, out := folders(t)
		if _, err := write.Dir(t.Context(), out, root, set(files), write.Options{Workers: workers}); err != nil {
			t.Fatal(err)
		}
		got := contents(t, out)
		if want == nil {
			want = got
		}
		for p := range want {
			if got[p] != want[p] {
				t.Errorf("with %d workers %s differs", workers, p)
			}
		}
		if len(got) != 501 {
			t.Errorf("with %d workers there are %d files", workers, len(got))
		}
	}
}

func TestModesDoNotDependOnTheUmask(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0))
	for _, umask := range []int{0, 0o022, 0o027, 0o077} {
		syscall.Umask(umask)
		root, out := folders(t)
		publish(t, out, root, map[string]any{"index.html": "home", "a/b/index.html": "deep"})
		for p, want := range map[string]fs.FileMode{".": 0o755, "index.html": 0o644, "a": 0o755, "a/b": 0o755,
			"a/b/index.html": 0o644, ".nwioi": 0o755, ".nwioi/manifest.json": 0o644} {
			info, err := os.Stat(filepath.Join(out, p))
			if err != nil {
				t.Fatal(err)
			}
			if info.Mode().Perm() != want {
				t.Errorf("umask %03o: %s has mode %o, want %o", umask, p, info.Mode().Perm(), want)
			}
		}
	}
}

func TestRefusedFolders(t *testing.T) {
	root, out := folders(t)
	inside := func(p ...string) string { return filepath.Join(append([]string{root}, p...)...) }
	for _, p := range []string{"full/mine.txt", "full/.nwioi-not", "marked-by-a-file/.nwioi", "file", "repository/.nwioi/x", "repository/.git/config", "static/x", ".git/config"} {
		os.MkdirAll(filepath.Dir(inside(p)), 0o755)
		os.WriteFile(inside(p), []byte("mine"), 0o644)
	}
	os.Mkdir(inside("empty"), 0o755)
	os.Symlink(inside("empty"), inside("link"))
	os.Symlink(root, inside("around"))
	os.Symlink(inside("content"), inside("into"))
	before := contents(t, root)
	for _, c := range []struct{ dir, reason string }{
		{"", "has no name"},
		{root, "is the site's own folder"},
		{inside("around") + "/.", "is a link"},
		{filepath.Dir(root), "contains the site's own folder"},
		{"/", "contains the site's own folder"},
		{inside("content"), "lies in content/"},
		{inside("content/public"), "lies in content/"},
		{inside("around/data/new/public"), "lies in data/"},
		{inside("into/public"), "lies in content/"},
		{inside("static/public"), "lies in static/"},
		{inside("themes/public"), "lies in themes/"},
		{inside("content/../data"), "lies in data/"},
		{inside(".git/public"), "lies in .git/"},
		{inside("full"), "is not empty"},
		{inside("marked-by-a-file"), "is not empty"},
		{inside("file"), "is not a folder"},
		{inside("file/public"), "lies inside a file"},
		{inside("link"), "is a link"},
		{inside("link") + "/", "is a link"},
		{inside("repository"), "holds a git repository"},
	} {
		_, err := write.Dir(t.Context(), c.dir, root, set(map[string]any{"index.html": "x"}), write.Options{})
		refused, ok := errors.AsType[*write.Refused](err)
		if !ok || !strings.Contains(refused.Reason, c.reason) || refused.Remedy == "" {
			t.Errorf("%s: got %v, want it refused as it %s", c.dir, err, c.reason)
		}
		if err := write.Allowed(c.dir, root); err == nil {
			t.Errorf("%s is allowed before the build and refused after", c.dir)
		}
	}
	if after := contents(t, root); len(after) != len(before) {
		t.Errorf("a refusal touched something: %q", after)
	}
	for _, dir := range []string{out, inside("empty"), inside("new/folder/public"), inside("around/public2"), inside("content-public"),
		filepath.Join(t.TempDir(), "elsewhere")} {
		publish(t, dir, root, map[string]any{"index.html": "x"})
		publish(t, dir, root, map[string]any{"index.html": "y"})
		expect(t, dir, map[string]any{"index.html": "y"})
	}
}

func TestUnsafePaths(t *testing.T) {
	root, out := folders(t)
	old := map[string]any{"index.html": "old"}
	publish(t, out, root, old)
	for _, paths := range [][]string{
		{"../evil"}, {"a/../../evil"}, {"/etc/evil"}, {"a//b"}, {"./a"}, {"a/"}, {"."}, {""}, {"a/../b"},
		{`a\b`}, {"c:evil"}, {"a\x00b"}, {"a\nb"}, {"\xff"}, {"what?"},
		{".nwioi/manifest.json"}, {".NWIOI/x"}, {"con"}, {"a/NUL.txt"}, {"lpt1.html"}, {"a./b"}, {"a /b"},
		{strings.Repeat("x", 256)}, {strings.Repeat("x/", 600) + "x"},
		{"a/index.html", "A/other.html"}, {"a.html", "A.html"}, {"a", "a/b"}, {"A", "a/b"}, {"É.html", "é.html"},
	} {
		files := map[string]any{}
		for _, p := range paths {
			files[p] = "evil"
		}
		_, err := write.Dir(t.Context(), out, root, set(files), write.Options{})
		if _, ok := errors.AsType[*write.Unsafe](err); !ok {
			t.Errorf("%q: got %v, want *Unsafe", paths, err)
		}
	}
	twice := output.NewSet([]*output.File{
		{Recipe: output.Recipe{Path: "a", Layout: text, View: "1"}},
		{Recipe: output.Recipe{Path: "a", Layout: text, View: "2"}},
	})
	if _, err := write.Dir(t.Context(), out, root, twice, write.Options{}); err == nil || !strings.Contains(err.Error(), "made twice") {
		t.Errorf("a path that is made twice: %v", err)
	}
	expect(t, out, old)
	for _, p := range []string{"console.html", "con-text/index.html", "a.b/c", "...a", "é.html"} {
		publish(t, out, root, map[string]any{p: "fine"})
	}
}

func TestAFailingBuildLeavesTheOldSite(t *testing.T) {
	root, out := folders(t)
	old := map[string]any{"index.html": "old", "a/index.html": "old a"}
	publish(t, out, root, old)
	broken := layout(func(io.Writer, any) error { return errors.New("no such field") })
	panics := layout(func(io.Writer, any) error { panic("out of range") })
	_, err := write.Dir(t.Context(), out, root, set(map[string]any{"index.html": "new", "b.html": broken, "c.html": panics}), write.Options{})
	if err == nil || !strings.Contains(err.Error(), "b.html could not be made: no such field") || !strings.Contains(err.Error(), "c.html could not be made: out of range") {
		t.Errorf("not all that could not be made is told: %v", err)
	}
	if _, ok := errors.AsType[*write.Failed](err); ok {
		t.Error("the machine is blamed for a broken layout")
	}
	expect(t, out, old)
}

func TestAnInterruptedBuildLeavesTheOldSite(t *testing.T) {
	root, out := folders(t)
	old := map[string]any{"index.html": "old"}
	publish(t, out, root, old)
	for _, workers := range []int{1, 4} {
		ctx, cancel := context.WithCancel(t.Context())
		files := map[string]any{}
		for i := range 100 {
			files[fmt.Sprintf("%03d.html", i)] = "new"
		}
		files["050.html"] = layout(func(w io.Writer, _ any) error {
			cancel()
			return nil
		})
		_, err := write.Dir(ctx, out, root, set(files), write.Options{Workers: workers})
		if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "is as it was") {
			t.Errorf("got %v", err)
		}
		expect(t, out, old)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	fresh := filepath.Join(root, "fresh")
	if _, err := write.Dir(ctx, fresh, root, set(old), write.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(fresh); err == nil {
		t.Error("an interrupted first build made a folder")
	}
	alone(t, fresh)
}

func TestTheMachineFails(t *testing.T) {
	root, out := folders(t)
	old := map[string]any{"index.html": "old"}
	publish(t, out, root, old)
	// A name that is fine for us and not for the disk: bytes beyond what the path may have in all.
	if err := os.Mkdir(filepath.Join(root, "holder"), 0o755); err != nil {
		t.Fatal(err)
	}
	long := filepath.Join(root, strings.Repeat("d", 300))
	_, err := write.Dir(t.Context(), long, root, set(old), write.Options{})
	failed, ok := errors.AsType[*write.Failed](err)
	if !ok || !strings.Contains(failed.Error(), "file name too long") || strings.Contains(err.Error(), "mkdir") {
		t.Errorf("got %v", err)
	}
	// A limit on the size of files fails a write in its middle, as a full disk does. It holds for the
	// whole process, so a process of its own has to do it.
	text := child(t, "full", out, root)
	if !strings.Contains(text, "failed: "+filepath.Join(out, "big.html")+" cannot be written: file too large") {
		t.Errorf("a write that failed ended in %q", text)
	}
	expect(t, out, old)
}

func TestAKilledBuildIsCleanedUp(t *testing.T) {
	root, out := folders(t)
	old := map[string]any{"index.html": "old"}
	publish(t, out, root, old)
	child(t, "kill", out, root)
	stages, _ := filepath.Glob(out + ".stage-*")
	if len(stages) != 1 {
		t.Fatalf("the killed build left %q, want a stage", stages)
	}
	got := contents(t, out)
	if got["index.html"] != "old" {
		t.Errorf("the killed build changed the site: %q", got)
	}
	// Somebody else's folders of such names stay.
	theirs := out + ".stage-photos"
	os.Mkdir(theirs, 0o755)
	os.WriteFile(filepath.Join(theirs, "photo.txt"), []byte("x"), 0o644)
	os.WriteFile(out+".stage-list", []byte("x"), 0o644)
	newer := map[string]any{"index.html": "new"}
	publish(t, out, root, newer)
	if left, _ := filepath.Glob(out + ".*"); len(left) != 2 {
		t.Errorf("beside the folder there are %q, want the two that are not ours", left)
	}
	os.RemoveAll(theirs)
	os.Remove(out + ".stage-list")
	expect(t, out, newer)
}

func TestTwoBuildsAtOnce(t *testing.T) {
	root, out := folders(t)
	var inner error
	nested := layout(func(w io.Writer, _ any) error {
		_, inner = write.Dir(context.Background(), out, root, set(map[string]any{"index.html": "second"}), write.Options{})
		return nil
	})
	publish(t, out, root, map[string]any{"index.html": "first", "nested": nested})
	failed, ok := errors.AsType[*write.Failed](inner)
	if !ok || !strings.Contains(failed.Error(), "another build") {
		t.Errorf("the second build ended with %v", inner)
	}
	expect(t, out, map[string]any{"index.html": "first", "nested": ""})
}

func TestNoBodyIsKept(t *testing.T) {
	root, out := folders(t)
	const size, files = 1 << 20, 200
	big := layout(func(w io.Writer, view any) error {
		_, err := w.Write(bytes.Repeat([]byte{'x'}, size))
		return err
	})
	many := map[string]any{}
	for i := range files {
		many[fmt.Sprint(i)] = big
	}
	s := set(many)
	stats, err := write.Dir(t.Context(), out, root, s, write.Options{})
	if err != nil || stats.Bytes != size*files {
		t.Fatal(stats, err)
	}
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	if m.HeapAlloc > size*files/4 {
		t.Errorf("after %d MB were written, %d MB are still held", size*files>>20, m.HeapAlloc>>20)
	}
	runtime.KeepAlive(s)
}

// child publishes in a process of its own that comes to grief in the given way, and returns what it
// printed.
func child(t *testing.T, way, out, root string) string {
	t.Helper()
	command := exec.Command(os.Args[0], "-test.run=^TestChild$")
	command.Env = append(os.Environ(), "WRITE_CHILD="+way, "WRITE_OUT="+out, "WRITE_ROOT="+root)
	text, _ := command.CombinedOutput()
	return string(text)
}

func TestChild(t *testing.T) {
	way := os.Getenv("WRITE_CHILD")
	files := map[string]any{"a.html": "new", "b/c.html": "new"}
	switch way {
	case "":
		t.Skip("is run by other tests in a process of its own")
	case "kill":
		files["z.html"] = layout(func(io.Writer, any) error {
			return syscall.Kill(os.Getpid(), syscall.SIGKILL)
		})
	case "full":
		limit := syscall.Rlimit{Cur: 1 << 20, Max: 1 << 20}
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
			t.Fatal(err)
		}
		files["big.html"] = strings.Repeat("x", 2<<20)
	}
	_, err := write.Dir(t.Context(), os.Getenv("WRITE_OUT"), os.Getenv("WRITE_ROOT"), set(files), write.Options{Workers: 1})
	if failed, ok := errors.AsType[*write.Failed](err); ok {
		fmt.Println("failed:", failed)
	} else {
		fmt.Println("ended:", err)
	}
}

func BenchmarkDir(b *testing.B) {
	root := b.TempDir()
	files := map[string]any{}
	body := strings.Repeat("<p>Some text of a page.</p>\n", 300)
	for i := range 10_000 {
		files[fmt.Sprintf("directory/p%05d/index.html", i)] = body
	}
	s := set(files)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := write.Dir(b.Context(), filepath.Join(root, "public"), root, s, write.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
