package searchtest

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"
)

// markdown writes what was measured as tables.
func markdown(all []*measured) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	largest := all[0]
	queries := 0
	for _, m := range all {
		queries = max(queries, m.engines[0].marking[allKinds].asked)
		if m.engine("Pagefind") != nil {
			largest = m
		}
	}
	line("%s, %d cores, %s. World %q, people of seed %d, up to %d queries of %d kinds of seed %d; records of %s.\n",
		time.Now().UTC().Format("2 January 2006, 15:04 UTC"), runtime.NumCPU(), runtime.Version(),
		report.name, reportPeople, queries, len(kinds), reportQueries, all[len(all)-1].records)

	line("| people | engine | queries | success@1 | MRR@10 | nobody shown | %s |", strings.Join(groups, " | "))
	line("|---|---|---|---|---|---|%s", strings.Repeat("---|", len(groups)))
	for _, m := range all {
		for _, e := range m.engines {
			s := e.marking[allKinds]
			row := fmt.Sprintf("| %s | %s | %s | %s | %s | %s |", thousands(m.people), e.name, thousands(s.asked), share(s.success()), share(s.mrr()), share(s.none()))
			for _, g := range groups {
				row += " " + share(e.marking[g].success()) + " |"
			}
			line("%s", row)
		}
	}

	line("\n| success@1 at %s people | queries |%s", thousands(largest.people), names(largest.engines))
	line("|---|---|%s", strings.Repeat("---|", len(largest.engines)))
	for _, k := range kinds {
		s := largest.engines[0].marking[k.name]
		if s == nil {
			continue
		}
		row := fmt.Sprintf("| %s | %d |", k.name, s.asked)
		for _, e := range largest.engines {
			row += " " + share(e.marking[k.name].success()) + " |"
		}
		line("%s", row)
	}

	head := func(what string) {
		row := "\n| " + what + " |"
		for _, m := range all {
			row += " " + thousands(m.people) + " |"
		}
		line("%s\n|---|%s", row, strings.Repeat("---|", len(all)))
	}
	row := func(label string, cell func(m *measured) string) {
		text := "| " + label + " |"
		some := false
		for _, m := range all {
			c := cell(m)
			some = some || c != ""
			text += " " + c + " |"
		}
		if some {
			line("%s", text)
		}
	}
	// of asks an engine that may not have been measured at every size.
	of := func(name string, cell func(e *engine) string) func(*measured) string {
		return func(m *measured) string {
			if e := m.engine(name); e != nil {
				return cell(e)
			}
			return ""
		}
	}

	wanted := func(label string) {
		row(label+": wanted at most", func(m *measured) string { return bounds[label][m.people] })
	}

	head("gzip kB to the first result of a cold visit, scripts included, the worst of several")
	for _, v := range visits {
		wanted(v.name)
		for _, name := range []string{"ours", "Pagefind", "MiniSearch"} {
			row(v.name+": "+name, of(name, func(e *engine) string { return kilobytes(e.cold[v.name]) }))
		}
	}

	head("milliseconds, median / p95, warm")
	wanted("a keystroke")
	row("a keystroke on our page in Chromium", func(m *measured) string { return quantiles(m.keys) })
	wanted("a common concern with all facet counts")
	for _, name := range []string{"ours", "MiniSearch, tuned", "MiniSearch", "Pagefind"} {
		where := " in Node"
		if name == "Pagefind" {
			where = " in Chromium"
		}
		row("any query, "+name+where, of(name, func(e *engine) string { return quantiles(e.run.Times) }))
		row("a common concern with all facet counts, "+name+where, of(name, func(e *engine) string { return quantiles(e.run.Counts) }))
	}
	row("getting ready to answer, ours in Node", of("ours", func(e *engine) string { return fmt.Sprintf("%.1f", e.run.Load) }))
	row("the same, MiniSearch", of("MiniSearch", func(e *engine) string { return fmt.Sprintf("%.0f", e.run.Load) }))

	head("making the index")
	wanted("ours, in Go: ms")
	row("ours, in Go: ms", func(m *measured) string { return fmt.Sprintf("%.0f", float64(m.build.Microseconds())/1000) })
	row("ours: MB by which the heap grows at most", func(m *measured) string { return fmt.Sprintf("%.0f", float64(m.heap)/1e6) })
	row("ours: files", func(m *measured) string { return thousands(m.files) })
	row("ours: kB of all files", func(m *measured) string { return thousands(m.bytes / 1000) })
	row("Pagefind: ms", of("Pagefind", func(e *engine) string { return thousands(int(e.run.Build)) }))
	row("MiniSearch: ms", of("MiniSearch", func(e *engine) string { return thousands(int(e.run.Build)) }))
	return b.String()
}

// bounds are what the institute wants of our search, by number of people: kB, and milliseconds of the
// 95th percentile.
var bounds = map[string]map[int]string{
	"exact name":                             {50: "20", 1000: "32", 10_000: "36", 100_000: "40"},
	"name with one typo":                     {50: "20", 1000: "36", 10_000: "42", 100_000: "55"},
	"concern":                                {50: "20", 1000: "45", 10_000: "60", 100_000: "100"},
	"city and concern":                       {50: "20", 1000: "45", 10_000: "60", 100_000: "100"},
	"a keystroke":                            {50: "1", 1000: "2", 10_000: "5", 100_000: "16"},
	"a common concern with all facet counts": {50: "1", 1000: "1", 10_000: "4", 100_000: "30"},
	"ours, in Go: ms":                        {50: "50", 1000: "150", 10_000: "1,000", 100_000: "10,000"},
}

func names(engines []*engine) string {
	text := ""
	for _, e := range engines {
		text += " " + e.name + " |"
	}
	return text
}

// quantiles writes the median and the 95th percentile of times.
func quantiles(times []float64) string {
	if len(times) == 0 {
		return ""
	}
	sorted := slices.Sorted(slices.Values(times))
	return fmt.Sprintf("%.1f / %.1f", sorted[len(sorted)/2], sorted[len(sorted)*95/100])
}

// kilobytes writes a number of bytes as kB: "36.4", "4,840".
func kilobytes(n int) string {
	if n >= 1_000_000 {
		return thousands((n + 500) / 1000)
	}
	return fmt.Sprintf("%.1f", float64(n)/1000)
}

// share writes a share with three digits, ".975", but 0 and 1 as they are.
func share(of float64) string {
	switch text := fmt.Sprintf("%.3f", of); text {
	case "0.000":
		return "0"
	case "1.000":
		return "1"
	default:
		return text[1:]
	}
}

// thousands writes a number with commas: "10,000".
func thousands(n int) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
