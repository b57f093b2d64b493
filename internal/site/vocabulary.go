package site

import (
	"strings"

	"nwioi/internal/source"
)

// The facets that have a vocabulary, by the names of their files.
const (
	Concern       = "concern"
	Modality      = "modality"
	Community     = "community"
	Language      = "language"
	InsurancePlan = "insurance"
	LicenseType   = "license"
	Certification = "certification"
	Client        = "client"
	Age           = "age"
	Spirituality  = "spirituality"
)

// Vocabularies are the facets that a file of data/vocabulary can define.
var Vocabularies = []string{Concern, Modality, Community, Language, InsurancePlan, LicenseType, Certification, Client, Age, Spirituality}

// A Term is one word of a vocabulary. Label is what people read, Aliases what they type.
type Term struct {
	ID          string   `yaml:"id" need:"yes" doc:"The id that records use. It never changes." example:"pain-penetration"`
	Label       string   `yaml:"label" need:"yes" doc:"What people read, in plain words." example:"Painful or difficult penetration"`
	Description string   `yaml:"description" doc:"One plain sentence." example:"When penetration hurts or is not possible."`
	Aliases     []string `yaml:"aliases" doc:"What people type when they look for it." example:"[vaginismus, dyspareunia]"`
	Formal      []string `yaml:"formal" doc:"The clinical names." title:"Clinical names" example:"[genito-pelvic pain]"`
	Related     []string `yaml:"related" doc:"Ids of related words of this vocabulary." example:"[pelvic-floor]"`
	Deprecated  []string `yaml:"deprecated" doc:"Old words that are found but never shown." title:"Old words" example:"[frigidity]"`
	Tier        string   `yaml:"tier" pattern:"^(independent|associate)$" form:"independent or associate" doc:"Licences only: independent or associate."`
	State       string   `yaml:"state" doc:"Licences only: the state, by its two letters." example:"WA"`
}

// A Vocabulary is the terms of one facet, in the order of its file.
type Vocabulary struct {
	Facet string
	File  *source.File
	Terms []Term

	byID map[string]*Term
}

// NewVocabulary returns the vocabulary of the terms. Of two terms with one key the first counts.
func NewVocabulary(facet string, file *source.File, terms []Term) *Vocabulary {
	v := &Vocabulary{Facet: facet, File: file, Terms: terms, byID: make(map[string]*Term, len(terms))}
	for i := range terms {
		key := v.Key(terms[i].State, terms[i].ID)
		if _, taken := v.byID[key]; !taken {
			v.byID[key] = &terms[i]
		}
	}
	return v
}

// Key is how a term is looked up: licences are keyed by state and id, all others by id.
func (v *Vocabulary) Key(state, id string) string {
	if v.Facet == LicenseType {
		return state + " " + id
	}
	return id
}

// Term returns the term with the id, or nil. A nil Vocabulary has no terms.
func (v *Vocabulary) Term(id string) *Term {
	if v == nil {
		return nil
	}
	return v.byID[id]
}

// License returns the licence of a state, or nil.
func (v *Vocabulary) License(state, id string) *Term {
	return v.Term(state + " " + id)
}

// Label returns the term's label, or the id itself where the vocabulary does not know it.
func (v *Vocabulary) Label(id string) string {
	if t := v.Term(id); t != nil && t.Label != "" {
		return t.Label
	}
	return id
}

// Meant returns the id of the term that word most likely means: one that has it as label or alias,
// letter case aside. It returns "" where no term has it.
func (v *Vocabulary) Meant(word string) string {
	if v == nil {
		return ""
	}
	for i := range v.Terms {
		t := &v.Terms[i]
		if strings.EqualFold(t.ID, word) || strings.EqualFold(t.Label, word) {
			return t.ID
		}
		for _, names := range [][]string{t.Aliases, t.Formal, t.Deprecated} {
			for _, name := range names {
				if strings.EqualFold(name, word) {
					return t.ID
				}
			}
		}
	}
	return ""
}

// Clinical returns the clinical names as one text, parted by commas; it is empty where there are none.
func (t *Term) Clinical() string { return strings.Join(t.Formal, ", ") }

// Words returns every id and alias, for suggestions.
func (v *Vocabulary) Words() []string {
	if v == nil {
		return nil
	}
	var words []string
	for i := range v.Terms {
		words = append(words, v.Terms[i].ID)
	}
	for i := range v.Terms {
		words = append(words, v.Terms[i].Label)
		words = append(words, v.Terms[i].Aliases...)
	}
	return words
}
