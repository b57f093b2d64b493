// The state of the search lives in the URL's fragment; see the contract's keys.

/** What a reader typed and chose. */
export interface Query {
  readonly q: string;
  /** The chosen values by the key of their facet. */
  readonly choices: ReadonlyMap<string, readonly string[]>;
  /** The chosen upper bounds. */
  readonly atMost: ReadonlyMap<string, number>;
  readonly zip: string;
  readonly within: number;
  /** The only documents that may be found; none means all. */
  readonly ids: readonly string[];
  readonly sort: string;
  readonly page: number;
}

const MAX_FRAGMENT = 4000;
const MAX_VALUES = 200;

function unescape(text: string): string {
  const spaced = text.replace(/\+/g, " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

/** The keys and values of a fragment, in their order; what is too long is cut. */
export const pairs = (fragment: string): [string, string][] =>
  fragment
    .slice(0, MAX_FRAGMENT)
    .split("&", MAX_VALUES)
    .map((pair) => {
      const at = pair.indexOf("=");
      return at < 0 ? [unescape(pair), ""] : [unescape(pair.slice(0, at)), unescape(pair.slice(at + 1))];
    });

/** Writes ASCII letters small: ids are compared without regard to case. */
export const lower = (id: string): string => id.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** The fragment of keys and values, without those that are empty. */
export const join = (all: Iterable<readonly [string, string]>): string =>
  [...all]
    .filter(([, value]) => value)
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value).replace(/%20/g, "+")}`)
    .join("&");

/** Reads a query, passing over every key that is not known. Where a key stands twice that takes one value, the first counts. */
export function parse(fragment: string, facets: ReadonlyMap<string, number>, bounds: readonly string[]): Query {
  const choices = new Map<string, string[]>();
  const one = new Map<string, string>();
  const ids: string[] = [];
  for (const [key, value] of pairs(fragment)) {
    if (facets.has(key)) choices.set(key, [...(choices.get(key) ?? []), value]);
    else if (key === "ids") ids.push(...(value ? [value] : []));
    else if (!one.has(key)) one.set(key, value);
  }
  const number = (key: string): number | undefined => {
    const value = one.get(key) ?? "";
    return /^[0-9]{1,6}$/.test(value) ? Number(value) : undefined;
  };
  const atMost = new Map<string, number>();
  for (const key of bounds) {
    const most = number(key);
    if (most !== undefined) atMost.set(key, most);
  }
  return {
    q: one.get("q") ?? "",
    choices,
    atMost,
    zip: one.get("zip") ?? "",
    ids,
    within: number("within") ?? 0,
    sort: one.get("sort") ?? "",
    page: number("page") ?? 1,
  };
}
