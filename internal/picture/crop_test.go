package picture_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"nwioi/internal/picture"
)

func TestCrop(t *testing.T) {
	// Red, green and blue stripes, the right one transparent.
	src := image.NewNRGBA(image.Rect(0, 0, 900, 600))
	for y := range 600 {
		for x := range 900 {
			src.Set(x, y, [...]color.NRGBA{{R: 255, A: 255}, {G: 255, A: 255}, {}}[x/300])
		}
	}
	var data bytes.Buffer
	if err := png.Encode(&data, src); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		part          image.Rectangle
		width         int
		want          image.Point
		red, grn, blu uint32 // of the middle, 0 to 255
	}{
		{image.Rect(0, 0, 300, 300), 1000, image.Pt(300, 300), 255, 0, 0},
		{image.Rect(300, 100, 600, 400), 100, image.Pt(100, 100), 0, 255, 0},
		{image.Rect(600, 0, 900, 600), 60, image.Pt(60, 120), 255, 255, 255},
	} {
		cut, err := picture.Crop(data.Bytes(), c.part, c.width)
		if err != nil {
			t.Fatal(c.part, err)
		}
		img, err := jpeg.Decode(bytes.NewReader(cut))
		if err != nil || img.Bounds().Size() != c.want {
			t.Fatalf("%v: %v (%v), want %v", c.part, img.Bounds(), err, c.want)
		}
		r, g, b, _ := img.At(c.want.X/2, c.want.Y/2).RGBA()
		for i, pair := range [][2]uint32{{r >> 8, c.red}, {g >> 8, c.grn}, {b >> 8, c.blu}} {
			if d := int(pair[0]) - int(pair[1]); d < -12 || d > 12 {
				t.Errorf("%v: colour %d of the middle is %d, want %d", c.part, i, pair[0], pair[1])
			}
		}
	}
	for _, part := range []image.Rectangle{{}, image.Rect(0, 0, 901, 10), image.Rect(-1, 0, 10, 10), image.Rect(5, 5, 5, 9)} {
		if _, err := picture.Crop(data.Bytes(), part, 100); err == nil {
			t.Errorf("%v was cut", part)
		}
	}
	if _, err := picture.Crop([]byte("GIF89a"), image.Rect(0, 0, 1, 1), 1); err == nil {
		t.Error("what is no picture was cut")
	}
}
