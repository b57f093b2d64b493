package check

import (
	"strings"

	"nwioi/internal/diag"
	"nwioi/internal/markdown"
	"nwioi/internal/site"
)

// A reading is one file while its prose is read word by word. Rules are called with it at the words
// that concern them, and see the whole text around.
type reading struct {
	*sheet
	pass   *pass
	places places
	texts  []text // of the file
	text   *text  // the one at hand
	textAt int    // which of them it is
	kept   *text  // a copy of it, for what outlives the reading
	words  []word // of the text
	at     int    // the word at hand
	facts  int    // how many cited facts stand before it

	hasSource, hasLink answer         // of the text at hand
	told               map[string]int // how many problems of each rule the file has

	acronyms  []mention // of the file, each once
	strangers []mention // names of programmes that are not the site's
	colons    colons
}

// A mention is a word or more of a text.
type mention struct {
	form       string
	text       *text
	start, end int
	odd        bool // of a term: not written the usual way
}

// An answer is what was found out about the text at hand, if it was asked.
type answer uint8

const (
	unasked answer = iota
	no
	yes
)

// answered returns the answer, and finds it out with ask the first time.
func (a *answer) answered(ask func() bool) bool {
	if *a == unasked {
		*a = no
		if ask() {
			*a = yes
		}
	}
	return *a == yes
}

// A scanner knows at which words which rules want to be called.
type scanner struct {
	words   map[string][]func(*reading)
	maybe   [4096]bool // by shape: whether one of the words has it
	doubled []func(*reading)
	number  []func(*reading)
	capital []func(*reading)
	text    []func(*reading)
	sheet   []func(*reading)
	record  []func(*record)
}

func newScanner(rules []rule) *scanner {
	sc := &scanner{words: map[string][]func(*reading){}}
	add := func(list *[]func(*reading), f func(*reading)) {
		if f != nil {
			*list = append(*list, f)
		}
	}
	for _, r := range rules {
		for _, w := range r.words {
			sc.words[w] = append(sc.words[w], r.word)
			sc.maybe[shape(w[0], w[len(w)-1], len(w))] = true
		}
		add(&sc.doubled, r.doubled)
		add(&sc.number, r.number)
		add(&sc.capital, r.capital)
		add(&sc.text, r.text)
		add(&sc.sheet, r.sheet)
		if r.record != nil {
			sc.record = append(sc.record, r.record)
		}
	}
	return sc
}

// read returns the sheet of a subject after the rules that look at one file saw it.
func (p *pass) read(sub subject) *sheet {
	r, _ := p.readings.Get().(*reading)
	if r == nil {
		r = &reading{pass: p, told: map[string]int{}}
	}
	defer p.readings.Put(r)
	r.open(sub)
	for i := range r.texts {
		if r.texts[i].kind != markdown.Code {
			r.text, r.textAt, r.kept = &r.texts[i], i, nil
			r.scan(p.scanner)
		}
	}
	for _, f := range p.scanner.sheet {
		f(r)
	}
	if who, ok := sub.value.(*site.Practitioner); ok {
		rec := &record{pass: p, sheet: r.sheet, places: &r.places, told: r.told, Practitioner: who}
		for _, f := range p.scanner.record {
			f(rec)
		}
	}
	return r.sheet
}

// keep returns a copy of the text at hand for what outlives the reading.
func (r *reading) keep() *text {
	if r.kept == nil {
		kept := *r.text
		r.kept = &kept
	}
	return r.kept
}

// scan calls the rules at the words of the text.
func (r *reading) scan(sc *scanner) {
	text := r.text.words
	r.words = words(r.words[:0], text)
	r.facts, r.hasSource, r.hasLink = 0, unasked, unasked
	var folded [32]byte
	for i := range r.words {
		w := &r.words[i]
		r.at = i
		n := int(w.end - w.start)
		if w.gap == space {
			if last := &r.words[i-1]; n == int(last.end-last.start) && strings.EqualFold(text[w.start:w.end], text[last.start:last.end]) {
				call(sc.doubled, r)
			}
		}
		if w.kind&(lower|upper) != 0 && w.kind&(digit|letter) == 0 && n < 32 {
			if sc.maybe[shape(text[w.start], text[w.end-1], n)] {
				for j := range n {
					folded[j] = text[int(w.start)+j] | 0x20
				}
				call(sc.words[string(folded[:n])], r)
			}
			if w.kind&upper != 0 && text[w.start] < 'a' {
				call(sc.capital, r)
			}
		}
		if classes[text[w.start]] == digit {
			call(sc.number, r)
		} else if w.kind == fact {
			r.facts++
		}
	}
	call(sc.text, r)
}

// shape puts a word of ASCII letters, in either case, into one of 4096 bins.
func shape(first, last byte, length int) int {
	return int(first&31)<<7 | int(last&31)<<2 | length&3
}

func call(rules []func(*reading), r *reading) {
	for _, f := range rules {
		f(r)
	}
}

// word returns the text of word i, or "" where there is none.
func (r *reading) word(i int) string {
	if i < 0 || i >= len(r.words) {
		return ""
	}
	return r.text.words[r.words[i].start:r.words[i].end]
}

// lower returns the text of word i in lower case, or "".
func (r *reading) lower(i int) string { return strings.ToLower(r.word(i)) }

// joined reports whether word i follows the one before after white space alone.
func (r *reading) joined(i int) bool { return i > 0 && i < len(r.words) && r.words[i].gap == space }

// farthest is how many words before and after a word are looked at: longer sentences are none.
const farthest = 60

// sentence returns the words from first to before last that stand in one sentence with word i.
func (r *reading) sentence(i int) (first, last int) {
	for first = i; first > max(0, i-farthest) && !r.words[first].fresh; first-- {
	}
	for last = i + 1; last < min(len(r.words), i+farthest) && !r.words[last].fresh; last++ {
	}
	return first, last
}

// any reports whether one of the words from first to before last is one of the given.
func (r *reading) any(first, last int, given ...string) bool {
	for i := first; i < last; i++ {
		word := r.word(i)
		for _, g := range given {
			if strings.EqualFold(word, g) {
				return true
			}
		}
	}
	return false
}

// wrong reports a problem at the words from first to last of the text.
func (r *reading) wrong(first, last int, rule, message, hint string) {
	r.wrongAt(r.text, int(r.words[first].start), int(r.words[last].end), rule, message, hint)
}

// enough is how many problems of one rule are told of one file.
const enough = 100

// full reports whether enough problems of a rule are told of the file.
func (r *reading) full(rule string) bool { return r.told[rule] >= enough }

func (r *reading) wrongAt(t *text, start, end int, rule, message, hint string) {
	if r.told[rule]++; r.told[rule] > enough {
		return
	} else if r.told[rule] == enough {
		hint += "; there may be more of this in the file"
	}
	d := diag.Diagnostic{Path: r.file.Path, Severity: r.pass.severity[rule], Rule: rule, Message: message, Hint: hint}
	d.Pos, d.Width, d.Source = r.places.spot(t, start, end)
	r.found = append(r.found, d)
}

// quoted returns the words from first to last as they are written.
func (r *reading) quoted(first, last int) string {
	return quote(r.text.words[r.words[first].start:r.words[last].end])
}

// A record is one practitioner while the rules look at it.
type record struct {
	*site.Practitioner
	pass   *pass
	sheet  *sheet
	places *places
	told   map[string]int
}

// full reports whether enough problems of a rule are told of the record.
func (r *record) full(rule string) bool { return r.told[rule] >= enough }

// wrong reports a problem at a field.
func (r *record) wrong(field, rule, message, hint string) {
	if r.told[rule]++; r.told[rule] > enough {
		return
	}
	r.sheet.found = append(r.sheet.found, r.pass.problem(r.places, field, rule, message, hint))
}
