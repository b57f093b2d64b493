package yamlx

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// normal returns a value of an edit with one line end, without what is nil, and as one of the types
// string, bool, int, float64, []any and Group, which stand at most depth levels deep in one another.
func normal(v any, depth int) (any, error) {
	if depth < 0 {
		return nil, fmt.Errorf("a value stands at most %d levels deep", MaxDepth)
	}
	switch v := v.(type) {
	case nil, bool, int:
		return v, nil
	case string:
		if !utf8.ValidString(v) {
			return nil, errors.New("the new text is not UTF-8")
		}
		return oneLineEnd(v), nil
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, errors.New("the new value is no number")
		}
		return v, nil
	case []string:
		list := make([]any, len(v))
		for i, text := range v {
			list[i] = text
		}
		return normal(list, depth)
	case []any:
		list := []any{}
		for _, one := range v {
			one, err := normal(one, depth-1)
			if err != nil {
				return nil, err
			}
			if one != nil {
				list = append(list, one)
			}
		}
		return list, nil
	case Group:
		group := Group{}
		for _, entry := range v {
			one, err := normal(entry.Value, depth-1)
			if err != nil {
				return nil, err
			}
			if _, twice := group.Get(entry.Key); twice || !utf8.ValidString(entry.Key) {
				return nil, fmt.Errorf("the new group has the key %q twice, or it is no text", entry.Key)
			}
			if one != nil {
				group = append(group, Entry[any]{entry.Key, one})
			}
		}
		return group, nil
	}
	return nil, fmt.Errorf("a value of type %T cannot be written", v)
}

func oneLineEnd(text string) string {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
}

// scalarText returns what the characters of a single value say.
func scalarText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}

// valueFor returns what a file with this value says.
func valueFor(v any) *Value {
	switch v := v.(type) {
	case Group:
		out := &Value{Form: Keyed}
		for _, entry := range v {
			out.Keys, out.Items = append(out.Keys, entry.Key), append(out.Items, valueFor(entry.Value))
		}
		return out
	case []any:
		out := &Value{Form: List}
		for _, one := range v {
			out.Items = append(out.Items, valueFor(one))
		}
		return out
	}
	return &Value{Form: Text, Text: scalarText(v)}
}

// valueFrom returns what a single value of a file says.
func valueFrom(n *yaml.Node) *Value {
	v, err := written(n)
	if err != nil {
		return &Value{}
	}
	return v
}

// changed returns a copy of a value in which change was made to the value at a path.
func changed(v *Value, at []step, change func(*Value) *Value) *Value {
	if len(at) == 0 {
		return change(v)
	}
	out := *v
	out.Items = slices.Clone(v.Items)
	i := at[0].index
	if !at[0].item {
		i = slices.Index(v.Keys, at[0].key)
	}
	out.Items[i] = changed(v.Items[i], at[1:], change)
	return &out
}

// Equal reports whether two documents say the same. The order of keys says nothing, and an empty group is
// as good as nothing at all.
func (v *Value) Equal(other *Value) bool {
	nothing := func(v *Value) bool { return v == nil || v.Form == Keyed && len(v.Keys) == 0 }
	if v == nil || other == nil {
		return nothing(v) && nothing(other)
	}
	if v.Form != other.Form || v.Text != other.Text || len(v.Items) != len(other.Items) {
		return false
	}
	for i, one := range v.Items {
		its := other.Items[i]
		if v.Form == Keyed {
			its = other.Get(v.Keys[i])
		}
		if its == nil || !one.Equal(its) {
			return false
		}
	}
	return true
}
