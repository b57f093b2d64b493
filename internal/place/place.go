// Package place knows where the ZIP codes of Washington, Oregon and Idaho lie.
//
// It answers three questions: which town, county and state a ZIP is in, where its middle is, and where a
// town lies whose ZIP nobody may know. The table is small enough to ship with the site, so that a browser
// can tell distances without asking anybody, and so no visitor is ever located.
//
// README.md beside the table says where it comes from, under which licences, and what was checked. The
// package deliberately lacks streets, other states and anything that would need a service.
package place

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// A Point is a place on the globe in degrees (WGS 84).
type Point struct{ Lat, Lon float64 }

// A Place is where one ZIP lies.
type Place struct {
	ZIP    string // five digits
	Middle Point  // in thousandths of a degree
	Town   string // "Puyallup"
	County string // "Pierce", without the word County
	State  string // USPS code
}

// Label returns the town with its state: "Puyallup, WA".
func (p Place) Label() string { return p.Town + ", " + p.State }

//go:embed zip.tsv
var table string

// places are the rows of the table, sorted by ZIP.
var places = sync.OnceValue(func() []Place {
	all := make([]Place, 0, strings.Count(table, "\n"))
	for row := range strings.Lines(table) {
		p, err := parse(strings.TrimSuffix(row, "\n"))
		if err != nil {
			panic(fmt.Sprintf("place: %q: %v", row, err)) // the table is a part of the program, and tested
		}
		all = append(all, p)
	}
	return all
})

func parse(row string) (Place, error) {
	cells := strings.Split(row, "\t")
	if len(cells) != 6 {
		return Place{}, fmt.Errorf("%d cells, not 6", len(cells))
	}
	lat, err := strconv.ParseFloat(cells[1], 64)
	if err != nil {
		return Place{}, err
	}
	lon, err := strconv.ParseFloat(cells[2], 64)
	if err != nil {
		return Place{}, err
	}
	return Place{cells[0], Point{lat, lon}, cells[3], cells[4], cells[5]}, nil
}

// All returns every place, sorted by ZIP. It is not to be modified.
func All() []Place { return places() }

// ZIP returns the place of a ZIP, written with five digits or with nine as in "98103-1234".
func ZIP(code string) (Place, bool) {
	if len(code) == 10 && code[5] == '-' {
		code = code[:5]
	}
	all := places()
	i, found := slices.BinarySearchFunc(all, code, func(p Place, code string) int { return strings.Compare(p.ZIP, code) })
	if !found {
		return Place{}, false
	}
	return all[i], true
}

// Covers reports whether the table holds the ZIPs of a state, by its USPS code.
func Covers(state string) bool { return state == "WA" || state == "OR" || state == "ID" }

type townKey struct{ town, state string }

// towns are the mean of the middles of each town's ZIPs, with its county where all of them share one.
var towns = sync.OnceValue(func() map[townKey]Place {
	all := make(map[townKey]Place, 1200)
	zips := map[townKey]int{}
	for _, p := range places() {
		key := townKey{strings.ToLower(p.Town), p.State}
		town, known := all[key]
		if !known {
			town = p
			town.ZIP, town.Middle = "", Point{}
		}
		if town.County != p.County {
			town.County = ""
		}
		town.Middle.Lat += p.Middle.Lat
		town.Middle.Lon += p.Middle.Lon
		all[key] = town
		zips[key]++
	}
	for key, town := range all {
		n := float64(zips[key])
		town.Middle = Point{town.Middle.Lat / n, town.Middle.Lon / n}
		all[key] = town
	}
	return all
})

// Town returns the place of a whole town, letter case aside: the mean of its ZIPs. Its ZIP is empty, and
// its County too where the town lies in several.
func Town(name, state string) (Place, bool) {
	name = strings.ToLower(name)
	if rest, ok := strings.CutPrefix(name, "st. "); ok {
		name = "saint " + rest
	}
	if rest, ok := strings.CutPrefix(name, "mt. "); ok {
		name = "mount " + rest
	}
	p, ok := towns()[townKey{name, state}]
	return p, ok
}

// earth is the mean radius of the globe in miles.
const earth = 3958.8

// Miles returns the great-circle distance of two points in miles, by the haversine formula (R. W. Sinnott,
// "Virtues of the Haversine", Sky and Telescope 68, 1984).
func Miles(a, b Point) float64 {
	const degree = math.Pi / 180
	lat, lon := math.Sin((b.Lat-a.Lat)*degree/2), math.Sin((b.Lon-a.Lon)*degree/2)
	h := lat*lat + math.Cos(a.Lat*degree)*math.Cos(b.Lat*degree)*lon*lon
	return 2 * earth * math.Asin(math.Sqrt(min(1, h)))
}
