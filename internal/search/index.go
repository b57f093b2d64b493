package search

// An Index answers queries and gives the files that answer the same queries in a browser. It is
// immutable and safe for concurrent use.
type Index struct {
	in Input
}

// Build makes the index of in. The same input gives the same index, whatever the order of
// Input.Documents. It keeps in and does not modify it.
func Build(in Input) *Index {
	return &Index{in: in}
}

// Files returns the index files. The first is the root, which names all others; a page needs only
// the root's address.
func (ix *Index) Files() []File { return nil }

// Search answers a query.
func (ix *Index) Search(q Query) Result { return Result{Page: 1, Pages: 1} }

// Parse reads a query out of a URL fragment (without "#"), passing over whatever it does not know.
// It leaves Query.Day to the caller.
func (ix *Index) Parse(fragment string) Query { return Query{} }
