// Reading the index files: see the format in internal/search/README.md.

const VERSION = 2;

/** A file that is not an index, of another version, cut or altered. The page treats them alike. */
const refuse = (): never => {
  throw new Error("index");
};

/**
 * Checks the head of a decompressed file — what it is, which version, whether it is whole — and
 * returns a reader of the rest.
 */
export function open(bytes: Uint8Array): Reader {
  let sum = 0x811c9dc5; // FNV-1a, 32 bits
  for (let i = 9; i < bytes.length; i++) sum = Math.imul(sum ^ bytes[i]!, 0x01000193);
  const head = [110, 119, 105, 120, VERSION, sum & 255, (sum >> 8) & 255, (sum >> 16) & 255, sum >>> 24]; // "nwix"
  if (head.some((b, i) => bytes[i] !== b)) refuse();
  return new Reader(bytes.subarray(9));
}

const utf8 = new TextDecoder();

/** Reads numbers, texts, sorted words and sets from bytes, one after another. */
export class Reader {
  private at = 0;
  constructor(private readonly bytes: Uint8Array) {}

  number(): number {
    let n = 0;
    for (let factor = 1; ; factor *= 128) {
      const b = this.bytes[this.at++];
      if (b === undefined) return refuse();
      n += (b & 127) * factor;
      if (b < 128) return n;
    }
  }

  take(): Uint8Array {
    const n = this.number();
    if (this.at + n > this.bytes.length) refuse();
    return this.bytes.subarray(this.at, (this.at += n));
  }

  /** A reader of the bytes that come next, with their number before them. */
  inner(): Reader {
    return new Reader(this.take());
  }

  text(): string {
    return utf8.decode(this.take());
  }

  /** Calls `each` as often as the number says that comes next, and returns the results. */
  list<T>(each: () => T): T[] {
    const all: T[] = [];
    for (let n = this.number(); n > 0; n--) all.push(each());
    return all;
  }

  /** A function that returns the next of a list of sorted words. */
  words(): () => string {
    let last = "";
    return () => (last = last.slice(0, this.number()) + this.text());
  }

  /** Calls `each` until the end. */
  rest<T>(each: () => T): T[] {
    const all: T[] = [];
    while (this.at < this.bytes.length) all.push(each());
    return all;
  }

  /** The hash that stands in the name of a file. */
  hash(): string {
    return Array.from(this.bytes.subarray(this.at, (this.at += 6)), (b) => b.toString(16).padStart(2, "0")).join("");
  }

  /** The document numbers of a set, rising. */
  set(documents: number): Uint32Array {
    const head = this.number();
    if (head >> 1 > documents) refuse();
    if (!(head & 1)) {
      let last = -1;
      return new Uint32Array(head >> 1).map(() => (last += this.number() + 1));
    }
    const docs = new Uint32Array(head >> 1);
    for (let doc = 0, n = 0; doc < documents; doc++) if (this.bytes[this.at + (doc >> 3)]! & (1 << (doc & 7))) docs[n++] = doc;
    this.at += (documents + 7) >> 3;
    return docs;
  }
}
