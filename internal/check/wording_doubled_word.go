package check

import (
	"strings"

	"nwioi/internal/diag"
)

// wordingDoubledWord finds a word that stands twice in a row. Words that a sentence may need twice
// ("had had", "nous nous"), names of two equal parts ("Walla Walla") and figures are left alone.
func wordingDoubledWord() rule {
	const id = "wording/doubled-word"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Warning, Summary: "No word stands twice in a row by mistake."},
		doubled: func(r *reading) {
			a, b := r.word(r.at-1), r.word(r.at)
			if r.words[r.at].kind&(digit|fact) != 0 {
				return
			}
			switch strings.ToLower(a) {
			case "had", "that", "very", "so", "no", "bye", "many", "really", "now", "there", "long", "far", "much", "never",
				"nous", "vous", "sie", "die", "der", "das":
				return
			}
			named := r.words[r.at].kind&(upper|letter) != 0 && a == b
			if named && len(a) > 1 && !r.any(r.at, r.at+1, "the", "a", "an", "and", "of", "to", "in", "is", "for", "we", "you", "it", "our") {
				return
			}
			r.wrong(r.at-1, r.at, id, quote(b)+" stands here twice", "remove one of the two")
		},
	}
}
