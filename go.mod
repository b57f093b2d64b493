module nwioi

go 1.26.6

require (
	github.com/adrg/frontmatter v0.2.0 // splits front matter from a page; given yaml.v3 as its YAML, so there is one dialect
	github.com/arran4/golang-ical v0.3.4 // writes iCalendar files (RFC 5545), which ical.js reads back in a test
	github.com/evanw/esbuild v0.28.2 // bundles and minifies styles and TypeScript inside the process, without Node
	github.com/fsnotify/fsnotify v1.10.1 // tells serve which files changed, on every system
	github.com/rogpeppe/go-internal v1.16.0 // the unified diffs of check --fix; in tests testscript: the command line through its real main
	github.com/spf13/cobra v1.10.2 // commands, flags, help and shell completion
	github.com/yuin/goldmark v1.8.7 // Markdown: CommonMark and GFM, extensible without a fork
	golang.org/x/image v0.47.0 // scales pictures, decodes WebP and draws the letters of share images
	golang.org/x/net v0.62.0 // parses HTML as browsers do: cards into the search index, and every page in tests
	golang.org/x/text v0.43.0 // normalisation and the collation of names
	gopkg.in/yaml.v3 v3.0.1 // YAML with the position of every node, for messages that name a line
)

// Tests only.
require (
	github.com/chromedp/chromedp v0.23.0 // drives a real Chromium
	github.com/dop251/goja v0.0.0-20260917113740-793a2a65c13b // runs the browser's half of the search inside go test
	github.com/google/go-cmp v0.7.0 // shows how two values differ
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.2 // judges records by our schemas, for a second opinion beside check's
	pgregory.net/rapid v1.3.0 // random edits, corpora and texts that shrink to the smallest failure
)

require (
	github.com/BurntSushi/toml v0.3.1 // indirect
	github.com/chromedp/cdproto v0.159.0 // indirect
	github.com/dlclark/regexp2/v2 v2.5.2 // indirect
	github.com/go-json-experiment/json v0.0.0-20260213210345-44df1a37e875 // indirect
	github.com/go-sourcemap/sourcemap v2.1.3+incompatible // indirect
	github.com/google/pprof v0.0.0-20230207041349-798e818bf904 // indirect
	github.com/inconshreveable/mousetrap v1.1.0 // indirect
	github.com/spf13/pflag v1.0.9 // indirect
	golang.org/x/sys v0.49.0 // indirect
	golang.org/x/tools v0.51.0 // indirect
	gopkg.in/yaml.v2 v2.3.0 // indirect
)
