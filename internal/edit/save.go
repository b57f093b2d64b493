package edit

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"nwioi/internal/source"
	"nwioi/internal/yamlx"
)

// A saved is the answer to "save".
type saved struct {
	Saved    bool      `json:"saved"`
	Base     []byte    `json:"base,omitempty"`     // the file as it is now
	Changed  int       `json:"changed"`            // how many values
	Problems []problem `json:"problems,omitempty"` // the errors that stand between the form and the file
	Conflict *conflict `json:"conflict,omitempty"`
}

// A conflict is what the form says and what the disk says, where both changed the file.
type conflict struct {
	Gone   bool         `json:"gone"` // the file was removed meanwhile
	Theirs []byte       `json:"theirs"`
	Fields []difference `json:"fields"`
	Whole  bool         `json:"whole"` // the two cannot be joined field by field
}

// A difference is a field that the form or the disk changed.
type difference struct {
	Path   string `json:"path"`
	Label  string `json:"label"`
	Was    string `json:"was"`
	Yours  string `json:"yours"`
	Theirs string `json:"theirs"`
	Both   bool   `json:"both"` // both changed it, and not to the same
}

// save writes the file with what the form says. Nothing is written where the disk has other bytes than
// the form was made from, until the person has seen them; nor where what is written has errors, until the
// person has said so.
func (h *Handler) save(_ context.Context, now *served, asked *request) (any, error) {
	mine, err := h.find(now, asked.File, asked.Base)
	if err != nil {
		return nil, err
	}
	data, n, err := mine.with(asked)
	if err != nil {
		return nil, err
	}
	disk, _, err := h.disk.read(asked.File)
	gone := errors.Is(err, fs.ErrNotExist)
	if err != nil && !gone {
		return nil, err
	}
	expected := asked.Base
	switch {
	case gone && asked.Gone:
		expected = nil
	case gone:
		return &saved{Conflict: &conflict{Gone: true}}, nil
	case !bytes.Equal(disk, asked.Base):
		yours := recordOf(mine.kind, mine.path, data, now.edition)
		theirs := recordOf(mine.kind, mine.path, disk, now.edition)
		if asked.Theirs == nil || !bytes.Equal(asked.Theirs, disk) {
			return &saved{Conflict: compare(mine, yours, theirs, disk)}, nil
		}
		expected = disk
		if data, n, err = join3(mine, yours, theirs, asked.Take); err != nil {
			return nil, err
		}
	}
	if n == 0 && !gone {
		return &saved{Saved: true, Base: disk}, nil
	}
	next, built := h.build(now, mine, data)
	if !asked.Over {
		problems := slices.DeleteFunc(next.problems(built.Problems), func(p problem) bool { return p.Severity != "error" })
		if len(problems) > 0 {
			return &saved{Problems: problems, Changed: n}, nil
		}
	}
	if err := h.disk.replace(asked.File, expected, data); errors.Is(err, source.ErrChanged) {
		return nil, sorry("The file changed on disk just now. Save again to see both versions.")
	} else if err != nil {
		return nil, err
	}
	return &saved{Saved: true, Base: data, Changed: n}, nil
}

// compare says field by field what the form and the disk made of the file.
func compare(was, yours, theirs *record, disk []byte) *conflict {
	c := &conflict{Theirs: disk}
	if was.fault != "" || yours.fault != "" || theirs.fault != "" {
		c.Whole = true
		c.Fields = []difference{{Label: "The whole file", Was: string(was.data), Yours: string(yours.data), Theirs: string(theirs.data), Both: true}}
		return c
	}
	for _, u := range units(was, yours, theirs) {
		if u.was == u.yours && u.was == u.theirs {
			continue
		}
		c.Fields = append(c.Fields, difference{Path: u.path, Label: was.labelOf(u.path), Was: u.was, Yours: u.yours, Theirs: u.theirs,
			Both: u.was != u.yours && u.was != u.theirs && u.yours != u.theirs})
	}
	return c
}

// join3 writes what the form changed into the file that the disk has. Take says which of the fields that
// both changed stay as the disk has them.
func join3(was, yours, theirs *record, take map[string]bool) ([]byte, int, error) {
	if was.fault != "" || yours.fault != "" || theirs.fault != "" {
		if take[""] {
			return theirs.data, 0, nil
		}
		return yours.data, 1, nil
	}
	data, n := theirs.data, 0
	for _, u := range units(was, yours, theirs) {
		if u.was == u.yours || u.yours == u.theirs || take[u.path] {
			continue
		}
		n++
		if u.path == bodyPath {
			data = yamlx.ReplaceBody(data, yours.body)
			continue
		}
		var value any
		if u.mine != nil {
			node := nodeAt(was.node, u.path)
			if node == nil {
				node = anything
			}
			value = whole(alternative(node, u.mine), u.mine, nil)
		}
		var err error
		if data, err = theirs.apply(data, yamlx.Edit{Path: u.path, Value: value}); err != nil {
			return nil, 0, sorry("The two versions cannot be joined: " + err.Error() + ".")
		}
	}
	return data, n, nil
}

// bodyPath stands for the body of a page among its fields.
const bodyPath = "body"

// A unit is a part of a record that is taken from one side as a whole.
type unit struct {
	path               string
	was, yours, theirs string // in lines, for reading
	mine               *yamlx.Value
}

// units takes three versions of a record apart, as finely as they have the same groups and lists.
func units(was, yours, theirs *record) []unit {
	list := split(nil, "", was.value, yours.value, theirs.value)
	if was.kind.markdown {
		list = append(list, unit{path: bodyPath, was: strings.Trim(was.body, "\n"), yours: strings.Trim(yours.body, "\n"), theirs: strings.Trim(theirs.body, "\n")})
	}
	return list
}

func split(list []unit, path string, was, yours, theirs *yamlx.Value) []unit {
	three := []*yamlx.Value{was, yours, theirs}
	all := func(form yamlx.Form) bool {
		return !slices.ContainsFunc(three, func(v *yamlx.Value) bool {
			return v == nil || v.Form != form || form == yamlx.List && len(v.Items) != len(was.Items)
		})
	}
	switch {
	case all(yamlx.Keyed):
		var keys []string
		for _, v := range three {
			for _, key := range v.Keys {
				if !slices.Contains(keys, key) {
					keys = append(keys, key)
				}
			}
		}
		for _, key := range keys {
			list = split(list, join(path, key), was.Get(key), yours.Get(key), theirs.Get(key))
		}
		return list
	case all(yamlx.List):
		for i := range was.Items {
			list = split(list, index(path, i), was.Items[i], yours.Items[i], theirs.Items[i])
		}
		return list
	}
	u := unit{path: path, mine: yours}
	for i, into := range []*string{&u.was, &u.yours, &u.theirs} {
		if three[i] != nil {
			*into = plain(three[i], "")
		}
	}
	return append(list, u)
}

// labelOf says in words which field a path names: "Licences 2, state".
func (r *record) labelOf(path string) string {
	if path == bodyPath && r.kind.markdown {
		return "The text of the page"
	}
	var words []string
	n, rest := r.node, path
	for rest != "" {
		if rest[0] == '[' {
			number, after, _ := strings.Cut(rest[1:], "]")
			if len(words) > 0 {
				words[len(words)-1] += " " + counted(number)
			}
			rest = strings.TrimPrefix(after, ".")
			if n != nil {
				n = n.Items
			}
			continue
		}
		end := strings.IndexAny(rest, ".[")
		if end < 0 {
			end = len(rest)
		}
		key := rest[:end]
		name := label(key)
		if n != nil {
			n = childOf(n, key)
		}
		if n != nil && n.Title != "" {
			name = n.Title
		}
		words = append(words, name)
		rest = strings.TrimPrefix(rest[end:], ".")
	}
	return strings.Join(words, ", ")
}

// counted writes the number of an item as people count: from 1.
func counted(number string) string {
	i, _ := strconv.Atoi(number)
	return strconv.Itoa(i + 1)
}
