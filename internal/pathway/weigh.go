package pathway

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf16"
)

// Weighed is what a log comes to for one set.
type Weighed struct {
	Set          string    `json:"set"`
	Requirements []Tally   `json:"requirements"` // one for each of the set, in its order
	Entries      []Verdict `json:"entries"`      // one for each of the log, by day
}

// How a requirement stands.
const (
	Todo     = "todo"
	Doing    = "doing"
	Done     = "done"
	Blocked  = "blocked"   // cannot start yet
	Covered  = "covered"   // an alternative is done
	NotAsked = "not-asked" // of this person
	Rule     = "rule"      // bounds other requirements, and is nothing to be done
)

// A Tally is how one requirement stands. Hours are in quarters, and 0 where a requirement asks for none.
type Tally struct {
	ID      string   `json:"id"`
	State   string   `json:"state"`
	Reasons []Reason `json:"reasons"` // why it is in this state, unless todo, doing or rule

	Target   int `json:"target"`
	Counted  int `json:"counted"`  // may be more than Target
	Over     int `json:"over"`     // would count but for a limit: its own, or one of its parts'
	Doubtful int `json:"doubtful"` // may count: something is not known, or to be asked
	// Left is what is missing to Target and to the parts' targets. What is left of individual and of group
	// hours adds up, since no hour is both; of other parts one hour may serve several.
	Left int `json:"left"`

	// For the pace: how many entries count, the day of the first of them, and what of Counted lies in the
	// last 180 days.
	Count  int    `json:"count"`
	First  string `json:"first"`
	Lately int    `json:"lately"`
}

// A Reason says why a requirement is in its state:
//
//	done: "hours"; "answer", ID a question; "mark"
//	covered: "one-of", ID the alternative that is done
//	blocked: "depends-on", ID a requirement, OneOf the name it shares with alternatives; "answer", ID a question
//	not-asked: "track", ID the track it is on; "answer", ID a question
type Reason struct {
	Code  string `json:"code"`
	ID    string `json:"id"`
	OneOf string `json:"one_of"`
}

// A Verdict is what one entry is for one set.
type Verdict struct {
	Entry string `json:"entry"`
	// Session is what this set calls it; empty where nobody asks, it cannot be told, or tracks of which
	// none is chosen disagree.
	Session  string  `json:"session"`
	Counts   []Count `json:"counts"`   // in the order of the set
	Quarters int     `json:"quarters"` // the most that counts toward one requirement
	Flags    []Flag  `json:"flags"`
}

// A Count is what of an entry counts toward a requirement.
type Count struct {
	Requirement string `json:"requirement"`
	Quarters    int    `json:"quarters"`
}

// The kinds of flags. Hours that are doubtful or lack something stand in Tally.Doubtful.
const (
	OverCap    = "over"
	Doubtful   = "doubtful"
	NotCounted = "not-counted"
	Missing    = "missing" // doubtful, until the entry says more
)

// A Flag says that hours of an entry do not count, or perhaps do not, and names the rule. Codes:
//
//	over: "cap"
//	not-counted: "group-size", "format", "approval", "before-degree", "no-degree", "future", "no-place" (no
//	  requirement takes such a session), or the first code of Validate
//	missing: "group-size", "session", "clients", "format", "supervisor", "degree"
//	doubtful: "approval" (not known), "others-may" (a supervisor without approval: ask)
type Flag struct {
	Kind        string `json:"kind"`
	Code        string `json:"code"`
	Requirement string `json:"requirement"` // empty for "future" and faults, which are no rule of a set
	Quarters    int    `json:"quarters"`
}

// Weigh weighs a log by a set, as of a day. An empty log makes a checklist from marks and answers alone.
//
// An entry is weighed by every requirement on its own, and its day, its size and its supervisor are all
// that matters, never another entry, but for limits: a limit is filled by day, and what comes after it
// is full is over it. An hour that falls under the limits of several parts of one whole is one of the first
// alone; so each limit lets through as much as it can, in whatever order the entries stand, and one hour
// more never makes it less.
func Weigh(set *Set, log Log, today string) Weighed {
	w := newWeigher(set, &log, today)
	entries := slices.Clone(log.Entries)
	slices.SortStableFunc(entries, compareEntries)
	verdicts := make([]Verdict, len(entries))
	for i, e := range entries {
		verdicts[i] = w.entry(e)
	}
	w.settle()
	tallies := make([]Tally, len(w.rules))
	for i := range w.rules {
		tallies[i] = w.rules[i].tally
	}
	return Weighed{set.ID, tallies, verdicts}
}

// compareEntries orders entries by day, then by all else that a rule may look at, then by id.
func compareEntries(a, b Entry) int {
	return cmp.Or(
		compareText(a.Date, b.Date), compareText(a.Kind, b.Kind), cmp.Compare(a.Quarters, b.Quarters),
		compareText(a.Session, b.Session), cmp.Compare(a.People, b.People), compareText(a.Format, b.Format),
		compareText(a.Clients, b.Clients), compareText(a.Supervisor, b.Supervisor), compareText(a.ID, b.ID),
	)
}

// compareText compares texts as JavaScript does.
func compareText(a, b string) int {
	return slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b)))
}

// none stands for a requirement that there is not, and for a limit.
const none = -1

// A rule is a requirement while a log is weighed.
type rule struct {
	*Requirement
	tally  Tally
	whole  int    // what it is a part of
	parts  []int  // of those that are weighed
	counts Counts // with what it takes from its whole
	weighs bool   // hours
	limit  int    // the most quarters that count
	room   int    // what is left of limit
	limits bool   // it or a part of it has a limit
	sizes  *sizes // of sessions
}

type weigher struct {
	setID       string
	log         *Log
	today       int
	ids         map[string]int
	supervisors map[string]Supervisor
	rules       []rule
}

func newWeigher(set *Set, log *Log, today string) *weigher {
	w := &weigher{setID: set.ID, log: log, ids: map[string]int{}, supervisors: map[string]Supervisor{}, rules: make([]rule, len(set.Requirements))}
	if day, ok := dayOf(today); ok {
		w.today = day
	} else {
		w.today = lastDay
	}
	for _, s := range log.Supervisors {
		if _, known := w.supervisors[s.Name]; !known {
			w.supervisors[s.Name] = s
		}
	}
	for i := range set.Requirements {
		r := &set.Requirements[i]
		if _, known := w.ids[r.ID]; !known {
			w.ids[r.ID] = i
		}
	}
	track := trackOf(set, log)
	sizesOf := map[string]*sizes{}
	for i := range w.rules {
		r := &set.Requirements[i]
		if sizesOf[r.Track] == nil {
			sizesOf[r.Track] = newSizes(set, r.Track)
		}
		w.rules[i] = rule{Requirement: r, tally: Tally{ID: r.ID, State: Todo, Reasons: []Reason{}}, whole: w.wholeOf(set, i), limit: none, sizes: sizesOf[r.Track]}
	}
	for i := range w.rules {
		r := &w.rules[i]
		r.counts, r.weighs = w.countsOf(i)
		if r.weighs {
			r.tally.Target = max(quarters(r.Target), quarters(r.AtLeast), 0)
			r.limit = quarters(r.AtMost)
			r.room = r.limit
		}
		w.ask(i, track)
	}
	for i := range w.rules {
		if r := &w.rules[i]; r.weighs && w.partOf(i) {
			w.rules[r.whole].parts = append(w.rules[r.whole].parts, i)
		}
		for at := i; at != none && w.rules[i].weighs && w.rules[i].limit != none; at = w.rules[at].whole {
			w.rules[at].limits = true
		}
	}
	return w
}

// trackOf returns the track of a set that was chosen, or "".
func trackOf(set *Set, log *Log) string {
	for _, key := range []string{set.ID, set.Series} {
		for _, t := range set.Tracks {
			if t.ID == log.Tracks[key] {
				return t.ID
			}
		}
	}
	return ""
}

// wholeOf returns what a requirement is a part of. Parts that are parts of each other have no whole.
func (w *weigher) wholeOf(set *Set, i int) int {
	up := func(i int) int {
		if whole, ok := w.ids[set.Requirements[i].PartOf]; ok {
			return whole
		}
		return none
	}
	at := i
	for range set.Requirements {
		if at = up(at); at == none {
			return up(i)
		}
	}
	return none
}

// partOf reports whether a requirement is weighed as a part of another.
func (w *weigher) partOf(i int) bool {
	whole := w.rules[i].whole
	return whole != none && w.rules[whole].weighs
}

// countsOf returns which hours count toward a requirement, and whether any do: those of its whole as far as
// it says nothing else.
func (w *weigher) countsOf(i int) (Counts, bool) {
	r := w.rules[i]
	if r.Counts == nil || r.Defines != "" {
		return Counts{}, false
	}
	c := *r.Counts
	if r.whole != none {
		if of, ok := w.countsOf(r.whole); ok {
			if len(c.Kinds) == 0 {
				c.Kinds = of.Kinds
			}
			if len(c.Formats) == 0 {
				c.Formats = of.Formats
			}
			if c.ApprovedBy == "" {
				c.ApprovedBy, c.OthersMay = of.ApprovedBy, of.OthersMay
			}
			c.Session = cmp.Or(c.Session, of.Session)
			c.Clients = cmp.Or(c.Clients, of.Clients)
			c.After = cmp.Or(c.After, of.After)
		}
	}
	return c, len(c.Kinds) > 0
}

// quarters returns an amount of hours in quarters, or none where it is no amount of hours.
func quarters(a *Amount) int {
	if a == nil || a.Unit != "hour" || !(a.Value >= 0) {
		return none
	}
	return int(math.Floor(min(a.Value, 1e6)*4 + 0.5))
}

// ask settles whether a requirement is asked of the person: one of another track, or one for people who
// answer otherwise, is not, and neither are its parts.
func (w *weigher) ask(i int, track string) {
	for at := i; at != none; at = w.rules[at].whole {
		r := w.rules[at]
		if r.Track != "" && track != "" && r.Track != track {
			w.set(i, NotAsked, Reason{Code: "track", ID: r.Track})
			return
		}
		if met, question := r.AppliesTo.of(w.log.Profile); met == no {
			w.set(i, NotAsked, Reason{Code: "answer", ID: question})
			return
		}
	}
}

func (w *weigher) set(i int, state string, reasons ...Reason) {
	w.rules[i].tally.State, w.rules[i].tally.Reasons = state, append([]Reason{}, reasons...)
}

// entry weighs one entry.
func (w *weigher) entry(e Entry) Verdict {
	v := Verdict{Entry: e.ID, Counts: []Count{}, Flags: []Flag{}}
	day, _ := dayOf(e.Date)
	var wanting []int // requirements that take entries of this kind
	for i, r := range w.rules {
		if r.weighs && !w.partOf(i) && r.tally.State != NotAsked && among(e.Kind, r.counts.Kinds...) {
			wanting = append(wanting, i)
		}
	}
	if faults := Validate(e); len(faults) > 0 {
		v.flag(Flag{NotCounted, faults[0], "", e.Quarters})
		return v
	}
	if len(wanting) == 0 {
		return v
	}
	if day > w.today {
		v.flag(Flag{NotCounted, "future", "", e.Quarters})
		return v
	}
	took := make([]int, len(w.rules))
	for n, i := range wanting {
		size := w.rules[i].sizes.of(e)
		if n == 0 {
			v.Session = size.session
		} else if v.Session != size.session {
			v.Session = ""
		}
		fit := w.fit(i, e, day)
		v.flag(fit.flags...)
		switch fit.is {
		case yes:
			w.take(i, e, day, &v, took)
		case unsaid:
			w.doubt(i, e, day)
		}
	}
	for i, r := range w.rules {
		if took[i] > 0 {
			v.Counts = append(v.Counts, Count{r.ID, took[i]})
			v.Quarters = max(v.Quarters, took[i])
		}
	}
	if len(v.Counts) == 0 && len(v.Flags) == 0 {
		v.flag(Flag{NotCounted, "no-place", w.rules[wanting[0]].ID, e.Quarters})
	}
	return v
}

// flag adds flags that are not there yet.
func (v *Verdict) flag(flags ...Flag) {
	for _, f := range flags {
		if !slices.Contains(v.Flags, f) {
			v.Flags = append(v.Flags, f)
		}
	}
}

// take adds an entry that fits a requirement to its tally and to those of its parts, and returns how many
// quarters pass its limits.
func (w *weigher) take(i int, e Entry, day int, v *Verdict, took []int) int {
	pass, limited := e.Quarters, false
	for _, p := range w.rules[i].parts {
		if w.rules[p].tally.State == NotAsked || limited && w.rules[p].limits {
			continue
		}
		switch fit := w.fit(p, e, day); fit.is {
		case yes:
			if passed := w.take(p, e, day, v, took); w.rules[p].limits {
				pass, limited = passed, true
			}
		case unsaid:
			w.doubt(p, e, day)
			v.flag(fit.flags...)
		}
	}
	r := &w.rules[i]
	if r.limit != none {
		if over := pass - r.room; over > 0 {
			v.flag(Flag{OverCap, "cap", r.ID, over})
			pass = r.room
		}
		r.room -= pass
	}
	t := &r.tally
	t.Over += e.Quarters - pass
	if pass > 0 {
		t.Counted += pass
		t.Count++
		if t.First == "" {
			t.First = e.Date
		}
		if day > w.today-lately {
			t.Lately += pass
		}
	}
	took[i] = pass
	return pass
}

// doubt adds an entry that perhaps fits a requirement to what is doubtful of it and of its parts.
func (w *weigher) doubt(i int, e Entry, day int) {
	w.rules[i].tally.Doubtful += e.Quarters
	for _, p := range w.rules[i].parts {
		if w.rules[p].tally.State != NotAsked && w.fit(p, e, day).is != no {
			w.doubt(p, e, day)
		}
	}
}
