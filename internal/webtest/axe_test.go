package webtest

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// axeRun runs every rule of axe that is not deprecated: AAA, best practices and experiments too.
// Whatever moves has come to rest before.
//
// Axe does not judge contrast near generated content, such as the area that makes a whole card a
// link. So the contrasts are judged once more without any, which leaves all text where it was.
const axeRun = `(async () => {
	await Promise.all(document.getAnimations().map((a) => a.finished.catch(() => {})));
	const frames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
	await frames();
	const rules = {};
	for (const rule of axe.getRules()) if (!rule.tags.includes('deprecated')) rules[rule.ruleId] = { enabled: true };
	const found = await axe.run(document, { rules, resultTypes: ['violations', 'incomplete'], iframes: false });
	const bare = new CSSStyleSheet();
	bare.replaceSync('*::before, *::after { content: none !important }');
	document.adoptedStyleSheets.push(bare);
	await frames();
	const contrast = ['color-contrast', 'color-contrast-enhanced'];
	const again = await axe.run(document, { runOnly: contrast, resultTypes: ['violations', 'incomplete'], iframes: false });
	document.adoptedStyleSheets.pop();
	const brief = (list) => list.flatMap((rule) => rule.nodes.map((node) => ({
		rule: rule.id, where: node.target.flat(9).join(' '), why: node.failureSummary || rule.help,
	})));
	const undecided = (rule) => !contrast.includes(rule.id);
	return { ran: found.passes.length + found.violations.length + found.incomplete.length + found.inapplicable.length,
		violations: brief([...found.violations.filter(undecided), ...again.violations, ...again.incomplete]),
		incomplete: brief(found.incomplete.filter(undecided)) };
})()`

// What axe found on a page.
type axeReport struct {
	Ran                    int
	Violations, Incomplete []struct{ Rule, Where, Why string }
}

// loadAxe puts axe into the page that is open. The DevTools protocol does it, past the page's own
// policy; the site knows nothing of it.
func loadAxe(t *testing.T, b *tab) {
	t.Helper()
	source, err := os.ReadFile(npm(t, "axe-core/axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	eval[bool](b, string(source)+"\n;true")
}

// axe reports each violation on the open page, and returns how often each rule could not decide.
func axe(t *testing.T, b *tab, place string) map[string]int {
	t.Helper()
	report := eval[axeReport](b, axeRun)
	if report.Ran < 90 {
		t.Errorf("%s: axe ran %d rules, which are not all", place, report.Ran)
	}
	for _, v := range report.Violations {
		t.Errorf("%s\n  rule %s at %s\n  %s", place, v.Rule, v.Where, strings.ReplaceAll(v.Why, "\n", "\n  "))
	}
	undecided := map[string]int{}
	for _, v := range report.Incomplete {
		undecided[v.Rule]++
	}
	return undecided
}

// TestAxe opens one page of each layout in light and dark, on a phone and on a desk.
func TestAxe(t *testing.T) {
	npm(t, "axe-core/axe.min.js")
	b := open(t)
	undecided := map[string]int{}
	for _, s := range oneOfEach(t) {
		b.look(320, "light", still)
		b.visit(s.site.url(s.path))
		loadAxe(t, b)
		for _, scheme := range []string{"light", "dark"} {
			for _, width := range []int{320, 1280} {
				b.look(width, scheme, still)
				for rule, n := range axe(t, b, fmt.Sprintf("%s, %s (%s), %s, %d px", s.site.name, s.path, s.layout, scheme, width)) {
					undecided[rule] += n
				}
			}
		}
	}
	for rule, n := range undecided {
		t.Logf("axe could not decide %s %d times", rule, n)
	}
}

// TestAxeFindsWhatIsWrong shows that a violation would be found.
func TestAxeFindsWhatIsWrong(t *testing.T) {
	npm(t, "axe-core/axe.min.js")
	b := open(t)
	b.visit(real(t).url("/"))
	loadAxe(t, b)
	eval[bool](b, `(document.querySelector("main").insertAdjacentHTML("beforeend", "<img src='/x.png'><a href='/'></a>"), true)`)
	rules := map[string]bool{}
	for _, v := range eval[axeReport](b, axeRun).Violations {
		rules[v.Rule] = true
	}
	for _, rule := range []string{"image-alt", "link-name"} {
		if !rules[rule] {
			t.Errorf("axe did not find a break of %s", rule)
		}
	}
}

// TestAxeUnfolded opens everything that is folded away on a page and looks again.
func TestAxeUnfolded(t *testing.T) {
	npm(t, "axe-core/axe.min.js")
	b := open(t)
	for _, s := range oneOfEach(t) {
		b.look(320, "light", still)
		b.visit(s.site.url(s.path))
		folded := eval[int](b, `(() => {
			const all = [...document.querySelectorAll("details:not([open])")];
			for (const d of all) d.open = true;
			return all.length + document.querySelectorAll("[popover]").length;
		})()`)
		if folded == 0 {
			continue
		}
		loadAxe(t, b)
		for _, scheme := range []string{"light", "dark"} {
			for _, width := range []int{320, 1280} {
				b.look(width, scheme, still)
				place := fmt.Sprintf("%s, %s (%s), unfolded, %s, %d px", s.site.name, s.path, s.layout, scheme, width)
				axe(t, b, place)
				if eval[bool](b, `(() => { const p = document.querySelector("[popover]"); if (p && getComputedStyle(p).display === "none") p.showPopover(); return p !== null && p.matches(":popover-open") })()`) {
					axe(t, b, place+", panel shown")
					eval[bool](b, `(document.querySelector("[popover]").hidePopover(), true)`)
				}
			}
		}
	}
}
