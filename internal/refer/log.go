package refer

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"nwioi/internal/site"
	"nwioi/internal/yamlx"
)

// logHeader begins a new log.
const logHeader = `# Referrals: what the institute was asked for and whom it suggested, so that suggestions go round.
# nwioi refer --log writes here. Nothing about a client belongs here, and nothing of it is published.

`

// Errors of Append, as sentences.
var (
	errLogBroken = errors.New(site.ReferralsPath + " has errors, so nothing was logged; nwioi check says which, mend them first")
	errLogForm   = errors.New(site.ReferralsPath + " is written in a form that nothing can be added to, so nothing was logged; begin each entry with a hyphen on a line of its own")
	errLogFull   = errors.New(site.ReferralsPath + " is full, so nothing was logged; move its oldest entries to a file elsewhere")
)

// Append returns a log with one more entry. What is there stays byte for byte. The error is a sentence
// that says why nothing can be added; then the content is at fault.
func Append(old []byte, r site.Referral) ([]byte, error) {
	var before, after []site.Referral
	if yamlx.Decode(site.ReferralsPath, old, 1, &before).Failed() {
		return nil, errLogBroken
	}
	added := bytes.Clone(old)
	if len(bytes.TrimSpace(old)) == 0 {
		added = append(added, logHeader...)
	}
	end := "\n"
	if bytes.Contains(old, []byte("\r\n")) {
		end = "\r\n"
	}
	if len(added) > 0 && added[len(added)-1] != '\n' {
		added = append(added, end...)
	}
	indent := ""
	for line := range strings.Lines(string(old)) {
		if item := strings.TrimLeft(line, " "); strings.HasPrefix(item, "- ") {
			indent = line[:len(line)-len(item)]
			break
		}
	}
	for _, line := range []string{
		"- date: " + r.Date.String(),
		"  criteria: [" + strings.Join(r.Criteria, ", ") + "]",
		"  suggested: [" + strings.Join(r.Suggested, ", ") + "]",
	} {
		added = fmt.Append(added, indent, line, end)
	}
	if len(added) > yamlx.MaxBytes {
		return nil, errLogFull
	}
	// Whatever form the file has, what is written is what will be read.
	wrong := yamlx.Decode(site.ReferralsPath, added, 1, &after).Failed()
	if wrong || !slices.EqualFunc(append(before, r), after, equal) {
		return nil, errLogForm
	}
	return added, nil
}

func equal(a, b site.Referral) bool {
	return a.Date == b.Date && slices.Equal(a.Criteria, b.Criteria) && slices.Equal(a.Suggested, b.Suggested)
}
