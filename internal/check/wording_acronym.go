package check

import (
	"maps"
	"slices"
	"strings"

	"nwioi/internal/diag"
	"nwioi/internal/markdown"
	"nwioi/internal/site"
)

// ordinary are sets of capitals that readers know without being told.
var ordinary = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`
		USA US UK EU PDF ZIP FAQ TV OK ID AM PM HIV AIDS COVID URL QR DVD CD GPS LGBT LGBTQ LGBTQIA DIY RSVP PO PIN SMS ATM ISBN
		NW NE SW SE BC AD TBD TBA TBC MA MS BA BS MD JD HTML CSS RSS CSV JSON HTTP HTTPS IP WIFI
		II III IV VI VII VIII IX XI XII XIV XV XVI XX XXI
		NOT AND OR ALL NO YES NEW FREE NOW THE YOU WE IS ARE DO NEVER ALWAYS ONLY MUST NOTE PLEASE ONE AN IN ON TO OF FOR MY ME HE SHE IT`) {
		m[w] = true
	}
	return m
}()

// maxAcronyms bounds how many different acronyms of one file are looked at.
const maxAcronyms = 100

// wordingAcronym finds an acronym that the page never spells out. It is spelled out where words with
// its letters stand on the page ("American Association of … (AASECT)", "AASECT is the …"), or where it
// is a term of a list of definitions. In a practitioner's record the letters of the vocabularies
// (licences, certifications, ways of working) are at home.
func wordingAcronym() rule {
	const id = "wording/acronym"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Warning, Summary: "An acronym is spelled out once on every page that uses it."},
		capital: func(r *reading) {
			form := acronym(r.word(r.at))
			if form == "" || ordinary[form] || site.ValidState(form) || r.shouted() || len(r.acronyms) >= maxAcronyms {
				return
			}
			w := r.words[r.at]
			if w.gap == dot || w.gap == apostrophe {
				return
			}
			group := r.group(r.text)
			for _, known := range r.acronyms {
				if known.form == form && r.group(known.text) == group {
					return
				}
			}
			r.acronyms = append(r.acronyms, mention{form: form, text: r.keep(), start: int(w.start), end: int(w.end)})
		},
		sheet: func(r *reading) {
			if len(r.acronyms) == 0 {
				return
			}
			open := r.acronyms
			if _, own := r.value.(*site.Practitioner); own {
				known := r.pass.letters()
				open = slices.DeleteFunc(open, func(m mention) bool { return known[m.form] })
			}
			for i := range r.texts {
				if len(open) == 0 {
					return
				}
				t := &r.texts[i]
				group := r.group(t)
				r.words = words(r.words[:0], t.words)
				r.text = t
				open = slices.DeleteFunc(open, func(m mention) bool {
					return r.group(m.text) == group && r.spells(m.form)
				})
			}
			for _, m := range open {
				r.wrongAt(m.text, m.start, m.end, id, quote(m.form)+" is never spelled out on this page",
					"write the words once, with "+quote("("+m.form+")")+" after them")
			}
		},
	}
}

// acronym returns the letters of a word that is an acronym, without the s of its plural, or "".
func acronym(word string) string {
	form := strings.TrimSuffix(word, "s")
	if len(form) < 2 || len(form) > 12 {
		return ""
	}
	for i := range len(form) {
		if classes[form[i]] != upper {
			return ""
		}
	}
	return form
}

// shouted reports whether the word is one of three or more capitals in a row: a headline, no acronym.
func (r *reading) shouted() bool {
	run := 1
	for i := r.at; run < 3 && r.joined(i) && r.words[i-1].kind == upper; i-- {
		run++
	}
	for i := r.at + 1; run < 3 && r.joined(i) && r.words[i].kind == upper; i++ {
		run++
	}
	return run >= 3
}

// group returns which page of the file a text stands on: each step of the pathway has its own.
func (s *sheet) group(t *text) string {
	if strings.HasPrefix(t.field, "steps[") {
		return t.field[:strings.IndexByte(t.field, ']')]
	}
	return ""
}

// spells reports whether the text spells the acronym out.
func (r *reading) spells(form string) bool {
	if r.text.kind == markdown.Term {
		for i := range r.words {
			if acronym(r.word(i)) == form {
				return true
			}
		}
	}
	for i := range r.words {
		end, named, ok := r.initials(i, form)
		if !ok {
			continue
		}
		if len(form) >= 4 || named {
			return true
		}
		// Two or three letters are found by chance: the acronym itself must stand beside them.
		for k := max(0, i-4); k < min(len(r.words), end+3); k++ {
			if (k < i || k >= end) && acronym(r.word(k)) == form {
				return true
			}
		}
	}
	return false
}

// initials reports whether the words from i on have the letters of form as their initials, small words
// aside and one letter within a word allowed ("Northwest" gives N and W). It returns the word after the
// last, and whether all of them are capitalised.
func (r *reading) initials(i int, form string) (end int, named, ok bool) {
	initial := func(k int) byte {
		c := r.text.words[r.words[k].start]
		if classes[c] == lower {
			c -= 'a' - 'A'
		}
		return c
	}
	if initial(i) != form[0] || r.words[i].kind&lower == 0 {
		return 0, false, false
	}
	letter, inner, last := 0, false, ""
	named = true
	for k := i; k < len(r.words) && letter < len(form); k++ {
		if k > i && r.words[k].fresh {
			return 0, false, false
		}
		if r.words[k].kind&lower == 0 {
			return 0, false, false // an acronym itself, or a figure
		}
		word := r.lower(k)
		small := false
		switch word {
		case "of", "and", "the", "for", "on", "in", "to", "a", "an", "with", "or", "by", "as", "at":
			small = true
		}
		if letter > 0 && initial(k) != form[letter] {
			if small {
				continue
			}
			if !inner && letter+1 < len(form) && strings.IndexByte(last[1:], form[letter]|0x20) >= 0 && initial(k) == form[letter+1] {
				inner = true
				letter++
			} else {
				return 0, false, false
			}
		}
		named = named && (small || r.words[k].kind&upper != 0)
		letter++
		last, end = word, k+1
	}
	return end, named, letter == len(form)
}

// letters returns the acronyms that stand in the vocabularies.
func (p *pass) letters() map[string]bool {
	p.lettersOnce.Do(func() {
		p.lettersMap = map[string]bool{}
		for _, facet := range slices.Sorted(maps.Keys(p.Vocabularies)) {
			v := p.Vocabulary(facet)
			for i := range v.Terms {
				t := &v.Terms[i]
				for _, text := range slices.Concat([]string{t.ID, t.Label, t.Description}, t.Aliases, t.Deprecated) {
					for _, w := range words(nil, text) {
						if form := acronym(text[w.start:w.end]); form != "" {
							p.lettersMap[form] = true
						}
					}
				}
			}
		}
	})
	return p.lettersMap
}
