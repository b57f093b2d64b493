package theme

import "io"

// Compiled reports whether the layout runs without html/template.
func (l *Layout) Compiled() bool { return l.program != nil }

// Reference renders as html/template does.
func (l *Layout) Reference(w io.Writer, view any) error { return l.template.Execute(w, view) }
