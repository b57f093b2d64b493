// Package serve shows the site at a loopback address while it is edited.
package serve

import (
	"context"
	"io"
	"time"

	"nwioi/internal/diag"
	"nwioi/internal/output"
	"nwioi/internal/source"
)

// Build makes the site of a tree: the five steps as one function. Its result holds the tree's own
// problems too.
type Build func(*source.Tree) Result

// Result is what a build made and what it found wrong.
type Result struct {
	Set      *output.Set // nil if nothing could be made
	Problems diag.List
}

// Config says what to serve and where.
type Config struct {
	Addr    string         // a loopback address, such as "127.0.0.1:4000"
	Root    string         // the site's folder
	Builtin []*source.File // the files that came with the binary
	Build   Build
	Open    bool             // open the page in the browser
	Log     io.Writer        // one line for the address and one for each rebuild
	Policy  string           // the Content-Security-Policy of the published site; empty: a strict one
	Now     func() time.Time // for the time a rebuild took; nil: not shown
}

// Refused says that an address may not be served at: a wrong use of the command (exit status 2).
type Refused struct{ Sentence string }

func (r *Refused) Error() string { return r.Sentence }

// Failed says what the machine did not do, such as a port in use (exit status 3).
type Failed struct {
	Sentence string
	Err      error // what the system said; may be nil
}

func (f *Failed) Error() string { return f.Sentence }
func (f *Failed) Unwrap() error { return f.Err }

// Run serves the site until ctx ends, and then returns nil.
func Run(ctx context.Context, config Config) error { return nil }
