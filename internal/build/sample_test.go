package build

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"maps"
	"reflect"
	"slices"
	"strings"

	"nwioi/internal/source"
	"nwioi/internal/theme"
)

// A choice picks one of a few texts. The sample site and every edit of it are written with the same
// functions: the site takes the first of everything, an edit takes what rapid draws.
type choice func(of ...string) string

func first(of ...string) string { return of[0] }

// files is a site as text, by path.
type files map[string]string

// tree returns the files as a source tree of new values, as a process that just started would read it.
func (f files) tree() *source.Tree {
	var list []*source.File
	for _, p := range slices.Sorted(maps.Keys(f)) {
		list = append(list, &source.File{Path: p, Data: []byte(f[p])})
	}
	return source.NewTree(list...)
}

// sample returns a small site that has one of everything.
func sample() files {
	f := files{}
	for p, write := range slots {
		f[p] = write(first)
	}
	for _, p := range absent {
		delete(f, p)
	}
	return f
}

// absent are places that the sample leaves empty, for edits to fill.
var absent = []string{
	"content/guide/c.md", "content/news/four.md", "data/practitioners/eve.yaml", "data/practitioners/photos/cleo.png",
	"data/courses/second.yaml", "data/events/walk.yaml", "data/vocabulary/spirituality.yaml", "static/second.txt", "content/tide.png",
}

// slots are the places of the sample's files, each with what writes a file for it.
var slots = func() map[string]func(choice) string {
	s := map[string]func(choice) string{
		"data/site.yaml": settings, "data/facts.yaml": facts, "data/pathway.yaml": pathway,
		"data/requirements/basic.yaml": requirements, "data/awards/help.yaml": award,
		"data/vocabulary/concern.yaml": concerns, "data/vocabulary/certification.yaml": certifications,
		"data/vocabulary/license.yaml": func(c choice) string {
			return "- {id: LMFT, label: " + c("Marriage and family therapist", "Family therapist") + ", tier: independent, state: WA}\n" +
				"- {id: LMFTA, label: Associate, tier: associate, state: WA}\n"
		},
		"data/vocabulary/language.yaml": func(c choice) string {
			return "- {id: en, label: English}\n- {id: es, label: " + c("Spanish", "Español") + "}\n"
		},
		"static/first.txt": func(c choice) string { return c("one", "two") }, "static/second.txt": func(c choice) string { return c("three", "four") },
		"content/shore.png": picture, "content/tide.png": picture, "data/practitioners/photos/ann.png": picture, "data/practitioners/photos/cleo.png": picture,
	}
	for _, facet := range []string{"modality", "community", "insurance", "client", "age", "spirituality"} {
		s["data/vocabulary/"+facet+".yaml"] = func(c choice) string {
			return "- {id: one, label: " + c("The first", "Number one") + "}\n- {id: two, label: The second}\n"
		}
	}
	for _, p := range []string{
		"index", "about", "404", "guide/index", "guide/a", "guide/b", "guide/c", "directory/index", "directory/how-we-order", "pathway/index",
		"pathway/learn", "courses/index", "events/index", "supervisors/index", "news/index",
	} {
		s["content/"+p+".md"] = func(c choice) string { return page(c, p, "") }
	}
	for i, p := range []string{"one", "two", "three", "four"} {
		s["content/news/"+p+".md"] = func(c choice) string {
			return page(c, "Post "+p, "date: "+c(fmt.Sprintf("2026-10-%02d", 10+i), "2026-09-09", "2027-01-01")+"\ntags: ["+c("tides", "hills", "tides, hills")+"]\n")
		}
	}
	for i, id := range []string{"ann", "ben", "cleo", "dan", "eve"} {
		s["data/practitioners/"+id+".yaml"] = func(c choice) string { return practitioner(c, i, id) }
	}
	for _, id := range []string{"first", "second"} {
		s["data/courses/"+id+".yaml"] = func(c choice) string { return course(c, id) }
	}
	for _, id := range []string{"talk", "walk"} {
		s["data/events/"+id+".yaml"] = func(c choice) string { return event(c, id) }
	}
	for name, view := range theme.Views {
		s["themes/institute/templates/"+name+".html"] = func(c choice) string {
			return "<!doctype html><html lang=en>{{template \"head\"}}" + c("", "<!-- <p>later</p> --><i>edited</i>") + tell(reflect.TypeOf(view), "") + "</html>"
		}
	}
	s["themes/institute/templates/_head.html"] = func(c choice) string {
		return `{{define "head"}}<head><title>` + c("Plain", "Plainer") + `</title></head>{{end}}`
	}
	s["themes/institute/styles/site.css"] = func(c choice) string {
		return "@import \"./tokens.css\";\nbody { color: " + c("var(--ink)", "red") + " }\n"
	}
	s["themes/institute/styles/tokens.css"] = func(c choice) string { return ":root { --ink: " + c("#123", "#456") + " }\n" }
	s["themes/institute/assets/icon.svg"] = func(c choice) string {
		return `<svg xmlns="http://www.w3.org/2000/svg"><title>` + c("a", "b") + `</title></svg>`
	}
	s["themes/institute/scripts/directory.ts"] = func(c choice) string {
		return "// Entry point of the directory.\nconst n: number = " + c("1", "2") + "\nconsole.log(n)\n"
	}
	return s
}()

// tell writes the body of a template that shows every field of a view and of all that it holds, so
// that no difference between two views stays unseen.
func tell(t reflect.Type, at string) string {
	dot := at
	if dot == "" {
		dot = "."
	}
	switch {
	case t == reflect.TypeFor[theme.Body]() || t == reflect.TypeFor[*theme.Fragment]():
		return "{{" + strings.TrimSuffix(dot, ".") + ".HTML}}\n"
	case t == reflect.TypeFor[*theme.Shared]():
		return "{{with " + dot + "}}" + tell(t.Elem(), "") + "{{end}}"
	case t.Kind() == reflect.Pointer:
		all, ok := t.MethodByName("All")
		if !ok {
			panic("a view holds " + t.String() + ", which this theme cannot show")
		}
		return "<ol>{{range " + dot + ".All}}<li>" + tell(all.Type.Out(0).Elem(), "") + "</li>{{end}}</ol>\n"
	case t.Kind() == reflect.Struct:
		var b strings.Builder
		for i := range t.NumField() {
			f := t.Field(i)
			b.WriteString(f.Name + ": " + tell(f.Type, at+"."+f.Name))
		}
		return b.String()
	}
	return "{{" + dot + "}}\n"
}

func settings(c choice) string {
	return "title: " + c("Shore", "Coast") + "\nurl: " + c("https://example.org/", "https://example.org/sub/") + "\ndescription: A small site.\n" +
		c("", "timezone: Europe/Berlin\n") + "menu:\n  - {label: " + c("People", "Find people") + ", url: /directory/}\n  - {label: Guide, url: /guide/, in: " + c("main", "footer") + "}\n" +
		c("", "contact: {email: office@example.org, phone: \"+12065550100\"}\n") + c("", "rules: {link/broken: warning}\n")
}

func facts(c choice) string {
	fact := func(id, value string) string {
		return id + ": {value: \"" + value + "\", unit: person, source: The minutes, as_of: " + c("2026-01-05", "2020-01-05") + ", review_by: 2027-01-05}\n"
	}
	return fact("group.size", c("12", "1", "1500")) + c(fact("group.rooms", "3"), "")
}

func pathway(c choice) string {
	return "title: " + c("Two steps", "The way") + "\nsummary: How it goes.\nsteps:\n" +
		"  - {id: learn, title: " + c("Learn", "Study") + ", short: Learn, summary: First you learn., requirements: [basic/hours], courses: [first], cost: " + c("courses.first.credits", "nothing") + ", length: a year, today: [Read the guide]}\n" +
		c("  - {id: join, title: Join, short: Join, summary: Then you join., background: [{who: Nurses, what: Ask first}]}\n", "")
}

func requirements(c choice) string {
	return "name: Basic\nissuer: The institute\nas_of: " + c("2026-01-01", "2019-01-01") + "\nreview_by: 2027-01-01\nsource: https://example.org/rules\nrequirements:\n" +
		"  - {id: hours, title: Hours, explanation: Time with clients., kind: client-contact, target: {value: \"" + c("50", "60") + "\", unit: hour}}\n"
}

func award(c choice) string {
	return "name: Help\namount: {value: \"" + c("700", "800") + "\", unit: dollar, source: The minutes, as_of: 2026-01-01, review_by: 2027-01-01}\ncourses: [first]\nhow_to_apply: Write to us.\n"
}

func concerns(c choice) string {
	return "- {id: low, label: " + c("Little desire", "Less desire") + ", aliases: [libido], related: [" + c("pain", "") + "]}\n" +
		"- {id: pain, label: Pain, description: " + c("When it hurts.", "When touch hurts.") + ", formal: [dyspareunia]}\n" + c("- {id: kink, label: Kink}\n", "")
}

func certifications(c choice) string {
	return "- {id: aasect-cst, label: Certified sex therapist, aliases: [" + c("CST", "C.S.T.") + "]}\n- {id: emdr, label: EMDR, aliases: [EMDRIA]}\n"
}

func picture(c choice) string {
	img := image.NewRGBA(image.Rect(0, 0, 3, 2))
	img.Set(1, 1, map[string]color.Color{"red": color.RGBA{R: 255, A: 255}, "blue": color.RGBA{B: 255, A: 255}}[c("red", "blue")])
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err)
	}
	return b.String()
}

func page(c choice, name, more string) string {
	return "---\ntitle: " + c("About "+name, "On "+name) + "\nsummary: " + c("A page.", "Another page.") + "\n" + more +
		c("", "draft: true\n") + c("", "aliases: [/old-"+strings.ReplaceAll(name, " ", "-")+"/]\n", "aliases: [/old/]\n") + c("", "menu: Here\n") + c("", "expires: 2026-01-01\n", "expires: 2027-01-01\n") +
		c("", "slug: "+c("moved", "a")+"\n") + "owner: The office\nreviewed: 2026-05-01\nreview_by: " + c("2027-05-01", "2026-06-01") + "\n---\n\n" +
		c("Some words.", "Other words.") + " " + c("We are {{fact \"group.size\"}}.", "There are {{fact \"group.rooms\"}}.", "") +
		c("\n\n## A heading", "\n\n## Another heading") + "\n\n" + c("[To the guide](/guide/a/)", "[To the guide](/guide/b/#s-a-heading)", "[Ann](/directory/ann/)", "[A course](/courses/first/)") +
		"\n\n" + c("", "![A shore](/content/shore.png)", "![A shore](shore.png)") + "\n"
}

func practitioner(c choice, i int, id string) string {
	family := c("Abel", "Bauer", "Cole")
	return "name: {given: " + strings.ToUpper(id[:1]) + id[1:] + ", family: " + family + "}\nstatus: " + c("active", "paused", "alumni") +
		"\nheadline: " + c("I listen", "I ask") + "\npronouns: " + c("they/them", "she/her") + "\nbio: |\n  " + c("I work slowly.", "I work by the sea.") + " " + c("See [the guide](/guide/a/).", "See [my page](https://example.org/).", "") + "\n" +
		c("", "first_session: |\n  We talk.\n") + "degrees: [" + c("PhD", "MA") + "]\nlicenses:\n  - {state: WA, type: LMFT, number: \"" + fmt.Sprint(100+i) + "\", expires: " + c("2028-01-01", "2025-01-01") + "}\n" +
		c("", "certifications: [{type: aasect-cst, since: 2015}, {type: emdr}]\n") + "ciip: {since: " + c("2018", "2019-04") + "}\n" +
		"specialties: {top: [" + c("low", "pain", "low, pain") + "], other: [" + c("", "kink") + "]}\nmodalities: [" + c("one", "two") + "]\ncommunities: [two]\nclients: [one]\nages: [" + c("one", "two") + "]\nlanguages: [" + c("en", "en, es") + "]\n" +
		"formats: {in_person: true, telehealth: " + c("true", "false") + "}\nlocations:\n  - {street: 1 Shore Road, city: " + c("Tacoma", "Seattle") + ", state: WA, zip: \"98402\", precision: " + c("zip", "city", "exact") + "}\n" +
		"availability: {status: " + c("open", "waitlist", "closed") + ", confirmed_on: " + c("2026-11-01", "2026-09-01", "2026-01-01") + "}\n" +
		"fees: " + c("{individual: {amount: 150, minutes: 50}, as_of: 2026-06-01}", "{ask: true}") + "\ninsurance: [{plan: " + c("one", "two") + ", network: in, confirmed_on: 2026-05-01}]\n" +
		"contact: {email: " + id + "@example.org, website: \"https://example.org/" + c("", id) + "\"}\n" + c("consent: {agreed_on: 2026-01-10}\n", "", "consent: {agreed_on: 2026-01-10, withdrawn_on: 2026-02-01}\n") +
		"last_confirmed: " + c("2026-10-01", "2026-01-01") + "\n" + c("", "sample: true\n") + c("", "aliases: [old-"+id+"]\n", "aliases: [ann]\n") +
		c("", "supervision: {aasect: true, states: [WA], seats: 2}\n") + c("", "photo: {file: "+id+".png, alt: A face, consent: true}\n") +
		c("", "private: {note: private-canary-"+id+"}\n")
}

func course(c choice, id string) string {
	fact := func(value, unit string) string {
		return "{value: \"" + value + "\", unit: " + unit + ", source: The flyer, as_of: " + c("2026-02-01", "2020-02-01") + ", review_by: 2027-02-01}"
	}
	return "name: " + c("The "+id+" course", "Course "+id) + "\nstep: learn\nsummary: What it is.\ndescription: |\n  " + c("You learn.", "You study.") + "\n\n  ## A part\n\n  " + c("Cites {{fact \"group.size\"}}.", "") + "\n" +
		"credits: " + fact(c("21", "1"), "CEU") + "\nprice: " + c("ask", fact("700", "dollar")) + "\ncovers: [" + c("Bodies", "Words") + "]\nawards: [help]\ninstances:\n" +
		"  - {id: \"2026-12\", start: " + c("2026-12-01", "2026-06-01") + ", end: 2026-12-03, format: online, status: " + c("planned", "held", "cancelled") + "}\n" +
		c("", "  - {id: \"2027\", announced: June 2027, status: planned, as_of: 2026-10-01}\n")
}

func event(c choice, id string) string {
	return "title: " + c("A "+id, "One "+id) + "\nsummary: Come along.\ndescription: |\n  " + c("We meet.", "We walk.") + "\nby: " + c("ann", "ben") + "\nstart: " + c("2026-12-10", "2026-03-10") +
		c("", "\ntime: \"18:30\"\nuntil: \"20:00\"") + "\nplace: " + c("Tacoma", "Seattle") + "\nformat: in-person\nstatus: planned\n"
}
