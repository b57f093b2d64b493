package webtest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"golang.org/x/net/html"

	"nwioi/internal/site"
)

// parsed returns a page of a site as a reader of HTML sees it.
func parsed(t *testing.T, p *published, urlPath string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(string(p.body(t, site.FileOf(urlPath)))))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// every returns the elements below a node for which is holds.
func every(n *html.Node, is func(*html.Node) bool) []*html.Node {
	var found []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && is(d) {
			found = append(found, d)
		}
	}
	return found
}

func named(name string) func(*html.Node) bool {
	return func(n *html.Node) bool { return n.Data == name }
}

func classed(class string) func(*html.Node) bool {
	return func(n *html.Node) bool { return slices.Contains(strings.Fields(attribute(n, "class")), class) }
}

// words returns the words of an element, runs of white space as one space.
func words(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

var stepsInOrder = []string{"degree", "sar", "advanced-course", "supervision", "community"}

// TestStepByStep reads the overview and the pages of the steps: the same steps in the same order, each to be
// opened, its tasks joined by "and" and "or", the current one open and marked, the way before and after.
func TestStepByStep(t *testing.T) {
	p := real(t)
	for at, page := range append([]string{""}, stepsInOrder...) {
		url := site.PathwayURL
		if page != "" {
			url = site.StepURL(page)
		}
		t.Run(url, func(t *testing.T) {
			doc := parsed(t, p, url)
			ways := every(doc, classed("way"))
			if len(ways) != 1 || ways[0].Data != "ol" {
				t.Fatalf("%d lists of steps, want one that is ordered", len(ways))
			}
			steps := every(ways[0], named("details"))
			if len(steps) != len(stepsInOrder) {
				t.Fatalf("%d steps can be opened, want %d", len(steps), len(stepsInOrder))
			}
			for i, step := range steps {
				summary := every(step, named("summary"))[0]
				if said := words(summary); !strings.HasPrefix(said, fmt.Sprint(i+1)) {
					t.Errorf("step %d is called %q, without its number", i+1, said)
				}
				_, open := attributeOf(step, "open")
				current := attribute(summary, "aria-current") == "step"
				if here := i == at-1; open != here || current != here {
					t.Errorf("step %d: open %v, current %v, want %v", i+1, open, current, here)
				}
				lists := every(step, classed("tasks"))
				if len(lists) != 1 {
					t.Fatalf("step %d has %d lists of tasks", i+1, len(lists))
				}
				tasks := 0
				for task := range lists[0].ChildNodes() {
					if task.Type != html.ElementNode {
						continue
					}
					if joints := every(task, classed("joint")); (tasks > 0) != (len(joints) == 1) {
						t.Errorf("step %d: task %d has %d joints", i+1, tasks+1, len(joints))
					}
					for _, link := range every(task, named("a")) {
						if to := attribute(link, "href"); !strings.HasPrefix(to, site.StepURL(stepsInOrder[i])+"#") {
							t.Errorf("step %d: %q leads to %s", i+1, words(link), to)
						}
					}
					tasks++
				}
			}
			if page == "" {
				return
			}
			for rel, want := range map[string]int{"prev": at - 2, "next": at} {
				links := every(doc, func(n *html.Node) bool { return n.Data == "a" && attribute(n, "rel") == rel })
				switch {
				case want < 0 || want >= len(stepsInOrder):
					if len(links) != 0 {
						t.Errorf("there is a %s", rel)
					}
				case len(links) != 1 || attribute(links[0], "href") != site.StepURL(stepsInOrder[want]):
					t.Errorf("%s does not lead to %s", rel, stepsInOrder[want])
				}
			}
		})
	}
	// What is parallel and what is an alternative, with what each takes.
	doc := parsed(t, p, site.PathwayURL)
	tasks := every(doc, classed("tasks"))
	if said, want := words(tasks[0]), "A degree in Marriage and Family Therapy or Another degree that is built on systems thinking and Training in couples therapy Only for social workers, psychologists and counselors"; said != want {
		t.Errorf("the first step asks\n  %q, want\n  %q", said, want)
	}
	if said, want := words(tasks[1]), "Sexual Attitude Reassessment 21 CEUs · ask about the price · one weekend"; said != want {
		t.Errorf("the second step asks\n  %q, want\n  %q", said, want)
	}
	if said, want := words(tasks[3]), "Supervised hours after your degree 50 hours · ask about the price · at least 18 months"+
		" The half that is individual at least 25 of the 50 hours · you are the only one in training"+
		" The half that is in a group at least 25 of the 50 hours · 2 to 4 people in training share a session"+
		" and Client hours in sex therapy 300 hours"; said != want {
		t.Errorf("the fourth step asks\n  %q, want\n  %q", said, want)
	}
}

func attributeOf(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

// TestRequirementsHaveAnchors looks at every page that explains requirements: each has an anchor of its own
// with a link to itself, the day of its last review and its history.
func TestRequirementsHaveAnchors(t *testing.T) {
	p := real(t)
	explained := 0
	for _, url := range p.pages(t) {
		if !strings.HasPrefix(url, site.PathwayURL) || url == site.PrintURL { // on paper nothing is linked
			continue
		}
		doc := parsed(t, p, url)
		ids := map[string]bool{}
		for _, n := range every(doc, func(n *html.Node) bool { return attribute(n, "id") != "" }) {
			if id := attribute(n, "id"); ids[id] {
				t.Errorf("%s: two things are called %q", url, id)
			}
			ids[attribute(n, "id")] = true
		}
		for _, list := range every(doc, classed("points")) {
			for item := range list.ChildNodes() {
				if item.Type != html.ElementNode {
					continue
				}
				explained++
				id := attribute(item, "id")
				title := every(item, named("h4"))
				if id == "" || len(title) != 1 || attribute(every(title[0], named("a"))[0], "href") != "#"+id {
					t.Errorf("%s: %q does not link to itself", url, id)
				}
				said := words(item)
				for _, want := range []string{"Last reviewed 20 November 2026", "What changed", "20 November 2026 : Recorded"} {
					if !strings.Contains(said, want) {
						t.Errorf("%s#%s does not say %q", url, id, want)
					}
				}
			}
		}
	}
	if explained < 35 {
		t.Errorf("%d requirements are explained", explained)
	}
	for url, says := range map[string][]string{
		"/pathway/supervision/#supervision-group":              {"At least 25 of the 50 hours", "as of October 2020, being reviewed"},
		"/pathway/supervision/#supervision":                    {"50 hours", "at least 18 months", "you have your degree", "ask about the price"},
		"/pathway/degree/#couples-training":                    {"Only social workers, psychologists and counselors"},
		"/pathway/community/#join":                             {"Needs first A licence to practise A chosen supervisor The elective in spirituality"},
		"/pathway/sar/#sar":                                    {"21 CEUs", "one weekend", "Course Sexual Attitude Reassessment"},
		"/pathway/rules/aasect-certification/#group-size":      {"2 to 4 people in training share a session"},
		"/pathway/rules/aasect-certification/#application":     {"Needs first Core knowledge of sexuality"},
		"/pathway/rules/washington-associate/#lmft-couples":    {"at least 500 of the 1,000 hours"},
		"/pathway/rules/washington-associate/#lmft-group-size": {"up to 6 people in training share a session"},
	} {
		page, id, _ := strings.Cut(url, "#")
		found := every(parsed(t, p, page), func(n *html.Node) bool { return attribute(n, "id") == id })
		if len(found) != 1 {
			t.Errorf("%s is not there", url)
			continue
		}
		said := strings.ToLower(words(found[0]))
		for _, want := range says {
			if !strings.Contains(said, strings.ToLower(want)) {
				t.Errorf("%s says\n  %q, not %q", url, said, want)
			}
		}
	}
}

// listed returns the parts of a reader's own list: by part, its tasks in words.
func listed(doc *html.Node) map[string][]string {
	own := map[string][]string{}
	for _, group := range every(doc, func(n *html.Node) bool { return attribute(n, "data-group") != "" }) {
		for _, task := range every(group, func(n *html.Node) bool { return attribute(n, "data-task") != "" }) {
			own[attribute(group, "data-group")] = append(own[attribute(group, "data-group")], words(task))
		}
	}
	return own
}

// TestWhereAmIBranches walks every path of answers: each ends in a list with everything the steps ask, each
// page says what was answered and leads back to each question, and no search engine is offered any of them.
func TestWhereAmIBranches(t *testing.T) {
	p := real(t)
	sitemap := string(p.body(t, "sitemap.xml"))
	ends, pages, all := 0, 0, -1
	var walk func(url string, answered []string)
	walk = func(url string, answered []string) {
		if pages++; pages > 1000 {
			t.Fatal("there is no end of questions")
		}
		doc := parsed(t, p, url)
		if len(answered) > 0 {
			if strings.Contains(sitemap, url+"<") {
				t.Errorf("%s stands in the sitemap", url)
			}
			if robots := every(doc, func(n *html.Node) bool { return n.Data == "meta" && attribute(n, "name") == "robots" }); len(robots) != 1 || attribute(robots[0], "content") != "noindex" {
				t.Errorf("%s may be listed by search engines", url)
			}
			var back []string
			for _, given := range every(doc, classed("given")) {
				for _, link := range every(given, named("a")) {
					back = append(back, attribute(link, "href"))
				}
			}
			if !slices.Equal(back, answered) {
				t.Errorf("%s leads back to %q, want %q", url, back, answered)
			}
		}
		var asks []*html.Node
		for _, nav := range every(doc, classed("asks")) {
			asks = append(asks, every(nav, named("a"))...)
		}
		if len(asks) == 0 {
			ends++
			tasks := 0
			for _, group := range listed(doc) {
				tasks += len(group)
			}
			if all < 0 {
				all = tasks
			}
			if tasks != all || tasks < 9 {
				t.Errorf("%s lists %d tasks, another page %d", url, tasks, all)
			}
		}
		for _, answer := range asks {
			walk(attribute(answer, "href"), append(slices.Clone(answered), url))
		}
	}
	walk(site.WhereURL, nil)
	if ends != 168 || pages != 197 {
		t.Errorf("%d pages end in %d lists, want 197 and 168", pages, ends)
	}
}

// TestOwnList reads the lists of readers of whom it is known where they stand.
func TestOwnList(t *testing.T) {
	p := real(t)
	for path, want := range map[string]map[string][]string{
		"not-yet/none/": {
			"now":   {"A degree in Marriage and Family Therapy Step 1", "or Another degree that is built on systems thinking Step 1", "Sexual Attitude Reassessment Step 2 21 CEUs · ask about the price · one weekend"},
			"later": {"Supervised hours after your degree Step 4 50 hours · ask about the price · at least 18 months Starts when you have your degree.", "Joining the community Step 5 ask about the price First: A licence to practise; A chosen supervisor; The elective in spirituality."},
			"not":   {"Training in couples therapy Step 1 Only for social workers, psychologists and counselors."},
		},
		"finished/msw/associate/sar-and-hebrew-mystic-sexuality/": {
			"done":  {"Another degree that is built on systems thinking Step 1", "Sexual Attitude Reassessment Step 2 21 CEUs · ask about the price · one weekend", "A licence to practise Step 5", "The elective in spirituality Step 5 1 CEU · ask about the price"},
			"now":   {"Training in couples therapy Step 1", "Supervised hours after your degree Step 4 50 hours · ask about the price · at least 18 months", "Client hours in sex therapy Step 4 300 hours", "A chosen supervisor Step 5"},
			"later": {"Joining the community Step 5 ask about the price First: A chosen supervisor."},
			"not":   {"A degree in Marriage and Family Therapy Step 1 “Another degree that is built on systems thinking” is enough."},
		},
	} {
		own := listed(parsed(t, p, site.WhereURL+path))
		for group, tasks := range want {
			for _, task := range tasks {
				if !slices.Contains(own[group], task) {
					t.Errorf("%s: %q does not stand under %s:\n  %q", path, task, group, own[group])
				}
			}
		}
	}
}

// ownList is what the browser shows of a reader's own list.
const ownList = `Object.fromEntries([...document.querySelectorAll("#own [data-group]")].filter((g) => g.checkVisibility()).map((g) => [g.dataset.group,
	[...g.querySelectorAll("[data-task]")].map((task) => task.innerText.trim().replace(/\s+/g, " "))]))`

// TestWhereAmI answers the questions in the form and compares the list with the page of the same answers;
// no request says what was answered.
func TestWhereAmI(t *testing.T) {
	p := real(t)
	b := open(t)
	b.visit(p.url(site.WhereURL))
	wait[bool](b, "the rules", `document.querySelector("#where[data-ready]") !== null`)
	p.asked()
	for _, branch := range []struct {
		path    string
		answers []string // name=value
	}{
		{"not-yet/none/", []string{"degree=not-yet"}},
		{"not-yet/sar/", []string{"degree=not-yet", "training=sar"}},
		{"enrolled/mft/none/", []string{"degree=enrolled", "field=mft"}},
		{"enrolled/counselor/sar-and-advanced-course/", []string{"degree=enrolled", "field=counselor", "training=sar", "training=advanced-course"}},
		{"finished/msw/associate/sar/", []string{"degree=finished", "field=msw", "licence=associate", "training=sar"}},
		{"finished/not-yet/none/hebrew-mystic-sexuality/", []string{"degree=finished", "field=not-yet", "licence=none", "training=hebrew-mystic-sexuality"}},
		{"finished/mft/independent/sar-and-advanced-course-and-hebrew-mystic-sexuality/", []string{"degree=finished", "field=mft", "licence=independent", "training=sar", "training=advanced-course", "training=hebrew-mystic-sexuality"}},
	} {
		t.Run(branch.path, func(t *testing.T) {
			b.visit(p.url(site.WhereURL))
			wait[bool](b, "the rules", `document.querySelector("#where[data-ready]") !== null`)
			for _, answer := range branch.answers {
				name, value, _ := strings.Cut(answer, "=")
				b.click(fmt.Sprintf(`[name=%s][value="%s"]`, name, value))
			}
			if hash := eval[string](b, "location.hash"); hash != "#"+strings.Join(branch.answers, "&") {
				t.Errorf("the fragment is %s", hash)
			}
			inForm := eval[map[string][]string](b, ownList)
			if said := eval[string](b, `document.querySelector("#where [role=status]").innerText`); !strings.Contains(said, "What you can do now: ") && !strings.Contains(said, "Done: ") {
				t.Errorf("the list is announced as %q", said)
			}
			b.reload()
			wait[bool](b, "the list again", `document.querySelector("#where[data-ready]") !== null`)
			again := eval[map[string][]string](b, ownList)
			for _, r := range p.asked() {
				if strings.Contains(r.target, "=") || strings.Contains(r.target, "finished") || strings.Contains(r.referer, "finished") {
					t.Errorf("%s was asked for, with the answers", r.target)
				}
			}
			b.visit(p.url(site.WhereURL + branch.path))
			static := eval[map[string][]string](b, ownList)
			p.asked()
			for name, list := range map[string]map[string][]string{"in the form": inForm, "after a reload": again} {
				if fmt.Sprint(list) != fmt.Sprint(static) {
					t.Errorf("%s the list is\n  %q\non the page of these answers\n  %q", name, list, static)
				}
			}
		})
	}
}

// TestWhereAmIWithoutRules answers where the rules cannot be had: a sentence leads to the pages that work.
func TestWhereAmIWithoutRules(t *testing.T) {
	p := real(t)
	b := open(t)
	command(b, network.SetBlockedURLs, network.SetBlockedURLsParams{URLPatterns: []*network.BlockPattern{{URLPattern: "*://*:*" + site.PathwayDataURL, Block: true}}})
	b.visit(p.url(site.WhereURL))
	wait[bool](b, "a word about the list", `document.querySelector("#where [role=status]").innerText.includes("one question at a time")`)
	b.click(`[name=degree][value=finished]`)
	if own := eval[bool](b, `document.querySelector("#own").checkVisibility()`); own {
		t.Error("a list is shown that nobody worked out")
	}
	if links := eval[int](b, `[...document.querySelectorAll(".asks a")].filter((a) => a.checkVisibility()).length`); links != 3 {
		t.Errorf("%d answers lead on, want 3", links)
	}
	b.heard() // the request that failed
}

// TestWhereAmIAxe looks at the form with its answers and the list below it.
func TestWhereAmIAxe(t *testing.T) {
	npm(t, "axe-core/axe.min.js")
	p := real(t)
	b := open(t)
	b.look(320, "light", still)
	b.visit(p.url(site.WhereURL + "#degree=finished&field=msw&licence=associate&training=sar"))
	wait[bool](b, "the list", `document.querySelector("#own [data-task]") !== null`)
	loadAxe(t, b)
	for _, mood := range moods {
		for _, width := range []int{320, 1280} {
			b.look(width, mood.scheme, mood.features...)
			axe(t, b, fmt.Sprintf("answered, %s, %d px", mood.name, width), ":root")
		}
	}
}

// TestGuideOnPaper looks at the whole guide as it is printed: no menu, no footer, each step on a sheet of its own.
func TestGuideOnPaper(t *testing.T) {
	p := real(t)
	b := open(t)
	b.visit(p.url(site.PrintURL))
	command(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	if shown := eval[[]string](b, `[...document.querySelectorAll("header.top nav, .crumbs, .foot, .skip, main nav")].filter((e) => e.checkVisibility()).map((e) => e.className || e.tagName)`); len(shown) > 0 {
		t.Errorf("on paper these are printed too: %q", shown)
	}
	if breaks := eval[[]string](b, `[...document.querySelectorAll("main article")].map((e) => getComputedStyle(e).breakBefore)`); fmt.Sprint(breaks) != "[page page page page page]" {
		t.Errorf("the steps begin on sheets of their own: %q", breaks)
	}
}

// TestGuideWithoutScripts reads the guide and answers the questions page by page.
func TestGuideWithoutScripts(t *testing.T) {
	p := real(t)
	b := open(t)
	b.scripts(false)
	for _, url := range []string{site.PathwayURL, site.StepURL("supervision"), site.WhereURL, site.WhereURL + "finished/mft/none/none/", site.PrintURL, site.RulesURL("aasect-certification")} {
		b.visit(p.url(url))
		if idle := eval[[]string](b, `[...document.querySelectorAll("main input, main select, main button, main form")].filter((e) => e.checkVisibility()).map((e) => e.name || e.textContent.trim())`); len(idle) > 0 {
			t.Errorf("%s: these are offered and do nothing without scripts: %q", url, idle)
		}
	}
	b.visit(p.url(site.WhereURL))
	for _, answer := range []string{"I have my degree", "Marriage and family therapy", "Yes, an associate licence", "The first weekend (Sexual Attitude Reassessment)"} {
		next := eval[string](b, `[...document.querySelectorAll(".asks a")].find((a) => a.checkVisibility() && a.textContent.trim() === `+quote(answer)+`)?.href ?? ""`)
		if next == "" {
			t.Fatalf("%q cannot be answered", answer)
		}
		b.visit(next)
	}
	if own := eval[map[string][]string](b, ownList); len(own["done"]) != 3 || len(own["later"]) != 1 {
		t.Errorf("the list at the end is %q", own)
	}
}
