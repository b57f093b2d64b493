// The words of a query become costs: for each document the lowest sum of tiers over every way to
// cut the words into phrases and single words. The reference, with every reason, is
// internal/search/words.go; this is the same function.

import { fold } from "./fold.ts";
import { Part, type Docs, type Entry, type Index, type Phrase, type Ref } from "./index.ts";

/** Marks a document that a word did not find. */
export const NONE = 255;
/** Miles around a postcode where nothing else is said. */
export const DEFAULT_WITHIN = 25;
/** A distance that is not known. */
export const FAR = 65535;

const MAX_QUERY = 400;
const MAX_WORDS = 12;
const SHORT = 3;

// The tiers; see internal/search/rank.go.
const CONCERN = 2;
const DETAIL = 3;
const PARTIAL = 4;
const edits = (n: number): number => (n === 1 ? 10 : 14);
const TEXT = 3; // the kind
/** By kind of field; see Entry. */
const whole = [0, DETAIL, DETAIL, 8, DETAIL, 0];
const UNSAID = 10;
const NAMES = [0, 1, 2, 4, 5];
/** The kinds that are found by a spelling close to them. */
const SPELLED = [0, 2, 4, 5];

export interface Token {
  readonly word: string;
  /** The last word, which may be only its beginning. */
  readonly typing: boolean;
  /** It lifts those that it finds and leaves out nobody. */
  readonly extra?: boolean;
}

/** A part of the words that was read as a term, or as a postcode: then the key is "zip" and the id the code. */
export interface Chip {
  /** From which token up to which. */
  readonly i: number;
  readonly j: number;
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
  /** By token: the words within reach of a misspelt one, with their distance. */
  readonly nears: readonly Near[];
  /** By token: whether the word stands nowhere as typed. */
  readonly strange: readonly boolean[];
  /** By document: the miles from the first postcode among the words. */
  readonly miles: Uint16Array | undefined;
}

/** A phrase from one token up to another that was read as a term, or one word that is a postcode: then the facet is -1. */
interface Span {
  readonly i: number;
  readonly j: number;
  readonly ref: Ref;
  readonly add: number;
  readonly exact: boolean;
}

type Near = ReadonlyMap<string, number>;

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

/** Reads words out of texts and finds the documents they mean. */
export interface Words {
  read(text: string): Reading;
  /** Searches for tokens; `soft` are names that lift whoever has them. */
  readTokens(tokens: readonly Token[], soft: readonly string[]): Reading;
  /** By document: whole miles from a postcode; undefined for an unknown one. */
  milesFrom(zip: string): Uint16Array | undefined;
}

/** Words on an index. Functions in one scope instead of a class: their names need not travel. */
export function wordsOf(index: Index): Words {
  const { documents } = index;
  const none = (): Uint8Array => new Uint8Array(documents).fill(NONE);

  function read(text: string): Reading {
    const [tokens, soft] = passOver(...split(text));
    if (!tokens.length) return { any: false, scores: new Uint8Array(documents), chips: [], ignored: [], tokens, spans: [], nears: [], strange: [], miles: undefined };
    return readTokens(tokens, soft);
  }

  function readTokens(tokens: readonly Token[], soft: readonly string[]): Reading {
    let reading = attempt(tokens, true);
    // While parts are missing nothing is known yet: asking further would only fetch what nobody needs.
    if (!index.missing.size && reading.scores.every((s) => s === NONE)) reading = attempt(tokens, false);
    const { scores } = reading;
    for (const word of soft) {
      const lists = named(word);
      scores.forEach((score, doc) => {
        if (score !== NONE && !lists.some((docs) => has(docs, doc))) scores[doc] = score + 1;
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
      if (!index.functionWords.has(word) || (i === last && lexemes(word).some((e) => e.phrases.some((p) => !p.rest.length))) || (!last && isKnown(token))) tokens.push(token);
      else if (token.typing && tokens.length && tokens.every((t) => named(t.word).length)) tokens.push({ ...token, extra: true });
      else if (index.names.has(word)) soft.push(word);
    });
    return [tokens.slice(0, MAX_WORDS), soft.slice(0, 3)];
  }

  /** The entries of the lexicon for a word and, with `open`, for what begins with it. */
  const lexemes = (word: string, open = false): Entry[] => index.entries(Part.Names, word, open);

  /** The documents that have a word in their name. */
  const named = (word: string): Docs[] => lexemes(word).flatMap((e) => [0, 5].flatMap((kind) => index.docs(e, kind) ?? []));

  /** Takes out filler phrases, longest first, where they are not part of a term. */
  function passOver(tokens: Token[], soft: string[]): [Token[], string[]] {
    const fits = index.fillers.flatMap((words) => tokens.flatMap((_, i) => (words.every((w, k) => tokens[i + k]?.word === w) ? [{ i, n: words.length }] : [])));
    const inTerm = coveredBy(fits.length ? phrases(tokens, []) : [], tokens.length);
    const left: Token[] = [];
    for (let i = 0; i < tokens.length; ) {
      const n = Math.max(0, ...fits.filter((f) => f.i === i && !inTerm.slice(i, i + f.n).includes(true)).map((f) => f.n));
      const { word } = tokens[i]!;
      if (!n) left.push(tokens[i]!);
      else if (n === 1 && index.names.has(word) && soft.length < 3) soft.push(word);
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
    const strange = tokens.map((t) => !isKnown(t));
    const nears = tokens.map(({ word }, i): Near => (!strict || (strange[i] && !index.missing.size) ? index.aid("near")?.spelled(index, word) : undefined) ?? new Map());
    const spans = phrases(tokens, nears);
    const covered = coveredBy(strict ? spans : [], n);
    const isRead = spans.some((s) => s.exact);
    const sums = Array.from({ length: n + 1 }, none);
    sums[0]!.fill(0);
    const ignored: string[] = [];
    let found = false;
    let miles: Uint16Array | undefined;
    const join = (to: number, from: number, costs: Uint8Array): void => {
      const sum = sums[to]!;
      const base = sums[from]!;
      for (let doc = 0; doc < documents; doc++) {
        const cost = costs[doc]! + base[doc]!;
        if (cost < NONE && cost < sum[doc]!) sum[doc] = cost;
      }
    };
    tokens.forEach((token, i) => {
      for (const s of spans) {
        if (s.i !== i) continue;
        const costs = none();
        if (s.ref[0] < 0) {
          const from = milesFrom(token.word);
          miles ??= from;
          from?.forEach((m, doc) => {
            if (m <= DEFAULT_WITHIN) {
              costs[doc] = DETAIL;
              found = true;
            }
          });
        } else if (addTerm(costs, s.ref, s.add)) found = true;
        join(s.j, i, costs);
      }
      const costs = none();
      const hit = wordCosts(costs, token, covered[i]!, nears[i]!, n === 2 && !isRead ? 1 : 0);
      if (hit) found = true;
      if (token.extra || (strict && isRead && !strange[i] && !covered[i] && !isNamed(token))) costs.forEach((cost, doc) => (costs[doc] = Math.min(cost, UNSAID)));
      else if (!hit && !spans.some((s) => s.i <= i && i < s.j)) {
        ignored.push(token.word);
        costs.fill(0);
      }
      join(i + 1, i, costs);
    });
    return { any: true, tokens, spans, nears, strange, miles, chips: chipsOf(tokens, spans), scores: found ? sums[n]! : none(), ignored: found ? ignored : [] };
  }

  /** Whether a word is found anywhere as it is typed. */
  const isKnown = (token: Token): boolean => isNamed(token) || texts(token).length > 0;

  /** The entries for a word of texts. Their files are larger than those of names, which are read first: many words need no others. */
  const texts = ({ word, typing }: Token): Entry[] => (index.missing.size ? [] : index.entries(Part.Text, word, typing && word.length >= SHORT));

  /** Whether a word is found as it is typed anywhere but in texts. */
  function isNamed({ word, typing }: Token): boolean {
    const isLong = word.length >= SHORT;
    return isPostcode(word) || lexemes(word, typing).some((e) => e.word === word || isLong || e.docs.some(Boolean));
  }

  /** The phrases among tokens; `nears` holds the words within reach of misspelt ones. */
  function phrases(tokens: readonly Token[], nears: readonly Near[]): Span[] {
    const spans: Span[] = [];
    tokens.forEach(({ word }, i) => {
      if (isPostcode(word)) spans.push({ i, j: i + 1, ref: [-1, 0], add: 0, exact: true });
      for (const first of new Set([word, ...(nears[i]?.keys() ?? [])]))
        for (const e of lexemes(first))
          for (const phrase of e.phrases) {
            const span = match(tokens, nears, i, first, phrase);
            if (span) spans.push(span);
          }
    });
    return spans;
  }

  /** Compares a phrase with the tokens from `i` on; it may go on where they end, once two words were typed. */
  function match(tokens: readonly Token[], nears: readonly Near[], i: number, first: string, { ref, rest }: Phrase): Span | undefined {
    let add = 0;
    let at = i;
    for (const word of [first, ...rest]) {
      const token = tokens[at];
      if (!token) return at - i < 2 ? undefined : { i, j: at, ref, add: Math.max(add, PARTIAL), exact: false };
      const distance = word === token.word ? 0 : nears[at]?.get(word);
      if (distance === undefined) {
        if (at === i || !token.typing || !word.startsWith(token.word)) return undefined;
        return { i, j: at + 1, ref, add: Math.max(add, PARTIAL), exact: false };
      }
      if (distance) add = Math.max(add, edits(distance));
      at++;
    }
    return { i, j: at, ref, add, exact: !add };
  }

  /** The exact phrases from left to right, the longest first where they overlap. */
  function chipsOf(tokens: readonly Token[], spans: readonly Span[]): Chip[] {
    const chips: Chip[] = [];
    for (let i = 0; i < tokens.length; ) {
      const [best] = spans.filter((s) => s.exact && s.i === i).sort((a, b) => b.j - a.j || compare(a.ref, b.ref));
      if (!best) {
        i++;
        continue;
      }
      const { j, ref } = best;
      const words = tokens
        .slice(i, j)
        .map((t) => t.word)
        .join(" ");
      const facet = index.facets[ref[0]];
      chips.push({ i, j, words, key: "zip", id: words, label: `Within ${DEFAULT_WITHIN} miles of ${words}`, ...(facet && { key: facet.key, ...facet.terms[ref[1]] }) });
      i = j;
    }
    return chips;
  }

  /** Lowers costs to `cost` where `docs` says, and says whether there are any. */
  function lower(costs: Uint8Array, docs: Docs | undefined, cost: number): boolean {
    if (!docs) return false;
    for (let i = 0; i < docs.length; i++) if (cost < costs[docs[i]!]!) costs[docs[i]!] = cost;
    return docs.length > 0;
  }

  /** Lowers costs to the tier of a term's documents, and says whether there are any. */
  function addTerm(costs: Uint8Array, ref: Ref, add: number): boolean {
    const { tier } = index.facets[ref[0]]!;
    const { docs, first } = index.members(ref);
    if (tier === CONCERN) lower(costs, first, tier - 1 + add);
    return lower(costs, docs, tier + add);
  }

  /** Lowers costs to what a single word finds, and says whether that is anything. Names of many words cost `longer` more. */
  function wordCosts(costs: Uint8Array, token: Token, covered: boolean, nears: Near, longer: number): boolean {
    const { word, typing } = token;
    let hit = false;
    const add = (docs: Docs | undefined, cost: number): void => {
      if (lower(costs, docs, cost)) hit = true;
    };
    const addKinds = (e: Entry, kinds: readonly number[], cost: number): void => kinds.forEach((kind) => add(index.docs(e, kind), whole[kind]! + cost + (kind === 5 ? longer : 0)));
    const addTerms = (e: Entry, cost: number): void => {
      for (const ref of e.terms) if (addTerm(costs, ref, cost)) hit = true;
    };
    const isLong = word.length >= SHORT;
    for (const e of lexemes(word, typing)) {
      const exact = e.word === word;
      addKinds(e, NAMES, exact ? 0 : PARTIAL);
      if (!covered && (exact || isLong)) addTerms(e, PARTIAL);
    }
    if (!covered) for (const e of texts(token)) add(index.docs(e, TEXT), whole[TEXT]! + (e.word === word ? 0 : 1));
    for (const [other, distance] of nears)
      if (distance)
        for (const e of lexemes(other)) {
          addKinds(e, SPELLED, edits(distance));
          addTerms(e, edits(distance));
        }
    return hit;
  }

  const isPostcode = (word: string): boolean => /^\d{5}$/.test(word) && !!milesFrom(word);

  const milesFrom = (zip: string): Uint16Array | undefined => (zip ? index.aid("distance")?.milesFrom(index, zip) : undefined);

  return { read, readTokens, milesFrom };
}
