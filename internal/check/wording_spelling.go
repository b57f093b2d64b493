package check

import (
	"strings"

	"nwioi/internal/diag"
)

// compounds are words that people write in one, with a hyphen or apart, by their parts. Parts that are
// found apart for other reasons ("on line 7") are told from the others by open.
var compounds = []struct {
	first, second string
	open          bool // "health care" is one way to write it
}{
	{"tele", "health", true}, {"tele", "therapy", true}, {"tele", "medicine", true}, {"health", "care", true}, {"e", "mail", true},
	{"web", "site", true}, {"on", "line", false}, {"non", "profit", true}, {"non", "binary", true}, {"non", "monogamy", true},
	{"psycho", "education", true}, {"pre", "marital", true}, {"well", "being", false}, {"non", "monogamous", true}, {"co", "therapist", true},
	{"home", "page", true}, {"work", "shop", false}, {"sex", "positive", false}, {"bi", "weekly", true}, {"post", "graduate", false},
}

// wordingSpelling finds a term that the site spells in more than one way: S.A.R. and SAR, CEU's and CEUs,
// tele-health and telehealth. Of acronyms the plain form is the right one; of other words the form that
// stands on the site most often.
func wordingSpelling() rule {
	const id = "wording/spelling"
	closed := map[string]string{}
	openly := map[string][]string{} // first part → second parts
	var starts []string
	for _, c := range compounds {
		closed[c.first+c.second] = c.first + c.second
		if openly[c.first] == nil {
			starts = append(starts, c.first)
		}
		openly[c.first] = append(openly[c.first], c.second)
		starts = append(starts, c.first+c.second)
	}
	mayStandApart := func(first, second string) bool {
		for _, c := range compounds {
			if c.first == first && c.second == second {
				return c.open
			}
		}
		return false
	}
	note := func(r *reading, key string, first, last int, odd bool) {
		r.terms = append(r.terms, mention{key, r.keep(), int(r.words[first].start), int(r.words[last].end), odd})
		r.odd = r.odd || odd
	}
	return rule{
		Rule:  Rule{ID: id, Severity: diag.Warning, Summary: "A term is spelt in one way across the site."},
		words: starts,
		word: func(r *reading) {
			word := r.lower(r.at)
			if key, ok := closed[word]; ok {
				note(r, key, r.at, r.at, key == "healthcare" || key == "homepage")
				return
			}
			if r.at+1 >= len(r.words) {
				return
			}
			next, gap := strings.TrimSuffix(r.lower(r.at+1), "s"), r.words[r.at+1].gap
			for _, second := range openly[word] {
				if next == second && (gap == hyphen || gap == space && mayStandApart(word, second)) {
					note(r, word+second, r.at, r.at+1, gap == hyphen || word != "health" && word != "home")
				}
			}
		},
		capital: func(r *reading) {
			i := r.at
			if r.words[i].gap == dot {
				return
			}
			if last := r.dotted(i); last > i { // S.A.R.
				key := strings.ReplaceAll(r.text.words[r.words[i].start:r.words[last].end], ".", "")
				note(r, "."+strings.ToUpper(key), i, last, true)
				return
			}
			form := acronym(r.word(i))
			switch {
			case form == "" && len(r.word(i)) <= 4:
				note(r, "."+strings.ToUpper(r.word(i)), i, i, false) // PhD, to be compared with Ph.D.
			case form == "":
			case i+1 < len(r.words) && r.words[i+1].gap == apostrophe && r.word(i+1) == "s":
				if r.isPlural(i) {
					note(r, "."+form+"S", i, i+1, true)
				}
			default:
				note(r, "."+strings.ToUpper(r.word(i)), i, i, false)
			}
		},
		edition: func(p *pass) { p.spellings(id) },
	}
}

// dotted returns the last word of a run such as "S.A.R." or "Ph.D." that begins with word i, or i.
func (r *reading) dotted(i int) int {
	last := i
	for k := i; len(r.word(k)) <= 2 && r.words[k].kind&^(lower|upper) == 0; k++ {
		last = k
		if k+1 >= len(r.words) || r.words[k+1].gap != dot || r.words[k+1].kind&upper == 0 {
			break
		}
	}
	return last
}

// isPlural reports whether the acronym at word i with 's after it is meant as a plural ("21 CEU's") and
// not as a possessive ("AASECT's rules").
func (r *reading) isPlural(i int) bool {
	if i > 0 && r.words[i].gap == space && (r.words[i-1].kind&(digit|fact) != 0 ||
		r.any(i-1, i, "many", "some", "more", "few", "several", "all", "these", "those", "earn", "your", "of", "no", "how", "enough", "extra", "additional")) {
		return true
	}
	return i+2 >= len(r.words) || r.words[i+2].gap != space ||
		r.any(i+2, i+3, "are", "were", "will", "can", "count", "for", "from", "in", "and", "or", "to", "toward", "do", "have", "that", "you")
}

// A spelling is one way to write a term, and how often the site does.
type spelling struct {
	form  string
	n     int
	first string // the file where it stands first
}

// spellings compares how the terms of the edition are written.
func (p *pass) spellings(id string) {
	wanted := map[string][]spelling{}
	for _, s := range p.sheets {
		if s.odd {
			for _, m := range s.terms {
				if m.odd {
					wanted[m.form] = nil
				}
			}
		}
	}
	if len(wanted) == 0 {
		return
	}
	for _, s := range p.sheets {
		for _, m := range s.terms {
			forms, ok := wanted[m.form]
			if !ok {
				continue
			}
			form := m.written()
			i := 0
			for i < len(forms) && forms[i].form != form {
				i++
			}
			if i == len(forms) {
				forms = append(forms, spelling{form: form, first: s.file.Path})
			}
			forms[i].n++
			wanted[m.form] = forms
		}
	}
	for _, s := range p.sheets {
		for _, m := range s.terms {
			forms := wanted[m.form]
			if len(forms) < 2 {
				continue
			}
			usual := forms[0]
			for _, f := range forms[1:] {
				if better(f, usual) {
					usual = f
				}
			}
			if form := m.written(); form != usual.form {
				p.wrongWords(s, m.text, m.start, m.end, id, quote(form)+" is written "+quote(usual.form)+" elsewhere on this site",
					"write "+quote(usual.form)+", as "+usual.first+" does")
			}
		}
	}
}

// better reports whether form a is the one to keep rather than b: the one without full stops or an
// apostrophe, then the one that is used more often.
func better(a, b spelling) bool {
	plainA, plainB := !strings.ContainsAny(a.form, ".'’"), !strings.ContainsAny(b.form, ".'’")
	if plainA != plainB {
		return plainA
	}
	return a.n > b.n
}

// written returns how a term is written, in lower case unless it is an acronym.
func (m mention) written() string {
	written := m.text.words[m.start:m.end]
	if m.form[0] == '.' {
		return strings.ReplaceAll(written, "'", "’")
	}
	return strings.TrimSuffix(strings.ToLower(written), "s")
}
