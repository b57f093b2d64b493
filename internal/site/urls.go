package site

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// The addresses of everything, as paths from "/" (before the path of the base URL is put in front).
// This file alone decides where things stand.
const (
	DirectoryURL   = "/directory/"
	OrderURL       = "/directory/how-we-order/"
	PathwayURL     = "/pathway/"
	WhereURL       = "/pathway/where-am-i/"
	PlannerURL     = "/pathway/planner/"
	PrintURL       = "/pathway/print/"
	PathwayDataURL = "/data/pathway.json"
	CoursesURL     = "/courses/"
	EventsURL      = "/events/"
	NewsURL        = "/news/"
	SupervisorsURL = "/supervisors/"
	GlossaryURL    = "/glossary/"
	AtomURL        = "/news/feed.xml"
	JSONFeedURL    = "/news/feed.json"
	CalendarURL    = "/calendar.ics"
	RecordsURL     = "/data/directory.json"
	SchemaURL      = "/data/directory.schema.json"
	SearchURL      = "/search/"
	IndexURL       = "/search/data/" // a folder of its own: its files may be kept for ever, the page may not
	PrivacyURL     = "/privacy/"
	HealthDataURL  = "/consumer-health-data/"
	NotFoundURL    = "/404.html"
)

// Reserved are ids that a practitioner cannot have, because their addresses belong to something else.
var Reserved = append([]string{"page", "how-we-order", "index"}, Facets...)

// ReservedSteps are ids that a step of the pathway cannot have, for the same reason.
var ReservedSteps = []string{"where-am-i", "planner", "print", "rules"}

// ProfileURL is a practitioner's page.
func ProfileURL(id string) string { return DirectoryURL + id + "/" }

// VCardURL is a practitioner's address card.
func VCardURL(id string) string { return DirectoryURL + id + "/card.vcf" }

// FacetURL is the listing of one value of a facet; the value is made a slug.
func FacetURL(facet, value string) string { return DirectoryURL + facet + "/" + Slug(value) + "/" }

// OverviewURL is the page that leads to every listing of a facet.
func OverviewURL(facet string) string { return DirectoryURL + facet + "/" }

// PagedURL is page n of the listing at a URL; page 1 is the listing itself.
func PagedURL(listing string, n int) string {
	if n <= 1 {
		return listing
	}
	return listing + "page/" + strconv.Itoa(n) + "/"
}

// CourseURL is a course's page.
func CourseURL(id string) string { return CoursesURL + id + "/" }

// InstanceURL is the calendar file of one instance of a course.
func InstanceURL(course, instance string) string {
	return CoursesURL + course + "/" + instance + ".ics"
}

// EventURL is an event's page.
func EventURL(id string) string { return EventsURL + id + "/" }

// EventCalendarURL is the calendar file of an event.
func EventCalendarURL(id string) string { return EventsURL + id + ".ics" }

// ShareURL is the picture with the name that is shown where a page is shared.
func ShareURL(name string) string { return "/share/" + name + ".png" }

// MonthURL is the page of a month: its first day, or any other.
func MonthURL(d Date) string { return EventsURL + d.String()[:7] + "/" }

// TagURL is the listing of the posts with a tag.
func TagURL(tag string) string { return NewsURL + "tag/" + Slug(tag) + "/" }

// StepURL is the page of a step of the pathway.
func StepURL(id string) string { return PathwayURL + id + "/" }

// RulesURL is the page of a requirement set, for the requirements that belong to no step.
func RulesURL(set string) string { return PathwayURL + "rules/" + set + "/" }

// RequirementURL is where a requirement of a set is explained, with its anchor: on the page of the first
// step that has it, or else on the page of its set.
func (s *Site) RequirementURL(set *RequirementSet, id string) string {
	if s.Pathway != nil {
		for _, step := range s.Pathway.Steps {
			if slices.Contains(step.Requirements, set.ID+"/"+id) {
				return StepURL(step.ID) + "#" + step.Anchor(set.ID, id)
			}
		}
	}
	return RulesURL(set.ID) + "#" + RequirementAnchor(set.ID, id)
}

// RequirementAnchor is the anchor of a requirement on the page of its set: its id.
func RequirementAnchor(_, id string) string { return id }

// RequirementAnchors are the anchors of the requirements that the page at a URL path explains.
func (s *Site) RequirementAnchors(urlPath string) []string {
	var anchors []string
	if s.Pathway != nil {
		for _, step := range s.Pathway.Steps {
			for _, ref := range step.Requirements {
				if set, id, _ := strings.Cut(ref, "/"); StepURL(step.ID) == urlPath {
					anchors = append(anchors, step.Anchor(set, id))
				}
			}
		}
	}
	for _, set := range s.Requirements {
		for _, r := range set.Requirements {
			if RulesURL(set.ID) == urlPath {
				anchors = append(anchors, RequirementAnchor(set.ID, r.ID))
			}
		}
	}
	return anchors
}

// Anchor is the anchor of a requirement on the page of the step: its id, behind that of its set where the
// step has the same id from another set before.
func (s *Step) Anchor(set, id string) string {
	for _, ref := range s.Requirements {
		if other, its, _ := strings.Cut(ref, "/"); its == id && other != set {
			return set + "-" + id
		} else if its == id {
			break
		}
	}
	return id
}

// FileOf returns the path in the published folder of what stands at a URL path.
func FileOf(urlPath string) string {
	p := strings.TrimPrefix(urlPath, "/")
	if p == "" || strings.HasSuffix(p, "/") {
		return p + "index.html"
	}
	return p
}

// A Base is where the site is published: links carry its path, canonical addresses all of it.
type Base struct {
	origin string // "https://example.org"
	path   string // "" or "/sub"
}

// NewBase reads a base URL such as "https://example.org/" or "https://example.org/nwioi/".
// The error is a sentence.
func NewBase(address string) (Base, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return Base{}, badBase(address)
	}
	return Base{u.Scheme + "://" + u.Host, strings.TrimSuffix(u.EscapedPath(), "/")}, nil
}

type badBase string

func (e badBase) Error() string {
	return strconv.Quote(string(e)) + " is not an address a site can have: write it as in https://example.org/"
}

// Href returns the link to a URL path of the site.
func (b Base) Href(urlPath string) string { return b.path + urlPath }

// Absolute returns the whole address of a URL path of the site.
func (b Base) Absolute(urlPath string) string { return b.origin + b.path + urlPath }

// Origin returns the scheme and host.
func (b Base) Origin() string { return b.origin }

// Path returns the path of the base URL without the slash at its end: "" at a domain's root.
func (b Base) Path() string { return b.path }
