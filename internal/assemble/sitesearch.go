package assemble

import (
	"strconv"
	"strings"

	"nwioi/internal/output"
	"nwioi/internal/search"
	"nwioi/internal/site"
	"nwioi/internal/theme"
)

// siteIndexName begins the names of the files of the site's index.
const siteIndexName = "site"

// shownPosts is how many posts and how many events the page lists before it leads to all of them.
const shownPosts = 10

// siteSearch makes the page that searches the whole site, and its index. The people of the directory
// are not in it: they have a search of their own, to which the page leads.
//
// Without scripts the page is a list of what is here. Web search engines are asked not to list it: it
// holds nothing that they do not find, better described, on the pages it leads to.
func (a *assembler) siteSearch() {
	found := a.found
	v := theme.SearchView{PageView: a.pageView(site.SearchURL, nil, "Search this site", "Find a step, a course, a page, or what a word means.")}
	v.NoIndex = true
	v.Script = a.existingScript()
	v.Index = a.publishIndex(siteIndexName, a.foundIndex)
	var groups []theme.FoundGroup
	var kinds []theme.FormOption
	total := 0
	for _, kind := range findableKinds {
		var lines []theme.Found
		for _, f := range found {
			if f.kind == kind.id && !f.part {
				lines = append(lines, f.view())
			}
		}
		if len(lines) == 0 {
			continue
		}
		total += len(lines)
		kinds = append(kinds, theme.FormOption{Value: kind.id, Label: kind.label, Count: len(lines)})
		g := theme.FoundGroup{Title: kind.label}
		if most := shownPosts + 1; len(lines) > most && (kind.id == "news" || kind.id == "event") {
			g.More = theme.Link{Label: "All " + strconv.Itoa(len(lines)-1), URL: lines[0].URL}
			lines = lines[:most]
		}
		g.Found = list(a, lines)
		groups = append(groups, g)
	}
	v.Groups, v.Kinds = list(a, groups), list(a, kinds)
	v.CountText = strconv.Itoa(total) + " pages"
	if total == 1 {
		v.CountText = "1 page"
	}
	a.page(site.SearchURL, "search", v)
}

func (f *findable) view() theme.Found {
	return theme.Found{Label: f.label, Title: f.title, URL: f.url, Summary: f.summary}
}

// A siteSearchKey holds everything that the site's index depends on. It compares what is found and
// not the files it comes from, but for posts, which are found by their files: they are many.
type siteSearchKey struct {
	found  *output.List[*findable]
	letter *output.List[spelledOut]
	card   *theme.Layout
}

// find collects what the site's search finds and begins to make its index, which is published when
// everything else is assembled. A preview's is made when it is asked for.
func (a *assembler) find() {
	a.found = a.findables()
	key := siteSearchKey{list(a, a.found), list(a, a.spelledOut()), a.theme.Layout("found")}
	a.foundIndex = output.Memo(a.pool, key, func() *searchIndex { return newIndex(key.input) })
	if !a.Preview {
		go a.foundIndex.files()
	}
}

// input describes what is found to the search engine. Where nothing else decides, parts come before
// whole pages, so that words which stand in one paragraph lead to it; but the words of a page's title
// are worth more than those of a heading.
func (k siteSearchKey) input() search.Input {
	in := search.Input{Name: siteIndexName, PageSize: site.PageSize, Filler: []string{"how much", "tell me about", "information"}}
	kinds := search.Facet{Key: "kind", Tier: search.Concern}
	for _, kind := range findableKinds {
		kinds.Terms = append(kinds.Terms, search.Term{ID: kind.id, Label: kind.label, Aliases: kind.words})
	}
	in.Facets = []search.Facet{kinds}
	found := k.found.All()
	seen := map[string]bool{}
	for i, f := range found {
		if seen[f.id] {
			continue
		}
		seen[f.id] = true
		in.Documents = append(in.Documents, k.document(i, f))
	}
	return in
}

func (k siteSearchKey) document(i int, f *findable) search.Document {
	view := f.view()
	markup, err := theme.NewFragment(nil, k.card, view).HTML()
	if err != nil {
		markup = "" // the template's error is reported where the theme is loaded
	}
	d := search.Document{
		ID: f.id, URL: f.url, Title: f.title, Card: string(markup),
		Facets: []search.FacetValue{{Facet: "kind", Value: f.kind, Top: !f.part}},
	}
	title, order := search.Name, len(k.found.All())+i
	if f.part {
		// A heading is worth what the letters behind a name are.
		title, order = search.Letters, i
	}
	d.Order = order
	names, text := f.title+" "+f.names, f.label+" "+f.text
	d.Fields = []search.Field{
		{Kind: title, Text: f.title}, {Kind: title, Text: f.names}, {Kind: title, Text: k.alike(names)},
		{Kind: search.Text, Text: text}, {Kind: search.Text, Text: k.alike(text)},
	}
	return d
}

// alike returns what people may write instead of words of a text: the letters for what is spelled
// out and the other way round, one for many, and the other spelling.
func (k siteSearchKey) alike(text string) string {
	words := search.Fold(text)
	whole := " " + strings.Join(words, " ") + " "
	var more []string
	said := map[string]bool{}
	add := func(word string) {
		if !said[word] {
			said[word] = true
			more = append(more, word)
		}
	}
	for _, s := range k.letter.All() {
		letters, meaning := strings.Contains(whole, s.foldedLetters), strings.Contains(whole, s.foldedWords)
		switch {
		case letters && !meaning:
			more = append(more, s.words)
		case meaning && !letters:
			more = append(more, s.letters)
		}
	}
	for _, w := range words {
		if one, ok := strings.CutSuffix(w, "s"); ok && len(one) > 3 && !strings.HasSuffix(one, "s") {
			add(one)
		}
		if other := otherSpelling[w]; other != "" {
			add(other)
		}
	}
	return strings.Join(more, " ")
}

// folded returns a phrase as it stands among folded words that are joined by spaces.
func folded(phrase string) string { return " " + strings.Join(search.Fold(phrase), " ") + " " }

// otherSpelling has the words of the site's subject that Britain and America write differently.
var otherSpelling = map[string]string{
	"licence": "license", "licences": "licenses", "programme": "program", "programmes": "programs",
	"practise": "practice", "centre": "center", "counsellor": "counselor", "counselling": "counseling",
}
