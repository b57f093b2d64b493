// Package yamlx reads the YAML that staff write, into typed values, and says in plain sentences what
// is wrong with it and where.
//
// Decode never fails: it stores what is right, goes on after what is wrong, and reports all of it in
// one pass with line, column, remedy and the line itself. The values carry no positions; a later
// check that needs one asks Locate, which reads the file again, because that happens only when there
// is something to complain about. Types say with struct tags what a file may hold:
//
//	yaml:"key"      the key; "-" or no tag at all: not read; an embedded struct without a tag is
//	                read as if its fields stood in the outer one
//	need:"yes"      the key must be there; an empty text or list counts as missing
//	max:"120"       at most so many characters of text, or items of a list
//	pattern:"^…$"   the form of a text, or of each text of a list (regexp); ^(a|b)$ is a choice
//	form:"…"        the pattern in words, for the hint: "five digits"
//	doc:"…"         what the key is for, for people
//
// A scalar is what its characters say: 01067, yes and 1.10 are text where a text is wanted. true and
// false are the only truth values, and numbers are decimal. A key without a value, or with null or
// ~, is absent. What else a type accepts it says itself with encoding.TextUnmarshaler, ScalarReader
// or ListReader.
//
// What is wrong has one of these rules: file/too-large, file/encoding, page/front-matter, yaml/syntax,
// yaml/refused, yaml/unknown-key, yaml/duplicate-key, yaml/missing-key, yaml/type, yaml/form, yaml/choice,
// yaml/value, yaml/too-long, yaml/too-many, yaml/too-many-problems and, a warning, yaml/comment. All
// others are errors.
//
// The dialect is the part of YAML that can be read without knowing YAML. Anchors, aliases, merge
// keys, tags, several documents, tabs as indentation and deep nesting are refused with a sentence
// each; nothing in a file can make reading it expensive. The package is the only one that knows
// yaml.v3 and the front matter splitter; it reads no schema but Go types. It writes no whole files: Apply
// changes single values of a file and leaves every other byte.
package yamlx

// The bounds of a text file and of one YAML document.
const (
	MaxBytes = 1 << 20 // of any text file
	MaxDepth = 32      // lists and groups inside one another
)

// Discard takes any value and keeps nothing of it: for keys that may be written but are never read.
type Discard struct{}

// A Map is a group of keys and values of one kind, in the order in which they were written. Each key
// stands in it once.
type Map[T any] []Entry[T]

// An Entry is one key of a Map with its value.
type Entry[T any] struct {
	Key   string
	Value T
}

// Get returns the value of key, and whether it is there.
func (m Map[T]) Get(key string) (T, bool) {
	for i := range m {
		if m[i].Key == key {
			return m[i].Value, true
		}
	}
	var none T
	return none, false
}

func (Map[T]) ordered() {}

// A ScalarReader is a type that may be written as a single value instead of its usual form. The
// error's text is shown as it is told for Fault.
type ScalarReader interface{ FromScalar(text string) error }

// A ListReader is a type that may be written as a list of single values instead of its usual form.
// The error's text is shown as it is told for Fault.
type ListReader interface{ FromList(texts []string) error }

// A Describer is a type that says in a few words what it wants, such as "a date", for the sentence
// that reports something else in its place.
type Describer interface{ Wanted() string }

// A Fault is the error with which a type refuses a text (UnmarshalText, FromScalar, FromList). Any
// other error will do as well: its text is the message, preceded by the value unless it begins with
// a quotation mark.
type Fault struct {
	Message string // one sentence, no full stop
	Hint    string // the remedy
	Rule    string // the rule's id; "" for yaml/value
}

// Error returns the message.
func (f *Fault) Error() string { return f.Message }
