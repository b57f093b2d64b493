package assemble

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"nwioi/internal/site"
	"nwioi/internal/source"
)

// months are the names of the months, as a choice of a regular expression.
const months = `(?:January|February|March|April|May|June|July|August|September|October|November|December)`

// noFigures finds what holds digits and is no figure: days, years, addresses, versions, sections of a
// law, cited facts and the numbers of a list.
var noFigures = regexp.MustCompile(`(?m)\{\{[^}]*\}\}|\]\([^)]*\)|https?://\S+|\b\d{1,2}(?:–\d{1,2})? ` + months + `|\b(?:19|20)\d\d\b|\b\d+(?:-\d+)+\b|\d+\.\d+|^\s*\d+\. `)

// TestContentTypesNoFigure looks in every page of content/ for a number, with a unit or without, that a
// requirement, a course or an award holds as a fact: it would stay as it is when the record changes.
func TestContentTypesNoFigure(t *testing.T) {
	p := institute(t, site.Options{})
	held := map[string]string{}
	for _, id := range p.Book.IDs() {
		f, _ := p.Book.Fact(id)
		if value := f.Value[strings.LastIndexByte(f.Value, ' ')+1:]; f.Unit != "" && strings.Trim(value, "0123456789.") == "" && value != "1" {
			held[value] = id
		}
	}
	if held["21"] == "" || held["50"] == "" || held["700"] == "" || held["68"] == "" {
		t.Fatalf("the institute's facts are not among the figures: %v", held)
	}
	number := regexp.MustCompile(`\d+(?:,\d{3})*`)
	for f := range instituteTree().Under("content/") {
		if path.Ext(f.Path) != ".md" {
			continue
		}
		_, body, _ := strings.Cut(string(f.Data[3:]), "\n---")
		words := noFigures.ReplaceAllString(body, " ")
		for _, n := range number.FindAllString(words, -1) {
			if id := held[strings.ReplaceAll(n, ",", "")]; id != "" {
				t.Errorf("%s holds the number %s, which is the fact %s", f.Path, n, id)
			}
		}
	}
	// It would be found.
	if text := noFigures.ReplaceAllString("On 21 May 2021 we give 21 CEUs\n1. 50 hours", ""); strings.Join(number.FindAllString(text, -1), " ") != "21 50" {
		t.Errorf("figures are lost in %q", text)
	}
}

// TestOneEditChangesAFigureEverywhere changes a figure in the one file where it lives and looks at every
// file of the site: where the old one was shown the new one stands, and the old one stands nowhere.
func TestOneEditChangesAFigureEverywhere(t *testing.T) {
	// Two records of different issuers hold the same figures; here they are told apart.
	tree := edited(t, instituteTree(), "data/requirements/aasect-certification.yaml", "value: 50, unit: hour", "value: 951, unit: hour")
	before := publish(t, tree, site.Options{})
	for _, change := range []struct {
		file, old, new string
		shown          map[string]string // what is shown, before and after
		least          int               // how many files show the figure itself
	}{
		{"data/courses/sar.yaml", "value: 21\n", "value: 29\n", map[string]string{"21 CEUs": "29 CEUs", "68 CEUs": "76 CEUs"}, 12},
		{"data/requirements/nwioi-five-steps.yaml", "value: 50, unit: hour", "value: 66, unit: hour", map[string]string{"50 hours": "66 hours", "25 hours": "33 hours", "about 2.8 hours": "about 3.7 hours"}, 8},
		{"data/requirements/nwioi-five-steps.yaml", "value: 300, unit: hour", "value: 411, unit: hour", map[string]string{"300 hours": "411 hours"}, 8},
		{"data/requirements/nwioi-five-steps.yaml", "value: 18, unit: month", "value: 27, unit: month", map[string]string{"18 months": "27 months", "about 2.8 hours": "about 1.9 hours"}, 8},
		{"data/awards/tuition-award.yaml", "value: 700\n", "value: 813\n", map[string]string{"$700": "$813"}, 3},
	} {
		t.Run(change.old, func(t *testing.T) {
			after := publish(t, edited(t, tree, change.file, change.old, change.new), site.Options{})
			for old, now := range change.shown {
				shows := 0
				for file, body := range before.bodies {
					if has(body, now) {
						t.Fatalf("%s shows %q before the change", file, now)
					}
					if !has(body, old) {
						continue
					}
					shows++
					if !has(after.bodies[file], now) {
						t.Errorf("%s showed %q and does not show %q now", file, old, now)
					}
				}
				if shows == 0 || strings.Contains(change.old, strings.Trim(strings.Fields(old)[0], "$")) && shows < change.least {
					t.Errorf("%d files show %q, fewer than expected", shows, old)
				}
				for _, file := range slices.Sorted(maps.Keys(after.bodies)) {
					if has(after.bodies[file], old) {
						t.Errorf("%s still shows %q", file, old)
					}
				}
			}
		})
	}
}

// has reports whether a file shows a figure; tags between its number and its unit are no matter.
func has(body []byte, figure string) bool {
	number, unit, _ := strings.Cut(figure, " ")
	for rest := body; ; {
		i := bytes.Index(rest, []byte(figure))
		if i < 0 {
			break
		}
		if i == 0 || !strings.ContainsRune("0123456789,.", rune(rest[i-1])) {
			return true
		}
		rest = rest[i+1:]
	}
	// As data: {"value":50,"unit":"hour"}.
	return unit != "" && bytes.Contains(body, fmt.Appendf(nil, `"value":%s,"unit":"%s"`, number, strings.TrimSuffix(unit, "s")))
}

// edited returns a tree in which a file has one text in the place of another.
func edited(t *testing.T, tree *source.Tree, file, old, new string) *source.Tree {
	t.Helper()
	f := tree.File(file)
	if f == nil || strings.Count(string(f.Data), old) != 1 {
		t.Fatalf("%s does not hold %q once", file, old)
	}
	files := []*source.File{{Path: file, Data: []byte(strings.Replace(string(f.Data), old, new, 1))}}
	for other := range tree.Under("") {
		if other.Path != file {
			files = append(files, other)
		}
	}
	return source.NewTree(files...)
}
