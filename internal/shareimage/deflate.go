package shareimage

import (
	"cmp"
	"math/bits"
	"slices"
)

// The alphabet of deflate (RFC 1951): 256 single bytes, the end, and lengths from 3 to 258 of which some
// bits stand behind the symbol. What is copied here always lies one byte back.
const (
	endOfBlock = 256
	symbols    = 286
	longest    = 258
	maxBits    = 15
)

var lengthBase = [...]int{3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258}
var lengthExtra = [...]uint8{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0}

// lengthSymbol holds the place in those tables of each length.
var lengthSymbol = func() (of [longest + 1]uint8) {
	for i, base := range lengthBase {
		for n := base; n <= longest; n++ {
			of[n] = uint8(i)
		}
	}
	return of
}()

// runs cuts a run of zeros into zeros that are written, for which part is called with 1, and lengths that
// are copied from them.
func runs(n int, part func(n int)) {
	part(1)
	for n--; n > 0; {
		length := min(n, longest)
		switch n - length {
		case 1, 2:
			length -= 3 // so that enough is left to copy
		}
		if length < 3 {
			length = 1
		}
		part(length)
		n -= length
	}
}

// symbolOf returns the symbol of a part of a run.
func symbolOf(n int) int {
	if n == 1 {
		return 0
	}
	return endOfBlock + 1 + int(lengthSymbol[n])
}

// A code is a Huffman code, and the head of a block that is written in it.
type code struct {
	literals [256]bitString
	parts    [longest + 1]bitString // of runs of zeros, by their length
	end      bitString
	head     []byte // whole bytes, and then more bits
	more     bitString
}

// A bitString is up to 32 bits, the first one lowest.
type bitString struct{ bits, n uint32 }

// newCode makes the code of symbols that occur so often. Every symbol has a word.
func newCode(often []int) *code {
	c := &code{}
	for i := range often {
		often[i]++
	}
	sizes := huffman(often)
	for slices.Max(sizes) > maxBits {
		for i := range often {
			often[i] = often[i]/2 + 1
		}
		sizes = huffman(often)
	}
	words := make([]bitString, len(sizes))
	next := 0
	for size := 1; size <= maxBits; size++ {
		for s, its := range sizes {
			if its == size {
				words[s] = bitString{uint32(bits.Reverse16(uint16(next << (16 - size)))), uint32(size)}
				next++
			}
		}
		next <<= 1
	}
	copy(c.literals[:], words)
	c.end, c.parts[1] = words[endOfBlock], words[0]
	for n := 3; n <= longest; n++ {
		i := lengthSymbol[n]
		w := words[symbolOf(n)]
		// Behind it the bits of the length, and of the one distance, whose word is 0.
		c.parts[n] = bitString{w.bits | uint32(n-lengthBase[i])<<w.n, w.n + uint32(lengthExtra[i]) + 1}
	}
	var w bitWriter
	w.put(0b100, 3) // not the last block; its code stands here
	w.put(symbols-257, 5)
	w.put(0, 5) // one distance
	w.put(19-4, 4)
	for _, s := range []int{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15} {
		if s < 16 {
			w.put(4, 3) // sizes from 0 to 15 take four bits each
		} else {
			w.put(0, 3)
		}
	}
	for _, size := range append(sizes, 1) {
		w.put(uint64(bits.Reverse8(uint8(size))>>4), 4)
	}
	c.head, c.more = w.out, bitString{uint32(w.bits), uint32(w.n)}
	return c
}

// huffman returns the size in bits of the word for each symbol, by how often it occurs, at least once.
func huffman(often []int) []int {
	type node struct {
		often, order int
		of           []int // symbols
	}
	var nodes []node
	for s, n := range often {
		nodes = append(nodes, node{n, s, []int{s}})
	}
	sizes := make([]int, len(often))
	for order := len(often); len(nodes) > 1; order++ {
		slices.SortFunc(nodes, func(x, y node) int { return cmp.Or(cmp.Compare(x.often, y.often), cmp.Compare(x.order, y.order)) })
		joined := node{nodes[0].often + nodes[1].often, order, append(slices.Clone(nodes[0].of), nodes[1].of...)}
		for _, s := range joined.of {
			sizes[s]++
		}
		nodes = append(nodes[2:], joined)
	}
	return sizes
}

// write appends a block of tokens. It ends at a whole byte, behind an empty block of plain bytes.
func (c *code) write(out []byte, tokens []token) []byte {
	w := bitWriter{out: append(out, c.head...)}
	w.add(c.more)
	for _, t := range tokens {
		switch {
		case t < 256:
			w.add(c.literals[t])
		case t == 256+1:
			w.add(c.parts[1])
		default:
			runs(int(t-256), func(n int) { w.add(c.parts[n]) })
		}
	}
	w.add(c.end)
	w.put(0, 3)
	w.put(0, -w.n&7)
	return append(w.out, 0, 0, 0xff, 0xff)
}

// A bitWriter appends bits to bytes.
type bitWriter struct {
	out  []byte
	bits uint64 // not yet written, the first one lowest
	n    uint   // how many; fewer than 8 between calls
}

func (w *bitWriter) add(s bitString) { w.put(uint64(s.bits), uint(s.n)) }

// put writes the n lowest bits of v, which has no others.
func (w *bitWriter) put(v uint64, n uint) {
	w.bits |= v << w.n
	for w.n += n; w.n >= 8; w.n -= 8 {
		w.out = append(w.out, byte(w.bits))
		w.bits >>= 8
	}
}
