package edit

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"nwioi/internal/schema"
	"nwioi/internal/site"
	"nwioi/internal/yamlx"
)

// The controls of a form: what somebody types or chooses a value with.
const (
	controlText    = "text"    // a line
	controlLong    = "long"    // several lines
	controlProse   = "prose"   // Markdown
	controlNumber  = "number"  // a line of digits
	controlDate    = "date"    // the browser's own
	controlCheck   = "check"   // yes or no
	controlRadio   = "radio"   // one of a few
	controlSelect  = "select"  // one of many
	controlChoices = "choices" // any number of a vocabulary
	controlGroup   = "group"
	controlList    = "list"
	controlEntries = "entries" // a group whose keys people name themselves
	controlKept    = "kept"    // what the form cannot show: it stays as it is
)

// fewChoices is up to how many words of a choice stand side by side.
const fewChoices = 5

// A field is one value of a record on the form, or a group or list of them.
type field struct {
	Control  string
	Path     string // as in diagnostics: licenses[0].state
	Key      string // in the group around it; "" for an item of a list
	From     int    // which item of the file's list it is; -1 for a new one
	Label    string
	Help     string
	Text     string // the value as it is written
	Odd      string // why the value cannot be what stands here, where that is so
	Required bool
	Today    bool // offers the day on which one types
	Max      int
	Choices  []choice
	Fields   []*field // of a group, list or entries
	Blank    *field   // of a list or entries: a further one
	Depth    int      // of Blank: how many lists lie around it, itself included
	Empty    bool     // a group or list of which the file has nothing
	Noun     string   // what one item of a list is called
	Brief    string   // the first words of a group among entries, which is folded away behind them
}

// A choice is a word that a value can be.
type choice struct {
	Value, Label string
	Chosen       bool
	Odd          bool // the file has it, and the vocabulary does not
}

// ID is the identifier of the field's input in the page. In a Blank it has ~1, ~2, … where the numbers of
// items will stand.
func (f *field) ID() string { return "f-" + f.Path }

// A former makes fields out of a schema and what a file says.
type former struct{ depth int }

// saidToday are the days that are mostly the one on which somebody types them.
var saidToday = []string{"last_confirmed", "confirmed_on", "verified_on", "as_of", "reviewed", "updated", "date", "agreed_on"}

// field makes the field of a node; v is nil where the file says nothing.
func (b former) field(n *schema.Node, v *yamlx.Value, path, key string) *field {
	f := &field{Path: path, Key: key, From: -1, Label: n.Title, Help: n.Doc, Required: n.Required, Max: n.Max, Noun: itemNoun(key)}
	if f.Label == "" {
		f.Label = label(key)
	}
	if v != nil && v.Form == yamlx.Nothing {
		v = nil
	}
	n = alternative(n, v)
	f.Empty = v == nil
	f.Control = control(n)
	if v != nil && !fits(f.Control, v) {
		f.kept(v)
		return f
	}
	switch f.Control {
	case controlGroup:
		for _, p := range n.Properties {
			f.Fields = append(f.Fields, b.field(p.Node, v.Get(p.Key), join(path, p.Key), p.Key))
		}
		if v != nil {
			for i, key := range v.Keys {
				if n.Property(key) == nil {
					odd := &field{Path: join(path, key), Key: key, Label: key, From: -1}
					odd.kept(v.Items[i])
					odd.Odd = "We do not know this key. It stays in the file until somebody removes it there."
					f.Fields = append(f.Fields, odd)
				}
			}
		}
	case controlEntries:
		if v != nil {
			for i, key := range v.Keys {
				one := b.field(n.Items, v.Items[i], join(path, key), key)
				one.Brief = brief(one)
				f.Fields = append(f.Fields, one)
			}
		}
		f.blank(b, n.Items, ".")
	case controlList:
		if v != nil {
			for i, item := range v.Items {
				one := b.field(n.Items, item, index(path, i), "")
				one.From, one.Label = i, cmp.Or(one.Label, capital(f.Noun))
				f.Fields = append(f.Fields, one)
			}
		}
		f.blank(b, n.Items, "[")
	case controlChoices:
		chosen := map[string]bool{}
		if v != nil {
			for _, item := range v.Items {
				chosen[item.Text] = true
			}
		}
		f.choose(n.Items.Enum, chosen)
	default:
		f.scalar(n, v)
	}
	return f
}

// brief returns the first words of a group, or "" for what is no group.
func brief(f *field) string {
	if f.Control == controlGroup {
		for _, child := range f.Fields {
			if child.Text != "" {
				return child.Text
			}
		}
		return "Show"
	}
	return ""
}

// scalar fills in a field of one value.
func (f *field) scalar(n *schema.Node, v *yamlx.Value) {
	if v != nil {
		f.Text = strings.TrimRight(v.Text, "\n")
	}
	switch f.Control {
	case controlRadio, controlSelect:
		chosen := map[string]bool{}
		if f.Text != "" {
			chosen[f.Text] = true
		}
		f.choose(n.Enum, chosen)
	case controlDate:
		f.Today = slices.Contains(saidToday, f.Key)
		if _, err := site.ParseDate(f.Text); f.Text != "" && err != nil {
			f.Control, f.Odd = controlText, "This is not a date. Write the year, month and day, as in 2026-11-30."
		}
	case controlCheck:
		if f.Text != "" && f.Text != "true" && f.Text != "false" {
			f.Control, f.Odd = controlText, "This is neither true nor false."
		}
	case controlText, controlNumber:
		if strings.Contains(f.Text, "\n") {
			f.Control = controlLong
		}
	}
}

// choose lists the words of a choice, and those of the file that it does not have.
func (f *field) choose(words []schema.Choice, chosen map[string]bool) {
	for _, w := range words {
		f.Choices = append(f.Choices, choice{Value: w.Value, Label: cmp.Or(w.Label, capital(w.Value)), Chosen: chosen[w.Value]})
		delete(chosen, w.Value)
	}
	for _, word := range sorted(chosen) {
		f.Choices = append(f.Choices, choice{Value: word, Label: word, Chosen: true, Odd: true})
	}
}

// kept makes a field that is shown and not changed.
func (f *field) kept(v *yamlx.Value) {
	f.Control, f.Text = controlKept, plain(v, "")
	f.Odd = "This is written in another way than the form knows. It stays as it is; change it in the file."
}

// blank makes the pattern of a further item.
func (f *field) blank(b former, items *schema.Node, opening string) {
	b.depth++
	mark := "~" + strconv.Itoa(b.depth)
	at := f.Path + "[" + mark + "]"
	if opening == "." {
		at = join(f.Path, mark)
	}
	key := ""
	if opening == "." {
		key = mark
	}
	f.Blank, f.Depth = b.field(items, nil, at, key), b.depth
	f.Blank.Label = cmp.Or(f.Blank.Label, capital(f.Noun))
}

// control returns what a value is typed or chosen with.
func control(n *schema.Node) string {
	switch n.Type {
	case "object":
		if n.Items != nil {
			return controlEntries
		}
		return controlGroup
	case "array":
		if len(n.Items.Enum) > 0 {
			return controlChoices
		}
		return controlList
	case "boolean":
		return controlCheck
	case "integer", "number":
		return controlNumber
	case "string":
		switch {
		case n.Format == "date":
			return controlDate
		case len(n.Enum) > fewChoices:
			return controlSelect
		case len(n.Enum) > 0:
			return controlRadio
		case n.Format == "markdown":
			return controlProse
		case n.Max >= 160:
			return controlLong
		}
		return controlText
	}
	return controlKept
}

// fits reports whether what a file says can be shown by a control.
func fits(control string, v *yamlx.Value) bool {
	switch control {
	case controlGroup, controlEntries:
		return v.Form == yamlx.Keyed
	case controlList:
		return v.Form == yamlx.List
	case controlChoices:
		if v.Form != yamlx.List {
			return false
		}
		for _, item := range v.Items {
			if item.Form != yamlx.Text {
				return false
			}
		}
		return true
	case controlKept:
		return false
	}
	return v.Form == yamlx.Text
}

// plain writes a value as lines, for reading only.
func plain(v *yamlx.Value, indent string) string {
	switch v.Form {
	case yamlx.Text:
		return strings.ReplaceAll(strings.TrimRight(v.Text, "\n"), "\n", "\n"+indent)
	case yamlx.List, yamlx.Keyed:
		var b strings.Builder
		for i, item := range v.Items {
			if i > 0 {
				b.WriteString("\n" + indent)
			}
			if v.Form == yamlx.List {
				b.WriteString("- " + plain(item, indent+"  "))
				continue
			}
			b.WriteString(v.Keys[i] + ": ")
			if item.Form == yamlx.List || item.Form == yamlx.Keyed {
				b.WriteString("\n" + indent + "  ")
			}
			b.WriteString(plain(item, indent+"  "))
		}
		return b.String()
	}
	return ""
}

// label makes words of a key: "first_session" is "First session".
func label(key string) string { return capital(strings.ReplaceAll(key, "_", " ")) }

// capital begins words with a capital letter.
func capital(words string) string {
	r, size := utf8.DecodeRuneInString(words)
	if size == 0 {
		return words
	}
	return string(unicode.ToUpper(r)) + words[size:]
}

// nouns are what one item of a list is called where that is not the list's name without an s.
var nouns = map[string]string{
	"licenses": "licence", "insurance": "insurance plan", "training": "training", "aliases": "former name",
	"covers": "subject", "links": "link", "more": "fact",
}

func itemNoun(key string) string {
	if n, ok := nouns[key]; ok {
		return n
	}
	return strings.ReplaceAll(strings.TrimSuffix(key, "s"), "_", " ")
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func index(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }
