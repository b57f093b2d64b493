package serve_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"nwioi/internal/serve"
	"nwioi/internal/source"
)

// committed starts a server in a repository whose only commit holds the files.
func committed(t *testing.T, files map[string]string) *server {
	t.Helper()
	needGit(t)
	return startAs(t, files, func(c *serve.Config) {
		git(t, c.Root, "init", "-q", "-b", "main")
		git(t, c.Root, "add", "-A")
		git(t, c.Root, "commit", "-q", "-m", "The site")
		c.Build, c.Published = known(new(maker)), known(new(maker))
	})
}

// known builds as the maker does, and knows which file each page is made of.
func known(m *maker) serve.Build {
	return func(tree *source.Tree) serve.Result {
		r := m.build(tree)
		r.Sources = func(urlPath string) string {
			for f := range tree.Under("content/") {
				name := strings.TrimSuffix(strings.TrimPrefix(f.Path, "content/"), ".md")
				if urlPath == "/"+name+"/" || urlPath == "/" && name == "index" {
					return f.Path
				}
			}
			return ""
		}
		return r
	}
}

func needGit(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("git"); err == nil {
		return
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("git is not installed here, and CI needs it")
	}
	t.Skip("git is not installed here")
}

func git(t *testing.T, dir string, args ...string) string {
	t.Helper()
	command := exec.Command("git", args...)
	command.Dir = dir
	command.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_AUTHOR_NAME=Staff",
		"GIT_AUTHOR_EMAIL=staff@example.org", "GIT_COMMITTER_NAME=Staff", "GIT_COMMITTER_EMAIL=staff@example.org")
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// shows checks that a page holds each of the texts.
func shows(t *testing.T, page string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(page, text) {
			t.Errorf("the page has no %q:\n%s", text, page)
		}
	}
}

func TestTheListOfChanges(t *testing.T) {
	s := committed(t, usual())
	const list = "/.nwioi/changes/"
	_, page := s.get(list)
	shows(t, page, "<h1>What you changed</h1>", "Nothing: every page and record is as it was at the last commit")

	s.save("content/about.md", "about <b>you</b>")
	s.save("content/new.md", "hello")
	s.save("static/photo.jpg", "\xff\xd8\x00")
	if err := os.Rename(filepath.Join(s.root, "content/404.md"), filepath.Join(s.root, "content/lost.md")); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(s.root, "static/data.json")); err != nil {
		t.Fatal(err)
	}
	before := git(t, s.root, "status", "--porcelain")
	until(t, func() bool { _, page = s.get(list); return strings.Count(page, `<li class="file`) == 5 })
	shows(t, page,
		`<span class="kind">changed</span> <code>content/about.md</code>`,
		`<del>us</del>`, `<ins>&lt;b&gt;you&lt;/b&gt;</ins>`, "Removed: ", "Added: ",
		`<a href="/.nwioi/changes/?page=%2Fabout%2F">See /about/ before and after</a>`,
		`<span class="kind">new</span> <code>content/new.md</code>`,
		`<span class="kind">renamed</span> <code>content/lost.md</code>`, `It was <code>content/404.md</code>`,
		`<span class="kind">removed</span> <code>static/data.json</code>`,
		`<code>static/photo.jpg</code>`, "no words to compare",
	)
	if after := git(t, s.root, "status", "--porcelain"); after != before {
		t.Errorf("looking at the changes changed what is staged: %q, then %q", before, after)
	}

	git(t, s.root, "add", "-A")
	git(t, s.root, "commit", "-q", "-m", "More")
	until(t, func() bool { _, page = s.get(list); return strings.Contains(page, "Nothing: every page") })
}

// until asks again until what it asks for has come.
func until(t *testing.T, ok func() bool) {
	t.Helper()
	for !ok() {
		if t.Context().Err() != nil {
			t.Fatal("it never came")
		}
	}
}

func TestAPageAsPublished(t *testing.T) {
	s := committed(t, usual())
	s.save("content/about.md", "about you")
	s.save("content/new.md", "hello")
	until(t, func() bool { _, page := s.get("/new/"); return strings.Contains(page, "hello") })

	answer, page := s.get("/.nwioi/changes/?page=/about/&was=/former/")
	shows(t, page, `<iframe src="/.nwioi/published/former/"`, `<iframe src="/about/"`)
	if policy := answer.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "frame-src 'self'") || !strings.Contains(policy, "frame-ancestors 'none'") {
		t.Errorf("the page with the frames has the policy %q", policy)
	}
	if _, page := s.get("/.nwioi/published/about/"); !strings.Contains(page, "about us") || strings.Contains(page, "live.js") {
		t.Errorf("as published: %s", page)
	}
	if answer, page := s.get("/.nwioi/published/new/"); answer.StatusCode != 404 || !strings.Contains(page, "was not there at the last commit") {
		t.Errorf("a page that was not there: %s", page)
	}
	if answer, _ := s.get("/.nwioi/published/a.css"); answer.Header.Get("Content-Type") != "text/css; charset=utf-8" {
		t.Errorf("a stylesheet as published: %s", answer.Status)
	}
	for _, wrong := range []string{"https://example.org/", "//example.org/", "/../x/", "/.nwioi/events", "javascript:alert(1)", "about/"} {
		if answer, _ := s.get("/.nwioi/changes/?page=" + wrong); answer.StatusCode != 400 {
			t.Errorf("a frame may show %s: %s", wrong, answer.Status)
		}
	}
}

// Only pages of this server may show others of it in a frame.
func TestFrames(t *testing.T) {
	s := committed(t, usual())
	for name, c := range map[string]struct {
		header []string
		may    bool
	}{
		"a page of its own":  {nil, false},
		"in our own frame":   {[]string{"Sec-Fetch-Site", "same-origin", "Sec-Fetch-Dest", "iframe", "Sec-Fetch-Mode", "navigate"}, true},
		"a link of our own":  {[]string{"Sec-Fetch-Site", "same-origin", "Sec-Fetch-Dest", "document", "Sec-Fetch-Mode", "navigate"}, false},
		"in another's frame": {[]string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Dest", "iframe", "Sec-Fetch-Mode", "navigate"}, false},
	} {
		for _, p := range []string{"/about/", "/.nwioi/published/about/"} {
			answer, _ := s.get(p, c.header...)
			policy, options := answer.Header.Get("Content-Security-Policy"), answer.Header.Get("X-Frame-Options")
			if may := strings.HasSuffix(policy, "frame-ancestors 'self'") && !strings.Contains(policy, "frame-ancestors 'none'") && options == "SAMEORIGIN"; may != c.may {
				t.Errorf("%s, %s: %s, %s", name, p, policy, options)
			}
		}
	}
}

func TestChangesWithoutGit(t *testing.T) {
	s := start(t, usual())
	if _, page := s.get("/.nwioi/changes/"); !strings.Contains(page, "This folder is not kept in git, so there is nothing to compare it with.") {
		t.Error(page)
	}
	if answer, page := s.get("/.nwioi/published/about/"); answer.StatusCode != 404 {
		t.Error(page)
	}
}

func TestBeforeAndAfterInABrowser(t *testing.T) {
	ctx := browser(t)
	s := committed(t, usual())
	s.save("content/about.md", "about you")
	until(t, func() bool { _, page := s.get("/about/"); return strings.Contains(page, "about you") })
	run(t, ctx, "the list", chromedp.Navigate(s.url+"/.nwioi/changes/"))
	awaits(t, ctx, "the change", `document.querySelector("ins")?.textContent === "you"`)
	s.save("content/about.md", "about them")
	awaits(t, ctx, "another change", `document.querySelector("ins")?.textContent === "them"`)
	s.save("content/about.md", "about you")
	awaits(t, ctx, "the change again", `document.querySelector("ins")?.textContent === "you"`)
	// The list may be loaded anew in the moment of the click.
	awaits(t, ctx, "the page", `document.querySelector("iframe") || (document.querySelector("li.file a")?.click(), false)`)
	frame := func(i string) string {
		return `document.querySelectorAll("iframe")[` + i + `]?.contentDocument?.body?.textContent`
	}
	awaits(t, ctx, "as published", frame("0")+` === "about us"`)
	awaits(t, ctx, "as edited", frame("1")+` === "about you"`)
	s.save("content/about.md", "about all of us")
	awaits(t, ctx, "as edited once more", frame("1")+` === "about all of us"`)
	awaits(t, ctx, "as published still", frame("0")+` === "about us"`)
}
