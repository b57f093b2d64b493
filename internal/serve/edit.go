package serve

import (
	"crypto/subtle"
	"mime"
	"net/http"
	"strings"
)

// Where Config.Edit answers, and the header in which a request carries the token of this run.
const (
	EditPath    = reserved + "edit/"
	TokenHeader = "X-Nwioi-Token"
)

// maxPost is how large the body of a request may be in bytes: the largest photograph, and a little more.
const maxPost = 26 << 20

// edits reports whether a request is for the editing in the browser.
func (h *handler) edits(r *http.Request) bool {
	return h.editor.config.Edit != nil && strings.HasPrefix(r.URL.Path, EditPath)
}

// edit hands a request to Config.Edit. To read is open to our own pages; to write takes the token of this
// run, an Origin that is ours, and a body that no form of another site can send.
//
// What is handed on carries the token, so that the page that is made of it can give it back.
func (h *handler) edit(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPost {
		token := r.Header.Get(TokenHeader)
		media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
		site := r.Header.Get("Sec-Fetch-Site")
		switch {
		case subtle.ConstantTimeCompare([]byte(token), []byte(h.token)) != 1:
			refuse(w, http.StatusForbidden, "This page is from an earlier run of the server. Load it again to save.")
			return
		case !h.origins[strings.ToLower(r.Header.Get("Origin"))] || site != "" && site != "same-origin":
			refuse(w, http.StatusForbidden, "Only this server's own pages may write.")
			return
		case err != nil || media != "application/json" && media != "multipart/form-data":
			refuse(w, http.StatusUnsupportedMediaType, "This is not what the form sends.")
			return
		case r.ContentLength > maxPost:
			refuse(w, http.StatusRequestEntityTooLarge, "This is more than the server takes: 25 megabytes are the most.")
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxPost)
	}
	inner := r.Clone(r.Context())
	inner.Header.Set(TokenHeader, h.token)
	h.editor.config.Edit.ServeHTTP(w, inner)
}
