package theme

import (
	"image/color"
	"regexp"
	"strconv"
	"strings"

	"nwioi/internal/source"
)

// drawingFace is the file of assets/ that pictures are lettered with. Pages do not need it, so it is not
// published.
const drawingFace = "share-font.ttf"

// A Drawing is what pictures that Go draws take from a theme. What a theme lacks is empty, and of the
// colours what stands here is ink on paper.
type Drawing struct {
	Paper, Tide, Ink, Clay, Line color.RGBA // of tokens.css, in its light mood
	Face                         string     // a TrueType font
	Shore                        string     // the path data of shoreline.svg
}

var (
	tokenColour = regexp.MustCompile(`--([a-z-]+):\s*#([0-9a-fA-F]{6})\s*;`)
	pathData    = regexp.MustCompile(`<path[^>]*\sd="([^"]+)"`)
)

// drawing reads what pictures are drawn with from a theme's files.
func drawing(tree *source.Tree, dir string) Drawing {
	white, black := color.RGBA{255, 255, 255, 255}, color.RGBA{0, 0, 0, 255}
	d := Drawing{Paper: white, Tide: white, Ink: black, Clay: black, Line: black}
	into := map[string]*color.RGBA{"paper": &d.Paper, "tide": &d.Tide, "ink": &d.Ink, "clay": &d.Clay, "line": &d.Line}
	if f := tree.File(dir + "styles/tokens.css"); f != nil {
		light, _, _ := strings.Cut(string(f.Data), "prefers-color-scheme: dark")
		for _, m := range tokenColour.FindAllStringSubmatch(light, -1) {
			if to := into[m[1]]; to != nil {
				n, _ := strconv.ParseUint(m[2], 16, 24) // six digits, as the pattern asks
				*to = color.RGBA{byte(n >> 16), byte(n >> 8), byte(n), 255}
			}
		}
	}
	if f := tree.File(dir + "assets/" + drawingFace); f != nil {
		d.Face = string(f.Data)
	}
	if f := tree.File(dir + "assets/shoreline.svg"); f != nil {
		if m := pathData.FindSubmatch(f.Data); m != nil {
			d.Shore = string(m[1])
		}
	}
	return d
}
