package assemble

import (
	"slices"
	"strings"

	"nwioi/internal/pathway"
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
	rules := map[*site.RequirementSet]*pathway.Set{}
	for _, s := range a.Site.Pathway.Steps {
		for _, r := range a.refs(s) {
			if rules[r.set] == nil {
				set := a.RuleSet(r.set)
				rules[r.set] = &set
			}
		}
	}
	first := theme.Link{Label: a.Target(site.WhereURL).Title, URL: a.href(site.WhereURL)}
	way := slices.Concat(a.above(strings.TrimSuffix(site.WhereURL, "/")).All(), []theme.Link{first})
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
			v.Groups = list(a, a.ownList(b.Profile, rules))
			v.Tools = list(a, a.whereTools())
		}
		v.Crumbs = list(a, append(slices.Clip(way), theme.Link{Label: v.Heading, URL: a.href(b.URL), Current: true}))
		a.describeWay(&v.Frame)
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
		questions = append(questions, theme.Question{ID: q.ID, Ask: q.Ask, Hint: q.Hint, Several: q.Several, Later: len(q.AskedWhen) > 0, Answers: list(a, options)})
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

// ownList sorts what the steps ask by where a reader with these answers stands: what an empty log comes to.
func (a *assembler) ownList(profile site.Condition, rules map[*site.RequirementSet]*pathway.Set) []theme.TaskGroup {
	log := pathway.Log{Profile: pathway.Profile(profile)}
	stands := map[*site.RequirementSet]map[string]pathway.Tally{}
	for set, rules := range rules {
		stands[set] = map[string]pathway.Tally{}
		for _, t := range pathway.Weigh(rules, log, a.AsOf.String()).Requirements {
			stands[set][t.ID] = t
		}
	}
	tasks := map[string][]theme.OwnTask{}
	for i, s := range a.Site.Pathway.Steps {
		for _, r := range a.refs(s) {
			if r.PartOf != "" || r.Defines != "" {
				continue
			}
			tally := stands[r.set][r.ID]
			group := groupOf[tally.State]
			t := a.ownTask(i, r)
			t.Why = a.why(t, r.set, tally.Reasons, group)
			if before := tasks[group]; len(before) > 0 && t.OneOf != "" && before[len(before)-1].OneOf == t.OneOf {
				t.Joint = "or"
			}
			tasks[group] = append(tasks[group], t)
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

// groupOf says in which part of the list a requirement stands, by its state.
var groupOf = map[string]string{
	pathway.Done: "done", pathway.Todo: "now", pathway.Doing: "now", pathway.Blocked: "later", pathway.Covered: "not", pathway.NotAsked: "not",
}

// why says why a task cannot start yet, or does not concern the reader. whereami.ts says it in the same words.
func (a *assembler) why(t theme.OwnTask, set *site.RequirementSet, reasons []pathway.Reason, group string) string {
	var says, first []string
	for _, r := range reasons {
		other := set.Requirement(r.ID)
		switch {
		case r.Code == "depends-on" && other != nil:
			first = append(first, other.Title)
		case r.Code == "one-of" && other != nil:
			says = append(says, "“"+other.Title+"” is enough.")
		case r.Code == "answer" && group == "later":
			says = append(says, t.Starts)
		case r.Code == "answer" && group == "not":
			says = append(says, t.Only)
		}
	}
	if len(first) > 0 {
		says = append(says, "First: "+strings.Join(first, "; ")+".")
	}
	return strings.Join(says, " ")
}

// A plannedQuestion is a question as scripts ask it.
type plannedQuestion struct {
	ID        string         `json:"id"`
	AskedWhen site.Condition `json:"asked_when,omitempty"` // answers without which it is not asked
	Otherwise string         `json:"otherwise,omitempty"`  // the answer of those who are not asked
}

func (a *assembler) plannedQuestions() []plannedQuestion {
	questions := []plannedQuestion{}
	if a.Site.Pathway != nil {
		for _, q := range a.Site.Pathway.Questions {
			questions = append(questions, plannedQuestion{q.ID, q.AskedWhen, q.Otherwise})
		}
	}
	return questions
}
