package search

import (
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// MaxFragment is the number of UTF-16 units of a fragment that are read.
const MaxFragment = 4000

// maxValues is the number of values of one fragment that are read.
const maxValues = 200

// Parse reads a query out of a URL fragment (without "#"), passing over whatever it does not know:
// keys, values, broken escapes. The fragment has the form application/x-www-form-urlencoded
// (WHATWG URL), the keys are those of the Input and "q", "zip", "within", "ids", "sort", "page". Where a
// key that takes one value stands twice, the first counts. Day is left to the caller.
func (ix *Index) Parse(fragment string) Query {
	q := Query{Choices: map[string][]string{}, AtMost: map[string]int{}}
	atMost := map[string]bool{}
	for _, r := range ix.in.Ranges {
		atMost[r.AtMost] = true
	}
	first := map[string]bool{}
	for i, pair := range strings.Split(cut(fragment, MaxFragment), "&") {
		key, value, _ := strings.Cut(pair, "=")
		key, value = unescape(key), unescape(value)
		if i >= maxValues {
			break
		}
		if _, ok := ix.byKey[key]; ok {
			q.Choices[key] = append(q.Choices[key], value)
			continue
		}
		if key == "ids" {
			if value != "" {
				q.IDs = append(q.IDs, value)
			}
			continue
		}
		if first[key] {
			continue
		}
		first[key] = true
		n, isNumber := number(value)
		switch {
		case key == "q":
			q.Text = value
		case key == "zip":
			q.Near = value
		case key == "sort":
			q.Sort = value
		case key == "page" && isNumber:
			q.Page = n
		case key == "within" && isNumber:
			q.Within = n
		case atMost[key] && isNumber:
			q.AtMost[key] = n
		}
	}
	return q
}

// number reads a whole number of at most six digits.
func number(s string) (int, bool) {
	if len(s) == 0 || len(s) > 6 {
		return 0, false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

// unescape undoes percent-encoding. A value with a broken escape, or one that hides bytes that are
// not UTF-8, is left as it stands.
func unescape(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "+", " ")
	if plain, err := url.PathUnescape(s); err == nil && utf8.ValidString(plain) {
		return plain
	}
	return s
}
