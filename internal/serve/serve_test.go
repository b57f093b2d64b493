package serve_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"nwioi/internal/diag"
	"nwioi/internal/output"
	"nwioi/internal/serve"
	"nwioi/internal/source"
)

// A maker builds a little site: each content/x.md is a page, each file of static/ is copied. A page
// that says BROKEN is an error, one that says PANIC is worse, one that says UNMADE cannot be made.
// Like the real builder it keeps a file while its recipe is the same.
type maker struct {
	files map[output.Recipe]*output.File
}

type layout struct{ page bool }

var page, raw = &layout{true}, &layout{false}

func (l *layout) Render(w io.Writer, view any) error {
	f := view.(*source.File)
	if strings.Contains(string(f.Data), "UNMADE") {
		return errors.New("there is no <field>")
	}
	if !l.page {
		_, err := w.Write(f.Data)
		return err
	}
	_, err := fmt.Fprintf(w, "<!doctype html><html><head><title>x</title><link rel=\"stylesheet\" href=\"/a.css\"></head><body>%s</body></html>", f.Data)
	return err
}

func (m *maker) build(tree *source.Tree) serve.Result {
	var list []*output.File
	var problems diag.List
	kept := map[output.Recipe]*output.File{}
	add := func(r output.Recipe) {
		f := m.files[r]
		if f == nil {
			f = &output.File{Recipe: r}
		}
		kept[r] = f
		list = append(list, f)
	}
	for f := range tree.Under("") {
		name, text := path.Base(f.Path), string(f.Data)
		switch {
		case strings.Contains(text, "PANIC"):
			panic("out of <range>")
		case strings.Contains(text, "BROKEN"):
			problems = append(problems, diag.Diagnostic{Path: f.Path, Pos: diag.Pos{Line: 1, Col: 3}, Width: 6, Severity: diag.Error,
				Rule: "page/broken", Message: `"BROKEN" is <b>not</b> a word`, Hint: "write it whole", Source: text})
		case strings.HasPrefix(f.Path, "static/"):
			add(output.Recipe{Path: strings.TrimPrefix(f.Path, "static/"), Layout: raw, View: f})
		case name == "404.md":
			add(output.Recipe{Path: "404.html", Layout: page, View: f})
		case name == "index.md":
			add(output.Recipe{Path: "index.html", Layout: page, View: f})
		case strings.HasSuffix(name, ".md"):
			add(output.Recipe{Path: strings.TrimSuffix(name, ".md") + "/index.html", Layout: page, View: f})
		}
	}
	if len(list) > 0 {
		problems = append(problems, diag.Diagnostic{Path: "content/index.md", Severity: diag.Note, Rule: "page/note", Message: "a note for nobody"})
	}
	m.files = kept
	slices.SortFunc(list, func(a, b *output.File) int { return strings.Compare(a.Recipe.Path, b.Recipe.Path) })
	return serve.Result{Set: output.NewSet(list), Problems: problems}
}

// A server is one that runs, and what it has written to its log.
type server struct {
	t    *testing.T
	root string
	url  string // without a last slash
	stop context.CancelFunc
	done chan error
	mu   sync.Mutex
	log  strings.Builder
	ring chan struct{} // rings when the log has grown
}

func (s *server) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case s.ring <- struct{}{}:
	default:
	}
	return s.log.Write(p)
}

// awaitLog waits until the log holds what the pattern describes, and returns the match.
func (s *server) awaitLog(pattern string) []string {
	s.t.Helper()
	deadline := time.After(10 * time.Second)
	for {
		s.mu.Lock()
		text := s.log.String()
		s.mu.Unlock()
		if m := regexp.MustCompile(pattern).FindStringSubmatch(text); m != nil {
			return m
		}
		select {
		case <-s.ring:
		case err := <-s.done:
			s.t.Fatalf("the server ended: %v", err)
		case <-deadline:
			s.t.Fatalf("the log has no %q:\n%s", pattern, text)
		}
	}
}

// usual is a little site.
func usual() map[string]string {
	return map[string]string{
		"content/index.md": "home", "content/about.md": "about us", "content/404.md": "not here",
		"static/a.css": "a{}", "static/data.json": "{}",
	}
}

func start(t *testing.T, files map[string]string) *server {
	t.Helper()
	return startAs(t, files, func(*serve.Config) {})
}

// startAs starts a server whose root has the files, after prepare has seen to its configuration and to
// the root.
func startAs(t *testing.T, files map[string]string, prepare func(*serve.Config)) *server {
	t.Helper()
	s := &server{t: t, root: t.TempDir(), done: make(chan error, 1), ring: make(chan struct{}, 1)}
	for p, text := range files {
		s.save(p, text)
	}
	config := serve.Config{Addr: "127.0.0.1:0", Root: s.root, Build: new(maker).build, Log: s, Now: time.Now}
	prepare(&config)
	ctx, stop := context.WithCancel(t.Context())
	s.stop = stop
	go func() { s.done <- serve.Run(ctx, config) }()
	s.url = s.awaitLog(`Serving (http://127\.0\.0\.1:\d+)/`)[1]
	t.Cleanup(func() {
		stop()
		if err := <-s.done; err != nil {
			t.Error(err)
		}
	})
	return s
}

func (s *server) save(p, text string) {
	s.t.Helper()
	full := filepath.Join(s.root, p)
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
		s.t.Fatal(err)
	}
}

// get returns the answer to a request, its redirects not followed, and its body.
func (s *server) get(p string, header ...string) (*http.Response, string) {
	s.t.Helper()
	return s.do("GET", p, header...)
}

func (s *server) do(method, p string, header ...string) (*http.Response, string) {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), method, s.url+p, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	answer, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer, string(body)
}

// A tab is an open page: what it was served with, and the stream that it listens to.
type tab struct {
	s              *server
	path           string
	token, edition string
	events         *bufio.Scanner
	close          func()
}

type news struct {
	Do      string
	HTML    string
	Styles  []string
	Files   []string
	Edition int
	Wrong   struct {
		Errors, Warnings int
		Summary          string
		Broken           []struct {
			Path     string
			Problems []struct {
				Severity, Message, Hint, Rule, Excerpt string
				Places                                 []struct{ At, Open string }
			}
		}
	}
	Note  *struct{ Title, Href string }
	First bool
}

// open loads a page and listens.
func (s *server) open(p string) *tab {
	s.t.Helper()
	_, body := s.get(p)
	m := regexp.MustCompile(`<script type="module" src="/\.nwioi/live/live\.js" data-token="(\w+)" data-edition="(\d+)"></script>`).FindStringSubmatch(body)
	if m == nil {
		s.t.Fatalf("%s has no live client: %s", p, body)
	}
	b := &tab{s: s, path: p, token: m[1], edition: m[2]}
	b.listen("")
	return b
}

func (b *tab) listen(lastID string) {
	b.s.t.Helper()
	ctx, cancel := context.WithCancel(b.s.t.Context())
	url := fmt.Sprintf("%s/.nwioi/events?token=%s&edition=%s&page=%s", b.s.url, b.token, b.edition, b.path)
	request, _ := http.NewRequestWithContext(ctx, "GET", url, nil)
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	if lastID != "" {
		request.Header.Set("Last-Event-ID", lastID)
	}
	answer, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		b.s.t.Fatal(err)
	}
	if answer.StatusCode != 200 || answer.Header.Get("Content-Type") != "text/event-stream" {
		b.s.t.Fatalf("the stream answers %s, %s", answer.Status, answer.Header.Get("Content-Type"))
	}
	b.events = bufio.NewScanner(answer.Body)
	b.close = func() { cancel(); answer.Body.Close() }
	b.s.t.Cleanup(b.close)
}

// next returns the next message that says what to do.
func (b *tab) next() (n news) {
	b.s.t.Helper()
	stop := time.AfterFunc(10*time.Second, b.close)
	defer stop.Stop()
	for b.events.Scan() {
		if data, ok := strings.CutPrefix(b.events.Text(), "data: "); ok {
			n = news{}
			if err := json.Unmarshal([]byte(data), &n); err != nil {
				b.s.t.Fatal(err)
			}
			if n.Do != "also" {
				return n
			}
		}
	}
	b.s.t.Fatalf("%s: the stream ended without a message: %v", b.path, b.events.Err())
	return n
}

// until returns the first message for which ok holds.
func (b *tab) until(ok func(news) bool) news {
	b.s.t.Helper()
	for {
		if n := b.next(); ok(n) {
			return n
		}
	}
}

func TestPages(t *testing.T) {
	s := start(t, usual())
	for _, c := range []struct {
		path, kind, holds string
		status            int
	}{
		{"/", "text/html; charset=utf-8", "home", 200},
		{"/?q=x", "text/html; charset=utf-8", "home", 200},
		{"/about/", "text/html; charset=utf-8", "about us", 200},
		{"/about/index.html", "text/html; charset=utf-8", "about us", 200},
		{"/a.css", "text/css; charset=utf-8", "a{}", 200},
		{"/data.json", "application/json; charset=utf-8", "{}", 200},
		{"/none", "text/html; charset=utf-8", "not here", 404},
		{"/none/", "text/html; charset=utf-8", "not here", 404},
		{"/a.css/", "text/html; charset=utf-8", "not here", 404},
		{"/.nwioi/live/live.js", "text/javascript; charset=utf-8", "EventSource", 200},
		{"/.nwioi/page.css", "text/css; charset=utf-8", "color-scheme", 200},
		{"/.nwioi/manifest.json", "text/html; charset=utf-8", "not here", 404},
	} {
		answer, body := s.get(c.path)
		if answer.StatusCode != c.status || answer.Header.Get("Content-Type") != c.kind || !strings.Contains(body, c.holds) {
			t.Errorf("%s: %d %s %q, want %d %s with %q", c.path, answer.StatusCode, answer.Header.Get("Content-Type"), body, c.status, c.kind, c.holds)
		}
		for name, want := range map[string]string{
			"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
			"Cross-Origin-Resource-Policy": "same-origin", "X-Frame-Options": "DENY",
		} {
			if got := answer.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", c.path, name, got, want)
			}
		}
		policy := answer.Header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "connect-src 'self'") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: policy %q", c.path, policy)
		}
		if answer.Header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s may be read by other sites", c.path)
		}
		if live := strings.Contains(body, "live.js"); live != strings.HasPrefix(c.kind, "text/html") {
			t.Errorf("%s: live client %t", c.path, live)
		}
		head, nothing := s.do("HEAD", c.path)
		if head.StatusCode != c.status || nothing != "" || head.ContentLength != int64(len(body)) {
			t.Errorf("HEAD %s: %d, %d bytes announced, %d sent; GET has %d", c.path, head.StatusCode, head.ContentLength, len(nothing), len(body))
		}
	}
	if answer, _ := s.get("/about?q=1"); answer.StatusCode != 302 || answer.Header.Get("Location") != "/about/?q=1" {
		t.Errorf("/about: %s to %q", answer.Status, answer.Header.Get("Location"))
	}
	if answer, body := s.get("/a.css", "Range", "bytes=1-2"); answer.StatusCode != 206 || body != "{}" {
		t.Errorf("a range: %s %q", answer.Status, body)
	}
}

func TestASaveReachesTheOpenPage(t *testing.T) {
	s := start(t, usual())
	home, about := s.open("/"), s.open("/about/")
	for _, b := range []*tab{home, about} {
		if n := b.next(); n.Do != "nothing" || n.Wrong.Errors != 0 {
			t.Errorf("%s: on opening the page is told %+v", b.path, n)
		}
	}
	s.save("content/about.md", "about them")
	if n := about.until(func(n news) bool { return n.Do != "nothing" }); n.Do != "patch" || !strings.Contains(n.HTML, "<body>about them</body>") {
		t.Errorf("the edited page is told %+v", n)
	}
	if _, body := s.get("/about/"); !strings.Contains(body, "about them") {
		t.Errorf("after the event the old page is served: %q", body)
	}
	if n := home.next(); n.Do != "nothing" {
		t.Errorf("a page that did not change is told to %q", n.Do)
	}
	s.awaitLog(`Rebuilt in \d+ ms: 1 page changed`)

	// The same bytes once more are no news; the next message is about the stylesheet.
	s.save("content/about.md", "about them")
	s.save("static/a.css", "b{}")
	if n := home.until(func(n news) bool { return n.Do != "nothing" }); n.Do != "patch" || n.HTML != "" || !slices.Equal(n.Styles, []string{"/a.css"}) {
		t.Errorf("after a change of the stylesheet the page is told %+v", n)
	}

	s.save("content/new.md", "new")
	s.awaitLog(`Rebuilt in \d+ ms: 1 page changed(?s:.*)Rebuilt in \d+ ms: 1 page changed`)
	if answer, _ := s.get("/new/"); answer.StatusCode != 200 {
		t.Errorf("a new page: %s", answer.Status)
	}

	// A page that slept finds out at once, and one that did not miss anything stays.
	slept := s.open("/")
	slept.edition = "1"
	slept.listen("")
	if n := slept.next(); n.Do != "patch" || n.HTML != "" || !slices.Equal(n.Styles, []string{"/a.css"}) {
		t.Errorf("a stale page is told %+v", n)
	}
	current := fmt.Sprint(slept.next0(t).Edition)
	slept.listen(current)
	if n := slept.next(); n.Do != "nothing" {
		t.Errorf("a page that connects again with what it has is told to %q", n.Do)
	}
}

// next0 opens the page anew and returns its first message.
func (b *tab) next0(t *testing.T) news {
	t.Helper()
	return b.s.open(b.path).next()
}

func TestAFailingBuildKeepsTheLastGoodSite(t *testing.T) {
	s := start(t, usual())
	about := s.open("/about/")
	about.next()
	s.save("content/about.md", "a BROKEN page\x1b[31m")
	n := about.until(func(n news) bool { return n.Wrong.Errors > 0 })
	if n.Do != "nothing" || n.Wrong.Errors != 1 || n.Wrong.Summary != "1 error" || n.First {
		t.Fatalf("the page is told %+v", n)
	}
	p := n.Wrong.Broken[0].Problems[0]
	if p.Severity != "error" || p.Places[0].At != "content/about.md:1:3" || p.Message != `"BROKEN" is <b>not</b> a word` || p.Hint != "write it whole" || p.Rule != "page/broken" ||
		!strings.Contains(p.Excerpt, "1 | a BROKEN page") || !strings.Contains(p.Excerpt, "|   ^^^^^^") || strings.Contains(p.Excerpt, "\x1b") {
		t.Errorf("the problem is shown as %+v", p)
	}
	if answer, body := s.get("/about/"); answer.StatusCode != 200 || !strings.Contains(body, "about us") {
		t.Errorf("beneath stands %s %q", answer.Status, body)
	}
	s.awaitLog(`content/about.md:1:3: error: "BROKEN"(?s:.*)Rebuilt in \d+ ms: 1 error; the last good pages stay`)
	// A page that is opened now is told as well.
	if n := s.open("/").next(); n.Wrong.Errors != 1 || n.Do != "nothing" {
		t.Errorf("a page that is opened now is told %+v", n)
	}

	s.save("content/about.md", "about PANIC")
	n = about.until(func(n news) bool { return n.Wrong.Errors > 0 && n.Wrong.Broken[0].Problems[0].Rule == "build/panic" })
	if !strings.Contains(n.Wrong.Broken[0].Problems[0].Message, "out of <range>") {
		t.Errorf("a panic is told as %+v", n.Wrong)
	}

	s.save("content/about.md", "about us")
	if n := about.until(func(n news) bool { return n.Wrong.Errors == 0 }); n.Do == "reload" {
		t.Errorf("the old text is back, and the page is told %+v", n)
	}
	s.save("content/about.md", "about BROKEN")
	about.until(func(n news) bool { return n.Wrong.Errors == 1 })
	s.save("content/about.md", "about repaired")
	if n := about.until(func(n news) bool { return n.Wrong.Errors == 0 }); n.Do != "patch" || !strings.Contains(n.HTML, "about repaired") {
		t.Errorf("the page is repaired, and told %+v", n)
	}
}

func TestStartingWithBrokenContent(t *testing.T) {
	files := usual()
	files["content/about.md"] = "BROKEN <script>alert(1)</script>"
	s := start(t, files)
	s.awaitLog(`error: "BROKEN"`)
	answer, body := s.get("/")
	if answer.StatusCode != 503 || !strings.Contains(body, "content/about.md:1:3") || !strings.Contains(body, "&lt;b&gt;not&lt;/b&gt;") ||
		strings.Contains(body, "<script>") || !strings.Contains(body, "write it whole") || !strings.Contains(body, "^^^^^^") {
		t.Errorf("%s %s", answer.Status, body)
	}
	b := s.open("/")
	if n := b.next(); n.Do != "nothing" || !n.First {
		t.Errorf("the page of diagnostics is told %+v", n)
	}
	s.save("static/b.css", "BROKEN")
	if n := b.until(func(n news) bool { return n.Do != "nothing" }); n.Do != "reload" {
		t.Errorf("there are other diagnostics, and the page is told %+v", n)
	}
	os.Remove(filepath.Join(s.root, "static/b.css"))
	s.save("content/about.md", "fine")
	s.awaitLog(`Rebuilt in \d+ ms: .* changed`)
	if answer, body := s.get("/"); answer.StatusCode != 200 || !strings.Contains(body, "home") {
		t.Errorf("all is well, and / is %s %q", answer.Status, body)
	}
}

func TestAFileThatCannotBeMade(t *testing.T) {
	s := start(t, usual())
	b := s.open("/about/")
	b.next()
	s.save("content/about.md", "UNMADE")
	if n := b.until(func(n news) bool { return n.Do != "nothing" }); n.Do != "reload" {
		t.Errorf("the page is told %+v", n)
	}
	answer, body := s.get("/about/")
	if answer.StatusCode != 500 || !strings.Contains(body, "about/index.html could not be made: there is no &lt;field&gt;") {
		t.Errorf("%s %s", answer.Status, body)
	}
	if answer, _ := s.get("/"); answer.StatusCode != 200 {
		t.Errorf("another page is %s", answer.Status)
	}
	again := s.open("/about/")
	again.next()
	s.save("content/about.md", "made")
	if n := again.until(func(n news) bool { return n.Do != "nothing" }); n.Do != "patch" {
		t.Errorf("the page of the error is told %+v", n)
	}
}

func TestTheEnd(t *testing.T) {
	s := start(t, usual())
	b := s.open("/")
	b.next()
	s.stop()
	select {
	case err := <-s.done:
		if err != nil {
			t.Error(err)
		}
		s.done <- err
	case <-time.After(5 * time.Second):
		t.Fatal("an open stream keeps the server from ending")
	}
	if b.events.Scan() && b.events.Text() != "" {
		t.Errorf("the stream goes on: %q", b.events.Text())
	}
	l, err := net.Listen("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		t.Fatalf("the port is still taken: %v", err)
	}
	l.Close()
}

func TestAddresses(t *testing.T) {
	for addr, words := range map[string]string{
		"0.0.0.0:4000":             "could be reached from other machines",
		":4000":                    "could be reached from other machines",
		"[::]:4000":                "could be reached from other machines",
		"192.168.1.1:4000":         "could be reached from other machines",
		"example.org:80":           "could be reached from other machines",
		"127.0.0.1.evil.test:4000": "could be reached from other machines",
		"[::ffff:10.0.0.1]:1":      "could be reached from other machines",
		"[fe80::1%lo]:4000":        "could be reached from other machines",
		"4000":                     "not an address with a port",
		"":                         "not an address with a port",
		"127.0.0.1:http":           "not a port",
		"127.0.0.1:65536":          "not a port",
	} {
		err := serve.Run(t.Context(), serve.Config{Addr: addr, Root: t.TempDir(), Build: new(maker).build})
		if _, ok := errors.AsType[*serve.Refused](err); !ok || !strings.Contains(err.Error(), words) {
			t.Errorf("%q: got %v, want it refused since it is %s", addr, err, words)
		}
	}
	s := start(t, usual())
	addr := strings.TrimPrefix(s.url, "http://")
	_, port, _ := net.SplitHostPort(addr)
	for _, addr := range []string{addr, "localhost:" + port} {
		err := serve.Run(t.Context(), serve.Config{Addr: addr, Root: t.TempDir(), Build: new(maker).build})
		if _, ok := errors.AsType[*serve.Failed](err); !ok || !strings.Contains(err.Error(), "Port "+port+" is in use") || !strings.Contains(err.Error(), "--addr 127.0.0.1:") {
			t.Errorf("a port in use: %v", err)
		}
	}
}
