package assemble

import (
	"encoding/json"
	"slices"
	"strings"

	"nwioi/internal/pathway"
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
		PageView: a.pageView(site.PlannerURL, a.Page(site.PlannerURL), a.Target(site.PlannerURL).Title,
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
	text, err := json.Marshal(a.plannedData())
	if err != nil {
		panic("the rules cannot be written as JSON: " + err.Error())
	}
	a.add(site.PathwayDataURL, textLayout, string(text))
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
		series := set.SeriesName()
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

// goal says in short what a set asks.
func (a *assembler) goal(set *site.RequirementSet) theme.Goal {
	dated := site.Fact{AsOf: set.AsOf}
	g := theme.Goal{Series: set.SeriesName(), Name: set.Name, Issuer: set.Issuer, AsOf: dated.AsOfText(), Notice: set.Notice}
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

// planned is the document at site.PathwayDataURL: what the planner weighs hours by, and what it says of
// costs and dates.
type planned struct {
	Format  int             `json:"format"` // of this document: 1
	Sets    []*pathway.Set  `json:"sets"`
	Courses []plannedCourse `json:"courses"` // in the order of the steps
	Awards  []plannedAward  `json:"awards"`
	Steps   []plannedStep   `json:"steps"`

	Questions []plannedQuestion `json:"questions"`
}

// A plannedCourse is a course as the planner needs it.
type plannedCourse struct {
	pathway.Course
	Name    string `json:"name"`
	URL     string `json:"url"`
	Credits string `json:"credits,omitempty"`
	Usual   string `json:"usual,omitempty"` // when it is usually held
}

// A plannedAward is an award as the planner needs it.
type plannedAward struct {
	pathway.Award
	Name   string `json:"name"`
	Amount string `json:"amount"`
	For    string `json:"for,omitempty"`
	Apply  string `json:"apply,omitempty"`
}

type plannedStep struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	URL   string `json:"url"`
}

func (a *assembler) plannedData() planned {
	data := planned{Format: 1, Sets: []*pathway.Set{}, Courses: []plannedCourse{}, Awards: []plannedAward{}, Steps: []plannedStep{}, Questions: a.plannedQuestions()}
	for _, set := range a.RuleSets() {
		for i := range set.Requirements {
			set.Requirements[i].URL = a.href(set.Requirements[i].URL)
		}
		data.Sets = append(data.Sets, &set)
	}
	for _, c := range a.inStepOrder() {
		course := plannedCourse{
			Course: pathway.Course{ID: c.ID, Price: priceText(c.Price), Cents: c.Price.Cents(), Next: []pathway.Span{}},
			Name:   c.Name, URL: a.href(site.CourseURL(c.ID)), Credits: c.Credits.Text(), Usual: c.Usual.Text(),
		}
		for _, in := range c.Instances {
			if a.coming(in) && !in.Start.IsZero() {
				course.Next = append(course.Next, pathway.Span{Start: in.Start.String(), End: in.Last().String()})
			}
		}
		slices.SortFunc(course.Next, func(x, y pathway.Span) int { return strings.Compare(x.Start, y.Start) })
		data.Courses = append(data.Courses, course)
	}
	for _, w := range a.Awards {
		if !w.Expires.IsZero() && w.Expires.Before(a.AsOf) {
			continue
		}
		award := plannedAward{
			Award: pathway.Award{ID: w.ID, Cents: w.Amount.Cents(), Courses: slices.Clone(w.Courses), Expires: w.Expires.String(), Deadline: w.Deadline.String()},
			Name:  w.Name, Amount: w.Amount.Text(), For: w.For.Text(), Apply: w.HowToApply,
		}
		for _, c := range a.Courses {
			if slices.Contains(c.Awards, w.ID) && !slices.Contains(award.Courses, c.ID) {
				award.Courses = append(award.Courses, c.ID)
			}
		}
		data.Awards = append(data.Awards, award)
	}
	if a.Site.Pathway != nil {
		for _, s := range a.Site.Pathway.Steps {
			data.Steps = append(data.Steps, plannedStep{s.ID, s.Title, a.href(site.StepURL(s.ID))})
		}
	}
	return data
}

// priceText is a price in words: "ask" where nobody has published one.
func priceText(p site.FactOrAsk) string {
	if p.Ask || p.Value == "" {
		return "ask"
	}
	return p.Text()
}
