package diag

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// JSON writes a report for programs: an array of objects with the keys path, line, col, severity,
// rule, message and hint, in order, all of them in each object. Lines and columns count from 1,
// columns in code points; an empty report is an empty array.
func JSON(w io.Writer, l List) error {
	type item struct {
		Path     string `json:"path"`
		Line     int    `json:"line"`
		Col      int    `json:"col"`
		Severity string `json:"severity"`
		Rule     string `json:"rule"`
		Message  string `json:"message"`
		Hint     string `json:"hint"`
	}
	items := make([]item, 0, len(l))
	for _, d := range l.Sorted() {
		items = append(items, item{d.Path, d.line(), d.col(), d.Severity.String(), d.Rule, d.Message, d.Hint})
	}
	return encode(w, items)
}

// encode writes v as indented JSON with <, > and & as they are.
func encode(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// GitHub writes a report as workflow commands, which GitHub Actions shows beside the lines of a pull
// request: https://docs.github.com/actions/reference/workflow-commands-for-github-actions. Nothing in
// a message can begin another command, because line ends and the separators are escaped.
//
// GitHub shows ten errors, ten warnings and ten notices of one step. So the first place of each cause comes
// before the other places of any.
func GitHub(w io.Writer, l List) error {
	var first, others List
	for _, c := range l.Causes() {
		first = append(first, c.Diagnostic)
		for _, place := range c.Places[1:] {
			others = append(others, c.at(place))
		}
	}
	out := bufio.NewWriter(w)
	for _, d := range append(first, others...) {
		command := d.Severity.String()
		if d.Severity < Warning {
			command = "notice"
		}
		text := safe(d.Message)
		if d.Hint != "" {
			text += "\n" + safe(d.Hint)
		}
		fmt.Fprintf(out, "::%s file=%s,line=%d,col=%d,endColumn=%d,title=%s::%s\n", command,
			property.Replace(d.Path), d.line(), d.col(), d.col()+max(1, d.Width), property.Replace(d.Rule), message.Replace(text))
	}
	return out.Flush()
}

var (
	message  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
