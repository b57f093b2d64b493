package picture

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"
	"golang.org/x/image/webp"
)

// quality is that of the JPEG copies, 1 to 100: the least at which faces show no blocks.
const quality = 82

// decode reads a picture after its header was checked. The image is as stored, not turned. A decoder
// that fails in whatever way means that the file is damaged.
func decode(data []byte) (h header, img image.Image, err error) {
	h, err = readHeader(data)
	if err != nil {
		return h, nil, err
	}
	defer func() {
		if recover() != nil {
			img, err = nil, errDamaged
		}
	}()
	r := bytes.NewReader(data)
	switch h.format {
	case "jpeg":
		img, err = jpeg.Decode(r)
	case "png":
		img, err = png.Decode(r)
	default:
		img, err = webp.Decode(r)
	}
	if err != nil || img.Bounds().Dx() != h.width || img.Bounds().Dy() != h.height {
		return h, nil, errDamaged
	}
	return h, img, nil
}

// Encode returns a copy of the picture, upright and scaled to a width in pixels, of the kind that
// Info.Ext names. The width is at least 1 and at most that of the picture. The error is one of
// Inspect.
func Encode(data []byte, width int) ([]byte, error) {
	h, img, err := decode(data)
	if err != nil {
		return nil, err
	}
	fullWidth, fullHeight := h.width, h.height
	if h.orientation.swaps() {
		fullWidth, fullHeight = fullHeight, fullWidth
	}
	width = min(max(width, 1), fullWidth)
	height := Height(fullWidth, fullHeight, width)

	lossless := h.format != "jpeg" && keepsEdges(img)
	if width != fullWidth || h.orientation != upright {
		// Scaling comes first, so that fewer pixels have to be turned.
		w, t := width, height
		if h.orientation.swaps() {
			w, t = t, w
		}
		scaled := image.NewRGBA(image.Rect(0, 0, w, t))
		draw.CatmullRom.Scale(scaled, scaled.Bounds(), img, img.Bounds(), draw.Src, nil)
		img = h.orientation.apply(scaled)
	}
	var b bytes.Buffer
	if lossless {
		err = png.Encode(&b, img)
	} else {
		err = jpeg.Encode(&b, img, &jpeg.Options{Quality: quality})
	}
	if err != nil {
		return nil, errDamaged
	}
	return b.Bytes(), nil
}
