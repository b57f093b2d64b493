package webtest

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"nwioi/internal/build"
	"nwioi/internal/diag"
	"nwioi/internal/output"
	"nwioi/internal/site"
	"nwioi/internal/source"
)

// day is the day on which both sites are published.
var day = site.Date{Year: 2026, Month: 11, Day: 22}

// root is the repository, which is a site itself.
const root = "../.."

// A published site stands on a plain server for as long as the tests run.
type published struct {
	name   string
	set    *output.Set
	server *httptest.Server
	prefix string // the path of the base URL, without the slash at its end
	rules  []headerRule

	mu       sync.Mutex
	requests []request
}

// A request is one that reached the server.
type request struct{ target, referer, cookie string }

var (
	closers  []func()
	realSite = sync.OnceValues(func() (*published, error) {
		tree, _ := source.ReadDir(root, nil)
		return publish("the institute's site", tree, "")
	})
	madeSite = sync.OnceValues(func() (*published, error) {
		repository, _ := source.ReadDir(root, nil)
		return publish("the made-up site", inventedTree(repository), "/shore")
	})
)

func closeSites() {
	for _, end := range closers {
		end()
	}
}

// real returns the institute's site.
func real(t *testing.T) *published { return wanted(t, realSite) }

// made returns the site that is invented here.
func made(t *testing.T) *published { return wanted(t, madeSite) }

func wanted(t *testing.T, site func() (*published, error)) *published {
	t.Helper()
	p, err := site()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// publish builds the tree for an address below a host's root and serves the files.
func publish(name string, tree *source.Tree, prefix string) (*published, error) {
	p := &published{name: name, prefix: prefix}
	p.server = httptest.NewServer(p)
	closers = append(closers, p.server.Close)
	result := build.New(build.Options{Options: site.Options{AsOf: day, BaseURL: p.server.URL + prefix + "/"}}).Build(tree)
	if result.Problems.Failed() {
		var report strings.Builder
		diag.Text(&report, result.Problems, diag.TextOptions{Source: true})
		return nil, errors.New(name + " has errors:\n" + report.String())
	}
	p.set = result.Set
	headers := p.set.File("_headers")
	if headers == nil {
		return nil, errors.New(name + " has no _headers")
	}
	text, err := headers.Body()
	if err != nil {
		return nil, err
	}
	p.rules, err = parseHeaders(string(text))
	return p, err
}

// url is the whole address of a path of the site, such as "/directory/".
func (p *published) url(sitePath string) string { return p.server.URL + p.prefix + sitePath }

// body returns a published file.
func (p *published) body(t *testing.T, name string) []byte {
	t.Helper()
	f := p.set.File(name)
	if f == nil {
		t.Fatalf("%s has no %s", p.name, name)
	}
	b, err := f.Body()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// pages returns the addresses of every HTML page but redirects, in order.
func (p *published) pages(t *testing.T) []string {
	t.Helper()
	var urls []string
	for _, f := range p.set.Files {
		if strings.HasSuffix(f.Recipe.Path, ".html") && !strings.Contains(string(p.body(t, f.Recipe.Path)), `http-equiv="refresh"`) {
			urls = append(urls, "/"+strings.TrimSuffix(f.Recipe.Path, "index.html"))
		}
	}
	return urls
}

// asked returns the requests since the last call.
func (p *published) asked() []request {
	p.mu.Lock()
	defer p.mu.Unlock()
	r := p.requests
	p.requests = nil
	return r
}

// types are what a host calls the files of the site.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".json": "application/json", ".xml": "application/xml", ".txt": "text/plain; charset=utf-8", ".svg": "image/svg+xml",
	".ics": "text/calendar; charset=utf-8", ".vcf": "text/vcard; charset=utf-8", ".woff2": "font/woff2",
	".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp", ".ico": "image/x-icon",
}

// ServeHTTP sends a file as a static host does: with the headers of _headers, gzipped where the
// browser takes it, the 404 page where there is no file.
func (p *published) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.requests = append(p.requests, request{r.URL.RequestURI(), r.Referer(), r.Header.Get("Cookie")})
	p.mu.Unlock()
	name, inside := strings.CutPrefix(r.URL.Path, p.prefix+"/")
	status := http.StatusOK
	if strings.HasSuffix(r.URL.Path, "/") {
		name = path.Join(name, "index.html")
	}
	f := p.set.File(name)
	if !inside || f == nil || path.Base(name)[0] == '_' {
		f, name, status = p.set.File("404.html"), "404.html", http.StatusNotFound
	}
	body, err := f.Body()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	for _, rule := range p.rules {
		if rule.matches(r.URL.Path) {
			w.Header().Set(rule.name, rule.value)
		}
	}
	kind := types[path.Ext(name)]
	if kind == "" {
		kind = "application/octet-stream"
	}
	w.Header().Set("Content-Type", kind)
	if strings.HasPrefix(kind, "text/") && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		w.Header().Set("Content-Encoding", "gzip")
		w.WriteHeader(status)
		z := gzip.NewWriter(w)
		defer z.Close()
		z.Write(body)
		return
	}
	w.WriteHeader(status)
	w.Write(body)
}

// A headerRule is one header of _headers and the paths it is sent with.
type headerRule struct{ pattern, name, value string }

func (r headerRule) matches(urlPath string) bool {
	start, all := strings.CutSuffix(r.pattern, "*")
	return all && strings.HasPrefix(urlPath, start) || urlPath == r.pattern
}

// parseHeaders reads the form that Netlify and Cloudflare share: a path, then indented headers.
func parseHeaders(text string) ([]headerRule, error) {
	var rules []headerRule
	pattern := ""
	for line := range strings.Lines(text) {
		trimmed := strings.TrimSpace(line)
		switch {
		case trimmed == "" || trimmed[0] == '#':
		case line[0] == '/':
			pattern = trimmed
		default:
			name, value, ok := strings.Cut(trimmed, ":")
			if !ok || pattern == "" {
				return nil, fmt.Errorf("_headers: %q is neither a path nor a header", line)
			}
			rules = append(rules, headerRule{pattern, name, strings.TrimSpace(value)})
		}
	}
	return rules, nil
}

func TestEveryFileIsSentWithAPolicy(t *testing.T) {
	p := real(t)
	response, err := http.Get(p.url("/"))
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	policy := response.Header.Get("Content-Security-Policy")
	if !strings.HasPrefix(policy, "default-src 'none';") {
		t.Errorf("Content-Security-Policy: %q does not begin with default-src 'none'", policy)
	}
	for _, word := range []string{"unsafe-inline", "unsafe-eval", "*", "data:", "http"} {
		if strings.Contains(policy, word) {
			t.Errorf("Content-Security-Policy: %q allows %q", policy, word)
		}
	}
	if got := response.Header.Get("Referrer-Policy"); got != "no-referrer" {
		t.Errorf("Referrer-Policy: %q, want no-referrer", got)
	}
}

func TestNothingPrivateIsPublished(t *testing.T) {
	p := real(t)
	canaries := 0
	records, err := filepath.Glob(filepath.Join(root, "data/practitioners/*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range records {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		canaries += strings.Count(string(text), "private-canary")
	}
	if canaries == 0 {
		t.Fatal("no record holds a private line that could be looked for")
	}
	for _, f := range p.set.Files {
		if strings.Contains(string(p.body(t, f.Recipe.Path)), "private-canary") {
			t.Errorf("%s shows what stands under private", f.Recipe.Path)
		}
	}
}

// inventedTree is a site that has what the institute's own lacks: people who are not samples, more
// than a page of them, events, and a course that is open. It wears the theme of the repository.
func inventedTree(repository *source.Tree) *source.Tree {
	var files []*source.File
	add := func(path, text string) {
		files = append(files, &source.File{Path: path, Data: []byte(strings.ReplaceAll(text, "\t", "  "))})
	}
	for f := range repository.Under("themes/") {
		files = append(files, f)
	}
	for f := range repository.Under("data/vocabulary/") {
		files = append(files, f)
	}
	photo := repository.File("data/practitioners/photos/ada-okafor.jpg")
	if photo != nil {
		files = append(files, &source.File{Path: "data/practitioners/photos/wren-0.jpg", Data: photo.Data})
	}
	add("data/site.yaml", "title: Shore\nurl: https://shore.example/\ndescription: A site made for tests.\ncontact: {email: desk@shore.example}\nmenu:\n\t- {label: Find a practitioner, url: /directory/, in: main}\n\t- {label: News, url: /news/, in: main}\n\t- {label: Consumer health data, url: /consumer-health-data/, in: footer}\n")
	add("content/index.md", "---\ntitle: Shore\nsummary: Find somebody to talk to.\n---\n\nWelcome. Read the [consumer health data notice](/consumer-health-data/).\n")
	add("content/consumer-health-data.md", "---\ntitle: Consumer health data\nsummary: What this site knows about you, which is nothing.\n---\n\nNothing leaves your device.\n")
	for i, given := range inventedNames {
		add(fmt.Sprintf("data/practitioners/wren-%d.yaml", i), inventedPerson(i, given, photo != nil && i == 0))
	}
	for i := range 23 {
		add(fmt.Sprintf("content/news/post-%d.md", i), fmt.Sprintf("---\ntitle: Post number %d\nsummary: Something happened.\ndate: 2026-10-%02d\ntags: [Dates]\n---\n\nIt happened by the water.\n", i+1, i+1))
	}
	add("data/courses/tides.yaml", "name: Tides & currents\nsummary: A week by the water.\ndescription: You learn to read the water.\nprice: ask\nsign_up: https://shore.example/tides\ninstances:\n\t- {id: \"2027-03\", start: 2027-03-08, end: 2027-03-12, status: open, format: online, note: \"Bring a coat; it rains, often\"}\n\t- {id: \"2027-05\", start: 2027-05-03, status: full, format: in-person}\n")
	add("data/events/evening-talk.yaml", "title: An evening talk, with questions\nsummary: We talk about closeness.\ndescription: Come as you are.\nby: wren-1\nstart: 2027-01-14\ntime: \"18:30\"\nuntil: \"20:00\"\nplace: Example Hall, Tacoma\nformat: in-person\nstatus: open\nurl: https://shore.example/talk\n")
	add("data/events/retreat.yaml", "title: Retreat\nsummary: Three quiet days.\ndescription: Three days by the water.\nby: wren-2\nstart: 2027-02-05\nend: 2027-02-07\nstatus: planned\n")
	for id, e := range inventedEvents {
		add("data/events/"+id+".yaml", "title: "+quote(e.title)+"\nsummary: "+quote(e.summary)+"\nby: wren-3\nplace: "+quote(e.place)+"\n"+e.when)
	}
	return source.NewTree(files...)
}

// inventedEvents are those whose words and times are the hardest to write into a calendar.
var inventedEvents = map[string]struct{ title, summary, place, when string }{
	"commas":    {`Commas, semicolons; and a back\slash: "quoted" \n`, "One, two; three\\four.", "Room 1; floor 2, by the \\ stairs", "start: 2027-04-03\n"},
	"emoji":     {strings.Repeat("Wellen 🌊 über Ängste und Nähe, ", 3) + "Teil 2", strings.Repeat("Zärtlichkeit 🫶🏽 ", 20), strings.Repeat("é", 100), "start: 2027-04-04\n"},
	"hebrew":    {"ערב שיחה על קרבה", "שיחה שקטה.", "תל אביב", "start: 2027-04-05\n"},
	"night":     {"A walk at night", "We walk.", "The pier", "start: 2027-03-13\ntime: \"22:00\"\nuntil: \"04:00\"\n"},
	"new-york":  {"From the other coast", "By video.", "Online", "start: 2027-11-06\nend: 2027-11-07\ntime: \"09:00\"\nuntil: \"17:00\"\ntimezone: America/New_York\n"},
	"tokyo":     {"From across the ocean", "By video.", "Online", "start: 2027-07-01\ntime: \"09:00\"\ntimezone: Asia/Tokyo\n"},
	"cancelled": {"Called off", "It does not take place.", "Nowhere", "start: 2027-04-06\nstatus: cancelled\nas_of: 2026-11-01\n"},
}

var inventedNames = []string{
	"Aino", "Bashir", "Carmen", "Dev", "Eleni", "Farah", "Goran", "Hina", "Iris", "Jonas", "Kemi", "Liv", "Marek",
	"Noor", "Oona", "Pavel", "Quinn", "Rosa", "Stellan", "Tova", "Umar", "Vera", "Wanda", "Xenia", "Yusuf", "Zofia",
	"Aino", // of another city than the first
}

// inventedPerson writes one record. Every third person lives in Tacoma and works with painful sex,
// the others in Portland with desire; every fifth speaks Spanish.
func inventedPerson(i int, given string, photo bool) string {
	city, state, zip, licence, concern := "Portland", "OR", "97205", "T-77", "desire-low"
	if i%3 == 0 {
		city, state, zip, licence, concern = "Tacoma", "WA", "98402", "LF-77", "pain-penetration"
	}
	language := "en"
	if i%5 == 0 {
		language = "en, es"
	}
	picture := ""
	if photo {
		picture = "photo: {file: wren-0.jpg, alt: A drawn shoreline, consent: 2026-01-02}\n"
	}
	return fmt.Sprintf(`name: {given: %s, family: Wren}
status: active
headline: Works by the water
bio: I listen first.
%slicenses: [{state: %s, type: LMFT, number: %s%02d, expires: 2028-01-31}]
ciip: {since: 2020}
specialties: {top: [%s]}
clients: [individuals]
ages: [adults]
languages: [%s]
formats: {in_person: true, telehealth: true}
locations: [{city: %s, state: %s, zip: "%s"}]
availability: {status: open, confirmed_on: 2026-11-0%d}
fees: {individual: {amount: %d, minutes: 50}, as_of: 2026-10-01}
contact: {phone: "+1206555%04d", email: wren%d@example.org}
consent: {agreed_on: 2026-01-02}
last_confirmed: 2026-11-01
`, given, picture, state, licence, i, concern, language, city, state, zip, 1+i%9, 120+5*i, 100+i, i)
}

// layout is the name of the theme's layout that makes a page, as its view's type tells.
func layout(f *output.File) string {
	name := fmt.Sprintf("%T", f.Recipe.View)
	return strings.TrimSuffix(name[strings.LastIndex(name, ".")+1:], "View")
}

// A shown page is one to look at: of which site, at which path.
type shown struct {
	site   *published
	layout string
	path   string
}

func (s shown) String() string { return s.layout + " " + s.path }

// oneOfEach returns pages that together show every layout: of each the first and the largest page
// of each site that has it.
func oneOfEach(t *testing.T) []shown {
	t.Helper()
	var all []shown
	seen := map[string]bool{}
	for _, p := range []*published{real(t), made(t)} {
		largest := map[string]shown{}
		size := map[string]int{}
		for _, url := range p.pages(t) {
			f := p.set.File(site.FileOf(url))
			kind := layout(f)
			if p.prefix != "" && seen[kind] {
				continue // the institute's own page shows the layout
			}
			if n := len(p.body(t, f.Recipe.Path)); n > size[kind] {
				largest[kind], size[kind] = shown{p, kind, url}, n
			}
		}
		for kind, s := range largest {
			seen[kind] = true
			all = append(all, s)
		}
	}
	// The listing layout serves the directory, its further pages and the facets; the tag lists are
	// news. A profile without a photo, one that is paused and one of an alumna look different.
	own := real(t)
	for _, extra := range []string{"/directory/", "/directory/page/2/", "/news/", "/directory/how-we-order/",
		"/pathway/where-am-i/finished/", "/pathway/where-am-i/finished/msw/associate/sar/"} {
		all = append(all, shown{own, "also", extra})
	}
	for _, start := range []string{"/news/tag/", "/directory/concern/", "/directory/city/"} {
		urls := own.pages(t)
		if i := slices.IndexFunc(urls, func(url string) bool { return strings.HasPrefix(url, start) }); i >= 0 {
			all = append(all, shown{own, "also", urls[i]})
		}
	}
	people := own.people(t)
	for _, f := range own.set.Files {
		id := path.Base(path.Dir(f.Recipe.Path))
		if layout(f) == "Profile" && !slices.ContainsFunc(people, func(p person) bool { return p.ID == id }) {
			all = append(all, shown{own, "also", "/directory/" + id + "/"}) // paused, or an alumna
		}
	}
	for _, extra := range []string{"/", "/courses/", "/courses/tides/", "/events/", "/directory/page/2/", "/directory/wren-0/"} {
		all = append(all, shown{made(t), "also", extra})
	}
	slices.SortFunc(all, func(a, b shown) int {
		return strings.Compare(a.site.prefix+a.path, b.site.prefix+b.path)
	})
	return slices.CompactFunc(all, func(a, b shown) bool { return a.site == b.site && a.path == b.path })
}

// A person is somebody in directory.json, which lists those in the results in their order.
type person struct {
	ID, Name, Headline  string
	Concerns, Languages []string
	Modalities          []string
	Offices             []struct{ City, State string }
}

// people returns who is in the directory's results, in the published order.
func (p *published) people(t *testing.T) []person {
	t.Helper()
	var records struct{ People []person }
	if err := json.Unmarshal(p.body(t, "data/directory.json"), &records); err != nil {
		t.Fatal(err)
	}
	return records.People
}
