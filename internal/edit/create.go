package edit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"nwioi/internal/schema"
	"nwioi/internal/source"
)

// A created is the answer to "new".
type created struct {
	File string `json:"file"`
	Href string `json:"href"` // of its form
}

// create writes the starting file of a record.
func (h *Handler) create(_ context.Context, now *served, asked *request) (any, error) {
	k := kindNamed(asked.Kind)
	if k == nil {
		return nil, &refusal{http.StatusBadRequest, "New records of this kind are not made here."}
	}
	start, err := schema.Begin(k.id, asked.Name, h.config.Today, now.edition.Vocabularies)
	if err != nil {
		return nil, sorry(capital(err.Error()) + ".")
	}
	err = h.disk.replace(start.Path, nil, start.Data)
	if errors.Is(err, source.ErrChanged) {
		return nil, sorry(fmt.Sprintf("There is a file %s already. Edit that one, or write another name.", start.Path))
	}
	if err != nil {
		return nil, err
	}
	return &created{start.Path, formAt(start.Path)}, nil
}

// A removal is the answer to "delete": what to know before a file goes, or that it is gone.
type removal struct {
	Removed bool     `json:"removed"`
	Ask     string   `json:"ask,omitempty"`   // what the person has to agree to
	Links   []string `json:"links,omitempty"` // who speaks of the record
	Sure    string   `json:"sure,omitempty"`  // what to send to agree
}

// remove removes the file of a record, once the person knows what that does. Git keeps what was committed;
// what was not takes a second word.
func (h *Handler) remove(ctx context.Context, now *served, asked *request) (any, error) {
	k := kindOf(asked.File)
	if k == nil || !k.creates || !allowed(asked.File) {
		return nil, &refusal{http.StatusBadRequest, "This file is not removed here."}
	}
	data, _, err := h.disk.read(asked.File)
	if err != nil {
		return nil, sorry("The file is not there any more.")
	}
	if !bytes.Equal(data, asked.Base) {
		return nil, sorry("The file changed on disk since this form was opened. Load the page again to see it before you delete it.")
	}
	kept := false
	if committed, fault := h.git.Committed(ctx, now.tree); fault == nil {
		f := committed.File(asked.File)
		kept = f != nil && !f.Builtin && bytes.Equal(f.Data, data)
	}
	need, ask := "yes", fmt.Sprintf("The file %s will be removed. Its last version stays in git, and whoever looks after the site can bring it back.", asked.File)
	if !kept {
		need, ask = "lost", fmt.Sprintf("The file %s will be removed, and what it says now was never committed to git. It cannot be brought back.", asked.File)
	}
	if asked.Sure != need {
		return &removal{Ask: ask, Links: h.speakOf(now, asked.File), Sure: need}, nil
	}
	if err := h.disk.remove(asked.File, data); errors.Is(err, source.ErrChanged) {
		return nil, sorry("The file changed on disk just now. Load the page again.")
	} else if err != nil {
		return nil, err
	}
	return &removal{Removed: true}, nil
}

// speakOf returns who links to a record or names it, in words.
func (h *Handler) speakOf(now *served, p string) []string {
	e, k := now.edition, kindOf(p)
	id := strings.TrimSuffix(p[len(k.folder):], ".yaml")
	var links []string
	for _, page := range e.Site.Pages {
		if page.File.Path == p || page.Body == nil {
			continue
		}
		for _, hole := range page.Body.Holes {
			t := e.Resolve(page.File.Path, page.URL(), hole.Value).Target
			if t != nil && t.Source == p {
				links = append(links, fmt.Sprintf("The page “%s” links to it.", page.Front.Title))
				break
			}
		}
	}
	if k.id == "practitioner" {
		for _, event := range e.Site.Events {
			if event.By == id {
				links = append(links, fmt.Sprintf("The event “%s” is by this person.", event.Title))
			}
		}
		if one := e.Practitioner(id); one != nil && one.Photo != nil {
			links = append(links, fmt.Sprintf("The photograph %s stays where it is.", one.Photo.Path()))
		}
	}
	slices.Sort(links)
	return links
}
