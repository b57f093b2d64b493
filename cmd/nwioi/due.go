package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"nwioi/internal/site"
)

// lineWidth is how wide text for people is at most, in characters: what a terminal shows in one line.
const lineWidth = 80

// An owned is what one owner has to see to.
type owned struct {
	owner string // empty: nobody is named
	due   []site.Due
	late  int // how many of them are overdue; they come first
}

// byOwner groups what is due by the names of owners; what nobody looks after comes last.
func byOwner(e *site.Edition, due []site.Due) []owned {
	at := map[string]int{}
	var groups []owned
	for _, d := range due {
		i, known := at[d.Owner]
		if !known {
			i = len(groups)
			at[d.Owner] = i
			groups = append(groups, owned{owner: d.Owner})
		}
		groups[i].due = append(groups[i].due, d)
		if d.On.Before(e.AsOf) {
			groups[i].late++
		}
	}
	slices.SortFunc(groups, func(a, b owned) int {
		if (a.owner == "") != (b.owner == "") {
			return cmp.Compare(b.owner, a.owner)
		}
		return strings.Compare(a.owner, b.owner)
	})
	return groups
}

// name is what the group is called.
func (o owned) name() string {
	if o.owner == "" {
		return "Nobody is named"
	}
	return o.owner
}

// counts says how much is overdue and how much is to come.
func counts(late, all int) string {
	coming := all - late
	switch {
	case late == 0:
		return fmt.Sprintf("%d coming", coming)
	case coming == 0:
		return fmt.Sprintf("%d overdue", late)
	}
	return fmt.Sprintf("%d overdue, %d coming", late, coming)
}

// ownerSection says how much each owner has to see to.
func ownerSection(e *site.Edition, due []site.Due, within int) section {
	type row struct {
		Owner   string `json:"owner"`
		Overdue int    `json:"overdue"`
		Coming  int    `json:"coming"`
	}
	rows := []row{}
	lines := [][]string{{"owner", "overdue", "coming"}}
	for _, o := range byOwner(e, due) {
		r := row{o.owner, o.late, len(o.due) - o.late}
		rows = append(rows, r)
		lines = append(lines, []string{o.name(), fmt.Sprint(r.Overdue), fmt.Sprint(r.Coming)})
	}
	return section{ID: "owners", Title: "What is due, by owner", Summary: dueSummary(e, due, within), Rows: rows, text: table(lines)}
}

func dueSummary(e *site.Edition, due []site.Due, within int) string {
	until := e.AsOf.AddDays(within).Long()
	if len(due) == 0 {
		return "Nothing is out of date, and nothing falls due by " + until + "."
	}
	late := 0
	for _, d := range due {
		if d.On.Before(e.AsOf) {
			late++
		}
	}
	return fmt.Sprintf("%d overdue, %d coming by %s.", late, len(due)-late, until)
}

// dueSection lists everything that is due, for people by owner.
func dueSection(e *site.Edition, due []site.Due, within int) section {
	type row struct {
		Owner   string `json:"owner"`
		Kind    string `json:"kind"`
		ID      string `json:"id"`
		Name    string `json:"name"`
		Path    string `json:"path"`
		Line    int    `json:"line"`
		What    string `json:"what"`
		Do      string `json:"do"`
		On      string `json:"on"`
		Overdue bool   `json:"overdue"`
		Sample  bool   `json:"sample"`
	}
	rows := []row{}
	for _, d := range due {
		rows = append(rows, row{d.Owner, d.Kind, d.ID, d.Name, d.Path, d.Line, d.What, d.Do, d.On.String(), d.On.Before(e.AsOf), d.Sample})
	}
	var b strings.Builder
	for i, o := range byOwner(e, due) {
		if i > 0 {
			b.WriteString("\n")
		}
		b.WriteString(o.text())
	}
	s := section{ID: "due", Title: "In detail", Summary: "For each: the day, what it is, what to do, and where.", Rows: rows, text: b.String()}
	s.programs = len(due) == 0
	return s
}

// text lists what an owner has to see to, what is overdue first. Where the same is to be done about several
// things in a row, it is said once, below them.
func (o owned) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", o.name(), counts(o.late, len(o.due)))
	if o.owner == "" {
		fmt.Fprintf(&b, "\n  %s\n", wrapped("So that somebody sees to these, write owner: in the record, or in the page that lists such records.", 2))
	}
	for _, part := range []struct {
		heading string
		due     []site.Due
	}{{"Overdue since", o.due[:o.late]}, {"Due on", o.due[o.late:]}} {
		if len(part.due) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n  %s\n", part.heading)
		for i, d := range part.due {
			name := d.Name
			if d.Sample {
				name += " (sample record)"
			}
			text := name + ": " + d.What + "."
			before := i > 0 && part.due[i-1].Do == d.Do
			after := i+1 < len(part.due) && part.due[i+1].Do == d.Do
			if !before && !after {
				text += " " + strings.ToUpper(d.Do[:1]) + d.Do[1:] + "."
			}
			const indent = len("  2026-11-23  ")
			margin := strings.Repeat(" ", indent)
			fmt.Fprintf(&b, "  %s  %s\n%s%s:%d\n", d.On, wrapped(text, indent), margin, d.Path, d.Line)
			if before && !after {
				fmt.Fprintf(&b, "%s%s\n", margin, wrapped("For each of these: "+d.Do+".", indent))
			}
		}
	}
	return b.String()
}

// practitionerSection lists what is due of people's records, for programs that read it before the other
// kinds came.
func practitionerSection(e *site.Edition, due []site.Due, within int) section {
	type row struct {
		ID      string `json:"id"`
		Name    string `json:"name"`
		Path    string `json:"path"`
		What    string `json:"what"`
		On      string `json:"on"`
		Overdue bool   `json:"overdue"`
	}
	rows := []row{}
	var people []site.Due
	for _, d := range due {
		if d.Kind == site.DuePractitioner {
			people = append(people, d)
			rows = append(rows, row{d.ID, d.Name, d.Path, d.What, d.On.String(), d.On.Before(e.AsOf)})
		}
	}
	return section{ID: "practitioners", Title: "Practitioners' records", Summary: dueSummary(e, people, within), Rows: rows, programs: true}
}

// mailSection has the reminders.
func mailSection(e *site.Edition, due []site.Due) section {
	type row struct {
		ID      string `json:"id"`
		Name    string `json:"name"`
		To      string `json:"to"`
		Subject string `json:"subject"`
		Body    string `json:"body"`
	}
	rows := []row{}
	var texts []string
	for _, m := range e.Reminders(due) {
		rows = append(rows, row{m.ID, m.Name, m.To, m.Subject, m.Body})
		to := m.To
		switch {
		case to == "" && m.Phone == "":
			to = m.Name + ", whose record has no e-mail address"
		case to == "":
			to = m.Name + ", whose record has no e-mail address; the phone number is " + m.Phone
		}
		var b strings.Builder
		fmt.Fprintf(&b, "To: %s\nSubject: %s\n\n", to, m.Subject)
		for line := range strings.Lines(m.Body) {
			indent := 0
			if strings.HasPrefix(line, "- ") {
				indent = 2
			}
			b.WriteString(wrapped(strings.TrimSuffix(line, "\n"), indent) + "\n")
		}
		texts = append(texts, b.String())
	}
	invented := map[string]bool{}
	for _, d := range due {
		if d.Kind == site.DuePractitioner && d.Sample {
			invented[d.ID] = true
		}
	}
	s := section{ID: "mails", Title: "Reminders", Rows: rows, text: strings.Join(texts, "\n"+strings.Repeat("-", lineWidth)+"\n\n")}
	s.Summary = "Nobody has to be asked anything."
	if len(rows) > 0 {
		s.Summary = fmt.Sprintf("A mail for %s, to copy into your mail program.", count(len(rows), "person", "people"))
	}
	if n := len(invented); n > 0 {
		s.Summary += fmt.Sprintf(" Sample records (%d) get none: their people are invented.", n)
	}
	return s
}

// wrapped breaks a text into lines of at most lineWidth characters, of which all but the first are
// indented. A word that is longer has a line of its own. The first line is taken to begin at the indent.
func wrapped(text string, indent int) string {
	var b strings.Builder
	at := indent
	for i, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case at+1+n > lineWidth:
			b.WriteString("\n" + strings.Repeat(" ", indent))
			at = indent
		default:
			b.WriteString(" ")
			at++
		}
		b.WriteString(word)
		at += n
	}
	return b.String()
}
