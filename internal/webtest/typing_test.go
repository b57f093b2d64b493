package webtest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTypingWhileSomebodyEdits uses the pages that scripts take part in while the files behind them are
// edited: nothing that was typed, chosen or found is lost, and no page is loaded anew for a text.
func TestTypingWhileSomebodyEdits(t *testing.T) {
	b := open(t)
	dir := t.TempDir()
	for _, folder := range []string{"content", "data", "themes"} {
		if err := os.CopyFS(filepath.Join(dir, folder), os.DirFS(filepath.Join(root, folder))); err != nil {
			t.Fatal(err)
		}
	}
	address := serve(t, dir)
	edit := func(name, from, to string) {
		t.Helper()
		path := filepath.Join(dir, name)
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), from) {
			t.Fatalf("%s does not say %q", name, from)
		}
		// As most editors save: beside the file, and over it then.
		if err := os.WriteFile(path+"~", []byte(strings.Replace(string(text), from, to, 1)), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(path+"~", path); err != nil {
			t.Fatal(err)
		}
	}
	stays := func(page string, expressions ...string) {
		t.Helper()
		for _, e := range append(expressions, `window.mark === 1`) {
			if !eval[bool](b, "Boolean("+e+")") {
				t.Errorf("%s: it is not so that %s", page, e)
			}
		}
	}
	showing := func(words string) string { return `document.body.innerText.includes(` + quote(words) + `)` }

	b.visit(address + "pathway/planner/")
	planned(b)
	eval[bool](b, `(window.mark = 1, document.querySelector("#goals").open = true)`)
	note(b, "date", "2026-10-05", "hours", "1.5")
	put(b, "contract", "2026-02-03")
	lines := linesOf(b)
	edit("themes/institute/templates/planner.html", "When was your degree posted?", "On which day was your degree posted?")
	wait[bool](b, "the other question", showing("On which day was your degree posted?"))
	stays("the planner", `document.querySelector("#contract").value === "2026-02-03"`, `document.querySelector("#goals").open`)
	if now := linesOf(b); len(now) != len(lines) || len(now) == 0 {
		t.Errorf("the log showed %q and shows %q", lines, now)
	}

	b.visit(address + "directory/")
	eval[bool](b, `(window.mark = 1, document.querySelector("#q").focus(), true)`)
	b.keys("grief")
	wait[bool](b, "the answer", `document.querySelector("#results").dataset.settled === "q=grief"`)
	const list = `[...document.querySelectorAll("#results > li")].map((li) => li.dataset.id).join(" ")`
	found := eval[string](b, list)
	edit("content/directory/index.md", "Use your own words.", "Use whatever words you like.")
	wait[bool](b, "the other words", showing("Use whatever words you like."))
	stays("the directory", `document.activeElement.id === "q" && document.activeElement.value === "grief"`, `location.hash === "#q=grief"`)
	if now := eval[string](b, list); now != found || found == "" {
		t.Errorf("the list showed %q and shows %q", found, now)
	}
	// The list is made of data that has changed now: the page is loaded anew and asks the same again.
	first, _, _ := strings.Cut(found, " ")
	edit("data/practitioners/"+first+".yaml", "headline: ", "headline: After all, ")
	wait[bool](b, "the search of the new data", `window.mark !== 1 && document.querySelector("#results")?.dataset.settled === "q=grief" && `+showing("After all, "))
	if typed := eval[string](b, `document.querySelector("#q").value`); typed != "grief" {
		t.Errorf("the field says %q", typed)
	}
}
