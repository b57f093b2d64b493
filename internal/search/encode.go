package search

import (
	"encoding/binary"
	"maps"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// A writer collects the bytes of a file. Numbers are unsigned LEB128 (as in Protocol Buffers),
// strings are their length in bytes and UTF-8.
type writer struct{ b []byte }

func (w *writer) number(n int)  { w.b = binary.AppendUvarint(w.b, uint64(n)) }
func (w *writer) text(s string) { w.number(len(s)); w.b = append(w.b, s...) }
func (w *writer) bytes(b []byte) {
	w.number(len(b))
	w.b = append(w.b, b...)
}

// signed writes a number of either sign: 0, -1, 1, -2, 2 … as 0, 1, 2, 3, 4 …
func (w *writer) signed(n int) {
	if n < 0 {
		w.number(-2*n - 1)
		return
	}
	w.number(2 * n)
}

// words writes sorted words, each as how many letters it shares with the one before and the rest.
// Letters are those of Unicode's basic plane, so a browser counts them alike.
type words struct {
	w    *writer
	last string
}

func (f *words) add(word string) {
	n, letters := 0, 0
	for i, r := range word {
		if !strings.HasPrefix(f.last[i:], string(r)) {
			break
		}
		n, letters = i+utf8.RuneLen(r), letters+1
	}
	f.w.number(letters)
	f.w.text(word[n:])
	f.last = word
}

// set writes rising document numbers, as differences or as a bitmap of all documents, whichever is
// shorter: the count times two, plus one for a bitmap, then the content.
func (w *writer) set(docs []int, all int) {
	size, last := 0, -1
	for _, doc := range docs {
		size += (bits.Len(uint(doc-last-1)|1) + 6) / 7
		last = doc
	}
	if size > (all+7)/8 {
		w.number(len(docs)*2 + 1)
		w.bitmap(docs, all)
		return
	}
	w.number(len(docs) * 2)
	last = -1
	for _, doc := range docs {
		w.number(doc - last - 1)
		last = doc
	}
}

func (w *writer) bitmap(docs []int, all int) {
	bitmap := make([]byte, (all+7)/8)
	for _, doc := range docs {
		bitmap[doc>>3] |= 1 << (doc & 7)
	}
	w.b = append(w.b, bitmap...)
}

// encodeMembers writes one term's documents: those without any more to say as a set, then the
// others one by one: difference times four, plus two if top, plus one if bounded by days.
func encodeMembers(w *writer, list []member, all int) {
	var plain []int
	var special []member
	for _, m := range list {
		if m.top || m.from != 0 || m.until != 0 {
			special = append(special, m)
		} else {
			plain = append(plain, m.doc)
		}
	}
	w.set(plain, all)
	w.number(len(special))
	last := 0
	for _, m := range special {
		flags := 0
		if m.top {
			flags |= 2
		}
		if m.from != 0 || m.until != 0 {
			flags |= 1
		}
		w.number((m.doc-last)*4 + flags)
		last = m.doc
		if flags&1 != 0 {
			w.number(m.from)
			w.number(m.until)
		}
	}
}

// encodeFacet writes the documents of every term of a facet.
func (ix *Index) encodeFacet(f *facet) []byte {
	var w writer
	for _, list := range f.lists {
		encodeMembers(&w, list, len(ix.docs))
	}
	return w.b
}

// nameKinds are the kinds in the dictionary of names, in the order of their bits.
var nameKinds = []Kind{Name, Letters, Place, nick}

// encodeNames writes a shard of the dictionary of names, letters, places and nicknames: for each
// word a mask of its kinds and the documents of each.
func (ix *Index) encodeNames(entries []*entry) []byte {
	var w writer
	w.number(len(entries))
	out := words{w: &w}
	for _, e := range entries {
		out.add(e.word)
		mask := 0
		for _, k := range nameKinds {
			if len(e.docs[k]) > 0 {
				mask |= 1 << k
			}
		}
		w.number(mask)
		for _, k := range nameKinds {
			if len(e.docs[k]) > 0 {
				w.set(e.docs[k], len(ix.docs))
			}
		}
	}
	return w.b
}

// encodeText writes a shard of the words of texts.
func (ix *Index) encodeText(entries []*entry) []byte {
	var w writer
	w.number(len(entries))
	out := words{w: &w}
	for _, e := range entries {
		out.add(e.word)
		w.set(e.docs[Text], len(ix.docs))
	}
	return w.b
}

// shards cuts the words of some kinds into runs, in their order, of about the usual size: larger
// ones in a very large index, which may not have too many files.
func (ix *Index) shards(kinds ...Kind) [][]*entry {
	sizeOf := func(e *entry) int {
		size := 0
		for _, k := range kinds {
			size += len(e.docs[k])
		}
		return size
	}
	total := 0
	for i := range ix.words {
		total += sizeOf(&ix.words[i])
	}
	most := max(ix.limits.shard, total/1000)
	var shards [][]*entry
	size := most
	for i := range ix.words {
		e := &ix.words[i]
		n := sizeOf(e)
		if n == 0 {
			continue
		}
		if size >= most {
			shards = append(shards, nil)
			size = 0
		}
		shards[len(shards)-1] = append(shards[len(shards)-1], e)
		size += 4 + n
	}
	return shards
}

// encodeRanges writes for each document nothing, or the lower end of its range plus one. The upper
// end is not needed for the bound "at most".
func (ix *Index) encodeRanges(ranges []Range) []byte {
	var w writer
	for _, r := range ranges {
		if r.Key == "" {
			w.number(0)
			continue
		}
		w.number(max(0, r.Low) + 1)
	}
	return w.b
}

// encodeSort writes the documents' ranks in one order.
func encodeSort(o order) []byte {
	var w writer
	for _, r := range o.rank {
		w.number(r)
	}
	return w.b
}

// encodePlaces writes the spots of each document.
func (ix *Index) encodePlaces() []byte {
	var w writer
	for _, spots := range ix.places {
		w.number(len(spots))
		for _, s := range spots {
			w.signed(s.lat)
			w.signed(s.lon)
		}
	}
	return w.b
}

// encodePostcodes writes the postcodes in order, each spot as the difference to the one before.
func (ix *Index) encodePostcodes() []byte {
	posts := slices.Clone(ix.in.Postcodes)
	slices.SortFunc(posts, func(a, b Postcode) int { return strings.Compare(a.Code, b.Code) })
	posts = slices.CompactFunc(posts, func(a, b Postcode) bool { return a.Code == b.Code })
	var w writer
	w.number(len(posts))
	out := words{w: &w}
	var last spot
	for _, p := range posts {
		s := ix.posts[p.Code]
		out.add(p.Code)
		w.signed(s.lat - last.lat)
		w.signed(s.lon - last.lon)
		last = s
	}
	return w.b
}

// encodeTowns writes the names of towns in order, as folded, each with its labels and codes.
func (ix *Index) encodeTowns() []byte {
	var w writer
	w.number(len(ix.towns))
	out := words{w: &w}
	for _, name := range slices.Sorted(maps.Keys(ix.towns)) {
		out.add(name)
		w.number(len(ix.towns[name]))
		for _, t := range ix.towns[name] {
			w.text(t.Label)
			w.text(t.Code)
		}
	}
	return w.b
}

// encodeIDs writes the documents' ids in order, in lower case, each with its document.
func (ix *Index) encodeIDs() []byte {
	var w writer
	w.number(len(ix.ids))
	out := words{w: &w}
	for _, id := range slices.Sorted(maps.Keys(ix.ids)) {
		out.add(id)
		w.number(ix.ids[id])
	}
	return w.b
}

// encodeVocabulary writes the facets, their terms and the phrases that mean them.
func (ix *Index) encodeVocabulary(w *writer) {
	w.number(len(ix.facets))
	for _, f := range ix.facets {
		w.text(f.Key)
		w.number(int(f.Tier))
		w.number(len(f.Terms))
		for _, t := range f.Terms {
			w.text(t.ID)
			w.text(t.Label)
			w.text(t.Formal)
		}
	}
	v := &ix.vocab
	w.number(len(v.words))
	out := words{w: w}
	for _, word := range v.words {
		out.add(word)
	}
	p := 0
	for f := range ix.facets {
		for t := range ix.facets[f].Terms {
			from := p
			for p < len(v.phrases) && v.phrases[p].termRef == (termRef{f, t}) {
				p++
			}
			w.number(p - from)
			for _, phrase := range v.phrases[from:p] {
				w.number(len(phrase.words))
				for _, word := range phrase.words {
					w.number(word)
				}
			}
		}
	}
	w.number(len(v.filler))
	for _, f := range v.filler {
		w.text(strings.Join(f, " "))
	}
	function := make([]string, 0, len(functionWords))
	for word := range functionWords {
		function = append(function, word)
	}
	slices.Sort(function)
	w.text(strings.Join(function, " "))
}
