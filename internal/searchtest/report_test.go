package searchtest

import (
	"context"
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/metrics"
	"testing"
	"time"

	"nwioi/internal/search"
)

var (
	reportFlag = flag.Bool("report", false, "print the report: quality, bytes and speed of our search beside MiniSearch and Pagefind")
	peersFlag  = flag.Bool("peers", true, "ask the other engines too")
)

// Seeds of the report. The engine is developed against TestQuality, which has others.
const (
	reportPeople  = 20261
	reportQueries = 20262
)

// peersUpTo is the largest directory for which the other engines are asked: beyond it they need
// hours for the queries.
const peersUpTo = 10_000

// inFullUpTo is the largest for which they are asked every query; above it every tenth, which is
// enough to compare and spares minutes.
const inFullUpTo = 1000

// synonymsUpTo is the largest for which they are asked again with the vocabularies' synonyms.
const synonymsUpTo = 1000

// TestReport prints the report. Without -report it makes a small one and throws it away, so that what
// makes it keeps working.
func TestReport(t *testing.T) {
	npm(t)
	browser := chromium(t)
	each, times, list := 3, 1, []int{50}
	if *reportFlag {
		each, times, list = 100, 5, sizes(t, "50,1000,10000")
	}
	var all []*measured
	for _, n := range list {
		start := time.Now()
		all = append(all, measure(t, newDirectory(t, report, n, reportPeople), browser, each, times))
		if *reportFlag {
			fmt.Fprintf(os.Stderr, "%d people: %.0f s\n", n, time.Since(start).Seconds())
		}
	}
	text := markdown(all)
	if *reportFlag {
		fmt.Print(text)
	}
	if m := all[0].engine("ours").marking[allKinds]; m.asked == 0 || m.success() < .9 {
		t.Errorf("our engine finds whom it should for %.2f of the queries:\n%s", m.success(), text)
	}
}

// A measured is everything that was measured at one number of people.
type measured struct {
	people  int
	records string // their mean length
	engines []*engine
	keys    []float64     // milliseconds of our page's answers to keystrokes
	build   time.Duration // of our index and its files
	heap    uint64        // bytes by which the heap grows meanwhile
	files   int           // of our index
	bytes   int           // of them all
}

// An engine is one of those that are compared, and how it did.
type engine struct {
	name    string
	run     *run
	marking marking
	cold    map[string]int // bytes to the first result by kind of visit
}

// engine returns the one with the name, or nil.
func (m *measured) engine(name string) *engine {
	for _, e := range m.engines {
		if e.name == name {
			return e
		}
	}
	return nil
}

// measure asks every engine up to so many queries of each kind, and opens each kind of cold visit
// several times.
func measure(t *testing.T, d *directory, browser context.Context, each, times int) *measured {
	t.Helper()
	queries := d.queries(reportQueries, each)
	m := &measured{people: len(d.people), records: d.recordSize()}
	asked := queries
	add := func(name string, r *run, cold map[string]int) {
		m.engines = append(m.engines, &engine{name, r, r.marking(d, asked), cold})
	}

	files := m.buildOurs(d.input)
	answers := ours(t, d, files, queries)
	page := published(t, d)
	cold := coldBytes(t, browser, page, queries, times)
	m.keys = keystrokes(t, browser, page, queries, min(times, 3))
	page.stop()
	add("ours", answers, cold)

	if m.people > peersUpTo || !*peersFlag {
		return m
	}
	if m.people > inFullUpTo {
		asked = nil
		for i := 0; i < len(queries); i += 10 {
			asked = append(asked, queries[i])
		}
	}
	client := miniSearchClient(t)
	mini := func(name string, tuned, synonyms bool) {
		r := miniSearch(t, d, asked, tuned, synonyms)
		cold := map[string]int{}
		for _, v := range visits {
			cold[v.name] = client + r.Bytes // the index is loaded whole
		}
		add(name, r, cold)
	}
	find := func(name string, synonyms bool) {
		r, cold := pagefind(t, browser, d, asked, queries, synonyms, times)
		add(name, r, cold)
	}
	mini("MiniSearch, tuned", true, false)
	mini("MiniSearch", false, false)
	find("Pagefind", false)
	if m.people <= synonymsUpTo {
		mini("MiniSearch, tuned, given synonyms", true, true)
		find("Pagefind, given synonyms", true)
	}
	return m
}

// buildOurs makes our index and its files, once for the memory and then for two seconds, of which the
// quickest time counts.
func (m *measured) buildOurs(in search.Input) []search.File {
	var files []search.File
	m.heap = growth(func() { files = search.Build(in).Files() })
	for start := time.Now(); m.build == 0 || time.Since(start) < 2*time.Second; {
		began := time.Now()
		search.Build(in).Files()
		if took := time.Since(began); m.build == 0 || took < m.build {
			m.build = took
		}
	}
	m.files = len(files)
	for _, f := range files {
		m.bytes += len(f.Data)
	}
	return files
}

// growth runs work and returns by how many bytes the heap grew at most, garbage included.
func growth(work func()) uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	heap := func() uint64 {
		metrics.Read(sample)
		return sample[0].Value.Uint64()
	}
	runtime.GC()
	before := heap()
	most := before
	done, watched := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(watched)
		ticks := time.NewTicker(time.Millisecond)
		defer ticks.Stop()
		for {
			select {
			case <-done:
				return
			case <-ticks.C:
				most = max(most, heap())
			}
		}
	}()
	work()
	close(done)
	<-watched
	return max(most, heap()) - before
}
