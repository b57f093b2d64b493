package assemble

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"nwioi/internal/site"
	"nwioi/internal/theme"
)

// What stands under private, and what the precision of a place hides, is in no output, packed or not.
func TestPrivateStaysPrivate(t *testing.T) {
	p := institute(t, site.Options{Drafts: true})
	canaries := 0
	for f := range instituteTree().Under("data/practitioners/") {
		canaries += strings.Count(string(f.Data), "private-canary-")
	}
	if canaries < 3 {
		t.Fatalf("the records hold %d canaries: too few to prove anything", canaries)
	}
	if found := p.holding(t, "private-canary-"); len(found) > 0 {
		t.Errorf("%v hold what is private", found)
	}
	hidden := 0
	exact := map[string]bool{}
	for _, r := range p.Practitioners {
		for _, l := range r.Locations {
			if l.Precision != "zip" && l.Precision != "city" {
				exact[l.Street] = true
			}
		}
	}
	for _, r := range p.Practitioners {
		for _, l := range r.Locations {
			if l.Precision != "zip" && l.Precision != "city" {
				continue
			}
			if l.Street != "" && !exact[l.Street] {
				hidden++
				if found := p.holding(t, l.Street); len(found) > 0 {
					t.Errorf("%s hides the street %q, and %v hold it", r.ID, l.Street, found)
				}
			}
			if l.Latitude != nil {
				for _, v := range []float64{*l.Latitude, *l.Longitude} {
					found := p.holding(t, strconv.FormatFloat(v, 'f', -1, 64))
					// The middle of a ZIP may happen to have one of the numbers; the next test looks at both.
					found = slices.DeleteFunc(found, func(name string) bool { return name == indexed })
					if len(found) > 0 {
						t.Errorf("%s hides where the office lies, and %v hold %v", r.ID, found, v)
					}
				}
			}
		}
	}
	if hidden < 3 {
		t.Errorf("the records hide %d streets: too few to prove anything", hidden)
	}
}

// What the precision of a place hides makes no difference to any file, so nobody can tell it from one.
func TestHiddenPlacesChangeNothing(t *testing.T) {
	build := func(location string) map[string]string {
		file, text := person("ada", consent)
		text = strings.Replace(text, `{city: Tacoma, state: WA, zip: "98402", precision: zip}`, "{city: Tacoma, state: WA, "+location+"}", 1)
		p := publish(t, siteOf("data/site.yaml", settings, file, text), site.Options{})
		bodies := make(map[string]string, len(p.bodies))
		for name, body := range p.bodies {
			bodies[name] = string(body)
		}
		return bodies
	}
	differ := func(a, b map[string]string) bool { return !maps.Equal(a, b) }
	for precision, pairs := range map[string][]string{
		"zip": {
			`zip: "98402", street: 1 Hidden Way, latitude: 47.25, longitude: -122.44`,
			`zip: "98402", street: 9 Secret Street, latitude: 47.31, longitude: -122.52`,
			`zip: "98402"`,
		},
		"city": {
			`zip: "98402", street: 1 Hidden Way, latitude: 47.25, longitude: -122.44`,
			`zip: "98409"`,
			`zip: "99201"`, // of another county
			`zip: "98499"`, // of another town
			`zip: "98398"`, // unknown
		},
	} {
		first := build(pairs[0] + ", precision: " + precision)
		for _, other := range pairs[1:] {
			if differ(first, build(other+", precision: "+precision)) {
				t.Errorf("with precision %s, {%s} and {%s} can be told apart", precision, pairs[0], other)
			}
		}
	}
	// The comparison must be able to fail.
	if !differ(build(`zip: "98402", precision: zip`), build(`zip: "98409", precision: zip`)) ||
		!differ(build(`zip: "98402", latitude: 47.25, longitude: -122.44`), build(`zip: "98402", latitude: 47.31, longitude: -122.44`)) {
		t.Error("what is published makes no difference either")
	}
}

// A canary that is published is found, so that the first of these tests can fail.
func TestCanariesAreFound(t *testing.T) {
	file, text := person("ada", consent+"private: {note: private-canary-quiet}\n")
	loud := publish(t, siteOf("data/site.yaml", settings, file, strings.Replace(text, "I work slowly.", "I keep a loud-canary.", 1)), site.Options{})
	if found := loud.holding(t, "private-canary"); len(found) > 0 {
		t.Errorf("%v hold the quiet canary", found)
	}
	if found := strings.Join(loud.holding(t, "loud-canary"), " "); !strings.Contains(found, "directory/ada/index.html") || !strings.Contains(found, indexed) {
		t.Errorf("the loud canary is found in %q alone", found)
	}
}

// People without consent, drafts, and pages whose day has not come or is over leave no trace.
func TestWhatIsNotPublishedLeavesNoTrace(t *testing.T) {
	texts := []string{"data/site.yaml", settings}
	add := func(file, text string) { texts = append(texts, file, text) }
	add(person("visible", consent+"aliases: [former-visible]\n"))
	add(person("unasked", "aliases: [former-unasked]\n"))
	add(person("withdrawn", "aliases: [former-withdrawn]\nconsent: {agreed_on: 2026-01-01, withdrawn_on: 2026-11-20}\n"))
	add(person("tomorrow", "consent: {agreed_on: 2026-11-21}\n"))
	page := func(front string) string {
		return "---\ntitle: A page\nsummary: canary-summary\ntags: [canary-tag]\naliases: [/canary-alias/]\nmenu: canary-menu\n" + front + "---\n\n## canary heading\n\ncanary-words\n"
	}
	add("content/canary-draft.md", page("draft: true\n"))
	add("content/canary-future.md", page("date: 2026-11-21\n"))
	add("content/canary-expired.md", page("expires: 2026-11-19\n"))
	add("content/news/canary-post-draft.md", page("date: 2026-11-01\ndraft: true\n"))
	add("content/news/canary-post-future.md", page("date: 2026-11-21\n"))
	add("content/news/canary-post-expired.md", page("date: 2026-11-01\nexpires: 2026-11-19\n"))
	add("content/last-day.md", "---\ntitle: The last day\nexpires: 2026-11-20\n---\n")
	add("content/news/today.md", "---\ntitle: Today\ndate: 2026-11-20\n---\n")
	p := publish(t, siteOf(texts...), site.Options{})
	for _, word := range []string{"canary", "unasked", "withdrawn", "tomorrow@"} {
		if found := p.holding(t, word); len(found) > 0 {
			t.Errorf("%q is in %v", word, found)
		}
	}
	for _, want := range []string{"last-day/index.html", "news/today/index.html", "directory/visible/index.html", "directory/former-visible/index.html"} {
		if p.bodies[want] == nil {
			t.Errorf("there is no %s", want)
		}
	}
	drafts := publish(t, siteOf(texts[:len(texts)-18]...), site.Options{Drafts: true})
	for _, word := range []string{"unasked", "withdrawn", "tomorrow@"} {
		if found := drafts.holding(t, word); len(found) > 0 {
			t.Errorf("with drafts, %q is in %v: a person without consent is no draft", word, found)
		}
	}
}

// A sample record says so wherever it stands, and search engines are asked to leave it alone.
func TestSamplesSaySo(t *testing.T) {
	p := institute(t, site.Options{})
	sitemap := string(p.bodies["sitemap.xml"])
	samples := 0
	for _, one := range p.Profiles {
		url := site.ProfileURL(one.ID)
		listed := strings.Contains(sitemap, p.Base.Absolute(url)+"<")
		if listed != (!one.Sample && one.Status == "active") {
			t.Errorf("%s: the sitemap lists it: %t", url, listed)
		}
		if !one.Sample {
			continue
		}
		samples++
		page := parsePage(t, url, p.bodies[site.FileOf(url)])
		if !strings.Contains(page.robots, "noindex") {
			t.Errorf("%s does not ask to be left out by search engines", url)
		}
		if !strings.Contains(strings.ToLower(page.text), "sample record") {
			t.Errorf("%s does not say that it is a sample record", url)
		}
		if one.Status == "alumni" {
			continue
		}
		card := unfold(t, p.bodies[site.FileOf(site.VCardURL(one.ID))])
		if !strings.Contains(card, "NOTE:Sample record") {
			t.Errorf("the card of %s does not say that it is a sample record:\n%s", one.ID, card)
		}
	}
	if samples < 20 {
		t.Errorf("%d samples: too few to prove anything", samples)
	}
	for _, r := range p.recipes {
		if v, ok := r.View.(theme.ListingView); ok {
			for _, f := range v.Cards.All() {
				markup, err := f.HTML()
				if err != nil {
					t.Fatal(err)
				}
				if f.View.(theme.Card).Sample && !strings.Contains(strings.ToLower(string(markup)), "sample") {
					t.Errorf("%s: the card of %s does not say that it is a sample", r.Path, f.View.(theme.Card).ID)
				}
			}
		}
	}
	if json := string(p.bodies["data/directory.json"]); strings.Count(json, `"sample":true`) != countSamples(p) {
		t.Error("the directory's data does not mark each sample")
	}
}

func countSamples(p *published) int {
	n := 0
	for _, one := range p.People {
		if one.Sample {
			n++
		}
	}
	return n
}
