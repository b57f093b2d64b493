package edit_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestNew(t *testing.T) {
	d := open(t)
	for _, c := range []struct{ kind, name, file string }{
		{"practitioner", "  Zoë   Ünal ", "data/practitioners/zoe-unal.yaml"},
		{"event", "An evening talk", "data/events/an-evening-talk.yaml"},
		{"news", "Our new course", "content/news/our-new-course.md"},
	} {
		answer, status := d.post("new", map[string]any{"kind": c.kind, "name": c.name})
		if status != 200 || answer["file"] != c.file {
			t.Fatalf("%s: %d %v", c.kind, status, answer)
		}
		d.follow()
		page := d.get(strings.TrimPrefix(answer["href"].(string), "/.nwioi/edit/"))
		if page.Code != 200 || strings.Contains(page.Body.String(), "There is no form") {
			t.Errorf("%s: the form is\n%s", c.kind, page.Body)
		}
		written := d.read(c.file)
		if answer, status = d.post("new", map[string]any{"kind": c.kind, "name": c.name}); status != 422 || !strings.Contains(answer["sorry"].(string), c.file) {
			t.Errorf("%s once more: %d %v", c.kind, status, answer)
		}
		if string(d.read(c.file)) != string(written) {
			t.Errorf("%s once more: the file was written over", c.kind)
		}
	}
	for name, body := range map[string]map[string]any{
		"no name":        {"kind": "event", "name": " "},
		"no letters":     {"kind": "event", "name": "../.."},
		"another kind":   {"kind": "course", "name": "x"},
		"a reserved id":  {"kind": "practitioner", "name": "Page"},
		"a Windows name": {"kind": "event", "name": "Con"},
	} {
		if answer, status := d.post("new", body); status < 400 || status >= 500 {
			t.Errorf("%s: %d %v", name, status, answer)
		}
	}
}

func TestDelete(t *testing.T) {
	d := open(t)
	git := func(args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-c", "user.name=A", "-c", "user.email=a@example.org"}, args...)...)
		cmd.Dir = d.root
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	git("init", "-q")
	git("add", "-A")
	git("commit", "-q", "-m", "All")
	d.write("content/about.md", string(d.read("content/about.md"))+"\nAsk [Declan](/directory/declan-obrien/).\n")
	d.follow()
	const declan = "data/practitioners/declan-obrien.yaml"
	body := map[string]any{"file": declan, "base": d.read(declan)}
	answer, _ := d.post("delete", body)
	links := strings.Join(texts(answer["links"]), "\n")
	if answer["removed"] == true || answer["sure"] != "yes" || !strings.Contains(answer["ask"].(string), "stays in git") ||
		!strings.Contains(links, "links to it") || !strings.Contains(links, "A quiet weekend for couples") {
		t.Fatalf("before: %v", answer)
	}

	// What was not committed takes another word.
	d.write(declan, string(d.read(declan))+"# a remark\n")
	d.follow()
	body["sure"] = "yes"
	if answer, status := d.post("delete", body); status != 422 {
		t.Errorf("a file that changed: %d %v", status, answer)
	}
	body["base"] = d.read(declan)
	if answer, _ = d.post("delete", body); answer["removed"] == true || answer["sure"] != "lost" || !strings.Contains(answer["ask"].(string), "cannot be brought back") {
		t.Fatalf("what was not committed: %v", answer)
	}
	body["sure"] = "lost"
	if answer, _ = d.post("delete", body); answer["removed"] != true {
		t.Fatal(answer)
	}
	if _, err := os.Stat(filepath.Join(d.root, filepath.FromSlash(declan))); !os.IsNotExist(err) {
		t.Error("the file is still there")
	}
	for _, p := range []string{"content/about.md", "data/courses/sar.yaml", "data/site.yaml"} {
		if answer, status := d.post("delete", map[string]any{"file": p, "base": d.read(p), "sure": "lost"}); status != 400 {
			t.Errorf("%s: %d %v", p, status, answer)
		}
	}
}

func texts(list any) []string {
	var out []string
	all, _ := list.([]any)
	for _, one := range all {
		out = append(out, one.(string))
	}
	return out
}
