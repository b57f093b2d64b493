package searchtest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"nwioi/internal/site"
)

// A person is what the program knows of somebody it invented, and so what a right answer is judged by.
type person struct {
	id, given, family string
	name              string // folded: "ana de la cruz"
	words             []string
	pronouns          string
	degrees           []string
	licences          []licence
	offices           []city // each with the one ZIP code it has
	top, other        []string
	modalities        []string
	communities       []string
	clients           []string
	ages              []string
	languages         []string
	plans             []string
	inPerson, video   bool
	status            string
	confirmed         site.Date
	times             []string
	fee               int
	headline, bio     string
}

type licence struct {
	state, letters string
	expired        bool
}

// today is the day on which every directory here is published.
var today = site.Date{Year: 2026, Month: 11, Day: 22}

// has reports whether the person has a term of a vocabulary.
func (p *person) has(facet, id string) bool {
	switch facet {
	case site.Concern:
		return slices.Contains(p.top, id) || slices.Contains(p.other, id)
	case site.Modality:
		return slices.Contains(p.modalities, id)
	case site.Community:
		return slices.Contains(p.communities, id)
	case site.Language:
		return slices.Contains(p.languages, id)
	case site.InsurancePlan:
		return slices.Contains(p.plans, id)
	case site.Client:
		return slices.Contains(p.clients, id)
	case site.Age:
		return slices.Contains(p.ages, id)
	}
	return false
}

// sees reports whether the person practises in a state: in an office there, or by video with a
// licence of it.
func (p *person) sees(state string) bool {
	return p.inState(state) || p.videoIn(state)
}

func (p *person) inState(state string) bool {
	return slices.ContainsFunc(p.offices, func(c city) bool { return c.state == state })
}

func (p *person) videoIn(state string) bool {
	return p.video && slices.ContainsFunc(p.licences, func(l licence) bool { return l.state == state && !l.expired })
}

func (p *person) inCity(name string) bool {
	return slices.ContainsFunc(p.offices, func(c city) bool { return c.name == name })
}

func (p *person) inCounty(county, state string) bool {
	return slices.ContainsFunc(p.offices, func(c city) bool { return c.county == county && (state == "" || c.state == state) })
}

// near reports whether an office is within so many miles of a city.
func (p *person) near(from city, miles float64) bool {
	return slices.ContainsFunc(p.offices, func(c city) bool {
		const perDegree = 69.1
		dy := (c.latitude - from.latitude) * perDegree
		dx := (c.longitude - from.longitude) * perDegree * math.Cos(from.latitude*math.Pi/180)
		return math.Hypot(dx, dy) <= miles
	})
}

func (p *person) letters(l string) bool {
	return slices.Contains(p.degrees, l) || slices.ContainsFunc(p.licences, func(x licence) bool { return x.letters == l && !x.expired })
}

func (p *person) open() bool {
	return p.status == "open" && p.confirmed.DaysUntil(today) <= site.CountsDays
}

// fold writes a text as it is compared here: small letters without accents and apostrophes, and a
// space for everything else that is no letter and no digit. It is not the engine's.
func fold(text string) string {
	var b strings.Builder
	space := false
	for _, r := range norm.NFKD.String(strings.ToLower(text)) {
		switch {
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’', r == '.':
		case unicode.IsLetter(r), unicode.IsDigit(r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			if ascii := asASCII[r]; ascii != "" {
				b.WriteString(ascii)
			} else {
				b.WriteRune(r)
			}
		default:
			space = true
		}
	}
	return b.String()
}

var asASCII = map[rune]string{'ø': "o", 'ł': "l", 'ß': "ss", 'æ': "ae", 'đ': "d", 'ð': "d", 'ı': "i"}

// A dice makes choices; the same seeds make the same ones.
type dice struct{ *rand.Rand }

func newDice(seed, n uint64) dice { return dice{rand.New(rand.NewPCG(seed, n))} }

func (d dice) once(in int) bool { return d.IntN(in) == 0 }

func one[T any](d dice, from []T) T { return from[d.IntN(len(from))] }

// often takes the first of a list far more often than the last.
func often[T any](d dice, from []T) T {
	return from[int(float64(len(from))*math.Pow(d.Float64(), 2.2))]
}

// some takes low to high different ones, the first more often.
func some[T comparable](d dice, from []T, low, high int) []T {
	var taken []T
	for n := low + d.IntN(high-low+1); len(taken) < min(n, len(from)); {
		if v := often(d, from); !slices.Contains(taken, v) {
			taken = append(taken, v)
		}
	}
	return taken
}

// ids are the vocabularies' ids in an order of the world's own, so that other terms are common there.
type ids map[string][]string

func (w *world) ids(vocabularies func(string) *site.Vocabulary) ids {
	all := ids{}
	for _, facet := range site.Vocabularies {
		d := newDice(uint64(len(w.name)), uint64(len(facet)))
		for _, t := range vocabularies(facet).Terms {
			if facet == site.Language && t.ID == "en" {
				continue
			}
			all[facet] = append(all[facet], t.ID)
		}
		d.Shuffle(len(all[facet]), func(i, j int) { all[facet][i], all[facet][j] = all[facet][j], all[facet][i] })
	}
	return all
}

// people invents n people of a world.
func (w *world) people(n int, seed uint64, vocabularies func(string) *site.Vocabulary) []*person {
	d := newDice(seed, uint64(n))
	terms := w.ids(vocabularies)
	made := w.madeNames(d, 200+n/2)
	taken := map[string]int{}
	all := make([]*person, n)
	for i := range all {
		p := &person{given: often(d, w.given), family: w.familyName(d, made)}
		if d.once(25) {
			p.given = one(d, made)
		}
		p.name = fold(p.given + " " + p.family)
		p.words = strings.Fields(p.name)
		p.id = strings.ReplaceAll(p.name, " ", "-")
		if taken[p.id]++; taken[p.id] > 1 {
			p.id = fmt.Sprintf("%s-%d", p.id, taken[p.id])
		}
		w.fill(d, p, terms)
		all[i] = p
	}
	return all
}

// madeNames puts family names together from syllables.
func (w *world) madeNames(d dice, n int) []string {
	made := make([]string, n)
	for i := range made {
		name := one(d, w.syllables) + one(d, w.syllables)
		if d.once(2) {
			name += one(d, w.syllables)
		}
		made[i] = strings.ToUpper(name[:1]) + name[1:]
	}
	return made
}

// familyName takes a common name, one of the many rare ones, or one of several words.
func (w *world) familyName(d dice, made []string) string {
	simple := func() string {
		if d.once(2) {
			return often(d, w.family)
		}
		return often(d, made)
	}
	switch d.IntN(30) {
	case 0:
		return simple() + "-" + simple()
	case 1:
		return one(d, []string{"de la ", "van der ", "von ", "al-", "St. ", "Le "}) + simple()
	case 2:
		return one(d, []string{"O'", "D'", "Mc", "O’"}) + one(d, made)
	case 3:
		return simple() + " " + simple()
	}
	return simple()
}

// lettersOf are the licences that most people of a state have.
var lettersOf = map[string][]string{
	"WA": {"LMFT", "LMHC", "LICSW", "Psychologist", "PMHNP-BC"}, "OR": {"LMFT", "LPC", "LCSW", "Psychologist"}, "ID": {"LMFT", "LCPC", "LCSW"},
}

func (w *world) fill(d dice, p *person, terms ids) {
	p.pronouns = one(d, []string{"she/her", "she/her", "he/him", "they/them"})
	p.degrees = some(d, []string{"MA", "MS", "PhD", "MSW", "PsyD", "MDiv", "EdD"}, 1, 2)
	home := often(d, w.cities)
	p.licences = []licence{{state: home.state, letters: often(d, lettersOf[home.state])}}
	if d.once(5) {
		if state := one(d, []string{"WA", "OR", "ID"}); state != home.state {
			p.licences = append(p.licences, licence{state, often(d, lettersOf[state]), d.once(4)})
		}
	}
	p.inPerson = !d.once(6)
	p.video = !p.inPerson || !d.once(4)
	if p.inPerson {
		p.offices = []city{w.office(d, home)}
		if d.once(10) {
			if second := one(d, w.cities); second.state == home.state && second.name != home.name {
				p.offices = append(p.offices, w.office(d, second))
			}
		}
	}
	concerns := some(d, terms[site.Concern], 4, 10)
	p.top, p.other = concerns[:3], concerns[3:]
	p.modalities = some(d, terms[site.Modality], 2, 5)
	p.communities = some(d, terms[site.Community], 0, 5)
	p.clients = some(d, terms[site.Client], 1, 3)
	p.ages = some(d, terms[site.Age], 1, 3)
	p.languages = []string{"en"}
	if d.once(3) {
		p.languages = append(p.languages, often(d, terms[site.Language]))
	}
	p.plans = some(d, terms[site.InsurancePlan], 0, 4)
	p.status = one(d, []string{"open", "open", "open", "waitlist", "closed"})
	p.confirmed = site.Date{Year: 2026, Month: time.Month(6 + d.IntN(6)), Day: 1 + d.IntN(21)}
	p.times = some(d, []string{"day", "evening", "weekend"}, 1, 2)
	p.fee = 90 + 5*d.IntN(32)
	p.headline = headline(d)
	p.bio = prose(d, w)
}

// office is a place in the city with one of its ZIP codes.
func (w *world) office(d dice, c city) city {
	c.zips = []string{one(d, c.zips)}
	c.latitude += (d.Float64() - 0.5) * 0.04
	c.longitude += (d.Float64() - 0.5) * 0.04
	return c
}

// record writes the person as a file of data/practitioners.
func (p *person) record(i int) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	list := func(of []string) string { return "[" + strings.Join(of, ", ") + "]" }
	line("name: {given: %q, family: %q}", p.given, p.family)
	line("pronouns: %s\nstatus: active\nheadline: %q", p.pronouns, p.headline)
	line("bio: |\n  %s", strings.ReplaceAll(p.bio, "\n", "\n  "))
	line("degrees: %s\nlicenses:", list(p.degrees))
	for k, l := range p.licences {
		expires := "2028-03-31"
		if l.expired {
			expires = "2026-02-28"
		}
		line("  - {state: %s, type: %s, number: \"%s%d%d\", expires: %s, verified_on: 2026-09-01}", l.state, l.letters, l.state, 60000000+i, k, expires)
	}
	line("ciip: {since: %d}", 2008+i%18)
	line("specialties:\n  top: %s\n  other: %s", list(p.top), list(p.other))
	line("modalities: %s\ncommunities: %s\nclients: %s\nages: %s\nlanguages: %s", list(p.modalities), list(p.communities), list(p.clients), list(p.ages), quotedList(p.languages))
	line("formats: {in_person: %t, telehealth: %t}", p.inPerson, p.video)
	if len(p.offices) > 0 {
		line("locations:")
	}
	for _, o := range p.offices {
		line("  - {street: %d Example Street, city: %q, state: %s, zip: %q, precision: exact, latitude: %.4f, longitude: %.4f}", 100+i%900, o.name, o.state, o.zips[0], o.latitude, o.longitude)
	}
	line("availability: {status: %s, confirmed_on: %s, times: %s}", p.status, p.confirmed, list(p.times))
	line("fees: {individual: {amount: %d, minutes: 50}, couple: {amount: %d, minutes: 75}, as_of: 2026-08-01}", p.fee, p.fee+60)
	if len(p.plans) > 0 {
		line("insurance:")
	}
	for _, plan := range p.plans {
		line("  - {plan: %s, network: in, confirmed_on: 2026-08-01}", plan)
	}
	line("contact: {phone: \"+120655501%02d\", email: p%d@example.org}", i%100, i)
	line("consent: {agreed_on: 2026-01-10}\nlast_confirmed: %s", p.confirmed)
	return b.String()
}

func quotedList(of []string) string {
	var quoted []string
	for _, v := range of {
		quoted = append(quoted, fmt.Sprintf("%q", v))
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}
