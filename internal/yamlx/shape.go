package yamlx

import (
	"reflect"
	"regexp"
	"slices"
)

// A Writing is how a value of a type is written in a file.
type Writing uint8

// The ways of writing a value.
const (
	WrittenAnyhow  Writing = iota // anything at all; nothing of it is kept
	WrittenText                   // a text
	WrittenBool                   // true or false
	WrittenInteger                // a whole number
	WrittenNumber                 // a number
	WrittenItself                 // a single value that the type reads itself, such as a date
	WrittenList                   // a list
	WrittenGroup                  // a group of known keys
	WrittenEntries                // a group whose keys are anything
)

// A Shape is what Decode accepts for a Go type, for those who describe it: a schema, a form, a starting
// file. It is read from the same plan as Decode reads, so the two cannot differ.
type Shape struct{ plan *plan }

// ShapeOf returns the shape of a type that Decode can read. A pointer has the shape of what it points to.
func ShapeOf(t reflect.Type) Shape { return shape(planOf(t)) }

func shape(p *plan) Shape {
	for p.kind == kindPointer {
		p = p.elem
	}
	return Shape{p}
}

// Type returns the Go type.
func (s Shape) Type() reflect.Type { return s.plan.typ }

// Writing returns how a value is written in its usual form.
func (s Shape) Writing() Writing {
	switch s.plan.kind {
	case kindText:
		return WrittenText
	case kindBool:
		return WrittenBool
	case kindInt:
		return WrittenInteger
	case kindFloat:
		return WrittenNumber
	case kindOwn:
		return WrittenItself
	case kindList:
		return WrittenList
	case kindStruct:
		return WrittenGroup
	case kindMap, kindOrdered:
		return WrittenEntries
	}
	return WrittenAnyhow
}

// Item returns the shape of the items of a list, or of the values of a group whose keys are anything.
func (s Shape) Item() Shape { return shape(s.plan.elem) }

// Keys returns the keys of a group, in the order of the type's fields.
func (s Shape) Keys() []Key {
	keys := make([]Key, len(s.plan.fields))
	for i := range s.plan.fields {
		f := &s.plan.fields[i]
		keys[i] = Key{
			Name: f.key, Shape: shape(f.plan), Needed: f.need, Max: f.max, Pattern: f.pattern, Choice: slices.Clone(f.choice),
			Form: f.form, Doc: f.doc, Tag: s.plan.typ.FieldByIndex(f.index).Tag,
		}
	}
	return keys
}

// A Key is one key of a group, as the tags of its field describe it.
type Key struct {
	Name    string
	Shape   Shape
	Needed  bool
	Max     int            // characters of a text, items of a list; 0: any number
	Pattern *regexp.Regexp // of a text, or of each text of a list; nil: any
	Choice  []string       // the words of a pattern that is nothing but a choice
	Form    string         // the pattern in words
	Doc     string         // what the key is for
	Tag     reflect.StructTag
}
