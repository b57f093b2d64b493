package yamlx

import (
	"errors"
	"regexp"
	"strconv"

	"gopkg.in/yaml.v3"
)

var errorLine = regexp.MustCompile(`^yaml: line (\d+): `)

// read parses the document and reports what is refused in it.
func (d *decoder) read() *yaml.Node {
	root, err := parse(d.data)
	if err != nil {
		d.partial = true
		if second, ok := errors.AsType[*errSecond](err); ok {
			d.report(second.line, 1, 3, "yaml/refused", "a second document begins here", "remove the line ---")
			return nil
		}
		line := 1
		if m := errorLine.FindStringSubmatch(err.Error()); m != nil {
			line, _ = strconv.Atoi(m[1])
		}
		d.report(line, 1, 0, "yaml/syntax", "this line cannot be read as YAML", "")
		return nil
	}
	if root != nil {
		d.inspect(root, 1)
	}
	return root
}

// inspect refuses the parts of YAML that are not accepted, wherever they stand.
func (d *decoder) inspect(n *yaml.Node, depth int) {
	switch {
	case n.Kind == yaml.AliasNode:
		d.reportAt(n, "yaml/refused", "a value that begins with * stands for another value, which is not accepted",
			`write the value itself; where the * belongs to a text, put the text in quotes: "*…"`)
		return
	case n.Anchor != "":
		d.reportAt(n, "yaml/refused", "a value that begins with & has a name for use elsewhere, which is not accepted",
			`remove the name; where the & belongs to a text, put the text in quotes: "&…"`)
	case n.Style&yaml.TaggedStyle != 0:
		d.reportAt(n, "yaml/refused", "a value that begins with ! says its own type, which is not accepted",
			`remove the word with the !; where it belongs to a text, put the text in quotes: "!…"`)
	}
	if len(n.Content) == 0 {
		return
	}
	if depth > MaxDepth {
		d.reportAt(n, "yaml/refused", "lists and groups are nested more than "+strconv.Itoa(MaxDepth)+" levels deep here", "check the brackets and the indentation")
		n.Content = nil
		return
	}
	for i, child := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 {
			switch {
			case child.Kind == yaml.ScalarNode && child.Tag == "!!merge":
				d.reportAt(child, "yaml/refused", "<< takes in another group, which is not accepted", "write the keys and values themselves")
			case child.Kind == yaml.MappingNode || child.Kind == yaml.SequenceNode:
				d.reportAt(child, "yaml/refused", "a key is a single word or text, but a list or group stands here",
					"write a text in quotes where brackets belong to it")
				continue
			}
		}
		d.inspect(child, depth+1)
	}
}
