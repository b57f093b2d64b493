package assemble

import (
	"encoding/json"
	"io"
	"reflect"
	"strings"

	"nwioi/internal/output"
	"nwioi/internal/site"
)

// records makes the directory as data, with its schema beside it.
func (a *assembler) records() {
	if a.Target(site.RecordsURL) == nil {
		return
	}
	a.add(site.RecordsURL, recordsLayout, records{a.Base, a.Settings.Title, a.AsOf, list(a, a.People)})
	a.add(site.SchemaURL, schemaLayout, schemaView{a.Base.Absolute(site.SchemaURL)})
}

// records is everybody in the results.
type records struct {
	base   site.Base
	title  string
	day    site.Date
	people *output.List[*site.Person]
}

// A Directory is the document at /data/directory.json: the public records, in the published order.
type Directory struct {
	Schema  string   `json:"$schema" doc:"Where the schema of this document stands."`
	Title   string   `json:"title" doc:"The name of the site."`
	Updated string   `json:"updated" doc:"The day of the edition, ISO 8601."`
	People  []Record `json:"people" doc:"Everyone in the directory's results, in the published order."`
}

// A Record is one practitioner in the directory's data. Lists of ids are of the vocabularies.
type Record struct {
	ID           string             `json:"id" doc:"The last part of the address; it never changes."`
	URL          string             `json:"url" doc:"The profile page."`
	Sample       bool               `json:"sample" doc:"True for an invented person."`
	Name         string             `json:"name"`
	Letters      []string           `json:"letters" doc:"Degrees, licences and certifications, as they stand after the name."`
	Pronouns     string             `json:"pronouns,omitempty"`
	Headline     string             `json:"headline"`
	Concerns     []string           `json:"concerns" doc:"Ids; the top ones first."`
	Modalities   []string           `json:"modalities"`
	Communities  []string           `json:"communities"`
	Clients      []string           `json:"clients"`
	Ages         []string           `json:"ages"`
	Languages    []string           `json:"languages" doc:"BCP 47 tags."`
	InPerson     bool               `json:"in_person"`
	Telehealth   []string           `json:"telehealth" doc:"States in which the person may see clients by video, USPS codes."`
	Offices      []RecordOffice     `json:"offices"`
	Availability RecordAvailability `json:"availability"`
	Insurance    []string           `json:"insurance" doc:"Ids of plans."`
	FeeLow       int                `json:"fee_low,omitempty" doc:"The least a session costs, in US dollars."`
	FeeHigh      int                `json:"fee_high,omitempty" doc:"The most a session costs, in US dollars."`
	Confirmed    string             `json:"last_confirmed" doc:"The day the person last confirmed the record, ISO 8601."`
}

// A RecordOffice is where a person sees clients.
type RecordOffice struct {
	City  string `json:"city"`
	State string `json:"state" doc:"USPS code."`
	Zip   string `json:"zip,omitempty"`
}

// A RecordAvailability says whether the person takes clients.
type RecordAvailability struct {
	Status    string `json:"status" doc:"open, waitlist, closed, or unconfirmed where nobody confirmed it for long."`
	Confirmed string `json:"confirmed_on" doc:"ISO 8601."`
}

// recordsLayout writes one record after the other.
var recordsLayout = &goLayout[records]{func(w io.Writer, v records) error {
	doc := Directory{Schema: v.base.Absolute(site.SchemaURL), Title: v.title, Updated: v.day.String(), People: make([]Record, 0, v.people.Len())}
	for _, p := range v.people.All() {
		r := Record{
			ID: p.ID, URL: v.base.Absolute(site.ProfileURL(p.ID)), Sample: p.Sample, Name: p.Name.Full(), Letters: some(p.Letters),
			Pronouns: p.Pronouns, Headline: p.Headline, Concerns: append(some(p.Top), p.Other...), Modalities: some(p.Modalities),
			Communities: some(p.Communities), Clients: some(p.Clients), Ages: some(p.Ages), Languages: some(p.Languages),
			InPerson: p.InPerson, Telehealth: some(p.Telehealth), Offices: []RecordOffice{}, Insurance: []string{},
			Availability: RecordAvailability{p.State(), p.Availability.ConfirmedOn.String()}, Confirmed: p.Confirmed.String(),
		}
		r.FeeLow, r.FeeHigh = feeBounds(p.Fees)
		if p.InPerson {
			for _, l := range p.Locations {
				r.Offices = append(r.Offices, RecordOffice{l.City, l.State, l.Zip})
			}
		}
		for _, i := range p.Insurance {
			r.Insurance = append(r.Insurance, i.Plan)
		}
		doc.People = append(doc.People, r)
	}
	return json.NewEncoder(w).Encode(doc)
}}

// some returns the texts, as an empty list rather than none: JSON readers want an array.
func some(texts []string) []string { return append([]string{}, texts...) }

type schemaView struct{ id string }

// schemaLayout makes the JSON Schema (draft 2020-12) of Directory from the type itself.
var schemaLayout = &goLayout[schemaView]{func(w io.Writer, v schemaView) error {
	schema := schemaOf(reflect.TypeFor[Directory]())
	schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	schema["$id"] = v.id
	schema["title"] = "Directory of practitioners"
	return writeJSON(w, schema)
}}

func schemaOf(t reflect.Type) map[string]any {
	switch t.Kind() {
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int:
		return map[string]any{"type": "integer", "minimum": 0}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": schemaOf(t.Elem())}
	}
	properties := map[string]any{}
	required := []string{}
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		property := schemaOf(f.Type)
		if doc := f.Tag.Get("doc"); doc != "" {
			property["description"] = doc
		}
		properties[name] = property
		if options != "omitempty" {
			required = append(required, name)
		}
	}
	return map[string]any{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
}
