// Package data provides the vocabularies the institute's site speaks in: concerns, ways of working,
// communities, languages, insurers, licences and the rest, as the YAML files that staff edit.
//
// They live beside the institute's own records, and not inside a package of code, so that the words the
// generator falls back on are the very words the institute uses: a site that lacks a vocabulary file gets
// this one, and there is no second copy to keep in step. The files are read by internal/read like any
// other record; nothing here parses them.
//
// The package deliberately embeds nothing else of this folder: practitioners, courses and facts belong to
// one site, and a binary that carried them could publish them by accident.
package data

import "embed"

// Vocabulary holds one file per facet, vocabulary/<facet>.yaml, in the format of the contract: a list of
// {id, label, description?, aliases?, formal?, related?, deprecated?}, licences with tier and state too.
//
//go:embed vocabulary/*.yaml
var Vocabulary embed.FS
