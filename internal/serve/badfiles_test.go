//go:build unix

package serve_test

import (
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"nwioi/internal/build"
	"nwioi/internal/serve"
	"nwioi/internal/source"
)

// TestBadFilesWhileServing puts what is no page where pages lie, one after the other. Each is told in a
// sentence, the pages stay, and when it is taken away all is well again.
func TestBadFilesWhileServing(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "secret.md")
	write(t, outside, "private")
	for name, bad := range map[string]struct {
		put  func(full string) error
		says string
	}{
		"a folder named like a page": {func(full string) error {
			return os.MkdirAll(filepath.Join(full, "inner"), 0o755)
		}, "rename the folder"},
		"a pipe":                 {func(full string) error { return syscall.Mkfifo(full, 0o644) }, "a pipe"},
		"a link out of the site": {func(full string) error { return os.Symlink(outside, full) }, "leads out of the site's folder"},
		"a link to nothing":      {func(full string) error { return os.Symlink("nothing-here.md", full) }, "leads to nothing"},
		"a link to itself":       {func(full string) error { return os.Symlink(filepath.Base(full), full) }, "[file/link]"},
		"a socket": {func(full string) error {
			// A socket's path is short by nature, so the working directory leads there.
			l, err := net.ListenUnix("unix", &net.UnixAddr{Name: filepath.Base(full)})
			if err == nil {
				l.SetUnlinkOnClose(false)
				l.Close()
			}
			return err
		}, "a socket"},
		"a name that is no text": {func(full string) error { return os.WriteFile(full+"\xff.md", []byte("x"), 0o644) }, "is not valid text"},
		"five gigabytes": {func(full string) error {
			f, err := os.Create(full)
			if err != nil {
				return err
			}
			defer f.Close()
			return f.Truncate(5_000_000_000)
		}, "split it, or keep it out of the site's folder"},
	} {
		t.Run(name, func(t *testing.T) {
			m := new(maker)
			s := startAs(t, usual(), func(c *serve.Config) {
				c.Build = func(tree *source.Tree) serve.Result {
					r := m.build(tree)
					r.Problems = append(r.Problems, tree.Problems()...).Sorted()
					return r
				}
			})
			full := filepath.Join(s.root, "content/bad.md")
			t.Chdir(filepath.Dir(full))
			must(t, bad.put(full))
			s.awaitLog(`content/bad.*: error: (?s:.*)1 error; the last good pages stay`)
			if !strings.Contains(s.said(), bad.says) {
				t.Errorf("the log says\n%s", s.said())
			}
			if _, body := s.get("/about/"); plain(body) != "about us" {
				t.Errorf("the page is %q", plain(body))
			}
			if answer, body := s.get("/bad/"); answer.StatusCode != 404 || strings.Contains(body, "private") {
				t.Errorf("it is served: %s", answer.Status)
			}
			must(t, os.RemoveAll(full), os.RemoveAll(full+"\xff.md"))
			s.awaitLog(`(?s)stay.*nothing changed`)
		})
	}
}

// A file whose name ends in what is not read there is told with what to do, by the builder of the real
// site, and renaming it makes all well again.
func TestWrongEndings(t *testing.T) {
	const page = "---\ntitle: Page\n---\n\nText.\n"
	s := startAs(t, map[string]string{
		"data/site.yaml":   "title: A site\nurl: https://example.org/\n",
		"content/index.md": "---\ntitle: Home\n---\n\nWelcome.\n",
	}, func(c *serve.Config) {
		c.Builtin = shipped(t)
		builder := build.New(tortureOptions)
		c.Build = func(tree *source.Tree) serve.Result {
			r := builder.Build(tree)
			return serve.Result{Set: r.Set, Problems: r.Problems}
		}
	})
	for i, c := range []struct{ wrong, says, right string }{
		{"content/page.markdown", "only Markdown pages", "content/page.md"},
		{"content/other.txt", "only Markdown pages", "content/other.md"},
		{"data/facts.yml", "ends in .yaml", ""},
		{"data/practitioners/ada.txt", "records are files that end in .yaml", ""},
	} {
		before := strings.Count(s.said(), "Rebuilt")
		s.save(c.wrong, page)
		s.awaitLog(`(?s)(Rebuilt.*){` + strconv.Itoa(before+1) + `}`)
		if said := s.said(); !strings.Contains(said, c.wrong+":") || !strings.Contains(said, c.says) {
			t.Errorf("%s: the log says\n%s", c.wrong, said)
		}
		if answer, _ := s.get("/"); answer.StatusCode != 200 {
			t.Errorf("%s: the home page is answered with %s", c.wrong, answer.Status)
		}
		full := filepath.Join(s.root, c.wrong)
		if c.right == "" {
			must(t, os.Remove(full))
		} else {
			must(t, os.Rename(full, filepath.Join(s.root, c.right)))
		}
		s.awaitLog(`(?s)(Rebuilt.*){` + strconv.Itoa(before+2) + `}`)
		if i < 2 {
			if answer, _ := s.get("/" + strings.TrimSuffix(filepath.Base(c.right), ".md") + "/"); answer.StatusCode != 200 {
				t.Errorf("%s: the page is answered with %s\n%s", c.right, answer.Status, s.said())
			}
		}
	}
	if !regexp.MustCompile(`Rebuilt[^\n]*changed[^\n]*\n$`).MatchString(s.said()) {
		t.Errorf("the end of the log is\n%s", s.said())
	}
}
