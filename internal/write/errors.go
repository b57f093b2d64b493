package write

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// Refused says why a folder may not be published into. It is a wrong use of the command (exit
// status 2), and nothing was touched.
type Refused struct {
	Path   string // the folder as the caller named it
	Reason string // the rest of a sentence that begins with the path
	Remedy string // what to do instead
}

func (r *Refused) Error() string { return fmt.Sprintf("%s %s; %s", r.Path, r.Reason, r.Remedy) }

// Failed says what the machine did not do: a full disk, a missing permission, another build that is
// running (exit status 3). The site that stood there is whole.
type Failed struct {
	Path  string // the file or folder
	Doing string // the rest of a sentence that begins with the path: "cannot be written"
	Err   error  // what the system said; may be nil
}

func (f *Failed) Error() string {
	if f.Err == nil {
		return fmt.Sprintf("%s %s", f.Path, f.Doing)
	}
	return fmt.Sprintf("%s %s: %s", f.Path, f.Doing, plain(f.Err))
}

func (f *Failed) Unwrap() error { return f.Err }

// Unsafe says that a set holds a path that cannot stand in a published folder: it is absolute,
// leaves the folder, is reserved, or differs from another one by upper and lower case alone. The
// content is at fault (exit status 1), and nothing was published.
type Unsafe struct {
	Path   string
	Reason string // the rest of a sentence that begins with the path
}

func (u *Unsafe) Error() string { return fmt.Sprintf("%q %s", u.Path, u.Reason) }

// plain returns what the system said without the names of calls and of stages.
func plain(err error) string {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		err = at.Err
	} else if at, ok := errors.AsType[*os.LinkError](err); ok {
		err = at.Err
	}
	return err.Error()
}
