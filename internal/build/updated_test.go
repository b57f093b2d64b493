package build

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"nwioi/internal/site"
	"nwioi/internal/source"
)

// The days that git knows are part of the tree: another commit makes other pages, whatever was built
// before, and who previews an edit is told that it is in no commit yet.
func TestDaysFromGit(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("git is not installed here, and CI needs it")
		}
		t.Skip("git is not installed here")
	}
	dir := t.TempDir()
	write := func(path, text string) {
		full := filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	commit := func(day string) {
		for _, args := range [][]string{{"init", "-q"}, {"add", "-A"}, {"commit", "-q", "-m", "A change"}} {
			command := exec.Command("git", args...)
			command.Dir = dir
			command.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_NAME=Staff", "GIT_AUTHOR_EMAIL=s@example.org",
				"GIT_COMMITTER_NAME=Staff", "GIT_COMMITTER_EMAIL=s@example.org", "GIT_AUTHOR_DATE="+day+"T12:00:00Z", "GIT_COMMITTER_DATE="+day+"T12:00:00Z")
			if out, err := command.CombinedOutput(); err != nil {
				t.Fatalf("git %v: %v\n%s", args, err, out)
			}
		}
	}
	const about = "content/about.md"
	write("data/site.yaml", "title: Small\nurl: https://example.org/\n")
	write(about, "---\ntitle: About\n---\n\nOne.\n")
	commit("2026-01-02")

	git := source.NewGit(dir)
	institute, _ := source.ReadDir("../..", nil)
	var theme []*source.File
	for f := range institute.Under("themes/institute/") {
		theme = append(theme, &source.File{Path: f.Path, Data: f.Data, Builtin: true})
	}
	first, _ := source.ReadDir(dir, theme)
	first = first.WithHistory(git.History(t.Context()))
	edited := first.Update(map[string][]byte{about: []byte("---\ntitle: About\n---\n\nTwo.\n")})
	write(about, "---\ntitle: About\n---\n\nTwo.\n")
	commit("2026-03-04")
	second := edited.WithHistory(git.History(t.Context()))

	options := Options{Options: site.Options{AsOf: site.Date{Year: 2026, Month: 11, Day: 20}, Preview: true}}
	remembering := New(options)
	for _, step := range []struct {
		tree *source.Tree
		want string
	}{{first, "Last updated <time datetime=\"2026-01-02\">2 January 2026</time>."}, {edited, "Edited, not committed yet."},
		{second, "Last updated <time datetime=\"2026-03-04\">4 March 2026</time>."}, {edited, "Edited, not committed yet."}, {first, "2 January 2026"}} {
		got := remembering.Build(step.tree)
		if err := differ(got, New(options).Build(step.tree)); err != nil {
			t.Error(err)
		}
		body, err := got.Set.File("about/index.html").Body()
		if err != nil || !strings.Contains(string(body), step.want) {
			t.Errorf("the page does not say %q (%v)", step.want, err)
		}
	}
	options.Preview = false
	body, err := New(options).Build(edited).Set.File("about/index.html").Body()
	if err != nil || strings.Contains(string(body), "Edited") || strings.Contains(string(body), "Last updated") {
		t.Errorf("a published page tells of an edit (%v)", err)
	}
}
