package searchtest

import (
	"strings"
	"unicode"

	"nwioi/internal/site"
)

// A meaning is a term of a vocabulary.
type meaning struct{ facet, id string }

// A phrasebook knows what the words of the vocabularies mean. One phrase may mean several things; who
// has any of them is a right answer.
type phrasebook struct {
	means    map[string][]meaning // by folded phrase
	labels   []phrase
	aliases  []phrase
	clinical []phrase
	short    []phrase // abbreviations of concerns and approaches
	of       func(facet string) *site.Vocabulary
}

// A phrase is what somebody may type for a term.
type phrase struct {
	text string
	meaning
}

func newPhrasebook(of func(string) *site.Vocabulary) phrasebook {
	b := phrasebook{means: map[string][]meaning{}, of: of}
	for _, facet := range site.Vocabularies {
		for _, t := range of(facet).Terms {
			for _, texts := range [][]string{{t.Label}, t.Formal, t.Aliases, t.Deprecated} {
				for _, text := range texts {
					f := fold(text)
					b.means[f] = append(b.means[f], meaning{facet, t.ID})
				}
			}
			if facet != site.Concern && facet != site.Modality {
				continue
			}
			for _, alias := range t.Aliases {
				switch {
				case isShort(alias):
					b.short = append(b.short, phrase{alias, meaning{facet, t.ID}})
				case facet == site.Concern:
					b.aliases = append(b.aliases, phrase{alias, meaning{facet, t.ID}})
				}
			}
			if facet == site.Concern {
				b.labels = append(b.labels, phrase{t.Label, meaning{facet, t.ID}})
				for _, formal := range t.Formal {
					b.clinical = append(b.clinical, phrase{formal, meaning{facet, t.ID}})
				}
			}
		}
	}
	return b
}

// isShort reports whether a word is an abbreviation: two to six capitals.
func isShort(word string) bool {
	return len(word) >= 2 && len(word) <= 6 && strings.IndexFunc(word, func(r rune) bool { return !unicode.IsUpper(r) }) < 0
}

// said returns what people call a term: its label or one of its aliases in letters we can type.
func (b phrasebook) said(d dice, facet, id string) string {
	t := b.of(facet).Term(id)
	texts := []string{t.Label}
	for _, alias := range t.Aliases {
		if strings.IndexFunc(alias, func(r rune) bool { return r > 0x24f }) < 0 {
			texts = append(texts, alias)
		}
	}
	return one(d, texts)
}

// meaning says who has something that the phrase means.
func (b phrasebook) meaning(text string) func(*person) bool {
	meanings := b.means[fold(text)]
	return func(p *person) bool {
		for _, m := range meanings {
			if p.has(m.facet, m.id) {
				return true
			}
		}
		return false
	}
}
