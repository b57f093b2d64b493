package check

import (
	"strconv"
	"strings"
	"time"

	"nwioi/internal/site"
)

// A dated is a date in a text: the words it takes and the last day it can mean.
type dated struct {
	first, last int // words
	end         site.Date
	exact       bool // more than a bare year
}

// dateAt reads the date whose year is word i: "2023", "June 2021", "fall 2020", "9–13 November 2020",
// "June 5, 2021", "2021-06-05", "6/5/2021". It reports whether there is one.
func (r *reading) dateAt(i int) (d dated, ok bool) {
	w := r.word(i)
	if len(w) != 4 || r.words[i].kind != digit || w[:2] != "19" && w[:2] != "20" {
		return d, false
	}
	year, _ := strconv.Atoi(w)
	d = dated{first: i, last: i, end: site.Date{Year: year, Month: time.December, Day: 31}}
	if i+2 < len(r.words) && r.words[i+1].gap == hyphen && r.words[i+2].gap == hyphen { // ISO
		if day, err := site.ParseDate(r.text.words[r.words[i].start:r.words[i+2].end]); err == nil {
			return dated{i, i + 2, day, true}, true
		}
	}
	if i >= 2 && r.slash(i) && r.slash(i-1) { // month/day/year
		month, _ := strconv.Atoi(r.word(i - 2))
		day, _ := strconv.Atoi(r.word(i - 1))
		if 1 <= month && month <= 12 && 1 <= day && day <= 31 {
			return dated{i - 2, i, site.Date{Year: year, Month: time.Month(month), Day: day}, true}, true
		}
	}
	if i == 0 || r.words[i].fresh {
		return d, true
	}
	before := r.lower(i - 1)
	if month, named := months[before]; named && r.near(i) {
		d.first, d.exact = i-1, true
		d.end = site.Date{Year: year, Month: month + 1, Day: 1}.AddDays(-1)
		if month == time.December {
			d.end = site.Date{Year: year, Month: month, Day: 31}
		}
		if day := r.day(i - 2); day > 0 && r.near(i-1) {
			d.first, d.end.Day = i-2, min(day, d.end.Day)
			if r.day(i-3) > 0 && r.words[i-2].gap != space {
				d.first-- // 9–13 November
			}
		}
		return d, true
	}
	if day := r.day(i - 1); day > 0 && i >= 2 { // June 5, 2021
		at := i - 2
		if r.day(at) > 0 && r.words[i-1].gap != space {
			at-- // June 5–7, 2021
		}
		if month, named := months[r.lower(at)]; named {
			return dated{at, i, site.Date{Year: year, Month: month, Day: day}, true}, true
		}
	}
	if month, named := seasons[before]; named && r.near(i) {
		d.first, d.exact, d.end = i-1, true, site.Date{Year: year, Month: month, Day: 30}
	}
	return d, true
}

// months are the last words before a year; months by their English names.
var months = map[string]time.Month{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
	"september": 9, "october": 10, "november": 11, "december": 12,
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}

// seasons are the months in which they end.
var seasons = map[string]time.Month{"spring": 6, "summer": 9, "fall": 12, "autumn": 12, "winter": 12}

// near reports whether at most a space, a comma or a full stop stands before word i.
func (r *reading) near(i int) bool {
	return i > 0 && strings.Trim(r.text.words[r.words[i-1].end:r.words[i].start], " ,.") == ""
}

// slash reports whether a slash alone stands before word i.
func (r *reading) slash(i int) bool {
	return i > 0 && r.text.words[r.words[i-1].end:r.words[i].start] == "/"
}

// day returns the day of the month that word i is ("5", "5th"), or 0.
func (r *reading) day(i int) int {
	w := strings.TrimRight(r.lower(i), "sthndr")
	n, err := strconv.Atoi(w)
	if err != nil || n < 1 || n > 31 || len(w) > 2 {
		return 0
	}
	return n
}

// pastTense are words after which a date in the past is simply told as past.
var pastTense = []string{
	"was", "were", "had", "did", "could", "would", "said", "reported", "ended", "expired", "passed", "closed", "used", "ran", "began",
	"started", "opened", "met", "took", "gave", "held", "hadn", "wasn", "weren", "didn", "ago", "announced", "happened",
}

// past reports whether a sentence tells what was: it holds a verb in the past tense. "Held each June"
// and "is held" are no such verbs.
func (r *reading) past(first, last int) bool {
	for i := first; i < last; i++ {
		if !r.any(i, i+1, pastTense...) {
			continue
		}
		if i > first && r.any(i-1, i, "be", "is", "are", "been", "being") {
			continue // "will be held", "is announced"
		}
		if i == first && r.any(i, i+1, "held", "announced", "opened", "closed") {
			continue // "Held each June, …"
		}
		return true
	}
	return false
}
