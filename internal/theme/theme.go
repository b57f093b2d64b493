// Package theme makes pages: it holds the templates, styles and scripts of one theme, and the views,
// which are all that a template may see.
//
// A theme is a folder of the source tree, themes/<name>/: templates/*.html are layouts (and the parts
// they share, whose names begin with an underscore); the style sheets and the scripts that pages ask for
// are bundled, minified and named by a hash of their content; everything in assets/ is published under
// such a name. Load takes the tree and nothing else; the same files give the same theme on any machine.
//
// Invariants: a template sees its view and nothing else; its functions are pure and few; a Layout is
// immutable and its pointer changes when a template of the theme changes, so that a recipe cannot
// outlive what it was made with. Every layout is tried on an empty view when the theme is loaded, so a
// field that does not exist is reported at its line and not found by a reader.
//
// The package knows no site, no clock and no disk.
package theme

import (
	"slices"
	"sync"

	"nwioi/internal/diag"
	"nwioi/internal/source"
)

// A Theme is ready to make pages. It is immutable.
type Theme struct {
	// Assets are the files to publish, by path, such as "assets/site.3f2a91c0.css".
	Assets []*source.File
	// Drawing is what Go draws pictures with.
	Drawing Drawing

	layouts map[string]*Layout
	urls    map[string]string // of assets, by the names that Load gives them

	// What the layouts were made from and what is wrong with it, for Next.
	templates []*source.File
	problems  diag.List
}

// Layout returns the layout with the name. One that the theme does not have makes an error page
// when it is used; Load has reported it.
func (t *Theme) Layout(name string) *Layout {
	if l := t.layouts[name]; l != nil {
		return l
	}
	return missing
}

// AssetURL returns the path on the site of an asset, such as "/assets/site.3f2a91c0.css", or "" if
// the theme has none of the name. Names are those of the files ("site.css", "icon.svg"); a script has
// the name of what it is bundled from, ending in .js ("directory.js").
func (t *Theme) AssetURL(name string) string { return t.urls[name] }

// Load makes the theme with the name from the tree, with what is wrong with its files. It never
// fails: a theme with mistakes still has every layout that is right.
func Load(tree *source.Tree, name string) (*Theme, diag.List) {
	return new(Theme).Next(tree, name)
}

// Next is Load for another tree. Where that has the same templates, the layouts are those of t, so
// that a new style makes nothing anew but the pages that name it.
func (t *Theme) Next(tree *source.Tree, name string) (*Theme, diag.List) {
	next := &Theme{urls: map[string]string{}}
	dir := "themes/" + name + "/"
	next.templates = slices.Collect(tree.Under(dir + "templates/"))
	var done sync.WaitGroup
	done.Go(func() {
		if len(t.templates) > 0 && slices.Equal(t.templates, next.templates) {
			next.layouts, next.problems = t.layouts, t.problems
			return
		}
		next.layouts, next.problems = loadLayouts(tree, dir)
	})
	problems := next.loadAssets(tree, dir)
	done.Wait()
	return next, append(problems, next.problems...).Sorted()
}
