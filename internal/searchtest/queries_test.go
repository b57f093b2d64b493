package searchtest

import (
	"slices"
	"strings"

	"nwioi/internal/site"
)

// A query is what somebody types, and for which people it would be a right answer.
type query struct {
	kind, text string
	// right says by number of the directory's people who would be a right answer; never nobody.
	right []bool
}

// A kind of query draws one at random, or returns "" where this draw comes to nothing.
type kind struct {
	name, group string
	draw        func(a *asker) (text string, right func(*person) bool)
}

// An asker draws queries about a directory.
type asker struct {
	dice
	*directory
}

func (a *asker) person() *person { return one(a.dice, a.people) }
func (a *asker) alias() phrase   { return one(a.dice, a.phrases.aliases) }

// template takes one of the ways to say something.
func (a *asker) template(ways ...string) string { return one(a.dice, ways) }

// queries draws as many different queries of every kind as there are, up to most of each.
func (d *directory) queries(seed uint64, most int) []query {
	var all []query
	for i, k := range kinds {
		a := &asker{newDice(seed, uint64(i)), d}
		asked := map[string]bool{}
		for tries := 0; len(asked) < most && tries < 30*most; tries++ {
			text, right := k.draw(a)
			text = strings.TrimSpace(text)
			if text == "" || asked[text] {
				continue
			}
			q := query{kind: k.name, text: text, right: make([]bool, len(d.people))}
			somebody := false
			for i, p := range d.people {
				q.right[i] = right(p)
				somebody = somebody || q.right[i]
			}
			if somebody {
				asked[text] = true
				all = append(all, q)
			}
		}
	}
	return all
}

// Groups of kinds for which the institute has set a bar of its own.
const (
	misspeltNames = "misspelt names"
	nicknames     = "nicknames"
	synonyms      = "synonyms"
	states        = "states"
)

var groups = []string{misspeltNames, nicknames, synonyms, states}

var kinds = []kind{
	{"full name", "", func(a *asker) (string, func(*person) bool) {
		p := a.person()
		return a.casing(p.given + " " + p.family), sameName(p.name)
	}},
	{"family name first", "", func(a *asker) (string, func(*person) bool) {
		p := a.person()
		return a.casing(p.family + a.template(" ", ", ") + p.given), sameName(p.name)
	}},
	{"family name", "", func(a *asker) (string, func(*person) bool) {
		p := a.person()
		f := strings.Fields(fold(p.family))
		return a.casing(p.family), func(q *person) bool { return containsAll(q.words, f) }
	}},
	{"given name and city", "", func(a *asker) (string, func(*person) bool) {
		p := a.person()
		if !p.inPerson {
			return "", nil
		}
		c, given := one(a.dice, p.offices), strings.Fields(fold(p.given))
		return a.casing(a.template(p.given+" "+c.name, p.given+" in "+c.name, p.given+" "+c.name+" "+strings.ToLower(c.state))), func(q *person) bool {
			return q.inCity(c.name) && containsAll(q.words, given)
		}
	}},
	{"full name and letters", "", func(a *asker) (string, func(*person) bool) {
		p := a.person()
		l := p.licences[0].letters
		if a.once(3) {
			l = p.degrees[0]
		}
		return a.casing(p.given + " " + p.family + a.template(" ", ", ") + l), sameName(p.name)
	}},

	{"name, a letter left out", misspeltNames, misspelt(leaveOut, 4, 1)},
	{"name, a letter too many", misspeltNames, misspelt(putIn, 4, 1)},
	{"name, a wrong letter", misspeltNames, misspelt(replace, 4, 1)},
	{"name, letters swapped", misspeltNames, misspelt(swap, 4, 1)},
	{"name, first letter wrong", misspeltNames, misspelt(replaceFirst, 4, 1)},
	{"long name, two edits", misspeltNames, misspelt(twice, 8, 2)},
	{"family name alone, one edit", misspeltNames, func(a *asker) (string, func(*person) bool) {
		word := one(a.dice, strings.Fields(fold(a.person().family)))
		if len(word) < 4 {
			return "", nil
		}
		typed := once(a.dice, []rune(word))
		return typed, func(q *person) bool {
			return slices.ContainsFunc(q.words, func(w string) bool { return apart(typed, w, 1) <= 1 })
		}
	}},

	{"nickname and family name", nicknames, func(a *asker) (string, func(*person) bool) {
		p := a.person()
		nicks := a.world.nicknames[p.given]
		if nicks == nil {
			return "", nil
		}
		nick, family := one(a.dice, nicks), fold(p.family)
		return a.casing(nick + " " + p.family), func(q *person) bool {
			return fold(q.family) == family && (q.given == nick || slices.Contains(a.world.nicknames[q.given], nick))
		}
	}},
	{"accents left out", "", func(a *asker) (string, func(*person) bool) {
		p := a.person()
		whole := p.given + " " + p.family
		plain := withoutAccents(whole)
		if plain == whole {
			return "", nil
		}
		return a.casing(plain), sameName(p.name)
	}},
	{"apostrophe, hyphen or compound otherwise", "", func(a *asker) (string, func(*person) bool) {
		p := a.person()
		other := otherwise(a.dice, p.family)
		if other == p.family {
			return "", nil
		}
		return a.casing(p.given + " " + other), sameName(p.name)
	}},
	{"beginning of a family name", "", func(a *asker) (string, func(*person) bool) {
		p := a.person()
		word := []rune(one(a.dice, strings.Fields(fold(p.family))))
		if len(word) < 6 {
			return "", nil
		}
		begun := string(word[:4+a.IntN(len(word)-5)])
		return begun, func(q *person) bool {
			return slices.ContainsFunc(q.words, func(w string) bool { return strings.HasPrefix(w, begun) })
		}
	}},
	{"given name, beginning of the family name", "", func(a *asker) (string, func(*person) bool) {
		p := a.person()
		family, given := []rune(fold(p.family)), strings.Fields(fold(p.given))
		if len(family) < 5 || strings.Contains(string(family), " ") {
			return "", nil
		}
		begun := string(family[:1+a.IntN(len(family)-2)])
		return a.casing(p.given + " " + begun), func(q *person) bool {
			return containsAll(q.words, given) && slices.ContainsFunc(q.words[len(strings.Fields(fold(q.given))):], func(w string) bool { return strings.HasPrefix(w, begun) })
		}
	}},

	{"concern, its label", "", func(a *asker) (string, func(*person) bool) {
		l := one(a.dice, a.phrases.labels)
		return a.casing(a.template(l.text, l.text, "therapist for "+l.text, "help with "+l.text, l.text+" therapy")), a.phrases.meaning(l.text)
	}},
	{"concern, a synonym", synonyms, func(a *asker) (string, func(*person) bool) {
		l := a.alias()
		return a.casing(a.template(l.text, l.text, "therapist for "+l.text)), a.phrases.meaning(l.text)
	}},
	{"abbreviation", synonyms, func(a *asker) (string, func(*person) bool) {
		l := one(a.dice, a.phrases.short)
		return a.casing(a.template(l.text, l.text, l.text+" therapist", "help with "+l.text, "therapist for "+l.text)), a.phrases.meaning(l.text)
	}},
	{"clinical name", synonyms, func(a *asker) (string, func(*person) bool) {
		l := one(a.dice, a.phrases.clinical)
		return a.casing(a.template(l.text, l.text+" treatment", "diagnosed with "+l.text)), a.phrases.meaning(l.text)
	}},
	{"concern, misspelt", "", func(a *asker) (string, func(*person) bool) {
		l := one(a.dice, append(slices.Clone(a.phrases.aliases), a.phrases.labels...))
		list := strings.Fields(l.text)
		i := a.IntN(len(list))
		if len(list[i]) < 6 {
			return "", nil
		}
		if list[i] = once(a.dice, []rune(list[i])); list[i] == "" {
			return "", nil
		}
		typed := strings.Join(list, " ")
		exactly := a.phrases.meaning(typed)
		return a.casing(typed), func(p *person) bool { return p.has(l.facet, l.id) || exactly(p) }
	}},
	{"concern and city", "", func(a *asker) (string, func(*person) bool) {
		l, c := a.said(), often(a.dice, a.world.cities)
		concern := a.phrases.meaning(l)
		return a.casing(a.template(l+" "+c.name, l+" in "+c.name, c.name+" "+l, l+" therapist "+c.name, "therapist in "+c.name+" for "+l)), func(p *person) bool {
			return concern(p) && p.inCity(c.name)
		}
	}},
	{"concern and state", states, func(a *asker) (string, func(*person) bool) {
		l, s := a.said(), a.state()
		concern := a.phrases.meaning(l)
		return a.casing(a.template(l+" "+stateNames[s], l+" in "+stateNames[s], stateNames[s]+" "+l, l+" "+s)), func(p *person) bool {
			return concern(p) && p.sees(s)
		}
	}},

	{"state", states, func(a *asker) (string, func(*person) bool) {
		s := a.state()
		n := stateNames[s]
		return a.casing(a.template(n, n+" state", s, "therapist in "+n, n+" sex therapist", n+" therapists", "sex therapy "+n, "in "+n, "state of "+n,
				"counselor "+s, "sex therapist near me in "+n, "anyone in "+n, "couples therapist "+n, n+" counseling", "practitioners in "+n)), func(p *person) bool {
				return p.sees(s)
			}
	}},
	{"county", "", func(a *asker) (string, func(*person) bool) {
		c := one(a.dice, a.world.cities)
		text := c.county + " County"
		state := ""
		if a.once(3) {
			text, state = text+a.template(", ", " ")+a.template(c.state, stateNames[c.state]), c.state
		}
		return a.casing(a.template(text, text, "therapist in "+text, "sex therapist "+text, text+" therapists")), func(p *person) bool { return p.inCounty(c.county, state) }
	}},
	{"ZIP code", "", func(a *asker) (string, func(*person) bool) {
		c := one(a.dice, a.world.cities)
		zip := one(a.dice, c.zips)
		return a.template(zip, zip, "therapist "+zip, "sex therapist near "+zip, "therapist "+c.name+" "+zip), func(p *person) bool { return p.near(c, 30) }
	}},
	{"city, misspelt", "", func(a *asker) (string, func(*person) bool) {
		c := one(a.dice, a.world.cities)
		if strings.Contains(c.name, " ") {
			return "", nil
		}
		typed := once(a.dice, []rune(c.name))
		if len(c.name) < 5 || typed == "" {
			return "", nil
		}
		return a.casing(a.template(typed, "therapist in "+typed, "sex therapist "+typed)), func(p *person) bool {
			return p.inCity(c.name) || slices.ContainsFunc(p.words, func(w string) bool { return apart(fold(typed), w, 1) <= 1 })
		}
	}},

	{"insurance and concern in a sentence", "", func(a *asker) (string, func(*person) bool) {
		l, id := a.said(), a.plan()
		plan := a.phrases.said(a.dice, site.InsurancePlan, id)
		concern, takes := a.phrases.meaning(l), a.phrases.meaning(plan)
		return a.casing(a.template("therapist for "+l+" who takes "+plan, l+" "+plan, "does anyone take "+plan+" for "+l, "looking for help with "+l+", I have "+plan,
			plan+" "+l+" therapist", "who accepts "+plan+" and works with "+l)), func(p *person) bool { return concern(p) && takes(p) }
	}},
	{"language and concern in a sentence", "", func(a *asker) (string, func(*person) bool) {
		p := a.person()
		if len(p.languages) < 2 {
			return "", nil
		}
		l, id := a.said(), p.languages[1]
		language := a.phrases.said(a.dice, site.Language, id)
		concern, speaks := a.phrases.meaning(l), a.phrases.meaning(language)
		return a.casing(a.template(language+" speaking therapist for "+l, "therapist who speaks "+language+" "+l, l+" in "+language, language+" "+l)), func(p *person) bool {
			return concern(p) && speaks(p)
		}
	}},
	{"community in a sentence", "", func(a *asker) (string, func(*person) bool) {
		p := a.person()
		if len(p.communities) == 0 {
			return "", nil
		}
		c := a.phrases.said(a.dice, site.Community, one(a.dice, p.communities))
		return a.casing(a.template(c, c+" therapist", "therapist for "+c, "sex therapist who works with "+c)), a.phrases.meaning(c)
	}},
	{"couples, city and insurance in a sentence", "", func(a *asker) (string, func(*person) bool) {
		id, c := a.plan(), often(a.dice, a.world.cities)
		plan := a.phrases.said(a.dice, site.InsurancePlan, id)
		takes, couples, together := a.phrases.meaning(plan), a.phrases.meaning("couples"), a.phrases.meaning("couples therapy")
		return a.casing(a.template("couples therapist in "+c.name+" who takes "+plan, "couple counselor "+c.name+" "+plan, "someone in "+c.name+" for couples, "+plan+" insurance")), func(p *person) bool {
			return p.inCity(c.name) && takes(p) && (couples(p) || together(p))
		}
	}},
	{"letters and place", "", func(a *asker) (string, func(*person) bool) {
		p := a.person()
		l, c := p.licences[0].letters, often(a.dice, a.world.cities)
		if a.once(3) {
			l = p.degrees[0]
		}
		return a.casing(a.template(l+" "+c.name, l+" in "+c.name, c.name+" "+l)), func(p *person) bool { return p.letters(l) && p.inCity(c.name) }
	}},
	{"approach", "", func(a *asker) (string, func(*person) bool) {
		m := a.phrases.said(a.dice, site.Modality, one(a.dice, a.person().modalities))
		return a.casing(a.template(m, m, m+" therapist", "therapist trained in "+m)), a.phrases.meaning(m)
	}},
	{"hours and concern", "", func(a *asker) (string, func(*person) bool) {
		l := a.said()
		times := map[string][]string{"evening": {"evenings", "evening appointments", "after work"}, "weekend": {"weekends", "on saturday", "weekend sessions"}, "day": {"daytime", "mornings"}}
		when := one(a.dice, []string{"day", "evening", "weekend"})
		said := one(a.dice, times[when])
		concern := a.phrases.meaning(l)
		return a.casing(a.template(l+" "+said, l+" therapist "+said, said+" "+l)), func(p *person) bool { return concern(p) && slices.Contains(p.times, when) }
	}},
	{"new clients", "", func(a *asker) (string, func(*person) bool) {
		c, l := often(a.dice, a.world.cities), a.said()
		said := a.template("accepting new clients", "taking new clients", "open now", "accepting clients", "available now")
		concern := a.phrases.meaning(l)
		if a.once(2) {
			return a.casing(a.template(c.name+" "+said, said+" in "+c.name, "sex therapist "+c.name+" "+said)), func(p *person) bool { return p.inCity(c.name) && p.open() }
		}
		return a.casing(a.template(l+" "+said, said+" for "+l)), func(p *person) bool { return concern(p) && p.open() }
	}},
	{"video and state", states, func(a *asker) (string, func(*person) bool) {
		s, l := a.state(), a.said()
		n := stateNames[s]
		how := a.template("online", "telehealth", "video", "virtual", "zoom")
		concern := a.phrases.meaning(l)
		if a.once(2) {
			return a.casing(a.template(how+" therapist in "+n, how+" "+n, n+" "+how, how+" therapy "+n, how+" "+s, "therapist in "+n+" by "+how)), func(p *person) bool { return p.videoIn(s) }
		}
		return a.casing(a.template(l+" "+how+" "+n, how+" "+l+" "+n)), func(p *person) bool { return p.videoIn(s) && concern(p) }
	}},
}

// said is what somebody calls a concern: more often a synonym than the label.
func (a *asker) said() string {
	if a.once(3) {
		return one(a.dice, a.phrases.labels).text
	}
	return a.alias().text
}

func (a *asker) state() string { return one(a.dice, []string{"WA", "OR", "ID"}) }

func (a *asker) plan() string {
	for range 50 {
		if p := a.person(); len(p.plans) > 0 {
			return one(a.dice, p.plans)
		}
	}
	return a.phrases.of(site.InsurancePlan).Terms[0].ID
}

// casing writes a query as people do: mostly in small letters.
func (a *asker) casing(text string) string {
	switch a.IntN(10) {
	case 0:
		return strings.ToUpper(text[:1]) + text[1:]
	case 1, 2, 3:
		return text
	}
	return strings.ToLower(text)
}

// misspelt draws a full name of which one word of at least so many letters is spoilt. Everybody whose
// name is as near to that is right.
func misspelt(spoil edit, letters, edits int) func(a *asker) (string, func(*person) bool) {
	return func(a *asker) (string, func(*person) bool) {
		p := a.person()
		list := slices.Clone(p.words)
		i := a.IntN(len(list))
		if len([]rune(list[i])) < letters {
			return "", nil
		}
		if list[i] = spoil(a.dice, []rune(list[i])); list[i] == "" {
			return "", nil
		}
		typed := strings.Join(list, " ")
		if typed == p.name {
			return "", nil
		}
		return a.casing(typed), func(q *person) bool { return apart(typed, q.name, edits) <= edits }
	}
}

func sameName(name string) func(*person) bool {
	return func(p *person) bool { return p.name == name }
}

func containsAll(words, wanted []string) bool {
	for _, w := range wanted {
		if !slices.Contains(words, w) {
			return false
		}
	}
	return true
}

// withoutAccents keeps capitals, apostrophes and hyphens.
func withoutAccents(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch plain := fold(string(r)); {
		case r < 0x80, r == '’', plain == "":
			b.WriteRune(r)
		default:
			b.WriteString(plain)
		}
	}
	return b.String()
}

// otherwise writes a family name of several parts in another way, or returns it as it is.
func otherwise(d dice, family string) string {
	switch {
	case strings.ContainsAny(family, "'’"):
		return strings.NewReplacer("'", one(d, []string{"", " ", "’"}), "’", one(d, []string{"", " ", "'"})).Replace(family)
	case strings.Contains(family, "-"):
		return strings.ReplaceAll(family, "-", one(d, []string{"", " "}))
	case strings.Contains(family, " "):
		return strings.ReplaceAll(family, " ", one(d, []string{"", "-"}))
	}
	return family
}
