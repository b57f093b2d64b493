package pathway

// lately is how many days, today among them, the recent pace looks at.
const lately = 180

// Less than this many entries, or days since the first of them, say nothing of a pace.
const (
	fewestEntries = 4
	fewestDays    = 28
)

// longest is the furthest a projection reaches: a hundred years, in days.
const longest = 36525

// A Pace is how fast the hours of a requirement come together.
type Pace struct {
	// Code is "too-early" where there is too little to tell, "no-pace" where nothing counted lately, or "".
	Code   string `json:"code"`
	Recent Rate   `json:"recent"` // over the last 180 days
	Whole  Rate   `json:"whole"`  // since the first entry that counts
}

// A Rate is a number of quarters in a number of days.
type Rate struct {
	Quarters int `json:"quarters"`
	Days     int `json:"days"`
	// Monthly is the same in tenths of an hour per month of 30.4375 days (487/16), rounded.
	Monthly int `json:"monthly"`
}

func rateOf(quarters, days int) Rate {
	// quarters/4 hours * 10 tenths * 487/16 days a month / days
	return Rate{quarters, days, (2*quarters*4870 + 64*days) / (2 * 64 * days)}
}

// PaceOf returns the pace at which a requirement's hours came together until today.
func PaceOf(t Tally, today string) Pace {
	now, _ := dayOf(today)
	first, any := dayOf(t.First)
	days := now - first
	if !any || t.Count < fewestEntries || days < fewestDays {
		return Pace{Code: "too-early"}
	}
	p := Pace{Recent: rateOf(t.Lately, min(days+1, lately)), Whole: rateOf(t.Counted, days+1)}
	if t.Lately == 0 {
		p.Code = "no-pace"
	}
	return p
}

// A Projection is when a requirement's hours will be together if they go on as they did: at the faster and at
// the slower of the two paces. No day lies further ahead than a hundred years.
type Projection struct {
	// Code is "done", "too-early", "no-pace", or "" where there are dates. Requirement is the one that it
	// speaks of: this one or a part of it.
	Code        string `json:"code"`
	Requirement string `json:"requirement"`
	Earliest    string `json:"earliest"`
	Latest      string `json:"latest"`
}

// Project projects the i-th requirement of a set with its parts, each at its own pace: the last one tells.
func Project(set *Set, weighed Weighed, i int, today string) Projection {
	tallies := weighed.Requirements
	id := set.Requirements[i].ID
	result := Projection{Code: "done", Requirement: id}
	for j, r := range set.Requirements {
		if j != i && (r.PartOf != id || r.ID == id) {
			continue
		}
		next := projectAlone(tallies[j], today)
		if next.Code == "done" {
			continue
		}
		if next.Code != "" {
			return next
		}
		result.Code = ""
		result.Earliest = max(result.Earliest, next.Earliest)
		result.Latest = max(result.Latest, next.Latest)
	}
	return result
}

// projectAlone projects a requirement's own target, without its parts.
func projectAlone(t Tally, today string) Projection {
	left := t.Target - t.Counted
	if left <= 0 || t.Left == 0 {
		return Projection{Code: "done", Requirement: t.ID}
	}
	pace := PaceOf(t, today)
	if pace.Code != "" {
		return Projection{Code: pace.Code, Requirement: t.ID}
	}
	now, _ := dayOf(today)
	recent, whole := daysFor(left, pace.Recent), daysFor(left, pace.Whole)
	return Projection{"", t.ID, textOf(now + min(recent, whole)), textOf(now + max(recent, whole))}
}

// daysFor returns how many days some quarters take, rounded up.
func daysFor(quarters int, r Rate) int {
	return min((quarters*r.Days+r.Quarters-1)/r.Quarters, longest)
}
