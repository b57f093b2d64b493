package theme_test

import (
	"bytes"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"nwioi/internal/theme"
)

// fragments are the layouts that make a part of a page.
var fragments = []string{"card", "found", "form", "header", "footer"}

// TestLayouts renders every layout with a view that says nothing, one that says everything and sets
// every flag, and one that says everything and sets none, and reads the result as a browser would.
func TestLayouts(t *testing.T) {
	worn := institute(t)
	for _, name := range slices.Sorted(maps.Keys(theme.Views)) {
		views := map[string]any{
			"empty":   theme.Views[name],
			"full":    (&filler{theme: worn, flags: true}).full(theme.Views[name]),
			"unflown": (&filler{theme: worn}).full(theme.Views[name]),
		}
		for kind, view := range views {
			t.Run(name+"/"+kind, func(t *testing.T) {
				var b bytes.Buffer
				if err := worn.Layout(name).Render(&b, view); err != nil {
					t.Fatal(err)
				}
				for _, fault := range faults(b.String(), !slices.Contains(fragments, name), kind == "empty") {
					t.Error(fault)
				}
				if t.Failed() {
					t.Log(b.String())
				}
			})
		}
	}
}

// faults says what is wrong with markup: what a browser would repair in silence, what the
// Content-Security-Policy would block, and what a person who cannot see the page would stumble over.
func faults(markup string, page, empty bool) []string {
	var found []string
	add := func(words ...string) { found = append(found, strings.Join(words, " ")) }
	for _, leak := range []string{"ZgotmplZ", "<nil>", "%!", "<no value>", "0x"} {
		if strings.Contains(markup, leak) {
			add("the output holds", leak)
		}
	}
	var open []string
	ids, refs := map[string]int{}, map[string]bool{}
	names := map[string]bool{}
	level, h1, mains := 0, 0, 0
	z := html.NewTokenizer(strings.NewReader(markup))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			if z.Err() != io.EOF {
				add(z.Err().Error())
			}
			break
		}
		token := z.Token()
		attr := func(key string) (string, bool) {
			for _, a := range token.Attr {
				if a.Key == key {
					return a.Val, true
				}
			}
			return "", false
		}
		switch kind {
		case html.StartTagToken:
			if !slices.Contains(void, token.Data) {
				open = append(open, token.Data)
			}
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != token.Data {
				add("</"+token.Data+"> closes", strings.Join(open, ">"))
				return found
			}
			open = open[:len(open)-1]
			continue
		case html.SelfClosingTagToken:
		default:
			continue
		}
		seen := map[string]bool{}
		for _, a := range token.Attr {
			switch {
			case seen[a.Key]:
				add(token.Data, "has two attributes", a.Key)
			case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
				add(token.Data, "has the attribute", a.Key, "which the Content-Security-Policy blocks")
			case strings.HasPrefix(a.Val, "javascript:") || strings.HasPrefix(a.Val, "data:"):
				add(token.Data, "has an address that runs or inlines:", a.Val)
			case a.Key == "href" && a.Val == "" && !empty:
				add("a link leads nowhere")
			}
			seen[a.Key] = true
		}
		if id, ok := attr("id"); ok && (id != "" || !empty) {
			ids[id]++
		}
		for _, key := range []string{"for", "aria-labelledby", "aria-describedby", "popovertarget"} {
			if id, ok := attr(key); ok {
				refs[id] = true
			}
		}
		switch token.Data {
		case "i":
			add("text became markup")
		case "style":
			add("a style element")
		case "script":
			kind, _ := attr("type")
			if _, external := attr("src"); !external && kind != "application/ld+json" {
				add("an inline script")
			}
		case "img":
			if _, ok := attr("alt"); !ok {
				add("an image without alt text")
			}
			if w, _ := attr("width"); w == "" {
				add("an image without its size")
			}
		case "main":
			mains++
		case "button":
			if kind, _ := attr("type"); kind == "" && !slices.Contains(open, "form") {
				add("a button without a type")
			}
		case "nav", "section":
			label, _ := attr("aria-label")
			by, _ := attr("aria-labelledby")
			if label+by == "" && !empty {
				add("a", token.Data, "without a name")
			}
			if names[token.Data+label+by] {
				add("two of", token.Data, label+by)
			}
			names[token.Data+label+by] = true
		case "h1", "h2", "h3", "h4", "h5", "h6":
			at := int(token.Data[1] - '0')
			if page && at > level+1 {
				add(token.Data, "follows a heading of level", string(rune('0'+level)))
			}
			level = at
			if at == 1 {
				h1++
			}
		}
	}
	if len(open) > 0 {
		add("not closed:", strings.Join(open, ">"))
	}
	for id, n := range ids {
		if n > 1 {
			add("the id", id, "stands on several elements")
		}
	}
	for id := range refs {
		if page && ids[id] == 0 {
			add("nothing has the id", id)
		}
	}
	if page && (h1 != 1 || mains != 1) {
		add("a page has one h1 and one main")
	}
	return found
}

var void = []string{"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

// TestFaults shows that the check above sees what it is for.
func TestFaults(t *testing.T) {
	for _, bad := range []string{
		`<p><b></p>`, `<div>`, `<p id="a"></p><p id="a"></p>`, `<p style="x"></p>`, `<p onclick="x"></p>`, `<script>1</script>`,
		`<img src="x" width="1">`, `<img alt="">`, `<i></i>`, `<a href=""></a>`, `<nav></nav>`, `<a href="javascript:x"></a>`, `#ZgotmplZ`,
	} {
		if len(faults(bad, false, false)) == 0 {
			t.Errorf("%s passes", bad)
		}
	}
	for _, bad := range []string{`<main><h1></h1><h3></h3></main>`, `<main></main>`, `<h1></h1><main></main><main></main>`, `<main><h1></h1><label for="x"></label></main>`} {
		if len(faults(bad, true, false)) == 0 {
			t.Errorf("%s passes as a page", bad)
		}
	}
}
