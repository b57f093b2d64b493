package search

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/dop251/goja"
)

// TestFilesAreCut: a small index is one file; above the limit the same index is cut, and a query
// asks for a few of the files only.
func TestFilesAreCut(t *testing.T) {
	if n := len(Build(town()).Files()); n != 1 {
		t.Errorf("a small index is %d files", n)
	}
	in := manyPeople(400)
	whole := in
	whole.Whole = true
	files := Build(whole).Files()
	if len(files) != 1 || files[0].Name != "many.idx" {
		t.Errorf("an index that was asked for whole is %d files, the first %q", len(files), files[0].Name)
	}
	files = Build(in).Files()
	if len(files) < 20 {
		t.Fatalf("an index of 400 people is %d files", len(files))
	}
	names := map[string]bool{}
	for _, f := range files {
		if names[f.Name] {
			t.Errorf("%s twice", f.Name)
		}
		names[f.Name] = true
	}
	b := newBrowser(t)
	b.open(files, in.Day)
	b.search("q=" + in.Documents[17].Fields[0].Text + "+" + in.Documents[17].Fields[1].Text)
	if len(b.asked) == 0 || len(b.asked) > 10 {
		t.Errorf("a name needs %d of %d files: %q", len(b.asked), len(files), b.asked)
	}
}

// TestEditRewritesFewFiles: editing one person's text rewrites the root and the files that hold
// that person, and leaves the others as they are.
func TestEditRewritesFewFiles(t *testing.T) {
	in := manyPeople(400)
	before := Build(in).Files()
	in.Documents = slices.Clone(in.Documents)
	d := &in.Documents[100]
	d.Fields = slices.Clone(d.Fields)
	for i := range d.Fields {
		if d.Fields[i].Kind == Text {
			d.Fields[i].Text += " seldom" // a word that others have too
		}
	}
	after := Build(in).Files()
	changed := 0
	for _, f := range after {
		if !slices.ContainsFunc(before, func(old File) bool { return old.Name == f.Name }) {
			changed++
		}
	}
	if changed > 2 {
		t.Errorf("adding one word rewrites %d of %d files", changed, len(after))
	}
}

// TestDamagedFilesAreRefused: a file that is cut, of another version, not ours or altered is refused
// with an exception that the page catches, never a wrong list.
func TestDamagedFilesAreRefused(t *testing.T) {
	in := manyPeople(60)
	in.Whole = true
	good := unpack(t, Build(in).Files()[0].Data)
	b := newBrowser(t)
	damage := map[string][]byte{
		"empty":             {},
		"cut in the head":   good[:7],
		"cut at the head":   good[:9],
		"cut in the middle": good[:len(good)/2],
		"cut at the end":    good[:len(good)-1],
		"another version":   slices.Concat(good[:4], []byte{version + 1}, good[5:]),
		"a web page":        []byte("<!doctype html><title>Not found</title>"),
		"longer":            append(slices.Clone(good), 0),
	}
	r := rand.New(rand.NewPCG(3, 4))
	for i := range 20 {
		altered := slices.Clone(good)
		altered[9+r.IntN(len(good)-9)] ^= byte(1 << r.IntN(8))
		damage[fmt.Sprintf("altered %d", i)] = altered
	}
	for what, raw := range damage {
		if _, err := b.try("load", b.bytes(raw), 0); err == nil {
			t.Errorf("%s: the browser takes the file", what)
		}
	}
	// With a checksum that is right the reader still meets ends and numbers that cannot be.
	for i := range 200 {
		raw := slices.Clone(good[9:])
		for range 1 + r.IntN(3) {
			raw[r.IntN(len(raw))] = byte(r.IntN(256))
		}
		if i%2 == 0 {
			raw = raw[:r.IntN(len(raw))]
		}
		if _, err := b.try("load", b.bytes(unpack(t, pack(raw))), 0); err != nil {
			continue
		}
		if _, err := b.try("search", "q=mary+gentle&concern=pain"); err != nil {
			if _, ok := err.(*goja.Exception); !ok {
				t.Errorf("damage %d: %v", i, err)
			}
		}
	}
}

// TestCardsAreRebuilt: what the browser builds of a card is what the page without scripts shows, and
// what does not belong into a card is left out.
func TestCardsAreRebuilt(t *testing.T) {
	in := town()
	in.Documents = in.Documents[:1]
	in.Documents[0].ID, in.Documents[0].URL = "a", "/directory/a/"
	in.Documents[0].Card = `<img class="mark" src="/p.jpg" srcset="/p.jpg 320w" alt="" loading="lazy">
<div><h2><a href="/directory/a/">Ana &amp; <i>Bo</i> &lt;b&gt;</a></h2> <p>one  <b>two</b> three</p></div>
<svg viewBox="0 0 8 8" aria-hidden="true"><path d="M0 0h8" onclick="x()"/></svg>
<script>alert(1)</script><iframe src="x"></iframe><a href="javascript:alert(1)" onclick="x()" style="x">x</a><a href=" JavaScript&colon;x">y</a><a href="mailto:a@b.example">z</a>`
	ix := Build(in)
	b := newBrowser(t)
	b.open(ix.Files(), 0)
	var card struct {
		ID    string
		Nodes []any
	}
	if err := json.Unmarshal([]byte(b.call("card", 0).String()), &card); err != nil {
		t.Fatal(err)
	}
	var html strings.Builder
	for _, n := range card.Nodes {
		writeNode(&html, n)
	}
	want := `<img class="mark" src="/p.jpg" srcset="/p.jpg 320w" alt="" loading="lazy"></img>` +
		`<div><h2><a href="/directory/a/">Ana & <i>Bo</i> <b></a></h2><p>one <b>two</b> three</p></div>` +
		`<svg viewBox="0 0 8 8" aria-hidden="true"><path d="M0 0h8"></path></svg><a>x</a><a>y</a><a href="mailto:a@b.example">z</a>`
	if html.String() != want {
		t.Errorf("the card became\n%s\nwant\n%s", html.String(), want)
	}
	if card.ID != "a" {
		t.Errorf("the card is that of %q", card.ID)
	}
}

func writeNode(w *strings.Builder, n any) {
	if text, ok := n.(string); ok {
		w.WriteString(text)
		return
	}
	e := n.(map[string]any)
	fmt.Fprintf(w, "<%s", e["name"])
	for _, a := range e["attributes"].([]any) {
		fmt.Fprintf(w, ` %s="%s"`, a.([]any)[0], a.([]any)[1])
	}
	w.WriteString(">")
	for _, c := range e["children"].([]any) {
		writeNode(w, c)
	}
	fmt.Fprintf(w, "</%s>", e["name"])
}

// FuzzQuery: whatever stands in a fragment or a query, both are read without harm and nothing that
// is found is out of order.
func FuzzQuery(f *testing.F) {
	for _, seed := range []string{
		"", "q=painful+sex&concern=pain&state=WA", "q=%", "q=" + strings.Repeat("a ", 5000), "__proto__=1&constructor=2",
		"q=or&page=99999999999999999999", "zip=98402&within=5&sort=distance", "q=😀%F0%9F%98%80", "q=\xff\xfe", "concern=pain&concern=desire&concern=__proto__",
		"fee_max=-1", "q=the+of+and", "q=%00%01", strings.Repeat("concern=pain&", 1000), "q=ﬁﬁﬁ½½", "sort=name&page=0",
	} {
		f.Add(seed)
	}
	in := town()
	in.Postcodes = []Postcode{{"98402", Point{47.25, -122.44}, "Tacoma, WA"}}
	in.PageSize = 2
	ix := Build(in)
	f.Fuzz(func(t *testing.T, fragment string) {
		q := ix.Parse(fragment)
		r := ix.Search(q)
		if r.Page < 1 || r.Page > r.Pages || r.Total > len(ix.docs) || len(r.Hits) > in.PageSize || (r.Total > 0) != (len(r.Hits) > 0) {
			t.Errorf("%q: %+v", fragment, r)
		}
		if q.Sort == "" && !slices.IsSortedFunc(r.Hits, func(a, b Hit) int { return a.Score - b.Score }) {
			t.Errorf("%q: out of order: %+v", fragment, r.Hits)
		}
		if r.Total == 0 && len(r.Drops) == 0 {
			t.Errorf("%q: a dead end", fragment)
		}
	})
}
