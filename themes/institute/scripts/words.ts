// The words of a query become costs: for each document the lowest sum of tiers over every way to
// cut the words into phrases and single words. The reference, with every reason, is
// internal/search/words.go; this is the same function.

import { fold } from "./fold.ts";
import { near, reachOf } from "./near.ts";
import { Part, type Dictionary, type Index, type Ref } from "./index.ts";

/** Marks a document that a word did not find. */
export const NONE = 255;
/** Miles around a postcode where nothing else is said. */
export const DEFAULT_WITHIN = 25;

const MAX_QUERY = 400;
const MAX_WORDS = 12;
const SHORT_TEXT = 3;

// The tiers; see internal/search/rank.go.
const CONCERN = 2;
const PARTIAL = 4;
const TEXT = 3; // the kind
const TEXT_PREFIX = 9;
const edits = (n: number): number => (n === 1 ? 10 : 14);
/** By kind of field: name, letters, place, text, nickname. */
const whole = [0, 3, 3, 8, 3];

export interface Token {
  readonly word: string;
  /** The last word, which may be only its beginning. */
  readonly typing: boolean;
}

/** A part of the words that was read as a term, or as a postcode: then the key is "zip" and the id the code. */
export interface Chip {
  readonly words: string;
  readonly key: string;
  readonly id: string;
  readonly label: string;
}

export interface Reading {
  /** There were words to search for. */
  readonly any: boolean;
  /** By document. */
  readonly scores: Uint8Array;
  readonly chips: readonly Chip[];
  /** Words that nothing matches, not even nearly. */
  readonly ignored: readonly string[];
  readonly tokens: readonly Token[];
  readonly spans: readonly Span[];
  /** By token: the vocabulary's words within reach of a misspelt one. */
  readonly nears: readonly Near[];
  /** By token: whether the word stands nowhere as typed. */
  readonly strange: readonly boolean[];
  /** By document: the miles from the first postcode among the words. */
  readonly miles: readonly number[] | undefined;
}

/** A phrase from one token up to another that was read as a term, or one word that is a postcode: then the facet is -1. */
interface Span {
  readonly i: number;
  readonly j: number;
  readonly ref: Ref;
  readonly add: number;
  readonly exact: boolean;
}

type Near = Map<number, number> | undefined;

/** Where `word` stands, or would stand, in sorted words. */
function seek(words: readonly string[], word: string): number {
  let from = 0;
  let to = words.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (words[middle]! < word) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The number of `word` in sorted words, or -1. */
function find(words: readonly string[], word: string): number {
  const at = seek(words, word);
  return words[at] === word ? at : -1;
}

/** The numbers of the words that begin with `word` and are longer. */
function longer(words: readonly string[], word: string): number[] {
  const found: number[] = [];
  for (let at = seek(words, word); at < words.length && words[at]!.startsWith(word); at++) if (words[at] !== word) found.push(at);
  return found;
}

const compare = (a: Ref, b: Ref): number => a[0] - b[0] || a[1] - b[1];

/** Reads words out of texts and finds the documents they mean. */
export interface Words {
  read(text: string): Reading;
  /** Searches for tokens; `soft` are names that lift whoever has them. */
  readTokens(tokens: readonly Token[], soft: readonly string[]): Reading;
  /** What of the words a document has that its card may not show; see internal/search/why.go. */
  why(reading: Reading, doc: number): string[];
  /** By document: whole miles from a postcode, Infinity where not known; undefined for an unknown one. */
  milesFrom(zip: string): number[] | undefined;
}

/** Words on an index. Functions in one scope instead of a class: their names need not travel. */
export function wordsOf(index: Index): Words {
  function read(text: string): Reading {
    const [tokens, soft] = passOver(...split(text));
    if (!tokens.length) return { any: false, scores: new Uint8Array(index.documents), chips: [], ignored: [], tokens, spans: [], nears: [], strange: [], miles: undefined };
    return readTokens(tokens, soft);
  }

  function readTokens(tokens: readonly Token[], soft: readonly string[]): Reading {
    let reading = attempt(tokens, true);
    // While parts are missing nothing is known yet: asking further would only fetch what nobody needs.
    if (!index.missing.size && reading.scores.every((s) => s === NONE)) reading = attempt(tokens, false);
    const { scores } = reading;
    for (const word of soft) {
      const docs = new Set(named(word));
      scores.forEach((score, doc) => {
        if (score !== NONE && !docs.has(doc)) scores[doc] = score + 1;
      });
    }
    return reading;
  }

  /** The words that count, and those passed over that are somebody's name. */
  function split(text: string): [Token[], string[]] {
    const cut = text.slice(0, MAX_QUERY);
    const words = fold(cut);
    const last = words.length - 1;
    const typing = !/[ \t\n\r,.;!?]$/.test(cut);
    const tokens: Token[] = [];
    const soft: string[] = [];
    words.forEach((word, i) => {
      const token = { word, typing: typing && i === last };
      if (!index.functionWords.has(word) || (i === last && isPhrase(word)) || (!last && isKnown(token))) tokens.push(token);
      else if (named(word).length) soft.push(word);
    });
    return [tokens.slice(0, MAX_WORDS), soft.slice(0, 3)];
  }

  function isPhrase(word: string): boolean {
    return !!index.phrasesFrom.get(find(index.vocabulary, word))?.some((p) => p.words.length === 1);
  }

  /** The documents that have a word in their name. */
  function named(word: string): readonly number[] {
    return index.shards(Part.Names, word).flatMap(({ words, docs }) => docs[find(words, word)]?.[0] ?? []);
  }

  /** Takes out filler phrases, longest first, where they are not part of a term. */
  function passOver(tokens: Token[], soft: string[]): [Token[], string[]] {
    const inTerm = coveredBy(phrases(tokens, []), tokens.length);
    const left: Token[] = [];
    for (let i = 0; i < tokens.length; ) {
      let n = 0;
      for (const words of index.fillers) {
        const to = i + words.length;
        if (words.length > n && to <= tokens.length && words.every((w, k) => tokens[i + k]!.word === w) && !inTerm.slice(i, to).includes(true))
          n = words.length;
      }
      if (!n) left.push(tokens[i]!);
      else if (n === 1 && named(tokens[i]!.word).length && soft.length < 3) soft.push(tokens[i]!.word);
      i += n || 1;
    }
    return !left.length && tokens.length === 1 && soft.length ? [tokens, []] : [left, soft];
  }

  function coveredBy(spans: readonly Span[], n: number): boolean[] {
    return Array.from({ length: n }, (_, i) => spans.some((s) => s.exact && s.i <= i && i < s.j));
  }

  /**
   * Searches for tokens. When strict, a word that was read as part of a term is nothing else but a
   * name, and only words that nothing matches are searched by spelling.
   */
  function attempt(tokens: readonly Token[], strict: boolean): Reading {
    const n = tokens.length;
    const { documents } = index;
    const known = tokens.map(isKnown);
    const reaches = tokens.map(({ word }, i) => (!strict || (!known[i] && !index.missing.size) ? reach(word) : 0));
    const nears = tokens.map((t, i): Near => (reaches[i] ? near(t.word, index.vocabulary, reaches[i]!) : undefined));
    const spans = phrases(tokens, nears);
    const covered = coveredBy(strict ? spans : [], n);
    const none = (): Uint8Array => new Uint8Array(documents).fill(NONE);
    const sums = Array.from({ length: n + 1 }, none);
    sums[0]!.fill(0);
    const ignored: string[] = [];
    let found = false;
    const join = (to: number, from: number, costs: Uint8Array): void => {
      const sum = sums[to]!;
      const base = sums[from]!;
      for (let doc = 0; doc < documents; doc++) {
        const cost = costs[doc]! + base[doc]!;
        if (cost < NONE && cost < sum[doc]!) sum[doc] = cost;
      }
    };
    tokens.forEach((token, i) => {
      for (const s of spans)
        if (s.i === i) {
          const costs = none();
          if (s.ref[0] < 0 ? addNearby(costs, token.word) : addTerm(costs, s.ref, s.add)) found = true;
          join(s.j, i, costs);
        }
      const costs = none();
      if (wordCosts(costs, token, covered[i]!, reaches[i]!, nears[i])) found = true;
      else if (!spans.some((s) => s.i <= i && i < s.j)) {
        ignored.push(token.word);
        costs.fill(0);
      }
      join(i + 1, i, costs);
    });
    const code = spans.find((s) => s.ref[0] < 0);
    const miles = code && milesFrom(tokens[code.i]!.word);
    return { any: true, tokens, spans, nears, strange: known.map((k) => !k), miles, chips: chipsOf(tokens, spans), scores: found ? sums[n]! : none(), ignored: found ? ignored : [] };
  }

  /** Whether a word is found anywhere as it is typed. */
  function isKnown({ word, typing }: Token): boolean {
    const has = (dictionary: Dictionary, open: boolean): boolean =>
      find(dictionary.words, word) >= 0 || (open && longer(dictionary.words, word).length > 0);
    const { vocabulary } = index;
    if (isPostcode(word) || find(vocabulary, word) >= 0 || (typing && longer(vocabulary, word).length) || index.shards(Part.Names, word, typing).some((s) => has(s, typing))) return true;
    const open = typing && word.length >= SHORT_TEXT;
    return index.shards(Part.Text, word, open).some((s) => has(s, open));
  }

  /** The phrases among tokens; `nears` holds the vocabulary's words within reach of misspelt ones. */
  function phrases(tokens: readonly Token[], nears: readonly Near[]): Span[] {
    const { vocabulary, phrasesFrom } = index;
    const spans: Span[] = [];
    tokens.forEach((token, i) => {
      if (isPostcode(token.word)) spans.push({ i, j: i + 1, ref: [-1, 0], add: 0, exact: true });
      const first = [...(nears[i]?.keys() ?? [])];
      const own = find(vocabulary, token.word);
      if (own >= 0 && !first.includes(own)) first.push(own);
      for (const word of first)
        for (const { ref, words } of phrasesFrom.get(word) ?? []) {
          const span = match(tokens, nears, i, ref, words);
          if (span) spans.push(span);
        }
    });
    return spans;
  }

  /** Compares a phrase with the tokens from `i` on; it may go on where they end, once two words were typed. */
  function match(tokens: readonly Token[], nears: readonly Near[], i: number, ref: Ref, words: readonly number[]): Span | undefined {
    let add = 0;
    for (let k = 0; k < words.length; k++) {
      const at = i + k;
      const token = tokens[at];
      if (!token) return k < 2 ? undefined : { i, j: at, ref, add: Math.max(add, PARTIAL), exact: false };
      const word = index.vocabulary[words[k]!]!;
      const distance = word === token.word ? 0 : nears[at]?.get(words[k]!);
      if (distance === undefined) {
        if (!k || !token.typing || !word.startsWith(token.word)) return undefined;
        return { i, j: at + 1, ref, add: Math.max(add, PARTIAL), exact: false };
      }
      if (distance) add = Math.max(add, edits(distance));
    }
    return { i, j: i + words.length, ref, add, exact: !add };
  }

  /** The exact phrases from left to right, the longest first where they overlap. */
  function chipsOf(tokens: readonly Token[], spans: readonly Span[]): Chip[] {
    const chips: Chip[] = [];
    for (let i = 0; i < tokens.length; ) {
      let best: Span | undefined;
      for (const s of spans) {
        if (!s.exact || s.i !== i) continue;
        if (!best || s.j > best.j || (s.j === best.j && compare(s.ref, best.ref) < 0)) best = s;
      }
      if (best) {
        const words = tokens
          .slice(i, best.j)
          .map((t) => t.word)
          .join(" ");
        const facet = index.facets[best.ref[0]];
        const { id, label } = facet?.terms[best.ref[1]] ?? { id: words, label: `Within ${DEFAULT_WITHIN} miles of ${words}` };
        chips.push({ words, key: facet?.key ?? "zip", id, label });
      }
      i = best ? best.j : i + 1;
    }
    return chips;
  }

  /** Lowers costs to the tier of a term's documents, and says whether there are any. */
  function addTerm(costs: Uint8Array, [facet, term]: Ref, add: number): boolean {
    const { tier } = index.facets[facet]!;
    const members = index.members(facet)[term]!;
    for (const m of members) {
      const cost = tier - (tier === CONCERN && !(m & 1) ? 1 : 0) + add;
      if (cost < costs[m >> 1]!) costs[m >> 1] = cost;
    }
    return members.length > 0;
  }

  /** Lowers costs to what a single word finds, and says whether that is anything. */
  function wordCosts(costs: Uint8Array, { word, typing }: Token, covered: boolean, reach: number, nears: Near): boolean {
    let hit = false;
    const add = (docs: readonly number[] | undefined, cost: number): void => {
      for (const doc of docs ?? []) if (cost < costs[doc]!) costs[doc] = cost;
      if (docs?.length) hit = true;
    };
    const terms = (vocabularyWord: number, cost: number): void => {
      for (const ref of index.termsOf[vocabularyWord]!) if (addTerm(costs, ref, cost)) hit = true;
    };
    const texts = covered ? [] : index.shards(Part.Text, word, typing && word.length >= SHORT_TEXT);
    for (const { words, docs } of [...index.shards(Part.Names, word, typing), ...texts]) {
      docs[find(words, word)]?.forEach((list, kind) => add(list, whole[kind]!));
      if (typing)
        for (const at of longer(words, word))
          docs[at]!.forEach((list, kind) => {
            if (kind !== TEXT) add(list, whole[kind]! + PARTIAL);
            else if (word.length >= SHORT_TEXT) add(list, TEXT_PREFIX);
          });
    }
    if (!covered) {
      const own = find(index.vocabulary, word);
      if (own >= 0) terms(own, PARTIAL);
      if (typing) for (const at of longer(index.vocabulary, word)) terms(at, PARTIAL);
    }
    if (reach) {
      for (const { words, docs } of index.shards(Part.Names))
        near(word, words, reach).forEach((distance, at) => {
          if (distance) docs[at]!.forEach((list, kind) => kind !== 1 && add(list, whole[kind]! + edits(distance)));
        });
      nears?.forEach((distance, at) => {
        if (distance) terms(at, edits(distance));
      });
    }
    return hit;
  }

  /** By how many edits a word may differ: by two only where no word is nearer, itself included. */
  function reach(word: string): number {
    const most = reachOf(word);
    const nearer = (): boolean =>
      near(word, index.vocabulary, 1).size > 0 ||
      index.shards(Part.Names).some(({ words, docs }) => [...near(word, words, 1).keys()].some((at) => docs[at]!.some((list, kind) => list && kind !== 1)));
    return most > 1 && nearer() ? 1 : most;
  }

  const isPostcode = (word: string): boolean => /^\d{5}$/.test(word) && !!index.postcodes()?.has(word);

  function milesFrom(zip: string): number[] | undefined {
    const from = zip ? index.postcodes()?.get(zip) : undefined;
    return from && index.places()?.map((spots) => Math.min(...spots.map((to) => milesBetween(from, to))));
  }

  /** Sets costs to those of the documents near a postcode. */
  function addNearby(costs: Uint8Array, zip: string): boolean {
    let any = false;
    milesFrom(zip)?.forEach((miles, doc) => {
      if (miles <= DEFAULT_WITHIN) {
        costs[doc] = whole[2]!;
        any = true;
      }
    });
    return any;
  }

  function why({ tokens, spans, nears }: Reading, doc: number): string[] {
    const why = new Set<string>();
    const has = ([facet, term]: Ref): boolean => index.members(facet)[term]!.some((m) => m >> 1 === doc);
    const say = (ref: Ref): unknown => why.add(index.facets[ref[0]]!.terms[ref[1]]!.label);
    const sorted = [...spans].sort((a, b) => a.i - b.i || b.j - a.j || a.add - b.add || compare(a.ref, b.ref));
    for (let i = 0; i < tokens.length; ) {
      const span = sorted.find((s) => s.i === i && (s.ref[0] < 0 ? milesFrom(tokens[i]!.word)![doc]! <= DEFAULT_WITHIN : has(s.ref)));
      if (span) {
        if (span.ref[0] >= 0) say(span.ref);
      } else {
        const { word, typing } = tokens[i]!;
        const open = word.length >= SHORT_TEXT;
        const kinds = new Set<number>();
        for (const { words, docs } of [...index.shards(Part.Names, word, typing), ...index.shards(Part.Text, word, typing && open)])
          for (const at of [find(words, word), ...(typing ? longer(words, word) : [])])
            docs[at]?.forEach((list, kind) => {
              if ((kind !== TEXT || open || words[at] === word) && list?.includes(doc)) kinds.add(kind);
            });
        const isText = kinds.delete(TEXT);
        if (!kinds.size) {
          const near = [find(index.vocabulary, word), ...(typing ? longer(index.vocabulary, word) : []), ...(nears[i]?.keys() ?? [])];
          const [ref] = near
            .flatMap((n) => index.termsOf[n] ?? [])
            .filter(has)
            .sort(compare);
          if (ref) say(ref);
          else if (isText) why.add(`“${word}”`);
        }
      }
      i = span ? span.j : i + 1;
    }
    return [...why];
  }

  return { read, readTokens, why, milesFrom };
}

/** The length of the great circle between two spots in whole miles, on a sphere of the Earth's mean radius. */
function milesBetween(a: readonly [number, number], b: readonly [number, number]): number {
  const radians = (thousandths: number): number => thousandths * (Math.PI / 180000);
  const lat = Math.sin(radians(b[0] - a[0]) / 2);
  const lon = Math.sin(radians(b[1] - a[1]) / 2);
  const h = lat * lat + Math.cos(radians(a[0])) * Math.cos(radians(b[0])) * lon * lon;
  return Math.floor(2 * 3958.76 * Math.asin(Math.min(1, Math.sqrt(h))) + 0.5);
}
