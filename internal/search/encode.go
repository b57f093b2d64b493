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

// sizeOf returns how many bytes a set takes, without its head.
func sizeOf(docs []int, all int) int {
	size, last := 0, -1
	for _, doc := range docs {
		size += (bits.Len(uint(doc-last-1)|1) + 6) / 7
		last = doc
	}
	return min(size, (all+7)/8)
}

// set writes rising document numbers, as differences or as a bitmap of all documents, whichever is
// shorter: the count times two, plus one for a bitmap, then the content.
func (w *writer) set(docs []int, all int) {
	if sizeOf(docs, all) == (all+7)/8 {
		w.number(len(docs)*2 + 1)
		bitmap := make([]byte, (all+7)/8)
		for _, doc := range docs {
			bitmap[doc>>3] |= 1 << (doc & 7)
		}
		w.b = append(w.b, bitmap...)
		return
	}
	w.number(len(docs) * 2)
	last := -1
	for _, doc := range docs {
		w.number(doc - last - 1)
		last = doc
	}
}

// encodeMembers writes one term's documents: those without any more to say as a set, those that name
// it first as another, and those that are bounded by days one by one: the difference times two, plus
// one if first, then the days.
func encodeMembers(w *writer, list []member, all int) {
	var plain, top []int
	var bounded []member
	for _, m := range list {
		switch {
		case m.from != 0 || m.until != 0:
			bounded = append(bounded, m)
		case m.top:
			top = append(top, m.doc)
		default:
			plain = append(plain, m.doc)
		}
	}
	w.set(slices.Compact(plain), all)
	w.set(slices.Compact(top), all)
	w.number(len(bounded))
	last := 0
	for _, m := range bounded {
		first := 0
		if m.top {
			first = 1
		}
		w.number((m.doc-last)*2 + first)
		last = m.doc
		w.number(m.from)
		w.number(m.until)
	}
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

// encodeSort writes the documents in one order.
func encodeSort(o order) []byte {
	docs := make([]int, len(o.rank))
	for doc, rank := range o.rank {
		docs[rank] = doc
	}
	var w writer
	for _, doc := range docs {
		w.number(doc)
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
	var w writer
	w.number(len(ix.posts))
	out := words{w: &w}
	var last spot
	for _, code := range slices.Sorted(maps.Keys(ix.posts)) {
		s := ix.posts[code]
		out.add(code)
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

// encodeIDs writes ids in order, in lower case, each with its document.
func (ix *Index) encodeIDs(ids []string) []byte {
	var w writer
	w.number(len(ids))
	out := words{w: &w}
	for _, id := range ids {
		out.add(id)
		w.number(ix.ids[id])
	}
	return w.b
}
