package webtest

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/dop251/goja"
	"github.com/evanw/esbuild/pkg/api"
	"pgregory.net/rapid"
)

// notebookHarness is what these tests call of the planner's scripts, without a page.
const notebookHarness = `
import { readCSV, writeCSV } from "./csv.ts";
import { add, compare, readCopy, replace, toCSV } from "./exchange.ts";
import * as notebook from "./notebook.ts";
import { hours, readHours } from "./spell.ts";

let made = 0;
const open = (bytes: Uint8Array) => readCopy(bytes, notebook, () => "made-" + made++);
Object.assign(globalThis, {
	TextDecoder: class { decode(bytes: Uint8Array) { return decoded(bytes) } },
	writeCSV: (rows: string) => writeCSV(JSON.parse(rows)),
	readCSV: (text: string) => JSON.stringify(readCSV(text)),
	readHours: (text: string) => String(readHours(text)),
	hours,
	write: (text: string) => notebook.write(JSON.parse(text)),
	toCSV: (text: string) => toCSV(JSON.parse(text)),
	open: (bytes: Uint8Array) => { made = 0; const copy = open(bytes); return typeof copy === "string" ? copy : JSON.stringify(copy) },
	compare: (here: string, copy: string) => { const { fresh, same, other } = compare(JSON.parse(here), JSON.parse(copy)); return JSON.stringify({ Fresh: fresh.map((e) => e.id), Same: same, Other: other }) },
	add: (here: string, copy: string) => JSON.stringify(add(JSON.parse(here), JSON.parse(copy))),
	replace: (here: string, copy: string, logOnly: boolean) => JSON.stringify(replace(JSON.parse(here), { notebook: JSON.parse(copy), logOnly })),
});
declare const decoded: (bytes: Uint8Array) => string;
`

var notebookProgram = sync.OnceValues(func() (*goja.Program, error) {
	dir, err := filepath.Abs(filepath.Join(root, "themes/institute/scripts"))
	if err != nil {
		return nil, err
	}
	result := api.Build(api.BuildOptions{
		Stdin:  &api.StdinOptions{Contents: notebookHarness, ResolveDir: dir, Sourcefile: "harness.ts", Loader: api.LoaderTS},
		Bundle: true, Format: api.FormatIIFE, Target: api.ES2017,
	})
	for _, m := range result.Errors {
		return nil, fmt.Errorf("%s", m.Text)
	}
	return goja.Compile("notebook.js", string(result.OutputFiles[0].Contents), false)
})

// A scripted is a JavaScript engine that holds the planner's scripts.
type scripted struct {
	t  rapid.TB
	vm *goja.Runtime
}

func planner(t rapid.TB) scripted {
	t.Helper()
	program, err := notebookProgram()
	if err != nil {
		t.Fatal(err)
	}
	vm := goja.New()
	vm.Set("decoded", func(call goja.FunctionCall) goja.Value {
		b, _ := call.Argument(0).Export().([]byte)
		if !utf8.Valid(b) {
			panic(vm.NewTypeError("not UTF-8"))
		}
		return vm.ToValue(strings.TrimPrefix(string(b), "\ufeff"))
	})
	if _, err := vm.RunProgram(program); err != nil {
		t.Fatal(err)
	}
	return scripted{t, vm}
}

func (s scripted) call(name string, args ...any) string {
	s.t.Helper()
	f, ok := goja.AssertFunction(s.vm.Get(name))
	if !ok {
		s.t.Fatalf("there is no %s", name)
	}
	values := make([]goja.Value, len(args))
	for i, a := range args {
		if b, is := a.([]byte); is {
			array, err := s.vm.New(s.vm.Get("Uint8Array"), s.vm.ToValue(s.vm.NewArrayBuffer(b)))
			if err != nil {
				s.t.Fatal(err)
			}
			values[i] = array
			continue
		}
		values[i] = s.vm.ToValue(a)
	}
	result, err := f(goja.Undefined(), values...)
	if err != nil {
		s.t.Fatal(err)
	}
	return result.String()
}

// A line is one of the log, as the notebook's JSON has it.
type line struct {
	ID         string `json:"id"`
	Date       string `json:"date"`
	Kind       string `json:"kind"`
	Quarters   int    `json:"quarters"`
	Session    string `json:"session"`
	People     int    `json:"people"`
	Format     string `json:"format"`
	Clients    string `json:"clients"`
	Supervisor string `json:"supervisor"`
	Setting    string `json:"setting"`
	Note       string `json:"note"`
}

// hostile are the beginnings that a spreadsheet runs, and what gets in the way of quoting.
var hostile = []string{"=1+1", "+1", "-1", "@x", "'=x", "''@", "'", "\"", "a\"b", "a,b", "a;b", "Zoë", "=HYPERLINK(\"https://x.example\",\"y\")", "", "plain", "'plain", " = x"}

func word(t *rapid.T, label string) string {
	return rapid.OneOf(rapid.SampledFrom(hostile), rapid.StringMatching(`['=+@,;" a-zé-]{0,12}`)).Draw(t, label)
}

// TestTable: whatever stands in a table comes back as it was, another reader sees as many cells, and none
// of them would run in a spreadsheet.
func TestTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(2, 5).Draw(t, "width")
		cell := rapid.OneOf(rapid.SampledFrom(append([]string{"\ttab", "\rreturn", "two\r\nlines", "two\nlines"}, hostile...)), rapid.StringMatching(`[\t\r\n'=+@,;" a-zé-]{0,8}`))
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, width, width), 1, 6).Draw(t, "rows")
		rows = append([][]string{slices.Repeat([]string{"head"}, width)}, rows...)
		p := planner(t)
		given, _ := json.Marshal(rows)
		text := p.call("writeCSV", string(given))
		if !strings.HasPrefix(text, "\ufeff") || !strings.HasSuffix(text, "\r\n") {
			t.Fatalf("%q has no mark of its encoding or no end", text)
		}
		var back []struct{ Cells []string }
		if err := json.Unmarshal([]byte(p.call("readCSV", text)), &back); err != nil {
			t.Fatalf("%q is not read: %v", text, err)
		}
		var got [][]string
		for _, r := range back {
			got = append(got, r.Cells)
		}
		if !slices.EqualFunc(got, rows, slices.Equal[[]string]) {
			t.Fatalf("%q comes back as %q, by way of %q", rows, got, text)
		}
		other, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
		if err != nil || len(other) != len(rows) {
			t.Fatalf("another reader finds %d rows of %d: %v", len(other), len(rows), err)
		}
		for _, row := range other {
			for _, cell := range row {
				if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
					t.Fatalf("a spreadsheet would run %q", cell)
				}
			}
		}
	})
}

// TestCopies: a notebook comes back from its JSON as it was, and its log from its table.
func TestCopies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var lines []line
		for i := range rapid.IntRange(0, 6).Draw(t, "lines") {
			lines = append(lines, line{
				ID: fmt.Sprintf("l-%d", i), Date: fmt.Sprintf("20%02d-%02d-%02d", rapid.IntRange(10, 40).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(1, 28).Draw(t, "day")),
				Kind: rapid.SampledFrom([]string{"supervision", "sex-therapy", "other-therapy", "other-practice"}).Draw(t, "kind"), Quarters: rapid.IntRange(1, 96).Draw(t, "quarters"),
				Session: rapid.SampledFrom([]string{"", "individual", "group"}).Draw(t, "session"), People: rapid.IntRange(0, 9).Draw(t, "people"),
				Format: rapid.SampledFrom([]string{"", "in-person", "video"}).Draw(t, "format"), Clients: rapid.SampledFrom([]string{"", "one", "couple-or-family", "group"}).Draw(t, "clients"),
				Supervisor: rapid.SampledFrom([]string{"", "Ada Okafor", "=Zoë"}).Draw(t, "supervisor"), Setting: strings.TrimSpace(word(t, "setting")), Note: strings.TrimSpace(word(t, "note")),
			})
		}
		slices.SortStableFunc(lines, func(a, b line) int { return strings.Compare(a.Date, b.Date) })
		text := notebookText(t, lines)
		p := planner(t)
		for kind, copied := range map[string]string{"JSON": p.call("write", text), "table": p.call("toCSV", text)} {
			var copy struct {
				Notebook struct{ Entries []line }
				LogOnly  bool
			}
			answer := p.call("open", []byte(copied))
			if err := json.Unmarshal([]byte(answer), &copy); err != nil {
				t.Fatalf("the %s is refused: %s\n%s", kind, answer, copied)
			}
			if !slices.Equal(copy.Notebook.Entries, lines) || copy.LogOnly != (kind == "table") {
				t.Fatalf("by way of %s the log\n%+v\ncomes back as\n%+v", kind, lines, copy.Notebook.Entries)
			}
		}
	})
}

// notebookText is a notebook of these lines, as JSON without its format.
func notebookText(t rapid.TB, lines []line) string {
	t.Helper()
	text, err := json.Marshal(map[string]any{
		"goals": []string{"institute"}, "tracks": map[string]string{}, "contract": "2026-01-02", "degree": "", "profile": map[string][]string{"degree": {"finished"}},
		"marks": map[string]string{"set/sar": "done"}, "rates": map[string]float64{"individual": 150, "group": 62.5},
		"supervisors": []map[string]string{{"name": "Ada Okafor", "aasect": "yes", "aamft": ""}, {"name": "=Zoë", "aasect": "no", "aamft": "yes"}}, "entries": append([]line{}, lines...),
	})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestRefusedCopies: what is damaged, foreign, too large or newer is refused with a sentence that says what
// is wrong and where.
func TestRefusedCopies(t *testing.T) {
	p := planner(t)
	good := p.call("write", notebookText(t, []line{
		{ID: "a", Date: "2026-03-01", Kind: "supervision", Quarters: 4, Session: "individual", People: 1},
		{ID: "b", Date: "2026-03-08", Kind: "sex-therapy", Quarters: 4, Clients: "one"},
	}))
	const head = "date,hours,kind,session,people,format,clients,supervisor,aasect,aamft,setting,note,id\r\n"
	for name, test := range map[string]struct{ text, want string }{
		"cut off":            {good[:len(good)-20], "damaged"},
		"a comma too many":   {strings.Replace(good, `"entries":[`, `"entries":[,`, 1), "damaged"},
		"newer":              {strings.Replace(good, `"version":1`, `"version":2`, 1), "newer version of this planner (2; this one reads 1)"},
		"foreign":            {`{"format":"other","version":1}`, "does not come from this planner"},
		"a list":             {`[1, 2]`, "damaged"},
		"a web page":         {"<!doctype html><title>x</title>", "no column “date”"},
		"empty":              {" \n", "empty"},
		"no text":            {"PK\x03\x04\xff\xfe", "UTF-8"},
		"a day of no month":  {strings.Replace(good, "2026-03-08", "2026-02-30", 1), "In line 3: Its date should be a day"},
		"part of a quarter":  {strings.Replace(good, `"quarters":4,"session":"",`, `"quarters":4.5,"session":"",`, 1), "In line 3: Its hours are not in whole quarters"},
		"below zero":         {strings.Replace(good, `"quarters":4,"session":"",`, `"quarters":-4,"session":"",`, 1), "In line 3: Its quarters of an hour: there should be a number from 1 to 96"},
		"an unknown kind":    {strings.Replace(good, "sex-therapy", "gardening", 1), "In line 3: Its kind should be"},
		"an unknown field":   {strings.Replace(good, `"note":""`, `"note":"","x":1`, 1), "In line 2: A line has the field “x”"},
		"an id twice":        {strings.Replace(good, `"id":"b"`, `"id":"a"`, 1), "In line 3: Two lines have the same id"},
		"a prototype":        {strings.Replace(good, `"id":"b"`, `"__proto__":{},"id":"b"`, 1), "In line 3: A line has the field “__proto__”"},
		"a control sign":     {strings.Replace(good, `"note":""`, `"note":"a\u0007"`, 1), "In line 2: Its note is not a line of text"},
		"a long note":        {strings.Replace(good, `"note":""`, `"note":"`+strings.Repeat("x", 501)+`"`, 1), "there is room for 500"},
		"a table's stranger": {"date,hours,kind,client\r\n2026-03-01,1,supervision,x\r\n", "column “client”, which"},
		"a table's twin":     {"date,hours,kind,note,note\r\n", "column “note” twice"},
		"a table's hours":    {head + "2026-03-01,1,supervision\r\n2026-03-02,1.3,supervision\r\n", "In line 3: Its hours are not in whole quarters"},
		"a table's words":    {head + "2026-03-01,one,supervision\r\n", "In line 2: Its quarters of an hour"},
		"a table's date":     {head + "3/1/2026,1,supervision\r\n", "In line 2: Its date should be a day such as 2026-11-23"},
		"a table's quote":    {head + "2026-03-01,1,supervision\r\n\"2026-03-01,1", "A quotation mark in line 3 is never closed"},
		"a table's approval": {head + "2026-03-01,1,supervision,,,,,Ada,perhaps\r\n", "In line 2: The column “aasect” should say yes or no"},
		"two approvals":      {head + "2026-03-01,1,supervision,,,,,Ada,yes\r\n2026-03-02,1,supervision,,,,,Ada,no\r\n", "In line 3: It says of Ada another approval"},
		"too large":          {strings.Repeat(" ", 5_000_001), "larger than any notebook"},
	} {
		if got := p.call("open", []byte(test.text)); !strings.Contains(got, test.want) || strings.HasPrefix(got, "{") {
			t.Errorf("%s: %s\nwant a sentence with %q", name, short(got), test.want)
		}
	}
	if got := p.call("open", []byte(good)); !strings.HasPrefix(got, "{") {
		t.Errorf("what all these began with is refused: %s", got)
	}
	// A spreadsheet of another country writes semicolons and decimal commas.
	if got := p.call("open", []byte("Date;Hours;Kind\r\n2026-03-01;1,5;supervision\r\n")); !strings.Contains(got, `"quarters":6`) {
		t.Errorf("a table with semicolons: %s", got)
	}
}

// TestCopyMeetsNotebook: the same lines are not written twice, what is here is never overwritten by adding,
// and replacing by a table leaves what was chosen.
func TestCopyMeetsNotebook(t *testing.T) {
	p := planner(t)
	session := line{ID: "a", Date: "2026-03-01", Kind: "supervision", Quarters: 4, Session: "individual", People: 1}
	again, changed, other := session, session, session
	again.ID = "b" // a second session that day, just like the first
	changed.Quarters = 6
	other.ID, other.Date = "c", "2026-04-01"
	here := notebookText(t, []line{session, again})
	copied := notebookText(t, []line{changed, again, other})
	if got, want := p.call("compare", here, copied), `{"Fresh":["c"],"Same":1,"Other":1}`; got != want {
		t.Errorf("compared: %s, want %s", got, want)
	}
	unnamed := session
	unnamed.ID = "made-0" // from a table without ids
	for _, test := range []struct {
		copied []line
		want   string
	}{
		{[]line{unnamed}, `{"Fresh":[],"Same":1,"Other":0}`},
		{[]line{unnamed, session, again}, `{"Fresh":["made-0"],"Same":2,"Other":0}`},
	} {
		if got := p.call("compare", here, notebookText(t, test.copied)); got != test.want {
			t.Errorf("of %d equal lines where two are here: %s, want %s", len(test.copied), got, test.want)
		}
	}
	var sum struct{ Entries []line }
	if err := json.Unmarshal([]byte(p.call("add", here, copied)), &sum); err != nil || !slices.Equal(sum.Entries, []line{session, again, other}) {
		t.Errorf("added: %+v, %v", sum.Entries, err)
	}
	table := `{"goals":[],"tracks":{},"contract":"","degree":"","profile":{},"marks":{},"rates":{"individual":0,"group":0},"supervisors":[],"entries":[]}`
	if got := p.call("replace", here, table, true); !strings.Contains(got, `"goals":["institute"]`) || !strings.Contains(got, "Ada Okafor") || !strings.Contains(got, `"entries":[]`) {
		t.Errorf("replaced by an empty table: %s", got)
	}
	if got := p.call("replace", here, table, false); got != table {
		t.Errorf("replaced by a whole notebook: %s", got)
	}
}

// TestHours reads hours as people write them.
func TestHours(t *testing.T) {
	p := planner(t)
	for text, want := range map[string]string{
		"1": "4", "1.5": "6", "1,5": "6", "0:45": "3", "1:15": "5", ":30": "2", " 2 h ": "8", ".25": "1", "1½": "6", "½": "2", "45 min": "3", "24": "96", "1.50": "6",
		"1:20": "Hours are counted in quarters: 1¼ or 1½.", "0.1": "Hours are counted in quarters: ¼.", "24.25": "One line holds a day at most, 24 hours.",
		"": "Write how long it was, such as 1.5 or 1:15.", "0": "Write how long it was, such as 1.5 or 1:15.", "-1": "Write the hours as in 1, 1.5, 0:45 or 1:15.", "1:60": "Write the hours as in 1, 1.5, 0:45 or 1:15.", "an hour": "Write the hours as in 1, 1.5, 0:45 or 1:15.",
	} {
		if got := p.call("readHours", text); got != want {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
	for quarters, want := range map[int]string{0: "0", 1: "¼", 4: "1", 50: "12½", 12_000: "3,000"} {
		if got := p.call("hours", quarters); got != want {
			t.Errorf("%d quarters are written %q, want %q", quarters, got, want)
		}
	}
}
