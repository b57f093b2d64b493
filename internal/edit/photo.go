package edit

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io"
	"io/fs"
	"math"
	"net/http"
	"path"
	"strings"

	"nwioi/internal/picture"
	"nwioi/internal/site"
	"nwioi/internal/source"
	"nwioi/internal/yamlx"
)

// The photographs of people: square, because the cards show them round.
const (
	photoFolder = "data/practitioners/photos/"
	photoSide   = 960 // pixels
	photoLeast  = 320 // pixels of the part that is chosen
)

// A photoRequest is what comes with a photograph.
type photoRequest struct {
	File    string
	Base    []byte
	X, Y    float64 // where the chosen square begins, as parts of the picture's width and height
	Side    float64 // as a part of the picture's shorter side
	Alt     string
	Credit  string
	Consent bool // the person agreed to this picture being shown
	Replace bool // in the place of the one that is there
}

// A photoSaved is the answer to "photo".
type photoSaved struct {
	Saved   bool   `json:"saved"`
	Replace bool   `json:"replace,omitempty"` // there is one already: ask first
	Base    []byte `json:"base,omitempty"`
	File    string `json:"file,omitempty"`
	Consent string `json:"consent,omitempty"`
}

// photo cuts a photograph, writes it beside those of the others and names it in the person's record.
func (h *Handler) photo(w http.ResponseWriter, r *http.Request, now *served) {
	result, err := h.takePhoto(r, now)
	answer(w, result, err)
}

func (h *Handler) takePhoto(r *http.Request, now *served) (*photoSaved, error) {
	asked, data, err := readPhoto(r)
	if err != nil {
		return nil, err
	}
	record, err := h.find(now, asked.File, asked.Base)
	switch {
	case err != nil:
		return nil, err
	case record.kind.id != "practitioner" || record.fault != "":
		return nil, &refusal{http.StatusBadRequest, "Only practitioners have a photograph."}
	case strings.TrimSpace(asked.Alt) == "":
		return nil, sorry("Describe what the picture shows, for those who do not see it.")
	case !asked.Consent:
		return nil, sorry("The person has to agree that this picture is shown.")
	}
	cut, err := cutPhoto(data, asked)
	if err != nil {
		return nil, err
	}
	disk, _, err := h.disk.read(asked.File)
	if err != nil || !bytes.Equal(disk, asked.Base) {
		return nil, sorry("The record changed on disk since this form was opened. Load the page again, then add the photograph.")
	}
	name := strings.TrimSuffix(path.Base(asked.File), ".yaml") + ".jpg"
	old, _, err := h.disk.read(photoFolder + name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		old = nil
	case err != nil:
		return nil, err
	case !asked.Replace:
		return &photoSaved{Replace: true}, nil
	}
	next, err := withPhoto(record, name, asked, h.config.Today)
	if err != nil {
		return nil, err
	}
	if err := h.disk.replace(photoFolder+name, old, cut); err != nil {
		return nil, changedMeanwhile(err)
	}
	h.wrote(photoFolder+name, cut)
	if err := h.disk.replace(asked.File, disk, next); err != nil {
		return nil, changedMeanwhile(err)
	}
	return &photoSaved{Saved: true, Base: next, File: name, Consent: h.config.Today.String()}, nil
}

func changedMeanwhile(err error) error {
	if errors.Is(err, source.ErrChanged) {
		return sorry("A file changed on disk just now. Load the page again, then add the photograph.")
	}
	return err
}

// readPhoto reads the two parts of the request: "about", which is JSON, and "picture".
func readPhoto(r *http.Request) (asked photoRequest, data []byte, err error) {
	unreadable := &refusal{http.StatusBadRequest, "What the form sent could not be read."}
	parts, err := r.MultipartReader()
	if err != nil {
		return asked, nil, unreadable
	}
	about := false
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return asked, nil, tooLarge(err, unreadable)
		}
		switch part.FormName() {
		case "about":
			if json.NewDecoder(io.LimitReader(part, maxValues)).Decode(&asked) != nil {
				return asked, nil, unreadable
			}
			about = true
		case "picture":
			if data, err = io.ReadAll(io.LimitReader(part, picture.MaxBytes+1)); err != nil {
				return asked, nil, tooLarge(err, unreadable)
			}
		}
	}
	switch {
	case !about:
		return asked, nil, unreadable
	case len(data) == 0:
		return asked, nil, sorry("Choose a picture first.")
	case len(data) > picture.MaxBytes:
		return asked, nil, sorry(fmt.Sprintf("This picture has more than %d megabytes. Save it smaller, then choose it again.", picture.MaxBytes>>20))
	}
	return asked, data, nil
}

func tooLarge(err error, otherwise error) error {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return sorry(fmt.Sprintf("This picture has more than %d megabytes. Save it smaller, then choose it again.", picture.MaxBytes>>20))
	}
	return otherwise
}

// cutPhoto returns the chosen square as a JPEG file of its own, which holds nothing of the original but
// its pixels.
func cutPhoto(data []byte, asked photoRequest) ([]byte, error) {
	info, err := picture.Inspect(data)
	if err != nil {
		return nil, sorry(capital(err.Error()) + ". Choose a photograph that was saved as JPEG, PNG or WebP.")
	}
	for _, x := range []float64{asked.X, asked.Y, asked.Side} {
		if math.IsNaN(x) || x < 0 || x > 1 {
			return nil, &refusal{http.StatusBadRequest, "The part that was chosen does not lie in the picture."}
		}
	}
	side := int(math.Round(asked.Side * float64(min(info.Width, info.Height))))
	if side < photoLeast {
		return nil, sorry(fmt.Sprintf("The part that you chose is %d pixels wide, which looks blurred. Choose a larger part, or a larger picture: %d pixels are the least.", side, photoLeast))
	}
	x := min(int(math.Round(asked.X*float64(info.Width))), info.Width-side)
	y := min(int(math.Round(asked.Y*float64(info.Height))), info.Height-side)
	cut, err := picture.Crop(data, image.Rect(x, y, x+side, y+side), photoSide)
	if err != nil {
		return nil, sorry(capital(err.Error()) + ".")
	}
	return cut, nil
}

// withPhoto returns the record with the keys of its photograph.
func withPhoto(r *record, name string, asked photoRequest, today site.Date) ([]byte, error) {
	photo := r.value.Get("photo")
	values := []yamlx.Entry[any]{{Key: "file", Value: name}, {Key: "alt", Value: strings.TrimSpace(asked.Alt)}}
	if credit := strings.TrimSpace(asked.Credit); credit != "" {
		values = append(values, yamlx.Entry[any]{Key: "credit", Value: credit})
	}
	values = append(values, yamlx.Entry[any]{Key: "consent", Value: today.String()})
	if photo == nil || photo.Form != yamlx.Keyed {
		return r.apply(r.data, yamlx.Edit{Path: "photo", Value: yamlx.Group(values)})
	}
	data := r.data
	if photo.Get("credit") != nil && len(values) == 3 {
		values = append(values, yamlx.Entry[any]{Key: "credit"}) // that of the picture before
	}
	for _, v := range values {
		if now := photo.Get(v.Key); now != nil && now.Text == v.Value {
			continue
		}
		var err error
		if data, err = r.apply(data, yamlx.Edit{Path: "photo." + v.Key, Value: v.Value}); err != nil {
			return nil, err
		}
	}
	return data, nil
}
