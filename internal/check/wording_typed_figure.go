package check

import (
	"slices"
	"strings"

	"nwioi/internal/diag"
	"nwioi/internal/site"
)

// A typed is a figure with its unit that stands in a text as words, and not as a cited fact.
type typed struct {
	value, unit string
	text        *text
	start, end  int
}

// unitWords are the units of facts by the words that are written for them.
var unitWords = map[string]string{
	"hour": "hour", "hours": "hour", "ceu": "CEU", "ceus": "CEU", "month": "month", "months": "month", "week": "week", "weeks": "week",
	"weekend": "weekend", "weekends": "weekend", "day": "day", "days": "day", "year": "year", "years": "year",
	"person": "person", "people": "person", "session": "session", "sessions": "session", "percent": "percent",
}

// wordingTypedFigure finds a figure that a fact holds and somebody typed: it would stay as it is when
// the fact changes. What people say in their own records is theirs, and one of a thing is no figure.
func wordingTypedFigure() rule {
	const id = "wording/typed-figure"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Warning, Summary: "A figure that a fact holds is cited, not typed."},
		number: func(r *reading) {
			switch r.value.(type) {
			case *site.Page, *site.Course, *site.Award, *site.Pathway, *site.RequirementSet:
			default:
				return
			}
			last, value := r.figure(r.at)
			if last < 0 {
				return
			}
			start, end := int(r.words[r.at].start), int(r.words[last].end)
			text := r.text.words
			unit := ""
			switch {
			case start > 0 && text[start-1] == '$':
				unit, start = "dollar", start-1
			case end < len(text) && text[end] == '%':
				unit, end = "percent", end+1
			case last+1 < len(r.words) && (r.words[last+1].gap == space || r.words[last+1].gap == hyphen):
				unit, end = unitWords[r.lower(last+1)], int(r.words[last+1].end)
			}
			if unit != "" && value != "1" {
				r.typed = append(r.typed, typed{value, unit, r.keep(), start, end})
			}
		},
		edition: func(p *pass) {
			held := map[[2]string][]string{}
			for _, id := range p.Book.IDs() {
				f, _ := p.Book.Fact(id)
				value := strings.ReplaceAll(f.Value[strings.LastIndexByte(f.Value, ' ')+1:], ",", "")
				unit, _, _ := strings.Cut(f.Unit, "-per-")
				held[[2]string{value, unit}] = append(held[[2]string{value, unit}], id)
			}
			for _, s := range p.sheets {
				for i := range s.typed {
					f := &s.typed[i]
					ids := held[[2]string{f.value, f.unit}]
					if len(ids) == 0 {
						continue
					}
					hint := "say it without the figure, which stands in the record that holds " + quote(ids[0])
					if f.text.doc != nil {
						var ways []string
						for _, id := range ids[:min(3, len(ids))] {
							ways = append(ways, `{{fact "`+id+`"}}`)
						}
						hint = "write " + strings.Join(ways, " or ")
					}
					p.wrongWords(s, f.text, f.start, f.end, id, quote(f.text.words[f.start:f.end])+" is a fact, and would not change with it", hint)
				}
			}
		},
	}
}

// figure returns the number that begins with word i, without its commas, and its last word; or -1 where a
// longer number, a date or a name holds it.
func (r *reading) figure(i int) (last int, value string) {
	text := r.text.words
	if r.words[i].kind != digit || i > 0 && r.words[i-1].kind == digit && strings.Contains(".,", text[r.words[i-1].end:r.words[i].start]) {
		return -1, ""
	}
	value = r.word(i)
	for last = i; last+1 < len(r.words) && r.words[last+1].kind == digit; last++ {
		between := text[r.words[last].end:r.words[last+1].start]
		if !slices.Contains([]string{",", "."}, between) {
			break
		}
		if between == "," {
			between = ""
		}
		value += between + r.word(last+1)
	}
	return last, value
}
