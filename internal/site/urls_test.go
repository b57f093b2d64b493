package site

import "testing"

func TestAddresses(t *testing.T) {
	for got, want := range map[string]string{
		ProfileURL("ada"): "/directory/ada/", VCardURL("ada"): "/directory/ada/card.vcf", FacetURL("credential", "PT, DPT"): "/directory/credential/pt-dpt/",
		FacetURL(City, "Coeur d'Alene ID"): "/directory/city/coeur-dalene-id/", PagedURL("/directory/", 1): "/directory/", PagedURL("/directory/", 2): "/directory/page/2/",
		CourseURL("sar"): "/courses/sar/", InstanceURL("sar", "2020-11"): "/courses/sar/2020-11.ics", EventURL("talk"): "/events/talk/", TagURL("Self Care"): "/news/tag/self-care/",
		StepURL("sar"): "/pathway/sar/",
		FileOf("/"):    "index.html", FileOf("/a/"): "a/index.html", FileOf("/calendar.ics"): "calendar.ics", FileOf("/404.html"): "404.html",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestPageAddresses(t *testing.T) {
	for file, want := range map[string]string{
		"content/index.md": "/", "content/a/index.md": "/a/", "content/a/b.md": "/a/b/", "content/404.md": "/404.html", "content/news/One Post.md": "/news/one-post/",
		"content/about.md": "/about/",
	} {
		if got := PageURL(file, ""); got != want {
			t.Errorf("%s stands at %s, want %s", file, got, want)
		}
	}
	if got := PageURL("content/news/one.md", "two"); got != "/news/two/" {
		t.Errorf("a slug gives %s", got)
	}
	if got := PageURL("content/a/index.md", "two"); got != "/a/" {
		t.Errorf("an index with a slug stands at %s", got)
	}
}

func TestBase(t *testing.T) {
	for _, test := range []struct{ address, href, absolute, origin string }{
		{"https://example.org", "/a/", "https://example.org/a/", "https://example.org"},
		{"https://example.org/", "/a/", "https://example.org/a/", "https://example.org"},
		{"https://example.org/sub", "/sub/a/", "https://example.org/sub/a/", "https://example.org"},
		{"https://example.org/sub/", "/sub/a/", "https://example.org/sub/a/", "https://example.org"},
		{"http://127.0.0.1:4000/", "/a/", "http://127.0.0.1:4000/a/", "http://127.0.0.1:4000"},
	} {
		b, err := NewBase(test.address)
		if err != nil || b.Href("/a/") != test.href || b.Absolute("/a/") != test.absolute || b.Origin() != test.origin {
			t.Errorf("%s: %q %q %q %v", test.address, b.Href("/a/"), b.Absolute("/a/"), b.Origin(), err)
		}
	}
	for _, bad := range []string{"", "example.org", "/sub/", "ftp://example.org/", "https://", "https://example.org/?a", "https://example.org/#a", "https://me@example.org/", "javascript:alert(1)"} {
		if _, err := NewBase(bad); err == nil {
			t.Errorf("%q is let through", bad)
		}
	}
}
