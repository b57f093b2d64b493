package serve_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"nwioi/internal/output"
	"nwioi/internal/serve"
	"nwioi/internal/source"
)

// said returns all that the server has written to its log.
func (s *server) said() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.String()
}

// must is for the steps of a save, none of which may fail.
func must(t *testing.T, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

func write(t *testing.T, full, text string) {
	t.Helper()
	must(t, os.WriteFile(full, []byte(text), 0o644))
}

// What editors do when one saves, step by step as a trace of their system calls shows it. pause is the
// longest that lies between two steps.
var editorsSaves = map[string]func(t *testing.T, full, text string, pause func()){
	"vim": func(t *testing.T, full, text string, pause func()) {
		probe := filepath.Join(filepath.Dir(full), "4913")
		write(t, probe, "")
		must(t, os.Remove(probe), os.Rename(full, full+"~"))
		pause()
		write(t, full, text)
		must(t, os.Remove(full+"~"))
	},
	"vim with backupcopy": func(t *testing.T, full, text string, pause func()) {
		old, err := os.ReadFile(full)
		must(t, err)
		write(t, full+"~", string(old))
		write(t, full, "")
		pause()
		write(t, full, text)
		must(t, os.Remove(full+"~"))
	},
	"emacs": func(t *testing.T, full, text string, pause func()) {
		dir, name := filepath.Split(full)
		must(t, os.Symlink("somebody@machine.1:2", dir+".#"+name))
		write(t, dir+"#"+name+"#", text)
		must(t, os.Rename(full, full+"~"))
		pause()
		write(t, full, text)
		must(t, os.Remove(dir+".#"+name), os.Remove(dir+"#"+name+"#"))
	},
	"nano": func(t *testing.T, full, text string, pause func()) {
		write(t, full, "")
		pause()
		write(t, full, text)
	},
	"VS Code": func(t *testing.T, full, text string, pause func()) {
		must(t, os.Truncate(full, 0))
		pause()
		write(t, full, text)
	},
	"JetBrains": func(t *testing.T, full, text string, pause func()) {
		write(t, full+"___jb_tmp___", text)
		must(t, os.Rename(full, full+"___jb_old___"))
		pause()
		must(t, os.Rename(full+"___jb_tmp___", full), os.Remove(full+"___jb_old___"))
	},
	"VS Code, atomic": func(t *testing.T, full, text string, pause func()) {
		write(t, full+".vsctmp", text)
		pause()
		must(t, os.Rename(full+".vsctmp", full))
	},
	"gedit": func(t *testing.T, full, text string, pause func()) {
		temporary := filepath.Join(filepath.Dir(full), ".goutputstream-ABC123")
		write(t, temporary, text)
		must(t, os.Rename(temporary, full))
	},
	"sed -i": func(t *testing.T, full, text string, pause func()) {
		temporary := filepath.Join(filepath.Dir(full), "sedXy12Ab")
		write(t, temporary, text)
		must(t, os.Rename(temporary, full))
	},
}

// TestEditorsSaves saves as each editor does, with a pause in the worst place. The page goes from the old
// text to the new one, and nobody is shown anything between.
func TestEditorsSaves(t *testing.T) {
	for name, save := range editorsSaves {
		t.Run(name, func(t *testing.T) {
			files := usual()
			files["content/about.md"] = "the old text"
			s := start(t, files)
			seen := make(chan string, 1)
			stop := make(chan struct{})
			_, before := s.get("/about/")
			go func() {
				all := []string{plain(before)}
				for {
					select {
					case <-stop:
						seen <- strings.Join(all, " > ")
						return
					default:
					}
					if _, body := s.get("/about/"); all[len(all)-1] != plain(body) {
						all = append(all, plain(body))
					}
				}
			}()
			save(t, filepath.Join(s.root, "content/about.md"), "the new text", func() { time.Sleep(20 * time.Millisecond) })
			s.awaitLog(`1 page changed`)
			close(stop)
			if all := <-seen; all != "the old text > the new text" && all != "the old text" {
				t.Errorf("who had the page open saw %q", all)
			}
			if _, body := s.get("/about/"); plain(body) != "the new text" {
				t.Errorf("at the end stands %q", plain(body))
			}
			if strings.Contains(s.said(), "error") || strings.Count(s.said(), "Rebuilt") != 1 {
				t.Errorf("the log says\n%s", s.said())
			}
		})
	}
}

// plain returns the text of one of the maker's pages.
func plain(page string) string {
	_, text, _ := strings.Cut(page, "<body>")
	text, _, _ = strings.Cut(text, "<")
	return text
}

// A page that cannot be read for a moment is not told of; one that stays so is.
func TestHalfASave(t *testing.T) {
	s := start(t, usual())
	full := filepath.Join(s.root, "content/about.md")
	write(t, full, "BROKEN")
	time.Sleep(25 * time.Millisecond)
	write(t, full, "whole")
	s.awaitLog(`1 page changed`)
	if strings.Contains(s.said(), "error") {
		t.Errorf("what was wrong for a moment is told:\n%s", s.said())
	}
	write(t, full, "BROKEN")
	s.awaitLog(`1 error; the last good pages stay`)
	write(t, full, "")
	s.awaitLog(`(?s)1 page changed.*1 page changed`)
	must(t, os.Remove(full))
	s.awaitLog(`(?s)(1 page changed.*){3}`)
	if answer, _ := s.get("/about/"); answer.StatusCode != 404 {
		t.Errorf("a page that was removed is answered with %s", answer.Status)
	}
}

// A touch, and a save of the same text, build nothing.
func TestASaveOfTheSame(t *testing.T) {
	s := start(t, usual())
	full := filepath.Join(s.root, "content/about.md")
	now := time.Now()
	must(t, os.Chtimes(full, now, now))
	write(t, full, "about us")
	write(t, filepath.Join(s.root, "content/index.md"), "another")
	s.awaitLog(`1 page changed`)
	if n := strings.Count(s.said(), "Rebuilt"); n != 1 {
		t.Errorf("%d builds for one change:\n%s", n, s.said())
	}
}

// TestACheckout has git write 2,000 files at once.
func TestACheckout(t *testing.T) {
	needsGit(t)
	git := func(root string, args ...string) {
		t.Helper()
		runGit(t, root, args...)
	}
	const many = 2000
	var mu sync.Mutex
	builds := 0
	var made *output.Set
	s := startAs(t, usual(), func(c *serve.Config) {
		for i := range many {
			write(t, filepath.Join(c.Root, fmt.Sprintf("content/p%04d.md", i)), "one")
		}
		git(c.Root, "init", "-q", "-b", "one")
		git(c.Root, "add", ".")
		git(c.Root, "commit", "-qm", "one")
		git(c.Root, "checkout", "-qb", "two")
		for i := range many {
			write(t, filepath.Join(c.Root, fmt.Sprintf("content/p%04d.md", i)), "two")
		}
		git(c.Root, "commit", "-qam", "two")
		m := new(maker)
		c.Build = func(tree *source.Tree) serve.Result {
			r := m.build(tree)
			mu.Lock()
			defer mu.Unlock()
			builds, made = builds+1, r.Set
			return r
		}
	})
	mu.Lock()
	builds = 0
	mu.Unlock()
	git(s.root, "checkout", "-q", "one")
	s.awaitLog(`(?s)2000 pages changed|pages? changed.*pages? changed`)
	mu.Lock()
	defer mu.Unlock()
	if builds > 2 {
		t.Errorf("%d builds for one checkout:\n%s", builds, s.said())
	}
	for i := range many {
		f := made.File(fmt.Sprintf("p%04d/index.html", i))
		if f == nil {
			t.Fatalf("page %d is gone", i)
		}
		if text, err := f.Body(); err != nil || plain(string(text)) != "one" {
			t.Fatalf("page %d: %q, %v", i, text, err)
		}
	}
}

// Whatever git does to the files, also in a work tree beside another, what is served afterwards is what
// it left.
func TestGitsOtherWays(t *testing.T) {
	needsGit(t)
	main := t.TempDir()
	at := func(root string) func(args ...string) {
		return func(args ...string) {
			t.Helper()
			runGit(t, root, args...)
		}
	}
	page := func(root, text string) { write(t, filepath.Join(root, "content/about.md"), text) }
	git := at(main)
	git("init", "-q", "-b", "one")
	must(t, os.Mkdir(filepath.Join(main, "content"), 0o755))
	for p, text := range map[string]string{"index": "home", "about": "first", "other": "other"} {
		write(t, filepath.Join(main, "content", p+".md"), text)
	}
	git("add", ".")
	git("commit", "-qm", "first")
	git("checkout", "-qb", "side")
	write(t, filepath.Join(main, "content/other.md"), "the side's")
	git("commit", "-qam", "side")
	git("checkout", "-q", "one")

	s := startAs(t, nil, func(c *serve.Config) {
		must(t, os.Remove(c.Root))
		git("worktree", "add", "-q", "-b", "beside", c.Root)
	})
	git = at(s.root)
	await := func(step, about, other string) {
		t.Helper()
		deadline := time.Now().Add(10 * time.Second)
		for {
			_, a := s.get("/about/")
			_, o := s.get("/other/")
			if plain(a) == about && plain(o) == other {
				return
			}
			if time.Now().After(deadline) {
				t.Fatalf("after %s the pages are %q and %q, want %q and %q", step, plain(a), plain(o), about, other)
			}
			time.Sleep(5 * time.Millisecond)
		}
	}
	page(s.root, "unsaved work")
	await("a save", "unsaved work", "other")
	git("stash", "-q")
	await("a stash", "first", "other")
	git("stash", "pop", "-q")
	await("a stash taken back", "unsaved work", "other")
	git("commit", "-qam", "beside")
	git("merge", "-q", "--no-edit", "side")
	await("a merge", "unsaved work", "the side's")
	git("reset", "-q", "--hard", "HEAD~1")
	await("a reset", "unsaved work", "other")
	git("rebase", "-q", "side")
	await("a rebase", "unsaved work", "the side's")
	git("checkout", "-q", "--detach", "HEAD~2")
	await("a checkout", "first", "other")
	if strings.Contains(s.said(), "error") {
		t.Errorf("the log says\n%s", s.said())
	}
}

func needsGit(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("there is no git")
		}
		t.Skip("skipped: git is not installed")
	}
}

func runGit(t *testing.T, root string, args ...string) {
	t.Helper()
	c := exec.Command("git", append([]string{"-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"}, args...)...)
	c.Dir = root
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
}
