// Makes a Pagefind index of the records, from pages as a site would have them: the name as heading,
// what people look for with more weight than the prose, a filter for every facet. Reads a job as
// JSON from standard input, writes which page each fragment file belongs to as JSON.

import { readFileSync, readdirSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { close, createIndex } from "pagefind";

const job = JSON.parse(readFileSync(0, "utf8"));
const safe = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
const page = (r) => `<html lang="en"><body><main data-pagefind-body>
<h1>${safe(r.name)}</h1>
<p data-pagefind-weight="4">${safe(r.letters)}</p>
<p data-pagefind-weight="4">${safe(r.place)}</p>
<p data-pagefind-weight="4">${safe(r.concerns)}</p>
<p data-pagefind-weight="3">${safe(r.details)}</p>
<p data-pagefind-weight="3">${safe(r.synonyms)}</p>
<p>${safe(r.text)}</p>
${r.facets.map((f) => f.split("=")).map(([key, value]) => `<span data-pagefind-filter="${key}:${value}"></span>`).join("")}
</main></body></html>`;

const start = performance.now();
const { index } = await createIndex();
for (const r of job.records) {
  const { errors } = await index.addHTMLFile({ url: `/${r.id}/`, content: page(r) });
  if (errors.length) throw new Error(errors.join("; "));
}
const { errors } = await index.writeFiles({ outputPath: job.folder });
if (errors.length) throw new Error(errors.join("; "));
await close();
const build = performance.now() - start;

const pages = {};
for (const name of readdirSync(`${job.folder}/fragment`)) {
  const text = gunzipSync(readFileSync(`${job.folder}/fragment/${name}`)).toString("utf8");
  const { url } = JSON.parse(text.slice(text.indexOf("{")));
  pages[name.replace(".pf_fragment", "")] = url.slice(1, -1);
}
process.stdout.write(JSON.stringify({ pages, build }));
