package serve_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"nwioi/internal/serve"
)

// browser starts Chromium and returns its only tab. What the pages complain of, policy violations
// among it, is an error of the test.
func browser(t *testing.T) context.Context {
	t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			program = found
			break
		}
	}
	if program == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("there is no Chromium")
		}
		t.Skip("skipped: Chromium is not installed")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox,
		chromedp.Flag("disable-dev-shm-usage", true))
	all, stopAll := chromedp.NewExecAllocator(t.Context(), options...)
	ctx, closeTab := chromedp.NewContext(all)
	var mu sync.Mutex
	var complaints []string
	err := chromedp.Listen(ctx, func(event any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			complaints = append(complaints, fmt.Sprint(e.ExceptionDetails.Text, " ", e.ExceptionDetails.Exception))
		case *log.EventEntryAdded:
			// A server that is away, and one that refuses an old token, are part of the test.
			if e.Entry.Level == "error" && !strings.Contains(e.Entry.Text, "ERR_CONNECTION_REFUSED") &&
				!strings.Contains(e.Entry.Text, "403") && !strings.Contains(e.Entry.Text, "503") && !strings.HasSuffix(e.Entry.URL, "favicon.ico") {
				complaints = append(complaints, e.Entry.Text+" "+e.Entry.URL)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		closeTab()
		stopAll()
		mu.Lock()
		defer mu.Unlock()
		for _, c := range complaints {
			t.Errorf("the browser complains: %s", c)
		}
	})
	return ctx
}

func run(t *testing.T, ctx context.Context, what string, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

// awaits waits until an expression is true in the page, which may be loaded anew meanwhile.
func awaits(t *testing.T, ctx context.Context, what, expression string) {
	t.Helper()
	bounded, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	for {
		is, err := chromedp.Run(bounded, chromedp.Evaluate[bool]("Boolean("+expression+")"))
		if err == nil && is {
			return
		}
		select {
		case <-again.C:
		case <-bounded.Done():
			page, _ := chromedp.Run(ctx, chromedp.Evaluate[string]("document.documentElement.outerHTML + (document.querySelector('nwioi-live')?.shadowRoot.innerHTML ?? '')"))
			t.Fatalf("%s: %v\n%s", what, err, page)
		}
	}
}

func value[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// picture takes a picture of the window if the environment names a file for it.
func picture(t *testing.T, ctx context.Context, suffix string) {
	t.Helper()
	path := os.Getenv("SERVE_SHOT")
	if path == "" {
		return
	}
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(path+suffix+".png", png, 0o644)
	}
	if err != nil {
		t.Error(err)
	}
}

const (
	overlay   = `document.querySelector("nwioi-live")?.shadowRoot.querySelector(".problems:not([hidden])")`
	noOverlay = `!(` + overlay + `)`
)

func TestTheOpenPageInABrowser(t *testing.T) {
	ctx := browser(t)
	files := usual()
	files["static/a.css"] = "body { height: 4000px; color: rgb(1, 2, 3) }"
	s := start(t, files)
	run(t, ctx, "open", chromedp.EmulateViewport(800, 600), chromedp.Navigate(s.url+"/about/"))
	// The mark is gone if the page was loaded anew.
	run(t, ctx, "scroll", chromedp.Evaluate[chromedp.Void](`window.mark = 1; scrollTo(0, 500)`))
	untouched := func(step string) {
		t.Helper()
		if got := value[float64](t, ctx, "scrollY"); got != 500 {
			t.Errorf("%s: the page is scrolled to %v", step, got)
		}
		if !value[bool](t, ctx, "window.mark === 1") {
			t.Errorf("%s: the page was loaded anew", step)
		}
	}

	s.save("content/about.md", "a BROKEN page")
	awaits(t, ctx, "the problem is shown", overlay+`?.textContent.includes("content/about.md:1:3")`)
	text := value[string](t, ctx, overlay+`.textContent`)
	for _, words := range []string{"1 error to put right", `"BROKEN" is <b>not</b> a word`, "write it whole", "1 | a BROKEN page", "^^^^^^"} {
		if !strings.Contains(text, words) {
			t.Errorf("the overlay lacks %q: %s", words, text)
		}
	}
	if value[bool](t, ctx, `Boolean(`+overlay+`.querySelector("b"))`) {
		t.Error("markup of a message became an element")
	}
	box := value[map[string]float64](t, ctx, `(({top, bottom, width}) => ({top, bottom, width}))(`+overlay+`.getBoundingClientRect())`)
	if box["bottom"] != 600 || box["top"] <= 200 || box["width"] != 800 {
		t.Errorf("the overlay stands at %v of a window of 800 × 600", box)
	}
	if got := value[string](t, ctx, `document.querySelector("body").firstChild.data`); got != "about us" {
		t.Errorf("beneath stands %q", got)
	}
	if value[bool](t, ctx, `document.activeElement !== document.body`) {
		t.Error("the overlay takes the focus")
	}
	untouched("the file is broken")
	picture(t, ctx, "-overlay")

	run(t, ctx, "hide", chromedp.Evaluate[chromedp.Void](overlay+`.querySelector("button").click()`))
	awaits(t, ctx, "the overlay is hidden", noOverlay)
	s.save("content/about.md", "another BROKEN page")
	awaits(t, ctx, "another problem is shown", overlay+`?.textContent.includes("another BROKEN")`)
	s.save("content/about.md", "about us")
	awaits(t, ctx, "the file is repaired", noOverlay)
	untouched("the file is repaired")

	s.save("static/a.css", "body { height: 4000px; color: rgb(4, 5, 6) }")
	awaits(t, ctx, "the stylesheet is another", `getComputedStyle(document.body).color === "rgb(4, 5, 6)"`)
	awaits(t, ctx, "the old stylesheet is gone", `document.querySelectorAll("link[rel=stylesheet]").length === 1`)
	untouched("the stylesheet is another")

	s.save("content/index.md", "another page changed")
	s.awaitLog(`(?s)(1 (page|file) changed.*){2}`)
	s.save("content/about.md", "about them")
	awaits(t, ctx, "the new text is shown", `document.body?.firstChild?.data === "about them"`)
	awaits(t, ctx, "the page is where it was", `scrollY === 500`)

	// The server is started anew at the same address, while the file changes.
	addr := strings.TrimPrefix(s.url, "http://")
	s.stop()
	if err := <-s.done; err != nil {
		t.Fatal(err)
	}
	s.save("content/about.md", "about another run")
	again, stop := context.WithCancel(t.Context())
	go func() {
		s.done <- serve.Run(again, serve.Config{Addr: addr, Root: s.root, Build: new(maker).build, Log: s})
	}()
	defer stop() // before start's own cleanup, which waits for the end
	awaits(t, ctx, "the page finds the new server", `document.body?.firstChild?.data === "about another run"`)
	s.save("content/about.md", "about its first save")
	awaits(t, ctx, "the page listens to the new server", `document.body?.firstChild?.data === "about its first save"`)
}

func TestThePageOfDiagnosticsInABrowser(t *testing.T) {
	ctx := browser(t)
	files := usual()
	files["content/index.md"] = "BROKEN"
	s := start(t, files)
	run(t, ctx, "open", chromedp.Navigate(s.url+"/"))
	awaits(t, ctx, "the page of diagnostics", `document.querySelector("h1")?.textContent === "The site cannot be shown yet"`)
	if got := value[string](t, ctx, `getComputedStyle(document.querySelector("li")).borderInlineStartWidth`); got != "4px" {
		t.Errorf("the page has no style: a border of %s", got)
	}
	if !value[bool](t, ctx, noOverlay) {
		t.Error("the diagnostics are shown twice")
	}
	picture(t, ctx, "-page")
	s.save("content/index.md", "home")
	awaits(t, ctx, "the site comes by itself", `document.body?.firstChild?.data === "home"`)
}
