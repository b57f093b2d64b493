package pathway_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nwioi/internal/pathway"
)

// caseFile is testdata/cases.json.
type caseFile struct {
	About       string               `json:"about"`
	Today       string               `json:"today"`
	Entry       pathway.Entry        `json:"entry"` // what every entry is unless it says otherwise
	Supervisors []pathway.Supervisor `json:"supervisors"`
	Sets        []pathway.Set        `json:"sets"` // those that cases name
	Cases       []testCase           `json:"cases"`
}

type testCase struct {
	Name string            `json:"name"`
	Sets []json.RawMessage `json:"sets"` // the id of one of the file's, or a set
	Log  struct {
		pathway.Log
		Entries []json.RawMessage `json:"entries"`
	} `json:"log"`
	Today   string           `json:"today"`
	Courses []pathway.Course `json:"courses"`
	Awards  []pathway.Award  `json:"awards"`
	Rates   pathway.Rates    `json:"rates"`
	// Want holds, by what is asked and then by "set/requirement", "set/entry" or set, what the case is about.
	Want map[string]json.RawMessage `json:"want"`
}

func readCases(t *testing.T) caseFile {
	text, err := os.ReadFile("testdata/cases.json")
	if err != nil {
		t.Fatal(err)
	}
	var f caseFile
	decode(t, text, &f)
	if len(f.Cases) == 0 {
		t.Fatal("there are no cases")
	}
	return f
}

// decode reads JSON and refuses fields that v does not have, which are slips of the pen.
func decode(t *testing.T, text []byte, v any) {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		t.Fatalf("%v in %.300s", err, text)
	}
}

// situation returns what a case asks about.
func (f caseFile) situation(t *testing.T, c testCase) situation {
	s := situation{Log: c.Log.Log, Today: c.Today, Courses: c.Courses, Awards: c.Awards, Rates: c.Rates}
	if s.Today == "" {
		s.Today = f.Today
	}
	for _, raw := range c.Sets {
		var set pathway.Set
		var name string
		if json.Unmarshal(raw, &name) != nil {
			decode(t, raw, &set)
		} else if at := slices.IndexFunc(f.Sets, func(s pathway.Set) bool { return s.ID == name }); at >= 0 {
			set = f.Sets[at]
		} else {
			t.Fatalf("there is no set %q", name)
		}
		s.Sets = append(s.Sets, set)
	}
	for _, raw := range c.Log.Entries {
		line := struct {
			pathway.Entry
			Times int `json:"times"`
		}{f.Entry, 1}
		decode(t, raw, &line)
		for range line.Times {
			line.ID = fmt.Sprint("e", len(s.Log.Entries)+1)
			s.Log.Entries = append(s.Log.Entries, line.Entry)
		}
	}
	if s.Log.Supervisors == nil {
		s.Log.Supervisors = f.Supervisors
	}
	return s.whole()
}

// TestCases runs every case through both halves: each must say what the case wants, and of all else the same.
func TestCases(t *testing.T) {
	f := readCases(t)
	b := newBrowser(t)
	names := map[string]bool{}
	for _, c := range f.Cases {
		t.Run(c.Name, func(t *testing.T) {
			if names[c.Name] || len(c.Want) == 0 {
				t.Fatal("the case stands there twice, or wants nothing")
			}
			names[c.Name] = true
			s := f.situation(t, c)
			o := s.outcome()
			ours, theirs := plain(t.Fatal, o), b.call(t.Fatal, "all", s)
			said := bySubject(t, s, ours)
			for subject, raw := range c.Want {
				missing(t, subject, parsed(t.Fatal, raw), said[subject])
			}
			if diff := cmp.Diff(ours, theirs); diff != "" {
				t.Errorf("(-Go +browser)\n%s", diff)
			}
		})
	}
}

// bySubject orders an outcome by the names that cases use.
func bySubject(t *testing.T, s situation, o any) map[string]any {
	all := o.(map[string]any)
	said := map[string]map[string]any{}
	say := func(subject, of string, v any) {
		if said[subject] == nil {
			said[subject] = map[string]any{}
		}
		said[subject][of] = v
	}
	for i, set := range s.Sets {
		weighed := all["weighed"].([]any)[i].(map[string]any)
		for j, tally := range weighed["requirements"].([]any) {
			id := set.ID + "/" + set.Requirements[j].ID
			say("tallies", id, tally)
			say("paces", id, all["paces"].([]any)[i].([]any)[j])
			say("projections", id, all["projections"].([]any)[i].([]any)[j])
		}
		for _, v := range weighed["entries"].([]any) {
			say("entries", set.ID+"/"+v.(map[string]any)["entry"].(string), v)
		}
	}
	for i, e := range s.Log.Entries {
		say("faults", e.ID, all["faults"].([]any)[i])
	}
	for _, c := range all["choices"].([]any) {
		choice := c.(map[string]any)
		say("choices", choice["set"].(map[string]any)["id"].(string), c)
	}
	flat := map[string]any{"finish": all["finish"], "costs": all["costs"]}
	for subject, v := range said {
		flat[subject] = any(maps.Clone(v))
	}
	return flat
}

// missing reports what is wanted and not said. Lists must have the wanted length; of objects only what is
// wanted is compared.
func missing(t *testing.T, at string, want, said any) {
	t.Helper()
	switch want := want.(type) {
	case map[string]any:
		object, ok := said.(map[string]any)
		if !ok {
			t.Errorf("%s: want an object, got %v", at, said)
			return
		}
		for key, v := range want {
			if _, there := object[key]; !there {
				t.Errorf("%s: there is no %q", at, key)
				continue
			}
			missing(t, at+"."+key, v, object[key])
		}
	case []any:
		list, ok := said.([]any)
		if !ok || len(list) != len(want) {
			t.Errorf("%s: want %v, got %v", at, want, said)
			return
		}
		for i, v := range want {
			missing(t, fmt.Sprintf("%s[%d]", at, i), v, list[i])
		}
	default:
		if !reflect.DeepEqual(want, said) {
			t.Errorf("%s: want %v, got %v", at, want, said)
		}
	}
}
