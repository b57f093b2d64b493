package watch

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"nwioi/internal/source"
)

// poll learns of changes by looking at every file's size, time and kind.
type poll struct {
	*Watcher
	seen map[string]stamp
}

// A stamp is what tells a changed file from an unchanged one without reading it.
type stamp struct {
	size  int64
	mode  fs.FileMode
	mtime int64
}

// The pause between two looks is half a second, and longer for a large site, so that looking takes
// a small part of one core.
const (
	pause        = 500 * time.Millisecond
	pausePerFile = 50 * time.Microsecond
)

func (w *Watcher) firstLook() *poll { return &poll{w, w.look()} }

// listen sends hints until ctx ends.
func (p *poll) listen(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause + time.Duration(len(p.seen))*pausePerFile):
		}
		now := p.look()
		for path, s := range now {
			if p.seen[path] != s && !p.hint(ctx, path) {
				return
			}
		}
		for path := range p.seen {
			if _, still := now[path]; !still && !p.hint(ctx, path) {
				return
			}
		}
		p.seen = now
	}
}

// look returns the stamp of every wanted file and folder. A folder's time is left out, since it says
// nothing that its files do not say.
func (w *Watcher) look() map[string]stamp {
	seen := map[string]stamp{}
	for _, folder := range source.Folders() {
		filepath.WalkDir(filepath.Join(w.root, folder), func(full string, entry fs.DirEntry, err error) error {
			rel, _ := filepath.Rel(w.root, full)
			rel = filepath.ToSlash(rel)
			if err != nil || !source.Wanted(rel) {
				if entry != nil && entry.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			info, err := entry.Info()
			if err == nil && info.Mode()&fs.ModeSymlink != 0 {
				info, err = os.Stat(full)
			}
			switch {
			case err != nil:
			case info.IsDir():
				seen[rel] = stamp{mode: info.Mode()}
			default:
				seen[rel] = stamp{info.Size(), info.Mode(), info.ModTime().UnixNano()}
			}
			return nil
		})
	}
	return seen
}
