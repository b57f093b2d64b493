package webtest

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
)

var pictures = flag.String("pictures", "", "write the pictures of EDITING.md into this `folder`")

// A desk is what somebody of the staff has before them: a clone of the institute's site, the server that
// shows it, and a browser.
type desk struct {
	*tab
	dir, address, program string
}

// newDesk copies the institute's site into a repository of its own, where it is the only commit, and
// serves it, after the commands before.
func newDesk(t *testing.T, before ...[]string) *desk {
	t.Helper()
	b := open(t) // first, so that nothing is built where there is no browser
	if _, err := exec.LookPath("git"); err != nil {
		need(t, "git is not installed")
	}
	dir := t.TempDir()
	for _, folder := range []string{"content", "data", "themes"} {
		if err := os.CopyFS(filepath.Join(dir, folder), os.DirFS(filepath.Join(root, folder))); err != nil {
			t.Fatal(err)
		}
	}
	d := &desk{tab: b, dir: dir}
	d.git("init", "-q", "-b", "main")
	d.git("add", "-A")
	d.git("commit", "-q", "-m", "The site")
	for _, args := range before {
		d.nwioi(args...)
	}
	d.address = serve(t, dir)
	return d
}

// nwioi runs the command in the clone, which must go well, and returns what it says.
func (d *desk) nwioi(args ...string) string {
	d.t.Helper()
	if d.program == "" {
		d.program = buildCommand(d.t)
	}
	c := exec.CommandContext(d.t.Context(), d.program, append(args, "--as-of", day.String())...)
	c.Dir = d.dir
	out, err := c.CombinedOutput()
	if err != nil {
		d.t.Fatalf("nwioi %v: %v\n%s", args, err, out)
	}
	return string(out)
}

// git runs git in the clone, as somebody without settings of their own, and returns what it says.
func (d *desk) git(args ...string) string {
	d.t.Helper()
	c := exec.CommandContext(d.t.Context(), "git", args...)
	c.Dir = d.dir
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "GIT_") {
			c.Env = append(c.Env, v)
		}
	}
	const when = "2026-11-02T12:00:00Z"
	c.Env = append(c.Env, "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_NAME=Staff", "GIT_AUTHOR_EMAIL=staff@example.org",
		"GIT_COMMITTER_NAME=Staff", "GIT_COMMITTER_EMAIL=staff@example.org", "GIT_AUTHOR_DATE="+when, "GIT_COMMITTER_DATE="+when)
	out, err := c.CombinedOutput()
	if err != nil {
		d.t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return string(out)
}

// edit changes words of a file, as an editor would.
func (d *desk) edit(name, from, to string) {
	d.t.Helper()
	path := filepath.Join(d.dir, name)
	text, err := os.ReadFile(path)
	if err != nil {
		d.t.Fatal(err)
	}
	if strings.Count(string(text), from) != 1 {
		d.t.Fatalf("%s says %q %d times", name, from, strings.Count(string(text), from))
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(text), from, to, 1)), 0o644); err != nil {
		d.t.Fatal(err)
	}
}

// window gives the browser the size of the pictures.
func (d *desk) window() {
	d.t.Helper()
	d.look(1100, "light", still)
	command(d.tab, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: 1100, Height: 700, DeviceScaleFactor: 1})
}

// picture takes one of the pictures of EDITING.md, of the whole window, if they are wanted.
func (d *desk) picture(name string) {
	d.t.Helper()
	if *pictures == "" {
		return
	}
	png := d.shot(false)
	if err := os.WriteFile(filepath.Join(*pictures, name+".png"), png, 0o644); err != nil {
		d.t.Fatal(err)
	}
}

// TestWhatStaffSee goes the way of EDITING.md, and holds every name of a button or link that stands
// there in bold against what is on the screen. It also makes the pictures:
//
//	go test ./internal/webtest -run TestWhatStaffSee -pictures ../../.github/pictures
func TestWhatStaffSee(t *testing.T) {
	d := newDesk(t)
	d.window()
	bar := `document.querySelector("nwioi-live")?.shadowRoot.querySelector(".bar:not([hidden])")?.textContent`

	d.visit(d.address + "about/")
	seen := wait[string](d.tab, "the bar", bar)
	look := func() { t.Helper(); seen += eval[string](d.tab, "document.body.innerText") }

	// The form: a headline is changed, seen beside it, and saved.
	d.visit(d.address + "directory/ada-okafor/")
	wait[string](d.tab, "the bar", bar)
	d.visit(eval[string](d.tab, `document.querySelector("nwioi-live").shadowRoot.querySelector(".bar a").href`))
	d.click("[data-path=headline] :is(input, textarea)")
	eval[bool](d.tab, `(document.activeElement.select(), true)`)
	const headline = "For couples who want to find each other again"
	d.keys(headline)
	wait[bool](d.tab, "the preview", `[...document.querySelectorAll("iframe:not([hidden])")].some((f) => f.contentDocument?.body?.innerText.includes(`+quote(headline)+`))`)
	d.picture("form")
	d.click("#save")
	wait[bool](d.tab, "the file", `document.querySelector("#save").disabled`)
	if diff := d.git("diff", "--unified=0"); strings.Count(diff, "\n+") != 2 || !strings.Contains(diff, "\n+headline: "+headline+"\n") {
		t.Errorf("saving one value changed\n%s", diff)
	}
	d.git("commit", "-q", "-a", "-m", "A headline")
	d.visit(d.address + ".nwioi/edit/")
	look()
	d.visit(d.address + ".nwioi/edit/?page=/directory/samir-haddad/") // who has no photo
	look()

	// Something is wrong.
	d.visit(d.address + "directory/ada-okafor/")
	d.edit("data/practitioners/ada-okafor.yaml", "top: [desire-discrepancy,", "top: [desire-discrepency,")
	problem := `document.querySelector("nwioi-live")?.shadowRoot.querySelector(".problems:not([hidden])")?.textContent`
	words := wait[string](d.tab, "the problem", problem)
	seen += words
	if !strings.Contains(words, "data/practitioners/ada-okafor.yaml") || !strings.Contains(words, "desire-discrepancy") {
		t.Errorf("the problem is told as %q", short(words))
	}
	d.picture("problem")
	d.edit("data/practitioners/ada-okafor.yaml", "top: [desire-discrepency,", "top: [desire-discrepancy,")
	wait[bool](d.tab, "the problem to go", "!("+problem+")")

	// What was changed.
	d.edit("data/practitioners/ada-okafor.yaml", "want to find each other again", "have lost each other")
	d.edit("content/about.md", "and what is known about it", "and who works in it")
	d.visit(d.address + ".nwioi/changes/")
	wait[bool](d.tab, "the changes", `document.querySelectorAll("li.file").length === 2 && document.querySelectorAll("ins").length > 1`)
	look()
	d.picture("changes")
	loadAxe(t, d.tab)
	for _, width := range []int{320, 1100} {
		for _, scheme := range []string{"light", "dark"} {
			d.look(width, scheme, still)
			axe(t, d.tab, "the changes, "+scheme, "main")
			if over := eval[int](d.tab, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
				t.Errorf("at %d pixels the changes stick out by %d", width, over)
			}
		}
	}
	d.window()
	d.click("li.file:first-of-type ul a")
	wait[bool](d.tab, "both versions", `(() => {
		const frames = [...document.querySelectorAll("iframe")].map((f) => f.contentDocument);
		return frames.length === 2 && frames.every((f) => f.readyState === "complete" && f.fonts.status === "loaded") &&
			frames[0].body.innerText.includes("and what is known about it") && frames[1].body.innerText.includes("and who works in it");
	})()`)
	d.picture("before-after")

	guide, err := os.ReadFile(filepath.Join(root, "EDITING.md"))
	if err != nil {
		t.Fatal(err)
	}
	here, _, found := strings.Cut(string(guide), "## Send it for review") // what is pressed there is GitHub's
	names := regexp.MustCompile(`\*\*([^*]+)\*\*`).FindAllStringSubmatch(here, -1)
	if !found || len(names) < 7 {
		t.Fatalf("EDITING.md names only %q", names)
	}
	for _, name := range names {
		for part := range strings.SplitSeq(name[1], "…") {
			if !strings.Contains(seen, strings.TrimSpace(part)) {
				t.Errorf("EDITING.md says to press %q, and nothing is called that", name[1])
			}
		}
	}
}

// TestTheOneMinute adds a practitioner by what the README's section of one minute says, and no more.
func TestTheOneMinute(t *testing.T) {
	d := newDesk(t, []string{"new", "practitioner", "Jo Rivera"})
	d.visit(d.address)
	wait[bool](d.tab, "what is missing", `document.body.innerText.includes("data/practitioners/jo-rivera.yaml")`)
	d.visit(eval[string](d.tab, `[...document.querySelectorAll("a")].find((a) => a.textContent === "Edit here").href`))
	wait[bool](d.tab, "the form", `document.querySelector("[data-path=headline] input") !== null`)
	for path, value := range map[string]string{
		"headline": "Calm talk about closeness", "bio": "I listen first.", "licenses[0].state": "WA", "licenses[0].type": "LMFT", "licenses[0].number": "LF 1",
		"ciip.since": "2024", "contact.email": "jo@example.org", "consent.agreed_on": "2026-11-20",
	} {
		eval[bool](d.tab, `((field) => {
			field.value = `+quote(value)+`;
			for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
			return true;
		})(document.querySelector('[data-path="`+path+`"] :is(input, textarea, select)'))`)
	}
	for _, tick := range []string{
		`[data-path="specialties.top"] [value=closeness]`, `[data-path=clients] [value=couples]`, `[data-path=ages] [value=adults]`, `[data-path=languages] [value=en]`,
		`[data-path="formats.telehealth"] input`, `[data-path="availability.status"] [value=open]`, `[data-path="fees.ask"] input`,
	} {
		eval[bool](d.tab, `(document.querySelector(`+quote(tick)+`).click(), true)`)
	}
	wait[bool](d.tab, "nothing to be missing", `document.querySelector("#summary").hidden && document.querySelector("#state").innerText.startsWith("15 changes")`)
	d.click("#save")
	wait[bool](d.tab, "the file", `document.querySelector("#save").disabled`)
	d.visit(d.address + "directory/jo-rivera/")
	wait[bool](d.tab, "the person's page", `document.querySelector("h1").innerText === "Jo Rivera" && document.body.innerText.includes("Calm talk about closeness")`)
	if said := d.nwioi("check"); strings.Contains(said, "jo-rivera") {
		t.Errorf("something is left to put right:\n%s", said)
	}
}
