package check

import (
	"strings"

	"nwioi/internal/diag"
)

// A fitting is an article that stands before a cited fact: whether the two fit depends on the fact.
type fitting struct {
	article    string
	fact       string // its id
	text       *text
	start, end int // of both
}

// wordingArticle finds "a" and "an" before a figure, a letter or an acronym that asks for the other one:
// "an $700", "a 18-month". Where readers may say it in two ways ("a SAR") both are right.
func wordingArticle() rule {
	const id = "wording/article"
	report := func(r *reading, last int, wanted, why string) {
		article := r.at
		if r.words[article].kind == upper {
			wanted = strings.ToUpper(wanted[:1]) + wanted[1:]
		}
		between := r.text.words[r.words[article].end:r.words[article+1].start]
		r.wrong(article, last, id, r.quoted(article, last)+" does not fit: "+why,
			"write "+quote(wanted+between+r.text.words[r.words[article+1].start:r.words[last].end]))
	}
	return rule{
		Rule:  Rule{ID: id, Severity: diag.Warning, Summary: "“A” and “an” fit the figure or letter that follows."},
		words: []string{"a", "an"},
		word: func(r *reading) {
			i := r.at
			if i+1 >= len(r.words) || r.words[i].kind == upper && !r.words[i].fresh || r.words[i].gap == hyphen || r.words[i].gap == apostrophe {
				return
			}
			between := r.text.words[r.words[i].end:r.words[i+1].start]
			if !strings.HasPrefix(between, " ") || strings.Trim(between, " $€£(“\"‘'") != "" {
				return
			}
			article, next := r.lower(i), &r.words[i+1]
			var wanted, why string
			switch {
			case next.kind == fact:
				if r.facts < len(r.text.facts) {
					r.fitting = append(r.fitting, fitting{article, r.text.facts[r.facts], r.keep(), int(r.words[i].start), int(next.end)})
				}
				return
			case classes[r.text.words[next.start]] == digit:
				wanted, why = beforeNumber(r.text.words[next.start:])
			case next.kind&^lower == upper:
				wanted, why = beforeLetters(r.word(i + 1))
			}
			if wanted != "" && wanted != article {
				report(r, i+1, wanted, why)
			}
		},
		edition: func(p *pass) {
			for _, s := range p.sheets {
				for _, f := range s.fitting {
					known, ok := p.Book.Fact(f.fact)
					value := strings.TrimLeft(known.Text(), "$€£")
					if !ok || value == "" || classes[value[0]] != digit {
						continue
					}
					if wanted, why := beforeNumber(value); wanted != "" && wanted != f.article {
						p.wrongWords(s, f.text, f.start, f.start+len(f.article), id,
							quote(f.article+" "+known.Text())+" does not fit: "+why, "write "+quote(wanted)+" before this fact")
					}
				}
			}
		},
	}
}

// beforeNumber returns the article before the figure that begins a text, and why; "" where it can be
// read in two ways: 1850 is a year or one thousand and more.
func beforeNumber(text string) (article, why string) {
	end := 0
	for end < len(text) && (classes[text[end]] == digit || text[end] == ',' && end+1 < len(text) && classes[text[end+1]] == digit) {
		end++
	}
	lead, _, grouped := strings.Cut(text[:end], ",")
	switch {
	case lead[0] == '8':
		return "an", quote(lead) + " is said with a vowel first"
	case len(lead) == 4 && !grouped && (lead[:2] == "11" || lead[:2] == "18"):
		return "", ""
	case (lead[:min(2, len(lead))] == "11" || lead[:min(2, len(lead))] == "18") && len(lead)%3 == 2:
		return "an", quote(lead) + " is said with a vowel first"
	}
	return "a", quote(lead) + " is said with a consonant first"
}

// beforeLetters returns the article before a letter or an acronym, and why; "" where it may be said as
// a word or letter by letter and the two differ.
func beforeLetters(word string) (article, why string) {
	letters := strings.TrimRight(word, "abcdefghijklmnopqrstuvwxyz")
	if letters == "" || len(word)-len(letters) > 1 || len(letters) > 6 || letters == "ONE" || letters == "ONCE" {
		return "", ""
	}
	if len(letters) == 1 && len(word) > 1 {
		return "", "" // an ordinary word that begins a name
	}
	vowelName := strings.ContainsAny(letters[:1], "AEFHILMNORSX")
	switch {
	case letters == "I" || len(letters) > 1 && letters[0] == 'U':
		return "", ""
	case len(letters) > 1 && strings.ContainsAny(letters, "AEIOUY") && vowelName && !strings.ContainsAny(letters[:1], "AEIO"):
		return "", ""
	case vowelName:
		return "an", quote(word) + " is said with a vowel first"
	}
	return "a", quote(word) + " is said with a consonant first"
}
