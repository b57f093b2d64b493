// Says what of the words a document has that its card may not show; see internal/search/why.go. Loaded with the first
// words; it imports types only, so that the bundler leaves nothing of it in the page's first script.

import type { Docs, Entry, Index, Part, Ref } from "./index.ts";
import type { Reading } from "./words.ts";

const LEXICON: Part.Names = 0;
const TEXTS: Part.Text = 1;
/** The kinds of fields that explain themselves: name, letters, place, nickname. */
const NAMES = [0, 1, 2, 4, 5];
const SHORT = 3;
const WITHIN = 25;

const compare = (a: Ref, b: Ref): number => a[0] - b[0] || a[1] - b[1];

/** Whether rising numbers have `doc` among them. */
function has(docs: Docs, doc: number): boolean {
  let from = 0;
  let to = docs.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (docs[middle]! < doc) from = middle + 1;
    else to = middle;
  }
  return docs[from] === doc;
}

/** For each of some documents the labels of the terms that the words found it by, and in quotes the words of its texts. */
export function why(index: Index, { tokens, spans, nears }: Reading, docs: readonly number[]): string[][] {
  const sorted = [...spans].sort((a, b) => a.i - b.i || b.j - a.j || a.add - b.add || compare(a.ref, b.ref));
  const words = tokens.map(({ word, typing }, i) => {
    const isLong = word.length >= SHORT;
    const own = index.entries(LEXICON, word, typing);
    const near = [...(nears[i]?.keys() ?? [])].flatMap((other) => index.entries(LEXICON, other));
    return {
      quoted: `“${word}”`,
      own,
      terms: [...own.filter((e) => e.word === word || isLong), ...near].flatMap((e) => e.terms).sort(compare),
      texts: (): Entry[] => index.entries(TEXTS, word, typing && isLong),
    };
  });
  return docs.map((doc) => {
    const why = new Set<string>();
    const holds = (ref: Ref): boolean => has(index.members(ref).docs, doc);
    const stands = (entries: readonly Entry[], kinds: readonly number[]): boolean =>
      entries.some((e) =>
        kinds.some((kind) => {
          const docs = index.docs(e, kind);
          return docs && has(docs, doc);
        }),
      );
    const say = ([facet, term]: Ref): unknown => why.add(index.facets[facet]!.terms[term]?.label ?? "");
    for (let i = 0; i < tokens.length; ) {
      const span = sorted.find((s) => s.i === i && (s.ref[0] < 0 ? index.aid("distance")!.milesFrom(index, tokens[i]!.word)![doc]! <= WITHIN : holds(s.ref)));
      if (span) {
        if (span.ref[0] >= 0) say(span.ref);
      } else {
        const { quoted, own, terms, texts } = words[i]!;
        if (!stands(own, NAMES)) {
          const term = terms.find(holds);
          if (term) say(term);
          else if (stands(texts(), [3])) why.add(quoted);
        }
      }
      i = span ? span.j : i + 1;
    }
    return [...why];
  });
}
