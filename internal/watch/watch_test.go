package watch

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"
)

// While git has its index locked, many changed files are handed over together when it is done, and one
// at once.
func TestGitIsLeftToFinish(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		hints, out := make(chan string), make(chan []string)
		var works atomic.Bool
		var notices []string
		go collect(ctx, hints, out, usual, works.Load, func(s string) { notices = append(notices, s) })
		defer close(hints)

		works.Store(true)
		begin := time.Now()
		hints <- "content/a.md"
		if got := <-out; len(got) != 1 || time.Since(begin) > usual.quiet {
			t.Errorf("a single save during a look of git's: %q after %v", got, time.Since(begin))
		}
		go func() {
			for i := range 100 {
				hints <- fmt.Sprintf("content/%03d.md", i)
				time.Sleep(10 * time.Millisecond)
			}
			time.Sleep(time.Second)
			works.Store(false)
		}()
		begin = time.Now()
		if got := <-out; len(got) != 100 || time.Since(begin) < 2*time.Second {
			t.Errorf("%d files after %v, want all 100 when git is done", len(got), time.Since(begin))
		}
		if len(notices) > 0 {
			t.Errorf("a checkout that ends is told: %q", notices)
		}

		works.Store(true) // and never again done: the lock of a git that died
		go func() {
			for i := range 100 {
				hints <- fmt.Sprintf("content/%03d.md", i)
			}
		}()
		begin = time.Now()
		if got := <-out; len(got) != 100 || time.Since(begin) > usual.git+time.Second {
			t.Errorf("%d files after %v, though git never ends", len(got), time.Since(begin))
		}
		go func() {
			for i := range 100 {
				hints <- fmt.Sprintf("content/%03d.md", i)
			}
		}()
		<-out // without another wait, and without another word
		if len(notices) != 1 || !strings.Contains(notices[0], "index.lock") {
			t.Errorf("of a lock that stays is said %q", notices)
		}
	})
}

func TestABurstIsOneSet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		hints, out := make(chan string), make(chan []string)
		go collect(ctx, hints, out, usual, func() bool { return false }, func(s string) { t.Error(s) })
		begin := time.Now()
		expect := func(step string, after time.Duration, want ...string) {
			t.Helper()
			got := <-out
			if !slices.Equal(got, want) {
				t.Errorf("%s: got %q, want %q", step, got, want)
			}
			if took := time.Since(begin); took != after {
				t.Errorf("%s: handed over after %v, want %v", step, took, after)
			}
			begin = time.Now()
		}

		for _, p := range []string{"content/b.md", "content/a.md", "content/b.md"} {
			hints <- p
			time.Sleep(time.Millisecond)
		}
		expect("three events a millisecond apart", 3*time.Millisecond+usual.quiet-time.Millisecond, "content/a.md", "content/b.md")

		// The receiver is busy for a second.
		hints <- "content/c.md"
		time.Sleep(time.Second)
		hints <- "content/d.md"
		time.Sleep(time.Second)
		expect("what came while the receiver was busy", 2*time.Second, "content/c.md", "content/d.md")

		// Events that never end are handed over all the same.
		go func() {
			for range 100 {
				hints <- "content/e.md"
				time.Sleep(time.Millisecond)
			}
		}()
		expect("an endless burst", usual.most, "content/e.md")
		<-out
		<-out
		synctest.Wait()
		begin = time.Now()

		expect("a long silence", usual.idle, Everything)
		hints <- "content/f.md"
		hints <- Everything
		expect("everything holds the rest", usual.quiet, Everything)

		cancel()
		close(hints)
		if _, open := <-out; open {
			t.Error("the channel of sets is not closed")
		}
	})
}

// folder makes a site's folder with the given files.
func folder(t *testing.T, paths ...string) string {
	t.Helper()
	root := t.TempDir()
	for _, p := range paths {
		save(t, root, p, "old")
	}
	return root
}

func save(t *testing.T, root, p, text string) {
	t.Helper()
	full := filepath.Join(root, p)
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// await reads sets until each of the paths was named, itself or by a folder above it, and returns
// all that was named.
func await(t *testing.T, w *Watcher, paths ...string) []string {
	t.Helper()
	deadline := time.After(10 * time.Second)
	var seen []string
	covered := func(p string) bool {
		return slices.ContainsFunc(seen, func(s string) bool {
			return s == Everything || s == p || strings.HasPrefix(p, s+"/")
		})
	}
	for {
		if !slices.ContainsFunc(paths, func(p string) bool { return !covered(p) }) {
			return seen
		}
		select {
		case set := <-w.Changes():
			seen = append(seen, set...)
		case <-deadline:
			t.Fatalf("was told %q only, want %q", seen, paths)
		}
	}
}

func TestEventsAreTold(t *testing.T) {
	root := folder(t, "content/a.md", "content/news/n.md", "data/site.yaml", "README.md", "public/index.html")
	w := New(t.Context(), root, Options{Notice: func(s string) { t.Error(s) }})
	full := func(p string) string { return filepath.Join(root, p) }
	do := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}

	save(t, root, "content/a.md", "new")
	await(t, w, "content/a.md")

	do(os.Remove(full("content/a.md")))
	await(t, w, "content/a.md")

	// What comes with its folders is told, however deep, and so is what comes later.
	save(t, root, "content/deep/er/still/b.md", "new")
	await(t, w, "content/deep/er/still/b.md")
	save(t, root, "content/deep/er/still/b.md", "newer")
	await(t, w, "content/deep/er/still/b.md")

	// An input folder that was not there at the start.
	save(t, root, "static/robots.txt", "new")
	await(t, w, "static/robots.txt")

	// A folder that moved is watched under its new name, not its old one.
	do(os.Rename(full("content/deep"), full("content/moved")))
	await(t, w, "content/deep", "content/moved")
	save(t, root, "content/moved/er/still/b.md", "newest")
	if seen := await(t, w, "content/moved/er/still/b.md"); slices.Contains(seen, "content/deep/er/still/b.md") {
		t.Errorf("the old name is told: %q", seen)
	}
	save(t, root, "content/moved/c.md", "new")
	await(t, w, "content/moved/c.md")

	// A folder that left, and another that took its name.
	do(os.Rename(full("content/moved"), full("elsewhere")))
	await(t, w, "content/moved")
	save(t, root, "content/moved/d.md", "new")
	await(t, w, "content/moved/d.md")
	do(os.RemoveAll(full("content/moved")))
	await(t, w, "content/moved")
	save(t, root, "content/moved/d.md", "new")
	await(t, w, "content/moved/d.md")
	save(t, root, "content/moved/d.md", "newer")
	await(t, w, "content/moved/d.md")

	// What is no input is not told.
	save(t, root, "README.md", "new")
	save(t, root, "public/index.html", "new")
	save(t, root, "elsewhere/c.md", "new")
	save(t, root, "content/.news.md.swp", "new")
	save(t, root, "content/news.md~", "new")
	save(t, root, "content/last.md", "new")
	for _, p := range await(t, w, "content/last.md") {
		if p != "content/last.md" && !strings.HasPrefix(p, "content/moved") {
			t.Errorf("%s is told", p)
		}
	}
}

// A folder that nobody might read at first is watched once it may be.
func TestAFolderThatMayBeRead(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("the superuser may read everything")
	}
	root := folder(t, "content/n/b.md")
	n := filepath.Join(root, "content/n")
	if err := os.Chmod(n, 0); err != nil {
		t.Fatal(err)
	}
	w := New(t.Context(), root, Options{})
	if err := os.Chmod(n, 0o755); err != nil {
		t.Fatal(err)
	}
	await(t, w, "content/n")
	save(t, root, "content/n/b.md", "new")
	await(t, w, "content/n/b.md")
}

// Each way in which editors replace a file ends in a hint at it.
func TestEditorsSaves(t *testing.T) {
	const p = "content/a.md"
	for name, saving := range map[string]func(full string) error{
		"truncate and write": func(full string) error { return os.WriteFile(full, []byte("new"), 0o644) },
		"append": func(full string) error {
			f, err := os.OpenFile(full, os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			defer f.Close()
			_, err = f.WriteString("new")
			return err
		},
		"rename over": func(full string) error {
			if err := os.WriteFile(full+".tmp1234", []byte("new"), 0o644); err != nil {
				return err
			}
			return os.Rename(full+".tmp1234", full)
		},
		"rename away, write anew, remove the old": func(full string) error {
			if err := os.Rename(full, full+"~"); err != nil {
				return err
			}
			if err := os.WriteFile(full, []byte("new"), 0o644); err != nil {
				return err
			}
			return os.Remove(full + "~")
		},
		"link away, rename over": func(full string) error {
			if err := os.Link(full, full+"~"); err != nil {
				return err
			}
			if err := os.WriteFile(filepath.Dir(full)+"/.new", []byte("new"), 0o644); err != nil {
				return err
			}
			return os.Rename(filepath.Dir(full)+"/.new", full)
		},
	} {
		for _, poll := range []bool{false, true} {
			root := folder(t, p)
			w := New(t.Context(), root, Options{Poll: poll})
			if err := saving(filepath.Join(root, p)); err != nil {
				t.Fatal(err)
			}
			if !slices.Contains(await(t, w, p), p) {
				t.Errorf("%s (poll %t): not told", name, poll)
			}
		}
	}
}

func TestWithoutWatchesItLooksForItself(t *testing.T) {
	for _, refusal := range []error{syscall.EMFILE, syscall.ENOSPC, syscall.ENOSYS} {
		root := folder(t, "content/a.md", "content/gone.md")
		notices := make(chan string, 10)
		w := start(t.Context(), root, Options{Notice: func(s string) { notices <- s }},
			func() (*fsnotify.Watcher, error) { return nil, refusal })
		if s := <-notices; !strings.Contains(s, "looked for twice a second") {
			t.Errorf("%v: the notice is %q", refusal, s)
		}
		save(t, root, "content/a.md", "new!")
		save(t, root, "content/new/b.md", "new")
		os.Remove(filepath.Join(root, "content/gone.md"))
		seen := await(t, w, "content/a.md", "content/new/b.md", "content/gone.md")
		if slices.Contains(seen, Everything) {
			t.Errorf("everything is told where three files changed: %q", seen)
		}
	}
}

func TestLostEvents(t *testing.T) {
	root := folder(t, "content/a.md")
	var systems []*fsnotify.Watcher
	refuse := false
	notices := make(chan string, 10)
	w := start(t.Context(), root, Options{Notice: func(s string) { notices <- s }}, func() (*fsnotify.Watcher, error) {
		if refuse {
			return nil, syscall.EMFILE
		}
		s, err := fsnotify.NewWatcher()
		systems = append(systems, s)
		return s, err
	})
	systems[0].Errors <- fsnotify.ErrEventOverflow
	if set := <-w.Changes(); !slices.Equal(set, []string{Everything}) {
		t.Errorf("after an overflow %q is told, want everything", set)
	}
	if len(systems) != 2 {
		t.Fatal("folders that came unseen are not watched")
	}
	save(t, root, "content/a.md", "new")
	await(t, w, "content/a.md")

	refuse = true
	systems[1].Errors <- fsnotify.ErrEventOverflow
	if s := <-notices; !strings.Contains(s, "twice a second") {
		t.Errorf("the notice is %q", s)
	}
	await(t, w, Everything)
	save(t, root, "content/a.md", "newest")
	await(t, w, "content/a.md")
}

func TestTheEndLeavesNothingBehind(t *testing.T) {
	for _, poll := range []bool{false, true} {
		root := folder(t, "content/a.md")
		ctx, cancel := context.WithCancel(t.Context())
		var system *fsnotify.Watcher
		w := start(ctx, root, Options{Poll: poll}, func() (s *fsnotify.Watcher, err error) {
			system, err = fsnotify.NewWatcher()
			return system, err
		})
		save(t, root, "content/a.md", "new") // a set that nobody takes
		cancel()
		for range w.Changes() {
		}
		if !poll && system.Add(root) != fsnotify.ErrClosed {
			t.Error("the system's watcher is still open")
		}
	}
}
