package serve

import (
	"context"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"nwioi/internal/diag"
	"nwioi/internal/output"
	"nwioi/internal/source"
)

// A state is what is served at one moment. It is never modified.
type state struct {
	// tree is what the newest build was made of.
	tree *source.Tree
	// set is the last good set, or nil if there was none yet.
	set *output.Set
	// edition counts the sets that were served. A page that knows its own finds out whether it is
	// stale.
	edition int
	// problems are those of the newest build, which may be a later one than the set's.
	problems diag.List
	// sources is the Sources of the set's Result.
	sources func(urlPath string) string
	// steps are how the last editions came about, the newest last.
	steps []step
	// saved are the paths that were written to before the newest build, as the watcher names them.
	saved []string
	// report and edited work out what is asked of them once.
	report func() report
	edited func() *link
	// over is closed when another state takes its place.
	over chan struct{}
}

// failed reports whether the newest build has errors.
func (s *state) failed() bool { return s.problems.Failed() }

// An editor turns each save into a new state.
type editor struct {
	config Config
	out    *lines
	git    *source.Git
	root   string // config.Root as an absolute path
	tree   *source.Tree
	saved  []string  // what the watcher named last
	told   diag.List // what the log has shown last
	now    atomic.Pointer[state]
}

func newEditor(config Config, out *lines) *editor {
	e := &editor{config: config, out: out, git: source.NewGit(config.Root), root: config.Root}
	if root, err := filepath.Abs(config.Root); err == nil {
		e.root = root
	}
	e.now.Store(&state{over: make(chan struct{})})
	return e
}

// start reads and builds everything for the first time.
func (e *editor) start(ctx context.Context) {
	history := make(chan *source.History, 1)
	go func() { history <- e.git.History(ctx) }()
	tree, _ := source.ReadDir(e.config.Root, e.config.Builtin)
	e.tree = tree.WithHistory(<-history)
	e.build(true)
}

// lookAtHead is how often HEAD is looked at while no file changes: a commit touches no input file, and
// changes what is said of when they were changed.
const lookAtHead = time.Second

// follow builds again for each set of changed paths that says something new, and when git's HEAD is
// another commit, until changes is closed.
func (e *editor) follow(ctx context.Context, changes <-chan []string) {
	head := time.NewTicker(lookAtHead)
	defer head.Stop()
	for {
		var paths []string
		open := true
		select {
		case paths, open = <-changes:
		case <-head.C:
		}
		if !open {
			return
		}
		before := e.tree
		if !e.take(ctx, paths) {
			continue
		}
		took := e.clock()
		result := e.make()
		// What is half saved is looked at again before anybody sees it.
		for wait := time.After(patience); e.doubts(before, result); {
			select {
			case more, open := <-changes:
				if !open {
					return
				}
				paths = append(paths, more...)
				if e.take(ctx, paths) {
					result = e.make()
				}
				continue
			case <-wait:
			case <-ctx.Done():
				return
			}
			break
		}
		if e.tree != before {
			e.show(result, took, false)
		}
	}
}

// patience is how long a save that seems half done may still be completed before it is shown as it is:
// longer than any program needs between emptying a file and writing it, or between moving the old one away
// and the new one into its place, and too short to be felt by somebody who meant it so.
const patience = 60 * time.Millisecond

// take reads the files at paths again and reports whether the site is another one than before.
func (e *editor) take(ctx context.Context, paths []string) bool {
	next, _ := source.Refresh(e.config.Root, e.tree, paths)
	next = next.WithHistory(e.git.History(ctx))
	if next == e.tree {
		return false
	}
	e.tree, e.saved = next, paths
	return true
}

// doubts reports whether a tree may be one that is only half saved: a file of the tree before it is empty
// or gone now, or what was right is wrong.
func (e *editor) doubts(before *source.Tree, result Result) bool {
	if e.tree == before {
		return false
	}
	if result.Problems.Failed() && !e.now.Load().failed() {
		return true
	}
	spoilt := func(f *source.File) bool {
		now := e.tree.File(f.Path)
		return now == nil || now != f && len(now.Data) == 0
	}
	for _, p := range e.saved {
		if f := before.File(p); f != nil && spoilt(f) {
			return true
		}
		if p = strings.TrimPrefix(p+"/", "./"); e.tree.File(strings.TrimSuffix(p, "/")) != nil {
			continue // a file that is still one
		}
		for f := range before.Under(p) {
			if spoilt(f) {
				return true
			}
		}
	}
	return false
}

// build builds the tree and then shows the result.
func (e *editor) build(first bool) {
	took := e.clock()
	e.show(e.make(), took, first)
}

// show makes the result of a build what is served.
func (e *editor) show(result Result, took func() string, first bool) {
	old := e.now.Load()
	next := &state{tree: e.tree, set: old.set, sources: old.sources, steps: old.steps, saved: e.saved, edition: old.edition, problems: result.Problems, over: make(chan struct{})}
	next.report = sync.OnceValue(func() report { return e.report(next) })
	next.edited = sync.OnceValue(next.editedPage)
	var changed difference
	if !next.failed() && result.Set != nil {
		changed = compare(old.set, result.Set)
		next.set, next.sources = result.Set, result.Sources
		switch {
		case old.set == nil:
			next.edition++
		case !changed.empty():
			next.edition++
			next.steps = then(old.steps, step{next.edition, changed})
		}
	}
	if next.set == nil {
		next.edition++ // the page of diagnostics is another one
	}
	e.now.Store(next)
	close(old.over)

	verb := "Rebuilt"
	if first {
		verb = "Built"
	}
	line := verb + took() + ": "
	// Notes are for check and report: nobody who saves a page needs to see them again each time.
	worth := result.Problems.AtLeast(diag.Warning)
	switch {
	case next.failed() && next.set == nil:
		line += diag.Summary(worth) + "; the browser shows what is wrong"
	case next.failed():
		line += diag.Summary(worth) + "; the last good pages stay"
	case first:
		line += count(len(next.set.Files), "file")
	default:
		line += changed.String()
	}
	// What is known already need not be read again with every save.
	if !slices.Equal(worth, e.told) {
		known := e.told
		e.told = worth
		e.out.list(slices.DeleteFunc(slices.Clone(worth), func(d diag.Diagnostic) bool {
			return d.Severity < diag.Error && slices.Contains(known, d)
		}))
	} else if !next.failed() && len(worth) > 0 {
		line += " (" + diag.Summary(worth) + " as before)"
	}
	e.out.say(line)
}

// make calls Build. A panic there is a diagnostic: whatever the files hold, the server goes on.
func (e *editor) make() (result Result) {
	defer func() {
		if p := recover(); p != nil {
			result = Result{Problems: diag.List{{Path: ".", Severity: diag.Error, Rule: "build/panic",
				Message: fmt.Sprintf("the site could not be built, and the program is at fault: %v", p),
				Hint:    "undo your last change, and please report this"}}}
		}
	}()
	result = e.config.Build(e.tree)
	if result.Set == nil && !result.Problems.Failed() {
		result.Problems = append(slices.Clone(result.Problems), diag.Diagnostic{Path: ".", Severity: diag.Error, Rule: "build/nothing",
			Message: "the build made no site", Hint: "undo your last change, and please report this"})
	}
	return result
}

// clock returns a function that says how long ago clock was called: " in 12 ms".
func (e *editor) clock() func() string {
	if e.config.Now == nil {
		return func() string { return "" }
	}
	begin := e.config.Now()
	return func() string { return fmt.Sprintf(" in %d ms", e.config.Now().Sub(begin).Milliseconds()) }
}

// A difference says which files of a set are not those of another one, by path.
type difference struct {
	changed []string // the same path, another file
	added   []string
	removed []string
}

// compare says how b differs from a. Files are compared by identity, which they keep while their
// recipe is the same, so this makes no file. Both sets are in the order of their paths.
func compare(a, b *output.Set) difference {
	var d difference
	var before, after []*output.File
	if a != nil {
		before = a.Files
	}
	if b != nil {
		after = b.Files
	}
	for len(before) > 0 || len(after) > 0 {
		switch {
		case len(before) > 0 && len(after) > 0 && before[0] == after[0]:
			before, after = before[1:], after[1:]
		case len(after) == 0 || len(before) > 0 && before[0].Recipe.Path < after[0].Recipe.Path:
			d.removed = append(d.removed, before[0].Recipe.Path)
			before = before[1:]
		case len(before) == 0 || before[0].Recipe.Path > after[0].Recipe.Path:
			d.added = append(d.added, after[0].Recipe.Path)
			after = after[1:]
		default:
			d.changed = append(d.changed, after[0].Recipe.Path)
			before, after = before[1:], after[1:]
		}
	}
	return d
}

func (d difference) empty() bool { return len(d.changed)+len(d.added)+len(d.removed) == 0 }

// String says for the log what changed: "1 page changed", "2 pages and 3 other files changed".
func (d difference) String() string {
	pages, others := 0, 0
	for _, p := range slices.Concat(d.changed, d.added, d.removed) {
		if strings.HasSuffix(p, ".html") {
			pages++
		} else {
			others++
		}
	}
	switch {
	case pages == 0 && others == 0:
		return "nothing changed"
	case others == 0:
		return count(pages, "page") + " changed"
	case pages == 0:
		return count(others, "file") + " changed"
	}
	return count(pages, "page") + " and " + count(others, "other file") + " changed"
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// at returns the file that answers a request for a clean path: the file itself, or the index of the
// folder that a last slash stands for.
func at(set *output.Set, urlPath string) *output.File {
	p := strings.TrimPrefix(urlPath, "/")
	if p == "" || strings.HasSuffix(p, "/") {
		p += "index.html"
	}
	return set.File(p)
}

// isPage reports whether a file of the set is an HTML page.
func isPage(p string) bool { return path.Ext(p) == ".html" }
