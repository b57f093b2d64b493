// Package watch turns file events into sets of changed paths.
package watch

import "context"

// A Watcher reports which paths under a site's root changed.
type Watcher struct{ changes chan []string }

// New watches the input folders of the site at root until ctx ends.
func New(ctx context.Context, root string, opt Options) *Watcher {
	return &Watcher{changes: make(chan []string)}
}

// Options are the choices of a Watcher.
type Options struct {
	// Notice is called with a sentence for the person in front of the screen.
	Notice func(sentence string)
}

// Changes returns the channel of sets of changed paths.
func (w *Watcher) Changes() <-chan []string { return w.changes }
