package refer

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"nwioi/internal/search"
	"nwioi/internal/site"
	"nwioi/internal/theme"
)

// An Answer is whom the institute may suggest.
type Answer struct {
	Criteria    []Criterion
	Suggestions []Suggestion // at most Suggested
	// Fit is the number of people who meet every criterion and take new clients, Waiting of those who
	// meet it and keep a waiting list. Both count those alone who confirmed it within site.CountsDays.
	Fit, Waiting int
	// Relax says, where fewer were found than are suggested, which criterion to give up and how many
	// people that brings.
	Relax []Relax
	Notes []string // what staff should know of this answer, as sentences

	day  site.Date
	site string // the institute's name
}

// A Suggestion is one person.
type Suggestion struct {
	Person  *site.Person
	Card    theme.Card
	URL     string // of the profile, absolute
	Waiting bool   // a waiting list, not an opening
	// Reasons are sentences for staff: how the person meets each criterion, and why it is their turn.
	Reasons []string
	Plans   []site.Insurance // those that were asked for
	labels  []string         // of Plans
}

// A Relax is a criterion to give up.
type Relax struct {
	Label string // "Premera Blue Cross", "an opening now: a waiting list will do"
	Total int    // people who fit then
}

// Suggest answers the criteria, which are at least one.
func (d *Desk) Suggest(criteria []Criterion) *Answer {
	demands := d.demands(criteria)
	fit, waiting := split(d.meeting(demands, -1))
	a := &Answer{Criteria: criteria, Fit: len(fit), Waiting: len(waiting), day: d.edition.AsOf, site: d.edition.Settings.Title}
	chosen, wait := fit, false
	if len(fit) == 0 {
		chosen, wait = waiting, true
	}
	d.inTurn(chosen, criteria)
	for _, p := range chosen[:min(Suggested, len(chosen))] {
		a.Suggestions = append(a.Suggestions, d.suggestion(p, criteria, wait))
	}
	if wait && len(chosen) > 0 {
		a.Notes = append(a.Notes, "Nobody who fits takes new clients now. These keep a waiting list.")
	}
	if slices.ContainsFunc(a.Suggestions, func(s Suggestion) bool { return s.Person.Sample }) {
		a.Notes = append(a.Notes, "Sample records are invented people. Do not send this reply.")
	}
	if slices.ContainsFunc(criteria, func(c Criterion) bool { return c.Key == "format" && c.ID == "telehealth" }) {
		a.Notes = append(a.Notes, "No state was named for video sessions. The therapist needs a licence where the client is: ask, and add it, as in \"telehealth WA\".")
	}
	for _, m := range demands {
		if len(m.met) == 0 {
			a.Notes = append(a.Notes, "Nobody in the directory has this: "+m.label()+".")
		}
	}
	if len(a.Suggestions) < Suggested {
		d.relax(a, demands)
	}
	return a
}

// relax says what to give up to find more people.
func (d *Desk) relax(a *Answer, demands []demand) {
	for i, m := range demands {
		if len(demands) == 1 {
			break // whoever is open is no answer
		}
		if open, _ := split(d.meeting(demands, i)); len(open) > a.Fit {
			a.Relax = append(a.Relax, Relax{m.label(), len(open)})
		}
	}
	if a.Fit > 0 && a.Waiting > 0 {
		a.Relax = append(a.Relax, Relax{"an opening now: a waiting list will do", a.Fit + a.Waiting})
	}
	slices.SortStableFunc(a.Relax, func(x, y Relax) int { return cmp.Compare(y.Total, x.Total) })
}

// split returns those who take new clients and those who keep a waiting list, and leaves out those who
// have not said so for too long.
func split(people []*site.Person) (open, waiting []*site.Person) {
	for _, p := range people {
		switch {
		case p.Freshness > site.Ageing:
		case p.Availability.Status == "open":
			open = append(open, p)
		default:
			waiting = append(waiting, p)
		}
	}
	return open, waiting
}

// inTurn orders people, who come in the published order: by match, by freshness, then by whose turn it
// is.
func (d *Desk) inTurn(people []*site.Person, criteria []Criterion) {
	slices.SortStableFunc(people, func(p, q *site.Person) int {
		return cmp.Or(
			cmp.Compare(distance(p, criteria), distance(q, criteria)),
			cmp.Compare(p.Freshness, q.Freshness),
			cmp.Compare(d.turns[p.ID].place, d.turns[q.ID].place),
		)
	})
}

// distance is how far a person who meets all criteria is from the best match: one for each concern that
// is not among their first, and for each plan they are not in the network of.
func distance(p *site.Person, criteria []Criterion) int {
	n := 0
	for _, c := range criteria {
		switch c.Key {
		case site.Concern:
			if !slices.ContainsFunc(p.Top, func(id string) bool { return site.Slug(id) == c.ID }) {
				n++
			}
		case site.InsurancePlan:
			if i := planOf(p, c); i != nil && i.Network == "out" {
				n++
			}
		}
	}
	return n
}

// planOf returns what a person says of the plan that a criterion names, or nil.
func planOf(p *site.Person, c Criterion) *site.Insurance {
	for i := range p.Insurance {
		if site.Slug(p.Insurance[i].Plan) == c.ID {
			return &p.Insurance[i]
		}
	}
	return nil
}

func (d *Desk) suggestion(p *site.Person, criteria []Criterion, waiting bool) Suggestion {
	s := Suggestion{Person: p, Card: d.cards[p.ID], URL: d.edition.Base.Absolute(site.ProfileURL(p.ID)), Waiting: waiting}
	for _, c := range criteria {
		s.Reasons = append(s.Reasons, d.reason(p, c)...)
		if i := planOf(p, c); c.Key == site.InsurancePlan && i != nil {
			s.Plans, s.labels = append(s.Plans, *i), append(s.labels, c.Label)
		}
	}
	switch t := d.turns[p.ID]; t.times {
	case 0:
		s.Reasons = append(s.Reasons, "Not suggested before.")
	case 1:
		s.Reasons = append(s.Reasons, "Suggested once before, on "+t.last.Long()+".")
	default:
		s.Reasons = append(s.Reasons, fmt.Sprintf("Suggested %d times before, last on %s.", t.times, t.last.Long()))
	}
	return s
}

// reason says how a person meets a criterion, in sentences; of several values that stand for each other
// only those that they have.
func (d *Desk) reason(p *site.Person, c Criterion) []string {
	if !d.holding(c)[p.ID] {
		return nil
	}
	switch c.Key {
	case site.Concern:
		if distance(p, []Criterion{c}) == 0 {
			return []string{c.Label + ": among the concerns named first."}
		}
		return []string{c.Label + ": works with this."}
	case site.InsurancePlan:
		i := planOf(p, c)
		return []string{fmt.Sprintf("%s: %s, confirmed %s.", c.Label, networkText(*i), i.ConfirmedOn.Long())}
	case site.Telehealth:
		return []string{c.Label + ": " + d.permission(p, c.ID) + "."}
	case keyZip:
		return []string{c.Label + "."}
	}
	return []string{c.Label + ": yes."}
}

// permission says why a person may see clients in a state by video.
func (d *Desk) permission(p *site.Person, state string) string {
	for _, l := range p.Licenses {
		if l.State == state && l.InForce(d.edition.AsOf) {
			return "licensed there (" + l.Type + ")" + until(l.Expires)
		}
	}
	for _, c := range p.Compacts { // those in force
		if slices.Contains(c.States, state) {
			return "may practise there by " + c.Name + until(c.Expires)
		}
	}
	return "yes"
}

func networkText(i site.Insurance) string {
	if i.Network == "out" {
		return "out of the network"
	}
	return "in the network"
}

func until(d site.Date) string {
	if d.IsZero() {
		return ""
	}
	return ", until " + d.Long()
}

// Entry returns what the log keeps of the answer: criteria and ids, and of a postcode no more than that
// there was one.
func (a *Answer) Entry() site.Referral {
	r := site.Referral{Date: a.day}
	for _, c := range a.Criteria {
		if c.Key == keyZip {
			c = Criterion{Key: keyWithin, ID: strconv.Itoa(search.DefaultWithin)}
		}
		if _, _, ok := site.SplitCriterion(c.String()); ok && !slices.Contains(r.Criteria, c.String()) {
			r.Criteria = append(r.Criteria, c.String())
		}
	}
	for _, s := range a.Suggestions {
		r.Suggested = append(r.Suggested, s.Person.ID)
	}
	return r
}
