// Package schema says what every kind of record may hold, in words and in JSON Schema (draft-07,
// json-schema.org), and makes what follows from that: starting files, the settings of editors and the
// issue form for new practitioners.
//
// All of it comes from one tree of Nodes, which is made from the Go types that package read decodes into:
// their tags say what yamlx holds a file to, and four more say what only people and editors need:
//
//	title:"…"     what the key is called, where its own name in plain letters will not do
//	example:"…"   a value as it could stand in a file, in YAML
//	words:"…"     the vocabulary whose ids are the choices
//	format:"…"    https, email, phone, markdown, timezone, id or state
//	range:"0 9"   the least and the greatest number; * is open
//
// A schema never refuses what `check` accepts as it is usually written, and for keys, types, choices,
// lengths and ranges it refuses all that `check` refuses; a test holds every record and every bad one
// against both. What only the reader of a file can see stays with check: how a number is spelt, a key that
// stands twice, whether a file exists, how two days lie.
package schema

import (
	"reflect"
	"slices"

	"nwioi/internal/site"
)

// A Kind is a kind of record.
type Kind struct {
	ID       string   // as in `nwioi new`, and the name of its schema
	Noun     string   // in a sentence, in the singular
	Folder   string   // that its files lie in, with a slash at the end; "" for a kind with one file
	Files    []string // the patterns of its files, below the root
	Markdown bool     // front matter of a page; all others are YAML files
	doc      string
	typ      reflect.Type
}

var kinds = []Kind{
	{ID: "practitioner", Noun: "practitioner", Folder: "data/practitioners/", Files: []string{"data/practitioners/*.yaml"},
		doc: "One person of the directory. The file's name is the address and never changes.", typ: reflect.TypeFor[site.Practitioner]()},
	{ID: "course", Noun: "course", Folder: "data/courses/", Files: []string{"data/courses/*.yaml"},
		doc: "A course, what is known about it, and when it is held.", typ: reflect.TypeFor[site.Course]()},
	{ID: "event", Noun: "event", Folder: "data/events/", Files: []string{"data/events/*.yaml"},
		doc: "A talk, a group or a weekend to which readers are invited.", typ: reflect.TypeFor[site.Event]()},
	{ID: "award", Noun: "award", Folder: "data/awards/", Files: []string{"data/awards/*.yaml"},
		doc: "Help with the cost of a course.", typ: reflect.TypeFor[site.Award]()},
	{ID: "requirements", Noun: "set of requirements", Folder: "data/requirements/", Files: []string{"data/requirements/*.yaml"},
		doc: "What one issuer asks for, as of one day.", typ: reflect.TypeFor[site.RequirementSet]()},
	{ID: "pathway", Noun: "pathway", Files: []string{"data/pathway.yaml"},
		doc: "The steps of the pathway, and what “where am I?” asks.", typ: reflect.TypeFor[site.Pathway]()},
	{ID: "facts", Noun: "list of facts", Files: []string{"data/facts.yaml"},
		doc: "Facts that belong to no other record, each under an id of its own.", typ: reflect.TypeFor[map[string]site.FactEntry]()},
	{ID: "vocabulary", Noun: "vocabulary", Files: vocabularies(),
		doc: "The words that records choose from, and what people type for them.", typ: reflect.TypeFor[[]site.Term]()},
	{ID: site.LicenseType, Noun: "vocabulary of licences", Files: []string{"data/vocabulary/" + site.LicenseType + ".yaml"},
		doc: "The licences of each state.", typ: reflect.TypeFor[[]site.Term]()},
	{ID: "site", Noun: "settings of the site", Files: []string{"data/site.yaml"},
		doc: "What the site is called, where it stands and what is in its menus.", typ: reflect.TypeFor[site.Settings]()},
	{ID: "referrals", Noun: "log of referrals", Files: []string{site.ReferralsPath},
		doc: "Whom the institute suggested, so that referrals go round fairly. There is no place in it for a word about a client.", typ: reflect.TypeFor[[]site.Referral]()},
	{ID: "news", Noun: "news post", Folder: "content/news/", Files: []string{"content/news/*.md"}, Markdown: true,
		doc: "What stands between the two lines of hyphens at the top of a news post.", typ: reflect.TypeFor[site.FrontMatter]()},
	{ID: "page", Noun: "page", Folder: "content/", Files: []string{"content/**/*.md"}, Markdown: true,
		doc: "What stands between the two lines of hyphens at the top of a page.", typ: reflect.TypeFor[site.FrontMatter]()},
}

// vocabularies returns the files of the vocabularies but that of licences, whose words have two keys more.
func vocabularies() []string {
	var files []string
	for _, facet := range site.Vocabularies {
		if facet != site.LicenseType {
			files = append(files, "data/vocabulary/"+facet+".yaml")
		}
	}
	return files
}

// Kinds returns every kind of record.
func Kinds() []Kind { return slices.Clone(kinds) }

// KindOf returns the kind with an id, and whether there is one.
func KindOf(id string) (Kind, bool) {
	i := slices.IndexFunc(kinds, func(k Kind) bool { return k.ID == id })
	if i < 0 {
		return Kind{}, false
	}
	return kinds[i], true
}

// Vocabularies are those of a site, by facet.
type Vocabularies = map[string]*site.Vocabulary

// Of returns what a record of a kind may hold, with the words of the vocabularies as choices; a
// vocabulary that is missing or has no words leaves its keys open. It panics for an id that no kind has.
func Of(kind string, words Vocabularies) *Node {
	k, ok := KindOf(kind)
	if !ok {
		panic("schema: there is no kind " + kind)
	}
	n := maker{words}.root(k)
	n.Title, n.Doc = plain(k.Noun), k.doc
	switch kind {
	case "news":
		n.Property("date").Required = true
	case site.LicenseType:
		n.Items.Property("state").Required = true
		n.Items.Property("state").choose(states())
		n.Items.Property("tier").Required = true
	}
	return n
}
