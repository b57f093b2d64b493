// Words that are spelt nearly alike.

/** By how many edits a word of this length may differ: by one from four letters, by two from eight. Numbers may not. */
export const reachOf = (word: string): number => (word.length < 4 || /^\d/.test(word) ? 0 : word.length < 8 ? 1 : 2);

/**
 * The places in a sorted list of the words within `reach` edits of `word`, with the number of edits
 * (Damerau's distance, where no part is edited twice). The rows of the comparison are kept for the
 * beginning that a word shares with the one before, and where a beginning is already too far off,
 * every word with it is passed over.
 */
export function near(word: string, list: readonly string[], reach: number): Map<number, number> {
  const found = new Map<number, number>();
  const width = word.length + 1;
  const rows: Uint8Array[] = [Uint8Array.from({ length: width }, (_, i) => i)];
  let last = "";
  let dead = Infinity; // the length of the beginning that is too far off already
  for (let at = 0; at < list.length; at++) {
    const other = list[at]!;
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
    if (dead === Infinity && rows[other.length]![word.length]! <= reach) found.set(at, rows[other.length]![word.length]!);
  }
  return found;
}
