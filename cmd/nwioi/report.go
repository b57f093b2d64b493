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
	"nwioi/internal/site"
)

const reportLong = `Report says how evenly referrals went round, and what of the practitioners' records is out of date or falls due.

A referral fits whoever was suggested in it, or meets its criteria and takes new clients today. The even
share is how often a person would have been suggested if each referral had gone round among those it fits.

With --format json the answer is one object. Its keys stay the same:
  as_of, within  the day, and the number of days that are looked ahead
  sections       each with id, title, summary and rows
  rows of referrals:      id, name, suggested, last, fit, even
  rows of practitioners:  id, name, path, what, on, overdue`

// A section is one part of a report.
type section struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Summary string `json:"summary"`
	Rows    any    `json:"rows"` // a list

	table [][]string // the rows for people, the first with headings
}

func reportCommand(stdout, stderr io.Writer) *cobra.Command {
	var (
		at             location
		within, format string
	)
	c := &cobra.Command{
		Use:     "report",
		Short:   "Say how evenly referrals went round, and what falls due",
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
			sections := []section{
				referralSection(refer.Open(d.edition, d.index, d.cards).Evenness()),
				dueSection(d.edition, days),
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
	return c
}

func printSections(w io.Writer, sections []section) error {
	for i, s := range sections {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "%s\n\n%s\n", s.Title, s.Summary)
		if len(s.table) > 1 {
			fmt.Fprintln(w)
		}
		t := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
		for _, row := range s.table {
			if len(s.table) > 1 {
				fmt.Fprintln(t, strings.Join(row, "\t"))
			}
		}
		if err := t.Flush(); err != nil {
			return err
		}
	}
	return nil
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
	s := section{ID: "referrals", Title: "Referrals", table: [][]string{{"suggested", "even share", "fits", "last", "who"}}}
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
		s.table = append(s.table, []string{strconv.Itoa(p.Suggested), fmt.Sprintf("%.1f", even), strconv.Itoa(p.Fit), last, p.Name})
	}
	s.Rows = rows
	if e.Referrals > 0 {
		s.Summary = fmt.Sprintf("%s with %s. ", count(e.Referrals, "referral", "referrals"), count(e.Suggestions, "suggestion", "suggestions"))
	}
	s.Summary += e.Verdict
	if e.Others > 0 {
		s.Summary += fmt.Sprintf(" %s named people who are not in the directory today.", count(e.Others, "suggestion", "suggestions"))
	}
	return s
}

func dueSection(e *site.Edition, within int) section {
	type row struct {
		ID      string `json:"id"`
		Name    string `json:"name"`
		Path    string `json:"path"`
		What    string `json:"what"`
		On      string `json:"on"`
		Overdue bool   `json:"overdue"`
	}
	rows := []row{}
	s := section{ID: "practitioners", Title: "Practitioners' records", table: [][]string{{"due", "who", "what"}}}
	overdue := 0
	for _, d := range e.Due(within) {
		late := d.On.Before(e.AsOf)
		if late {
			overdue++
		}
		rows = append(rows, row{d.ID, d.Name, d.Path, d.What, d.On.String(), late})
		s.table = append(s.table, []string{d.On.String(), d.Name, d.What})
	}
	s.Rows = rows
	s.Summary = fmt.Sprintf("%d overdue, %d within %d days.", overdue, len(rows)-overdue, within)
	return s
}
