package site

import (
	"cmp"
	"math"
	"strconv"

	"nwioi/internal/pathway"
)

// RuleSets returns the requirement sets as rules that a log of hours is weighed by, in the order of their
// files: limits in percent are worked out, and a course's credits are the target of the requirement that it is.
func (s *Site) RuleSets() []pathway.Set {
	sets := make([]pathway.Set, len(s.Requirements))
	for i, set := range s.Requirements {
		sets[i] = s.RuleSet(set)
	}
	return sets
}

// RuleSet returns one set as rules.
func (s *Site) RuleSet(set *RequirementSet) pathway.Set {
	rules := pathway.Set{
		ID: set.ID, Series: set.SeriesName(), Name: set.Name, Issuer: set.Issuer, Version: set.Version,
		AsOf: set.AsOf.String(), Reviewed: set.Reviewed.String(), Source: set.Source, Notice: set.Notice, State: set.State,
		From: set.Contracts.From.String(), Until: set.Contracts.Until.String(),
		Requirements: make([]pathway.Requirement, len(set.Requirements)),
	}
	for _, t := range set.Tracks {
		rules.Tracks = append(rules.Tracks, pathway.Track{ID: t.ID, Label: t.Label})
	}
	for i := range set.Requirements {
		rules.Requirements[i] = s.ruleOf(set, &set.Requirements[i])
	}
	return rules
}

// SeriesName returns the name that a set shares with those that replace it: its series, or else its issuer's.
func (set *RequirementSet) SeriesName() string { return cmp.Or(set.Series, Slug(set.Issuer)) }

func (s *Site) ruleOf(set *RequirementSet, r *Requirement) pathway.Requirement {
	rule := pathway.Requirement{
		ID: r.ID, Title: r.Title, Explanation: r.Explanation, Kind: r.Kind, Step: r.Step, Track: r.Track, OneOf: r.OneOf, Course: r.Course,
		URL:    s.RequirementURL(set, r.ID),
		Target: amountOf(r.Target), Shortest: amountOf(r.Shortest),
		AtLeast: amountOf(set.Bound(r, r.AtLeast)), AtMost: amountOf(set.Bound(r, r.AtMost)),
		PartOf: r.PartOf, Defines: r.Defines,
		AppliesTo: pathway.Condition(r.AppliesTo), MetBy: pathway.Condition(r.MetBy), StartsWhen: pathway.Condition(r.StartsWhen),
		DependsOn: r.DependsOn, AlsoCounts: r.AlsoCounts,
	}
	if c := s.Course(r.Course); c != nil && rule.Target == nil {
		rule.Target = amountOf(Quantity{c.Credits.Value, c.Credits.Unit})
	}
	if c := r.Counts; c != nil {
		rule.Counts = &pathway.Counts{
			Kinds: c.Kinds, Session: c.Session, Clients: c.Clients, Formats: c.Formats, ApprovedBy: c.ApprovedBy, OthersMay: c.OthersMay, After: c.After,
		}
	}
	switch {
	case r.Cost.Ask:
		rule.Cost = "ask"
	case !r.Cost.IsZero():
		rule.Cost, rule.Cents = r.Cost.Text(), r.Cost.Cents()
	}
	return rule
}

// amountOf returns a quantity whose value is a number, or nil.
func amountOf(q Quantity) *pathway.Amount {
	value, err := strconv.ParseFloat(q.Value, 64)
	if err != nil || math.IsNaN(value) || math.IsInf(value, 0) {
		return nil
	}
	return &pathway.Amount{Value: value, Unit: q.Unit, Text: q.Text()}
}

// Cents returns a sum of dollars in cents, or 0 where the fact is none.
func (f Fact) Cents() int {
	dollars, err := strconv.ParseFloat(f.Value, 64)
	if err != nil || f.Unit != "dollar" || !(dollars > 0 && dollars < 1e6) {
		return 0
	}
	return int(math.Round(dollars * 100))
}
