package source

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"unicode"
	"unicode/utf8"

	"nwioi/internal/diag"
)

// A scan is one look at the disk: visit finds the files, read reads them.
type scan struct {
	path string   // of the root, for following links by hand
	root *os.Root // every file is opened through it, so that none outside can be
	todo []batch

	mu       sync.Mutex
	data     map[string][]byte
	problems map[string]diag.Diagnostic
	links    []string
}

// A batch is some files of one folder, read by one worker.
type batch struct {
	folder string
	names  []string
}

const batchSize = 64

func newScan(path string, root *os.Root) *scan {
	return &scan{path: path, root: root, data: map[string][]byte{}, problems: map[string]diag.Diagnostic{}}
}

// visit finds what stands at the targets and below them, and returns what was really looked at: a
// target whose parent is no folder (any more) is replaced by that parent, and one that lies inside
// another is dropped.
func (s *scan) visit(targets []string) []string {
	for i, target := range targets {
		targets[i] = s.highest(target)
	}
	slices.Sort(targets)
	var visited []string
	seen := map[string]bool{}
	for _, target := range targets {
		covered := seen[target]
		for i, c := range target {
			covered = covered || c == '/' && seen[target[:i]]
		}
		if !covered {
			seen[target] = true
			visited = append(visited, target)
			s.at(target)
		}
	}
	slices.Sort(s.links)
	return visited
}

// highest returns the first ancestor of target that is not a folder, or target itself.
func (s *scan) highest(target string) string {
	for i, c := range target {
		if c == '/' {
			if info, err := s.root.Lstat(target[:i]); err != nil || !info.IsDir() {
				return target[:i]
			}
		}
	}
	return target
}

func (s *scan) at(p string) {
	info, err := s.root.Lstat(p)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return
	case err != nil:
		s.problem(unreadable(p, "this file", err))
	case info.IsDir():
		s.folder(p)
	case !strings.Contains(p, "/"):
		what := "a file"
		if !info.Mode().IsRegular() {
			what = kindWord(info.Mode().Type())
		}
		s.problem(diag.Diagnostic{Path: p, Severity: diag.Error, Rule: "file/kind",
			Message: fmt.Sprintf("%q must be a real folder, and it is %s", p, what),
			Hint:    "put a folder of this name in its place"})
	default:
		s.entry(path.Dir(p), path.Base(p), info.Mode().Type())
	}
}

// folder finds the files in the folder p and below it.
func (s *scan) folder(p string) {
	if strings.Count(p, "/") >= maxDepth {
		s.problem(diag.Diagnostic{Path: p, Severity: diag.Error, Rule: "file/depth",
			Message: fmt.Sprintf("this folder lies more than %d folders deep", maxDepth),
			Hint:    "move it further up"})
		return
	}
	switch ext := strings.ToLower(path.Ext(p)); ext {
	case ".md", ".yaml", ".yml":
		s.problem(diag.Diagnostic{Path: p, Severity: diag.Error, Rule: "file/kind",
			Message: fmt.Sprintf("this is a folder, but its name ends in %q like that of a file", ext),
			Hint:    "rename the folder"})
	}
	f, err := s.root.Open(p)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			s.problem(unreadable(p, "this folder", err))
		}
		return
	}
	entries, err := f.ReadDir(-1)
	f.Close()
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		s.problem(unreadable(p, "this folder", err))
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	for _, e := range entries {
		full := p + "/" + e.Name()
		if !Wanted(full) {
			continue
		}
		if e.IsDir() {
			if fault := badName(e.Name()); fault != "" {
				s.misnamed(full, fault)
				continue
			}
			s.folder(full)
			continue
		}
		s.entry(p, e.Name(), e.Type())
	}
}

// entry takes note of one thing in a folder that is not a folder.
func (s *scan) entry(folder, name string, kind fs.FileMode) {
	p := folder + "/" + name
	if fault := badName(name); fault != "" {
		s.misnamed(p, fault)
		return
	}
	switch {
	case kind.IsRegular():
		if n := len(s.todo); n > 0 && s.todo[n-1].folder == folder && len(s.todo[n-1].names) < batchSize {
			s.todo[n-1].names = append(s.todo[n-1].names, name)
		} else {
			s.todo = append(s.todo, batch{folder, []string{name}})
		}
	case kind&fs.ModeSymlink != 0:
		s.link(p)
	default:
		s.problem(diag.Diagnostic{Path: p, Severity: diag.Error, Rule: "file/kind",
			Message: "this is " + kindWord(kind) + ", not a file that can be read",
			Hint:    "remove it from the site's folder"})
	}
}

// link reads a file through a symbolic link. The link is followed only to a file in the same
// top folder, so that nothing private is published by a link from static/ into data/, and never to
// a folder, which could hold itself.
func (s *scan) link(p string) {
	refuse := func(message string) {
		s.problem(diag.Diagnostic{Path: p, Severity: diag.Error, Rule: "file/link", Message: message,
			Hint: "put a copy of the file here instead of the link"})
	}
	s.links = append(s.links, p)
	base, err := filepath.EvalSymlinks(s.path)
	if err != nil {
		s.problem(unreadable(p, "this link", err))
		return
	}
	real, err := filepath.EvalSymlinks(filepath.Join(base, filepath.FromSlash(p)))
	if err != nil {
		refuse("this link leads to nothing that can be read")
		return
	}
	rel, err := filepath.Rel(base, real)
	if err != nil || !filepath.IsLocal(rel) {
		refuse("this link leads out of the site's folder, so it is not followed")
		return
	}
	rel = filepath.ToSlash(rel)
	top, _, _ := strings.Cut(p, "/")
	if !within(rel, top) || !Wanted(rel) {
		refuse(fmt.Sprintf("this link leads out of %q, so it is not followed", top+"/"))
		return
	}
	info, err := s.root.Lstat(rel)
	switch {
	case err != nil:
		refuse("this link leads to nothing that can be read")
	case info.IsDir():
		refuse("this link leads to a folder, so it is not followed")
	case !info.Mode().IsRegular():
		refuse("this link leads to " + kindWord(info.Mode().Type()) + ", so it is not followed")
	default:
		s.readFile(s.root, rel, p)
	}
}

// read reads all files that visit found, on all cores.
func (s *scan) read() {
	next := make(chan batch)
	var workers sync.WaitGroup
	for range min(len(s.todo), 2*runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for b := range next {
				s.readBatch(b)
			}
		})
	}
	for _, b := range s.todo {
		next <- b
	}
	close(next)
	workers.Wait()
}

func (s *scan) readBatch(b batch) {
	folder, err := s.root.OpenRoot(b.folder)
	if err != nil {
		for _, name := range b.names {
			s.failed(b.folder+"/"+name, err)
		}
		return
	}
	defer folder.Close()
	for _, name := range b.names {
		s.readFile(folder, name, b.folder+"/"+name)
	}
}

// readFile reads the file that in knows as name, for the path p of the tree. A file that changes
// while it is read is read again, a few times; whoever still writes then will be heard again.
func (s *scan) readFile(in *os.Root, name, p string) {
	for try := 1; ; try++ {
		data, settled, problem, err := readBounded(in, name, p)
		switch {
		case err != nil:
			s.failed(p, err)
		case problem.Rule != "":
			s.problem(problem)
		case !settled && try < 4:
			continue
		default:
			s.mu.Lock()
			s.data[p] = data
			s.mu.Unlock()
		}
		return
	}
}

// readBounded reads a whole file within its limit. Settled says that the file did not change
// meanwhile.
func readBounded(in *os.Root, name, p string) (data []byte, settled bool, problem diag.Diagnostic, err error) {
	// Without O_NONBLOCK a pipe that took the file's place just now would hold us up for good.
	f, err := in.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, false, problem, err
	}
	defer f.Close()
	before, err := f.Stat()
	if err != nil {
		return nil, false, problem, err
	}
	if !before.Mode().IsRegular() {
		return nil, false, diag.Diagnostic{Path: p, Severity: diag.Error, Rule: "file/kind",
			Message: "this is " + kindWord(before.Mode().Type()) + ", not a file that can be read",
			Hint:    "remove it from the site's folder"}, nil
	}
	max, kind := limit(p)
	size := before.Size()
	if size <= max {
		buffer := make([]byte, size+1) // one more, to see that it ends there
		n, err := io.ReadFull(f, buffer)
		if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
			return nil, false, problem, err
		}
		after, err := f.Stat()
		if err != nil {
			return nil, false, problem, err
		}
		settled = int64(n) == size && after.Size() == size && after.ModTime().Equal(before.ModTime())
		return buffer[:n:n], settled, problem, nil
	}
	hint := "split it, or keep it out of the site's folder"
	if kind == "picture" {
		hint = "save a smaller copy: 2000 pixels wide is enough for every screen"
	}
	return nil, false, diag.Diagnostic{Path: p, Severity: diag.Error, Rule: "file/too-large",
		Message: fmt.Sprintf("this file has %s, and a %s may have %s at most", megabytes(size), kind, megabytes(max)),
		Hint:    hint}, nil
}

// failed notes that a file could not be read, unless it just went away.
func (s *scan) failed(p string, err error) {
	if !errors.Is(err, fs.ErrNotExist) {
		s.problem(unreadable(p, "this file", err))
	}
}

func (s *scan) misnamed(p, fault string) {
	s.mu.Lock()
	// Kept under the name as it is on disk, so that the problem goes when the file does.
	s.problems[p] = diag.Diagnostic{Path: strings.ToValidUTF8(p, "\uFFFD"), Severity: diag.Error, Rule: "file/name",
		Message: "this file's name " + fault, Hint: "rename it; letters, digits, hyphens and dots are safe"}
	s.mu.Unlock()
}

func (s *scan) problem(d diag.Diagnostic) {
	s.mu.Lock()
	s.problems[d.Path] = d
	s.mu.Unlock()
}

// badName says what is wrong with a file's name, or "".
func badName(name string) string {
	if !utf8.ValidString(name) {
		return "is not valid text"
	}
	for _, r := range name {
		if r == '\\' || unicode.IsControl(r) || unicode.In(r, unicode.Cf) {
			return "holds a character that a web address cannot carry"
		}
	}
	return ""
}

func unreadable(p, what string, err error) diag.Diagnostic {
	return diag.Diagnostic{Path: p, Severity: diag.Error, Rule: "file/unreadable",
		Message: what + " cannot be read: " + reason(err),
		Hint:    "check that it exists and that you may read it"}
}

// reason returns what the system said, without the names of calls and paths around it.
func reason(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return err.Error()
}

func kindWord(kind fs.FileMode) string {
	switch {
	case kind&fs.ModeNamedPipe != 0:
		return "a pipe"
	case kind&fs.ModeSocket != 0:
		return "a socket"
	case kind&fs.ModeDevice != 0:
		return "a device"
	case kind&fs.ModeSymlink != 0:
		return "a link"
	case kind.IsDir():
		return "a folder"
	}
	return "something special"
}

// megabytes writes a number of bytes for a person, in MiB and rounded up so that a file over a limit
// never reads as being at it.
func megabytes(n int64) string {
	const mib = 1 << 20
	if n%mib == 0 {
		return fmt.Sprintf("%d MiB", n/mib)
	}
	tenths := (n*10 + mib - 1) / mib
	return fmt.Sprintf("%d.%d MiB", tenths/10, tenths%10)
}
