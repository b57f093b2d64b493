package site

import (
	"strings"
	"testing"
)

func resolver() *Edition {
	ada := openPerson("ada")
	ada.Aliases = []string{"ada-jones"}
	return Publish(of([]*Page{
		pageAt("content/index.md", FrontMatter{}), pageAt("content/about.md", FrontMatter{Aliases: []string{"/who-we-are/"}}),
		pageAt("content/guide/index.md", FrontMatter{}), pageAt("content/guide/first.md", FrontMatter{Slug: "begin"}),
		pageAt("content/guide/deep/second.md", FrontMatter{}), pageAt("content/draft.md", FrontMatter{Draft: true}),
		pageAt("content/news/one.md", FrontMatter{Date: today}), pageAt("content/404.md", FrontMatter{}),
	}, ada), Options{AsOf: today})
}

func TestResolve(t *testing.T) {
	e := resolver()
	for _, test := range []struct {
		from, link    string
		url, fragment string // url "" where it leads nowhere
	}{
		// Paths of files, relative to the file.
		{"content/about.md", "guide/first.md", "/guide/begin/", ""},
		{"content/guide/first.md", "../about.md", "/about/", ""},
		{"content/guide/first.md", "deep/second.md#s-fees", "/guide/deep/second/", "s-fees"},
		{"content/guide/deep/second.md", "../index.md", "/guide/", ""},
		{"content/guide/deep/second.md", "../../index.md", "/", ""},
		{"content/guide/first.md", "./index.md", "/guide/", ""},
		{"content/guide/first.md", "/about.md", "/about/", ""},
		{"content/guide/first.md", "about.md", "", ""},
		{"content/about.md", "../../../etc/passwd.md", "", ""},
		// Paths on the site.
		{"content/about.md", "/guide/", "/guide/", ""}, {"content/about.md", "/guide", "/guide/", ""}, {"content/about.md", "/guide/../about/", "/about/", ""},
		{"content/about.md", "/", "/", ""}, {"content/about.md", "/directory/ada/card.vcf", "/directory/ada/card.vcf", ""}, {"content/about.md", "/404.html", "/404.html", ""},
		{"content/about.md", "/nowhere/", "", ""}, {"content/about.md", "/directory/#q=pain&state=WA", "/directory/", "q=pain&state=WA"}, {"content/about.md", "/guide/?x=1#s-a", "/guide/", "s-a"},
		{"content/about.md", "/guide/b%65gin/", "/guide/begin/", ""}, {"content/about.md", "/guide/%2e%2e/about/", "/about/", ""},
		// Paths relative to the page.
		{"content/guide/index.md", "begin/", "/guide/begin/", ""}, {"content/guide/index.md", "../about/", "/about/", ""},
		// Fragments of the page itself.
		{"content/about.md", "#s-fees", "/about/", "s-fees"}, {"content/about.md", "#", "/about/", ""},
		// From a record, whose page stands elsewhere than its file.
		{"data/practitioners/ada.yaml", "/about/", "/about/", ""}, {"data/practitioners/ada.yaml", "../../content/about.md", "/about/", ""},
	} {
		here := "/directory/ada/"
		if p := e.pages[test.from]; p != nil {
			here = p.URL()
		}
		r := e.Resolve(test.from, here, test.link)
		got := ""
		if r.Target != nil {
			got = r.Target.URL
			if r.URL != got {
				t.Errorf("%s in %s: the address is %q and what stands there %q", test.link, test.from, r.URL, got)
			}
		}
		if got != test.url || r.Fragment != test.fragment {
			t.Errorf("%s in %s leads to %q and %q, want %q and %q", test.link, test.from, got, r.Fragment, test.url, test.fragment)
		}
	}
}

func TestResolveHiddenAndFormer(t *testing.T) {
	e := resolver()
	if r := e.Resolve("content/about.md", "/about/", "draft.md"); r.Target != nil || r.Hidden == nil {
		t.Errorf("a link to a draft leads to %+v", r)
	}
	for link, want := range map[string]string{"/who-we-are/": "/about/", "/directory/ada-jones/": "/directory/ada/"} {
		if r := e.Resolve("content/index.md", "/", link); r.Target != nil || r.Redirect == nil || r.Redirect.To != want {
			t.Errorf("%s leads to %+v", link, r)
		}
	}
}

// A link leads to something that stands there, or nowhere, and never out of the site.
func FuzzResolve(f *testing.F) {
	for _, seed := range []string{"", "#", "..", "../..", "/..", "//", "/%2e%2e/", "about.md", "/about.md", "../about.md#x", "%zz", "?", "\x00", "guide/", "/guide", "a/../../b.md", "/./"} {
		f.Add("content/guide/first.md", seed)
	}
	e := resolver()
	f.Fuzz(func(t *testing.T, from, link string) {
		r := e.Resolve(from, "/guide/begin/", link)
		if r.Target != nil && (r.Target.URL != r.URL || e.Target(r.URL) != r.Target) {
			t.Errorf("%q leads to %q, where %q stands", link, r.URL, r.Target.URL)
		}
		if r.Target != nil && strings.Contains(r.URL, "..") {
			t.Errorf("%q leads to %q", link, r.URL)
		}
	})
}
