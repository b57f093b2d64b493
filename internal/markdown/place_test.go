package markdown

import (
	"slices"
	"strings"
	"testing"

	"nwioi/internal/diag"
)

// TestPlaces says where things stand in a file whose body begins on line 5. Columns count
// characters: "é" is one, whatever it is made of in bytes.
func TestPlaces(t *testing.T) {
	body := "Ünïcode {{fact \"a.b\"}} and [a page](../x.md).\n" +
		"> - é ![Chairs](room.jpg) <b>\n" +
		"\n" +
		"| a | [b][r] |\n|---|---|\n| é | https://example.org |\n" +
		"\n" +
		"### Too low\n" +
		"\n" +
		"[r]: /courses/\n"
	for _, ending := range []string{"\n", "\r\n"} {
		doc, problems := Parse("x.md", []byte(strings.ReplaceAll(body, "\n", ending)), 5, Options{Facts: true, AnchorPrefix: "s-"})
		type place struct {
			what  string
			pos   diag.Pos
			width int
		}
		var got []place
		for _, h := range doc.Holes {
			got = append(got, place{h.Value, h.Pos, h.Width})
		}
		for _, l := range doc.Links {
			got = append(got, place{l.URL, l.Pos, l.Width})
		}
		for _, h := range doc.Headings {
			got = append(got, place{h.ID, h.Pos, 0})
		}
		for _, p := range problems {
			got = append(got, place{p.Rule + " in " + p.Source, p.Pos, p.Width})
		}
		want := []place{
			{"a.b", diag.Pos{Line: 5, Col: 17}, 3},
			{"../x.md", diag.Pos{Line: 5, Col: 37}, 7},
			{"room.jpg", diag.Pos{Line: 6, Col: 17}, 8},
			{"/courses/", diag.Pos{Line: 14, Col: 6}, 9},
			{"https://example.org", diag.Pos{Line: 10, Col: 7}, 19},
			{"s-too-low", diag.Pos{Line: 12, Col: 1}, 0},
			{"markdown/raw-html in > - é ![Chairs](room.jpg) <b>", diag.Pos{Line: 6, Col: 27}, 3},
			{"markdown/heading-order in ### Too low", diag.Pos{Line: 12, Col: 1}, 11},
		}
		if len(got) != len(want) {
			t.Fatalf("got %+v", got)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("with %q: got %+v, want %+v", ending, got[i], want[i])
			}
		}
	}
}

// TestBlocks finds words of the plain text again in the file.
func TestBlocks(t *testing.T) {
	body := "## The *steps*\n\nIt's \"one\" -- and\n  the the &amp; *é* {{fact \"x\"}} end\n\n- item\n\n```\ncode code\n```\n\nTerm\n: Meaning\n"
	doc, _ := Parse("x.md", []byte(body), 1, Options{Facts: true})
	if want := "The steps\nIt’s “one” – and the the & é \uFFFC end\nitem\ncode code\n\nTerm\nMeaning"; doc.Text != want {
		t.Errorf("the text is %q, want %q", doc.Text, want)
	}
	var kinds []BlockKind
	for _, b := range doc.Blocks() {
		kinds = append(kinds, b.Kind)
		if strings.Contains(b.Text, FactMark) && (len(b.Facts) != 1 || b.Facts[0] != "x") {
			t.Errorf("the facts of %q are %q", b.Text, b.Facts)
		}
	}
	if want := []BlockKind{Title, Paragraph, Paragraph, Code, Term, Paragraph}; !slices.Equal(kinds, want) {
		t.Errorf("the blocks are %v, want %v", kinds, want)
	}
	for word, want := range map[string]diag.Pos{
		"steps": {Line: 1, Col: 9}, "one": {Line: 3, Col: 7}, "and": {Line: 3, Col: 15}, "the the": {Line: 4, Col: 3},
		"& é": {Line: 4, Col: 11}, "é": {Line: 4, Col: 18}, "end": {Line: 4, Col: 34}, "item": {Line: 6, Col: 3},
		"code code": {Line: 9, Col: 1}, "Meaning": {Line: 13, Col: 3},
	} {
		if got := doc.Pos(strings.Index(doc.Text, word)); got != want {
			t.Errorf("%q is at %v, want %v", word, got, want)
		}
	}
}

// TestLineEnds reads the line ends of all systems, also where one stands alone within a line.
func TestLineEnds(t *testing.T) {
	doc, _ := Parse("x.md", []byte("a\rb\r\n\r\nc"), 1, Options{})
	if got, want := doc.HTML(nil), "<p>a b</p>\n<p>c</p>\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestLongLine asks for places on one very long line with characters of several bytes.
func TestLongLine(t *testing.T) {
	body := strings.Repeat("é", 100_000) + " [x](y.md)"
	doc, _ := Parse("x.md", []byte(body), 1, Options{})
	if want := (diag.Pos{Line: 1, Col: 100_006}); len(doc.Holes) != 1 || doc.Holes[0].Pos != want {
		t.Errorf("the link is at %+v, want %v", doc.Holes, want)
	}
	_, problems := Parse("x.md", []byte(body+" <b>"), 1, Options{})
	if len(problems) != 1 || problems[0].Source != "" {
		t.Errorf("the whole line is shown: %d problems", len(problems))
	}
}

func TestAnchor(t *testing.T) {
	doc, _ := Parse("x.md", []byte("## Cost\n\n## s-cost\n"), 1, Options{AnchorPrefix: "s-"})
	for fragment, want := range map[string]string{"cost": "s-cost", "s-cost": "s-cost", "s-s-cost": "s-s-cost", "Cost": "", "": ""} {
		if got, found := doc.Anchor(fragment); got != want || found != (want != "") {
			t.Errorf("Anchor(%q) = %q, %v", fragment, got, found)
		}
	}
}

func TestSummary(t *testing.T) {
	doc, _ := Parse("x.md", []byte("## Title\n\nThe course costs {{fact \"p\"}} for three days.\n\nMore.\n"), 1, Options{Facts: true})
	value := func(id string) string { return "<$700>" }
	for limit, want := range map[int]string{
		100: "The course costs <$700> for three days.", 39: "The course costs <$700> for three days.", 30: "The course costs <$700> for…", 3: "Th…",
	} {
		if got := doc.Summary(limit, value); got != want {
			t.Errorf("Summary(%d) = %q, want %q", limit, got, want)
		}
	}
	if got := new(Doc).Summary(10, value) + new(Doc).HTML(nil) + new(Doc).Plain(value); got != "" {
		t.Errorf("the empty document has %q", got)
	}
}
