package watch

import (
	"os"
	"path/filepath"
	"strings"
)

// gitWorks reports whether git is at work on the files of the site's repository: its index is locked while
// a checkout, a merge or a stash writes (gitrepository-layout(5)).
func (w *Watcher) gitWorks() bool {
	if w.git == "" {
		return false
	}
	_, err := os.Lstat(filepath.Join(w.git, "index.lock"))
	return err == nil
}

// gitFolder returns the folder in which git keeps the index of the repository around root, or "" where
// there is none. In a worktree and a submodule .git is a file that names it.
func gitFolder(root string) string {
	for dir := root; ; dir = filepath.Dir(dir) {
		dot := filepath.Join(dir, ".git")
		if info, err := os.Stat(dot); err == nil {
			if info.IsDir() {
				return dot
			}
			text, err := os.ReadFile(dot)
			named, ok := strings.CutPrefix(strings.TrimSpace(string(text)), "gitdir: ")
			if err != nil || !ok {
				return ""
			}
			if !filepath.IsAbs(named) {
				named = filepath.Join(dir, named)
			}
			return named
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
}
