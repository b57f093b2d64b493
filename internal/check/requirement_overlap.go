package check

import (
	"slices"

	"nwioi/internal/diag"
	"nwioi/internal/site"
)

// requirementOverlap finds sets that replace each other and yet hold for the same contract, so that nobody
// could say to which of them it is held.
func requirementOverlap() rule {
	const id = "requirement/overlap"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Error, Summary: "Of the sets that replace each other one alone holds on any day.", Fixed: true},
		edition: func(p *pass) {
			series := map[string][]*site.RequirementSet{}
			for _, set := range p.Requirements {
				series[set.SeriesName()] = append(series[set.SeriesName()], set)
			}
			for _, sets := range series {
				slices.SortStableFunc(sets, func(a, b *site.RequirementSet) int { return a.Contracts.From.Compare(b.Contracts.From) })
				// The set that holds longest among the earlier ones is the one that a later one can meet.
				longest := sets[0]
				for _, set := range sets[1:] {
					if until := longest.Contracts.Until; until.IsZero() || !set.Contracts.From.After(until) {
						field := "contracts.from"
						if set.Contracts.From.IsZero() {
							field = "name"
						}
						p.wrong(set.File, field, id, "this set and "+longest.File.Path+" replace each other, and both hold for a contract signed on "+overlap(set),
							"give each its own days under contracts: with from and until; if they do not replace each other, give them different names under series:")
					}
					if until := longest.Contracts.Until; !until.IsZero() && (set.Contracts.Until.IsZero() || set.Contracts.Until.After(until)) {
						longest = set
					}
				}
			}
		},
	}
}

// overlap names a day on which a set holds.
func overlap(set *site.RequirementSet) string {
	if set.Contracts.From.IsZero() {
		return "any early day"
	}
	return set.Contracts.From.Long()
}
