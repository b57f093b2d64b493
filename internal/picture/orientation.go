package picture

import (
	"encoding/binary"
	"image"
)

// An orientation says how the stored pixels are turned: the values of the Exif tag 0x0112 (CIPA
// DC-008, Exif 2.32).
type orientation uint8

const upright orientation = 1

// swaps reports whether width and height change places.
func (o orientation) swaps() bool { return o >= 5 }

// exifOrientation reads the orientation out of Exif data, which is laid out like a TIFF file. What
// cannot be read is upright.
func exifOrientation(tiff []byte) orientation {
	if len(tiff) < 8 {
		return upright
	}
	var order binary.ByteOrder
	switch string(tiff[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return upright
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return upright
	}
	entries := int(order.Uint16(tiff[at:]))
	for i := range entries {
		entry := at + 2 + int64(i)*12
		if entry+12 > int64(len(tiff)) {
			break
		}
		const tag, short = 0x0112, 3
		e := tiff[entry:]
		if order.Uint16(e) != tag || order.Uint16(e[2:]) != short {
			continue
		}
		if v := order.Uint16(e[8:]); 1 <= v && v <= 8 {
			return orientation(v)
		}
		break
	}
	return upright
}

// apply returns the picture upright. It copies the pixels unless they are upright already.
func (o orientation) apply(src *image.RGBA) *image.RGBA {
	if o <= upright {
		return src
	}
	w, h := src.Bounds().Dx(), src.Bounds().Dy()
	width, height := w, h
	if o.swaps() {
		width, height = h, w
	}
	dst := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			var sx, sy int
			switch o {
			case 2:
				sx, sy = w-1-x, y
			case 3:
				sx, sy = w-1-x, h-1-y
			case 4:
				sx, sy = x, h-1-y
			case 5:
				sx, sy = y, x
			case 6:
				sx, sy = y, h-1-x
			case 7:
				sx, sy = w-1-y, h-1-x
			default:
				sx, sy = w-1-y, x
			}
			from, to := src.PixOffset(sx, sy), dst.PixOffset(x, y)
			copy(dst.Pix[to:to+4], src.Pix[from:from+4])
		}
	}
	return dst
}
