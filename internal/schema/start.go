package schema

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"nwioi/internal/site"
)

// A Start is the starting file of a record.
type Start struct {
	Path          string // below the root
	ID            string
	Data          []byte
	Given, Family string   // of a practitioner: how the name was divided
	Blanks        []string // the fields to fill in, as in diagnostics: headline, licenses[0].state
}

// Begin writes the starting file of a practitioner, course, event, news post or page: what is known, which
// is the name and the day; a blank for every key that is needed; and all other keys as remarks, each with
// what it is for. Whoever fills in the blanks has a record that passes check. The error is a sentence.
//
// A person's name may be written with the family name first and a comma: "de la Cruz, Ana María".
func Begin(kind, name string, today site.Date, words Vocabularies) (*Start, error) {
	k, _ := KindOf(kind)
	values := known(kind, today)
	if values == nil {
		return nil, fmt.Errorf("nothing new of the kind %q is begun here: it is one of %s", kind, strings.Join(Beginnings, ", "))
	}
	name = strings.Join(strings.Fields(name), " ")
	switch {
	case name == "":
		return nil, errors.New("the name is missing")
	case !utf8.ValidString(name) || strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }):
		return nil, errors.New("the name holds a character that cannot be read")
	case utf8.RuneCountInString(name) > maxName:
		return nil, fmt.Errorf("the name has %d characters, and %d are the most", utf8.RuneCountInString(name), maxName)
	}
	s := &Start{}
	switch kind {
	case "practitioner":
		s.Given, s.Family = divide(name)
		values["name.given"], values["name.family"] = s.Given, s.Family
		name = strings.TrimSpace(s.Given + " " + s.Family)
	case "course":
		values["name"] = name
	default:
		values["title"] = name
	}
	s.ID = site.Slug(name)
	if s.ID == "" {
		return nil, fmt.Errorf("%q has no Latin letter for the address: write the name in Latin letters, and put it right in the file", name)
	}
	if slices.Contains(reserved[kind], s.ID) || slices.Contains(devices, s.ID) {
		return nil, fmt.Errorf("%q cannot be the name of a %s, because that address or file name belongs to something else", s.ID, k.Noun)
	}
	s.Path = k.Folder + s.ID + ".yaml"
	if k.Markdown {
		s.Path = k.Folder + s.ID + ".md"
	}
	w := &starter{known: values, today: today}
	w.write(k, Of(kind, words), name)
	s.Data, s.Blanks = []byte(w.String()), w.blanks
	return s, nil
}

// Beginnings are the ids of the kinds that Begin begins.
var Beginnings = []string{"practitioner", "course", "event", "news", "page"}

// maxName is how long a name may be: the id made of it has to be a file's name everywhere.
const maxName = 120

// known returns what is known of a new record beside its name, by field; nil for a kind that is not begun.
func known(kind string, today site.Date) map[string]any {
	day, later := today.String(), today.AddDays(182).String()
	switch kind {
	case "practitioner":
		return map[string]any{"status": "active", "availability.confirmed_on": day, "last_confirmed": day}
	case "course":
		return map[string]any{"reviewed": day, "review_by": later}
	case "event":
		return map[string]any{"status": "planned", "as_of": day}
	case "news":
		return map[string]any{"date": day, "draft": true}
	case "page":
		return map[string]any{"reviewed": day, "review_by": later, "draft": true}
	}
	return nil
}

// reserved are the ids whose addresses belong to something else.
var reserved = map[string][]string{
	"practitioner": site.Reserved,
	"course":       {"index"},
	"event":        {"index"},
	"news":         {"index", "page", "tag"},
	"page":         {"index", "404", "directory", "pathway", "courses", "events", "news", "supervisors", "search", "data"},
}

// devices are names that a file cannot have on Windows, whatever its ending.
var devices = []string{"con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
	"lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9"}

// particles begin a family name of several words.
var particles = []string{
	"af", "al", "ap", "av", "ben", "bin", "bint", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn", "la", "las", "le",
	"lo", "los", "san", "st.", "te", "ten", "ter", "van", "vande", "vander", "von", "vom", "zu", "zur", "De", "Del", "La", "Von",
}

// divide divides a name: at a comma, before the first particle ("Ana María de la Cruz"), or before the last
// word. It cannot know how every name divides; whoever calls it says how it did.
func divide(name string) (given, family string) {
	if family, given, ok := strings.Cut(name, ","); ok {
		return strings.TrimSpace(given), strings.TrimSpace(family)
	}
	parts := strings.Fields(name)
	at := len(parts) - 1
	if slices.Contains([]string{"Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"}, parts[at]) && at > 1 {
		at--
	}
	for i := 1; i < at; i++ {
		if slices.Contains(particles, parts[i]) {
			at = i
			break
		}
		if (parts[i] == "y" || parts[i] == "e" || parts[i] == "i") && i > 1 { // Ortega y Gasset
			at = i - 1
			break
		}
	}
	if at == 0 {
		return name, ""
	}
	return strings.Join(parts[:at], " "), strings.Join(parts[at:], " ")
}
