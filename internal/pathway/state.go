package pathway

import (
	"maps"
	"slices"
)

// settle says how each requirement stands, once all entries are weighed.
//
// Marks and answers are believed. What is done by them, covered by an alternative or blocked is so with all
// its parts. An unanswered question neither blocks nor excludes, and what is not asked of somebody blocks
// nobody.
func (w *weigher) settle() {
	// By a mark or an answer, then by hours, then by an alternative, then what waits for others.
	for i := range w.rules {
		w.inherit(i, w.believed)
	}
	for i := range w.rules {
		w.rules[i].tally.Left = w.left(i)
	}
	for i := range w.rules {
		t := &w.rules[i].tally
		if w.open(i) && w.goal(i) && t.Left == 0 {
			w.set(i, Done, Reason{Code: "hours"})
		}
	}
	covered := map[int]Reason{}
	for i, r := range w.rules {
		for j, other := range w.rules {
			if r.OneOf != "" && w.open(i) && other.tally.State == Done && w.alternatives(i, j) {
				covered[i] = Reason{Code: "one-of", ID: other.ID}
				break
			}
		}
	}
	for i := range w.rules {
		w.inherit(i, func(at int) (string, []Reason) {
			if reason, ok := covered[at]; ok {
				return Covered, []Reason{reason}
			}
			return "", nil
		})
	}
	blocked := make([][]Reason, len(w.rules))
	for i := range w.rules {
		blocked[i] = w.waits(i)
	}
	for i, r := range w.rules {
		w.inherit(i, func(at int) (string, []Reason) {
			if len(blocked[at]) > 0 {
				return Blocked, blocked[at]
			}
			return "", nil
		})
		switch t := &w.rules[i].tally; {
		case t.State == Done || t.State == Covered || t.State == NotAsked:
			t.Left = 0
		case w.bounds(i):
			w.set(i, Rule)
		case t.State == Todo && (t.Counted+t.Over+t.Doubtful > 0 || w.mark(r) == Doing):
			w.set(i, Doing)
		}
	}
}

// inherit gives a requirement the state that it or something it is a part of has, if nothing is settled yet.
func (w *weigher) inherit(i int, stateOf func(int) (string, []Reason)) {
	for at := i; at != none && w.open(i); at = w.rules[at].whole {
		if state, reasons := stateOf(at); state != "" {
			w.set(i, state, reasons...)
		}
	}
}

func (w *weigher) open(i int) bool { return w.rules[i].tally.State == Todo }

// mark returns how the trainee marked a requirement.
func (w *weigher) mark(r rule) string { return w.log.Marks[w.setID+"/"+r.ID] }

// believed says that a requirement is done where a mark or an answer says so.
func (w *weigher) believed(i int) (string, []Reason) {
	r := w.rules[i]
	if w.mark(r) == Done {
		return Done, []Reason{{Code: "mark"}}
	}
	if met, _ := r.MetBy.of(w.log.Profile); met == yes && len(r.MetBy) > 0 {
		return Done, []Reason{{Code: "answer", ID: slices.MinFunc(slices.Collect(maps.Keys(r.MetBy)), compareText)}}
	}
	return "", nil
}

// left returns the quarters that are missing: to the requirement's own target, and to those of its parts.
func (w *weigher) left(i int) int {
	r := w.rules[i]
	if !w.open(i) {
		return 0
	}
	alone, shared, either := 0, 0, 0
	for _, p := range r.parts {
		switch left := w.left(p); w.rules[p].counts.Session {
		case Individual:
			alone = max(alone, left)
		case Group:
			shared = max(shared, left)
		default:
			either = max(either, left)
		}
	}
	return max(r.tally.Target-r.tally.Counted, alone+shared, either, 0)
}

// goal reports whether hours can get a requirement done.
func (w *weigher) goal(i int) bool {
	return w.rules[i].tally.Target > 0 || slices.ContainsFunc(w.rules[i].parts, w.goal)
}

// bounds reports whether a requirement asks for nothing itself: the size of a session, the most of a part.
func (w *weigher) bounds(i int) bool {
	r := w.rules[i]
	return r.Defines != "" || r.AtMost != nil && r.PartOf != "" && r.Target == nil && r.AtLeast == nil
}

// alternatives reports whether of two requirements one is enough.
func (w *weigher) alternatives(i, j int) bool {
	a, b := w.rules[i], w.rules[j]
	return i != j && a.OneOf == b.OneOf && a.Track == b.Track
}

// waits returns why a requirement cannot start yet.
func (w *weigher) waits(i int) []Reason {
	if !w.open(i) {
		return nil
	}
	var reasons []Reason
	if met, question := w.rules[i].StartsWhen.of(w.log.Profile); met == no {
		reasons = append(reasons, Reason{Code: "answer", ID: question})
	}
	for _, id := range w.rules[i].DependsOn {
		if first, ok := w.ids[id]; ok && first != i && w.open(first) && !w.bounds(first) {
			reasons = append(reasons, Reason{"depends-on", id, w.rules[first].OneOf})
		}
	}
	return reasons
}
