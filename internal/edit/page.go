package edit

import (
	"bytes"
	_ "embed"
	"errors"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"nwioi/internal/site"
)

//go:embed form.html
var formText string

//go:embed list.html
var listText string

var pages = template.Must(template.New("").Funcs(template.FuncMap{"words": strings.TrimSpace}).Parse(formText + listText))

// A formView is what the page of a form shows.
type formView struct {
	Token, File, Noun, Title string
	Base                     string // the bytes of the file, in base64
	Page                     string // the URL path of the page that one comes from
	Today, TodayText         string
	Sections                 []formSection
	Fault, Source            string // of a file that is edited as text
	Removable, Photo         bool
	HasPhoto                 bool
}

// A formSection is some fields under one heading.
type formSection struct {
	ID, Title string
	Fields    []*field
}

// page answers with the form of a file, or with the list of all that has one.
func (h *Handler) page(w http.ResponseWriter, r *http.Request, now *served) {
	query := r.URL.Query()
	p, from := query.Get("file"), query.Get("page")
	missed := false
	if p == "" && from != "" {
		if t := now.edition.Target(from); t != nil {
			p = t.Source
		}
		if kindOf(p) == nil {
			p, missed = "", true
		}
	}
	if p == "" {
		h.list(w, r, now, missed)
		return
	}
	k := kindOf(p)
	if k == nil || !allowed(p) {
		refuse(w, http.StatusNotFound, "There is no form for this file.")
		return
	}
	data, _, err := h.disk.read(p)
	if errors.Is(err, fs.ErrNotExist) {
		refuse(w, http.StatusNotFound, "There is no such file any more.")
		return
	}
	if err != nil {
		refuse(w, http.StatusUnprocessableEntity, err.Error())
		return
	}
	record := recordOf(k, p, data, now.edition)
	view := formView{
		Token: r.Header.Get(tokenHeader), File: p, Noun: k.noun, Title: record.title(), Base: encode(data), Page: from,
		Today: h.config.Today.String(), TodayText: h.config.Today.Long(), Removable: k.creates,
		Photo: k.id == "practitioner" && record.fault == "",
	}
	if record.fault != "" || query.Get("as") == "text" {
		view.Fault, view.Source, view.Photo = record.fault, strings.TrimPrefix(strings.ReplaceAll(string(data), "\r\n", "\n"), "\uFEFF"), false
	} else {
		view.Sections = record.sections()
		view.HasPhoto = record.value.Get("photo") != nil
	}
	render(w, "form", view)
}

// title returns what a record calls itself.
func (r *record) title() string {
	for _, path := range []string{"title", "name"} {
		v := r.value.Get(path)
		if v != nil && v.Text != "" {
			return v.Text
		}
		if given, family := v.Get("given"), v.Get("family"); given != nil && family != nil {
			return given.Text + " " + family.Text
		}
	}
	if r.kind == &factsKind {
		return "Facts"
	}
	return path.Base(r.path)
}

// sections returns the fields of a record under their headings; what no section names comes last.
func (r *record) sections() []formSection {
	root := former{}.field(r.node, r.value, "", "")
	if root.Control != controlGroup {
		return []formSection{{ID: "s-1", Title: "Entries", Fields: []*field{root}}}
	}
	fields := root.Fields
	if r.kind.markdown {
		fields = append(fields, &field{Control: controlProse, Path: bodyPath, Key: bodyPath, From: -1, Label: "Text",
			Help: "The page itself, in Markdown.", Text: strings.Trim(r.body, "\n")})
	}
	var list []formSection
	taken := map[string]bool{}
	for _, s := range r.kind.sections {
		part := formSection{ID: "s-" + strconv.Itoa(len(list)+1), Title: s.Title}
		for _, key := range s.Keys {
			if i := slices.IndexFunc(fields, func(f *field) bool { return f.Key == key }); i >= 0 {
				part.Fields = append(part.Fields, fields[i])
				taken[key] = true
			}
		}
		if len(part.Fields) > 0 {
			list = append(list, part)
		}
	}
	rest := formSection{ID: "s-" + strconv.Itoa(len(list)+1), Title: "Everything else"}
	if len(list) == 0 {
		rest.Title = label(r.kind.noun)
	}
	for _, f := range fields {
		if !taken[f.Key] {
			rest.Fields = append(rest.Fields, f)
		}
	}
	if len(rest.Fields) > 0 {
		list = append(list, rest)
	}
	return list
}

// A listView is what the list of all that can be edited shows.
type listView struct {
	Token  string
	Missed bool // the page that one comes from is made of many files
	Groups []listGroup
}

// A listGroup is the files of one kind.
type listGroup struct {
	Kind, Title, Noun string
	Creates           bool
	Files             []listFile
}

// A listFile is one file with its form.
type listFile struct{ Title, Path, Href string }

// list answers with all that has a form.
func (h *Handler) list(w http.ResponseWriter, r *http.Request, now *served, missed bool) {
	view := listView{Token: r.Header.Get(tokenHeader), Missed: missed}
	titles := map[string]string{"practitioner": "Practitioners", "event": "Events", "news": "News", "page": "Pages", "course": "Courses", "award": "Awards"}
	for _, id := range []string{"practitioner", "event", "news", "page", "course", "award"} {
		g := listGroup{Kind: id, Title: titles[id]}
		for i := range kinds {
			if kinds[i].id == id {
				g.Noun, g.Creates = kinds[i].noun, kinds[i].creates
			}
		}
		for f := range now.tree.Under("") {
			if k := kindOf(f.Path); k != nil && k.id == id && !f.Builtin {
				g.Files = append(g.Files, listFile{nameIn(now.edition, f.Path), f.Path, formAt(f.Path)})
			}
		}
		slices.SortStableFunc(g.Files, func(a, b listFile) int { return strings.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title)) })
		view.Groups = append(view.Groups, g)
	}
	if now.tree.File("data/facts.yaml") != nil {
		view.Groups = append(view.Groups, listGroup{Title: "Figures", Files: []listFile{{"All facts", "data/facts.yaml", formAt("data/facts.yaml")}}})
	}
	render(w, "list", view)
}

// formAt returns the address of the form of a file.
func formAt(p string) string { return base + "?" + url.Values{"file": {p}}.Encode() }

// nameIn returns what the site calls the record at a path.
func nameIn(e *site.Edition, p string) string {
	id := strings.TrimSuffix(path.Base(p), path.Ext(p))
	switch {
	case strings.HasPrefix(p, "data/practitioners/"):
		if one := e.Practitioner(id); one != nil && one.Name.Full() != "" {
			return one.Name.Full()
		}
	case strings.HasPrefix(p, "data/events/"):
		for _, one := range e.Site.Events {
			if one.ID == id && one.Title != "" {
				return one.Title
			}
		}
	case strings.HasPrefix(p, "data/courses/"):
		if one := e.Course(id); one != nil && one.Name != "" {
			return one.Name
		}
	case strings.HasPrefix(p, "content/"):
		i, found := slices.BinarySearchFunc(e.Site.Pages, p, func(page *site.Page, p string) int { return strings.Compare(page.File.Path, p) })
		if found && e.Site.Pages[i].Front.Title != "" {
			return e.Site.Pages[i].Front.Title
		}
	}
	return id
}

// render answers with a page.
func render(w http.ResponseWriter, name string, view any) {
	var b bytes.Buffer
	if err := pages.ExecuteTemplate(&b, name, view); err != nil {
		refuse(w, http.StatusInternalServerError, "The form could not be made: "+err.Error())
		return
	}
	send(w, "text/html; charset=utf-8", b.Bytes())
}
