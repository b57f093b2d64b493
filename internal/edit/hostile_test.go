package edit_test

import (
	"bytes"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// snapshot returns every file below a folder with what it says; links as what they lead to.
func snapshot(t *testing.T, root string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(root, func(p string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(p)
		files[p] = string(data)
		if entry.Type()&fs.ModeSymlink != 0 {
			files[p], err = os.Readlink(p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// No path of a request reads or writes anything but a record or page of the site.
func TestPathsAreConfined(t *testing.T) {
	d := open(t)
	outside := t.TempDir()
	for _, name := range []string{"secret.yaml", "secret.md"} {
		if err := os.WriteFile(filepath.Join(outside, name), []byte("title: secret words\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(d.root, "static"), 0o755); err != nil {
		t.Fatal(err)
	}
	d.write("static/copied.md", "---\ntitle: secret words\n---\n")
	for link, to := range map[string]string{
		"data/practitioners/linked.yaml": filepath.Join(outside, "secret.yaml"),
		"content/linked.md":              filepath.Join(outside, "secret.md"),
		"content/inside.md":              "about.md",
		"content/elsewhere":              outside,
		"content/loop":                   "loop",
		"content/inward":                 "../static",
	} {
		if err := os.Symlink(to, filepath.Join(d.root, filepath.FromSlash(link))); err != nil {
			t.Skip("no links here:", err)
		}
	}
	if err := os.MkdirAll(filepath.Join(d.root, "data/practitioners/folder.yaml"), 0o755); err != nil {
		t.Fatal(err)
	}
	d.follow()
	before, beforeOutside := snapshot(t, d.root), snapshot(t, outside)
	for _, p := range []string{
		"", ".", "..", "/", "/etc/passwd", "../secret.yaml", "data/practitioners/../../../secret.yaml", "data/practitioners/../site.yaml",
		"./data/practitioners/ada-okafor.yaml", "data//practitioners/ada-okafor.yaml", "/data/practitioners/ada-okafor.yaml",
		"data/practitioners/ada-okafor.yaml/", "data/practitioners/ada-okafor.yaml\x00.md", "data/practitioners/new\nline.yaml",
		`data\practitioners\ada-okafor.yaml`, `data/practitioners/..\..\x.yaml`, `C:\site\x.yaml`, "C:/site/x.yaml", "content/c:x.md",
		"data/practitioners/con.yaml", "data/practitioners/NUL.yaml", "content/aux.md", "content/com1.md", "content/lpt9.x.md", "content/CONIN$.md",
		"content/x .md ", "content/dot./x.md", "content/a?.md", "content/a*.md", "content/a|b.md", "content/<a>.md", "content/about.md::$DATA",
		"data/practitioners/.hidden.yaml", "content/.git/config.md", ".git/config", "content/x.md~", "content/#x.md#",
		"data/site.yaml", "data/vocabulary/concern.yaml", "data/pathway.yaml", "data/referrals.yaml", "data/practitioners/photos/ada-okafor.jpg",
		"data/practitioners/sub/x.yaml", "data/practitioners/x.md", "content/x.html", "content/x.yaml", "themes/institute/templates/page.html", "static/x.md",
		"data/practitioners/linked.yaml", "content/linked.md", "content/inside.md", "content/elsewhere/secret.md", "content/loop/x.md", "content/inward/copied.md",
		"data/practitioners/folder.yaml", "content/" + strings.Repeat("x", 500) + ".md", "content/" + strings.Repeat("x/", 300) + "x.md", "\xff\xfe.md",
	} {
		page := d.get("?" + url.Values{"file": {p}}.Encode())
		if strings.Contains(page.Body.String(), "secret words") || page.Code == http.StatusOK && p != "" {
			t.Errorf("the form of %q: %d", p, page.Code)
		}
		for _, action := range []string{"check", "save", "delete"} {
			for _, base := range [][]byte{nil, []byte("title: secret words\n"), []byte("name: x\n")} {
				answer, _ := d.post(action, map[string]any{"file": p, "base": base, "values": map[string]any{"title": "written"}, "over": true, "gone": true, "sure": "lost"})
				if answer["saved"] == true && len(base) == 0 && strings.HasSuffix(p, ".md") {
					t.Errorf("%s of %q: %v", action, p, answer)
				}
				if answer["removed"] == true {
					t.Errorf("%s of %q removed it", action, p)
				}
			}
		}
	}
	if after := snapshot(t, outside); !same(after, beforeOutside) {
		t.Error("something outside of the site changed")
	}
	if after := snapshot(t, d.root); !same(after, before) {
		for p := range after {
			if before[p] != after[p] {
				t.Errorf("%s changed", p)
			}
		}
	}
}

func same(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range a {
		if w, ok := b[k]; !ok || v != w {
			return false
		}
	}
	return true
}

// What cannot be read is answered with a sentence, and the next request is served as ever.
func TestHostileForms(t *testing.T) {
	d := open(t)
	base := d.read(ada)
	for name, body := range map[string]string{
		"no JSON":              "x",
		"a list":               "[]",
		"a number for a path":  `{"file": 5}`,
		"bytes that are none":  `{"file": "` + ada + `", "base": "!!"}`,
		"deep nesting":         strings.Repeat("[", 100000),
		"more than is read":    `{"file": "` + strings.Repeat("x", 9<<20) + `"}`,
		"a base of two lines":  `{"file": "` + ada + `", "base": "` + strings.Repeat("QUFB", 600000) + `"}`,
		"nothing":              "",
		"an action for nobody": `{}`,
	} {
		for _, action := range []string{"check", "save", "new", "delete"} {
			w := httptest.NewRecorder()
			d.handler.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/.nwioi/edit/"+action, strings.NewReader(body)))
			if w.Code < 400 || w.Code >= 500 || !strings.Contains(w.Body.String(), "sorry") {
				t.Errorf("%s to %s: %d %s", name, action, w.Code, w.Body)
			}
		}
	}
	for name, values := range map[string]map[string]any{
		"a text for a group":       {"name": "Ada"},
		"a group for a text":       {"headline": map[string]any{"a": "b"}},
		"a list for a text":        {"headline": []any{"a"}},
		"a number for a text":      {"headline": 5},
		"an unknown key":           {"password": "x"},
		"an unknown key inside":    {"name": map[string]any{"password": "x"}},
		"an item from nowhere":     {"licenses": []any{map[string]any{"from": 99, "value": map[string]any{}}}},
		"half an item":             {"licenses": []any{map[string]any{"from": 0.5, "value": map[string]any{}}}},
		"one item twice":           {"licenses": []any{map[string]any{"from": 0, "value": map[string]any{}}, map[string]any{"from": 0, "value": map[string]any{}}}},
		"an item without its from": {"licenses": []any{map[string]any{"value": map[string]any{}}}},
		"a list of lists":          {"licenses": []any{[]any{}}},
		"what the form never has":  {"private": map[string]any{"note": "x"}},
	} {
		if answer, status := d.post("save", map[string]any{"file": ada, "base": base, "values": values, "over": true}); status < 400 || status >= 500 {
			t.Errorf("%s: %d %v", name, status, answer)
		}
	}
	if !bytes.Equal(d.read(ada), base) {
		t.Error("something was written")
	}
	if answer, status := d.post("check", map[string]any{"file": ada, "base": base}); status != 200 {
		t.Errorf("the form after all this: %d %v", status, answer)
	}
}

// A file that cannot be read as a record is edited as text, and the form is back when that is right.
func TestBrokenFilesAreEditedAsText(t *testing.T) {
	d := open(t)
	d.write(ada, "name: [\nstatus: active\n")
	page := d.get("?file=" + ada).Body.String()
	if !strings.Contains(page, "name: [\nstatus: active\n</textarea>") {
		t.Fatalf("the page is\n%s", page)
	}
	answer, _ := d.post("check", map[string]any{"file": ada, "base": d.read(ada), "source": "name: [\nstatus: paused\n"})
	if problems := answer["problems"].([]any); len(problems) == 0 || answer["absent"] == "" {
		t.Errorf("still broken: %v", answer)
	}
	if answer := d.save(ada, nil, "source", "name: {given: Ada, family: Okafor}\nstatus: active\n", "over", true); answer["saved"] != true {
		t.Fatal(answer)
	}
	if page = d.get("?file=" + ada).Body.String(); !strings.Contains(page, `value="Okafor"`) {
		t.Error("the form is not back")
	}
	// Line ends stay as they are.
	d.write(ada, "name: [\r\n")
	if answer := d.save(ada, nil, "source", "name: {given: Ada, family: Okafor}\n", "over", true); answer["saved"] != true || string(d.read(ada)) != "name: {given: Ada, family: Okafor}\r\n" {
		t.Errorf("%v: %q", answer, d.read(ada))
	}
}
