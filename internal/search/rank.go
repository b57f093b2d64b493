package search

// A Tier is what one word or phrase of a query is worth where it matched; lower is better. The
// tiers of all words of a query are added up, and documents with the same sum keep the published
// order. This table is the whole of the ranking, and /directory/how-we-order/ is written from it.
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

	// partial is added where only the beginning of the word was typed, or one word of a longer
	// label; so the beginning of a name is 4 and "ED" finds erections before Edward.
	partial Tier = 4
	// inText is a whole word of a text, and textPrefix the beginning of one.
	inText     Tier = 8
	textPrefix Tier = 9
	// oneEdit and twoEdits are added where the word was found by a spelling close to it.
	oneEdit  Tier = 10
	twoEdits Tier = 14
)

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
	// shortText is the length from which the beginning of a word is looked up in texts.
	shortText = 3

	// DefaultWithin is the radius in miles around a postcode when none is given.
	DefaultWithin = 25
)

// none marks a document that a word did not find.
const none = 255
