package check

import "nwioi/internal/diag"

// wordingPastAsFuture finds a date that has passed in a sentence that speaks of what is to come: "will
// be held in June 2021", "the next course: November 2020".
func wordingPastAsFuture() rule {
	const id = "wording/past-as-future"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Warning, Summary: "A date that has passed is not told as one to come."},
		number: func(r *reading) {
			d, ok := r.dateAt(r.at)
			if !ok || !d.end.Before(r.pass.AsOf) || r.full(id) {
				return
			}
			first, last := r.sentence(r.at)
			// "In June 2021 we will", "and in 2021 it will"
			in := d.first - 1
			opens := in >= first && r.any(in, d.first, "in", "on", "during") && (in == first || r.words[in].gap != space || r.lower(in-1) == "and") &&
				r.any(d.last+2, min(last, d.last+5), "will", "shall")
			if !opens && !r.future(first, d.first) || r.past(first, last) {
				return
			}
			switch r.lower(d.first - 1) {
			case "since", "from", "after", "of", "the":
				if !d.exact {
					return // "the rules of 2020 will stay"
				}
			case "until", "till", "through", "by", "before":
				return // wording/expired-offer
			}
			if !d.exact && !r.any(max(first, d.first-2), d.first, "in", "for", "on", "during", "course", "dates", "date", "year", "season", "early", "late", "mid") {
				return
			}
			r.wrong(d.first, d.last, id, r.quoted(d.first, d.last)+" has passed, and the sentence speaks of it as still to come",
				"say what happened, give the new date, or take the sentence out")
		},
	}
}

// future reports whether the words from first to before last speak of what is to come.
func (r *reading) future(first, last int) bool {
	for i := first; i < last; i++ {
		switch r.lower(i) {
		case "will", "shall", "upcoming", "forthcoming", "scheduled", "planned", "ll":
			return true
		case "next", "coming":
			if last-i <= 8 {
				return true
			}
		case "going":
			if r.lower(i+1) == "to" {
				return true
			}
		case "join", "register", "begins", "starts", "opens", "returns", "takes", "happens":
			if last-i <= 6 {
				return true
			}
		}
	}
	return false
}
