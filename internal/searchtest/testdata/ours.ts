// Answers queries in Node with the browser's half of our engine, from the index files as published.
// Reads a job as JSON from standard input, writes the answers as JSON to standard output.

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { parse } from "../../../themes/institute/scripts/fragment.ts";
import { load, loadMissing } from "../../../themes/institute/scripts/load.ts";

interface Job {
  /** Where the files are, and which of them is the root. */
  readonly folder: string;
  readonly root: string;
  /** The day of the visit, in days since 1 January 1970. */
  readonly today: number;
  readonly queries: readonly string[];
  /** A common concern, whose counts of all facets are timed. */
  readonly common: string;
}

const job = JSON.parse(readFileSync(0, "utf8")) as Job;
Date.now = () => (job.today + 0.5) * 86_400_000;
globalThis.fetch = async (url) => new Response(readFileSync(`${job.folder}/${basename(String(url))}`));

const before = performance.now();
const engine = await load(job.root);
const ready = performance.now() - before;

/** The answer, once all that it needs is there, and how long it took then. */
async function answer(fragment: string, counting: boolean): Promise<{ ids: string[]; time: number }> {
  const { index } = engine;
  for (;;) {
    const start = performance.now();
    const result = engine.search(parse(fragment, index.keys, index.bounds()), counting);
    const cards = result?.docs.map((doc) => index.card(doc));
    const time = performance.now() - start;
    if (!index.missing.size) return { ids: cards!.slice(0, 10).map((c) => c!.id), time };
    await loadMissing(engine, job.root);
  }
}

const fragments = job.queries.map((q) => `q=${encodeURIComponent(q)}`);
for (const f of fragments) await answer(f, false); // what comes next is warm
const ids: string[][] = [];
const times: number[] = [];
for (const f of fragments) {
  const a = await answer(f, false);
  ids.push(a.ids);
  times.push(a.time);
}
const common = `q=${encodeURIComponent(job.common)}`;
await answer(common, true);
const counts: number[] = [];
for (let i = 0; i < 60; i++) counts.push((await answer(common, true)).time);
process.stdout.write(JSON.stringify({ ids, times, counts, load: ready }));
