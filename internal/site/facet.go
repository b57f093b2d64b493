package site

import (
	"slices"
	"strings"
)

// The facets that have no vocabulary: their values follow from the records.
const (
	City       = "city"       // of an office: "tacoma-wa"
	State      = "state"      // of an office: "wa"
	Telehealth = "telehealth" // a state in which the person may see clients by video: "or"
	Credential = "credential" // a licence or certification in force: "lmft", "aasect-cst"
)

// Facets are those that have pages of their own, in the order in which pages list them.
var Facets = []string{Concern, Modality, Community, Language, InsurancePlan, City, State, Telehealth, Credential}

// FacetTitle is the heading under which the values of a facet are listed, of the vocabularies that
// have no pages too.
func FacetTitle(facet string) string { return facetTitles[facet] }

var facetTitles = map[string]string{
	Concern: "Concerns", Modality: "Approaches", Community: "Communities", Language: "Languages",
	InsurancePlan: "Insurance plans", City: "Cities", State: "States", Telehealth: "By video",
	Credential: "Licences and certifications", Client: "Works with", Age: "Ages", Spirituality: "Faith and spirituality",
}

// A Listing is the people that one value of a facet lists, in the published order.
type Listing struct {
	Facet, Value string // the value as it stands in URLs
	Label        string // "Painful or difficult penetration", "Tacoma, WA", "By video in Oregon"
	Term         *Term  // of a vocabulary; nil for places
	People       []*Person
}

// URL returns the listing's path on the site.
func (l *Listing) URL() string { return DirectoryURL + l.Facet + "/" + l.Value + "/" }

// Choice is the value as it stands in a fragment: states by their USPS codes, all others as in URLs.
func (l *Listing) Choice() string { return choice(l.Facet, l.Value) }

// Choice is the value as it stands in a fragment.
func (v FacetValue) Choice() string { return choice(v.Facet, v.Value) }

func choice(facet, value string) string {
	if facet == State || facet == Telehealth {
		return strings.ToUpper(value)
	}
	return value
}

// A FacetValue is a value that a person has, with the label of pages that list it.
type FacetValue struct {
	Facet, Value, Label string
	Term                *Term
}

// FacetValues returns every value of every facet in Facets that the person is listed under, each
// once, in the order of Facets.
func (e *Edition) FacetValues(p *Person) []FacetValue {
	values := make([]FacetValue, 0, 32)
	fromVocabulary := func(facet string, lists ...[]string) {
		v := e.Site.Vocabulary(facet)
		start := len(values)
		for _, list := range lists {
			for _, id := range list {
				value := Slug(id)
				if slices.ContainsFunc(values[start:], func(f FacetValue) bool { return f.Value == value }) {
					continue
				}
				values = append(values, FacetValue{facet, value, v.Label(id), v.Term(id)})
			}
		}
	}
	fromVocabulary(Concern, p.Top, p.Other)
	fromVocabulary(Modality, p.Modalities)
	fromVocabulary(Community, p.Communities)
	fromVocabulary(Language, p.Languages)
	start := len(values)
	for _, i := range p.Insurance {
		value := Slug(i.Plan)
		if !slices.ContainsFunc(values[start:], func(f FacetValue) bool { return f.Value == value }) {
			v := e.Site.Vocabulary(InsurancePlan)
			values = append(values, FacetValue{InsurancePlan, value, v.Label(i.Plan), v.Term(i.Plan)})
		}
	}
	if p.InPerson {
		start = len(values)
		for _, l := range p.Locations {
			value := Slug(l.City + " " + l.State)
			if !slices.ContainsFunc(values[start:], func(f FacetValue) bool { return f.Value == value }) {
				values = append(values, FacetValue{City, value, l.City + ", " + l.State, nil})
			}
		}
		start = len(values)
		for _, l := range p.Locations {
			value := strings.ToLower(l.State)
			if !slices.ContainsFunc(values[start:], func(f FacetValue) bool { return f.Value == value }) {
				values = append(values, FacetValue{State, value, StateName(l.State), nil})
			}
		}
	}
	for _, state := range p.Telehealth {
		values = append(values, FacetValue{Telehealth, strings.ToLower(state), "By video in " + StateName(state), nil})
	}
	for _, c := range p.Credentials {
		label, term := e.credential(p, c)
		values = append(values, FacetValue{Credential, c, label, term})
	}
	return values
}

// credential returns the label and term of a credential slug of the person.
func (e *Edition) credential(p *Person, slug string) (string, *Term) {
	for _, l := range p.Licenses {
		if Slug(l.Type) == slug {
			if t := e.Site.Vocabulary(LicenseType).License(l.State, l.Type); t != nil {
				return t.Label, t
			}
			return l.Type, nil
		}
	}
	for _, c := range p.Certificates {
		if Slug(c.Type) == slug {
			v := e.Site.Vocabulary(Certification)
			return v.Label(c.Type), v.Term(c.Type)
		}
	}
	return slug, nil
}

// states are the USPS codes of the states, the District of Columbia and the territories.
var states = map[string]string{
	"AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
	"CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia",
	"HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas",
	"KY": "Kentucky", "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts",
	"MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi", "MO": "Missouri", "MT": "Montana",
	"NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico",
	"NY": "New York", "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma",
	"OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota",
	"TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia", "WA": "Washington",
	"WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
	"AS": "American Samoa", "GU": "Guam", "MP": "Northern Mariana Islands", "PR": "Puerto Rico", "VI": "U.S. Virgin Islands",
}

// StateName returns the name of a state by its USPS code, or the code itself.
func StateName(code string) string {
	if name, ok := states[code]; ok {
		return name
	}
	return code
}

// ValidState reports whether code is a USPS code of a state, the District of Columbia or a territory.
func ValidState(code string) bool { return states[code] != "" }

// StateCodes returns all codes, sorted.
func StateCodes() []string {
	codes := make([]string, 0, len(states))
	for code := range states {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	return codes
}
