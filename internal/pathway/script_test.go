package pathway

import (
	"encoding/json"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/dop251/goja"
	"github.com/evanw/esbuild/pkg/api"
)

// scripts is where the browser's half stands.
const scripts = "../../themes/institute/scripts"

// harness is what the tests call of the browser's half: each takes and gives JSON.
const harness = `
import { choose, validate, weigh } from "./weigh.ts";

const all = {
	weigh: ({ set, log, today }) => weigh(set, log, today),
	choose: ({ sets, contract, today }) => choose(sets, contract, today),
	validate: ({ entry }) => validate(entry),
};
globalThis.run = (name, given) => JSON.stringify(all[name](JSON.parse(given)));
`

// bundle is the browser's half as one script, for a JavaScript engine without modules.
var bundle = sync.OnceValues(func() (*goja.Program, error) {
	dir, err := filepath.Abs(scripts)
	if err != nil {
		return nil, err
	}
	result := api.Build(api.BuildOptions{
		Stdin:  &api.StdinOptions{Contents: harness, ResolveDir: dir, Sourcefile: "harness.js", Loader: api.LoaderTS},
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
	vm  *goja.Runtime
	run goja.Callable
}

func newBrowser(t testing.TB) *browser {
	program, err := bundle()
	if err != nil {
		t.Fatal("the scripts could not be bundled: ", err)
	}
	vm := goja.New()
	if _, err := vm.RunProgram(program); err != nil {
		t.Fatal(err)
	}
	run, _ := goja.AssertFunction(vm.Get("run"))
	return &browser{vm, run}
}

// call calls a function of the browser's half with named arguments, by way of JSON as on the page.
func (b *browser) call(fatal func(...any), name string, arguments map[string]any) any {
	given, err := json.Marshal(arguments)
	if err != nil {
		fatal(err)
	}
	text, err := b.run(goja.Undefined(), b.vm.ToValue(name), b.vm.ToValue(string(given)))
	if err != nil {
		fatal(name, ": ", err, "\n", string(given))
	}
	return parsed(fatal, []byte(text.String()))
}

// parsed returns JSON as the values that it stands for, in which the order of keys does not matter.
func parsed(fatal func(...any), text []byte) any {
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		fatal(err, ": ", string(text))
	}
	return v
}

// plain returns a value as JSON has it.
func plain(fatal func(...any), v any) any {
	text, err := json.Marshal(v)
	if err != nil {
		fatal(err)
	}
	return parsed(fatal, text)
}
