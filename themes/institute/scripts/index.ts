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

function readCard(r: Reader, shapes: readonly Shape[]): Card {
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

/**
 * The index as it was read so far. `root` is the decompressed root file, `today` the day in days since 1 January 1970.
 * Functions in one scope instead of a class: their names need not travel.
 */
export function indexOf(root: Uint8Array, today: number) {
  const r = open(root);
  const documents = r.number();
  const day = Math.max(today, r.number());
  const pageSize = r.number();
  const block = r.number();
  /** The facets' numbers by key. */
  const keys = new Map<string, number>();
  const facets = r.list((): Facet => {
    const key = r.text();
    const facet = keys.size;
    keys.set(key, facet);
    return {
      key,
      tier: r.number(),
      size: r.number(),
      get terms() {
        return terms(facet);
      },
    };
  });
  const upper: readonly string[] = r.list(() => r.text());
  const fillers: readonly (readonly string[])[] = r.list(() => r.text().split(" "));
  const functionWords: ReadonlySet<string> = new Set(r.text().split(" "));
  /** Those of the words to pass over that are somebody's name. */
  const names: ReadonlySet<string> = new Set(r.text().split(" "));
  /** The files and aids that the last question needed and that are not here yet. */
  const missing = new Set<string>();
  const aids: Aids = {};
  /** Who waits for a file: runs of parts that stand in it one after another. */
  const waiting = new Map<string, Piece[][]>();
  const pieces: Piece[][] = [];
  for (let kind = 0; kind < Part.Kinds; kind++) pieces.push(list(r, kind, r.number() > 0));
  for (const piece of pieces.flat()) if (!piece.file) piece.read = r.inner();

  /** Takes a file that was asked for. */
  function add(file: string, bytes: Uint8Array): void {
    for (const run of waiting.get(file) ?? []) {
      const r = open(bytes);
      for (const piece of run) piece.read = r.inner();
    }
    missing.delete(file);
  }

  /** An aid; undefined, and noted, while it is missing. */
  function aid<K extends keyof Aids>(name: K): Aids[K] {
    if (!aids[name]) missing.add(name);
    return aids[name];
  }

  /** The documents that have a term today. */
  function members([facet, term]: Ref): Members {
    const [piece] = find(Part.Facet, key(facet, term));
    return (piece && value(piece, (r) => r.rest(() => readMembers(r)))?.[term - number(piece.key, 1)]) ?? { docs: NOTHING, first: NOTHING };
  }

  function readMembers(r: Reader): Members {
    const plain = r.set(documents);
    const first = r.set(documents);
    let n = r.number();
    if (!n && !first.length) return { docs: plain, first };
    const state = new Uint8Array(documents); // 1 where a document has the term, 2 where it names it first
    for (const doc of plain) state[doc] = 1;
    for (let doc = 0; n > 0; n--) {
      const head = r.number();
      doc += head >> 1;
      const from = r.number();
      const until = r.number();
      if ((!from || day >= from) && (!until || day <= until)) state[doc] = Math.max(state[doc]!, 1 + (head & 1));
    }
    for (const doc of first) state[doc] = 2;
    const having = (least: number): Docs => Uint32Array.from(state.keys()).filter((doc) => state[doc]! >= least);
    return { docs: having(1), first: having(2) };
  }

  /** All terms of a facet; none while a file is missing. */
  function terms(facet: number): readonly Term[] {
    const found = find(Part.Terms, key(facet), key(facet) + ALL).flatMap((piece) =>
      number(piece.key, 0) === facet ? (value(piece, (r) => r.rest((): Term => ({ id: r.text(), label: r.text(), formal: r.text() }))) ?? []) : [],
    );
    return found.length < facets[facet]!.size ? [] : found;
  }

  /**
   * The entries of a dictionary for `word` and, with `open`, for the longer words that begin with it. Short beginnings of
   * very many names have one for all of these, with the documents by name and by anything else.
   */
  function entries(kind: Part.Names | Part.Text, word: string, open = false): Entry[] {
    const found: Entry[] = [];
    const [ready] = open && !kind ? find(Part.Prefix, word) : [];
    if (ready?.key === word) {
      open = false;
      found.push({ word: word + ALL, docs: value(ready, (r) => [r.set(documents), r.set(documents)]) ?? [], terms: [], phrases: [] });
    }
    for (const piece of find(kind, word, open ? word + ALL : word)) {
      const entries = value(piece, (r) => readEntries(r, kind)) ?? [];
      let from = seek(entries, (e) => e.word < word);
      for (let entry; (entry = entries[from++]) && (open ? entry.word.startsWith(word) : entry.word === word); ) found.push(entry);
    }
    return found;
  }

  function readEntries(r: Reader, kind: Part): Entry[] {
    const next = r.words();
    const ref = (): Ref => [r.number(), r.number()];
    return r.list((): Entry => {
      const word = next();
      const mask = kind === Part.Text ? 0 : r.number();
      const sets = kind === Part.Text ? 8 : mask & 55;
      const docs = [0, 1, 2, 3, 4, 5].map((k) => (sets & (1 << k) ? r.set(documents) : undefined));
      return {
        word,
        docs,
        terms: mask & 8 ? r.list(ref) : [],
        phrases: mask & 64 ? r.list(() => ({ ref: ref(), rest: r.text().split(" ").filter(Boolean) })) : [],
      };
    });
  }

  /** The documents of an entry by kind; those of a very common word have a part of their own. */
  function docs({ word, docs }: Entry, kind: number): Docs | undefined {
    const own = docs[kind];
    return own && !own.length ? one(Part.Set, `${word} ${kind}`, (r) => r.set(documents)) ?? NOTHING : own;
  }

  /** By document the lower end of a range plus one, or 0; or all documents in another order. */
  function numbers(kind: Part.Range | Part.Sort, key: string): Docs | undefined {
    return one(kind, key, (r) => new Uint32Array(documents).map(() => r.number()));
  }

  /** The document with an id, which is in lower case. */
  function doc(id: string): number | undefined {
    const [piece] = find(Part.IDs, id);
    return piece && value(piece, (r) => {
      const word = r.words();
      return new Map(r.list((): [string, number] => [word(), r.number()]));
    })?.get(id);
  }

  /** A document's card; undefined while a file is missing. */
  function card(doc: number): Card | undefined {
    const shapes = one(Part.Table, "", (r) => r.list(() => shape(r)));
    const [piece] = find(Part.Cards, key(Math.floor(doc / block)));
    if (!piece || (!shapes && piece.read)) return undefined;
    return value(piece, (r) => r.rest(() => readCard(r, shapes!)))?.[doc % block];
  }

  /** The parts of a kind in which keys from `from` to `to` stand, if anywhere. */
  function find(kind: Part, from: string, to = from, among = pieces[kind]!): Piece[] {
    const found: Piece[] = [];
    // The last key at or before `from` is the first word of the part in which it would stand.
    for (let i = Math.max(0, seek(among, (p) => p.key <= from) - 1); i < among.length && among[i]!.key <= to; i++) {
      const piece = among[i]!;
      if (piece.isList) found.push(...find(kind, from, to, value(piece, (r) => list(r, kind, false)) ?? []));
      else found.push(piece);
    }
    return found;
  }

  /** What `read` makes of the part of a kind that has exactly this key. */
  function one<T>(kind: Part, key: string, read: (r: Reader) => T): T | undefined {
    const [piece] = find(kind, key);
    return piece?.key === key ? value(piece, read) : undefined;
  }

  function list(r: Reader, kind: Part, isList: boolean): Piece[] {
    const word = r.words();
    let run: Piece[] = [];
    let file = "";
    return r.list(() => {
      const key = word();
      const where = r.number();
      if (where === 1) {
        file = r.hash();
        run = [];
        waiting.set(file, [...(waiting.get(file) ?? []), run]);
      }
      const piece: Piece = { kind, key, isList, file: where ? file : "", read: undefined, value: undefined };
      if (where) run.push(piece);
      return piece;
    });
  }

  /** What `read` makes of a part, once; undefined, and its file noted, while it is missing. */
  function value<T>(piece: Piece, read: (r: Reader) => T): T | undefined {
    if (piece.value === undefined) {
      if (!piece.read) {
        missing.add(piece.file);
        return undefined;
      }
      piece.value = read(piece.read);
      piece.read = undefined;
    }
    return piece.value as T;
  }

  return {
    /** The keys of the upper bounds. */
    bounds: () => upper,
    documents,
    day,
    pageSize,
    facets,
    keys,
    fillers,
    functionWords,
    names,
    missing,
    aids,
    add,
    aid,
    members,
    entries,
    docs,
    find,
    value,
    one,
    numbers,
    doc,
    card,
  };
}

export type Index = ReturnType<typeof indexOf>;
