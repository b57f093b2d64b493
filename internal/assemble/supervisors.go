package assemble

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"nwioi/internal/site"
	"nwioi/internal/theme"
)

// supervisors makes the page that lists who supervises: those with a free place first, otherwise in the
// directory's order.
func (a *assembler) supervisors() {
	if a.Target(site.SupervisorsURL) == nil {
		return
	}
	page := a.Page(site.SupervisorsURL)
	v := theme.SupervisorsView{PageView: a.pageView(site.SupervisorsURL, page, "Supervisors",
		"Practitioners who supervise, what approves them to, and which hours count.")}
	people := slices.Clone(a.Supervisors())
	slices.SortStableFunc(people, func(p, q *site.Person) int {
		return cmp.Compare(placesOrder(p.Supervision), placesOrder(q.Supervision))
	})

	groups := []theme.SupervisorGroup{
		{ID: "free", Title: "With a free place"}, {ID: "ask", Title: "Ask about a place"}, {ID: "full", Title: "No free place at the moment"},
	}
	lines := make([][]theme.Supervisor, len(groups))
	for _, p := range people {
		at := placesOrder(p.Supervision)
		lines[at] = append(lines[at], a.supervisor(p))
	}
	var filled []theme.SupervisorGroup
	for i, g := range groups {
		if len(lines[i]) > 0 {
			g.Supervisors = list(a, lines[i])
			filled = append(filled, g)
		}
	}
	v.Groups = list(a, filled)
	v.CountText = strconv.Itoa(len(people)) + " supervisors"
	if len(people) == 1 {
		v.CountText = "1 supervisor"
	}
	questions := supervisorQuestions(people)
	v.Questions, v.Lists = a.supervisorFilter(people, questions)
	if len(people) > 1 {
		v.Script = a.asset("supervisors.js")
	}
	v.Twice, v.Rules = a.countedHours(people)
	v.AskURL = a.existing("/supervision/")
	v.ContactURL = a.existing("/contact/")
	a.page(site.SupervisorsURL, "supervisors", v)
}

// placesOrder is where supervisors stand by their places: free ones, those to ask about, none.
func placesOrder(s *site.Supervision) int {
	switch s.Places() {
	case "yes":
		return 0
	case "no":
		return 2
	}
	return 1
}

// supervisorAnchor is where a person stands on the page of supervisors.
func supervisorAnchor(id string) string { return "p-" + id }

func (a *assembler) supervisor(p *site.Person) theme.Supervisor {
	s, c := p.Supervision, a.cards[p.ID].view
	v := theme.Supervisor{
		ID: p.ID, Anchor: supervisorAnchor(p.ID), Name: c.Name, Letters: c.Letters, URL: c.URL, Mark: c.Mark, Photo: c.Photo, Sample: p.Sample,
		Approvals: approvals(s), States: stateNames(s.States), Formats: supervisionFormats(s), Seats: seats(s), Fee: s.Fee,
		Confirmed: p.Confirmed.Long(), Stale: p.StaleRecord,
	}
	for _, q := range []struct {
		key string
		to  *string
	}{{"approved", &v.ApprovedKeys}, {"state", &v.StateKeys}, {"session", &v.SessionKeys}, {"format", &v.FormatKeys}, {"free", &v.FreeKeys}} {
		*q.to = strings.Join(supervisionValues(s, q.key), " ")
	}
	hours := a.Hours(s)
	var lines []theme.HoursLine
	for _, h := range hours {
		lines = append(lines, hoursLines(h, len(hours) > 1)...)
	}
	if unknown := a.statesWithoutRules(s); len(unknown) > 0 {
		lines = append(lines, theme.HoursLine{Text: "For a licence of " + enumerate(unknown, "or") + ", ask its board: its rules do not stand here."})
	}
	v.Hours = list(a, lines)
	return v
}

// supervisionValues returns the values of a key of the page's fragment that a supervisor has. Both
// associations together are a value of their own.
func supervisionValues(s *site.Supervision, key string) []string {
	var values []string
	add := func(value string, has bool) {
		if has {
			values = append(values, value)
		}
	}
	switch key {
	case "approved":
		add("both", s.AASECT && s.AAMFT)
		add(site.AASECT, s.AASECT)
		add(site.AAMFT, s.AAMFT)
	case "state":
		return s.States
	case "session":
		add("individual", slices.Contains(s.Formats, "individual"))
		add("group", slices.Contains(s.Formats, "group"))
	case "format":
		add("in-person", slices.Contains(s.Formats, "in-person") || slices.Contains(s.Formats, "in_person"))
		add("video", slices.Contains(s.Formats, "video") || slices.Contains(s.Formats, "telehealth"))
	case "free":
		add("yes", s.Places() == "yes")
	}
	return values
}

// A supervisorQuestion is one by which the page can be narrowed. title is the heading of an answer's list.
type supervisorQuestion struct {
	key, legend string
	answers     []supervisorAnswer
}

type supervisorAnswer struct{ value, label, title string }

// supervisorQuestions returns the questions, each with the answers that somebody has.
func supervisorQuestions(people []*site.Person) []supervisorQuestion {
	questions := []supervisorQuestion{
		{"approved", "Who has approved them?", []supervisorAnswer{
			{"both", "AASECT and AAMFT", "Approved by AASECT and AAMFT"},
			{site.AASECT, "AASECT", "Approved by AASECT"}, {site.AAMFT, "AAMFT", "Approved by AAMFT"},
		}},
		{key: "state", legend: "In which state do you practise?"},
		{"session", "Alone or with others?", []supervisorAnswer{{"individual", "One to one", "One to one"}, {"group", "In a group", "In a group"}}},
		{"format", "Where do you meet?", []supervisorAnswer{{"in-person", "In person", "In person"}, {"video", "By video", "By video"}}},
		{"free", "Is there room?", []supervisorAnswer{{"yes", "A free place", ""}}},
	}
	var states []string
	for _, p := range people {
		states = append(states, p.Supervision.States...)
	}
	slices.SortFunc(states, func(s, t string) int { return strings.Compare(site.StateName(s), site.StateName(t)) })
	for _, code := range slices.Compact(states) {
		questions[1].answers = append(questions[1].answers, supervisorAnswer{code, site.StateName(code), "For people in " + site.StateName(code)})
	}
	for i := range questions {
		q := &questions[i]
		q.answers = slices.DeleteFunc(q.answers, func(answer supervisorAnswer) bool { return len(whoHas(people, q.key, answer.value)) == 0 })
	}
	return slices.DeleteFunc(questions, func(q supervisorQuestion) bool { return len(q.answers) == 0 })
}

// whoHas returns the supervisors with a value, in their order.
func whoHas(people []*site.Person, key, value string) []*site.Person {
	var who []*site.Person
	for _, p := range people {
		if slices.Contains(supervisionValues(p.Supervision, key), value) {
			who = append(who, p)
		}
	}
	return who
}

// supervisorFilter returns the questions as a form, and for each answer the list that it leads to where
// no script runs.
func (a *assembler) supervisorFilter(people []*site.Person, questions []supervisorQuestion) (*theme.List[theme.FormGroup], *theme.List[theme.SupervisorList]) {
	var groups []theme.FormGroup
	var lists []theme.SupervisorList
	for _, q := range questions {
		var options []theme.FormOption
		for _, answer := range q.answers {
			who := whoHas(people, q.key, answer.value)
			option := theme.FormOption{Value: answer.value, Label: answer.label, Count: len(who), URL: "#free"}
			if answer.title != "" { // those with a free place are a part of the page already
				id := q.key + "-" + strings.ToLower(answer.value)
				option.URL = "#" + id
				var links []theme.Link
				for _, p := range who {
					links = append(links, theme.Link{Label: a.cards[p.ID].view.Name, URL: "#" + supervisorAnchor(p.ID)})
				}
				lists = append(lists, theme.SupervisorList{ID: id, Title: answer.title, People: list(a, links)})
			}
			options = append(options, option)
		}
		groups = append(groups, theme.FormGroup{Key: q.key, Legend: q.legend, Kind: "any", Options: list(a, options)})
	}
	return list(a, groups), list(a, lists)
}

// countedHours says which hours can count twice in the states of the supervisors, and by which rules.
func (a *assembler) countedHours(people []*site.Person) (*theme.List[theme.HoursLine], *theme.List[theme.RuleSource]) {
	either := &site.Supervision{AASECT: true, AAMFT: true}
	for _, p := range people {
		either.States = append(either.States, p.Supervision.States...)
	}
	var lines []theme.HoursLine
	var rules []theme.RuleSource
	var told []*site.RequirementSet
	for _, h := range a.Hours(either) {
		for _, g := range h.Counts {
			if slices.Contains(told, g.Set) {
				continue
			}
			told = append(told, g.Set)
			dated := site.Fact{AsOf: g.Set.AsOf}
			rules = append(rules, theme.RuleSource{
				Link: theme.Link{Label: g.Set.Name, URL: a.href(a.RequirementURL(g.Set, g.ID))},
				AsOf: dated.AsOfText(), UnderReview: dated.UnderReview(a.AsOf), Notice: g.Set.Notice,
			})
		}
		if h.Twice() {
			lines = append(lines, theme.HoursLine{Twice: true, Text: "With a supervisor whom both " + approvals(either) + " approve, " +
				seekers(h, true) + " can count one hour twice: " + toward(h.Counts) + "."})
		}
	}
	return list(a, lines), list(a, rules)
}

// statesWithoutRules returns the names of the states a supervisor names of whose licences no set is known.
func (a *assembler) statesWithoutRules(s *site.Supervision) []string {
	var names []string
	for _, code := range s.States {
		if !slices.ContainsFunc(a.Requirements, func(set *site.RequirementSet) bool { return set.State == code }) {
			names = append(names, site.StateName(code))
		}
	}
	return names
}

// hoursLines says in sentences toward what hours count. others is set where the hours of some people stand
// before.
func hoursLines(h site.Hours, others bool) []theme.HoursLine {
	who := "For everyone"
	switch {
	case h.State != "":
		who = "For " + seekers(h, false)
	case others:
		who = "For everyone else"
	}
	// What a state adds is told with its people, the rest with everyone.
	counts, ask := h.Counts, h.Ask
	if h.State != "" {
		if ask = inState(ask, h.State); !h.Twice() {
			counts = inState(counts, h.State)
		}
	}
	var lines []theme.HoursLine
	switch {
	case h.Twice():
		lines = append(lines, theme.HoursLine{Twice: true, Text: who + " one hour can count twice: " + toward(counts) + "."})
	case len(counts) > 0:
		lines = append(lines, theme.HoursLine{Text: who + " an hour can count " + toward(counts) + "."})
	}
	if len(ask) > 0 {
		lines = append(lines, theme.HoursLine{Text: who + ", ask whether an hour also counts " + toward(ask) + "."})
	}
	if h.State == "" && len(h.Missing) > 0 {
		lines = append(lines, theme.HoursLine{Text: "An hour does not count " + toward(h.Missing) + ": that takes approval by " +
			strings.ToUpper(h.Missing[0].Requirement.Counts.ApprovedBy) + "."})
	}
	return lines
}

// inState returns the goals that a state sets.
func inState(goals []site.Goal, state string) []site.Goal {
	return slices.DeleteFunc(slices.Clone(goals), func(g site.Goal) bool { return g.Set.State != state })
}

// toward names the sets of goals, each once. Those that look at one approval go together.
func toward(goals []site.Goal) string {
	var approvals []string
	names := map[string][]string{} // by approval
	for _, g := range goals {
		by, name := g.Requirement.Counts.ApprovedBy, "“"+g.Set.Name+"”"
		if names[by] == nil {
			approvals = append(approvals, by)
		}
		if !slices.Contains(names[by], name) {
			names[by] = append(names[by], name)
		}
	}
	parts := make([]string, len(approvals))
	for i, by := range approvals {
		parts[i] = "toward " + joinWords(names[by])
	}
	return strings.Join(parts, ", and ")
}

// seekers names those who seek the licences of hours: "LMHCAs and LMFTAs in Washington", or with long their
// whole names with the letters behind them.
func seekers(h site.Hours, long bool) string {
	var names []string
	for _, t := range h.Tracks {
		name, letters, found := strings.Cut(strings.TrimSuffix(t.Label, ")"), " (")
		switch {
		case !found:
			names = append(names, t.Label+"s")
		case long:
			names = append(names, name+"s ("+letters+"s)")
		default:
			names = append(names, letters+"s")
		}
	}
	if len(names) == 0 {
		names = []string{"people who seek a licence"}
	}
	return joinWords(names) + " in " + site.StateName(h.State)
}

// approvals says which associations approve the supervisor.
func approvals(s *site.Supervision) string {
	var by []string
	if s.AASECT {
		by = append(by, "AASECT")
	}
	if s.AAMFT {
		by = append(by, "AAMFT")
	}
	return joinWords(by)
}

// supervisionFormats says how a supervisor meets people: "one to one and in a group, in person or by video".
func supervisionFormats(s *site.Supervision) string {
	words := map[string]string{"individual": "one to one", "group": "in a group", "in-person": "in person", "video": "by video"}
	var parts []string
	for _, key := range []string{"session", "format"} {
		var said []string
		for _, value := range supervisionValues(s, key) {
			said = append(said, words[value])
		}
		if len(said) > 0 {
			parts = append(parts, enumerate(said, "or"))
		}
	}
	return strings.Join(parts, ", ")
}

func seats(s *site.Supervision) string {
	switch {
	case s.Seats == nil:
		return ""
	case *s.Seats == 0:
		return "No free place"
	case *s.Seats == 1:
		return "1 free place"
	}
	return strconv.Itoa(*s.Seats) + " free places"
}
