// Package serve shows the site at a loopback address while it is edited, and builds it again with
// every save.
//
// Pages come from the set in memory, so no request names a file on disk. The set changes in one
// step, and the open pages are told afterwards: with the message comes the page as it is now, and it is
// patched where that differs from what was served before. So what readers and scripts did to the page
// stays; only what scripts have to see from the start makes it load anew. A build with errors changes
// no page; its diagnostics are shown over the last good site until they are gone, or on a page of their
// own if there never was a good one. What a page needs for this is put into it when it is served and
// never published.
//
// The server is for one person at one machine. It listens on loopback alone and answers only what is
// asked of it by its own name and from its own pages; only GET and HEAD; the event stream also needs
// a token of this run, and so does a POST, which only Config.Edit takes. An unclean path is refused and
// never redirected.
//
// The package writes nothing, and knows nothing of what the site is made of: Build is handed in.
package serve

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"sync"
	"syscall"
	"time"

	"nwioi/internal/diag"
	"nwioi/internal/output"
	"nwioi/internal/source"
	"nwioi/internal/watch"
)

// Build makes the site of a tree: the five steps as one function. Its result holds the tree's own
// problems too.
type Build func(*source.Tree) Result

// Result is what a build made and what it found wrong. A result whose problems have an error is
// shown only by its problems.
type Result struct {
	Set      *output.Set // nil if nothing could be made
	Problems diag.List
	// Sources returns the path of the input file behind what stands at a URL path, or "". It may be nil.
	Sources func(urlPath string) string
}

// Config says what to serve and where.
type Config struct {
	Addr    string         // a loopback address, such as "127.0.0.1:4000"; port 0 takes a free one
	Root    string         // the site's folder
	Builtin []*source.File // the files that came with the binary
	Build   Build
	// Published builds a site whose base path is PublishedPath, to be shown beside the edited one. It is
	// only ever called for one tree at a time. nil: nothing is shown beside it.
	Published Build
	// Edit answers below EditPath, once a request may be answered at all: GET and HEAD of our own pages, and
	// POST with the token of this run from our own pages. It finds that token in TokenHeader. nil: pages can
	// only be read.
	Edit http.Handler
	// Editable reports whether Edit has a form for an input file. nil: it has one for every file.
	Editable func(path string) bool
	Editor   Editor           // opens a file at the line of a problem
	Open     bool             // open the page in the browser
	Log      io.Writer        // one line for the address and one for each rebuild, with its problems
	Color    bool             // colours in Log: it is a terminal
	Policy   string           // the Content-Security-Policy of the published site; empty: a strict one
	Now      func() time.Time // for the time a rebuild took; nil: not shown
}

// Refused says that an address may not be served at: a wrong use of the command (exit status 2).
type Refused struct{ Sentence string }

func (r *Refused) Error() string { return r.Sentence }

// Failed says what the machine did not do, such as give a port that is in use (exit status 3).
type Failed struct {
	Sentence string
	Err      error // what the system said; may be nil
}

func (f *Failed) Error() string { return f.Sentence }
func (f *Failed) Unwrap() error { return f.Err }

// Run serves the site until ctx ends, and then returns nil. The error is a *Refused or a *Failed.
// Broken content is no error: it is shown.
func Run(ctx context.Context, config Config) error {
	addr, err := loopback(config.Addr)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return cannotListen(addr, err)
	}
	defer listener.Close()

	ctx, stop := context.WithCancel(ctx)
	defer stop()
	out := &lines{w: config.Log, color: config.Color}
	// The watcher comes before the first reading, so that no save falls between the two.
	watcher := watch.New(ctx, config.Root, watch.Options{Notice: out.say})
	e := newEditor(config, out)
	e.start(ctx)

	bound := listener.Addr().(*net.TCPAddr)
	h := newHandler(e, rand.Text(), bound, config.Policy)
	server := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    64 << 10, // a browser sends the cookies of every other server on this machine
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ErrorLog:          log.New(io.Discard, "", 0),
	}
	served := make(chan error, 1)
	go func() {
		served <- server.Serve(listener)
		stop()
	}()
	address := "http://" + bound.String() + "/"
	out.say("Serving " + address + " (Ctrl+C ends it)")
	if config.Open {
		if err := openBrowser(address); err != nil {
			out.say("No browser could be opened: " + err.Error())
		}
	}

	e.follow(ctx, watcher.Changes()) // until ctx ends
	return shutDown(ctx, server, served)
}

// shutDown lets the requests that are being answered come to their end, within reason. Event streams
// end with ctx.
func shutDown(ctx context.Context, server *http.Server, served <-chan error) error {
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		server.Close()
	}
	if err := <-served; err != nil && !errors.Is(err, http.ErrServerClosed) {
		return &Failed{"The server stopped: " + err.Error(), err}
	}
	return nil
}

// loopback returns the address to listen at, or a *Refused.
func loopback(addr string) (string, error) {
	const example = "127.0.0.1:4000"
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "", &Refused{fmt.Sprintf("%q is not an address with a port; write it like %s", addr, example)}
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return "", &Refused{fmt.Sprintf("%q is not a port: it is a number up to 65535, as in %s", port, example)}
	}
	if host == "localhost" {
		host = "127.0.0.1"
	}
	if ip, err := netip.ParseAddr(host); err != nil || !ip.IsLoopback() || ip.Zone() != "" {
		return "", &Refused{fmt.Sprintf("%q could be reached from other machines, and what is served here is not published yet; use an address of this machine alone, such as 127.0.0.1:%s", addr, port)}
	}
	return net.JoinHostPort(host, port), nil
}

// cannotListen says why there is no listening at addr, and what to do.
func cannotListen(addr string, err error) error {
	host, port, _ := net.SplitHostPort(addr)
	number, _ := strconv.Atoi(port)
	other := net.JoinHostPort(host, strconv.Itoa(number%65535+1))
	const windowsInUse = syscall.Errno(10048) // WSAEADDRINUSE
	switch {
	case errors.Is(err, syscall.EADDRINUSE), errors.Is(err, windowsInUse):
		return &Failed{fmt.Sprintf("Port %s is in use, perhaps by another serve; end that one, or use another port with --addr %s", port, other), err}
	case errors.Is(err, syscall.EACCES):
		return &Failed{fmt.Sprintf("Port %s may be used by the system alone; use a port above 1023, such as --addr %s", port, net.JoinHostPort(host, "4000")), err}
	}
	reason := err
	if at, ok := errors.AsType[*net.OpError](err); ok {
		reason = at.Err
	}
	return &Failed{fmt.Sprintf("No server can be started at %s: %v", addr, reason), err}
}

// lines writes whole lines to the log, from any goroutine.
type lines struct {
	mu    sync.Mutex
	w     io.Writer
	color bool
}

// say writes a sentence as a line.
func (l *lines) say(sentence string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.w != nil {
		fmt.Fprintln(l.w, sentence)
	}
}

// list writes diagnostics.
func (l *lines) list(problems diag.List) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.w != nil && len(problems) > 0 {
		// A log that cannot be written is no reason to stop serving.
		_ = diag.Text(l.w, problems, diag.TextOptions{Color: l.color, Source: true})
	}
}
