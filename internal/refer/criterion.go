package refer

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"nwioi/internal/diag"
	"nwioi/internal/search"
	"nwioi/internal/site"
)

// Keys that are not facets.
const (
	keyZip    = "zip"
	keyWithin = "within" // what the log keeps of a postcode
	keyFee    = "fee_max"
)

// A Criterion is one thing that was asked for, as in the address of a search.
type Criterion struct {
	Key, ID string // "concern", "pain-penetration"
	Label   string // "Painful or difficult penetration"
	Words   string // the part of the criteria it was read from
}

// String returns the form in which the log has it: concern=pain-penetration.
func (c Criterion) String() string { return c.Key + "=" + c.ID }

func (c Criterion) dollars() int {
	n, _ := strconv.Atoi(c.ID)
	return n
}

// An Unread is a part of the criteria that was not understood.
type Unread struct {
	Words string
	Near  []string // what may be meant; empty: nothing is near
	Long  bool     // there are more words between two commas than are read at a time
}

// MaxText is the length in bytes of the criteria that are read.
const MaxText = 2000

// feeWords is a fee as people write it: "$150", "under 150", "up to $150".
var feeWords = regexp.MustCompile(`(?i)^(?:(?:under|below|up to|at most|no more than|max|maximum)\s+\$?|\$\s?)(\d{1,4})$`)

// Read reads criteria of at most MaxText bytes, parted by commas, semicolons or line ends. Every word becomes a part of a
// criterion, or of what is unread, or says nothing ("with", "in").
func (d *Desk) Read(text string) (criteria []Criterion, unread []Unread) {
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;\r\n", r) }) {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		read, left := d.part(part)
		criteria = append(criteria, read...)
		unread = append(unread, left...)
	}
	criteria = byVideoIn(criteria)
	return uniqueCriteria(criteria), unread
}

// part reads what stands between two commas.
func (d *Desk) part(part string) ([]Criterion, []Unread) {
	if m := feeWords.FindStringSubmatch(part); m != nil {
		return []Criterion{{keyFee, m[1], "At most $" + m[1] + " a session", part}}, nil
	}
	words := search.Fold(part)
	if len(words) > search.MaxWords {
		return nil, []Unread{{Words: part, Long: true}}
	}
	var read []Criterion
	left := slices.Clone(words)
	// The space says that the last word is whole.
	answer := d.index.Search(search.Query{Text: part + " "})
	for _, chip := range answer.Reading {
		read = append(read, Criterion{chip.Facet, chip.ID, officeIn(chip.Facet, chip.Label), chip.Words})
		left = without(left, strings.Fields(chip.Words))
	}
	left = without(left, d.index.PassedOver(part+" "))
	if len(left) == 0 && len(read) > 0 {
		return read, nil
	}
	// What nobody has is not in the index, but it is understood.
	if c, ok := d.unmet(part); ok {
		return []Criterion{c}, nil
	}
	rest := strings.Join(left, " ")
	if c, ok := d.unmet(rest); ok {
		return append(read, c), nil
	}
	if rest == "" {
		rest = part
	}
	near := d.near(rest)
	for _, t := range answer.Towns {
		if t.Words != rest {
			continue
		}
		if len(answer.Towns) == 1 {
			return append(read, Criterion{keyZip, t.Code, fmt.Sprintf("Within %d miles of %s", search.DefaultWithin, t.Label), rest}), nil
		}
		near = append(near, t.Code+" for "+t.Label)
	}
	return read, []Unread{{Words: rest, Near: near}}
}

// officeIn says of a place that it is that of an office: clients may be elsewhere.
func officeIn(key, label string) string {
	if key == site.City || key == site.State || key == "county" {
		return "An office in " + label
	}
	return label
}

// without takes each of the words out of the list once.
func without(list, words []string) []string {
	for _, w := range words {
		if i := slices.Index(list, w); i >= 0 {
			list = slices.Delete(list, i, i+1)
		}
	}
	return list
}

// keys are the keys of criteria by the name of their vocabulary, where they differ.
var keys = map[string]string{
	site.Client: "clients", site.Age: "ages", site.LicenseType: site.Credential, site.Certification: site.Credential,
}

// unmet reads words of a vocabulary, and states, that nobody in the directory has.
func (d *Desk) unmet(words string) (Criterion, bool) {
	for _, facet := range site.Vocabularies {
		v := d.edition.Vocabulary(facet)
		id := v.Meant(words)
		if id == "" {
			continue
		}
		key := facet
		if k, ok := keys[facet]; ok {
			key = k
		}
		label := v.Label(id)
		for i := range v.Terms { // licences are keyed by state too
			if v.Terms[i].ID == id {
				label = v.Terms[i].Label
			}
		}
		return Criterion{key, site.Slug(id), label, words}, true
	}
	for _, code := range site.StateCodes() {
		if strings.EqualFold(words, code) || strings.EqualFold(words, site.StateName(code)) {
			return Criterion{site.State, code, officeIn(site.State, site.StateName(code)), words}, true
		}
	}
	return Criterion{}, false
}

// maxNear is how many terms are named that may be meant.
const maxNear = 3

// near returns what may be meant by words that are not understood: the labels that have all of them, or
// else the one phrase of the vocabularies that is spelt most alike.
func (d *Desk) near(words string) []string {
	var labels, known []string
	folded := search.Fold(words)
	if len(folded) == 0 {
		return nil
	}
	phrase := func(text, label string) {
		known = append(known, text)
		if len(without(slices.Clone(folded), search.Fold(text))) == 0 && len(labels) < maxNear && !slices.Contains(labels, label) {
			labels = append(labels, label)
		}
	}
	for _, f := range d.facets {
		for _, t := range f.Terms {
			for _, text := range append([]string{t.Label}, t.Aliases...) {
				phrase(text, t.Label)
			}
		}
	}
	for _, facet := range site.Vocabularies { // what nobody has too
		v := d.edition.Vocabulary(facet)
		for i := 0; v != nil && i < len(v.Terms); i++ {
			for _, text := range append([]string{v.Terms[i].Label}, v.Terms[i].Aliases...) {
				phrase(text, v.Terms[i].Label)
			}
		}
	}
	if len(labels) > 0 {
		return labels
	}
	if nearest := diag.Nearest(words, known); nearest != "" {
		return []string{nearest}
	}
	return nil
}

// byVideoIn reads "telehealth, WA" as people mean it: the client is in that state, not the office.
func byVideoIn(criteria []Criterion) []Criterion {
	video := slices.IndexFunc(criteria, func(c Criterion) bool { return c.Key == "format" && c.ID == "telehealth" })
	if video < 0 || !slices.ContainsFunc(criteria, func(c Criterion) bool { return c.Key == site.State || c.Key == site.Telehealth }) {
		return criteria
	}
	said := criteria[video].Words
	criteria = slices.Delete(criteria, video, video+1)
	for i, c := range criteria {
		if c.Key == site.State {
			code := strings.ToUpper(c.ID)
			criteria[i] = Criterion{site.Telehealth, code, "By video in " + site.StateName(code), said + ", " + c.Words}
		}
	}
	return criteria
}

func uniqueCriteria(criteria []Criterion) []Criterion {
	var out []Criterion
	for _, c := range criteria {
		if !slices.ContainsFunc(out, func(o Criterion) bool { return o.String() == c.String() }) {
			out = append(out, c)
		}
	}
	return out
}
