package internal

import (
	"fmt"
	"go/ast"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "nwioi"

// A code is a package of the repository as its files import it.
type code struct {
	imports map[string]string   // by path: the file that imports it
	clocks  map[string][]string // places that look at the clock, by file
	tests   map[string]string   // imports of its test files
}

// clockwork are the functions of package time that look at a clock or wait for it.
var clockwork = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"}

// packages returns every package below the root, by its folder. It parses all files, whatever system
// they are for.
func packages(t *testing.T, root string) map[string]*code {
	t.Helper()
	found := map[string]*code{}
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name := d.Name(); p != root && (strings.HasPrefix(name, ".") || name == "testdata" || name == "node_modules") {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(p, ".go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		if ignored(file) {
			return nil
		}
		rel, _ := filepath.Rel(root, p)
		rel = filepath.ToSlash(rel)
		c := found[path.Dir(rel)]
		if c == nil {
			c = &code{map[string]string{}, map[string][]string{}, map[string]string{}}
			found[path.Dir(rel)] = c
		}
		into := c.imports
		if strings.HasSuffix(p, "_test.go") {
			into = c.tests
		}
		clock := ""
		for _, spec := range file.Imports {
			what, _ := strconv.Unquote(spec.Path.Value)
			into[what] = rel
			if what == "time" {
				clock = "time"
				if spec.Name != nil {
					clock = spec.Name.Name
				}
			}
		}
		if clock != "" && !strings.HasSuffix(p, "_test.go") {
			ast.Inspect(file, func(n ast.Node) bool {
				if s, ok := n.(*ast.SelectorExpr); ok {
					if x, ok := s.X.(*ast.Ident); ok && x.Name == clock && slices.Contains(clockwork, s.Sel.Name) {
						c.clocks[rel] = append(c.clocks[rel], s.Sel.Name)
					}
				}
				return true
			})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// ignored reports whether a file is for no build at all.
func ignored(f *ast.File) bool {
	for _, group := range f.Comments {
		for _, c := range group.List {
			if c.Pos() < f.Package && constraint.IsGoBuild(c.Text) && strings.Contains(c.Text, "ignore") {
				return true
			}
		}
	}
	return false
}

// table returns the rows of the Markdown table of README.md whose first heading is the one given, each
// as its cells.
func table(t *testing.T, heading string) [][]string {
	t.Helper()
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(text), "\n| "+heading+" |")
	if !found {
		t.Fatalf("README.md has no table whose first column is %q", heading)
	}
	var rows [][]string
	for _, line := range strings.Split(rest, "\n")[2:] {
		if !strings.HasPrefix(line, "|") {
			break
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows = append(rows, cells)
	}
	return rows
}

var codeWords = regexp.MustCompile("`([^`]+)`")

// quoted returns what stands between backquotes in a cell.
func quoted(cell string) []string {
	var words []string
	for _, m := range codeWords.FindAllStringSubmatch(cell, -1) {
		words = append(words, m[1])
	}
	return words
}

// A layer is a row of the import table.
type layer struct {
	verb         bool
	imports      []string
	surroundings []string
}

func layers(t *testing.T) map[string]layer {
	t.Helper()
	all := map[string]layer{}
	for _, row := range table(t, "package") {
		if len(row) != 5 {
			t.Fatalf("a row of the import table has %d cells: %q", len(row), row)
		}
		if row[1] != "noun" && row[1] != "verb" {
			t.Errorf("%s is neither a noun nor a verb", row[0])
		}
		all[quoted(row[0])[0]] = layer{row[1] == "verb", quoted(row[3]), quoted(row[4])}
	}
	return all
}

// composers are the verbs that exist to put others together.
var composers = []string{"build", "serve"}

// The table itself obeys the rules that it stands for.
func TestTable(t *testing.T) {
	all := layers(t)
	for name, l := range all {
		for _, other := range l.imports {
			o, known := all[other]
			switch {
			case !known:
				t.Errorf("%s may import %s, which is no package of the table", name, other)
			case !l.verb && o.verb:
				t.Errorf("%s is a noun and may import the verb %s", name, other)
			case l.verb && o.verb && !slices.Contains(composers, name):
				t.Errorf("%s is a verb and may import the verb %s; only %v put steps together", name, other, composers)
			}
		}
		if !slices.Contains([]string{"source", "write", "watch", "edit", "serve"}, name) && len(l.surroundings) > 0 {
			t.Errorf("%s may touch %v, and only source, write, watch, edit, serve and main may", name, l.surroundings)
		}
	}
}

// Every import is in the table, and every row of the table is needed.
func TestImports(t *testing.T) {
	for _, problem := range edges(layers(t), packages(t, "..")) {
		t.Error(problem)
	}
}

// edges says where the packages import what the table does not have.
func edges(table map[string]layer, found map[string]*code) []string {
	var problems []string
	say := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	for dir, c := range found {
		name, inside := strings.CutPrefix(dir, "internal/")
		l, known := table[name]
		if inside && !known && len(c.imports) > 0 {
			say("internal/%s is not in the import table of internal/README.md", name)
			continue
		}
		used := map[string]bool{}
		for what, file := range c.imports {
			if other, ours := strings.CutPrefix(what, module+"/internal/"); ours {
				used[other] = true
				if dir == "cmd/nwioi" {
					continue
				}
				if !inside || !slices.Contains(l.imports, other) {
					say("%s imports %s, which the import table does not have", file, what)
				}
			} else if strings.HasPrefix(what, module+"/") && dir != "cmd/nwioi" {
				say("%s imports %s, which only main may", file, what)
			}
			if part := surroundings(what); part != "" && dir != "cmd/nwioi" {
				used[part] = true
				if !slices.Contains(l.surroundings, part) {
					say("%s imports %s, and %s may not touch the system", file, what, dir)
				}
			}
		}
		for file, places := range c.clocks {
			used["time"] = true
			if dir != "cmd/nwioi" && !slices.Contains(l.surroundings, "time") {
				say("%s uses time.%s: time is an input below main", file, strings.Join(places, ", time."))
			}
		}
		for _, other := range slices.Concat(l.imports, l.surroundings) {
			if !used[other] && other != "time" {
				say("internal/%s does not need %s any more: take it out of the import table", name, other)
			}
		}
	}
	for name := range table {
		if found["internal/"+name] == nil {
			say("the import table has internal/%s, which does not exist", name)
		}
	}
	slices.Sort(problems)
	return problems
}

// surroundings returns the column entry under which a package of the standard library that touches the
// surroundings is allowed, or "".
func surroundings(what string) string {
	switch what {
	case "net/url", "net/mail", "net/netip", "net/textproto":
		return ""
	case "unsafe", "plugin", "C", "os/exec":
		return what
	}
	first, _, _ := strings.Cut(what, "/")
	switch first {
	case "os", "net", "syscall":
		return first
	}
	if strings.HasPrefix(what, "golang.org/x/sys/") {
		return "syscall"
	}
	return ""
}

// A wrong import is found: the test is tried on packages that break each rule.
func TestWrongImportsAreFound(t *testing.T) {
	table := map[string]layer{"site": {imports: []string{"diag"}}, "diag": {}, "read": {verb: true, imports: []string{"site"}}}
	with := func(dir, what string) map[string]*code {
		found := map[string]*code{
			"internal/diag": {imports: map[string]string{}},
			"internal/site": {imports: map[string]string{"nwioi/internal/diag": "site.go"}},
			"internal/read": {imports: map[string]string{"nwioi/internal/site": "read.go"}},
		}
		if found[dir] == nil {
			found[dir] = &code{imports: map[string]string{}}
		}
		found[dir].imports[what] = "wrong.go"
		return found
	}
	if problems := edges(table, with("internal/diag", "strings")); len(problems) > 0 {
		t.Errorf("nothing is wrong, and yet: %v", problems)
	}
	for _, wrong := range [][2]string{
		{"internal/site", "nwioi/internal/read"}, {"internal/read", "nwioi/internal/diag"}, {"internal/site", "os"}, {"internal/site", "os/exec"},
		{"internal/read", "net/http"}, {"internal/site", "syscall"}, {"internal/new", "strings"}, {"data", "nwioi/internal/site"}, {"internal/diag", "nwioi/data"},
	} {
		if len(edges(table, with(wrong[0], wrong[1]))) == 0 {
			t.Errorf("%s may import %s", wrong[0], wrong[1])
		}
	}
	found := with("internal/site", "time")
	found["internal/site"].clocks = map[string][]string{"wrong.go": {"Now"}}
	if len(edges(table, found)) == 0 {
		t.Error("site may look at the clock")
	}
}

// Every third-party import is of a module on the list, and stands where the list says.
func TestModules(t *testing.T) {
	list := map[string][]string{}
	for _, row := range table(t, "module") {
		list[quoted(row[0])[0]] = append(quoted(row[1]), map[bool]string{true: "tests"}[row[1] == "tests"])
	}
	moduleOf := func(what string) string {
		for m := range list {
			if what == m || strings.HasPrefix(what, m+"/") {
				return m
			}
		}
		return ""
	}
	thirdParty := func(what string) bool {
		first, _, _ := strings.Cut(what, "/")
		return strings.Contains(first, ".")
	}
	used := map[string]bool{}
	for dir, c := range packages(t, "..") {
		for what, file := range c.imports {
			if !thirdParty(what) {
				continue
			}
			m := moduleOf(what)
			if m == "" {
				t.Errorf("%s imports %s, whose module is not on the list of internal/README.md", file, what)
				continue
			}
			used[m] = true
			if !slices.Contains(list[m], dir) {
				t.Errorf("%s imports %s, which stands in %s alone", file, what, strings.Join(list[m], " "))
			}
		}
		for what, file := range c.tests {
			if !thirdParty(what) {
				continue
			}
			m := moduleOf(what)
			if m == "" && !strings.HasPrefix(what, "github.com/chromedp/cdproto") { // the vocabulary of chromedp
				t.Errorf("%s imports %s, whose module is not on the list of internal/README.md", file, what)
			}
			if slices.Contains(list[m], "tests") {
				used[m] = true
			}
		}
	}
	for m := range list {
		if !used[m] {
			t.Logf("nothing imports %s yet", m)
		}
	}
	for _, m := range required(t) {
		if list[m.path] == nil {
			t.Errorf("go.mod requires %s, which is not on the list of internal/README.md", m.path)
		}
		if len(strings.Fields(m.reason)) < 3 {
			t.Errorf("go.mod gives no reason for %s: write it after // on its line", m.path)
		}
	}
}

type requirement struct{ path, reason string }

var requireLine = regexp.MustCompile(`^(?:require)?\s*([^\s()]+\.[^\s()]+/[^\s()]+|[^\s()]+\.[^\s()]+)\s+v\S+\s*(?://\s*(.*))?$`)

// required returns the direct modules of go.mod with what is said of each.
func required(t *testing.T) []requirement {
	t.Helper()
	text, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	var direct []requirement
	for line := range strings.Lines(string(text)) {
		m := requireLine.FindStringSubmatch(strings.TrimRight(line, "\n"))
		if m == nil || strings.HasPrefix(m[2], "indirect") {
			continue
		}
		direct = append(direct, requirement{m[1], m[2]})
	}
	if len(direct) < 10 {
		t.Fatalf("go.mod seems to require only %v", direct)
	}
	return direct
}

// The map is whole: every package of the import table has a comment that says what it is.
func TestPackageComments(t *testing.T) {
	for name := range layers(t) {
		found := false
		files, _ := filepath.Glob(filepath.Join(name, "*.go"))
		for _, p := range files {
			file, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.PackageClauseOnly|parser.ParseComments)
			if err == nil && file.Doc != nil && strings.HasPrefix(file.Doc.Text(), "Package "+name+" ") {
				found = true
			}
		}
		if !found {
			t.Errorf("internal/%s has no package comment", name)
		}
	}
}
