package serve

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"nwioi/internal/source"
)

// Where the server shows what was edited since the last commit, and the site as it was then.
const (
	changesPath = reserved + "changes/"
	// PublishedPath is the base path of the site that Config.Published builds.
	PublishedPath = reserved + "published/"
)

// changesStyle is how these pages look, besides pageStyle.
//
//go:embed changes.css
var changesStyle []byte

//go:embed changes.html
var changesText string

var changesPages = template.Must(template.New("changes").Parse(changesText))

// A lastCommit is the site as it was committed last. Its files are read, and its pages built, when
// somebody looks at them.
type lastCommit struct {
	mu     sync.Mutex
	head   string
	tree   *source.Tree
	result *Result
}

// files returns the committed tree, or the sentence that says why there is none.
func (c *lastCommit) files(ctx context.Context, e *editor, now *source.Tree) (*source.Tree, string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	head := now.History().Head
	if c.tree != nil && c.head == head && head != "" {
		return c.tree, ""
	}
	tree, fault := e.git.Committed(ctx, now)
	if fault != nil {
		return nil, strings.TrimSpace(sentence(fault.Message) + " " + sentence(fault.Hint))
	}
	c.head, c.tree, c.result = head, tree, nil
	return tree, ""
}

// site returns what Config.Published makes of the committed tree.
func (c *lastCommit) site(ctx context.Context, e *editor, now *source.Tree) (result Result, fault string) {
	if e.config.Published == nil {
		return Result{}, "This server does not show the site as it was."
	}
	tree, fault := c.files(ctx, e, now)
	if fault != "" {
		return Result{}, fault
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.tree != tree || c.result == nil {
		defer func() {
			if p := recover(); p != nil {
				fault = fmt.Sprintf("The last commit could not be built: %v.", p)
			}
		}()
		built := e.config.Published(tree)
		if built.Set == nil {
			return Result{}, "The last commit could not be built: " + errorsIn(built.Problems) + "."
		}
		c.tree, c.result = tree, &built
	}
	return *c.result, ""
}

// sentence begins a message of a diagnostic with a capital and ends it with a full stop.
func sentence(message string) string {
	if message == "" {
		return ""
	}
	return strings.ToUpper(message[:1]) + message[1:] + "."
}

// The bounds of what the list shows.
const (
	mostChanges = 200 // files
	mostLines   = 400 // of one file
	mostPages   = 3   // of one file
)

// changesView is what the list of changes shows, or where Compare is set the two versions of a page.
type changesView struct {
	Title   string
	Fault   string // why there is nothing to show
	Commit  string // the beginning of the last commit's hash
	Files   []changedFile
	More    int
	Compare *comparedPage
}

// A changedFile is an input file that is not as it was committed.
type changedFile struct {
	Kind, Path, Was string // Kind: changed, new, removed or renamed
	Pages           []changedPage
	MorePages       int
	Lines           []diffLine
	MoreLines       int
	Remark          string // where there are no lines to show
}

// A changedPage is a page that a changed file makes.
type changedPage struct{ URL, Compare string }

// A comparedPage is one page in both versions: where each can be loaded.
type comparedPage struct{ Page, Was, Published, Edited string }

// changes answers with the list of what was edited since the last commit, or with one page of the site
// in both versions.
func (h *handler) changes(w http.ResponseWriter, r *http.Request) {
	now := h.editor.now.Load()
	view := changesView{Title: "What you changed"}
	then, fault := h.committed.files(r.Context(), h.editor, now.tree)
	query := r.URL.Query()
	switch page := query.Get("page"); {
	case fault != "":
		view.Fault = fault
	case page != "":
		view.Title = "Before and after"
		if view.Compare = comparison(page, query.Get("was")); view.Compare == nil {
			refuse(w, http.StatusBadRequest, "This is not a path of a page.")
			return
		}
	default:
		view.Commit = now.tree.History().Head
		view.Commit = view.Commit[:min(7, len(view.Commit))]
		view.Files, view.More = h.changedFiles(r.Context(), now, then)
	}
	var b bytes.Buffer
	if err := changesPages.Execute(&b, view); err != nil {
		refuse(w, http.StatusInternalServerError, "This page could not be made.")
		return
	}
	w.Header().Set("Content-Security-Policy", h.policy+"; frame-src 'self'")
	body := b.Bytes()
	if view.Compare == nil {
		body = withLive(body, h.token, now.edition)
	} // else the edited page in its frame follows by itself
	h.html(w, http.StatusOK, body)
}

// comparison returns the two versions of the page at a path that stood at was, if that is another one;
// nil if either is no path of a page.
func comparison(page, was string) *comparedPage {
	if was == "" {
		was = page
	}
	for _, p := range []string{page, was} {
		if !clean(&url.URL{Path: p}) || strings.HasPrefix(p, reserved) {
			return nil
		}
	}
	published := url.URL{Path: PublishedPath + was[1:]}
	edited := url.URL{Path: page}
	return &comparedPage{Page: page, Was: was, Published: published.String(), Edited: edited.String()}
}

// changedFiles describes the files that differ, and says how many more there are.
func (h *handler) changedFiles(ctx context.Context, now *state, then *source.Tree) (files []changedFile, more int) {
	changes := source.Changes(then, now.tree)
	if len(changes) > mostChanges {
		changes, more = changes[:mostChanges], len(changes)-mostChanges
	}
	var came []string
	before := Result{}
	for _, c := range changes {
		switch {
		case c.Before == nil:
			came = append(came, c.After.Path)
		case (c.After == nil || c.After.Path != c.Before.Path) && before.Set == nil:
			// Only the site of the last commit knows where a file stood that is gone.
			before, _ = h.committed.site(ctx, h.editor, now.tree)
		}
	}
	ignored := h.editor.git.Ignored(ctx, came)
	edited := Result{Set: now.set, Sources: now.sources}
	for _, c := range changes {
		f := changedFile{Kind: "changed", Path: c.Path()}
		var pages, former []string
		switch {
		case c.Before == nil:
			f.Kind, pages = "new", pagesOf(edited, f.Path)
			if ignored[f.Path] {
				f.Remark = "Git is told to leave this file out, so it goes into no commit."
			}
		case c.After == nil:
			f.Kind, pages = "removed", pagesOf(before, f.Path)
		case c.Before.Path != c.After.Path:
			f.Kind, f.Was, pages, former = "renamed", c.Before.Path, pagesOf(edited, f.Path), pagesOf(before, c.Before.Path)
		default:
			pages = pagesOf(edited, f.Path)
		}
		for i, p := range pages[:min(mostPages, len(pages))] {
			query := url.Values{"page": {p}}
			if i < len(former) && former[i] != p {
				query.Set("was", former[i])
			}
			f.Pages = append(f.Pages, changedPage{visible(p), changesPath + "?" + query.Encode()})
		}
		f.MorePages = len(pages) - len(f.Pages)
		f.Path, f.Was = visible(f.Path), visible(f.Was)
		f.compare(c)
		files = append(files, f)
	}
	return files, more
}

// compare fills in which lines and words differ.
func (f *changedFile) compare(c source.FileChange) {
	before, text := textOf(c.Before)
	after, alsoText := textOf(c.After)
	if !text || !alsoText {
		if f.Remark == "" {
			f.Remark = "This file is no text, so there are no words to compare."
		}
		return
	}
	f.Lines = textDiff(before, after)
	if len(f.Lines) == 0 && f.Kind == "changed" {
		f.Remark = "Only the ends of lines differ."
	}
	if n := len(f.Lines); n > mostLines {
		f.Lines, f.MoreLines = f.Lines[:mostLines], n-mostLines
	}
	for _, l := range f.Lines {
		for i, p := range l.Parts {
			l.Parts[i].Text = visible(strings.ReplaceAll(p.Text, "\t", "    "))
		}
	}
}

// textOf returns what a file says, or false where it is no text. No file says nothing.
func textOf(f *source.File) (text string, ok bool) {
	if f == nil {
		return "", true
	}
	return string(f.Data), utf8.Valid(f.Data) && !bytes.Contains(f.Data, []byte{0})
}

// pagesOf returns the URL paths of the pages that a file makes, sorted.
func pagesOf(r Result, file string) []string {
	if r.Set == nil || r.Sources == nil {
		return nil
	}
	var pages []string
	for _, f := range r.Set.Files {
		if urlPath := pagePath(f.Recipe.Path); urlPath != "" && r.Sources(urlPath) == file {
			pages = append(pages, urlPath)
		}
	}
	slices.Sort(pages)
	return pages
}

// publishedPage answers with a file of the site as it was committed last.
func (h *handler) publishedPage(w http.ResponseWriter, r *http.Request) {
	now := h.editor.now.Load()
	result, fault := h.committed.site(r.Context(), h.editor, now.tree)
	if fault != "" {
		h.absent(w, now, fault)
		return
	}
	file := at(result.Set, "/"+strings.TrimPrefix(r.URL.Path, PublishedPath))
	if file == nil {
		h.absent(w, now, "This page was not there at the last commit.")
		return
	}
	body, err := file.Body()
	if err != nil {
		h.unmade(w, now, file.Recipe.Path, err)
		return
	}
	if !isPage(file.Recipe.Path) {
		send(w, r, file.Recipe.Path, body)
		return
	}
	h.html(w, http.StatusOK, withoutMetaPolicy(body))
}

// absent answers that there is no version of a page.
func (h *handler) absent(w http.ResponseWriter, now *state, fault string) {
	h.own(w, http.StatusNotFound, now, ownPage{Title: "As published", Lead: fault})
}

// framed reports whether a page of this server asks for another one to show it in a frame. What
// browsers say of that (W3C Fetch Metadata) no page can say in their place.
func framed(r *http.Request) bool {
	return r.Header.Get("Sec-Fetch-Dest") == "iframe" && r.Header.Get("Sec-Fetch-Site") == "same-origin"
}

// framePolicy returns the policy under which a page may be shown in a frame of this server, and of no
// other.
func framePolicy(policy string) string {
	var directives []string
	for part := range strings.SplitSeq(policy, ";") {
		if fields := strings.Fields(part); len(fields) > 0 && !strings.EqualFold(fields[0], "frame-ancestors") {
			directives = append(directives, strings.Join(fields, " "))
		}
	}
	return strings.Join(append(directives, "frame-ancestors 'self'"), "; ")
}
