// Package fix repairs what is wrong with the files of a site and has one safe answer.
//
// A repair never decides what somebody meant: a word becomes the id of the one vocabulary term that
// claims it, a date is written anew where it can be read in one way only. What is repaired is named in
// Kinds; everything else is left to the people who know. The rest of the file, with its comments and its
// order, stays as it is, byte for byte.
//
// The package reads no disk and writes none. Site takes a tree and a function that checks one, and
// returns files with what they held and what they shall hold; to repair these again changes nothing. A
// repair after which a file that could be read has a problem it did not have before is not made.
package fix

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"nwioi/internal/diag"
	"nwioi/internal/site"
	"nwioi/internal/source"
	"nwioi/internal/yamlx"
)

// A Kind is one sort of repair, by the rule id that its notes carry.
type Kind struct{ ID, Summary string }

// The kinds of repair.
const (
	lineEnds  = "fix/line-ends"
	byteMark  = "fix/byte-order-mark"
	hardSpace = "fix/hard-space"
	blanks    = "fix/trailing-blanks"
	tabs      = "fix/tabs"
	quotes    = "fix/quotes"
	word      = "fix/vocabulary"
	date      = "fix/date"
	phone     = "fix/phone"
	state     = "fix/state"
	keyName   = "fix/key"
)

// Kinds returns every sort of repair, in the order in which they are tried.
func Kinds() []Kind {
	return []Kind{
		{byteMark, "An invisible mark at the beginning of a file goes."},
		{lineEnds, "Lines end with LF alone, not with CRLF or CR."},
		{hardSpace, "A space that does not break, or has another width where YAML wants a space, becomes a plain one; an invisible space goes."},
		{blanks, "Spaces and tabs at the end of a line go, but for the two spaces that break a line of Markdown."},
		{tabs, "Tabs that indent YAML become spaces, where every width says the same."},
		{quotes, "Curly quotation marks around a value become straight ones, where they keep the file or the value from being understood."},
		{keyName, "A key that is known but for capital letters, hyphens and underscores is written as it is known."},
		{word, "A label, alias or other name that one term of a vocabulary has becomes the id of that term."},
		{date, "A date that can be read in one way only is written YYYY-MM-DD."},
		{phone, "A phone number of ten digits, or with its country's number, is written in international form."},
		{state, "The name of a state becomes its two letters."},
	}
}

// A Repair is one file before and after, and what was done to it.
type Repair struct {
	Path          string
	Before, After []byte
	Notes         diag.List // one for each place, in order
}

// A Check returns what a tree holds and what is wrong with it.
type Check func(*source.Tree) (*site.Edition, diag.List)

// Tree returns the tree with the repairs made.
func Tree(tree *source.Tree, repairs []Repair) *source.Tree {
	changed := map[string][]byte{}
	for _, r := range repairs {
		changed[r.Path] = r.After
	}
	return tree.Update(changed)
}

// rounds is how often what a repair lays open is repaired in its turn: a file that can be read again
// shows its values, and a value in the right form is looked up.
const rounds = 6

// Site returns the repairs of a tree, in the order of the paths. Files that came with the program and
// those that a link leads to are not repaired.
func Site(tree *source.Tree, check Check) []Repair {
	made := map[string]*Repair{}
	refused := map[string]bool{}
	for f := range tree.Under("") {
		if eligible(tree, f) {
			if data, notes := text(f.Path, f.Data); len(notes) > 0 {
				made[f.Path] = &Repair{f.Path, f.Data, data, notes}
			}
		}
	}
	current := Tree(tree, sorted(made))
	edition, problems := check(current)
	for range rounds {
		found := byFile(problems)
		next := map[string]*Repair{}
		for p, list := range found {
			f := current.File(p)
			if f == nil || refused[p] || !eligible(tree, f) {
				continue
			}
			if data, notes := mend(f, list, edition); len(notes) > 0 {
				next[p] = &Repair{p, f.Data, data, notes}
			}
		}
		if len(next) == 0 {
			break
		}
		try := Tree(current, sorted(next))
		_, after := check(try)
		now := byFile(after)
		for p := range next {
			if worse(found[p], now[p]) {
				refused[p] = true
				delete(next, p)
			}
		}
		current = Tree(current, sorted(next))
		edition, problems = check(current)
		for p, r := range next {
			if before := made[p]; before != nil {
				before.After, before.Notes = r.After, append(before.Notes, r.Notes...)
			} else {
				made[p] = r
			}
		}
	}
	return sorted(made)
}

// eligible reports whether a file is one that can be repaired: a page or record of the site itself.
func eligible(tree *source.Tree, f *source.File) bool {
	if f.Builtin || tree.Linked(f.Path) {
		return false
	}
	ext := path.Ext(f.Path)
	if strings.HasPrefix(f.Path, "content/") && ext == ".md" || strings.HasPrefix(f.Path, "data/") && ext == ".yaml" {
		_, problems := yamlx.CheckText(f.Path, f.Data)
		return problems == nil
	}
	return false
}

func byFile(l diag.List) map[string]diag.List {
	out := map[string]diag.List{}
	for _, d := range l {
		out[d.Path] = append(out[d.Path], d)
	}
	return out
}

func sorted(repairs map[string]*Repair) []Repair {
	var out []Repair
	for _, r := range repairs {
		if !bytes.Equal(r.Before, r.After) {
			r.Notes = r.Notes.Sorted()
			out = append(out, *r)
		}
	}
	slices.SortFunc(out, func(a, b Repair) int { return strings.Compare(a.Path, b.Path) })
	return out
}

// worse reports whether a file that could be read has a problem that it did not have. What comes to light
// once a file can be read does not count.
func worse(before, after diag.List) bool {
	had := map[string]bool{}
	for _, d := range before {
		if unreadable(d) {
			return len(after) > 0 && !slices.ContainsFunc(after, func(d diag.Diagnostic) bool { return !unreadable(d) }) && len(after) > len(before)
		}
		had[d.Rule+" "+d.Message] = true
	}
	return slices.ContainsFunc(after, func(d diag.Diagnostic) bool { return !had[d.Rule+" "+d.Message] && d.Severity > diag.Note })
}

// unreadable reports whether a problem is one that keeps values of a file from being read.
func unreadable(d diag.Diagnostic) bool {
	switch d.Rule {
	case "yaml/syntax", "yaml/refused", "page/front-matter", "yaml/unknown-key", "yaml/type", "yaml/value", "yaml/form", "yaml/choice", "date/form", "practitioner/state":
		return true
	}
	return false
}

// A parts is a file as YAML and, for a page, the Markdown after it.
type parts struct {
	page bool
	line int // of the file, on which the YAML begins
	yaml []byte
	body []byte // with the line that closes the front matter
	head []byte // with the line that opens it
}

// split returns the parts of a file that has no byte order mark and lines that end with LF. A page without
// front matter is all body.
func split(p string, data []byte) parts {
	if path.Ext(p) != ".md" {
		return parts{line: 1, yaml: data}
	}
	front, line, _, _, problems := yamlx.Split(p, data)
	if problems != nil {
		return parts{page: true, line: 1, body: data}
	}
	start := 0
	for range line - 1 {
		start += bytes.IndexByte(data[start:], '\n') + 1
	}
	return parts{true, line, front, data[start+len(front):], data[:start]}
}

func (p parts) joined() []byte { return slices.Concat(p.head, p.yaml, p.body) }

// note says what was done at a place.
func note(p string, pos diag.Pos, kind, sentence string) diag.Diagnostic {
	return diag.Diagnostic{Path: p, Pos: pos, Severity: diag.Note, Rule: kind, Message: sentence}
}
