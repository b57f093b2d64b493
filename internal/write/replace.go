package write

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path"
)

// ErrChanged says that a file is no longer what it was when its new content was worked out.
var ErrChanged = errors.New("the file changed meanwhile")

// Replace writes one file of a site anew, at a path below the folder root, if it still says what it said. Those
// who read it meanwhile see the old bytes or the new ones and nothing between; its mode stays. A link is
// not followed, and nothing outside of the folder is written. The error is ErrChanged where the file says
// something else or is gone, and else a *Failed.
func Replace(root, file string, before, after []byte) error {
	failed := func(err error) error { return &Failed{file, "cannot be written", err} }
	dir, err := os.OpenRoot(root)
	if err != nil {
		return failed(err)
	}
	defer dir.Close()
	for i, c := range file + "/" {
		if c != '/' {
			continue
		}
		switch info, err := dir.Lstat(file[:i]); {
		case errors.Is(err, fs.ErrNotExist):
			return ErrChanged
		case err != nil:
			return failed(err)
		case info.Mode()&fs.ModeSymlink != 0:
			return failed(errors.New(file[:i] + " is a link"))
		}
	}
	info, err := dir.Lstat(file)
	if err != nil || !info.Mode().IsRegular() {
		return ErrChanged
	}
	if now, err := dir.ReadFile(file); err != nil || !bytes.Equal(now, before) {
		return ErrChanged
	}
	// A hidden name is no input, so nobody reads it before its time.
	temp := path.Join(path.Dir(file), "."+path.Base(file)+".new")
	err = writeWhole(dir, temp, after, info.Mode().Perm())
	if err == nil {
		err = dir.Rename(temp, file)
	}
	if err != nil {
		dir.Remove(temp)
		return failed(err)
	}
	return nil
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
