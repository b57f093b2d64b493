package diag

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// TextOptions says how Text shows a report.
type TextOptions struct {
	Color  bool // with ANSI colours: for a terminal, unless NO_COLOR is set
	Source bool // with the line that is meant and a mark under the place
}

// Text writes a report for people. Each diagnostic begins with a line that editors and terminals
// turn into a link, whatever the options:
//
//	path:line:col: severity: sentence [rule/id]
//
// Errors come before warnings and those before notes. The line of the file follows with carets under
// what is meant, then the hint, then the other places of the same cause. Nothing a file holds
// reaches the terminal as it is: control and bidirectional characters are written as what they are,
// so they cannot move the cursor or turn words around. Long lines are cut around the place.
func Text(w io.Writer, l List, opt TextOptions) error {
	out := bufio.NewWriter(w)
	p := printer{Writer: out, color: opt.Color}
	for _, c := range l.Causes() {
		p.head(c.Diagnostic)
		if opt.Source && c.Source != "" {
			p.source(c.Diagnostic)
		} else if c.Hint != "" {
			p.WriteString("    " + safe(c.Hint) + "\n")
		}
		p.also(c)
	}
	return out.Flush()
}

// Summary says in a few words how much is wrong: "2 errors, 1 warning in 40 places", or "no problems".
func Summary(l List) string {
	causes, places := map[Severity]int{}, map[Severity]int{}
	for _, c := range l.Causes() {
		causes[c.Severity]++
		places[c.Severity] += len(c.Places)
	}
	var parts []string
	for _, s := range []Severity{Error, Warning, Note} {
		if causes[s] == 0 {
			continue
		}
		part := count(causes[s], s.String())
		if places[s] > causes[s] {
			part += " in " + count(places[s], "place")
		}
		parts = append(parts, part)
	}
	return cmp.Or(strings.Join(parts, ", "), "no problems")
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

// The styles are SGR parameters of ECMA-48. Only the eight colours that every terminal theme defines
// are used, and no word is told by its colour alone.
const (
	bold   = "1"
	dim    = "2"
	red    = "1;31"
	yellow = "1;33"
	cyan   = "1;36"
)

type printer struct {
	*bufio.Writer
	color bool
}

func (p printer) in(style, text string) string {
	if !p.color || text == "" {
		return text
	}
	return "\x1b[" + style + "m" + text + "\x1b[0m"
}

func (p printer) head(d Diagnostic) {
	fmt.Fprintf(p, "%s %s %s %s\n", p.in(bold, d.place()+":"), p.in(d.style(), d.Severity.String()+":"), safe(d.Message), p.in(dim, "["+safe(d.Rule)+"]"))
}

// source shows the line with carets and the hint beside them.
func (p printer) source(d Diagnostic) {
	number := fmt.Sprintf("%4d", d.line())
	text, before, marked := window(d)
	blank := strings.Repeat(" ", len(number))
	fmt.Fprintf(p, "%s %s\n", p.in(dim, number+" |"), text)
	fmt.Fprintf(p, "%s %s%s", p.in(dim, blank+" |"), strings.Repeat(" ", before), p.in(d.style(), strings.Repeat("^", marked)))
	if d.Hint != "" {
		p.WriteString(" " + safe(d.Hint))
	}
	p.WriteByte('\n')
}

// also names the other places of a cause, several on a line.
func (p printer) also(c Cause) {
	if len(c.Places) < 2 {
		return
	}
	const indent = "    "
	line := indent + "also in " + count(len(c.Places)-1, "other place") + ":"
	for i, place := range c.Places[1:] {
		text := c.at(place).place()
		if i < len(c.Places)-2 {
			text += ","
		}
		if cells(line)+1+cells(text) > windowCells {
			p.WriteString(p.in(dim, line) + "\n")
			line = indent + " "
		}
		line += " " + text
	}
	p.WriteString(p.in(dim, line) + "\n")
}

// How much of a long line is shown: cells in all, and cells before the place.
const (
	windowCells = 96
	leadCells   = 32
)

// window returns the part of a diagnostic's line that is shown, how many cells stand before the mark,
// and how many the mark takes.
func window(d Diagnostic) (text string, before, marked int) {
	line := strings.TrimRight(d.Source, "\r\n")
	start := offsetOf(line, d.col()-1)
	end := start + offsetOf(line[start:], max(1, d.Width))
	head, middle, tail := safe(line[:start]), safe(line[start:end]), safe(line[end:])
	if cells(head)+cells(middle)+cells(tail) > windowCells {
		if cells(head) > leadCells {
			head = "…" + lastCells(head, leadCells-1)
		}
		room := windowCells - cells(head)
		if cells(middle) > room {
			middle, tail = firstCells(middle, room-1)+"…", ""
		} else if cells(middle)+cells(tail) > room {
			tail = firstCells(tail, room-cells(middle)-1) + "…"
		}
	}
	return strings.TrimRight(head+middle+tail, " "), cells(head), max(1, cells(middle))
}

// offsetOf returns the byte at which character n of text begins, or the end of text.
func offsetOf(text string, n int) int {
	at := 0
	for ; n > 0 && at < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}

func (d Diagnostic) style() string {
	switch d.Severity {
	case Error:
		return red
	case Warning:
		return yellow
	}
	return cyan
}

func (d Diagnostic) place() string { return fmt.Sprintf("%s:%d:%d", safe(d.Path), d.line(), d.col()) }

// line and col are the place as it is shown: the whole file stands at its beginning.
func (d Diagnostic) line() int { return max(1, d.Pos.Line) }
func (d Diagnostic) col() int  { return max(1, d.Pos.Col) }
