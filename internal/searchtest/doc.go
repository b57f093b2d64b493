// Package searchtest measures the directory's search: whether it finds whom people mean, how many
// bytes it takes and how long, beside two well-known engines for static sites on the same records and
// the same queries. It holds tests and nothing else.
//
// A seeded program invents people (people_test.go) and writes each as a record of data/practitioners;
// the records go through the same steps as a real site's. Another asks for them (queries_test.go), in
// more than thirty kinds of query, up to a hundred of each. For every query it works out from the
// records, without any code of an engine, who would be a right answer: often a set, because many
// people live in Tacoma. Measured are success@1 (the first result is right), MRR@10 (one divided by
// the place of the first right one, 0 below the tenth) and how often nobody is shown although somebody
// is right.
//
// There are two worlds with different names and cities. The engine is developed against the first;
// the report is made from the second, with other seeds.
//
//	go test ./internal/searchtest -run Quality -v                       # ours alone, 300 people
//	go test ./internal/searchtest -run Quality -v -people 10000 -misses # what went wrong, and for which words
//	go test ./internal/searchtest -run Report -report -v -timeout 60m   # the whole report, on standard output
//	go test ./internal/searchtest -run Report -report -v -peers=false -people 1000
//
// # Where it could be unfair
//
// The queries are ours, and so are the vocabularies with their synonyms: an engine that is not given
// synonyms cannot know them. The report therefore also gives MiniSearch and Pagefind the synonyms as
// text of each record. The two worlds differ in names, cities and in which terms are common, but
// sentences are built alike in both. A misspelt name counts as found if the first result's name is as
// near to what was typed as the name that was meant, for nobody could tell them apart. People of the
// same name are each right. MiniSearch answers in Node and Pagefind in Chromium, where each is at
// home; ours answers in Node for quality and query time, and on the finished page in Chromium for
// bytes and keystrokes. The peers are set up as well as we know how (testdata/minisearch.mjs,
// testdata/pagefind.mjs); whoever knows better is welcome to change them. Above 1,000 people they are
// asked every tenth query only, because they take so long, and above 10,000 none. Pagefind has the
// same facets as filters as we have; with fewer it would count them faster. Prose here is made of
// phrases, so it has fewer different words than writers have: that flatters the sizes of all three.
package searchtest
