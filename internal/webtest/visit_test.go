package webtest

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"

	"nwioi/internal/site"
)

// atLoad is put into each page before anything of it runs: it counts the shifts of what is shown
// (Layout Instability, W3C) and keeps each breach of the page's own policy.
const atLoad = `
	window.webtest = { shift: 0, breaches: [] };
	new PerformanceObserver((list) => {
		for (const e of list.getEntries()) if (!e.hadRecentInput) {
			webtest.shift += e.value;
			webtest.shifted = e.sources.map((s) => s.node && (s.node.id || s.node.className || s.node.nodeName)).join(", ");
		}
	}).observe({ type: "layout-shift", buffered: true });
	addEventListener("securitypolicyviolation", (e) => webtest.breaches.push(e.violatedDirective + " " + e.blockedURI));
`

// TestVisit goes through one page of each layout as a visitor would: nothing leaves the site,
// nothing is kept, nothing is complained of, nothing jumps.
func TestVisit(t *testing.T) {
	for _, width := range []int{320, 1280} {
		b := open(t)
		b.look(width, "light")
		command(b, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: atLoad})
		for _, s := range oneOfEach(t) {
			place := fmt.Sprintf("%s, %s, %d px", s.site.name, s, width)
			b.visit(s.site.url(s.path))
			// Let it be painted; then to the end and back, so that pictures load which wait until they are
			// seen.
			eval[bool](b, `(async () => {
				const frame = () => new Promise(requestAnimationFrame);
				for (let i = 0; i < 5; i++) await frame();
				for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) { scrollTo(0, y); await frame() }
				await Promise.all([...document.images].map((i) => i.decode().catch(() => {})));
				scrollTo(0, 0);
				await frame();
				return true;
			})()`)
			if strings.HasPrefix(s.path, "/directory/") && s.layout == "Listing" {
				settled(b, "")
			}
			seen := eval[struct {
				Shift                   float64
				Shifted, Cookie, Broken string
				Breaches                []string
				Stored                  int
				Wide, Hidden            string
			}](b, `({
				hidden: [...document.querySelectorAll("[hidden]")].filter((n) => n.checkVisibility()).map((n) => n.outerHTML.slice(0, 80)).join(" "),
				...webtest, shifted: webtest.shifted || "", cookie: document.cookie, stored: localStorage.length + sessionStorage.length,
				broken: [...document.images].filter((i) => i.complete && !i.naturalWidth).map((i) => i.src).join(" "),
				wide: (() => {
					const e = document.scrollingElement;
					if (e.scrollWidth <= e.clientWidth) return "";
					return e.scrollWidth + " px: " + [...document.body.querySelectorAll("*")].filter((n) => n.getBoundingClientRect().right > e.clientWidth + 0.5)
						.slice(0, 5).map((n) => n.nodeName.toLowerCase() + "." + n.className).join(", ");
				})(),
			})`)
			if seen.Shift > 0 {
				t.Errorf("%s: what is shown shifts by %.4f while it loads: %s", place, seen.Shift, seen.Shifted)
			}
			if seen.Wide != "" {
				t.Errorf("%s: scrolls sideways: %s", place, seen.Wide)
			}
			if seen.Hidden != "" {
				t.Errorf("%s: shows what it hides: %s", place, seen.Hidden)
			}
			for _, breach := range seen.Breaches {
				t.Errorf("%s: breaks its own policy: %s", place, breach)
			}
			if seen.Cookie != "" || seen.Stored > 0 {
				t.Errorf("%s: keeps something on the device: cookie %q, %d entries of storage", place, seen.Cookie, seen.Stored)
			}
			if seen.Broken != "" {
				t.Errorf("%s: pictures that do not show: %s", place, seen.Broken)
			}
			for _, words := range b.heard() {
				t.Errorf("%s: the console says: %s", place, words)
			}
			for _, address := range b.asked() {
				// A browser's own controls have pictures that it carries with it.
				if !strings.HasPrefix(address, s.site.server.URL+s.site.prefix+"/") && !strings.HasPrefix(address, "data:") {
					t.Errorf("%s: asks for %s, which is not of the site", place, address)
				}
			}
		}
		if cookies := command(b, network.GetCookies, network.GetCookiesParams{}).Cookies; len(cookies) > 0 {
			t.Errorf("the visit left cookies: %v", cookies)
		}
	}
	for _, p := range []*published{real(t), made(t)} {
		for _, r := range p.asked() {
			if r.referer != "" || r.cookie != "" {
				t.Errorf("%s: a request for %s said where it came from: referer %q, cookie %q", p.name, r.target, r.referer, r.cookie)
			}
		}
	}
}

// TestShiftsAreSeen shows that something that jumps would be found.
func TestShiftsAreSeen(t *testing.T) {
	b := open(t)
	command(b, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: atLoad})
	b.visit(real(t).url("/"))
	eval[bool](b, `(async () => {
		const frame = () => new Promise(requestAnimationFrame);
		for (let i = 0; i < 5; i++) await frame();
		const late = document.createElement("div");
		late.style.height = "200px";
		document.body.prepend(late);
		return true;
	})()`)
	wait[bool](b, "the shift to be counted", `webtest.shift > 0`)
}

// TestNoPageScrollsSideways holds every page of the institute's site to a phone's width, with what
// is folded away unfolded.
func TestNoPageScrollsSideways(t *testing.T) {
	b := open(t)
	b.look(320, "light")
	p := real(t)
	kinds := map[string]int{}
	for _, url := range p.pages(t) {
		// Of the many lists of one facet a few are enough.
		kind := path.Dir(path.Clean(url))
		if kinds[kind]++; strings.HasPrefix(kind, "/directory/") && kinds[kind] > 3 {
			continue
		}
		b.visit(p.url(url))
		wide := eval[string](b, `(() => {
			for (const d of document.querySelectorAll("details")) d.open = true;
			const e = document.scrollingElement;
			if (e.scrollWidth <= e.clientWidth) return "";
			return [...document.body.querySelectorAll("*")].filter((n) => n.getBoundingClientRect().right > 320.5)
				.slice(0, 5).map((n) => n.nodeName.toLowerCase() + "." + n.className + " " + n.textContent.trim().slice(0, 40)).join("; ");
		})()`)
		if wide != "" {
			t.Errorf("%s is wider than 320 px: %s", url, wide)
		}
	}
}

// maxWeight is how many bytes HTML and CSS of a page may have together, gzipped.
const maxWeight = 14_000

var (
	stylesheet = regexp.MustCompile(`<link[^>]*rel="?stylesheet"?[^>]*href="([^"]+)"`)
	script     = regexp.MustCompile(`<script[^>]*src="([^"]+)"`)
	inline     = regexp.MustCompile(`(?i)\sstyle="|<style|\son[a-z]+="|javascript:`)
	saveButton = regexp.MustCompile(`<button[^>]* data-save=`)
	dated      = regexp.MustCompile(`<[^>]* data-last="`)
	searchBox  = regexp.MustCompile(`<(form|input)[^>]*(role="search"|type="search"|id="directory-form")`)
)

// TestWeight weighs every page of both sites, and finds scripts where there is nothing to search, to narrow, to save, to answer or to plan,
// and no date that goes by.
func TestWeight(t *testing.T) {
	for _, p := range []*published{real(t), made(t)} {
		heaviest, weight := "", 0
		sheets := map[string]int{}
		for _, address := range p.pages(t) {
			html := p.body(t, site.FileOf(address))
			n := gzipped(t, html)
			for _, m := range stylesheet.FindAllSubmatch(html, -1) {
				name := strings.TrimPrefix(string(m[1]), p.prefix+"/")
				if sheets[name] == 0 {
					sheets[name] = gzipped(t, p.body(t, name))
				}
				n += sheets[name]
			}
			if n > weight {
				heaviest, weight = address, n
			}
			if n > maxWeight {
				t.Errorf("%s: HTML and CSS of %s have %d bytes gzipped, more than %d", p.name, address, n, maxWeight)
			}
			for _, m := range script.FindAllSubmatch(html, -1) {
				if !searchBox.Match(html) && !saveButton.Match(html) && !dated.Match(html) && address != site.PlannerURL && address != site.WhereURL && address != site.SupervisorsURL {
					t.Errorf("%s: %s loads the script %s and has nothing to search, to narrow, to save, to answer or to plan, and no date to let go by", p.name, address, m[1])
				}
			}
			if m := inline.Find(html); m != nil {
				t.Errorf("%s: %s has %q, which its policy forbids", p.name, address, m)
			}
		}
		t.Logf("%s: the heaviest page is %s with %d bytes of HTML and CSS, of which styles %v", p.name, heaviest, weight, sheets)
	}
}

// gzipped returns the size of data as hosts send it.
func gzipped(t *testing.T, data []byte) int {
	t.Helper()
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	z.Write(data)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}

// TestRedirects follows former addresses to the present ones without a script.
func TestRedirects(t *testing.T) {
	p := real(t)
	b := open(t)
	b.scripts(false)
	lines := strings.Fields(string(p.body(t, "_redirects")))
	if len(lines) == 0 {
		t.Fatal("there is no redirect")
	}
	for line := range slices.Chunk(lines, 3) {
		if len(line) != 3 || line[2] != "301" {
			t.Fatalf("_redirects: %q is no line", line)
		}
		b.visit(p.url(line[0]))
		wait[bool](b, line[0]+" to lead to "+line[1], "location.href === "+quote(p.url(line[1])))
	}
}
