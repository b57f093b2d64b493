// Answers queries in Node with the browser's half of our engine, from the index files as published.
// Reads a job as JSON from standard input, writes the answers as JSON to standard output.

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { engineOf } from "../../../themes/institute/scripts/engine.ts";
import { parse } from "../../../themes/institute/scripts/fragment.ts";
import { Index } from "../../../themes/institute/scripts/index.ts";

interface Job {
  readonly folder: string;
  readonly root: string;
  readonly today: number;
  readonly queries: readonly string[];
  /** A common concern, whose counts of all facets are timed. */
  readonly common: string;
}

const job = JSON.parse(readFileSync(0, "utf8")) as Job;
const file = (name: string): Uint8Array => new Uint8Array(gunzipSync(readFileSync(`${job.folder}/${name}`)));
const before = performance.now();
const engine = engineOf(new Index(file(job.root), job.today));
const load = performance.now() - before;

/** The answer, once all files that it needs are there, and how long it took then. */
function answer(fragment: string, counting: boolean): { ids: string[]; time: number } {
  const { index } = engine;
  for (;;) {
    const start = performance.now();
    const result = engine.search(parse(fragment, index.keys, index.bounds()), counting);
    const cards = result?.docs.map((doc) => index.card(doc));
    const time = performance.now() - start;
    if (!index.missing.size) return { ids: cards!.slice(0, 10).map((c) => c!.id), time };
    for (const name of index.missing) index.add(name, file(name));
  }
}

const fragments = job.queries.map((q) => `q=${encodeURIComponent(q)}`);
for (const f of fragments) answer(f, false); // what comes next is warm
const answers = fragments.map((f) => answer(f, false));
const common = `q=${encodeURIComponent(job.common)}`;
answer(common, true);
const counts = Array.from({ length: 60 }, () => answer(common, true).time);
process.stdout.write(JSON.stringify({ ids: answers.map((a) => a.ids), times: answers.map((a) => a.time), counts, load }));
