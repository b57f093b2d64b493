// Package check holds the rules that need more than one file, the day or the reader's eye: links that
// lead nowhere, ids that no vocabulary knows, licences that ran out, and the wording that makes a page
// untrue or hard to read. It turns an edition of a site into diagnostics and makes nothing else.
//
// A rule is one file: its id, its severity, a sentence on what it is for, and the function that finds
// it. rules.go lists them all. Rules come in three forms. Those about prose see every text once, word
// by word, and are called where one of their trigger words stands, so that a site of ten thousand pages is
// read in one pass; those about practitioners see one record; the rest see the whole edition.
//
// The result depends on the edition alone. A Checker remembers what it found in a file as long as the
// file, the day, the vocabularies and the names of the courses are the same, because the rules about
// prose and about records look at nothing else; what depends on other files is looked at every time.
// Positions are looked up when there is something to complain about, never before.
//
// The package does not decide what a diagnostic leads to, and knows no template, no output and no
// clock. What can be judged from one file by itself (keys, types, formats) is package read's.
package check

import (
	"maps"
	"runtime"
	"sync"
	"sync/atomic"

	"nwioi/internal/diag"
	"nwioi/internal/site"
	"nwioi/internal/source"
)

// Edition returns everything that is wrong with the edition, in order, each problem with the severity
// that its rule has by default. It is the same as the Edition of a new Checker.
func Edition(e *site.Edition) diag.List { return new(Checker).Edition(e) }

// A Checker checks editions and remembers what it found in files that stay the same. The zero Checker
// is ready. It is not safe for concurrent use.
type Checker struct {
	rules   []rule
	scanner *scanner
	given   given
	memo    map[*source.File]*sheet
}

// given is what the remembered results depend on besides their file.
type given struct {
	day        site.Date
	vocabulary [16]*site.Vocabulary // in the order of site.Vocabularies
	names      string               // of the courses, which pages may mention
}

// Edition returns what the function Edition returns.
func (c *Checker) Edition(e *site.Edition) diag.List {
	if c.rules == nil {
		c.rules = rules()
		c.scanner = newScanner(c.rules)
	}
	p := &pass{Edition: e, scanner: c.scanner, severity: map[string]diag.Severity{}, told: map[string]int{}}
	for _, r := range c.rules {
		p.severity[r.ID] = r.Severity
	}
	p.named = p.programmes()
	now := given{day: e.AsOf, names: names(p.named)}
	for i, facet := range site.Vocabularies {
		now.vocabulary[i] = e.Vocabulary(facet)
	}
	old := c.memo
	if now != c.given {
		old = nil
	}
	list := subjects(e)
	p.sheets = make([]*sheet, len(list))
	each(len(list), func(i int) {
		if p.sheets[i] = old[list[i].file]; p.sheets[i] == nil {
			p.sheets[i] = p.read(list[i])
		}
	})
	c.given, c.memo = now, make(map[*source.File]*sheet, len(list))
	n := 0
	for _, s := range p.sheets {
		c.memo[s.file] = s
		n += len(s.found)
	}
	p.found = make(diag.List, 0, n+64)
	for _, s := range p.sheets {
		p.found = append(p.found, s.found...)
	}
	p.resolve()
	for _, r := range c.rules {
		if r.edition != nil {
			r.edition(p)
		}
	}
	return p.found.Sorted()
}

// A pass is one look at an edition. Rules about the whole edition run one after the other and report
// to it.
type pass struct {
	*site.Edition
	scanner  *scanner
	severity map[string]diag.Severity // by rule
	sheets   []*sheet                 // every file with prose, a record or links, in the order of subjects
	targets  [][]*site.Target         // where the links of each sheet lead
	odd      []oddLink
	guesses  int            // how many wrong addresses were guessed at
	told     map[string]int // how many problems of each rule and file there are
	last     *places
	named    []programme

	readings    sync.Pool
	guessed     sync.Map // hints of ids that no vocabulary has
	lettersOnce sync.Once
	lettersMap  map[string]bool
	found       diag.List
}

// wrong reports a problem at a field of a record or of a page's front matter; "" is the whole file.
func (p *pass) wrong(file *source.File, field, rule, message, hint string) {
	if p.full(file, rule) {
		return
	}
	p.found = append(p.found, p.problem(p.in(file), field, rule, message, hint))
}

// full counts the problems of a rule in a file, and reports whether enough are told.
func (p *pass) full(file *source.File, rule string) bool {
	key := rule + " " + file.Path
	p.told[key]++
	return p.told[key] > enough
}

// wrongWords reports a problem at words of a text.
func (p *pass) wrongWords(s *sheet, t *text, start, end int, rule, message, hint string) {
	if p.full(s.file, rule) {
		return
	}
	d := diag.Diagnostic{Path: s.file.Path, Severity: p.severity[rule], Rule: rule, Message: message, Hint: hint}
	d.Pos, d.Width, d.Source = p.in(s.file).spot(t, start, end)
	p.found = append(p.found, d)
}

// in returns the places of a file. Rules go file by file, so one is remembered.
func (p *pass) in(file *source.File) *places {
	if p.last == nil || p.last.file != file {
		p.last = &places{file: file}
	}
	return p.last
}

func (p *pass) problem(at *places, field, rule, message, hint string) diag.Diagnostic {
	d := diag.Diagnostic{Path: at.file.Path, Severity: p.severity[rule], Rule: rule, Message: message, Hint: hint}
	if field != "" {
		d.Pos, d.Width, d.Source = at.field(field)
	}
	return d
}

// each calls work for 0 to n-1 on all processors, a run of neighbours at a time, and returns when all
// are done.
func each(n int, work func(i int)) {
	const run = 32
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min((n+run-1)/run, runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			for {
				end := int(next.Add(run))
				for i := end - run; i < min(end, n); i++ {
					work(i)
				}
				if end >= n {
					return
				}
			}
		})
	}
	wait.Wait()
}

// Severities returns the severities that a site's settings give its rules, for
// diag.List.WithSeverities: those of rules that exist and are not Fixed.
func Severities(s *site.Settings) map[string]diag.Severity {
	given := s.Severities()
	fixed := map[string]bool{}
	for _, r := range Rules() {
		fixed[r.ID] = r.Fixed
	}
	maps.DeleteFunc(given, func(id string, _ diag.Severity) bool { return fixed[id] })
	return given
}
