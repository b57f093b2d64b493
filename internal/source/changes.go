package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path"
	"slices"
	"strconv"
	"strings"

	"nwioi/internal/diag"
)

// The bounds of what is read out of a commit.
const (
	maxListing = 64 << 20  // bytes of git's list of files
	maxFetched = 512 << 20 // bytes of the files that are not as in the tree
)

// Committed returns the tree that HEAD has where now has what lies in the site's folder: files that are
// the same in both keep their identity, and so costs what differs. Links and files that are too large to
// be read are left out, as is what is no input. The files that came with the binary are those of now.
//
// Where there is no such tree, the diagnostic says why, and what to do.
func (g *Git) Committed(ctx context.Context, now *Tree) (*Tree, *diag.Diagnostic) {
	if own, _ := GitFolders(g.root); own == "" {
		return nil, &diag.Diagnostic{Path: ".", Severity: diag.Note, Rule: "site/git",
			Message: "this folder is not kept in git, so there is nothing to compare it with"}
	}
	at, err := g.repository(ctx)
	if err != nil {
		return nil, unasked(g.root, err)
	}
	if at.head == "" {
		return nil, &diag.Diagnostic{Path: ".", Severity: diag.Note, Rule: "site/git",
			Message: "nothing has been committed here yet, so there is nothing to compare with"}
	}
	files, err := g.committed(ctx, at, now)
	if err != nil {
		return nil, unasked(g.root, err)
	}
	for _, f := range now.builtin {
		files = append(files, f)
	}
	tree := NewTree(files...)
	tree.history = now.history
	return tree, nil
}

// committed returns the input files of the commit.
func (g *Git) committed(ctx context.Context, at repository, now *Tree) ([]*File, error) {
	args := []string{"ls-tree", "-r", "-z", "-l", "--full-tree", at.head, "--"}
	for _, folder := range Folders() {
		args = append(args, at.prefix+folder)
	}
	listing, err := g.run(ctx, maxListing, nil, args...)
	if err != nil {
		return nil, err
	}
	var files []*File
	var fetch []*File
	var hashes []string
	var size int64
	for entry := range strings.SplitSeq(strings.TrimSuffix(string(listing), "\x00"), "\x00") {
		about, full, found := strings.Cut(entry, "\t")
		fields := strings.Fields(about) // mode, type, hash, size
		p, inside := strings.CutPrefix(full, at.prefix)
		if !found || !inside || len(fields) != 4 || !strings.HasPrefix(fields[0], "100") || !Wanted(p) || badName(path.Base(p)) != "" {
			continue
		}
		bytes, err := strconv.ParseInt(fields[3], 10, 64)
		if most, _ := limit(p); err != nil || bytes > most {
			continue
		}
		if f := now.File(p); f != nil && !f.Builtin && holds(f.Data, fields[2]) {
			files = append(files, f)
			continue
		}
		if size += bytes; size > maxFetched {
			return nil, errTooLong
		}
		fetch = append(fetch, &File{Path: p})
		hashes = append(hashes, fields[2])
	}
	if len(fetch) == 0 {
		return files, nil
	}
	blobs, err := g.run(ctx, size+int64(len(fetch))*128, strings.NewReader(strings.Join(hashes, "\n")+"\n"), "cat-file", "--batch")
	if err != nil {
		return nil, err
	}
	for _, f := range fetch {
		if f.Data, blobs, err = cutBlob(blobs); err != nil {
			return nil, err
		}
	}
	return append(files, fetch...), nil
}

// cutBlob takes the first object off what git cat-file --batch writes: a line with its hash, its type
// and its size, then the object and a line end.
func cutBlob(out []byte) (blob, rest []byte, err error) {
	line, rest, _ := bytes.Cut(out, []byte("\n"))
	fields := bytes.Fields(line)
	if len(fields) != 3 || string(fields[1]) != "blob" {
		return nil, nil, fmt.Errorf("git does not have a file of the last commit here: %w", io.ErrUnexpectedEOF)
	}
	size, err := strconv.Atoi(string(fields[2]))
	if err != nil || size < 0 || size >= len(rest) {
		return nil, nil, io.ErrUnexpectedEOF
	}
	return bytes.Clone(rest[:size]), rest[size+1:], nil
}

// Ignored returns those of the paths that git is told to leave out (gitignore(5)); none where it cannot
// be asked.
func (g *Git) Ignored(ctx context.Context, paths []string) map[string]bool {
	if len(paths) == 0 {
		return nil
	}
	const most = 16 << 20
	out, err := g.run(ctx, most, strings.NewReader(strings.Join(paths, "\x00")), "check-ignore", "-z", "--stdin")
	if _, none := errors.AsType[*exec.ExitError](err); err != nil || none {
		return nil
	}
	ignored := map[string]bool{}
	for p := range strings.SplitSeq(string(out), "\x00") {
		ignored[p] = true
	}
	return ignored
}

// A FileChange is one input file that two trees do not have alike. Before is nil where it is new, After
// where it was removed; where both have a File and their paths differ it was renamed.
type FileChange struct{ Before, After *File }

// Path returns where the file stands, or stood if it was removed.
func (c FileChange) Path() string {
	if c.After != nil {
		return c.After.Path
	}
	return c.Before.Path
}

// Changes returns what the site's own files in after are changed in against before, by path. A file that
// went and one that came with the same words, or most of them, are one that was renamed.
func Changes(before, after *Tree) []FileChange {
	var changes []FileChange
	var came, went []*File
	for f := range after.own() {
		switch old := before.File(f.Path); {
		case old == nil || old.Builtin:
			came = append(came, f)
		case !bytes.Equal(old.Data, f.Data):
			changes = append(changes, FileChange{old, f})
		}
	}
	for f := range before.own() {
		if now := after.File(f.Path); now == nil || now.Builtin {
			went = append(went, f)
		}
	}
	for _, old := range went {
		c := FileChange{Before: old}
		if i := mostAlike(old, came); i >= 0 {
			c.After = came[i]
			came = slices.Delete(came, i, i+1)
		}
		changes = append(changes, c)
	}
	for _, f := range came {
		changes = append(changes, FileChange{After: f})
	}
	slices.SortFunc(changes, func(a, b FileChange) int { return strings.Compare(a.Path(), b.Path()) })
	return changes
}

// own yields the site's own files, by path.
func (t *Tree) own() func(yield func(*File) bool) {
	return func(yield func(*File) bool) {
		for f := range t.Under("") {
			if !f.Builtin && !yield(f) {
				return
			}
		}
	}
}

// mostAlike returns the index of the file that holds most of what f does, or -1 if none holds six tenths
// of it or they are too many to tell.
func mostAlike(f *File, files []*File) int {
	const tooMany = 200
	best, index := 0.6, -1
	for i, other := range files {
		if bytes.Equal(f.Data, other.Data) {
			return i
		}
		if len(files) > tooMany || path.Ext(f.Path) != path.Ext(other.Path) || len(f.Data)+len(other.Data) > MaxText {
			continue
		}
		if share := alike(f.Data, other.Data); share >= best {
			best, index = share, i
		}
	}
	return index
}

// alike returns the share of the longer text's lines that the other one has too, 0 to 1.
func alike(a, b []byte) float64 {
	lines := map[string]int{}
	n, m, both := 0, 0, 0
	for line := range bytes.Lines(a) {
		lines[string(line)]++
		n++
	}
	for line := range bytes.Lines(b) {
		m++
		if lines[string(line)] > 0 {
			lines[string(line)]--
			both++
		}
	}
	return float64(both) / float64(max(n, m, 1))
}
