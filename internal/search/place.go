package search

import (
	"maps"
	"math"
	"slices"
	"strings"
)

// far stands for a distance that is not known.
const far = math.MaxInt

// isPostcode reports whether a word is a known postcode.
func (ix *Index) isPostcode(word string) bool {
	_, ok := ix.posts[word]
	return ok && len(word) == 5 && !strings.ContainsFunc(word, func(r rune) bool { return r < '0' || r > '9' })
}

// miles returns each document's distance from a postcode in whole miles, or nil where the postcode
// is not known.
func (ix *Index) miles(postcode string) []int {
	from, ok := ix.posts[postcode]
	if !ok {
		return nil
	}
	miles := make([]int, len(ix.docs))
	for doc := range miles {
		miles[doc] = ix.milesTo(from, doc)
	}
	return miles
}

// milesTo returns the distance from a spot to the nearest place of a document.
func (ix *Index) milesTo(from spot, doc int) int {
	miles := far
	for _, to := range ix.places[doc] {
		miles = min(miles, milesBetween(from, to))
	}
	return miles
}

// isNearby reports whether a document is as near to a postcode as one among the words asks for.
func (ix *Index) isNearby(postcode string, doc int) bool {
	return ix.milesTo(ix.posts[postcode], doc) <= DefaultWithin
}

// addNearby sets costs to those of documents near a postcode that stands among the words.
func addNearby(costs []uint8, miles []int) {
	for doc, m := range miles {
		costs[doc] = none
		if m <= DefaultWithin {
			costs[doc] = uint8(Detail)
		}
	}
}

// milesBetween returns the length of the great circle between two spots in whole miles, by the
// haversine formula on a sphere of the Earth's mean radius.
func milesBetween(a, b spot) int {
	const radius = 3958.76
	rad := func(thousandths int) float64 { return float64(thousandths) * (math.Pi / 180000) }
	lat := math.Sin(rad(b.lat-a.lat) / 2)
	lon := math.Sin(rad(b.lon-a.lon) / 2)
	h := lat*lat + math.Cos(rad(a.lat))*math.Cos(rad(b.lat))*lon*lon
	return int(math.Floor(2*radius*math.Asin(math.Min(1, math.Sqrt(h))) + 0.5))
}

// townsByName returns the towns of postcodes by the words of their names, those of one name in the
// order of their labels. Of a town's postcodes the lowest stands for it.
func townsByName(postcodes []Postcode) map[string][]Town {
	codes := map[string]string{} // by label
	for _, p := range postcodes {
		if code, ok := codes[p.Town]; p.Town != "" && (!ok || p.Code < code) {
			codes[p.Town] = p.Code
		}
	}
	towns := map[string][]Town{}
	for _, label := range slices.Sorted(maps.Keys(codes)) {
		name, _, _ := strings.Cut(label, ",")
		words := strings.Join(content(Fold(name)), " ")
		towns[words] = append(towns[words], Town{words, label, codes[label]})
	}
	return towns
}

// townsOf returns the towns that words name of which at least one stands nowhere as typed, from left
// to right, the longest name first where they overlap.
func (ix *Index) townsOf(r reading) []Town {
	var towns []Town
	for i := 0; i < len(r.tokens); {
		next := i + 1
		for j := len(r.tokens); j > i; j-- {
			if named := ix.towns[joined(r.tokens[i:j])]; len(named) > 0 && slices.Contains(r.strange[i:j], true) {
				towns = append(towns, named...)
				next = j
				break
			}
		}
		i = next
	}
	return towns
}
