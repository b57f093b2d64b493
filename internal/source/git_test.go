package source

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// A clone is a real repository in a temporary folder.
type clone struct {
	*testing.T
	dir string
	env []string
}

// newClone returns a repository without commits. Without git the test is skipped, but never where every
// test has to run.
func newClone(t *testing.T) *clone {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("git is not installed here, and CI needs it")
		}
		t.Skip("git is not installed here")
	}
	c := &clone{T: t, dir: t.TempDir()}
	c.git("init", "-q", "-b", "main")
	return c
}

// git runs git in the repository, as somebody without settings of their own.
func (c *clone) git(args ...string) string {
	c.Helper()
	command := exec.Command("git", args...)
	command.Dir = c.dir
	command.Env = append(gitEnvironment(os.Environ()), "GIT_ALLOW_PROTOCOL=file", "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull,
		"GIT_AUTHOR_NAME=Staff", "GIT_AUTHOR_EMAIL=staff@example.org", "GIT_COMMITTER_NAME=Staff", "GIT_COMMITTER_EMAIL=staff@example.org")
	command.Env = append(command.Env, c.env...)
	out, err := command.CombinedOutput()
	if err != nil {
		c.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

// write writes a file of the repository; no text removes it.
func (c *clone) write(path, text string) {
	c.Helper()
	full := filepath.Join(c.dir, filepath.FromSlash(path))
	if text == "" {
		if err := os.Remove(full); err != nil {
			c.Fatal(err)
		}
		return
	}
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		c.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
		c.Fatal(err)
	}
}

// commit commits everything, as written at noon UTC of a day, or at a moment with a zone.
func (c *clone) commit(when string) {
	c.Helper()
	if len(when) == len(time.DateOnly) {
		when += "T12:00:00+00:00"
	}
	c.env = []string{"GIT_AUTHOR_DATE=" + when, "GIT_COMMITTER_DATE=" + when}
	c.git("add", "-A")
	c.git("commit", "-q", "--allow-empty", "-m", "A change")
	c.env = nil
}

// days returns what the site at root knows of its pages: the day, "edited" or "unknown".
func days(t *testing.T, root string) map[string]string {
	t.Helper()
	tree, _ := ReadDir(root, nil)
	tree = tree.WithHistory(NewGit(root).History(t.Context()))
	return said(tree)
}

func said(tree *Tree) map[string]string {
	words := map[string]string{}
	for f := range tree.Under("content/") {
		day, committed := tree.History().LastChange(f)
		switch {
		case !committed:
			words[f.Path] = "edited"
		case day == "":
			words[f.Path] = "unknown"
		default:
			words[f.Path] = day
		}
	}
	return words
}

func want(t *testing.T, got, want map[string]string) {
	t.Helper()
	for p, w := range want {
		if got[p] != w {
			t.Errorf("%s: %q, want %q", p, got[p], w)
		}
	}
}

func TestLastChange(t *testing.T) {
	c := newClone(t)
	c.write("content/old.md", "one\n")
	c.write("content/changed.md", "one\n")
	c.write("content/moved.md", "moved as it was\n")
	c.write("content/name with \"quotes\" and café.md", "x\n")
	c.write("content/gone.md", "one\n")
	c.commit("2024-03-05")
	c.write("content/changed.md", "two\n")
	c.write("content/gone.md", "")
	c.commit("2025-06-07")
	c.git("mv", "content/moved.md", "content/here.md")
	c.commit("2026-01-02")
	c.write("content/late.md", "written late in the evening, which is the next day in UTC\n")
	c.commit("2026-02-03T20:30:00-08:00")
	c.write("content/changed.md", "three, not committed\n")
	c.write("content/new.md", "new\n")
	c.write("content/gone.md", "back, not committed\n")

	want(t, days(t, c.dir), map[string]string{
		"content/old.md": "2024-03-05", "content/here.md": "2024-03-05", "content/late.md": "2026-02-04",
		"content/name with \"quotes\" and café.md": "2024-03-05",
		"content/changed.md":                       "edited", "content/new.md": "edited", "content/gone.md": "edited",
	})
	// What is put back as it was is as it was committed.
	c.write("content/changed.md", "two\n")
	c.write("content/old.md", "one\r\n")
	want(t, days(t, c.dir), map[string]string{"content/changed.md": "2025-06-07", "content/old.md": "2024-03-05"})
}

// changed says what differs from HEAD: "+ path", "- path", "~ path", "old > new".
func changed(t *testing.T, root string) []string {
	t.Helper()
	now, _ := ReadDir(root, nil)
	then, fault := NewGit(root).Committed(t.Context(), now)
	if fault != nil {
		t.Fatal(fault.Message)
	}
	var words []string
	for _, c := range Changes(then, now) {
		switch {
		case c.Before == nil:
			words = append(words, "+ "+c.After.Path)
		case c.After == nil:
			words = append(words, "- "+c.Before.Path)
		case c.Before.Path != c.After.Path:
			words = append(words, c.Before.Path+" > "+c.After.Path)
		default:
			words = append(words, "~ "+c.After.Path)
		}
	}
	return words
}

func TestChanges(t *testing.T) {
	c := newClone(t)
	const long = "one\ntwo\nthree\nfour\nfive\nsix\nseven\n"
	c.write("content/same.md", "the same\n")
	c.write("content/edited.md", "one\n")
	c.write("content/removed.md", "nothing like it\n")
	c.write("content/moved.md", long)
	c.write("README.md", "no input\n")
	c.commit("2026-01-02")
	if got := changed(t, c.dir); len(got) > 0 {
		t.Errorf("nothing was changed, and this is: %q", got)
	}
	c.write("content/edited.md", "two\n")
	c.write("content/removed.md", "")
	c.write("content/moved.md", "")
	c.write("content/here.md", long+"eight\n")
	c.write("content/new.md", "new\n")
	c.write("README.md", "still no input\n")
	wanted := []string{"~ content/edited.md", "content/moved.md > content/here.md", "+ content/new.md", "- content/removed.md"}
	if got := changed(t, c.dir); !slices.Equal(got, wanted) {
		t.Errorf("got %q, want %q", got, wanted)
	}
	c.git("add", "-A") // staged or not, it is not committed
	if got := changed(t, c.dir); !slices.Equal(got, wanted) {
		t.Errorf("staged: got %q, want %q", got, wanted)
	}

	now, _ := ReadDir(c.dir, nil)
	then, _ := NewGit(c.dir).Committed(t.Context(), now)
	if then.File("content/same.md") != now.File("content/same.md") {
		t.Error("a file that is as it was committed became another one")
	}
	if got := string(then.File("content/edited.md").Data); got != "one\n" {
		t.Errorf("the committed page says %q", got)
	}
}

func TestIgnored(t *testing.T) {
	c := newClone(t)
	c.write(".gitignore", "/static/big.pdf\n")
	c.commit("2026-01-02")
	c.write("static/big.pdf", "x")
	c.write("static/small.pdf", "x")
	got := NewGit(c.dir).Ignored(t.Context(), []string{"static/big.pdf", "static/small.pdf"})
	if !got["static/big.pdf"] || got["static/small.pdf"] {
		t.Errorf("ignored: %v", got)
	}
	if NewGit(c.dir).Ignored(t.Context(), []string{"static/small.pdf"})["static/small.pdf"] {
		t.Error("a file that nobody ignores is ignored")
	}
}
