package assemble

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"path"
	"strconv"
	"strings"

	"nwioi/internal/markdown"
	"nwioi/internal/output"
	"nwioi/internal/picture"
	"nwioi/internal/site"
	"nwioi/internal/source"
	"nwioi/internal/theme"
)

// A scaled picture is made from a file for one width.
type scaled struct {
	file  *source.File
	width int
}

// pictureLayout makes the published copy of a picture: scaled and without its metadata.
var pictureLayout = &goLayout[scaled]{func(w io.Writer, s scaled) error {
	data, err := picture.Encode(s.file.Data, s.width)
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}}

// picture adds the published copies of a picture and returns its view. sizes says how wide it is
// shown; alt and credit are the words.
func (a *assembler) picture(img *site.Image, alt, credit string) theme.Picture {
	digest := output.Memo(a.pool, img.File, func() string {
		sum := sha256.Sum256(img.File.Data)
		return hex.EncodeToString(sum[:6])
	})
	name := site.Slug(strings.TrimSuffix(path.Base(img.File.Path), path.Ext(img.File.Path)))
	widths := picture.Widths(img.Width)
	p := theme.Picture{Width: img.Width, Height: img.Height, Alt: alt, Credit: credit}
	var set []string
	for _, w := range widths {
		url := "/pictures/" + name + "-" + digest + "-" + strconv.Itoa(w) + img.Ext
		if !a.pictures[url] {
			a.pictures[url] = true
			a.add(url, pictureLayout, scaled{img.File, w})
		}
		set = append(set, a.href(url)+" "+strconv.Itoa(w)+"w")
		if p.Src == "" || w <= 960 {
			p.Src, p.Width, p.Height = a.href(url), w, max(1, (img.Height*w+img.Width/2)/img.Width)
		}
	}
	p.Srcset = strings.Join(set, ", ")
	return p
}

// image returns the element of a picture in a page's text.
func (a *assembler) image(file string, h markdown.Hole) string {
	img := a.Pictures[path.Join(path.Dir(file), h.Value)]
	if img == nil {
		return ""
	}
	p := a.picture(img, h.Alt, "")
	title := ""
	if h.Title != "" {
		title = ` title="` + escapeAttr(h.Title) + `"`
	}
	return `<img src="` + escapeAttr(p.Src) + `" srcset="` + escapeAttr(p.Srcset) + `" sizes="(min-width: 48em) 42rem, 100vw" width="` +
		strconv.Itoa(p.Width) + `" height="` + strconv.Itoa(p.Height) + `" alt="` + escapeAttr(p.Alt) + `"` + title + ` loading="lazy" decoding="async">`
}
