package assemble

import (
	"html/template"

	"nwioi/internal/site"
)

// An ld is a node of a schema.org description (JSON-LD). Marshal sorts its keys.
type ld map[string]any

func (a *assembler) institute() ld {
	return ld{"@type": "EducationalOrganization", "@id": a.Base.Absolute("/#institute"), "name": a.Settings.Title, "url": a.Base.Absolute("/")}
}

// homeLD describes the site and who publishes it.
func (a *assembler) homeLD() template.JS {
	return jsonLD(ld{"@context": "https://schema.org", "@graph": []ld{
		a.institute(),
		{"@type": "WebSite", "@id": a.Base.Absolute("/#site"), "name": a.Settings.Title, "url": a.Base.Absolute("/"), "publisher": ld{"@id": a.Base.Absolute("/#institute")}},
	}})
}

// personLD describes a profile: a ProfilePage about a Person. What the person offers and where is a
// Service, which alone can have an areaServed.
func (a *assembler) personLD(p *site.Person, canonical string) template.JS {
	person := ld{"@type": "Person", "@id": canonical + "#person", "name": p.Name.Full(), "url": canonical,
		"memberOf": ld{"@type": "Organization", "name": a.Settings.Title, "url": a.Base.Absolute("/")}}
	if p.Status == "alumni" {
		delete(person, "memberOf")
		return jsonLD(ld{"@context": "https://schema.org", "@type": "ProfilePage", "url": canonical, "mainEntity": person})
	}
	if p.Headline != "" {
		person["description"] = p.Headline
	}
	person["givenName"], person["familyName"] = p.Name.Given, p.Name.Family
	var credentials []ld
	for _, l := range a.licenses(p) {
		if !l.Expired {
			credentials = append(credentials, ld{"@type": "EducationalOccupationalCredential", "credentialCategory": "license", "name": l.Title + ", " + l.State})
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
		person["knowsLanguage"] = p.Languages
	}
	page := ld{"@type": "ProfilePage", "@id": canonical, "url": canonical, "name": p.Name.Full(), "mainEntity": person}
	if !p.Confirmed.IsZero() {
		page["dateModified"] = p.Confirmed.String()
	}
	graph := []ld{page}
	if p.Status == "active" {
		service := ld{"@type": "Service", "@id": canonical + "#service", "serviceType": "Sex and relationship therapy", "provider": ld{"@id": canonical + "#person"}}
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
	return jsonLD(ld{"@context": "https://schema.org", "@graph": graph})
}

// stepsLD describes the pathway as a list of its steps.
func (a *assembler) stepsLD() template.JS {
	var items []ld
	for i, s := range a.Site.Pathway.Steps {
		items = append(items, ld{"@type": "ListItem", "position": i + 1, "name": s.Title, "url": a.Base.Absolute(site.StepURL(s.ID))})
	}
	return jsonLD(ld{"@context": "https://schema.org", "@type": "ItemList", "name": a.Site.Pathway.Title, "itemListElement": items})
}

// courseLD describes a course with its instances that have days.
func (a *assembler) courseLD(c *site.Course, canonical string) template.JS {
	course := ld{"@context": "https://schema.org", "@type": "Course", "@id": canonical, "name": c.Name, "description": c.Summary, "url": canonical, "provider": a.institute()}
	var instances []ld
	for _, in := range c.Instances {
		if in.Start.IsZero() {
			continue
		}
		i := ld{"@type": "CourseInstance", "startDate": in.Start.String(), "endDate": in.Last().String()}
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
	return jsonLD(course)
}

// postLD describes a news post.
func (a *assembler) postLD(p *site.Page, canonical string) template.JS {
	post := ld{"@context": "https://schema.org", "@type": "BlogPosting", "@id": canonical, "url": canonical, "headline": p.Front.Title,
		"datePublished": p.Front.Date.String(), "publisher": a.institute()}
	if !p.Front.Updated.IsZero() {
		post["dateModified"] = p.Front.Updated.String()
	}
	return jsonLD(post)
}
