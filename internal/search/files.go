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
	"strings"
	"sync"
)

// The index files. Each is compressed (gzip), and begins, decompressed, with a head: four letters
// that say what it is, a version, and a checksum of the rest. README.md explains what follows.
const (
	magic = "nwix"
	// version changes whenever a reader of the old files would misread the new ones.
	version = 2
)

// limits say how an index is cut into files.
type limits struct {
	shard    int // about how many bytes of words and documents a shard of a dictionary takes
	spelling int // the same for shards that hold nothing but words
	set      int // how many bytes a set of documents may take in a shard
	prefix   int // from how many documents on a beginning of one or two letters has its own sets
	block    int // how many cards stand in one file, up to 12,500 documents
	inline   int // how many bytes of parts may stand in the root of a larger index
	whole    int // how large all parts together may be to stand in one file
	list     int // how many parts of a kind the root may list by itself
}

var usual = limits{shard: 1500, spelling: 1000, set: 4500, prefix: 20000, block: 4, inline: 1500, whole: 4000, list: 120}

// listed is how many parts stand in one list of parts.
const listed = 32

// The kinds of parts, by what they hold.
const (
	partNames     = iota // a shard of the lexicon; its key is its first word, as of all dictionaries
	partText             // a shard of the words of texts
	partSet              // a large set of documents; its key is the word and the number of the kind
	partSpelling         // a shard of the words that are found by spelling
	partBackwards        // the same, each spelt backwards
	partPrefix           // the documents with a word that begins with the key
	partFacet            // the documents of a run of terms; its key is that of the first
	partTerms            // the ids and labels of a run of terms
	partCards            // a block of cards, in order; its key is the block's number
	partTable            // what cards have in common
	partIDs              // a shard of the documents' ids
	partRange            // one range; its key is that of the upper bound
	partSort             // one order; its key is the order's
	partPlaces           // where the documents are
	partPostcodes        // where the postcodes are
	partTowns            // the names of towns
	partKinds
)

// A part is a piece of the index that is read on its own, when a query first needs it.
type part struct {
	kind   int
	key    string
	make   func() []byte
	raw    []byte
	list   bool   // its content is a list of parts of its kind
	file   string // the name of its file, empty where it stands in the root
	follow bool   // it stands in the same file as the part before
}

// block returns how many cards stand in one file. The first page of a common concern lies in many
// blocks, because equal matches rotate, so blocks are small; but a site has only so many files.
func (ix *Index) block() int { return max(ix.limits.block, len(ix.docs)/3125) }

// Files returns the index files. The first is the root, which leads to all others; a page needs only
// the root's address. Their bytes depend on nothing but the input.
func (ix *Index) Files() []File {
	parts := ix.parts()
	packed := make([][]byte, len(parts))
	each(len(parts), func(i int) {
		parts[i].raw = parts[i].make()
		packed[i] = pack(contents(parts[i : i+1]))
	})
	files := ix.settle(parts, packed)
	var top []part
	for kind := range partKinds {
		from, _ := slices.BinarySearchFunc(parts, kind, func(p part, kind int) int { return cmp.Compare(p.kind, kind) })
		to, _ := slices.BinarySearchFunc(parts, kind+1, func(p part, kind int) int { return cmp.Compare(p.kind, kind) })
		if to-from <= ix.limits.list || parts[from].file == "" {
			top = append(top, parts[from:to]...)
			continue
		}
		for from < to {
			end := min(from+listed, to)
			for end < to && parts[end].follow {
				end++
			}
			list := part{kind: kind, key: parts[from].key, list: true, raw: encodeList(parts[from:end])}
			file := ix.named(pack(contents([]part{list})))
			list.file = file.Name
			files = append(files, file)
			top = append(top, list)
			from = end
		}
	}
	root := ix.named(pack(ix.encodeRoot(top)))
	if ix.in.Whole {
		root.Name = ix.in.Name + ".idx"
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	files = slices.CompactFunc(files, func(a, b File) bool { return a.Name == b.Name })
	return append([]File{root}, files...)
}

// settle gives every part its place. All parts of a small index stand in the root; otherwise the
// smallest of those that many queries need do, as far as they fit. Neighbours of one kind that are
// small share a file. It returns the files.
func (ix *Index) settle(parts []part, packed [][]byte) []File {
	total := 0
	for _, p := range packed {
		total += len(p)
	}
	if ix.in.Whole || total <= ix.limits.whole {
		return nil
	}
	var count [partKinds]int
	for _, p := range parts {
		count[p.kind]++
	}
	isInline := make([]bool, len(parts))
	room := ix.limits.inline
	for i, p := range parts {
		if (p.kind == partTable || p.kind == partFacet) && count[p.kind] <= ix.limits.list && len(p.raw) <= room {
			room -= len(p.raw)
			isInline[i] = true
		}
	}
	var files []File
	for from := 0; from < len(parts); {
		if isInline[from] {
			from++
			continue
		}
		to, size := from+1, len(parts[from].raw)
		for to < len(parts) && parts[to].kind == parts[from].kind && !isInline[to] && size+len(parts[to].raw) <= ix.limits.shard && bundled(parts[to].kind) {
			size += len(parts[to].raw)
			parts[to].follow = true
			to++
		}
		data := packed[from]
		if to > from+1 {
			data = pack(contents(parts[from:to]))
		}
		file := ix.named(data)
		files = append(files, file)
		for i := from; i < to; i++ {
			parts[i].file = file.Name
		}
		from = to
	}
	return files
}

// bundled reports whether small parts of a kind may share a file.
func bundled(kind int) bool { return kind == partFacet || kind == partTerms || kind == partPrefix }

// contents is the content of a file.
func contents(parts []part) []byte {
	var w writer
	for _, p := range parts {
		w.bytes(p.raw)
	}
	return w.b
}

// parts lists what the index consists of, by kind and key.
func (ix *Index) parts() []part {
	var parts []part
	add := func(kind int, key string, make func() []byte) {
		parts = append(parts, part{kind: kind, key: key, make: make})
	}
	ix.addDictionaries(add)
	ix.addFacets(add)
	ix.addCards(add)
	ix.addIDs(add)
	for i, key := range ix.in.Ranges {
		add(partRange, key.AtMost, func() []byte { return ix.encodeRanges(ix.numbers[i]) })
	}
	for _, o := range ix.sorts {
		add(partSort, o.key, func() []byte { return encodeSort(o) })
	}
	add(partPlaces, "", ix.encodePlaces)
	add(partPostcodes, "", ix.encodePostcodes)
	add(partTowns, "", ix.encodeTowns)
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Or(cmp.Compare(a.kind, b.kind), strings.Compare(a.key, b.key)) })
	return parts
}

// encodeRoot writes the root: what every query needs, the lists of parts by kind, and then those parts
// that stand in the root themselves.
func (ix *Index) encodeRoot(parts []part) []byte {
	var w writer
	ix.encodeHead(&w)
	var inline []part
	for kind := range partKinds {
		from, _ := slices.BinarySearchFunc(parts, kind, func(p part, kind int) int { return cmp.Compare(p.kind, kind) })
		to := from
		for ; to < len(parts) && parts[to].kind == kind; to++ {
			if parts[to].file == "" {
				inline = append(inline, parts[to])
			}
		}
		isList := 0
		if from < to && parts[from].list {
			isList = 1
		}
		w.number(isList)
		w.b = append(w.b, encodeList(parts[from:to])...)
	}
	w.b = append(w.b, contents(inline)...)
	return w.b
}

// encodeList writes the keys of parts and where they stand: 0 in the root, 1 and its hash in a file,
// 2 in the same file as the part before.
func encodeList(parts []part) []byte {
	var w writer
	w.number(len(parts))
	keys := words{w: &w}
	for _, p := range parts {
		keys.add(p.key)
		switch {
		case p.file == "":
			w.number(0)
		case p.follow:
			w.number(2)
		default:
			w.number(1)
			w.b = append(w.b, hashIn(p.file)...)
		}
	}
	return w.b
}

// hashIn returns the hash that the name of a file holds.
func hashIn(name string) []byte {
	name = strings.TrimSuffix(name, ".idx")
	hash, _ := hex.DecodeString(name[len(name)-2*hashSize:]) // named wrote it
	return hash
}

// hashSize is how many bytes of a file's hash its name holds.
const hashSize = 6

// named returns data as a file whose name holds a hash of it.
func (ix *Index) named(data []byte) File {
	sum := sha256.Sum256(data)
	return File{Name: ix.in.Name + "." + hex.EncodeToString(sum[:hashSize]) + ".idx", Data: data}
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
