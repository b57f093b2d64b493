package source

import (
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"strconv"
	"strings"
	"sync"
	"time"

	"nwioi/internal/diag"
)

// A History is what git knows of the input files at one commit: the day on which each was last changed.
// It is part of the Tree, so that the same clone makes the same bytes.
type History struct {
	// Head is the hash of the commit; "" where there is none.
	Head string

	repository bool // the files lie in one that could be read
	last       map[string]change
	cut        bool // the history is too long to know all of it
	shallow    bool // files are older than this clone remembers
	note       *diag.Diagnostic

	mu   sync.Mutex
	same map[string]comparison // by path: whether the file seen last is as it was committed
}

// A change is what the last commit that touched a path made of it.
type change struct {
	blob string // the hash of what it holds; "" if it was removed
	day  string // ISO 8601; "" if it is not known
	link bool   // a symbolic link, whose content is a path
}

// A comparison of a file with its change.
type comparison struct {
	file *File
	same bool
}

// Note returns what keeps git from knowing the files, or nil if nothing does. A site that is not in
// git has no note.
func (h *History) Note() *diag.Diagnostic {
	if h == nil {
		return nil
	}
	return h.note
}

// LastChange returns the day of the last commit that changed the file (its author's date, in UTC, as
// YYYY-MM-DD), and whether the file is as it was committed. A file that is not has no day. Of files
// that are not looked up (see dated), and where git knows nothing, it returns "" and true: then there
// is nothing to say.
//
// A file that was only renamed keeps its day. Line ends do not count as a change, since git may be told
// to write them in each system's own way.
func (h *History) LastChange(f *File) (day string, committed bool) {
	if h == nil || !h.repository || f.Builtin || !isDated(f.Path) {
		return "", true
	}
	last, known := h.last[f.Path]
	switch {
	case !known:
		return "", h.cut
	case last.link:
		return "", true
	case !h.compare(f, last.blob):
		return "", false
	}
	return last.day, true
}

// compare reports whether the file holds what a blob does, and remembers it.
func (h *History) compare(f *File, blob string) bool {
	h.mu.Lock()
	c, seen := h.same[f.Path]
	h.mu.Unlock()
	if seen && c.file == f {
		return c.same
	}
	same := holds(f.Data, blob)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.same == nil {
		h.same = map[string]comparison{}
	}
	h.same[f.Path] = comparison{f, same}
	return same
}

// holds reports whether data is the blob with the hash, but for line ends.
func holds(data []byte, blob string) bool {
	return blobHash(data, len(blob)) == blob ||
		bytes.Contains(data, crlf) && blobHash(bytes.ReplaceAll(data, crlf, crlf[1:]), len(blob)) == blob
}

var crlf = []byte("\r\n")

// blobHash returns the name that git has for the content, in hexadecimal: SHA-256 where names are as
// long as that, else SHA-1 (gitformat-pack(5)).
func blobHash(data []byte, length int) string {
	var h hash.Hash = sha1.New()
	if length == 2*sha256.Size {
		h = sha256.New()
	}
	h.Write([]byte("blob " + strconv.Itoa(len(data)) + "\x00"))
	h.Write(data)
	return hex.EncodeToString(h.Sum(nil))
}

// commitMark begins the line of a commit in the log.
const commitMark = "\x01"

// readLog reads a log of commits, the latest first, each with the files that it changed: for a commit
// commitMark, its hash and its author's time in seconds; for a file git's raw format (git-diff(1),
// "Raw output format" and "diff format for merges"); all ended by NUL. prefix is where the site lies in
// the repository; boundary holds the commits before which nothing is known.
//
// A merge names only what it made itself, so that the day stays the one on which somebody wrote.
func readLog(log []byte, prefix string, boundary map[string]bool) *History {
	h := &History{last: map[string]change{}}
	moved := map[string]string{} // by former path: what it is called now
	day, edge := "", false
	next := func() string {
		token, rest, _ := bytes.Cut(log, []byte{0})
		log = rest
		return string(token)
	}
	// inSite returns where a path of the repository stands in the site now.
	inSite := func(full string) (string, bool) {
		p, inside := strings.CutPrefix(full, prefix)
		if now, renamed := moved[p]; renamed {
			p = now
		}
		return p, inside
	}
	for len(log) > 0 {
		token := strings.TrimLeft(next(), "\n")
		if commit, found := strings.CutPrefix(token, commitMark); found {
			id, seconds, _ := strings.Cut(commit, " ")
			day, edge = dayOf(seconds), boundary[id]
			continue
		}
		mode, blob, status := rawChange(token)
		if status == "" {
			continue
		}
		full := next()
		before := ""
		if merge := strings.HasPrefix(token, "::"); !merge && (status[0] == 'R' || status[0] == 'C') {
			before, full = full, next()
		}
		p, inside := inSite(full)
		if !inside {
			continue
		}
		if _, later := h.last[p]; later {
			continue
		}
		if status == "R100" {
			// The same words at another place: their day is an earlier one.
			if old, inside := strings.CutPrefix(before, prefix); inside && isDated(old) {
				delete(moved, strings.TrimPrefix(full, prefix))
				moved[old] = p
				continue
			}
		}
		made := change{blob: blob, day: day, link: mode == "120000"}
		if strings.Trim(blob, "0") == "" {
			made = change{}
		} else if edge {
			made.day = ""
			h.shallow = true
		}
		h.last[p] = made
	}
	return h
}

// rawChange returns the mode, the blob and the status that a change led to; no status if the token is
// none.
func rawChange(token string) (mode, blob, status string) {
	rest := strings.TrimLeft(token, ":")
	sides := len(token) - len(rest) + 1 // one colon for each parent
	fields := strings.Fields(rest)
	if sides < 2 || len(fields) != 2*sides+1 {
		return "", "", ""
	}
	return fields[sides-1], fields[2*sides-1], fields[2*sides]
}

// dayOf returns the day, in UTC, of a time in seconds since 1970, or "" for what is none.
func dayOf(seconds string) string {
	n, err := strconv.ParseInt(strings.TrimSpace(seconds), 10, 64)
	const year10000 = 253402300800
	if err != nil || n <= 0 || n >= year10000 {
		return ""
	}
	return time.Unix(n, 0).UTC().Format(time.DateOnly)
}

// WithHistory returns the tree with what git knows of its files: t itself if it has that history.
func (t *Tree) WithHistory(h *History) *Tree {
	if t.history == h {
		return t
	}
	next := *t
	next.history = h
	return &next
}

// History returns what git knows of the tree's files; nil if nobody asked.
func (t *Tree) History() *History {
	if t == nil {
		return nil
	}
	return t.history
}
