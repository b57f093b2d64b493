package check

import (
	"nwioi/internal/diag"
	"nwioi/internal/site"
)

// pageTagCase finds tags of posts that differ in their capitals or punctuation only, and so share one
// list under one of the two names.
func pageTagCase() rule {
	const id = "page/tag-case"
	return rule{
		Rule: Rule{ID: id, Severity: diag.Warning, Summary: "A tag is written in one way on all posts."},
		edition: func(p *pass) {
			count := map[string]int{}
			for _, post := range p.News {
				for _, tag := range post.Front.Tags {
					count[tag]++
				}
			}
			usual := map[string]string{} // by slug
			clash := false
			for tag, n := range count {
				slug := site.Slug(tag)
				other, taken := usual[slug]
				clash = clash || taken
				if !taken || n > count[other] || n == count[other] && tag < other {
					usual[slug] = tag
				}
			}
			if !clash {
				return
			}
			for _, post := range p.News {
				for i, tag := range post.Front.Tags {
					if other := usual[site.Slug(tag)]; other != tag {
						p.wrong(post.File, item("tags", i), id, "the tag "+quote(tag)+" is written "+quote(other)+" on other posts", "write "+quote(other)+" here too")
					}
				}
			}
		},
	}
}
