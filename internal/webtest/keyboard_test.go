package webtest

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// focusLook describes what has the focus. Its ring may be its own, that of its generated content, or
// that of a card or a label around it; it has to be one that is not there without the focus.
const focusLook = `(() => {
	const e = document.activeElement;
	if (!e || e === document.body || e === document.documentElement) return null;
	const around = [e];
	while (around.length < 4 && around.at(-1).parentElement) around.push(around.at(-1).parentElement);
	const ring = (s) => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2 ? s.outlineColor + s.outlineWidth : s.boxShadow;
	const rings = () => [...around.map((n) => getComputedStyle(n)), getComputedStyle(e, "::before"), getComputedStyle(e, "::after")].map(ring).join();
	const box = e.getBoundingClientRect();
	globalThis.webtestStops ??= new Set();
	const known = webtestStops.has(e);
	webtestStops.add(e);
	const withFocus = rings();
	e.blur();
	const without = rings();
	e.focus({ focusVisible: true, preventScroll: true });
	return {
		name: e.nodeName.toLowerCase() + (e.id ? "#" + e.id : "") + " " + (e.innerText || e.name || e.value || "").trim().slice(0, 40),
		known, ring: withFocus !== without,
		visible: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
	};
})()`

// A stop is where the focus comes to by the tab key.
type stop struct {
	Name                 string
	Known, Ring, Visible bool
}

// TestKeyboard walks through pages by the tab key: each stop is in sight and shows that it has the
// focus, and the walk has an end.
func TestKeyboard(t *testing.T) {
	b := open(t)
	p := real(t)
	for _, width := range []int{1280, 320} {
		b.look(width, "light", still)
		for _, path := range []string{"/", "/directory/", "/pathway/", "/courses/advanced-course/", "/directory/ada-okafor/", "/supervisors/"} {
			b.visit(p.url(path))
			stops := 0
			for range 400 {
				b.keys(kb.Tab)
				s := eval[*stop](b, focusLook)
				if s == nil || s.Known {
					break
				}
				stops++
				if !s.Visible {
					t.Errorf("%s, %d px: %q has the focus and is out of sight", path, width, s.Name)
				}
				if !s.Ring {
					t.Errorf("%s, %d px: %q does not show that it has the focus", path, width, s.Name)
				}
			}
			want := eval[int](b, `[...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter((e) => e.checkVisibility({ visibilityProperty: true })).length`)
			if stops < want*9/10 || stops < 10 {
				t.Errorf("%s, %d px: the tab key came to %d of %d controls", path, width, stops, want)
			}
		}
	}
}

// TestSkipLink is the first stop of every layout, and leads past the menu.
func TestSkipLink(t *testing.T) {
	b := open(t)
	for _, s := range oneOfEach(t) {
		b.visit(s.site.url(s.path))
		b.keys(kb.Tab)
		first := eval[*stop](b, focusLook)
		if first == nil || !first.Visible {
			t.Errorf("%s: the first stop is %+v, not a link past the menu", s, first)
			continue
		}
		b.keys(kb.Enter)
		wait[bool](b, "the skip link to lead somewhere", `location.hash.length > 1 || document.activeElement.matches("main")`)
		b.keys(kb.Tab)
		if in := eval[bool](b, `(() => { const e = document.activeElement, m = document.querySelector("main"); return m.contains(e) || !m.querySelector("a[href], button, input, summary") })()`); !in {
			t.Errorf("%s: after the skip link the next stop is not in the content but %+v", s, eval[*stop](b, focusLook))
		}
	}
}
