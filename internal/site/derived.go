package site

import (
	"math/big"
	"slices"
	"strings"
)

// A FactEntry is an entry of data/facts.yaml: a fact, or how it is worked out of others.
type FactEntry struct {
	Value    string   `yaml:"value" doc:"The figure or the words." example:"\"21\""`
	Sum      []string `yaml:"sum" doc:"In place of a value: the ids of facts to add up." example:"[courses.sar.credits, courses.advanced-course.credits]"`
	Divide   []string `yaml:"divide" doc:"In place of a value: the ids of two facts, the first to be divided by the second." example:"[institute.hours, institute.weeks]"`
	About    bool     `yaml:"about" doc:"true: the result is rounded to one decimal, and shown as about so much." title:"Rounded" example:"true"`
	Unit     string   `yaml:"unit" pattern:"^(hour|CEU|month|week|weekend|day|year|dollar|dollar-per-hour|percent|person|session)$" form:"hour, CEU, month, week, weekend, day, year, dollar, dollar-per-hour, percent, person or session" doc:"What the figure counts."`
	Source   string   `yaml:"source" doc:"Where it comes from: a name or an https address. One that is worked out says so by itself." example:"NWIOI newsletter"`
	AsOf     Date     `yaml:"as_of" doc:"The day on which the source said so." title:"As of"`
	ReviewBy Date     `yaml:"review_by" doc:"The day by which somebody looks at it again." title:"Review by"`
	Note     string   `yaml:"note" doc:"A remark for readers." example:"Reported, not confirmed"`
	Owner    string   `yaml:"owner" doc:"Who looks after it." example:"Education team"`
}

// Derived reports whether the entry says how its value is worked out.
func (e FactEntry) Derived() bool { return len(e.Sum)+len(e.Divide) > 0 }

// Fact returns the fact that the entry holds; one that is worked out lacks what follows from others.
func (e FactEntry) Fact() Fact {
	return Fact{Value: e.Value, Unit: e.Unit, Source: e.Source, AsOf: e.AsOf, ReviewBy: e.ReviewBy, Note: e.Note, Owner: e.Owner}
}

// A Fault is a fact of data/facts.yaml that cannot be worked out, and why.
type Fault struct{ ID, Message, Hint string }

// Faults returns what cannot be worked out, by id.
func (b *FactBook) Faults() []Fault { return b.faults }

// derive works out every fact that follows from others. Its date is the oldest of theirs, and it is to be
// looked at again when the first of them is.
func (b *FactBook) derive(entries map[string]FactEntry) {
	const working, failed = 1, 2
	state := map[string]int{}
	var work func(id string) bool
	work = func(id string) bool {
		e, derived := entries[id]
		if _, known := b.facts[id]; known || !derived || state[id] != 0 {
			return known
		}
		state[id] = working
		fault := func(message, hint string) bool {
			state[id] = failed
			b.faults = append(b.faults, Fault{id, message, hint})
			return false
		}
		var parts []Fact
		for _, part := range slices.Concat(e.Sum, e.Divide) {
			switch {
			case state[part] == working:
				return fault("“"+id+"” is worked out from “"+part+"”, which is worked out from it", "give one of the two a value of its own")
			case !work(part) && state[part] == failed:
				state[id] = failed
				return false // the mistake is reported where it is
			}
			f, known := b.facts[part]
			if !known {
				return fault("there is no fact “"+part+"” to work “"+id+"” out from", "check the id, or add the fact")
			}
			parts = append(parts, f)
		}
		f, message, hint := e.result(parts)
		if message != "" {
			return fault(message, hint)
		}
		b.facts[id] = f
		state[id] = 0
		return true
	}
	ids := make([]string, 0, len(entries))
	for id, e := range entries {
		if e.Derived() {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	for _, id := range ids {
		work(id)
	}
	slices.SortFunc(b.faults, func(x, y Fault) int { return strings.Compare(x.ID, y.ID) })
}

// result works the entry out of the facts it names, in their order. The message says why it cannot.
func (e FactEntry) result(parts []Fact) (f Fact, message, hint string) {
	if len(e.Sum) > 0 && len(e.Divide) > 0 || len(e.Divide) > 0 && len(e.Divide) != 2 {
		return f, "it is not clear how this is worked out", "write either sum: with the ids to add up, or divide: with two ids"
	}
	f = e.Fact()
	total, sign := new(big.Rat), " + "
	var texts, sources []string
	for i, p := range parts {
		n, ok := new(big.Rat).SetString(strings.ReplaceAll(p.Value, ",", ""))
		switch {
		case !ok:
			return f, "“" + p.Value + "” is no figure to calculate with", "name facts whose value is a number"
		case len(e.Sum) > 0 && p.Unit != parts[0].Unit:
			return f, "“" + parts[0].Text() + "” and “" + p.Text() + "” cannot be added: they count different things", "name facts of one unit"
		case i == 0 || len(e.Sum) > 0:
			total.Add(total, n)
		case n.Sign() == 0:
			return f, "nothing can be divided by “" + p.Text() + "”", "name a fact that is not zero"
		default:
			total.Quo(total, n)
			sign = " divided by "
		}
		texts = append(texts, p.Text())
		if p.Source != "" && !slices.Contains(sources, p.Source) {
			sources = append(sources, p.Source)
		}
		if f.AsOf.IsZero() || p.AsOf.Before(f.AsOf) {
			f.AsOf = p.AsOf
		}
		if f.ReviewBy.IsZero() || p.ReviewBy.Before(f.ReviewBy) {
			f.ReviewBy = p.ReviewBy
		}
	}
	if f.Unit == "" {
		f.Unit = parts[0].Unit
	}
	f.Source = "Worked out: " + strings.Join(texts, sign) + ". From " + strings.Join(sources, "; ")
	if e.About {
		f.Value = "about " + decimal(total, 1)
		return f, "", ""
	}
	f.Value = decimal(total, 6)
	if exact, _ := new(big.Rat).SetString(f.Value); exact.Cmp(total) != 0 {
		return f, "“" + strings.Join(texts, sign) + "” does not come out even", "add about: true, which rounds it and says so"
	}
	return f, "", ""
}

// decimal writes a number with at most so many decimals.
func decimal(n *big.Rat, decimals int) string {
	return strings.TrimSuffix(strings.TrimRight(n.FloatString(decimals), "0"), ".")
}
