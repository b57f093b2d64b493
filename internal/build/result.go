package build

import (
	"bytes"
	"fmt"
	"strings"

	"nwioi/internal/diag"
	"nwioi/internal/output"
	"nwioi/internal/site"
)

// A Result is one build.
type Result struct {
	// Set is the files. It is made even when there are errors, from what could be read.
	Set *output.Set
	// Problems is everything that is wrong, in order, with the severities the site gives its rules.
	// If it has Failed, the set must not be published.
	Problems diag.List
	// Pages, People and Samples count the pages, the people in the directory and how many of them
	// are invented.
	Pages, People, Samples int
	// Edition is what is published, for those who ask about more than its files.
	Edition *site.Edition
	// Sources returns the path of the input file behind what stands at a URL path, such as
	// "content/about.md" for "/about/"; that of the settings for what is made of many, "" for nothing.
	Sources func(urlPath string) string
}

// Verify makes every file of the result that was made before once more from its recipe and compares.
// The error names the first file that differs: its layout is no pure function of its view.
func Verify(r *Result) error {
	for _, f := range r.Set.Files {
		remembered, err := f.Body()
		if err != nil {
			return err
		}
		var again bytes.Buffer
		if err := f.Render(&again); err != nil {
			return err
		}
		if !bytes.Equal(remembered, again.Bytes()) {
			return fmt.Errorf("%s came out differently when it was made again: its layout depends on something else than its view", f.Recipe.Path)
		}
	}
	return nil
}

// pages counts the HTML files of a set.
func pages(s *output.Set) int {
	n := 0
	for _, f := range s.Files {
		if strings.HasSuffix(f.Recipe.Path, ".html") {
			n++
		}
	}
	return n
}

// sources returns what Result.Sources is.
func sources(e *site.Edition) func(urlPath string) string {
	return func(urlPath string) string {
		if t := e.Target(urlPath); t != nil {
			return t.Source
		}
		return ""
	}
}

func samples(e *site.Edition) int {
	n := 0
	for _, p := range e.Profiles {
		if p.Sample {
			n++
		}
	}
	return n
}
