package pathway_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/dop251/goja"
	"github.com/evanw/esbuild/pkg/api"

	"nwioi/internal/pathway"
)

// scripts is where the browser's half stands.
const scripts = "../../themes/institute/scripts"

// harness is what the tests call of the browser's half: each takes and gives JSON.
const harness = `
import { addMonths, dayOf, textOf } from "./civil.ts";
import { costs, finish, pace, project } from "./outlook.ts";
import { choose, validate, weigh } from "./weigh.ts";

const all = {
	days: ({ text, n }) => [dayOf(text) ?? null, textOf(n), addMonths(dayOf(text) ?? 0, n % 1000)],
	all: ({ sets, log, today, courses, awards, rates }) => {
		const weighed = sets.map((set) => weigh(set, log, today));
		return {
			weighed,
			choices: choose(sets, log.contract, today),
			faults: log.entries.map(validate),
			paces: weighed.map(({ requirements }) => requirements.map((t) => pace(t, today))),
			projections: weighed.map((w, i) => w.requirements.map((_, j) => project(sets[i], w, j, today))),
			finish: finish(sets, weighed, log, courses, today),
			costs: costs(sets, weighed, courses, awards, rates, today),
		};
	},
};
globalThis.run = (name, given) => JSON.stringify(all[name](JSON.parse(given)));
`

// bundle is the browser's half as one script, for a JavaScript engine without modules.
var bundle = sync.OnceValues(func() (*goja.Program, error) {
	dir, err := filepath.Abs(scripts)
	if err != nil {
		return nil, err
	}
	result := api.Build(api.BuildOptions{
		Stdin:  &api.StdinOptions{Contents: harness, ResolveDir: dir, Sourcefile: "harness.js", Loader: api.LoaderTS},
		Bundle: true,
		Format: api.FormatIIFE,
		Target: api.ES2017,
	})
	for _, m := range result.Errors {
		os.Stderr.WriteString(m.Text + "\n")
	}
	if len(result.Errors) > 0 {
		return nil, os.ErrInvalid
	}
	return goja.Compile("harness.js", string(result.OutputFiles[0].Contents), true)
})

// A browser runs the browser's half inside the test.
type browser struct {
	vm  *goja.Runtime
	run goja.Callable
}

func newBrowser(t testing.TB) *browser {
	program, err := bundle()
	if err != nil {
		t.Fatal("the scripts could not be bundled: ", err)
	}
	vm := goja.New()
	if _, err := vm.RunProgram(program); err != nil {
		t.Fatal(err)
	}
	run, _ := goja.AssertFunction(vm.Get("run"))
	return &browser{vm, run}
}

// call calls a function of the browser's half by way of JSON as on the page.
func (b *browser) call(fatal func(...any), name string, arguments any) any {
	given, err := json.Marshal(arguments)
	if err != nil {
		fatal(err)
	}
	text, err := b.run(goja.Undefined(), b.vm.ToValue(name), b.vm.ToValue(string(given)))
	if err != nil {
		fatal(name, ": ", err, "\n", string(given))
	}
	return parsed(fatal, []byte(text.String()))
}

// A situation is all that the package is asked about at once; its JSON is what the harness takes.
type situation struct {
	Sets    []pathway.Set    `json:"sets"`
	Log     pathway.Log      `json:"log"`
	Today   string           `json:"today"`
	Courses []pathway.Course `json:"courses"`
	Awards  []pathway.Award  `json:"awards"`
	Rates   pathway.Rates    `json:"rates"`
}

// whole returns the situation with empty lists for missing ones, as the page has them.
func (s situation) whole() situation {
	if s.Log.Entries == nil {
		s.Log.Entries = []pathway.Entry{}
	}
	if s.Log.Supervisors == nil {
		s.Log.Supervisors = []pathway.Supervisor{}
	}
	if s.Log.Marks == nil {
		s.Log.Marks = map[string]string{}
	}
	if s.Log.Profile == nil {
		s.Log.Profile = pathway.Profile{}
	}
	if s.Log.Tracks == nil {
		s.Log.Tracks = map[string]string{}
	}
	s.Courses = append([]pathway.Course{}, s.Courses...)
	s.Awards = append([]pathway.Award{}, s.Awards...)
	return s
}

// An outcome is all that the package says of a situation.
type outcome struct {
	Weighed     []pathway.Weighed      `json:"weighed"`
	Choices     []pathway.Choice       `json:"choices"`
	Faults      [][]string             `json:"faults"`
	Paces       [][]pathway.Pace       `json:"paces"`
	Projections [][]pathway.Projection `json:"projections"`
	Finish      pathway.Finish         `json:"finish"`
	Costs       pathway.Costs          `json:"costs"`
}

func (s situation) outcome() outcome {
	o := outcome{Weighed: []pathway.Weighed{}, Choices: pathway.Choose(s.Sets, s.Log.Contract, s.Today), Faults: [][]string{}, Paces: [][]pathway.Pace{}, Projections: [][]pathway.Projection{}}
	var sets []*pathway.Set
	for i := range s.Sets {
		set := &s.Sets[i]
		sets = append(sets, set)
		w := pathway.Weigh(set, s.Log, s.Today)
		o.Weighed = append(o.Weighed, w)
		paces, projections := []pathway.Pace{}, []pathway.Projection{}
		for j, t := range w.Requirements {
			paces = append(paces, pathway.PaceOf(t, s.Today))
			projections = append(projections, pathway.Project(set, w, j, s.Today))
		}
		o.Paces, o.Projections = append(o.Paces, paces), append(o.Projections, projections)
	}
	for _, e := range s.Log.Entries {
		o.Faults = append(o.Faults, pathway.Validate(e))
	}
	o.Finish = pathway.FinishOf(sets, o.Weighed, s.Log, s.Courses, s.Today)
	o.Costs = pathway.CostsOf(sets, o.Weighed, s.Courses, s.Awards, s.Rates, s.Today)
	return o
}

// parsed returns JSON as the values that it stands for, in which the order of keys does not matter.
func parsed(fatal func(...any), text []byte) any {
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		fatal(err, ": ", string(text))
	}
	return v
}

// plain returns a value as JSON has it.
func plain(fatal func(...any), v any) any {
	text, err := json.Marshal(v)
	if err != nil {
		fatal(err)
	}
	return parsed(fatal, text)
}
