package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"nwioi/internal/diag"
)

// A Git asks git about the files of one site. It only reads: nothing is staged, written or fetched, no
// hook, pager, filter for showing or program of the repository's choice is run, and the git environment
// of whoever started us (GIT_DIR and its like) does not reach it. It may be used from many goroutines.
//
// A site need not be kept in git. Where it is not, or where git cannot be asked, nothing is known, and
// nothing is said on any page.
type Git struct {
	root string // absolute, without links

	mu    sync.Mutex
	mark  string // of the repository when it was asked last
	asked bool
	known *History
}

// NewGit returns what asks git about the site at root. It asks nothing yet.
func NewGit(root string) *Git {
	if abs, err := filepath.Abs(root); err == nil {
		root = abs
	}
	if real, err := filepath.EvalSymlinks(root); err == nil {
		root = real
	}
	return &Git{root: root}
}

// History returns what git knows of the input files at HEAD: the same pointer as long as HEAD stays
// where it is, for which two or three small files are read. It is never nil. Git is run only when HEAD
// moved, and is killed when ctx ends.
func (g *Git) History(ctx context.Context) *History {
	g.mu.Lock()
	defer g.mu.Unlock()
	mark := repositoryMark(g.root)
	if g.asked && mark == g.mark {
		return g.known
	}
	known := &History{}
	if mark != "" {
		known = g.ask(ctx)
	}
	if ctx.Err() != nil && g.asked {
		return g.known // what was cut short is not kept
	}
	g.mark, g.asked, g.known = mark, ctx.Err() == nil, known
	return known
}

// The bounds of one question.
const (
	gitPatience = 20 * time.Second
	maxLog      = 64 << 20 // bytes; some 300,000 changes
)

// ask reads the history of the input files.
func (g *Git) ask(ctx context.Context) *History {
	at, err := g.repository(ctx)
	if err != nil {
		return &History{note: unasked(g.root, err)}
	}
	if at.head == "" {
		return &History{repository: true}
	}
	boundary, err := at.boundary(g.root)
	if err != nil {
		return &History{note: unasked(g.root, err)}
	}
	log, err := g.run(ctx, maxLog, nil, append([]string{
		"log", "-z", "--raw", "--no-abbrev", "--find-renames=100%", "-c", "--date-order", "--no-ext-diff", "--no-textconv",
		"--no-show-signature", "--no-notes", "--no-color", "--format=" + commitMark + "%H %at", at.head, "--"}, dated...)...)
	cut := errors.Is(err, errTooLong)
	if err != nil && !cut {
		return &History{note: unasked(g.root, err)}
	}
	h := readLog(log, at.prefix, boundary)
	h.repository, h.Head, h.cut = true, at.head, cut
	if h.shallow {
		h.note = &diag.Diagnostic{Path: ".", Severity: diag.Note, Rule: "site/shallow",
			Message: "this copy of the repository has only the latest part of its history, so the day of many a page's last change is not known, and the page does not show one",
			Hint:    "fetch the whole history once, with: git fetch --unshallow"}
	}
	return h
}

// dated are the files whose last change is looked up, as git names them. A practitioner's record says
// itself when it was last confirmed, which is the date that matters there; nobody is shown when a theme
// or a copied file changed.
var dated = []string{"content", "data", ":(exclude)data/practitioners"}

// isDated reports whether the file at p is one of those that dated names.
func isDated(p string) bool {
	return within(p, "content") || within(p, "data") && !within(p, "data/practitioners")
}

// A repository is where the site's files lie in git.
type repository struct {
	head    string // the commit; "" where there is none yet
	prefix  string // of the site's root in the repository: "" or "site/"
	shallow bool
}

// repository asks git for the repository around the root.
func (g *Git) repository(ctx context.Context) (repository, error) {
	const most = 64 << 10
	out, err := g.run(ctx, most, nil, "rev-parse", "--is-inside-work-tree", "--is-shallow-repository", "--show-prefix")
	if err != nil {
		return repository{}, err
	}
	lines := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	if len(lines) != 3 || lines[0] != "true" {
		return repository{}, errNoFiles
	}
	at := repository{shallow: lines[1] == "true", prefix: lines[2]}
	// A repository without a commit has no HEAD, which is nothing to complain of.
	head, err := g.run(ctx, most, nil, "rev-parse", "--quiet", "--verify", "HEAD")
	if _, refused := errors.AsType[*exec.ExitError](err); err != nil && !refused {
		return repository{}, err
	}
	at.head = strings.TrimSpace(string(head))
	return at, nil
}

// boundary returns the commits at which a shallow clone ends: what came before them is not here, so
// they seem to have made every file.
func (r repository) boundary(root string) (map[string]bool, error) {
	if !r.shallow {
		return nil, nil
	}
	_, common := GitFolders(root)
	list, err := os.ReadFile(filepath.Join(common, "shallow"))
	if err != nil {
		return nil, err
	}
	ends := map[string]bool{}
	for hash := range strings.FieldsSeq(string(list)) {
		ends[hash] = true
	}
	return ends, nil
}

var (
	errNoFiles = errors.New("this folder is a repository without files")
	errTooLong = errors.New("git's answer is too long")
)

// quiet is what every call of git is told. What a person's own settings may add to an answer, and what
// may run a program of somebody else's choice, is off.
var quiet = []string{
	"--no-pager", "--no-replace-objects",
	"-c", "core.fsmonitor=false", "-c", "core.hooksPath=" + os.DevNull,
	"-c", "log.showRoot=true", "-c", "log.follow=false",
	"-c", "diff.relative=false", "-c", "diff.ignoreSubmodules=all",
}

// run runs git in the site's folder and returns what it says, at most limit bytes of it: errTooLong
// comes with the beginning. It waits no longer than gitPatience.
func (g *Git) run(ctx context.Context, limit int64, input io.Reader, args ...string) ([]byte, error) {
	program, err := exec.LookPath("git")
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithTimeout(ctx, gitPatience)
	defer stop()
	command := exec.CommandContext(ctx, program, append(quiet[:len(quiet):len(quiet)], args...)...)
	command.Dir, command.Env, command.Stdin = g.root, gitEnvironment(os.Environ()), input
	command.WaitDelay = time.Second
	var said bytes.Buffer
	command.Stderr = &firstBytes{&said, 4 << 10}
	out, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	answer, err := io.ReadAll(io.LimitReader(out, limit+1))
	long := int64(len(answer)) > limit
	if long {
		answer = answer[:limit]
		stop()
	}
	switch ended := command.Wait(); {
	case long:
		return answer, errTooLong
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case ended != nil:
		return nil, &gitError{ended, said.String()}
	}
	return answer, err
}

// gitEnvironment returns the environment without anything that is meant for git, and with what keeps it
// to reading: no lock, no question, no network, no translation.
func gitEnvironment(environment []string) []string {
	var kept []string
	for _, v := range environment {
		name, _, _ := strings.Cut(v, "=")
		if name = strings.ToUpper(name); !strings.HasPrefix(name, "GIT_") && name != "LC_ALL" && name != "LANGUAGE" {
			kept = append(kept, v)
		}
	}
	return append(kept, "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none")
}

// A gitError is a refusal of git, with what it said.
type gitError struct {
	error
	said string
}

func (e *gitError) Unwrap() error { return e.error }

// firstBytes keeps the beginning of what is written to it.
type firstBytes struct {
	into *bytes.Buffer
	room int
}

func (w *firstBytes) Write(p []byte) (int, error) {
	n := min(len(p), w.room)
	w.into.Write(p[:n])
	w.room -= n
	return len(p), nil
}

// unasked says why git knows nothing of the files here, and what to do about it.
func unasked(root string, err error) *diag.Diagnostic {
	d := &diag.Diagnostic{Path: ".", Severity: diag.Note, Rule: "site/git"}
	const without = ", so no page shows when it was last changed"
	refused, _ := errors.AsType[*gitError](err)
	switch {
	case errors.Is(err, exec.ErrNotFound):
		d.Message = "this folder is kept in git, and git is not installed here" + without
		d.Hint = "install git from https://git-scm.com/"
	case errors.Is(err, context.DeadlineExceeded):
		d.Message = fmt.Sprintf("git did not answer within %d seconds", int(gitPatience.Seconds())) + without
		d.Hint = "run git log here and see whether it answers"
	case errors.Is(err, errNoFiles):
		d.Message = "the git repository around this folder has no files of its own" + without
		d.Hint = "clone the repository in the usual way, and work there"
	case refused != nil && strings.Contains(refused.said, "dubious ownership"):
		d.Message = "git does not trust this folder, because it belongs to another user" + without
		d.Hint = "if you trust it, run: git config --global --add safe.directory " + root
	case refused != nil:
		d.Message = "git cannot read the repository here" + without
		d.Hint = "run git status here and see what it says"
	default:
		d.Message = "git could not be asked: " + reason(err) + without
		d.Hint = "run git status here and see whether it answers"
	}
	return d
}

// GitFolders returns the folder of git for the work tree around root and the one that it shares with
// other work trees of the repository (gitrepository-layout(5)), or "" where there is none.
func GitFolders(root string) (own, common string) {
	for at := root; ; at = filepath.Dir(at) {
		own = filepath.Join(at, ".git")
		if info, err := os.Lstat(own); err == nil {
			if info.Mode().IsRegular() {
				own = pathIn(own, at, "gitdir: ")
			}
			break
		}
		if at == filepath.Dir(at) {
			return "", ""
		}
	}
	if common = pathIn(filepath.Join(own, "commondir"), own, ""); common == "" {
		common = own
	}
	return own, common
}

// pathIn returns the path that a small file of git holds after a prefix, seen from the folder from; ""
// if there is none.
func pathIn(file, from, prefix string) string {
	text, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	p, found := strings.CutPrefix(strings.TrimRight(string(text), "\r\n"), prefix)
	if !found || p == "" {
		return ""
	}
	if !filepath.IsAbs(p) {
		p = filepath.Join(from, p)
	}
	return p
}

// repositoryMark returns a text that is another one whenever HEAD may be another commit, or more of the
// history is here than before; "" where there is no repository. It reads what git itself would read
// first, but leaves to git what it means.
func repositoryMark(root string) string {
	own, common := GitFolders(root)
	if own == "" {
		return ""
	}
	head, err := os.ReadFile(filepath.Join(own, "HEAD"))
	mark := fmt.Sprint(own, "\n", string(head), err == nil)
	if ref, symbolic := strings.CutPrefix(strings.TrimSpace(string(head)), "ref: "); symbolic && filepath.IsLocal(ref) {
		// A branch of its own file, in the file of all, or in tables: whichever this repository has.
		hash, _ := os.ReadFile(filepath.Join(common, ref))
		mark += string(hash)
	}
	for _, name := range []string{"packed-refs", "shallow", "reftable/tables.list"} {
		if info, err := os.Stat(filepath.Join(common, name)); err == nil {
			mark += fmt.Sprint("\n", name, info.Size(), info.ModTime().UnixNano())
		}
	}
	return mark
}
