package search

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash/fnv"
	"runtime"
	"slices"
	"sync"
)

// The index files. Each is compressed (gzip), and begins, decompressed, with a head: four letters
// that say what it is, a version, and a checksum of the rest. README.md explains what follows.
const (
	magic = "nwix"
	// version changes whenever a reader of the old files would misread the new ones.
	version = 1
)

// limits say how an index is cut into files.
type limits struct {
	shard  int // about how many bytes of words and documents a shard of a dictionary takes
	block  int // how many cards stand in one file, up to 20,000 documents
	inline int // how much of the parts, compressed, may stand in the root of a larger index
	whole  int // how large all parts together may be to stand in one file, as for a small site
}

var usual = limits{shard: 4000, block: 8, inline: 3000, whole: 16000}

// The kinds of parts.
const (
	partFacet     = iota // the documents of one facet's terms; its key is the facet's
	partNames            // a shard of the words of names, letters and places; its key is its first word
	partText             // a shard of the words of texts; its key is its first word
	partCards            // a block of cards, in order
	partRange            // one range; its key is that of the upper bound
	partSort             // one order; its key is the order's
	partPlaces           // where the documents are
	partPostcodes        // where the postcodes are
	partTowns            // the names of towns
	partIDs              // the documents' ids
)

// A part is a piece of the index that is read on its own, when a query first needs it.
type part struct {
	kind int
	key  string
	make func() []byte
	raw  []byte
	file File // set where the part does not stand in the root
}

// block returns how many cards stand in one file. The first page of a common concern lies in many
// blocks, because equal matches rotate, so blocks are small; but a site has only so many files.
func (ix *Index) block() int { return max(ix.limits.block, len(ix.docs)/2500) }

// Files returns the index files. The first is the root, which names all others; a page needs only
// the root's address. Their bytes depend on nothing but the input.
func (ix *Index) Files() []File {
	parts := ix.parts()
	packed := make([][]byte, len(parts))
	each(len(parts), func(i int) {
		parts[i].raw = parts[i].make()
		packed[i] = pack(parts[i].raw)
	})
	ix.settle(parts, packed)
	root := ix.named(pack(ix.encodeRoot(parts)))
	if ix.in.Whole {
		root.Name = ix.in.Name + ".idx"
	}
	files := []File{root}
	for _, p := range parts {
		if p.file.Name != "" && !slices.ContainsFunc(files, func(f File) bool { return f.Name == p.file.Name }) {
			files = append(files, p.file)
		}
	}
	return files
}

// settle decides which parts stand in the root: all of a small index; otherwise the smallest of those
// that many queries need, as far as they fit.
func (ix *Index) settle(parts []part, packed [][]byte) {
	order := make([]int, len(parts))
	total := 0
	for i, p := range packed {
		order[i] = i
		total += len(p)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(len(packed[a]), len(packed[b])) })
	room := ix.limits.inline
	for _, i := range order {
		late := slices.Contains([]int{partText, partCards, partPostcodes, partTowns, partIDs}, parts[i].kind)
		switch {
		case ix.in.Whole || total <= ix.limits.whole:
		case !late && len(packed[i]) <= room:
			room -= len(packed[i])
		default:
			parts[i].file = ix.named(packed[i])
		}
	}
}

// parts lists what the index consists of, in the order in which the root names it.
func (ix *Index) parts() []part {
	var parts []part
	add := func(kind int, key string, make func() []byte) {
		parts = append(parts, part{kind: kind, key: key, make: make})
	}
	for _, entries := range ix.shards(nameKinds...) {
		add(partNames, entries[0].word, func() []byte { return ix.encodeNames(entries) })
	}
	for i := range ix.facets {
		add(partFacet, ix.facets[i].Key, func() []byte { return ix.encodeFacet(&ix.facets[i]) })
	}
	for i, key := range ix.in.Ranges {
		add(partRange, key.AtMost, func() []byte { return ix.encodeRanges(ix.numbers[i]) })
	}
	for _, o := range ix.sorts {
		add(partSort, o.key, func() []byte { return encodeSort(o) })
	}
	add(partPlaces, "", ix.encodePlaces)
	if len(ix.in.Postcodes) > 0 {
		add(partPostcodes, "", ix.encodePostcodes)
		add(partTowns, "", ix.encodeTowns)
	}
	add(partIDs, "", ix.encodeIDs)
	for _, entries := range ix.shards(Text) {
		add(partText, entries[0].word, func() []byte { return ix.encodeText(entries) })
	}
	block := ix.block()
	for from := 0; from < len(ix.docs); from += block {
		docs := ix.docs[from:min(from+block, len(ix.docs))]
		add(partCards, "", func() []byte { return encodeCards(docs) })
	}
	return parts
}

// encodeRoot writes the root: sizes, vocabulary, and the parts themselves or their files' names.
func (ix *Index) encodeRoot(parts []part) []byte {
	var w writer
	w.number(len(ix.docs))
	w.number(ix.in.Day)
	w.number(ix.in.PageSize)
	w.number(ix.block())
	ix.encodeVocabulary(&w)
	w.number(len(parts))
	for _, p := range parts {
		w.number(p.kind)
		w.text(p.key)
		w.text(p.file.Name)
		if p.file.Name == "" {
			w.bytes(p.raw)
		}
	}
	return w.b
}

// named returns data as a file whose name holds a hash of it.
func (ix *Index) named(data []byte) File {
	sum := sha256.Sum256(data)
	return File{Name: ix.in.Name + "." + hex.EncodeToString(sum[:6]) + ".idx", Data: data}
}

// pack puts the head before raw and compresses both.
func pack(raw []byte) []byte {
	head := append([]byte(magic), version)
	sum := fnv.New32a()
	sum.Write(raw)
	head = binary.LittleEndian.AppendUint32(head, sum.Sum32())
	var b bytes.Buffer
	z := compressors.Get().(*gzip.Writer)
	defer compressors.Put(z)
	z.Reset(&b) // a Buffer takes all
	z.Write(head)
	z.Write(raw)
	z.Close()
	return b.Bytes()
}

// compressors are used again: each weighs over a megabyte, more than most files it writes.
var compressors = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(nil, gzip.BestCompression) // the level is valid
	return z
}}

// each calls f for 0 … n-1 on as many goroutines as there are processors.
func each(n int, f func(i int)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}
