package assemble

import (
	"strings"

	"nwioi/internal/site"
	"nwioi/internal/theme"
)

// whereScript is the script of the first page of "where am I?".
const whereScript = "whereami.js"

// standings are the parts of a reader's own list, in their order.
var standings = []struct{ id, title, lead, none string }{
	{"done", "Done", "", "Nothing is done yet. Everybody begins here."},
	{"now", "What you can do now", "In this order, or side by side.", "There is nothing more to begin."},
	{"later", "What cannot start yet", "", ""},
	{"not", "What does not concern you", "", ""},
}

// whereAmI makes the pages of "where am I?". Each asks one question, and each answer leads to the next page,
// so that every path of answers ends in a list that stands at an address of its own. The first page asks all
// questions at once where its script runs. The others are not listed by search engines.
func (a *assembler) whereAmI() {
	if len(a.Branches) == 0 {
		return
	}
	way := a.crumbs(site.WhereURL, a.Target(site.WhereURL).Title)
	way = way[:len(way):len(way)]
	way[len(way)-1].Current = false
	for i, b := range a.Branches {
		if i == 0 {
			a.whereFirst(b)
			continue
		}
		v := theme.WhereView{PageView: a.pageView(b.URL, nil, "Where am I?", "")}
		v.NoIndex = true
		v.Given = list(a, a.given(b))
		if b.Question != nil {
			v.Question = a.whereQuestion(b)
			v.Title = v.Question.Ask + " · " + v.Title
			v.Heading, v.Lead = v.Question.Ask, v.Question.Hint
		} else {
			v.Heading, v.Lead = "Your own list", "What is behind you on the five steps, and what comes next, by your answers."
			v.Title = v.Heading + " · " + v.Title
			v.Groups = list(a, a.ownList(b.Profile))
			v.Tools = list(a, a.whereTools())
		}
		v.Crumbs = list(a, append(way, theme.Link{Label: v.Heading, URL: a.href(b.URL), Current: true}))
		a.page(b.URL, "where", v)
	}
}

// whereFirst makes the first page, with all that its script needs: every question, and every task of which
// the script chooses.
func (a *assembler) whereFirst(b site.Branch) {
	v := theme.WhereView{PageView: a.pageView(b.URL, a.Page(b.URL), "Where am I?",
		"Answer a few questions and get your own list: what is done, what comes next, what it takes.")}
	v.Script = a.asset(whereScript)
	v.Data = a.href(site.PathwayDataURL)
	v.Question = a.whereQuestion(b)
	v.Tools = list(a, a.whereTools())
	var questions []theme.Question
	for i := range a.Site.Pathway.Questions {
		q := &a.Site.Pathway.Questions[i]
		var options []theme.FormOption
		for _, answer := range q.Answers {
			options = append(options, theme.FormOption{Value: answer.ID, Label: answer.Label})
		}
		questions = append(questions, theme.Question{ID: q.ID, Ask: q.Ask, Hint: q.Hint, Several: q.Several, Answers: list(a, options)})
	}
	v.Questions = list(a, questions)
	var tasks []theme.OwnTask
	for i, s := range a.Site.Pathway.Steps {
		for _, r := range a.refs(s) {
			if r.PartOf == "" && r.Defines == "" {
				tasks = append(tasks, a.ownTask(i, r))
			}
		}
	}
	v.Tasks = list(a, tasks)
	var groups []theme.TaskGroup
	for _, s := range standings {
		groups = append(groups, theme.TaskGroup{ID: s.id, Title: s.title, Lead: s.lead, None: s.none})
	}
	v.Groups = list(a, groups)
	a.page(b.URL, "where", v)
}

func (a *assembler) whereQuestion(b site.Branch) theme.Question {
	var options []theme.FormOption
	for _, answer := range b.Answers {
		options = append(options, theme.FormOption{Label: answer.Label(), URL: a.href(answer.URL)})
	}
	return theme.Question{ID: b.Question.ID, Ask: b.Question.Ask, Hint: b.Question.Hint, Several: b.Question.Several, Answers: list(a, options)}
}

// whereTools are the ways on from a list.
func (a *assembler) whereTools() []theme.Link {
	return append([]theme.Link{{Label: "The steps, one by one", URL: a.href(site.PathwayURL)}}, a.guideTools(site.WhereURL)...)
}

func (a *assembler) given(b site.Branch) []theme.Given {
	var given []theme.Given
	for _, g := range b.Given {
		given = append(given, theme.Given{Ask: g.Question.Ask, Answer: g.Label(), URL: a.href(g.URL)})
	}
	return given
}

func (a *assembler) ownTask(step int, r ref) theme.OwnTask {
	t := theme.OwnTask{Ref: r.set.ID + "/" + r.ID, Task: a.task(r), Step: step + 1, StepURL: a.href(site.StepURL(a.Site.Pathway.Steps[step].ID))}
	t.OneOf = r.OneOf
	if when := a.when(r.StartsWhen); when != "" {
		t.Starts = "Starts when " + when + "."
	}
	if t.Who != "" {
		t.Only = "Only for " + t.Who + "."
		t.Who = ""
	}
	return t
}

// ownList sorts what the steps ask by where a reader with these answers stands.
func (a *assembler) ownList(profile site.Condition) []theme.TaskGroup {
	tasks := map[string][]theme.OwnTask{}
	for i, s := range a.Site.Pathway.Steps {
		for _, r := range a.refs(s) {
			if r.PartOf != "" || r.Defines != "" {
				continue
			}
			t := a.ownTask(i, r)
			standing, why := a.standing(r, profile)
			switch standing {
			case "later":
				t.Why = why
			case "not":
				t.Why = why
			}
			if before := tasks[standing]; len(before) > 0 && t.OneOf != "" && before[len(before)-1].OneOf == t.OneOf {
				t.Joint = "or"
			}
			tasks[standing] = append(tasks[standing], t)
		}
	}
	var groups []theme.TaskGroup
	for _, s := range standings {
		if len(tasks[s.id]) == 0 && s.none == "" {
			continue
		}
		g := theme.TaskGroup{ID: s.id, Title: s.title, Lead: s.lead, Tasks: list(a, tasks[s.id])}
		if len(tasks[s.id]) == 0 {
			g.Lead, g.None = "", s.none
		}
		groups = append(groups, g)
	}
	return groups
}

// standing says where a reader stands with a requirement, and why it cannot start or does not concern them.
func (a *assembler) standing(r ref, profile site.Condition) (standing, why string) {
	done := func(o *site.Requirement) bool { return len(o.MetBy) > 0 && o.MetBy.Holds(profile) }
	if done(r.Requirement) {
		return "done", ""
	}
	for _, other := range r.set.All() {
		if r.OneOf != "" && other.OneOf == r.OneOf && done(other) {
			return "not", "“" + other.Title + "” is enough."
		}
	}
	if !r.AppliesTo.Holds(profile) {
		return "not", "Only for " + a.who(r.AppliesTo) + "."
	}
	var whys, first []string
	if !r.StartsWhen.Holds(profile) {
		whys = append(whys, "Starts when "+a.when(r.StartsWhen)+".")
	}
	for _, id := range r.DependsOn {
		if other := r.set.Requirement(id); other != nil {
			if s, _ := a.standing(ref{r.set, other}, profile); s == "now" || s == "later" {
				first = append(first, other.Title)
			}
		}
	}
	if len(first) > 0 {
		whys = append(whys, "First: "+strings.Join(first, "; ")+".")
	}
	if len(whys) > 0 {
		return "later", strings.Join(whys, " ")
	}
	return "now", ""
}
