package diag

import (
	"io"
	"net/url"
	"slices"
)

// SARIF writes a report in the Static Analysis Results Interchange Format 2.1.0 of OASIS, which code
// hosts and editors show. ToolVersion is the version of this program, or "" if it is not known. The
// paths are relative to the root of the site, columns count code points, and a hint follows its
// sentence after a semicolon.
func SARIF(w io.Writer, l List, toolVersion string) error {
	var rules []string
	for _, d := range l {
		rules = append(rules, d.Rule)
	}
	slices.Sort(rules)
	rules = slices.Compact(rules)

	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{Name: "nwioi", Version: toolVersion, Rules: []sarifRule{}}
	for _, id := range rules {
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{id})
	}
	for _, d := range l.Sorted() {
		index, _ := slices.BinarySearch(rules, d.Rule)
		result := sarifResult{RuleID: d.Rule, RuleIndex: index, Level: d.Severity.String()}
		if d.Severity == Off {
			result.Level = "none"
		}
		result.Message.Text = d.Message
		if d.Hint != "" {
			result.Message.Text += "; " + d.Hint
		}
		var at sarifLocation
		at.Physical.Artifact.URI = (&url.URL{Path: d.Path}).String()
		at.Physical.Region = sarifRegion{d.line(), d.col(), d.col() + max(1, d.Width)}
		result.Locations = []sarifLocation{at}
		run.Results = append(run.Results, result)
	}
	return encode(w, sarifLog{
		Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		Version: "2.1.0",
		Runs:    []sarifRun{run},
	})
}

type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool struct {
			Driver sarifDriver `json:"driver"`
		} `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID string `json:"id"`
	}
	sarifResult struct {
		RuleID    string `json:"ruleId"`
		RuleIndex int    `json:"ruleIndex"`
		Level     string `json:"level"`
		Message   struct {
			Text string `json:"text"`
		} `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifLocation struct {
		Physical struct {
			Artifact struct {
				URI string `json:"uri"`
			} `json:"artifactLocation"`
			Region sarifRegion `json:"region"`
		} `json:"physicalLocation"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
		EndColumn   int `json:"endColumn"`
	}
)
