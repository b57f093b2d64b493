package site

import (
	"path"
	"strings"

	"nwioi/internal/markdown"
	"nwioi/internal/source"
)

// A Page is one Markdown file of content/.
type Page struct {
	File  *source.File
	Front FrontMatter
	Body  *markdown.Doc
}

// FrontMatter is what stands between the --- lines at the top of a page.
type FrontMatter struct {
	Title    string   `yaml:"title" need:"yes" max:"200" doc:"The page's title; it becomes the heading." example:"Course dates for spring"`
	Summary  string   `yaml:"summary" max:"400" doc:"One or two sentences; shown below the heading and in lists." example:"When the next courses are held, and how to sign up."`
	Date     Date     `yaml:"date" doc:"The day a news post appeared."`
	Updated  Date     `yaml:"updated" doc:"The day of the last change that readers should know of." title:"Updated on"`
	Reviewed Date     `yaml:"reviewed" doc:"The day somebody last checked the page." title:"Reviewed on"`
	ReviewBy Date     `yaml:"review_by" doc:"The day by which it is to be checked again." title:"Review by"`
	Expires  Date     `yaml:"expires" doc:"The last day on which the page is published." title:"Ends on"`
	Draft    bool     `yaml:"draft" doc:"true keeps the page out of the published site." example:"true"`
	Slug     string   `yaml:"slug" doc:"The last part of the address, if not the file's name." title:"Last part of the address" example:"course-dates"`
	Aliases  []string `yaml:"aliases" doc:"Former addresses, such as /old-page/; they lead here." title:"Former addresses" example:"[/old-page/]"`
	Tags     []string `yaml:"tags" doc:"Subjects of a news post." example:"[courses]"`
	Owner    string   `yaml:"owner" doc:"Who looks after the page." example:"Communications team"`
	Menu     string   `yaml:"menu" doc:"The label under which the page stands in the main menu." title:"Label in the menu" example:"About"`
	Layout   string   `yaml:"layout" doc:"The template, if not the usual one for its place." example:"page"`
}

// IsNews reports whether the page is a dated post.
func (p *Page) IsNews() bool {
	return strings.HasPrefix(p.File.Path, "content/news/") && path.Base(p.File.Path) != "index.md"
}

// URL returns the page's path on the site, from "/" and with a slash at the end; the page for
// missing addresses has "/404.html".
func (p *Page) URL() string {
	return PageURL(p.File.Path, p.Front.Slug)
}

// PageURL returns the path on the site of the page at a path below content/, with the slug that its
// front matter gives or "".
func PageURL(file, slug string) string {
	name := strings.TrimSuffix(strings.TrimPrefix(file, "content/"), ".md")
	if name == "404" {
		return "/404.html"
	}
	dir, base := path.Split(name)
	switch {
	case base == "index":
		return "/" + dir
	case slug != "":
		base = slug
	default:
		base = Slug(base)
	}
	return "/" + dir + base + "/"
}

// Layout returns the name of the layout that makes the page.
func (p *Page) LayoutName() string {
	if p.Front.Layout != "" {
		return p.Front.Layout
	}
	switch url := p.URL(); {
	case url == "/":
		return "home"
	case url == "/404.html":
		return "not-found"
	case p.IsNews():
		return "post"
	}
	return "page"
}

// Layouts are those that front matter can ask for. Every other layout belongs to a place: the home
// page, a step of the pathway, a news post.
var Layouts = []string{"page"}
