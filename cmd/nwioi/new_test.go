package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"nwioi/internal/diag"
	"nwioi/internal/schema"
	"nwioi/internal/site"
	"nwioi/internal/yamlx"
)

// A record that is begun names its blanks one by one, and passes check once they are filled in.
func TestNewPassesOnceFilledIn(t *testing.T) {
	for _, kind := range schema.Beginnings {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := os.MkdirAll(filepath.Join(dir, "data"), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, "data", "site.yaml"), []byte("title: Small\nurl: https://example.org/\n"), 0o644); err != nil {
				t.Fatal(err)
			}
			nwioi := func(want int, args ...string) string {
				t.Helper()
				var stdout, stderr strings.Builder
				status := run(t.Context(), append(args, "--root", dir, "--as-of", "2026-11-23"), strings.NewReader(""), &stdout, &stderr)
				if status != want {
					t.Fatalf("%v: the status is %d, want %d:\n%s%s", args, status, want, stdout.String(), stderr.String())
				}
				return stdout.String()
			}
			const name = "Ana María de la Cruz"
			at := location{root: dir, asOf: "2026-11-23"}
			in, err := at.read()
			if err != nil {
				t.Fatal(err)
			}
			words, _ := vocabularies(in.tree)
			begun, err := schema.Begin(kind, name, in.day, words)
			if err != nil {
				t.Fatal(err)
			}
			if said := nwioi(done, "new", kind, name); !strings.Contains(said, begun.Path) {
				t.Errorf("it does not say that it wrote %s:\n%s", begun.Path, said)
			}
			file := filepath.Join(dir, begun.Path)
			text, err := os.ReadFile(file)
			if err != nil || string(text) != string(begun.Data) {
				t.Fatalf("the file is another one: %v", err)
			}

			// Each blank is named, and nothing else is wrong.
			status := done
			if len(begun.Blanks) > 0 {
				status = contentErrors
			}
			var problems struct {
				Problems []struct {
					Path, Severity, Rule, Message string
					Line, Col                     int
				}
			}
			report := nwioi(status, "check", "--format", "json")
			if err := json.Unmarshal([]byte(report), &problems); err != nil {
				if err := json.Unmarshal([]byte(report), &problems.Problems); err != nil {
					t.Fatalf("%v:\n%s", err, report)
				}
			}
			var named []string
			for _, p := range problems.Problems {
				if p.Severity == "error" && p.Path == begun.Path {
					if p.Rule != "yaml/missing-key" {
						t.Errorf("%s: %s", p.Rule, p.Message)
					}
					named = append(named, yamlx.FieldAt(text, 1, diag.Pos{Line: p.Line, Col: p.Col}))
				}
			}
			blanks := slices.Clone(begun.Blanks)
			slices.Sort(blanks)
			slices.Sort(named)
			if !slices.Equal(blanks, named) {
				t.Errorf("the blanks are %q\ncheck names %q", blanks, named)
			}

			// Filled in, it passes.
			n := schema.Of(kind, words)
			for _, blank := range begun.Blanks {
				if text, err = yamlx.Apply(text, yamlx.Edit{Path: blank, Value: nodeAt(n, blank).Example()}); err != nil {
					t.Fatalf("%s: %v", blank, err)
				}
			}
			if err := os.WriteFile(file, text, 0o644); err != nil {
				t.Fatal(err)
			}
			nwioi(done, "check")
			nwioi(done, "build")
			if strings.Contains(public(t, dir), "ana-maria-de-la-cruz/index.html") == slices.Contains([]string{"practitioner", "news", "page"}, kind) {
				t.Errorf("published without consent or as a draft, or not published although it is finished:\n%s", public(t, dir))
			}

			// Consent lists a person; a page without the line draft is published.
			switch kind {
			case "practitioner":
				text, err = yamlx.Apply(text, yamlx.Edit{Path: "consent", Value: yamlx.Group{{Key: "agreed_on", Value: "2026-11-20"}}})
			case "news", "page":
				text, err = yamlx.ApplyFront(text, yamlx.Edit{Path: "draft"})
				text = append(text, "Some words.\n"...)
			}
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, text, 0o644); err != nil {
				t.Fatal(err)
			}
			nwioi(done, "build")
			if !strings.Contains(public(t, dir), "ana-maria-de-la-cruz/index.html") {
				t.Errorf("it is not published:\n%s", public(t, dir))
			}
			nwioi(wrongUsage, "new", kind, name)
			if after, err := os.ReadFile(file); err != nil || string(after) != string(text) {
				t.Errorf("a second time writes over the file: %v", err)
			}
		})
	}
}

// public lists the published files.
func public(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(filepath.Join(dir, "public"), func(p string, d os.DirEntry, err error) error {
		all.WriteString(filepath.ToSlash(p) + "\n")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// nodeAt returns the node of a field such as licenses[0].state.
func nodeAt(n *schema.Node, field string) *schema.Node {
	for _, step := range strings.FieldsFunc(field, func(r rune) bool { return r == '.' || r == '[' || r == ']' }) {
		if _, err := strconv.Atoi(step); err == nil {
			n = n.Items
		} else {
			n = n.Property(step)
		}
	}
	return n
}

// What is committed for editors and for GitHub is what the types and vocabularies say today.
func TestCommittedSchemas(t *testing.T) {
	var stdout, stderr strings.Builder
	if status := run(t.Context(), []string{"schema", "--check", "--root", "../.."}, strings.NewReader(""), &stdout, &stderr); status != done {
		t.Errorf("%s%s", stdout.String(), stderr.String())
	}
	settings, err := os.ReadFile("../../" + schema.SettingsFile)
	if err != nil {
		t.Fatal(err)
	}
	var mapped struct {
		Schemas map[string][]string `json:"yaml.schemas"`
	}
	if err := json.Unmarshal(settings, &mapped); err != nil {
		t.Fatal(err)
	}
	for _, k := range schema.Kinds() {
		files := mapped.Schemas["./"+k.File()]
		if k.Markdown != (files == nil) {
			t.Errorf("the schema of a %s belongs to %v", k.Noun, files)
		}
		for _, pattern := range files {
			if found, _ := filepath.Glob("../../" + pattern); len(found) == 0 && pattern != site.ReferralsPath {
				t.Errorf("no file is %s", pattern)
			}
		}
	}
}
