// Package site is the vocabulary of the institute: its pages, practitioners, courses, awards, events,
// requirements and settings, the addresses they have, and what of them is published on a given day.
//
// There are two layers. A Site is what the files say, record by record, with ids where one speaks of
// another; a parsed value depends on the bytes of its own file and nothing else. An Edition is what a
// Site publishes on one day under one base URL: drafts, expired pages and people without consent are
// gone, references are resolved, and each practitioner has become a Person.
//
// Person is the public projection of a record: a type that has no place for what is private (the
// private key, the finer parts of an address that a precision hides, everything but identity.public).
// What makes output sees Persons and never a Practitioner, so what is private cannot be published by
// mistake.
//
// Values here are never modified once made. The package reads no file and knows no clock: the day is
// an option of the Edition.
package site

import (
	"slices"
	"strings"

	"nwioi/internal/source"
)

// A Site is what the files of one Tree say. Lists are sorted by the path of the file.
type Site struct {
	Settings      *Settings
	Vocabularies  map[string]*Vocabulary // by facet
	Facts         map[string]Fact        // data/facts.yaml
	Derived       map[string]FactEntry   // data/facts.yaml: those that are worked out of others
	FactsFile     *source.File
	Pages         []*Page
	Practitioners []*Practitioner
	Courses       []*Course
	Awards        []*Award
	Events        []*Event
	Pathway       *Pathway // nil where the site has none
	Requirements  []*RequirementSet
	Referrals     *ReferralLog      // nil where the site has none; never published
	Pictures      map[string]*Image // by path below the root
	Static        []*source.File    // files of static/, copied as they are
	History       *source.History   // when the files were last changed; nil where nobody asked git
}

// An Image is a picture file of content/ or data/practitioners/photos.
type Image struct {
	File          *source.File
	Width, Height int    // in pixels, as shown (orientation applied)
	Format        string // jpeg, png or webp
	Ext           string // of its published copies: .jpg or .png
}

// Vocabulary returns the vocabulary of a facet, or nil.
func (s *Site) Vocabulary(facet string) *Vocabulary { return s.Vocabularies[facet] }

// Course returns the course with the id, or nil.
func (s *Site) Course(id string) *Course {
	for _, c := range s.Courses {
		if c.ID == id {
			return c
		}
	}
	return nil
}

// Award returns the award with the id, or nil.
func (s *Site) Award(id string) *Award {
	for _, a := range s.Awards {
		if a.ID == id {
			return a
		}
	}
	return nil
}

// Practitioner returns the record with the id, or nil.
func (s *Site) Practitioner(id string) *Practitioner {
	i, found := slices.BinarySearchFunc(s.Practitioners, id, func(p *Practitioner, id string) int { return strings.Compare(p.ID, id) })
	if !found {
		return nil
	}
	return s.Practitioners[i]
}

// RequirementSet returns the set with the id, or nil.
func (s *Site) RequirementSet(id string) *RequirementSet {
	for _, r := range s.Requirements {
		if r.ID == id {
			return r
		}
	}
	return nil
}

// Requirement returns the requirement with the id, or nil.
func (r *RequirementSet) Requirement(id string) *Requirement {
	for i := range r.Requirements {
		if r.Requirements[i].ID == id {
			return &r.Requirements[i]
		}
	}
	return nil
}
