package serve

import (
	"bytes"
	"embed"
	"fmt"
	"net/http"
	"strings"
)

// liveFiles are the client that keeps an open page up to date: modules and their style. They are served
// below /.nwioi/live/ and never published.
//
//go:embed live
var liveFiles embed.FS

// pageStyle is how the server's own pages look.
//
//go:embed page.css
var pageStyle []byte

// strictPolicy is what pages are served under if the caller does not say otherwise.
const strictPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; " + trustedTypes

// trustedTypes lets nothing make markup of text but the client's one place (W3C Trusted Types).
const trustedTypes = "require-trusted-types-for 'script'; trusted-types nwioi-live"

// livePolicy returns the published policy (W3C Content Security Policy Level 3) with what the live
// client and the server's own pages need: scripts, styles and connections of this server.
func livePolicy(published string) string {
	if published == "" {
		return strictPolicy
	}
	needs := []string{"script-src", "style-src", "connect-src"}
	var directives []string
	for part := range strings.SplitSeq(published, ";") {
		fields := strings.Fields(part)
		if len(fields) == 0 {
			continue
		}
		for i, name := range needs {
			if strings.EqualFold(fields[0], name) {
				fields = withSelf(fields)
				needs = append(needs[:i:i], needs[i+1:]...)
				break
			}
		}
		directives = append(directives, strings.Join(fields, " "))
	}
	for _, name := range needs {
		directives = append(directives, name+" 'self'")
	}
	return strings.Join(directives, "; ") + "; " + trustedTypes
}

func withSelf(directive []string) []string {
	out := directive[:1:1]
	for _, source := range directive[1:] {
		switch strings.ToLower(source) {
		case "'self'":
			return directive
		case "'none'":
		default:
			out = append(out, source)
		}
	}
	return append(out, "'self'")
}

// withLive returns the page with the live client in its head, before all other scripts, so that it sees
// the page as it was served. A policy that the page carries in a meta element is left out: the header
// says the same, with what the client needs.
func withLive(page []byte, token string, edition int) []byte {
	page = withoutMetaPolicy(page)
	tag := fmt.Appendf(nil, `<script type="module" src="%slive/live.js" data-token="%s" data-edition="%d"></script>`, reserved, token, edition)
	where := len(page)
	for _, mark := range []string{"<script", "</head>", "<body", "</body>"} {
		if i := bytes.Index(page, []byte(mark)); i >= 0 {
			where = i
			break
		}
	}
	out := make([]byte, 0, len(page)+len(tag))
	out = append(out, page[:where]...)
	out = append(out, tag...)
	return append(out, page[where:]...)
}

func withoutMetaPolicy(page []byte) []byte {
	head := page
	if i := bytes.Index(page, []byte("</head>")); i >= 0 {
		head = page[:i]
	}
	for begin, end := range tags(head, "<meta") {
		if bytes.Contains(bytes.ToLower(page[begin:end]), []byte("content-security-policy")) {
			out := make([]byte, 0, len(page))
			out = append(out, page[:begin]...)
			return append(out, page[end:]...)
		}
	}
	return page
}

// tags yields where each tag of the given opening ("<meta") begins and ends. It reads HTML of our own
// making: a ">" inside of an attribute's value is written as a reference there, or the value is in
// quotes.
func tags(page []byte, opening string) func(yield func(begin, end int) bool) {
	return func(yield func(begin, end int) bool) {
		for from := 0; ; {
			i := bytes.Index(page[from:], []byte(opening))
			if i < 0 {
				return
			}
			begin := from + i
			end := begin + len(opening)
			var quote byte
			for end < len(page) && (quote != 0 || page[end] != '>') {
				switch c := page[end]; {
				case quote == c:
					quote = 0
				case quote == 0 && (c == '"' || c == '\''):
					quote = c
				}
				end++
			}
			if end == len(page) {
				return
			}
			if !yield(begin, end+1) {
				return
			}
			from = end + 1
		}
	}
}

// live answers with a file of the client.
func (h *handler) live(w http.ResponseWriter, r *http.Request, name string) {
	body, err := liveFiles.ReadFile("live/" + name)
	if err != nil {
		h.page(w, r)
		return
	}
	send(w, r, name, body)
}
