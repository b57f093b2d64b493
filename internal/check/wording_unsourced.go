package check

import (
	"strings"

	"nwioi/internal/diag"
	"nwioi/internal/site"
)

// wordingUnsourced finds claims that readers cannot look up: a share in percent, or what studies are
// said to show, in a paragraph without a link, a footnote or a cited fact. What people say in their own
// records is theirs.
func wordingUnsourced() rule {
	const id = "wording/unsourced"
	const hint = "link to the source in the same paragraph, cite a fact, or leave the claim out"
	return rule{
		Rule:  Rule{ID: id, Severity: diag.Warning, Summary: "A claim with a figure or “studies show” says where it comes from."},
		words: []string{"show", "shows", "shown", "suggest", "suggests", "prove", "proves", "proven", "find", "finds", "found", "indicate", "indicates", "demonstrate", "demonstrates", "agree", "says", "say", "confirm", "confirms", "percent"},
		word: func(r *reading) {
			if r.lower(r.at) == "percent" {
				if r.joined(r.at) && r.words[r.at-1].kind&digit != 0 && r.word(r.at-1) != "100" && !r.sourced() {
					r.wrong(r.at-1, r.at, id, r.quoted(r.at-1, r.at)+" is a figure without a source", hint)
				}
				return
			}
			if !r.joined(r.at) {
				return
			}
			first := r.at - 1
			for first > 0 && r.joined(first) && (r.any(first, first+1, "has", "have", "had", "also", "now", "often", "consistently", "repeatedly", "clearly")) {
				first--
			}
			switch r.lower(first) {
			case "studies", "study", "research", "researchers", "statistics", "experts", "evidence", "science", "scientists", "surveys", "survey", "literature":
				if !r.sourced() {
					r.wrong(first, r.at, id, r.quoted(first, r.at)+" names no source", hint)
				}
			}
		},
		number: func(r *reading) {
			text, end := r.text.words, int(r.words[r.at].end)
			if end < len(text) && text[end] == '%' && r.word(r.at) != "100" && !r.sourced() {
				r.wrong(r.at, r.at, id, quote(r.word(r.at)+"%")+" is a figure without a source", hint)
			}
		},
	}
}

// sourced reports whether the paragraph of the text says where its claims come from, or need not.
func (r *reading) sourced() bool {
	if _, own := r.value.(*site.Practitioner); own || len(r.text.facts) > 0 {
		return true
	}
	return r.text.doc != nil && r.hasSource.answered(func() bool { return r.written("](", "][", "[^", "://", "{{") })
}

// written reports whether one of the marks stands on the lines of the file that hold the text.
func (r *reading) written(marks ...string) bool {
	doc := r.text.doc
	first, _ := r.places.inside(r.text.field, doc.Pos(r.text.start))
	last, _ := r.places.inside(r.text.field, doc.Pos(r.text.start+len(r.text.words)-1))
	for n := first.Line; n <= last.Line; n++ {
		source := r.places.line(n)
		for _, mark := range marks {
			if strings.Contains(source, mark) {
				return true
			}
		}
	}
	return false
}
