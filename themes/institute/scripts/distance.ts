// Distances from a postcode. Loaded when somebody gives one; it imports types only, so that the bundler
// leaves nothing of it in the page's first script.

import type { Index, Part } from "./index.ts";

const POSTCODES: Part.Postcodes = 14;
const PLACES: Part.Places = 13;

/** A distance that is not known. */
const FAR = 65535;

/** By document: whole miles from a postcode; undefined for an unknown one, and while a file is missing. */
export function milesFrom(index: Index, zip: string): Uint16Array | undefined {
  const from = index.one(POSTCODES, "", (r) => {
    const word = r.words();
    let lat = 0;
    let lon = 0;
    return new Map(r.list((): [string, readonly [number, number]] => [word(), [(lat += r.signed()), (lon += r.signed())]]));
  })?.get(zip);
  const places = from && index.one(PLACES, "", (r) => r.rest(() => r.list((): [number, number] => [r.signed(), r.signed()])));
  return places && Uint16Array.from(places, (spots) => Math.min(FAR, ...spots.map((to) => milesBetween(from, to))));
}

/** The length of the great circle between two spots in whole miles, on a sphere of the Earth's mean radius. */
function milesBetween(a: readonly [number, number], b: readonly [number, number]): number {
  const radians = (thousandths: number): number => thousandths * (Math.PI / 180000);
  const lat = Math.sin(radians(b[0] - a[0]) / 2);
  const lon = Math.sin(radians(b[1] - a[1]) / 2);
  const h = lat * lat + Math.cos(radians(a[0])) * Math.cos(radians(b[0])) * lon * lon;
  return Math.floor(2 * 3958.76 * Math.asin(Math.min(1, Math.sqrt(h))) + 0.5);
}
