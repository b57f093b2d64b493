package search

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// encodeCards writes a block of cards: a table of element and attribute names, then for each
// document its id and card.
//
// A card is written as elements and texts, not as HTML, so that the browser builds it node by node
// and never hands a string to an HTML parser: nothing that a record says can become markup, and the
// page needs no Trusted Types policy. What is not listed below does not enter an index.
func encodeCards(docs []Document) []byte {
	var names []string
	var body writer
	for i := range docs {
		d := &docs[i]
		body.text(d.ID)
		encodeCard(&body, d.Card, &names)
	}
	var w writer
	w.text(strings.Join(names, " "))
	w.number(len(docs))
	w.b = append(w.b, body.b...)
	return w.b
}

// encodeCard writes markup as a list of nodes that ends with 0. A text is 1 and its content; an
// element is the number of its name plus 2, the number of its attributes, each with the number of
// its name and its value, and the list of its children.
func encodeCard(w *writer, markup string, names *[]string) {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(markup), body)
	if err == nil { // a strings.Reader cannot fail
		for _, n := range nodes {
			encodeNode(w, n, names)
		}
	}
	w.number(0)
}

func encodeNode(w *writer, n *html.Node, names *[]string) {
	switch n.Type {
	case html.TextNode:
		// A run of white space looks like one space, and most stand between elements for the reader
		// of the template.
		text := strings.Join(strings.Fields(n.Data), " ")
		if text == "" {
			if n.PrevSibling == nil || n.NextSibling == nil || !inline(n.PrevSibling) || !inline(n.NextSibling) {
				return
			}
			w.number(1)
			w.text(" ")
			return
		}
		if space(n.Data[0]) {
			text = " " + text
		}
		if space(n.Data[len(n.Data)-1]) {
			text += " "
		}
		w.number(1)
		w.text(text)
	case html.ElementNode:
		if !cardElements[n.Data] {
			return
		}
		w.number(nameNumber(names, n.Data) + 2)
		var attrs []html.Attribute
		for _, a := range n.Attr {
			if a.Namespace == "" && allowed(a) {
				attrs = append(attrs, a)
			}
		}
		w.number(len(attrs))
		for _, a := range attrs {
			w.number(nameNumber(names, a.Key))
			w.text(a.Val)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			encodeNode(w, c, names)
		}
		w.number(0)
	}
}

func nameNumber(names *[]string, name string) int {
	i := slices.Index(*names, name)
	if i < 0 {
		i = len(*names)
		*names = append(*names, name)
	}
	return i
}

func space(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

// inline reports whether white space beside a node is seen.
func inline(n *html.Node) bool {
	return n.Type == html.TextNode || inlineElements[n.Data]
}

var inlineElements = set("a abbr b data em i mark small span strong time img svg")

// cardElements are what a card may consist of.
var cardElements = set("a abbr article b br data dd details div dl dt em figure figcaption footer h2 h3 h4 " +
	"header hr i img li mark ol p picture section small source span strong summary sub sup time ul " +
	"svg g path circle ellipse rect line polyline polygon title desc")

var cardAttributes = set("alt class cx cy d datetime decoding dir fill fill-rule clip-rule fill-opacity focusable height hidden " +
	"href hreflang id lang loading opacity points preserveAspectRatio r rel role rx ry sizes src srcset stroke " +
	"stroke-dasharray stroke-linecap stroke-linejoin stroke-opacity stroke-width title transform translate " +
	"type value viewBox width x x1 x2 y y1 y2")

func allowed(a html.Attribute) bool {
	if !cardAttributes[a.Key] && !strings.HasPrefix(a.Key, "aria-") && !strings.HasPrefix(a.Key, "data-") {
		return false
	}
	if a.Key != "href" && a.Key != "src" {
		return true
	}
	scheme, _, found := strings.Cut(a.Val, ":")
	if !found || strings.ContainsAny(scheme, "/?#") {
		return true
	}
	switch strings.ToLower(strings.TrimSpace(scheme)) {
	case "https", "http", "mailto", "tel":
		return true
	}
	return false
}
