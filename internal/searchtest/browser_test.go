package searchtest

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"nwioi/internal/build"
	"nwioi/internal/output"
	"nwioi/internal/site"
)

// patience is how long one question to the browser may take: all queries are one question.
const patience = 20 * time.Minute

// chromium starts a browser for the test.
func chromium(t *testing.T) context.Context {
	t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			program = found
			break
		}
	}
	if program == "" {
		need(t, "there is no Chromium (Debian: apt-get install chromium)")
	}
	allocator, end := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU)...)
	t.Cleanup(end)
	ctx, end := chromedp.NewContext(allocator)
	t.Cleanup(end)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// visit opens an address in a fresh profile, which has cached nothing.
func visit(t *testing.T, browser context.Context, address string) (tab context.Context, end func()) {
	t.Helper()
	tab, end = chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	if err := chromedp.Do(tab, chromedp.Navigate(address)); err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	return tab, end
}

// eval returns the value of a JavaScript expression, %s in which is args as JSON; it waits for a promise.
func eval[T any](t *testing.T, tab context.Context, expression string, args ...any) T {
	t.Helper()
	value, err := ask[T](tab, expression, args...)
	if err != nil {
		t.Fatalf("%v in\n%.300s", err, expression)
	}
	return value
}

func ask[T any](tab context.Context, expression string, args ...any) (value T, err error) {
	quoted := make([]any, len(args))
	for i, a := range args {
		if quoted[i], err = json.Marshal(a); err != nil {
			return value, err
		}
	}
	ctx, end := context.WithTimeout(tab, patience)
	defer end()
	return chromedp.Run(ctx, chromedp.Evaluate[T](fmt.Sprintf(expression, quoted...), chromedp.EvalAwaitPromise))
}

// evalAfresh opens an address in a fresh profile and evaluates an expression there. A page that could
// not load all it needs, as happens on a busy machine, is opened again, twice at most.
func evalAfresh[T any](t *testing.T, browser context.Context, address, expression string, args ...any) T {
	t.Helper()
	for attempt := 1; ; attempt++ {
		tab, end := visit(t, browser, address)
		value, err := ask[T](tab, expression, args...)
		end()
		if err == nil {
			return value
		}
		if attempt == 3 {
			t.Fatalf("%v in\n%.300s", err, expression)
		}
	}
}

// A host serves files as a static host does and keeps how many bytes it sent of each.
type host struct {
	*httptest.Server
	file func(name string) ([]byte, bool)

	mu   sync.Mutex
	sent map[string]int // by path, of the last time it was sent
}

func serve(t *testing.T, file func(string) ([]byte, bool)) *host {
	h := &host{file: file, sent: map[string]int{}}
	h.Server = httptest.NewServer(h)
	t.Cleanup(h.stop)
	return h
}

// stop closes the host. The browser keeps connections that it opened to be quick, so they go first.
func (h *host) stop() {
	h.CloseClientConnections()
	h.Close()
}

var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".json": "application/json", ".svg": "image/svg+xml", ".woff2": "font/woff2",
}

// ServeHTTP sends texts gzipped, and everything else, which is packed already, as it is.
func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	body, found := h.file(name)
	if !found {
		http.NotFound(w, r)
		return
	}
	kind := types[path.Ext(name)]
	w.Header().Set("Content-Type", kind)
	if strings.HasPrefix(kind, "text/") || strings.HasSuffix(kind, "json") {
		w.Header().Set("Content-Encoding", "gzip")
		body = gzipped(body)
	}
	h.mu.Lock()
	h.sent[r.URL.Path] = len(body)
	h.mu.Unlock()
	w.Write(body)
}

// bytes is the size of what was sent of the paths, scripts and the rest apart.
func (h *host) bytes(paths []string) (scripts, rest int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, p := range paths {
		if path.Ext(p) == ".js" {
			scripts += h.sent[p]
		} else {
			rest += h.sent[p]
		}
	}
	return scripts, rest
}

// forget begins a new visit.
func (h *host) forget() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.sent = map[string]int{}
}

func gzipped(data []byte) []byte {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	z.Write(data)
	z.Close()
	return b.Bytes()
}

// published builds the directory's site and serves it.
func published(t *testing.T, d *directory) *host {
	t.Helper()
	var set *output.Set
	h := serve(t, func(name string) ([]byte, bool) {
		f := set.File(name)
		if f == nil {
			return nil, false
		}
		body, err := f.Body()
		return body, err == nil
	})
	set = build.New(build.Options{Options: site.Options{AsOf: today, BaseURL: h.URL + "/"}}).Build(d.tree).Set
	return h
}

// The cold visits whose bytes are weighed.
var visits = []struct{ name, kind string }{
	{"exact name", "full name"}, {"name with one typo", "name, a wrong letter"}, {"concern", "concern, a synonym"}, {"city and concern", "concern and city"},
}

// firstOf returns some queries of a kind.
func firstOf(queries []query, kind string, most int) []string {
	var some []string
	for _, q := range queries {
		if q.kind == kind && len(some) < most {
			some = append(some, q.text)
		}
	}
	return some
}

// coldBytes opens our page with a query in its address, several times for each kind of visit, and
// returns the most bytes that came before the first result: the scripts and the parts of the index.
func coldBytes(t *testing.T, browser context.Context, h *host, queries []query, times int) map[string]int {
	t.Helper()
	most := map[string]int{}
	for _, v := range visits {
		for _, text := range firstOf(queries, v.kind, times) {
			h.forget()
			tab, end := visit(t, browser, h.URL+"/directory/#q="+url.QueryEscape(text))
			came := eval[[]string](t, tab, settled+`.then(() => {
				const m = performance.getEntriesByName("directory-search")[0];
				return performance.getEntriesByType("resource")
					.filter((r) => r.responseEnd <= m.startTime + m.duration)
					.map((r) => new URL(r.name).pathname)
					.filter((p) => !/\.(css|woff2|svg|png|jpg|webp|ico)$/.test(p));
			})`)
			end()
			scripts, parts := h.bytes(came)
			t.Logf("%q: %.1f kB of scripts, %.1f kB of index, %d files", text, float64(scripts)/1000, float64(parts)/1000, len(came))
			most[v.name] = max(most[v.name], scripts+parts)
		}
	}
	return most
}

// settled waits until the list shows the result of the address's fragment.
const settled = `new Promise((done, failed) => {
	const end = performance.now() + 30000;
	const look = () => {
		const list = document.querySelector("#results");
		if (list && list.dataset.settled === location.hash.slice(1) && performance.getEntriesByName("directory-search").length) done(true);
		else if (performance.now() > end) failed(new Error("the list never settled: " + location.hash));
		else setTimeout(look, 1);
	};
	look();
})`

// keystrokes types queries letter by letter on our page, twice, and returns how long each answer of
// the second time took in milliseconds, by the page's own measure.
func keystrokes(t *testing.T, browser context.Context, h *host, queries []query, times int) []float64 {
	t.Helper()
	var typed []string
	for _, v := range visits {
		for _, text := range firstOf(queries, v.kind, times) {
			for i := range text {
				if i > 0 {
					typed = append(typed, text[:i])
				}
			}
			typed = append(typed, text)
		}
	}
	tab, end := visit(t, browser, h.URL+"/directory/")
	defer end()
	return eval[[]float64](t, tab, `(async () => {
		const took = [];
		for (const pass of [1, 2])
			for (const text of %s) {
				const q = text.trimEnd();
				performance.clearMeasures("directory-search");
				if (location.hash === "#q=" + encodeURIComponent(q)) continue;
				location.hash = "q=" + encodeURIComponent(q);
				await `+settled+`;
				if (pass === 2) took.push(performance.getEntriesByName("directory-search")[0].duration);
			}
		return took;
	})()`, typed)
}

// pagefind makes a Pagefind index and answers the queries that are asked with it in Chromium. cold are
// the most bytes to the first result by kind of visit, of the same visits as to our page.
func pagefind(t *testing.T, browser context.Context, d *directory, asked, queries []query, synonyms bool, times int) (r *run, cold map[string]int) {
	t.Helper()
	folder := t.TempDir()
	r = &run{}
	node(t, "testdata/pagefind.mjs", map[string]any{"records": d.records(synonyms), "folder": folder}, r)
	script, err := os.ReadFile("testdata/pagefind-page.js")
	if err != nil {
		t.Fatal(err)
	}
	h := serve(t, func(name string) ([]byte, bool) {
		switch name {
		case "index.html":
			return []byte(`<!doctype html><html lang="en"><title>Pagefind</title><script type="module" src="/page.js"></script>`), true
		case "page.js":
			return script, true
		}
		inside, ok := strings.CutPrefix(name, "pagefind/")
		if !ok {
			return nil, false
		}
		body, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(inside)))
		return body, err == nil
	})
	ready := `new Promise((done) => { const look = () => window.first ? done(true) : setTimeout(look, 1); look(); })`
	cold = map[string]int{}
	for _, v := range visits {
		for _, text := range firstOf(queries, v.kind, times) {
			h.forget()
			evalAfresh[int](t, browser, h.URL+"/", ready+`.then(() => first(%s))`, text)
			total := 0
			for p, size := range h.sent {
				if strings.HasPrefix(p, "/pagefind/") {
					total += size
				}
			}
			cold[v.name] = max(cold[v.name], total)
		}
	}
	answers := evalAfresh[run](t, browser, h.URL+"/", ready+`.then(() => answers(%s))`, texts(asked))
	r.IDs, r.Times = answers.IDs, answers.Times
	r.Counts = evalAfresh[[]float64](t, browser, h.URL+"/", ready+`.then(() => counts(%s, 5))`, d.common())
	return r, cold
}
