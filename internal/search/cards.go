package search

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A cardNode is a text, or an element with its attributes and children.
type cardNode struct {
	text     string // where there is no name
	name     string
	attrs    []html.Attribute
	children []cardNode
}

// nodesOf reads markup. A card is written as elements and texts, not as HTML, so that the browser builds
// it node by node and never hands a string to an HTML parser: nothing that a record says can become
// markup, and the page needs no Trusted Types policy. What is not listed below does not enter an index.
func nodesOf(markup string) []cardNode {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(markup), body)
	if err != nil { // a strings.Reader cannot fail
		return nil
	}
	var all []cardNode
	for _, n := range nodes {
		all = appendNode(all, n)
	}
	return all
}

func appendNode(all []cardNode, n *html.Node) []cardNode {
	switch n.Type {
	case html.TextNode:
		// A run of white space looks like one space, and most stand between elements for the reader
		// of the template.
		text := strings.Join(strings.Fields(n.Data), " ")
		if text == "" {
			if n.PrevSibling == nil || n.NextSibling == nil || !inline(n.PrevSibling) || !inline(n.NextSibling) {
				return all
			}
			return append(all, cardNode{text: " "})
		}
		if space(n.Data[0]) {
			text = " " + text
		}
		if space(n.Data[len(n.Data)-1]) {
			text += " "
		}
		return append(all, cardNode{text: text})
	case html.ElementNode:
		if !cardElements[n.Data] {
			return all
		}
		node := cardNode{name: n.Data}
		for _, a := range n.Attr {
			if a.Namespace == "" && allowed(a) {
				node.attrs = append(node.attrs, a)
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			node.children = appendNode(node.children, c)
		}
		return append(all, node)
	}
	return all
}

// Cards are alike. What many have in common — texts, and elements with attributes of the same value —
// stands once, in a table; a card says which of them it has, and only what is its own in full.
type cardTable struct {
	entries []string       // as written, in the order of their numbers
	number  map[string]int // by what is written
	common  map[string]bool
}

// In the attributes of an element of the table, isID stands for the document's id, and own for a value
// that each card says itself.
const (
	isID = "\x01"
	own  = "\x02"
)

// sampled is about how many cards are read to find what they have in common.
const sampled = 2000

// cardTable makes the table from a sample of the documents.
func (ix *Index) cardTable() *cardTable {
	t := &cardTable{number: map[string]int{}, common: map[string]bool{}}
	step := len(ix.docs)/sampled + 1
	cards := make([][]cardNode, (len(ix.docs)+step-1)/step)
	each(len(cards), func(i int) { cards[i] = nodesOf(ix.docs[i*step].Card) })
	least := max(3, len(cards)/60)
	counts := map[string]int{}
	walk := func(count func(id string, n *cardNode)) {
		for i, nodes := range cards {
			var visit func(nodes []cardNode)
			visit = func(nodes []cardNode) {
				for k := range nodes {
					count(ix.docs[i*step].ID, &nodes[k])
					visit(nodes[k].children)
				}
			}
			visit(nodes)
		}
	}
	walk(func(id string, n *cardNode) {
		for _, a := range n.attrs {
			counts[attribute(n.name, a.Key, pattern(a.Val, id))]++
		}
	})
	for a, n := range counts {
		if n >= least {
			t.common[a] = true
		}
	}
	clear(counts)
	walk(func(id string, n *cardNode) {
		if n.name == "" {
			counts[textNode(n.text)]++
			return
		}
		shell, _ := t.shell(n, id)
		counts[shell]++
	})
	for e, n := range counts {
		if n >= least {
			t.entries = append(t.entries, e)
		}
	}
	slices.SortFunc(t.entries, func(a, b string) int { return cmp.Or(-cmp.Compare(counts[a], counts[b]), strings.Compare(a, b)) })
	for i, e := range t.entries {
		t.number[e] = i
	}
	return t
}

func attribute(name, key, value string) string { return name + "\x00" + key + "\x00" + value }

// pattern returns the value of an attribute with isID in the place of the id.
func pattern(value, id string) string {
	if strings.Contains(value, isID) || strings.Contains(value, own) || id == "" {
		return own
	}
	return strings.Replace(value, id, isID, 1)
}

func textNode(text string) string {
	var w writer
	w.text("")
	w.text(text)
	return string(w.b)
}

// shell returns how an element without its children is written in the table, and its own values.
func (t *cardTable) shell(n *cardNode, id string) (shell string, values []string) {
	var w writer
	w.text(n.name)
	w.number(len(n.attrs))
	for _, a := range n.attrs {
		value := pattern(a.Val, id)
		if !t.common[attribute(n.name, a.Key, value)] {
			value = own
			values = append(values, a.Val)
		}
		w.text(a.Key)
		w.text(value)
	}
	return string(w.b), values
}

// encode writes the table.
func (t *cardTable) encode() []byte {
	var w writer
	w.number(len(t.entries))
	for _, e := range t.entries {
		w.b = append(w.b, e...)
	}
	return w.b
}

// encodeNodes writes a list of nodes that ends with 0. A number from 2 on is an entry of the table, 1
// stands before a text or an element that is written like one; an element's own values and its
// children follow.
func (t *cardTable) encodeNodes(w *writer, nodes []cardNode, id string) {
	for i := range nodes {
		n := &nodes[i]
		entry, values := textNode(n.text), []string(nil)
		if n.name != "" {
			entry, values = t.shell(n, id)
		}
		if number, ok := t.number[entry]; ok {
			w.number(number + 2)
		} else {
			w.number(1)
			w.b = append(w.b, entry...)
		}
		for _, v := range values {
			w.text(v)
		}
		if n.name != "" {
			t.encodeNodes(w, n.children, id)
		}
	}
	w.number(0)
}

// addCards adds the table and the blocks of cards: for each document its id and its nodes.
func (ix *Index) addCards(add func(kind int, key string, make func() []byte)) {
	table := ix.cardTable()
	add(partTable, "", table.encode)
	block := ix.block()
	for b := 0; b*block < len(ix.docs); b++ {
		docs := ix.docs[b*block : min((b+1)*block, len(ix.docs))]
		add(partCards, string(numberKey(b)), func() []byte {
			var w writer
			for i := range docs {
				w.text(docs[i].ID)
				table.encodeNodes(&w, nodesOf(docs[i].Card), docs[i].ID)
			}
			return w.b
		})
	}
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
