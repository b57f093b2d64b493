//go:build unix

package serve_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

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
			must(t, bad.put(full))
			s.awaitLog(`content/bad\.md:1:1: error: (?s:.*)1 error; the last good pages stay`)
			if !strings.Contains(s.said(), bad.says) {
				t.Errorf("the log says\n%s", s.said())
			}
			if _, body := s.get("/about/"); plain(body) != "about us" {
				t.Errorf("the page is %q", plain(body))
			}
			if answer, body := s.get("/bad/"); answer.StatusCode != 404 || strings.Contains(body, "private") {
				t.Errorf("it is served: %s", answer.Status)
			}
			must(t, os.RemoveAll(full))
			write(t, filepath.Join(s.root, "content/index.md"), "home again")
			s.awaitLog(`(?s)stay.*1 page changed`)
		})
	}
}
