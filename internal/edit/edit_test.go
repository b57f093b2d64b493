package edit_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"nwioi/internal/build"
	"nwioi/internal/edit"
	"nwioi/internal/serve"
	"nwioi/internal/site"
	"nwioi/internal/source"
)

var today = site.Date{Year: 2026, Month: 11, Day: 23}

// A desk is a site's folder with the handler that edits it.
type desk struct {
	t       testing.TB
	root    string
	handler *edit.Handler
	builder *build.Builder
}

// open returns a desk for a copy of this repository's own site.
func open(t testing.TB) *desk {
	t.Helper()
	d := &desk{t: t, root: t.TempDir()}
	for _, folder := range []string{"content", "data", "themes"} {
		if err := os.CopyFS(filepath.Join(d.root, folder), os.DirFS(filepath.Join("../..", folder))); err != nil {
			t.Fatal(err)
		}
	}
	options := site.Options{AsOf: today, Preview: true}
	d.builder = build.New(build.Options{Options: options})
	options.Drafts, options.BaseURL = true, "http://127.0.0.1"+edit.PreviewPath
	typed := build.New(build.Options{Options: options})
	d.handler = edit.New(edit.Config{Root: d.root, Today: today, MediaType: serve.MediaType, Build: func(tree *source.Tree) edit.Built {
		r := typed.Build(tree)
		return edit.Built{Set: r.Set, Problems: r.Problems, Edition: r.Edition}
	}})
	d.follow()
	return d
}

// follow reads the folder as the server does after a save.
func (d *desk) follow() {
	d.t.Helper()
	tree, _ := source.ReadDir(d.root, nil)
	d.handler.Follow(tree, d.builder.Build(tree).Edition)
}

func (d *desk) read(p string) []byte {
	d.t.Helper()
	data, err := os.ReadFile(filepath.Join(d.root, filepath.FromSlash(p)))
	if err != nil {
		d.t.Fatal(err)
	}
	return data
}

func (d *desk) write(p, text string) {
	d.t.Helper()
	if err := os.WriteFile(filepath.Join(d.root, filepath.FromSlash(p)), []byte(text), 0o644); err != nil {
		d.t.Fatal(err)
	}
}

// get returns the answer to a request for a page of the form.
func (d *desk) get(address string) *httptest.ResponseRecorder {
	d.t.Helper()
	w := httptest.NewRecorder()
	d.handler.ServeHTTP(w, httptest.NewRequestWithContext(d.t.Context(), http.MethodGet, "/.nwioi/edit/"+address, nil))
	return w
}

// post asks for an action and reads the answer into a map.
func (d *desk) post(action string, body map[string]any) (map[string]any, int) {
	d.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		d.t.Fatal(err)
	}
	w := httptest.NewRecorder()
	d.handler.ServeHTTP(w, httptest.NewRequestWithContext(d.t.Context(), http.MethodPost, "/.nwioi/edit/"+action, bytes.NewReader(text)))
	var answer map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		d.t.Fatalf("%s: %d %s", action, w.Code, w.Body)
	}
	return answer, w.Code
}

// save asks to save values into a file as it is on disk.
func (d *desk) save(p string, values map[string]any, more ...any) map[string]any {
	d.t.Helper()
	body := map[string]any{"file": p, "base": d.read(p), "values": values}
	for i := 0; i < len(more); i += 2 {
		body[more[i].(string)] = more[i+1]
	}
	answer, _ := d.post("save", body)
	return answer
}

const ada = "data/practitioners/ada-okafor.yaml"

// changed returns the lines of a that b does not have, and the other way round, in the manner of diff.
func changed(a, b []byte) string {
	dir, err := os.MkdirTemp("", "diff")
	if err != nil {
		return err.Error()
	}
	defer os.RemoveAll(dir)
	os.WriteFile(filepath.Join(dir, "a"), a, 0o644)
	os.WriteFile(filepath.Join(dir, "b"), b, 0o644)
	cmd := exec.Command("git", "diff", "--no-index", "--unified=0", "a", "b")
	cmd.Dir = dir
	out, _ := cmd.Output()
	var lines []string
	for line := range strings.Lines(string(out)) {
		if (line[0] == '-' || line[0] == '+') && !strings.HasPrefix(line, "---") && !strings.HasPrefix(line, "+++") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}

func TestSaveChangesOnlyTheValue(t *testing.T) {
	d := open(t)
	for _, c := range []struct {
		name   string
		values map[string]any
		want   string
	}{
		{"a text", map[string]any{"headline": "For couples who want to laugh again"},
			"-headline: For couples who love each other and have stopped reaching for each other\n+headline: For couples who want to laugh again\n"},
		{"a key of a group in one line", map[string]any{"fees": map[string]any{"individual": map[string]any{"amount": "195"}}},
			"-  individual: {amount: 190, minutes: 50}\n+  individual: {amount: 195, minutes: 50}\n"},
		{"a date", map[string]any{"last_confirmed": "2026-11-23"}, "-last_confirmed: 2026-11-09\n+last_confirmed: 2026-11-23\n"},
		{"a tick", map[string]any{"fees": map[string]any{"superbill": "false"}}, "-  superbill: true\n+  superbill: false\n"},
		{"a choice more", map[string]any{"clients": []any{"couples", "individuals", "relationships", "families"}},
			"-clients: [couples, individuals, relationships]\n+clients: [couples, individuals, relationships, families]\n"},
		{"a choice less, whatever the order", map[string]any{"clients": []any{"relationships", "couples"}},
			"-clients: [couples, individuals, relationships]\n+clients: [couples, relationships]\n"},
		{"an item taken out", map[string]any{"licenses": []any{map[string]any{"from": 1, "value": map[string]any{}}}},
			"-  - state: WA\n-    type: LMFT\n-    number: SAMPLE-LF-0101\n-    expires: 2027-08-31\n-    verified_on: 2026-09-01\n-    verify_url: https://example.org/license-check/ada-okafor\n"},
		{"an item changed", map[string]any{"licenses": []any{map[string]any{"from": 0, "value": map[string]any{"expires": "2028-08-31"}}, map[string]any{"from": 1, "value": map[string]any{}}}},
			"-    expires: 2027-08-31\n+    expires: 2028-08-31\n"},
		{"an item taken out before one that changes", map[string]any{"certifications": []any{
			map[string]any{"from": 0, "value": map[string]any{}}, map[string]any{"from": 2, "value": map[string]any{}}, map[string]any{"from": 3, "value": map[string]any{"since": "2015"}}}},
			"-  - {type: aasect-cst-s, since: 2017, verified_on: 2026-09-01}\n-  - {type: iceeft, since: 2014}\n+  - {type: iceeft, since: 2015}\n"},
		{"a key more", map[string]any{"practice": "Example Shoreline Therapy", "pronunciation": "AH-dah"},
			"-pronunciation: AH-dah oh-KAH-for\n+pronunciation: AH-dah\n"},
		{"a key less", map[string]any{"pronouns": ""}, "-pronouns: she/her\n"},
		{"nothing", map[string]any{"headline": "For couples who love each other and have stopped reaching for each other", "degrees": []any{map[string]any{"from": 0, "value": "PhD"}}}, ""},
		{"the same text with other line ends", map[string]any{"bio": strings.ReplaceAll(field(t, d.read(ada), "bio"), "\n", "\r\n")}, ""},
	} {
		before := d.read(ada)
		answer := d.save(ada, c.values, "over", true)
		if answer["saved"] != true {
			t.Errorf("%s: not saved: %v", c.name, answer)
			continue
		}
		if got := changed(before, d.read(ada)); got != c.want {
			t.Errorf("%s: the file changed in\n%s\nwant\n%s", c.name, got, c.want)
		}
		d.write(ada, string(before))
	}
}

// field returns the text of a block of the record.
func field(t *testing.T, data []byte, key string) string {
	t.Helper()
	m := regexp.MustCompile(`(?m)^` + key + `: \|\n((?:  .*\n|\n)+)`).FindSubmatch(data)
	if m == nil {
		t.Fatalf("no %s", key)
	}
	return regexp.MustCompile(`(?m)^  `).ReplaceAllString(string(m[1]), "")
}

func TestMode(t *testing.T) {
	d := open(t)
	full := filepath.Join(d.root, filepath.FromSlash(ada))
	if err := os.Chmod(full, 0o640); err != nil {
		t.Fatal(err)
	}
	if answer := d.save(ada, map[string]any{"pronouns": "they/them"}); answer["saved"] != true {
		t.Fatal(answer)
	}
	if info, err := os.Stat(full); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("the mode is %v (%v)", info.Mode(), err)
	}
	left, _ := fs.Glob(os.DirFS(filepath.Dir(full)), ".*")
	if len(left) > 0 {
		t.Errorf("saving left %v behind", left)
	}
}
