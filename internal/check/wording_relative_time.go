package check

import "nwioi/internal/diag"

// wordingRelativeTime finds words that are true on the day of writing only: "this year", "upcoming".
// A note on someone's availability is left alone, because it carries its own date.
func wordingRelativeTime() rule {
	const id = "wording/relative-time"
	report := func(r *reading, first, last int) {
		r.wrong(first, last, id, r.quoted(first, last)+" means another time to whoever reads it later",
			"write the date, such as June 2027, or leave it out")
	}
	return rule{
		Rule: Rule{ID: id, Severity: diag.Warning, Summary: "A time is given as a date and not as “next month”."},
		words: []string{
			"upcoming", "forthcoming", "recently", "lately", "nowadays", "soon", "shortly", "tomorrow", "yesterday",
			"year", "month", "week", "spring", "summer", "fall", "autumn", "winter", "semester", "season", "weekend",
			"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
			"years", "months", "weeks", "days",
		},
		word: func(r *reading) {
			if r.text.field == "availability.note" {
				return
			}
			before, word := r.lower(r.at-1), r.lower(r.at)
			if !r.joined(r.at) {
				before = ""
			}
			switch word {
			case "upcoming", "forthcoming", "tomorrow", "yesterday", "nowadays":
				report(r, r.at, r.at)
			case "recently", "lately", "soon", "shortly":
				switch before {
				case "as", "too", "how", "so", "very", "more", "most", "less", "until", "not":
					return
				}
				if next := r.lower(r.at + 1); (next == "as" || next == "after" || next == "before" || next == "enough") && r.joined(r.at+1) {
					return
				}
				report(r, r.at, r.at)
			case "years", "months", "weeks", "days":
				if (before == "coming" || before == "recent") && r.joined(r.at-1) {
					report(r, r.at-1, r.at)
				}
			default:
				if before != "this" && before != "next" && before != "last" {
					return
				}
				if r.joined(r.at+1) && r.lower(r.at+1) == "of" {
					return // "last week of the course"
				}
				if r.joined(r.at - 1) {
					switch r.lower(r.at - 2) {
					case "the", "each", "every", "any", "a", "one", "your", "my", "our", "their", "his", "her", "its":
						return // "from the last week to the next year"
					}
				}
				if word == "weekend" && before == "this" {
					return // the one the text is about
				}
				if (word == "may" || word == "march") && r.words[r.at].kind == lower {
					return // "this may help"
				}
				report(r, r.at-1, r.at)
			}
		},
	}
}
