package webtest

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"nwioi/internal/site"
)

// texts returns the published files whose names match, by path.
func texts(t *testing.T, p *published, pattern string) map[string]string {
	t.Helper()
	re := regexp.MustCompile(pattern)
	found := map[string]string{}
	for _, f := range p.set.Files {
		if re.MatchString(f.Recipe.Path) {
			found[f.Recipe.Path] = string(p.body(t, f.Recipe.Path))
		}
	}
	if len(found) == 0 {
		t.Fatalf("%s has no file %s", p.name, pattern)
	}
	return found
}

// A moment is an event as ical.js reads it: the end is the first day, or the first minute, after it.
type moment struct {
	UID, Title, Start, End, Zone, Description, Status, Place, Stamp string

	UTC, Until string // the instants of a time of day
	AllDay     bool
}

func TestCalendars(t *testing.T) {
	read := map[string][]moment{}
	node(t, "calendar.mjs", texts(t, real(t), `\.ics$`), &read)
	old := read["courses/advanced-course/2020-11.ics"]
	if len(old) != 1 || old[0].Title != "Advanced Course in Clinical Sexology" || old[0].Start != "2020-11-09" || old[0].End != "2020-11-14" || !old[0].AllDay {
		t.Errorf("the Advanced Course of 9–13 November 2020 is read as %+v", old)
	}

	read = map[string][]moment{}
	calendars := texts(t, made(t), `\.ics$`)
	node(t, "calendar.mjs", calendars, &read)
	byUID := map[string]moment{}
	for _, m := range read["calendar.ics"] {
		if _, twice := byUID[m.UID]; twice || m.UID == "" {
			t.Errorf("calendar.ics: the UID %q stands twice, or is none", m.UID)
		}
		byUID[m.UID] = m
	}
	for _, want := range []moment{
		{Title: "Tides & currents", Start: "2027-03-08", End: "2027-03-13", AllDay: true},
		{Title: "Tides & currents", Start: "2027-05-03", End: "2027-05-04", AllDay: true},
		{Title: "Retreat", Start: "2027-02-05", End: "2027-02-08", AllDay: true},
		// Half past six in the evening, Pacific Standard Time.
		{Title: "An evening talk, with questions", UTC: "2027-01-15T02:30:00.000Z"},
	} {
		if !slices.ContainsFunc(slices.Collect(maps.Values(byUID)), func(m moment) bool {
			return m.Title == want.Title && (want.UTC != "" && m.UTC == want.UTC || m.Start == want.Start && m.End == want.End && m.AllDay)
		}) {
			t.Errorf("calendar.ics: %+v is missing among %+v", want, read["calendar.ics"])
		}
	}
	for id, want := range map[string]moment{
		"commas":    {Start: "2027-04-03", End: "2027-04-04", AllDay: true, Status: "TENTATIVE"},
		"emoji":     {Start: "2027-04-04", End: "2027-04-05", AllDay: true, Status: "TENTATIVE"},
		"hebrew":    {Start: "2027-04-05", End: "2027-04-06", AllDay: true, Status: "TENTATIVE"},
		"cancelled": {Start: "2027-04-06", End: "2027-04-07", AllDay: true, Status: "CANCELLED", Stamp: "2026-11-01T00:00:00Z"},
		// In that night the clocks go forward: it lasts five hours.
		"night": {Zone: "America/Los_Angeles", UTC: "2027-03-14T06:00:00.000Z", Until: "2027-03-14T11:00:00.000Z"},
		// And in this one they go back.
		"new-york": {Zone: "America/New_York", UTC: "2027-11-06T13:00:00.000Z", Until: "2027-11-07T22:00:00.000Z"},
		"tokyo":    {Zone: "Asia/Tokyo", UTC: "2027-07-01T00:00:00.000Z"},
	} {
		got, text := read["events/"+id+".ics"][0], inventedEvents[id]
		if got.Title != text.title || got.Description != text.summary || got.Place != text.place {
			t.Errorf("%s: %+q is read back as %q, %q, %q", id, text, got.Title, got.Description, got.Place)
		}
		if want.AllDay != got.AllDay || want.AllDay && (got.Start != want.Start || got.End != want.End) ||
			got.UTC != want.UTC || want.Until != "" && got.Until != want.Until || want.Zone != "" && got.Zone != want.Zone ||
			want.Status != "" && got.Status != want.Status || want.Stamp != "" && got.Stamp != want.Stamp {
			t.Errorf("%s is read as %+v, not as %+v", id, got, want)
		}
	}
	for name, moments := range read {
		if name == "calendar.ics" {
			continue
		}
		if len(moments) != 1 {
			t.Errorf("%s has %d events", name, len(moments))
			continue
		}
		if all := byUID[moments[0].UID]; all != moments[0] {
			t.Errorf("%s says %+v and calendar.ics says %+v of the same UID", name, moments[0], all)
		}
	}
	for name, text := range calendars {
		folded(t, name, text)
	}
}

func TestAddressCards(t *testing.T) {
	for _, p := range []*published{real(t), made(t)} {
		cards := texts(t, p, `\.vcf$`)
		read := map[string]map[string][]string{}
		node(t, "vcard.mjs", cards, &read)
		for _, one := range p.people(t) {
			name := "directory/" + one.ID + "/card.vcf"
			card := read[name]
			if card == nil {
				t.Errorf("%s has no card", one.ID)
				continue
			}
			if !slices.Equal(card["fn"], []string{one.Name}) {
				t.Errorf("%s: the name is read as %q, want %q", name, card["fn"], one.Name)
			}
			// The card dials and writes to whom the profile does.
			profile := string(p.body(t, "directory/"+one.ID+"/index.html"))
			for _, phone := range card["tel"] {
				if number := "tel:" + strings.TrimPrefix(phone, "tel:"); !strings.Contains(html.UnescapeString(profile), `"`+number+`"`) {
					t.Errorf("%s: the number %s does not stand on the profile", name, number)
				}
			}
			for _, address := range card["email"] {
				if !strings.Contains(html.UnescapeString(profile), "mailto:"+address) {
					t.Errorf("%s: the address %s does not stand on the profile", name, address)
				}
			}
			if len(card["tel"])+len(card["email"])+len(card["url"]) == 0 {
				t.Errorf("%s: there is no way to reach anybody", name)
			}
		}
		if p.prefix != "" {
			if got := read["directory/wren-3/card.vcf"]; !slices.Equal(got["tel"], []string{"tel:+12065550103"}) && !slices.Equal(got["tel"], []string{"+12065550103"}) {
				t.Errorf("the number +12065550103 is read as %q", got["tel"])
			}
		}
		for name, text := range cards {
			folded(t, name, text)
		}
	}
}

// folded checks what RFC 5545 (3.1) and RFC 6350 (3.2) ask of lines: CRLF, and at most 75 octets.
func folded(t *testing.T, name, text string) {
	t.Helper()
	if !strings.HasSuffix(text, "\r\n") || strings.Count(text, "\n") != strings.Count(text, "\r\n") {
		t.Errorf("%s: not every line ends with CRLF", name)
	}
	for line := range strings.SplitSeq(text, "\r\n") {
		if len(line) > 75 {
			t.Errorf("%s: a line has %d octets, more than 75: %s", name, len(line), line)
		}
	}
}

func TestRecordsKeepTheirSchema(t *testing.T) {
	for _, p := range []*published{real(t), made(t)} {
		var schema any
		if err := json.Unmarshal(p.body(t, "data/directory.schema.json"), &schema); err != nil {
			t.Fatal(err)
		}
		records, broken := map[string]any{}, map[string]any{}
		for _, into := range []*map[string]any{&records, &broken} {
			if err := json.Unmarshal(p.body(t, "data/directory.json"), into); err != nil {
				t.Fatal(err)
			}
		}
		first := broken["people"].([]any)[0].(map[string]any)
		delete(first, "name")
		first["home_phone"] = "+12065550199"
		var wrong [][]string
		node(t, "schema.mjs", map[string]any{"schema": schema, "documents": []any{records, broken}}, &wrong)
		if len(wrong[0]) > 0 {
			t.Errorf("%s: directory.json breaks its schema: %q", p.name, wrong[0])
		}
		if len(wrong[1]) < 2 {
			t.Errorf("%s: the schema accepts a person without a name, or with a key that nobody announced: %q", p.name, wrong[1])
		}
	}
}

func TestFeeds(t *testing.T) {
	for _, p := range []*published{real(t), made(t)} {
		var atom struct {
			XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
			ID      string   `xml:"id"`
			Title   string   `xml:"title"`
			Updated string   `xml:"updated"`
			Author  string   `xml:"author>name"`
			Entries []struct {
				ID        string `xml:"id"`
				Title     string `xml:"title"`
				Updated   string `xml:"updated"`
				Published string `xml:"published"`
				Link      struct {
					Href string `xml:"href,attr"`
				} `xml:"link"`
			} `xml:"entry"`
		}
		decoder := xml.NewDecoder(bytes.NewReader(p.body(t, "news/feed.xml")))
		if err := decoder.Decode(&atom); err != nil {
			t.Fatalf("%s: feed.xml: %v", p.name, err)
		}
		var feed struct {
			Version, Title string
			HomePage       string `json:"home_page_url"`
			FeedURL        string `json:"feed_url"`
			Items          []struct {
				ID, URL, Title string
				Published      string `json:"date_published"`
				HTML           string `json:"content_html"`
				Text           string `json:"content_text"`
			}
		}
		if err := json.Unmarshal(p.body(t, "news/feed.json"), &feed); err != nil {
			t.Fatalf("%s: feed.json: %v", p.name, err)
		}
		if feed.Version != "https://jsonfeed.org/version/1.1" || feed.FeedURL != p.url("/news/feed.json") || feed.HomePage != p.url("/news/") {
			t.Errorf("%s: feed.json calls itself %q, %q, %q", p.name, feed.Version, feed.FeedURL, feed.HomePage)
		}
		if atom.ID == "" || atom.Title == "" || atom.Author == "" || len(atom.Entries) == 0 || len(atom.Entries) != len(feed.Items) {
			t.Fatalf("%s: feed.xml has the id %q, the title %q and %d entries, and feed.json %d", p.name, atom.ID, atom.Title, len(atom.Entries), len(feed.Items))
		}
		moments := []string{atom.Updated}
		seen := map[string]bool{}
		for i, e := range atom.Entries {
			item := feed.Items[i]
			if e.ID == "" || seen[e.ID] || e.ID != item.ID || e.Title == "" || e.Title != item.Title || e.Link.Href != item.URL || item.Text+item.HTML == "" {
				t.Errorf("%s: entry %d is %+v in feed.xml and %+v in feed.json", p.name, i, e, item)
			}
			seen[e.ID] = true
			moments = append(moments, e.Updated, e.Published, item.Published)
			if at, ok := strings.CutPrefix(e.Link.Href, p.url("")); !ok || p.set.File(site.FileOf(at)) == nil {
				t.Errorf("%s: the feeds lead to %s, where nothing stands", p.name, e.Link.Href)
			}
		}
		for _, m := range moments {
			if _, err := time.Parse(time.RFC3339, m); err != nil {
				t.Errorf("%s: feeds: %v", p.name, err)
			}
		}
	}
}

func TestSitemap(t *testing.T) {
	for _, p := range []*published{real(t), made(t)} {
		var sitemap struct {
			URLs []struct {
				Loc     string `xml:"loc"`
				LastMod string `xml:"lastmod"`
			} `xml:"url"`
		}
		if err := xml.Unmarshal(p.body(t, "sitemap.xml"), &sitemap); err != nil {
			t.Fatal(err)
		}
		if len(sitemap.URLs) == 0 {
			t.Errorf("%s: the sitemap is empty", p.name)
		}
		for _, u := range sitemap.URLs {
			at, inside := strings.CutPrefix(u.Loc, p.url(""))
			if !inside || p.set.File(site.FileOf(at)) == nil {
				t.Errorf("%s: the sitemap names %s, where nothing stands", p.name, u.Loc)
				continue
			}
			if bytes.Contains(p.body(t, site.FileOf(at)), []byte(`name="robots" content="noindex"`)) {
				t.Errorf("%s: the sitemap names %s, which asks to be left out", p.name, u.Loc)
			}
		}
		if !strings.Contains(string(p.body(t, "robots.txt")), "Sitemap: "+p.url("/sitemap.xml")) {
			t.Errorf("%s: robots.txt does not say where the sitemap is", p.name)
		}
	}
}

// TestLinks follows every link, picture and stylesheet of every page, to its anchor.
func TestLinks(t *testing.T) {
	for _, p := range []*published{real(t), made(t)} {
		documents := map[string]*html.Node{}
		anchors := map[string]map[string]bool{}
		for _, url := range p.pages(t) {
			doc, err := html.Parse(bytes.NewReader(p.body(t, site.FileOf(url))))
			if err != nil {
				t.Fatal(err)
			}
			documents[url], anchors[url] = doc, map[string]bool{}
			for n := range doc.Descendants() {
				if id := attribute(n, "id"); id != "" {
					if anchors[url][id] {
						t.Errorf("%s: %s has the id %q twice", p.name, url, id)
					}
					anchors[url][id] = true
				}
			}
		}
		redirects := string(p.body(t, "_redirects"))
		for from, doc := range documents {
			for n := range doc.Descendants() {
				var links []string
				for _, key := range []string{"href", "src", "data-index"} {
					if v := attribute(n, key); v != "" {
						links = append(links, v)
					}
				}
				for candidate := range strings.SplitSeq(attribute(n, "srcset"), ",") {
					if fields := strings.Fields(candidate); len(fields) > 0 {
						links = append(links, fields[0])
					}
				}
				for _, link := range links {
					link, anchor, _ := strings.Cut(link, "#")
					to := from
					switch {
					case strings.HasPrefix(link, p.server.URL+p.prefix+"/"):
						to = strings.TrimPrefix(link, p.server.URL+p.prefix)
					case strings.Contains(link, ":"):
						continue // of another site, or a mail
					case link != "":
						if !strings.HasPrefix(link, p.prefix+"/") {
							t.Errorf("%s: %s links to %s, outside the site", p.name, from, link)
							continue
						}
						to = strings.TrimPrefix(link, p.prefix)
					}
					if p.set.File(site.FileOf(to)) == nil && !strings.Contains(redirects, p.prefix+to+" ") {
						t.Errorf("%s: %s links to %s, where nothing stands", p.name, from, link)
					}
					if anchor != "" && !strings.Contains(anchor, "=") && path.Ext(to) == "" && anchors[to] != nil && !anchors[to][anchor] {
						t.Errorf("%s: %s links to %s#%s, which is no place there", p.name, from, to, anchor)
					}
				}
			}
		}
	}
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// TestMarkup hands one page of each layout, and all of the institute's prose, to a reader of the HTML
// standard.
func TestMarkup(t *testing.T) {
	npm(t, "html-validate/package.json")
	pages := map[string]string{}
	for _, s := range oneOfEach(t) {
		pages[s.site.prefix+s.path] = string(s.site.body(t, site.FileOf(s.path)))
	}
	p := real(t)
	for _, url := range p.pages(t) {
		if !strings.HasPrefix(url, "/directory/") {
			pages[url] = string(p.body(t, site.FileOf(url)))
		}
	}
	var wrong []string
	node(t, "html.mjs", pages, &wrong)
	for _, line := range wrong {
		t.Error(line)
	}
}
