package serve

import (
	"bytes"
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"nwioi/internal/output"
)

// A message tells a page what to do, as the data of a server-sent event (WHATWG HTML, section 9.2).
type message struct {
	// Do is "reload", "styles" or "nothing".
	Do string `json:"do"`
	// Styles are the stylesheets of the page, in order, if Do is "styles".
	Styles []string `json:"styles,omitempty"`
	// Edition is the one that the page has afterwards.
	Edition int `json:"edition"`
	// Problems are those of the newest build if it has errors: errors first, notes left out. More
	// counts those that are too many to show.
	Problems []problem `json:"problems"`
	More     int       `json:"more,omitempty"`
	// Summary says how many errors there are in words, if there are any.
	Summary string `json:"summary,omitempty"`
	// First says that there is no good site to show beneath.
	First bool `json:"first,omitempty"`
}

const (
	pulse        = 15 * time.Second // a sign of life, so that a dead connection is noticed
	mostProblems = 100
)

// events is the stream that an open page listens to. The page says which path it shows and which
// edition it has; it is told at once if that is stale, and then of each new state.
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
	control := http.NewResponseController(w)
	// The server's bound on reading a request would end the stream as well.
	if err := control.SetReadDeadline(time.Time{}); err != nil {
		return
	}
	beat := time.NewTicker(pulse)
	defer beat.Stop()

	shown := h.editor.now.Load()
	next := news(nil, shown, query.Get("page"))
	if known != shown.edition {
		next.Do = "reload"
	}
	text := encode(next)
	for {
		if _, err := w.Write(text); err != nil {
			return
		}
		if err := control.Flush(); err != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-beat.C:
			text = []byte(": still here\n\n")
		case <-shown.over:
			now := h.editor.now.Load()
			text = encode(news(shown, now, query.Get("page")))
			shown = now
		}
	}
}

// encode writes a message as an event. Its id is the edition, which a browser repeats when it
// connects again.
func encode(m message) []byte {
	data, err := json.Marshal(m)
	if err != nil { // of strings and numbers: cannot be
		data = []byte(`{"do":"reload"}`)
	}
	var b bytes.Buffer
	b.WriteString("id: " + strconv.Itoa(m.Edition) + "\ndata: ")
	b.Write(data)
	b.WriteString("\n\n")
	return b.Bytes()
}

// news says what a page at urlPath has to do when now follows upon shown.
func news(shown, now *state, urlPath string) message {
	m := message{Do: "nothing", Edition: now.edition, Problems: []problem{}, First: now.set == nil}
	if now.failed() {
		m.Problems, m.More = shownProblems(now.problems)
		m.Summary = errorsIn(now.problems)
	}
	switch {
	case shown == nil || shown.set == now.set && now.set != nil:
	case shown.set == nil || now.set == nil:
		m.Do = "reload" // the page shows diagnostics, and there are others now
	default:
		m.Do, m.Styles = whatToDo(shown.set, now.set, urlPath)
	}
	return m
}

// script finds a script that runs; descriptions for search engines are scripts too, and do not.
var script = regexp.MustCompile(`<script[^>]*\ssrc=`)

// whatToDo compares what a page shows with what it would show now. When in doubt it loads anew.
func whatToDo(before, after *output.Set, urlPath string) (do string, styles []string) {
	was, is := answer(before, urlPath), answer(after, urlPath)
	if is == nil {
		if was == nil {
			return "nothing", nil
		}
		return "reload", nil
	}
	if was == nil {
		return "reload", nil
	}
	oldBody, err1 := was.Body()
	body, err2 := is.Body()
	if err1 != nil || err2 != nil {
		return "reload", nil
	}
	rest, hrefs := withoutStyles(body)
	if was != is {
		oldRest, oldHrefs := withoutStyles(oldBody)
		if !bytes.Equal(oldRest, rest) || len(oldHrefs) != len(hrefs) {
			return "reload", nil
		}
		if !slices.Equal(oldHrefs, hrefs) {
			do = "styles"
		}
	}
	scripted := script.Match(body)
	d := compare(before, after)
	for _, p := range slices.Concat(d.changed, d.removed) {
		if slices.Contains(d.removed, p) && !bytes.Contains(body, []byte(path.Base(p))) {
			continue // it was somebody else's
		}
		switch strings.ToLower(path.Ext(p)) {
		case ".html", ".xml", ".txt", ".ics", ".vcf", "":
		case ".css":
			do = "styles"
		case ".json", ".idx": // what scripts read
			if scripted {
				return "reload", nil
			}
		default:
			return "reload", nil
		}
	}
	if do == "styles" {
		return do, hrefs
	}
	return "nothing", nil
}

// answer returns the file that a page's path gets, or the page for what is not there.
func answer(set *output.Set, urlPath string) *output.File {
	if f := at(set, urlPath); f != nil {
		return f
	}
	return set.File("404.html")
}
