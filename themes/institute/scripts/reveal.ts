// Every value of a question whose list is long. The server sends the most used; the rest comes from the index when
// somebody asks for it.

import type { choice as make } from "./choices.ts";
import type { Index } from "./index.ts";

/** Adds the values of a key that a link stands for, those with most people first, and takes the link away; returns the new checkboxes. */
export function reveal(link: HTMLAnchorElement, key: string, index: Index, counts: readonly number[], choice: typeof make): HTMLInputElement[] {
  const list = link.closest("fieldset")!.querySelector("ul")!;
  const present = new Set([...list.querySelectorAll("input")].map((input) => input.value));
  const added = (index.facets[index.keys.get(key) ?? -1]?.terms ?? [])
    .map((term, t) => ({ term, count: counts[t] ?? 0 }))
    .filter(({ term }) => !present.has(term.id))
    .sort((a, b) => b.count - a.count)
    .map(({ term, count }) => choice(key, term.id, term.label, `${count}`));
  const focused = document.activeElement === link;
  list.append(...added);
  link.remove();
  if (focused) added[0]?.querySelector("input")?.focus();
  return added.flatMap((li) => [...li.querySelectorAll("input")]);
}
