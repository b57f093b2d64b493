// Answers queries with MiniSearch, as its guide sets it up for a search box ("plain") or as well as
// we know how ("tuned"). Reads a job as JSON from standard input, writes the answers as JSON.

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import MiniSearch from "minisearch";

const job = JSON.parse(readFileSync(0, "utf8"));
const fields = ["name", "letters", "place", "concerns", "details", "synonyms", "text"];
const stored = ["id", "facets"];

const plain = {
  fields, idField: "number", storeFields: stored,
  searchOptions: { prefix: true, fuzzy: 0.2 },
};

const stop = new Set("a an and any anyone are at by does do for from have help i in is it me my near need of on or s sex somebody someone speaking speaks take takes that the therapist therapists therapy to trained treatment who with accepts accept works looking diagnosed practitioners counselor counseling".split(" "));
const other = { ø: "o", ł: "l", ß: "ss", æ: "ae", đ: "d", ð: "d", ı: "i" };
const folded = (text) => text.normalize("NFKD").replace(/[\p{Mn}'’.]/gu, "").toLowerCase().replace(/[øłßæđðı]/g, (c) => other[c]);
const tuned = {
  fields, idField: "number", storeFields: stored,
  tokenize: (text, field) => {
    const words = folded(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    // "Garcia-Lopez" and "de la Cruz" are also written as one word.
    return field === "name" ? [...words, ...words.slice(1).flatMap((_, i) => words.slice(i + 2).map((_, k) => words.slice(i + 1, i + k + 3).join("")))] : words;
  },
  processTerm: (term) => term,
  searchOptions: {
    boost: { name: 6, letters: 3, place: 3, concerns: 4, details: 3, synonyms: 3, text: 0.5 },
    // The last word may be its beginning; the shortest words are taken as they are.
    prefix: (term, i, terms) => i === terms.length - 1,
    fuzzy: (term) => (term.length > 4 ? 2 : term.length > 3 ? 1 : false),
    weights: { fuzzy: 0.3, prefix: 0.6 },
    processTerm: (term) => (stop.has(term) ? null : term),
  },
};

const options = job.tuned ? tuned : plain;
const start = performance.now();
const made = new MiniSearch(options);
made.addAll(job.records.map((r, number) => ({ ...r, number })));
const build = performance.now() - start;
const index = JSON.stringify(made);
const bytes = gzipSync(index, { level: 9 }).length;
const before = performance.now();
const search = MiniSearch.loadJSON(index, options);
const load = performance.now() - before;

// Tuned: all words, and where nobody has them all, any.
const ask = (text) => {
  if (!job.tuned) return search.search(text);
  const strict = search.search(text, { combineWith: "AND" });
  return strict.length ? strict : search.search(text, { combineWith: "OR" });
};

const ids = [];
const times = [];
for (const q of job.queries.slice(0, 50)) ask(q); // what comes next is warm
for (const q of job.queries) {
  const start = performance.now();
  const found = ask(q);
  times.push(performance.now() - start);
  ids.push(found.slice(0, 10).map((r) => r.id));
}

const counts = [];
for (let i = 0; i < 20; i++) {
  const start = performance.now();
  const count = {};
  for (const r of ask(job.common)) for (const f of r.facets) count[f] = (count[f] ?? 0) + 1;
  counts.push(performance.now() - start);
}
process.stdout.write(JSON.stringify({ ids, times, counts, load, build, bytes }));
