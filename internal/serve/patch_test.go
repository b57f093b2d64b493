package serve_test

import (
	"context"
	"fmt"
	"net/http"
	"path"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"nwioi/internal/serve"
	"nwioi/internal/source"
)

// A reader is somebody who has a page open and did things to it.
type reader struct {
	t   *testing.T
	ctx context.Context
	s   *server
}

// reads opens a page and marks the window: the mark is gone if the page is loaded anew.
func reads(t *testing.T, s *server, p string) reader {
	t.Helper()
	r := reader{t, browser(t), s}
	run(t, r.ctx, "open", chromedp.EmulateViewport(800, 600), chromedp.Navigate(s.url+p))
	awaits(t, r.ctx, "the server's bar", `document.querySelector("nwioi-live")`)
	r.does(`window.mark = 1`)
	return r
}

func (r reader) does(script string) {
	r.t.Helper()
	run(r.t, r.ctx, script, chromedp.Evaluate[chromedp.Void](`{ `+script+` }; 0`))
}

// sees waits until an expression is true, and then holds all others to be.
func (r reader) sees(what string, expressions ...string) {
	r.t.Helper()
	awaits(r.t, r.ctx, what, expressions[0])
	for _, e := range expressions[1:] {
		if !value[bool](r.t, r.ctx, "Boolean("+e+")") {
			r.t.Errorf("%s: it is not so that %s", what, e)
		}
	}
}

const stayed = `window.mark === 1`

// a page with all that must survive, and a script that fills a list.
const lively = `<h1>Title A</h1>
<p id="first">One. <a href="/">Two</a> three and four.</p>
<form><input id="q"><input type="checkbox" id="tick"><select id="choice"><option>x<option>y</select><textarea id="long">as served</textarea></form>
<details id="d"><summary>More</summary><p>Inside A</p></details>
<div id="pop" popover>Popover A</div><dialog id="dialog">Dialog A <input id="in"></dialog>
<ul id="own"></ul><p class="served" id="classy">classy</p>
<ul id="list"><li id="x">x</li><li id="y">y <button>press</button></li><li id="z">z</li></ul>
<p id="replaced">served</p><template id="mould">served</template><div id="tall"></div><p id="last">Last A</p>
<script type="module" src="/app.js"></script>`

const livelyScript = `
for (const word of ["a", "b"]) document.querySelector("#own").append(Object.assign(document.createElement("li"), { textContent: word }));
const replaced = document.querySelector("#replaced");
replaced.replaceWith(Object.assign(document.createElement("p"), { textContent: "made of " + replaced.textContent }));
document.querySelector("#classy").classList.add("mine");
window.ask = async () => { window.data = await (await fetch("/data.json")).text(); };
`

func livelySite() map[string]string {
	files := usual()
	files["content/about.md"] = lively
	files["static/a.css"] = "#tall { height: 3000px }"
	files["static/app.js"] = livelyScript
	return files
}

func TestWhatReadersDidSurvives(t *testing.T) {
	s := start(t, livelySite())
	r := reads(t, s, "/about/")
	r.does(`
		const one = (id) => document.getElementById(id);
		Object.assign(window, { one, nodes: Object.fromEntries(["q", "d", "first", "list", "x", "y", "z"].map((id) => [id, one(id)])) });
		one("tick").checked = true; one("choice").value = "y"; one("long").value = "typed too"; one("in").value = "typed in a dialog";
		one("d").open = true; one("dialog").show(); one("pop").showPopover();
		const text = one("first").lastChild; getSelection().setBaseAndExtent(text, 1, text, 6);
		scrollTo(0, 700);
		window.top0 = one("last").getBoundingClientRect().top`)
	all := []string{stayed, `Math.abs(one("last").getBoundingClientRect().top - top0) < 1`, `one("d").open`, `one("pop").matches(":popover-open")`, `one("dialog").open`,
		`one("tick").checked && one("choice").value === "y" && one("long").value === "typed too" && one("in").value === "typed in a dialog"`,
		`one("own").children.length === 2`, `one("classy").classList.contains("mine")`, `String(getSelection()) === "three"`,
		`Object.entries(nodes).every(([id, node]) => one(id) === node)`}
	page := lively
	change := func(what, from, to, seen string) {
		t.Helper()
		if page = strings.Replace(page, from, to, 1); !strings.Contains(page, to) {
			t.Fatalf("the page has no %q", from)
		}
		s.save("content/about.md", page)
		r.sees(what, append([]string{seen}, all...)...)
	}
	change("another text", "Last A", "Last B", `one("last").textContent === "Last B"`)
	change("text around the selection", "One.", "One and a half.", `one("first").textContent.startsWith("One and a half.")`)
	change("text after the selection", "and four.", "and many more.", `one("first").textContent.endsWith("many more.")`)
	change("what is in them", "Inside A", "Inside B", `one("d").textContent.includes("Inside B")`)
	change("a popover", "Popover A", "Popover B", `one("pop").textContent.includes("Popover B")`)
	change("a dialog", "Dialog A", "Dialog B", `one("dialog").textContent.includes("Dialog B")`)
	change("a class", `class="served"`, `class="served anew"`, `one("classy").classList.contains("anew")`)
	change("what the form says by itself", "as served", "as served now", `one("long").defaultValue === "as served now"`)
	change("a new paragraph", `<details id="d">`, `<p id="new">New</p><details id="d">`, `document.getElementById("new")?.nextElementSibling === one("d")`)
	change("a paragraph that goes", `<p id="new">New</p>`, ``, `!document.getElementById("new")`)
	r.does(`delete nodes.x`)
	change("an item that goes", `<li id="x">x</li>`, ``, `!document.getElementById("x")`)

	// What has the focus and a caret keeps them, even where it is moved.
	r.does(`getSelection().removeAllRanges(); one("q").focus({ preventScroll: true }); one("q").value = "typed"; one("q").setSelectionRange(2, 4)`)
	all = append(all[:8:8], all[9], // the selection is the caret now
		`document.activeElement === one("q") && one("q").value === "typed" && one("q").selectionStart === 2 && one("q").selectionEnd === 4`)
	change("text beside the caret", "Title A", "Title B", `document.querySelector("h1").textContent === "Title B"`)
	r.does(`document.querySelector("#y button").focus({ preventScroll: true })`)
	all[len(all)-1] = `document.activeElement === document.querySelector("#y button")`
	page = strings.Replace(page, `<li id="z">z</li>`, "", 1)
	change("items in another order", `<li id="y">`, `<li id="z">z</li><li id="y">`, `one("list").firstElementChild.id === "z"`)
}

func TestTheHeadIsPatched(t *testing.T) {
	files := usual()
	const head = `<meta name="description" content="A"><link rel="canonical" href="/a/"><link rel="stylesheet" href="/one.css"><script type="application/ld+json">{"name":"A"}</script>`
	files["content/about.md"] = head + "<p>text</p>"
	files["static/one.css"] = "p { color: rgb(1, 1, 1) }"
	files["static/two.css"] = "p { color: rgb(2, 2, 2) }"
	s := start(t, files)
	r := reads(t, s, "/about/")
	// No picture is drawn without a style.
	r.does(`window.colors = new Set(); const look = () => { colors.add(getComputedStyle(document.querySelector("p")).color); requestAnimationFrame(look) }; look()`)
	s.save("content/about.md", strings.NewReplacer(`"A"`, `"B"`, "/a/", "/b/", "one.css", "two.css").Replace(head)+`<script type="application/ld+json">{"name":"C"}</script><p>text</p>`)
	r.sees("the head", `document.querySelector("meta[name=description]").content === "B"`,
		`document.querySelector("link[rel=canonical]").getAttribute("href") === "/b/"`,
		`JSON.parse(document.querySelector("script[type='application/ld+json']").textContent).name === "B"`)
	r.sees("the other style", `getComputedStyle(document.querySelector("p")).color === "rgb(2, 2, 2)"`)
	r.sees("one style", `document.querySelectorAll("link[rel=stylesheet]").length === 2`, stayed,
		`[...colors].every((color) => color === "rgb(1, 1, 1)" || color === "rgb(2, 2, 2)")`)
	r.sees("the description that came with it", `document.querySelectorAll("script[type='application/ld+json']").length === 2`)
	s.save("static/two.css", "p { color: rgb(3, 3, 3) }")
	r.sees("the style in its place", `getComputedStyle(document.querySelector("p")).color === "rgb(3, 3, 3)"`, stayed)
	s.save("content/about.md", head+"<p>text</p>")
	r.sees("the first style again", `getComputedStyle(document.querySelector("p")).color === "rgb(1, 1, 1)"`, stayed)
}

// What scripts have to see is loaded anew, and then nothing that a reader did is lost either.
func TestLoadingAnewKeepsThePlace(t *testing.T) {
	s := start(t, livelySite())
	r := reads(t, s, "/about/")
	const top = `document.querySelector("#last").getBoundingClientRect().top`
	var stood float64
	prepare := func() {
		r.t.Helper()
		r.does(`
			const one = (id) => document.getElementById(id);
			window.mark = 1; one("q").value = "typed"; one("tick").checked = true; one("choice").value = "y"; one("d").open = true;
			one("q").focus(); one("q").setSelectionRange(1, 3); scrollTo(0, 700)`)
		stood = value[float64](t, r.ctx, top)
	}
	again := func(what string) {
		t.Helper()
		r.sees(what+": loaded anew", `!(`+stayed+`) && document.readyState === "complete" && document.querySelector("nwioi-live")`)
		r.sees(what+": everything is there", `document.activeElement?.id === "q" && scrollY > 600`, fmt.Sprintf("Math.abs(%s - %f) < 1", top, stood),
			`document.querySelector("#q").value === "typed" && document.querySelector("#q").selectionStart === 1 && document.querySelector("#q").selectionEnd === 3`,
			`document.querySelector("#tick").checked && document.querySelector("#choice").value === "y"`, `document.querySelector("#d").open`)
	}
	prepare()
	s.save("static/app.js", livelyScript+"\nwindow.second = true;")
	again("a script")
	r.sees("the new script", `window.second`)

	prepare()
	s.save("content/about.md", strings.Replace(lively, `"replaced">served`, `"replaced">anew`, 1))
	again("what a script replaced")
	r.sees("what it made of it", `document.body.textContent.includes("made of anew")`)

	prepare()
	s.save("content/about.md", strings.Replace(lively, `"mould">served`, `"mould">anew`, 1))
	again("what a script copies")

	prepare()
	s.save("content/about.md", strings.Replace(lively, `<ul id="own"></ul>`, `<ul id="own"><li>served</li></ul>`, 1))
	again("what a script filled")

	// Data matters only to a page that asked for it.
	prepare()
	s.save("static/data.json", `{"n": 1}`)
	s.save("content/about.md", lively)
	r.sees("what was served goes, what the script added stays", `document.querySelector("#own").innerText.trim() === "a\nb"`, stayed)
	s.save("static/data.json", `{"n": 2}`)
	s.save("content/about.md", strings.Replace(lively, "Last A", "Last B", 1))
	r.sees("data nobody asked for", `document.querySelector("#last").textContent === "Last B"`, stayed)
	r.does(`ask()`)
	r.sees("the data", `window.data`)
	s.save("static/data.json", `{"n": 3}`)
	again("data that was asked for")
}

func TestATabThatIsOutOfSight(t *testing.T) {
	s := start(t, usual())
	r := reads(t, s, "/about/")
	hide := func(hidden string) {
		r.does(`Object.defineProperty(document, "hidden", { value: ` + hidden + `, configurable: true }); document.dispatchEvent(new Event("visibilitychange"))`)
	}
	hide("true")
	s.save("content/about.md", "while nobody looks")
	s.awaitLog(`1 page changed`)
	s.save("content/about.md", "while nobody looks still")
	s.awaitLog(`(?s)1 page changed.*1 page changed`)
	r.sees("the tab sleeps", `document.body.firstChild.data === "about us"`)
	hide("false")
	r.sees("the tab wakes", `document.body.firstChild.data === "while nobody looks still"`, stayed)
}

// withSources says which file is behind each page of a little site.
func withSources(c *serve.Config) {
	build := c.Build
	c.Build = func(tree *source.Tree) serve.Result {
		r := build(tree)
		r.Sources = func(urlPath string) string {
			if urlPath == "/" {
				return "content/index.md"
			}
			return "content/" + path.Base(urlPath) + ".md"
		}
		return r
	}
}

const note = `document.querySelector("nwioi-live").shadowRoot.querySelector(".note")`

func TestTheNoteOffersTheEditedPage(t *testing.T) {
	files := usual()
	files["content/staff.md"] = "staff"
	s := startAs(t, files, withSources)
	r := reads(t, s, "/")
	r.sees("no note", note+`.childElementCount === 0`)
	r.does(`document.body.tabIndex = -1; document.body.focus()`)
	s.save("content/about.md", "about them")
	r.sees("the note", note+`.innerText.replace(/\s+/g, " ").startsWith("You changed x. Go there")`, stayed, `document.activeElement === document.body`,
		note+`.getAttribute("role") === "status"`, note+`.querySelector("a").pathname === "/about/"`)
	s.save("content/staff.md", "other staff")
	r.sees("one note at a time", note+`.querySelector("a")?.pathname === "/staff/"`, note+`.querySelectorAll("a").length === 1`)
	r.does(`document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }))`)
	r.sees("Escape puts it away", note+`.childElementCount === 0`)
	s.save("content/index.md", "the open page")
	r.sees("the open page needs no note", `document.body.firstChild.data === "the open page"`, note+`.childElementCount === 0`)
	s.save("content/about.md", "about you")
	r.sees("the note again", note+`.querySelector("a")`)
	r.does(note + `.querySelector("a").click()`)
	r.sees("it leads there", `location.pathname === "/about/" && document.body?.firstChild?.data === "about you"`)
}

const bar = `document.querySelector("nwioi-live").shadowRoot.querySelector(".bar")`

func TestTheToolbar(t *testing.T) {
	s := startAs(t, usual(), func(c *serve.Config) {
		withSources(c)
		c.Edit = http.NotFoundHandler()
		c.Editable = func(file string) bool { return file != "content/index.md" }
	})
	r := reads(t, s, "/about/")
	r.sees("the link to the form", bar+`?.querySelector("a").textContent === "Edit this page"`, bar+`.querySelector("a").getAttribute("href") === "/.nwioi/edit/?page=%2Fabout%2F"`)
	s.save("content/404.md", "BROKEN WARNING")
	r.sees("what is wrong", overlay+`?.querySelector("h3").textContent === "content/404.md"`, overlay+`.querySelector(".places a").getAttribute("href").startsWith("vscode://file/")`,
		overlay+`.querySelector(".places a").getAttribute("href").endsWith("/content/404.md:1:3")`)
	r.does(overlay + `.querySelector("button").click()`)
	r.sees("the number", noOverlay, bar+`.querySelector(".error").textContent === "1 error"`)
	r.does(bar + `.querySelector(".error").click()`)
	r.sees("the list again", overlay+`?.querySelector("h3")`)
	r.does(overlay + `.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }))`)
	r.sees("put away", noOverlay)
	s.save("content/404.md", "not here")
	r.sees("all is well", `!`+bar+`.querySelector(".error")`, stayed)
	r.does(bar + `.querySelector("button:last-child").click()`)
	r.sees("hidden", bar+`.hidden`)
	run(t, r.ctx, "go on", chromedp.Navigate(s.url+"/"))
	r.sees("hidden on other pages too", `document.querySelector("nwioi-live")`, bar+`.hidden`)
	r.does(`sessionStorage.clear(); location.reload()`)
	r.sees("no form for this page", `document.querySelector("nwioi-live") && !`+bar+`.hidden`, bar+`.querySelector("a").textContent === "Changed files"`)
}
