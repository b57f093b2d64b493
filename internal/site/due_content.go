package site

import (
	"maps"
	"slices"
	"strconv"

	"nwioi/internal/source"
)

const (
	confirmFact = "ask the source, then set as_of: to that day and review_by: to a later one"
	readThrough = "read it through, then set reviewed: to that day and review_by: to a later one"
)

// facts lists those of data/facts.yaml. Those of other records come with their records.
func (g *agenda) facts() {
	for _, id := range slices.Sorted(maps.Keys(g.Facts)) {
		g.fact(g.FactsFile, id, g.Facts[id], "", id, id)
	}
}

// fact lists a fact that is to be confirmed again. It stands at a field of a file, whose owner is the
// fact's unless it names its own.
func (g *agenda) fact(file *source.File, field string, f Fact, owner, id, name string) {
	on := f.ReviewBy
	if f.IsZero() || !g.due(on) {
		return
	}
	if f.Owner != "" {
		owner = f.Owner
	}
	g.add(file, field+".review_by", Due{
		On: on, Owner: owner, Kind: DueFact, ID: id, Name: name,
		What: strconv.Quote(f.Text()) + g.told(on, " was", " is") + " to be confirmed by " + on.Long(),
		Do:   confirmFact,
	})
}

// pages lists those that are published: what is to be read again and what ends. A page that has ended is
// listed until its file is dealt with.
func (g *agenda) pages() {
	for _, p := range g.Pages {
		f := p.Front
		if f.Draft || f.Date.After(g.AsOf) {
			continue
		}
		owner := f.Owner
		if p.IsNews() {
			owner = g.owner(owner, NewsURL)
		}
		d := Due{Owner: owner, Kind: DuePage, ID: p.URL(), Name: f.Title}
		if on := f.Expires; g.due(on) {
			d.On = on
			d.What = g.told(on, "the page ended on "+on.Long()+" and is published no longer", "the page is published until "+on.Long()+" and then disappears")
			d.Do = g.told(on, "remove the file, or set expires: to a later day", "if it is to stay, set expires: to a later day or remove the line")
			g.add(p.File, "expires", d)
			if g.over(on) {
				continue
			}
		}
		if on := f.ReviewBy; g.due(on) {
			d.On, d.What, d.Do = on, g.toReview("the page", on), readThrough
			g.add(p.File, "review_by", d)
		}
	}
}

func (g *agenda) toReview(what string, on Date) string {
	return what + g.told(on, " was", " is") + " to be reviewed by " + on.Long()
}

// requirements lists the sets that are to be checked against their source, and those that hold no longer
// for new contracts while none follows them.
func (g *agenda) requirements() {
	for _, set := range g.Requirements {
		owner := g.owner(set.Owner, PathwayURL)
		d := Due{Owner: owner, Kind: DueRequirements, ID: set.ID, Name: set.Name}
		if on := set.ReviewBy; g.due(on) {
			d.On, d.What = on, g.toReview("the set", on)
			d.Do = "compare it with its source, then set reviewed: to that day and review_by: to a later one"
			g.add(set.File, "review_by", d)
		}
		if on := set.Contracts.Until; g.due(on) && !g.followed(set) {
			d.On = on
			d.What = g.told(on, "the set held for contracts signed until ", "the set holds for contracts signed until ") + on.Long() + ", and no set holds for later ones"
			d.Do = "add the set that follows it, or set contracts: until to a later day"
			g.add(set.File, "contracts.until", d)
		}
		for i, r := range set.Requirements {
			id := "requirements." + set.ID + "." + r.ID + ".cost"
			g.fact(set.File, "requirements["+strconv.Itoa(i)+"].cost", r.Cost.Fact, owner, id, set.Name+", cost of "+r.Title)
		}
	}
}

// followed reports whether another set of the series holds on the day after the last of this one.
func (g *agenda) followed(set *RequirementSet) bool {
	next := set.Contracts.Until.AddDays(1)
	return slices.ContainsFunc(g.Requirements, func(other *RequirementSet) bool {
		c := other.Contracts
		return other != set && other.SeriesName() == set.SeriesName() && !c.From.After(next) && (c.Until.IsZero() || !c.Until.Before(next))
	})
}
