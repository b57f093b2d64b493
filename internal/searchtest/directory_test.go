package searchtest

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"nwioi/internal/assemble"
	"nwioi/internal/diag"
	"nwioi/internal/read"
	"nwioi/internal/search"
	"nwioi/internal/site"
	"nwioi/internal/source"
	"nwioi/internal/theme"
)

// repository is the folder whose theme and vocabularies are used.
const repository = "../.."

// A directory is the people of one world and what the project's own steps made of their records.
type directory struct {
	world   *world
	people  []*person
	byID    map[string]*person
	phrases phrasebook
	tree    *source.Tree
	edition *site.Edition
	input   search.Input
	seed    uint64
}

// shipped are the files that every directory shares: theme, vocabularies, settings, two pages.
var shipped = sync.OnceValue(func() []*source.File {
	tree, _ := source.ReadDir(repository, nil)
	var files []*source.File
	for _, folder := range []string{"themes/", "data/vocabulary/"} {
		files = slices.AppendSeq(files, tree.Under(folder))
	}
	add := func(path, text string) { files = append(files, &source.File{Path: path, Data: []byte(text)}) }
	add("data/site.yaml", "title: Measured\nurl: https://measured.example/\ndescription: A site made for measuring.\n"+
		"menu:\n  - {label: Find a practitioner, url: /directory/, in: main}\n  - {label: Consumer health data, url: /consumer-health-data/, in: footer}\n")
	add("content/index.md", "---\ntitle: Measured\nsummary: Find somebody to talk to.\n---\n\nWelcome. Read the [consumer health data notice](/consumer-health-data/).\n")
	add("content/consumer-health-data.md", "---\ntitle: Consumer health data\nsummary: What this site knows about you, which is nothing.\n---\n\nNothing leaves your device.\n")
	return files
})

// vocabulary returns one of the vocabularies that the project ships.
var vocabularies = sync.OnceValue(func() func(string) *site.Vocabulary {
	var reader read.Reader
	s, _ := reader.Site(source.NewTree(shipped()...))
	return site.Publish(s, site.Options{AsOf: today}).Vocabulary
})

// newDirectory invents n people and takes their records through reading, publishing and assembling.
func newDirectory(t testing.TB, w *world, n int, seed uint64) *directory {
	t.Helper()
	d := &directory{world: w, people: w.people(n, seed, vocabularies()), byID: map[string]*person{}, phrases: newPhrasebook(vocabularies()), seed: seed}
	files := slices.Clone(shipped())
	for i, p := range d.people {
		d.byID[p.id] = p
		files = append(files, &source.File{Path: "data/practitioners/" + p.id + ".yaml", Data: []byte(p.record(i))})
	}
	d.tree = source.NewTree(files...)
	var reader read.Reader
	s, problems := reader.Site(d.tree)
	if problems.Failed() {
		var text strings.Builder
		diag.Text(&text, problems[:min(len(problems), 5)], diag.TextOptions{Source: true})
		t.Fatal("the invented records have errors:\n" + text.String())
	}
	d.edition = site.Publish(s, site.Options{AsOf: today})
	if len(d.edition.People) != n {
		t.Fatalf("%d of %d people are published", len(d.edition.People), n)
	}
	worn, problems := theme.Load(d.tree, "institute")
	if problems.Failed() {
		t.Fatalf("the theme has errors: %v", problems)
	}
	d.input = assemble.SearchInput(d.edition, worn)
	return d
}

// recordSize is the mean length of a record in bytes.
func (d *directory) recordSize() string {
	total := 0
	for f := range d.tree.Under("data/practitioners/") {
		total += len(f.Data)
	}
	return fmt.Sprintf("%.1f kB", float64(total)/float64(len(d.people))/1000)
}
