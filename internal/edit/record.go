package edit

import (
	"bytes"
	"encoding/base64"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"nwioi/internal/diag"
	"nwioi/internal/schema"
	"nwioi/internal/site"
	"nwioi/internal/source"
	"nwioi/internal/yamlx"
)

// A request is what a form sends.
type request struct {
	File   string          // below the root
	Base   []byte          // the file as it was when the form was made
	Page   string          // the URL path of the page to show
	Values map[string]any  // what the form says: see change.go
	Body   *string         // of a page: its Markdown
	Source *string         // the whole file as text, where there is no form for what it says
	Over   bool            // save in spite of errors
	Theirs []byte          // the file as it was on disk when the form was told of it
	Gone   bool            // the form was told that the file is gone
	Take   map[string]bool // of what was changed on both sides: what is taken from the disk, by field
	Kind   string          // of what is new
	Name   string
	Sure   string // how sure one is that a file is to go: "yes", or "lost" where nothing keeps it
}

// A record is one file, taken apart for the form.
type record struct {
	kind  *kind
	path  string
	data  []byte
	node  *schema.Node
	value *yamlx.Value // of the YAML, or of the front matter
	body  string       // of a page
	fault string       // why there is no form for it, or ""
	index *yamlx.Index // of the YAML
	first int          // the line on which the body begins
}

// recordOf takes a file apart. Every file has a record: one that cannot be read is edited as text.
func recordOf(k *kind, p string, data []byte, e *site.Edition) *record {
	r := &record{kind: k, path: p, data: data, node: schema.Of(k.id, e.Vocabularies)}
	nameRecords(r.node, k, e)
	yaml, line := data, 1
	if k.markdown {
		front, frontLine, body, bodyLine, problems := yamlx.Split(p, data)
		if problems.Failed() {
			r.fault = problems[0].Message
			return r
		}
		yaml, line, r.body, r.first = front, frontLine, string(body), bodyLine
	}
	value, err := yamlx.Read(yaml)
	switch {
	case err != nil:
		r.fault = err.Error()
	case value == nil:
		value = &yamlx.Value{Form: yamlx.Keyed}
	case value.Form != yamlx.Keyed:
		r.fault = "a record is a list of keys, each with its value"
	}
	r.value, r.index = value, yamlx.NewIndex(yaml, line)
	return r
}

// mostNames is up to how many records are a choice: a longer list is slower to go through than to type an id.
const mostNames = 500

// nameRecords makes choices of the keys that hold ids of other records.
func nameRecords(n *schema.Node, k *kind, e *site.Edition) {
	offer := func(key *schema.Node, names []schema.Choice) {
		if key != nil && len(key.Enum) == 0 && len(names) > 0 && len(names) <= mostNames {
			key.Enum = names
		}
	}
	switch k.id {
	case "event":
		var people []schema.Choice
		for _, p := range e.Practitioners {
			people = append(people, schema.Choice{Value: p.ID, Label: p.Name.Full()})
		}
		slices.SortStableFunc(people, func(a, b schema.Choice) int { return strings.Compare(a.Label, b.Label) })
		offer(n.Property("by"), people)
	case "course":
		var awards []schema.Choice
		for _, a := range e.Awards {
			awards = append(awards, schema.Choice{Value: a.ID, Label: a.Name})
		}
		if key := n.Property("awards"); key != nil {
			offer(key.Items, awards)
		}
	case "award":
		var courses []schema.Choice
		for _, c := range e.Courses {
			courses = append(courses, schema.Choice{Value: c.ID, Label: c.Name})
		}
		if key := n.Property("courses"); key != nil {
			offer(key.Items, courses)
		}
	}
}

// with returns the file with what the form says, and how many values of it that changes.
func (r *record) with(asked *request) ([]byte, int, error) {
	if asked.Source != nil {
		text := likeFile(r.data, *asked.Source)
		if bytes.Equal(text, r.data) {
			return r.data, 0, nil
		}
		return text, 1, nil
	}
	if r.fault != "" {
		return nil, 0, sorry("This file cannot be read as a form. Load the page again to edit it as text.")
	}
	edits, err := changes(r.node, r.value, anyMap(asked.Values))
	if err != nil {
		return nil, 0, err
	}
	data := r.data
	for _, e := range edits {
		if data, err = r.apply(data, e); err != nil {
			return nil, 0, sorry("This cannot be written into the file: " + err.Error() + ".")
		}
	}
	n := len(edits)
	if r.kind.markdown && asked.Body != nil {
		if body := likeBody(r.body, *asked.Body); body != r.body {
			data = yamlx.ReplaceBody(data, body)
			n++
		}
	}
	return data, n, nil
}

// apply makes one edit in the YAML of a file.
func (r *record) apply(data []byte, e yamlx.Edit) ([]byte, error) {
	if r.kind.markdown {
		return yamlx.ApplyFront(data, e)
	}
	return yamlx.Apply(data, e)
}

func anyMap(values map[string]any) any {
	if values == nil {
		return map[string]any{}
	}
	return values
}

// likeFile gives a text the line ends and the byte order mark of the file that it replaces.
func likeFile(old []byte, text string) []byte {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if bytes.Contains(old, []byte("\r\n")) {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	const bom = "\uFEFF"
	if bytes.HasPrefix(old, []byte(bom)) && !strings.HasPrefix(text, bom) {
		text = bom + text
	}
	return []byte(text)
}

// likeBody gives the body of a page the blank lines around it that it had.
func likeBody(old, text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	inner := strings.Trim(old, "\n")
	if strings.Trim(text, "\n") == inner {
		return old
	}
	if inner == "" {
		return "\n" + strings.Trim(text, "\n") + "\n"
	}
	start := strings.Index(old, inner)
	return old[:start] + strings.Trim(text, "\n") + old[start+len(inner):]
}

// A problem is a diagnostic of the file as the form shows it.
type problem struct {
	Field    string `json:"field"` // the path of the field it belongs to; "" for the whole file
	Severity string `json:"severity"`
	Message  string `json:"message"`
	Hint     string `json:"hint"`
	Line     int    `json:"line"`
	Missing  bool   `json:"missing"` // the field has nothing, and is needed
}

// What says that a key is not there: the message of the reader of YAML, and the remedy of other rules.
var (
	missingKey = regexp.MustCompile(`^(?:the key )?"([^"]+)" is (?:missing|needed)`)
	keyToAdd   = regexp.MustCompile(`^add ([a-z_]+):`)
)

// problems returns what is wrong with the file, each with the field it belongs to.
func (r *record) problems(all diag.List) []problem {
	list := []problem{}
	for _, d := range all {
		if d.Path != r.path {
			continue
		}
		p := problem{Severity: d.Severity.String(), Message: d.Message, Hint: d.Hint, Line: d.Pos.Line}
		switch {
		case r.fault != "" || r.index == nil:
		case r.kind.markdown && d.Pos.Line >= r.first:
			p.Field = "body"
		default:
			p.Field = r.index.FieldAt(d.Pos)
		}
		if m := missingKey.FindStringSubmatch(d.Message); m != nil {
			// Who fills in a form has seen no key.
			p.Field = r.missing(p.Field, m[1])
			p.Message, p.Hint, p.Missing = "“"+r.labelOf(p.Field)+"” is needed", "", true
		} else if m := keyToAdd.FindStringSubmatch(d.Hint); m != nil {
			p.Field = r.missing(p.Field, m[1])
		}
		list = append(list, p)
	}
	return list
}

// missing returns the path of a key that is missing in a group at a place or around it.
func (r *record) missing(at, key string) string {
	for around := at; ; around = parent(around) {
		if n := nodeAt(r.node, around); n != nil && childOf(n, key) != nil {
			return join(around, key)
		}
		if around == "" {
			return at
		}
	}
}

// parent returns the path of the group or list around a field.
func parent(path string) string {
	i := strings.LastIndexAny(path, ".[")
	return path[:max(0, i)]
}

// nodeAt returns the node of a field, or nil. A key that people name themselves may hold dots; it is the
// shortest after which the rest of the path leads somewhere.
func nodeAt(n *schema.Node, path string) *schema.Node {
	switch {
	case path == "" || n == nil:
		return n
	case path[0] == '[':
		_, rest, _ := strings.Cut(path, "]")
		return nodeAt(n.Items, strings.TrimPrefix(rest, "."))
	}
	for end := 1; end <= len(path); end++ {
		if end < len(path) && path[end] != '.' && path[end] != '[' {
			continue
		}
		if child := childOf(n, path[:end]); child != nil {
			if found := nodeAt(child, strings.TrimPrefix(path[end:], ".")); found != nil {
				return found
			}
		}
	}
	return nil
}

// find returns the record of a file, as the disk has it or as it was when the form was made.
func (h *Handler) find(now *served, p string, base []byte) (*record, error) {
	k := kindOf(p)
	if k == nil || !allowed(p) {
		return nil, &refusal{http.StatusBadRequest, "This is not the path of a file that can be edited here."}
	}
	if len(base) > source.MaxText {
		return nil, &refusal{http.StatusRequestEntityTooLarge, "This file is too large: a text may have one megabyte at most."}
	}
	return recordOf(k, p, base, now.edition), nil
}

// encode writes bytes for an attribute or JSON.
func encode(data []byte) string { return base64.StdEncoding.EncodeToString(data) }
