package edit

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"strings"

	"nwioi/internal/source"
)

// A disk is the site's folder, as far as it may be read and written here.
type disk struct{ root string }

// windowsNames are those that no file of Windows can have (Microsoft, Naming Files, Paths, and Namespaces).
var windowsNames = map[string]bool{"con": true, "prn": true, "aux": true, "nul": true, "conin$": true, "conout$": true}

// allowed reports whether a path from a request can be one of a file of the site on every system.
func allowed(p string) bool {
	if !fs.ValidPath(p) || !source.Wanted(p) || strings.ContainsAny(p, "\\:*?\"<>|") || len(p) > 400 {
		return false
	}
	for part := range strings.SplitSeq(p, "/") {
		name, _, _ := strings.Cut(strings.ToLower(part), ".")
		name = strings.TrimRight(name, " ")
		port := len(name) == 4 && (name[:3] == "com" || name[:3] == "lpt") && '0' <= name[3] && name[3] <= '9'
		if windowsNames[name] || port || strings.HasSuffix(part, ".") || strings.HasSuffix(part, " ") {
			return false
		}
		for _, r := range part {
			if r < ' ' || r == 0x7f {
				return false
			}
		}
	}
	return true
}

// open opens the folder and makes sure that no part of the way to a file is a link.
func (d disk) open(p string) (*os.Root, error) {
	if !allowed(p) {
		return nil, &refusal{http.StatusBadRequest, "This is not the path of a file that can be edited here."}
	}
	root, err := os.OpenRoot(d.root)
	if err != nil {
		return nil, fmt.Errorf("the site's folder cannot be opened: %w", reason(err))
	}
	for i, c := range p {
		if c != '/' {
			continue
		}
		info, err := root.Lstat(p[:i])
		if errors.Is(err, fs.ErrNotExist) {
			break
		}
		if err != nil || !info.IsDir() {
			root.Close()
			return nil, sorry(fmt.Sprintf("%s is not a real folder, so nothing in it can be edited here.", p[:i]))
		}
	}
	return root, nil
}

// read returns what a file says and its mode. A file that is not there has the error fs.ErrNotExist.
func (d disk) read(p string) ([]byte, fs.FileMode, error) {
	root, err := d.open(p)
	if err != nil {
		return nil, 0, err
	}
	defer root.Close()
	return readIn(root, p)
}

func readIn(root *os.Root, p string) ([]byte, fs.FileMode, error) {
	info, err := root.Lstat(p)
	if err != nil {
		return nil, 0, reason(err)
	}
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		return nil, 0, sorry(p + " is a link to another file. Edit that one instead.")
	case !info.Mode().IsRegular():
		return nil, 0, sorry(p + " is not a file that can be edited.")
	case info.Size() > source.MaxPicture:
		return nil, 0, sorry(fmt.Sprintf("%s is too large to be edited here: it has %d megabytes.", p, info.Size()>>20))
	}
	f, err := root.Open(p)
	if err != nil {
		return nil, 0, reason(err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, source.MaxPicture+1))
	return data, info.Mode().Perm(), err
}

// replace writes a file anew if it still says what it said; expected is nil for one that is not there yet.
// The error is source.ErrChanged if the file says something else.
func (d disk) replace(p string, expected, data []byte) error {
	if _, _, err := d.read(p); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return source.Save(d.root, p, expected, data)
}

// remove removes a file if it still says what it said.
func (d disk) remove(p string, expected []byte) error {
	root, err := d.open(p)
	if err != nil {
		return err
	}
	defer root.Close()
	now, _, err := readIn(root, p)
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	case err != nil || !bytes.Equal(now, expected):
		return source.ErrChanged
	}
	if err := root.Remove(p); err != nil {
		return fmt.Errorf("%s cannot be removed: %w", p, reason(err))
	}
	return nil
}

// reason returns what the system said without the path, which the sentence around it names.
func reason(err error) error {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		return at.Err
	}
	if at, ok := errors.AsType[*os.LinkError](err); ok {
		return at.Err
	}
	return err
}
