package schema

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
)

// Dir is where the schemas of a site lie, below its root.
const Dir = ".vscode/schema/"

// The files of the editor that are kept in step, below the root.
const (
	SettingsFile   = ".vscode/settings.json"
	ExtensionsFile = ".vscode/extensions.json"
)

// File returns where the schema of the kind lies, below the root.
func (k Kind) File() string { return Dir + k.ID + ".json" }

// extension reads YAML with schemas in Visual Studio Code and what is built on it.
const extension = "redhat.vscode-yaml"

// errOwn says that a file of the editor cannot be added to.
var errOwn = errors.New("it is not plain JSON, perhaps because of a comment or a comma after the last entry, and what others wrote there is not touched; " +
	"remove the comments, or move the file away and take over from the new one what you need")

// Settings returns the editor's settings with those that make it complete and check records: which schema
// belongs to which files, and how texts are saved. All else that the old ones say stays, in its order; old
// is nil where there are none. The error is a sentence for old ones that cannot be read as JSON.
func Settings(old []byte) ([]byte, error) {
	o, err := parse(old)
	if err != nil {
		return nil, err
	}
	schemas, _ := o.get("yaml.schemas").(object)
	schemas = slices.DeleteFunc(schemas, func(m member) bool { return strings.HasPrefix(strings.TrimPrefix(m.key, "./"), Dir) })
	for _, k := range kinds {
		if k.Markdown {
			continue // the extension reads no front matter
		}
		var files []any
		for _, f := range k.Files {
			files = append(files, f)
		}
		schemas = append(schemas, member{"./" + k.File(), files})
	}
	o.set("yaml.schemas", schemas)
	o.set("yaml.schemaStore.enable", false) // the schemas of others do not fit, and are asked for over the network
	for _, m := range []member{
		{"yaml.validate", true}, {"yaml.completion", true}, {"yaml.hover", true},
		{"files.encoding", "utf8"}, {"files.eol", "\n"}, {"files.insertFinalNewline", true}, {"files.trimTrailingWhitespace", true},
	} {
		o.set(m.key, m.value)
	}
	o.within("files.associations", member{"data/**/*.yaml", "yaml"}, member{"content/**/*.md", "markdown"})
	o.within("[yaml]", member{"editor.insertSpaces", true}, member{"editor.tabSize", 2}, member{"editor.wordWrap", "on"})
	o.within("[markdown]", member{"editor.wordWrap", "on"})
	return o.file(old), nil
}

// Extensions returns the editor's list of recommended extensions with the one that reads schemas, as
// Settings does with the settings.
func Extensions(old []byte) ([]byte, error) {
	o, err := parse(old)
	if err != nil {
		return nil, err
	}
	list, _ := o.get("recommendations").([]any)
	if !slices.Contains(list, any(extension)) {
		list = append(list, extension)
	}
	o.set("recommendations", list)
	return o.file(old), nil
}

func (o object) get(key string) any {
	for _, m := range o {
		if m.key == key {
			return m.value
		}
	}
	return nil
}

func (o *object) set(key string, value any) {
	for i := range *o {
		if (*o)[i].key == key {
			(*o)[i].value = value
			return
		}
	}
	*o = append(*o, member{key, value})
}

// within sets members of an object that is a value of o.
func (o *object) within(key string, members ...member) {
	inner, _ := o.get(key).(object)
	inner = slices.Clone(inner)
	for _, m := range members {
		inner.set(m.key, m.value)
	}
	o.set(key, inner)
}

// file returns the object as a file; the old one itself where that says the same.
func (o object) file(old []byte) []byte {
	if before, err := parse(old); err == nil && old != nil && bytes.Equal(encode(before, ""), encode(o, "")) {
		return old
	}
	return append(encode(o, ""), '\n')
}

// parse reads a file that holds one JSON object; nil is an empty one.
func parse(data []byte) (object, error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return object{}, nil
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	v, err := value(d)
	if err != nil || d.More() {
		return nil, errOwn
	}
	o, ok := v.(object)
	if !ok {
		return nil, errOwn
	}
	return o, nil
}

// value reads the next JSON value, with the keys of objects in their order.
func value(d *json.Decoder) (any, error) {
	t, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch t {
	case json.Delim('{'):
		o := object{}
		for d.More() {
			key, err := d.Token()
			if err != nil {
				return nil, err
			}
			v, err := value(d)
			if err != nil {
				return nil, err
			}
			o = append(o, member{key.(string), v})
		}
		_, err = d.Token()
		return o, err
	case json.Delim('['):
		list := []any{}
		for d.More() {
			v, err := value(d)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		_, err = d.Token()
		return list, err
	}
	return t, nil
}
