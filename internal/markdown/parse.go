package markdown

import (
	"html"

	"nwioi/internal/diag"
)

// Parse is replaced soon: it shows the signature.
func Parse(path string, body []byte, firstLine int, opt Options) (*Doc, diag.List) {
	return &Doc{html: "<p>" + html.EscapeString(string(body)) + "</p>\n", Text: string(body)}, nil
}
