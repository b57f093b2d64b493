package main

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// A workflow is as much of a GitHub workflow as is held to something here.
type workflow struct {
	On          map[string]any
	Permissions map[string]string
	Concurrency struct {
		Group  string
		Cancel bool `yaml:"cancel-in-progress"`
	}
	Jobs map[string]job
}

type job struct {
	Minutes     int `yaml:"timeout-minutes"`
	Needs       string
	Permissions map[string]string
	Environment struct{ Name string }
	Steps       []struct {
		Uses, Run string
		With      map[string]any
	}
}

func workflows(t *testing.T) map[string]workflow {
	t.Helper()
	files, err := filepath.Glob("../../.github/workflows/*.yml")
	if err != nil || len(files) != 3 {
		t.Fatalf("the workflows are %v (%v)", files, err)
	}
	all := map[string]workflow{}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var w workflow
		if err := yaml.Unmarshal(text, &w); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all[filepath.Base(name)] = w
	}
	return all
}

var (
	ours       = regexp.MustCompile(`go run \./cmd/nwioi (.*)`)
	expression = regexp.MustCompile(`\$\{\{[^}]*\}\}`)
)

// The workflows may read and nothing more, but for the job that publishes; they have the whole history;
// and the commands that they run are ours, with flags that there are.
func TestWorkflows(t *testing.T) {
	for name, w := range workflows(t) {
		if len(w.Permissions) != 1 || w.Permissions["contents"] != "read" {
			t.Errorf("%s may %v by default: it is to read the contents", name, w.Permissions)
		}
		if w.Concurrency.Group == "" || w.Concurrency.Cancel == (name == "publish.yml") {
			t.Errorf("%s: a check gives way to the next, and what publishes goes on to its end", name)
		}
		for id, j := range w.Jobs {
			if j.Minutes == 0 || j.Minutes > 60 {
				t.Errorf("%s, %s: a job that hangs has to end", name, id)
			}
			for what, may := range j.Permissions {
				if may == "write" && (name != "publish.yml" || id != "deploy" || !slices.Contains([]string{"pages", "id-token"}, what)) {
					t.Errorf("%s, %s may write %s", name, id, what)
				}
			}
			for _, s := range j.Steps {
				if action, version, _ := strings.Cut(s.Uses, "@"); s.Uses != "" && (!strings.HasPrefix(action, "actions/") || !regexp.MustCompile(`^v\d+$`).MatchString(version)) {
					t.Errorf("%s, %s uses %s: GitHub's own actions, by their major version", name, id, s.Uses)
				}
				if strings.HasPrefix(s.Uses, "actions/checkout@") && (s.With["fetch-depth"] != 0 || s.With["persist-credentials"] != false) {
					t.Errorf("%s, %s has to fetch the whole history, and to keep no token: %v", name, id, s.With)
				}
				if strings.HasPrefix(s.Uses, "actions/setup-go@") && s.With["go-version-file"] != "go.mod" {
					t.Errorf("%s, %s: go.mod says which Go it is", name, id)
				}
				if e := expression.FindString(s.Run); e != "" {
					t.Errorf("%s, %s puts %s into a script; hand it over in env", name, id, e)
				}
				for _, m := range ours.FindAllStringSubmatch(s.Run, -1) {
					args := strings.Fields(strings.ReplaceAll(m[1], `"`, ""))
					c, rest, err := commands(io.Discard, io.Discard).Find(args)
					if err == nil {
						err = c.ParseFlags(rest)
					}
					if err != nil {
						t.Errorf("%s, %s: %s: %v", name, id, m[0], err)
					}
				}
			}
		}
	}
}

// A pull request is checked with annotations; main is published when it changed, and by nobody else.
func TestWhatTheWorkflowsDo(t *testing.T) {
	all := workflows(t)
	runs := func(name, id string) (script string, uses []string) {
		for _, s := range all[name].Jobs[id].Steps {
			script += s.Run + "\n"
			action, _, _ := strings.Cut(s.Uses, "@")
			uses = append(uses, action)
		}
		return script, uses
	}
	check, _ := runs("check.yml", "site")
	for _, command := range []string{"nwioi check --format github", "nwioi build"} {
		if !strings.Contains(check, command) {
			t.Errorf("check.yml does not run %s", command)
		}
	}
	for _, name := range []string{"check.yml", "test.yml"} {
		if _, on := all[name].On["pull_request"]; !on || len(all[name].On) != 1 {
			t.Errorf("%s is for pull requests: %v", name, all[name].On)
		}
	}
	publish := all["publish.yml"]
	if _, on := publish.On["pull_request"]; on || publish.On["push"] == nil {
		t.Errorf("publish.yml is for pushes to main: %v", publish.On)
	}
	script, uses := runs("publish.yml", "build")
	if !strings.Contains(script, `nwioi build --verify --out "$RUNNER_TEMP/site" --base-url "$BASE_URL/"`) || !slices.Contains(uses, "actions/upload-pages-artifact") {
		t.Errorf("publish.yml does not hand over what it builds:\n%s%v", script, uses)
	}
	deploy := publish.Jobs["deploy"]
	if _, uses := runs("publish.yml", "deploy"); !slices.Equal(uses, []string{"actions/deploy-pages"}) || deploy.Needs != "build" || deploy.Environment.Name != "github-pages" {
		t.Errorf("publish.yml deploys in some other way: %v", deploy)
	}
}

// CODEOWNERS names what there is, and no person.
func TestCodeowners(t *testing.T) {
	text, err := os.ReadFile("../../.github/CODEOWNERS")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		fields := strings.Fields(line)
		if len(fields) == 0 || fields[0][0] == '#' {
			continue
		}
		if len(fields) < 2 {
			t.Errorf("%q names nobody", line)
		}
		if fields[0] != "*" {
			if _, err := os.Stat(filepath.Join("../..", fields[0])); err != nil {
				t.Errorf("there is no %s", fields[0])
			}
		}
	}
}
