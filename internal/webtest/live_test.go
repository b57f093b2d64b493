package webtest

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestEditing edits a copy of the institute's site while the real command serves it and a page is
// open: the page follows, and a broken record is pointed at over the last good page until it is
// repaired.
func TestEditing(t *testing.T) {
	b := open(t) // first, so that nothing is built where there is no browser
	dir := t.TempDir()
	for _, folder := range []string{"content", "data", "themes"} {
		if err := os.CopyFS(filepath.Join(dir, folder), os.DirFS(filepath.Join(root, folder))); err != nil {
			t.Fatal(err)
		}
	}
	address := serve(t, dir)
	edit := func(name, from, to string) {
		t.Helper()
		path := filepath.Join(dir, name)
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		changed := strings.Replace(string(text), from, to, 1)
		if changed == string(text) {
			t.Fatalf("%s does not say %q", name, from)
		}
		if err := os.WriteFile(path, []byte(changed), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	showing := func(words string) string { return `document.body.innerText.includes(` + quote(words) + `)` }
	overlay := `document.querySelector("nwioi-live")?.shadowRoot.querySelector(".problems").textContent ?? ""`

	// A page of prose.
	b.visit(address + "about/")
	edit("content/about.md", "\n\n", "\n\nThe tide turned while you were reading.\n\n")
	wait[bool](b, "the new sentence", showing("The tide turned while you were reading."))

	// A person, whose page is open in a second tab as well.
	other := open(t)
	other.visit(address + "directory/")
	b.visit(address + "directory/ada-okafor/")
	edit("data/practitioners/ada-okafor.yaml", "headline: For couples who love each other", "headline: For all who love each other")
	wait[bool](b, "the new headline", showing("For all who love each other"))
	wait[bool](other, "the new headline on the card", showing("For all who love each other"))

	// A mistake: the page stays, and the mistake is named with its line.
	edit("data/practitioners/ada-okafor.yaml", "languages: [en, ig]", "languages: [en, igg]")
	words := wait[string](b, "the problem", overlay)
	if !strings.Contains(words, "data/practitioners/ada-okafor.yaml:") || !strings.Contains(words, "languages: [en, igg]") {
		t.Errorf("the problem is told as %q", short(words))
	}
	if !eval[bool](b, showing("For all who love each other")) {
		t.Error("the last good page is gone while a record is broken")
	}
	b.reload()
	wait[string](b, "the problem after loading the page anew", overlay)

	edit("data/practitioners/ada-okafor.yaml", "languages: [en, igg]", "languages: [en, ig]")
	wait[bool](b, "the problem to go", `document.querySelector("nwioi-live").shadowRoot.querySelector(".problems").hidden`)
	wait[bool](other, "the problem to go", `document.querySelector("nwioi-live").shadowRoot.querySelector(".problems").hidden`)

	// A style: the page takes it without being loaded anew.
	eval[bool](b, "(window.stayed = true)")
	edit("themes/institute/styles/tokens.css", ":root", "main { outline: 7px solid rgb(1, 2, 3) }\n:root")
	wait[bool](b, "the new style", `getComputedStyle(document.querySelector("main")).outlineWidth === "7px"`)
	if !eval[bool](b, "window.stayed === true") {
		t.Error("the page was loaded anew for a change of style")
	}

	// Somebody who is removed is gone.
	if err := os.Remove(filepath.Join(dir, "data/practitioners/keola-kahananui.yaml")); err != nil {
		t.Fatal(err)
	}
	wait[bool](other, "a person to leave the list", `document.querySelector("#result-count") && !document.querySelector("[data-id=keola-kahananui]")`)
}

// serve builds the command, serves dir with it until the test ends, and returns the address.
func serve(t *testing.T, dir string) string {
	t.Helper()
	program := buildCommand(t)
	ctx, end := context.WithCancel(context.Background())
	c := exec.CommandContext(ctx, program, "serve", "--root", dir, "--addr", "127.0.0.1:0", "--as-of", fmt.Sprint(day))
	c.Cancel = func() error { return c.Process.Signal(os.Interrupt) }
	c.WaitDelay = 10 * time.Second
	log, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	var (
		mu   sync.Mutex
		said strings.Builder
	)
	address := make(chan string, 1)
	drained := make(chan struct{})
	go func() {
		defer close(drained)
		lines := bufio.NewReader(log)
		for {
			line, err := lines.ReadString('\n')
			mu.Lock()
			said.WriteString(line)
			mu.Unlock()
			if rest, ok := strings.CutPrefix(line, "Serving "); ok {
				address <- strings.Fields(rest)[0]
			}
			if err != nil {
				return
			}
		}
	}()
	t.Cleanup(func() {
		end()
		<-drained
		c.Wait() // which says that it was ended, whatever came of it
		if status := c.ProcessState.ExitCode(); status != 0 {
			t.Errorf("serve ended with status %d", status)
		}
		if t.Failed() {
			mu.Lock()
			defer mu.Unlock()
			t.Logf("serve said:\n%s", said.String())
		}
	})
	select {
	case at := <-address:
		return at
	case <-drained:
		t.Fatalf("serve ended at once: %s", said.String())
	case <-time.After(patience):
		t.Fatal("serve did not say where it serves")
	}
	return ""
}

// buildCommand builds the real command and returns the path of the program.
func buildCommand(t testing.TB) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "nwioi")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, root+"/cmd/nwioi").CombinedOutput(); err != nil {
		t.Fatalf("the command cannot be built: %v\n%s", err, out)
	}
	return program
}
