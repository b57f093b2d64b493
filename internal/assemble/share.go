package assemble

import (
	"io"

	"nwioi/internal/output"
	"nwioi/internal/shareimage"
	"nwioi/internal/site"
	"nwioi/internal/theme"
)

// A sharePicture is the picture that is shown where a page is shared.
type sharePicture struct {
	url     string
	painter *shareimage.Painter
	card    shareimage.Card
}

// shareLayout draws such a picture.
var shareLayout = &goLayout[sharePicture]{func(w io.Writer, s sharePicture) error {
	return s.painter.Write(w, s.card)
}}

// sharePainter returns the painter of the theme and the site's name, which is the same for every build
// with these.
func (a *assembler) sharePainter() *shareimage.Painter {
	d := a.theme.Drawing
	style := shareimage.Style{
		Paper: d.Paper, Water: d.Tide, Ink: d.Ink, Accent: d.Clay, Line: d.Line, Face: d.Face, Shore: d.Shore, Site: a.Settings.Title,
	}
	return output.Memo(a.pool, style, func() *shareimage.Painter { return shareimage.New(style) })
}

// shareURL is where the picture of a card stands. The name is a hash: it tells nothing, and is another
// one when the picture is.
func (a *assembler) shareURL(c shareimage.Card) string { return site.ShareURL(a.painter.Name(c)) }

// depict gives a page the picture of a card. drawn has to be called for what it returns.
func (a *assembler) depict(f *theme.Frame, c shareimage.Card) *sharePicture {
	url := a.shareURL(c)
	f.Image, f.ImageAlt = a.Base.Absolute(url), c.Alt()
	return &sharePicture{url, a.painter, c}
}

// drawn adds a picture, once.
func (a *assembler) drawn(s *sharePicture) {
	if !a.pictures[s.url] {
		a.pictures[s.url] = true
		a.add(s.url, shareLayout, *s)
	}
}

// sitePicture is shown where a page has no picture of its own.
func (a *assembler) sitePicture() *sharePicture {
	card := shareimage.Card{Title: a.Settings.Title, Line: a.Settings.Description}
	return &sharePicture{a.shareURL(card), a.painter, card}
}

func (a *assembler) personCard(p *site.Person) shareimage.Card {
	c := a.cards[p.ID].view
	card := shareimage.Card{Kind: "Practitioner", Title: c.Name, Line: c.Letters, Sample: p.Sample}
	switch {
	case p.Status == "alumni":
		card.Kind, card.Line = "Former practitioner", membership(p)
	case card.Line == "":
		card.Line = p.Headline
	}
	return card
}

func (a *assembler) eventCard(e *site.Event) shareimage.Card {
	card := shareimage.Card{Kind: "Event", Title: e.Title, Line: e.Start.Span(e.End), Sample: a.invented(e)}
	if e.Status == "cancelled" {
		card.Line += ": cancelled"
	} else if c := a.cards[e.By]; c != nil {
		card.Line += ", with " + c.view.Name
	}
	return card
}

// invented reports whether an event is a sample, or that of an invented person.
func (a *assembler) invented(e *site.Event) bool {
	c := a.cards[e.By]
	return e.Sample || c != nil && c.view.Sample
}

func (a *assembler) courseImage(c *site.Course) shareimage.Card {
	card := shareimage.Card{Kind: "Course", Title: c.Name, Line: c.Summary}
	for _, in := range c.Instances {
		if a.coming(in) && !in.Start.IsZero() {
			card.Line = in.Start.Span(in.End)
			break
		}
	}
	return card
}

func (a *assembler) postCard(p *site.Page) shareimage.Card {
	return shareimage.Card{Kind: "News", Title: p.Front.Title, Line: p.Front.Date.Long()}
}
