// Words that are spelt nearly alike. Loaded when a word stands nowhere as typed; it imports types only, so that
// the bundler leaves nothing of it in the page's first script.

import type { Index, Part } from "./index.ts";

const FORWARDS: Part.Spelling = 3;
const BACKWARDS: Part.Backwards = 4;

/**
 * The words of names, places and the vocabulary that are spelt nearly like one, with the number of edits: one from four
 * letters, two from eight and only where none is nearer. Of two words the longer decides, for whoever leaves letters
 * out types fewer. Numbers have no spelling.
 */
export function spelled(index: Index, word: string): ReadonlyMap<string, number> {
  if (word.length < 3 || /^\d/.test(word)) return new Map();
  /** Sorted words, of which some begin with what is given. */
  const spelling = (kind: Part, begin: string): string[] => index.find(kind, begin, `${begin}\uffff`).flatMap((piece) => index.value(piece, (r) => r.list(r.words())) ?? []);
  const turn = (text: string): string => [...text].reverse().join("");
  // What is one edit away shares the first letters up to half, or all but one of the others.
  const half = (word.length - 1) >> 1;
  const back = turn(word);
  const found = near(word, spelling(FORWARDS, word.slice(0, half)), 1);
  for (const [other, distance] of near(back, spelling(BACKWARDS, back.slice(0, word.length - 1 - half)), 1)) found.set(turn(other), distance);
  return found.size || word.length < 6 || index.missing.size ? found : near(word, spelling(FORWARDS, ""), 2);
}

/**
 * Those of a sorted list of words that are within `reach` edits of `word`, with the number of edits
 * (Damerau's distance, where no part is edited twice). The rows of the comparison are kept for the
 * beginning that a word shares with the one before, and where a beginning is already too far off,
 * every word with it is passed over.
 */
export function near(word: string, list: readonly string[], reach: number): Map<string, number> {
  const found = new Map<string, number>();
  const width = word.length + 1;
  const rows: Uint8Array[] = [Uint8Array.from({ length: width }, (_, i) => i)];
  let last = "";
  let dead = Infinity; // the length of the beginning that is too far off already
  for (const other of list) {
    let shared = 0;
    while (shared < last.length && other[shared] === last[shared]) shared++;
    last = other;
    if (shared >= dead) continue;
    dead = Infinity;
    for (let i = shared + 1; i <= other.length; i++) {
      const above = rows[i - 1]!;
      const row = (rows[i] ??= new Uint8Array(width));
      row[0] = i;
      let least = i;
      for (let j = 1; j < width; j++) {
        const same = other[i - 1] === word[j - 1];
        let cost = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + (same ? 0 : 1));
        if (i > 1 && j > 1 && other[i - 1] === word[j - 2] && other[i - 2] === word[j - 1])
          cost = Math.min(cost, rows[i - 2]![j - 2]! + 1);
        row[j] = cost;
        least = Math.min(least, cost);
      }
      if (least > reach) {
        dead = i;
        break;
      }
    }
    const length = Math.max(other.length, word.length);
    const distance = rows[other.length]?.[word.length] ?? 0;
    if (dead === Infinity && distance <= reach && distance <= (length < 4 ? 0 : length < 8 ? 1 : 2)) found.set(other, distance);
  }
  return found;
}
