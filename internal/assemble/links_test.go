package assemble

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/url"
	"path"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"nwioi/internal/site"
)

// follow judges every address in every HTML file of a published site: it begins with the path of the
// base URL, leads to a file of the set, and its fragment to an element there. It returns how many it saw
// and what is wrong.
func follow(t *testing.T, p *published) (seen int, wrong []string) {
	t.Helper()
	pages := p.pages(t)
	for name, page := range pages {
		here := "/" + strings.TrimSuffix(name, "index.html")
		base := &url.URL{Path: p.Base.Href(here)}
		judge := func(address string, link bool) {
			u, err := url.Parse(address)
			if err != nil {
				wrong = append(wrong, name+": "+address+" is no address")
				return
			}
			if u.Scheme != "" || u.Host != "" {
				if strings.EqualFold(u.Scheme+"://"+u.Host, p.Base.Origin()) && !link {
					wrong = append(wrong, name+": "+address+" names the site's own address in full")
				}
				if !link && u.Scheme != "data" {
					wrong = append(wrong, name+": "+address+" is asked of somebody else")
				}
				if u.Scheme == "http" || u.Scheme == "javascript" {
					wrong = append(wrong, name+": "+address+" has a scheme that is off the list")
				}
				return
			}
			seen++
			to := base.ResolveReference(u)
			inside, ok := strings.CutPrefix(to.Path, p.Base.Path()+"/")
			if !ok {
				wrong = append(wrong, name+": "+address+" leads out of the path of the base URL")
				return
			}
			file := site.FileOf("/" + inside)
			if p.bodies[file] == nil {
				wrong = append(wrong, name+": "+address+" leads to nothing")
				return
			}
			if u.Fragment == "" || u.Fragment == "top" || strings.Contains(u.Fragment, "=") {
				return // what has an equals sign is a search
			}
			if target := pages[file]; target == nil || !target.ids[u.Fragment] {
				wrong = append(wrong, name+": "+address+" leads to no element of "+file)
			}
		}
		for _, href := range page.hrefs {
			judge(href, true)
		}
		for _, src := range page.srcs {
			judge(src, false)
		}
	}
	return seen, wrong
}

// Every address of the institute's pages leads somewhere, and no page asks anybody else for anything.
func TestLinksLeadSomewhere(t *testing.T) {
	for _, base := range []string{"", "https://example.org/sub/", "https://example.org/a/b"} {
		p := institute(t, site.Options{BaseURL: base})
		seen, wrong := follow(t, p)
		for _, w := range wrong {
			t.Errorf("under %q: %s", base, w)
		}
		if seen < 1000 {
			t.Errorf("under %q: %d addresses: too few to prove anything", base, seen)
		}
	}
}

// The test above must be able to fail.
func TestWrongLinksAreFound(t *testing.T) {
	p := crowd(t, 1)
	for _, bad := range []string{`<a href="/nowhere/">`, `<a href="/directory/#nothing">`, `<img src="https://example.com/pixel.gif">`, `<a href="javascript:x()">`, `<img srcset="/none.jpg 100w">`} {
		spoilt := &published{Edition: p.Edition, bodies: map[string][]byte{"index.html": []byte(bad), "directory/index.html": []byte("<p>")}}
		if _, wrong := follow(t, spoilt); len(wrong) != 1 {
			t.Errorf("%s: %v", bad, wrong)
		}
	}
	below := publish(t, siteOf("data/site.yaml", settings), site.Options{BaseURL: "https://example.org/sub/"})
	below.bodies["index.html"] = []byte(`<a href="/directory/">`)
	if _, wrong := follow(t, below); len(wrong) != 1 {
		t.Errorf("a link that leaves out the path of the base URL: %v", wrong)
	}
}

// Files that name whole addresses name those of the site, with the path of the base URL, and each leads
// to a file.
func TestWholeAddresses(t *testing.T) {
	p := institute(t, site.Options{BaseURL: "https://example.org/sub/"})
	address := regexp.MustCompile(`https://example\.org/[^\s"<>\\,;]*`)
	seen := 0
	for name, body := range p.bodies {
		switch path.Ext(name) {
		case ".html", ".xml", ".json", ".txt", ".vcf", ".ics":
		default:
			continue
		}
		text := string(body)
		if path.Ext(name) == ".vcf" || path.Ext(name) == ".ics" {
			text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n ", ""), "\r\n\t", "")
		}
		for _, a := range address.FindAllString(text, -1) {
			inside, ours := strings.CutPrefix(a, "https://example.org/sub")
			if !ours {
				continue // people of the sample have their websites at example.org
			}
			inside, _, _ = strings.Cut(inside, "#")
			seen++
			if p.bodies[site.FileOf(inside)] == nil && !strings.Contains(inside, "%0A") {
				t.Errorf("%s names %s, which is no file", name, a)
			}
		}
	}
	if seen < 100 {
		t.Errorf("%d addresses: too few to prove anything", seen)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(p.bodies["_redirects"])), "\n") {
		f := strings.Fields(line)
		if len(f) != 3 || !strings.HasPrefix(f[0], "/sub/") || !strings.HasPrefix(f[1], "/sub/") || f[2] != "301" {
			t.Errorf("a redirect reads %q", line)
		}
	}
}

// The sitemap holds what may be listed, each page once, and every page that it leaves out asks to be
// left out.
func TestSitemap(t *testing.T) {
	p := institute(t, site.Options{})
	var doc struct {
		URLs []struct {
			Loc     string `xml:"loc"`
			LastMod string `xml:"lastmod"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal(p.bodies["sitemap.xml"], &doc); err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, u := range doc.URLs {
		inside, ours := strings.CutPrefix(u.Loc, p.Base.Absolute(""))
		if !ours || listed[inside] {
			t.Errorf("the sitemap has %s, which is not ours or stands there twice", u.Loc)
		}
		listed[inside] = true
		if p.bodies[site.FileOf(inside)] == nil {
			t.Errorf("the sitemap has %s, which is no file", u.Loc)
		}
		if _, err := site.ParseDate(u.LastMod); u.LastMod != "" && err != nil {
			t.Errorf("%s: %v", u.Loc, err)
		}
	}
	for name, page := range p.pages(t) {
		here := "/" + strings.TrimSuffix(name, "index.html")
		redirect := false
		for _, r := range p.Redirects {
			redirect = redirect || r.From == here
		}
		if asks := strings.Contains(page.robots, "noindex"); !redirect && listed[here] == asks {
			t.Errorf("%s: in the sitemap: %t, asks to be left out: %t", here, listed[here], asks)
		}
	}
	for _, want := range []string{"/", "/pathway/", "/pathway/sar/", "/courses/sar/", "/directory/", "/news/", "/consumer-health-data/"} {
		if !listed[want] {
			t.Errorf("the sitemap lacks %s", want)
		}
	}
}

// What pages tell search engines is valid JSON, makes nobody a type that schema.org does not have, and
// says only of a service where it is offered.
func TestDescriptionsForSearchEngines(t *testing.T) {
	p := institute(t, site.Options{})
	types := map[string]int{}
	var walk func(at string, v any)
	walk = func(at string, v any) {
		switch v := v.(type) {
		case map[string]any:
			kind, _ := v["@type"].(string)
			types[kind]++
			if _, has := v["areaServed"]; has && kind != "Service" {
				t.Errorf("%s: a %s has an areaServed", at, kind)
			}
			for _, inner := range v {
				walk(at, inner)
			}
		case []any:
			for _, inner := range v {
				walk(at, inner)
			}
		case string:
			if v == "Psychologist" {
				t.Errorf("%s: schema.org has no Psychologist", at)
			}
		}
	}
	for _, r := range p.recipes {
		view := reflect.ValueOf(r.View)
		if view.Kind() != reflect.Struct {
			continue
		}
		field := view.FieldByName("JSONLD")
		if !field.IsValid() || field.String() == "" {
			continue
		}
		var said any
		if err := json.Unmarshal([]byte(field.String()), &said); err != nil {
			t.Errorf("%s: %v", r.Path, err)
		}
		walk(r.Path, said)
		if strings.Contains(field.String(), "</") {
			t.Errorf("%s: what is said could end the script it stands in", r.Path)
		}
		page := parsePage(t, r.Path, p.bodies[r.Path])
		if len(page.jsonLD) != 1 {
			t.Errorf("%s shows %d descriptions, want 1", r.Path, len(page.jsonLD))
			continue
		}
		var shown any
		if err := json.Unmarshal([]byte(page.jsonLD[0]), &shown); err != nil || !reflect.DeepEqual(shown, said) {
			t.Errorf("%s shows another description than its view: %v", r.Path, err)
		}
	}
	for _, never := range []string{"Person", "ProfilePage", "Service", "EducationEvent"} {
		if types[never] > 0 {
			t.Errorf("a page describes a %s, and all people and events here are invented", never)
		}
	}
	for _, want := range []string{"Course", "ItemList", "BreadcrumbList", "DefinedTermSet", "BlogPosting", "EducationalOrganization", "WebSite"} {
		if types[want] == 0 {
			t.Errorf("no page describes a %s", want)
		}
	}
}

// The feeds are well-formed, hold the published posts newest first, and agree.
func TestFeeds(t *testing.T) {
	p := institute(t, site.Options{})
	var atom struct {
		XMLName xml.Name
		ID      string `xml:"id"`
		Updated string `xml:"updated"`
		Entries []struct {
			ID        string `xml:"id"`
			Published string `xml:"published"`
			Updated   string `xml:"updated"`
		} `xml:"entry"`
	}
	dec := xml.NewDecoder(bytes.NewReader(p.bodies["news/feed.xml"]))
	if err := dec.Decode(&atom); err != nil {
		t.Fatal(err)
	}
	if _, err := dec.Token(); err != io.EOF && err != nil {
		t.Errorf("something follows the feed: %v", err)
	}
	var feed struct {
		Version string `json:"version"`
		Items   []struct {
			ID        string `json:"id"`
			Published string `json:"date_published"`
		} `json:"items"`
	}
	if err := json.Unmarshal(p.bodies["news/feed.json"], &feed); err != nil {
		t.Fatal(err)
	}
	if atom.XMLName.Space != "http://www.w3.org/2005/Atom" || feed.Version != "https://jsonfeed.org/version/1.1" || atom.ID == "" || atom.Updated == "" {
		t.Errorf("the feeds do not say what they are: %v %q", atom.XMLName, feed.Version)
	}
	if len(atom.Entries) != len(p.News) || len(feed.Items) != len(p.News) || len(p.News) < 3 {
		t.Fatalf("%d posts, %d in one feed, %d in the other", len(p.News), len(atom.Entries), len(feed.Items))
	}
	for i, post := range p.News {
		want := p.Base.Absolute(post.URL())
		if atom.Entries[i].ID != want || feed.Items[i].ID != want || atom.Entries[i].Published != feed.Items[i].Published {
			t.Errorf("place %d has %q and %q, want %q", i+1, atom.Entries[i].ID, feed.Items[i].ID, want)
		}
		if atom.Entries[i].Updated < atom.Entries[i].Published || atom.Updated < atom.Entries[i].Updated {
			t.Errorf("%s is older than itself", want)
		}
	}
}
