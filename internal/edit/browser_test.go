package edit_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"nwioi/internal/assemble"
	"nwioi/internal/edit"
	"nwioi/internal/serve"
	"nwioi/internal/source"
)

// A visitor is a browser at a server that shows a copy of this repository's own site, which is in git.
type visitor struct {
	t    *testing.T
	ctx  context.Context
	root string
	url  string
}

// visit starts both. What the pages complain of, policy violations among it, is an error of the test.
func visit(t *testing.T) *visitor {
	t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil && program == "" {
			program = found
		}
	}
	if program == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("there is no Chromium")
		}
		t.Skip("skipped: Chromium is not installed")
	}
	d := open(t)
	v := &visitor{t: t, root: d.root}
	v.git("init", "-q")
	v.git("add", "-A")
	v.git("commit", "-q", "-m", "All")
	v.serve(d)

	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox,
		chromedp.Flag("disable-dev-shm-usage", true))
	all, stopAll := chromedp.NewExecAllocator(t.Context(), options...)
	ctx, closeTab := chromedp.NewContext(all)
	v.ctx = ctx
	var mu sync.Mutex
	var complaints []string
	err := chromedp.Listen(ctx, func(event any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			complaints = append(complaints, fmt.Sprint(e.ExceptionDetails.Text, " ", e.ExceptionDetails.Exception))
		case *log.EventEntryAdded:
			// The preview is a page without its scripts.
			if e.Entry.Level == "error" && !strings.Contains(e.Entry.Text, "Blocked script execution") && !strings.HasSuffix(e.Entry.URL, "favicon.ico") {
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
	return v
}

// serve runs the server until the test ends.
func (v *visitor) serve(d *desk) {
	v.t.Helper()
	said, log := io.Pipe()
	ctx, stop := context.WithCancel(v.t.Context())
	done := make(chan error, 1)
	go func() {
		done <- serve.Run(ctx, serve.Config{Addr: "127.0.0.1:0", Root: v.root, Log: log, Edit: d.handler, Editable: edit.HasForm,
			Policy: assemble.ContentSecurityPolicy,
			Build: func(tree *source.Tree) serve.Result {
				r := d.builder.Build(tree)
				d.handler.Follow(tree, r.Edition)
				return serve.Result{Set: r.Set, Problems: r.Problems, Sources: r.Sources}
			}})
		log.Close()
	}()
	v.t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			v.t.Error(err)
		}
	})
	begin := make([]byte, 0, 4096)
	for v.url == "" {
		piece := make([]byte, 512)
		n, err := said.Read(piece)
		if err != nil {
			v.t.Fatal(err)
		}
		begin = append(begin, piece[:n]...)
		if m := regexp.MustCompile(`Serving (http://[^/]+)/`).FindSubmatch(begin); m != nil {
			v.url = string(m[1])
		}
	}
	go io.Copy(io.Discard, said)
}

// git runs git in the site's folder and returns what it says.
func (v *visitor) git(args ...string) string {
	v.t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=A", "-c", "user.email=a@example.org"}, args...)...)
	cmd.Dir = v.root
	out, err := cmd.CombinedOutput()
	if err != nil {
		v.t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return string(out)
}

// diff returns the lines that differ from the last commit.
func (v *visitor) diff() string {
	v.t.Helper()
	var lines []string
	for line := range strings.Lines(v.git("diff", "--unified=0")) {
		if (line[0] == '-' || line[0] == '+') && !strings.HasPrefix(line, "---") && !strings.HasPrefix(line, "+++") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}

func (v *visitor) write(p, text string) {
	v.t.Helper()
	if err := os.WriteFile(filepath.Join(v.root, filepath.FromSlash(p)), []byte(text), 0o644); err != nil {
		v.t.Fatal(err)
	}
}

func (v *visitor) do(what string, actions ...chromedp.Action[chromedp.Void]) {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, 20*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		v.t.Fatalf("%s: %v", what, err)
	}
}

func (v *visitor) script(what, script string) {
	v.t.Helper()
	v.do(what, chromedp.Evaluate[chromedp.Void](script))
}

// awaits waits until an expression is true in the page.
func (v *visitor) awaits(what, expression string) {
	v.t.Helper()
	bounded, cancel := context.WithTimeout(v.ctx, 20*time.Second)
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
			state, _ := chromedp.Run(v.ctx, chromedp.Evaluate[string](`location.href + " " + (document.querySelector("#state")?.textContent ?? "") + " " + (document.querySelector("#summary")?.textContent ?? "") + (document.querySelector("dialog[open]")?.textContent ?? "")`))
			v.t.Fatalf("%s: %v\n%s", what, err, state)
		}
	}
}

func value[T any](v *visitor, expression string) T {
	v.t.Helper()
	got, err := chromedp.Run(v.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		v.t.Fatalf("%s: %v", expression, err)
	}
	return got
}

const (
	headline = `[data-path="headline"] input`
	shown    = `document.querySelector(".frames iframe:not([hidden])")?.contentDocument`
	says     = `document.querySelector("#state").textContent`
)

// The way that staff go: from the page to its form, a word, the page as it will be, saved; and nothing else
// of the file has changed.
func TestEditingInTheBrowser(t *testing.T) {
	v := visit(t)
	v.do("open", chromedp.EmulateViewport(1280, 800), chromedp.Navigate(v.url+"/.nwioi/edit/?page=/directory/ada-okafor/"))
	v.awaits("the page as it is", shown+`?.querySelector("h1")?.textContent.includes("Ada Okafor")`)
	v.script("scroll both", `document.querySelector('`+headline+`').scrollIntoView({block: "center"}); `+shown+`.defaultView.scrollTo(0, 120)`)
	at := value[float64](v, "scrollY")

	v.do("type", chromedp.Evaluate[chromedp.Void](`document.querySelector('`+headline+`').select()`),
		chromedp.SendKeys(headline, "For couples who want to laugh again"))
	v.awaits("the new words in the page as it will be", shown+`?.body?.textContent.includes("For couples who want to laugh again")`)
	v.awaits("the page as it will be is where it was", shown+`.defaultView.scrollY === 120`)
	if diff := v.diff(); diff != "" {
		t.Errorf("before it was saved the file has\n%s", diff)
	}
	v.awaits("what is not saved is said", says+`.includes("1 change, not saved")`)
	v.script("save", `document.querySelector("#save").click()`)
	v.awaits("it is saved", says+` === "Saved"`)
	want := "-headline: For couples who love each other and have stopped reaching for each other\n+headline: For couples who want to laugh again\n"
	if diff := v.diff(); diff != want {
		t.Errorf("the file changed in\n%s", diff)
	}
	if got := value[float64](v, "scrollY"); got != at {
		t.Errorf("the form was scrolled from %v to %v", at, got)
	}

	// A licence is added, moved and given up by the keyboard alone; then one is kept.
	v.do("add", chromedp.Focus(`[data-path="licenses"] > .add`), chromedp.KeyEvent("\r"))
	v.awaits("a third licence", `document.querySelectorAll('[data-path="licenses"] > .items > .item').length === 3`)
	v.awaits("its first field has the focus", `document.activeElement.closest(".item")?.dataset.from === "-1"`)
	v.awaits("what is missing stands at its fields", `[...document.querySelectorAll('[data-path="licenses"] > .items > .item:last-child .wrong')].length > 0`)
	v.do("remove", chromedp.Focus(`[data-path="licenses"] > .items > .item:last-child > .item-bar > .remove`), chromedp.KeyEvent("\r"))
	v.awaits("two licences", `document.querySelectorAll('[data-path="licenses"] > .items > .item').length === 2`)
	v.awaits("nothing differs", says+` === "Nothing changed yet"`)

	// A second save goes by what the first has written.
	v.script("another value", `(() => { const i = document.querySelector('[data-path="fees.individual.amount"] input'); i.value = "195"; i.dispatchEvent(new Event("input", {bubbles: true})); })()`)
	v.awaits("one change", says+`.includes("1 change, not saved")`)
	v.script("save", `document.querySelector("#save").click()`)
	v.awaits("it is saved", says+` === "Saved"`)
	if diff := v.diff(); diff != want+"-  individual: {amount: 190, minutes: 50}\n+  individual: {amount: 195, minutes: 50}\n" {
		t.Errorf("the file changed in\n%s", diff)
	}
}

// What both changed is shown, and nothing is lost.
func TestConflictInTheBrowser(t *testing.T) {
	v := visit(t)
	v.do("open", chromedp.Navigate(v.url+"/.nwioi/edit/?file="+ada))
	v.awaits("the form", says+` === "Nothing changed yet"`)
	full := filepath.Join(v.root, filepath.FromSlash(ada))
	data, err := os.ReadFile(full)
	if err != nil {
		t.Fatal(err)
	}
	v.write(ada, strings.Replace(string(data), "headline: For couples", "headline: For all couples", 1))
	v.script("type", `(() => { const i = document.querySelector('`+headline+`'); i.value = "Mine"; i.dispatchEvent(new Event("input", {bubbles: true})); })()`)
	v.script("save", `document.querySelector("#save").click()`)
	v.awaits("both are shown", `document.querySelector("dialog[open]")?.textContent.includes("For all couples who love") && document.querySelector("dialog[open]").textContent.includes("Mine")`)
	v.script("theirs", `document.querySelectorAll("dialog[open] input[type=radio]")[1].click(); document.querySelector("dialog[open] button.main").click()`)
	v.awaits("the form shows what was chosen", `document.querySelector('`+headline+`')?.value.startsWith("For all couples")`)
}

// What is wrong stands at its field and above the form; the rest of the way is that of the page.
func TestProblemsInTheBrowser(t *testing.T) {
	v := visit(t)
	v.do("open", chromedp.Navigate(v.url+"/.nwioi/edit/?file="+ada))
	v.awaits("the form", says+` === "Nothing changed yet"`)
	v.script("type", `(() => { const i = document.querySelector('[data-path="contact.email"] input'); i.value = "ada at home"; i.dispatchEvent(new Event("input", {bubbles: true})); })()`)
	v.awaits("it stands at the field", `document.querySelector('[data-path="contact.email"] .wrong .error')?.textContent.includes("ada at home")`)
	v.awaits("and above the form", `document.querySelector("#summary li a")?.textContent.includes("ada at home")`)
	v.script("go there", `document.querySelector("#summary li a").click()`)
	v.awaits("the field has the focus", `document.activeElement === document.querySelector('[data-path="contact.email"] input')`)
	v.script("save", `document.querySelector("#save").click()`)
	v.awaits("it is said first", `document.querySelector("dialog[open]")?.textContent.includes("not right yet")`)
	if diff := v.diff(); diff != "" {
		t.Errorf("saved without a word:\n%s", diff)
	}
	v.script("all the same", `document.querySelector("dialog[open] .buttons button.quiet").click()`)
	v.awaits("it is saved", says+` === "Saved"`)

	// Beside the form the page shows what is wrong, with the line and the remedy, until it is put right.
	const overlay = `document.querySelector("nwioi-live")?.shadowRoot.querySelector(".problems:not([hidden])")`
	v.do("the page", chromedp.Navigate(v.url+"/directory/ada-okafor/"))
	v.awaits("the problem over the page", overlay+`?.textContent.includes("ada at home")`)
	text := value[string](v, overlay+`.textContent`)
	for _, words := range []string{ada + ":", "email: ada at home", "^^^", "name@example.org"} {
		if !strings.Contains(text, words) {
			t.Errorf("the overlay lacks %q: %s", words, text)
		}
	}
	v.script("scroll", `scrollTo(0, 400)`)
	v.git("checkout", "-q", "--", ada)
	v.awaits("it is gone", `document.querySelector("nwioi-live") && !(`+overlay+`)`)
	if got := value[float64](v, "scrollY"); got != 400 {
		t.Errorf("the page was scrolled to %v", got)
	}
}

// A photograph is cut in the browser and stands in the record.
func TestPhotoInTheBrowser(t *testing.T) {
	v := visit(t)
	v.do("open", chromedp.EmulateViewport(1280, 800), chromedp.Navigate(v.url+"/.nwioi/edit/?file="+theo))
	v.awaits("the form", says+` === "Nothing changed yet"`)
	file := filepath.Join(t.TempDir(), "theo.jpg")
	if err := os.WriteFile(file, jpegOf(t, meadow(1600, 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	v.script("the dialogue", `document.querySelector("#add-photo").click()`)
	v.do("choose", chromedp.SetUploadFiles("#photo-file", []string{file}))
	v.awaits("the window", `document.querySelector("#photo-window").getBoundingClientRect().width > 100`)
	v.do("move", chromedp.Focus("#photo-window"), chromedp.KeyEvent("+"), chromedp.KeyEvent("-"), chromedp.KeyEvent("-"), chromedp.KeyEvent("-"))
	v.awaits("the window is smaller", `document.querySelector("#photo-place").textContent.includes("94%")`)
	v.script("without words", `document.querySelector("#photo-save").click()`)
	v.awaits("a description is asked for", `document.querySelector("#photo .sorry:not([hidden])")?.textContent.includes("Describe")`)
	v.script("with words", `document.querySelector("#photo-alt").value = "Theo in a meadow"; document.querySelector("#photo-consent").click(); document.querySelector("#photo-save").click()`)
	v.awaits("the form has it", `document.querySelector('[data-path="photo.alt"] textarea, [data-path="photo.alt"] input')?.value === "Theo in a meadow"`)
	if diff := v.diff(); diff != "+photo:\n+  file: theo-abernathy.jpg\n+  alt: Theo in a meadow\n+  consent: 2026-11-23\n" {
		t.Errorf("the record changed in\n%s", diff)
	}
	v.awaits("the page as it will be shows it", shown+`?.querySelector('img[alt="Theo in a meadow"]')?.complete`)
}

// Every form reads at every width without scrolling sideways, and every input has a name.
func TestEveryFormInTheBrowser(t *testing.T) {
	v := visit(t)
	for _, p := range []string{ada, "data/events/sample-weekend.yaml", "data/courses/sar.yaml", "data/awards/tuition-award.yaml", "content/about.md", "content/news/figures-under-review.md", "data/facts.yaml", ""} {
		address := v.url + "/.nwioi/edit/"
		if p != "" {
			address += "?file=" + p
		}
		for _, width := range []int64{320, 768, 1280} {
			v.do(p, chromedp.EmulateViewport(width, 800), chromedp.Navigate(address))
			if p != "" {
				v.awaits(p+": the form", says+`.startsWith("Nothing changed")`)
			}
			if wide := value[float64](v, `document.documentElement.scrollWidth`); wide > float64(width) {
				t.Errorf("%s at %d is %v wide", p, width, wide)
			}
		}
		nameless := value[[]string](v, `[...document.querySelectorAll("input, select, textarea")].filter(i => !i.labels?.length && !i.ariaLabel).map(i => i.outerHTML)`)
		twice := value[[]string](v, `(() => { const seen = new Set(), twice = []; for (const e of document.querySelectorAll("[id]")) { if (seen.has(e.id)) twice.push(e.id); seen.add(e.id); } return twice; })()`)
		if len(nameless) > 0 || len(twice) > 0 {
			t.Errorf("%s: without a name: %v; ids that stand twice: %v", p, nameless, twice)
		}
	}
}
