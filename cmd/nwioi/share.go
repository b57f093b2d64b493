package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"nwioi/internal/assemble"
	"nwioi/internal/diag"
	"nwioi/internal/serve"
	"nwioi/internal/site"
)

const shareLong = `Share writes a post about an event, a course, a news post or a person: a short one for Bluesky, Mastodon and
the like (300 characters at most), and a long one for mail or Facebook, with the address, and with the alt
text of the picture that the networks show.

ID is the id of the record: the name of its file. A course held at one time is written course/instance. Where
several records have the id, put the kind in front: event:, course:, news: or person:.

A post says nothing that the page does not show. Drafts, sample records and people who are not in the
directory at present are refused.

With --format json the answer is one object. Its keys stay the same:
  kind, id      what is shared
  title, date   as the page shows them; date is "" for a person
  link          the address of the page
  short, long   the posts
  image, alt    the address of the picture, and what it shows`

func shareCommand(stdout, stderr io.Writer) *cobra.Command {
	var (
		at     location
		format string
	)
	c := &cobra.Command{
		Use:     "share ID",
		Short:   "Write a post about an event, a course, a news post or a person",
		Long:    shareLong,
		Example: "  nwioi share talking-about-desire\n  nwioi share sar/2027-spring\n  nwioi share person:maya-quezada",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if format != "text" && format != "json" {
				return fmt.Errorf("--format %s: the formats are text and json", format)
			}
			d, err := at.open(stderr)
			if err != nil {
				return err
			}
			s, err := d.subject(args[0])
			if err != nil {
				return err
			}
			if s.refusal != "" {
				return &unmade{errors.New(s.refusal)}
			}
			p, err := d.post(s)
			if err != nil {
				return err
			}
			if format == "json" {
				err = printJSON(stdout, p)
			} else {
				_, err = io.WriteString(stdout, p.text())
			}
			if err != nil {
				return &serve.Failed{Sentence: "the post could not be written", Err: err}
			}
			return d.failed(stderr)
		},
	}
	at.flags(c)
	c.Flags().StringVar(&format, "format", "text", "text or json")
	return c
}

// A subject is what can be shared.
type subject struct {
	kind, id string // as they are written behind the command: "event", "talking-about-desire"
	url      string // of the page
	instance string // of a course
	refusal  string // why there is no post about it; empty: there is one
}

// subjects returns everything that has an id, what is refused too.
func (d *desk) subjects() []subject {
	var all []subject
	for _, e := range d.edition.Events {
		s := subject{kind: "event", id: e.ID, url: site.EventURL(e.ID)}
		if e.Sample || d.cards[e.By].Sample {
			s.refusal = "the event " + e.ID + " is a sample, and what is invented must not be advertised"
		}
		all = append(all, s)
	}
	for _, c := range d.edition.Courses {
		all = append(all, subject{kind: "course", id: c.ID, url: site.CourseURL(c.ID)})
		for _, in := range c.Instances {
			all = append(all, subject{kind: "course", id: c.ID + "/" + in.ID, url: site.CourseURL(c.ID), instance: in.ID})
		}
	}
	for _, p := range d.edition.Pages {
		if !p.IsNews() {
			continue
		}
		url := p.URL()
		s := subject{kind: "news", id: strings.TrimSuffix(strings.TrimPrefix(url, site.NewsURL), "/"), url: url}
		switch {
		case p.Front.Draft:
			s.refusal = "the post " + s.id + " is a draft; take draft: true out of " + p.File.Path + " when it is ready"
		case !d.edition.Visible(p):
			s.refusal = "the post " + s.id + " is not published on " + d.day.Long() + ": see date and expires in " + p.File.Path
		}
		all = append(all, s)
	}
	for _, p := range d.edition.Profiles {
		s := subject{kind: "person", id: p.ID, url: site.ProfileURL(p.ID)}
		switch {
		case p.Sample:
			s.refusal = p.Name.Full() + " is a sample record, and an invented person must not be advertised"
		case p.Status == "paused":
			s.refusal = p.Name.Full() + " pauses at present: share the page when they are back"
		case p.Status == "alumni":
			s.refusal = p.Name.Full() + " is no longer a member, so the institute does not advertise them"
		}
		all = append(all, s)
	}
	return all
}

// subject returns what an id means. The error names what is nearest, or every kind that has the id.
func (d *desk) subject(text string) (subject, error) {
	kind, id, marked := strings.Cut(text, ":")
	if !marked {
		kind, id = "", text
	} else if !slices.Contains([]string{"event", "course", "news", "person"}, kind) {
		return subject{}, fmt.Errorf("%q is no kind that can be shared: write event:, course:, news: or person: in front of an id", kind)
	}
	var found []subject
	var ids, names []string
	for _, s := range d.subjects() {
		if kind != "" && s.kind != kind {
			continue
		}
		ids = append(ids, s.id)
		if s.id == id {
			found = append(found, s)
			names = append(names, s.kind+":"+s.id)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return subject{}, fmt.Errorf("%d records have the id %q: write %s", len(found), id, strings.Join(names, " or "))
	}
	if near := diag.Nearest(id, ids); near != "" {
		return subject{}, fmt.Errorf("nothing here has the id %q; did you mean %q?", id, near)
	}
	return subject{}, fmt.Errorf("nothing here has the id %q: it is the name of a file in data/events, data/courses, content/news or data/practitioners, without its ending", id)
}

// post writes the post about a subject from the view of its page.
func (d *desk) post(s subject) (*post, error) {
	if d.edition.Target(s.url) == nil {
		return nil, &unmade{fmt.Errorf("%s has no page, so there is nothing to link to", s.id)}
	}
	file := site.FileOf(s.url)
	for _, r := range assemble.Recipes(d.edition, d.theme, nil) {
		if r.Path == file {
			p := wordsOf(r.View, s.instance)
			p.Kind, p.ID = s.kind, s.id
			return p, nil
		}
	}
	return nil, &unmade{fmt.Errorf("%s has no page, so there is nothing to link to", s.id)}
}
