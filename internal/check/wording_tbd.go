package check

import "nwioi/internal/diag"

// wordingTBD finds places that somebody meant to fill in later.
func wordingTBD() rule {
	const id = "wording/tbd"
	const hint = "say what is known, or that it has not been announced and where it will be"
	return rule{
		Rule:  Rule{ID: id, Severity: diag.Warning, Summary: "Nothing is left “to be determined”."},
		words: []string{"tbd", "tba", "tbc", "determined", "announced", "decided", "confirmed"},
		word: func(r *reading) {
			if len(r.word(r.at)) == 3 {
				if r.words[r.at].kind == upper || r.words[r.at].kind == lower {
					r.wrong(r.at, r.at, id, r.quoted(r.at, r.at)+" tells readers nothing", hint)
				}
				return
			}
			if r.lower(r.at-1) == "be" && r.lower(r.at-2) == "to" && r.joined(r.at) && r.joined(r.at-1) {
				switch r.lower(r.at - 3) {
				case "have", "has", "had", "need", "needs", "is", "are", "was", "were", "remains", "remain", "likely", "expect", "expected":
					if r.joined(r.at - 2) {
						return // part of a sentence that says more
					}
				}
				r.wrong(r.at-2, r.at, id, r.quoted(r.at-2, r.at)+" tells readers nothing", hint)
			}
		},
		capital: func(r *reading) { // T.B.D.
			if r.word(r.at) == "T" && r.word(r.at+1) == "B" && (r.word(r.at+2) == "D" || r.word(r.at+2) == "A") &&
				r.words[r.at+1].gap == dot && r.words[r.at+2].gap == dot {
				r.wrong(r.at, r.at+2, id, r.quoted(r.at, r.at+2)+" tells readers nothing", hint)
			}
		},
	}
}
