package search

// A Document is one thing that can be found: a person of the directory, a page of the site.
type Document struct {
	// ID names the document in results; ids of one index differ.
	ID string
	// URL is where the document stands, and Title its name as it is shown, for whoever shows a
	// result without its card. The index files hold neither.
	URL, Title string
	// Order is the document's place in the published order, which decides between equal matches.
	// Documents are ordered by it, and by ID where it is equal.
	Order int
	// Fields are the texts that words are looked up in. The words of a facet value need not be
	// repeated here: the vocabulary finds them.
	Fields []Field
	// Facets are the values the document has.
	Facets []FacetValue
	// Ranges are the document's numbers, such as what a session costs.
	Ranges []Range
	// Places are where the document is, for the distance from a postcode.
	Places []Point
	// Card is the markup shown for the document in a list: the very HTML that the page without
	// scripts shows. Elements and attributes off the list in cards.go are left out of the index.
	Card string
}

// A Kind says what a field's words are, and so what finding one is worth.
type Kind uint8

// The kinds of fields.
const (
	// Name is a name: give the parts that belong together, such as a compound family name, as one
	// field each. Its words, and all of them written as one, are found as a name.
	Name Kind = iota
	// Letters are degrees and licences as they stand after a name.
	Letters
	// Place is a city, county, state or postcode.
	Place
	// Text is anything else.
	Text
	// nick is a name under which somebody might look for a Name: made by Build, never given.
	nick
	// longer is a Name of which the document has more than two words: made by Build, never given.
	longer

	kinds = 6
)

// A Field is a text of a document.
type Field struct {
	Kind Kind
	Text string
}

// A FacetValue says that a document has a value of a facet.
type FacetValue struct {
	// Facet is the facet's Key and Value the id of one of its terms. A value that the vocabulary
	// does not have is left out.
	Facet, Value string
	// Top marks what the document names first: it ranks above the same value elsewhere.
	Top bool
	// From and Until are days since 1 January 1970. The document has the value from the first to
	// the last of them, both inclusive; 0 sets no bound. So an availability that nobody confirmed
	// stops counting in a browser without a new build.
	From, Until int
}

// A Range is a span of whole numbers, both ends inclusive: the fees from the lowest to the highest.
// A document has at most one range of a key.
type Range struct {
	Key       string
	Low, High int
}

// A Point is a place on the globe in degrees (WGS 84).
type Point struct{ Lat, Lon float64 }

// A Postcode is where a postcode lies, for measuring distances from it.
type Postcode struct {
	// Code is the postcode. One of five digits is also understood among the words of a query.
	Code string
	Point
	// Town is the name of its town, followed by a comma and what tells it from others of that name:
	// "Puyallup, WA". It may be empty.
	Town string
}

// A Facet is one question with a fixed list of answers, such as the concerns.
type Facet struct {
	// Key is the name of the facet in a fragment: "concern".
	Key string
	// Tier is what a match with one of the terms is worth: Concern or Detail.
	Tier Tier
	// Terms are the answers, in the order in which they are shown.
	Terms []Term
}

// A Term is one answer of a facet, with everything people type for it.
type Term struct {
	// ID is the term's value in a fragment.
	ID string
	// Label is the plain words that are shown, Formal the clinical name beside it.
	Label, Formal string
	// Aliases are other words that mean the term. They match and may be shown.
	Aliases []string
	// Deprecated are words that match but are never shown.
	Deprecated []string
}

// A Sort is an order that a reader may choose instead of the best match.
type Sort struct {
	// Key is the value of "sort" in a fragment, such as "name".
	Key string
	// Position gives the place of each document of Input.Documents in this order.
	// Documents with the same position follow in the published order.
	Position []int
}
