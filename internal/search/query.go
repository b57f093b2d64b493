package search

// A Query is what a reader typed and chose.
type Query struct {
	// Text is the words as typed.
	Text string
	// Choices are the chosen values by the key of their facet: any of one key, all of the keys.
	// Unknown keys and values are passed over.
	Choices map[string][]string
	// AtMost are the chosen upper bounds by their key: {"fee_max": 150}.
	AtMost map[string]int
	// IDs are the documents that may be found; none means all. An unknown one finds nothing.
	IDs []string
	// Near is a postcode and Within miles around it; 0 means DefaultWithin.
	Near   string
	Within int
	// Sort is "match" (the default), "distance", or the key of a Sort.
	Sort string
	// Page counts from 1; a page behind the last is the last.
	Page int
	// Day is today, in days since 1 January 1970; a day before the build's counts as the build's.
	Day int
}

// A Result is the answer to a query.
type Result struct {
	// Total is the number of documents found, over all pages.
	Total int
	// Page and Pages are the page shown and the number of pages, at least 1.
	Page, Pages int
	// Hits are the documents of the page, in order.
	Hits []Hit
	// Counts give for each facet and each of its terms, in the order of the Input, how many
	// documents would be found if that term were the only choice of its facet.
	Counts [][]int
	// Reading is what the words were read as.
	Reading []Chip
	// Ignored are words that nothing matches, not even nearly; the others were searched without them.
	Ignored []string
	// Towns are the towns of the postcodes that are named by words which stand nowhere as typed.
	Towns []Town
	// Drops say, where nothing was found, what is found without one of the choices or words.
	Drops []Drop
}

// A Hit is one document found.
type Hit struct {
	ID string
	// Score is the sum of the tiers of the query's words; 0 where there were none.
	Score int
	// Miles is the distance from Query.Near, or else from the first postcode among the words;
	// negative where it is not known.
	Miles float64
	// Why are the terms the words found the document by, and in quotes the words of its texts, in
	// the order of the query. Names and places explain themselves.
	Why []string
	// Steps say for each part of the words what it matched: their tiers add up to Score. Filled by
	// Explain alone.
	Steps []Step
}

// A Step is one part of a query's words and the best that it matched in a document.
type Step struct {
	Words   string // of the query, as folded
	Matched string // a word of the document, or the label of a term
	Tier    Tier
	Longer  bool // LongerName is in the tier
}

// A Chip is a part of the typed words that was read as a term, or as a postcode: then Facet is "zip"
// and ID the code.
type Chip struct {
	Words            string // as folded
	Facet, ID, Label string
}

// A Town is a town that words name, and a postcode in it to measure from.
type Town struct {
	Words       string // as folded
	Label, Code string // "Puyallup, WA", "98371"
}

// A Drop is a way out of an empty list.
type Drop struct {
	// Key is the key of a choice in a fragment: a facet, "q", "fee_max", "zip", "ids"; or "all".
	Key string
	// Word is what to leave out where Key is "q" and that is enough: a word, or the words of a chip.
	Word string
	// Only turns it round: this choice stays and all others go.
	Only bool
	// Total is the number of documents found then.
	Total int
}
