package markdown

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/text/unicode/norm"

	"nwioi/internal/diag"
)

// heading writes a heading with its anchor and keeps it for the table of contents.
func (w *writer) heading(n *ast.Heading) {
	out, holes := len(w.out), len(w.doc.Holes)
	at := n.Pos()
	if n.Lines().Len() > 0 && (at < 0 || at >= len(w.s.src) || w.s.src[at] != '#') {
		at = n.Lines().At(0).Start // underlined: the position is that of the line below
	}
	end := at + n.Level
	if n.Lines().Len() > 0 {
		end = n.Lines().At(n.Lines().Len() - 1).Stop
	}
	level := max(n.Level, w.s.opt.TopHeading)
	tag := "h" + strconv.Itoa(level)
	w.raw("<", tag, ` id="`)
	name := len(w.out)
	w.raw(`">`)
	w.begin(Title)
	from := len(w.text)
	w.inlines(n)
	title := string(w.text[min(from, len(w.text)):])
	w.end()
	if strings.TrimSpace(title) == "" && len(w.doc.Holes) == holes {
		w.out = w.out[:out]
		w.s.report(at, end, diag.Warning, "markdown/heading-order", "this heading has no words", "write some behind the #, or remove it")
		return
	}
	w.raw("</", tag, ">\n")

	h := Heading{Level: level, Text: strings.TrimSpace(title), Pos: w.s.pos(at)}
	for _, hole := range w.doc.Holes[holes:] {
		if hole.Kind == HoleFact {
			h.Facts = append(h.Facts, hole.Value)
		}
	}
	h.ID = w.s.opt.AnchorPrefix + w.ids.unique(slug(Fill(title, h.Facts, func(id string) string { return id })),
		func(n int) string { return "-" + strconv.Itoa(n) })
	w.insert(name, string(appendAttr(nil, h.ID)))
	w.doc.Headings = append(w.doc.Headings, h)
	w.order(n.Level, at, end)
}

// order reports a heading that stands on the wrong level: readers who move by headings take a
// missing level for a missing part (WCAG technique G141).
func (w *writer) order(level, at, end int) {
	top := w.s.opt.TopHeading
	before := w.level
	w.level = max(level, top)
	switch {
	case level < top:
		w.s.report(at, end, diag.Warning, "markdown/heading-order",
			"this heading is as high as the title that stands above the text", "begin it with "+strings.Repeat("#", top)+" and a space")
	case level > before+1 && before < top:
		w.s.report(at, end, diag.Warning, "markdown/heading-order",
			"the first heading is lower than it should be", "begin it with "+strings.Repeat("#", top)+" and a space")
	case level > before+1:
		w.s.report(at, end, diag.Warning, "markdown/heading-order",
			"this heading skips a level: the one before has "+strconv.Itoa(before)+" #, this one "+strconv.Itoa(level),
			"begin it with "+strings.Repeat("#", before+1)+" and a space")
	}
}

// slug makes an anchor of a heading's words: accents folded, lower case, a hyphen for everything
// that is neither letter nor digit. Letters of other scripts stay.
func slug(text string) string {
	const most = 80
	b := make([]byte, 0, min(len(text), most)+8)
	gap := false
	put := func(s string) {
		if gap && len(b) > 0 {
			b = append(b, '-')
		}
		gap = false
		b = append(b, s...)
	}
	for _, r := range norm.NFKD.String(strings.ToLower(text)) {
		if len(b) >= most {
			break
		}
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			put(string(r))
		case r == '\'' || r == '’' || unicode.Is(unicode.Mn, r):
		case whole[r] != "":
			put(whole[r])
		case r > unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			put(norm.NFC.String(string(r)))
		default:
			gap = true
		}
	}
	if len(b) == 0 {
		return "section"
	}
	return string(b)
}

// whole are letters that Unicode does not take apart into a base letter and a mark.
var whole = map[rune]string{'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'ł': "l", 'þ': "th", 'ħ': "h", 'ı': "i"}
