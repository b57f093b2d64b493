package markdown

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"pgregory.net/rapid"
)

// elements are all that the output may consist of, with the attributes that each may have.
var elements = map[string][]string{
	"p": {"class", "id"}, "h1": {"id"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "h5": {"id"}, "h6": {"id"},
	"em": nil, "strong": nil, "del": nil, "br": nil, "hr": nil, "blockquote": nil,
	"code": {"class"}, "pre": {"tabindex"}, "ul": nil, "ol": {"start", "aria-label"}, "li": {"id"},
	"dl": nil, "dt": nil, "dd": nil, "sup": {"id"}, "span": {"class", "role", "aria-label"},
	"a":     {"href", "title", "class", "role", "aria-label"},
	"aside": {"class", "role", "aria-labelledby"}, "div": {"class", "tabindex", "role", "aria-label"},
	"table": nil, "thead": nil, "tbody": nil, "tr": nil, "th": {"scope", "class"}, "td": {"class"},
}

// fatal is what tests, fuzz targets and properties have in common.
type fatal interface {
	Helper()
	Fatalf(format string, args ...any)
}

// sound fails if the output of a document is not balanced HTML of the elements above with unique
// ids and safe addresses, or if its other parts do not agree with it. body is what was parsed, for
// the message.
func sound(t fatal, body string, doc *Doc) {
	t.Helper()
	// What fills a hole is trusted, so a word stands for it; an image and a fact are seen as text.
	out := doc.HTML(func(i int) string { return "FILL" })
	fail := func(format string, args ...any) {
		t.Helper()
		t.Fatalf(format+"\nbody: %q\nhtml: %s", append(args, body, out)...)
	}
	if !utf8.ValidString(out) || !utf8.ValidString(doc.Text) {
		fail("the output is not UTF-8")
	}
	if len(body) > 0 && len(out) > maxGrowth*len(body)+4*len(doc.Holes) {
		fail("%d bytes became %d", len(body), len(out))
	}
	var open []string
	ids := map[string]bool{}
	targets := []string{}
	labels := map[string]bool{}
	z := html.NewTokenizer(strings.NewReader(out))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		token := z.Token()
		switch kind {
		case html.CommentToken, html.DoctypeToken, html.SelfClosingTagToken:
			fail("the output has %q", token.String())
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != token.Data {
				fail("</%s> closes %v", token.Data, open)
			}
			open = open[:len(open)-1]
		case html.StartTagToken:
			attributes, known := elements[token.Data]
			if !known {
				fail("the output has <%s>", token.Data)
			}
			if token.Data == "a" && slices.Contains(open, "a") {
				fail("a link stands within a link")
			}
			for _, a := range token.Attr {
				if !slices.Contains(attributes, a.Key) {
					fail("<%s> has %s=%q", token.Data, a.Key, a.Val)
				}
				switch a.Key {
				case "id":
					if ids[a.Val] || !strings.HasPrefix(a.Val, "s-") {
						fail("the id %q is there twice or has no prefix", a.Val)
					}
					ids[a.Val] = true
				case "aria-labelledby":
					targets = append(targets, a.Val)
				case "href":
					if strings.HasPrefix(a.Val, "#") {
						targets = append(targets, a.Val[1:])
					} else if a.Val != "FILL" {
						safe(fail, a.Val)
					}
				case "aria-label":
					if token.Data == "div" && labels[a.Val] {
						fail("two regions are named %q", a.Val)
					}
					labels[a.Val] = true
				}
			}
			if token.Data != "br" && token.Data != "hr" {
				open = append(open, token.Data)
			}
		}
	}
	if len(open) > 0 {
		fail("%v stay open", open)
	}
	for _, target := range targets {
		if !ids[target] {
			fail("nothing has the id %q", target)
		}
	}
	for _, h := range doc.Headings {
		if !ids[h.ID] || h.Level < 2 || strings.Count(h.Text, FactMark) != len(h.Facts) {
			fail("the heading %+v is not in the output", h)
		}
	}
	facts := 0
	for _, h := range doc.Holes {
		switch h.Kind {
		case HoleFact:
			facts++
		default:
			if h.Value == "" || strings.HasPrefix(h.Value, "//") || strings.ContainsAny(h.Value, "\\\x00\n\t\r") {
				fail("the address %q is not one of this site", h.Value)
			}
			if u, err := url.Parse(h.Value); err == nil && u.Scheme != "" {
				fail("the address %q has a scheme", h.Value)
			}
		}
	}
	if n := strings.Count(doc.Text, FactMark); n != facts {
		fail("the text has %d marks for %d facts", n, facts)
	}
	for _, b := range doc.Blocks() {
		if doc.Text[b.Start:][:len(b.Text)] != b.Text || strings.Count(b.Text, FactMark) != len(b.Facts) {
			fail("the block %+v is not in the text %q", b, doc.Text)
		}
	}
	for _, r := range doc.Text {
		if r < 0x20 && r != '\n' && r != '\t' || r == 0x7f {
			fail("the text has the control character %q", r)
		}
	}
	agrees(fail, body, doc)
}

// safe fails unless an address leads out of the site by an allowed scheme.
func safe(fail func(string, ...any), address string) {
	u, err := url.Parse(address)
	if err != nil {
		fail("the address %q cannot be read: %v", address, err)
	}
	switch u.Scheme {
	case "https":
		if u.Host == "" || u.User != nil {
			fail("the address %q hides where it leads", address)
		}
	case "mailto", "tel":
	default:
		fail("the address %q has the scheme %q", address, u.Scheme)
	}
	if strings.ContainsAny(address, "\\ <>\"\t\r\n\x00") {
		fail("the address %q has characters that no address may have", address)
	}
}

// agrees fails unless each letter of the plain text stands in the body where Pos says.
func agrees(fail func(string, ...any), body string, doc *Doc) {
	if strings.Contains(body, "&") || !utf8.ValidString(body) {
		return // an entity is one letter made of many
	}
	lines := strings.Split(strings.ReplaceAll(strings.ReplaceAll(body, "\r\n", "\n"), "\r", " "), "\n")
	runes := make([][]rune, len(lines))
	for i := range lines {
		runes[i] = []rune(lines[i])
	}
	for i, r := range doc.Text {
		if i > 2000 {
			return
		}
		if !unicode.IsLetter(r) {
			continue
		}
		p := doc.Pos(i)
		if p.Line < 1 || p.Line > len(runes) || p.Col < 1 || p.Col > len(runes[p.Line-1]) || runes[p.Line-1][p.Col-1] != r {
			fail("%q at byte %d of the text %q is not at %v", r, i, doc.Text, p)
		}
	}
}

// pieces are what random bodies are made of: everything that means something to somebody.
var pieces = []string{
	"a", "word", "Ä", "é", "漢", " ", "  ", "\n", "\n\n", "\r\n", "\t", "    ", "*", "**", "_", "__", "~", "~~", "`", "```", "~~~\n",
	"[", "]", "(", ")", "![", "](", "](b.md)", "](javascript:x)", "](/x/ \"t\")", "][", "]:", "[a]: /b\n", "[a]", "[a]: javascript:x\n",
	"<", ">", "> ", "<b>", "</b>", "<!--", "-->", "<script>", "<a href='x' onclick=y>", "<https://a.b>", "<x@y.org>", "<?", "<![CDATA[",
	"\\", "\\\n", "&", "&amp;", "&#106;", "&#x0;", "&Tab;", "&colon;", "\"", "'", "\" onmouseover=\"x", "-", "--", "---", "...", "=", "===\n",
	"#", "# ", "## a\n", "### a\n", "#### ", "- ", "* ", "+ ", "1. ", "2) ", "- [ ] ", "- [x] ", ": ", ": b\n", "|", "| a | b |\n", "|---|---|\n", ":-:|-\n",
	"[^1]", "[^1]: note\n", "[^2]: ", "[^2]", "![^1]", "> [!NOTE]\n", "> [!warning]\n> ", "> [!NOPE]\n", "[!NOTE]",
	"{{", "}}", "{{fact \"a.b\"}}", "{{ fact \"c\" }}", "{{fact a}}", "{{fact \"a", "https://a.org/x", "http://a.org", "www.a.org", "://", "@", "x@y.org", ".", ":",
	"\x00", "\x01", "\x7f", "\uFFFC", "\u202E", "\uFEFF", "\u2028", "//evil.org", "\xff", "data:text/html,x", "JaVaScRiPt:", "mailto:x@y", "tel:+1206", "tel:x",
}

func TestSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(t, "body"), "")
		doc, problems := Parse("x.md", []byte(body), 1, Options{Facts: rapid.Bool().Draw(t, "facts"), AnchorPrefix: "s-"})
		sound(t, body, doc)
		for _, p := range problems {
			if p.Pos.Line < 1 || p.Pos.Col < 1 || p.Rule == "" || p.Message == "" || p.Hint == "" || p.Path != "x.md" {
				t.Fatalf("incomplete problem %+v\nbody: %q", p, body)
			}
		}
	})
}

func FuzzParse(f *testing.F) {
	for i := range pieces {
		f.Add(pieces[i] + "x" + pieces[(i*7+3)%len(pieces)])
	}
	f.Add(newsBody(2))
	f.Add(strings.Repeat(">", 100) + strings.Repeat("- ", 100))
	f.Add(strings.Repeat("a|", 200) + "\n" + strings.Repeat("-|", 200) + "\n|\n|\n")
	f.Add(strings.Repeat("*a _b [", 300))
	f.Fuzz(func(t *testing.T, body string) {
		doc, _ := Parse("x.md", []byte(body), 1, Options{Facts: true, AnchorPrefix: "s-"})
		sound(t, body, doc)
	})
}
