package webtest

import (
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long a test waits for what a visitor would see before it says that it never came.
const patience = 20 * time.Second

// chromium is the one browser of the package. Its context holds a blank tab that keeps it alive.
var chromium struct {
	sync.Once
	ctx  context.Context
	err  error
	ends []context.CancelFunc
}

// startBrowser starts Chromium with an empty profile and without anything that talks to the outside.
func startBrowser() {
	var program string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if program, chromium.err = exec.LookPath(name); chromium.err == nil {
			break
		}
	}
	if chromium.err != nil {
		return
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("hide-scrollbars", false), chromedp.Flag("font-render-hinting", "none"))
	allocator, end := chromedp.NewExecAllocator(context.Background(), options...)
	chromium.ends = append(chromium.ends, end)
	chromium.ctx, end = chromedp.NewContext(allocator)
	chromium.ends = append(chromium.ends, end)
	if err := chromedp.Do(chromium.ctx); err != nil {
		chromium.err = fmt.Errorf("%s did not start: %w", program, err)
	}
}

func closeBrowser() {
	for i := len(chromium.ends) - 1; i >= 0; i-- {
		chromium.ends[i]()
	}
}

// A tab is a window of a fresh profile. Whatever it wrote to the console, asked for or was refused is
// kept.
type tab struct {
	t     testing.TB
	ctx   context.Context
	inert bool // the scripts of pages are off, and with them every timer

	mu       sync.Mutex
	noise    []string // console errors and warnings, exceptions, violations
	requests []string // every address it asked for
}

// open returns a new tab of 1280 by 900 pixels in light colours.
func open(t testing.TB) *tab {
	t.Helper()
	chromium.Do(startBrowser)
	if chromium.err != nil {
		need(t, "there is no Chromium to open the pages in (Debian: apt-get install chromium): "+chromium.err.Error())
	}
	return newTab(t, chromium.ctx, chromedp.WithNewBrowserContext())
}

// beside returns one more tab of the same profile.
func (b *tab) beside() *tab { return newTab(b.t, b.ctx) }

func newTab(t testing.TB, parent context.Context, options ...chromedp.ContextOption) *tab {
	t.Helper()
	ctx, end := chromedp.NewContext(parent, options...)
	t.Cleanup(end)
	b := &tab{t: t, ctx: ctx}
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatal(err)
	}
	command(b, log.Enable, cdp.Empty{})
	command(b, network.Enable, network.EnableParams{})
	command(b, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	b.look(1280, "light")
	return b
}

// command runs a command of the DevTools protocol.
func command[P, R any](b *tab, c cdp.Command[P, R], params P) R {
	b.t.Helper()
	ctx, end := context.WithTimeout(b.ctx, patience)
	defer end()
	result, err := chromedp.Call(ctx, c, params)
	if err != nil {
		b.t.Fatal(err)
	}
	return result
}

// hear keeps what the tab says and asks for.
func (b *tab) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		var words []string
		for _, a := range e.Args {
			words = append(words, strings.Trim(string(a.Value), `"`)+a.Description)
		}
		b.noise = append(b.noise, fmt.Sprintf("console.%s: %s", e.Type, strings.Join(words, " ")))
	case *runtime.EventExceptionThrown:
		b.noise = append(b.noise, fmt.Sprintf("uncaught: %s %+v", e.ExceptionDetails.Text, e.ExceptionDetails.Exception))
	case *log.EventEntryAdded:
		b.noise = append(b.noise, fmt.Sprintf("%s: %s %s", e.Entry.Level, e.Entry.Text, e.Entry.URL))
	case *network.EventRequestWillBeSent:
		b.requests = append(b.requests, e.Request.URL)
	}
}

// heard returns what the tab wrote to its console since the last call.
func (b *tab) heard() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := b.noise
	b.noise = nil
	return n
}

// asked returns the addresses the tab asked for since the last call.
func (b *tab) asked() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	r := b.requests
	b.requests = nil
	return r
}

// look makes the tab so many CSS pixels wide, and light or dark. Widths below 600 are a phone's.
func (b *tab) look(width int, scheme string, features ...*emulation.MediaFeature) {
	b.t.Helper()
	command(b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: int64(width), Height: 900, DeviceScaleFactor: 1, Mobile: width < 600,
	})
	command(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: append(features, &emulation.MediaFeature{Name: "prefers-color-scheme", Value: scheme}),
	})
}

// still asks for no motion.
var still = &emulation.MediaFeature{Name: "prefers-reduced-motion", Value: "reduce"}

// scripts switches the scripts of pages on or off; what tests evaluate runs all the same.
func (b *tab) scripts(on bool) {
	b.t.Helper()
	b.inert = !on
	command(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
}

// visit opens an address and waits until it has loaded with its fonts.
func (b *tab) visit(address string) {
	b.t.Helper()
	ctx, end := context.WithTimeout(b.ctx, patience)
	defer end()
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		b.t.Fatalf("%s: %v", address, err)
	}
	wait[bool](b, "the page and its fonts", `document.readyState === "complete" && document.fonts.status === "loaded"`)
}

// back, forward and reload are the browser's buttons. They return at once: a test waits for what it
// expects to see.
func (b *tab) back()    { b.t.Helper(); eval[bool](b, "(history.back(), true)") }
func (b *tab) forward() { b.t.Helper(); eval[bool](b, "(history.forward(), true)") }
func (b *tab) reload() {
	b.t.Helper()
	ctx, end := context.WithTimeout(b.ctx, patience)
	defer end()
	if err := chromedp.Do(ctx, chromedp.Reload()); err != nil {
		b.t.Fatal(err)
	}
}

// keys presses keys, one after another, as a keyboard would.
func (b *tab) keys(keys string, options ...chromedp.KeyOption) {
	b.t.Helper()
	ctx, end := context.WithTimeout(b.ctx, patience)
	defer end()
	if err := chromedp.Do(ctx, chromedp.KeyEvent(keys, options...)); err != nil {
		b.t.Fatal(err)
	}
}

// click presses what the selector finds, which must be visible.
func (b *tab) click(selector string) {
	b.t.Helper()
	ctx, end := context.WithTimeout(b.ctx, patience)
	defer end()
	if err := chromedp.Do(ctx, chromedp.Click(chromedp.CSS(selector))); err != nil {
		b.t.Fatalf("pressing %s: %v", selector, err)
	}
}

// shot returns a PNG of the whole page, or of what is in the window.
func (b *tab) shot(whole bool) []byte {
	b.t.Helper()
	return command(b, page.CaptureScreenshot, page.CaptureScreenshotParams{CaptureBeyondViewport: &whole}).Data
}

// eval returns the value of a JavaScript expression; it waits for a promise.
func eval[T any](b *tab, expression string) T {
	b.t.Helper()
	value, err := try[T](b, expression, patience)
	if err != nil {
		b.t.Fatalf("%v in\n%s", err, short(expression))
	}
	return value
}

func try[T any](b *tab, expression string, within time.Duration) (T, error) {
	ctx, end := context.WithTimeout(b.ctx, within)
	defer end()
	return chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

func short(text string) string {
	if len(text) > 400 {
		return text[:400] + " …"
	}
	return text
}

// wait returns the value of an expression as soon as it is truthy. It asks whenever the page changes,
// and again in the new page where the tab goes to one meanwhile. What says what is waited for.
func wait[T any](b *tab, what, expression string) T {
	b.t.Helper()
	watcher := fmt.Sprintf(`new Promise((done) => {
		const look = () => { let v; try { v = (%s) } catch { v = null } if (v) { stop(); done(v) } };
		const observer = new MutationObserver(look);
		const timer = setInterval(look, 25);
		const stop = () => { observer.disconnect(); clearInterval(timer) };
		observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
		look();
	})`, expression)
	if b.inert {
		watcher = fmt.Sprintf(`(() => { const v = (%s); if (!v) throw "not yet"; return v })()`, expression)
	}
	end := time.Now().Add(patience)
	for ; ; <-time.After(5 * time.Millisecond) {
		value, err := try[T](b, watcher, time.Until(end))
		if err == nil {
			return value
		}
		if time.Now().After(end) || b.ctx.Err() != nil {
			text, _ := try[string](b, "document.documentElement.outerHTML", time.Second)
			b.t.Fatalf("waited in vain for %s: %v\n%s\nlast heard: %q\npage: %s", what, err, expression, b.heard(), short(text))
		}
	}
}

// quote writes a JavaScript string.
func quote(text string) string {
	b, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(b)
}
