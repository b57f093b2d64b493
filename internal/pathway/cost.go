package pathway

import "slices"

// An Award lowers what courses cost, for those who get it.
type Award struct {
	ID       string   `json:"id"`
	Cents    int      `json:"cents,omitempty"`
	Courses  []string `json:"courses"`
	Expires  string   `json:"expires,omitempty"`  // the last day it is given
	Deadline string   `json:"deadline,omitempty"` // the last day to apply
}

// Rates are what an hour of supervision costs, in cents; 0 where that is not known.
type Rates struct {
	Individual int `json:"individual"`
	Group      int `json:"group"`
}

// Costs is what several sets cost together. What several ask for is paid once.
type Costs struct {
	Lines  []Line `json:"lines"`
	Awards []Line `json:"awards"` // that can still be applied for; in no sum, since nobody has them yet
	Left   int    `json:"left"`   // in cents: the sum of what is known and still to be paid
	All    int    `json:"all"`    // the sum of what is known, from the beginning to the end
	Asks   int    `json:"asks"`   // how many lines are in neither sum, because somebody has to be asked
}

// A Line is one cost. Codes: "course", ID the course; "fee"; "award", ID the award; "individual", "group" and
// "either" for hours of supervision.
type Line struct {
	Code        string `json:"code"`
	Set         string `json:"set"`
	Requirement string `json:"requirement"`
	ID          string `json:"id"`
	Ask         bool   `json:"ask"`  // no sum is known
	Left        int    `json:"left"` // in cents: still to be paid
	All         int    `json:"all"`
	// QuartersLeft and QuartersAll are those of supervision.
	QuartersLeft int `json:"quarters_left"`
	QuartersAll  int `json:"quarters_all"`
}

// CostsOf adds up what several sets cost that one log was weighed by. What is not asked, and alternatives
// of what is done, cost nothing.
//
// An hour of supervision is paid once however many sets it counts for: of individual, of group and of
// all hours together the set that asks for the most tells. Hours that may be either are priced at the dearer
// of the rates, so that the sum is not too low.
func CostsOf(sets []*Set, weighed []Weighed, courses []Course, awards []Award, rates Rates, today string) Costs {
	costs := Costs{Lines: []Line{}, Awards: []Line{}}
	var hours [3]Line // individual, group, all
	for s, set := range sets {
		for i, r := range set.Requirements {
			t := weighed[s].Requirements[i]
			if t.State == NotAsked || t.State == Covered {
				continue
			}
			if n := sessionOf(set, r); n != none {
				hours[n].QuartersLeft = max(hours[n].QuartersLeft, t.Left)
				hours[n].QuartersAll = max(hours[n].QuartersAll, t.Target)
				if r.Cents == 0 {
					continue
				}
			}
			line := Line{Code: "fee", Set: set.ID, Requirement: r.ID}
			cents, price := r.Cents, r.Cost
			if r.Course != "" {
				at := slices.IndexFunc(courses, func(c Course) bool { return c.ID == r.Course })
				if at < 0 {
					continue
				}
				line.Code, line.ID = "course", r.Course
				cents, price = courses[at].Cents, courses[at].Price
			}
			if price != "" {
				costs.add(line, cents, t.State == Done)
			}
		}
	}
	hours[2].QuartersLeft = max(hours[2].QuartersLeft-hours[0].QuartersLeft-hours[1].QuartersLeft, 0)
	hours[2].QuartersAll = max(hours[2].QuartersAll-hours[0].QuartersAll-hours[1].QuartersAll, 0)
	for n, rate := range []int{rates.Individual, rates.Group, max(rates.Individual, rates.Group)} {
		line := hours[n]
		if line.QuartersAll == 0 {
			continue
		}
		line.Code = []string{Individual, Group, "either"}[n]
		line.Ask = rate == 0
		line.Left, line.All = (line.QuartersLeft*rate+3)/4, (line.QuartersAll*rate+3)/4
		costs.Lines = append(costs.Lines, line)
	}
	for _, line := range costs.Lines {
		costs.Left += line.Left
		costs.All += line.All
		if line.Ask {
			costs.Asks++
		}
	}
	for _, a := range awards {
		wanted := slices.ContainsFunc(costs.Lines, func(line Line) bool {
			return line.Code == "course" && (line.Ask || line.Left > 0) && among(line.ID, a.Courses...)
		})
		if wanted && (a.Expires == "" || a.Expires >= today) && (a.Deadline == "" || a.Deadline >= today) {
			costs.Awards = append(costs.Awards, Line{Code: "award", ID: a.ID, Ask: a.Cents == 0, Left: a.Cents, All: a.Cents})
		}
	}
	return costs
}

// add adds a line, or where a course has one already, that it is still to be paid.
func (c *Costs) add(line Line, cents int, paid bool) {
	line.Ask, line.All = cents == 0 && !paid, cents
	if !paid {
		line.Left = cents
	}
	for i := range c.Lines {
		if old := &c.Lines[i]; line.Code == "course" && old.Code == line.Code && old.ID == line.ID {
			old.Ask, old.Left = old.Ask || line.Ask, max(old.Left, line.Left)
			return
		}
	}
	c.Lines = append(c.Lines, line)
}

// sessionOf says of which hours of supervision a requirement is: 0 individual, 1 group, 2 any, or none.
func sessionOf(set *Set, r Requirement) int {
	whole := r
	if at := slices.IndexFunc(set.Requirements, func(q Requirement) bool { return q.ID == r.PartOf }); at >= 0 && r.Counts != nil && len(r.Counts.Kinds) == 0 {
		whole = set.Requirements[at]
	}
	if r.Counts == nil || whole.Counts == nil || !among(Supervised, whole.Counts.Kinds...) {
		return none
	}
	switch r.Counts.Session {
	case Individual:
		return 0
	case Group:
		return 1
	}
	if r.PartOf != "" {
		return none
	}
	return 2
}
