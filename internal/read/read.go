// Package read turns a source.Tree into a *site.Site, one file at a time.
//
// Every file is parsed by itself: a parsed value depends on the bytes of its own file and nothing
// else, so a Reader can keep it as long as the Tree holds the same *source.File. References to other
// records stay ids; package check looks at those.
//
// Reading never fails. What is wrong with a file becomes diagnostics, what is right with it is kept,
// and one bad file hides no other. Files are read on all processors; the result does not depend on
// how many there are.
package read

import (
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"nwioi/internal/diag"
	"nwioi/internal/site"
	"nwioi/internal/source"
)

// A Reader reads trees and remembers what it read. It is not safe for concurrent use.
type Reader struct {
	memo map[string]parsed // by path, of the last tree
}

// parsed is what one file says and what is wrong with it.
type parsed struct {
	file     *source.File
	value    any
	problems diag.List
}

// Site returns what the files of tree say, and every problem of every file, in order.
func (r *Reader) Site(tree *source.Tree) (*site.Site, diag.List) {
	files := slices.Collect(tree.Under(""))
	results := make([]parsed, len(files))
	each(len(files), func(i int) {
		f := files[i]
		if old, ok := r.memo[f.Path]; ok && old.file == f {
			results[i] = old
			return
		}
		value, problems := parse(f)
		results[i] = parsed{f, value, problems}
	})
	memo := make(map[string]parsed, len(results))
	s := &site.Site{Vocabularies: map[string]*site.Vocabulary{}, Pictures: map[string]*site.Image{}, History: tree.History()}
	var problems diag.List
	for _, p := range results {
		memo[p.file.Path] = p
		problems = append(problems, p.problems...)
		place(s, p.value)
	}
	r.memo = memo
	if s.Settings == nil {
		s.Settings = &site.Settings{File: &source.File{Path: settingsPath}, Theme: "institute", Timezone: "America/Los_Angeles"}
		problems = append(problems, diag.Diagnostic{
			Path: settingsPath, Severity: diag.Error, Rule: "site/missing",
			Message: "this file is missing, and a site cannot be made without it",
			Hint:    "write a file with two lines: title: Your site, and url: https://example.org/",
		})
	}
	return s, problems.Sorted()
}

const settingsPath = "data/site.yaml"

// parse reads one file by what its path says it is.
func parse(f *source.File) (any, diag.List) {
	dir, name := path.Split(f.Path)
	ext := path.Ext(name)
	switch {
	case strings.HasPrefix(f.Path, "themes/"):
		return nil, nil
	case strings.HasPrefix(f.Path, "static/"):
		return staticFile{f}, nil
	case isPicture(f.Path):
		return readPicture(f)
	case strings.HasPrefix(f.Path, "content/"):
		if ext == ".md" {
			return readPage(f)
		}
		return nil, unknown(f, "only Markdown pages (.md) and pictures (.jpg, .jpeg, .png, .webp) are read from content; other files belong in static/")
	case ext == ".yml":
		return nil, unknown(f, "rename it so that it ends in .yaml")
	case f.Path == settingsPath:
		return readSettings(f)
	case f.Path == "data/facts.yaml":
		return readFacts(f)
	case f.Path == "data/pathway.yaml":
		return readPathway(f)
	case f.Path == site.ReferralsPath:
		return readReferrals(f)
	case ext == ".go": // the institute's own data folder embeds its vocabularies
		return nil, nil
	case ext != ".yaml":
		return nil, unknown(f, "records are files that end in .yaml")
	}
	switch dir {
	case "data/vocabulary/":
		return readVocabulary(f)
	case "data/practitioners/":
		return readPractitioner(f)
	case "data/courses/":
		return readCourse(f)
	case "data/awards/":
		return readAward(f)
	case "data/events/":
		return readEvent(f)
	case "data/requirements/":
		return readRequirements(f)
	}
	hint := "records lie in vocabulary, practitioners, courses, events, awards or requirements"
	if near := diag.Nearest(dir, []string{"data/vocabulary/", "data/practitioners/", "data/courses/", "data/awards/", "data/events/", "data/requirements/"}); near != "" {
		hint = "did you mean the folder " + near + "?"
	} else if near := diag.Nearest(f.Path, []string{settingsPath, "data/facts.yaml", "data/pathway.yaml", site.ReferralsPath}); near != "" {
		hint = "did you mean " + near + "?"
	}
	return nil, unknown(f, hint)
}

// unknown says that a file is not read, and what to do about it.
func unknown(f *source.File, hint string) diag.List {
	return diag.List{{
		Path: f.Path, Severity: diag.Warning, Rule: "file/unknown",
		Message: "nothing reads this file, so it is not on the site", Hint: hint,
	}}
}

// staticFile is a file that is copied as it is.
type staticFile struct{ file *source.File }

// factBook is data/facts.yaml.
type factBook struct {
	file    *source.File
	facts   map[string]site.Fact
	derived map[string]site.FactEntry
}

// place puts a parsed value where it belongs in the site. Files come in the order of their paths.
func place(s *site.Site, value any) {
	switch v := value.(type) {
	case *site.Settings:
		s.Settings = v
	case *site.Vocabulary:
		s.Vocabularies[v.Facet] = v
	case factBook:
		s.Facts, s.Derived, s.FactsFile = v.facts, v.derived, v.file
	case *site.Page:
		s.Pages = append(s.Pages, v)
	case *site.Practitioner:
		s.Practitioners = append(s.Practitioners, v)
	case *site.Course:
		s.Courses = append(s.Courses, v)
	case *site.Award:
		s.Awards = append(s.Awards, v)
	case *site.Event:
		s.Events = append(s.Events, v)
	case *site.Pathway:
		s.Pathway = v
	case *site.RequirementSet:
		s.Requirements = append(s.Requirements, v)
	case *site.ReferralLog:
		s.Referrals = v
	case *site.Image:
		s.Pictures[v.File.Path] = v
	case staticFile:
		s.Static = append(s.Static, v.file)
	}
}

// each calls work for 0 to n-1 on all processors and returns when all are done.
func each(n int, work func(i int)) {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				work(i)
			}
		})
	}
	wait.Wait()
}
