package write

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// A stage is the folder beside the published one in which a new site is made. It is locked for as
// long as its build lives, so that no other build takes it for the remains of a killed one.
type stage struct {
	path   string // of the stage
	target string // of the published folder, absolute
	shown  string // the published folder as the caller named it
	unlock func()

	folders sync.Map // those that were made, by path
}

// Siblings of the published folder: where a site is made, and where the old one waits for the moment
// in which two renames stand for one.
const (
	staging  = ".stage-"
	previous = ".previous-"
)

// openStage puts in order what a killed build left, and makes a new stage.
func openStage(ctx context.Context, target, shown string) (*stage, error) {
	parent, base := filepath.Split(target)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return nil, &Failed{filepath.Dir(shown), "cannot be made", err}
	}
	unlock, err := lockParent(ctx, parent, shown)
	if err != nil {
		return nil, err
	}
	defer unlock()
	if err := recoverSite(target, shown); err != nil {
		return nil, err
	}
	path, err := os.MkdirTemp(parent, base+staging+"*")
	if err != nil {
		return nil, &Failed{filepath.Dir(shown), "cannot hold a new folder", err}
	}
	s := &stage{path: path, target: target, shown: shown}
	// The lock comes before the marker: a marked stage without a lock is one whose build is dead.
	if s.unlock, err = lock(path); err != nil {
		s.remove()
		return nil, &Failed{shown, "cannot be locked", err}
	}
	if err := os.Mkdir(filepath.Join(path, Marker), 0o755); err != nil {
		s.remove()
		return nil, &Failed{shown, "cannot be made", err}
	}
	return s, nil
}

// lockParent makes the short steps in which siblings come and go one build's at a time.
func lockParent(ctx context.Context, parent, shown string) (unlock func(), err error) {
	unlock, err = waitForLock(ctx, parent)
	if err == nil {
		return unlock, nil
	}
	if ctx.Err() != nil {
		return nil, fmt.Errorf("the build was interrupted, and %s is as it was: %w", shown, context.Cause(ctx))
	}
	return nil, &Failed{filepath.Dir(shown), "cannot be locked", err}
}

// recoverSite puts in order what killed builds left beside target. If one was killed between its two
// renames, the old site is put back. It is a *Failed if another build is at work.
func recoverSite(target, shown string) error {
	stages, err := siblings(target, staging)
	if err != nil {
		return &Failed{filepath.Dir(shown), "cannot be listed", err}
	}
	olds, err := siblings(target, previous)
	if err != nil {
		return &Failed{filepath.Dir(shown), "cannot be listed", err}
	}
	for _, s := range stages {
		unlock, err := lock(s)
		if errors.Is(err, errLocked) {
			return &Failed{shown, "is being written by another build; wait until it is done", nil}
		}
		if err == nil {
			unlock()
		}
	}
	if _, err := os.Lstat(target); errors.Is(err, fs.ErrNotExist) && len(olds) > 0 {
		if err := os.Rename(olds[len(olds)-1], target); err != nil {
			return &Failed{shown, "cannot be put back after a build that was killed", err}
		}
		olds = olds[:len(olds)-1]
	}
	for _, left := range slices.Concat(stages, olds) {
		if err := removeOwned(left); err != nil {
			return &Failed{left, "is left from a build that was killed, and cannot be removed", err}
		}
	}
	return nil
}

// siblings returns the folders named as target and then infix that are ours: marked, or empty since
// their build was killed before it could mark them.
func siblings(target, infix string) ([]string, error) {
	parent, base := filepath.Split(target)
	entries, err := os.ReadDir(parent)
	if err != nil {
		return nil, err
	}
	var ours []string
	for _, e := range entries {
		if !e.IsDir() || !strings.HasPrefix(e.Name(), base+infix) {
			continue
		}
		full := filepath.Join(parent, e.Name())
		if inside, err := os.ReadDir(full); marked(full) || err == nil && len(inside) == 0 {
			ours = append(ours, full)
		}
	}
	return ours, nil
}

// removeOwned removes a folder of ours, its marker last: if this is cut short as well, the next one
// still knows whose it is.
func removeOwned(folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, e := range entries {
		if e.Name() != Marker {
			if err := os.RemoveAll(filepath.Join(folder, e.Name())); err != nil {
				return err
			}
		}
	}
	return os.RemoveAll(folder)
}

// publish puts the stage into the place of the published folder.
func (s *stage) publish(ctx context.Context) error {
	unlock, err := lockParent(ctx, filepath.Dir(s.target), s.shown)
	if err != nil {
		return err
	}
	defer unlock()
	old, err := swap(s.path, s.target, exchange)
	if err != nil {
		return &Failed{s.shown, "cannot be replaced", err}
	}
	s.path = ""
	if old != "" {
		// The new site stands. An old one that cannot be removed is the next build's to clean up.
		_ = removeOwned(old)
	}
	return nil
}

// swap makes the folder stage take the place of target, and returns where the old one is now, or ""
// if there was none. If that fails, all is as it was.
func swap(stage, target string, exchange func(a, b string) error) (old string, err error) {
	if _, err := os.Lstat(target); errors.Is(err, fs.ErrNotExist) {
		return "", os.Rename(stage, target)
	}
	if err := exchange(stage, target); err == nil {
		return stage, nil
	}
	// The disk cannot do it in one step. Between these two a killed build leaves no site; recoverSite
	// then finds the old one and puts it back.
	parent, name := filepath.Split(stage)
	cut := strings.LastIndex(name, staging)
	old = filepath.Join(parent, name[:cut]+previous+name[cut+len(staging):])
	if err := os.Rename(target, old); err != nil {
		return "", err
	}
	if err := os.Rename(stage, target); err != nil {
		return "", errors.Join(err, os.Rename(old, target))
	}
	return old, nil
}

// remove takes the stage away, unless it was published, and ends its lock.
func (s *stage) remove() {
	if s.path != "" {
		_ = removeOwned(s.path)
	}
	if s.unlock != nil {
		s.unlock()
	}
}

// setModes gives folders 0755 and files 0644 where the umask gave them less.
func (s *stage) setModes() error {
	if info, err := os.Stat(filepath.Join(s.path, Marker)); err != nil || info.Mode().Perm() != 0o755 {
		err := filepath.WalkDir(s.path, func(path string, e fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case e.IsDir():
				return os.Chmod(path, 0o755)
			}
			return os.Chmod(path, 0o644)
		})
		if err != nil {
			return s.failed(".", "cannot be given its permissions", err)
		}
	}
	// The stage itself was for nobody else to see.
	if err := os.Chmod(s.path, 0o755); err != nil {
		return s.failed(".", "cannot be given its permissions", err)
	}
	return nil
}

// failed names the file by where it would have stood.
func (s *stage) failed(path, doing string, err error) error {
	return &Failed{filepath.Join(s.shown, filepath.FromSlash(path)), doing, err}
}
