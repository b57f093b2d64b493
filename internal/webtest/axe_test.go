package webtest

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
)

// axeRun runs every rule of axe that is not deprecated: AAA, best practices and experiments too, on the
// element that the selector finds. Whatever moves has come to rest before.
//
// Axe does not judge contrast near generated content, such as the area that makes a whole card a
// link, or near what lies over the page. So the contrasts are judged once more without either, which
// leaves all text where it was. What even then is not decided comes back with its place and colour,
// for seen to judge by the pixels. In forced colours the contrast is the system's, and axe reads a colour
// there that is not the one in use: it judges everything but contrast.
const axeRun = `(async (selector) => {
	await Promise.all(document.getAnimations().map((a) => a.finished.catch(() => {})));
	const frames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
	await frames();
	const rules = {};
	for (const rule of axe.getRules()) if (!rule.tags.includes('deprecated')) rules[rule.ruleId] = { enabled: true };
	const contrast = ['color-contrast', 'color-contrast-enhanced'];
	const forced = matchMedia('(forced-colors: active)').matches;
	if (forced) for (const id of contrast) rules[id] = { enabled: false };
	const whole = selector === ':root';
	const found = await axe.run(whole ? document : selector, { rules, resultTypes: ['violations', 'incomplete'], iframes: false });
	const bare = new CSSStyleSheet();
	bare.replaceSync('*::before, *::after { content: none !important } .webtest-flat { position: static !important }');
	document.adoptedStyleSheets.push(bare);
	const lying = [...document.querySelectorAll('body *')].filter((e) => /sticky|fixed/.test(getComputedStyle(e).position) && !e.matches(':popover-open'));
	for (const e of lying) e.classList.add('webtest-flat');
	await frames();
	const again = forced ? { violations: [], incomplete: [] } : await axe.run(whole ? document : selector, { runOnly: contrast, resultTypes: ['violations', 'incomplete'], iframes: false });
	for (const e of lying) e.classList.remove('webtest-flat');
	document.adoptedStyleSheets = document.adoptedStyleSheets.filter((s) => s !== bare);
	await frames();
	const brief = (list) => list.flatMap((rule) => rule.nodes.map((node) => ({
		rule: rule.id, where: node.target.flat(9).join(' '), why: node.failureSummary || rule.help,
	})));
	const pixel = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
	const judge = (where) => {
		const e = document.querySelector(where), style = getComputedStyle(e);
		pixel.clearRect(0, 0, 1, 1);
		pixel.fillStyle = style.color;
		pixel.fillRect(0, 0, 1, 1);
		const boxes = [];
		for (const walk = document.createTreeWalker(e, NodeFilter.SHOW_TEXT); walk.nextNode(); ) {
			if (!walk.currentNode.data.trim()) continue;
			const range = document.createRange();
			range.selectNodeContents(walk.currentNode);
			for (const r of range.getClientRects()) boxes.push({ x: r.x + scrollX, y: r.y + scrollY, width: r.width, height: r.height });
		}
		const size = parseFloat(style.fontSize);
		return { where, color: [...pixel.getImageData(0, 0, 1, 1).data], large: size >= 24 || size >= 18.66 && style.fontWeight >= 700, boxes };
	};
	const undecided = (rule) => !contrast.includes(rule.id);
	return { ran: found.passes.length + found.violations.length + found.incomplete.length + found.inapplicable.length,
		violations: brief([...found.violations.filter(undecided), ...again.violations]),
		incomplete: brief(found.incomplete.filter(undecided)),
		unjudged: [...new Set(brief(again.incomplete).map((n) => n.where))].map(judge) };
})`

// What axe found on a page.
type axeReport struct {
	Ran                    int
	Violations, Incomplete []struct{ Rule, Where, Why string }
	Unjudged               []text
}

// A text is one whose contrast axe could not judge, and where its lines stand on the page.
type text struct {
	Where string
	Color []uint8
	Large bool
	Boxes []struct{ X, Y, Width, Height float64 }
}

// seen judges the contrasts of texts by what lies beneath them: it takes a picture of the page with all
// text gone (or of the window alone, where a panel lies over it), and compares each text with the pixel behind it that is nearest to it in lightness
// (WCAG 2.2, 1.4.6: 7:1, and 4.5:1 for large text).
func seen(t *testing.T, b *tab, place string, whole bool, texts []text) {
	t.Helper()
	if len(texts) == 0 {
		return
	}
	eval[bool](b, `(() => { const s = new CSSStyleSheet(); s.replaceSync("* { color: transparent !important; text-decoration-color: transparent !important; -webkit-text-fill-color: transparent !important }"); document.adoptedStyleSheets.push(s); return true })()`)
	picture, err := png.Decode(bytes.NewReader(b.shot(whole)))
	eval[bool](b, `(document.adoptedStyleSheets.pop(), true)`)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range texts {
		ink := luminance(uint32(one.Color[0])*0x101, uint32(one.Color[1])*0x101, uint32(one.Color[2])*0x101)
		least := 21.0
		for _, box := range one.Boxes {
			area := image.Rect(int(box.X), int(box.Y), int(box.X+box.Width), int(box.Y+box.Height)).Intersect(picture.Bounds())
			for y := area.Min.Y; y < area.Max.Y; y++ {
				for x := area.Min.X; x < area.Max.X; x++ {
					r, g, b, _ := picture.At(x, y).RGBA()
					paper := luminance(r, g, b)
					least = min(least, (max(ink, paper)+0.05)/(min(ink, paper)+0.05))
				}
			}
		}
		want := 7.0
		if one.Large {
			want = 4.5
		}
		if least < want {
			t.Errorf("%s\n  contrast at %s is %.2f to 1 against a pixel behind it, less than %.1f", place, one.Where, least, want)
		}
	}
}

// luminance is the relative luminance of WCAG 2.2, of channels from 0 to 65535.
func luminance(r, g, b uint32) float64 {
	linear := func(channel uint32) float64 {
		c := float64(channel) / 0xffff
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
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

// axe reports each violation within what the selector finds on the open page, and returns how often
// each rule could not decide.
func axe(t *testing.T, b *tab, place, selector string) map[string]int {
	t.Helper()
	report := eval[axeReport](b, axeRun+"("+quote(selector)+")")
	if report.Ran < 90 {
		t.Errorf("%s: axe ran %d rules, which are not all", place, report.Ran)
	}
	for _, v := range report.Violations {
		t.Errorf("%s\n  rule %s at %s\n  %s", place, v.Rule, v.Where, strings.ReplaceAll(v.Why, "\n", "\n  "))
	}
	seen(t, b, place, selector == ":root", report.Unjudged)
	undecided := map[string]int{}
	for _, v := range report.Incomplete {
		undecided[v.Rule]++
	}
	return undecided
}

// moods are the ways in which a page is coloured: by the theme, light or dark, or by the system's forced colours.
var moods = []struct {
	name, scheme string
	features     []*emulation.MediaFeature
}{
	{"light", "light", []*emulation.MediaFeature{still}},
	{"dark", "dark", []*emulation.MediaFeature{still}},
	{"forced colours", "dark", []*emulation.MediaFeature{still, {Name: "forced-colors", Value: "active"}}},
}

// TestAxe opens one page of each layout in every mood, on a phone and on a desk.
func TestAxe(t *testing.T) {
	npm(t, "axe-core/axe.min.js")
	b := open(t)
	undecided := map[string]int{}
	for _, s := range oneOfEach(t) {
		b.look(320, "light", still)
		b.visit(s.site.url(s.path))
		loadAxe(t, b)
		for _, mood := range moods {
			for _, width := range []int{320, 1280} {
				b.look(width, mood.scheme, mood.features...)
				for rule, n := range axe(t, b, fmt.Sprintf("%s, %s (%s), %s, %d px", s.site.name, s.path, s.layout, mood.name, width), ":root") {
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
	eval[bool](b, `(document.querySelector("main").insertAdjacentHTML("beforeend", "<img src='/x.png'><a href='/'></a><p id='pale'>Pale words</p>"), document.querySelector("#pale").style.color = "#666", true)`)
	rules := map[string]bool{}
	for _, v := range eval[axeReport](b, axeRun+`(":root")`).Violations {
		rules[v.Rule] = true
	}
	for _, rule := range []string{"image-alt", "link-name", "color-contrast-enhanced"} {
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
		for _, mood := range moods {
			for _, width := range []int{320, 1280} {
				b.look(width, mood.scheme, mood.features...)
				place := fmt.Sprintf("%s, %s (%s), unfolded, %s, %d px", s.site.name, s.path, s.layout, mood.name, width)
				axe(t, b, place, ":root")
				panels := eval[[]string](b, `[...document.querySelectorAll("[popover]")].filter((p) => getComputedStyle(p).display === "none").map((p) => "#" + p.id)`)
				for _, panel := range panels {
					eval[bool](b, "(scrollTo(0, 0), document.querySelector("+quote(panel)+").showPopover(), true)")
					axe(t, b, place+", "+panel+" shown", panel)
					eval[bool](b, "(document.querySelector("+quote(panel)+").hidePopover(), true)")
				}
			}
		}
	}
}
