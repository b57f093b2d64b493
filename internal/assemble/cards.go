package assemble

import (
	"nwioi/internal/site"
	"nwioi/internal/theme"
)

// Cards returns the card of everyone who has a page, by id: the words in which the site speaks of
// people, for whoever says them without a page.
func Cards(e *site.Edition, t *theme.Theme) map[string]theme.Card {
	a := newAssembler(e, t, nil)
	a.share()
	a.people()
	cards := make(map[string]theme.Card, len(a.cards))
	for id, c := range a.cards {
		cards[id] = c.view
	}
	return cards
}
