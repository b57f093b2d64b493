package main

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"nwioi/internal/site"
)

var (
	command   = regexp.MustCompile("go run \\./cmd/nwioi ([^`\n]*)")
	somePath  = regexp.MustCompile("`((?:content|data|themes|internal|cmd|static|\\.github)/[^` ]*)`")
	markImage = regexp.MustCompile(`!\[([^\]]*)\]\(([^)]*)\)`)
	remark    = regexp.MustCompile(`\s+#.*`)
)

// What the guides for people tell them to type can be typed, and what they point to is there.
func TestGuides(t *testing.T) {
	for _, name := range []string{"README.md", "EDITING.md"} {
		text, err := os.ReadFile("../../" + name)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(string(text), "\n")
		for i, line := range lines {
			for _, m := range command.FindAllStringSubmatch(line, -1) {
				args := words(remark.ReplaceAllString(m[1], ""))
				if args[0] == "help" { // which the root command adds when it runs
					continue
				}
				c, rest, err := commands(io.Discard, io.Discard).Find(args)
				if err == nil {
					err = c.ParseFlags(rest)
				}
				if err != nil {
					t.Errorf("%s:%d: %s: %v", name, i+1, m[0], err)
				}
			}
			for _, m := range somePath.FindAllStringSubmatch(line, -1) {
				if _, err := os.Stat(filepath.Join("../..", m[1])); err != nil && !strings.Contains(m[1], "jo-rivera") && m[1] != site.ReferralsPath {
					t.Errorf("%s:%d: there is no %s", name, i+1, m[1])
				}
			}
			for _, m := range markImage.FindAllStringSubmatch(line, -1) {
				info, err := os.Stat(filepath.Join("../..", m[2]))
				switch {
				case err != nil:
					t.Errorf("%s:%d: there is no picture %s", name, i+1, m[2])
				case info.Size() > 200<<10:
					t.Errorf("%s:%d: %s has %d kB, and a picture for a guide may have 200", name, i+1, m[2], info.Size()>>10)
				case len(strings.Fields(m[1])) < 3:
					t.Errorf("%s:%d: %s needs words for those who do not see it", name, i+1, m[2])
				}
			}
		}
	}
}

// words splits a command line as a shell would, but for escapes.
func words(line string) []string {
	var out []string
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 1 {
			out = append(out, part)
		} else {
			out = append(out, strings.Fields(part)...)
		}
	}
	return out
}
