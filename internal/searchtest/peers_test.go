package searchtest

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"

	"nwioi/internal/search"
	"nwioi/internal/site"
)

// need skips the test for want of something that a machine may lack, and fails it where CI=true.
func need(t *testing.T, lacking string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal("CI=true, and " + lacking)
	}
	t.Skip("skipped: " + lacking)
}

// npm makes sure that the other engines are there, and Node with them.
func npm(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		need(t, "Node is not installed")
	}
	for _, name := range []string{"minisearch", "pagefind"} {
		if _, err := os.Stat("node_modules/" + name); err != nil {
			need(t, "the test-only npm packages are not installed (npm ci --ignore-scripts in internal/searchtest)")
		}
	}
}

// node runs a script with job as its input, as JSON, and reads what it answers into answer.
func node(t *testing.T, script string, job, answer any) {
	t.Helper()
	input, err := json.Marshal(job)
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), "node", "--max-old-space-size=12000", script)
	var stdout, stderr bytes.Buffer
	c.Stdin, c.Stdout, c.Stderr = bytes.NewReader(input), &stdout, &stderr
	if err := c.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", script, err, stderr.Bytes())
	}
	if err := json.Unmarshal(stdout.Bytes(), answer); err != nil {
		t.Fatalf("%s: %v", script, err)
	}
}

// A run is what one engine did with the queries.
type run struct {
	IDs    [][]string        `json:"ids"`    // the first ten of each query
	Times  []float64         `json:"times"`  // milliseconds, warm
	Counts []float64         `json:"counts"` // milliseconds of a common concern with all facet counts
	Load   float64           `json:"load"`   // milliseconds to get ready, once the bytes are there
	Build  float64           `json:"build"`  // milliseconds to make the index
	Bytes  int               `json:"bytes"`  // of an index that is loaded whole, gzip
	Pages  map[string]string `json:"pages"`  // Pagefind: people's ids by fragment
}

// marking scores the run.
func (r *run) marking(d *directory, queries []query) marking {
	number := map[string]int{}
	for i, p := range d.people {
		number[p.id] = i
	}
	found := make([][]int, len(queries))
	for i, ids := range r.IDs {
		for _, id := range ids {
			if r.Pages != nil {
				id = r.Pages[id]
			}
			n, known := number[id]
			if !known {
				n = -1
			}
			found[i] = append(found[i], n)
		}
	}
	return mark(queries, found)
}

func texts(queries []query) []string {
	var all []string
	for _, q := range queries {
		all = append(all, q.text)
	}
	return all
}

// ours answers the queries in Node with the browser's half, from the index files.
func ours(t *testing.T, d *directory, files []search.File, queries []query) *run {
	t.Helper()
	folder := t.TempDir()
	for _, f := range files {
		path := filepath.Join(folder, f.Name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	script := filepath.Join(folder, "ours.mjs")
	result := api.Build(api.BuildOptions{
		EntryPoints: []string{"testdata/ours.ts"}, Outfile: script, Write: true, Bundle: true,
		Platform: api.PlatformNode, Format: api.FormatESModule, Target: api.ES2022,
	})
	for _, m := range result.Errors {
		t.Fatalf("testdata/ours.ts: %s", m.Text)
	}
	var r run
	node(t, script, map[string]any{"folder": folder, "root": files[0].Name, "today": d.input.Day, "queries": texts(queries), "common": d.common()}, &r)
	return &r
}

// common is what people call the concern that most have.
func (d *directory) common() string {
	most, label := 0, ""
	for _, t := range vocabularies()(site.Concern).Terms {
		n := 0
		for _, p := range d.people {
			if p.has(site.Concern, t.ID) {
				n++
			}
		}
		if n > most {
			most, label = n, t.Label
		}
	}
	return label
}

// A record is a person for the other engines: everything a profile says, in texts.
type record struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Letters  string   `json:"letters"`
	Place    string   `json:"place"`
	Concerns string   `json:"concerns"` // labels
	Details  string   `json:"details"`  // approaches, communities, insurance, languages, hours and the rest
	Synonyms string   `json:"synonyms"` // the vocabularies' other words, where the engine is given them
	Text     string   `json:"text"`
	Facets   []string `json:"facets"` // "concern=desire-low"
}

// records writes the people for the other engines.
func (d *directory) records(synonyms bool) []record {
	all := make([]record, len(d.people))
	for i, p := range d.people {
		r := record{ID: p.id, Name: p.given + " " + p.family, Text: p.headline + "\n" + p.bio, Facets: []string{}}
		letters := slices.Clone(p.degrees)
		var places, concerns, details, others []string
		for _, l := range p.licences {
			if !l.expired {
				letters = append(letters, l.letters)
			}
		}
		for _, c := range p.offices {
			places = append(places, c.name, c.state, stateNames[c.state], c.county+" County", c.zips[0])
			r.Facets = append(r.Facets, "state="+c.state, "city="+c.name)
		}
		for _, s := range []string{"WA", "OR", "ID"} {
			if p.videoIn(s) {
				details = append(details, "Telehealth by video in "+stateNames[s])
			}
		}
		if p.open() {
			details = append(details, "Taking new clients")
		}
		for _, when := range p.times {
			details = append(details, map[string]string{"day": "Daytime", "evening": "Evening", "weekend": "Weekend"}[when]+" sessions")
		}
		for _, facet := range []string{site.Concern, site.Modality, site.Community, site.InsurancePlan, site.Language, site.Client, site.Age} {
			for _, t := range vocabularies()(facet).Terms {
				if !p.has(facet, t.ID) {
					continue
				}
				r.Facets = append(r.Facets, facet+"="+t.ID)
				if facet == site.Concern {
					concerns = append(concerns, t.Label)
				} else {
					details = append(details, t.Label)
				}
				if synonyms {
					others = append(append(append(others, t.Formal...), t.Aliases...), t.Deprecated...)
				}
			}
		}
		r.Letters, r.Place = strings.Join(letters, ", "), strings.Join(places, ", ")
		r.Concerns, r.Details, r.Synonyms = strings.Join(concerns, "; "), strings.Join(details, "; "), strings.Join(others, "; ")
		all[i] = r
	}
	return all
}

// miniSearch answers the queries in Node with MiniSearch.
func miniSearch(t *testing.T, d *directory, queries []query, tuned, synonyms bool) *run {
	t.Helper()
	var r run
	node(t, "testdata/minisearch.mjs", map[string]any{"records": d.records(synonyms), "queries": texts(queries), "common": d.common(), "tuned": tuned}, &r)
	return &r
}

// miniSearchClient is the size of MiniSearch as a page would load it, gzip.
func miniSearchClient(t *testing.T) int {
	t.Helper()
	result := api.Build(api.BuildOptions{
		Stdin:  &api.StdinOptions{Contents: `export { default } from "minisearch"`, ResolveDir: "."},
		Bundle: true, Format: api.FormatESModule, MinifyWhitespace: true, MinifySyntax: true, MinifyIdentifiers: true,
	})
	for _, m := range result.Errors {
		t.Fatal(m.Text)
	}
	return len(gzipped(result.OutputFiles[0].Contents))
}
