package search

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// The words of a query become costs: for each document the lowest sum of tiers over every way to
// cut the words into phrases and single words, or none. All of it depends on the words alone.

// A reading is what the words of a query come to.
type reading struct {
	any    bool    // there were words to search for
	scores []uint8 // by document
	chips  []Chip
	tokens []token
	soft   []string // passed over, but somebody's name
	spans  []span
	// By token: the vocabulary's words near it and how many edits are allowed, where it was searched
	// by spelling; whether it stands nowhere as typed, belongs to an exact phrase, and was left out.
	near                             []map[int]int
	reach                            []int
	strange, covered, ignored, extra []bool
	pair                             bool  // the words are two that were not read as anything
	miles                            []int // from the first postcode among the words, or nil
}

// A token is one word of a query.
type token struct {
	word   string
	typing bool // the last word, which may be only its beginning
	extra  bool // it lifts those that it finds and leaves out nobody
}

// joined returns the words of tokens with single spaces.
func joined(tokens []token) string {
	words := make([]string, len(tokens))
	for i, t := range tokens {
		words[i] = t.word
	}
	return strings.Join(words, " ")
}

// leftOut returns the words that were left out.
func (r *reading) leftOut() []string {
	var words []string
	for i, left := range r.ignored {
		if left {
			words = append(words, r.tokens[i].word)
		}
	}
	return words
}

// tokens returns the words of text that count, and those passed over that are somebody's name.
func (ix *Index) tokens(text string) (tokens []token, soft []string) {
	text = cut(text, MaxQuery)
	words := Fold(text)
	if len(words) == 0 {
		return nil, nil
	}
	last := len(words) - 1
	typing := !strings.ContainsRune(" \t\n\r,.;!?", rune(text[len(text)-1]))
	for i, w := range words {
		t := token{word: w, typing: typing && i == last}
		e := ix.entry(w)
		switch {
		case !functionWords[w], i == last && ix.isPhrase(w), last == 0 && ix.known(t):
			tokens = append(tokens, t)
		case t.typing && len(tokens) > 0 && !slices.ContainsFunc(tokens, func(t token) bool { e := ix.entry(t.word); return len(e.names()) == 0 }):
			// After a name the beginning of another is typed, even where it is a small word yet.
			t.extra = true
			tokens = append(tokens, t)
		case len(e.names()) > 0:
			soft = append(soft, w)
		}
	}
	return tokens[:min(len(tokens), MaxWords)], soft[:min(len(soft), 3)]
}

func (ix *Index) isPhrase(word string) bool {
	n := ix.vocab.find(word)
	return n >= 0 && slices.ContainsFunc(ix.vocab.first[n], func(p int) bool {
		return len(ix.vocab.phrases[p].words) == 1
	})
}

// read searches for the words of text on day: strictly first, and where that finds nobody, with every
// word open to every meaning and spelling.
func (ix *Index) read(text string, day int) reading {
	tokens, soft := ix.tokens(text)
	tokens, soft = ix.passOver(tokens, soft)
	if len(tokens) == 0 {
		return reading{scores: make([]uint8, len(ix.docs))}
	}
	return ix.readTokens(tokens, soft, day)
}

// readTokens searches for tokens; soft are names that lift whoever has them.
func (ix *Index) readTokens(tokens []token, soft []string, day int) reading {
	r := ix.attempt(tokens, day, true)
	if !slices.ContainsFunc(r.scores, func(s uint8) bool { return s != none }) {
		r = ix.attempt(tokens, day, false)
	}
	r.soft = soft
	for _, w := range soft {
		e := ix.entry(w)
		docs := e.names()
		for doc := range r.scores {
			if _, has := slices.BinarySearch(docs, doc); !has && r.scores[doc] != none {
				r.scores[doc]++
			}
		}
	}
	return r
}

// passOver takes out filler phrases, longest first, where they are not part of a term. A single
// word stays where it is all that was typed.
func (ix *Index) passOver(tokens []token, soft []string) ([]token, []string) {
	inTerm := make([]bool, len(tokens))
	for _, s := range ix.spans(tokens, nil) {
		if s.exact {
			for i := s.i; i < s.j; i++ {
				inTerm[i] = true
			}
		}
	}
	var left []token
	for i := 0; i < len(tokens); {
		n := 0
		for _, f := range ix.vocab.filler {
			if len(f) > n && i+len(f) <= len(tokens) && matches(tokens[i:i+len(f)], f) &&
				!slices.Contains(inTerm[i:i+len(f)], true) {
				n = len(f)
			}
		}
		switch {
		case n == 0:
			left = append(left, tokens[i])
			n = 1
		case n == 1 && len(soft) < 3:
			if e := ix.entry(tokens[i].word); len(e.names()) > 0 {
				soft = append(soft, tokens[i].word)
			}
		}
		i += n
	}
	if len(left) == 0 && len(tokens) == 1 && len(soft) > 0 {
		return tokens, nil
	}
	return left, soft
}

func matches(tokens []token, words []string) bool {
	return slices.EqualFunc(tokens, words, func(t token, w string) bool { return t.word == w })
}

// attempt searches for tokens. When strict, a word that was read as part of a term is nothing else
// but a name, and only words that nothing matches are searched by spelling.
func (ix *Index) attempt(tokens []token, day int, strict bool) reading {
	n := len(tokens)
	r := reading{
		any: true, tokens: tokens, near: make([]map[int]int, n), reach: make([]int, n),
		strange: make([]bool, n), covered: make([]bool, n), ignored: make([]bool, n), extra: make([]bool, n),
	}
	for i, t := range tokens {
		r.strange[i] = !ix.known(t)
		if !strict || r.strange[i] {
			r.reach[i] = ix.reach(t.word)
			r.near[i] = ix.vocab.near(t.word, r.reach[i])
		}
	}
	read := false
	r.spans = ix.spans(tokens, r.near)
	r.chips = ix.chips(tokens, r.spans)
	for _, s := range r.spans {
		read = read || s.exact
		if s.exact && strict {
			for i := s.i; i < s.j; i++ {
				r.covered[i] = true
			}
		}
	}
	r.pair = n == 2 && !read
	for i, t := range tokens {
		r.extra[i] = t.extra || strict && read && !r.strange[i] && !r.covered[i] && !ix.stands(t)
	}
	sums := make([][]uint8, n+1) // by number of tokens read
	sums[0] = make([]uint8, len(ix.docs))
	for j := 1; j <= n; j++ {
		sums[j] = slices.Repeat([]uint8{none}, len(ix.docs))
	}
	one := make([]uint8, len(ix.docs))
	found := false
	for i, t := range tokens {
		for _, s := range r.spans {
			if s.i != i {
				continue
			}
			if s.ref == postcode {
				miles := ix.miles(t.word)
				if r.miles == nil {
					r.miles = miles
				}
				addNearby(one, miles)
			} else {
				ix.addTerm(one, s.ref, s.add, day, true)
			}
			found = join(sums[s.j], sums[i], one) || found
		}
		hit := ix.wordCosts(one, &r, i, day)
		if r.extra[i] {
			for doc := range one {
				one[doc] = min(one[doc], uint8(Unsaid))
			}
		} else if !hit && !slices.ContainsFunc(r.spans, func(s span) bool { return s.i <= i && i < s.j }) {
			r.ignored[i] = true
			clear(one)
		}
		found = found || hit
		join(sums[i+1], sums[i], one)
	}
	r.scores = sums[n]
	if !found {
		clear(r.ignored)
		for doc := range r.scores {
			r.scores[doc] = none
		}
	}
	return r
}

// join lowers to to the sums of from and one, and reports whether one holds any document.
func join(to, from, one []uint8) bool {
	any := false
	for doc, cost := range one {
		if cost == none {
			continue
		}
		any = true
		if from[doc] != none {
			to[doc] = min(to[doc], from[doc]+cost)
		}
	}
	return any
}

// known reports whether a word is found anywhere as it is typed.
func (ix *Index) known(t token) bool {
	return ix.stands(t) || ix.hasEntry(t, func(e *entry) bool {
		return len(e.docs[Text]) > 0 && (e.word == t.word || isLong(t.word))
	})
}

// stands reports whether a word is found as it is typed anywhere but in texts.
func (ix *Index) stands(t token) bool {
	if ix.isPostcode(t.word) || ix.vocab.find(t.word) >= 0 {
		return true
	}
	if from, to := ix.vocab.prefix(t.word); t.typing && from < to && isLong(t.word) {
		return true
	}
	return ix.hasEntry(t, func(e *entry) bool { return e.any(nameKinds) })
}

// hasEntry reports whether the dictionary has an entry for a word that meets a condition: its own, or a
// longer one while it is being typed.
func (ix *Index) hasEntry(t token, meets func(e *entry) bool) bool {
	if e := ix.entry(t.word); meets(&e) {
		return true
	}
	if !t.typing {
		return false
	}
	from, to := ix.prefix(t.word)
	for i := from; i < to; i++ {
		if meets(&ix.words[i]) {
			return true
		}
	}
	return false
}

// addTerm lowers costs to the tier of the documents that have a term on day, and reports whether
// there are any; with fresh it begins from none.
func (ix *Index) addTerm(costs []uint8, ref termRef, add Tier, day int, fresh bool) bool {
	if fresh {
		for doc := range costs {
			costs[doc] = none
		}
	}
	f := &ix.facets[ref.facet]
	hit := false
	for _, m := range f.lists[ref.term] {
		if !m.active(day) {
			continue
		}
		hit = true
		tier := f.Tier
		if tier == Concern && m.top {
			tier = TopConcern
		}
		costs[m.doc] = min(costs[m.doc], uint8(tier+add))
	}
	return hit
}

// wordCosts fills costs with what the single word i finds, and reports whether that is anything.
func (ix *Index) wordCosts(costs []uint8, r *reading, i, day int) bool {
	for doc := range costs {
		costs[doc] = none
	}
	hit := false
	ix.eachMatch(r, i, func(m match) {
		if m.docs == nil {
			hit = ix.addTerm(costs, m.ref, m.tier, day, false) || hit
			return
		}
		for _, doc := range m.docs {
			costs[doc] = min(costs[doc], uint8(m.tier))
		}
		hit = true
	})
	return hit
}

// isLong reports whether a word is long enough to be the beginning of words of texts and of the
// vocabulary. What is shorter begins names only: half of all people would be found otherwise.
func isLong(word string) bool { return utf8.RuneCountInString(word) >= shortText }

// A match is one thing that a single word means: documents with a word, or a term.
type match struct {
	word string // of the dictionary or the vocabulary
	docs []int  // nil for a term
	ref  termRef
	tier Tier // of the documents, or what is added to the term's own
	// longer says that LongerName is in the tier.
	longer bool
}

// eachMatch calls found with everything that the single word i means.
func (ix *Index) eachMatch(r *reading, i int, found func(match)) {
	t, covered := r.tokens[i], r.covered[i]
	whole := [kinds]Tier{Name: WholeName, Letters: Detail, Place: Detail, Text: InText, nick: Detail, longer: WholeName}
	if r.pair {
		whole[longer] += LongerName
	}
	add := func(e *entry, k Kind, tier Tier) {
		if len(e.docs[k]) > 0 {
			found(match{word: e.word, docs: e.docs[k], tier: tier, longer: r.pair && k == longer})
		}
	}
	terms := func(word int, tier Tier) {
		for _, ref := range ix.vocab.terms[word] {
			found(match{word: ix.vocab.words[word], ref: ref, tier: tier})
		}
	}
	own := ix.entry(t.word)
	for k := range own.docs {
		if !covered || Kind(k) != Text {
			add(&own, Kind(k), whole[k])
		}
	}
	if n := ix.vocab.find(t.word); n >= 0 && !covered {
		terms(n, Partial)
	}
	if t.typing {
		from, to := ix.prefix(t.word)
		for n := from; n < to; n++ {
			e := &ix.words[n]
			for k := range e.docs {
				switch {
				case Kind(k) != Text:
					add(e, Kind(k), whole[k]+Partial)
				case !covered && isLong(t.word):
					add(e, Text, TextPrefix)
				}
			}
		}
		if !covered && isLong(t.word) {
			from, to := ix.vocab.prefix(t.word)
			for n := from; n < to; n++ {
				terms(n, Partial)
			}
		}
	}
	ix.nearEntries(t.word, r.reach[i], func(e *entry, edits int) {
		for _, k := range spelledKinds {
			add(e, k, whole[k]+editTier(edits))
		}
	})
	for word, edits := range r.near[i] {
		if edits > 0 {
			terms(word, editTier(edits))
		}
	}
}

// spelledKinds are the kinds of fields whose words are found by a spelling close to them.
var spelledKinds = []Kind{Name, nick, Place, longer}

// nearEntries calls found with the entries of the dictionary that are up to reach edits from word,
// itself left out.
func (ix *Index) nearEntries(word string, reach int, found func(e *entry, edits int)) {
	if reach == 0 {
		return
	}
	for i := range ix.words {
		e := &ix.words[i]
		if !slices.ContainsFunc(spelledKinds, func(k Kind) bool { return len(e.docs[k]) > 0 }) {
			continue
		}
		if d := distance(word, e.word, reach); d > 0 && d <= reach && d <= reachOf(word, e.word) {
			found(e, d)
		}
	}
}

// reach returns by how many edits a word may differ: by two only where it may be a long word and none
// is nearer, itself included. Numbers may not differ.
func (ix *Index) reach(word string) int {
	letters := utf8.RuneCountInString(word)
	if letters < fuzzyOne-1 || '0' <= word[0] && word[0] <= '9' {
		return 0
	}
	if letters < fuzzyTwo-2 {
		return 1
	}
	nearer := len(ix.vocab.near(word, 1)) > 0
	if e := ix.entry(word); slices.ContainsFunc(spelledKinds, func(k Kind) bool { return len(e.docs[k]) > 0 }) {
		nearer = true
	}
	ix.nearEntries(word, 1, func(*entry, int) { nearer = true })
	if nearer {
		return 1
	}
	return 2
}

// entry returns the dictionary's entry of word, or an empty one.
func (ix *Index) entry(word string) entry {
	i, ok := slices.BinarySearchFunc(ix.words, word, func(e entry, w string) int { return strings.Compare(e.word, w) })
	if !ok {
		return entry{}
	}
	return ix.words[i]
}

// prefix returns the range of the dictionary's words that begin with word and are longer.
func (ix *Index) prefix(word string) (from, to int) {
	from, ok := slices.BinarySearchFunc(ix.words, word, func(e entry, w string) int { return strings.Compare(e.word, w) })
	if ok {
		from++
	}
	to = from
	for to < len(ix.words) && strings.HasPrefix(ix.words[to].word, word) {
		to++
	}
	return from, to
}

// prefix returns the range of the vocabulary's words that begin with word and are longer.
func (v *vocabulary) prefix(word string) (from, to int) {
	from, ok := slices.BinarySearch(v.words, word)
	if ok {
		from++
	}
	to = from
	for to < len(v.words) && strings.HasPrefix(v.words[to], word) {
		to++
	}
	return from, to
}

// near returns the vocabulary's words up to reach edits from word, with their distance.
func (v *vocabulary) near(word string, reach int) map[int]int {
	found := map[int]int{}
	if reach == 0 {
		return found
	}
	for i, w := range v.words {
		if d := distance(word, w, reach); d <= reach && d <= reachOf(word, w) {
			found[i] = d
		}
	}
	return found
}

// reachOf returns by how many edits two words may differ: the longer one decides, for whoever leaves
// letters out types fewer.
func reachOf(a, b string) int {
	switch n := max(utf8.RuneCountInString(a), utf8.RuneCountInString(b)); {
	case n < fuzzyOne:
		return 0
	case n < fuzzyTwo:
		return 1
	default:
		return 2
	}
}
