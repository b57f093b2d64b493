package diag

import (
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFormats(t *testing.T) {
	for name, write := range map[string]func(*strings.Builder) error{
		"report.json":  func(b *strings.Builder) error { return JSON(b, report) },
		"github.txt":   func(b *strings.Builder) error { return GitHub(b, report) },
		"report.sarif": func(b *strings.Builder) error { return SARIF(b, report, "1.2.3") },
	} {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			if err := write(&b); err != nil {
				t.Fatal(err)
			}
			golden(t, name, b.String())
		})
	}
}

func TestEmptyReports(t *testing.T) {
	var j, s strings.Builder
	if err := errors.Join(JSON(&j, nil), SARIF(&s, nil, "")); err != nil {
		t.Fatal(err)
	}
	if j.String() != "[]\n" {
		t.Errorf("JSON of nothing is %q", j.String())
	}
	for _, want := range []string{`"results": []`, `"rules": []`} {
		if !strings.Contains(s.String(), want) {
			t.Errorf("SARIF of nothing lacks %s:\n%s", want, s.String())
		}
	}
}

func diagnostics() *rapid.Generator[List] {
	one := rapid.Custom(func(t *rapid.T) Diagnostic {
		return Diagnostic{
			Path:     rapid.StringMatching(`[a-zé:%, ]{1,8}/[a-z]{1,4}`).Draw(t, "path"),
			Pos:      Pos{rapid.IntRange(1, 50).Draw(t, "line"), rapid.IntRange(1, 50).Draw(t, "col")},
			Width:    rapid.IntRange(1, 9).Draw(t, "width"),
			Severity: rapid.SampledFrom([]Severity{Note, Warning, Error}).Draw(t, "severity"),
			Rule:     rapid.SampledFrom([]string{"a/b", "c/d", "e/f"}).Draw(t, "rule"),
			Message:  rapid.String().Draw(t, "message"),
			Hint:     rapid.String().Draw(t, "hint"),
		}
	})
	return rapid.Map(rapid.SliceOf(one), func(l []Diagnostic) List { return l })
}

// What JSON and SARIF hold can be read back: nothing is lost and nothing is turned into something else.
func TestReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := diagnostics().Draw(t, "list")
		want := l.Sorted()

		var b strings.Builder
		if err := JSON(&b, l); err != nil {
			t.Fatal(err)
		}
		var items []struct {
			Path, Severity, Rule, Message, Hint string
			Line, Col                           int
		}
		if err := json.Unmarshal([]byte(b.String()), &items); err != nil {
			t.Fatal(err)
		}
		if len(items) != len(want) {
			t.Fatalf("%d items of %d", len(items), len(want))
		}
		for i, d := range want {
			s, _ := ParseSeverity(items[i].Severity)
			got := Diagnostic{Path: items[i].Path, Pos: Pos{items[i].Line, items[i].Col}, Width: d.Width, Severity: s,
				Rule: items[i].Rule, Message: items[i].Message, Hint: items[i].Hint}
			if got != d {
				t.Fatalf("read back %+v, want %+v", got, d)
			}
		}

		b.Reset()
		if err := SARIF(&b, l, "1"); err != nil {
			t.Fatal(err)
		}
		var log sarifLog
		if err := json.Unmarshal([]byte(b.String()), &log); err != nil {
			t.Fatal(err)
		}
		run := log.Runs[0]
		if len(run.Results) != len(want) {
			t.Fatalf("%d results of %d", len(run.Results), len(want))
		}
		for i, d := range want {
			r := run.Results[i]
			at := r.Locations[0].Physical
			u, err := url.Parse(at.Artifact.URI)
			if err != nil || strings.TrimPrefix(u.Path, "./") != d.Path || u.IsAbs() {
				t.Fatalf("%q leads to %q", d.Path, at.Artifact.URI)
			}
			if run.Tool.Driver.Rules[r.RuleIndex].ID != d.Rule || r.RuleID != d.Rule || r.Level != d.Severity.String() ||
				at.Region != (sarifRegion{d.Pos.Line, d.Pos.Col, d.Pos.Col + d.Width}) {
				t.Fatalf("read back %+v, want %+v", r, d)
			}
		}
	})
}

// A runner takes each line of its log that begins with :: as a command. It must see exactly one for each
// diagnostic, with the properties it was given.
func TestGitHubReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := diagnostics().Draw(t, "list")
		var b strings.Builder
		if err := GitHub(&b, l); err != nil {
			t.Fatal(err)
		}
		want := l.Sorted()
		lines := strings.FieldsFunc(b.String(), func(r rune) bool { return r == '\n' || r == '\r' })
		if len(lines) != len(want) {
			t.Fatalf("%d commands of %d", len(lines), len(want))
		}
		var named, paths []string
		for _, d := range want {
			paths = append(paths, d.Path)
		}
		for _, line := range lines {
			head, _, ok := strings.Cut(strings.TrimPrefix(line, "::"), "::")
			_, properties, spaced := strings.Cut(head, " ")
			file, _, _ := strings.Cut(strings.TrimPrefix(properties, "file="), ",")
			for _, sign := range [][2]string{{"%3A", ":"}, {"%2C", ","}, {"%25", "%"}} {
				file = strings.ReplaceAll(file, sign[0], sign[1])
			}
			if !ok || !spaced {
				t.Fatalf("%q is no command", line)
			}
			named = append(named, file)
		}
		slices.Sort(named)
		if !slices.Equal(named, paths) {
			t.Fatalf("the files %q are named, want %q", named, paths)
		}
	})
}
