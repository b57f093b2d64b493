package source

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// note returns the rule of what keeps git from knowing the files, and what it says.
func note(h *History) (rule, message string) {
	if d := h.Note(); d != nil {
		return d.Rule, d.Message + "; " + d.Hint
	}
	return "", ""
}

func TestShallowClone(t *testing.T) {
	c := newClone(t)
	c.write("content/old.md", "one\n")
	c.write("content/later.md", "one\n")
	c.commit("2024-03-05")
	c.write("content/later.md", "two\n")
	c.commit("2025-06-07")
	c.git("clone", "-q", "--depth", "1", "file://"+c.dir, "shallow")
	shallow := &clone{T: t, dir: filepath.Join(c.dir, "shallow")}
	shallow.write("content/new.md", "new\n")
	shallow.commit("2026-01-02")

	git := NewGit(shallow.dir)
	tree, _ := ReadDir(shallow.dir, nil)
	first := tree.WithHistory(git.History(t.Context()))
	want(t, said(first), map[string]string{"content/old.md": "unknown", "content/later.md": "unknown", "content/new.md": "2026-01-02"})
	rule, message := note(first.History())
	if rule != "site/shallow" || !strings.Contains(message, "git fetch --unshallow") {
		t.Errorf("the note is %s: %s", rule, message)
	}
	if problems := first.Problems(); len(problems) != 1 || problems[0].Rule != "site/shallow" {
		t.Errorf("the tree's problems are %v", problems)
	}
	shallow.git("fetch", "-q", "--unshallow")
	second := tree.WithHistory(git.History(t.Context()))
	want(t, said(second), map[string]string{"content/old.md": "2024-03-05", "content/later.md": "2025-06-07", "content/new.md": "2026-01-02"})
	if rule, _ := note(second.History()); rule != "" {
		t.Errorf("the whole history is here, and the note is still %s", rule)
	}
}

func TestMerges(t *testing.T) {
	c := newClone(t)
	c.write("content/main.md", "one\n")
	c.write("content/both.md", "1\n2\n3\n4\n5\n6\n7\n8\n9\n")
	c.write("content/clash.md", "one\n")
	c.commit("2024-01-01")
	c.git("checkout", "-q", "-b", "side")
	c.write("content/side.md", "one\n")
	c.write("content/both.md", "one\n2\n3\n4\n5\n6\n7\n8\n9\n")
	c.write("content/clash.md", "side\n")
	c.commit("2024-02-02")
	c.git("checkout", "-q", "main")
	c.write("content/main.md", "two\n")
	c.write("content/both.md", "1\n2\n3\n4\n5\n6\n7\n8\nnine\n")
	c.write("content/clash.md", "main\n")
	c.commit("2024-03-03")
	c.env = []string{"GIT_AUTHOR_DATE=2024-04-04T12:00:00Z", "GIT_COMMITTER_DATE=2024-04-04T12:00:00Z"}
	c.git("merge", "-q", "--no-ff", "--no-commit", "-s", "ort", "-X", "ours", "side")
	c.git("commit", "-q", "-m", "Merge")
	want(t, days(t, c.dir), map[string]string{
		"content/main.md": "2024-03-03", "content/side.md": "2024-02-02", "content/clash.md": "2024-03-03", "content/both.md": "2024-04-04",
	})
}

func TestKindsOfRepository(t *testing.T) {
	page := map[string]string{"content/a.md": "2024-03-05"}
	t.Run("a folder of it", func(t *testing.T) {
		c := newClone(t)
		c.write("site/content/a.md", "a\n")
		c.write("content/b.md", "another site's\n")
		c.commit("2024-03-05")
		root := filepath.Join(c.dir, "site")
		want(t, days(t, root), page)
		c.write("site/content/a.md", "b\n")
		if got := changed(t, root); len(got) != 1 || got[0] != "~ content/a.md" {
			t.Errorf("changed: %q", got)
		}
	})
	t.Run("a link to it", func(t *testing.T) {
		c := newClone(t)
		c.write("content/a.md", "a\n")
		c.commit("2024-03-05")
		link := filepath.Join(t.TempDir(), "link")
		if err := os.Symlink(c.dir, link); err != nil {
			t.Skip(err)
		}
		want(t, days(t, link), page)
	})
	t.Run("a second work tree", func(t *testing.T) {
		c := newClone(t)
		c.write("content/a.md", "a\n")
		c.commit("2024-03-05")
		other := filepath.Join(t.TempDir(), "other")
		c.git("worktree", "add", "-q", other)
		want(t, days(t, other), page)
		git := NewGit(other)
		before := git.History(t.Context())
		second := &clone{T: t, dir: other}
		second.write("content/a.md", "b\n")
		second.commit("2025-06-07")
		if git.History(t.Context()) == before {
			t.Error("a commit in the second work tree was not noticed")
		}
		want(t, days(t, other), map[string]string{"content/a.md": "2025-06-07"})
		want(t, days(t, c.dir), page)
	})
	t.Run("longer hashes", func(t *testing.T) {
		c := newClone(t)
		if err := os.RemoveAll(filepath.Join(c.dir, ".git")); err != nil {
			t.Fatal(err)
		}
		c.git("init", "-q", "-b", "main", "--object-format=sha256")
		c.write("content/a.md", "a\n")
		c.commit("2024-03-05")
		want(t, days(t, c.dir), page)
	})
	t.Run("no commit yet", func(t *testing.T) {
		c := newClone(t)
		c.write("content/a.md", "a\n")
		want(t, days(t, c.dir), map[string]string{"content/a.md": "edited"})
		if rule, message := note(NewGit(c.dir).History(t.Context())); rule != "" {
			t.Error(message)
		}
		tree, _ := ReadDir(c.dir, nil)
		if _, fault := NewGit(c.dir).Committed(t.Context(), tree); fault == nil || !strings.HasPrefix(fault.Message, "nothing has been committed here yet") {
			t.Errorf("compared with %v", fault)
		}
	})
	t.Run("a link among the pages", func(t *testing.T) {
		c := newClone(t)
		c.write("content/a.md", "a\n")
		if err := os.Symlink("a.md", filepath.Join(c.dir, "content/b.md")); err != nil {
			t.Skip(err)
		}
		c.commit("2024-03-05")
		want(t, days(t, c.dir), map[string]string{"content/a.md": "2024-03-05", "content/b.md": "unknown"})
	})
}

func TestGitFolders(t *testing.T) {
	c := &clone{T: t, dir: t.TempDir()}
	for _, p := range []string{"site/content/a.md", ".git/HEAD", "linked/content/a.md", "elsewhere/HEAD"} {
		c.write(p, "x")
	}
	c.write("linked/.git", "gitdir: ../elsewhere\n")
	for from, want := range map[string]string{"site": ".git", ".": ".git", "linked": "elsewhere"} {
		if own, common := GitFolders(filepath.Join(c.dir, from)); own != filepath.Join(c.dir, want) || common != own {
			t.Errorf("from %s: %q and %q", from, own, common)
		}
	}
	if own, common := GitFolders(t.TempDir()); own != "" || common != "" {
		t.Errorf("where there is no repository: %q and %q", own, common)
	}
}

// Where git cannot be asked there are no dates and, where the site is kept in git, one note.
func TestNoDates(t *testing.T) {
	for name, prepare := range map[string]struct {
		spoil func(*testing.T, *clone)
		want  string // the beginning of the note; "": none
	}{
		"no repository": {func(t *testing.T, c *clone) { c.remove(".git") }, ""},
		"a bare one around it": {func(t *testing.T, c *clone) {
			for _, name := range []string{"HEAD", "objects", "refs", "config"} {
				if err := os.Rename(filepath.Join(c.dir, ".git", name), filepath.Join(c.dir, name)); err != nil {
					t.Fatal(err)
				}
			}
			c.remove(".git")
		}, ""},
		"a bare one":      {func(t *testing.T, c *clone) { c.git("config", "core.bare", "true") }, "the git repository around this folder has no files"},
		"an empty one":    {func(t *testing.T, c *clone) { c.remove(".git/HEAD") }, "git cannot read the repository"},
		"a broken one":    {func(t *testing.T, c *clone) { c.write(".git/HEAD", "what\n") }, "git cannot read the repository"},
		"lost objects":    {func(t *testing.T, c *clone) { c.remove(".git/objects"); c.write(".git/objects/x", "x") }, "git cannot read the repository"},
		"settings amiss":  {func(t *testing.T, c *clone) { c.write(".git/config", "[core\n") }, "git cannot read the repository"},
		"a lost worktree": {func(t *testing.T, c *clone) { c.remove(".git"); c.write(".git", "gitdir: nowhere\n") }, "git cannot read the repository"},
		"no git":          {func(t *testing.T, c *clone) { t.Setenv("PATH", t.TempDir()) }, "this folder is kept in git, and git is not installed"},
		"somebody else's": {func(t *testing.T, c *clone) {
			t.Setenv("HOME", t.TempDir())
			if err := os.Chown(c.dir, 12345, 12345); err != nil {
				t.Skip("only root can give files away")
			}
		}, "git does not trust this folder"},
	} {
		t.Run(name, func(t *testing.T) {
			c := newClone(t)
			c.write("content/a.md", "a\n")
			c.commit("2024-03-05")
			prepare.spoil(t, c)
			tree, _ := ReadDir(c.dir, nil)
			tree = tree.WithHistory(NewGit(c.dir).History(t.Context()))
			want(t, said(tree), map[string]string{"content/a.md": "unknown"})
			rule, message := note(tree.History())
			if prepare.want == "" {
				if rule != "" {
					t.Errorf("there is a note: %s", message)
				}
				return
			}
			if rule != "site/git" || !strings.HasPrefix(message, prepare.want) || strings.HasSuffix(message, "; ") {
				t.Errorf("the note is %s: %s", rule, message)
			}
			if _, fault := NewGit(c.dir).Committed(t.Context(), tree); fault == nil {
				t.Error("there is a tree to compare with")
			}
		})
	}
}

func (c *clone) remove(path string) {
	c.Helper()
	if err := os.RemoveAll(filepath.Join(c.dir, path)); err != nil {
		c.Fatal(err)
	}
}

// Neither the environment of whoever started us nor the settings of a repository lead git astray, and no
// program of theirs is run.
func TestNothingLeaksIn(t *testing.T) {
	c := newClone(t)
	c.write("content/a.md", "a\n")
	c.write(".gitattributes", "*.md diff=own filter=own\n")
	c.commit("2024-03-05")
	c.write("content/a.md", "b\n")
	c.write("content/new.md", "b\n")

	canary := filepath.Join(t.TempDir(), "ran")
	program := filepath.Join(t.TempDir(), "program")
	if err := os.WriteFile(program, []byte("#!/bin/sh\necho \"$0 $*\" >>"+canary+"\nexit 1\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"core.fsmonitor", "core.pager", "pager.log", "diff.external", "diff.own.textconv", "diff.own.command", "gpg.program", "core.editor", "credential.helper", "core.sshCommand", "core.alternateRefsCommand"} {
		c.git("config", key, program)
	}
	c.git("config", "core.hooksPath", filepath.Dir(program))
	c.git("config", "log.showSignature", "true")
	c.git("config", "log.showRoot", "false")
	c.git("config", "diff.relative", "true")
	c.git("config", "log.date", "relative")
	c.git("config", "format.pretty", "oneline")
	c.git("config", "color.ui", "always")
	c.git("config", "core.quotePath", "true")
	elsewhere := t.TempDir()
	for name, value := range map[string]string{
		"GIT_DIR": elsewhere, "GIT_WORK_TREE": elsewhere, "GIT_INDEX_FILE": elsewhere, "GIT_OBJECT_DIRECTORY": elsewhere,
		"GIT_CONFIG": elsewhere, "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.bare", "GIT_CONFIG_VALUE_0": "true",
		"GIT_CONFIG_PARAMETERS": "'core.bare=true'", "GIT_EXTERNAL_DIFF": program, "GIT_PAGER": program, "GIT_TRACE": canary,
		"GIT_NAMESPACE": "x", "GIT_CEILING_DIRECTORIES": filepath.Dir(c.dir), "GIT_LITERAL_PATHSPECS": "1", "GIT_EXEC_PATH": elsewhere, "LC_ALL": "de_DE.UTF-8",
	} {
		t.Setenv(name, value)
	}
	c.write(".git/index.lock", "someone is at work\n")
	index, err := os.ReadFile(filepath.Join(c.dir, ".git/index"))
	if err != nil {
		t.Fatal(err)
	}

	want(t, days(t, c.dir), map[string]string{"content/a.md": "edited", "content/new.md": "edited"})
	if got := fmt.Sprint(changed(t, c.dir)); got != "[~ content/a.md + content/new.md]" {
		t.Errorf("changed: %s", got)
	}
	if got := NewGit(c.dir).Ignored(t.Context(), []string{"content/a.md"}); len(got) > 0 {
		t.Errorf("ignored: %v", got)
	}
	c.write("content/a.md", "a\n")
	want(t, days(t, c.dir), map[string]string{"content/a.md": "2024-03-05"})
	if ran, err := os.ReadFile(canary); err == nil {
		t.Errorf("this was run: %s", ran)
	}
	if after, err := os.ReadFile(filepath.Join(c.dir, ".git/index")); err != nil || string(after) != string(index) {
		t.Errorf("git's index was written: %v", err)
	}
}

// The history is read when HEAD moves, and only then.
func TestHistoryIsKept(t *testing.T) {
	c := newClone(t)
	c.write("content/a.md", "a\n")
	c.commit("2024-03-05")
	git := NewGit(c.dir)
	last := git.History(t.Context())
	step := func(what string, other bool, do func()) {
		t.Helper()
		do()
		now := git.History(t.Context())
		if (now != last) != other {
			t.Errorf("after %s the history was read: %v", what, now != last)
		}
		last = now
	}
	step("nothing", false, func() {})
	step("an edit", false, func() { c.write("content/a.md", "b\n") })
	step("git add", false, func() { c.git("add", "-A") })
	step("a commit", true, func() { c.commit("2024-03-06") })
	step("packing the branches", true, func() { c.git("pack-refs", "--all") }) // may be another HEAD; it is looked at
	step("a commit on top", true, func() { c.write("content/a.md", "c\n"); c.commit("2024-03-07") })
	step("another branch", true, func() { c.git("checkout", "-q", "-b", "other", "HEAD~1") })
	step("a commit without branch", true, func() { c.git("checkout", "-q", "--detach", "main") })
	step("the end of the repository", true, func() { c.remove(".git") })
	step("a new one", true, func() { c.git("init", "-q", "-b", "main") })
}

// The same clone gives the same days, however often it is asked, and a tree keeps them while files change.
func TestDaysAreAPartOfTheTree(t *testing.T) {
	c := newClone(t)
	c.write("content/a.md", "a\n")
	c.write("content/b.md", "b\n")
	c.commit("2024-03-05")
	tree, _ := ReadDir(c.dir, nil)
	if got := said(tree); got["content/a.md"] != "unknown" {
		t.Errorf("nobody asked git, and it says %v", got)
	}
	dated := tree.WithHistory(NewGit(c.dir).History(t.Context()))
	if dated == tree || dated.WithHistory(dated.History()) != dated {
		t.Error("a tree is another one when its history is, and only then")
	}
	if dated.File("content/a.md") != tree.File("content/a.md") {
		t.Error("a file became another one")
	}
	edited := dated.Update(map[string][]byte{"content/a.md": []byte("c\n")})
	want(t, said(edited), map[string]string{"content/a.md": "edited", "content/b.md": "2024-03-05"})
	back := edited.Update(map[string][]byte{"content/a.md": []byte("a\n")})
	want(t, said(back), map[string]string{"content/a.md": "2024-03-05", "content/b.md": "2024-03-05"})
}

func TestGitEndsWithItsContext(t *testing.T) {
	c := newClone(t)
	c.write("content/a.md", "a\n")
	c.commit("2024-03-05")
	// A git that never answers.
	bin := t.TempDir()
	if err := os.WriteFile(filepath.Join(bin, "git"), []byte("#!/bin/sh\nexec sleep 600\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := exec.LookPath("sleep"); err != nil {
		t.Skip("there is no sleep here")
	}
	real := os.Getenv("PATH")
	t.Setenv("PATH", bin+string(filepath.ListSeparator)+real)
	ctx, stop := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer stop()
	git := NewGit(c.dir)
	if day, committed := git.History(ctx).LastChange(&File{Path: "content/a.md", Data: []byte("a\n")}); day != "" || !committed {
		t.Errorf("git never answered, and said %q, %v", day, committed)
	}
	t.Setenv("PATH", real)
	if day, _ := git.History(t.Context()).LastChange(&File{Path: "content/a.md", Data: []byte("a\n")}); day != "2024-03-05" {
		t.Errorf("what was cut short was kept: the day is %q", day)
	}
}

func FuzzReadLog(f *testing.F) {
	f.Add("\x01abc 1700000000\x00\n:000000 100644 0000 1234 A\x00content/a.md\x00", "")
	f.Add("\x01abc 1700000000\x00\x00::100644 100644 100644 1 2 3 MM\x00s/content/a.md\x00\x01d 5\x00\n:100644 100644 1 1 R100\x00s/a\x00s/b\x00", "s/")
	f.Add(":::\x00\x01\x00:", "")
	f.Fuzz(func(t *testing.T, log, prefix string) {
		h := readLog([]byte(log), prefix, map[string]bool{"abc": true})
		for p, c := range h.last {
			if c.day != "" {
				if _, err := time.Parse(time.DateOnly, c.day); err != nil {
					t.Errorf("%q has the day %q", p, c.day)
				}
			}
		}
		for len(log) > 0 {
			blob, rest, err := cutBlob([]byte(log))
			if err != nil {
				break
			}
			if len(blob)+len(rest) >= len(log) {
				t.Fatalf("%q was cut to %q and %q", log, blob, rest)
			}
			log = string(rest)
		}
	})
}
