package theme

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"github.com/evanw/esbuild/pkg/api"

	"nwioi/internal/diag"
	"nwioi/internal/source"
)

// entryPoints are the scripts that pages run; whatever else lies in scripts/ is imported by them.
var entryPoints = []string{"directory", "home", "planner", "profile", "whereami", "supervisors", "dates"}

// styleSheets are those that pages link to: one for every page, one more for some, and one that a script
// adds to lists. Whatever else lies in styles/ is imported by them.
var styleSheets = []string{"site", "shore", "guide", "finder", "profile", "planner", "later", "supervisors", "month"}

// loadAssets names every file of assets/ by its content, then bundles the style sheets and the entry
// points of scripts/, which may refer to those files. Each bundle is made on its own, so that a
// mistake in a script leaves the style sheets whole.
func (t *Theme) loadAssets(tree *source.Tree, dir string) diag.List {
	t.Drawing = drawing(tree, dir)
	for f := range tree.Under(dir + "assets/") {
		if path.Base(f.Path) == drawingFace {
			continue
		}
		t.publish(path.Base(f.Path), f.Data)
	}
	var entries []*bundle
	for _, name := range styleSheets {
		entries = append(entries, &bundle{file: tree.File(dir + "styles/" + name + ".css"), name: name + ".css"})
	}
	for _, name := range entryPoints {
		entries = append(entries, &bundle{file: tree.File(dir + "scripts/" + name + ".ts"), name: name + ".js"})
	}
	var made sync.WaitGroup
	for _, b := range entries {
		if b.file != nil {
			made.Go(func() { b.make(t.fromTree(tree)) })
		}
	}
	made.Wait()
	var problems diag.List
	for _, b := range entries {
		problems = append(problems, b.problems...)
		for _, out := range b.files {
			if base := path.Base(filepath.ToSlash(out.Path)); base != b.name {
				t.add("assets/"+base, out.Contents)
				continue
			}
			t.publish(b.name, out.Contents)
		}
	}
	return problems
}

// publish adds a file under a name that holds a hash of its content, and returns its URL.
func (t *Theme) publish(name string, data []byte) string {
	sum := sha256.Sum256(data)
	ext := path.Ext(name)
	hashed := "assets/" + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:4]) + ext
	if t.urls[name] == "" {
		t.add(hashed, data)
	}
	t.urls[name] = "/" + hashed
	return "/" + hashed
}

func (t *Theme) add(name string, data []byte) {
	t.Assets = append(t.Assets, &source.File{Path: name, Data: data, Builtin: true})
}

// A bundle is an entry file with all it imports as one minified asset. What a script imports only
// when it is used, by import("./x.ts"), becomes a file of its own that the script names.
type bundle struct {
	file     *source.File
	name     string
	files    []api.OutputFile
	problems diag.List
}

// make fills in the files and the problems. It only reads the theme.
func (b *bundle) make(files api.Plugin) {
	result := api.Build(api.BuildOptions{
		EntryPoints:       []string{b.file.Path},
		Bundle:            true,
		MinifyWhitespace:  true,
		MinifySyntax:      true,
		MinifyIdentifiers: true,
		Format:            api.FormatESModule,
		Splitting:         path.Ext(b.name) == ".js",
		TsconfigRaw:       `{"compilerOptions":{"useDefineForClassFields":false}}`,
		Target:            api.ES2020,
		Charset:           api.CharsetUTF8,
		LegalComments:     api.LegalCommentsNone,
		LogLevel:          api.LogLevelSilent,
		Outdir:            "/assets",
		ChunkNames:        "[name].[hash]",
		Plugins:           []api.Plugin{files},
	})
	b.files = result.OutputFiles
	for _, m := range result.Errors {
		b.problems = append(b.problems, assetProblem(b.file, m, diag.Error))
	}
	for _, m := range result.Warnings {
		b.problems = append(b.problems, assetProblem(b.file, m, diag.Warning))
	}
}

// fromTree lets the bundler read the tree and never the disk. A url() in a style sheet names a file
// of assets/, which is already published.
func (t *Theme) fromTree(tree *source.Tree) api.Plugin {
	const space = "tree"
	return api.Plugin{Name: "tree", Setup: func(b api.PluginBuild) {
		b.OnResolve(api.OnResolveOptions{Filter: `.*`}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
			if a.Kind == api.ResolveCSSURLToken {
				if url := t.urls[path.Base(a.Path)]; url != "" {
					// Relative to the style sheet, so that the site can stand below a path.
					return api.OnResolveResult{Path: path.Base(url), External: true}, nil
				}
				return api.OnResolveResult{Errors: []api.Message{{Text: "the theme has no asset \"" + a.Path + "\""}}}, nil
			}
			file := path.Clean(a.Path)
			if a.Kind != api.ResolveEntryPoint {
				file = path.Join(path.Dir(a.Importer), a.Path)
			}
			for _, candidate := range []string{file, file + ".ts"} {
				if tree.File(candidate) != nil {
					return api.OnResolveResult{Path: candidate, Namespace: space}, nil
				}
			}
			return api.OnResolveResult{Errors: []api.Message{{Text: "the theme has no file \"" + a.Path + "\""}}}, nil
		})
		b.OnLoad(api.OnLoadOptions{Filter: `.*`, Namespace: space}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
			contents := string(tree.File(a.Path).Data)
			loader := api.LoaderTS
			if strings.HasSuffix(a.Path, ".css") {
				loader = api.LoaderCSS
			}
			return api.OnLoadResult{Contents: &contents, Loader: loader}, nil
		})
	}}
}

// assetProblem is a message of the bundler as a diagnostic at its file and line.
func assetProblem(entry *source.File, m api.Message, severity diag.Severity) diag.Diagnostic {
	d := diag.Diagnostic{Path: entry.Path, Severity: severity, Rule: "theme/asset", Message: m.Text}
	if l := m.Location; l != nil {
		d.Path = strings.TrimPrefix(l.File, "tree:")
		d.Pos = diag.Pos{Line: l.Line, Col: l.Column + 1}
		d.Width, d.Source, d.Hint = l.Length, l.LineText, l.Suggestion
	}
	return d
}
