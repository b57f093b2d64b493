package site

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A Due is something of a person's record that is out of date, or will be soon.
type Due struct {
	ID, Name string
	Path     string // of the record
	What     string // a sentence without a full stop
	On       Date   // the day since which, or on which, it is due
}

// Due returns what of the people who have a page is out of date on the day of the edition, or runs out
// within so many days of it, the oldest first: records that nobody confirmed for FlagDays, availability
// not confirmed for FreshDays, licences.
func (e *Edition) Due(within int) []Due {
	var all []Due
	for _, p := range e.Profiles {
		if p.Status == "alumni" {
			continue
		}
		add := func(on Date, what string) {
			all = append(all, Due{p.ID, p.Name.Full(), p.File.Path, what, on})
		}
		if on := p.Confirmed; on.DaysUntil(e.AsOf) > FlagDays {
			add(on.AddDays(FlagDays), "nobody confirmed the record since "+on.Long())
		}
		if on := p.Availability.ConfirmedOn; p.Availability.Status != "closed" && on.DaysUntil(e.AsOf) > FreshDays {
			add(on.AddDays(FreshDays), "the availability was not confirmed since "+on.Long())
		}
		for _, l := range p.Licenses {
			switch {
			case l.Expires.IsZero() || e.AsOf.DaysUntil(l.Expires) > within:
			case l.InForce(e.AsOf):
				add(l.Expires, fmt.Sprintf("the licence %s of %s runs out on %s", l.Type, StateName(l.State), l.Expires.Long()))
			default:
				add(l.Expires, fmt.Sprintf("the licence %s of %s ran out on %s, so it does not count", l.Type, StateName(l.State), l.Expires.Long()))
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Due) int { return cmp.Or(a.On.Compare(b.On), strings.Compare(a.ID, b.ID)) })
	return all
}
