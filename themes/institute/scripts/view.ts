// What the reader sees: cards, pages, chips and sentences, built node by node. No text is ever
// handed to an HTML parser, so the page can enforce Trusted Types without a policy.

import type { Card, CardNode } from "./index.ts";
import type { Result } from "./engine.ts";

type Child = Node | string;

/** An element with attributes and children. */
export function element<K extends keyof HTMLElementTagNameMap>(name: K, attributes: Record<string, string>, ...children: Child[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

/** The nodes of a card. Names come from the index, which holds only those that Go lets pass. */
function build(node: CardNode, inSvg: boolean): Child {
  if (typeof node === "string") return node;
  const svg = inSvg || node.name === "svg";
  const made = svg ? document.createElementNS(SVG, node.name) : document.createElement(node.name);
  for (const [key, value] of node.attributes) if (!/^on/i.test(key)) made.setAttribute(key, value);
  made.append(...node.children.map((child) => build(child, svg)));
  return made;
}

/** A list item like the ones that the page came with. */
export function item(card: Card): HTMLLIElement {
  const li = element("li", {}, ...card.nodes.map((node) => build(node, false)));
  li.dataset["id"] = card.id;
  return li;
}

/** Says on an item how far away it is, -1 where nobody asked, and why it is here where it does not say so itself. */
export function explain(li: Element, why: readonly string[] = [], miles: number): void {
  const unsaid = why.filter((label) => !li.textContent!.includes(label));
  const said = (miles < 0 ? "" : `About ${miles || 1} mile${miles > 1 ? "s" : ""} away. `) + (unsaid.length ? `Matches: ${unsaid.join(" · ")}` : "");
  if (!said) return;
  const p = li.querySelector(".why") ?? element("p", { class: "why" });
  p.textContent = said;
  li.insertBefore(p, li.querySelector(".save"));
}

/** What the list is of, in the words of the form: "person", "people", "Nobody", "everyone", "People". */
export const noun = document.querySelector<HTMLElement>("#directory-form")?.dataset as Readonly<Record<"one" | "many" | "none" | "all" | "found", string>>;

export const people = (n: number): string => `${n} ${n === 1 ? noun.one : noun.many}`;

/** The links to the pages of a result; `at` gives the address of one. */
export function pageLinks({ page, pages }: Result, at: (page: number) => string): Child[] {
  if (pages < 2) return [];
  const link = (n: number, label: string, attributes: Record<string, string>): Child => element("a", { href: at(n), ...attributes }, label);
  const links: Child[] = [];
  if (page > 1) links.push(link(page - 1, "Previous", { rel: "prev" }));
  let last = 0;
  for (let n = 1; n <= pages; n++) {
    if (n !== 1 && n !== pages && Math.abs(n - page) > 2) continue;
    if (n > last + 1) links.push(element("span", {}, "…"));
    last = n;
    links.push(n === page ? element("span", { "aria-current": "page" }, `${n}`) : link(n, `${n}`, { "aria-label": `Page ${n}` }));
  }
  if (page < pages) links.push(link(page + 1, "Next", { rel: "next" }));
  return links;
}

/** A choice that stands above the list and can be taken back. */
export interface Choice {
  /** Its key in the fragment. */
  readonly key: string;
  readonly label: string;
  /** The address without it. */
  readonly href: string;
}

export const chip = ({ label, href }: Choice): Child =>
  element("li", {}, element("a", { href }, element("span", { class: "hide" }, "Remove "), label, element("span", { "aria-hidden": "true" }, "×")));
