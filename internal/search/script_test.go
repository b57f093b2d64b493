package search

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

// TestScriptIsSmall: what a browser needs up to the first result is at most 10 kB of gzip, and what
// is loaded on use stays out of it.
func TestScriptIsSmall(t *testing.T) {
	result := api.Build(api.BuildOptions{
		EntryPoints:       []string{scripts + "/directory.ts"},
		Outdir:            t.TempDir(),
		Bundle:            true,
		Splitting:         true,
		Format:            api.FormatESModule,
		Target:            api.ES2020,
		Charset:           api.CharsetUTF8,
		MinifyWhitespace:  true,
		MinifySyntax:      true,
		MinifyIdentifiers: true,
		TsconfigRaw:       `{"compilerOptions":{"useDefineForClassFields":false}}`,
	})
	for _, m := range result.Errors {
		t.Fatal(m.Text)
	}
	for _, f := range result.OutputFiles {
		name := filepath.Base(f.Path)
		if name != "directory.js" {
			if strings.HasPrefix(name, "chunk") {
				t.Errorf("%s is shared by two files, so a page needs one request more", name)
			}
			continue
		}
		var b bytes.Buffer
		z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
		z.Write(f.Contents)
		z.Close()
		if b.Len() > 10_240 {
			t.Errorf("the script takes %d bytes", b.Len())
		}
	}
}

// TestScriptsKeepToThemselves: no script stores anything but the shortlist and the planner's notebook, asks
// anybody else, or hands text to a parser, and none gives up its types.
func TestScriptsKeepToThemselves(t *testing.T) {
	refused := regexp.MustCompile(`\b(localStorage|sessionStorage|indexedDB|document\.cookie|sendBeacon|XMLHttpRequest|WebSocket|innerHTML|outerHTML|insertAdjacentHTML|DOMParser|eval|new Function|geolocation)\b|: any\b|as any\b|https?://[^w]`)
	files, err := filepath.Glob(scripts + "/*.ts")
	if err != nil || len(files) == 0 {
		t.Fatal("no scripts: ", err)
	}
	fetches := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(text), "\n") {
			if m := refused.FindString(line); m != "" && !(m == "localStorage" && slices.Contains([]string{"saved.ts", "store.ts"}, filepath.Base(file))) {
				t.Errorf("%s:%d: %s", filepath.Base(file), i+1, m)
			}
		}
		fetches += strings.Count(string(text), "fetch(")
	}
	if fetches > 3 {
		t.Errorf("the scripts fetch in %d places, want those that get index files, address cards and the rules", fetches)
	}
}
