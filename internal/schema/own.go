package schema

import (
	"reflect"
	"slices"
	"strings"

	"nwioi/internal/site"
	"nwioi/internal/yamlx"
)

// day is the form of a date, and exampleDay one.
const (
	day        = `[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])`
	exampleDay = "2026-11-30"
)

// own returns the node of a type that reads itself, or that may be written in two ways; nil for others.
func (m maker) own(s yamlx.Shape) *Node {
	switch s.Type() {
	case reflect.TypeFor[site.Date]():
		return &Node{Type: "string", Format: "date", Pattern: "^" + day + "$", Form: "the year, month and day, as in 2026-11-30", Examples: []any{exampleDay}}
	case reflect.TypeFor[site.Since]():
		return &Node{Type: "string", Format: "since", Pattern: `^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$`,
			Form: "a year, a month or a day, as in 2018, 2018-06 or 2018-06-01", Examples: []any{"2018-06"}}
	case reflect.TypeFor[site.PhotoConsent]():
		return &Node{Type: "string", Format: "consent", Pattern: "^(true|false|" + day + ")$", Form: "true, or the day, as in 2026-11-30", Examples: []any{exampleDay}}
	case reflect.TypeFor[site.Severity]():
		return &Node{Type: "string", Enum: []Choice{{"error", "nothing is published until it is put right"}, {"warning", "somebody should look"}, {"note", "for information"}, {"off", "nothing is said"}}}
	case reflect.TypeFor[site.Words]():
		return &Node{Alternatives: []*Node{{Type: "string"}, {Type: "array", Items: &Node{Type: "string"}}}}
	case reflect.TypeFor[site.FactOrAsk]():
		fact := &Node{}
		m.group(fact, s)
		return &Node{Alternatives: []*Node{{Type: "string", Enum: []Choice{{"ask", "nobody has published a figure"}}}, fact}}
	}
	return nil
}

// format gives a node of text the form that a tag names. The patterns refuse less than package read does,
// never more.
func (n *Node) format(format string) {
	n.Format = format
	switch format {
	case "https":
		n.Pattern, n.Form = `^(https://[^ \\"<>]+)?$`, "an address that begins with https://"
	case "email":
		n.Pattern, n.Form = `^([^@ ]+@[^@ ]+\.[^@ ]+)?$`, "one address, as in name@example.org"
	case "phone":
		n.Pattern, n.Form = `^(\+[1-9][0-9]{6,14})?$`, "the number with the country's first, in quotes, as in \"+12065550101\""
	case "id":
		n.Pattern, n.Form = `^[a-z0-9]+(-[a-z0-9]+)*$`, "lower-case letters, digits and single hyphens"
	case "state":
		n.choose(states())
	case "markdown", "timezone":
	default:
		panic("schema: nobody says what the format " + format + " is")
	}
}

// states are the choices of a state.
func states() []Choice {
	var choices []Choice
	for _, code := range site.StateCodes() {
		choices = append(choices, Choice{code, site.StateName(code)})
	}
	return choices
}

// choices are the words of a vocabulary, each id once. A licence's says in which states there is one.
func (m maker) choices(facet string) []Choice {
	v := m.words[facet]
	if v == nil {
		return nil
	}
	var ids []string
	labels := map[string][]string{} // by id
	states := map[string][]string{} // by id and label
	for i := range v.Terms {
		t := &v.Terms[i]
		if labels[t.ID] == nil {
			ids = append(ids, t.ID)
		}
		if states[t.ID+"\n"+t.Label] == nil {
			labels[t.ID] = append(labels[t.ID], t.Label)
		}
		states[t.ID+"\n"+t.Label] = append(states[t.ID+"\n"+t.Label], t.State)
	}
	var choices []Choice
	for _, id := range ids {
		label := labels[id][0]
		if facet == site.LicenseType {
			for i, l := range labels[id] {
				labels[id][i] = l + ", " + strings.Join(states[id+"\n"+l], " ")
			}
			label = strings.Join(labels[id], "; ")
		}
		choices = append(choices, Choice{id, label})
	}
	return choices
}

// conditions are what the keys of a group ask of each other: as much of what package read and check hold
// them to as can be said of one file.
func (m maker) conditions(t reflect.Type) []object {
	switch t {
	case reflect.TypeFor[site.Practitioner]():
		inPerson := object{{"required", []any{"formats"}}, {"properties", object{{"formats", object{
			{"type", "object"}, {"required", []any{"in_person"}}, {"properties", object{{"in_person", object{{"const", true}}}}}}}}}}
		return []object{{{"if", inPerson}, {"then", given("locations")}}}
	case reflect.TypeFor[site.PersonContact]():
		return []object{anyGiven("phone", "email", "website", "booking")}
	case reflect.TypeFor[site.Fees]():
		priced := []string{"individual", "couple", "group", "sliding_from"}
		one := anyGiven(append(slices.Clone(priced), "consultation")...)
		ask := object{{"required", []any{"ask"}}, {"properties", object{{"ask", object{{"const", true}}}}}}
		one[0].value = append(one[0].value.([]any), ask)
		return []object{one, {{"if", anyGiven(priced...)}, {"then", object{{"allOf", []any{given("as_of"), object{{"not", ask}}}}}}}}
	case reflect.TypeFor[site.Location]():
		return []object{
			{{"if", given("latitude")}, {"then", given("longitude")}},
			{{"if", given("longitude")}, {"then", given("latitude")}},
		}
	case reflect.TypeFor[site.FactEntry]():
		const value, source, asOf, reviewBy = "value", "source", "as_of", "review_by"
		own := []any{given(value), given(source), given(asOf), given(reviewBy)}
		return []object{{{"if", anyGiven("sum", "divide")}, {"then", object{{"not", anyGiven(value, source, asOf, reviewBy)}}}, {"else", object{{"allOf", own}}}}}
	case reflect.TypeFor[site.License]():
		return m.licenses()
	}
	return nil
}

// licenses says for each state which licences it gives, and that an associate's names a supervisor.
func (m maker) licenses() []object {
	v := m.words[site.LicenseType]
	if v == nil {
		return nil
	}
	types, associates := map[string][]any{}, map[string][]any{}
	for _, t := range v.Terms {
		types[t.State] = append(types[t.State], t.ID)
		if t.Tier == "associate" {
			associates[t.State] = append(associates[t.State], t.ID)
		}
	}
	is := func(key string, values ...any) member { return member{key, object{{"enum", values}}} }
	var all []object
	for _, state := range site.StateCodes() {
		if len(types[state]) == 0 {
			continue
		}
		of := object{{"required", []any{"state", "type"}}, {"properties", object{is("state", state)}}}
		all = append(all, object{{"if", of}, {"then", object{{"properties", object{is("type", types[state]...)}}}}})
		if len(associates[state]) > 0 {
			of := object{{"required", []any{"state", "type"}}, {"properties", object{is("state", state), is("type", associates[state]...)}}}
			all = append(all, object{{"if", of}, {"then", given("supervisor")}})
		}
	}
	return all
}

// given asks for a key that is there and says something.
func given(key string) object {
	something := object{{"not", object{{"enum", []any{nil, ""}}}}, {"minItems", 1.0}}
	return object{{"required", []any{key}}, {"properties", object{{key, something}}}}
}

func anyGiven(keys ...string) object {
	var all []any
	for _, key := range keys {
		all = append(all, given(key))
	}
	return object{{"anyOf", all}}
}

// sentence ends a text with a full stop.
func sentence(text string) string {
	if text == "" || strings.ContainsAny(text[len(text)-1:], ".?!:") {
		return text
	}
	return text + "."
}
