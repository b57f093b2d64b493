package check

import "nwioi/internal/diag"

// wordingExpiredOffer finds an offer or a deadline that has passed and is told as if it held: "any year
// until 2023", "apply by 1 March 2024".
func wordingExpiredOffer() rule {
	const id = "wording/expired-offer"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Warning, Summary: "An offer or deadline that has passed is not told as open."},
		number: func(r *reading) {
			d, ok := r.dateAt(r.at)
			if !ok || !d.end.Before(r.pass.AsOf) || r.full(id) {
				return
			}
			first, last := r.sentence(r.at)
			limit := d.first - 1
			for limit > first && r.any(limit, limit+1, "the", "end", "of", "fall", "spring", "summer", "early", "late", "mid", "year", "midnight", "on") {
				limit--
			}
			if limit < first {
				return
			}
			switch r.lower(limit) {
			case "until", "till", "through", "thru", "by", "before", "ends", "expires", "closes", "deadline":
			case "to":
				if !r.any(limit-1, limit, "good", "valid", "up") {
					return
				}
			default:
				return
			}
			if r.past(first, last) || r.continues(last) || !r.any(first, last, offerWords...) {
				return
			}
			r.wrong(limit, d.last, id, r.quoted(limit, d.last)+" has passed, and the sentence speaks as if it had not",
				"take the offer out, or say that it has ended")
		},
	}
}

// offerWords are those that make a sentence with a time limit an offer or a demand.
var offerWords = []string{
	"offer", "offers", "free", "cost", "price", "prices", "discount", "discounts", "reduced", "rate", "rates", "fee", "fees", "sale", "save",
	"early", "register", "registration", "apply", "application", "applications", "enrol", "enroll", "enrolment", "enrollment", "sign", "book",
	"return", "refresher", "available", "valid", "open", "can", "may", "must", "will", "should", "deadline", "get", "join", "submit", "due",
	"ends", "expires", "closes", "award", "scholarship", "tuition", "come", "comes", "is", "are", "pay", "half", "charge",
}

// continues reports whether the sentence that begins with word i says that something has ended, so that
// the one before it is told as past.
func (r *reading) continues(i int) bool {
	if i >= len(r.words) {
		return false
	}
	_, last := r.sentence(i)
	return r.any(i, last, "ended", "expired", "passed", "over", "closed")
}
