package edit

import (
	"path"
	"slices"
	"strings"

	"nwioi/internal/site"
)

// A kind is what a file is a record of.
type kind struct {
	id       string // as in `nwioi new`
	noun     string
	folder   string // that its files lie in
	markdown bool   // a page: front matter and a body
	creates  bool   // new ones are made, and old ones removed, in the browser
	sections []section
}

// A section is some keys of a record under one heading of the form.
type section struct {
	Title string
	Keys  []string
}

// kinds are those that have a form. A page that is nothing else is a page, so it comes last.
var kinds = []kind{
	{id: "practitioner", noun: "practitioner", folder: "data/practitioners/", creates: true, sections: []section{
		{"Who this is", []string{"name", "pronouns", "pronunciation", "status", "headline", "bio", "first_session"}},
		{"Photograph", []string{"photo"}},
		{"Licences and training", []string{"degrees", "licenses", "compacts", "certifications", "ciip", "supervision", "training", "practice", "practising_since"}},
		{"Who comes, and with what", []string{"specialties", "modalities", "communities", "clients", "ages", "languages", "spirituality", "identity"}},
		{"Where and when", []string{"formats", "locations", "availability"}},
		{"What it costs", []string{"fees", "insurance"}},
		{"How to get in touch", []string{"contact", "links"}},
		{"For the office", []string{"consent", "last_confirmed", "aliases", "sample", "private"}},
	}},
	{id: "event", noun: "event", folder: "data/events/", creates: true, sections: []section{
		{"What it is", []string{"title", "summary", "description", "by"}},
		{"When and where", []string{"start", "end", "weekday", "time", "until", "timezone", "place", "format"}},
		{"Taking part", []string{"status", "url", "price"}},
		{"For the office", []string{"as_of", "owner", "sample"}},
	}},
	{id: "course", noun: "course", folder: "data/courses/"},
	{id: "award", noun: "award", folder: "data/awards/"},
	{id: "news", noun: "news post", folder: "content/news/", markdown: true, creates: true, sections: pageSections},
	{id: "page", noun: "page", folder: "content/", markdown: true, sections: pageSections},
}

var pageSections = []section{
	{"The page", []string{"title", "summary", "body"}},
	{"Dates", []string{"date", "updated", "reviewed", "review_by", "expires"}},
	{"Where it stands", []string{"draft", "tags", "menu", "slug", "aliases", "layout", "owner"}},
}

// factsKind is the one record of all facts.
var factsKind = kind{id: "facts", noun: "list of facts"}

// kindOf returns the kind of the file at a path, or nil if there is no form for it.
func kindOf(p string) *kind {
	if p == "data/facts.yaml" {
		return &factsKind
	}
	for i := range kinds {
		k := &kinds[i]
		name, inside := strings.CutPrefix(p, k.folder)
		if k.markdown && inside && path.Ext(p) == ".md" && (k.id != "news" || path.Base(p) != "index.md") {
			return k
		}
		if !k.markdown && inside && path.Ext(p) == ".yaml" && !strings.Contains(name, "/") {
			return k
		}
	}
	return nil
}

// HasForm reports whether there is a form for the file at a path.
func HasForm(p string) bool { return kindOf(p) != nil && allowed(p) }

// kindNamed returns the kind with the id of which new ones can be made, or nil.
func kindNamed(id string) *kind {
	i := slices.IndexFunc(kinds, func(k kind) bool { return k.id == id && k.creates })
	if i < 0 {
		return nil
	}
	return &kinds[i]
}

// pageOf returns the URL path of the page that a file makes by itself, or "" where it makes none. Slug is
// what the front matter of a page gives.
func (k *kind) pageOf(p, slug string) string {
	id := strings.TrimSuffix(path.Base(p), ".yaml")
	switch {
	case k.markdown:
		return site.PageURL(p, slug)
	case k.id == "practitioner":
		return site.ProfileURL(id)
	case k.id == "event":
		return site.EventURL(id)
	case k.id == "course":
		return site.CourseURL(id)
	}
	return ""
}
