package webtest

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"nwioi/internal/site"
)

// A described page is what it tells machines, and what it shows people.
type described struct {
	page, json string
	said       any
	text       string // all that is seen, with single spaces
	addresses  string // all that is linked to, and all times in machines' form
}

// descriptions returns every page that describes itself (JSON-LD).
func descriptions(t *testing.T, p *published) []described {
	t.Helper()
	var all []described
	for _, name := range p.pages(t) {
		doc, err := html.Parse(strings.NewReader(string(p.body(t, site.FileOf(name)))))
		if err != nil {
			t.Fatal(err)
		}
		d := described{page: p.name + ", " + name}
		var text, addresses strings.Builder
		for n := range doc.Descendants() {
			switch {
			case n.Type == html.TextNode && n.Parent.Data == "script":
				if attribute(n.Parent, "type") == "application/ld+json" {
					d.json = n.Data
				}
			case n.Type == html.TextNode && n.Parent.Data != "style" && n.Parent.Data != "title":
				text.WriteString(n.Data)
			case n.Type == html.ElementNode:
				if block[n.Data] {
					text.WriteString(" ")
				}
				for _, key := range []string{"href", "datetime"} {
					addresses.WriteString(attribute(n, key) + " ")
				}
			}
		}
		d.text, d.addresses = strings.Join(strings.Fields(text.String()), " "), addresses.String()
		if d.json == "" {
			continue
		}
		if err := json.Unmarshal([]byte(d.json), &d.said); err != nil {
			t.Errorf("%s: %v", d.page, err)
		}
		all = append(all, d)
	}
	if len(all) == 0 {
		t.Fatalf("%s describes nothing", p.name)
	}
	return all
}

// block holds the elements between which there is a space that is seen.
var block = map[string]bool{"p": true, "div": true, "li": true, "dt": true, "dd": true, "br": true, "h1": true, "h2": true, "h3": true, "section": true, "time": true, "a": true, "span": true, "main": true}

// courseModes are values that schema.org gives to CourseInstance.courseMode.
var courseModes = map[string]string{"online": "online", "onsite": "in person", "blended": "in person and online"}

// Machines are told nothing that people are not: every text stands on the page, every day in the form that
// people read, and every address is the page's own, that of the site or one that the page links to.
func TestDescriptionsSayWhatPagesShow(t *testing.T) {
	kinds := map[string]int{}
	for _, p := range []*published{real(t), made(t)} {
		for _, d := range descriptions(t, p) {
			var walk func(key string, v any, of map[string]any)
			walk = func(key string, v any, of map[string]any) {
				switch v := v.(type) {
				case map[string]any:
					if kind, ok := v["@type"].(string); ok {
						kinds[kind]++
					}
					for k, inner := range v {
						walk(k, inner, v)
					}
				case []any:
					for _, inner := range v {
						walk(key, inner, of)
					}
				case string:
					if !shows(p, d, key, v, of) {
						t.Errorf("%s: %s is %q, which the page does not show", d.page, key, v)
					}
				}
			}
			walk("", d.said, nil)
		}
	}
	for _, kind := range []string{"EducationalOrganization", "WebSite", "BreadcrumbList", "Course", "CourseInstance", "EducationEvent",
		"ItemList", "DefinedTermSet", "ProfilePage", "Person", "BlogPosting", "VirtualLocation", "Place"} {
		if kinds[kind] == 0 {
			t.Errorf("no page describes a %s", kind)
		}
	}
}

func shows(p *published, d described, key, value string, of map[string]any) bool {
	switch {
	case key == "@type" || key == "@context":
		return true
	case strings.HasPrefix(value, "https://schema.org/"):
		return key == "eventStatus" || key == "eventAttendanceMode"
	case strings.HasPrefix(value, p.url("/")):
		return true
	case strings.HasPrefix(value, "https://"):
		return strings.Contains(d.addresses, value+" ")
	case key == "startDate" || key == "endDate":
		var start, end site.Date
		first, _ := of["startDate"].(string)
		last, ends := of["endDate"].(string)
		if !ends {
			last = first
		}
		if start.UnmarshalText([]byte(first[:10])) != nil || end.UnmarshalText([]byte(last[:10])) != nil {
			return false
		}
		if start == end {
			end = site.Date{}
		}
		return strings.Contains(d.text, start.Span(end))
	case strings.HasPrefix(key, "date"):
		var day site.Date
		return day.UnmarshalText([]byte(value)) == nil && strings.Contains(d.text, day.Long())
	case key == "courseMode":
		return courseModes[value] != "" && strings.Contains(d.text, courseModes[value])
	case key == "credentialCategory":
		return value == "license" || value == "certification"
	case key == "priceCurrency":
		return value == "USD" && strings.Contains(d.text, "$")
	}
	return strings.Contains(d.text, strings.Join(strings.Fields(value), " "))
}

// Nobody and nothing that is invented is described to machines as real: such pages tell the way to them alone.
func TestSamplesAreNotDescribed(t *testing.T) {
	for _, d := range descriptions(t, real(t)) {
		if strings.Contains(d.text, "Sample record") && regexp.MustCompile(`"@type":"(Person|ProfilePage|Service|EducationEvent)"`).MatchString(d.json) {
			t.Errorf("%s is of a sample record, and says %s", d.page, d.json)
		}
	}
}

// Every description keeps to schema.org's own domains and ranges, by the types that schema-dts makes of them:
// a property that a type does not have is an error, and so is a value that the property does not take.
func TestDescriptionsAreValid(t *testing.T) {
	var program strings.Builder
	program.WriteString(`import type {Graph, Thing, WithContext} from "schema-dts";` + "\n")
	seen := map[string]bool{}
	var lines []string // of the program, the page that each is of
	for _, p := range []*published{real(t), made(t)} {
		for _, d := range descriptions(t, p) {
			if shape := shapeOf(d.said); seen[shape] {
				continue
			} else {
				seen[shape] = true
			}
			kind := "WithContext<Thing>"
			if strings.Contains(d.json, `"@graph"`) {
				kind = "Graph"
			}
			fmt.Fprintf(&program, "export const page%d: %s = %s;\n", len(lines), kind, d.json)
			lines = append(lines, d.page)
		}
	}
	// The types do refuse what schema.org does not have.
	files := map[string]string{"pages.ts": program.String()}
	wrong := map[string]string{
		"property.ts": `{"@context":"https://schema.org","@type":"Course","startDate":"2026-11-20"}`,
		"value.ts":    `{"@context":"https://schema.org","@type":"Course","hasCourseInstance":{"@type":"Course","name":"x"}}`,
		"type.ts":     `{"@context":"https://schema.org","@type":"Psychologist","name":"x"}`,
	}
	for name, description := range wrong {
		files[name] = `import type {Thing, WithContext} from "schema-dts";` + "\nexport const page: WithContext<Thing> = " + description + ";\n"
	}
	var place string
	for line := range strings.Lines(compile(t, files)) {
		if m := regexp.MustCompile(`([a-z]+\.ts)\((\d+),`).FindStringSubmatch(line); m != nil && line[0] != ' ' {
			delete(wrong, m[1])
			place = ""
			if n, _ := strconv.Atoi(m[2]); m[1] == "pages.ts" {
				place = lines[n-2] // behind the line of the import
			}
		}
		if place != "" {
			t.Errorf("%s: %s", place, strings.TrimRight(line, "\n"))
		}
	}
	for name := range wrong {
		t.Errorf("%s has a mistake that is let through", name)
	}
}

// shapeOf is a description without its texts, which have no part in its types.
func shapeOf(v any) string {
	switch v := v.(type) {
	case map[string]any:
		var parts []string
		for key, inner := range v {
			part := key + ":" + shapeOf(inner)
			if key == "@type" || key == "eventStatus" || key == "eventAttendanceMode" {
				part = key + "=" + fmt.Sprint(inner)
			}
			parts = append(parts, part)
		}
		slices.Sort(parts)
		return "{" + strings.Join(parts, ",") + "}"
	case []any:
		var parts []string
		for _, inner := range v {
			parts = append(parts, shapeOf(inner))
		}
		slices.Sort(parts)
		return "[" + strings.Join(slices.Compact(parts), ",") + "]"
	}
	return fmt.Sprintf("%T", v)
}

// The theme's scripts keep to the strictest settings of TypeScript, which stand beside them.
func TestScriptsAreTyped(t *testing.T) {
	if said := tsc(t, "-p", filepath.Join(root, "themes/institute/scripts")); said != "" {
		t.Error(said)
	}
}

// compile checks the types of files and returns what is wrong, one problem a line and indented lines behind it.
func compile(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	modules := filepath.Dir(filepath.Dir(npm(t, "schema-dts/package.json")))
	if err := os.Symlink(modules, filepath.Join(dir, "node_modules")); err != nil {
		t.Fatal(err)
	}
	files["tsconfig.json"] = `{"compilerOptions": {"strict": true, "noEmit": true, "skipLibCheck": true, "exactOptionalPropertyTypes": true,
		"module": "esnext", "moduleResolution": "bundler", "target": "es2022", "lib": ["es2022"], "types": []}, "include": ["*.ts"]}`
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return tsc(t, "-p", dir)
}

// tsc runs the TypeScript compiler and returns what it says.
func tsc(t *testing.T, args ...string) string {
	t.Helper()
	compiler := npm(t, "typescript/bin/tsc")
	program, err := exec.LookPath("node")
	if err != nil {
		need(t, "Node is not installed")
	}
	out, err := exec.CommandContext(t.Context(), program, append([]string{compiler, "--pretty", "false"}, args...)...).CombinedOutput()
	if err != nil && len(out) == 0 {
		t.Fatal(err)
	}
	return string(out)
}
