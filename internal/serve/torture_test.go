package serve_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"nwioi/internal/build"
	"nwioi/internal/diag"
	"nwioi/internal/output"
	"nwioi/internal/serve"
	"nwioi/internal/site"
	"nwioi/internal/source"
)

// shipped returns the institute's theme and vocabularies, as they are in the binary.
func shipped(t *testing.T) []*source.File {
	t.Helper()
	tree, problems := source.ReadDir("../..", nil)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var files []*source.File
	for _, folder := range []string{"themes/", "data/vocabulary/"} {
		for f := range tree.Under(folder) {
			files = append(files, &source.File{Path: f.Path, Data: f.Data, Builtin: true})
		}
	}
	return files
}

// The last result of a builder, which the server calls.
type watched struct {
	mu     sync.Mutex
	result *build.Result
}

func (w *watched) last() *build.Result {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.result
}

var tortureOptions = build.Options{Options: site.Options{AsOf: site.Date{Year: 2026, Month: 11, Day: 20}, BaseURL: "http://127.0.0.1/", Preview: true}}

// TestTenThousandOperations changes a site in every way that programs and people do while it is served:
// after each burst the server comes to exactly what a clean build of the folder makes, errors and all.
func TestTenThousandOperations(t *testing.T) {
	rounds := 50
	if testing.Short() {
		rounds = 3
	}
	const each, seed = 200, 20261123
	r := rand.New(rand.NewPCG(seed, seed))
	builtin := shipped(t)
	builder := build.New(tortureOptions)
	var seen watched
	record, err := os.ReadFile("../../data/practitioners/ada-okafor.yaml")
	if err != nil {
		t.Fatal(err)
	}
	person := strings.Replace(string(record), "photo:", "private:", 1)
	s := startAs(t, map[string]string{
		"data/site.yaml":   "title: A site\nurl: https://example.org/\n",
		"content/index.md": "---\ntitle: Home\n---\n\nWelcome.\n",
	}, func(c *serve.Config) {
		c.Builtin = builtin
		c.Build = func(tree *source.Tree) serve.Result {
			result := builder.Build(tree)
			seen.mu.Lock()
			seen.result = result
			seen.mu.Unlock()
			return serve.Result{Set: result.Set, Problems: result.Problems}
		}
	})
	v := vandal{t, r, s.root, person}
	for round := range rounds {
		for range each {
			v.act()
		}
		tree, _ := source.ReadDir(s.root, builtin)
		clean := build.New(tortureOptions).Build(tree)
		deadline := time.Now().Add(10 * time.Second)
		for why := differs(seen.last(), clean); why != ""; why = differs(seen.last(), clean) {
			if time.Now().After(deadline) {
				t.Fatalf("seed %d, round %d: what is served is not what a clean build makes: %s", seed, round, why)
			}
			time.Sleep(5 * time.Millisecond)
		}
	}
}

// differs says how two results differ, or "".
func differs(a, b *build.Result) string {
	if a == nil {
		return "nothing was built"
	}
	if !slices.Equal(a.Problems, b.Problems) {
		return fmt.Sprintf("%d problems for %d: %v", len(a.Problems), len(b.Problems), firstOther(a.Problems, b.Problems))
	}
	if len(a.Set.Files) != len(b.Set.Files) {
		return fmt.Sprintf("%d files for %d", len(a.Set.Files), len(b.Set.Files))
	}
	for i, f := range a.Set.Files {
		g := b.Set.Files[i]
		if f.Recipe.Path != g.Recipe.Path {
			return f.Recipe.Path + " in the place of " + g.Recipe.Path
		}
		if !bytes.Equal(body(f), body(g)) {
			return f.Recipe.Path + " has other bytes"
		}
	}
	return ""
}

func body(f *output.File) []byte {
	text, err := f.Body()
	if err != nil {
		return []byte(err.Error())
	}
	return text
}

func firstOther(a, b diag.List) any {
	for _, d := range slices.Concat(a, b) {
		if slices.Contains(a, d) != slices.Contains(b, d) {
			return d
		}
	}
	return "in another order"
}

// A vandal does to the files of a site what people and programs do, much faster.
type vandal struct {
	t      *testing.T
	r      *rand.Rand
	root   string
	person string // the text of a record that is right
}

func (v vandal) one(of ...string) string { return of[v.r.IntN(len(of))] }

// place returns the path of a file that may be there.
func (v vandal) place() string {
	n := fmt.Sprint(v.r.IntN(6))
	return v.one("content/p"+n+".md", "content/news/n"+n+".md", "content/part/p"+n+".md", "content/other/p"+n+".md",
		"data/practitioners/person-"+n+".yaml", "static/f"+n+".txt", "content/part/deep/p"+n+".md")
}

// text returns what stands in the file at a path: right, mostly.
func (v vandal) text(p string) string {
	word := fmt.Sprintf("word%d", v.r.IntN(1000))
	switch {
	case v.r.IntN(30) == 0:
		return v.one("", "---\ntitle: [\n---\n", "nonsense: \t1\n", "\xff\xfe", "---\ntitle: X\nunknown: 1\n---\n")
	case strings.HasPrefix(p, "data/"):
		return strings.Replace(v.person, "\nheadline: ", "\nheadline: "+word+" ", 1)
	case strings.HasPrefix(p, "static/"):
		return word
	}
	return "---\ntitle: About " + word + "\ndate: 2026-01-0" + fmt.Sprint(1+v.r.IntN(9)) + "\n---\n\nThis is " + word + ", and [home](/).\n"
}

// act does one thing. Most of what can fail is meant to: a file that is not there cannot be moved.
func (v vandal) act() {
	p := v.place()
	full := filepath.Join(v.root, p)
	other := filepath.Join(v.root, v.place())
	if path.Ext(other) != path.Ext(full) {
		other = strings.TrimSuffix(full, path.Ext(full)) + "-moved" + path.Ext(full)
	}
	os.MkdirAll(filepath.Dir(full), 0o755)
	os.MkdirAll(filepath.Dir(other), 0o755)
	switch v.r.IntN(12) {
	case 0, 1, 2:
		os.WriteFile(full, []byte(v.text(p)), 0o644)
	case 3: // the same bytes once more
		if text, err := os.ReadFile(full); err == nil {
			os.WriteFile(full, text, 0o644)
		}
	case 4: // emptied first, and written in two halves
		if f, err := os.Create(full); err == nil {
			text := v.text(p)
			f.WriteString(text[:len(text)/2])
			time.Sleep(time.Duration(v.r.IntN(3)) * time.Millisecond)
			f.WriteString(text[len(text)/2:])
			f.Close()
		}
	case 5: // written beside it and moved over it
		if os.WriteFile(full+".tmp", []byte(v.text(p)), 0o644) == nil {
			os.Rename(full+".tmp", full)
		}
	case 6: // moved away, and written anew
		os.Rename(full, full+"~")
		os.WriteFile(full, []byte(v.text(p)), 0o644)
	case 7:
		os.Rename(full, other)
	case 8:
		os.Remove(full)
	case 9: // a whole folder goes, or comes elsewhere
		from := filepath.Join(v.root, v.one("content/part", "content/other", "content/part/deep"))
		if v.r.IntN(2) == 0 {
			os.RemoveAll(from)
		} else {
			os.Rename(from, filepath.Join(v.root, v.one("content/part", "content/other", "content/other/deep")))
		}
	case 10: // many at once, as a checkout does
		for range 20 {
			p := v.place()
			full := filepath.Join(v.root, p)
			os.MkdirAll(filepath.Dir(full), 0o755)
			os.WriteFile(full, []byte(v.text(p)), 0o644)
		}
	case 11:
		time.Sleep(time.Duration(v.r.IntN(12)) * time.Millisecond)
	}
}
