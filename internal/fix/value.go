package fix

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"nwioi/internal/diag"
	"nwioi/internal/site"
	"nwioi/internal/source"
	"nwioi/internal/yamlx"
)

// mend repairs what the check of a site found in one file.
func mend(f *source.File, problems diag.List, edition *site.Edition) ([]byte, diag.List) {
	file := split(f.Path, f.Data)
	if len(file.yaml) == 0 {
		return f.Data, nil
	}
	yaml, notes := readable(f.Path, file.line, file.yaml)
	if len(notes) > 0 { // the values come next, when they can be read
		file.yaml = yaml
		return file.joined(), notes
	}
	says, err := yamlx.Read(yaml)
	if err != nil {
		return f.Data, nil
	}
	index := yamlx.NewIndex(yaml, file.line)
	data := f.Data
	apply := yamlx.Apply
	if file.page {
		apply = yamlx.ApplyFront
	}
	done := map[string]bool{}
	for _, d := range slices.Backward(problems.Sorted()) { // from the end, so that items keep their numbers
		if d.Pos.Line < file.line {
			continue
		}
		field := index.FieldAt(d.Pos)
		if field == "" || done[field] {
			continue
		}
		edit, kind, sentence := remedy(d, field, says, edition)
		if kind == "" {
			continue
		}
		next, err := apply(data, edit)
		if err != nil {
			continue
		}
		done[field] = true
		data, notes = next, append(notes, note(f.Path, d.Pos, kind, sentence))
		if says, err = yamlx.Read(split(f.Path, data).yaml); err != nil {
			break // never: what was applied can be read
		}
	}
	return data, notes
}

// remedy returns the edit that answers a problem at a field, the kind of it and what it does in words; no
// kind where there is no answer or more than one.
func remedy(d diag.Diagnostic, field string, says *yamlx.Value, edition *site.Edition) (edit yamlx.Edit, kind, sentence string) {
	if d.Rule == "yaml/unknown-key" {
		return renamed(d, field, says)
	}
	v := at(says, field)
	if v == nil || v.Form != yamlx.Text {
		return edit, "", ""
	}
	become := func(kind, text, as string) (yamlx.Edit, string, string) {
		if text == "" || text == v.Text {
			return yamlx.Edit{}, "", ""
		}
		return yamlx.Edit{Path: field, Value: text}, kind, strconv.Quote(v.Text) + " becomes " + strconv.Quote(text) + as
	}
	if inner, ok := unquoted(v.Text); ok && d.Severity == diag.Error {
		return yamlx.Edit{Path: field, Value: inner}, quotes, "the curly quotation marks around this value become straight ones"
	}
	area, what, _ := strings.Cut(d.Rule, "/")
	switch {
	case d.Rule == "date/form":
		return become(date, isoDate(v.Text), "")
	case d.Rule == "record/phone":
		return become(phone, dialled(v.Text), "")
	case d.Rule == "practitioner/state":
		return become(state, stateCode(v.Text), "")
	case d.Rule == "practitioner/license":
		place := at(says, strings.TrimSuffix(field, ".type")+".state")
		if place == nil {
			return edit, "", ""
		}
		return become(word, meant(edition.Vocabulary(site.LicenseType), v.Text, place.Text), ", its letters in the vocabulary")
	case area == "practitioner" && slices.Contains(site.Vocabularies, what):
		id := meant(edition.Vocabulary(what), v.Text, "")
		if list, item, ok := strings.Cut(field, "["); ok && strings.HasSuffix(item, "]") && id != "" && holds(at(says, list), id) {
			return yamlx.Edit{Path: field}, word, strconv.Quote(v.Text) + " goes: " + strconv.Quote(id) + ", its id, stands here too"
		}
		return become(word, id, ", its id")
	}
	return edit, "", ""
}

// at returns the value of a field, or nil.
func at(v *yamlx.Value, field string) *yamlx.Value {
	for field != "" && v != nil {
		if number, rest, ok := strings.Cut(strings.TrimPrefix(field, "["), "]"); ok && field[0] == '[' {
			i, err := strconv.Atoi(number)
			if err != nil || v.Form != yamlx.List || i >= len(v.Items) {
				return nil
			}
			v, field = v.Items[i], strings.TrimPrefix(rest, ".")
			continue
		}
		if v.Form != yamlx.Keyed {
			return nil
		}
		key, rest := "", ""
		for _, k := range v.Keys { // keys may hold dots: the longest wins, as for Locate
			after, ok := strings.CutPrefix(field, k)
			if ok && (after == "" || after[0] == '.' || after[0] == '[') && len(k) > len(key) {
				key, rest = k, after
			}
		}
		if key == "" {
			return nil
		}
		v, field = v.Get(key), strings.TrimPrefix(rest, ".")
	}
	return v
}

func holds(list *yamlx.Value, text string) bool {
	return list != nil && slices.ContainsFunc(list.Items, func(v *yamlx.Value) bool { return v.Form == yamlx.Text && v.Text == text })
}

// meant returns the id of the one term that has a word as its id, label, alias or other name, letter case
// and hyphens aside; "" where there is none, or more than one. A licence is one of its state.
func meant(v *site.Vocabulary, given, state string) string {
	if v == nil {
		return ""
	}
	loose := func(text string) string {
		return strings.ToLower(strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '-' || r == '_' || r == '.' }), " "))
	}
	id := ""
	for i := range v.Terms {
		t := &v.Terms[i]
		if state != "" && t.State != state {
			continue
		}
		names := slices.Concat([]string{t.ID, t.Label}, t.Aliases, t.Formal, t.Deprecated)
		if !slices.ContainsFunc(names, func(name string) bool { return loose(name) == loose(given) }) {
			continue
		}
		if id != "" && id != t.ID {
			return ""
		}
		id = t.ID
	}
	return id
}

// renamed gives a key that is known but for capital letters, hyphens and underscores its name.
func renamed(d diag.Diagnostic, field string, says *yamlx.Value) (edit yamlx.Edit, kind, sentence string) {
	known, ok := strings.CutPrefix(d.Hint, `did you mean "`)
	known, closed := strings.CutSuffix(known, `"?`)
	loose := func(text string) string {
		return strings.ToLower(strings.NewReplacer("-", "", "_", "", " ", "", "“", "", "”", "").Replace(text))
	}
	for end := len(field); ok && closed && end > 0; end = strings.LastIndexByte(field[:end], '.') {
		start := strings.LastIndexByte(field[:end], '.') + 1
		typed := field[start:]
		if loose(typed) == loose(known) && at(says, field) != nil && at(says, field[:start]+known) == nil {
			return yamlx.Edit{Path: field, Rename: known}, keyName, strconv.Quote(typed) + " becomes " + strconv.Quote(known) + ", as the key is known"
		}
	}
	return edit, "", ""
}

var (
	apart    = regexp.MustCompile(`[\s,]+`)
	ordinal  = regexp.MustCompile(`^([0-9]{1,2})(?:st|nd|rd|th)$`)
	yearLast = regexp.MustCompile(`^([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})$`)
	yearHead = regexp.MustCompile(`^([0-9]{4})[/.-]([0-9]{1,2})[/.-]([0-9]{1,2})$`)
)

// isoDate returns a date as YYYY-MM-DD if it can be read in one way only, else "". 3/4/2026 can be read in
// two.
func isoDate(text string) string {
	text = strings.TrimSpace(text)
	if m := yearHead.FindStringSubmatch(text); m != nil {
		return calendar(m[1], m[2], m[3])
	}
	if m := yearLast.FindStringSubmatch(text); m != nil {
		one, other := calendar(m[3], m[1], m[2]), calendar(m[3], m[2], m[1])
		switch {
		case one == "" || one == other:
			return other
		case other == "":
			return one
		}
		return ""
	}
	words := apart.Split(text, -1)
	weekday := ""
	if len(words) == 4 {
		weekday, words = words[0], words[1:]
	}
	if len(words) != 3 {
		return ""
	}
	month, day := words[0], words[1]
	if monthOf(month) == "" {
		month, day = day, month
	}
	if m := ordinal.FindStringSubmatch(strings.ToLower(day)); m != nil {
		day = m[1]
	}
	iso := calendar(words[2], monthOf(month), day)
	if weekday != "" && iso != "" {
		d, _ := site.ParseDate(iso)
		if name := strings.TrimSuffix(weekday, "."); len(name) < 3 || len(name) > len(d.Weekday()) || !strings.EqualFold(d.Weekday()[:len(name)], name) {
			return ""
		}
	}
	return iso
}

// monthOf returns the number of a month by its English name or the first letters of it, or "".
func monthOf(name string) string {
	name = strings.TrimSuffix(name, ".")
	for m := time.January; len(name) >= 3 && m <= time.December; m++ {
		full := m.String()
		if len(name) <= 4 || len(name) == len(full) {
			if len(name) <= len(full) && strings.EqualFold(full[:len(name)], name) {
				return strconv.Itoa(int(m))
			}
		}
	}
	return ""
}

func calendar(year, month, day string) string {
	y, errY := strconv.Atoi(year)
	m, errM := strconv.Atoi(month)
	d, errD := strconv.Atoi(day)
	if errY != nil || errM != nil || errD != nil || len(year) != 4 {
		return ""
	}
	iso := site.Date{Year: y, Month: time.Month(m), Day: d}.String()
	if _, err := site.ParseDate(iso); err != nil {
		return ""
	}
	return iso
}

// dialled returns a phone number in the international form of ITU-T E.164: one of ten digits is of North
// America, where the first of the area code and of the exchange is 2 to 9. It is "" for any other text.
func dialled(text string) string {
	text = strings.TrimPrefix(strings.TrimSpace(text), "tel:")
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" ()-./\u00A0\u202F\u2010\u2011\u2013", r) {
			return -1
		}
		return r
	}, text)
	abroad := strings.HasPrefix(digits, "+")
	digits = strings.TrimPrefix(digits, "+")
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return ""
	}
	american := func(d string) bool { return len(d) == 10 && d[0] >= '2' && d[3] >= '2' }
	switch {
	case abroad && digits[0] == '1' && !american(digits[1:]):
	case abroad && digits[0] != '0' && len(digits) >= 7 && len(digits) <= 15 && !strings.Contains(text, "(0)"):
		return "+" + digits
	case !abroad && american(digits):
		return "+1" + digits
	case !abroad && digits[0] == '1' && american(digits[1:]):
		return "+" + digits
	}
	return ""
}

// stateCode returns the letters of a state by its name or letters in any case, or "".
func stateCode(text string) string {
	for _, code := range site.StateCodes() {
		if strings.EqualFold(code, text) || strings.EqualFold(site.StateName(code), strings.TrimSpace(text)) {
			return code
		}
	}
	return ""
}
