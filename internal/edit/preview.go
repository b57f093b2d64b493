package edit

import (
	"context"
	"maps"
	"net/http"
	"path"
	"strconv"
	"strings"

	"nwioi/internal/site"
)

// A checked is the answer to what is typed.
type checked struct {
	Problems []problem `json:"problems"`
	Changed  int       `json:"changed"` // how many values differ from the file
	Preview  string    `json:"preview"` // where the page is shown as it will be; "" if there is none
	Absent   string    `json:"absent"`  // why there is none
}

// check builds the site with what is typed in the place of the file, and says what is wrong with it.
func (h *Handler) check(_ context.Context, now *served, asked *request) (any, error) {
	r, err := h.find(now, asked.File, asked.Base)
	if err != nil {
		return nil, err
	}
	data, n, err := r.with(asked)
	if err != nil {
		return nil, err
	}
	next, built := h.build(now, r, data)
	c := &checked{Problems: next.problems(built.Problems), Changed: n}
	c.Preview, c.Absent = h.shown(next, built, asked.Page)
	return c, nil
}

// build builds the served tree with a file replaced. What it made is shown below PreviewPath from now on.
func (h *Handler) build(now *served, r *record, data []byte) (*record, Built) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.fresh.Lock()
	changed := map[string][]byte{}
	maps.Copy(changed, h.written)
	h.fresh.Unlock()
	changed[r.path] = data
	built := h.config.Build(now.tree.Update(changed))
	h.preview = built.Set
	h.turn++
	return recordOf(r.kind, r.path, data, now.edition), built
}

// shown returns the address at which the page of a record is shown, or why there is none. Where a record
// makes no page of its own, it is the page that was asked for.
func (h *Handler) shown(r *record, built Built, page string) (address, absent string) {
	slug := ""
	if r.value != nil {
		if v := r.value.Get("slug"); v != nil {
			slug = v.Text
		}
	}
	own := r.kind.pageOf(r.path, slug)
	if own == "" {
		own = page
	}
	switch {
	case built.Set == nil || r.fault != "":
		return "", "The page can be shown again once the file can be read."
	case own == "":
		return "", "This record makes no page of its own. Its figures stand on other pages."
	case built.Set.File(site.FileOf(own)) == nil && r.kind.id == "practitioner":
		return "", "This person has no page. It takes a name, and under “Consent” the day on which the person agreed to be listed."
	case built.Set.File(site.FileOf(own)) == nil:
		return "", "This is not published, so there is no page to show. Look at the dates: it may have expired."
	}
	return PreviewPath + strings.TrimPrefix(own, "/") + "?turn=" + strconv.Itoa(h.turn), ""
}

// showPreview answers with a file of the site as it will be.
func (h *Handler) showPreview(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	set := h.preview
	h.mu.Unlock()
	if set == nil {
		refuse(w, http.StatusNotFound, "Nothing is being edited. Open a form first.")
		return
	}
	file := set.File(site.FileOf("/" + strings.TrimPrefix(r.URL.Path, PreviewPath)))
	if file == nil {
		refuse(w, http.StatusNotFound, "There is no such page.")
		return
	}
	body, err := file.Body()
	if err != nil {
		refuse(w, http.StatusInternalServerError, "This page could not be made: "+err.Error())
		return
	}
	// What is only typed runs nothing, wherever it is opened.
	w.Header().Set("Content-Security-Policy", w.Header().Get("Content-Security-Policy")+"; sandbox allow-same-origin")
	send(w, h.config.MediaType(path.Base(file.Recipe.Path)), body)
}
