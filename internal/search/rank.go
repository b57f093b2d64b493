package search

import "slices"

// A Tier is what one word or phrase of a query is worth where it matched; lower is better. The
// tiers of all words of a query are added up, and documents with the same sum keep the published
// order. These constants are the whole of the ranking, and /directory/how-we-order/ is written from
// them.
type Tier uint8

// The tiers of whole words.
const (
	// WholeName is a whole word of the name.
	WholeName Tier = 0
	// TopConcern is the label or an alias of something the document names first.
	TopConcern Tier = 1
	// Concern is the label or an alias of anything else of a facet with this tier.
	Concern Tier = 2
	// Detail is letters, a place, a nickname, or a term of a facet with this tier.
	Detail Tier = 3
	// InText is a whole word of a text.
	InText Tier = 8
	// TextPrefix is the beginning of a word of a text.
	TextPrefix Tier = 9
)

// What is added to the tiers of names, concerns and details; never two of them at once.
const (
	// Partial is added where only the beginning of the word was typed, or one word of a longer
	// label; so the beginning of a name is 4 and "ED" finds erections before Edward.
	Partial Tier = 4
	// OneEdit and TwoEdits are added where the word was found by a spelling close to it.
	OneEdit  Tier = 10
	TwoEdits Tier = 14
	// LongerName is added, where two words were typed and nothing else was read in them, to each that
	// is a word of a name of more than two: "Wanda Smith" is Wanda Smith before Wanda Lee Smith.
	LongerName Tier = 1
)

// Unsaid is what a word counts where a document does not have it and need not: one that only texts have,
// beside others that were read as terms.
const Unsaid Tier = 10

// Tiers are the tiers of whole words, best first.
var Tiers = []Tier{WholeName, TopConcern, Concern, Detail, InText, TextPrefix}

// Additions are what is added to them, smallest first.
var Additions = []Tier{Partial, OneEdit, TwoEdits}

// Split returns the tier of whole words that t came from, and what was added to it.
func (t Tier) Split() (whole, added Tier) {
	if slices.Contains(Tiers, t) {
		return t, 0
	}
	for _, a := range slices.Backward(Additions) {
		if t >= a {
			return t - a, a
		}
	}
	return t, 0
}

// String says in words what matched: "a whole word of the name", "the beginning of a detail".
func (t Tier) String() string {
	whole, added := t.Split()
	of := map[Tier]string{WholeName: "name", TopConcern: "concern named first", Concern: "concern", Detail: "place, letters, nickname or other detail"}[whole]
	switch {
	case whole == InText:
		return "a whole word of a text"
	case whole == TextPrefix:
		return "the beginning of a word of a text"
	case of == "":
		return "nothing"
	case added == Partial:
		return "a part of a " + of
	case added == OneEdit:
		return "one letter away from a " + of
	case added == TwoEdits:
		return "two letters away from a " + of
	case whole == WholeName:
		return "a whole word of the name"
	}
	return "a " + of
}

// Bounds of a query. What is longer is cut, not refused.
const (
	// MaxQuery is the number of UTF-16 units of a query that are read.
	MaxQuery = 400
	// MaxWords is the number of words of a query that are searched. Together with the worst tier it
	// keeps every sum below none.
	MaxWords = 12
	// maxWord is the number of letters of a word that are kept, in queries and documents alike.
	maxWord = 32

	// fuzzyOne and fuzzyTwo are the lengths from which a word may differ by one and by two edits.
	fuzzyOne, fuzzyTwo = 4, 8
	// shortText is the length from which the beginning of a word is looked up in texts and in the
	// vocabulary.
	shortText = 3

	// DefaultWithin is the radius in miles around a postcode when none is given.
	DefaultWithin = 25
)

// none marks a document that a word did not find.
const none = 255
