package markdown

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"nwioi/internal/diag"
)

var update = flag.Bool("update", false, "write what the package makes into the case files")

// TestCases reads testdata/*.txtar: NAME.md is parsed, NAME.html is what it becomes, with {0} where
// hole 0 is filled, and NAME.problems is the report; without that file there are no problems.
func TestCases(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no case files: %v", err)
	}
	for _, path := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			want := map[string]string{}
			for _, f := range archive.Files {
				want[f.Name] = string(f.Data)
			}
			var made []txtar.File
			for _, f := range archive.Files {
				name, ok := strings.CutSuffix(f.Name, ".md")
				if !ok {
					continue
				}
				doc, problems := Parse(f.Name, f.Data, 1, Options{
					Facts: !strings.HasPrefix(name, "bio"), TopHeading: 2, AnchorPrefix: "s-",
				})
				html := doc.HTML(func(i int) string { return fmt.Sprintf("{%d}", i) })
				made = append(made, f, txtar.File{Name: name + ".html", Data: []byte(html)})
				report := problemText(problems)
				if report != "" {
					made = append(made, txtar.File{Name: name + ".problems", Data: []byte(report)})
				}
				if !*update {
					if d := cmp.Diff(want[name+".html"], html); d != "" {
						t.Errorf("%s.html (-want +got):\n%s", name, d)
					}
					if d := cmp.Diff(want[name+".problems"], report); d != "" {
						t.Errorf("%s.problems (-want +got):\n%s", name, d)
					}
				}
				sound(t, string(f.Data), doc)
			}
			if *update {
				archive.Files = made
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func problemText(problems diag.List) string {
	var b strings.Builder
	for _, p := range problems.Sorted() {
		fmt.Fprintf(&b, "%d:%d+%d %s [%s] %s — %s\n", p.Pos.Line, p.Pos.Col, p.Width, p.Severity, p.Rule, p.Message, p.Hint)
	}
	return b.String()
}
