package fix_test

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"nwioi/data"
	"nwioi/internal/build"
	"nwioi/internal/diag"
	"nwioi/internal/fix"
	"nwioi/internal/markdown"
	"nwioi/internal/site"
	"nwioi/internal/source"
	"nwioi/internal/yamlx"
)

const settings = "title: Sample\nurl: https://example.org/\n"

const page = `---
title: About us
date: 2026-11-02
---

We are here for you. One line ends here,
and another begins.

A line that breaks,  
and goes on.

    code  that is indented

` + "```" + `
code   
` + "```" + `

* an item
* [a link](/directory/)
`

// small returns a site with real records, a page and the shipped vocabularies.
func small(t interface{ Fatal(...any) }, own map[string]string) *source.Tree {
	files := []*source.File{{Path: "data/site.yaml", Data: []byte(settings)}}
	for path, text := range own {
		files = append(files, &source.File{Path: path, Data: []byte(text)})
	}
	err := fs.WalkDir(data.Vocabulary, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(data.Vocabulary, p)
		files = append(files, &source.File{Path: "data/" + p, Data: text, Builtin: true})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return source.NewTree(files...)
}

func record(t testing.TB, id string) string {
	text, err := os.ReadFile(filepath.Join("../../data/practitioners", id+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func checker() fix.Check {
	today, _ := site.ParseDate("2026-11-20")
	b := build.New(build.Options{Options: site.Options{AsOf: today}})
	return func(tree *source.Tree) (*site.Edition, diag.List) {
		edition, _, problems := b.Edition(tree)
		return edition, problems
	}
}

// A damage is a way in which files get worse that has one way back.
type damage struct {
	name string
	of   *regexp.Regexp // what it can happen to
	to   func(t *rapid.T, match string) string
}

func always(to string) func(*rapid.T, string) string {
	return func(*rapid.T, string) string { return to }
}

var damages = []damage{
	{"a label for its id", regexp.MustCompile(`\bcognitive-behavioral\b`), always("Cognitive behavioral")},
	{"a label for its id", regexp.MustCompile(`\[desire-discrepancy\b`), always("[Wanting sex more or less than your partner")},
	{"capitals in an id", regexp.MustCompile(`\bclients: \[couples\b`), always("clients: [Couples")},
	{"a date as people write it", regexp.MustCompile(`2027-08-31`), func(t *rapid.T, _ string) string {
		return rapid.SampledFrom([]string{"31 August 2027", "31 Aug 2027", "8/31/2027", "31.8.2027", "2027/8/31", "31st August 2027"}).Draw(t, "date")
	}},
	{"a phone number as people write it", regexp.MustCompile(` phone: "\+1206555\d{4}"`), func(t *rapid.T, match string) string {
		last := match[len(match)-5:]
		return " phone: \"" + rapid.SampledFrom([]string{"(206) 555-", "206.555.", "1-206-555-", "+1 206 555 "}).Draw(t, "number") + last
	}},
	{"the name of a state", regexp.MustCompile(`\bstate: WA\b`), func(t *rapid.T, _ string) string {
		return "state: " + rapid.SampledFrom([]string{"Washington", "wa"}).Draw(t, "state")
	}},
	{"a key in other letters", regexp.MustCompile(`(?m)^last_confirmed:`), func(t *rapid.T, _ string) string {
		return rapid.SampledFrom([]string{"last-confirmed:", "Last_Confirmed:", "lastconfirmed:"}).Draw(t, "key")
	}},
	{"curly quotation marks", regexp.MustCompile(`\bstatus: (active|open)`), func(t *rapid.T, match string) string {
		key, word, _ := strings.Cut(match, " ")
		return key + rapid.SampledFrom([]string{" “", " ‘", " „"}).Draw(t, "open") + word + "”"
	}},
	{"a space that does not break", regexp.MustCompile(`(?m)\b \b`), always("\u00A0")},
	{"an invisible space", regexp.MustCompile(`\b`), always("\u200B")},
	{"blanks at the end of a line", regexp.MustCompile(`(?m)[a-z.,]$`), func(t *rapid.T, match string) string {
		return match + rapid.SampledFrom([]string{" ", "\t"}).Draw(t, "blanks")
	}},
}

// What was damaged in a way that has one way back comes back: the files say what they said, have the
// problems they had and no other, and there is nothing left to repair.
func TestDamageIsRepaired(t *testing.T) {
	whole := map[string]string{"data/practitioners/ada-okafor.yaml": record(t, "ada-okafor"), "data/practitioners/priya-venkataraghavan.yaml": record(t, "priya-venkataraghavan"), "content/about.md": page}
	check := checker()
	_, before := check(small(t, whole))
	rapid.Check(t, func(t *rapid.T) {
		hurt := map[string]string{}
		for _, path := range slices.Sorted(maps.Keys(whole)) {
			hurt[path] = whole[path]
			if rapid.IntRange(0, 2).Draw(t, "leave "+path) == 0 {
				continue
			}
			for _, d := range damages {
				places := d.of.FindAllStringIndex(hurt[path], -1)
				if len(places) == 0 || rapid.Bool().Draw(t, d.name+" in "+path) {
					continue
				}
				at := rapid.SampledFrom(places).Draw(t, "place")
				line := hurt[path][strings.LastIndexByte(hurt[path][:at[0]], '\n')+1:]
				if strings.HasPrefix(line, "#") || strings.HasPrefix(line, "    ") || strings.HasPrefix(line, "code") || strings.HasPrefix(line, "`") || d.name == "blanks at the end of a line" && strings.HasSuffix(path, ".yaml") && strings.HasPrefix(line, "  ") {
					continue // part of a text, or code: it belongs there
				}
				hurt[path] = hurt[path][:at[0]] + d.to(t, hurt[path][at[0]:at[1]]) + hurt[path][at[1]:]
			}
			switch rapid.IntRange(0, 3).Draw(t, "line ends") {
			case 0:
				hurt[path] = strings.ReplaceAll(hurt[path], "\n", "\r\n")
			case 1:
				hurt[path] = "\uFEFF" + strings.Replace(hurt[path], "\n", "\r\n", 3)
			}
		}
		tree := small(t, hurt)
		repairs := fix.Site(tree, check)
		again := fix.Tree(tree, repairs)
		for path, text := range whole {
			got := again.File(path).Data
			if strings.HasSuffix(path, ".md") {
				if string(got) != text {
					t.Fatalf("%s became\n%q\nof\n%q", path, got, hurt[path])
				}
				continue
			}
			was, _ := yamlx.Read([]byte(text))
			if is, err := yamlx.Read(got); err != nil || !is.Equal(was) {
				t.Fatalf("%s says something else: %v\n%s\n%s", path, err, got, fix.Diff([]fix.Repair{{Path: path, Before: []byte(text), After: got}}))
			}
		}
		_, after := check(again)
		if len(after) != len(before) {
			t.Fatalf("problems after the repair: %+v, before the damage: %+v", after, before)
		}
		if left := fix.Site(again, check); len(left) > 0 {
			t.Fatalf("there is more to repair in the second turn: %s", fix.Diff(left))
		}
		for _, r := range repairs {
			if !bytes.Equal(r.Before, tree.File(r.Path).Data) || len(r.Notes) == 0 {
				t.Fatalf("%s: what was there is not what was there, or nothing is said", r.Path)
			}
			for _, n := range r.Notes {
				if !slices.ContainsFunc(fix.Kinds(), func(k fix.Kind) bool { return k.ID == n.Rule }) {
					t.Fatalf("%s is not documented", n.Rule)
				}
			}
		}
	})
}

// What has no answer, or two, stays as it is.
func TestNoSafeAnswer(t *testing.T) {
	ada := record(t, "ada-okafor")
	for name, change := range map[string][2]string{
		"a date that can be two days":          {"expires: 2027-08-31", "expires: 3/4/2027"},
		"a date with the wrong weekday":        {"expires: 2027-08-31", "expires: Monday, August 31, 2027"},
		"a day that no calendar has":           {"expires: 2027-08-31", "expires: February 30, 2027"},
		"a word that is near an id":            {"desire-discrepancy", "desire-discrepency"},
		"a key that is near a known one":       {"last_confirmed:", "last_confirmd:"},
		"a phone number with an extension":     {`phone: "+1206`, `phone: "x12 206`},
		"a phone number of seven digits":       {`phone: "+1206`, `phone: "`},
		"curly marks within a text":            {"headline: For", "headline: “For” all"},
		"a text in curly marks is a quotation": {"headline: For couples who love each other and have stopped reaching for each other", "headline: “For couples”"},
	} {
		t.Run(name, func(t *testing.T) {
			hurt := strings.Replace(ada, change[0], change[1], 1)
			if hurt == ada {
				t.Skipf("the record has no %q", change[0])
			}
			if repairs := fix.Site(small(t, map[string]string{"data/practitioners/ada-okafor.yaml": hurt}), checker()); len(repairs) > 0 {
				t.Errorf("repaired:\n%s", fix.Diff(repairs))
			}
		})
	}
}

// A word that two terms of a vocabulary have stays: nobody but the author knows which one is meant.
func TestTwoTermsOfOneName(t *testing.T) {
	const terms = "- {id: closeness, label: Closeness, aliases: [intimacy, near]}\n- {id: touch, label: Touch, aliases: [Intimacy]}\n"
	for word, want := range map[string]string{"intimacy": "[intimacy]", "near": "[closeness]"} {
		tree := small(t, map[string]string{"data/vocabulary/concern.yaml": terms, "data/practitioners/eve.yaml": "name: {given: Eve, family: Example}\nspecialties:\n  top: [" + word + "]\n"})
		got := string(fix.Tree(tree, fix.Site(tree, checker())).File("data/practitioners/eve.yaml").Data)
		if !strings.Contains(got, "top: "+want) {
			t.Errorf("%s became\n%s", word, got)
		}
	}
}

// A file that cannot be read for its odd characters can be read afterwards.
func TestReadableAgain(t *testing.T) {
	for broken, want := range map[string]string{
		"---\ntitle: “Care: a promise”\n---\n\nText\n":               "---\ntitle: \"Care: a promise\"\n---\n\nText\n",
		"---\ntitle: \"Care: a promise”\n---\n\nText\n":              "---\ntitle: \"Care: a promise\"\n---\n\nText\n",
		"---\ntitle: Care\ntags:\n\t- one\n\t- two\n---\n\nText\n":   "---\ntitle: Care\ntags:\n  - one\n  - two\n---\n\nText\n",
		"---\ntitle:\u2003Care\nsummary: Short\n---\n\nText\n":       "---\ntitle: Care\nsummary: Short\n---\n\nText\n",
		"---\ntitle:\u00A0Care\nsummary: Short\n---\n\nText\n":       "---\ntitle: Care\nsummary: Short\n---\n\nText\n",
		"---\ntitle: “Care: a “promise” kept”\n---\n\nText\n":        "",
		"---\r\ntitle: “Care: a promise”\r\n---\r\n\r\nText  \r\n":   "---\ntitle: \"Care: a promise\"\n---\n\nText\n",
		"\uFEFF---\ntitle: Care  \ndate: 'Nov 3, 2026'\n---\nText\n": "---\ntitle: Care\ndate: '2026-11-03'\n---\nText\n",
	} {
		tree := small(t, map[string]string{"content/care.md": broken})
		got := string(fix.Tree(tree, fix.Site(tree, checker())).File("content/care.md").Data)
		if want == "" {
			want = broken
		}
		if got != want {
			t.Errorf("%q became\n%q, want\n%q", broken, got, want)
		}
	}
}

// Taking blanks away never changes what a page shows.
func TestBlanksShowNothing(t *testing.T) {
	piece := rapid.SampledFrom([]string{"word", " ", "  ", "\t", "\n", "\n\n", "# ", "* ", "1. ", "> ", "```", "`", "    ", "| a | b |", "|---|---|", "<!-- x -->", "[a]: /b", "\\", "~~~"})
	rapid.Check(t, func(t *rapid.T) {
		body := strings.Join(rapid.SliceOfN(piece, 0, 24).Draw(t, "pieces"), "")
		text := "---\ntitle: Care\n---\n" + body
		tree := small(t, map[string]string{"content/care.md": text})
		repairs := fix.Site(tree, func(*source.Tree) (*site.Edition, diag.List) { return nil, nil })
		_, _, after, _, _ := yamlx.Split("content/care.md", fix.Tree(tree, repairs).File("content/care.md").Data)
		if one, two := shown([]byte(body)), shown(after); one != two {
			t.Fatalf("%q became %q:\n%s\n%s", body, after, one, two)
		}
	})
}

// shown returns the page that a Markdown text makes.
func shown(text []byte) string {
	doc, _ := markdown.Parse("a.md", text, 1, markdown.Options{})
	return doc.HTML(func(int) string { return "" })
}
