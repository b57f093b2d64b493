package theme_test

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"

	"nwioi/internal/source"
	"nwioi/internal/theme"
)

// TestCompiled compares the compiled layouts with html/template, byte by byte, for views that say
// nothing, everything, and everything with the flags down.
func TestCompiled(t *testing.T) {
	worn := institute(t)
	for _, name := range slices.Sorted(maps.Keys(theme.Views)) {
		layout := worn.Layout(name)
		if !layout.Compiled() {
			t.Errorf("the layout %s is not compiled; html/template executes it, which is right but slow", name)
		}
		for i, view := range []any{theme.Views[name], (&filler{theme: worn, flags: true}).full(theme.Views[name]), (&filler{theme: worn}).full(theme.Views[name])} {
			var got, want bytes.Buffer
			if err := layout.Render(&got, view); err != nil {
				t.Fatal(name, err)
			}
			if err := layout.Reference(&want, view); err != nil {
				t.Fatal(name, err)
			}
			if got.String() != want.String() {
				at := 0
				for at < min(got.Len(), want.Len()) && got.Bytes()[at] == want.Bytes()[at] {
					at++
				}
				t.Errorf("%s, view %d: compiled %q, html/template %q", name, i, around(got.String(), at), around(want.String(), at))
			}
		}
	}
}

func around(s string, at int) string { return s[max(0, at-60):min(len(s), at+60)] }

// snippets is a theme of one layout: a card in which one text stands wherever text can stand.
func snippet(t testing.TB, card string) *theme.Layout {
	t.Helper()
	worn, problems := theme.Load(source.NewTree(&source.File{Path: "themes/x/templates/card.html", Data: []byte(card)}), "x")
	for _, p := range problems {
		if p.Path == "themes/x/templates/card.html" {
			t.Fatal(p)
		}
	}
	return worn.Layout("card")
}

// FuzzEscape gives any text to every place that the compiler knows and compares with html/template.
func FuzzEscape(f *testing.F) {
	for _, s := range []string{
		"", "plain", `<b>"&'+`, "\x00\xff\u2028", "javascript:alert(1)", "HTTPS://x.example/a b?q=ü&r=%zz%41", "a:b/c", "/a:b", "mailto:a@b.c",
		"/a.jpg 96w, /b b.jpg 2x", "/a.jpg 96w,javascript:x 2x, \t/c 1.5x,", "data:text/html,x", "#f", "a,b",
	} {
		f.Add(s)
	}
	layout := snippet(f, `<p title="{{.Name}}" class="{{.ID}}">{{.Name}}</p><a href="{{.URL}}">{{.Letters}}</a><a href="/x/{{.URL}}">x</a>`+
		`<img src="{{.URL}}" srcset="{{.Photo.Srcset}}" alt="{{.Photo.Alt}}" width="{{.Photo.Width}}"><title>{{.Name}}</title><textarea>{{.Name}}</textarea>`)
	if !layout.Compiled() {
		f.Fatal("the card is not compiled")
	}
	f.Fuzz(func(t *testing.T, s string) {
		card := theme.Card{Name: s, ID: s, URL: s, Letters: s, Photo: theme.Picture{Srcset: s, Alt: s, Width: len(s) - 3}}
		var got, want bytes.Buffer
		if err := layout.Render(&got, card); err != nil {
			t.Fatal(err)
		}
		if err := layout.Reference(&want, card); err != nil {
			t.Fatal(err)
		}
		if got.String() != want.String() {
			t.Errorf("compiled     %q\nhtml/template %q", got.String(), want.String())
		}
	})
}

// TestUncompiled uses what the compiler does not know: html/template takes over.
func TestUncompiled(t *testing.T) {
	for _, card := range []string{
		`{{printf "%s!" .Name}}`, `{{len .Name}}`, `<p onclick="f({{.Name}})"></p>`, `<p {{.Name}}="x"></p>`, `<p title={{.Name}}></p>`, `{{$x := .Name}}{{$x = .ID}}{{$x}}`,
		`{{range $i := 3}}{{$i}}{{end}}`, `{{with $x := .Name}}{{$x}}{{end}}`, `{{.Name | html}}`, `<a href="?q={{.Name}}">x</a>`, `{{if gt (len .Name) 2}}long{{end}}`,
		`{{define "again"}}{{if .Name}}.{{end}}{{end}}{{template "again" .}}`,
	} {
		layout := snippet(t, card)
		view := theme.Card{Name: `Ada "<b>"`, ID: "x"}
		var got, want bytes.Buffer
		if err := layout.Render(&got, view); err != nil {
			t.Errorf("%s: %v", card, err)
		}
		if err := layout.Reference(&want, view); err != nil || got.String() != want.String() {
			t.Errorf("%s makes %q instead of %q (%v)", card, got.String(), want.String(), err)
		}
	}
}

// TestUnknownField finds a field that only a full view would reach, at its line, with its neighbour.
func TestUnknownField(t *testing.T) {
	for template, hint := range map[string]string{
		"\n{{range .Concerns.All}}{{.Label}}{{end}}":                                       "string has no Label",
		"\n{{with .Photo}}{{.Widht}}{{end}}":                                               "did you mean .Width?",
		"\n{{if .Sample}}{{.Pronoun}}{{end}}":                                              "did you mean .Pronouns?",
		"\n{{if .Sample}}{{else}}{{.Availability.Lable}}{{end}}":                           "did you mean .Label?",
		"\n{{if and .Sample (not .Phote)}}{{end}}":                                         "did you mean .Photo?",
		"\n{{range $i, $c := .Concerns.All}}{{$.Headlin}}{{end}}":                          "did you mean .Headline?",
		"\n{{with .Photo}}{{template \"x\" .}}{{end}}{{define \"x\"}}\n{{.Heigth}}{{end}}": "did you mean .Height?",
	} {
		_, problems := theme.Load(source.NewTree(&source.File{Path: "themes/x/templates/card.html", Data: []byte(template)}), "x")
		found := false
		for _, p := range problems {
			if p.Rule == "theme/template" {
				found = true
				if p.Pos.Line != 2+strings.Count(template, "}}\n") || p.Pos.Col == 0 || p.Hint != hint {
					t.Errorf("%q is reported at %d:%d with the hint %q: %s", template, p.Pos.Line, p.Pos.Col, p.Hint, p.Message)
				}
			}
		}
		if !found {
			t.Errorf("%q passes", template)
		}
	}
}

// TestNothing asks a field of something that is not there: an error, no crash.
func TestNothing(t *testing.T) {
	worn := institute(t)
	if err := worn.Layout("header").Render(&bytes.Buffer{}, theme.HeaderView{}); err == nil || !strings.Contains(err.Error(), "nothing") {
		t.Errorf("a header without a site gives the error %v", err)
	}
	if err := worn.Layout("page").Render(&bytes.Buffer{}, theme.Card{}); err == nil {
		t.Error("a layout shows a view that is not its own")
	}
}
