package webtest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestScreenshots writes pictures of the site for people to look at:
//
//	go test ./internal/webtest -run TestScreenshots -shots DIR
func TestScreenshots(t *testing.T) {
	if *shots == "" {
		t.Skip("skipped: no folder for pictures (-shots DIR)")
	}
	if err := os.MkdirAll(*shots, 0o755); err != nil {
		t.Fatal(err)
	}
	p := real(t)
	b := open(t)
	for _, s := range []struct{ name, path string }{
		{"home", "/"}, {"pathway", "/pathway/"}, {"step", "/pathway/supervision/"}, {"course", "/courses/advanced-course/"}, {"courses", "/courses/"},
		{"directory", "/directory/"}, {"search", "/directory/#q=painful+sex"}, {"nobody", "/directory/#q=tacoma&concern=kink&language=ja"},
		{"shortlist", "/directory/#ids=ada-okafor&ids=samir-haddad"}, {"nearby", "/directory/#zip=98402&within=50&sort=distance"},
		{"facet", "/directory/concern/desire-discrepancy/"}, {"profile", "/directory/ada-okafor/"}, {"profile-mark", "/directory/samir-haddad/"},
		{"supervisors", "/supervisors/"}, {"news", "/news/"}, {"prose", "/supervision/"}, {"missing", "/404.html"},
		{"planner", "/pathway/planner/"},
		{"site-search", "/search/"}, {"site-found", "/search/#q=supervision+hours"},
	} {
		for _, width := range []int{320, 768, 1280} {
			for _, scheme := range []string{"light", "dark"} {
				b.look(width, scheme, still)
				b.visit("about:blank")
				b.visit(p.url(s.path))
				if _, fragment, found := strings.Cut(s.path, "#"); found {
					settled(b, fragment)
				}
				if strings.HasPrefix(s.path, "/directory/#") {
					wait[bool](b, "what is loaded later", `document.querySelectorAll(".save").length === document.querySelectorAll("#results > li").length`)
				}
				name := filepath.Join(*shots, fmt.Sprintf("%s-%d-%s.png", s.name, width, scheme))
				if err := os.WriteFile(name, b.shot(true), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}
