package edit_test

import (
	"bytes"
	"encoding/json"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// meadow returns a picture of a size: red on the left, blue on the right, darker towards the bottom.
func meadow(width, height int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			shade := uint8(255 - 200*y/height)
			c := color.RGBA{R: shade, A: 255}
			if x >= width/2 {
				c = color.RGBA{B: shade, A: 255}
			}
			img.Set(x, y, c)
		}
	}
	return img
}

func jpegOf(t *testing.T, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// upload sends a photograph as the form does.
func (d *desk) upload(about map[string]any, data []byte) (map[string]any, int) {
	d.t.Helper()
	var b bytes.Buffer
	parts := multipart.NewWriter(&b)
	text, _ := json.Marshal(about)
	parts.WriteField("about", string(text))
	if data != nil {
		file, _ := parts.CreateFormFile("picture", "../../x.jpg")
		file.Write(data)
	}
	parts.Close()
	r := httptest.NewRequestWithContext(d.t.Context(), http.MethodPost, "/.nwioi/edit/photo", &b)
	r.Header.Set("Content-Type", parts.FormDataContentType())
	w := httptest.NewRecorder()
	d.handler.ServeHTTP(w, r)
	var answer map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		d.t.Fatalf("%d %s", w.Code, w.Body)
	}
	return answer, w.Code
}

const theo = "data/practitioners/theo-abernathy.yaml"

func (d *desk) about(more ...any) map[string]any {
	about := map[string]any{"file": theo, "base": d.read(theo), "x": 0.5, "y": 0, "side": 1, "alt": "Theo by a window", "consent": true}
	for i := 0; i < len(more); i += 2 {
		about[more[i].(string)] = more[i+1]
	}
	return about
}

func TestPhoto(t *testing.T) {
	d := open(t)
	before := d.read(theo)
	// A camera writes where and with what the picture was taken; none of it may be kept.
	data := jpegOf(t, meadow(2000, 1000))
	secret := "\xff\xe1\x00\x18Exif\x00\x00GPS 47.6, -122.3"
	data = append([]byte(data[:2]), append([]byte(secret), data[2:]...)...)
	answer, status := d.upload(d.about("credit", "Mo Light"), data)
	if status != 200 || answer["saved"] != true {
		t.Fatal(status, answer)
	}
	cut := d.read("data/practitioners/photos/theo-abernathy.jpg")
	img, format, err := image.Decode(bytes.NewReader(cut))
	if err != nil || format != "jpeg" || img.Bounds().Dx() != 960 || img.Bounds().Dy() != 960 {
		t.Fatalf("the photograph is %v %s (%v)", img.Bounds(), format, err)
	}
	if r, _, b, _ := img.At(480, 10).RGBA(); r > b {
		t.Error("the part that was chosen is not the right half")
	}
	if bytes.Contains(cut, []byte("GPS")) || bytes.Contains(cut, []byte("Exif")) {
		t.Error("what the camera wrote is still there")
	}
	if got, want := changed(before, d.read(theo)), "+photo:\n+  file: theo-abernathy.jpg\n+  alt: Theo by a window\n+  credit: Mo Light\n+  consent: 2026-11-23\n"; got != want {
		t.Errorf("the record changed in\n%s\nwant\n%s", got, want)
	}

	// Another one is put in its place only on request, and the credit of the one before goes with it.
	another := d.about("alt", "Theo again")
	if answer, _ = d.upload(another, jpegOf(t, meadow(700, 900))); answer["replace"] != true || !bytes.Equal(cut, d.read("data/practitioners/photos/theo-abernathy.jpg")) {
		t.Fatalf("replaced without a word: %v", answer)
	}
	another["replace"] = true
	if answer, _ = d.upload(another, jpegOf(t, meadow(700, 900))); answer["saved"] != true {
		t.Fatal(answer)
	}
	if text := string(d.read(theo)); strings.Contains(text, "Mo Light") || !strings.Contains(text, "alt: Theo again") {
		t.Errorf("the record is\n%s", text)
	}
}

func TestHostilePhotos(t *testing.T) {
	d := open(t)
	good := jpegOf(t, meadow(800, 800))
	var moving bytes.Buffer
	gif.Encode(&moving, meadow(400, 400), nil)
	var small bytes.Buffer
	png.Encode(&small, meadow(100, 100))
	var few bytes.Buffer
	png.Encode(&few, meadow(500, 500))
	bomb := bytes.Clone(few.Bytes())
	copy(bomb[16:24], []byte{0, 0, 0x40, 0, 0, 0, 0x40, 0}) // 16384 by 16384
	before := snapshot(t, d.root)
	for _, c := range []struct {
		name  string
		about map[string]any
		data  []byte
		says  string
	}{
		{"no picture", d.about(), nil, "Choose a picture"},
		{"an empty file", d.about(), []byte{}, "Choose a picture"},
		{"a text", d.about(), []byte("<svg onload=alert(1)>"), "JPEG, PNG or WebP"},
		{"a page that says it is a picture", d.about(), []byte("\xff\xd8\xff<script>"), "JPEG, PNG or WebP"},
		{"a GIF", d.about(), moving.Bytes(), "JPEG, PNG or WebP"},
		{"half a picture", d.about(), good[:len(good)/2], "JPEG, PNG or WebP"},
		{"a bomb of pixels", d.about(), bomb, "pixels"},
		{"too small", d.about(), small.Bytes(), "blurred"},
		{"too small a part", d.about("side", 0.3), good, "blurred"},
		{"a part outside", d.about("x", 2), good, "does not lie in"},
		{"a part before", d.about("y", -1), good, "does not lie in"},
		{"too large a part", d.about("side", 1.5), good, "does not lie in"},
		{"no description", d.about("alt", "  "), good, "Describe"},
		{"no consent", d.about("consent", false), good, "agree"},
		{"too many bytes", d.about(), append(bytes.Clone(good), make([]byte, 26<<20)...), "megabytes"},
		{"a record of another kind", d.about("file", "content/about.md", "base", d.read("content/about.md")), good, "Only practitioners"},
		{"a path", d.about("file", "data/practitioners/../../x.yaml"), good, "not the path"},
		{"a record that changed", d.about("base", []byte("name: {given: A, family: B}\n")), good, "changed on disk"},
	} {
		answer, status := d.upload(c.about, c.data)
		sentence, _ := answer["sorry"].(string)
		if status < 400 || status >= 500 || !strings.Contains(sentence, c.says) && !strings.Contains(sentence, strings.ToLower(c.says)) {
			t.Errorf("%s: %d %q, want a sentence with %q", c.name, status, sentence, c.says)
		}
	}
	if !same(before, snapshot(t, d.root)) {
		t.Error("something was written")
	}
	// A part at the very edge lies in the picture, whatever the fractions come to.
	if answer, status := d.upload(d.about("x", math.Nextafter(1, 0), "y", 1, "side", 0.999), good); status != 200 {
		t.Errorf("at the edge: %v", answer)
	}
}
