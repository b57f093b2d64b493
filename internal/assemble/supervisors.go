package assemble

import (
	"strconv"
	"strings"

	"nwioi/internal/site"
	"nwioi/internal/theme"
)

// supervisors makes the page that lists who supervises.
func (a *assembler) supervisors() {
	if a.Target(site.SupervisorsURL) == nil {
		return
	}
	v := theme.SupervisorsView{PageView: a.pageView(site.SupervisorsURL, a.Page(site.SupervisorsURL), "Supervisors",
		"Practitioners who supervise, what approves them to, and which hours count.")}
	var lines []theme.Supervisor
	for _, p := range a.Supervisors() {
		s := p.Supervision
		c := a.cards[p.ID]
		line := theme.Supervisor{
			Card: c.fragment, Name: c.view.Name, URL: c.view.URL, Sample: p.Sample,
			Approvals: approvals(s), States: stateNames(s.States), Formats: supervisionFormats(s), Seats: seats(s), Fee: s.Fee,
		}
		var counts []string
		if s.AASECT {
			counts = append(counts, "Hours can count toward certification by AASECT")
		}
		if s.AAMFT {
			counts = append(counts, "Hours can count toward a state licence where the state accepts AAMFT's approval")
		}
		if s.AASECT && s.AAMFT {
			counts = append(counts, "For an associate, one hour can count toward both at once")
		}
		line.CountsFor = list(a, counts)
		lines = append(lines, line)
	}
	v.Supervisors = list(a, lines)
	a.page(site.SupervisorsURL, "supervisors", v)
}

// approvals says which associations approve the supervisor.
func approvals(s *site.Supervision) string {
	var by []string
	if s.AASECT {
		by = append(by, "AASECT")
	}
	if s.AAMFT {
		by = append(by, "AAMFT")
	}
	return joinWords(by)
}

func supervisionFormats(s *site.Supervision) string {
	words := make([]string, len(s.Formats))
	for i, f := range s.Formats {
		words[i] = strings.NewReplacer("in_person", "in person", "in-person", "in person", "telehealth", "by video", "video", "by video").Replace(f)
	}
	return joinWords(words)
}

func seats(s *site.Supervision) string {
	switch {
	case s.Seats == nil:
		return ""
	case *s.Seats == 0:
		return "No free place"
	case *s.Seats == 1:
		return "1 free place"
	}
	return strconv.Itoa(*s.Seats) + " free places"
}
