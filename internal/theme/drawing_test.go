package theme_test

import (
	"image/color"
	"strings"
	"testing"

	"nwioi/internal/theme"
)

// Pictures are drawn in the colours of the light mood, and what only they need is not published.
func TestDrawing(t *testing.T) {
	tree := builtin(t)
	worn, _ := theme.Load(tree, "institute")
	d := worn.Drawing
	if d.Paper != (color.RGBA{0xf6, 0xf1, 0xe8, 255}) || d.Ink != (color.RGBA{0x17, 0x33, 0x2f, 255}) || len(d.Face) == 0 || !strings.HasPrefix(d.Shore, "M") {
		t.Errorf("the paper is %v, the ink %v, the face has %d bytes, the shore is %.20q", d.Paper, d.Ink, len(d.Face), d.Shore)
	}
	if worn.AssetURL("share-font.ttf") != "" {
		t.Error("the face of pictures is published")
	}
	red, _ := theme.Load(tree.Update(map[string][]byte{"themes/institute/styles/tokens.css": []byte(":root { --paper: #ff0000; }\n@media (prefers-color-scheme: dark) { :root { --paper: #000000; } }")}), "institute")
	if red.Drawing.Paper != (color.RGBA{255, 0, 0, 255}) {
		t.Errorf("the paper became %v", red.Drawing.Paper)
	}
}
