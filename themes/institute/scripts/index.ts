// The index as it was read so far: the root, and the parts that queries have needed.

import { open, type Reader } from "./reader.ts";

/** The kinds of parts, as internal/search/files.go numbers them. */
export const enum Part {
  Facet,
  Names,
  Text,
  Cards,
  Range,
  Sort,
  Places,
  Postcodes,
  Towns,
  IDs,
}

export interface Term {
  readonly id: string;
  readonly label: string;
  readonly formal: string;
  /** What people type for the term, as numbers of the vocabulary's words. */
  readonly phrases: readonly (readonly number[])[];
}

export interface Facet {
  readonly key: string;
  /** What a match with one of the terms is worth. */
  readonly tier: number;
  readonly terms: readonly Term[];
}

/** A term, by the number of its facet and its own. */
export type Ref = readonly [facet: number, term: number];

interface Piece {
  readonly kind: Part;
  readonly key: string;
  readonly file: string;
  read: Reader | undefined;
  value: unknown;
}

/** A dictionary: sorted words, and for each kind of field the documents that have them. */
export interface Dictionary {
  readonly words: readonly string[];
  /** By word, then by kind: 0 name, 1 letters, 2 place, 3 text, 4 nickname. */
  readonly docs: readonly (readonly (readonly number[] | undefined)[])[];
}

/** A document as a list shows it. */
export interface Card {
  readonly id: string;
  readonly nodes: readonly CardNode[];
}

/** A text, or an element with its name, attributes and children. */
export type CardNode = string | { readonly name: string; readonly attributes: readonly (readonly [string, string])[]; readonly children: readonly CardNode[] };

export class Index {
  readonly documents: number;
  readonly day: number;
  readonly pageSize: number;
  readonly facets: readonly Facet[];
  /** The facets' numbers by key. */
  readonly keys = new Map<string, number>();
  readonly vocabulary: readonly string[];
  /** By word of the vocabulary: the terms that have it in a phrase. */
  readonly termsOf: Ref[][];
  /** By the first word of a phrase: its term, and the phrase. */
  readonly phrasesFrom = new Map<number, { ref: Ref; words: readonly number[] }[]>();
  readonly fillers: readonly (readonly string[])[];
  readonly functionWords: ReadonlySet<string>;
  /** The files that the last question needed and that are not here yet. */
  readonly missing = new Set<string>();
  private readonly blockDocs: number;
  private readonly pieces: Piece[];
  private readonly byKey = new Map<string, Piece>();
  private readonly blocks: Piece[];

  /** `root` is the decompressed root file, `today` the day in days since 1 January 1970. */
  constructor(root: Uint8Array, today: number) {
    const r = open(root);
    this.documents = r.number();
    this.day = Math.max(today, r.number());
    this.pageSize = r.number();
    this.blockDocs = r.number();
    const bare = r.list(() => ({
      key: r.text(),
      tier: r.number(),
      terms: r.list(() => ({ id: r.text(), label: r.text(), formal: r.text() })),
    }));
    const word = r.words();
    this.vocabulary = r.list(word);
    this.termsOf = this.vocabulary.map(() => []);
    this.facets = bare.map((facet, f) => ({
      ...facet,
      terms: facet.terms.map((term, t) => ({ ...term, phrases: r.list(() => this.phrase([f, t], r.list(() => r.number()))) })),
    }));
    this.facets.forEach((facet, f) => this.keys.set(facet.key, f));
    this.fillers = r.list(() => r.text().split(" "));
    this.functionWords = new Set(r.text().split(" "));
    this.pieces = r.list(() => {
      const piece: Piece = { kind: r.number(), key: r.text(), file: r.text(), read: undefined, value: undefined };
      if (!piece.file) piece.read = r.inner();
      return piece;
    });
    for (const piece of this.pieces) this.byKey.set(piece.kind + piece.key, piece);
    this.blocks = this.pieces.filter((p) => p.kind === Part.Cards);
  }

  private phrase(ref: Ref, words: number[]): number[] {
    for (const w of words) {
      const terms = this.termsOf[w]!;
      if (terms[terms.length - 1] !== ref && !terms.some(([f, t]) => f === ref[0] && t === ref[1])) terms.push(ref);
    }
    const from = this.phrasesFrom.get(words[0]!);
    if (from) from.push({ ref, words });
    else this.phrasesFrom.set(words[0]!, [{ ref, words }]);
    return words;
  }

  /** Takes in a file that was missing, decompressed. */
  add(file: string, bytes: Uint8Array): void {
    for (const p of this.pieces) if (p.file === file) p.read = open(bytes);
    this.missing.delete(file);
  }

  /** The keys of the upper bounds. */
  bounds(): string[] {
    return this.pieces.filter((p) => p.kind === Part.Range).map((p) => p.key);
  }

  /** The documents that have each term of a facet, as `document * 2`, plus 1 where it is not among their first. */
  members(facet: number): readonly (readonly number[])[] {
    return (
      this.value(this.find(Part.Facet, this.facets[facet]!.key), (r) =>
        this.facets[facet]!.terms.map(() => {
          const members = r.set(this.documents).map((doc) => doc * 2 + 1);
          let doc = 0;
          for (let n = r.number(); n > 0; n--) {
            const head = r.number();
            doc += head >> 2;
            const from = head & 1 ? r.number() : 0;
            const until = head & 1 ? r.number() : 0;
            if ((!from || this.day >= from) && (!until || this.day <= until)) members.push(doc * 2 + (head & 2 ? 0 : 1));
          }
          members.sort((a, b) => a - b);
          return members.filter((m, i) => !i || m >> 1 !== members[i - 1]! >> 1);
        }),
      ) ?? this.facets[facet]!.terms.map(() => [])
    );
  }

  /**
   * The shards of names, letters and places, or of the words of texts, that hold `word` or, with `open`, words
   * that begin with it; without a word all of them.
   */
  shards(kind: Part.Names | Part.Text, word?: string, open = false): Dictionary[] {
    const pieces = this.pieces.filter((p) => p.kind === kind);
    return pieces.flatMap((piece, i) => {
      const next = pieces[i + 1]?.key;
      if (word !== undefined && ((piece.key > word && !(open && piece.key.startsWith(word))) || (next !== undefined && next <= word))) return [];
      const shard = this.value(piece, (r): Dictionary => {
        const docs: (number[] | undefined)[][] = [];
        const next = r.words();
        const words = r.list(() => {
          const w = next();
          const mask = kind === Part.Text ? 8 : r.number();
          docs.push([0, 1, 2, 3, 4].map((k) => (mask & (1 << k) ? r.set(this.documents) : undefined)));
          return w;
        });
        return { words, docs };
      });
      return shard ?? [];
    });
  }

  /** By document: its lower end of a range plus one, or 0. */
  range(key: string): readonly number[] | undefined {
    return this.value(this.find(Part.Range, key), (r) => r.times(this.documents, () => r.number()));
  }

  /** By document: its rank in an order. */
  ranks(key: string): readonly number[] | undefined {
    return this.value(this.find(Part.Sort, key), (r) => r.times(this.documents, () => r.number()));
  }

  /** By document: latitudes and longitudes in thousandths of a degree. */
  places(): readonly (readonly [number, number])[][] | undefined {
    return this.value(this.find(Part.Places, ""), (r) =>
      r.times(this.documents, () => r.list((): [number, number] => [r.signed(), r.signed()])),
    );
  }

  /** Where the postcodes are. */
  postcodes(): ReadonlyMap<string, readonly [number, number]> | undefined {
    return this.value(this.find(Part.Postcodes, ""), (r) => {
      const word = r.words();
      let lat = 0;
      let lon = 0;
      return new Map(r.list((): [string, readonly [number, number]] => [word(), [(lat += r.signed()), (lon += r.signed())]]));
    });
  }

  /** The towns by the words of their names, as pairs of label and postcode. */
  towns(): ReadonlyMap<string, readonly (readonly [string, string])[]> | undefined {
    return this.value(this.find(Part.Towns, ""), (r) => {
      const word = r.words();
      return new Map(r.list((): [string, [string, string][]] => [word(), r.list((): [string, string] => [r.text(), r.text()])]));
    });
  }

  /** The documents by their ids, in lower case. */
  ids(): ReadonlyMap<string, number> | undefined {
    return this.value(this.find(Part.IDs, ""), (r) => {
      const word = r.words();
      return new Map(r.list((): [string, number] => [word(), r.number()]));
    });
  }

  /** A document's card; undefined while its file is missing. */
  card(doc: number): Card | undefined {
    return this.value(this.blocks[Math.floor(doc / this.blockDocs)], (r) => {
      const names = r.text().split(" ");
      const nodes = (): CardNode[] => {
        const all: CardNode[] = [];
        for (let n = r.number(); n > 0; n = r.number())
          all.push(
            n === 1
              ? r.text()
              : { name: names[n - 2]!, attributes: r.list((): [string, string] => [names[r.number()]!, r.text()]), children: nodes() },
          );
        return all;
      };
      return r.list(() => ({ id: r.text(), nodes: nodes() }));
    })?.[doc % this.blockDocs];
  }

  private find(kind: Part, key: string): Piece | undefined {
    return this.byKey.get(kind + key);
  }

  /** What `read` makes of a part, once; undefined, and its file noted, while it is missing. */
  private value<T>(piece: Piece | undefined, read: (r: Reader) => T): T | undefined {
    if (!piece) return undefined;
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
