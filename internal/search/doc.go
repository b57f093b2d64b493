// Package search finds documents by what a person types and chooses, at build time in Go and later
// in a browser that has nothing but static files.
//
// It takes documents — typed fields, facet values, ranges, places, a card — and a vocabulary, and
// knows no practitioner. Build gives an Index: Index.Search is the reference implementation of
// query and ranking, Index.Files the binary files from which the other half, the TypeScript in
// themes/institute/scripts, answers the same queries with the same ids, order and counts. A test
// runs both on random corpora.
//
// The order of two results is decided by the words first (see Tier: a whole word of a name, then a
// top concern, and so on), then by the position the caller gave each document. Everything that
// decides which documents the words find depends on the words alone and never on the choices beside
// them, so adding a choice can only narrow a result.
//
// Building is pure: the same input gives the same bytes, on any number of cores. The package reads
// no clock and no file; a day comes in as a number. README.md beside this file explains the file
// format and the ranking.
package search
