package schema

import (
	"fmt"
	"strings"
)

// An asked is a question of the issue form: a key of the record, or one that stands for a group.
type asked struct {
	path     string // of the key, as in contact.email
	question string // "" for the key's title
	help     string // "" for the key's own words
	long     bool   // several lines
	required bool
}

// theForm is what a practitioner can answer in public. What is not here is asked by mail, or filled in by
// the office.
var theForm = []asked{
	{path: "name.given", required: true},
	{path: "name.family", required: true},
	{path: "pronouns"},
	{path: "headline", required: true},
	{path: "bio", long: true, required: true},
	{path: "first_session", long: true},
	{path: "licenses", question: "Licences", help: "One a line: the state, the letters and the number, such as WA, LMFT, LF 60123456. All of this is public record. An associate's line names the supervisor too.", long: true, required: true},
	{path: "certifications", help: "One a line: the certificate and since when, such as AASECT Certified Sex Therapist, 2018.", long: true},
	{path: "degrees"},
	{path: "ciip.since", question: "CIIP since", help: "Since when you are a Certified Integrated Intimacy Practitioner: a year, a month or a day.", required: true},
	{path: "specialties.top", question: "Specialties: at most three that stand on the card", required: true},
	{path: "specialties.other", question: "Specialties: up to nine more"},
	{path: "modalities"},
	{path: "communities"},
	{path: "clients", required: true},
	{path: "ages", required: true},
	{path: "spirituality"},
	{path: "languages", required: true},
	{path: "formats.in_person", question: "Do you see clients in an office?", required: true},
	{path: "formats.telehealth", question: "Do you see clients by video?", required: true},
	{path: "locations", help: "For each office the city, state and ZIP code, and the street only if readers may see it. Not your home.", long: true},
	{path: "availability.status", question: "Do you take new clients?", required: true},
	{path: "fees", help: "In dollars, for how many minutes, and for whom; or write that readers should ask.", long: true, required: true},
	{path: "insurance", help: "One plan a line, and whether you are in its network or out of it.", long: true},
	{path: "contact.website"},
	{path: "contact.booking"},
	{path: "practice"},
	{path: "practising_since"},
	{path: "training", help: "One a line, as it is to be read.", long: true},
}

// IssueForm returns the form on GitHub (docs.github.com, syntax for GitHub's form schema) with which a
// practitioner asks to be listed, with the words of the vocabularies as choices.
func IssueForm(words Vocabularies) []byte {
	f := &form{}
	f.line("# The questions are those of a practitioner's record. nwioi schema writes this file.")
	f.line("name: New practitioner")
	f.line("description: Ask to be listed in the directory.")
	f.line(`title: "New practitioner: "`)
	f.line("body:")
	f.line("  - type: markdown")
	f.line("    attributes:")
	f.line("      value: |")
	f.text("        ", `Thank you for asking to be listed. What you write here becomes your profile, once somebody has read it. “The person”
in the questions is you.

**Whoever can see this repository can see this form, and so can search engines if the repository is public.**
Write only what may stand on your profile. Please send by e-mail, and not here: your phone number and
e-mail address if they are not those of your practice, your home address, your photograph, and
anything else that is for the office alone. Never write anything about a client, not even changed or
without a name. The number of a licence is public record and may stand here.`)
	record := Of("practitioner", words)
	for _, q := range theForm {
		f.question(record, q)
	}
	f.line("  - type: checkboxes")
	f.line("    id: consent")
	f.line("    attributes:")
	f.line("      label: Before you send it")
	f.line("      options:")
	for _, promise := range []string{
		"I am the person whom this is about, and I agree that it is published in the directory.",
		"There is nothing about a client in it, and nothing that is not meant for readers.",
	} {
		f.line("        - label: " + quoted(promise))
		f.line("          required: true")
	}
	return []byte(f.String())
}

// A form is the file while it is written.
type form struct{ strings.Builder }

func (f *form) line(text string) { f.WriteString(text + "\n") }

func (f *form) text(indent, text string) {
	for _, line := range strings.Split(text, "\n") {
		if line == "" {
			f.line("")
			continue
		}
		f.line(indent + line)
	}
}

// question writes one question: a list of a vocabulary as boxes, a choice as a menu, all else as text.
func (f *form) question(record *Node, q asked) {
	n := record
	for _, key := range strings.Split(q.path, ".") {
		n = n.Property(key)
	}
	title, help := n.Title, n.description()
	if q.question != "" {
		title = q.question
	}
	if q.help != "" {
		help = q.help
	}
	kind, options := "input", []string(nil)
	switch {
	case n.Type == "array" && len(n.Items.Enum) > 0:
		kind, options = "checkboxes", labels(n.Items.Enum)
	case n.Type == "boolean":
		kind, options = "dropdown", []string{"Yes", "No"}
	case len(n.Enum) > 0:
		kind, options = "dropdown", labels(n.Enum)
	case q.long:
		kind = "textarea"
	}
	f.line("  - type: " + kind)
	f.line("    id: " + strings.ReplaceAll(q.path, ".", "-"))
	f.line("    attributes:")
	f.line("      label: " + quoted(title))
	f.line("      description: " + quoted(help))
	if text, ok := n.Example().(string); ok && options == nil {
		f.line("      placeholder: " + quoted(text))
	}
	if options != nil {
		f.line("      options:")
	}
	for _, o := range options {
		if kind == "checkboxes" {
			o = "label: " + quoted(o)
		} else {
			o = quoted(o)
		}
		f.line("        - " + o)
	}
	if q.required && kind != "checkboxes" { // of boxes only a single one can be required
		f.line("    validations:")
		f.line("      required: true")
	}
}

// labels are what people read for choices.
func labels(choices []Choice) []string {
	var all []string
	for _, c := range choices {
		if c.Label == "" {
			c.Label = plain(c.Value)
		}
		all = append(all, c.Label)
	}
	return all
}

// quoted writes a text for YAML in quotation marks.
func quoted(text string) string { return fmt.Sprintf("%q", text) }
