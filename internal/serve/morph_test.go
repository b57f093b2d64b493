package serve_test

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"
)

//go:embed testdata/random_pages.js
var randomPages string

// Whatever changes between two pages, patching the one makes the other of it.
func TestPatchingRandomPages(t *testing.T) {
	ctx := browser(t)
	files := usual()
	files["static/random.js"] = randomPages
	s := start(t, files)
	run(t, ctx, "open", chromedp.Navigate(s.url+"/about/"))
	seed, rounds := 1, 2000
	if n, err := strconv.Atoi(os.Getenv("SERVE_SEED")); err == nil {
		seed = n
	}
	run(t, ctx, "start", chromedp.Evaluate[chromedp.Void](`import("/random.js").then(({ check }) => { window.result = JSON.stringify(check(`+strconv.Itoa(seed)+`, `+strconv.Itoa(rounds)+`)) }, (error) => { window.result = String(error.stack) }); 0`))
	awaits(t, ctx, "all rounds", `window.result`)
	var result struct {
		Wrong         []map[string]any
		Patched, Lost int
	}
	if err := json.Unmarshal([]byte(value[string](t, ctx, "window.result")), &result); err != nil {
		t.Fatal(value[string](t, ctx, "window.result"))
	}
	for _, wrong := range result.Wrong {
		text, _ := json.MarshalIndent(wrong, "", " ")
		t.Errorf("%s", text)
	}
	if result.Patched < rounds/2 {
		t.Errorf("%d pages were patched and %d not: too few to prove anything", result.Patched, result.Lost)
	}
}

// The same end to end: what is saved is shown as a fresh load would show it, without one.
func TestSavingRandomPages(t *testing.T) {
	files := usual()
	files["static/random.js"] = randomPages
	s := start(t, files)
	r := reads(t, s, "/about/")
	r.does(`import("/random.js").then((module) => { window.random = module })`)
	r.sees("the module", `window.random`)
	for seed := range 25 {
		page := fmt.Sprintf("<p id=round>%d</p>", seed) + value[string](t, r.ctx, fmt.Sprintf("random.body(%d)", seed))
		s.save("content/about.md", page)
		r.sees("the page", fmt.Sprintf(`document.querySelector("#round")?.textContent === "%d"`, seed), stayed)
		r.does(`window.same = null; random.fresh().then((same) => { window.same = same })`)
		r.sees("it was compared", `window.same !== null`)
		r.sees("it is as a fresh load shows it", `window.same`)
	}
}
