// Answers queries: the words, the choices, the counts, the order. The reference is
// internal/search/search.go; a test demands the same answers of both.

import { lower, type Query } from "./fragment.ts";
import { Part, type Index } from "./index.ts";
import { DEFAULT_WITHIN, FAR, NONE, wordsOf, type Reading, type Token } from "./words.ts";

export interface Result {
  readonly total: number;
  readonly page: number;
  readonly pages: number;
  /** The documents of the page, in order. */
  readonly docs: readonly number[];
  readonly scores: readonly number[];
  /** What matched of each, where its card may not say so; empty where nobody asked for counts. */
  readonly why: readonly (readonly string[])[];
  /** Their distance in miles, -1 where it is not known. */
  readonly miles: readonly number[];
  /** By facet and term: how many there would be if the term were the facet's only choice. */
  readonly counts: readonly (readonly number[])[];
  /** The postcode is known. */
  readonly near: boolean;
  readonly reading: Reading;
  /** The keys of the choices in force. */
  readonly gates: readonly string[];
  /** By document: bit 0 where the words do not find it, then a bit for each gate it does not pass. */
  readonly failed: Uint32Array;
  /** The same for other words. */
  readonly failedWith: (tokens: readonly Token[]) => Uint32Array;
}

/** A choice that documents must pass. */
interface Gate {
  readonly key: string;
  readonly facet: number;
  readonly passes: Uint8Array;
}

export interface Engine {
  readonly index: Index;
  /**
   * Answers a query, or returns undefined where index.missing names files that it needs.
   * `counting` also asks for the counts, which need every facet.
   */
  search(query: Query, counting: boolean): Result | undefined;
}

/** An engine on an index. */
export function engineOf(index: Index): Engine {
  const words = wordsOf(index);
  const none = (): Uint8Array => new Uint8Array(index.documents);

  function search(query: Query, counting: boolean): Result | undefined {
    index.missing.clear();
    const asked = words.milesFrom(query.zip);
    const reading = words.read(query.q);
    const { scores } = reading;
    const miles = asked ?? reading.miles;
    const gates = gatesOf(query, asked);
    const failed = failedBy(reading, gates);
    const order = index.numbers(Part.Sort, query.sort);
    const by = query.sort === "distance" && miles ? miles : scores;
    const found: number[][] = []; // by what they are sorted by
    for (let i = 0; i < failed.length; i++) {
      const doc = order ? order[i]! : i;
      if (!failed[doc]) (found[order ? 0 : by[doc]!] ??= []).push(doc);
    }
    const all = found.flat();
    const total = all.length;
    const pages = Math.max(1, Math.ceil(total / index.pageSize));
    const page = Math.min(Math.max(query.page, 1), pages);
    const docs = all.slice((page - 1) * index.pageSize, page * index.pageSize);
    const result: Result = {
      total,
      page,
      pages,
      docs,
      scores: docs.map((doc) => scores[doc]!),
      why: (counting && reading.any && !index.missing.size && index.aid("why")?.why(index, reading, docs)) || [],
      miles: docs.map((doc) => (miles && miles[doc]! < FAR ? miles[doc]! : -1)),
      counts: counting ? countsOf(failed, gates) : [],
      near: !!asked,
      reading,
      gates: gates.map((g) => g.key),
      failed,
      failedWith: (tokens) => failedBy(words.readTokens(tokens, []), gates),
    };
    return index.missing.size ? undefined : result;
  }

  /** What the choices let pass. A key of which no value is known is no gate. */
  function gatesOf(query: Query, miles: Uint16Array | undefined): Gate[] {
    const gates: Gate[] = [];
    index.facets.forEach((f, facet) => {
      const { key } = f;
      const chosen = new Set(query.choices.get(key)?.map(lower));
      const members = chosen.size ? f.terms.flatMap(({ id }, t) => (chosen.has(lower(id)) ? [t] : [])) : [];
      if (!members.length) return;
      const passes = none();
      for (const t of members) for (const doc of index.members([facet, t]).docs) passes[doc] = 1;
      gates.push({ key, facet, passes });
    });
    for (const key of index.bounds()) {
      const most = query.atMost.get(key);
      if (most === undefined) continue;
      const lows = index.numbers(Part.Range, key);
      gates.push({ key, facet: -1, passes: none().map((_, doc) => (lows?.[doc] && lows[doc]! <= most + 1 ? 1 : 0)) });
    }
    if (miles) gates.push({ key: "zip", facet: -1, passes: none().map((_, doc) => (miles[doc]! <= (query.within || DEFAULT_WITHIN) ? 1 : 0)) });
    if (query.ids.length) {
      const passes = none();
      for (const id of query.ids) passes[index.doc(lower(id)) ?? -1] = 1;
      gates.push({ key: "ids", facet: -1, passes });
    }
    return gates;
  }

  /** For each document a bit for each gate it does not pass, and bit 0 where the words do not find it. */
  function failedBy({ scores }: Reading, gates: readonly Gate[]): Uint32Array {
    const failed = new Uint32Array(index.documents);
    for (let doc = 0; doc < failed.length; doc++) {
      let bits = scores[doc] === NONE ? 1 : 0;
      for (let g = 0; g < gates.length; g++) if (!gates[g]!.passes[doc]) bits |= 2 << g;
      failed[doc] = bits;
    }
    return failed;
  }

  function countsOf(failed: Uint32Array, gates: readonly Gate[]): number[][] {
    /** Which documents fail nothing but, perhaps, one gate. */
    const passing = (but: number): Uint8Array => none().map((_, doc) => (failed[doc]! & ~but ? 0 : 1));
    const all = passing(0);
    return index.facets.map(({ size, terms }, facet) => {
      const own = gates.findIndex((g) => g.facet === facet);
      const passes = own < 0 ? all : passing(2 << own);
      return Array.from({ length: Math.min(size, terms.length) }, (_, term) => {
        const { docs } = index.members([facet, term]);
        let n = 0;
        for (let i = 0; i < docs.length; i++) n += passes[docs[i]!]!;
        return n;
      });
    });
  }

  return { index, search };
}
