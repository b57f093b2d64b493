package output

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
)

// A counter is a layout that counts how often it is asked.
type counter struct {
	mu   sync.Mutex
	made int
}

func (c *counter) Render(w io.Writer, view any) error {
	c.mu.Lock()
	c.made++
	c.mu.Unlock()
	_, err := fmt.Fprintf(w, "made of %v", view)
	return err
}

// failing is a layout that writes a little and then fails, or panics.
type failing struct{ panics bool }

func (f *failing) Render(w io.Writer, view any) error {
	io.WriteString(w, "half a page")
	if f.panics {
		panic("no such field")
	}
	return errors.New("no such field")
}

// A body is made once, on demand, however many ask at once.
func TestBodyIsMadeOnce(t *testing.T) {
	c := &counter{}
	f := &File{Recipe: Recipe{Path: "a.html", Layout: c, View: 7}}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if body, err := f.Body(); err != nil || string(body) != "made of 7" {
				t.Errorf("%q, %v", body, err)
			}
		})
	}
	group.Wait()
	if c.made != 1 {
		t.Errorf("made %d times", c.made)
	}
	var b bytes.Buffer
	if err := f.Render(&b); err != nil || b.String() != "made of 7" || c.made != 2 {
		t.Errorf("%q, %v, made %d times", b.String(), err, c.made)
	}
}

// A layout that fails, in whatever way, is an error that names the file.
func TestFailuresNameTheFile(t *testing.T) {
	for _, panics := range []bool{false, true} {
		f := &File{Recipe: Recipe{Path: "about/index.html", Layout: &failing{panics}}}
		for range 2 {
			if _, err := f.Body(); err == nil || !strings.Contains(err.Error(), "about/index.html") || !strings.Contains(err.Error(), "no such field") {
				t.Errorf("the error is %v", err)
			}
		}
	}
}

func TestSet(t *testing.T) {
	a, b := &File{Recipe: Recipe{Path: "a"}}, &File{Recipe: Recipe{Path: "b"}}
	s := NewSet([]*File{a, b})
	if s.File("b") != b || s.File("c") != nil || (*Set)(nil).File("a") != nil {
		t.Error("a set does not know its files")
	}
}
