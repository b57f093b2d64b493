package webtest

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
)

// heardInOrder returns what a screen reader meets within an element of the page, one line a thing: its role
// and its name.
func heardInOrder(b *tab, within string) []string {
	b.t.Helper()
	tree := command(b, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{}).Nodes
	byID := map[accessibility.NodeID]*accessibility.Node{}
	for _, n := range tree {
		byID[n.NodeID] = n
	}
	value := func(v *accessibility.Value) string {
		var text string
		if v == nil || json.Unmarshal(v.Value, &text) != nil {
			return ""
		}
		return text
	}
	var lines []string
	inside := false
	var walk func(n *accessibility.Node)
	walk = func(n *accessibility.Node) {
		role, name := value(n.Role), value(n.Name)
		entered := !inside && role == within
		inside = inside || entered
		if inside && !n.Ignored && name != "" && role != "InlineTextBox" {
			lines = append(lines, role+" "+name)
		}
		for _, id := range n.ChildIDs {
			if child := byID[id]; child != nil {
				walk(child)
			}
		}
		if entered {
			inside = false
		}
	}
	walk(tree[0])
	return lines
}

// TestReadingOrder reads the directory as the accessibility tree has it: the heading, the box, the questions,
// the count, the choices, the list with each person's name first.
func TestReadingOrder(t *testing.T) {
	p := real(t)
	b := open(t)
	b.visit(p.url("/directory/#q=couples&telehealth=WA"))
	list := settled(b, "q=couples&telehealth=WA")
	wait[bool](b, "the buttons", `document.querySelectorAll(".save").length === document.querySelectorAll("#results > li").length`)
	lines := heardInOrder(b, "main")
	at := -1
	for _, want := range []string{
		"heading Find a practitioner", "combobox What would you like help with?", "button Search", "heading Narrow the list",
		"group What would you like help with?", "region Practitioners", "StaticText " + eval[string](b, `document.querySelector("#result-count").textContent`),
		"list Your choices", "link Remove Couples", "link Remove By video in Washington",
	} {
		next := slices.IndexFunc(lines[at+1:], func(l string) bool { return strings.HasPrefix(l, want) })
		if next < 0 {
			t.Fatalf("%q is not read after %q; what is read:\n%s", want, lines[max(at, 0)], strings.Join(lines, "\n"))
		}
		at += 1 + next
	}
	names := eval[[]string](b, `[...document.querySelectorAll("#results h2")].map((h) => h.textContent)`)
	if len(names) != len(list.IDs) || len(names) == 0 {
		t.Fatalf("%d names for %d people", len(names), len(list.IDs))
	}
	for i, name := range names {
		heading := slices.Index(lines[at:], "heading "+name)
		button := slices.Index(lines[at:], "button Save "+name)
		if heading < 0 || button < heading {
			t.Fatalf("%s is not read before her button; what is read:\n%s", name, strings.Join(lines[at:], "\n"))
		}
		// Nothing of the card comes before the name.
		for _, before := range lines[at+1 : at+heading] {
			if i > 0 && !strings.HasPrefix(before, "StaticText") && !strings.HasPrefix(before, "ListMarker") {
				t.Errorf("before the name of %s this is read: %q", name, before)
			}
		}
		at += button
	}
}

// TestAnnounced types a word letter by letter: the list follows, and what is said aloud comes once, after a pause.
func TestAnnounced(t *testing.T) {
	p := real(t)
	b := open(t)
	b.visit(p.url("/directory/"))
	settled(b, "")
	wait[bool](b, "the voice", `document.querySelectorAll("main [role=status]").length === 2`)
	eval[bool](b, `(() => {
		window.said = [];
		window.counted = 0;
		const voice = [...document.querySelectorAll("main [role=status]")].find((e) => e.id !== "result-count");
		new MutationObserver(() => said.push(voice.textContent)).observe(voice, { childList: true, characterData: true, subtree: true });
		new MutationObserver(() => counted++).observe(document.querySelector("#result-count"), { childList: true, characterData: true, subtree: true });
		document.querySelector("#q").focus();
		return true;
	})()`)
	for _, letter := range "declan" {
		b.keys(string(letter))
		<-time.After(200 * time.Millisecond) // somebody types
	}
	settled(b, "q=declan")
	said := wait[[]string](b, "what is said", `said.length > 0 && said`)
	if len(said) != 1 || said[0] != "1 person" {
		t.Errorf("while somebody types, this is said: %q", said)
	}
	if counted := eval[int](b, "counted"); counted < 2 {
		t.Errorf("the count changed %d times while the list followed", counted)
	}
	if live := eval[string](b, `document.querySelector("#result-count").getAttribute("aria-live")`); live != "off" {
		t.Errorf("the count itself is said too: aria-live is %q", live)
	}
	find(b, "tacoma kink japanese", "q=tacoma+kink+japanese")
	if last := wait[string](b, "the next sentence", `said.length > 1 && said.at(-1)`); !strings.HasPrefix(last, "0 people. ") && !strings.Contains(last, "people") {
		t.Errorf("where nobody is found this is said: %q", last)
	}
}
