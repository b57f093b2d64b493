package serve_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// raw sends bytes as they are and returns the answer and its body.
func (s *server) raw(text string) (*http.Response, string) {
	s.t.Helper()
	addr := strings.TrimPrefix(s.url, "http://")
	c, err := net.Dial("tcp", addr)
	if err != nil {
		s.t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(10 * time.Second))
	if _, err := io.WriteString(c, strings.ReplaceAll(text, "{host}", addr)); err != nil {
		s.t.Fatal(err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		s.t.Fatalf("%q: %v", text, err)
	}
	defer answer.Body.Close()
	body, _ := io.ReadAll(io.LimitReader(answer.Body, 1<<20))
	return answer, string(body)
}

func TestHostileRequests(t *testing.T) {
	files := usual()
	files["secret.txt"] = "private"
	files["data/private.yaml"] = "private"
	s := start(t, files)
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(s.url, "http://"))
	line := func(target string) string {
		return "GET " + target + " HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
	}
	host := func(name string) string {
		return "GET / HTTP/1.1\r\nHost: " + name + "\r\nConnection: close\r\n\r\n"
	}
	with := func(target string, headers ...string) string {
		return "GET " + target + " HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n" + strings.Join(headers, "\r\n") + "\r\n\r\n"
	}
	for _, c := range []struct {
		name, request string
		status        []int
	}{
		{"rebinding", host("evil.test"), []int{403}},
		{"rebinding with our port", host("evil.test:" + port), []int{403}},
		{"a name that begins like ours", host("127.0.0.1.evil.test:" + port), []int{403}},
		{"a name that ends like ours", host("evil-localhost:" + port), []int{403}},
		{"our name with another port", host("127.0.0.1:1"), []int{403}},
		{"our name without a port", host("localhost"), []int{403}},
		{"no name", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", []int{400, 403}},
		{"an old version without a name", "GET / HTTP/1.0\r\n\r\n", []int{403}},
		{"an empty name", host(""), []int{403}},
		{"two names", "GET / HTTP/1.1\r\nHost: {host}\r\nHost: evil.test\r\n\r\n", []int{400}},
		{"another machine in the request line", "GET http://evil.test/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n", []int{403}},
		{"the other machine's stream", "GET http://evil.test/.nwioi/events HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n", []int{403}},

		{"steps up", line("/../secret.txt"), []int{400}},
		{"steps up, encoded", line("/%2e%2e/secret.txt"), []int{400}},
		{"steps up, slash encoded", line("/..%2fsecret.txt"), []int{400}},
		{"steps up, encoded twice", line("/%252e%252e/secret.txt"), []int{404}},
		{"steps up with backslashes", line(`/..\secret.txt`), []int{400}},
		{"steps up with encoded backslashes", line("/..%5csecret.txt"), []int{400}},
		{"steps up in the middle", line("/about/../data/private.yaml"), []int{400}},
		{"a step nowhere", line("/./about/"), []int{400}},
		{"an encoded slash", line("/about%2f"), []int{400}},
		{"a null byte", line("/about%00/"), []int{400}},
		{"a line break", line("/about%0d%0aSet-Cookie:x/"), []int{400}},
		{"another scheme", line("file:///etc/passwd"), []int{400, 403, 404}},
		{"the file's own name on disk", line("/content/about.md"), []int{404}},
		{"a drive", line("/C:/secret.txt"), []int{404}},
		{"bytes that are no text", line("/%ff%fe"), []int{404}},

		{"two slashes to elsewhere", line("//evil.test/"), []int{400}},
		{"two slashes and a page", line("//about"), []int{400}},
		{"two slashes at the end", line("/about//"), []int{400}},
		{"slash and backslash", line(`/\evil.test`), []int{400}},
		{"three slashes", line("///evil.test/%2e%2e"), []int{400}},
		{"at sign", line("/@evil.test"), []int{404}},

		{"a cross-site frame", with("/", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"), []int{403}},
		{"a cross-site script", with("/.nwioi/live/live.js", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: script"), []int{403}},
		{"a script of another port", with("/data.json", "Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: no-cors"), []int{403}},
		{"a cross-site stream", with("/.nwioi/events", "Origin: https://evil.test"), []int{403}},
		{"a foreign origin", with("/data.json", "Origin: http://localhost:1"), []int{403}},
		{"a null origin", with("/data.json", "Origin: null"), []int{403}},
		{"a link followed to the stream", with("/.nwioi/events", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"), []int{403}},
		{"a stream without the token", with("/.nwioi/events?page=/", "Sec-Fetch-Site: same-origin"), []int{403}},
		{"a stream with a wrong token", with("/.nwioi/events?token=x&page=/", "Sec-Fetch-Site: same-origin"), []int{403}},

		{"POST", "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx", []int{405}},
		{"PUT", "PUT /about/ HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", []int{405}},
		{"OPTIONS", "OPTIONS / HTTP/1.1\r\nHost: {host}\r\nOrigin: https://evil.test\r\nAccess-Control-Request-Method: PUT\r\nConnection: close\r\n\r\n", []int{405}},
		{"OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n", []int{200, 405}},
		{"CONNECT", "CONNECT evil.test:443 HTTP/1.1\r\nHost: evil.test:443\r\nConnection: close\r\n\r\n", []int{405}},
		{"an invented method", "BREW / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n", []int{405}},
		{"too long a header", with("/", "X: "+strings.Repeat("x", 80<<10)), []int{431}},
		{"too long a path", line("/" + strings.Repeat("x", 80<<10)), []int{431}},
		{"a path of many parts", line("/" + strings.Repeat("x/", 10<<10)), []int{404}},
		{"an answer that would repeat the request", line("/<script>alert(1)</script>"), []int{400, 404}},
		{"no request", "\x16\x03\x01\r\n\r\n", []int{400}},
	} {
		answer, body := s.raw(c.request)
		allowed := false
		for _, status := range c.status {
			allowed = allowed || answer.StatusCode == status
		}
		if !allowed {
			t.Errorf("%s: %s, want %d", c.name, answer.Status, c.status)
		}
		if to := answer.Header.Get("Location"); to != "" {
			t.Errorf("%s: leads to %q", c.name, to)
		}
		for _, word := range []string{"private", "alert(1)", "evil.test", "about us", s.root} {
			if strings.Contains(body, word) {
				t.Errorf("%s: the answer holds %q: %s", c.name, word, body)
			}
		}
		if answer.Header.Get("Set-Cookie") != "" || answer.Header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: headers %v", c.name, answer.Header)
		}
	}
	for name, request := range map[string]string{
		"127.0.0.1":              host("127.0.0.1:" + port),
		"localhost":              host("localhost:" + port),
		"LOCALHOST":              host("LOCALHOST:" + port),
		"[::1]":                  host("[::1]:" + port),
		"a link from elsewhere":  with("/", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"),
		"the address bar":        with("/", "Sec-Fetch-Site: none", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"),
		"our own script":         with("/", "Sec-Fetch-Site: same-origin", "Origin: http://127.0.0.1:"+port),
		"in the other short way": "GET http://{host}/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n",
	} {
		if answer, body := s.raw(request); answer.StatusCode != 200 || !strings.Contains(body, "home") {
			t.Errorf("%s: %s %q", name, answer.Status, body)
		}
	}
}

func TestStreamsAreLimited(t *testing.T) {
	s := start(t, usual())
	first := s.open("/")
	url := fmt.Sprintf("/.nwioi/events?token=%s&edition=1&page=/", first.token)
	var tabs []*tab
	for range 63 {
		b := &tab{s: s, path: "/", token: first.token, edition: "1"}
		b.listen("")
		tabs = append(tabs, b)
	}
	if answer, _ := s.get(url); answer.StatusCode != 503 || answer.Header.Get("Retry-After") == "" {
		t.Errorf("one stream too many: %s", answer.Status)
	}
	// A page asks with HEAD whether its token still holds.
	if answer, _ := s.do("HEAD", url); answer.StatusCode != 200 {
		t.Errorf("HEAD of the stream: %s", answer.Status)
	}
	if answer, _ := s.do("HEAD", "/.nwioi/events?token=old"); answer.StatusCode != 403 {
		t.Errorf("HEAD with a token of another run: %s", answer.Status)
	}
	s.save("content/index.md", "changed")
	for _, b := range tabs {
		b.until(func(n news) bool { return n.Do == "patch" })
		b.close()
	}
}
