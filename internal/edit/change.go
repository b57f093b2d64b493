package edit

import (
	"fmt"
	"maps"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"nwioi/internal/schema"
	"nwioi/internal/yamlx"
)

// What a form sends for a record are values of JSON: a text for each line, choice, date, number or tick; a
// list of texts for choices; an object for a group, which leaves out what it does not say; and for a list
// its items in their order, each an object {"from": which item of the file it was, "value": …}. null
// removes.

// A changer collects the edits that make a file say what a form says.
type changer struct {
	edits []yamlx.Edit
}

// changes returns the edits in the order in which they are to be made, each one on what those before it
// have left. v is what the file says now.
func changes(n *schema.Node, v *yamlx.Value, posted any) ([]yamlx.Edit, error) {
	var c changer
	err := c.value(n, v, posted, "")
	return c.edits, err
}

func (c *changer) add(path string, value any, insert bool) {
	c.edits = append(c.edits, yamlx.Edit{Path: path, Value: value, Insert: insert})
}

// value compares one value with what was posted for it.
func (c *changer) value(n *schema.Node, v *yamlx.Value, posted any, path string) error {
	if v != nil && v.Form == yamlx.Nothing {
		v = nil
	}
	n = alternative(n, v)
	kind := control(n)
	if v == nil {
		fresh, err := build(n, posted)
		if err == nil && fresh != nil {
			c.add(path, fresh, false)
		}
		return err
	}
	if posted == nil {
		c.add(path, nil, false)
		return nil
	}
	if !fits(kind, v) {
		return &refusal{http.StatusBadRequest, fmt.Sprintf("%q cannot be changed by the form.", path)}
	}
	switch kind {
	case controlGroup, controlEntries:
		return c.group(n, v, posted, path)
	case controlList, controlChoices:
		return c.list(n, v, posted, path)
	}
	text, ok := posted.(string)
	if !ok {
		return malformed(path)
	}
	text = likeBefore(v.Text, text)
	switch {
	case text == v.Text:
	case strings.TrimSpace(text) == "":
		c.add(path, nil, false)
	default:
		c.add(path, typed(n, text), false)
	}
	return nil
}

// group compares the keys of a group that were posted. One of which nothing is left goes as a whole.
func (c *changer) group(n *schema.Node, v *yamlx.Value, posted any, path string) error {
	given, ok := posted.(map[string]any)
	if !ok {
		return malformed(path)
	}
	inner := changer{}
	gone := 0
	for _, key := range order(n, v, given) {
		child := childOf(n, key)
		if child == nil {
			return malformed(join(path, key))
		}
		before := len(inner.edits)
		if err := inner.value(child, v.Get(key), given[key], join(path, key)); err != nil {
			return err
		}
		if old := v.Get(key); old == nil && len(inner.edits) > before {
			inner.edits[before].After = earlier(n, key)
		}
		if v.Get(key) != nil && len(inner.edits) == before+1 && inner.edits[before].Value == nil && inner.edits[before].Path == join(path, key) {
			gone++
		}
	}
	if path != "" && gone == len(v.Keys) && gone == len(inner.edits) && gone > 0 {
		c.add(path, nil, false)
		return nil
	}
	c.edits = append(c.edits, inner.edits...)
	return nil
}

// earlier returns the keys of a group that come before one in the schema, so that a new key finds its
// place among them; nil where the schema has no order.
func earlier(n *schema.Node, key string) []string {
	keys := []string{}
	for _, p := range n.Properties {
		if p.Key == key {
			return keys
		}
		keys = append(keys, p.Key)
	}
	return nil
}

// order returns the keys that were posted: first those of the schema, in its order, then the others.
func order(n *schema.Node, v *yamlx.Value, given map[string]any) []string {
	var keys []string
	for _, p := range n.Properties {
		if _, ok := given[p.Key]; ok {
			keys = append(keys, p.Key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(given)) {
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// childOf returns the node of a key of a group.
func childOf(n *schema.Node, key string) *schema.Node {
	if child := n.Property(key); child != nil {
		return child
	}
	if key == "" || n.Type != "object" {
		return nil
	}
	return n.Items
}

// An item is one of a list as it was posted.
type item struct {
	from  int // -1: new
	value any
}

// list compares a list. What stays in its order is compared item by item; the rest is removed and
// inserted.
func (c *changer) list(n *schema.Node, v *yamlx.Value, posted any, path string) error {
	items, err := itemsOf(v, posted, path)
	if err != nil {
		return err
	}
	if len(items) == 0 {
		if len(v.Items) > 0 {
			c.add(path, nil, false)
		}
		return nil
	}
	var fresh []any // by item; of those that are new or moved
	stays := rising(items)
	kept := make([]bool, len(v.Items))
	for i, it := range items {
		var value any
		if stays[i] {
			kept[it.from] = true
		} else if value, err = c.moved(n.Items, v, it, path); err != nil {
			return err
		}
		fresh = append(fresh, value)
	}
	for i := len(v.Items) - 1; i >= 0; i-- {
		if !kept[i] && slices.Contains(kept, true) {
			c.add(index(path, i), nil, false)
		}
	}
	if !slices.Contains(kept, true) {
		// Nothing of the old list stays where it was.
		c.add(path, slices.DeleteFunc(fresh, func(v any) bool { return v == nil }), false)
		return nil
	}
	at := 0
	left := len(items)
	for i := range kept {
		if kept[i] {
			left--
		}
	}
	length := len(items) - left
	for i, it := range items {
		switch {
		case stays[i]:
			before := len(c.edits)
			if err := c.value(n.Items, v.Items[it.from], it.value, index(path, at)); err != nil {
				return err
			}
			if last := len(c.edits) - 1; last == before && c.edits[last].Value == nil && c.edits[last].Path == index(path, at) {
				length--
				continue // nothing of it is left
			}
		case fresh[i] == nil:
			continue
		default:
			c.add(index(path, at), fresh[i], at < length)
			length++
		}
		at++
	}
	return nil
}

// moved returns a new item, or one of the file that stands elsewhere now, with what was changed of it.
func (c *changer) moved(n *schema.Node, v *yamlx.Value, it item, path string) (any, error) {
	if it.from < 0 {
		return build(n, it.value)
	}
	inner := changer{}
	old := v.Items[it.from]
	if err := inner.value(n, old, it.value, ""); err != nil {
		return nil, err
	}
	return whole(alternative(n, old), old, it.value), nil
}

// itemsOf reads the items of a list that was posted, be it of choices or of items with their origin.
func itemsOf(v *yamlx.Value, posted any, path string) ([]item, error) {
	list, ok := posted.([]any)
	if !ok {
		return nil, malformed(path)
	}
	var items []item
	used := make([]bool, len(v.Items))
	for _, one := range list {
		it := item{from: -1, value: one}
		switch one := one.(type) {
		case string:
			for i, old := range v.Items {
				if !used[i] && old.Form == yamlx.Text && old.Text == one {
					it.from = i
					break
				}
			}
		case map[string]any:
			from, ok := one["from"].(float64)
			if !ok || from != float64(int(from)) || int(from) >= len(v.Items) {
				return nil, malformed(path)
			}
			it = item{max(-1, int(from)), one["value"]}
		default:
			return nil, malformed(path)
		}
		if it.from >= 0 {
			if used[it.from] {
				return nil, malformed(path)
			}
			used[it.from] = true
		}
		items = append(items, it)
	}
	if len(list) > 0 {
		if _, choices := list[0].(string); choices {
			// The order of a choice says nothing, so what was there stays where it was.
			slices.SortStableFunc(items, func(a, b item) int {
				switch {
				case a.from >= 0 && b.from >= 0:
					return a.from - b.from
				case a.from < 0 && b.from >= 0:
					return 1
				case a.from >= 0 && b.from < 0:
					return -1
				}
				return 0
			})
		}
	}
	return items, nil
}

// rising says which items can stay: a longest run of those that are in the file's order.
func rising(items []item) []bool {
	best := make([]int, len(items)) // the length of the longest run that ends here
	prev := make([]int, len(items))
	end, most := -1, 0
	for i, it := range items {
		prev[i] = -1
		if it.from < 0 {
			continue
		}
		best[i] = 1
		for j := range i {
			if items[j].from >= 0 && items[j].from < it.from && best[j]+1 > best[i] {
				best[i], prev[i] = best[j]+1, j
			}
		}
		if best[i] > most {
			end, most = i, best[i]
		}
	}
	stays := make([]bool, len(items))
	for ; end >= 0; end = prev[end] {
		stays[end] = true
	}
	return stays
}

// build makes a value of what was posted where the file has none; nil where nothing was typed.
func build(n *schema.Node, posted any) (any, error) {
	n = alternative(n, nil)
	switch given := posted.(type) {
	case nil:
		return nil, nil
	case string:
		given = strings.ReplaceAll(given, "\r\n", "\n")
		if strings.TrimSpace(given) == "" {
			return nil, nil
		}
		if strings.Contains(strings.TrimRight(given, "\n"), "\n") {
			given = strings.TrimRight(given, "\n") + "\n"
		}
		return typed(n, given), nil
	case []any:
		if n.Type != "array" {
			return nil, malformed(n.Title)
		}
		var list []any
		for _, one := range given {
			if it, ok := one.(map[string]any); ok {
				one = it["value"]
			}
			value, err := build(n.Items, one)
			if err != nil {
				return nil, err
			}
			if value != nil {
				list = append(list, value)
			}
		}
		if list == nil {
			return nil, nil
		}
		return list, nil
	case map[string]any:
		if n.Type != "object" {
			return nil, malformed(n.Title)
		}
		var group yamlx.Group
		for _, key := range order(n, nil, given) {
			child := childOf(n, key)
			if child == nil {
				return nil, malformed(key)
			}
			value, err := build(child, given[key])
			if err != nil {
				return nil, err
			}
			if value != nil {
				group = append(group, yamlx.Entry[any]{Key: key, Value: value})
			}
		}
		if group == nil {
			return nil, nil
		}
		return group, nil
	}
	return nil, malformed(n.Title)
}

// whole returns a value of the file with what was posted for it.
func whole(n *schema.Node, v *yamlx.Value, posted any) any {
	switch v.Form {
	case yamlx.Text:
		if text, ok := posted.(string); ok {
			return typed(n, likeBefore(v.Text, text))
		}
		return typed(n, v.Text)
	case yamlx.List:
		var list []any
		given, isList := posted.([]any)
		if !isList {
			for _, old := range v.Items {
				list = append(list, whole(itemsNode(n), old, nil))
			}
			return list
		}
		items, _ := itemsOf(v, given, "")
		for _, it := range items {
			if it.from >= 0 {
				list = append(list, whole(itemsNode(n), v.Items[it.from], it.value))
			} else if value, _ := build(itemsNode(n), it.value); value != nil {
				list = append(list, value)
			}
		}
		return list
	case yamlx.Keyed:
		var group yamlx.Group
		given, _ := posted.(map[string]any)
		for i, key := range v.Keys {
			one, said := given[key]
			if text, ok := one.(string); said && (one == nil || ok && strings.TrimSpace(text) == "") {
				continue
			}
			if value := whole(childOr(n, key), v.Items[i], one); value != nil {
				group = append(group, yamlx.Entry[any]{Key: key, Value: value})
			}
		}
		for _, key := range order(n, v, given) {
			if v.Get(key) == nil {
				if value, _ := build(childOr(n, key), given[key]); value != nil {
					group = append(group, yamlx.Entry[any]{Key: key, Value: value})
				}
			}
		}
		return group
	}
	return nil
}

// anything is the node of what no schema describes.
var anything = &schema.Node{}

func childOr(n *schema.Node, key string) *schema.Node {
	if child := childOf(n, key); child != nil {
		return child
	}
	return anything
}

func itemsNode(n *schema.Node) *schema.Node {
	if n.Items != nil {
		return n.Items
	}
	return anything
}

// alternative returns the form of a node that a value has, where it may have several; without a value the
// one that says most.
func alternative(n *schema.Node, v *yamlx.Value) *schema.Node {
	if len(n.Alternatives) == 0 {
		return n
	}
	for _, one := range n.Alternatives {
		if v != nil && fits(control(one), v) {
			return one
		}
	}
	for _, one := range n.Alternatives {
		if one.Type == "object" {
			return one
		}
	}
	return n.Alternatives[0]
}

// likeBefore gives a text that was typed the line ends and the last line of the one that it replaces.
func likeBefore(old, text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	body := strings.TrimRight(old, "\n")
	if strings.TrimRight(text, "\n") == body {
		return old
	}
	end := old[len(body):]
	if end == "" && strings.Contains(strings.TrimRight(text, "\n"), "\n") && !strings.Contains(body, "\n") {
		end = "\n"
	}
	if strings.TrimSpace(text) == "" {
		return ""
	}
	return strings.TrimRight(text, "\n") + end
}

// typed returns a text as the value that its node asks for, or as the text that it is.
func typed(n *schema.Node, text string) any {
	switch n.Type {
	case "integer":
		if i, err := strconv.Atoi(text); err == nil && strconv.Itoa(i) == text {
			return i
		}
	case "number":
		if x, err := strconv.ParseFloat(text, 64); err == nil && !math.IsInf(x, 0) && !math.IsNaN(x) {
			return x
		}
	case "boolean":
		if text == "true" || text == "false" {
			return text == "true"
		}
	}
	return text
}

func sorted(set map[string]bool) []string { return slices.Sorted(maps.Keys(set)) }

func malformed(path string) error {
	return &refusal{http.StatusBadRequest, fmt.Sprintf("What the form sent for %q could not be read.", path)}
}
