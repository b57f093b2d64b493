package read

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"nwioi/internal/diag"
	"nwioi/internal/site"
	"nwioi/internal/source"
)

func readPathway(f *source.File) (any, diag.List) {
	p := &site.Pathway{File: f}
	r := decode(f, p)
	return p, r.problems
}

// readRequirements reads a file of data/requirements. What it refuses would be weighed wrongly, or not at
// all, by package pathway.
func readRequirements(f *source.File) (any, diag.List) {
	s := &site.RequirementSet{File: f}
	r := &requirements{record: decode(f, s), set: s, ids: map[string]int{}, parts: map[int][]int{}}
	s.ID = r.id()
	if s.State != "" && !site.ValidState(s.State) && !r.told("state") {
		r.wrong("state", "requirement/state", quote(s.State)+" is not a state we know", "write the two letters of the Postal Service, such as WA")
	}
	if c := s.Contracts; !c.Until.IsZero() && c.Until.Before(c.From) {
		r.wrong("contracts.until", "record/date-order", "the set holds until "+c.Until.Long()+", before it begins on "+c.From.Long(), "check both dates")
	}
	for i, q := range s.Requirements {
		if _, twice := r.ids[q.ID]; twice {
			r.wrong(at("requirements[%d].id", i), "requirement/duplicate-id", "two requirements have the id "+quote(q.ID), "give one of them another id")
			continue
		}
		r.ids[q.ID] = i
	}
	r.references()
	r.circles("depends_on", "wait for each other", func(q *site.Requirement) []string { return q.DependsOn })
	r.circles("part_of", "are parts of each other", func(q *site.Requirement) []string {
		if q.PartOf == "" {
			return nil
		}
		return []string{q.PartOf}
	})
	for i := range s.Requirements {
		if q := &s.Requirements[i]; q.PartOf != "" {
			if whole, ok := r.ids[q.PartOf]; ok {
				r.parts[whole] = append(r.parts[whole], i)
			}
		}
	}
	for i := range s.Requirements {
		r.amounts(i)
	}
	for i := range s.Requirements {
		r.limits(i)
	}
	return s, r.problems
}

// requirements are those of one set while they are read.
type requirements struct {
	*record
	set     *site.RequirementSet
	ids     map[string]int // the index of the first requirement with the id
	parts   map[int][]int  // by index, those that are a part of it
	guesses int
}

// mostGuesses is for how many wrong ids of a file the nearest one is looked for.
const mostGuesses = 20

// references looks at what requirements say of each other and of the set's tracks.
func (r *requirements) references() {
	var ids, tracks []string
	for i := range r.set.Requirements {
		ids = append(ids, r.set.Requirements[i].ID)
	}
	for _, t := range r.set.Tracks {
		tracks = append(tracks, t.ID)
	}
	track := map[string]bool{"": true}
	for _, id := range tracks {
		track[id] = true
	}
	alternatives := map[string]int{}
	for _, q := range r.set.Requirements {
		alternatives[q.Track+"/"+q.OneOf]++
	}
	for i, q := range r.set.Requirements {
		if _, ok := r.ids[q.PartOf]; q.PartOf != "" && !ok {
			r.unknown(at("requirements[%d].part_of", i), q.PartOf, "requirement of this set", ids)
		}
		for j, id := range q.DependsOn {
			if _, ok := r.ids[id]; !ok {
				r.unknown(at("requirements[%d].depends_on[%d]", i, j), id, "requirement of this set", ids)
			}
		}
		if !track[q.Track] {
			r.unknown(at("requirements[%d].track", i), q.Track, "track of this set", tracks)
		}
		if q.OneOf != "" && alternatives[q.Track+"/"+q.OneOf] == 1 {
			r.wrong(at("requirements[%d].one_of", i), "requirement/unknown", "no other requirement has one_of: "+q.OneOf+", so there is nothing to choose from",
				"give the alternative the same one_of and the same track, or remove this line")
		}
	}
}

func (r *requirements) unknown(field, id, what string, known []string) {
	hint := "write the id of one, or remove this"
	if r.guesses++; r.guesses <= mostGuesses {
		if near := diag.Nearest(id, known); near != "" {
			hint = "did you mean " + quote(near) + "?"
		}
	}
	r.wrong(field, "requirement/unknown", quote(id)+" is no "+what, hint)
}

// circles finds requirements that lead to themselves by one of their fields, and names them all.
func (r *requirements) circles(field, what string, next func(*site.Requirement) []string) {
	const fresh, open, done = 0, 1, 2
	state := make([]int, len(r.set.Requirements))
	var path []string
	var walk func(i int)
	walk = func(i int) {
		state[i] = open
		q := &r.set.Requirements[i]
		path = append(path, q.ID)
		for j, id := range next(q) {
			to, ok := r.ids[id]
			switch {
			case !ok:
			case state[to] == fresh:
				walk(to)
			case state[to] == open:
				at := at("requirements[%d].%s", i, field)
				if field == "depends_on" {
					at = indexed(at, j)
				}
				var members []string
				for k := len(path) - 1; k >= 0; k-- {
					members = append([]string{quote(path[k])}, members...)
					if path[k] == id {
						break
					}
				}
				message := "these requirements " + what + ": " + strings.Join(members, ", ")
				if len(members) == 1 {
					message = members[0] + " names itself here"
				}
				r.wrong(at, "requirement/circle", message, "remove one of these links, such as this one")
			}
		}
		path = path[:len(path)-1]
		state[i] = done
	}
	for i := range r.set.Requirements {
		if state[i] == fresh && r.ids[r.set.Requirements[i].ID] == i {
			walk(i)
		}
	}
}

// figure is the form of a number in a record.
var figure = regexp.MustCompile(`^-?[0-9]{1,9}(\.[0-9]{1,6})?$`)

// amounts looks at the figures of one requirement and at their units.
func (r *requirements) amounts(i int) {
	q := &r.set.Requirements[i]
	field := at("requirements[%d].", i)
	hours := q.Counts != nil
	if hours && !r.kinds(i) {
		r.wrong(field+"counts", "requirement/counts", "this does not say which kinds of hours count", "add kinds: [supervision], or the kinds that count, or name what it is a part of with part_of")
	}
	for _, p := range r.parts[i] {
		hours = hours || r.set.Requirements[p].Counts != nil
	}
	session := []string{"hour", "percent"}
	if q.Defines != "" {
		session = []string{"person"}
	}
	var target []string
	if hours {
		target = []string{"hour"}
	}
	r.amount(field+"target", q.Target.Value, q.Target.Unit, target...)
	r.amount(field+"shortest", q.Shortest.Value, q.Shortest.Unit, "day", "week", "month", "year")
	r.amount(field+"at_least", q.AtLeast.Value, q.AtLeast.Unit, session...)
	r.amount(field+"at_most", q.AtMost.Value, q.AtMost.Unit, session...)
}

// kinds reports whether a requirement, or what it is a part of, says which kinds of hours count.
func (r *requirements) kinds(i int) bool {
	for range r.set.Requirements {
		q := &r.set.Requirements[i]
		if q.Counts != nil && len(q.Counts.Kinds) > 0 {
			return true
		}
		whole, ok := r.ids[q.PartOf]
		if !ok {
			return false
		}
		i = whole
	}
	return false
}

// amount looks at one figure. Without units any will do, but there must be one.
func (r *requirements) amount(field, value, unit string, units ...string) {
	if value == "" {
		return // which has been said
	}
	n, err := strconv.ParseFloat(value, 64)
	wanted := strings.Join(units, " or ")
	switch {
	case !figure.MatchString(value) || err != nil:
		r.wrong(field+".value", "requirement/target", quote(value)+" is not a number", "write the figure alone, as in value: 50")
	case n < 0:
		r.wrong(field+".value", "requirement/target", value+" is below zero", "write a figure of zero or more")
	case unit == "":
		hint := "add unit: and what is counted, such as hour"
		if len(units) > 0 {
			hint = "add unit: " + wanted
		}
		r.wrong(field, "requirement/target", "this figure has no unit", hint)
	case len(units) > 0 && !slices.Contains(units, unit):
		r.wrong(field+".unit", "requirement/target", "this figure is in "+quote(unit)+", where another unit is wanted", "write unit: "+wanted)
	case unit == "person" && n != math.Trunc(n):
		r.wrong(field+".value", "requirement/target", value+" is no number of people", "write a whole number")
	case unit == "hour" && n*4 != math.Trunc(n*4):
		r.wrong(field+".value", "requirement/target", "hours are counted in quarters, and "+value+" cannot be", "write whole hours, or .25, .5 or .75 after them")
	}
}

// limits looks at the bounds of one requirement: against each other and against what it is a part of; and
// at those of its parts together.
func (r *requirements) limits(i int) {
	q := &r.set.Requirements[i]
	field := at("requirements[%d].", i)
	least, most := r.bound(q, q.AtLeast), r.bound(q, q.AtMost)
	if q.Defines == "" {
		for name, l := range map[string]site.Limit{"at_least": q.AtLeast, "at_most": q.AtMost} {
			share, err := strconv.ParseFloat(l.Value, 64)
			if l.Unit != "percent" || err != nil {
				continue
			}
			whole, ok := r.ids[q.PartOf]
			switch {
			case !ok || r.set.Requirements[whole].Target.Value == "":
				r.wrong(field+name, "requirement/cap", "there is nothing that this could be "+l.Value+"% of", "name a requirement with a target with part_of, or give the limit in hours")
			case share > 100:
				r.wrong(field+name+".value", "requirement/cap", l.Value+"% is more than all of it", "write 100 or less")
			}
		}
	}
	if least > most && most >= 0 {
		r.wrong(field+"at_least", "requirement/cap", "at least "+q.AtLeast.Value+" and at most "+q.AtMost.Value+" cannot both be", "check both figures")
	}
	target := number(q.Target.Value)
	if own := number(q.AtMost.Value); q.PartOf == "" && q.Defines == "" && own > target && target >= 0 && q.AtMost.Unit == q.Target.Unit {
		r.over(field+"at_most", q.AtMost, q)
	}
	if target < 0 || len(r.parts[i]) == 0 {
		return
	}
	sums := map[string]float64{}
	for n, p := range r.parts[i] {
		part := &r.set.Requirements[p]
		of := at("requirements[%d].", p)
		least, most := r.bound(part, part.AtLeast), r.bound(part, part.AtMost)
		session := r.session(p)
		if most > target && part.AtMost.Unit != "percent" {
			r.over(of+"at_most", part.AtMost, q)
		}
		switch before := sums["individual"] + sums["group"]; {
		case least > target:
			if part.AtLeast.Unit != "percent" { // which has been said
				r.over(of+"at_least", part.AtLeast, q)
			}
		case least > 0 && session != "":
			sums[session] = max(sums[session], least)
			if sum := sums["individual"] + sums["group"]; sum > target && before <= target {
				r.wrong(of+"at_least", "requirement/cap", "the parts of "+quote(q.ID)+" ask for "+short(sum)+" hours together, and all of it is "+q.Target.Value, "lower one of them, or raise the target")
			}
		}
		for _, o := range r.parts[i][:n] {
			other := &r.set.Requirements[o]
			if part.AtMost.Value != "" && other.AtMost.Value != "" && part.Defines == "" && other.Defines == "" && !r.apart(p, o) {
				r.wrong(of+"at_most", "requirement/cap", "an hour can be in this part and in "+quote(other.ID)+", and both have a limit, so nobody could say which limit it fills",
					"make one of them a part of the other with part_of, or let them name different sessions")
				break
			}
		}
	}
}

func (r *requirements) over(field string, l site.Limit, whole *site.Requirement) {
	r.wrong(field, "requirement/cap", l.Value+" is over the target of "+quote(whole.ID)+", which is "+whole.Target.Value, "lower it, or remove it")
}

// bound returns a limit in the unit of what it bounds, or -1 where it is none that can be compared.
func (r *requirements) bound(q *site.Requirement, l site.Limit) float64 {
	bound := r.set.Bound(q, l)
	if bound.Unit == "percent" {
		return -1
	}
	return number(bound.Value)
}

// session returns the kind of session whose hours a requirement counts, or "".
func (r *requirements) session(i int) string {
	if c := r.set.Requirements[i].Counts; c != nil {
		return c.Session
	}
	return ""
}

// apart reports whether no hour can be in two parts.
func (r *requirements) apart(i, j int) bool {
	a, b := r.set.Requirements[i].Counts, r.set.Requirements[j].Counts
	if a == nil || b == nil {
		return true // one of them is not weighed
	}
	none := func(x, y []string) bool {
		for _, item := range x {
			if slices.Contains(y, item) {
				return false
			}
		}
		return len(x) > 0 && len(y) > 0
	}
	return a.Session != "" && b.Session != "" && a.Session != b.Session || none(a.Kinds, b.Kinds) || none(a.Formats, b.Formats)
}

// number returns a figure, or -1 where it is none.
func number(value string) float64 {
	n, err := strconv.ParseFloat(value, 64)
	if err != nil || !figure.MatchString(value) {
		return -1
	}
	return n
}

func short(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
