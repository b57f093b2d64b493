package serve

import (
	"bytes"
	"net"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"nwioi/internal/output"
)

// reserved is the folder of the server itself. No set may have files there (see package write).
const reserved = "/.nwioi/"

// handler answers requests.
type handler struct {
	editor  *editor
	token   string
	hosts   map[string]bool // the names that this server answers to
	origins map[string]bool
	policy  string
	streams chan struct{} // a place for each stream that is open

	committed lastCommit
}

// maxStreams is how many pages may listen at once. A page that is out of sight lets go of its stream.
const maxStreams = 64

func newHandler(e *editor, token string, bound *net.TCPAddr, policy string) *handler {
	h := &handler{
		editor: e, token: token, policy: livePolicy(policy),
		hosts: map[string]bool{}, origins: map[string]bool{},
		streams: make(chan struct{}, maxStreams),
	}
	port := strconv.Itoa(bound.Port)
	for _, name := range []string{"127.0.0.1", "localhost", "::1", bound.IP.String()} {
		host := net.JoinHostPort(name, port)
		h.hosts[host] = true
		h.origins["http://"+host] = true
		if bound.Port == 80 {
			bare := strings.TrimSuffix(host, ":80")
			h.hosts[bare] = true
			h.origins["http://"+bare] = true
		}
	}
	return h
}

// ServeHTTP answers one request: first whether it may be asked at all, then what.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	head := w.Header()
	head.Set("Cache-Control", "no-store")
	head.Set("Content-Security-Policy", h.policy)
	head.Set("Cross-Origin-Opener-Policy", "same-origin")
	head.Set("Cross-Origin-Resource-Policy", "same-origin")
	head.Set("Referrer-Policy", "no-referrer")
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("X-Frame-Options", "DENY")

	if r.Method != http.MethodGet && r.Method != http.MethodHead && !(r.Method == http.MethodPost && h.edits(r)) {
		head.Set("Allow", "GET, HEAD")
		refuse(w, http.StatusMethodNotAllowed, "Pages can only be read here.")
		return
	}
	if !h.hosts[strings.ToLower(r.Host)] {
		// A foreign name that leads to this machine (DNS rebinding) reads nothing.
		refuse(w, http.StatusForbidden, "This server answers to 127.0.0.1 and localhost only.")
		return
	}
	if !h.ownOrigin(r) {
		refuse(w, http.StatusForbidden, "Other sites may not read from this server.")
		return
	}
	if !clean(r.URL) {
		refuse(w, http.StatusBadRequest, "This is not a path of a page.")
		return
	}
	if framed(r) {
		head.Set("Content-Security-Policy", framePolicy(h.policy))
		head.Set("X-Frame-Options", "SAMEORIGIN")
	}
	if h.edits(r) {
		h.edit(w, r)
		return
	}
	if strings.HasPrefix(r.URL.Path, PublishedPath) {
		h.publishedPage(w, r)
		return
	}
	switch r.URL.Path {
	case changesPath:
		h.changes(w, r)
	case reserved + "changes.css":
		send(w, r, "changes.css", changesStyle)
	case reserved + "events":
		h.events(w, r)
	case reserved + "problems":
		h.allProblems(w)
	case reserved + "page.css":
		send(w, r, "page.css", pageStyle)
	default:
		if name, ok := strings.CutPrefix(r.URL.Path, reserved+"live/"); ok {
			h.live(w, r, name)
			return
		}
		h.page(w, r)
	}
}

// ownOrigin reports whether a request comes from our own pages, from the address bar, or from a link
// that somebody followed. Browsers say where a request comes from in Sec-Fetch-Site (W3C Fetch
// Metadata) and Origin; what says nothing is no browser.
func (h *handler) ownOrigin(r *http.Request) bool {
	if origin := r.Header.Get("Origin"); origin != "" && !h.origins[strings.ToLower(origin)] {
		return false
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "none", "same-origin":
		return true
	}
	return r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document" &&
		!strings.HasPrefix(r.URL.Path, reserved)
}

// clean reports whether a path says plainly what it means: no steps up or nowhere, no backslash, no
// hidden slash, no control character.
func clean(u *url.URL) bool {
	p := u.Path
	if !strings.HasPrefix(p, "/") || strings.Contains(p, "//") || strings.Contains(p, `\`) {
		return false
	}
	escaped := strings.ToLower(u.EscapedPath())
	if strings.Contains(escaped, "%2f") || strings.Contains(escaped, "%5c") {
		return false
	}
	for _, r := range p {
		if r < ' ' || r == 0x7f {
			return false
		}
	}
	return p == path.Clean(p) || p == path.Clean(p)+"/"
}

// page answers with a file of the set.
func (h *handler) page(w http.ResponseWriter, r *http.Request) {
	now := h.editor.now.Load()
	p := r.URL.Path
	if now.set == nil {
		h.problems(w, now)
		return
	}
	status := http.StatusOK
	file := at(now.set, p)
	if file == nil && !strings.HasSuffix(p, "/") && now.set.File(strings.TrimPrefix(p, "/")+"/index.html") != nil {
		// The path is clean and names a page of this set, so it leads nowhere else.
		to := url.URL{Path: p + "/", RawQuery: r.URL.RawQuery}
		w.Header().Set("Location", to.String())
		w.WriteHeader(http.StatusFound)
		return
	}
	if file == nil {
		status = http.StatusNotFound
		if file = now.set.File("404.html"); file == nil {
			refuse(w, status, "There is no such page.")
			return
		}
	}
	h.file(w, r, now, file, status)
}

// file makes and sends a file.
func (h *handler) file(w http.ResponseWriter, r *http.Request, now *state, file *output.File, status int) {
	body, err := file.Body()
	if err != nil {
		h.unmade(w, now, file.Recipe.Path, err)
		return
	}
	if !isPage(file.Recipe.Path) {
		send(w, r, file.Recipe.Path, body)
		return
	}
	h.html(w, status, withLive(body, h.token, now.edition))
}

func (h *handler) html(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	w.Write(body)
}

// send answers with bytes, or the range of them that was asked for.
func send(w http.ResponseWriter, r *http.Request, name string, body []byte) {
	w.Header().Set("Content-Type", MediaType(name))
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// refuse answers with a sentence. It repeats nothing of the request.
func refuse(w http.ResponseWriter, status int, sentence string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	w.Write([]byte(sentence + "\n"))
}

// MediaType returns the media type of a file by the end of its name. The table is our own: what a
// machine knows of types must not change what a browser shows.
func MediaType(name string) string {
	switch path.Base(name) {
	case "feed.xml":
		return "application/atom+xml; charset=utf-8"
	case "feed.json":
		return "application/feed+json; charset=utf-8"
	case "_headers", "_redirects":
		return "text/plain; charset=utf-8"
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm":
		return "text/html; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".json", ".map":
		return "application/json; charset=utf-8"
	case ".webmanifest":
		return "application/manifest+json; charset=utf-8"
	case ".xml":
		return "application/xml; charset=utf-8"
	case ".txt", ".md":
		return "text/plain; charset=utf-8"
	case ".csv":
		return "text/csv; charset=utf-8"
	case ".ics":
		return "text/calendar; charset=utf-8"
	case ".vcf":
		return "text/vcard; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".png":
		return "image/png"
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".webp":
		return "image/webp"
	case ".avif":
		return "image/avif"
	case ".gif":
		return "image/gif"
	case ".ico":
		return "image/x-icon"
	case ".woff2":
		return "font/woff2"
	case ".woff":
		return "font/woff"
	case ".pdf":
		return "application/pdf"
	case ".wasm":
		return "application/wasm"
	case ".mp3":
		return "audio/mpeg"
	case ".mp4":
		return "video/mp4"
	}
	return "application/octet-stream"
}
