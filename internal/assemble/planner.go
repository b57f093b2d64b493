package assemble

import (
	"cmp"
	"slices"
	"strings"

	"nwioi/internal/site"
	"nwioi/internal/theme"
)

// plannerScript is the script of the planner's page.
const plannerScript = "planner.js"

// blankLines is how many lines the log has that is printed empty: as many as fit on a sheet of paper.
const blankLines = 18

// planner makes the notebook of hours. What it weighs hours by stands in the file at
// site.PathwayDataURL.
func (a *assembler) planner() {
	if !a.CountsHours() {
		return
	}
	v := theme.PlannerView{
		PageView: a.pageView(site.PlannerURL, a.Page(site.PlannerURL), "Keep count of your hours",
			"A notebook that stays in your browser. It weighs each hour against everything you work toward, and says what is left."),
		Data: a.href(site.PathwayDataURL),
	}
	v.Script = a.asset(plannerScript)
	var goals []theme.Goal
	for _, set := range a.current() {
		goals = append(goals, a.goal(set))
	}
	v.Goals = list(a, goals)
	var asked []theme.Question
	if a.Site.Pathway != nil {
		for _, q := range a.Site.Pathway.Questions {
			var answers []theme.FormOption
			for _, answer := range q.Answers {
				answers = append(answers, theme.FormOption{Value: answer.ID, Label: answer.Label})
			}
			asked = append(asked, theme.Question{ID: q.ID, Ask: q.Ask, Hint: q.Hint, Several: q.Several, Answers: list(a, answers)})
		}
	}
	v.Questions = list(a, asked)
	var guide []theme.Link
	for _, url := range []string{site.PathwayURL, site.WhereURL, site.PrintURL, site.SupervisorsURL} {
		if t := a.Target(url); t != nil {
			guide = append(guide, theme.Link{Label: t.Title, URL: a.href(url)})
		}
	}
	v.Guide = list(a, guide)
	lines := make([]int, blankLines)
	for i := range lines {
		lines[i] = i + 1
	}
	v.Blank = list(a, lines)
	a.page(site.PlannerURL, "planner", v)
}

// current returns of each series of requirement sets the one for contracts that are signed today, or
// the last there is; first those that the steps lead through.
func (a *assembler) current() []*site.RequirementSet {
	inSteps := map[string]bool{}
	if a.Site.Pathway != nil {
		for _, s := range a.Site.Pathway.Steps {
			for _, ref := range s.Requirements {
				set, _, _ := strings.Cut(ref, "/")
				inSteps[set] = true
			}
		}
	}
	var order []string
	latest := map[string]*site.RequirementSet{}
	for _, set := range a.Requirements {
		series := seriesOf(set)
		old := latest[series]
		if old == nil {
			order = append(order, series)
		} else if set.Contracts.From.After(a.AsOf) || set.Contracts.From.Before(old.Contracts.From) {
			continue
		}
		latest[series] = set
	}
	sets := make([]*site.RequirementSet, len(order))
	for i, series := range order {
		sets[i] = latest[series]
	}
	slices.SortStableFunc(sets, func(x, y *site.RequirementSet) int {
		switch {
		case inSteps[x.ID] == inSteps[y.ID]:
			return 0
		case inSteps[x.ID]:
			return -1
		}
		return 1
	})
	return sets
}

func seriesOf(set *site.RequirementSet) string { return cmp.Or(set.Series, site.Slug(set.Issuer)) }

// goal says in short what a set asks.
func (a *assembler) goal(set *site.RequirementSet) theme.Goal {
	dated := site.Fact{AsOf: set.AsOf}
	g := theme.Goal{Series: seriesOf(set), Name: set.Name, Issuer: set.Issuer, AsOf: dated.AsOfText(), Notice: set.Notice}
	var tracks []theme.FormOption
	for _, t := range set.Tracks {
		tracks = append(tracks, theme.FormOption{Value: t.ID, Label: t.Label})
	}
	g.Tracks = list(a, tracks)
	var asks []theme.FactLine
	for i := range set.Requirements {
		r := &set.Requirements[i]
		line := theme.FactLine{Label: r.Title}
		switch {
		case r.Target.Value != "":
			line.Value = r.Target.Text()
		case r.AtLeast.Value != "" && r.AtMost.Value != "":
			line.Value = "from " + r.AtLeast.Value + " to " + set.Bound(r, r.AtMost).Text()
		case r.AtLeast.Value != "":
			line.Value = "at least " + set.Bound(r, r.AtLeast).Text()
		case r.AtMost.Value != "":
			line.Value = "at most " + set.Bound(r, r.AtMost).Text()
		}
		asks = append(asks, line)
	}
	g.Asks = list(a, asks)
	return g
}
