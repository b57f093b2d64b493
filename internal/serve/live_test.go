package serve

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"nwioi/internal/diag"
	"nwioi/internal/output"
	"nwioi/internal/source"
)

func TestWithLive(t *testing.T) {
	const tag = `<script type="module" src="/.nwioi/live/live.js" data-token="T" data-edition="7"></script>`
	for page, want := range map[string]string{
		"<html><head><title>x</title></head><body>b</body></html>":                        "<html><head><title>x</title>" + tag + "</head><body>b</body></html>",
		"<title>x</title><body class=x>b":                                                 "<title>x</title>" + tag + "<body class=x>b",
		`<head><meta charset=utf-8><script src=a></script><script src=b></script></head>`: `<head><meta charset=utf-8>` + tag + `<script src=a></script><script src=b></script></head>`,
		"<p>b</body>": "<p>b" + tag + "</body>",
		"text":        "text" + tag,
		"":            tag,
		`<head><meta charset=utf-8><meta http-equiv="Content-Security-Policy" content="default-src 'none'; x > y"><title>x</title></head>`: `<head><meta charset=utf-8><title>x</title>` + tag + `</head>`,
	} {
		if got := string(withLive([]byte(page), "T", 7)); got != want {
			t.Errorf("%q\n got %q\nwant %q", page, got, want)
		}
	}
}

func TestLivePolicy(t *testing.T) {
	for published, want := range map[string]string{
		"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'",
		"default-src 'none'; Script-Src 'none'; img-src 'self';":                      "default-src 'none'; Script-Src 'self'; img-src 'self'; style-src 'self'; connect-src 'self'",
		"connect-src https://a.test":                                                  "connect-src https://a.test 'self'; script-src 'self'; style-src 'self'",
	} {
		want += "; require-trusted-types-for 'script'; trusted-types nwioi-live"
		if got := livePolicy(published); got != want {
			t.Errorf("%q\n got %q\nwant %q", published, got, want)
		}
	}
	if got := livePolicy(""); got != strictPolicy || !strings.HasSuffix(got, "; "+trustedTypes) {
		t.Errorf("without a policy of the site: %q", got)
	}
}

type textLayout struct{}

func (*textLayout) Render(w io.Writer, view any) error {
	_, err := io.WriteString(w, view.(string))
	return err
}

// A pool keeps files by their recipe, as a builder does.
type pool map[output.Recipe]*output.File

var text = &textLayout{}

func (p pool) set(bodies map[string]string) *output.Set {
	var list []*output.File
	for path, body := range bodies {
		r := output.Recipe{Path: path, Layout: text, View: body}
		if p[r] == nil {
			p[r] = &output.File{Recipe: r}
		}
		list = append(list, p[r])
	}
	slices.SortFunc(list, func(a, b *output.File) int { return strings.Compare(a.Recipe.Path, b.Recipe.Path) })
	return output.NewSet(list)
}

// what says in words what a message has a page do.
func what(m message) string {
	said := m.Do
	if m.HTML != "" {
		said += " HTML"
	}
	for _, p := range slices.Concat(m.Styles, m.Files) {
		said += " " + p
	}
	return said
}

func TestCatchUp(t *testing.T) {
	const plain = `<head><link rel="stylesheet" href="/a.1.css"></head>text`
	base := map[string]string{"index.html": plain, "a.1.css": "1", "s.js": "s", "p q.png": "p", "d.json": "d", "404.html": "none", "about/index.html": "about"}
	for _, c := range []struct {
		name, page string
		change     map[string]string // "" is gone
		want       string
	}{
		{"its text", "/", map[string]string{"index.html": plain + "!"}, "patch HTML"},
		{"its text, by the file's name", "/index.html", map[string]string{"index.html": plain + "!"}, "patch HTML"},
		{"another page", "/", map[string]string{"about/index.html": "x"}, "nothing"},
		{"a stylesheet in its place", "/", map[string]string{"a.1.css": "2"}, "patch /a.1.css"},
		{"a stylesheet by its name", "/", map[string]string{"a.1.css": "", "a.2.css": "2", "index.html": plain + "2"}, "patch HTML"},
		{"a script", "/", map[string]string{"s.js": "t"}, "patch /s.js"},
		{"a picture", "/", map[string]string{"p q.png": "q"}, "patch /p%20q.png"},
		{"a picture that is gone", "/", map[string]string{"p q.png": ""}, "nothing"},
		{"a picture comes", "/", map[string]string{"q.png": "q"}, "patch /q.png"},
		{"data that is gone", "/", map[string]string{"d.json": ""}, "patch /d.json"},
		{"the page is gone", "/about/", map[string]string{"about/index.html": ""}, "patch HTML"},
		{"the page comes", "/new/", map[string]string{"new/index.html": "new"}, "patch HTML"},
		{"still not there", "/new/", map[string]string{"index.html": "new"}, "nothing"},
		{"the page for what is not there", "/new/", map[string]string{"404.html": "nothing"}, "patch HTML"},
		{"no page at all", "/", map[string]string{"404.html": "", "index.html": ""}, "reload"},
		{"the list of changes", "/.nwioi/changes/", map[string]string{"index.html": "x"}, "reload"},
		{"another page of the server", "/.nwioi/edit/", map[string]string{"index.html": "x"}, "nothing"},
	} {
		p := pool{}
		before := p.set(base)
		next := map[string]string{}
		for path, body := range base {
			next[path] = body
		}
		for path, body := range c.change {
			if next[path] = body; body == "" {
				delete(next, path)
			}
		}
		after := p.set(next)
		m := message{Do: "nothing"}
		m.catchUp(&state{set: after, edition: 2, steps: []step{{2, compare(before, after)}}}, 1, c.page)
		if got := what(m); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestCatchUpAfterSeveralSteps(t *testing.T) {
	p := pool{}
	s := &state{set: p.set(map[string]string{"index.html": "home"}), edition: 1}
	for range mostSteps + 5 {
		s.edition++
		s.steps = then(s.steps, step{s.edition, difference{changed: []string{"other.html"}}})
	}
	s.steps[len(s.steps)-3].changed = []string{"index.html", "a.css"}
	for behind, want := range map[int]string{1: "nothing", 2: "nothing", 3: "patch HTML /a.css", mostSteps: "patch HTML /a.css", mostSteps + 1: "reload"} {
		m := message{Do: "nothing"}
		m.catchUp(s, s.edition-behind, "/")
		if got := what(m); got != want {
			t.Errorf("%d editions behind: %s, want %s", behind, got, want)
		}
	}
}

func TestReport(t *testing.T) {
	list := diag.List{
		{Path: "a.md", Severity: diag.Note, Message: "note"},
		{Path: "b.md", Severity: diag.Warning, Message: "warning"},
		{Path: "c.md", Pos: diag.Pos{Line: 2, Col: 4}, Severity: diag.Error, Message: "turned \u202e around\n"},
		{Path: "d.md", Pos: diag.Pos{Line: 3, Col: 1}, Severity: diag.Error, Message: "no such word", Hint: "another"},
		{Path: "c.md", Pos: diag.Pos{Line: 7, Col: 1}, Severity: diag.Error, Message: "no such word", Hint: "another"},
		{Path: "c.md", Pos: diag.Pos{Line: 9, Col: 1}, Severity: diag.Warning, Message: "warning of its own"},
	}
	e := &editor{root: "/the site"}
	tree := source.NewTree(&source.File{Path: "c.md"}, &source.File{Path: "d.md", Builtin: true})
	r := e.report(&state{tree: tree, problems: list})
	var said strings.Builder
	for _, f := range r.Broken {
		fmt.Fprintf(&said, "%s\n", f.Path)
		for _, p := range f.Problems {
			fmt.Fprintf(&said, "  %s: %s\n", p.Severity, p.Message)
			for _, at := range p.Places {
				fmt.Fprintf(&said, "    %s %s\n", at.At, at.Open)
			}
		}
	}
	const want = `c.md
  error: turned \uFFFD around\uFFFD
    c.md:2:4 vscode://file/the%20site/c.md:2:4
  error: no such word
    c.md:7:1 vscode://file/the%20site/c.md:7:1
    d.md:3:1 
  warning: warning of its own
    c.md:9:1 vscode://file/the%20site/c.md:9:1
b.md
  warning: warning
    b.md:1:1 
`
	if got := strings.ReplaceAll(said.String(), "\uFFFD", `\uFFFD`); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if r.Errors != 2 || r.Warnings != 2 || r.Summary != "2 errors in 3 places" {
		t.Errorf("counted: %d, %d, %q", r.Errors, r.Warnings, r.Summary)
	}
	for i := range 200 {
		list = append(list, list[3])
		list[len(list)-1].Pos.Line = len(list)
		list = append(list, list[2])
		list[len(list)-1].Message = fmt.Sprint(i)
	}
	r = e.report(&state{tree: tree, problems: list})
	shown := 0
	for _, f := range r.Broken {
		shown += len(f.Problems)
	}
	if shown != mostProblems || r.More != 104 {
		t.Errorf("%d problems are shown and %d counted", shown, r.More)
	}
}

func TestEditorLinks(t *testing.T) {
	for word, want := range map[string]string{
		"vscode": "vscode://file/a%20b/content/x.md:3:7", "cursor": "cursor://file/a%20b/content/x.md:3:7",
		"idea":    "idea://open?file=%2Fa+b%2Fcontent%2Fx.md&line=3&column=7",
		"sublime": "subl://open?url=file%3A%2F%2F%2Fa%2520b%2Fcontent%2Fx.md&line=3&column=7", "none": "",
	} {
		e, err := ParseEditor(word)
		if got := string(e.link("/a b", "content/x.md", 3, 7)); err != nil || got != want {
			t.Errorf("%s: %q %v, want %q", word, got, err, want)
		}
	}
	if _, err := ParseEditor("ed"); err == nil || !strings.Contains(err.Error(), `"ed" is not an editor`) {
		t.Errorf("an editor nobody knows: %v", err)
	}
}

func TestDifferencesInWords(t *testing.T) {
	p := pool{}
	a := p.set(map[string]string{"a.html": "1", "b.html": "1", "c.css": "1"})
	for words, b := range map[string]*output.Set{
		"nothing changed":                   a,
		"1 page changed":                    p.set(map[string]string{"a.html": "2", "b.html": "1", "c.css": "1"}),
		"1 file changed":                    p.set(map[string]string{"a.html": "1", "b.html": "1", "c.css": "2"}),
		"2 pages changed":                   p.set(map[string]string{"a.html": "1", "d.html": "1", "c.css": "1"}),
		"2 pages and 1 other file changed":  p.set(map[string]string{"a.html": "1", "d.html": "1"}),
		"2 pages and 2 other files changed": p.set(map[string]string{"a.html": "2", "b.html": "2", "d.css": "1"}),
	} {
		if got := compare(a, b).String(); got != words {
			t.Errorf("got %q, want %q", got, words)
		}
	}
}

func TestTitle(t *testing.T) {
	for page, want := range map[string]string{
		"<title>About us · The institute</title>": "About us",
		"<title>Q&amp;A</title>":                  "Q&A",
		"<title> turned \u202e around </title>":   "turned \ufffd around",
		"<p>no title</p>":                         "",
	} {
		if got := title([]byte(page)); got != want {
			t.Errorf("%s: %q, want %q", page, got, want)
		}
	}
}
