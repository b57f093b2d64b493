package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"nwioi/internal/refer"
	"nwioi/internal/search"
	"nwioi/internal/serve"
	"nwioi/internal/site"
)

const searchLong = `Search answers as the directory's page does, from the same index, and says how the words were read and
why each person stands where they do.

QUERY is what a visitor types, or the address of a search: everything from the # on, as it stands
in the browser.

With --json the answer is one object. Its keys stay the same:
  query      words, and choices: key to list of values
  read       how words were read: words, key, id, label
  passed_over, left_out   words that say nothing, and words that nothing is like
  unknown    parts of an address that mean nothing
  towns      words that name a town: words, label, zip
  total      the number of people
  results    rank, id, name, letters, place, url, sample, availability (label, confirmed),
             miles (-1: not known), group, score, steps (words, matched, tier, meaning), after
  ways_out   where nobody was found: key, word, only, total`

func searchCommand(stdout, stderr io.Writer) *cobra.Command {
	var (
		at     location
		asJSON bool
		limit  int
	)
	c := &cobra.Command{
		Use:     "search QUERY",
		Short:   "Show the directory's answer, and why each person stands where they do",
		Long:    searchLong,
		Example: "  nwioi search 'painful sex tacoma'\n  nwioi search 'q=painful+sex&state=WA'",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			query := strings.Join(args, " ")
			if strings.TrimSpace(query) == "" {
				return errors.New(`what is to be searched for? Write it behind the command, as in: nwioi search "painful sex tacoma"`)
			}
			if limit < 1 || limit > 1000 {
				return fmt.Errorf("--limit %d: between 1 and 1000 people can be shown", limit)
			}
			fragment, isFragment, err := fragmentOf(query)
			if err != nil {
				return err
			}
			d, err := at.open(stderr)
			if err != nil {
				return err
			}
			d.index.PageSize = limit
			a := d.explain(fragment, isFragment)
			if asJSON {
				err = printJSON(stdout, a)
			} else {
				_, err = io.WriteString(stdout, a.text())
			}
			if err != nil {
				return &serve.Failed{Sentence: "the answer could not be written", Err: err}
			}
			return d.failed(stderr)
		},
	}
	at.flags(c)
	c.Flags().BoolVar(&asJSON, "json", false, "print the answer for a program")
	c.Flags().IntVar(&limit, "limit", site.PageSize, "how many people to show")
	return c
}

// searchKeys are the keys of a fragment that are no facets.
var searchKeys = []string{"q", "fee_max", "zip", "within", "ids", "sort", "page"}

// fragmentOf returns the part of a query that is a fragment, or the query itself where it is words.
func fragmentOf(query string) (text string, isFragment bool, err error) {
	text = strings.TrimSpace(query)
	before, after, marked := strings.Cut(text, "#")
	address := strings.Contains(before, "://") || strings.HasPrefix(before, "/")
	switch {
	case marked && (address || before == "" && strings.Contains(after, "=")):
		return after, true, nil
	case address:
		return "", false, errors.New("this address holds no search: what somebody searched for stands behind the # at its end")
	}
	key, _, pair := strings.Cut(text, "=")
	known := slices.Contains(searchKeys, key) || slices.Contains(site.ReferralKeys, key) || key == "availability"
	return text, pair && known, nil
}

// An answer is what search prints.
type answer struct {
	Query      askedFor      `json:"query"`
	Read       []readAs      `json:"read"`
	PassedOver []string      `json:"passed_over"`
	LeftOut    []string      `json:"left_out"`
	Unknown    []string      `json:"unknown"`
	Towns      []town        `json:"towns"`
	Total      int           `json:"total"`
	Results    []resultFound `json:"results"`
	WaysOut    []wayOut      `json:"ways_out"`

	chosen []string // the choices, in words
}

type askedFor struct {
	Words   string              `json:"words"`
	Choices map[string][]string `json:"choices"`
}

type readAs struct {
	Words string `json:"words"`
	Key   string `json:"key"`
	ID    string `json:"id"`
	Label string `json:"label"`
}

type town struct {
	Words string `json:"words"`
	Label string `json:"label"`
	Zip   string `json:"zip"`
}

type resultFound struct {
	Rank         int          `json:"rank"`
	ID           string       `json:"id"`
	Name         string       `json:"name"`
	Letters      string       `json:"letters"`
	Place        string       `json:"place"`
	URL          string       `json:"url"`
	Sample       bool         `json:"sample"`
	Availability availability `json:"availability"`
	Miles        int          `json:"miles"` // -1 where no distance is known
	Group        string       `json:"group"`
	Score        int          `json:"score"`
	Steps        []step       `json:"steps"`
	After        string       `json:"after"` // why not above the one before

	named     string // with letters
	freshness site.Freshness
}

type availability struct {
	Label     string `json:"label"`
	Confirmed string `json:"confirmed"`
}

type step struct {
	Words   string `json:"words"`
	Matched string `json:"matched"`
	Tier    int    `json:"tier"`
	Meaning string `json:"meaning"`

	said string
	near bool // found by spelling
}

type wayOut struct {
	Key   string `json:"key"`
	Word  string `json:"word,omitempty"`
	Only  bool   `json:"only,omitempty"`
	Total int    `json:"total"`
}

// explain asks the index and says why it answers as it does.
func (d *desk) explain(text string, isFragment bool) *answer {
	index := search.Build(d.index)
	q := search.Query{Text: text}
	if isFragment {
		q = index.Parse(text)
	}
	q.Day = d.index.Day
	r := index.Explain(q)
	a := &answer{
		Query:      askedFor{shortened(q.Text), map[string][]string{}},
		Read:       []readAs{},
		PassedOver: orEmpty(index.PassedOver(q.Text)), LeftOut: orEmpty(r.Ignored),
		Unknown: []string{}, Towns: []town{}, Total: r.Total, Results: []resultFound{}, WaysOut: []wayOut{},
	}
	if isFragment {
		d.choices(a, text)
	}
	for _, c := range r.Reading {
		a.Read = append(a.Read, readAs{c.Words, c.Facet, c.ID, c.Label})
	}
	for _, t := range r.Towns {
		a.Towns = append(a.Towns, town{t.Words, t.Label, t.Code})
	}
	for i, h := range r.Hits {
		f := d.found(h)
		f.Rank = (r.Page-1)*d.index.PageSize + i + 1
		if i > 0 {
			f.After = d.after(q.Sort, a.Results[i-1], f)
		}
		a.Results = append(a.Results, f)
	}
	for _, w := range r.Drops {
		a.WaysOut = append(a.WaysOut, wayOut{w.Key, w.Word, w.Only, w.Total})
	}
	return a
}

// choices says what was chosen in a fragment, and what of it means nothing.
func (d *desk) choices(a *answer, fragment string) {
	for _, pair := range strings.Split(shortened(fragment), "&") {
		key, value, _ := strings.Cut(pair, "=")
		if key == "q" || pair == "" {
			continue
		}
		label := value
		known := slices.Contains(searchKeys, key)
		if key == "ids" {
			label = d.cards[value].Name
			known = label != ""
		}
		for _, f := range d.index.Facets {
			for _, t := range f.Terms {
				if f.Key == key && strings.EqualFold(t.ID, value) {
					label, known = t.Label, true
				}
			}
		}
		if !known {
			a.Unknown = append(a.Unknown, pair)
			continue
		}
		a.Query.Choices[key] = append(a.Query.Choices[key], value)
		a.chosen = append(a.chosen, spoken(key)+": "+label)
	}
}

func (d *desk) found(h search.Hit) resultFound {
	card := d.cards[h.ID]
	f := resultFound{
		ID: h.ID, Name: card.Name, Letters: card.Letters, Place: refer.Where(card), Sample: card.Sample,
		URL:          d.edition.Base.Absolute(site.ProfileURL(h.ID)),
		Availability: availability{card.Availability.Label, card.Availability.Confirmed},
		Score:        h.Score, Steps: []step{}, Miles: int(h.Miles), named: refer.Named(card),
	}
	for _, p := range d.edition.People {
		if p.ID == h.ID {
			f.freshness = p.Freshness
		}
	}
	f.Group = f.freshness.String()
	for _, s := range h.Steps {
		f.Steps = append(f.Steps, step{s.Words, s.Matched, int(s.Tier), s.What(), s.String(), s.Misspelt()})
	}
	return f
}

// after says why one result does not stand above the one before it.
func (d *desk) after(sort string, before, f resultFound) string {
	switch {
	case sort == "distance" && before.Miles >= 0:
		return "the list is in the order of distance, as was asked"
	case sort == "name":
		return "the list is in the order of names, as was asked"
	case sort == "soonest" && before.freshness != f.freshness:
		return "the list is in the order of openings, as was asked"
	case sort == "soonest":
	case before.Score < f.Score:
		return fmt.Sprintf("the words match less well: %d against %d", f.Score, before.Score)
	case before.freshness != f.freshness:
		return "the words match equally well, but the availability is in a later group: " + f.Group
	}
	return "match and availability are equal; the rotation of week " + d.day.ISOWeek() + " decides, and it changes every Monday"
}

// text is the answer for people.
func (a *answer) text() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	for _, r := range a.Read {
		line("%q was read as %s: %s.", r.Words, spoken(r.Key), r.Label)
	}
	for _, c := range a.chosen {
		line("Chosen: %s.", c)
	}
	if len(a.PassedOver) > 0 {
		line("Passed over, because it is true of everybody or says nothing: %s.", quotedList(a.PassedOver))
	}
	for _, s := range a.spelling() {
		line("%s", s)
	}
	if strange := a.strange(); len(strange) > 0 {
		line("Left out, because nothing here is like it: %s.", quotedList(strange))
	}
	if len(a.Unknown) > 0 {
		line("In the address, but without a meaning here: %s.", quotedList(a.Unknown))
	}
	for _, t := range a.Towns {
		line("Left out: %q. It names %s; for the people within %d miles, nwioi search %q.", t.Words, t.Label, search.DefaultWithin, "zip="+t.Zip)
	}
	if b.Len() > 0 {
		line("")
	}
	found := count(a.Total, "person", "people")
	if n := len(a.Results); n > 0 && n < a.Total {
		found += fmt.Sprintf("; here are %d to %d", a.Results[0].Rank, a.Results[n-1].Rank)
	}
	line("%s.", found)
	for _, f := range a.Results {
		line("")
		line("%d. %s", f.Rank, f.named)
		line("   %s. %s, %s.", cmp.Or(f.Place, "No place given"), f.Availability.Label, f.Availability.Confirmed)
		for _, s := range f.Steps {
			line("   %s", s.said)
		}
		switch {
		case f.Miles == 0:
			line("   Less than a mile away.")
		case f.Miles > 0:
			line("   About %s away.", count(f.Miles, "mile", "miles"))
		}
		if len(f.Steps) > 0 {
			line("   Match %d.", f.Score)
		}
		line("   Availability: %s.", f.Group)
		if f.After != "" {
			line("   After %d because %s.", f.Rank-1, f.After)
		}
	}
	if slices.ContainsFunc(a.Results, func(f resultFound) bool { return len(f.Steps) > 0 }) {
		line("")
		line("A lower match is better: it is the sum of what the words matched. Equals stand by availability, then by the week's rotation.")
	}
	for _, w := range a.WaysOut {
		line("%s: %s.", w.sentence(), count(w.Total, "person", "people"))
	}
	return b.String()
}

// strange are the words that were left out, but for those that name a town.
func (a *answer) strange() []string {
	return slices.DeleteFunc(slices.Clone(a.LeftOut), func(word string) bool {
		return slices.ContainsFunc(a.Towns, func(t town) bool { return slices.Contains(strings.Fields(t.Words), word) })
	})
}

// spelling says which words were found by a spelling close to them.
func (a *answer) spelling() []string {
	var said []string
	for _, f := range a.Results {
		for _, s := range f.Steps {
			sentence := fmt.Sprintf("%q is nowhere; close to it is %q.", s.Words, s.Matched)
			if s.near && !slices.Contains(said, sentence) {
				said = append(said, sentence)
			}
		}
	}
	return said
}

func (w wayOut) sentence() string {
	switch {
	case w.Key == "all":
		return "Without any words and choices"
	case w.Word != "":
		return fmt.Sprintf("Without %q", w.Word)
	case w.Key == "q" && w.Only:
		return "With the words alone"
	case w.Key == "q":
		return "Without the words"
	case w.Only:
		return "With the choice of " + spoken(w.Key) + " alone"
	}
	return "Without the choice of " + spoken(w.Key)
}

// spoken is the name of a key as people say it.
func spoken(key string) string {
	named := map[string]string{
		site.InsurancePlan: "insurance", site.Telehealth: "by video in", site.Modality: "approach", "format": "office or video",
		"clients": "who comes", "ages": "age", "fee_max": "fee at most", "zip": "near", "within": "within miles", "sort": "order",
		"times": "time of day", "ids": "person",
	}
	return cmp.Or(named[key], key)
}

// quoted puts words in quotes, so that they do nothing to a terminal but stand in it.
func quoted(words []string) []string {
	said := make([]string, len(words))
	for i, w := range words {
		said[i] = fmt.Sprintf("%q", w)
	}
	return said
}

func quotedList(words []string) string { return strings.Join(quoted(words), ", ") }

// shortened cuts a text of any length to what is read of it.
func shortened(text string) string {
	if len(text) > search.MaxFragment {
		text = strings.ToValidUTF8(text[:search.MaxFragment], "")
	}
	return text
}

func orEmpty(words []string) []string {
	if words == nil {
		return []string{}
	}
	return words
}
