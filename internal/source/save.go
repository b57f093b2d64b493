package source

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path"
)

// ErrChanged says that a file is no longer what it was when its new content was worked out.
var ErrChanged = errors.New("the file changed meanwhile")

// An Unsaved error says that a file could not be written, and why.
type Unsaved struct {
	Path string
	Err  error // what the system said, without the path
}

// Error returns a sentence.
func (e *Unsaved) Error() string { return e.Path + " cannot be written: " + e.Err.Error() }

// Unwrap returns what the system said.
func (e *Unsaved) Unwrap() error { return e.Err }

// Save writes one file of a site anew, at a path below the folder root, if it still says what it said
// before; before is nil for a file that is not there yet, whose folders are made. Those who read it
// meanwhile see the old bytes or the new ones and nothing between; its mode stays. A link is not
// followed, and nothing outside of the folder is written. The error is ErrChanged where the file says
// something else, and else an *Unsaved.
func Save(root, file string, before, after []byte) error {
	err := save(root, file, before, after)
	if err == nil || errors.Is(err, ErrChanged) {
		return err
	}
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		err = at.Err
	} else if at, ok := errors.AsType[*os.LinkError](err); ok {
		err = at.Err
	}
	return &Unsaved{file, err}
}

func save(root, file string, before, after []byte) error {
	dir, err := os.OpenRoot(root)
	if err != nil {
		return err
	}
	defer dir.Close()
	for i, c := range file + "/" {
		if c != '/' {
			continue
		}
		info, err := dir.Lstat(file[:i])
		if errors.Is(err, fs.ErrNotExist) {
			break
		}
		if err != nil {
			return err
		}
		if info.Mode()&fs.ModeSymlink != 0 {
			return errors.New(file[:i] + " is a link")
		}
	}
	mode := fs.FileMode(0o644)
	now, err := dir.ReadFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist) && before == nil:
		if err := dir.MkdirAll(path.Dir(file), 0o755); err != nil {
			return err
		}
	case err != nil || before == nil || !bytes.Equal(now, before):
		return ErrChanged
	default:
		info, err := dir.Lstat(file)
		if err != nil {
			return err
		}
		mode = info.Mode().Perm()
	}
	// A hidden name is no input, so nobody reads it before its time.
	temp := path.Join(path.Dir(file), "."+path.Base(file)+".new")
	err = writeWhole(dir, temp, after, mode)
	if err == nil {
		err = dir.Rename(temp, file)
	}
	if err != nil {
		dir.Remove(temp)
	}
	return err
}

// writeWhole writes a new file down to the disk.
func writeWhole(dir *os.Root, file string, data []byte, mode fs.FileMode) error {
	dir.Remove(file) // what was left where the machine stopped
	f, err := dir.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(mode) // whatever the process masks
	}
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}
