package webtest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp/kb"

	"nwioi/internal/site"
)

// plan opens the planner and waits until it can be used.
func plan(b *tab, p *published) {
	b.t.Helper()
	b.visit(p.url(site.PlannerURL))
	planned(b)
}

func planned(b *tab) {
	b.t.Helper()
	wait[bool](b, "the notebook", `"ready" in document.querySelector("#planner").dataset`)
}

// put writes a value into a control of the planner, as somebody who types or chooses it.
func put(b *tab, id, value string) {
	b.t.Helper()
	eval[bool](b, `(() => { const e = document.getElementById(`+quote(id)+`); e.value = `+quote(value)+`; for (const kind of ["input", "change"]) e.dispatchEvent(new Event(kind, { bubbles: true })); return true })()`)
}

// note writes a line of the log; each pair is the id of a control and its value, or the name of one of
// several buttons and the value to press.
func note(b *tab, pairs ...string) {
	b.t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if slices.Contains([]string{"session", "clients", "format"}, pairs[i]) {
			eval[bool](b, `(document.querySelector("#line [name=`+pairs[i]+`][value=`+pairs[i+1]+`]").click(), true)`)
			continue
		}
		put(b, pairs[i], pairs[i+1])
	}
	press(b, "Add this line")
}

// pursue ticks a goal by the words beside it.
func pursue(b *tab, words string) {
	b.t.Helper()
	eval[bool](b, `(() => { document.querySelector("#goals").open = true; const label = [...document.querySelectorAll("#choices label")].find((l) => l.innerText.includes(`+quote(words)+`)); label.click(); return true })()`)
}

// linesOf returns the lines of the log that are shown, each as one line of text.
func linesOf(b *tab) []string {
	b.t.Helper()
	return eval[[]string](b, `[...document.querySelectorAll("#months li")].map((li) => li.innerText.replace(/\s+/g, " "))`)
}

func said(b *tab) string {
	b.t.Helper()
	return eval[string](b, `document.querySelector("#said").innerText`)
}

// read hands a file to the planner.
func readFile(b *tab, name, text string) {
	b.t.Helper()
	eval[bool](b, `(() => {
		const input = document.querySelector("#file"), files = new DataTransfer();
		files.items.add(new File([`+quote(text)+`], `+quote(name)+`));
		input.files = files.files;
		input.dispatchEvent(new Event("change", { bubbles: true }));
		return true;
	})()`)
}

// keepFiles makes the page keep what it would save as files in window.files, by name.
func keepFiles(b *tab) {
	b.t.Helper()
	command(b, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `
		window.files = {};
		const blobs = new Map(), make = URL.createObjectURL;
		URL.createObjectURL = (blob) => { const href = make.call(URL, blob); blobs.set(href, blob); return href };
		const click = HTMLAnchorElement.prototype.click;
		HTMLAnchorElement.prototype.click = function () {
			if (this.download) blobs.get(this.href).text().then((text) => { window.files[this.download.replace(/^.*\./, "")] = text });
			else click.call(this);
		};
	`})
}

// TestPlannerKeepsNothingUnasked: nothing is stored before the first line or choice, and nothing once all is
// erased, which asks first.
func TestPlannerKeepsNothingUnasked(t *testing.T) {
	p := real(t)
	b := open(t)
	plan(b, p)
	b.click("#hours")
	b.keys("1.5")
	b.keys(kb.Tab)
	put(b, "kind", "other-practice")
	if kept := eval[string](b, stored); kept != "" {
		t.Fatalf("before the first line the device keeps %q", kept)
	}
	if text := eval[string](b, `document.querySelector("#kept").innerText`); !strings.HasPrefix(text, "Nothing is stored yet.") {
		t.Errorf("the page says %q", text)
	}
	note(b, "date", "2026-03-02", "hours", "0:45")
	wait[bool](b, "the line", `document.querySelectorAll("#months li").length === 1`)
	if kept := eval[string](b, stored); !strings.Contains(kept, "nwioi-planner") || !strings.Contains(kept, `"quarters":3`) {
		t.Errorf("after the first line the device keeps %q", kept)
	}
	b.reload()
	planned(b)
	if lines := linesOf(b); len(lines) != 1 || !strings.HasPrefix(lines[0], "2 Mar Other practice") {
		t.Errorf("after a reload the log shows %q", lines)
	}
	press(b, "Erase everything")
	wait[bool](b, "the question", `document.querySelector("#ask").open`)
	b.keys(kb.Enter) // a key pressed in passing decides nothing
	if !eval[bool](b, `document.querySelector("#ask").open`) {
		t.Error("pressing Enter in passing answered the question")
	}
	press(b, "Keep it")
	if n := len(linesOf(b)); n != 1 {
		t.Errorf("kept, and %d lines are left", n)
	}
	press(b, "Erase everything")
	wait[bool](b, "the question", `document.querySelector("#ask").open`)
	eval[bool](b, `(document.querySelector("#ask .main").click(), true)`)
	wait[bool](b, "the empty log", `!document.querySelector("#months li")`)
	if kept := eval[string](b, stored); kept != "" {
		t.Errorf("once all is erased the device keeps %q", kept)
	}
	b.reload()
	planned(b)
	if n := len(linesOf(b)); n != 0 {
		t.Errorf("erased, and after a reload %d lines are there", n)
	}
	for _, words := range b.heard() {
		t.Errorf("the console says: %s", words)
	}
}

// TestPlannerByKeyboard writes lines without a pointer: Enter adds one, the focus is on the next one's date, the
// last values stay; what is wrong is said at its field.
func TestPlannerByKeyboard(t *testing.T) {
	p := real(t)
	b := open(t)
	plan(b, p)
	put(b, "date", "2026-03-02")
	b.click("#hours")
	b.keys("1:20" + kb.Enter)
	fault := wait[string](b, "what is wrong", `document.getElementById(document.activeElement.getAttribute("aria-describedby").split(" ")[0]).innerText`)
	if fault != "Hours are counted in quarters: 1¼ or 1½." || eval[string](b, `document.activeElement.id + document.activeElement.ariaInvalid`) != "hourstrue" {
		t.Errorf("the field says %q", fault)
	}
	eval[bool](b, `(document.activeElement.select(), true)`)
	b.keys("1:15" + kb.Tab)
	put(b, "supervisor", "Ada Okafor")
	put(b, "aasect", "yes")
	put(b, "note", "first")
	b.click("#note")
	b.keys(kb.Enter)
	wait[bool](b, "the line", `document.querySelectorAll("#months li").length === 1`)
	state := eval[string](b, `[document.activeElement.id, document.querySelector("#hours").value, document.querySelector("#supervisor").value, document.querySelector("#aasect").value, document.querySelector("#note").value, document.querySelectorAll(".fault").length].join("|")`)
	if state != "date|1:15|Ada Okafor|yes||0" {
		t.Errorf("for the next line the form holds %q", state)
	}
	put(b, "date", "2150-01-01")
	b.keys(kb.Enter)
	if fault := wait[string](b, "what is wrong", `document.querySelector("#date-fault").innerText`); !strings.HasPrefix(fault, "This day has not come yet.") {
		t.Errorf("of a day to come the form says %q", fault)
	}
	put(b, "date", "2026-03-09")
	b.click("#hours")
	b.keys(kb.Enter)
	wait[bool](b, "the second line", `document.querySelectorAll("#months li").length === 2`)
	if lines := linesOf(b); !strings.HasPrefix(lines[0], "9 Mar Supervision, only me, in person · Ada Okafor 1¼ h") || !strings.Contains(lines[1], "first") {
		t.Errorf("the log shows %q", lines)
	}
	// Changing, deleting, and taking both back.
	eval[bool](b, `(document.querySelector("#months li:last-child button").focus(), true)`)
	b.keys(kb.Enter)
	wait[bool](b, "the line in the form", `document.querySelector("#note").value === "first" && document.activeElement.id === "date"`)
	put(b, "hours", "2")
	press(b, "Save the change")
	wait[bool](b, "the changed line", `document.activeElement.matches("#months li") && document.activeElement.innerText.includes("2 h")`)
	press(b, "Undo")
	wait[bool](b, "the line as it was", `!document.querySelector("#months").innerText.includes("2 h")`)
	eval[bool](b, `(document.querySelectorAll("#months li")[0].querySelectorAll("button")[1].click(), true)`)
	wait[bool](b, "a way back", `document.activeElement.innerText === "Undo" && document.querySelectorAll("#months li").length === 1`)
	if words := said(b); words != "Deleted: 1¼ hours on 9 March 2026." {
		t.Errorf("after deleting the page says %q", words)
	}
	b.keys(kb.Enter)
	wait[bool](b, "the line again", `document.querySelectorAll("#months li").length === 2`)
	for _, words := range b.heard() {
		t.Errorf("the console says: %s", words)
	}
}

// TestPlannerRefusesBadCopies: a copy that cannot be read whole changes nothing, and the page says what is wrong.
func TestPlannerRefusesBadCopies(t *testing.T) {
	p := real(t)
	b := open(t)
	plan(b, p)
	note(b, "date", "2026-03-02", "hours", "1", "note", "=SUM(A1)")
	wait[bool](b, "the line", `document.querySelectorAll("#months li").length === 1`)
	before := eval[string](b, stored)
	for name, test := range map[string]struct{ text, want string }{
		"cut.json":   {`{"format":"nwioi-planner","version":1,`, "It is damaged"},
		"new.json":   {`{"format":"nwioi-planner","version":7}`, "newer version of this planner (7; this one reads 1)"},
		"other.json": {`{"format":"other"}`, "does not come from this planner"},
		"lines.csv":  {"date,hours,kind\r\n2026-03-01,1,supervision\r\n2026-13-01,1,supervision\r\n", "In line 3: Its date should be a day"},
	} {
		readFile(b, name, test.text)
		text := wait[string](b, "what is wrong with "+name, `document.querySelector("#opened").innerText.includes(`+quote(name)+`) && document.querySelector("#opened").innerText`)
		if !strings.Contains(text, test.want) || !strings.HasSuffix(strings.TrimSpace(text), "Your notebook is as it was.") {
			t.Errorf("of %s the page says %q", name, text)
		}
		if after := eval[string](b, stored); after != before {
			t.Errorf("%s was refused and changed the notebook to %s", name, after)
		}
	}
}

// TestPlannerCopies: what is saved comes back, the same lines are not written twice, and a spreadsheet runs nothing.
func TestPlannerCopies(t *testing.T) {
	p := real(t)
	b := open(t)
	keepFiles(b)
	plan(b, p)
	note(b, "date", "2026-03-02", "hours", "1", "supervisor", "Zoë Ångström", "aasect", "yes", "note", "=HYPERLINK(\"x\")")
	note(b, "date", "2026-03-09", "hours", "1.5", "session", "group", "people", "3", "note", "@here")
	wait[bool](b, "the lines", `document.querySelectorAll("#months li").length === 2`)
	press(b, "Save a copy")
	press(b, "Save as a spreadsheet")
	copied := wait[map[string]string](b, "the files", `files.json && files.csv && files`)
	if !strings.HasPrefix(copied["json"], `{"format":"nwioi-planner","version":1,`) {
		t.Errorf("the copy begins with %s", short(copied["json"]))
	}
	if table := copied["csv"]; !strings.Contains(table, `"'=HYPERLINK(""x"")"`) || !strings.Contains(table, ",'@here,") || !strings.Contains(table, "Zoë Ångström,yes,,") {
		t.Errorf("the table is\n%s", table)
	}
	before := linesOf(b)

	other := open(t)
	plan(other, p)
	note(other, "date", "2026-05-04", "hours", "2", "note", "mine")
	wait[bool](other, "the line", `document.querySelectorAll("#months li").length === 1`)
	bring := func(name, text, way, want string, lines int) {
		t.Helper()
		readFile(other, name, text)
		asked := wait[string](other, "the question about "+name, `document.querySelector("#ask").open && document.querySelector("#ask").innerText`)
		if !strings.Contains(asked, want) {
			t.Errorf("before reading %s the page says %q, without %q", name, asked, want)
		}
		eval[bool](other, `([...document.querySelectorAll("#ask button")].find((e) => e.innerText === `+quote(way)+`).click(), true)`)
		wait[bool](other, fmt.Sprintf("%d lines after %s", lines, way), fmt.Sprintf(`[...document.querySelectorAll("#months summary")].reduce((n, s) => n + parseInt(/(\d+) lines?/.exec(s.innerText)[1]), 0) === %d`, lines))
	}
	bring("hours.json", copied["json"], "Leave it", "2 lines, from 2 March 2026 to 9 March 2026", 1)
	bring("hours.json", copied["json"], "Add", "2 lines are new.", 3)
	bring("hours.csv", copied["csv"], "Add", "2 lines are here already and not written twice.", 3)
	bring("hours.csv", copied["csv"], "Replace", "The log here goes (3 lines), and the copy’s takes its place (2 lines).", 2)
	if after := linesOf(other); !slices.Equal(after, before) {
		t.Errorf("from the table the log is\n%q, where it was\n%q", after, before)
	}
	press(other, "Undo")
	wait[bool](other, "the lines as they were", `document.querySelector("#months").innerText.includes("mine")`)
	bring("hours.json", copied["json"], "Replace", "The log here goes (3 lines), and the copy’s takes its place (2 lines).", 2)
	mine, theirs := eval[string](b, stored), eval[string](other, stored)
	if mine != theirs {
		t.Errorf("a replaced notebook is\n%s\nwhere the copied one is\n%s", theirs, mine)
	}
}

// TestPlannerInTwoTabs: each tab shows what the other wrote, and neither writes over it.
func TestPlannerInTwoTabs(t *testing.T) {
	p := real(t)
	one := open(t)
	plan(one, p)
	two := one.beside()
	command(two, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `
		addEventListener("storage", (e) => { if (window.deaf) e.stopImmediatePropagation() }, true);
	`})
	plan(two, p)
	note(one, "date", "2026-03-02", "hours", "1", "note", "from one")
	wait[bool](two, "the line of the other tab", `document.querySelector("#months").innerText.includes("from one") && document.querySelector("#said").innerText.includes("Another tab")`)
	put(two, "note", "half written")
	// A tab that does not hear of a change before it writes.
	eval[bool](two, `(window.deaf = true)`)
	note(one, "date", "2026-03-03", "hours", "1", "note", "from one again")
	note(two, "date", "2026-03-04", "hours", "1")
	for _, b := range []*tab{one, two} {
		wait[bool](b, "all three lines", `["from one again", "half written"].every((words) => document.querySelector("#months").innerText.includes(words)) && document.querySelectorAll("#months li").length === 3`)
	}
}

// TestPlannerWithoutStorage: where the browser keeps nothing, or no more, the notebook works until the tab is closed
// and says so; where it keeps what this page cannot read, that stays as it is.
func TestPlannerWithoutStorage(t *testing.T) {
	p := real(t)
	for name, test := range map[string]struct{ before, trouble string }{
		"blocked": {`Object.defineProperty(window, "localStorage", { get() { throw new DOMException("refused", "SecurityError") } });`, "Your browser keeps no more for this page"},
		"full":    {`Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError") };`, "Your browser keeps no more for this page"},
		"newer":   {`if (window.localStorage.length === 0) localStorage.setItem("nwioi-planner", '{"format":"nwioi-planner","version":9}');`, "This browser keeps a notebook that this page cannot read. It comes from a newer version"},
	} {
		t.Run(name, func(t *testing.T) {
			b := open(t)
			command(b, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: test.before})
			plan(b, p)
			note(b, "date", "2026-03-02", "hours", "1")
			note(b, "date", "2026-03-03", "hours", "1")
			wait[bool](b, "the lines", `document.querySelectorAll("#months li").length === 2`)
			if text := eval[string](b, `document.querySelector("#trouble").innerText`); !strings.HasPrefix(text, test.trouble) {
				t.Errorf("the page says %q", text)
			}
			if name == "newer" {
				if kept := eval[string](b, `localStorage.getItem("nwioi-planner")`); kept != `{"format":"nwioi-planner","version":9}` {
					t.Errorf("the newer notebook became %q", kept)
				}
			}
			for _, words := range b.heard() {
				t.Errorf("the console says: %s", words)
			}
		})
	}
}

// TestPlannerHoldsManyLines: a log of 2,000 lines can still be written to, and only what is unfolded is drawn.
func TestPlannerHoldsManyLines(t *testing.T) {
	p := real(t)
	b := open(t)
	var lines []line
	for i := range 2_000 {
		d := site.Date{Year: 2020, Month: 1, Day: 1}.AddDays(i)
		lines = append(lines, line{ID: fmt.Sprint("l", i), Date: d.String(), Kind: "supervision", Quarters: 4, Session: "individual", People: 1, Supervisor: "Ada Okafor"})
	}
	var text map[string]any
	if err := json.Unmarshal([]byte(notebookText(t, lines)), &text); err != nil {
		t.Fatal(err)
	}
	text["format"], text["version"] = "nwioi-planner", 1
	whole, _ := json.Marshal(text)
	plan(b, p)
	eval[bool](b, `(localStorage.setItem("nwioi-planner", `+quote(string(whole))+`), true)`)
	b.reload()
	planned(b)
	if n := len(linesOf(b)); n > 100 {
		t.Errorf("%d lines are drawn at once", n)
	}
	note(b, "date", "2026-03-02", "hours", "1", "note", "one more")
	wait[bool](b, "the line", `document.querySelector("#months").innerText.includes("one more")`)
	first := eval[string](b, `(() => { const month = document.querySelector("#months details:last-child"); month.open = true; return month.id })()`)
	wait[bool](b, "the first month", `document.querySelectorAll("#`+first+` li").length === 31`)
}

// TestPlannerOnPaper prints the log: a table and lines to sign for each supervisor, and nothing of the page around it.
func TestPlannerOnPaper(t *testing.T) {
	p := real(t)
	b := open(t)
	command(b, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `window.print = () => { dispatchEvent(new Event("beforeprint")); window.printed = true }`})
	plan(b, p)
	note(b, "date", "2026-03-02", "hours", "1", "supervisor", "Ada Okafor", "note", "on paper")
	note(b, "date", "2026-03-09", "hours", "1.5", "supervisor", "Samir Haddad")
	wait[bool](b, "the lines", `document.querySelectorAll("#months li").length === 2`)
	press(b, "Print the log")
	wait[bool](b, "the sheet", `window.printed && !!document.querySelector("#sheet")`)
	command(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	shown := eval[string](b, `document.body.innerText`)
	for _, want := range []string{"Log of hours", "2 lines, 2½ hours, from 2 March 2026 to 9 March 2026.", "Ada Okafor", "2 March 2026", "on paper", "Total\t1\n", "Total\t1½\n", "Samir Haddad", "Signature"} {
		if !strings.Contains(shown, want) {
			t.Errorf("the sheet lacks %q:\n%s", want, shown)
		}
	}
	for _, unwanted := range []string{"Add this line", "Find a practitioner", "Erase", "Privacy"} {
		if strings.Contains(shown, unwanted) {
			t.Errorf("on paper stands %q", unwanted)
		}
	}
	eval[bool](b, `(dispatchEvent(new Event("afterprint")), true)`)
	if pdf := command(b, page.PrintToPDF, page.PrintToPDFParams{}); len(pdf.Data) < 1_000 {
		t.Error("the browser prints nothing")
	}
	if eval[bool](b, `!!document.querySelector("#sheet")`) {
		t.Error("after printing the sheet is still there")
	}
}

// TestPlannerWithoutScripts: the page says that it needs them, and offers the guide, what is asked, and a log to fill in
// by hand.
func TestPlannerWithoutScripts(t *testing.T) {
	p := real(t)
	b := open(t)
	b.scripts(false)
	b.visit(p.url(site.PlannerURL))
	text := eval[string](b, `(() => { for (const d of document.querySelectorAll("details")) d.open = true; return document.querySelector("main").innerText })()`)
	for _, want := range []string{"This page needs JavaScript", "Certification by AASECT", "Client hours in sex therapy", "300 hours", "at most 25 hours", "A log to fill in by hand", "Signature"} {
		if !strings.Contains(text, want) {
			t.Errorf("without scripts the page lacks %q:\n%s", want, text)
		}
	}
	if idle := eval[[]string](b, `[...document.querySelectorAll("main input, main select, main button")].filter((e) => e.checkVisibility()).map((e) => e.name || e.textContent.trim())`); len(idle) > 0 {
		t.Errorf("these are offered and do nothing without scripts: %q", idle)
	}
	if links := eval[int](b, `[...document.querySelectorAll("noscript a, main a")].filter((a) => a.checkVisibility() && a.href.includes("/pathway/")).length`); links == 0 {
		t.Error("without scripts no link leads to the guide")
	}
	command(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	if printed := eval[string](b, `document.body.innerText`); !strings.Contains(printed, "A log to fill in by hand") || strings.Contains(printed, "This page needs JavaScript") {
		t.Errorf("without scripts this is printed:\n%s", printed)
	}
}

// TestPlanner goes the whole way: chooses goals, adds hours that count twice, goes over a limit, sees the flag with the
// rule's text, follows it to the line, marks the checklist, reloads, saves a copy, erases everything, reads the copy
// back and prints. All that the browser asks for are files of the site.
func TestPlanner(t *testing.T) {
	p := real(t)
	b := open(t)
	keepFiles(b)
	plan(b, p)
	pursue(b, "Certification by AASECT")
	pursue(b, "Washington licence for associates")
	eval[bool](b, `([...document.querySelectorAll("[data-tracks]:not([hidden]) label")].find((l) => l.innerText.includes("LMFTA")).click(), true)`)
	wait[bool](b, "the totals", `document.querySelector("#sums").innerText.includes("0 of 50 h")`)
	if held := eval[string](b, `document.querySelector("#choices").innerText`); !strings.Contains(held, "Version: 2025.T.1") || !strings.Contains(held, "Check the current rules.") {
		t.Errorf("what is chosen does not say which rules hold:\n%s", held)
	}

	// Two people in training: the State still calls it one to one, AASECT calls it a group.
	note(b, "date", "2026-01-05", "hours", "20", "session", "group", "people", "2", "format", "video", "supervisor", "Ada Okafor", "aasect", "yes", "aamft", "yes")
	one := wait[string](b, "what the line is for each", `document.querySelector("#months .weighed").innerText`)
	if one != "Group for Certification by AASECT. Individual for Washington licence for associates." {
		t.Errorf("the line is weighed as %q", one)
	}
	if flags := eval[string](b, `document.querySelector("#flags").innerText`); flags != "" {
		t.Errorf("a line that counts twice is flagged: %s", flags)
	}
	totals := func() string { t.Helper(); return eval[string](b, `document.querySelector("#sums").innerText`) }
	if text := totals(); strings.Count(text, "20 of") < 2 {
		t.Errorf("twenty hours do not count twice:\n%s", text)
	}

	// Half an hour more than half of what AASECT asks for in a group.
	note(b, "date", "2026-02-02", "hours", "5:30")
	flag := wait[string](b, "the flag", `document.querySelector("#flags details")?.innerText`)
	for _, want := range []string{"Certification by AASECT: ½ hour in 1 line over the limit.", "No more than half of the supervised hours may be in a group."} {
		if !strings.Contains(flag, want) {
			t.Errorf("the summary lacks %q:\n%s", want, flag)
		}
	}
	if text := totals(); !strings.Contains(text, "25 of 50 h") || !strings.Contains(text, "25½ of 200 h") || !strings.Contains(text, "½ over the limit") {
		t.Errorf("over the limit the totals are\n%s", text)
	}
	eval[bool](b, `(document.querySelector("#flags .chips button").click(), true)`)
	line := wait[string](b, "the line that is flagged", `document.activeElement.matches("#months li") && document.activeElement.innerText`)
	if !strings.HasPrefix(line, "2 Feb") || !strings.Contains(line, "Group, 5 of 5½ h, for Certification by AASECT.") || !strings.Contains(line, "Certification by AASECT: ½ hour over the limit") {
		t.Errorf("the line says\n%s", line)
	}

	// A supervisor of whom nobody knows enough.
	note(b, "date", "2026-03-02", "hours", "1", "session", "individual", "supervisor", "Samir Haddad")
	doubt := wait[string](b, "the doubt", `document.querySelector("#months li .doubt")?.innerText`)
	if !strings.Contains(doubt, "is the supervisor approved?") {
		t.Errorf("of a supervisor who is not known the line says %q", doubt)
	}
	if text := totals(); !strings.Contains(text, "1 not sure") {
		t.Errorf("the doubtful hour is not in the totals:\n%s", text)
	}
	if chart := eval[string](b, `document.querySelector("#chart figcaption").innerText`); chart != "25 hours counted since 5 January 2026, of 50 hours." {
		t.Errorf("the chart says %q", chart)
	}

	// The checklist.
	state := func(words string) string {
		t.Helper()
		return eval[string](b, `[...document.querySelectorAll("#checks li")].find((li) => li.querySelector("p").innerText === `+quote(words)+`).className`)
	}
	if before := state("A code of conduct"); before != "blocked" {
		t.Errorf("before membership the code of conduct is %q", before)
	}
	eval[bool](b, `(() => { const select = document.querySelector("[data-mark='aasect-certification/membership']"); select.value = "done"; select.dispatchEvent(new Event("change", { bubbles: true })); return true })()`)
	if after := state("A code of conduct"); after != "todo" || state("Membership") != "done" {
		t.Errorf("after membership the code of conduct is %q", after)
	}
	put(b, "rate-individual", "$120")
	put(b, "rate-group", "50")
	costs := wait[string](b, "the costs", `document.querySelector("#bill").innerText`)
	for _, want := range []string{"ask", "Known so far", "When you can be done"} {
		if !strings.Contains(costs, want) {
			t.Errorf("the costs lack %q:\n%s", want, costs)
		}
	}

	shows := func() string {
		t.Helper()
		return eval[string](b, `["#goals-short", "#sums", "#flags", "#months", "#checks", "#bill"].map((s) => document.querySelector(s).innerText).join("\n")`)
	}
	eval[bool](b, `(document.querySelector("#goals").open = false, true)`)
	before := shows()
	b.reload()
	planned(b)
	if after := shows(); after != before {
		t.Errorf("after a reload the page shows\n%s\nwhere it showed\n%s", after, before)
	}
	press(b, "Save a copy")
	copied := wait[map[string]string](b, "the copy", `files.json && files`)["json"]
	press(b, "Erase everything")
	wait[bool](b, "the question", `document.querySelector("#ask").open`)
	eval[bool](b, `(document.querySelector("#ask .main").click(), true)`)
	wait[bool](b, "the empty notebook", `!document.querySelector("#months li") && !document.querySelector("#choices :checked") && document.querySelector("#checklist").hidden`)
	if kept := eval[string](b, stored); kept != "" {
		t.Errorf("once erased the device keeps %q", kept)
	}
	readFile(b, "hours.json", copied)
	wait[bool](b, "the question", `document.querySelector("#ask").open`)
	eval[bool](b, `(document.querySelector("#ask .main").click(), true)`)
	wait[bool](b, "the lines", `document.querySelectorAll("#months li").length === 3`)
	if after := shows(); after != before {
		t.Errorf("from the copy the page shows\n%s\nwhere it showed\n%s", after, before)
	}
	if address := eval[string](b, `location.href`); address != p.url(site.PlannerURL) {
		t.Errorf("the address became %s", address)
	}
	if pdf := command(b, page.PrintToPDF, page.PrintToPDFParams{}); len(pdf.Data) < 1_000 {
		t.Error("the browser prints nothing")
	}
	for _, words := range b.heard() {
		t.Errorf("the console says: %s", words)
	}
	for _, address := range b.asked() {
		if name, inside := strings.CutPrefix(address, p.url("/")); strings.HasPrefix(address, "http") && (!inside || strings.ContainsAny(address, "?#") || p.set.File(site.FileOf("/"+name)) == nil) {
			t.Errorf("the browser asked for %s, which is no file of the site", address)
		}
	}
}

// TestPlannerAxe looks at the planner as it is while people use it, on a phone and on a desk, in every mood.
func TestPlannerAxe(t *testing.T) {
	npm(t, "axe-core/axe.min.js")
	p := real(t)
	for _, state := range []struct {
		name, within string
		reach        func(b *tab)
	}{
		{"choosing", ":root", func(b *tab) {
			pursue(b, "The institute's five steps")
			pursue(b, "Washington licence for associates")
			eval[bool](b, `(document.querySelector(".where").open = true)`)
		}},
		{"flagged", ":root", func(b *tab) {
			full(b)
			eval[bool](b, `(() => { for (const d of document.querySelectorAll("#flags details, .flags, #chart details, #checks details")) d.open = true; return true })()`)
		}},
		{"a wrong line", ":root", func(b *tab) {
			put(b, "hours", "1:20")
			press(b, "Add this line")
			wait[bool](b, "what is wrong", `!!document.querySelector(".fault")`)
			readFile(b, "other.json", "{}")
			wait[bool](b, "what is wrong", `!!document.querySelector("#opened p")`)
		}},
		{"a question", "dialog", func(b *tab) {
			full(b)
			readFile(b, "lines.csv", "date,hours,kind\r\n2026-03-01,1,supervision\r\n")
			wait[bool](b, "the question", `document.querySelector("#ask").open`)
		}},
	} {
		t.Run(state.name, func(t *testing.T) {
			b := open(t)
			b.look(320, "light", still)
			plan(b, p)
			state.reach(b)
			loadAxe(t, b)
			for _, mood := range moods {
				for _, width := range []int{320, 1280} {
					b.look(width, mood.scheme, mood.features...)
					axe(t, b, fmt.Sprintf("%s, %s, %d px", state.name, mood.name, width), state.within)
				}
			}
		})
	}
}

// full fills the notebook: two goals, hours that count, that are over a limit and that are doubtful.
func full(b *tab) {
	b.t.Helper()
	pursue(b, "The institute's five steps")
	pursue(b, "Certification by AASECT")
	note(b, "date", "2026-01-05", "hours", "24", "session", "group", "people", "3", "supervisor", "Ada Okafor", "aasect", "yes")
	note(b, "date", "2026-02-05", "hours", "2")
	note(b, "date", "2026-02-06", "hours", "1", "session", "individual", "supervisor", "Samir Haddad")
	note(b, "date", "2026-02-07", "hours", "1", "kind", "sex-therapy")
	wait[bool](b, "the lines, weighed", `document.querySelectorAll("#months li").length === 4 && !!document.querySelector("#flags li")`)
}

// TestPlannerOnAPhone: what can be touched is large enough, the totals stay in sight, nothing scrolls sideways.
func TestPlannerOnAPhone(t *testing.T) {
	p := real(t)
	b := open(t)
	b.look(320, "light", still)
	plan(b, p)
	full(b)
	eval[bool](b, `(() => { for (const d of document.querySelectorAll("#planner details")) d.open = true; scrollTo(0, 2000); return true })()`)
	small := eval[[]string](b, `[...document.querySelectorAll("#planner :is(button, select, summary, label.tick, input:not([type=radio], [type=checkbox], [type=file]))")]
		.filter((e) => e.checkVisibility()).filter((e) => { const box = e.getBoundingClientRect(); return box.height < 44 && !e.closest(".flags") || box.width < 24 }).map((e) => e.id + e.innerText)`)
	if len(small) > 0 {
		t.Errorf("these are too small to touch: %q", small)
	}
	sight := eval[struct {
		Top, Bottom float64
		Text        string
	}](b, `(() => { const e = document.querySelector("#sight"), box = e.getBoundingClientRect(); return { top: box.top, bottom: box.bottom, text: e.innerText } })()`)
	if sight.Top < 0 || sight.Bottom > 140 || !strings.Contains(sight.Text, "of 50 h") {
		t.Errorf("the totals stand from %.0f to %.0f and say %q", sight.Top, sight.Bottom, sight.Text)
	}
	if wide := eval[int](b, `document.documentElement.scrollWidth`); wide > 320 {
		t.Errorf("the page is %d pixels wide", wide)
	}
}

// TestPlannerScriptIsSmall: what a browser needs to write a line is at most 10 kB of gzip.
func TestPlannerScriptIsSmall(t *testing.T) {
	p := real(t)
	b := open(t)
	b.visit(p.url(site.PlannerURL))
	planned(b)
	total := 0
	for _, address := range b.asked() {
		if name, script := strings.CutPrefix(address, p.url("/")); script && strings.HasSuffix(name, ".js") && !strings.Contains(name, "move") {
			total += gzipped(t, p.body(t, name))
		}
	}
	if total == 0 || total > 10_240 {
		t.Errorf("the first scripts take %d bytes", total)
	}
	t.Logf("the first scripts take %d bytes", total)
}
