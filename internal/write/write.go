// Package write puts the files of a set into a folder, all of them or none.
//
// The files are made in a stage, a folder beside the published one, and the two change places when
// every file is there. Whoever reads the site meets the old one or the new one, and what is no
// longer made is gone with the old one. A build that fails or is interrupted takes its stage with it
// and leaves the site whole; what a killed one leaves behind is cleaned up, and if need be put back,
// when the next one starts.
//
// Dir owns a folder only if it holds the marker .nwioi/ that an earlier Dir put there, and touches
// nothing else: see Allowed. The marker holds a manifest of every file with its size and SHA-256,
// and neither times nor places, so the same set gives the same bytes on any machine and any number
// of cores. No body is kept: a file is made, written and let go.
//
// The package keeps no earlier releases and does not force the disk to sync.
package write

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"nwioi/internal/output"
)

// Marker is the folder inside a published one that says who made it.
const Marker = ".nwioi"

// A Manifest is what Marker/manifest.json says: every published file but itself, in the order of
// their paths.
type Manifest struct {
	Version int     `json:"version"` // of this format: 1
	Files   []Entry `json:"files"`
}

// An Entry is one published file: its path with slashes, its size in bytes, and its SHA-256 in
// hexadecimal digits.
type Entry struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Options are the choices of one publish. The zero Options are the usual ones.
type Options struct {
	// Workers is how many files are made at once; 0 is one for each core.
	Workers int
}

// Stats says what a publish wrote, the marker aside.
type Stats struct {
	Files int
	Bytes int64
}

// Dir publishes the set into dir, which need not exist yet. Root is the site's folder, which dir must
// not touch.
//
// The error is a *Refused if dir is not ours to write (nothing was touched), an *Unsafe if a path of
// the set cannot stand there, a *Failed if the machine did not do its part, the context's if it
// ended, and otherwise says which files could not be made. Whatever it is, the site that stood in dir
// stands there still.
func Dir(ctx context.Context, dir, root string, set *output.Set, opt Options) (Stats, error) {
	if err := Allowed(dir, root); err != nil {
		return Stats{}, err
	}
	if err := checkPaths(set); err != nil {
		return Stats{}, err
	}
	target, err := filepath.Abs(dir)
	if err != nil {
		return Stats{}, &Failed{dir, "cannot be found", err}
	}
	s, err := openStage(ctx, target, dir)
	if err != nil {
		return Stats{}, err
	}
	defer s.remove()

	entries, err := s.fill(ctx, set, opt.Workers)
	if err != nil {
		return Stats{}, err
	}
	if err := s.finish(entries); err != nil {
		return Stats{}, err
	}
	// While the files were made, somebody may have put something into the folder.
	if err := Allowed(dir, root); err != nil {
		return Stats{}, err
	}
	if err := s.publish(ctx); err != nil {
		return Stats{}, err
	}
	stats := Stats{Files: len(entries)}
	for _, e := range entries {
		stats.Bytes += e.Size
	}
	return stats, nil
}

// fill makes every file of the set in the stage and returns their entries in the order of the set.
func (s *stage) fill(ctx context.Context, set *output.Set, workers int) ([]Entry, error) {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var (
		entries = make([]Entry, len(set.Files))
		unmade  = make([]error, len(set.Files))
		next    atomic.Int64
		group   sync.WaitGroup
	)
	// Neighbours in the set share folders, so a worker takes a few at a time.
	const run = 16
	for range min(workers, len(set.Files)/run+1) {
		group.Go(func() {
			var body bytes.Buffer
			for {
				last := int(next.Add(run))
				for i := last - run; i < min(last, len(set.Files)); i++ {
					if ctx.Err() != nil {
						return
					}
					file := set.Files[i]
					body.Reset()
					if unmade[i] = file.Render(&body); unmade[i] != nil {
						continue // to find all that cannot be made in one go
					}
					if err := s.write(file.Recipe.Path, body.Bytes()); err != nil {
						stop(err)
						return
					}
					sum := sha256.Sum256(body.Bytes())
					entries[i] = Entry{file.Recipe.Path, int64(body.Len()), hex.EncodeToString(sum[:])}
					if body.Cap() > 4<<20 {
						body = bytes.Buffer{} // one huge file does not weigh on the rest
					}
				}
				if last >= len(set.Files) {
					return
				}
			}
		})
	}
	group.Wait()
	if err := context.Cause(ctx); err != nil {
		if f, ok := errors.AsType[*Failed](err); ok {
			return nil, f
		}
		return nil, fmt.Errorf("the build was interrupted, and %s is as it was: %w", s.shown, err)
	}
	return entries, firstOf(unmade)
}

// firstOf joins the first few errors and counts the rest: one broken template can fail every page.
func firstOf(unmade []error) error {
	const few = 5
	all := slices.DeleteFunc(unmade, func(err error) bool { return err == nil })
	if len(all) <= few {
		return errors.Join(all...)
	}
	return errors.Join(append(all[:few:few], fmt.Errorf("and %d more files", len(all)-few))...)
}

// write puts one file into the stage.
func (s *stage) write(path string, body []byte) error {
	full := filepath.Join(s.path, filepath.FromSlash(path))
	// Another name may be the same file on this disk; O_EXCL makes that an error, not a loss.
	const flags = os.O_WRONLY | os.O_CREATE | os.O_EXCL
	if err := s.folder(filepath.Dir(full)); err != nil {
		return s.failed(path, "cannot be made", err)
	}
	f, err := os.OpenFile(full, flags, 0o644)
	if err != nil {
		return s.failed(path, "cannot be made", err)
	}
	if _, err := f.Write(body); err != nil {
		f.Close()
		return s.failed(path, "cannot be written", err)
	}
	if err := f.Close(); err != nil {
		return s.failed(path, "cannot be written", err)
	}
	return nil
}

// folder makes a folder of the stage, if nobody has. Most are new and stand in one that is there.
func (s *stage) folder(dir string) error {
	if _, made := s.folders.Load(dir); made {
		return nil
	}
	err := os.Mkdir(dir, 0o755)
	if errors.Is(err, fs.ErrNotExist) {
		err = os.MkdirAll(dir, 0o755)
	}
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	s.folders.Store(dir, true)
	return nil
}

// finish writes the manifest and gives everything its mode.
func (s *stage) finish(entries []Entry) error {
	manifest, err := json.MarshalIndent(Manifest{Version: 1, Files: entries}, "", " ")
	if err != nil {
		return s.failed(Marker, "cannot be written", err)
	}
	if err := s.write(Marker+"/manifest.json", append(manifest, '\n')); err != nil {
		return err
	}
	return s.setModes()
}
