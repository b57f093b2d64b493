package site

import "nwioi/internal/source"

// Updated returns the day of the last change to a page that readers should know of: the one that its
// front matter gives, else the day on which git last saw it change. It is the zero Date where neither is
// known, and for a post that has not changed since it appeared.
func (e *Edition) Updated(p *Page) Date {
	if !p.Front.Updated.IsZero() {
		return p.Front.Updated
	}
	changed := e.Changed(p.File)
	if !changed.After(p.Front.Date) {
		return Date{}
	}
	return changed
}

// Changed returns the day of the last commit that changed a file (see source.History.LastChange), or the
// zero Date where it is not known. A day that the edition has not reached yet is not told.
func (e *Edition) Changed(f *source.File) Date {
	text, _ := e.History.LastChange(f)
	day, err := ParseDate(text)
	if err != nil || day.After(e.AsOf) {
		return Date{}
	}
	return day
}

// Uncommitted reports whether the file is not as it was last committed, for the preview that somebody
// who edits sees. A published site never says so.
func (e *Edition) Uncommitted(f *source.File) bool {
	if !e.Preview {
		return false
	}
	_, committed := e.History.LastChange(f)
	return !committed
}
