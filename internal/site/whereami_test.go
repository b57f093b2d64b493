package site

import (
	"fmt"
	"strings"
	"testing"
)

func question(id string, several bool, answers ...string) Question {
	q := Question{ID: id, Ask: id + "?", Several: several}
	for _, a := range answers {
		q.Answers = append(q.Answers, Answer{ID: a, Label: "The " + a})
	}
	return q
}

func TestBranches(t *testing.T) {
	field := question("field", false, "mft", "msw")
	field.AskedWhen, field.Otherwise = Condition{"degree": {"yes"}}, "msw"
	way := &Pathway{Questions: []Question{question("degree", false, "no", "yes"), field, question("done", true, "a", "b", "c")}}
	branches, all := way.Branches()
	if !all {
		t.Error("not all branches are there")
	}
	// The first page; "no" and its 8 lists; "yes", two fields, and 8 lists each.
	if want := 1 + 9 + 1 + 2*9; len(branches) != want {
		t.Errorf("%d branches, want %d", len(branches), want)
	}
	by := map[string]Branch{}
	for _, b := range branches {
		if _, twice := by[b.URL]; twice {
			t.Errorf("%s stands twice", b.URL)
		}
		by[b.URL] = b
	}
	for _, b := range branches {
		if (b.Question == nil) != (len(b.Answers) == 0) {
			t.Errorf("%s asks and offers no answers, or the other way round", b.URL)
		}
		for _, a := range b.Answers {
			if _, there := by[a.URL]; !there {
				t.Errorf("%s leads to %s, which is not there", b.URL, a.URL)
			}
		}
	}
	end := by[WhereURL+"no/a-and-c/"]
	if got := fmt.Sprint(end.Profile); got != "map[degree:[no] done:[a c] field:[msw]]" {
		t.Errorf("the answers are %s", got)
	}
	var given []string
	for _, g := range end.Given {
		given = append(given, g.Question.ID+" "+g.Label()+" "+g.URL)
	}
	if got, want := strings.Join(given, "; "), "degree The no /pathway/where-am-i/; done The a and the c /pathway/where-am-i/no/"; got != want {
		t.Errorf("given was %q, want %q", got, want)
	}
	if none := by[WhereURL+"yes/mft/none/"]; none.Given[2].Label() != "None of these yet" {
		t.Errorf("nothing is called %q", none.Given[2].Label())
	}
	if whole := by[WhereURL+"yes/mft/a-and-b-and-c/"]; whole.Given[2].Label() != "The a, the b and the c" {
		t.Errorf("all three are called %q", whole.Given[2].Label())
	}
}

func TestBranchesAreBounded(t *testing.T) {
	ids := strings.Split("a b c d e f g h i j k l m n o p q r s t u v w x y z", " ")
	way := &Pathway{Questions: []Question{question("first", true, ids...), question("second", true, ids...)}}
	if branches, all := way.Branches(); all || len(branches) != MaxBranches {
		t.Errorf("%d branches, all %v", len(branches), all)
	}
	if branches, all := (&Pathway{}).Branches(); len(branches) != 0 || !all {
		t.Errorf("a pathway without questions has %d branches", len(branches))
	}
}
