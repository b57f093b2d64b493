// Fetching index files: static files of this site and nothing else. A query never leaves the device.

import { engineOf, type Engine } from "./engine.ts";
import { indexOf } from "./index.ts";

/** Days since 1 January 1970 where the reader is. */
export const today = (): number => Math.floor(Date.now() / 86_400_000 - new Date().getTimezoneOffset() / 1440);

async function bytesOf(url: string): Promise<Uint8Array> {
  const response = await fetch(url, { referrerPolicy: "no-referrer" });
  if (!response.ok) throw new Error(`${response.status}`);
  const packed = new Uint8Array(await response.arrayBuffer());
  // A host may have unpacked the file on the way.
  if (packed[0] !== 0x1f || packed[1] !== 0x8b) return packed;
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** An engine on the root at `url`. */
export async function load(url: string): Promise<Engine> {
  return engineOf(indexOf(await bytesOf(url), today()));
}

/** Gets what the engine's last question needed, all at once. */
export async function loadMissing({ index }: Engine, root: string): Promise<void> {
  await Promise.all(
    [...index.missing].map(async (file) => {
      if (file === "near") index.aids.near = await import("./near.ts");
      else if (file === "why") index.aids.why = await import("./why.ts");
      else if (file === "distance") index.aids.distance = await import("./distance.ts");
      // A file is known by the hash in its name, in the place where the root's name has its own.
      else index.add(file, await bytesOf(root.replace(/[0-9a-f]+(?=\.idx$)/, file)));
    }),
  );
}
