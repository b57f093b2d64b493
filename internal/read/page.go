package read

import (
	"path"
	"strings"

	"nwioi/internal/diag"
	"nwioi/internal/markdown"
	"nwioi/internal/picture"
	"nwioi/internal/site"
	"nwioi/internal/source"
	"nwioi/internal/yamlx"
)

// readPage reads a Markdown file of content/.
func readPage(f *source.File) (any, diag.List) {
	text, problems := yamlx.CheckText(f.Path, f.Data)
	if problems.Failed() {
		return nil, problems
	}
	front, frontLine, body, bodyLine, split := yamlx.Split(f.Path, text)
	problems = append(problems, split...)
	p := &site.Page{File: f}
	if !split.Failed() && front != nil {
		problems = append(problems, yamlx.Decode(f.Path, front, frontLine, &p.Front)...)
	}
	var wrong diag.List
	p.Body, wrong = markdown.Parse(f.Path, body, bodyLine, markdown.Options{Facts: true, TopHeading: 2, AnchorPrefix: "s-"})
	problems = append(problems, wrong...)
	at := func(field, rule, message, hint string) {
		pos, width, line := yamlx.Locate(front, frontLine, field)
		problems = append(problems, diag.Diagnostic{Path: f.Path, Pos: pos, Width: width, Source: line, Severity: diag.Error, Rule: rule, Message: message, Hint: hint})
	}
	if p.IsNews() && p.Front.Date.IsZero() && !problems.Failed() {
		at("title", "page/date", "a news post needs the day it appeared", "add a line such as date: 2026-11-30")
	}
	if slug := p.Front.Slug; slug != "" && !site.ValidID(slug) {
		at("slug", "page/slug", quote(slug)+" cannot stand in an address", "write "+quote(site.Slug(slug)))
	}
	for i, alias := range p.Front.Aliases {
		if !strings.HasPrefix(alias, "/") || strings.HasPrefix(alias, "//") || strings.ContainsAny(alias, "\\?#%: \t") {
			at(indexed("aliases", i), "page/alias", quote(alias)+" is not a former address on this site", "write it from the first slash, such as /old-page/")
		}
	}
	if dir := path.Dir(f.Path); dir != "content" {
		for _, part := range strings.Split(strings.TrimPrefix(dir, "content/"), "/") {
			if !site.ValidID(part) {
				problems = append(problems, diag.Diagnostic{
					Path: f.Path, Severity: diag.Error, Rule: "page/folder",
					Message: "the folder " + quote(part) + " becomes part of the address, and that name cannot stand in one",
					Hint:    "rename it to " + quote(site.Slug(part)),
				})
			}
		}
	}
	return p, problems
}

// isPicture reports whether the path is one of a picture of a page or a person.
func isPicture(p string) bool {
	if !strings.HasPrefix(p, "content/") && !strings.HasPrefix(p, "data/practitioners/photos/") {
		return false
	}
	switch path.Ext(p) {
	case ".jpg", ".jpeg", ".png", ".webp":
		return true
	}
	return false
}

func readPicture(f *source.File) (any, diag.List) {
	info, err := picture.Inspect(f.Data)
	if err != nil {
		return nil, diag.List{{
			Path: f.Path, Severity: diag.Error, Rule: "picture/unreadable", Message: err.Error(),
			Hint: "save it again as a JPEG or PNG",
		}}
	}
	return &site.Image{File: f, Width: info.Width, Height: info.Height, Format: info.Format, Ext: info.Ext}, nil
}
