package search

import (
	"cmp"
	"maps"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// An Index answers queries and gives the files that answer the same queries in a browser. It is
// immutable and safe for concurrent use.
type Index struct {
	in      Input
	docs    []Document // in the published order; a document's number is its place here
	facets  []facet
	byKey   map[string]int // facet number by key
	vocab   vocabulary
	words   []entry // the dictionary, sorted by word
	numbers [][]Range
	places  [][]spot
	sorts   []order
	posts   map[string]spot
	towns   map[string][]Town // by the words of their names
	ids     map[string]int    // document numbers by id, in lower case
	limits  limits
}

// A facet is a Facet with the documents that have its values.
type facet struct {
	Facet
	byID  map[string]int
	lists [][]member // by term, in the order of documents
}

// A member is a document that has a term.
type member struct {
	doc         int
	top         bool
	from, until int
}

// active reports whether the document has the term on day.
func (m member) active(day int) bool {
	return (m.from == 0 || day >= m.from) && (m.until == 0 || day <= m.until)
}

// An entry is a word of the dictionary with the documents that have it, by kind of field.
type entry struct {
	word string
	docs [kinds][]int
}

// A spot is a Point in thousandths of a degree, about 100 m, so that both halves compute with the
// same whole numbers.
type spot struct{ lat, lon int }

// An order is a Sort by document number.
type order struct {
	key  string
	rank []int
}

// Build makes the index of in. The same input gives the same index, whatever the order of
// Input.Documents. It keeps in and does not modify it.
func Build(in Input) *Index {
	if in.PageSize <= 0 {
		in.PageSize = 20
	}
	ix := &Index{in: in, byKey: map[string]int{}, posts: map[string]spot{}, ids: map[string]int{}, limits: usual}
	numbers := inOrder(in.Documents)
	ix.docs = make([]Document, len(numbers))
	for doc, i := range numbers {
		ix.docs[doc] = in.Documents[i]
	}
	for i, f := range in.Facets {
		made := facet{Facet: f, byID: make(map[string]int, len(f.Terms)), lists: make([][]member, len(f.Terms))}
		for t, term := range f.Terms {
			made.byID[lower(term.ID)] = t
		}
		ix.facets = append(ix.facets, made)
		ix.byKey[f.Key] = i
	}
	ix.vocab = newVocabulary(in)
	ix.fillFacets()
	ix.fillNumbers()
	ix.words = dictionary(ix.docs)
	for _, s := range in.Sorts {
		ix.sorts = append(ix.sorts, order{s.Key, rank(numbers, s.Position)})
	}
	for _, p := range in.Postcodes {
		ix.posts[p.Code] = spotOf(p.Point)
	}
	ix.towns = townsByName(in.Postcodes)
	for doc := range ix.docs {
		ix.ids[lower(ix.docs[doc].ID)] = doc
	}
	return ix
}

// inOrder returns the indices of documents in the published order.
func inOrder(documents []Document) []int {
	numbers := make([]int, len(documents))
	for i := range numbers {
		numbers[i] = i
	}
	slices.SortFunc(numbers, func(a, b int) int {
		x, y := &documents[a], &documents[b]
		return cmp.Or(cmp.Compare(x.Order, y.Order), cmp.Compare(x.ID, y.ID))
	})
	return numbers
}

// rank returns each document's place in an order whose positions are given by input index.
func rank(numbers, position []int) []int {
	docs := make([]int, len(numbers))
	for i := range docs {
		docs[i] = i
	}
	at := func(doc int) int {
		if i := numbers[doc]; i < len(position) {
			return position[i]
		}
		return math.MaxInt
	}
	slices.SortStableFunc(docs, func(a, b int) int { return cmp.Compare(at(a), at(b)) })
	ranks := make([]int, len(docs))
	for r, doc := range docs {
		ranks[doc] = r
	}
	return ranks
}

func (ix *Index) fillFacets() {
	for doc := range ix.docs {
		for _, v := range ix.docs[doc].Facets {
			i, ok := ix.byKey[v.Facet]
			if !ok {
				continue
			}
			f := &ix.facets[i]
			t, ok := f.byID[lower(v.Value)]
			if !ok {
				continue
			}
			m := member{doc, v.Top, v.From, v.Until}
			if !slices.Contains(f.lists[t][max(0, len(f.lists[t])-4):], m) {
				f.lists[t] = append(f.lists[t], m)
			}
		}
	}
}

func (ix *Index) fillNumbers() {
	ix.numbers = make([][]Range, len(ix.in.Ranges))
	ix.places = make([][]spot, len(ix.docs))
	for i, key := range ix.in.Ranges {
		ix.numbers[i] = make([]Range, len(ix.docs))
		for doc := range ix.docs {
			for _, r := range ix.docs[doc].Ranges {
				if r.Key == key.Range {
					ix.numbers[i][doc] = r
				}
			}
		}
	}
	for doc := range ix.docs {
		for _, p := range ix.docs[doc].Places {
			ix.places[doc] = append(ix.places[doc], spotOf(p))
		}
	}
}

func spotOf(p Point) spot {
	return spot{int(math.Round(p.Lat * 1000)), int(math.Round(p.Lon * 1000))}
}

// dictionary looks up every word of every field. The documents are cut into parts that are read at
// the same time and joined in their order, so that the result does not depend on how many there are.
func dictionary(docs []Document) []entry {
	parts := min(runtime.GOMAXPROCS(0), len(docs)/64+1)
	found := make([]map[string]*entry, parts)
	var wg sync.WaitGroup
	for p := range parts {
		wg.Go(func() {
			words := map[string]*entry{}
			for doc := p * len(docs) / parts; doc < (p+1)*len(docs)/parts; doc++ {
				addWords(words, doc, &docs[doc])
			}
			found[p] = words
		})
	}
	wg.Wait()
	all := found[0]
	for _, part := range found[1:] {
		for word, e := range part {
			whole := all[word]
			if whole == nil {
				all[word] = e
				continue
			}
			for k := range e.docs {
				whole.docs[k] = append(whole.docs[k], e.docs[k]...)
			}
		}
	}
	entries := make([]entry, 0, len(all))
	for _, word := range slices.Sorted(maps.Keys(all)) {
		e := *all[word]
		if functionWords[word] || len(word) == 1 {
			e.docs[Text] = nil
		}
		entries = append(entries, e)
	}
	return slices.DeleteFunc(entries, func(e entry) bool {
		return !slices.ContainsFunc(e.docs[:], func(docs []int) bool { return len(docs) > 0 })
	})
}

func addWords(words map[string]*entry, doc int, d *Document) {
	found := func(kind Kind, e *entry) {
		if list := e.docs[kind]; len(list) == 0 || list[len(list)-1] != doc {
			e.docs[kind] = append(list, doc)
		}
	}
	add := func(kind Kind, word string) {
		e := words[word]
		if e == nil {
			e = &entry{word: word}
			words[word] = e
		}
		found(kind, e)
	}
	given := true
	name := Name
	if hasLongName(d) {
		name = longer
	}
	for _, f := range d.Fields {
		if f.Kind == Text {
			fold(f.Text, func(word []byte) {
				if e := words[string(word)]; e != nil {
					found(Text, e)
				} else if len(word) > 1 {
					add(Text, string(word))
				}
			})
			continue
		}
		parts := Fold(f.Text)
		kind := f.Kind
		if kind == Name {
			kind = name
		}
		for _, w := range parts {
			add(kind, w)
		}
		if f.Kind == Place {
			continue
		}
		if len(parts) > 1 && len(parts) <= 4 {
			joined := strings.Join(parts, "")
			add(kind, joined[:runeLimit(joined)])
		}
		if f.Kind == Letters {
			continue
		}
		for _, w := range atApostrophe(f.Text) {
			add(name, w)
		}
		if !given {
			continue
		}
		given = false
		for _, w := range parts {
			for _, n := range nicknames()[w] {
				if !slices.Contains(parts, n) {
					add(nick, n)
				}
			}
		}
	}
}

// hasLongName reports whether a document's names have more than two words.
func hasLongName(d *Document) bool {
	var words []string
	for _, f := range d.Fields {
		if f.Kind != Name {
			continue
		}
		for _, w := range Fold(f.Text) {
			if !slices.Contains(words, w) {
				words = append(words, w)
			}
		}
	}
	return len(words) > 2
}

// runeLimit returns the length in bytes of the first maxWord letters of s.
func runeLimit(s string) int {
	n := 0
	for i := range s {
		if n == maxWord {
			return i
		}
		n++
	}
	return len(s)
}

// atApostrophe returns the words on either side of an apostrophe, for "Brien" and "O Brien" find
// O'Brien.
func atApostrophe(text string) []string {
	if !strings.ContainsFunc(text, isApostrophe) {
		return nil
	}
	var sides []string
	whole := Fold(text)
	parts := Fold(strings.Map(func(r rune) rune {
		if isApostrophe(r) {
			return ' '
		}
		return r
	}, text))
	for _, w := range parts {
		if !slices.Contains(whole, w) {
			sides = append(sides, w)
		}
	}
	return sides
}
