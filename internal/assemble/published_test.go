package assemble

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"

	"nwioi/data"
	"nwioi/internal/output"
	"nwioi/internal/read"
	"nwioi/internal/site"
	"nwioi/internal/source"
	"nwioi/internal/theme"
	"nwioi/themes"
)

// today is the day on which the tests publish.
var today = site.Date{Year: 2026, Month: 11, Day: 20}

// A published site is an edition and every file that was made of it.
type published struct {
	*site.Edition
	recipes []output.Recipe
	bodies  map[string][]byte
}

// publish makes the edition of a tree and all its files.
func publish(t testing.TB, tree *source.Tree, o site.Options) *published {
	t.Helper()
	var reader read.Reader
	s, problems := reader.Site(tree)
	if problems.Failed() {
		t.Fatalf("the site cannot be read: %v", problems)
	}
	if o.AsOf.IsZero() {
		o.AsOf = today
	}
	p := &published{Edition: site.Publish(s, o), bodies: map[string][]byte{}}
	p.recipes = Recipes(p.Edition, worn(t, tree), output.NewPool())
	for _, r := range p.recipes {
		f := &output.File{Recipe: r}
		body, err := f.Body()
		if err != nil {
			t.Error(err)
		}
		if p.bodies[r.Path] != nil {
			t.Errorf("%s is made twice", r.Path)
		}
		p.bodies[r.Path] = append([]byte{}, body...)
	}
	return p
}

// builtin are the files that come with the binary.
var builtin = sync.OnceValue(func() []*source.File {
	var files []*source.File
	for prefix, part := range map[string]fs.FS{"themes/": themes.Files, "data/": data.Vocabulary} {
		err := fs.WalkDir(part, ".", func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			content, err := fs.ReadFile(part, p)
			files = append(files, &source.File{Path: prefix + p, Data: content, Builtin: true})
			return err
		})
		if err != nil {
			panic(err)
		}
	}
	return files
})

var institutesTheme = sync.OnceValues(func() (*theme.Theme, error) {
	worn, problems := theme.Load(source.NewTree(builtin()...), "institute")
	if problems.Failed() {
		return nil, io.ErrUnexpectedEOF
	}
	return worn, nil
})

// worn is the institute's theme, loaded once.
func worn(t testing.TB, _ *source.Tree) *theme.Theme {
	t.Helper()
	worn, err := institutesTheme()
	if err != nil {
		t.Fatal("the institute's theme has errors")
	}
	return worn
}

// siteOf returns the tree of a site written as pairs of a path and a text, on top of what comes with the
// binary.
func siteOf(texts ...string) *source.Tree {
	files := slices.Clone(builtin())
	for i := 0; i < len(texts); i += 2 {
		files = append(files, &source.File{Path: texts[i], Data: []byte(texts[i+1])})
	}
	return source.NewTree(files...)
}

const settings = "title: Small\nurl: https://example.org/\n"

var instituteTree = sync.OnceValue(func() *source.Tree {
	tree, _ := source.ReadDir("../..", builtin())
	return tree
})

var instituteOnce = struct {
	sync.Mutex
	of map[site.Options]*published
}{of: map[site.Options]*published{}}

// institute is the institute's own site, published once for each kind of options.
func institute(t testing.TB, o site.Options) *published {
	t.Helper()
	o.AsOf = site.Date{Year: 2026, Month: 12, Day: 1} // after the posts it began with
	instituteOnce.Lock()
	defer instituteOnce.Unlock()
	p := instituteOnce.of[o]
	if p == nil {
		p = publish(t, instituteTree(), o)
		instituteOnce.of[o] = p
	}
	return p
}

// readable returns what a file says once it is unpacked: the search index is compressed.
func readable(t testing.TB, body []byte) []byte {
	t.Helper()
	if !bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
		return body
	}
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

// holding returns the files whose path or content holds a text, letter case aside.
func (p *published) holding(t testing.TB, text string) []string {
	t.Helper()
	var found []string
	for name, body := range p.bodies {
		if strings.Contains(strings.ToLower(name), strings.ToLower(text)) ||
			bytes.Contains(bytes.ToLower(readable(t, body)), bytes.ToLower([]byte(text))) {
			found = append(found, name)
		}
	}
	// The index holds words in a form of its own, so what went into it is looked at.
	a := newAssembler(p.Edition, worn(t, nil), nil)
	a.share()
	a.people()
	in := a.searchInput()
	in.Postcodes = nil // the same on every site
	words := fmt.Sprintf("%+v", in)
	for _, f := range a.findables() {
		words += fmt.Sprintf("%+v", *f)
	}
	if strings.Contains(strings.ToLower(words), strings.ToLower(text)) {
		found = append(found, indexed)
	}
	slices.Sort(found)
	return found
}

// indexed stands for the search index among files.
const indexed = "what the search index is made from"

// recipe returns the recipe of what stands at a URL path.
func (p *published) recipe(t testing.TB, url string) output.Recipe {
	t.Helper()
	i, found := slices.BinarySearchFunc(p.recipes, site.FileOf(url), func(r output.Recipe, to string) int { return strings.Compare(r.Path, to) })
	if !found {
		t.Fatalf("nothing is made for %s", url)
	}
	return p.recipes[i]
}

// A parsed page is what a browser would make of an HTML file.
type parsed struct {
	ids    map[string]bool
	hrefs  []string // of links
	srcs   []string // of everything else that names an address
	robots string
	jsonLD []string
	text   string
}

func parsePage(t testing.TB, name string, body []byte) *parsed {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	p := &parsed{ids: map[string]bool{}}
	for n := range root.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "script" && n.Parent.Data != "style" {
			p.text += n.Data + " "
		}
		if n.Type != html.ElementNode {
			continue
		}
		attr := map[string]string{}
		for _, a := range n.Attr {
			attr[a.Key] = a.Val
		}
		if id := attr["id"]; id != "" {
			if p.ids[id] {
				t.Errorf("%s has the id %q twice", name, id)
			}
			p.ids[id] = true
		}
		if href, ok := attr["href"]; ok {
			if n.Data == "a" || n.Data == "area" {
				p.hrefs = append(p.hrefs, href)
			} else if !strings.Contains(attr["rel"], "canonical") {
				p.srcs = append(p.srcs, href)
			}
		}
		for _, key := range []string{"src", "action", "poster", "data", "data-index"} {
			if v, ok := attr[key]; ok {
				p.srcs = append(p.srcs, v)
			}
		}
		for _, one := range strings.Split(attr["srcset"], ",") {
			if url, _, _ := strings.Cut(strings.TrimSpace(one), " "); url != "" {
				p.srcs = append(p.srcs, url)
			}
		}
		if n.Data == "meta" && attr["name"] == "robots" {
			p.robots = attr["content"]
		}
		if n.Data == "script" && attr["type"] == "application/ld+json" && n.FirstChild != nil {
			p.jsonLD = append(p.jsonLD, n.FirstChild.Data)
		}
	}
	return p
}

// pages yields every HTML file, parsed.
func (p *published) pages(t testing.TB) map[string]*parsed {
	t.Helper()
	all := map[string]*parsed{}
	for name, body := range p.bodies {
		if path.Ext(name) == ".html" {
			all[name] = parsePage(t, name, body)
		}
	}
	return all
}
