package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// A header is what a file says about its picture before any pixel is decoded.
type header struct {
	format        string
	width, height int // as stored
	orientation   orientation
}

// readHeader walks the parts of a file from its beginning to its end. It finds out what the picture
// is, and whether the file is complete.
func readHeader(data []byte) (header, error) {
	var h header
	var err error
	switch {
	case len(data) == 0:
		return h, errEmpty
	case len(data) > MaxBytes:
		return h, errors.New("this file has more than 25 MB, which is too much for a picture on a page")
	case bytes.HasPrefix(data, []byte("\xFF\xD8\xFF")):
		h, err = jpegHeader(data)
	case bytes.HasPrefix(data, []byte(pngSignature)):
		h, err = pngHeader(data)
	case len(data) >= 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		h, err = webpHeader(data)
	default:
		return h, errors.New("this is " + kindOf(data) + ", and pages show only JPEG, PNG and WebP pictures")
	}
	if err == nil {
		err = bounds(h.width, h.height)
	}
	return h, err
}

// kindOf names a file that is no picture for pages.
func kindOf(data []byte) string {
	start := bytes.ToLower(bytes.TrimLeft(data[:min(len(data), 1024)], "\xEF\xBB\xBF \t\r\n"))
	switch {
	case bytes.HasPrefix(start, []byte("<svg")), bytes.HasPrefix(start, []byte("<?xml")) && bytes.Contains(start, []byte("<svg")):
		return "an SVG drawing"
	case bytes.HasPrefix(start, []byte("<")):
		return "a text file"
	case bytes.HasPrefix(data, []byte("GIF8")):
		return "a GIF picture"
	case bytes.HasPrefix(data, []byte("%PDF")):
		return "a PDF document"
	case bytes.HasPrefix(data, []byte("BM")):
		return "a BMP picture"
	case bytes.HasPrefix(data, []byte("II*\x00")), bytes.HasPrefix(data, []byte("MM\x00*")):
		return "a TIFF picture or a camera's raw file"
	case len(data) >= 12 && string(data[4:8]) == "ftyp":
		switch string(data[8:12]) {
		case "heic", "heix", "mif1", "msf1", "hevc":
			return "a HEIC picture, as iPhones take them"
		case "avif", "avis":
			return "an AVIF picture"
		}
		return "a film"
	}
	return "not a picture"
}

// jpegHeader walks the segments of a JPEG file (ITU-T T.81, annex B). What follows the end of the
// picture, such as the film of a "live" photo, is of no interest.
func jpegHeader(data []byte) (header, error) {
	h := header{format: "jpeg", orientation: upright}
	at := 2
	scanned := false
	for {
		// A marker is FF and another byte; FF may be repeated to fill.
		skip := bytes.IndexByte(data[min(at, len(data)):], 0xFF)
		switch {
		case skip < 0:
			return h, errCut
		case skip > 0 && !scanned:
			return h, errDamaged
		}
		at += skip
		for at < len(data) && data[at] == 0xFF {
			at++
		}
		if at >= len(data) {
			return h, errCut
		}
		marker := data[at]
		at++
		switch {
		case marker == 0xD9: // end of image
			if !scanned || h.width == 0 {
				return h, errDamaged
			}
			return h, nil
		case marker == 0x00 && scanned, 0xD0 <= marker && marker <= 0xD7, marker == 0x01: // pixels, restart
			continue
		case marker == 0xD8 || marker == 0x00:
			return h, errDamaged
		}
		if at+2 > len(data) {
			return h, errCut
		}
		size := int(binary.BigEndian.Uint16(data[at:]))
		if size < 2 {
			return h, errDamaged
		}
		if at+size > len(data) {
			return h, errCut
		}
		body := data[at+2 : at+size]
		switch {
		case marker == 0xE1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")) && h.orientation == upright:
			h.orientation = exifOrientation(body[6:])
		case marker == 0xDA: // start of scan
			scanned = true
		case 0xC0 <= marker && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC: // frame
			if len(body) < 5 || h.width != 0 {
				return h, errDamaged
			}
			h.height = int(binary.BigEndian.Uint16(body[1:]))
			h.width = int(binary.BigEndian.Uint16(body[3:]))
			if err := bounds(h.width, h.height); err != nil {
				return h, err
			}
		}
		at += size
	}
}

const pngSignature = "\x89PNG\r\n\x1A\n"

// pngHeader walks the chunks of a PNG file (W3C PNG, third edition).
func pngHeader(data []byte) (header, error) {
	h := header{format: "png", orientation: upright}
	at := len(pngSignature)
	for {
		if at+12 > len(data) {
			return h, errCut
		}
		size := int(binary.BigEndian.Uint32(data[at:]))
		kind := string(data[at+4 : at+8])
		if size < 0 || size > len(data)-at-12 {
			return h, errCut
		}
		body := data[at+8 : at+8+size]
		switch kind {
		case "IHDR":
			if size < 8 || h.width != 0 {
				return h, errDamaged
			}
			w, t := binary.BigEndian.Uint32(body), binary.BigEndian.Uint32(body[4:])
			h.width, h.height = int(min(w, 1<<30)), int(min(t, 1<<30))
		case "acTL":
			return h, errAnimated
		case "eXIf":
			h.orientation = exifOrientation(body)
		case "IEND":
			return h, nil
		}
		at += 12 + size
	}
}

// webpHeader walks the chunks of a WebP file (RFC 9649). The size of the canvas and that of the
// picture in it must be the same: the decoder allocates what the picture says.
func webpHeader(data []byte) (header, error) {
	h := header{format: "webp", orientation: upright}
	end := int(binary.LittleEndian.Uint32(data[4:])) + 8
	if end > len(data) {
		return h, errCut
	}
	canvasWidth, canvasHeight := 0, 0
	for at := 12; at+8 <= end; {
		size := int(binary.LittleEndian.Uint32(data[at+4:]))
		if size < 0 || size > end-at-8 {
			return h, errCut
		}
		body := data[at+8 : at+8+size]
		width, height := 0, 0
		switch string(data[at : at+4]) {
		case "VP8X":
			if size < 10 {
				return h, errDamaged
			}
			if body[0]&0x02 != 0 {
				return h, errAnimated
			}
			canvasWidth = 1 + int(body[4]) + int(body[5])<<8 + int(body[6])<<16
			canvasHeight = 1 + int(body[7]) + int(body[8])<<8 + int(body[9])<<16
		case "ANIM", "ANMF":
			return h, errAnimated
		case "EXIF":
			h.orientation = exifOrientation(bytes.TrimPrefix(body, []byte("Exif\x00\x00")))
		case "VP8 ":
			if size < 10 {
				return h, errDamaged
			}
			width = int(binary.LittleEndian.Uint16(body[6:]) & 0x3FFF)
			height = int(binary.LittleEndian.Uint16(body[8:]) & 0x3FFF)
		case "VP8L":
			if size < 5 {
				return h, errDamaged
			}
			bits := binary.LittleEndian.Uint32(body[1:])
			width, height = int(bits&0x3FFF)+1, int(bits>>14&0x3FFF)+1
		}
		if width > 0 {
			if h.width != 0 {
				return h, errDamaged
			}
			h.width, h.height = width, height
		}
		at += 8 + size + size&1
	}
	if canvasWidth > 0 && h.width > 0 && (canvasWidth != h.width || canvasHeight != h.height) {
		return h, errDamaged
	}
	return h, nil
}
