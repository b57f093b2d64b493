package markdown

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// newsBody returns an invented post of about five kilobytes with what posts have: headings,
// paragraphs, lists, quotations, tables and links.
func newsBody(seed uint64) string {
	words := strings.Fields("care intimacy couples bodies desire trust attachment repair curiosity shame healing grief partners sessions evidence")
	r := rand.New(rand.NewPCG(seed, 1))
	prose := func(n int) string {
		var b strings.Builder
		for i := range n {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(words[r.IntN(len(words))])
		}
		return b.String() + "."
	}
	var b strings.Builder
	for range 6 {
		b.WriteString("## " + prose(4) + "\n\n" + prose(60) + "\n\n- " + prose(8) + "\n- " + prose(9) + "\n- *" + prose(5) + "*\n\n> " +
			prose(20) + "\n\n| a | b |\n|---|---|\n| " + prose(3) + " | " + prose(3) + " |\n\n" + prose(70) + " [link](/news/n000001/)\n\n")
	}
	return b.String()
}

func BenchmarkParse(b *testing.B) {
	body := []byte(newsBody(1))
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, problems := Parse("news.md", body, 7, Options{Facts: true, AnchorPrefix: "s-"}); len(problems) > 0 {
			b.Fatal(problems[0])
		}
	}
}

func BenchmarkHTML(b *testing.B) {
	doc, _ := Parse("news.md", []byte(newsBody(1)), 7, Options{})
	b.ReportAllocs()
	for b.Loop() {
		doc.HTML(func(int) string { return "/news/n000001/" })
	}
}
