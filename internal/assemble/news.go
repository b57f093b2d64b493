package assemble

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"path"
	"strconv"
	"strings"

	"nwioi/internal/output"
	"nwioi/internal/shareimage"
	"nwioi/internal/site"
	"nwioi/internal/source"
	"nwioi/internal/theme"
)

// news makes the posts, their lists and the feeds.
func (a *assembler) news() {
	if len(a.News) == 0 {
		if p := a.Page(site.NewsURL); p != nil {
			a.page(site.NewsURL, "news", theme.NewsView{PageView: a.pageView(site.NewsURL, p, "News", ""), Page: 1, Pages: 1})
		}
		return
	}
	var tags []theme.CountedLink
	all := a.Tags()
	for _, t := range all {
		tags = append(tags, theme.CountedLink{Label: t.Label, URL: a.href(site.TagURL(t.Slug)), Count: len(t.Posts)})
	}
	intro := a.Page(site.NewsURL)
	a.postList(site.NewsURL, "News", intro, a.News, list(a, tags))
	for _, t := range all {
		a.postList(site.TagURL(t.Slug), "News on "+t.Label, nil, t.Posts, nil)
	}
	a.posted()
	f := a.feed()
	a.add(site.AtomURL, atomLayout, f)
	a.add(site.JSONFeedURL, jsonFeedLayout, f)
}

// postList makes the pages of a list of posts.
func (a *assembler) postList(listing, title string, intro *site.Page, posts []*site.Page, tags *theme.List[theme.CountedLink]) {
	pages := site.Pages(len(posts))
	for page := 1; page <= pages; page++ {
		url := site.PagedURL(listing, page)
		v := theme.NewsView{Page: page, Pages: pages}
		if page == 1 {
			v.PageView = a.pageView(url, intro, title, "")
			v.Tags = tags
		} else {
			v.PageView = a.pageView(url, nil, title, "")
			v.Title = title + ", page " + strconv.Itoa(page) + " · " + a.Settings.Title
			v.Previous = theme.Link{Label: "Newer posts", URL: a.href(site.PagedURL(listing, page-1))}
		}
		if page < pages {
			v.Next = theme.Link{Label: "Older posts", URL: a.href(site.PagedURL(listing, page+1))}
		}
		v.Posts = a.posts(posts[(page-1)*site.PageSize : min(page*site.PageSize, len(posts))])
		a.page(url, "news", v)
	}
}

// posts returns the links to posts, in their order.
func (a *assembler) posts(posts []*site.Page) *theme.List[theme.PostLink] {
	type key struct {
		posts *theme.List[*site.Page]
		base  site.Base
	}
	return output.Memo(a.pool, key{list(a, posts), a.Base}, func() *theme.List[theme.PostLink] {
		links := make([]theme.PostLink, len(posts))
		for i, p := range posts {
			links[i] = theme.PostLink{
				Title: p.Front.Title, URL: a.href(p.URL()), Summary: p.Front.Summary, Date: p.Front.Date.Long(), ISO: p.Front.Date.String(),
			}
		}
		return list(a, links)
	})
}

// blockSize is the number of neighbouring posts whose recipes are remembered together: an edit of one makes
// the recipes of its block anew, and the others are taken as they are.
const blockSize = 16

// A blockKey holds everything that the pages of a block of posts depend on.
type blockKey struct {
	posts *theme.List[*site.Page] // with the neighbours of the first and the last
	first int                     // of the block: 0 where it has no neighbour before it, else 1
	ways  *theme.List[*theme.List[theme.Link]]
	in    *postContext
}

// A postContext is what the pages of all posts depend on: what they are shown in, and all that their texts
// may refer to.
type postContext struct {
	layout         *theme.Layout
	settings       *site.Settings
	base           site.Base
	day            site.Date
	preview        bool
	shared         *theme.Shared
	menu           *theme.List[site.MenuItem]
	header, footer *theme.Fragment
	painter        *shareimage.Painter
	routes         *site.Routes
	book           *site.FactBook
	album          *theme.List[*site.Image]
	history        *source.History
}

// posted makes the pages of all posts, a block at a time.
func (a *assembler) posted() {
	in := output.Intern(a.pool, postContext{
		a.theme.Layout("post"), a.Settings, a.Base, a.AsOf, a.Preview, a.shared, list(a, a.menu), a.header(site.NewsURL), a.footer,
		a.painter, a.Routes, a.Book, a.album, a.History,
	})
	for start := 0; start < len(a.News); start += blockSize {
		end := min(start+blockSize, len(a.News))
		from := max(0, start-1)
		key := blockKey{list(a, a.News[from:min(end+1, len(a.News))]), start - from, a.waysTo(a.News[start:end]), in}
		a.join(output.Memo(a.pool, key, func() []output.Recipe {
			block := *a
			block.recipes, block.pictures = nil, map[string]bool{}
			for i := start; i < end; i++ {
				block.post(i, a.News[i])
			}
			return block.recipes
		}))
	}
}

// waysTo returns the ways from the home page to the folders of pages, each once where neighbours share it.
func (a *assembler) waysTo(pages []*site.Page) *theme.List[*theme.List[theme.Link]] {
	var ways []*theme.List[theme.Link]
	last := ""
	for _, p := range pages {
		if folder := path.Dir(p.File.Path); folder != last {
			last = folder
			ways = append(ways, a.above(strings.TrimSuffix(p.URL(), "/")))
		}
	}
	return list(a, ways)
}

func (a *assembler) post(i int, p *site.Page) {
	url := p.URL()
	v := theme.PostView{PageView: a.pageView(url, p, "", ""), Date: p.Front.Date.Long(), ISO: p.Front.Date.String()}
	v.OpenGraph = "article"
	a.drawn(a.depict(&v.Frame, a.postCard(p)))
	a.describe(&v.Frame, a.postLD(p, v.Canonical))
	var tags []theme.Link
	for _, label := range p.Front.Tags {
		tags = append(tags, theme.Link{Label: label, URL: a.href(site.TagURL(label))})
	}
	v.Tags = list(a, tags)
	if i > 0 {
		v.Newer = theme.Link{Label: a.News[i-1].Front.Title, URL: a.href(a.News[i-1].URL())}
	}
	if i < len(a.News)-1 {
		v.Older = theme.Link{Label: a.News[i+1].Front.Title, URL: a.href(a.News[i+1].URL())}
	}
	a.page(url, "post", v)
}

// A feed is what both feeds are made from: absolute addresses and the latest posts, newest first.
type feed struct {
	title, home, news, atom, json string
	entries                       *theme.List[feedEntry]
}

// feedLength is the number of posts in a feed.
const feedLength = 20

// A feedEntry is a post as both feeds tell it.
type feedEntry struct {
	title, url, summary, published, updated string
}

func (a *assembler) feed() feed {
	var entries []feedEntry
	for _, p := range a.News[:min(feedLength, len(a.News))] {
		e := feedEntry{title: p.Front.Title, url: a.Base.Absolute(p.URL()), summary: p.Front.Summary, published: instant(p.Front.Date), updated: instant(p.Front.Date)}
		if updated := a.Updated(p); !updated.IsZero() {
			e.updated = instant(updated)
		}
		if e.summary == "" && p.Body != nil {
			e.summary = p.Body.Summary(280, a.FactText)
		}
		entries = append(entries, e)
	}
	return feed{
		title: a.Settings.Title, home: a.Base.Absolute("/"), news: a.Base.Absolute(site.NewsURL),
		atom: a.Base.Absolute(site.AtomURL), json: a.Base.Absolute(site.JSONFeedURL), entries: list(a, entries),
	}
}

// instant is the beginning of a day as RFC 3339 wants it.
func instant(d site.Date) string { return d.Midnight().Format("2006-01-02T15:04:05Z") }

// atomLayout makes the Atom feed (RFC 4287).
var atomLayout = &goLayout[feed]{func(w io.Writer, f feed) error {
	type link struct {
		Rel  string `xml:"rel,attr,omitempty"`
		Type string `xml:"type,attr,omitempty"`
		Href string `xml:"href,attr"`
	}
	type entry struct {
		Title     string `xml:"title"`
		ID        string `xml:"id"`
		Link      link   `xml:"link"`
		Published string `xml:"published"`
		Updated   string `xml:"updated"`
		Summary   string `xml:"summary,omitempty"`
	}
	doc := struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		Title   string   `xml:"title"`
		ID      string   `xml:"id"`
		Links   []link   `xml:"link"`
		Updated string   `xml:"updated"`
		Author  string   `xml:"author>name"`
		Entries []entry  `xml:"entry"`
	}{Title: f.title, ID: f.home, Author: f.title}
	doc.Links = []link{{Rel: "self", Type: "application/atom+xml", Href: f.atom}, {Href: f.news}}
	for _, n := range f.entries.All() {
		doc.Updated = max(doc.Updated, n.updated)
		doc.Entries = append(doc.Entries, entry{n.title, n.url, link{Href: n.url}, n.published, n.updated, n.summary})
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", " ")
	return enc.Encode(doc)
}}

// jsonFeedLayout makes the JSON feed (jsonfeed.org, version 1.1).
var jsonFeedLayout = &goLayout[feed]{func(w io.Writer, f feed) error {
	type item struct {
		ID            string `json:"id"`
		URL           string `json:"url"`
		Title         string `json:"title"`
		Content       string `json:"content_text"`
		DatePublished string `json:"date_published"`
		DateModified  string `json:"date_modified"`
	}
	doc := struct {
		Version string `json:"version"`
		Title   string `json:"title"`
		Home    string `json:"home_page_url"`
		Feed    string `json:"feed_url"`
		Items   []item `json:"items"`
	}{"https://jsonfeed.org/version/1.1", f.title, f.news, f.json, []item{}}
	for _, n := range f.entries.All() {
		doc.Items = append(doc.Items, item{n.url, n.url, n.title, n.summary, n.published, n.updated})
	}
	return writeJSON(w, doc)
}}

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", " ")
	return enc.Encode(v)
}
