package serve_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"nwioi/internal/serve"
)

// A desk stands for the handler of the forms: it says what it was given.
type desk struct{ wrote atomic.Int32 }

func (d *desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPost {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, "too long", http.StatusRequestEntityTooLarge)
			return
		}
		d.wrote.Add(1)
		fmt.Fprintf(w, "written: %d", len(body))
		return
	}
	fmt.Fprintf(w, "form with %s", r.Header.Get(serve.TokenHeader))
}

func TestHostileWrites(t *testing.T) {
	forms := new(desk)
	s := startAs(t, usual(), func(c *serve.Config) { c.Edit = forms })
	_, body := s.get("/.nwioi/edit/")
	token, ok := strings.CutPrefix(body, "form with ")
	if !ok || len(token) < 20 {
		t.Fatalf("the form is %q", body)
	}
	const same = "Origin: http://{host}"
	post := func(target, body string, headers ...string) string {
		return "POST " + target + " HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n" + strings.Join(headers, "\r\n") +
			fmt.Sprintf("\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
	}
	json, key := "Content-Type: application/json", "X-Nwioi-Token: "+token
	for _, c := range []struct {
		name, request string
		status        int
	}{
		{"no token", post("/.nwioi/edit/save", "{}", json, same), 403},
		{"an empty token", post("/.nwioi/edit/save", "{}", json, same, "X-Nwioi-Token: "), 403},
		{"a wrong token", post("/.nwioi/edit/save", "{}", json, same, "X-Nwioi-Token: "+strings.Repeat("A", len(token))), 403},
		{"the beginning of the token", post("/.nwioi/edit/save", "{}", json, same, "X-Nwioi-Token: "+token[:len(token)-1]), 403},
		{"the token in the address", post("/.nwioi/edit/save?token="+token, "{}", json, same), 403},
		{"the token in a cookie", post("/.nwioi/edit/save", "{}", json, same, "Cookie: X-Nwioi-Token="+token), 403},
		{"no origin", post("/.nwioi/edit/save", "{}", json, key), 403},
		{"a null origin", post("/.nwioi/edit/save", "{}", json, key, "Origin: null"), 403},
		{"a foreign origin", post("/.nwioi/edit/save", "{}", json, key, "Origin: https://evil.test"), 403},
		{"another port", post("/.nwioi/edit/save", "{}", json, key, "Origin: http://127.0.0.1:1"), 403},
		{"a foreign site", post("/.nwioi/edit/save", "{}", json, key, same, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"), 403},
		{"another port's script", post("/.nwioi/edit/save", "{}", json, key, same, "Sec-Fetch-Site: same-site"), 403},
		{"typed into the address bar", post("/.nwioi/edit/save", "{}", json, key, same, "Sec-Fetch-Site: none"), 403},
		{"a plain form", post("/.nwioi/edit/save", "a=b", "Content-Type: application/x-www-form-urlencoded", key, same), 415},
		{"plain text", post("/.nwioi/edit/save", "{}", "Content-Type: text/plain", key, same), 415},
		{"no type", post("/.nwioi/edit/save", "{}", key, same), 415},
		{"a type that is none", post("/.nwioi/edit/save", "{}", "Content-Type: ;;", key, same), 415},
		{"rebinding", strings.Replace(post("/.nwioi/edit/save", "{}", json, key, "Origin: http://evil.test"), "Host: {host}", "Host: evil.test", 1), 403},
		{"steps up", post("/.nwioi/edit/../../save", "{}", json, key, same), 400},
		{"another method", strings.Replace(post("/.nwioi/edit/save", "{}", json, key, same), "POST", "PUT", 1), 405},
		{"removing", strings.Replace(post("/.nwioi/edit/save", "{}", json, key, same), "POST", "DELETE", 1), 405},
		{"a page", post("/about/", "{}", json, key, same), 405},
		{"a page of the server", post("/.nwioi/changes/", "{}", json, key, same), 405},
		{"more than is taken, as it says", "POST /.nwioi/edit/photo HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n" + json + "\r\n" + key + "\r\n" + same + "\r\nContent-Length: 99999999\r\n\r\n", 413},
		{"a length that is none", "POST /.nwioi/edit/save HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n" + json + "\r\n" + key + "\r\n" + same + "\r\nContent-Length: -1\r\n\r\n", 400},
	} {
		answer, body := s.raw(c.request)
		if answer.StatusCode != c.status {
			t.Errorf("%s: %s, want %d", c.name, answer.Status, c.status)
		}
		if strings.Contains(body, token) || strings.Contains(body, "evil.test") {
			t.Errorf("%s: the answer is %q", c.name, body)
		}
	}
	if n := forms.wrote.Load(); n != 0 {
		t.Fatalf("%d of them were written", n)
	}

	// A body that does not say how long it is ends where the server's patience does.
	chunk := strings.Repeat("x", 1<<20)
	endless := "POST /.nwioi/edit/photo HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n" + json + "\r\n" + key + "\r\n" + same + "\r\nTransfer-Encoding: chunked\r\n\r\n" +
		strings.Repeat(fmt.Sprintf("%x\r\n%s\r\n", len(chunk), chunk), 27) + "0\r\n\r\n"
	if answer, _ := s.raw(endless); answer.StatusCode != 413 {
		t.Errorf("too long in chunks: %s", answer.Status)
	}

	for name, request := range map[string]string{
		"what a script of ours sends": post("/.nwioi/edit/save", "{}", json, key, same, "Sec-Fetch-Site: same-origin"),
		"what an older browser sends": post("/.nwioi/edit/save", "{}", json+"; charset=utf-8", key, same),
		"a picture":                   post("/.nwioi/edit/photo", "x", "Content-Type: multipart/form-data; boundary=b", key, same),
	} {
		if answer, body := s.raw(request); answer.StatusCode != 200 || !strings.HasPrefix(body, "written") {
			t.Errorf("%s: %s %q", name, answer.Status, body)
		}
	}
	// What reads never writes, and a form is not shown to others.
	if answer, body := s.get("/.nwioi/edit/save", "X-Nwioi-Token", token); answer.StatusCode != 200 || strings.Contains(body, "written") {
		t.Errorf("GET: %s %q", answer.Status, body)
	}
	if answer, body := s.get("/.nwioi/edit/", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"); answer.StatusCode != 403 || strings.Contains(body, token) {
		t.Errorf("a link from elsewhere: %s %q", answer.Status, body)
	}
	// The token that a request brings is not the one that a page gives back.
	if _, body := s.get("/.nwioi/edit/", "X-Nwioi-Token", "theirs"); body != "form with "+token {
		t.Errorf("the form is %q", body)
	}
}

// A server without forms takes no writes at all.
func TestNoForms(t *testing.T) {
	s := start(t, usual())
	if answer, _ := s.do("POST", "/.nwioi/edit/save"); answer.StatusCode != 405 {
		t.Errorf("POST: %s", answer.Status)
	}
	if answer, _ := s.get("/.nwioi/edit/"); answer.StatusCode != 404 {
		t.Errorf("GET: %s", answer.Status)
	}
}
