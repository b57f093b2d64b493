package shareimage

import (
	"image"

	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// A pen fills an outline. Curves are cut into lines by integers, and the rasterizer counts in integers up
// to 512 pixels, so that every machine draws the same.
type pen struct {
	bounds image.Rectangle
	raster *vector.Rasterizer
	at     fixed.Point26_6
}

func newPen(bounds image.Rectangle) *pen {
	return &pen{bounds: bounds, raster: vector.NewRasterizer(bounds.Dx(), bounds.Dy())}
}

func (z *pen) xy(p fixed.Point26_6) (x, y float32) {
	return float32(int(p.X)-z.bounds.Min.X<<6) / 64, float32(int(p.Y)-z.bounds.Min.Y<<6) / 64
}

func (z *pen) move(p fixed.Point26_6) {
	z.raster.ClosePath()
	z.raster.MoveTo(z.xy(p))
	z.at = p
}

func (z *pen) line(p fixed.Point26_6) {
	z.raster.LineTo(z.xy(p))
	z.at = p
}

// A polynomial weighs the four points of a curve at i of n steps; its weights add up to n³.
type polynomial func(i, n int64) [4]int64

func quadratic(i, n int64) [4]int64 {
	j := n - i
	return [4]int64{j * j * n, 2 * i * j * n, 0, i * i * n}
}

func cubic(i, n int64) [4]int64 {
	j := n - i
	return [4]int64{j * j * j, 3 * i * j * j, 3 * i * i * j, i * i * i}
}

// curve draws from where the pen is to end. A quadratic curve has the first handle alone.
func (z *pen) curve(first, second, end fixed.Point26_6, weights polynomial) {
	curve(z.at, first, second, end, weights, z.line)
}

// curve cuts a curve into lines and calls to for the end of each.
func curve(start, first, second, end fixed.Point26_6, weights polynomial, to func(fixed.Point26_6)) {
	const steps = 12
	for i := int64(1); i <= steps; i++ {
		w := weights(i, steps)
		along := func(a, b, c, d fixed.Int26_6) fixed.Int26_6 {
			return fixed.Int26_6((w[0]*int64(a) + w[1]*int64(b) + w[2]*int64(c) + w[3]*int64(d)) / (steps * steps * steps))
		}
		to(fixed.Point26_6{X: along(start.X, first.X, second.X, end.X), Y: along(start.Y, first.Y, second.Y, end.Y)})
	}
}

func (z *pen) coverage() *image.Alpha {
	z.raster.ClosePath()
	mask := image.NewAlpha(z.bounds)
	z.raster.Draw(mask, z.bounds, image.Opaque, image.Point{})
	return mask
}
