package main

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"nwioi/internal/refer"
	"nwioi/internal/serve"
)

const reportLong = `Report says what is out of date or falls due, by who looks after it: facts,
pages, requirement sets, courses, events, awards and practitioners' records. It
says too how evenly referrals went round.

A record belongs to the owner it names, otherwise to the owner of the page that
lists such records: /directory/ for practitioners, /courses/ for courses and
awards, /events/, /news/, and /pathway/ for requirement sets. The dates of a
course are wanted two months before its usual month. Practitioners are asked to
confirm at most two weeks ahead, so that nobody is asked who has just answered.

For each practitioner of whom something is due there is a mail to copy;
--mails=false leaves the mails out. Invented people and alumni get none.

A referral fits whoever was suggested in it, or meets its criteria and takes new
clients today. The even share is how often a person would have been suggested if
each referral had gone round among those it fits.

With --format json the answer is one object. Its keys stay the same:
  as_of, within  the day, and the number of days that are looked ahead
  sections       each with id, title, summary and rows
  rows of referrals:      id, name, suggested, last, fit, even
  rows of owners:         owner ("": nobody is named), overdue, coming
  rows of due:            owner, kind, id, name, path, line, what, do, on,
                          overdue, sample
  rows of practitioners:  id, name, path, what, on, overdue
  rows of mails:          id, name, to ("": no address), subject, body
A kind is fact, page, requirements, course, event, award or practitioner.`

// A section is one part of a report.
type section struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Summary string `json:"summary"`
	Rows    any    `json:"rows"` // a list

	text     string // the rows for people
	programs bool   // people read the same in another section
}

func reportCommand(stdout, stderr io.Writer) *cobra.Command {
	var (
		at             location
		within, format string
		mails          bool
	)
	c := &cobra.Command{
		Use:     "report",
		Short:   "Say what is out of date or falls due, and how evenly referrals went round",
		Long:    reportLong,
		Example: "  nwioi report --within 90d",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if format != "text" && format != "json" {
				return fmt.Errorf("--format %s: the formats are text and json", format)
			}
			days, err := strconv.Atoi(strings.TrimSuffix(within, "d"))
			if err != nil || days < 0 || days > 3660 || !strings.HasSuffix(within, "d") {
				return fmt.Errorf("--within %s: write a number of days, as in 60d", within)
			}
			d, err := at.open(stderr)
			if err != nil {
				return err
			}
			due := d.edition.Due(days)
			sections := []section{
				referralSection(refer.Open(d.edition, d.index, d.cards).Evenness()),
				ownerSection(d.edition, due, days),
				dueSection(d.edition, due, days),
				practitionerSection(d.edition, due, days),
			}
			if mails {
				sections = append(sections, mailSection(d.edition, due))
			}
			if format == "json" {
				err = printJSON(stdout, struct {
					AsOf     string    `json:"as_of"`
					Within   int       `json:"within"`
					Sections []section `json:"sections"`
				}{d.day.String(), days, sections})
			} else {
				err = printSections(stdout, sections)
			}
			if err != nil {
				return &serve.Failed{Sentence: "the report could not be written", Err: err}
			}
			return d.failed(stderr)
		},
	}
	at.flags(c)
	c.Flags().StringVar(&within, "within", "60d", "how many `days` to look ahead")
	c.Flags().StringVar(&format, "format", "text", "text or json")
	c.Flags().BoolVar(&mails, "mails", true, "with the text of a mail for each practitioner of whom something is due")
	return c
}

// printSections prints the sections that people read.
func printSections(w io.Writer, sections []section) error {
	var b strings.Builder
	for _, s := range sections {
		if s.programs {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "%s\n\n%s\n", s.Title, wrapped(s.Summary, 0))
		if s.text != "" {
			b.WriteString("\n" + s.text)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// table sets rows in columns; the first row has the headings.
func table(rows [][]string) string {
	if len(rows) < 2 {
		return ""
	}
	var b strings.Builder
	t := tabwriter.NewWriter(&b, 0, 0, 3, ' ', 0)
	for _, row := range rows {
		fmt.Fprintln(t, strings.Join(row, "\t"))
	}
	t.Flush()
	return b.String()
}

func referralSection(e *refer.Evenness) section {
	type row struct {
		ID        string  `json:"id"`
		Name      string  `json:"name"`
		Suggested int     `json:"suggested"`
		Last      string  `json:"last"`
		Fit       int     `json:"fit"`
		Even      float64 `json:"even"`
	}
	rows := []row{}
	s := section{ID: "referrals", Title: "Referrals"}
	lines := [][]string{{"suggested", "even share", "fits", "last", "who"}}
	for _, p := range e.Shares {
		even := math.Round(p.Even*10) / 10
		rows = append(rows, row{p.ID, p.Name, p.Suggested, p.Last.String(), p.Fit, even})
		if p.Fit == 0 {
			continue
		}
		last := p.Last.String()
		if last == "" {
			last = "never"
		}
		lines = append(lines, []string{strconv.Itoa(p.Suggested), fmt.Sprintf("%.1f", even), strconv.Itoa(p.Fit), last, p.Name})
	}
	s.Rows, s.text = rows, table(lines)
	if e.Referrals > 0 {
		s.Summary = fmt.Sprintf("%s with %s. ", count(e.Referrals, "referral", "referrals"), count(e.Suggestions, "suggestion", "suggestions"))
	}
	s.Summary += e.Verdict
	if e.Others > 0 {
		s.Summary += fmt.Sprintf(" %s named people who are not in the directory today.", count(e.Others, "suggestion", "suggestions"))
	}
	return s
}
