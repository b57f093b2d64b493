package watch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/fsnotify/fsnotify"

	"nwioi/internal/source"
)

// events learns of changes from the system.
type events struct {
	*Watcher
	system  *fsnotify.Watcher
	folders map[string]bool // that are watched, relative to the root
}

// subscribe watches the root for the coming and going of the input folders, and every folder in
// them.
func (w *Watcher) subscribe() (*events, error) {
	system, err := w.open()
	if err != nil {
		return nil, err
	}
	e := &events{Watcher: w, system: system, folders: map[string]bool{}}
	err = system.Add(w.root)
	for _, folder := range source.Folders() {
		if err == nil {
			err = e.add(folder)
		}
	}
	if err != nil {
		system.Close()
		return nil, err
	}
	return e, nil
}

// add watches a folder and all in it. The folder is watched before it is listed, so that whatever
// comes into it is either listed or told. Only the lack of watches is an error: what went away
// meanwhile, or may not be read, is for the reader of the files to find out.
func (e *events) add(folder string) error {
	full := filepath.Join(e.root, filepath.FromSlash(folder))
	info, err := os.Lstat(full)
	if err != nil || !info.IsDir() {
		return nil
	}
	if err := e.system.Add(full); err != nil {
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.ENOTDIR) {
			return nil
		}
		return err
	}
	e.folders[folder] = true
	entries, _ := os.ReadDir(full)
	for _, entry := range entries {
		if inner := folder + "/" + entry.Name(); entry.IsDir() && source.Wanted(inner) {
			if err := e.add(inner); err != nil {
				return err
			}
		}
	}
	return nil
}

// forget stops watching a folder and all in it. A watch follows its folder to wherever it is moved
// and goes on telling the old name, so it must not outlive a rename.
func (e *events) forget(folder string) {
	if !e.folders[folder] {
		return
	}
	for f := range e.folders {
		if f == folder || strings.HasPrefix(f, folder+"/") {
			delete(e.folders, f)
			// It may be gone already, which is all we want.
			_ = e.system.Remove(filepath.Join(e.root, filepath.FromSlash(f)))
		}
	}
}

// listen sends hints until ctx ends.
func (e *events) listen(ctx context.Context) {
	defer func() { e.system.Close() }()
	for {
		select {
		case <-ctx.Done():
			return
		case event, ok := <-e.system.Events:
			if !ok {
				return
			}
			path := e.relative(event.Name)
			if path == "" {
				continue
			}
			if event.Has(fsnotify.Remove) || event.Has(fsnotify.Rename) {
				e.forget(path)
			}
			// A folder that may be read from now on is as good as a new one.
			if event.Has(fsnotify.Create) || event.Has(fsnotify.Chmod) && !e.folders[path] {
				if err := e.add(path); err != nil {
					e.fallBack(ctx, err)
					return
				}
			}
			if !e.hint(ctx, path) {
				return
			}
		case err, ok := <-e.system.Errors:
			if !ok {
				return
			}
			// Most of all the system had more events than it can hold. What was lost may be the coming
			// of a folder, so everything is watched anew and then looked at.
			e.system.Close()
			again, err2 := e.subscribe()
			if err2 != nil {
				e.fallBack(ctx, errors.Join(err, err2))
				return
			}
			*e = *again
			if !e.hint(ctx, Everything) {
				return
			}
		}
	}
}

// fallBack goes on by polling. Between the last event and the first look something may have
// happened, so everything is hinted at.
func (e *events) fallBack(ctx context.Context, err error) {
	e.system.Close()
	e.notice(whyPolling(err))
	p := e.firstLook()
	if e.hint(ctx, Everything) {
		p.listen(ctx)
	}
}

// relative returns the path of an event as hints name it, or "" if it is of no interest.
func (e *events) relative(name string) string {
	rel, err := filepath.Rel(e.root, name)
	if err != nil {
		return ""
	}
	if rel = filepath.ToSlash(rel); !source.Wanted(rel) {
		return ""
	}
	return rel
}

// whyPolling says why the system is not asked, and what to do about it.
func whyPolling(err error) string {
	const so = ", so changes are looked for twice a second"
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return "The system watches no more folders for this user" + so + "; raise fs.inotify.max_user_watches to be told at once"
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		return "The system opens no more watchers or files for this user" + so + "; raise fs.inotify.max_user_instances or the limit of open files to be told at once"
	}
	return fmt.Sprintf("The system does not tell of changes (%v)%s", err, so)
}
