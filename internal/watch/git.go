package watch

import (
	"os"
	"path/filepath"
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
