package pathway

import "math"

// A Course is a course that a requirement names, as far as dates and costs are concerned.
type Course struct {
	ID    string `json:"id"`
	Price string `json:"price"`           // "$950", or "ask"
	Cents int    `json:"cents,omitempty"` // of Price, where it is a sum
	Next  []Span `json:"next"`            // the days that are announced
}

// A Span is a range of days, both included, in ISO 8601.
type Span struct {
	Start string `json:"start"`
	End   string `json:"end"`
}

// A Finish is the earliest that everything can be done which several sets ask and which can be dated. Where
// something is unknown it is a day that the finish does not come before.
type Finish struct {
	Date    string  `json:"date"`    // at the best pace; empty where no day is known
	Latest  string  `json:"latest"`  // at the slower pace
	Known   []Bound `json:"known"`   // what Date is the latest of
	Unknown []Bound `json:"unknown"` // what has no day
}

// A Bound is a day that the finish cannot come before, and why:
//
//	shortest     the least time it takes has passed
//	pace         the hours are together
//	course       the next course has ended
//
// or what is not known:
//
//	course-dates      no dates are announced
//	too-early         there are too few hours for a pace
//	no-pace           no hours counted lately
//	time              time in practice, of which a log of hours says nothing
//	cannot-start      an answer says that it cannot begin yet
type Bound struct {
	Code        string `json:"code"`
	Set         string `json:"set"`
	Requirement string `json:"requirement"`
	Course      string `json:"course"`
	Date        string `json:"date"`
	Latest      string `json:"latest"`
}

// FinishOf works out the finish of several sets that one log was weighed by. What is done, is not asked, or
// has an alternative that is done, takes no time; of alternatives the one that is done first counts.
func FinishOf(sets []*Set, weighed []Weighed, log Log, courses []Course, today string) Finish {
	f := Finish{Known: []Bound{}, Unknown: []Bound{}}
	clock := clock{log: log, courses: courses, today: today}
	for s, set := range sets {
		alternatives := map[[2]string]bool{}
		for i, r := range set.Requirements {
			known, unknown := clock.bounds(set, weighed[s].Requirements, i)
			if r.OneOf != "" {
				name := [2]string{r.Track, r.OneOf}
				if alternatives[name] {
					continue
				}
				alternatives[name] = true
				known, unknown = clock.either(set, weighed[s].Requirements, i)
			}
			f.Known = append(f.Known, known...)
			f.Unknown = append(f.Unknown, unknown...)
		}
	}
	f.Date, f.Latest = latest(f.Known)
	return f
}

// latest returns the last of the days of some bounds, at either pace.
func latest(bounds []Bound) (date, slow string) {
	for _, b := range bounds {
		date, slow = max(date, b.Date), max(slow, b.Latest)
	}
	return date, slow
}

type clock struct {
	log     Log
	courses []Course
	today   string
}

// either returns the bounds of the alternative that is done first, of those that can be dated, or else of
// the first.
func (c *clock) either(set *Set, tallies []Tally, first int) (known, unknown []Bound) {
	known, unknown = c.bounds(set, tallies, first)
	for i := first + 1; i < len(set.Requirements); i++ {
		if a, b := set.Requirements[i], set.Requirements[first]; a.OneOf != b.OneOf || a.Track != b.Track {
			continue
		}
		k, u := c.bounds(set, tallies, i)
		old, _ := latest(known)
		date, _ := latest(k)
		if len(u) < len(unknown) || len(u) == 0 && len(unknown) == 0 && date < old {
			known, unknown = k, u
		}
	}
	return known, unknown
}

// bounds returns what is known and what is unknown of the time that one requirement takes.
func (c *clock) bounds(set *Set, tallies []Tally, i int) (known, unknown []Bound) {
	r, t := set.Requirements[i], tallies[i]
	if t.State == Done || t.State == Covered || t.State == NotAsked || t.State == Rule {
		return nil, nil
	}
	bound := Bound{Set: set.ID, Requirement: r.ID}
	on := func(code, date, latest string) {
		b := bound
		b.Code, b.Date, b.Latest = code, date, latest
		known = append(known, b)
	}
	open := func(code string) {
		b := bound
		b.Code = code
		unknown = append(unknown, b)
	}
	if t.State == Blocked && r.PartOf == "" {
		for _, reason := range t.Reasons {
			if reason.Code == "answer" {
				open("cannot-start")
			}
		}
	}
	if day, ok := after(c.start(), r.Shortest); ok {
		date := max(textOf(day), c.today)
		on("shortest", date, date)
	}
	switch p := projectAlone(t, c.today); {
	case p.Code == "":
		on("pace", p.Earliest, p.Latest)
	case p.Code != "done":
		open(p.Code)
	}
	if _, dated := after(0, r.Target); dated && r.Counts == nil {
		open("time")
	}
	if r.Course != "" {
		bound.Course = r.Course
		if end := c.ends(r.Course); end != "" {
			on("course", end, end)
		} else {
			open("course-dates")
		}
	}
	return known, unknown
}

// start returns the day from which the shortest time runs: that of the contract, or else of the first
// supervision, or else today.
func (c *clock) start() int {
	now, _ := dayOf(c.today)
	if day, ok := dayOf(c.log.Contract); ok {
		return day
	}
	first := now
	for _, e := range c.log.Entries {
		if day, ok := dayOf(e.Date); ok && e.Kind == Supervised && len(Validate(e)) == 0 {
			first = min(first, day)
		}
	}
	return first
}

// after returns the day that lies an amount of time after another, and whether it is an amount of time.
func after(day int, a *Amount) (int, bool) {
	if a == nil || !(a.Value >= 0 && a.Value <= 1200) {
		return 0, false
	}
	n := int(math.Ceil(a.Value))
	switch a.Unit {
	case "day":
		return day + n, true
	case "week":
		return day + 7*n, true
	case "month":
		return addMonths(day, n), true
	case "year":
		return addMonths(day, 12*n), true
	}
	return 0, false
}

// ends returns the last day of the course that begins next, or "" where none is announced.
func (c *clock) ends(id string) string {
	var next Span
	for _, course := range c.courses {
		for _, span := range course.Next {
			if course.ID == id && span.Start >= c.today && (next.Start == "" || span.Start < next.Start) {
				next = span
			}
		}
	}
	return max(next.Start, next.End)
}
