package search

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/dop251/goja"
	"github.com/evanw/esbuild/pkg/api"
)

// scripts is where the browser's half stands.
const scripts = "../../themes/institute/scripts"

// harness is what the tests call of the browser's half.
const harness = `
import { engineOf, type Engine } from "./engine.ts";
import { indexOf } from "./index.ts";
import { drops } from "./help.ts";
import { fold } from "./fold.ts";
import { parse } from "./fragment.ts";
import { towns } from "./towns.ts";
import * as spelling from "./near.ts";
import * as why from "./why.ts";
import * as distance from "./distance.ts";

let engine: Engine;
Object.assign(globalThis, {
	fold,
	near: (word: string, list: string[], reach: number) => Object.fromEntries(spelling.near(word, list, reach)),
	load: (root: Uint8Array, today: number) => { engine = engineOf(indexOf(root, today)); },
	add: (file: string, bytes: Uint8Array) => engine.index.add(file, bytes),
	missing: () => {
		const { missing, aids } = engine.index;
		if (missing.delete("near")) aids.near = spelling;
		if (missing.delete("why")) aids.why = why;
		if (missing.delete("distance")) aids.distance = distance;
		return [...missing];
	},
	parse: (fragment: string) => {
		const q = parse(fragment, engine.index.keys, engine.index.bounds());
		return { ...q, choices: [...q.choices], atMost: [...q.atMost] };
	},
	search: (fragment: string) => {
		const q = parse(fragment, engine.index.keys, engine.index.bounds());
		const r = engine.search(q, true);
		if (!r) return undefined;
		const ways = r.total ? [] : drops(r);
		const found = towns(engine.index, r.reading);
		if (engine.index.missing.size) return undefined;
		const cards = r.docs.map((doc) => engine.index.card(doc));
		if (cards.includes(undefined)) return undefined;
		return JSON.stringify({
			Total: r.total, Page: r.page, Pages: r.pages, Counts: r.counts,
			IDs: cards.map((c) => c!.id), Scores: r.scores, Miles: r.miles, Why: r.docs.map((_, i) => r.why[i] ?? []),
			Reading: r.reading.chips.map(({ words, key, id, label }) => ({ Words: words, Facet: key, ID: id, Label: label })),
			Towns: found.map(({ words, label, code }) => ({ Words: words, Label: label, Code: code })),
			Ignored: r.reading.ignored,
			Drops: ways.map((d) => ({ Key: d.key, Word: d.word, Only: d.only, Total: d.total })),
		});
	},
	first: (fragment: string) => {
		const q = parse(fragment, engine.index.keys, engine.index.bounds());
		const r = engine.search(q, false);
		const cards = r?.docs.map((doc) => engine.index.card(doc));
		return r && !cards!.includes(undefined) ? r.total : undefined;
	},
	card: (doc: number) => JSON.stringify(engine.index.card(doc)),
});
`

// bundle is the browser's half as one script, for a JavaScript engine without modules.
var bundle = sync.OnceValues(func() (*goja.Program, error) {
	dir, err := filepath.Abs(scripts)
	if err != nil {
		return nil, err
	}
	result := api.Build(api.BuildOptions{
		Stdin:  &api.StdinOptions{Contents: harness, ResolveDir: dir, Sourcefile: "harness.ts", Loader: api.LoaderTS},
		Bundle: true,
		Format: api.FormatIIFE,
		Target: api.ES2017,
	})
	for _, m := range result.Errors {
		os.Stderr.WriteString(m.Text + "\n")
	}
	if len(result.Errors) > 0 {
		return nil, os.ErrInvalid
	}
	return goja.Compile("harness.js", string(result.OutputFiles[0].Contents), true)
})

// A browser runs the browser's half inside the test.
type browser struct {
	t     testing.TB
	vm    *goja.Runtime
	files map[string][]byte // decompressed, by the hash in their name
	asked []string          // the hashes of the files that were asked for, in order
}

func newBrowser(t testing.TB) *browser {
	program, err := bundle()
	if err != nil {
		t.Fatal("the scripts could not be bundled: ", err)
	}
	vm := goja.New()
	vm.Set("utf8", func(b []byte) string { return string(b) })
	// An empty array is not handed to Go: its address may lie behind the end of the memory it is in.
	if _, err := vm.RunString("globalThis.TextDecoder = class { decode(b) { return b.length ? utf8(b) : \"\"; } };"); err != nil {
		t.Fatal(err)
	}
	if _, err := vm.RunProgram(program); err != nil {
		t.Fatal(err)
	}
	return &browser{t: t, vm: vm}
}

// open gives the browser the files of an index and the root to begin with.
func (b *browser) open(files []File, today int) {
	b.files = map[string][]byte{}
	b.asked = nil
	for _, f := range files {
		b.files[hashOf(f)] = unpack(b.t, f.Data)
	}
	b.call("load", b.bytes(b.files[hashOf(files[0])]), today)
}

// hashOf returns the hash in a file's name, as the browser asks for it.
func hashOf(f File) string {
	parts := strings.Split(f.Name, ".")
	return parts[len(parts)-2]
}

func (b *browser) bytes(raw []byte) goja.Value {
	array, err := b.vm.New(b.vm.Get("Uint8Array"), b.vm.ToValue(b.vm.NewArrayBuffer(bytes.Clone(raw))))
	if err != nil {
		b.t.Fatal(err)
	}
	return array
}

// call calls a function of the harness and fails the test if it throws.
func (b *browser) call(name string, args ...any) goja.Value {
	b.t.Helper()
	v, err := b.try(name, args...)
	if err != nil {
		b.t.Fatalf("%s: %v", name, err)
	}
	return v
}

func (b *browser) try(name string, args ...any) (goja.Value, error) {
	f, ok := goja.AssertFunction(b.vm.Get(name))
	if !ok {
		b.t.Fatalf("the harness has no %s", name)
	}
	values := make([]goja.Value, len(args))
	for i, a := range args {
		values[i] = b.vm.ToValue(a)
	}
	return f(goja.Undefined(), values...)
}

// search asks a query and hands over the files it needs until there is an answer, as JSON.
func (b *browser) search(fragment string) string { return b.ask("search", fragment) }

// ask calls "search", or "first" for the first page without counts.
func (b *browser) ask(what, fragment string) string {
	b.t.Helper()
	for range 20 {
		if v := b.call(what, fragment); !goja.IsUndefined(v) {
			return v.String()
		}
		var missing []string
		if err := b.vm.ExportTo(b.call("missing"), &missing); err != nil {
			b.t.Fatal(err)
		}
		for _, name := range missing {
			if b.files[name] == nil {
				b.t.Fatalf("the browser asks for %q, which there is not", name)
			}
			b.asked = append(b.asked, name)
			b.call("add", name, b.bytes(b.files[name]))
		}
	}
	b.t.Fatalf("%q: the browser never has enough files", fragment)
	return ""
}

func unpack(t testing.TB, data []byte) []byte {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}
