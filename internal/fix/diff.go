package fix

import (
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// Diff returns what repairs change as a unified diff, which git apply and patch read.
func Diff(repairs []Repair) string {
	var b strings.Builder
	for _, r := range repairs {
		b.Write(diff.Diff("a/"+r.Path, r.Before, "b/"+r.Path, r.After))
	}
	return b.String()
}
