package webtest

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A combobox is what the search box tells assistive technology, and what is shown.
type combobox struct {
	Expanded, Listed bool
	Active, Value    string
	Options, Groups  []string
	Selected         int
	Caret            int
}

const readCombobox = `(() => {
	const q = document.querySelector("#q"), list = document.getElementById(q.getAttribute("aria-controls"));
	const options = [...list.querySelectorAll("[role=option]")];
	return {
		expanded: q.ariaExpanded === "true", listed: !list.hidden, value: q.value, caret: q.selectionStart,
		active: document.getElementById(q.getAttribute("aria-activedescendant"))?.innerText.replaceAll("\n", " ") ?? "",
		options: options.map((o) => o.innerText.replaceAll("\n", " ")),
		groups: [...list.querySelectorAll("[role=group]")].map((g) => document.getElementById(g.getAttribute("aria-labelledby")).innerText),
		selected: options.findIndex((o) => o.ariaSelected === "true"),
	};
})()`

// suggested types words into the empty box and returns the suggestions for them.
func suggested(b *tab, words string) combobox {
	b.t.Helper()
	eval[bool](b, `(() => { const q = document.querySelector("#q"); q.focus(); q.select(); return true })()`)
	b.keys(kb.Backspace)
	wait[bool](b, "an empty box", `document.querySelector("#q").value === "" && document.querySelector("#q").ariaExpanded === "false" && !location.hash.includes("q=") && document.querySelector("#results").dataset.settled === location.hash.slice(1)`)
	b.keys(words)
	wait[bool](b, "suggestions for "+words, `document.querySelector("#q").ariaExpanded === "true" && new URLSearchParams(location.hash.slice(1)).get("q") === `+quote(words))
	return eval[combobox](b, readCombobox)
}

// TestCombobox presses the keys of an editable combobox with a list (ARIA Authoring Practices).
func TestCombobox(t *testing.T) {
	p := real(t)
	b := open(t)
	b.visit(p.url("/directory/"))
	settled(b, "")
	if role := eval[string](b, `document.querySelector("#q").role + " " + document.querySelector("#q").ariaExpanded + " " + document.querySelector("#q").ariaAutoComplete`); role != "combobox false list" {
		t.Errorf("before anything is typed the box is %q", role)
	}
	c := suggested(b, "sex")
	n := len(c.Options)
	if n < 4 || !c.Listed || c.Active != "" || c.Selected >= 0 || len(c.Groups) < 2 {
		t.Fatalf("sex suggests %+v", c)
	}
	alt := chromedp.KeyModifiers(chromedp.ModifierAlt)
	for _, step := range []struct {
		key      string
		options  []chromedp.KeyOption
		selected int
		open     bool
	}{
		{key: kb.ArrowDown, selected: 0, open: true},
		{key: kb.ArrowDown, selected: 1, open: true},
		{key: kb.ArrowUp, selected: 0, open: true},
		{key: kb.ArrowUp, selected: -1, open: true}, // the box itself
		{key: kb.ArrowUp, selected: n - 1, open: true},
		{key: kb.Home, selected: -1, open: true},
		{key: kb.ArrowDown, selected: 0, open: true},
		{key: kb.End, selected: -1, open: true},
		{key: kb.Escape, selected: -1},
		{key: kb.ArrowDown, options: []chromedp.KeyOption{alt}, selected: -1, open: true},
		{key: kb.ArrowUp, options: []chromedp.KeyOption{alt}, selected: -1},
		{key: kb.ArrowDown, selected: 0, open: true},
		{key: kb.ArrowLeft, selected: -1, open: true},
		{key: kb.Escape, selected: -1},
	} {
		b.keys(step.key, step.options...)
		got := eval[combobox](b, readCombobox)
		want := ""
		if step.selected >= 0 {
			want = c.Options[step.selected]
		}
		if got.Selected != step.selected || got.Active != want || got.Expanded != step.open || got.Listed != step.open || got.Value != "sex" {
			t.Errorf("after the key %q: %+v, want option %d and open %t", step.key, got, step.selected, step.open)
		}
		if caret := map[string]int{kb.Home: 0, kb.End: 3}; step.key == kb.Home || step.key == kb.End {
			if got.Caret != caret[step.key] {
				t.Errorf("after the key %q the caret is at %d", step.key, got.Caret)
			}
		}
	}
	b.keys(kb.Escape)
	if got := settled(b, ""); got.Query != "" {
		t.Errorf("Escape without suggestions leaves %q in the box", got.Query)
	}
	// A press on an option leaves the focus in the box.
	suggested(b, "painful")
	b.click("[role=option]")
	settled(b, "concern=pain-penetration")
	if !eval[bool](b, `document.activeElement.id === "q"`) {
		t.Error("after a press on a suggestion the box has lost the focus")
	}
	// The words before it stay.
	choose(b, "")
	if c := suggested(b, "yakima spanis"); len(c.Options) == 0 || c.Options[0] != "Spanish" {
		t.Fatalf("yakima spanis suggests %q", c.Options)
	}
	b.keys(kb.ArrowDown + kb.Enter)
	if got := settled(b, "q=yakima+&language=es"); got.Count == 0 {
		t.Error("nobody is found in Yakima who speaks Spanish")
	}
	for _, words := range b.heard() {
		t.Errorf("the console says: %s", words)
	}
}

// TestKindsOfSuggestions: concerns with their clinical names, approaches, people and places stand in groups.
func TestKindsOfSuggestions(t *testing.T) {
	p := real(t)
	b := open(t)
	b.visit(p.url("/directory/"))
	settled(b, "")
	for _, c := range []struct{ words, group, option string }{
		{"vaginis", "Concerns", "Painful or difficult penetration Genito-pelvic pain/penetration disorder"},
		{"emotionally", "Approaches", "Emotionally Focused Therapy (EFT)"},
		{"okaf", "People", "Ada Okafor"},
		{"spokan", "Places", "Spokane, WA"},
		{"oreg", "Places", "Oregon"},
	} {
		got := suggested(b, c.words)
		if !slices.Contains(got.Groups, c.group) || !slices.ContainsFunc(got.Options, func(o string) bool { return strings.HasPrefix(o, c.option) }) {
			t.Errorf("%s suggests %q in %q, want %q in %q", c.words, got.Options, got.Groups, c.option, c.group)
		}
	}
}

// TestNamesakes: two people with one name are told apart in the suggestions and in the list, and a
// suggestion leads to the one it says.
func TestNamesakes(t *testing.T) {
	p := made(t)
	b := open(t)
	b.visit(p.url("/directory/"))
	settled(b, "")
	got := suggested(b, "aino wren")
	if len(got.Options) < 2 || got.Options[0] == got.Options[1] || !strings.HasPrefix(got.Options[0], "Aino Wren") || !strings.HasPrefix(got.Options[1], "Aino Wren") {
		t.Fatalf("two people of one name are suggested as %q", got.Options)
	}
	want := "wren-26"
	n := slices.IndexFunc(got.Options, func(o string) bool { return strings.Contains(o, "Portland, OR") })
	if n < 0 {
		t.Fatalf("no suggestion names the city: %q", got.Options)
	}
	b.keys(strings.Repeat(kb.ArrowDown, n+1) + kb.Enter)
	if list := settled(b, "q=Aino+Wren+Portland%2C+OR"); list.IDs[0] != want {
		t.Errorf("after the suggestion %q stands first, want %s", list.IDs, want)
	}
}
