package assemble

import (
	"slices"
	"strings"

	"nwioi/internal/site"
	"nwioi/internal/theme"
)

// A ref is a requirement with the set it belongs to.
type ref struct {
	set *site.RequirementSet
	*site.Requirement
}

// refs returns the requirements of a step, in its order. Those that no set has are left out; check
// reports them.
func (a *assembler) refs(s site.Step) []ref {
	var refs []ref
	for _, id := range s.Requirements {
		setID, id, _ := strings.Cut(id, "/")
		if set := a.RequirementSet(setID); set != nil {
			if r := set.Requirement(id); r != nil {
				refs = append(refs, ref{set, r})
			}
		}
	}
	return refs
}

// tasks returns what a step asks as a list of things to do. What bounds a part of a task, or the size of
// its sessions, stands with the task.
func (a *assembler) tasks(s site.Step) []theme.Task {
	var tasks []theme.Task
	refs := a.refs(s)
	var before ref
	for _, r := range refs {
		if r.PartOf != "" || r.Defines != "" {
			continue
		}
		t := a.task(r)
		if len(tasks) > 0 {
			t.Joint = joint(before, r)
		}
		var parts []theme.TaskPart
		for _, part := range refs {
			if part.set == r.set && part.PartOf == r.ID {
				takes := a.bounds(part)
				for _, size := range refs {
					if size.set == r.set && size.Defines != "" && part.Counts != nil && size.Defines == part.Counts.Session {
						takes = append(takes, a.bounds(size)...)
					}
				}
				parts = append(parts, theme.TaskPart{Title: part.Title, URL: a.href(a.RequirementURL(part.set, part.ID)), Takes: strings.Join(takes, " · ")})
			}
		}
		t.Parts = list(a, parts)
		tasks = append(tasks, t)
		before = r
	}
	return tasks
}

// joint says how a requirement goes with the one before it.
func joint(before, r ref) string {
	if before.set == r.set && r.OneOf != "" && before.OneOf == r.OneOf {
		return "or"
	}
	return "and"
}

func (a *assembler) task(r ref) theme.Task {
	takes := slices.Concat(a.figures(r), []string{a.cost(r)}, a.length(r))
	return theme.Task{
		Title: r.Title, URL: a.href(a.RequirementURL(r.set, r.ID)), Who: a.who(r.AppliesTo),
		Takes: strings.Join(slices.DeleteFunc(takes, func(s string) bool { return s == "" }), " · "),
	}
}

// figures returns what a requirement comes to: its target, or the credits of its course.
func (a *assembler) figures(r ref) []string {
	if r.Target.Value != "" {
		return []string{r.Target.Text()}
	}
	if c := a.Course(r.Course); c != nil && !c.Credits.IsZero() {
		return []string{c.Credits.Text()}
	}
	return nil
}

// cost says what a requirement costs: "$700", "ask about the price"; "" where it has no cost of its own.
func (a *assembler) cost(r ref) string {
	price := r.Cost
	if c := a.Course(r.Course); c != nil && !price.Ask && price.IsZero() {
		price = c.Price
	}
	switch {
	case !price.IsZero():
		return price.Text()
	case price.Ask:
		return "ask about the price"
	}
	return ""
}

// length says how long a requirement takes: "one weekend", "at least 18 months".
func (a *assembler) length(r ref) []string {
	if r.Shortest.Value != "" {
		return []string{"at least " + r.Shortest.Text()}
	}
	if c := a.Course(r.Course); c != nil && !c.Length.IsZero() {
		text := c.Length.Text()
		if unit, one := strings.CutPrefix(text, "1 "); one {
			text = "one " + unit
		}
		return []string{text}
	}
	return nil
}

// bounds returns the least and the most of a requirement in words: "at least 25 of the 50 hours", "2 to 4
// people share a session".
func (a *assembler) bounds(r ref) []string {
	least, most := r.set.Bound(r.Requirement, r.AtLeast), r.set.Bound(r.Requirement, r.AtMost)
	if r.Defines != "" {
		switch {
		case least.Value != "" && most.Value != "":
			return []string{least.Value + " to " + most.Text() + " in training share a session"}
		case most.Value == "1":
			return []string{"you are the only one in training"}
		case most.Value != "":
			return []string{"up to " + most.Text() + " in training share a session"}
		case least.Value != "":
			return []string{"at least " + least.Text() + " in training share a session"}
		}
		return nil
	}
	var bounds []string
	for _, b := range []struct {
		words string
		site.Quantity
	}{{"at least ", least}, {"at most ", most}} {
		if b.Value == "" {
			continue
		}
		text := b.Text()
		if whole := r.set.Requirement(r.PartOf); whole != nil && whole.Target.Unit == b.Unit && whole.Target.Value != "" {
			text = site.Quantity{Value: b.Value}.Text() + " of the " + whole.Target.Text()
		}
		bounds = append(bounds, b.words+text)
	}
	return bounds
}

// who says in words whom a condition means: "social workers, psychologists and counselors"; "" for
// everyone.
func (a *assembler) who(c site.Condition) string {
	way := a.Site.Pathway
	if way == nil {
		return ""
	}
	var all []string
	for _, q := range way.Questions {
		var people []string
		for _, answer := range q.Answers {
			if slices.Contains(c[q.ID], answer.ID) {
				people = append(people, answer.People())
			}
		}
		if len(people) > 0 {
			all = append(all, joinWords(people))
		}
	}
	return strings.Join(all, ", if they are also ")
}

// when says in words when a condition holds: "you have your degree"; "" where it always does.
func (a *assembler) when(c site.Condition) string {
	way := a.Site.Pathway
	if way == nil {
		return ""
	}
	var all []string
	for _, q := range way.Questions {
		var states []string
		for _, answer := range q.Answers {
			if slices.Contains(c[q.ID], answer.ID) {
				states = append(states, answer.State())
			}
		}
		if len(states) > 0 {
			all = append(all, enumerate(states, "or"))
		}
	}
	return strings.Join(all, ", and ")
}

// asked returns the requirements of a step in full, grouped by set, as the page at a URL shows them.
func (a *assembler) asked(s site.Step, url string) []theme.RequirementGroup {
	var order []*site.RequirementSet
	items := map[*site.RequirementSet][]*site.Requirement{}
	for _, r := range a.refs(s) {
		if items[r.set] == nil {
			order = append(order, r.set)
		}
		items[r.set] = append(items[r.set], r.Requirement)
	}
	var groups []theme.RequirementGroup
	for _, set := range order {
		groups = append(groups, a.group(set, items[set], url, s.Anchor))
	}
	return groups
}

// group returns requirements of a set as the page at a URL shows them; anchor names them there.
func (a *assembler) group(set *site.RequirementSet, requirements []*site.Requirement, url string, anchor func(set, id string) string) theme.RequirementGroup {
	dated := site.Fact{AsOf: set.AsOf}
	g := theme.RequirementGroup{
		ID: set.ID, Set: set.Name, Issuer: set.Issuer, Version: set.Version, Notice: set.Notice, Source: set.Source,
		AsOf: dated.AsOfText(), UnderReview: dated.UnderReview(a.AsOf), Contracts: contracts(set.Contracts),
	}
	if rules := site.RulesURL(set.ID); rules != url {
		g.URL = a.existing(rules)
	}
	if strings.HasPrefix(set.Source, "https://") {
		g.SourceURL = set.Source
	}
	var items []theme.Requirement
	var before ref
	for i, r := range requirements {
		r := ref{set, r}
		item := a.requirement(r, url)
		item.ID = anchor(set.ID, r.ID)
		item.Here = "#" + item.ID
		if i > 0 && joint(before, r) == "or" {
			item.Joint = "or"
		}
		items = append(items, item)
		before = r
	}
	g.Items = list(a, items)
	return g
}

// contracts says for contracts of which days a set holds.
func contracts(p site.Period) string {
	switch {
	case !p.From.IsZero() && !p.Until.IsZero():
		return "contracts signed from " + p.From.Long() + " to " + p.Until.Long()
	case !p.From.IsZero():
		return "contracts signed from " + p.From.Long() + " on"
	case !p.Until.IsZero():
		return "contracts signed until " + p.Until.Long()
	}
	return ""
}

// requirement returns all but the anchor of a requirement.
func (a *assembler) requirement(r ref, url string) theme.Requirement {
	item := theme.Requirement{
		Title: r.Title, Explanation: r.Explanation, Cost: a.cost(r), Who: a.who(r.AppliesTo), Starts: a.when(r.StartsWhen),
		Target: strings.Join(a.figures(r), ""), Figures: list(a, append(a.bounds(r), a.length(r)...)), AlsoCounts: list(a, r.AlsoCounts),
	}
	var needs []theme.Link
	for _, id := range r.DependsOn {
		if other := r.set.Requirement(id); other != nil {
			link := theme.Link{Label: other.Title}
			if to := a.RequirementURL(r.set, id); url != site.PrintURL {
				link.URL = a.href(to)
			}
			needs = append(needs, link)
		}
	}
	item.Needs = list(a, needs)
	if c := a.Course(r.Course); c != nil {
		item.Course = theme.Link{Label: c.Name, URL: a.href(site.CourseURL(c.ID))}
	}
	reviewed, asOf := r.Reviewed, r.AsOf
	if reviewed.IsZero() {
		reviewed = r.set.Reviewed
	}
	if asOf.IsZero() {
		asOf = r.set.AsOf
	}
	item.Reviewed, item.ReviewedISO = reviewed.Long(), reviewed.String()
	dated := site.Fact{AsOf: asOf}
	item.AsOf, item.UnderReview = dated.AsOfText(), dated.UnderReview(a.AsOf)
	var changes []theme.Change
	history := slices.Concat(r.Changes, r.set.Changes)
	slices.SortStableFunc(history, func(x, y site.Change) int { return y.On.Compare(x.On) })
	for _, c := range history {
		changes = append(changes, theme.Change{On: c.On.Long(), ISO: c.On.String(), What: c.What})
	}
	item.Changes = list(a, changes)
	return item
}

// taskFacts returns the facts that the tasks of a step show.
func (a *assembler) taskFacts(s site.Step) []site.Fact {
	var facts []site.Fact
	for _, r := range a.refs(s) {
		if c := a.Course(r.Course); c != nil {
			facts = append(facts, c.Credits, c.Length, c.Price.Fact)
		}
		for _, field := range []string{"target", "at_least", "at_most", "shortest", "cost"} {
			if f, ok := a.Book.Fact("requirements." + r.set.ID + "." + r.ID + "." + field); ok {
				facts = append(facts, f)
			}
		}
	}
	return slices.DeleteFunc(facts, site.Fact.IsZero)
}
