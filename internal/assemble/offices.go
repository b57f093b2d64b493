package assemble

import (
	"slices"
	"strings"

	"nwioi/internal/place"
	"nwioi/internal/search"
	"nwioi/internal/site"
)

// county is a key of the fragment that has no question and no pages: words find it.
const county = "county"

// An office is where a person sees clients, as far as it is published.
type office struct {
	zip    string
	at     place.Point
	known  bool   // at is known
	county string // "Pierce County, WA", or "" where it is not known
}

// located returns the offices of a person. A Person's locations are without what their precision hides,
// and nothing here is finer than they are: an office lies at its published coordinates, else in the middle
// of its published ZIP, else in the middle of its town.
func located(p *site.Person) []office {
	if !p.InPerson {
		return nil
	}
	offices := make([]office, len(p.Locations))
	for i, l := range p.Locations {
		o := &offices[i]
		o.zip = l.Zip
		near, known := place.ZIP(l.Zip)
		if !known || near.State != l.State {
			near, known = place.Town(l.City, l.State)
		}
		if known {
			o.at, o.known = near.Middle, true
			if near.County != "" {
				o.county = near.County + " County, " + near.State
			}
		}
		if l.Latitude != nil && l.Longitude != nil {
			o.at, o.known = place.Point{Lat: *l.Latitude, Lon: *l.Longitude}, true
		}
	}
	return offices
}

// counties returns the counties in which somebody has an office, by name.
func (a *assembler) counties() []search.Term {
	var terms []search.Term
	for _, p := range a.People {
		for _, o := range located(p) {
			id := site.Slug(o.county)
			if o.county == "" || slices.ContainsFunc(terms, func(t search.Term) bool { return t.ID == id }) {
				continue
			}
			name, _, _ := strings.Cut(o.county, ",")
			terms = append(terms, search.Term{ID: id, Label: o.county, Aliases: []string{name}})
		}
	}
	slices.SortFunc(terms, func(x, y search.Term) int { return strings.Compare(x.ID, y.ID) })
	return terms
}

// near reports whether distances can be told: some office lies in a state whose ZIPs are known.
func (a *assembler) near() bool {
	return slices.ContainsFunc(a.People, func(p *site.Person) bool {
		return p.InPerson && slices.ContainsFunc(p.Locations, func(l site.Location) bool { return place.Covers(l.State) })
	})
}

// postcodes returns what distances are measured from, or nothing where none can be told.
func (a *assembler) postcodes() []search.Postcode {
	if !a.near() {
		return nil
	}
	all := place.All()
	codes := make([]search.Postcode, len(all))
	for i, p := range all {
		codes[i] = search.Postcode{Code: p.ZIP, Point: search.Point(p.Middle), Town: p.Label()}
	}
	return codes
}
