// Package edit is how staff edit the site in the browser while `serve` runs: a form for each record and
// page, the page as it will look beside it, new and delete, and photographs cut to their shape.
//
// The form is made from the same schema as that of the editors (package schema), with the words of the
// vocabularies as choices. What somebody typed comes back as values; those that differ from the file's own
// are written into the file one by one (yamlx.Apply), and nothing else of it changes: comments, order,
// quoting and line ends stay. What the form cannot show it leaves as it is.
//
// A form carries the bytes that it was made from. If the file says something else when it is saved,
// nothing is written: both versions are shown, and only what one of them changed is joined without asking.
// So neither an editor beside the browser nor a second tab loses a word.
//
// Everything is confined to the input files of the site's folder, which are opened through an os.Root and
// never through a link. Whether somebody may ask at all is decided before a request comes here (see
// package serve). The package builds no page itself: Build is handed in, with a memory of its own, so that
// what is only typed never meets what is served. It keeps no drafts: what is not saved is in the browser.
package edit

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"

	"nwioi/internal/diag"
	"nwioi/internal/output"
	"nwioi/internal/site"
	"nwioi/internal/source"
)

// Where the handler stands, and where it shows a page as it will be. These are those of package serve.
const (
	base        = "/.nwioi/edit/"
	PreviewPath = base + "preview/"
	tokenHeader = "X-Nwioi-Token"
)

// maxValues bounds the JSON that a form sends: the text of a file twice, and what stands around it.
const maxValues = 8 << 20

// Config says what is edited.
type Config struct {
	Root string // the site's folder
	// Build builds a tree for the preview, with PreviewPath as its base path and drafts shown. It is only
	// ever called for one tree at a time.
	Build func(*source.Tree) Built
	Today site.Date
	// MediaType returns the media type of a file of the site by its name.
	MediaType func(name string) string
}

// Built is what Build made of a tree.
type Built struct {
	Set      *output.Set
	Problems diag.List
	Edition  *site.Edition
}

// A Handler answers requests below /.nwioi/edit/.
type Handler struct {
	config Config
	disk   disk
	git    *source.Git
	served atomic.Pointer[served]

	mu      sync.Mutex // of the builder
	preview *output.Set
	turn    int // how many previews there were

	fresh   sync.Mutex
	written map[string][]byte // since the server last read the folder
}

// served is what the server shows: the tree and what is published of it.
type served struct {
	tree    *source.Tree
	edition *site.Edition
}

// New returns a handler that has no site yet: see Follow.
func New(config Config) *Handler {
	return &Handler{config: config, disk: disk{config.Root}, git: source.NewGit(config.Root)}
}

// Follow tells what is served from now on. It may be called while requests are answered.
func (h *Handler) Follow(tree *source.Tree, edition *site.Edition) {
	h.served.Store(&served{tree, edition})
	h.fresh.Lock()
	h.written = nil
	h.fresh.Unlock()
}

// wrote notes what was written, for the previews until the server has read it.
func (h *Handler) wrote(p string, data []byte) {
	h.fresh.Lock()
	defer h.fresh.Unlock()
	if h.written == nil {
		h.written = map[string][]byte{}
	}
	h.written[p] = data
}

//go:embed edit.css
var style []byte

//go:embed edit.js
var script []byte

//go:embed crop.js
var cropScript []byte

// policy is what the pages of the form are shown under: nothing but this server's own files, and no HTML
// made of text.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// ServeHTTP answers a request that may be answered.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	now := h.served.Load()
	if now == nil {
		refuse(w, http.StatusServiceUnavailable, "The site is still being read. Try again in a moment.")
		return
	}
	name := strings.TrimPrefix(r.URL.Path, base)
	if r.Method == http.MethodPost {
		h.post(w, r, now, name)
		return
	}
	switch {
	case strings.HasPrefix(name, "preview/"):
		h.showPreview(w, r)
	case name == "edit.css":
		send(w, "text/css; charset=utf-8", style)
	case name == "edit.js":
		send(w, "text/javascript; charset=utf-8", script)
	case name == "crop.js":
		send(w, "text/javascript; charset=utf-8", cropScript)
	case name == "":
		w.Header().Set("Content-Security-Policy", policy)
		h.page(w, r, now)
	default:
		refuse(w, http.StatusNotFound, "There is no such page.")
	}
}

// post does what a page of the form asks for. Every answer is JSON.
func (h *Handler) post(w http.ResponseWriter, r *http.Request, now *served, name string) {
	if name == "photo" {
		h.photo(w, r, now)
		return
	}
	actions := map[string]func(context.Context, *served, *request) (any, error){
		"check": h.check, "save": h.save, "new": h.create, "delete": h.remove,
	}
	action := actions[name]
	if action == nil {
		refuse(w, http.StatusNotFound, "There is no such action.")
		return
	}
	var asked request
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxValues)).Decode(&asked); err != nil {
		answer(w, nil, &refusal{http.StatusBadRequest, "What the form sent could not be read."})
		return
	}
	result, err := action(r.Context(), now, &asked)
	answer(w, result, err)
}

// A refusal is a sentence for the person at the form, with the status that goes with it.
type refusal struct {
	status   int
	sentence string
}

func (r *refusal) Error() string { return r.sentence }

func sorry(sentence string) error { return &refusal{http.StatusUnprocessableEntity, sentence} }

// answer sends a result, or the sentence of an error.
func answer(w http.ResponseWriter, result any, err error) {
	status := http.StatusOK
	if err != nil {
		status, result = http.StatusInternalServerError, map[string]string{"sorry": err.Error()}
		if known, ok := errors.AsType[*refusal](err); ok {
			status = known.status
		}
	}
	text, err := json.Marshal(result)
	if err != nil {
		refuse(w, http.StatusInternalServerError, "The answer could not be written.")
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	w.Write(text)
}

func send(w http.ResponseWriter, media string, body []byte) {
	w.Header().Set("Content-Type", media)
	w.Write(body)
}

func refuse(w http.ResponseWriter, status int, sentence string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	w.Write([]byte(sentence + "\n"))
}
