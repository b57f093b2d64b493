package theme

import (
	"errors"
	"fmt"
	"html/template"
	"io"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"nwioi/internal/diag"
	"nwioi/internal/source"
)

// A Layout makes HTML from one kind of view. It is immutable and safe for concurrent use.
type Layout struct {
	name     string
	template *template.Template
	program  *program // nil where html/template executes the template
}

// Render makes the page or fragment that shows view.
func (l *Layout) Render(w io.Writer, view any) error {
	if l.template == nil {
		return errors.New("the theme has no template for it")
	}
	if l.program != nil && reflect.TypeOf(view) == l.program.view {
		return l.program.render(w, view)
	}
	return l.template.Execute(w, view)
}

var missing = &Layout{name: "missing"}

// Views are the layouts that a theme must have, each with an empty value of the view it sees.
var Views = emptyViews()

func emptyViews() map[string]any {
	site := &Shared{}
	page := PageView{Frame: Frame{Site: site}}
	return map[string]any{
		"home": HomeView{PageView: page}, "page": page, "pathway": PathwayView{PageView: page}, "step": StepView{PageView: page},
		"rules": RulesView{PageView: page}, "print": PrintView{PageView: page}, "where": WhereView{PageView: page},
		"planner": PlannerView{PageView: page},
		"courses": CoursesView{PageView: page}, "course": CourseView{PageView: page},
		"listing": ListingView{PageView: page}, "overview": OverviewView{PageView: page}, "form": FormView{Site: site}, "card": Card{}, "profile": ProfileView{PageView: page},
		"supervisors": SupervisorsView{PageView: page}, "search": SearchView{PageView: page}, "found": Found{},
		"news": NewsView{PageView: page}, "post": PostView{PageView: page},
		"events": EventsView{PageView: page}, "month": MonthView{PageView: page}, "event": EventView{PageView: page},
		"not-found": NotFoundView{PageView: page}, "redirect": RedirectView{Site: site},
		"header": HeaderView{Site: site}, "footer": FooterView{Site: site},
	}
}

// loadLayouts parses templates/*.html below dir. A layout sees its own definitions and those of the
// parts, files whose names begin with an underscore.
func loadLayouts(tree *source.Tree, dir string) (map[string]*Layout, diag.List) {
	layouts := make(map[string]*Layout, len(Views))
	var problems diag.List
	parts := template.New("").Option("missingkey=error")
	var files []*source.File
	for f := range tree.Under(dir + "templates/") {
		if !strings.HasSuffix(f.Path, ".html") {
			continue
		}
		if strings.HasPrefix(path.Base(f.Path), "_") {
			if _, err := parts.New(f.Path).Parse(string(f.Data)); err != nil {
				problems = append(problems, templateProblem(tree, f.Path, err))
			}
			continue
		}
		files = append(files, f)
	}
	for _, f := range files {
		name := strings.TrimSuffix(path.Base(f.Path), ".html")
		view, known := Views[name]
		if !known {
			problems = append(problems, diag.Diagnostic{
				Path: f.Path, Severity: diag.Warning, Rule: "theme/unknown-layout",
				Message: "nothing uses a layout of this name", Hint: nearestLayout(name),
			})
			continue
		}
		t, err := template.Must(parts.Clone()).New(f.Path).Parse(string(f.Data))
		if err != nil {
			problems = append(problems, templateProblem(tree, f.Path, err))
			continue
		}
		err = t.Execute(io.Discard, view)
		compiled, reason := compile(t, reflect.TypeOf(view))
		if lacks := (*fieldError)(nil); errors.As(reason, &lacks) {
			err = lacks // it says the same, and knows what else there is
		}
		if err != nil {
			problems = append(problems, templateProblem(tree, f.Path, err))
			continue
		}
		layouts[name] = &Layout{name, t, compiled}
	}
	for _, name := range slices.Sorted(keys(Views)) {
		if layouts[name] == nil && tree.File(dir+"templates/"+name+".html") == nil {
			problems = append(problems, diag.Diagnostic{
				Path: dir + "templates/" + name + ".html", Severity: diag.Error, Rule: "theme/missing-layout",
				Message: "the theme has no layout \"" + name + "\"", Hint: "write this file; the theme's README says what it may show",
			})
		}
	}
	return layouts, problems
}

func keys(m map[string]any) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func nearestLayout(name string) string {
	if near := diag.Nearest(name, slices.Sorted(keys(Views))); near != "" {
		return "did you mean " + near + ".html?"
	}
	return "the layouts are " + strings.Join(slices.Sorted(keys(Views)), ", ")
}

// templateError finds the file, line and column in the errors of html/template.
var templateError = regexp.MustCompile(`(?:html/)?template: ?([^:]+):(\d+)(?::(\d+))?: (?s:(.*))`)

// templateProblem says what is wrong with a template in the words of html/template, at its place.
func templateProblem(tree *source.Tree, file string, err error) diag.Diagnostic {
	d := diag.Diagnostic{Path: file, Severity: diag.Error, Rule: "theme/template", Message: "this template cannot be used: " + err.Error()}
	m := templateError.FindStringSubmatch(err.Error())
	if m == nil {
		if strings.Contains(err.Error(), "ends in a non-text context") {
			d.Message, d.Hint = "a tag or an attribute of this template is never closed", "look for a missing quotation mark or a missing >"
		}
		return d
	}
	if tree.File(m[1]) != nil {
		d.Path = m[1]
	}
	d.Pos.Line, _ = strconv.Atoi(m[2])
	d.Pos.Col, _ = strconv.Atoi(m[3])
	if m[3] != "" {
		d.Pos.Col++
	}
	d.Message = "this template cannot be used: " + m[4]
	if f := tree.File(d.Path); f != nil {
		if lines := strings.Split(string(f.Data), "\n"); d.Pos.Line >= 1 && d.Pos.Line <= len(lines) {
			d.Source = lines[d.Pos.Line-1]
		}
	}
	if lacks := (*fieldError)(nil); errors.As(err, &lacks) {
		d.Hint = fmt.Sprintf("%s has no %s", lacks.in.Name(), lacks.field)
		if near := diag.Nearest(lacks.field, fieldNames(lacks.in)); near != "" {
			d.Hint = fmt.Sprintf("did you mean .%s?", near)
		}
	} else if view, ok := Views[strings.TrimSuffix(path.Base(file), ".html")]; ok {
		if field := unknownField.FindStringSubmatch(m[4]); field != nil {
			d.Hint = "the view has no " + field[1]
			if near := diag.Nearest(field[1], fieldNames(reflect.TypeOf(view))); near != "" {
				d.Hint = fmt.Sprintf("did you mean .%s?", near)
			}
		}
	}
	return d
}

var unknownField = regexp.MustCompile(`can't evaluate field (\w+)`)

// fieldNames returns the names of the fields of a view, those of the views it embeds included.
func fieldNames(t reflect.Type) []string {
	if t.Kind() != reflect.Struct {
		return nil
	}
	var names []string
	for _, f := range reflect.VisibleFields(t) {
		names = append(names, f.Name)
	}
	return names
}
