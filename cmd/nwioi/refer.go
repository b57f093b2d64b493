package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"nwioi/internal/diag"
	"nwioi/internal/refer"
	"nwioi/internal/search"
	"nwioi/internal/serve"
	"nwioi/internal/site"
	"nwioi/internal/write"
)

const referLong = `Refer suggests three people who meet every criterion and take new clients, says why, and writes a reply to paste.

CRITERIA are words that a visitor would search with, with commas between them: whom it is for, the
concern, "telehealth WA" for somebody in Washington, an insurer, a city or ZIP code, a language, "under $150".
Of several cities, states, insurers or languages any one will do; all else must be met.

Best matches come first; among equals those who were suggested longest ago. With --log the suggestion is
added to data/referrals.yaml as a day, criteria and ids: never the words you typed, nothing about the client.

With --json the answer is one object. Its keys stay the same:
  criteria     key, id, label, words
  fit, waiting how many people fit and are open, or keep a waiting list
  suggestions  id, name, letters, url, sample, waiting, reasons
  relax        label, total: what to give up, and how many people fit then
  notes        sentences for staff
  reply        the text to paste
  logged       whether the suggestion was added to the log`

func referCommand(stdout, stderr io.Writer) *cobra.Command {
	var (
		at          location
		asJSON, log bool
	)
	c := &cobra.Command{
		Use:     "refer CRITERIA",
		Short:   "Suggest three people for a referral, with the reasons and a reply to paste",
		Long:    referLong,
		Example: "  nwioi refer 'couples, painful sex, telehealth WA, Premera'\n  nwioi refer --log 'low desire, Tacoma'",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			text := strings.Join(args, " ")
			if len(text) > refer.MaxText {
				return fmt.Errorf("these criteria have %d letters, and %d are read: write only what is asked for", len(text), refer.MaxText)
			}
			d, err := at.open(stderr)
			if err != nil {
				return err
			}
			people := refer.Open(d.edition, d.index, d.cards)
			criteria, unread := people.Read(text)
			if err := understood(criteria, unread); err != nil {
				return err
			}
			a := people.Suggest(criteria)
			var unlogged error
			logged := false
			if log && len(a.Suggestions) > 0 {
				if unlogged = d.log(c, a.Entry()); unlogged == nil {
					logged = true
				}
			}
			if asJSON {
				err = printReferral(stdout, a, logged)
			} else {
				_, err = io.WriteString(stdout, referralText(a, log, logged))
			}
			if err != nil {
				return &serve.Failed{Sentence: "the answer could not be written", Err: err}
			}
			if unlogged != nil {
				return unlogged
			}
			return d.failed(stderr)
		},
	}
	at.flags(c)
	c.Flags().BoolVar(&asJSON, "json", false, "print the answer for a program")
	c.Flags().BoolVar(&log, "log", false, "add the suggestion to data/referrals.yaml")
	return c
}

// understood returns an error that names every part of the criteria that is none.
func understood(criteria []refer.Criterion, unread []refer.Unread) error {
	if len(unread) == 0 && len(criteria) == 0 {
		return errors.New(`what is asked for? Write it behind the command, as in: nwioi refer "couples, painful sex, telehealth WA"`)
	}
	if len(unread) == 0 {
		return nil
	}
	var said []string
	for _, u := range unread {
		words := u.Words
		if r := []rune(words); len(r) > 60 {
			words = string(r[:60]) + "…"
		}
		switch {
		case u.Long:
			said = append(said, fmt.Sprintf("%q has more than %d words: put commas between the criteria.", words, search.MaxWords))
		case len(u.Near) > 0:
			said = append(said, fmt.Sprintf("%q is no criterion that is known here; did you mean %s?", words, strings.Join(quoted(u.Near), " or ")))
		default:
			said = append(said, fmt.Sprintf("%q is no criterion that is known here.", words))
		}
	}
	said = append(said, "Nobody was suggested, so that no wish is lost. Write each criterion as in the directory, with commas between them.")
	return errors.New(strings.Join(said, "\n"))
}

// log adds an entry to the site's log of referrals.
func (d *desk) log(c *cobra.Command, entry site.Referral) error {
	for _, p := range d.errors {
		if p.Path == site.ReferralsPath && p.Severity == diag.Error {
			return &unmade{errors.New("nothing was logged, because " + site.ReferralsPath + " has the errors above; mend them and try again")}
		}
	}
	var content error
	err := write.Update(c.Context(), filepath.Join(d.root, filepath.FromSlash(site.ReferralsPath)), func(old []byte) ([]byte, error) {
		var added []byte
		added, content = refer.Append(old, entry)
		return added, content
	})
	if content != nil {
		return &unmade{content}
	}
	return err
}

// referralText is the answer for people.
func referralText(a *refer.Answer, log, logged bool) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("Asked for:")
	for _, c := range a.Criteria {
		line("- %s (%q)", c.Label, c.Words)
	}
	line("")
	line("Taking new clients: %s. With a waiting list: %s.", count(a.Fit, "person", "people"), count(a.Waiting, "person", "people"))
	for _, n := range a.Notes {
		line("%s", n)
	}
	for i, s := range a.Suggestions {
		line("")
		line("%d. %s", i+1, refer.Named(s.Card))
		for _, r := range s.Reasons {
			line("   %s", r)
		}
		line("   %s, %s.", s.Card.Availability.Label, s.Card.Availability.Confirmed)
	}
	if len(a.Relax) > 0 {
		line("")
		line("Give up one criterion, and more people fit:")
		for _, r := range a.Relax {
			line("- without %q: %s", r.Label, count(r.Total, "person", "people"))
		}
	} else if len(a.Suggestions) == 0 && len(a.Criteria) > 1 {
		line("")
		line("No single criterion brings anybody when it is given up: ask for fewer.")
	}
	if reply := a.Reply(); reply != "" {
		line("")
		line("----- reply to paste -----")
		b.WriteString(reply)
		line("----- end of the reply -----")
	}
	switch {
	case logged:
		line("")
		line("Logged in %s: the day, the criteria and the ids.", site.ReferralsPath)
	case log && len(a.Suggestions) == 0:
		line("")
		line("Nothing was logged, because nobody was suggested.")
	case !log && len(a.Suggestions) > 0:
		line("")
		line("Not logged. When you send it, run the command again with --log, so that the next suggestion goes round.")
	}
	return b.String()
}

func printReferral(w io.Writer, a *refer.Answer, logged bool) error {
	type criterion struct {
		Key   string `json:"key"`
		ID    string `json:"id"`
		Label string `json:"label"`
		Words string `json:"words"`
	}
	type suggestion struct {
		ID      string   `json:"id"`
		Name    string   `json:"name"`
		Letters string   `json:"letters"`
		URL     string   `json:"url"`
		Sample  bool     `json:"sample"`
		Waiting bool     `json:"waiting"`
		Reasons []string `json:"reasons"`
	}
	type relax struct {
		Label string `json:"label"`
		Total int    `json:"total"`
	}
	out := struct {
		Criteria    []criterion  `json:"criteria"`
		Fit         int          `json:"fit"`
		Waiting     int          `json:"waiting"`
		Suggestions []suggestion `json:"suggestions"`
		Relax       []relax      `json:"relax"`
		Notes       []string     `json:"notes"`
		Reply       string       `json:"reply"`
		Logged      bool         `json:"logged"`
	}{[]criterion{}, a.Fit, a.Waiting, []suggestion{}, []relax{}, orEmpty(a.Notes), a.Reply(), logged}
	for _, c := range a.Criteria {
		out.Criteria = append(out.Criteria, criterion{c.Key, c.ID, c.Label, c.Words})
	}
	for _, s := range a.Suggestions {
		out.Suggestions = append(out.Suggestions, suggestion{s.Person.ID, s.Card.Name, s.Card.Letters, s.URL, s.Card.Sample, s.Waiting, s.Reasons})
	}
	for _, r := range a.Relax {
		out.Relax = append(out.Relax, relax{r.Label, r.Total})
	}
	return printJSON(w, out)
}
