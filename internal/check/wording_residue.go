package check

import (
	"slices"

	"nwioi/internal/diag"
)

// scraps are whole paragraphs that belong to the frame of some other website.
var scraps = []string{
	"share", "share this", "share this post", "share this page", "tweet", "print", "see all", "recent posts", "related posts", "log in", "sign in",
	"log in sign up", "post not marked as liked", "skip to content", "skip to main content", "back to top", "write a comment",
	"leave a comment", "read more", "top of page", "bottom of page", "min read", "all posts", "follow us", "copy link", "like",
}

// wordingResidue finds what was copied along with a text from a website: "top of page", "12 views".
func wordingResidue() rule {
	const id = "wording/residue"
	known := map[string]bool{}
	for _, s := range scraps {
		known[s] = true
	}
	report := func(r *reading, first, last int) {
		r.wrong(first, last, id, r.quoted(first, last)+" looks copied along from a website", "remove it")
	}
	return rule{
		Rule:  Rule{ID: id, Severity: diag.Warning, Summary: "Nothing was copied along from the frame of a website."},
		words: []string{"page"},
		word: func(r *reading) { // "top of page Home About …"
			if r.lower(r.at-1) != "of" || !r.joined(r.at) || !r.joined(r.at-1) || len(r.words) < 4 {
				return
			}
			if place := r.lower(r.at - 2); place != "top" && place != "bottom" {
				return
			}
			if r.at == 2 || r.at == len(r.words)-1 && r.lower(r.at-3) != "the" {
				report(r, r.at-2, r.at)
			}
		},
		number: func(r *reading) { // "12 views", "5 min read"
			if !r.joined(r.at + 1) {
				return
			}
			last := r.at + 1
			switch r.lower(last) {
			case "view", "views", "comment", "comments", "like", "likes", "share", "shares":
			case "min", "minute":
				if r.lower(r.at+2) == "read" && r.at+3 == len(r.words) {
					report(r, r.at, r.at+2)
				}
				return
			default:
				return
			}
			// Alone, or in a row of other such counts; "the 12 views of the lake" is a sentence.
			if len(r.words) <= 4 || last+1 == len(r.words) && r.words[r.at].kind == digit && r.at == 0 ||
				last+1 < len(r.words) && r.words[last+1].kind&digit != 0 && r.joined(last+1) ||
				r.at >= 2 && slices.Contains([]string{"views", "comments", "likes", "shares", "view", "comment"}, r.lower(r.at-1)) {
				report(r, r.at, last)
			}
		},
		text: func(r *reading) {
			if len(r.words) == 0 || len(r.words) > 5 || len(r.text.words) > 40 || r.words[0].kind&digit != 0 {
				return
			}
			var whole [48]byte
			n := 0
			for i := range r.words {
				if i > 0 {
					whole[n] = ' '
					n++
				}
				n += copy(whole[n:], r.word(i))
			}
			for i, c := range whole[:n] {
				if classes[c] == upper {
					whole[i] |= 0x20
				}
			}
			if known[string(whole[:n])] {
				report(r, 0, len(r.words)-1)
			}
		},
	}
}
