package theme_test

import (
	"bytes"
	"compress/gzip"
	"path"
	"regexp"
	"strings"
	"testing"

	"nwioi/internal/source"
	"nwioi/internal/theme"
)

// TestAssets looks at what the theme publishes: names that hold a hash, a style sheet that fits the
// budget of a page, no address that leaves the site, every address leading to a file.
func TestAssets(t *testing.T) {
	worn := institute(t)
	published, sizes := map[string]*source.File{}, map[string]int{}
	for _, f := range worn.Assets {
		if published[f.Path] != nil {
			t.Errorf("%s is published twice", f.Path)
		}
		published[f.Path] = f
		if !regexp.MustCompile(`^assets/[\w-]+\.[0-9A-Za-z]{8}\.\w+$`).MatchString(f.Path) {
			t.Errorf("%s does not carry a hash of its content", f.Path)
		}
	}
	for _, name := range []string{"site.css", "font.woff2", "icon.svg", "touch-icon.png", "directory.js", "home.js"} {
		if url := worn.AssetURL(name); published[strings.TrimPrefix(url, "/")] == nil {
			t.Errorf("%s has the address %q, where nothing stands", name, url)
		}
	}
	if url := worn.AssetURL("nothing.css"); url != "" {
		t.Errorf("an asset that the theme lacks has the address %q", url)
	}
	for _, name := range []string{"site.css", "shore.css", "finder.css", "profile.css", "later.css"} {
		css := published[strings.TrimPrefix(worn.AssetURL(name), "/")].Data
		sizes[name] = zipped(css)
		checkStyles(t, css, published)
	}
	// A page has 14 kB for its HTML and two of these; the directory's HTML takes the larger part.
	for _, name := range []string{"shore.css", "finder.css", "profile.css"} {
		if n := sizes["site.css"] + sizes[name]; n > 5750 {
			t.Errorf("site.css and %s take %d bytes gzipped, more than 5750", name, n)
		}
	}
	if n := len(published[strings.TrimPrefix(worn.AssetURL("font.woff2"), "/")].Data); n > 24_000 {
		t.Errorf("the font takes %d bytes, more than 24000", n)
	}
}

// checkStyles looks for addresses that lead nowhere or elsewhere.
func checkStyles(t *testing.T, css []byte, published map[string]*source.File) {
	for _, m := range regexp.MustCompile(`url\(["']?([^"')]*)`).FindAllSubmatch(css, -1) {
		if published["assets/"+string(m[1])] == nil {
			t.Errorf("the style sheet asks for %s, which is not beside it", m[1])
		}
	}
	if bytes.Contains(css, []byte("@import")) || bytes.Contains(css, []byte("data:")) {
		t.Error("the style sheet asks for more than the Content-Security-Policy allows")
	}
}

func zipped(data []byte) int {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	w.Write(data)
	w.Close()
	return b.Len()
}

// TestAssetNames shows that a name changes with the content and with nothing else.
func TestAssetNames(t *testing.T) {
	tree := builtin(t)
	first, _ := theme.Load(tree, "institute")
	again, _ := theme.Load(tree, "institute")
	changed, problems := theme.Load(tree.Update(map[string][]byte{"themes/institute/styles/tokens.css": []byte(":root { --paper: #fff }")}), "institute")
	if problems.Failed() {
		t.Fatal(problems)
	}
	if a, b := first.AssetURL("site.css"), again.AssetURL("site.css"); a != b {
		t.Errorf("the same files have the names %s and %s", a, b)
	}
	if a, b := first.AssetURL("site.css"), changed.AssetURL("site.css"); a == b {
		t.Errorf("other styles have the same name %s", a)
	}
	if a, b := first.AssetURL("icon.svg"), changed.AssetURL("icon.svg"); a != b {
		t.Errorf("the icon did not change but its name did, from %s to %s", a, b)
	}
	if len(first.Assets) != len(again.Assets) {
		t.Fatal("the same files make other assets")
	}
	for i := range first.Assets {
		if first.Assets[i].Path != again.Assets[i].Path || !bytes.Equal(first.Assets[i].Data, again.Assets[i].Data) {
			t.Errorf("%s is not the same when it is made again", first.Assets[i].Path)
		}
	}
}

// TestNewStyleKeepsLayouts: what was made with the layouts is as good as new after a change of style,
// and no good after a change of a template.
func TestNewStyleKeepsLayouts(t *testing.T) {
	tree := builtin(t)
	first, _ := theme.Load(tree, "institute")
	styled, problems := first.Next(tree.Update(map[string][]byte{"themes/institute/styles/tokens.css": []byte(":root { --paper: #fff }")}), "institute")
	if problems.Failed() {
		t.Fatal(problems)
	}
	if first.Layout("card") != styled.Layout("card") {
		t.Error("a style made the layouts anew")
	}
	if first.AssetURL("site.css") == styled.AssetURL("site.css") {
		t.Error("the style kept its name")
	}
	broken, problems := styled.Next(tree.Update(map[string][]byte{"themes/institute/templates/card.html": []byte("{{.Nothing}}")}), "institute")
	if !problems.Failed() || broken.Layout("card") == first.Layout("card") {
		t.Error("a template that was broken is still worn")
	}
}

// TestMistakes breaks a file of the theme and expects a diagnostic at its line, with everything else
// still there.
func TestMistakes(t *testing.T) {
	const dir = "themes/institute/"
	for _, c := range []struct {
		name, file, content string // content "" takes the file away
		line                int
		rule, message, hint string
	}{
		{"a field that does not exist", "templates/page.html", "<main>\n<h1>{{.Headin}}</h1></main>", 2, "theme/template", "Headin", "did you mean .Heading?"},
		{"an action that never ends", "templates/page.html", "<p>\n{{if .Lead}}", 2, "theme/template", "unexpected EOF", ""},
		{"a part that does not exist", "templates/page.html", "{{template \"tail\" .}}", 1, "theme/template", "tail", ""},
		{"a part with a mistake", "templates/_frame.html", "{{define \"head\"}}\n{{.Title", 2, "theme/template", "unclosed action", ""},
		{"an attribute that never ends", "templates/page.html", "<a href=\"{{.Lead}}>", 0, "theme/template", "never closed", "quotation mark"},
		{"no layout", "templates/step.html", "", 0, "theme/missing-layout", `no layout "step"`, "README"},
		{"a layout nobody uses", "templates/profil.html", "<p></p>", 0, "theme/unknown-layout", "nothing uses", "did you mean profile.html?"},
		{"a picture the theme lacks", "styles/shore.css", "a {\n  mask: url(sea.svg);\n}", 2, "theme/asset", `"sea.svg"`, ""},
		{"a rule that is no CSS", "styles/parts.css", "a {\n  color: red\n", 3, "theme/asset", "", ""},
		{"an import that leads nowhere", "styles/site.css", "@import \"./none.css\";", 1, "theme/asset", "none.css", ""},
		{"a script that is no script", "scripts/home.ts", "let a =\n", 2, "theme/asset", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			content := []byte(c.content)
			if c.content == "" {
				content = nil
			}
			worn, problems := theme.Load(builtin(t).Update(map[string][]byte{dir + c.file: content}), "institute")
			for _, p := range problems {
				if p.Path == dir+c.file && p.Pos.Line == c.line && p.Rule == c.rule && strings.Contains(p.Message, c.message) && strings.Contains(p.Hint, c.hint) {
					if err := worn.Layout("news").Render(&bytes.Buffer{}, theme.Views["news"]); err != nil && path.Base(c.file) != "_frame.html" {
						t.Errorf("another layout suffers: %v", err)
					}
					return
				}
			}
			t.Errorf("no diagnostic at %s:%d of %s with %q and the hint %q; there is:", c.file, c.line, c.rule, c.message, c.hint)
			for _, p := range problems {
				t.Logf("%s:%d:%d: %s (%s) [%s]", p.Path, p.Pos.Line, p.Pos.Col, p.Message, p.Hint, p.Rule)
			}
		})
	}
	worn, problems := theme.Load(source.NewTree(), "institute")
	if !problems.Failed() {
		t.Error("a theme without files has no problem")
	}
	if err := worn.Layout("page").Render(&bytes.Buffer{}, theme.Views["page"]); err == nil {
		t.Error("a layout that is missing makes a page")
	}
}
