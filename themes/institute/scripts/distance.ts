// Distances from a postcode. Loaded when somebody gives one; it imports types only, so that the bundler
// leaves nothing of it in the page's first script.

import type { Index, Part } from "./index.ts";
import type { Reader } from "./reader.ts";

const POSTCODES: Part.Postcodes = 14;
const PLACES: Part.Places = 13;

/** A distance that is not known. */
const FAR = 65535;

/** The next number, of either sign: 0, 1, 2, 3, 4 … stand for 0, -1, 1, -2, 2 … */
function signed(r: Reader): number {
  const n = r.number();
  return n % 2 ? -(n + 1) / 2 : n / 2;
}

/** The last answer: one question asks several times. */
let last: { readonly index: Index; readonly zip: string; readonly miles: Uint16Array } | undefined;

/** By document: whole miles from a postcode; undefined for an unknown one, and while a file is missing. */
export function milesFrom(index: Index, zip: string): Uint16Array | undefined {
  if (last?.index === index && last.zip === zip) return last.miles;
  const from = index.one(POSTCODES, "", (r) => {
    const word = r.words();
    let lat = 0;
    let lon = 0;
    return new Map(r.list((): [string, readonly [number, number]] => [word(), [(lat += signed(r)), (lon += signed(r))]]));
  })?.get(zip);
  const places = from && index.one(PLACES, "", (r) => r.rest(() => r.list((): [number, number] => [signed(r), signed(r)])));
  const miles = places && Uint16Array.from(places, (spots) => Math.min(FAR, ...spots.map((to) => milesBetween(from, to))));
  if (miles) last = { index, zip, miles };
  return miles;
}

/** The length of the great circle between two spots in whole miles, on a sphere of the Earth's mean radius. */
function milesBetween(a: readonly [number, number], b: readonly [number, number]): number {
  const radians = (thousandths: number): number => thousandths * (Math.PI / 180000);
  const lat = Math.sin(radians(b[0] - a[0]) / 2);
  const lon = Math.sin(radians(b[1] - a[1]) / 2);
  const h = lat * lat + Math.cos(radians(a[0])) * Math.cos(radians(b[0])) * lon * lon;
  return Math.floor(2 * 3958.76 * Math.asin(Math.min(1, Math.sqrt(h))) + 0.5);
}
