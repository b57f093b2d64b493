// Words as they are compared: the same function as Fold in internal/search/fold.go, letter for
// letter. The differential test runs both.

/** The number of letters of a word that are kept. */
export const MAX_WORD = 32;

/** Letters that no decomposition takes apart but that people type with others. */
const spelt: Readonly<Record<string, string>> = { ø: "o", ł: "l", đ: "d", ð: "d", ı: "i", ß: "ss", æ: "ae", œ: "oe", þ: "th", ς: "σ" };

const isLetter = (c: number): boolean =>
  c < 0x80
    ? (c >= 0x61 && c <= 0x7a) || (c >= 0x30 && c <= 0x39)
    : c >= 0xc0 && c !== 0xd7 && c !== 0xf7 && (c < 0x2000 || c > 0x2bff) && (c < 0x3000 || c > 0x303f) && c < 0xd800;

const isMark = (c: number): boolean =>
  (c >= 0x300 && c <= 0x36f) || (c >= 0x591 && c <= 0x5c7) || (c >= 0x64b && c <= 0x65f);

const isApostrophe = (c: string): boolean => "'`´ʼʻ‘’‛".includes(c);

/** The words of a text: no accents, lower case, apostrophes and the points of "Ph.D." closed up. */
export function fold(text: string): string[] {
  const folded = text.normalize("NFKD").toLowerCase();
  const words: string[] = [];
  let word = "";
  const end = (): void => {
    if (word) words.push(word.slice(0, MAX_WORD));
    word = "";
  };
  for (let i = 0; i < folded.length; i++) {
    const c = folded[i]!;
    const code = folded.charCodeAt(i);
    if (isMark(code) || isApostrophe(c)) continue;
    if (c === "." && word && word.length <= 2 && i + 1 < folded.length && isLetter(folded.charCodeAt(i + 1))) continue;
    if (isLetter(code)) word += spelt[c] ?? c;
    else end();
  }
  end();
  return words;
}
