// Towns that words name. Loaded where a word stands nowhere as typed; it imports types only, so that the bundler
// leaves nothing of it in the page's first script.

import type { Index, Part } from "./index.ts";
import type { Reading } from "./words.ts";

const TOWNS: Part.Towns = 15;

/** A town that words name, and a postcode in it to measure from. */
export interface Town {
  readonly words: string;
  readonly label: string;
  readonly code: string;
}

/**
 * The towns that words name of which at least one stands nowhere as typed, from left to right, the longest name first
 * where they overlap. The same function as townsOf in internal/search/place.go; index.missing says whether it lacks a file.
 */
export function towns(index: Index, { tokens, strange }: Reading): Town[] {
  const found: Town[] = [];
  if (!strange.includes(true)) return found;
  const byName = index.one(TOWNS, "", (r) => {
    const name = r.words();
    return new Map(r.list((): [string, [string, string][]] => [name(), r.list((): [string, string] => [r.text(), r.text()])]));
  });
  for (let i = 0; i < tokens.length; ) {
    let next = i + 1;
    for (let j = tokens.length; j > i; j--) {
      const words = tokens.slice(i, j).map((t) => t.word).join(" ");
      const named = byName?.get(words);
      if (!named || !strange.slice(i, j).includes(true)) continue;
      found.push(...named.map(([label, code]) => ({ words, label, code })));
      next = j;
      break;
    }
    i = next;
  }
  return found;
}
