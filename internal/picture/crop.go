package picture

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"

	"golang.org/x/image/draw"
)

var errCrop = errors.New("the part that was chosen does not lie in the picture")

// Crop returns a part of a picture as a JPEG file. The part is in pixels of the picture as it is shown,
// upright, and is scaled down to at most width pixels across; what is transparent becomes white. The error
// is one of Inspect, or says that the part is empty or lies outside.
func Crop(data []byte, part image.Rectangle, width int) ([]byte, error) {
	h, img, err := decode(data)
	if err != nil {
		return nil, err
	}
	if h.orientation != upright {
		stored := image.NewRGBA(image.Rect(0, 0, h.width, h.height))
		draw.Draw(stored, stored.Bounds(), img, img.Bounds().Min, draw.Src)
		img = h.orientation.apply(stored)
	}
	part = part.Add(img.Bounds().Min)
	if part.Empty() || !part.In(img.Bounds()) {
		return nil, errCrop
	}
	width = max(1, min(width, part.Dx()))
	out := image.NewRGBA(image.Rect(0, 0, width, Height(part.Dx(), part.Dy(), width)))
	draw.Draw(out, out.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.CatmullRom.Scale(out, out.Bounds(), img, part, draw.Over, nil)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, out, &jpeg.Options{Quality: originalQuality}); err != nil {
		return nil, errDamaged
	}
	return b.Bytes(), nil
}

// originalQuality is that of a picture from which the published copies are made, so that these lose little
// by being copies of a copy.
const originalQuality = 92
