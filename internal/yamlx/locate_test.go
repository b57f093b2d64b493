package yamlx_test

import (
	"fmt"
	"strings"
	"testing"

	"nwioi/internal/diag"
	"nwioi/internal/yamlx"
)

func place(p diag.Diagnostic) string { return fmt.Sprintf("%d:%d", p.Pos.Line, p.Pos.Col) }

const located = `name: {given: "Ä b", family: O'Malley}
licenses:
  - state: WA
    number: 1 # ä
  - {state: OR, number: 2}
institute.founded:
  value: 1999
institute: {founded: {value: 2000}}
empty:
bio: |
  First line.

    Deep *line*.
folded: >
  a
  b
quoted: 'one two'
nested: [[a, b], [c]]
`

func TestLocate(t *testing.T) {
	for field, want := range map[string]string{
		"name":                         `11:7+32`,
		"name.given":                   `11:15+5`,
		"name.family":                  `11:30+8`,
		"name.missing":                 `11:7+32`,
		"name.given.deeper":            `11:15+5`,
		"licenses":                     `12:1+8`,
		"licenses[0]":                  `13:5+5`,
		"licenses[0].number":           `14:13+1`,
		"licenses[0].expires":          `13:5+5`,
		"licenses[1].state":            `15:13+2`,
		"licenses[7].state":            `12:1+8`,
		"licenses[-1]":                 `12:1+8`,
		"licenses[x":                   `12:1+8`,
		"institute.founded":            `16:1+17`,
		"institute.founded.value":      `17:10+4`,
		"institute.founded.value.more": `17:10+4`,
		"institute":                    `18:12+24`,
		"empty":                        `19:1+5`,
		"bio":                          `20:6+1`,
		"quoted":                       `27:9+9`,
		"nested[0][1]":                 `28:14+1`,
		"nested[1][1]":                 `28:18+3`,
		"missing":                      `11:1+0`,
		"":                             `11:1+0`,
	} {
		pos, width, line := yamlx.Locate([]byte(located), 11, field)
		if got := fmt.Sprintf("%d:%d+%d", pos.Line, pos.Col, width); got != want {
			t.Errorf("%q stands at %s, want %s", field, got, want)
		}
		if want := strings.Split(located, "\n")[pos.Line-11]; line != want {
			t.Errorf("%q is shown in %q, want %q", field, line, want)
		}
	}
	for order, input := range map[string]string{"short first": "a: {b: 1}\na.b: 2\n", "long first": "a.b: 2\na: {b: 1}\n"} {
		if _, _, line := yamlx.Locate([]byte(input), 1, "a.b"); line != "a.b: 2" {
			t.Errorf("%s: a.b is found in %q; the longest key wins", order, line)
		}
	}
	for _, broken := range []string{"", "a: [", "\xff", "&a [*a]", "a: &a {b: *a}"} {
		if pos, _, _ := yamlx.Locate([]byte(broken), 3, "x.b.b"); pos != (diag.Pos{Line: 3, Col: 1}) {
			t.Errorf("in %q at %v", broken, pos)
		}
	}
}

func TestWithin(t *testing.T) {
	index := yamlx.NewIndex([]byte(located), 11)
	for _, c := range []struct {
		field     string
		line, col int
		want      string
	}{
		{"bio", 1, 7, "21:9   First line."},
		{"bio", 3, 8, "23:10     Deep *line*."},
		{"quoted", 1, 5, "27:14 quoted: 'one two'"},
		{"name.family", 1, 3, "11:32 name: {given: \"Ä b\", family: O'Malley}"},
		{"folded", 1, 3, "24:9 folded: >"},
		{"name", 1, 3, "11:7 name: {given: \"Ä b\", family: O'Malley}"},
		{"missing", 2, 2, "11:1 name: {given: \"Ä b\", family: O'Malley}"},
	} {
		pos, line := index.Within(c.field, diag.Pos{Line: c.line, Col: c.col})
		if got := fmt.Sprintf("%d:%d %s", pos.Line, pos.Col, line); got != c.want {
			t.Errorf("%d:%d of %s is %q, want %q", c.line, c.col, c.field, got, c.want)
		}
	}
}
