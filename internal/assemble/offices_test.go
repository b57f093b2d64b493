package assemble

import (
	"slices"
	"strings"
	"testing"

	"nwioi/internal/place"
	"nwioi/internal/search"
	"nwioi/internal/site"
)

// An office lies where it is published to lie: exactly, in the middle of its ZIP, or of its town.
func TestOffices(t *testing.T) {
	tacoma, _ := place.Town("Tacoma", "WA")
	middle := func(zip string) place.Point {
		p, ok := place.ZIP(zip)
		if !ok {
			t.Fatalf("%s is unknown", zip)
		}
		return p.Middle
	}
	for location, want := range map[string]office{
		`{city: Tacoma, state: WA, zip: "98402", latitude: 47.25, longitude: -122.44}`: {
			"98402", place.Point{Lat: 47.25, Lon: -122.44}, true, "Pierce County, WA"},
		`{city: Tacoma, state: WA, zip: 98402-1234}`: {
			"98402-1234", middle("98402"), true, "Pierce County, WA"},
		`{city: Tacoma, state: WA, zip: "98402", latitude: 47.9, longitude: -122.4, precision: zip}`: {
			"98402", middle("98402"), true, "Pierce County, WA"},
		`{city: Tacoma, state: WA, zip: "98402", latitude: 47.9, longitude: -122.4, precision: city}`: {
			"", tacoma.Middle, true, "Pierce County, WA"},
		`{city: Tacoma, state: WA, zip: "98450"}`: { // not in the table
			"98450", tacoma.Middle, true, "Pierce County, WA"},
		`{city: Tacoma, state: WA, zip: "97204"}`: { // of another state: one of the two is wrong
			"97204", tacoma.Middle, true, "Pierce County, WA"},
		`{city: Nowhere, state: WA, zip: "98450"}`: {zip: "98450"},
		`{city: Boston, state: MA, zip: "02108"}`:  {zip: "02108"},
	} {
		file, text := person("ada", consent)
		text = strings.Replace(text, `{city: Tacoma, state: WA, zip: "98402", precision: zip}`, location, 1)
		p := publish(t, siteOf("data/site.yaml", settings, file, text), site.Options{})
		if got := located(p.People[0]); !slices.Equal(got, []office{want}) {
			t.Errorf("%s: %+v, want %+v", location, got, want)
		}
	}
}

// Words and a ZIP find people by where their offices lie.
func TestPeopleNearby(t *testing.T) {
	at := func(id, location string) []string {
		file, text := person(id, consent)
		return []string{file, strings.Replace(text, `{city: Tacoma, state: WA, zip: "98402", precision: zip}`, location, 1)}
	}
	texts := slices.Concat([]string{"data/site.yaml", settings},
		at("tacoma", `{city: Tacoma, state: WA, zip: "98402"}`),
		at("seattle", `{city: Seattle, state: WA, zip: "98103", precision: city}`),
		at("portland", `{city: Portland, state: OR, zip: "97214", precision: zip}`),
		at("boston", `{city: Boston, state: MA, zip: "02108"}`))
	p := publish(t, siteOf(texts...), site.Options{})
	index := search.Build(SearchInput(p.Edition, worn(t, nil)))
	ids := func(fragment string) string {
		var all []string
		for _, h := range index.Search(index.Parse(fragment)).Hits {
			all = append(all, h.ID)
		}
		return strings.Join(all, " ")
	}
	for fragment, want := range map[string]string{
		"zip=98402&within=5":                 "tacoma",
		"zip=98402&within=50&sort=distance":  "tacoma seattle",
		"zip=98402&within=100&sort=distance": "tacoma seattle",
		"zip=98402&within=200&sort=distance": "tacoma seattle portland",
		"zip=83702&within=100":               "",
		"q=pierce+county":                    "tacoma",
		"q=people+in+multnomah+county":       "portland",
		"county=king-county-wa":              "seattle",
		"county=king-county-wa&county=x":     "seattle",
		"q=97214":                            "portland",
	} {
		if got := ids(fragment); got != want {
			t.Errorf("%s finds %q, want %q", fragment, got, want)
		}
	}
}

// Where no distance can be told, nobody is asked for a ZIP, and none is shipped.
func TestNoZIPWhereNoneIsKnown(t *testing.T) {
	file, text := person("ada", consent)
	far := strings.Replace(text, `{city: Tacoma, state: WA, zip: "98402", precision: zip}`, `{city: Boston, state: MA, zip: "02108"}`, 1)
	for _, test := range []struct {
		record string
		asked  bool
	}{{text, true}, {far, false}} {
		p := publish(t, siteOf("data/site.yaml", settings, file, test.record), site.Options{})
		body := string(p.bodies["directory/index.html"])
		for _, control := range []string{`name="zip"`, `name="within"`, `value="distance"`} {
			if strings.Contains(body, control) != test.asked {
				t.Errorf("the form has %s: %t", control, !test.asked)
			}
		}
		if in := SearchInput(p.Edition, worn(t, nil)); (len(in.Postcodes) > 0) != test.asked {
			t.Errorf("the index has %d postcodes", len(in.Postcodes))
		}
	}
}
