package serve

import (
	"io"
	"slices"
	"strings"
	"testing"

	"nwioi/internal/diag"
	"nwioi/internal/output"
)

func TestWithLive(t *testing.T) {
	const tag = `<script src="/.nwioi/live.js" data-token="T" data-edition="7" defer></script>`
	for page, want := range map[string]string{
		"<html><head><title>x</title></head><body>b</body></html>": "<html><head><title>x</title>" + tag + "</head><body>b</body></html>",
		"<title>x</title><body class=x>b":                          "<title>x</title>" + tag + "<body class=x>b",
		"<p>b</body>":                                              "<p>b" + tag + "</body>",
		"text":                                                     "text" + tag,
		"":                                                         tag,
		`<head><meta charset=utf-8><meta http-equiv="Content-Security-Policy" content="default-src 'none'; x > y"><title>x</title></head>`: `<head><meta charset=utf-8><title>x</title>` + tag + `</head>`,
	} {
		if got := string(withLive([]byte(page), "T", 7)); got != want {
			t.Errorf("%q\n got %q\nwant %q", page, got, want)
		}
	}
}

func TestLivePolicy(t *testing.T) {
	for published, want := range map[string]string{
		"": strictPolicy,
		"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'",
		"default-src 'none'; Script-Src 'none'; img-src 'self';":                      "default-src 'none'; Script-Src 'self'; img-src 'self'; style-src 'self'; connect-src 'self'",
		"connect-src https://a.test":                                                  "connect-src https://a.test 'self'; script-src 'self'; style-src 'self'",
	} {
		if got := livePolicy(published); got != want {
			t.Errorf("%q\n got %q\nwant %q", published, got, want)
		}
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

func TestWhatToDo(t *testing.T) {
	const (
		plain    = `<head><link rel="stylesheet" href="/a.1.css"></head>text <img src="/p.png">`
		restyled = `<head><link rel="stylesheet" href="/a.2.css"></head>text <img src="/p.png">`
		scripted = `<head><script src="/s.js"></script></head>text`
	)
	base := map[string]string{"index.html": plain, "a.1.css": "1", "s.js": "s", "p.png": "p", "d.json": "d", "sitemap.xml": "x", "404.html": "none", "scripted/index.html": scripted}
	for _, c := range []struct {
		name, page string
		change     map[string]string // "" is gone
		do         string
		styles     []string
	}{
		{"nothing", "/", nil, "nothing", nil},
		{"its text", "/", map[string]string{"index.html": plain + "!"}, "reload", nil},
		{"another page", "/", map[string]string{"scripted/index.html": "x"}, "nothing", nil},
		{"the sitemap", "/", map[string]string{"sitemap.xml": "y"}, "nothing", nil},
		{"the stylesheet in its place", "/", map[string]string{"a.1.css": "2"}, "styles", []string{"/a.1.css"}},
		{"the stylesheet by its name", "/", map[string]string{"a.1.css": "", "a.2.css": "2", "index.html": restyled}, "styles", []string{"/a.2.css"}},
		{"the stylesheet and the text", "/", map[string]string{"a.1.css": "", "a.2.css": "2", "index.html": restyled + "!"}, "reload", nil},
		{"a script", "/", map[string]string{"s.js": "t"}, "reload", nil},
		{"a picture", "/", map[string]string{"p.png": "q"}, "reload", nil},
		{"a picture that is gone", "/", map[string]string{"p.png": ""}, "reload", nil},
		{"another page's picture comes", "/", map[string]string{"q.png": "q"}, "nothing", nil},
		{"data for a page without scripts", "/", map[string]string{"d.json": "e"}, "nothing", nil},
		{"data for a page with scripts", "/scripted/", map[string]string{"d.json": "e"}, "reload", nil},
		{"the page is gone", "/scripted/", map[string]string{"scripted/index.html": ""}, "reload", nil},
		{"the page comes", "/new/", map[string]string{"new/index.html": "new"}, "reload", nil},
		{"still not there", "/new/", map[string]string{"index.html": "new"}, "nothing", nil},
		{"the page for what is not there", "/new/", map[string]string{"404.html": "nothing"}, "reload", nil},
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
		do, styles := whatToDo(before, p.set(next), c.page)
		if do != c.do || !slices.Equal(styles, c.styles) {
			t.Errorf("%s: %s %q, want %s %q", c.name, do, styles, c.do, c.styles)
		}
	}
}

func TestShownProblems(t *testing.T) {
	list := diag.List{
		{Path: "a.md", Severity: diag.Note, Message: "note"},
		{Path: "b.md", Severity: diag.Warning, Message: "warning"},
		{Path: "c.md", Pos: diag.Pos{Line: 2, Col: 4}, Severity: diag.Error, Message: "turned \u202e around\n"},
	}
	shown, more := shownProblems(list)
	if len(shown) != 2 || more != 0 || shown[0].Place != "c.md:2:4" || shown[1].Place != "b.md:1:1" {
		t.Errorf("shown: %+v", shown)
	}
	if strings.ContainsAny(shown[0].Message, "\u202e\n") {
		t.Errorf("characters that cannot be seen are shown: %q", shown[0].Message)
	}
	for range 200 {
		list = append(list, list[2])
		list[len(list)-1].Pos.Line = len(list)
	}
	if shown, more := shownProblems(list); len(shown) != mostProblems || more != 102 {
		t.Errorf("of 202 problems %d are shown and %d counted", len(shown), more)
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
