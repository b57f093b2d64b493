package schema

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"nwioi/internal/site"
	"nwioi/internal/yamlx"
)

// A starter writes a starting file.
type starter struct {
	strings.Builder
	known  map[string]any // the values that are known, by field
	today  site.Date
	blanks []string
	told   []string // the vocabularies whose words were listed
}

// lineLength is about how long remarks are.
const lineLength = 100

func (w *starter) write(k Kind, n *Node, name string) {
	if k.Markdown {
		w.WriteString("---\n")
	}
	w.remark("", name+", begun on "+w.today.Long()+".")
	if k.Markdown {
		w.remark("", "A line that begins with # is a remark: take the # away from a key that is of use, and delete what is not. "+
			"A day is written as in "+w.today.String()+". The text, in Markdown, begins below the second line of hyphens. The "+k.Noun+" is published once you delete the line draft.")
	} else {
		w.remark("", "Fill in the blanks: the keys with nothing after their colon. nwioi check names those that are left. "+
			"A line that begins with # is a remark: take the # away from a key that is of use, and delete what is not. "+
			"A day is written as in "+w.today.String()+".")
	}
	for _, p := range n.Properties {
		w.WriteByte('\n')
		w.key(p, "", p.Key)
	}
	if k.Markdown {
		w.WriteString("---\n\n")
	}
}

// key writes one key of a group.
func (w *starter) key(p Property, indent, field string) {
	value, known := w.known[field]
	if value == "" {
		known = false
	}
	switch {
	case known:
		w.explain(p.Node, indent)
		w.line(indent, p.Key+": "+flow(value))
	case !p.Required && !w.knows(field):
		w.explain(p.Node, indent)
		w.line(indent, strings.TrimRight("# "+p.Key+": "+w.example(p.Node), " "))
	case p.Type == "object" && p.Items == nil:
		w.explain(p.Node, indent)
		w.line(indent, p.Key+":")
		w.group(p.Node, indent+"  ", field)
	case p.Type == "array" && p.Items.Type == "object":
		w.explain(p.Node, indent)
		w.line(indent, p.Key+":")
		w.item(p.Items, indent+"  ", field+"[0]")
	default:
		w.explain(p.Node, indent)
		w.line(indent, p.Key+":")
		w.blanks = append(w.blanks, field)
	}
}

// knows reports whether something is known of a field or within it.
func (w *starter) knows(field string) bool {
	for known := range w.known {
		if known == field || strings.HasPrefix(known, field+".") {
			return true
		}
	}
	return false
}

// group writes the keys of a group. One that needs none of them in particular is a blank itself, and its
// keys are remarks.
func (w *starter) group(n *Node, indent, field string) {
	if !slices.ContainsFunc(n.Properties, func(p Property) bool { return p.Required }) && !w.knows(field) {
		w.blanks = append(w.blanks, field)
	}
	for _, p := range n.Properties {
		w.key(p, indent, field+"."+p.Key)
	}
}

// item writes the first item of a list of groups, its first key after the hyphen.
func (w *starter) item(n *Node, indent, field string) {
	part := &starter{known: w.known, today: w.today, told: w.told}
	part.group(n, indent+"  ", field)
	w.blanks, w.told = append(w.blanks, part.blanks...), part.told
	hyphen := false
	for line := range strings.Lines(part.String()) {
		rest := strings.TrimPrefix(line, indent+"  ")
		if !hyphen && !strings.HasPrefix(rest, "#") {
			hyphen = true
			line = indent + "- " + rest
		} else if !hyphen {
			line = indent + rest
		}
		w.WriteString(line)
	}
}

// explain says in remarks what a key is for, what form it has and what there is to choose from.
func (w *starter) explain(n *Node, indent string) {
	text := n.description()
	if n.Format == "date" { // the head of the file says how days are written
		text = sentence(n.Doc)
	}
	switch {
	case n.Max > 0 && n.Type != "array":
		text += fmt.Sprintf(" At most %d characters.", n.Max)
	case n.Max > 0 && !strings.Contains(n.Doc, "most") && !strings.Contains(n.Doc, "p to"):
		text += fmt.Sprintf(" At most %d.", n.Max)
	}
	w.remark(indent, text)
	one := n
	if n.Type == "array" {
		one = n.Items
	}
	if len(one.Enum) == 0 || one.Format == "state" {
		return
	}
	if one.Facet != "" {
		if slices.Contains(w.told, one.Facet) {
			w.remark(indent, "The choices are those above.")
			return
		}
		w.told = append(w.told, one.Facet)
	}
	var choices []string
	for _, c := range one.Enum {
		if c.Label != "" && site.Slug(c.Label) != c.Value {
			c.Value += " (" + c.Label + ")"
		}
		choices = append(choices, c.Value)
	}
	w.remark(indent, "Choices: "+strings.Join(choices, "; ")+".")
}

// example writes an example on one line; a day is that of the file.
func (w *starter) example(n *Node) string {
	if n.Type == "" && n.Alternatives == nil {
		return "" // anything
	}
	value := n.Example()
	if n.Type == "object" && value == nil { // none of its keys is needed: show the first
		for _, p := range n.Properties {
			if one := p.Example(); one != nil {
				value = yamlx.Group{{Key: p.Key, Value: one}}
				break
			}
		}
	}
	return strings.ReplaceAll(flow(value), exampleDay, w.today.String())
}

// remark writes lines of remarks.
func (w *starter) remark(indent, text string) {
	line := indent + "#"
	for _, word := range strings.Fields(text) {
		if len(line)+len(word) >= lineLength {
			w.WriteString(line + "\n")
			line = indent + "#"
		}
		line += " " + word
	}
	w.WriteString(line + "\n")
}

func (w *starter) line(indent, text string) { w.WriteString(indent + text + "\n") }

// flow writes a value for YAML on one line.
func flow(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return scalar(v)
	case []any:
		var items []string
		for _, item := range v {
			items = append(items, flow(item))
		}
		return "[" + strings.Join(items, ", ") + "]"
	case yamlx.Group:
		var pairs []string
		for _, e := range v {
			pairs = append(pairs, e.Key+": "+flow(e.Value))
		}
		return "{" + strings.Join(pairs, ", ") + "}"
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(value)
}

var (
	plainText = regexp.MustCompile(`^(` + day + `|\p{L}[\p{L}\p{M}\p{N} .'’/+&()$-]*)$`)
	wordOfOwn = regexp.MustCompile(`(?i)^(true|false|yes|no|on|off|null|y|n)$`)
)

// scalar writes a text for YAML, in quotation marks where it could be taken for something else.
func scalar(text string) string {
	if plainText.MatchString(text) && !wordOfOwn.MatchString(text) && strings.TrimSpace(text) == text {
		return text
	}
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.Encode(text) // a text always has a JSON
	return strings.TrimSuffix(b.String(), "\n")
}
