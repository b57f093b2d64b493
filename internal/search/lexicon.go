package search

import (
	"maps"
	"slices"
	"strings"
)

// The dictionaries of the files: words with their documents, and with what they mean in the vocabulary.

// nameKinds are the kinds in the dictionary of names, in the order of their bits.
var nameKinds = []Kind{Name, Letters, Place, nick, longer}

// The bits beside those of nameKinds, for words of the vocabulary.
const (
	inTerms     = 1 << Text  // terms that have the word in a phrase
	beginsTerms = 1 << kinds // phrases that begin with it
)

// A lexeme is a word of the dictionary of names with all that is written of it.
type lexeme struct {
	*entry
	terms   []termRef
	phrases []phrase
}

// lexicon returns the words of names, letters, places and nicknames and those of the vocabulary, in
// order.
func (ix *Index) lexicon() []lexeme {
	v := &ix.vocab
	byWord := map[string]lexeme{}
	for i := range ix.words {
		if e := &ix.words[i]; e.any(nameKinds) {
			byWord[e.word] = lexeme{entry: e}
		}
	}
	for n, word := range v.words {
		l := byWord[word]
		if l.entry == nil {
			l.entry = &entry{word: word}
		}
		l.terms = v.terms[n]
		for _, p := range v.first[n] {
			l.phrases = append(l.phrases, v.phrases[p])
		}
		byWord[word] = l
	}
	return slices.SortedFunc(maps.Values(byWord), func(a, b lexeme) int { return strings.Compare(a.word, b.word) })
}

// names returns the documents that have the word in their name, in order.
func (e *entry) names() []int {
	docs := slices.Concat(e.docs[Name], e.docs[longer])
	slices.Sort(docs)
	return docs
}

// any reports whether documents have the word in a field of one of some kinds.
func (e *entry) any(of []Kind) bool {
	return slices.ContainsFunc(of, func(k Kind) bool { return len(e.docs[k]) > 0 })
}

// size is about how many bytes of documents an entry takes in a shard, and large whether one of its
// sets is a part of its own.
func (ix *Index) size(e *entry, of []Kind) int {
	size := 4 + len(e.word)/2
	for _, k := range of {
		if n := sizeOf(e.docs[k], len(ix.docs)); n <= ix.limits.set {
			size += n
		}
	}
	return size
}

// encodeSet writes a set, or 0 where it is so large that it is a part of its own.
func (ix *Index) encodeSet(w *writer, docs []int) {
	if sizeOf(docs, len(ix.docs)) > ix.limits.set {
		w.number(0)
		return
	}
	w.set(docs, len(ix.docs))
}

// encodeNames writes a shard of the lexicon: for each word a mask of what follows, the documents of
// each kind, the terms that have it, and the phrases that begin with it.
func (ix *Index) encodeNames(shard []lexeme) []byte {
	var w writer
	w.number(len(shard))
	out := words{w: &w}
	for _, l := range shard {
		out.add(l.word)
		mask := 0
		for _, k := range nameKinds {
			if len(l.docs[k]) > 0 {
				mask |= 1 << k
			}
		}
		if len(l.terms) > 0 {
			mask |= inTerms
		}
		if len(l.phrases) > 0 {
			mask |= beginsTerms
		}
		w.number(mask)
		for _, k := range nameKinds {
			if len(l.docs[k]) > 0 {
				ix.encodeSet(&w, l.docs[k])
			}
		}
		if len(l.terms) > 0 {
			w.number(len(l.terms))
			for _, ref := range l.terms {
				w.number(ref.facet)
				w.number(ref.term)
			}
		}
		if len(l.phrases) > 0 {
			w.number(len(l.phrases))
			for _, p := range l.phrases {
				w.number(p.facet)
				w.number(p.term)
				w.text(ix.vocab.rest(p))
			}
		}
	}
	return w.b
}

// rest returns the words of a phrase behind the first, joined by spaces.
func (v *vocabulary) rest(p phrase) string {
	var rest []string
	for _, n := range p.words[1:] {
		rest = append(rest, v.words[n])
	}
	return strings.Join(rest, " ")
}

// encodeText writes a shard of the words of texts.
func (ix *Index) encodeText(shard []*entry) []byte {
	var w writer
	w.number(len(shard))
	out := words{w: &w}
	for _, e := range shard {
		out.add(e.word)
		ix.encodeSet(&w, e.docs[Text])
	}
	return w.b
}

// encodeWords writes sorted words.
func encodeWords(shard []string) []byte {
	var w writer
	w.number(len(shard))
	out := words{w: &w}
	for _, word := range shard {
		out.add(word)
	}
	return w.b
}

// shards cuts a list into runs, in their order, of about most bytes.
func shards[T any](all []T, most int, sizeOf func(T) int) [][]T {
	var runs [][]T
	size := most
	for _, x := range all {
		n := sizeOf(x)
		if size >= most || size+n > most+most/2 {
			runs = append(runs, nil)
			size = 0
		}
		runs[len(runs)-1] = append(runs[len(runs)-1], x)
		size += n
	}
	return runs
}

// addDictionaries adds the parts by which words are found.
func (ix *Index) addDictionaries(add func(kind int, key string, make func() []byte)) {
	lexicon := ix.lexicon()
	total := 0
	sizeOfLexeme := func(l lexeme) int {
		size := ix.size(l.entry, nameKinds) + 3*len(l.terms)
		for _, p := range l.phrases {
			size += 3 + len(ix.vocab.rest(p))
		}
		return size
	}
	for _, l := range lexicon {
		total += sizeOfLexeme(l)
	}
	for _, shard := range shards(lexicon, max(ix.limits.shard, total/250), sizeOfLexeme) {
		add(partNames, shard[0].word, func() []byte { return ix.encodeNames(shard) })
	}

	var texts []*entry
	total = 0
	for i := range ix.words {
		if e := &ix.words[i]; len(e.docs[Text]) > 0 {
			texts = append(texts, e)
			total += ix.size(e, []Kind{Text})
		}
	}
	for _, shard := range shards(texts, max(ix.limits.shard, total/280), func(e *entry) int { return ix.size(e, []Kind{Text}) }) {
		add(partText, shard[0].word, func() []byte { return ix.encodeText(shard) })
	}
	ix.addLargeSets(add)
	ix.addSpelling(add, lexicon)
	ix.addPrefixes(add)
}

// addLargeSets adds the sets that are too large for a shard.
func (ix *Index) addLargeSets(add func(kind int, key string, make func() []byte)) {
	type large struct {
		key  string
		docs []int
	}
	var sets []large
	for i := range ix.words {
		for k, docs := range ix.words[i].docs {
			if sizeOf(docs, len(ix.docs)) > ix.limits.set {
				sets = append(sets, large{setKey(ix.words[i].word, Kind(k)), docs})
			}
		}
	}
	slices.SortFunc(sets, func(a, b large) int { return strings.Compare(a.key, b.key) })
	for _, s := range sets {
		add(partSet, s.key, func() []byte {
			var w writer
			w.set(s.docs, len(ix.docs))
			return w.b
		})
	}
}

func setKey(word string, k Kind) string { return word + " " + string('0'+rune(k)) }

// addSpelling adds the words that are found by a spelling close to them, forwards and backwards: a
// word that is one edit away shares its first half or its last half with what was typed.
func (ix *Index) addSpelling(add func(kind int, key string, make func() []byte), lexicon []lexeme) {
	var forwards, backwards []string
	for _, l := range lexicon {
		if len(l.terms) > 0 || l.any(spelledKinds) {
			forwards = append(forwards, l.word)
			backwards = append(backwards, reversed(l.word))
		}
	}
	slices.Sort(backwards)
	cut := func(kind int, words []string) {
		for _, shard := range shards(words, max(ix.limits.spelling, len(words)/5), func(word string) int { return 2 + len(word)/2 }) {
			add(kind, shard[0], func() []byte { return encodeWords(shard) })
		}
	}
	cut(partSpelling, forwards)
	cut(partBackwards, backwards)
}

func reversed(word string) string {
	r := []rune(word)
	slices.Reverse(r)
	return string(r)
}

// addPrefixes adds, for beginnings of one and two letters that very many documents have a name with,
// those documents and the ones with other words that begin so: they need not be put together from
// hundreds of words at every keystroke.
func (ix *Index) addPrefixes(add func(kind int, key string, make func() []byte)) {
	counts := map[string]int{}
	for i := range ix.words {
		e := &ix.words[i]
		if !e.any(nameKinds) {
			continue
		}
		for n := 1; n < shortText; n++ {
			if p := beginning(e.word, n); p != e.word {
				for _, k := range nameKinds {
					counts[p] += len(e.docs[k])
				}
			}
		}
	}
	maps.DeleteFunc(counts, func(_ string, n int) bool { return n < ix.limits.prefix })
	for _, p := range slices.Sorted(maps.Keys(counts)) {
		add(partPrefix, p, func() []byte {
			var names, others []int
			from, to := ix.prefix(p)
			for i := from; i < to; i++ {
				names = append(names, ix.words[i].names()...)
				for _, k := range []Kind{Letters, Place, nick} {
					others = append(others, ix.words[i].docs[k]...)
				}
			}
			var w writer
			for _, docs := range [][]int{names, others} {
				slices.Sort(docs)
				w.set(slices.Compact(docs), len(ix.docs))
			}
			return w.b
		})
	}
}

// beginning returns the first n letters of a word.
func beginning(word string, n int) string {
	for i := range word {
		if n == 0 {
			return word[:i]
		}
		n--
	}
	return word
}

// addFacets adds the terms of the facets and their documents, in runs of terms.
func (ix *Index) addFacets(add func(kind int, key string, make func() []byte)) {
	type run struct {
		facet int
		terms []int
	}
	cut := func(kind int, size func(f *facet, t int) int, encode func(w *writer, f *facet, t int)) {
		for i := range ix.facets {
			f := &ix.facets[i]
			terms := make([]int, len(f.Terms))
			for t := range terms {
				terms[t] = t
			}
			for _, shard := range shards(terms, ix.limits.shard, func(t int) int { return size(f, t) }) {
				add(kind, termKey(i, shard[0]), func() []byte {
					var w writer
					for _, t := range shard {
						encode(&w, f, t)
					}
					return w.b
				})
			}
		}
	}
	cut(partFacet,
		func(f *facet, t int) int { return 2 + min(2*len(f.lists[t]), len(ix.docs)/8) },
		func(w *writer, f *facet, t int) { encodeMembers(w, f.lists[t], len(ix.docs)) })
	cut(partTerms,
		func(f *facet, t int) int { return len(f.Terms[t].ID) + len(f.Terms[t].Label) + len(f.Terms[t].Formal) },
		func(w *writer, f *facet, t int) {
			w.text(f.Terms[t].ID)
			w.text(f.Terms[t].Label)
			w.text(f.Terms[t].Formal)
		})
}

// termKey is the key of a run of terms: one letter for the facet and one for the first term.
func termKey(facet, term int) string { return string([]rune{numberKey(facet), numberKey(term)}) }

// numberKey makes a number a letter, so that it can be a key.
func numberKey(n int) rune { return rune(0x100 + n) }

// addIDs adds the documents' ids.
func (ix *Index) addIDs(add func(kind int, key string, make func() []byte)) {
	ids := slices.Sorted(maps.Keys(ix.ids))
	for _, shard := range shards(ids, max(ix.limits.shard, 16*len(ids)/64), func(id string) int { return 2 + len(id)/2 }) {
		add(partIDs, shard[0], func() []byte { return ix.encodeIDs(shard) })
	}
}

// passedNames returns the words that are passed over in queries but are somebody's name.
func (ix *Index) passedNames() []string {
	var names []string
	passed := maps.Clone(functionWords)
	for _, f := range ix.vocab.filler {
		passed[f[0]] = true
	}
	for _, word := range slices.Sorted(maps.Keys(passed)) {
		if e := ix.entry(word); len(e.names()) > 0 {
			names = append(names, word)
		}
	}
	return names
}

// encodeHead writes what every query needs: the facets without their terms, the fillers, the function
// words.
func (ix *Index) encodeHead(w *writer) {
	w.number(len(ix.docs))
	w.number(ix.in.Day)
	w.number(ix.in.PageSize)
	w.number(ix.block())
	w.number(len(ix.facets))
	for _, f := range ix.facets {
		w.text(f.Key)
		w.number(int(f.Tier))
		w.number(len(f.Terms))
	}
	w.number(len(ix.in.Ranges))
	for _, r := range ix.in.Ranges {
		w.text(r.AtMost)
	}
	w.number(len(ix.vocab.filler))
	for _, f := range ix.vocab.filler {
		w.text(strings.Join(f, " "))
	}
	w.text(strings.Join(slices.Sorted(maps.Keys(functionWords)), " "))
	w.text(strings.Join(ix.passedNames(), " "))
}
