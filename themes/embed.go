// Package themes puts the institute's theme into the binary, so that a site without a themes folder
// still has one. Embedding cannot reach upwards, which is why this file lies beside the theme.
package themes

import "embed"

// Files holds institute/ as it lies on disk, with the templates whose names begin with "_", which a plain
// pattern would leave out.
//
//go:embed all:institute
var Files embed.FS
