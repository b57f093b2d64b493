package site

import (
	"slices"
	"strings"
)

// MaxBranches is the most pages that the answers to "where am I?" may make.
const MaxBranches = 1000

// A Branch is a page of "where am I?" as it is read without scripts: what was answered on the way to it,
// and the next question.
type Branch struct {
	URL      string
	Given    []Given
	Question *Question // nil where everything is answered
	// Answers are what can be answered to Question, each with the URL of the branch it leads to.
	Answers []Given
	// Profile holds an answer to every question, also to those that are not asked.
	Profile Condition
}

// A Given is an answer: several of them, or none, where the question allows that.
type Given struct {
	Question *Question
	Answers  []Answer
	URL      string // of an answer to choose: where it leads; of one that is given: the page that asks
}

// Label returns the answer in words: "The first weekend and the Advanced Course".
func (g Given) Label() string {
	if len(g.Answers) == 0 {
		return "None of these yet"
	}
	label := g.Answers[0].Label
	for i, a := range g.Answers[1:] {
		joint := ", "
		if i == len(g.Answers)-2 {
			joint = " and "
		}
		label += joint + strings.Replace(a.Label, "The ", "the ", 1)
	}
	return label
}

// segment returns the part of the address that stands for the answer.
func (g Given) segment() string {
	if len(g.Answers) == 0 {
		return "none"
	}
	ids := make([]string, len(g.Answers))
	for i, a := range g.Answers {
		ids[i] = a.ID
	}
	return strings.Join(ids, "-and-")
}

// Holds reports whether answers meet the condition: to each question it names, one of those it lists.
func (c Condition) Holds(given Condition) bool {
	for question, wanted := range c {
		met := false
		for _, answer := range given[question] {
			for _, w := range wanted {
				met = met || w == answer
			}
		}
		if !met {
			return false
		}
	}
	return true
}

// Branches returns every page of "where am I?", the first one first. It stops behind MaxBranches, and
// all reports whether there are no more.
func (p *Pathway) Branches() (branches []Branch, all bool) {
	if len(p.Questions) == 0 {
		return nil, true
	}
	var walk func(at int, b Branch) bool
	walk = func(at int, b Branch) bool {
		for at < len(p.Questions) && !p.Questions[at].AskedWhen.Holds(b.Profile) {
			b.Profile = b.Profile.with(&p.Questions[at], p.Questions[at].Otherwise)
			at++
		}
		if len(branches) == MaxBranches {
			return false
		}
		if at == len(p.Questions) {
			branches = append(branches, b)
			return true
		}
		q := &p.Questions[at]
		b.Question = q
		whole := true
		for _, answers := range q.choices() {
			next := Given{Question: q, Answers: answers}
			next.URL = b.URL + next.segment() + "/"
			b.Answers = append(b.Answers, next)
		}
		branches = append(branches, b)
		for _, next := range b.Answers {
			var ids []string
			for _, a := range next.Answers {
				ids = append(ids, a.ID)
			}
			given := append(b.Given[:len(b.Given):len(b.Given)], Given{q, next.Answers, b.URL})
			if whole = walk(at+1, Branch{URL: next.URL, Given: given, Profile: b.Profile.with(q, ids...)}); !whole {
				break
			}
		}
		return whole
	}
	all = walk(0, Branch{URL: WhereURL})
	return branches, all
}

// with returns the answers and those to one more question.
func (c Condition) with(q *Question, answers ...string) Condition {
	more := make(Condition, len(c)+1)
	for question, given := range c {
		more[question] = given
	}
	more[q.ID] = answers
	return more
}

// choices returns what can be answered: each answer, or every selection of them, the smallest first. Of a
// question with more answers than MaxBranches could hold the rest is left out.
func (q *Question) choices() [][]Answer {
	if !q.Several {
		var one [][]Answer
		for _, a := range q.Answers {
			one = append(one, []Answer{a})
		}
		return one
	}
	selections := [][]Answer{nil}
	for _, a := range q.Answers {
		for _, s := range selections {
			selections = append(selections, append(s[:len(s):len(s)], a))
		}
		if len(selections) > MaxBranches {
			break
		}
	}
	slices.SortStableFunc(selections, func(x, y []Answer) int { return len(x) - len(y) })
	return selections
}
