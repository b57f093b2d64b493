// The index as it was read so far: the root, and the parts that queries have needed.

import { open, type Reader } from "./reader.ts";

/** The kinds of parts, as internal/search/files.go numbers them. */
export const enum Part {
  Names,
  Text,
  Set,
  Spelling,
  Backwards,
  Prefix,
  Facet,
  Terms,
  Cards,
  Table,
  IDs,
  Range,
  Sort,
  Places,
  Postcodes,
  Towns,
  Kinds,
}

export interface Term {
  readonly id: string;
  readonly label: string;
  readonly formal: string;
}

export interface Facet {
  readonly key: string;
  /** What a match with one of the terms is worth. */
  readonly tier: number;
  /** The number of terms. */
  readonly size: number;
  /** Empty while the file that holds them is missing. */
  readonly terms: readonly Term[];
}

/** A term, by the number of its facet and its own. */
export type Ref = readonly [facet: number, term: number];

/** What people type for a term, without its first word. */
export interface Phrase {
  readonly ref: Ref;
  readonly rest: readonly string[];
}

/** Documents, by their rising numbers. */
export type Docs = Uint32Array;

/** A part of the index, or a list of parts of its kind. */
interface Piece {
  readonly kind: Part;
  readonly key: string;
  readonly isList: boolean;
  /** Empty for a part of the root. */
  readonly file: string;
  read: Reader | undefined;
  value: unknown;
}

/** A word of a dictionary. */
export interface Entry {
  readonly word: string;
  /** The documents that have it, by kind of field: 0 name, 1 letters, 2 place, 3 text, 4 nickname, 5 name of more than two words. */
  readonly docs: readonly (Docs | undefined)[];
  /** The terms that have it in a phrase. */
  readonly terms: readonly Ref[];
  /** The phrases that begin with it. */
  readonly phrases: readonly Phrase[];
}

/** The documents that have a term, and those of them that name it first. */
export interface Members {
  readonly docs: Docs;
  readonly first: Docs;
}

/** A document as a list shows it. */
export interface Card {
  readonly id: string;
  readonly nodes: readonly CardNode[];
}

/** A text, or an element with its name, attributes and children. */
export type CardNode = string | { readonly name: string; readonly attributes: readonly (readonly [string, string])[]; readonly children: readonly CardNode[] };

const NOTHING: Docs = new Uint32Array(0);
const ALL = "\uffff";
const key = (...numbers: number[]): string => String.fromCharCode(...numbers.map((n) => 256 + n));
const number = (key: string, i: number): number => key.charCodeAt(i) - 256;

/** The place of the first of sorted things that is no longer `before`. */
function seek<T>(list: readonly T[], before: (one: T) => boolean): number {
  let from = 0;
  let to = list.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (before(list[middle]!)) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** What cards have in common: a text, or an element whose attributes may hold the id or be each card's own. */
type Shape = string | { readonly name: string; readonly attributes: readonly (readonly [string, string])[] };

function shape(r: Reader): Shape {
  const name = r.text();
  return name ? { name, attributes: r.list((): [string, string] => [r.text(), r.text()]) } : r.text();
}

function card(r: Reader, shapes: readonly Shape[]): Card {
  const id = r.text();
  const nodes = (): CardNode[] => {
    const all: CardNode[] = [];
    for (let n; (n = r.number()); ) {
      const made = n > 1 ? shapes[n - 2]! : shape(r);
      if (typeof made === "string") all.push(made);
      else all.push({ name: made.name, attributes: made.attributes.map(([name, value]) => [name, value === "\x02" ? r.text() : value.split("\x01").join(id)]), children: nodes() });
    }
    return all;
  };
  return { id, nodes: nodes() };
}

/** What the engine fetches when it first needs it. */
interface Aids {
  near?: typeof import("./near.ts");
  distance?: typeof import("./distance.ts");
  why?: typeof import("./why.ts");
}

export class Index {
  readonly documents: number;
  readonly day: number;
  readonly pageSize: number;
  readonly facets: readonly Facet[];
  /** The facets' numbers by key. */
  readonly keys = new Map<string, number>();
  private readonly upper: readonly string[];
  readonly fillers: readonly (readonly string[])[];
  readonly functionWords: ReadonlySet<string>;
  /** Those of the words to pass over that are somebody's name. */
  readonly names: ReadonlySet<string>;
  readonly aids: Aids = {};
  /** The files and aids that the last question needed and that are not here yet. */
  readonly missing = new Set<string>();
  private readonly block: number;
  private readonly pieces: Piece[][] = [];
  /** Who waits for a file: runs of parts that stand in it one after another. */
  private readonly waiting = new Map<string, Piece[][]>();

  /** `root` is the decompressed root file, `today` the day in days since 1 January 1970. */
  constructor(root: Uint8Array, today: number) {
    const r = open(root);
    this.documents = r.number();
    this.day = Math.max(today, r.number());
    this.pageSize = r.number();
    this.block = r.number();
    this.facets = r.list(() => {
      const key = r.text();
      const terms = (): readonly Term[] => this.terms(this.keys.get(key)!);
      this.keys.set(key, this.keys.size);
      return {
        key,
        tier: r.number(),
        size: r.number(),
        get terms() {
          return terms();
        },
      };
    });
    this.upper = r.list(() => r.text());
    this.fillers = r.list(() => r.text().split(" "));
    this.functionWords = new Set(r.text().split(" "));
    this.names = new Set(r.text().split(" "));
    for (let kind = 0; kind < Part.Kinds; kind++) this.pieces.push(this.list(r, kind, r.number() > 0));
    for (const piece of this.pieces.flat()) if (!piece.file) piece.read = r.inner();
  }

  /** Takes a file that was asked for. */
  add(file: string, bytes: Uint8Array): void {
    for (const run of this.waiting.get(file) ?? []) {
      const r = open(bytes);
      for (const piece of run) piece.read = r.inner();
    }
    this.missing.delete(file);
  }

  /** An aid; undefined, and noted, while it is missing. */
  aid<K extends keyof Aids>(name: K): Aids[K] {
    if (!this.aids[name]) this.missing.add(name);
    return this.aids[name];
  }

  /** The keys of the upper bounds. */
  bounds(): readonly string[] {
    return this.upper;
  }

  /** The documents that have a term today. */
  members([facet, term]: Ref): Members {
    const [piece] = this.find(Part.Facet, key(facet, term));
    return (piece && this.value(piece, (r) => r.rest(() => this.readMembers(r)))?.[term - number(piece.key, 1)]) ?? { docs: NOTHING, first: NOTHING };
  }

  private readMembers(r: Reader): Members {
    const plain = r.set(this.documents);
    const first = r.set(this.documents);
    let n = r.number();
    if (!n && !first.length) return { docs: plain, first };
    const state = new Uint8Array(this.documents); // 1 where a document has the term, 2 where it names it first
    for (const doc of plain) state[doc] = 1;
    for (let doc = 0; n > 0; n--) {
      const head = r.number();
      doc += head >> 1;
      const from = r.number();
      const until = r.number();
      if ((!from || this.day >= from) && (!until || this.day <= until)) state[doc] = Math.max(state[doc]!, 1 + (head & 1));
    }
    for (const doc of first) state[doc] = 2;
    const having = (least: number): Docs => Uint32Array.from(state.keys()).filter((doc) => state[doc]! >= least);
    return { docs: having(1), first: having(2) };
  }

  /** All terms of a facet; none while a file is missing. */
  private terms(facet: number): readonly Term[] {
    const found = this.find(Part.Terms, key(facet), key(facet) + ALL).flatMap((piece) =>
      number(piece.key, 0) === facet ? (this.value(piece, (r) => r.rest((): Term => ({ id: r.text(), label: r.text(), formal: r.text() }))) ?? []) : [],
    );
    return found.length < this.facets[facet]!.size ? [] : found;
  }

  /** The entries of a dictionary for `word` and, with `open`, for the longer words that begin with it. */
  entries(kind: Part.Names | Part.Text, word: string, open = false): Entry[] {
    const found: Entry[] = [];
    for (const piece of this.find(kind, word, open ? word + ALL : word)) {
      const entries = this.value(piece, (r) => this.readEntries(r, kind)) ?? [];
      let from = seek(entries, (e) => e.word < word);
      for (let entry; (entry = entries[from++]) && (open ? entry.word.startsWith(word) : entry.word === word); ) found.push(entry);
    }
    return found;
  }

  private readEntries(r: Reader, kind: Part): Entry[] {
    const next = r.words();
    const ref = (): Ref => [r.number(), r.number()];
    return r.list((): Entry => {
      const word = next();
      const mask = kind === Part.Text ? 0 : r.number();
      const sets = kind === Part.Text ? 8 : mask & 55;
      const docs = [0, 1, 2, 3, 4, 5].map((k) => (sets & (1 << k) ? r.set(this.documents) : undefined));
      return {
        word,
        docs,
        terms: mask & 8 ? r.list(ref) : [],
        phrases: mask & 64 ? r.list(() => ({ ref: ref(), rest: r.text().split(" ").filter(Boolean) })) : [],
      };
    });
  }

  /** The documents of an entry by kind; those of a very common word have a part of their own. */
  docs({ word, docs }: Entry, kind: number): Docs | undefined {
    const own = docs[kind];
    return own && !own.length ? this.one(Part.Set, `${word} ${kind}`, (r) => r.set(this.documents)) ?? NOTHING : own;
  }

  /** Of short beginnings of very many words: the documents with such a name, and those with other such words. */
  prefix(word: string): readonly [Docs, Docs] | undefined {
    const [piece] = this.find(Part.Prefix, word);
    return piece?.key === word ? (this.value(piece, (r): [Docs, Docs] => [r.set(this.documents), r.set(this.documents)]) ?? [NOTHING, NOTHING]) : undefined;
  }

  /** Words, sorted, of which some begin with `word`: those that are found by spelling, as they are or backwards. */
  spelling(kind: Part.Spelling | Part.Backwards, word: string): readonly string[] {
    return this.find(kind, word, word + ALL).flatMap((piece) => this.value(piece, (r) => r.list(r.words())) ?? []);
  }

  /** By document: its lower end of a range plus one, or 0. */
  range(bound: string): Docs | undefined {
    return this.one(Part.Range, bound, (r) => r.numbers(this.documents));
  }

  /** All documents in another order. */
  order(sort: string): Docs | undefined {
    return this.one(Part.Sort, sort, (r) => r.numbers(this.documents));
  }

  /** The document with an id, which is in lower case. */
  doc(id: string): number | undefined {
    const [piece] = this.find(Part.IDs, id);
    return piece && this.value(piece, (r) => {
      const word = r.words();
      return new Map(r.list((): [string, number] => [word(), r.number()]));
    })?.get(id);
  }

  /** A document's card; undefined while a file is missing. */
  card(doc: number): Card | undefined {
    const shapes = this.one(Part.Table, "", (r) => r.list(() => shape(r)));
    const [piece] = this.find(Part.Cards, key(Math.floor(doc / this.block)));
    const cards = piece && this.value(piece, (r) => (shapes ? r.rest(() => card(r, shapes)) : r));
    return shapes && Array.isArray(cards) ? cards[doc % this.block] : undefined;
  }

  /** The parts of a kind in which keys from `from` to `to` stand, if anywhere. */
  private find(kind: Part, from: string, to = from, among = this.pieces[kind]!): Piece[] {
    const found: Piece[] = [];
    // The last key at or before `from` is the first word of the part in which it would stand.
    for (let i = Math.max(0, seek(among, (p) => p.key <= from) - 1); i < among.length && among[i]!.key <= to; i++) {
      const piece = among[i]!;
      if (piece.isList) found.push(...this.find(kind, from, to, this.value(piece, (r) => this.list(r, kind, false)) ?? []));
      else found.push(piece);
    }
    return found;
  }

  /** What `read` makes of the part of a kind that has exactly this key. */
  one<T>(kind: Part, key: string, read: (r: Reader) => T): T | undefined {
    const [piece] = this.find(kind, key);
    return piece?.key === key ? this.value(piece, read) : undefined;
  }

  private list(r: Reader, kind: Part, isList: boolean): Piece[] {
    const word = r.words();
    let run: Piece[] = [];
    let file = "";
    return r.list(() => {
      const key = word();
      const where = r.number();
      if (where === 1) {
        file = r.hash();
        run = [];
        const runs = this.waiting.get(file);
        if (runs) runs.push(run);
        else this.waiting.set(file, [run]);
      }
      const piece: Piece = { kind, key, isList, file: where ? file : "", read: undefined, value: undefined };
      if (where) run.push(piece);
      return piece;
    });
  }

  /** What `read` makes of a part, once; undefined, and its file noted, while it is missing. */
  private value<T>(piece: Piece, read: (r: Reader) => T): T | undefined {
    if (piece.value === undefined) {
      if (!piece.read) {
        this.missing.add(piece.file);
        return undefined;
      }
      piece.value = read(piece.read);
      piece.read = undefined;
    }
    return piece.value as T;
  }
}
