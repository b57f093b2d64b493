package search

// An Input is all that an index is made from.
type Input struct {
	// Name begins the names of the files: "directory".
	Name string
	// Documents may come in any order.
	Documents []Document
	// Facets are the vocabularies.
	Facets []Facet
	// Ranges are the keys of Document.Ranges, each with the key of its upper bound in a fragment:
	// {"fee", "fee_max"}.
	Ranges []RangeKey
	// Sorts are the orders that a reader may choose; "match" and "distance" are always there.
	Sorts []Sort
	// Postcodes are what a distance can be measured from.
	Postcodes []Postcode
	// Filler are words and phrases that are true of every document ("sex therapist") and so are
	// passed over in a sentence.
	Filler []string
	// Day is the day of the build, in days since 1 January 1970.
	Day int
	// Whole asks for one file whose name has no hash, for a server that makes files when they are
	// asked for.
	Whole bool
	// PageSize is the number of results on a page; 0 means 20.
	PageSize int
}

// A RangeKey names a range in documents and its upper bound in a fragment.
type RangeKey struct{ Range, AtMost string }

// A File is one index file. It never changes: its name holds a hash of its content.
type File struct {
	Name string // without a folder
	Data []byte // gzip (RFC 1952)
}
