// Package watch says which of a site's input files may have changed.
//
// It turns the events of the file system into sets of paths: a save is one set, a branch checkout is
// one or two. A set is handed over when the receiver is ready for it, and grows while the receiver
// is busy, so that nothing is built twice for one burst and nothing waits for a clock tick.
//
// The paths are hints for speed, never the truth: whoever receives them reads the files again and
// compares bytes. So a hint too many costs little, and the package may simply say "." (everything)
// where it cannot know: after the system lost events, and once in a while when nothing happens.
// Where the system does not tell of changes (no more watches to be had, a network file system) it
// looks for itself, and says so once.
//
// The package is the only one that imports fsnotify. It reads no file.
package watch

import (
	"context"
	"path/filepath"
	"slices"
	"time"

	"github.com/fsnotify/fsnotify"

	"nwioi/internal/source"
)

// Everything is the path that stands for all of a site's input.
const Everything = "."

// Options are the choices of a Watcher.
type Options struct {
	// Notice is called with a sentence for the person in front of the screen when watching goes on
	// in a slower way. It may be nil, and is called from another goroutine.
	Notice func(sentence string)
	// Poll makes the watcher look for itself instead of asking the system.
	Poll bool
}

// A Watcher reports changes under the root of a site until its context ends.
type Watcher struct {
	root    string // absolute, without links
	notice  func(string)
	open    func() (*fsnotify.Watcher, error) // another one in tests
	git     string                            // where git keeps the index, or ""
	hints   chan string
	changes chan []string
}

// New watches the input folders of the site at root until ctx ends. When it returns, no later change
// is missed; so call it before the files are read for the first time. Folders that do not exist yet
// are noticed when they come.
func New(ctx context.Context, root string, opt Options) *Watcher {
	return start(ctx, root, opt, fsnotify.NewWatcher)
}

func start(ctx context.Context, root string, opt Options, open func() (*fsnotify.Watcher, error)) *Watcher {
	w := &Watcher{
		root: root, notice: opt.Notice, open: open,
		hints: make(chan string), changes: make(chan []string),
	}
	if w.notice == nil {
		w.notice = func(string) {}
	}
	if real, err := filepath.EvalSymlinks(root); err == nil {
		w.root = real
	}
	if abs, err := filepath.Abs(w.root); err == nil {
		w.root = abs
	}
	w.git, _ = source.GitFolders(w.root)
	listen := w.chooseListener(opt)
	go func() {
		listen(ctx)
		close(w.hints)
	}()
	go collect(ctx, w.hints, w.changes, usual, w.gitWorks, w.notice)
	return w
}

// chooseListener prepares to learn of changes and returns the function that then sends the hints
// until the context ends.
func (w *Watcher) chooseListener(opt Options) func(context.Context) {
	if !opt.Poll {
		switch fs := remote(w.root); {
		case fs != "":
			w.notice("The site lies on a " + fs + " file system, which does not tell of changes, so they are looked for twice a second")
		default:
			e, err := w.subscribe()
			if err == nil {
				return e.listen
			}
			w.notice(whyPolling(err))
		}
	}
	p := w.firstLook()
	return p.listen
}

// Changes returns the channel of sets: sorted paths relative to the root, with slashes, each a file
// or a folder that came, went or changed. The set of just Everything stands for all. The channel is
// closed when the context has ended and the watcher has let go of everything.
func (w *Watcher) Changes() <-chan []string { return w.changes }

// hint passes a path on and reports whether anybody still listens.
func (w *Watcher) hint(ctx context.Context, path string) bool {
	select {
	case w.hints <- path:
		return true
	case <-ctx.Done():
		return false
	}
}

// timing is how collect measures a burst.
type timing struct {
	quiet time.Duration // a burst is over when nothing came for so long
	most  time.Duration // but is handed over after so long at the latest
	idle  time.Duration // after so long without any change everything is looked at once more
	git   time.Duration // a checkout that takes longer is handed over in parts
}

// usual is short enough not to be felt, and long enough for an editor to rename the old file away
// and the new one into its place, also on a busy machine: with half of it, one save in sixty is built twice.
var usual = timing{quiet: 4 * time.Millisecond, most: 40 * time.Millisecond, idle: time.Minute, git: 10 * time.Second}

// gitIsLong is said once for each time that git has its index locked for longer than timing.git.
const gitIsLong = "Git has been at work for ten seconds, so what it has written until now is shown; if no git command runs any more, remove index.lock from the folder of git"

// few paths are a save by hand.
const few = 8

// many paths are everything: naming each would cost more than looking at all.
const many = 20_000

// collect gathers hints into sets and hands a set over when its burst is done and the receiver is
// ready. It closes out when hints is closed.
func collect(ctx context.Context, hints <-chan string, out chan<- []string, t timing, gitWorks func() bool, notice func(string)) {
	defer close(out)
	var (
		pending = map[string]bool{}
		quiet   = stopped()
		most    = stopped()
		idle    = time.NewTimer(t.idle)
		waited  time.Duration   // for git
		passed  bool            // a set went ahead while git works
		set     []string        // what is handed over, if anything
		ready   chan<- []string // out while there is something to hand over
	)
	defer quiet.Stop()
	defer most.Stop()
	defer idle.Stop()
	handed := func() {
		clear(pending)
		quiet.Stop()
		most.Stop()
		idle.Reset(t.idle)
		ready = nil
	}
	for {
		select {
		case path, ok := <-hints:
			if !ok {
				return
			}
			if len(pending) == 0 || ready != nil {
				most.Reset(t.most)
			}
			pending[path] = true
			quiet.Reset(t.quiet)
			ready = nil
			continue
		case <-quiet.C:
		case <-most.C:
		case <-idle.C:
			pending[Everything] = true
		case ready <- set:
			handed()
			continue
		case <-ctx.Done():
			for range hints { // until the listener has seen it as well
			}
			return
		}
		if len(pending) == 0 {
			continue
		}
		// Half of a checkout is no site. One save of a file or two does not wait: what looks at a repository
		// locks it for a moment too.
		if !gitWorks() {
			waited, passed = 0, false
		} else if (passed || len(pending) > few || pending[Everything]) && waited < t.git {
			waited += t.quiet
			if waited >= t.git {
				notice(gitIsLong)
			}
			quiet.Reset(t.quiet)
			continue
		} else {
			passed = true
		}
		set, ready = gathered(pending), out
		select { // a receiver that waits goes before the next hint
		case out <- set:
			handed()
		default:
		}
	}
}

func gathered(pending map[string]bool) []string {
	if pending[Everything] || len(pending) > many {
		return []string{Everything}
	}
	set := make([]string, 0, len(pending))
	for p := range pending {
		set = append(set, p)
	}
	slices.Sort(set)
	return set
}

func stopped() *time.Timer {
	t := time.NewTimer(time.Hour)
	t.Stop()
	return t
}
