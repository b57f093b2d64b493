package theme

import (
	"html/template"
	"reflect"
	"strings"
)

// escaper returns what writes a value of a type through the escapers that html/template put behind it,
// or errUnsupported. Each step here does what the step of that name does there.
func escaper(names []string, typ reflect.Type) (func(dst []byte, text string) []byte, error) {
	if len(names) == 0 {
		return nil, errUnsupported
	}
	steps, last := names[:len(names)-1], names[len(names)-1]
	if typ != nil && typ.Kind() == reflect.Int {
		// Digits and a minus are the same in text, in attributes and in addresses.
		if last != "_html_template_htmlescaper" && last != "_html_template_attrescaper" && last != "_html_template_rcdataescaper" {
			return nil, errUnsupported
		}
		return func(dst []byte, _ string) []byte { return dst }, nil
	}
	raw := func(dst []byte, text string) []byte { return append(dst, text...) }
	switch typ {
	case markupType:
		if len(names) == 1 && last == "_html_template_htmlescaper" {
			return raw, nil
		}
		return nil, errUnsupported
	case reflect.TypeFor[template.JS]():
		if len(names) == 1 && last == "_html_template_jsvalescaper" {
			return raw, nil
		}
		return nil, errUnsupported
	case reflect.TypeFor[template.URL]():
		if len(names) > 1 && steps[0] == "_html_template_urlfilter" {
			steps = steps[1:] // it was declared to be safe
		} else {
			return nil, errUnsupported
		}
	case nil, reflect.TypeFor[string]():
	default:
		return nil, errUnsupported
	}
	if last != "_html_template_htmlescaper" && last != "_html_template_attrescaper" && last != "_html_template_rcdataescaper" {
		return nil, errUnsupported
	}
	switch strings.Join(steps, " ") {
	case "":
		return escapeText, nil
	case "_html_template_urlfilter _html_template_urlnormalizer":
		return func(dst []byte, text string) []byte {
			if !safeScheme(text) {
				text = "#ZgotmplZ"
			}
			return escapeText(dst, escapeURL(text))
		}, nil
	case "_html_template_urlfilter":
		return func(dst []byte, text string) []byte {
			if !safeScheme(text) {
				text = "#ZgotmplZ"
			}
			return escapeText(dst, text)
		}, nil
	case "_html_template_urlnormalizer":
		return func(dst []byte, text string) []byte { return escapeText(dst, escapeURL(text)) }, nil
	case "_html_template_srcsetescaper":
		return func(dst []byte, text string) []byte { return escapeText(dst, escapeSrcset(text)) }, nil
	}
	return nil, errUnsupported
}

// special are the characters that cannot stand in text and attributes as they are.
var special = [256]string{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;"}

// escapeText appends text as it may stand between tags and in quoted attributes.
func escapeText(dst []byte, text string) []byte {
	from := 0
	for i := range len(text) {
		if to := special[text[i]]; to != "" {
			dst = append(append(dst, text[from:i]...), to...)
			from = i + 1
		}
	}
	return append(dst, text[from:]...)
}

// safeScheme reports whether an address has no scheme, or one that runs nothing.
func safeScheme(address string) bool {
	scheme, _, found := strings.Cut(address, ":")
	return !found || strings.Contains(scheme, "/") ||
		strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "mailto")
}

// plainURL are the bytes that stand for themselves in an address (RFC 3986, without the quotation
// mark and parentheses).
var plainURL = func() (plain [256]bool) {
	for _, c := range []byte("!#$&*+,/:;=?@[]-._~abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") {
		plain[c] = true
	}
	return plain
}()

// escapeURL writes all other bytes as %xx; what is written so already stays.
func escapeURL(address string) string {
	const digits = "0123456789abcdef"
	var b []byte
	from := 0
	for i := range len(address) {
		c := address[i]
		if plainURL[c] || c == '%' && i+2 < len(address) && isHex(address[i+1]) && isHex(address[i+2]) {
			continue
		}
		b = append(append(b, address[from:i]...), '%', digits[c>>4], digits[c&15])
		from = i + 1
	}
	if from == 0 {
		return address
	}
	return string(append(b, address[from:]...))
}

func isHex(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F' }

// escapeSrcset treats each address of a srcset; an entry that is not made of an address and a plain
// descriptor is replaced.
func escapeSrcset(set string) string {
	entries := strings.Split(set, ",")
	for i, entry := range entries {
		trimmed := strings.TrimLeft(entry, htmlSpace)
		address, descriptor := trimmed, ""
		if end := strings.IndexAny(trimmed, htmlSpace); end >= 0 {
			address, descriptor = trimmed[:end], trimmed[end:]
		}
		if !safeScheme(address) || strings.ContainsFunc(descriptor, func(r rune) bool {
			return !strings.ContainsRune(htmlSpace, r) && !('0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z')
		}) {
			entries[i] = "#ZgotmplZ"
			continue
		}
		entries[i] = entry[:len(entry)-len(trimmed)] + escapeURL(address) + descriptor
	}
	return strings.Join(entries, ",")
}

const htmlSpace = " \t\n\f\r"
