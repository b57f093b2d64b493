package picture

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"testing"
)

// quarters is a picture whose upper half is red and green, and whose lower half is blue and white:
// each way of turning it looks different.
func quarters(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{255, 0, 0, 255}
			switch {
			case x >= w/2 && y < h/2:
				c = color.RGBA{0, 255, 0, 255}
			case x < w/2 && y >= h/2:
				c = color.RGBA{0, 0, 255, 255}
			case x >= w/2:
				c = color.RGBA{255, 255, 255, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

// noise is a picture with many colours, as photographs have.
func noise(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	seed := uint32(1)
	for i := range img.Pix {
		seed = seed*1664525 + 1013904223
		img.Pix[i] = byte(seed >> 24)
		if i%4 == 3 {
			img.Pix[i] = 255
		}
	}
	return img
}

func jpegOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const secret = "47.6062 N at home"

// exif makes Exif data with an orientation, and a place in the GPS directory.
func exif(order binary.AppendByteOrder, o uint16) []byte {
	mark := "II*\x00"
	if order == binary.AppendByteOrder(binary.BigEndian) {
		mark = "MM\x00*"
	}
	b := order.AppendUint32([]byte(mark), 8)
	b = order.AppendUint16(b, 2)
	entry := func(tag, kind uint16, count, value uint32) {
		b = order.AppendUint16(b, tag)
		b = order.AppendUint16(b, kind)
		b = order.AppendUint32(b, count)
		if kind == 3 {
			b = order.AppendUint16(b, uint16(value))
			b = append(b, 0, 0)
			return
		}
		b = order.AppendUint32(b, value)
	}
	entry(0x0112, 3, 1, uint32(o))
	entry(0x8825, 4, 1, 38) // the GPS directory follows
	b = order.AppendUint32(b, 0)
	b = order.AppendUint16(b, 1)
	entry(0x001D, 2, uint32(len(secret)), 56)
	b = order.AppendUint32(b, 0)
	return append(b, secret...)
}

// withSegment puts a segment behind the start of a JPEG file.
func withSegment(data []byte, marker byte, body []byte) []byte {
	segment := binary.BigEndian.AppendUint16([]byte{0xFF, marker}, uint16(len(body)+2))
	return slices.Concat(data[:2], segment, body, data[2:])
}

// withChunk puts a chunk behind the header of a PNG file.
func withChunk(data []byte, kind string, body []byte) []byte {
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	chunk = append(append(chunk, kind...), body...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	const header = 8 + 12 + 13
	return slices.Concat(data[:header], chunk, data[header:])
}

// name returns the name of the nearest of the colours of quarters.
func name(c color.Color) string {
	r, g, b, _ := c.RGBA()
	switch {
	case r > 0x8000 && g > 0x8000 && b > 0x8000:
		return "white"
	case r > 0x8000:
		return "red"
	case g > 0x8000:
		return "green"
	case b > 0x8000:
		return "blue"
	}
	return "black"
}

func TestOrientation(t *testing.T) {
	// The colours of the corners as shown: upper left, upper right, lower left, lower right.
	want := map[uint16]string{
		1: "red green blue white", 2: "green red white blue", 3: "white blue green red", 4: "blue white red green",
		5: "red blue green white", 6: "blue red white green", 7: "white green blue red", 8: "green white red blue",
	}
	stored := jpegOf(t, quarters(64, 32))
	for o, corners := range want {
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			data := withSegment(stored, 0xE1, append([]byte("Exif\x00\x00"), exif(order, o)...))
			info, err := Inspect(data)
			if err != nil {
				t.Fatalf("%d: %v", o, err)
			}
			width, height := 64, 32
			if o >= 5 {
				width, height = 32, 64
			}
			if info != (Info{Width: width, Height: height, Format: "jpeg", Ext: ".jpg", Turned: o != 1}) {
				t.Errorf("%d: %+v", o, info)
			}
			for _, w := range []int{width, width / 2} {
				copied, err := Encode(data, w)
				if err != nil {
					t.Fatalf("%d: %v", o, err)
				}
				img, err := jpeg.Decode(bytes.NewReader(copied))
				if err != nil {
					t.Fatalf("%d: %v", o, err)
				}
				b := img.Bounds()
				if b.Dx() != w || b.Dy() != Height(width, height, w) {
					t.Errorf("%d at %d: the copy is %v", o, w, b)
				}
				got := strings.Join([]string{
					name(img.At(3, 3)), name(img.At(b.Dx()-4, 3)), name(img.At(3, b.Dy()-4)), name(img.At(b.Dx()-4, b.Dy()-4)),
				}, " ")
				if got != corners {
					t.Errorf("orientation %d at %d: corners are %s, want %s", o, w, got, corners)
				}
			}
		}
	}
}

// TestNothingButPixels hides words in every place a file has for them.
func TestNothingButPixels(t *testing.T) {
	photo := jpegOf(t, noise(400, 300))
	photo = withSegment(photo, 0xE1, append([]byte("Exif\x00\x00"), exif(binary.LittleEndian, 1)...))
	photo = withSegment(photo, 0xE1, []byte("http://ns.adobe.com/xap/1.0/\x00"+secret))
	photo = withSegment(photo, 0xED, []byte("Photoshop 3.0\x00"+secret))
	photo = withSegment(photo, 0xE2, []byte("ICC_PROFILE\x00"+secret))
	photo = withSegment(photo, 0xFE, []byte("<script>"+secret))
	photo = append(photo, "PK\x03\x04 an archive with "+secret...)

	drawing := pngOf(t, quarters(400, 300))
	drawing = withChunk(drawing, "tEXt", []byte("Location\x00"+secret))
	drawing = withChunk(drawing, "eXIf", exif(binary.BigEndian, 1))
	drawing = append(drawing, "<html>"+secret...)

	for label, data := range map[string][]byte{"jpeg": photo, "png": drawing} {
		if !bytes.Contains(data, []byte(secret)) {
			t.Fatal("the test hides nothing")
		}
		for _, w := range []int{400, 320} {
			copied, err := Encode(data, w)
			if err != nil {
				t.Fatalf("%s: %v", label, err)
			}
			for _, word := range []string{secret, "Exif", "eXIf", "ICC", "adobe", "Photoshop", "script", "html", "PK\x03\x04", "tEXt"} {
				if bytes.Contains(copied, []byte(word)) {
					t.Errorf("%s at %d: the copy still holds %q", label, w, word)
				}
			}
			again, err := Encode(data, w)
			if err != nil || !bytes.Equal(copied, again) {
				t.Errorf("%s at %d: two copies differ", label, w)
			}
		}
	}
}

func TestExt(t *testing.T) {
	clear := noise(40, 40)
	clear.Pix[3] = 0
	paletted := image.NewPaletted(image.Rect(0, 0, 40, 40), color.Palette{color.Black, color.White})
	for label, c := range map[string]struct {
		data []byte
		ext  string
	}{
		"photo as JPEG":   {jpegOf(t, noise(40, 40)), ".jpg"},
		"drawing as JPEG": {jpegOf(t, quarters(40, 40)), ".jpg"},
		"photo as PNG":    {pngOf(t, noise(40, 40)), ".jpg"},
		"drawing as PNG":  {pngOf(t, quarters(40, 40)), ".png"},
		"transparent":     {pngOf(t, clear), ".png"},
		"paletted":        {pngOf(t, paletted), ".png"},
	} {
		info, err := Inspect(c.data)
		if err != nil || info.Ext != c.ext {
			t.Errorf("%s: %+v, %v, want %s", label, info, err, c.ext)
		}
		copied, err := Encode(c.data, 20)
		if err != nil {
			t.Fatalf("%s: %v", label, err)
		}
		if _, format, _ := image.Decode(bytes.NewReader(copied)); "."+strings.Replace(format, "jpeg", "jpg", 1) != c.ext {
			t.Errorf("%s: the copy is %s, want %s", label, format, c.ext)
		}
	}
}

func TestRefused(t *testing.T) {
	photo, drawing := jpegOf(t, noise(200, 200)), pngOf(t, noise(200, 200))
	var moving bytes.Buffer
	if err := gif.Encode(&moving, quarters(8, 8), nil); err != nil {
		t.Fatal(err)
	}
	// A PNG file of some bytes that claims ten thousand megapixels, and a JPEG file that claims
	// four thousand.
	bomb := bytes.Clone(drawing)
	binary.BigEndian.PutUint32(bomb[16:], 100_000)
	binary.BigEndian.PutUint32(bomb[20:], 100_000)
	frame := bytes.Index(photo, []byte{0xFF, 0xC0})
	large := bytes.Clone(photo)
	binary.BigEndian.PutUint16(large[frame+5:], 0xFFFF)
	binary.BigEndian.PutUint16(large[frame+7:], 0xFFFF)
	flat := bytes.Clone(photo)
	binary.BigEndian.PutUint16(flat[frame+5:], 0)

	for label, c := range map[string]struct {
		data []byte
		want string
	}{
		"empty":           {nil, "empty"},
		"text":            {[]byte("hello"), "not a picture"},
		"svg":             {[]byte("<?xml version='1.0'?>\n<svg onload='x'>"), "SVG"},
		"html":            {[]byte("<!doctype html>"), "text file"},
		"gif":             {moving.Bytes(), "GIF"},
		"heic":            {[]byte("\x00\x00\x00\x18ftypheic\x00\x00"), "iPhone"},
		"pdf":             {[]byte("%PDF-1.4"), "PDF"},
		"half a JPEG":     {photo[:len(photo)/2], "not complete"},
		"JPEG, no end":    {photo[:len(photo)-2], "not complete"},
		"start of a JPEG": {photo[:3], "not complete"},
		"half a PNG":      {drawing[:len(drawing)/2], "not complete"},
		"PNG, no end":     {drawing[:len(drawing)-12], "not complete"},
		"broken PNG":      {slices.Concat(drawing[:60], []byte("????"), drawing[64:]), "damaged"},
		"animated PNG":    {withChunk(drawing, "acTL", make([]byte, 8)), "animated"},
		"PNG bomb":        {bomb, "megapixels"},
		"JPEG bomb":       {large, "megapixels"},
		"JPEG, no height": {flat, "damaged"},
		"too many bytes":  {append(bytes.Clone(photo), make([]byte, MaxBytes)...), "25 MB"},
		"animated WebP":   {riff("VP8X\x0a\x00\x00\x00\x02\x00\x00\x00\x07\x00\x00\x07\x00\x00"), "animated"},
		"WebP bomb":       {riff("VP8L\x05\x00\x00\x00\x2f\xff\xff\xff\x0f\x00"), "megapixels"},
		"WebP, two sizes": {riff("VP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x04\x00\x00\x04\x00\x00" + onePixel[12:]), "damaged"},
		"WebP, no pixels": {riff(""), "damaged"},
		"half a WebP":     {riff("VP8L\x05\x00\x00\x00\x2f\x00\x00\x00\x00\x00")[:22], "not complete"},
	} {
		_, err := Inspect(c.data)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: the error is %v, want one with %q", label, err, c.want)
		}
		if _, second := Encode(c.data, 10); second == nil || second.Error() != err.Error() {
			t.Errorf("%s: Encode says %v", label, second)
		}
	}
}

// riff makes a WebP file of chunks.
func riff(chunks string) []byte {
	b := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(chunks)+4))
	return append(append(b, "WEBP"...), chunks...)
}

// onePixel is a lossless WebP picture of one pixel.
const onePixel = "RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"

func TestWebP(t *testing.T) {
	info, err := Inspect([]byte(onePixel))
	if err != nil || info.Width != 1 || info.Height != 1 || info.Format != "webp" {
		t.Fatalf("%+v, %v", info, err)
	}
	if _, err := Encode([]byte(onePixel), 1); err != nil {
		t.Error(err)
	}
	// The decoder makes room for the transparency of the whole canvas before it looks at the
	// picture, so the two are compared without it.
	if _, err := readHeader(riff("VP8X\x0a\x00\x00\x00\x10\x00\x00\x00\xff\xff\x00\xff\xff\x00" + onePixel[12:])); err != errDamaged {
		t.Errorf("a canvas of 4,000 megapixels around one pixel: %v", err)
	}
}

func TestWidths(t *testing.T) {
	for width, want := range map[int][]int{
		0: nil, 1: {1}, 319: {319}, 320: {320}, 390: {320}, 500: {320, 500}, 640: {320, 640}, 1000: {320, 640, 960},
		1250: {320, 640, 960, 1250}, 1280: {320, 640, 960, 1280}, 6000: {320, 640, 960, 1280},
	} {
		if got := Widths(width); !slices.Equal(got, want) {
			t.Errorf("Widths(%d) = %v, want %v", width, got, want)
		}
	}
}

// TestThin scales a picture that is only one pixel high.
func TestThin(t *testing.T) {
	copied, err := Encode(pngOf(t, noise(2000, 1)), 320)
	if err != nil {
		t.Fatal(err)
	}
	if c, _, err := image.DecodeConfig(bytes.NewReader(copied)); err != nil || c.Width != 320 || c.Height != 1 {
		t.Errorf("the copy is %+v, %v", c, err)
	}
}

func FuzzInspect(f *testing.F) {
	photo := jpegOf(f, quarters(16, 8))
	f.Add(photo)
	f.Add(withSegment(photo, 0xE1, append([]byte("Exif\x00\x00"), exif(binary.BigEndian, 6)...)))
	f.Add(pngOf(f, quarters(16, 8)))
	f.Add(withChunk(pngOf(f, quarters(8, 8)), "eXIf", exif(binary.LittleEndian, 3)))
	f.Add([]byte(onePixel))
	f.Add([]byte("<svg"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if h, err := readHeader(data); err == nil && h.width*h.height > 1<<20 {
			return // allowed, but slow to repeat
		}
		info, err := Inspect(data)
		if err != nil {
			if len(err.Error()) < 10 {
				t.Errorf("the error is %q", err)
			}
			return
		}
		width := max(1, info.Width/2)
		copied, err := Encode(data, width)
		if err != nil {
			t.Fatalf("Inspect says %+v, Encode says %v", info, err)
		}
		c, format, err := image.DecodeConfig(bytes.NewReader(copied))
		if err != nil || c.Width != width || c.Height != Height(info.Width, info.Height, width) || "."+strings.Replace(format, "jpeg", "jpg", 1) != info.Ext {
			t.Fatalf("the copy of %+v is %s %+v, %v", info, format, c, err)
		}
	})
}
