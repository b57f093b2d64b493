package markdown

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// An addressKind says where an address leads.
type addressKind uint8

const (
	relative addressKind = iota // to this site
	external                    // out of it: https, mailto, tel
	nowhere                     // it is empty
	refused
)

// classify says where an address leads, which has its escapes and entities resolved, and returns it
// in the form in which it is kept. The schemes are a list of what is allowed: browsers skip control
// characters and read backslashes as slashes, so an address with any of them is refused whatever it
// seems to say (WHATWG URL Standard, basic URL parser).
func classify(address string) (kind addressKind, target, problem, hint string) {
	address = strings.Trim(address, " \t\n\r\f")
	if address == "" {
		return nowhere, "", "this link leads nowhere", "write the address in the round brackets: [our courses](/courses/)"
	}
	if len(address) > 2000 {
		return refused, "", "this address has more than 2,000 characters", "copy the address without what follows the question mark"
	}
	for i, r := range address {
		switch {
		case r == '\\':
			return refused, "", "the address " + quote(address) + " has a backslash", "write / where \\ stands"
		case r < 0x20 || unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r) || r == '\uFFFC':
			return refused, "", "the address " + quote(clean(address)) + " has an invisible character", "type it afresh instead of pasting it"
		case r == utf8.RuneError && !strings.HasPrefix(address[i:], "\uFFFD"):
			return refused, "", "the address " + quote(address) + " is not text", "type it afresh"
		}
	}
	if strings.HasPrefix(address, "//") {
		return refused, "", "the address " + quote(address) + " does not say how to get there", "begin it with https://"
	}
	colon := strings.IndexByte(address, ':')
	if end := strings.IndexAny(address, "/?#"); colon < 0 || end >= 0 && end < colon {
		return relative, address, "", ""
	}
	rest := address[colon+1:]
	switch scheme := strings.ToLower(address[:colon]); scheme {
	case "https":
		return web(address, rest)
	case "http":
		return refused, "", "the address " + quote(address) + " is not protected on its way (http)", "write https:" + Shorten(rest, 60)
	case "mailto":
		name, host, _ := strings.Cut(rest, "@")
		if name == "" || host == "" || strings.ContainsAny(rest, " <>\"") {
			return refused, "", quote(rest) + " is not an email address", "write mailto: and the address, such as mailto:info@example.org"
		}
		return external, "mailto:" + encode(rest), "", ""
	case "tel":
		if strings.Trim(rest, "+0123456789-.()") != "" || strings.Trim(rest, "+-.()") == "" {
			return refused, "", quote(rest) + " is not a telephone number", "write tel: and the number with its country, such as tel:+12065550101"
		}
		return external, "tel:" + rest, "", ""
	case "ftp", "file":
		return refused, "", "an address that begins with " + scheme + ": cannot be opened from a page", "put the file into static/ and link to it from there"
	default:
		return refused, "", "the address " + quote(address) + " does not begin with https:, mailto: or tel:", "link to a page of this site as /courses/, to another site with https://"
	}
}

// web checks an https address.
func web(address, rest string) (kind addressKind, target, problem, hint string) {
	bad := func(problem, hint string) (addressKind, string, string, string) {
		return refused, "", "the address " + quote(address) + " " + problem, hint
	}
	if !strings.HasPrefix(rest, "//") {
		return bad("lacks two slashes", "write https://"+Shorten(strings.TrimLeft(rest, "/"), 60))
	}
	target = "https:" + encode(rest)
	u, err := url.Parse(target)
	switch {
	case err != nil || u.Hostname() == "" || strings.Trim(u.Hostname(), ".") == "":
		return bad("names no site", "write it as your browser shows it, such as https://example.org/")
	case u.User != nil:
		return bad("has a name before an @, which hides where it leads", "leave out everything up to the @")
	}
	return external, target, "", ""
}

// encode percent-encodes what may not stand in a URL (RFC 3986); what is encoded stays as it is.
func encode(address string) string {
	const hex = "0123456789ABCDEF"
	plain := true
	for i := range len(address) {
		plain = plain && allowed[address[i]] && address[i] != '%'
	}
	if plain {
		return address
	}
	var b strings.Builder
	for i := range len(address) {
		c := address[i]
		switch {
		case c == '%' && i+2 < len(address) && isHex(address[i+1]) && isHex(address[i+2]), c != '%' && allowed[c]:
			b.WriteByte(c)
		default:
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}

var allowed = func() (t [256]bool) {
	for _, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=") {
		t[c] = true
	}
	return t
}()

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
