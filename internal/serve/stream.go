package serve

import (
	"bytes"
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"nwioi/internal/output"
)

// A message tells a page what to do, as the data of a server-sent event (WHATWG HTML, section 9.2).
type message struct {
	// Do is "patch", "reload", "nothing", or "also" for what nobody has to wait for.
	Do string `json:"do"`
	// HTML is the page as it is now, if Do is "patch" and the page is another one.
	HTML string `json:"html,omitempty"`
	// Styles are the paths of the stylesheets that changed where they are, and Files those of what else
	// a page may have fetched and would now get otherwise or not at all, if Do is "patch".
	Styles []string `json:"styles,omitempty"`
	Files  []string `json:"files,omitempty"`
	// Edition is the one that the page has afterwards.
	Edition int `json:"edition"`
	// Wrong is what the newest build found wrong, if that has errors.
	Wrong *report `json:"wrong,omitempty"`
	// Warnings counts what stops nothing, and Note offers the page that was edited, where that is another
	// one, if Do is "also".
	Warnings int   `json:"warnings,omitempty"`
	Note     *link `json:"note,omitempty"`
	// Edit is where this page can be edited, or "".
	Edit string `json:"edit,omitempty"`
	// First says that there is no good site to show beneath.
	First bool `json:"first,omitempty"`
}

// A link is a page that can be gone to.
type link struct {
	Title string `json:"title"`
	Href  string `json:"href"`
}

const (
	pulse     = 15 * time.Second // a sign of life, so that a dead connection is noticed
	mostFiles = 1000             // that a message names
)

// events is the stream that an open page listens to. The page says which path it shows and which
// edition it has; it is told at once what it missed, and then of each new state.
func (h *handler) events(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	if subtle.ConstantTimeCompare([]byte(query.Get("token")), []byte(h.token)) != 1 {
		refuse(w, http.StatusForbidden, "This page is from an earlier run of the server; load it again.")
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	if r.Method == http.MethodHead {
		return
	}
	select {
	case h.streams <- struct{}{}:
		defer func() { <-h.streams }()
	default:
		w.Header().Set("Retry-After", "5")
		refuse(w, http.StatusServiceUnavailable, "Too many pages are open.")
		return
	}
	known, err := strconv.Atoi(r.Header.Get("Last-Event-ID"))
	if err != nil {
		known, _ = strconv.Atoi(query.Get("edition"))
	}
	urlPath, err := url.PathUnescape(query.Get("page"))
	if err != nil {
		urlPath = query.Get("page")
	}
	control := http.NewResponseController(w)
	// The server's bound on reading a request would end the stream as well.
	if err := control.SetReadDeadline(time.Time{}); err != nil {
		return
	}
	beat := time.NewTicker(pulse)
	defer beat.Stop()
	send := func(text []byte) bool {
		_, err := w.Write(text)
		return err == nil && control.Flush() == nil
	}

	if !send([]byte("retry: 500\n\n")) { // milliseconds until a browser looks for a server that went away
		return
	}
	for told := (*state)(nil); ; {
		now := h.editor.now.Load()
		if now != told {
			if !send(encode(h.news(now, known, urlPath))) {
				return
			}
			if !send(encode(also(now, urlPath, told != nil && now.edition != known))) {
				return
			}
			told, known = now, now.edition
		}
		select {
		case <-r.Context().Done():
			return
		case <-beat.C:
			if !send([]byte(": still here\n\n")) {
				return
			}
		case <-now.over:
		}
	}
}

// encode writes a message as an event. Its id is the edition, which a browser repeats when it
// connects again.
func encode(m message) []byte {
	var b bytes.Buffer
	b.WriteString("id: " + strconv.Itoa(m.Edition) + "\ndata: ")
	data := json.NewEncoder(&b) // ends the line
	data.SetEscapeHTML(false)
	if err := data.Encode(m); err != nil { // of strings and numbers: cannot be
		return []byte("data: {\"do\":\"reload\"}\n\n")
	}
	b.WriteString("\n")
	return b.Bytes()
}

// news says what a page at urlPath that has the edition known has to do to show now.
func (h *handler) news(now *state, known int, urlPath string) message {
	m := message{Do: "nothing", Edition: now.edition, First: now.set == nil}
	if now.failed() && now.report != nil {
		all := now.report()
		m.Wrong = &all
	}
	if h.editor.hasForm(now.source(urlPath)) {
		m.Edit = formAt(urlPath)
	}
	if known != now.edition {
		m.catchUp(now, known, urlPath)
	}
	return m
}

// also says what may take some time to find out. The page that was edited is named to those who saw it
// change.
func also(now *state, urlPath string, changed bool) message {
	m := message{Do: "also", Edition: now.edition}
	if now.report != nil && !now.failed() {
		m.Warnings = now.report().Warnings
	}
	if changed {
		m.Note = now.note(urlPath)
	}
	return m
}

// catchUp fills in what has changed for a page since the edition known.
func (m *message) catchUp(now *state, known int, urlPath string) {
	if own, ok := strings.CutPrefix(urlPath, reserved); ok {
		if reserved+own == changesPath {
			m.Do = "reload"
		}
		return
	}
	d, ok := now.since(known)
	if !ok {
		m.Do = "reload"
		return
	}
	for _, p := range d.changed {
		switch strings.ToLower(path.Ext(p)) {
		case ".css":
			m.Styles = append(m.Styles, address(p))
		case ".html":
		default:
			m.Files = append(m.Files, address(p))
		}
	}
	for _, p := range d.added { // somebody may have asked for it before it was there
		if ext := strings.ToLower(path.Ext(p)); ext != ".html" && ext != ".css" {
			m.Files = append(m.Files, address(p))
		}
	}
	for _, p := range d.removed {
		// What the HTML or a stylesheet names is gone from there as well; what a script asks for is not.
		switch strings.ToLower(path.Ext(p)) {
		case ".js", ".mjs", ".json", ".idx", ".wasm":
			m.Files = append(m.Files, address(p))
		}
	}
	if len(m.Files) > mostFiles {
		m.Do = "reload"
		return
	}
	if d.touches(urlPath, at(now.set, urlPath) == nil) {
		body, err := pageNow(now.set, urlPath)
		if err != nil || body == nil {
			m.Do = "reload" // the server says what is wrong
			return
		}
		m.HTML = string(withoutMetaPolicy(body))
	}
	if m.HTML != "" || len(m.Styles)+len(m.Files) > 0 {
		m.Do = "patch"
	}
}

// address returns the URL path of a file of the set.
func address(file string) string { return (&url.URL{Path: "/" + file}).EscapedPath() }

// pageNow returns the HTML that a page's path gets: its own, or that for what is not there.
func pageNow(set *output.Set, urlPath string) ([]byte, error) {
	file := at(set, urlPath)
	if file == nil {
		file = set.File("404.html")
	}
	if file == nil || !isPage(file.Recipe.Path) {
		return nil, nil
	}
	return file.Body()
}

// A step is how one edition differs from the one before it.
type step struct {
	edition int
	difference
}

// mostSteps is how many editions a page may be behind and still be patched.
const mostSteps = 100

// then returns the steps with one more, and without those that are too old.
func then(steps []step, next step) []step {
	steps = append(slices.Clip(steps), next)
	return steps[max(0, len(steps)-mostSteps):]
}

// since returns what changed after an edition, or false if that is not known any more. A file may
// stand there more than once.
func (s *state) since(edition int) (d difference, ok bool) {
	first := slices.IndexFunc(s.steps, func(s step) bool { return s.edition == edition+1 })
	if first < 0 || s.set == nil {
		return d, false
	}
	if first == len(s.steps)-1 {
		return s.steps[first].difference, true
	}
	for _, s := range s.steps[first:] {
		d.changed = append(d.changed, s.changed...)
		d.added = append(d.added, s.added...)
		d.removed = append(d.removed, s.removed...)
	}
	return d, true
}

// touches reports whether what a page's path gets may be another file. A path that is not there gets
// the page that says so.
func (d difference) touches(urlPath string, missing bool) bool {
	own := strings.TrimPrefix(urlPath, "/")
	if own == "" || strings.HasSuffix(own, "/") {
		own += "index.html"
	}
	is := func(p string) bool { return p == own || missing && p == "404.html" }
	return slices.ContainsFunc(d.changed, is) || slices.ContainsFunc(d.added, is) || slices.ContainsFunc(d.removed, is)
}
