package pathway

// A fit says whether an entry fits a requirement: yes, no, or unsaid where the hours are doubtful.
type fit struct {
	is    answer
	flags []Flag
}

// fit judges an entry by a requirement.
//
// A session of another kind or with other clients is not the requirement's business: it does not fit, and
// nothing is said. The same goes for all that a part asks. What a requirement refuses otherwise is flagged.
//
// A group whose size nobody counts any more, or a supervisor of whom it is not known who approved them,
// makes hours doubtful. So does a missing format, unless both formats count.
func (w *weigher) fit(i int, e Entry, day int) fit {
	r := &w.rules[i]
	c := r.counts
	if !among(e.Kind, c.Kinds...) {
		return fit{is: no}
	}
	var refused, open []Flag
	flag := func(list *[]Flag, kind, code, requirement string) {
		*list = append(*list, Flag{kind, code, requirement, e.Quarters})
	}
	id := r.ID
	size := r.sizes.of(e)
	switch {
	case size.refused:
		flag(&refused, NotCounted, "group-size", size.rule)
	case size.unknown:
		flag(&open, Missing, "group-size", size.rule)
	}
	if c.Session != "" && size.session != c.Session && !size.refused {
		if size.session != "" {
			return fit{is: no}
		}
		if !size.unknown {
			flag(&open, Missing, "session", id)
		}
	}
	if c.Clients != "" && e.Clients != c.Clients {
		if e.Clients != "" {
			return fit{is: no}
		}
		flag(&open, Missing, "clients", id)
	}
	if len(c.Formats) > 0 && !among(e.Format, c.Formats...) {
		switch {
		case e.Format != "":
			flag(&refused, NotCounted, "format", id)
		case !among("in-person", c.Formats...) || !among("video", c.Formats...):
			flag(&open, Missing, "format", id)
		}
	}
	if c.ApprovedBy != "" {
		switch approved := w.supervisors[e.Supervisor].approved(c.ApprovedBy); {
		case e.Supervisor == "":
			flag(&open, Missing, "supervisor", id)
		case approved == "no" && c.OthersMay:
			flag(&open, Doubtful, "others-may", id)
		case approved == "no":
			flag(&refused, NotCounted, "approval", id)
		case approved != "yes":
			flag(&open, Doubtful, "approval", id)
		}
	}
	if c.After == "degree" {
		finished := Condition{"degree": {"finished"}}
		met, _ := finished.of(w.log.Profile)
		switch posted, known := dayOf(w.log.Degree); {
		case known && day < posted:
			flag(&refused, NotCounted, "before-degree", id)
		case !known && met == no:
			flag(&refused, NotCounted, "no-degree", id)
		case !known && met == unsaid:
			flag(&open, Missing, "degree", id)
		}
	}
	switch {
	case len(refused) > 0:
		return fit{no, refused}
	case len(open) > 0:
		return fit{unsaid, open}
	}
	return fit{is: yes}
}

// sizes are what a set, or a track of it, means by an individual and by a group session, in people in
// training. What it does not define is as the trainee calls it.
type sizes struct {
	defined                  bool
	individualOf, groupOf    string // the requirements that define them
	leastAlone, mostAlone    int
	leastInGroup, mostInside int
}

// newSizes reads the sizes that hold on a track, and on every track. Where the least size of a group is
// missing it is one above the largest individual session, and the least of that is one person.
func newSizes(set *Set, track string) *sizes {
	s := &sizes{leastAlone: 1, mostAlone: none, leastInGroup: none, mostInside: mostPeople}
	for i := range set.Requirements {
		r := &set.Requirements[i]
		if r.Track != "" && r.Track != track {
			continue
		}
		switch {
		case r.Defines == Individual && s.individualOf == "":
			s.individualOf = r.ID
			s.leastAlone = max(people(r.AtLeast), 1)
			s.mostAlone = people(r.AtMost)
		case r.Defines == Group && s.groupOf == "":
			s.groupOf = r.ID
			s.leastInGroup = people(r.AtLeast)
			if most := people(r.AtMost); most != none {
				s.mostInside = most
			}
		}
	}
	s.defined = s.individualOf != "" || s.groupOf != ""
	if s.mostAlone == none {
		switch {
		case s.leastInGroup != none:
			s.mostAlone = max(s.leastInGroup-1, 0)
		case s.individualOf == "":
			s.mostAlone = 1
		default:
			s.mostAlone = mostPeople
		}
	}
	if s.leastInGroup == none {
		s.leastInGroup = s.mostAlone + 1
	}
	return s
}

// people returns an amount of people, or none.
func people(a *Amount) int {
	if a == nil || a.Unit != "person" || !(a.Value >= 0) {
		return none
	}
	return int(min(a.Value, mostPeople))
}

// A size is what a session is by its size.
type size struct {
	session string // individual, group, or "" where it cannot be told
	unknown bool   // nobody says how many shared it
	refused bool   // neither an individual session nor a group has so many people
	rule    string // the requirement that says so
}

// of returns what an entry is: first it is tried as an individual session, then as a group. Alone with the
// supervisor is one person.
func (s *sizes) of(e Entry) size {
	if e.Kind != Supervised || !s.defined {
		return size{session: e.Session}
	}
	n := e.People
	if n == 0 && e.Session == Individual {
		n = 1
	}
	blame := s.groupOf
	if blame == "" || n > 0 && n < s.leastAlone && s.individualOf != "" {
		blame = s.individualOf
	}
	switch {
	case n == 0 && e.Session == Group && s.mostAlone < 2:
		return size{session: Group, unknown: true, rule: blame}
	case n == 0:
		return size{unknown: true, rule: blame}
	case s.leastAlone <= n && n <= s.mostAlone:
		return size{session: Individual}
	case s.leastInGroup <= n && n <= s.mostInside:
		return size{session: Group}
	}
	return size{refused: true, rule: blame}
}
