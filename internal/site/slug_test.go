package site

import (
	"strings"
	"testing"
)

func TestSlug(t *testing.T) {
	for text, want := range map[string]string{
		"PT, DPT": "pt-dpt", "Coeur d’Alene": "coeur-dalene", "Coeur d'Alene WA": "coeur-dalene-wa", "PMHNP-BC": "pmhnp-bc", "pmhnp-bc": "pmhnp-bc",
		"Élodie Ñuñez": "elodie-nunez", "Straße": "strasse", "Łódź": "lodz", "ﬁne": "fine", "  a  b  ": "a-b", "--a--": "a", "zh-Hant": "zh-hant",
		"": "", "!?": "", "日本": "", "a/b\\c": "a-b-c", "../../etc": "etc", "a.b": "a-b",
	} {
		if got := Slug(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

func TestValidID(t *testing.T) {
	for _, good := range []string{"a", "ada-okafor", "2020-11", "p000001"} {
		if !ValidID(good) {
			t.Errorf("%q is refused", good)
		}
	}
	for _, bad := range []string{"", "-a", "a-", "a--b", "A", "a b", "a_b", "é", "a/b", "a.b", "a\n"} {
		if ValidID(bad) {
			t.Errorf("%q is let through", bad)
		}
	}
}

// A slug is empty or an id, and stays itself.
func FuzzSlug(f *testing.F) {
	for _, seed := range []string{"PT, DPT", "Coeur d’Alene", "ß", "İstanbul", "ſ", "a\xff", "K", "ŉ"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		slug := Slug(text)
		if slug != "" && !ValidID(slug) {
			t.Errorf("%q became %q, which is no id", text, slug)
		}
		if again := Slug(slug); again != slug {
			t.Errorf("%q became %q, and that %q", text, slug, again)
		}
		if url := FacetURL("concern", text); !strings.HasPrefix(url, "/directory/concern/") || strings.Contains(url, "..") {
			t.Errorf("%q stands at %q", text, url)
		}
	})
}
