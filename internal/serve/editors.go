package serve

import (
	"fmt"
	"html/template"
	"net/url"
	"path/filepath"
	"strings"
)

// An Editor is a program that opens a file at a line by an address of its own scheme. The zero Editor is
// VS Code.
type Editor uint8

// The editors that have such an address, and none.
const (
	VSCode Editor = iota
	Cursor
	IDEA // IntelliJ IDEA and the other JetBrains programs
	Sublime
	NoEditor
)

// Editors are the words that stand for the editors, in their order.
var Editors = []string{"vscode", "cursor", "idea", "sublime", "none"}

// ParseEditor reads one of the words in Editors.
func ParseEditor(word string) (Editor, error) {
	for i, w := range Editors {
		if w == word {
			return Editor(i), nil
		}
	}
	return 0, fmt.Errorf("%q is not an editor we know how to open; use one of %s", word, strings.Join(Editors, ", "))
}

// link returns the address that opens a file below root at a line and a column, or "".
func (e Editor) link(root, file string, line, col int) template.URL {
	full := filepath.ToSlash(filepath.Join(root, filepath.FromSlash(file)))
	if !strings.HasPrefix(full, "/") {
		full = "/" + full // C:/site
	}
	escaped := (&url.URL{Path: full}).EscapedPath()
	switch e {
	case VSCode:
		return template.URL(fmt.Sprintf("vscode://file%s:%d:%d", escaped, line, col))
	case Cursor:
		return template.URL(fmt.Sprintf("cursor://file%s:%d:%d", escaped, line, col))
	case IDEA:
		return template.URL(fmt.Sprintf("idea://open?file=%s&line=%d&column=%d", url.QueryEscape(full), line, col))
	case Sublime:
		return template.URL(fmt.Sprintf("subl://open?url=%s&line=%d&column=%d", url.QueryEscape("file://"+escaped), line, col))
	}
	return ""
}
