package webtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// BenchmarkSaveToScreen writes a file and waits until Chromium shows what was written, end to end: the real
// command serves a synthetic site, a page of it is open, and the page itself notes the moment at which
// its document holds the new words. Hugo's server is measured in the same way, on the same records:
//
//	BENCH_CACHE=/tmp/bench bash ../shared/bench/compare.sh 1000 1000 1
//	BENCH_CACHE=/tmp/bench go test -run '^$' -bench SaveToScreen -benchtime 200x ./internal/webtest
//
// The first line makes the sites and Hugo itself; the benchmark measures every size (100, 1000, 10000)
// that it finds. The times are milliseconds from before the write until the words are in the document; a save
// that is not seen within ten seconds counts as missed and not as a time.
func BenchmarkSaveToScreen(b *testing.B) {
	cache := os.Getenv("BENCH_CACHE")
	if cache == "" {
		b.Skip("skipped: BENCH_CACHE does not name the folder of compare.sh")
	}
	for _, n := range []int{100, 1000, 10000} {
		site := filepath.Join(cache, fmt.Sprintf("site-%d-%d", n, n))
		peer := filepath.Join(cache, fmt.Sprintf("hugo-%d-%d", n, n))
		if !exists(site) {
			continue
		}
		for _, kind := range []edited{editedNews, editedPerson} {
			b.Run(fmt.Sprintf("nwioi/%d/%s", n, kind.name), func(b *testing.B) {
				program := buildCommand(b)
				saveToScreen(b, kind, site, func(dir, addr string) *exec.Cmd {
					return exec.Command(program, "serve", "--root", dir, "--addr", addr, "--as-of", "2026-11-01")
				})
			})
			if !exists(peer) || !exists(filepath.Join(cache, "bin/hugo")) {
				continue
			}
			b.Run(fmt.Sprintf("hugo/%d/%s", n, kind.name), func(b *testing.B) {
				saveToScreen(b, kind, peer, func(dir, addr string) *exec.Cmd {
					host, port, _ := net.SplitHostPort(addr)
					return exec.Command(filepath.Join(cache, "bin/hugo"), "server", "--source", dir, "--bind", host, "--port", port, "--quiet")
				})
			})
		}
	}
}

// freeAddress returns an address of this machine at which nobody listens.
func freeAddress(b *testing.B) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// running starts a server, waits until it answers, and ends it with the benchmark.
func running(b *testing.B, c *exec.Cmd, address string) {
	if err := c.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		c.Process.Signal(os.Interrupt)
		c.Wait() // which says that it was ended
	})
	for deadline := time.Now().Add(5 * time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if answer, err := http.Get(address); err == nil {
			answer.Body.Close()
			return
		}
	}
	b.Fatalf("%s does not answer", address)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// An edited file is one that the benchmark saves again and again, and the page that shows it.
type edited struct{ name, file, url string }

var (
	editedNews   = edited{"news", "content/news/n%06d.md", "news/n%06d/"}
	editedPerson = edited{"person", "data/practitioners/p%06d.yaml", "directory/p%06d/"}
)

// lookout is put into every document that the tab loads, before its own scripts. It tells the moment at
// which a word of the benchmark's is first seen in it.
const lookout = `(() => {
  let last = "";
  const look = () => {
    const found = /seen\d+x/.exec(document.body?.textContent ?? "");
    if (!found || found[0] === last) return;
    last = found[0];
    tell(JSON.stringify({word: last, at: performance.timeOrigin + performance.now()}));
  };
  new MutationObserver(look).observe(document, {subtree: true, childList: true, characterData: true});
})()`

// saveToScreen serves a copy of a site and saves a file in it b.N times.
func saveToScreen(b *testing.B, kind edited, from string, server func(dir, addr string) *exec.Cmd) {
	dir := filepath.Join(b.TempDir(), "site")
	// Links are followed, so that nothing but the copy is written to.
	if out, err := exec.Command("cp", "-rL", from, dir).CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	addr := freeAddress(b)
	address := "http://" + addr + "/"
	running(b, server(dir, addr), address)

	const which = 57
	path := filepath.Join(dir, fmt.Sprintf(kind.file, which))
	original, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	tab := open(b)
	type sight struct {
		Word string
		At   float64 // milliseconds since 1970
	}
	sights := make(chan sight, 100)
	err = chromedp.Listen(tab.ctx, func(event any) {
		if e, ok := event.(*runtime.EventBindingCalled); ok {
			var s sight
			if json.Unmarshal([]byte(e.Payload), &s) == nil {
				sights <- s
			}
		}
	})
	if err != nil {
		b.Fatal(err)
	}
	command(tab, runtime.AddBinding, runtime.AddBindingParams{Name: "tell"})
	command(tab, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: lookout})
	tab.visit(address + fmt.Sprintf(kind.url, which))

	var took []float64
	missed := 0
	for k := 0; b.Loop(); k++ {
		// People do not save in step with a server's clock.
		time.Sleep(time.Duration(300+k*37%400) * time.Millisecond)
		word := fmt.Sprintf("seen%dx", k)
		text := kind.with(original, word)
		begin := time.Now()
		if err := os.WriteFile(path, text, 0o644); err != nil {
			b.Fatal(err)
		}
		late := time.After(10 * time.Second)
		for seen := false; !seen; {
			select {
			case s := <-sights:
				if seen = s.Word == word; seen {
					took = append(took, s.At-float64(begin.UnixNano())/1e6)
				}
			case <-late:
				missed++
				seen = true
			}
		}
	}
	slices.Sort(took)
	at := func(share float64) float64 {
		if len(took) == 0 {
			return 0
		}
		return took[min(len(took)-1, int(share*float64(len(took))))]
	}
	b.ReportMetric(0, "ns/op") // the pauses are no part of it
	for name, share := range map[string]float64{"median-ms": .5, "p95-ms": .95, "p99-ms": .99, "worst-ms": 1} {
		b.ReportMetric(at(share), name)
	}
	b.ReportMetric(float64(missed), "missed")
}

// with returns the file's text with a word in it that the page shows.
func (e edited) with(text []byte, word string) []byte {
	if e.name == "person" {
		return bytes.Replace(text, []byte("bio: |\n  "), []byte("bio: |\n  "+word+" "), 1)
	}
	return bytes.Replace(text, []byte("\n\n- "), []byte(" "+word+"\n\n- "), 1)
}
