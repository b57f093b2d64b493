package write

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Update replaces the content of one file by what change makes of it, all or nothing. A file that does
// not exist is empty and is made. The file's folder is locked from reading to writing, so that of two
// Updates at once neither loses what the other wrote. A file that says it is read-only is left alone.
//
// The error is that of change, or a *Failed: then the file is as it was. It is one of ctx where
// waiting for the lock was interrupted.
func Update(ctx context.Context, path string, change func(old []byte) ([]byte, error)) error {
	real, err := filepath.EvalSymlinks(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		real = path
	case err != nil:
		return &Failed{path, "cannot be found", err}
	}
	unlock, err := waitForLock(ctx, filepath.Dir(real))
	if err != nil {
		if ctx.Err() != nil {
			return fmt.Errorf("interrupted, and %s is as it was: %w", path, context.Cause(ctx))
		}
		return &Failed{path, "cannot be locked", err}
	}
	defer unlock()

	mode := fs.FileMode(0o644)
	var old []byte
	switch info, err := os.Stat(real); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return &Failed{path, "cannot be looked at", err}
	case !info.Mode().IsRegular():
		return &Failed{path, "is not a file", nil}
	case info.Mode().Perm()&0o222 == 0:
		return &Failed{path, "is read-only, so nothing was written", nil}
	default:
		mode = info.Mode().Perm()
		if old, err = os.ReadFile(real); err != nil {
			return &Failed{path, "cannot be read", err}
		}
	}
	content, err := change(bytes.Clone(old))
	if err != nil || bytes.Equal(content, old) {
		return err
	}
	return replace(path, real, content, mode)
}

// replace writes content beside the file at real and gives it the file's name when it is whole.
func replace(shown, real string, content []byte, mode fs.FileMode) (err error) {
	f, err := os.CreateTemp(filepath.Dir(real), "."+filepath.Base(real)+".*")
	if err != nil {
		return &Failed{shown, "cannot be written", err}
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
			err = &Failed{shown, "cannot be written", err}
		}
	}()
	_, err = f.Write(content)
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), real)
}
