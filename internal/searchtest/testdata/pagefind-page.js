// What the page does that asks Pagefind, in Chromium.

const asked = (async () => {
  const pagefind = await import("/pagefind/pagefind.js");
  await pagefind.options({ excerptLength: 10 });
  await pagefind.init();
  return pagefind;
})();

/** The first result as somebody would see it: what it costs in bytes is what the server then sent. */
window.first = async (query) => {
  const pagefind = await asked;
  const { results } = await pagefind.search(query);
  if (results.length) await results[0].data();
  return results.length;
};

/** The first ten of each query by fragment, and the time of every tenth query when asked again. */
window.answers = async (queries) => {
  const pagefind = await asked;
  const ids = [];
  const times = [];
  for (const [i, q] of queries.entries()) {
    ids.push((await pagefind.search(q)).results.slice(0, 10).map((r) => r.id));
    if (i % 10) continue;
    const start = performance.now();
    await pagefind.search(q);
    times.push(performance.now() - start);
  }
  return { ids, times };
};

/** How long a query takes that counts every filter. */
window.counts = async (query, repeats) => {
  const pagefind = await asked;
  await pagefind.filters();
  await pagefind.search(query);
  const times = [];
  for (let i = 0; i < repeats; i++) {
    const start = performance.now();
    await pagefind.search(query);
    times.push(performance.now() - start);
  }
  return times;
};
