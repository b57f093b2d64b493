package assemble

import (
	"cmp"
	"html"
	"html/template"
	"regexp"
	"strconv"
	"strings"
	"time"

	"nwioi/internal/output"
	"nwioi/internal/site"
	"nwioi/internal/theme"
)

// An ld is a node of a schema.org description (JSON-LD). Marshal sorts its keys.
type ld map[string]any

func (a *assembler) institute() ld {
	return ld{"@type": "EducationalOrganization", "@id": a.Base.Absolute("/#institute"), "name": a.Settings.Title, "url": a.Base.Absolute("/")}
}

// describe writes what search engines are told of a page: the way to it, and what it is about. It says
// nothing that the page does not show.
func (a *assembler) describe(f *theme.Frame, about ...ld) { f.JSONLD = a.graph(f.Crumbs, about) }

// describeWay tells of the way to a page alone.
func (a *assembler) describeWay(f *theme.Frame) {
	type key struct {
		crumbs *theme.List[theme.Link]
		base   site.Base
	}
	f.JSONLD = output.Memo(a.pool, key{f.Crumbs, a.Base}, func() template.JS { return a.graph(f.Crumbs, nil) })
}

// graph writes the way to a page and what it is about.
func (a *assembler) graph(crumbs *theme.List[theme.Link], about []ld) template.JS {
	graph := about
	if crumbs.Len() > 0 {
		graph = append([]ld{a.crumbsLD(crumbs)}, about...)
	}
	switch len(graph) {
	case 0:
		return ""
	case 1:
		graph[0]["@context"] = "https://schema.org"
		return jsonLD(graph[0])
	}
	return jsonLD(ld{"@context": "https://schema.org", "@graph": graph})
}

// crumbsLD describes the way from the home page. The last stop is the page itself, which needs no address.
func (a *assembler) crumbsLD(crumbs *theme.List[theme.Link]) ld {
	items := make([]ld, crumbs.Len())
	for i, c := range crumbs.All() {
		items[i] = ld{"@type": "ListItem", "position": i + 1, "name": c.Label}
		if i < len(items)-1 {
			items[i]["item"] = a.Base.Origin() + c.URL
		}
	}
	return ld{"@type": "BreadcrumbList", "itemListElement": items}
}

// homeLD describes the site and who publishes it.
func (a *assembler) homeLD() []ld {
	return []ld{
		a.institute(),
		{"@type": "WebSite", "@id": a.Base.Absolute("/#site"), "name": a.Settings.Title, "url": a.Base.Absolute("/"), "publisher": ld{"@id": a.Base.Absolute("/#institute")}},
	}
}

// personLD describes a profile: a ProfilePage about a Person. What the person offers and where is a
// Service, which alone can have an areaServed.
func (a *assembler) personLD(p *site.Person, canonical string) []ld {
	person := ld{"@type": "Person", "@id": canonical + "#person", "name": p.Name.Full(), "url": canonical,
		"memberOf": ld{"@type": "Organization", "name": a.Settings.Title, "url": a.Base.Absolute("/")}}
	if p.Status == "alumni" {
		delete(person, "memberOf")
		return []ld{{"@type": "ProfilePage", "url": canonical, "mainEntity": person}}
	}
	if p.Headline != "" {
		person["description"] = p.Headline
	}
	var credentials []ld
	for _, l := range a.licenses(p) {
		if !l.Expired {
			credentials = append(credentials, ld{"@type": "EducationalOccupationalCredential", "credentialCategory": "license", "name": l.Title, "validIn": ld{"@type": "State", "name": l.State}})
		}
	}
	for _, c := range a.certifications(p) {
		if !c.Expired {
			credentials = append(credentials, ld{"@type": "EducationalOccupationalCredential", "credentialCategory": "certification", "name": c.Title})
		}
	}
	if len(credentials) > 0 {
		person["hasCredential"] = credentials
	}
	if len(p.Languages) > 0 {
		var spoken []string
		for _, v := range a.FacetValues(p) {
			if v.Facet == site.Language {
				spoken = append(spoken, v.Label)
			}
		}
		person["knowsLanguage"] = spoken
	}
	page := ld{"@type": "ProfilePage", "@id": canonical, "url": canonical, "name": p.Name.Full(), "mainEntity": person}
	if !p.Confirmed.IsZero() {
		page["dateModified"] = p.Confirmed.String()
	}
	graph := []ld{page}
	if p.Status == "active" {
		service := ld{"@type": "Service", "@id": canonical + "#service", "provider": ld{"@id": canonical + "#person"}}
		var served []ld
		for _, s := range p.Telehealth {
			served = append(served, ld{"@type": "State", "name": site.StateName(s)})
		}
		if p.InPerson {
			for _, l := range p.Locations {
				served = append(served, ld{"@type": "City", "name": l.City + ", " + l.State})
			}
		}
		if len(served) > 0 {
			service["areaServed"] = served
			graph = append(graph, service)
		}
	}
	return graph
}

// stepsLD describes the pathway as a list of its steps.
func (a *assembler) stepsLD() ld {
	var items []ld
	for i, s := range a.Site.Pathway.Steps {
		items = append(items, ld{"@type": "ListItem", "position": i + 1, "name": s.Title, "url": a.Base.Absolute(site.StepURL(s.ID))})
	}
	return ld{"@type": "ItemList", "name": a.Site.Pathway.Title, "itemListElement": items}
}

// courseLD describes a course with its instances that have days.
func (a *assembler) courseLD(c *site.Course, canonical string) ld {
	course := ld{"@type": "Course", "@id": canonical, "name": c.Name, "description": c.Summary, "url": canonical, "provider": a.institute()}
	if offer := offerLD(c.Price.Fact.Text(), c.SignUp); offer != nil {
		course["offers"] = offer
	}
	var instances []ld
	for _, in := range c.Instances {
		if in.Start.IsZero() {
			continue
		}
		last := in.End
		if in.Last() == in.Start {
			last = in.Start
		}
		i := a.heldLD("CourseInstance", canonical, in.Start, last, in.Time, in.Timezone, in.Format, in.Place, in.Status)
		i["organizer"] = ld{"@id": a.Base.Absolute("/#institute")}
		switch in.Format {
		case "online":
			i["courseMode"] = "online"
		case "in-person":
			i["courseMode"] = "onsite"
		case "hybrid":
			i["courseMode"] = "blended"
		}
		instances = append(instances, i)
	}
	if len(instances) > 0 {
		course["hasCourseInstance"] = instances
	}
	return course
}

// eventLD describes an event of a practitioner.
func (a *assembler) eventLD(e *site.Event, v *theme.EventView) ld {
	last := e.End
	if e.Last() == e.Start {
		last = e.Start
	}
	event := a.heldLD("EducationEvent", v.Canonical, e.Start, last, e.Time, e.Timezone, e.Format, e.Place, e.Status)
	event["@id"], event["url"], event["name"], event["description"] = v.Canonical, v.Canonical, e.Title, v.Lead
	if c := a.cards[e.By]; c != nil {
		by := ld{"@type": "Person", "name": c.view.Name, "url": a.Base.Origin() + c.view.URL}
		event["organizer"], event["performer"] = by, by
	}
	if offer := offerLD(e.Price, e.URL); offer != nil {
		event["offers"] = offer
	}
	return event
}

// heldLD describes when and where something is held, and whether it is. last is the last day as the page
// says it; none where that is the day before an evening ends.
func (a *assembler) heldLD(kind, canonical string, start, last site.Date, clock, zone, format, place, status string) ld {
	e := ld{"@type": kind, "startDate": start.String(), "eventStatus": "https://schema.org/EventScheduled"}
	if !last.IsZero() {
		e["endDate"] = last.String()
	}
	if where, known := site.Zone(cmp.Or(zone, a.Settings.Timezone)); known && clock != "" {
		if at, ok := site.At(start, clock, where); ok {
			e["startDate"] = at.Format(time.RFC3339)
		}
	}
	if status == "cancelled" {
		e["eventStatus"] = "https://schema.org/EventCancelled"
	}
	var where []ld
	if place != "" {
		where = append(where, ld{"@type": "Place", "name": place, "address": place})
	}
	if format == "online" || format == "hybrid" {
		where = append(where, ld{"@type": "VirtualLocation", "url": canonical})
	}
	if len(where) > 0 {
		e["location"] = where
	}
	if mode := map[string]string{"online": "Online", "in-person": "Offline", "hybrid": "Mixed"}[format]; mode != "" {
		e["eventAttendanceMode"] = "https://schema.org/" + mode + "EventAttendanceMode"
	}
	return e
}

// offerLD describes a price that is one amount of dollars, such as "$20"; nil for what is anything else.
func offerLD(price, signUp string) ld {
	amount, found := strings.CutPrefix(price, "$")
	if _, err := strconv.Atoi(strings.ReplaceAll(amount, ",", "")); !found || err != nil {
		return nil
	}
	offer := ld{"@type": "Offer", "price": strings.ReplaceAll(amount, ",", ""), "priceCurrency": "USD"}
	if signUp != "" {
		offer["url"] = signUp
	}
	return offer
}

// postLD describes a news post.
func (a *assembler) postLD(p *site.Page, canonical string) ld {
	post := ld{"@type": "BlogPosting", "@id": canonical, "url": canonical, "headline": p.Front.Title,
		"datePublished": p.Front.Date.String(), "publisher": a.institute()}
	if updated := a.Updated(p); !updated.IsZero() {
		post["dateModified"] = updated.String()
	}
	return post
}

var (
	termElement = regexp.MustCompile(`(?s)<dt>(.*?)</dt>`)
	anyTag      = regexp.MustCompile(`<[^>]*>`)
)

// termsLD describes the terms that a page explains; nil where it explains none.
func termsLD(v *theme.PageView) ld {
	var terms []ld
	for _, m := range termElement.FindAllStringSubmatch(string(v.Body.HTML()), -1) {
		name := html.UnescapeString(anyTag.ReplaceAllString(m[1], ""))
		terms = append(terms, ld{"@type": "DefinedTerm", "name": strings.Join(strings.Fields(name), " "), "inDefinedTermSet": v.Canonical})
	}
	if len(terms) == 0 {
		return nil
	}
	return ld{"@type": "DefinedTermSet", "@id": v.Canonical, "url": v.Canonical, "name": v.Heading, "hasDefinedTerm": terms}
}
