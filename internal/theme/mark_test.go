package theme_test

import (
	"fmt"
	"strings"
	"testing"

	"nwioi/internal/theme"
)

// TestMark looks at the marks of many people: small, well formed, the same for the same person, and
// hardly ever the same for two.
func TestMark(t *testing.T) {
	seen := map[string]string{}
	twins := 0
	for n := range 2000 {
		id := fmt.Sprintf("person-%d", n)
		mark := string(theme.Mark(id))
		if again := string(theme.Mark(id)); again != mark {
			t.Fatalf("%s has two marks", id)
		}
		if len(mark) >= 250 {
			t.Errorf("the mark of %s has %d bytes", id, len(mark))
		}
		for _, fault := range faults(mark, false, false) {
			t.Error(id, fault)
		}
		if !strings.Contains(mark, `aria-hidden="true"`) {
			t.Error("a mark is read aloud")
		}
		if seen[mark] != "" {
			twins++
		}
		seen[mark] = id
	}
	if twins > 2 {
		t.Errorf("%d of 2000 people share a mark with another", twins)
	}
	if theme.Mark("") == "" {
		t.Error("the empty id has no mark")
	}
}
