// Package picture reads the photographs and drawings that people add to a site and makes the copies
// that are published.
//
// A published copy is always encoded afresh from pixels. So nothing of the original file but its
// pixels is ever published: no place, camera, name or thumbnail (Exif, XMP, IPTC), no colour
// profile, and nothing that somebody hid in the file. The orientation that Exif gives is applied
// first.
//
// The original is bounded before anything is decoded: its size and number of pixels are read from
// its headers, and a WebP file whose headers disagree is refused. Errors are plain sentences about
// the file, without its name. Equal bytes make equal copies.
//
// The package deliberately writes JPEG and PNG alone, since no WebP encoder is among the modules of
// the project, and it reads no SVG: a drawing can carry scripts.
package picture

import (
	"errors"
	"fmt"
	"image"
	"image/color"
)

// The bounds of an original.
const (
	MaxBytes     = 25 << 20 // of the file
	MaxPixels    = 40e6     // width times height
	MaxDimension = 20000    // pixels of one side
)

// An Info describes a picture.
type Info struct {
	Width, Height int    // in pixels, as shown: the orientation is applied
	Format        string // of the original: "jpeg", "png" or "webp"
	Ext           string // of the copies: ".jpg", or ".png" for what is transparent or has few colours
	Turned        bool   // the original is stored turned or mirrored
}

// Inspect reads a picture whole and describes it. The error is a sentence that says why it cannot be
// published: it is no JPEG, PNG or WebP picture, is animated, is incomplete or damaged, or exceeds a
// bound.
func Inspect(data []byte) (Info, error) {
	h, img, err := decode(data)
	if err != nil {
		return Info{}, err
	}
	info := Info{Width: h.width, Height: h.height, Format: h.format, Ext: ".jpg", Turned: h.orientation != upright}
	if h.orientation.swaps() {
		info.Width, info.Height = info.Height, info.Width
	}
	if h.format != "jpeg" && keepsEdges(img) {
		info.Ext = ".png"
	}
	return info, nil
}

// Widths returns the widths in pixels to publish a picture of a width in, in rising order: 320, 640,
// 960 and 1280 as far as it has as many pixels, and its own width where that is notably more than
// the one before. No copy is larger than the original.
func Widths(width int) []int {
	var widths []int
	last := 0
	for _, w := range []int{320, 640, 960, 1280} {
		if w <= width {
			widths = append(widths, w)
			last = w
		}
	}
	if width > 0 && last < 1280 && width*4 > last*5 {
		widths = append(widths, width)
	}
	return widths
}

// Height returns the height of the copy that is width pixels wide, of a picture of the full size.
func Height(fullWidth, fullHeight, width int) int {
	return max(1, (fullHeight*width+fullWidth/2)/fullWidth)
}

var (
	errEmpty    = errors.New("this file is empty")
	errCut      = errors.New("this picture ends in the middle: the file is not complete")
	errDamaged  = errors.New("this picture is damaged and cannot be read")
	errAnimated = errors.New("this picture is animated, and moving pictures make some readers ill")
)

// bounds checks the size of a picture before its pixels are read.
func bounds(width, height int) error {
	switch {
	case width <= 0 || height <= 0:
		return errDamaged
	case width > MaxDimension || height > MaxDimension || float64(width)*float64(height) > MaxPixels:
		return fmt.Errorf("this picture has %d by %d pixels, and %d megapixels are the most", width, height, int(MaxPixels/1e6))
	}
	return nil
}

// keepsEdges reports whether the lossy JPEG would harm a picture: it is transparent somewhere, or it
// has so few colours that it is a drawing or a text.
func keepsEdges(img image.Image) bool {
	if _, ok := img.(*image.Paletted); ok {
		return true
	}
	if _, ok := img.(*image.YCbCr); ok {
		return false
	}
	if o, ok := img.(interface{ Opaque() bool }); !ok || !o.Opaque() {
		return true
	}
	const most, samples = 256, 400
	b := img.Bounds()
	colours := map[color.RGBA64]bool{}
	for y := range min(samples, b.Dy()) {
		for x := range min(samples, b.Dx()) {
			r, g, bl, a := img.At(b.Min.X+x*b.Dx()/min(samples, b.Dx()), b.Min.Y+y*b.Dy()/min(samples, b.Dy())).RGBA()
			colours[color.RGBA64{R: uint16(r), G: uint16(g), B: uint16(bl), A: uint16(a)}] = true
			if len(colours) > most {
				return false
			}
		}
	}
	return true
}
